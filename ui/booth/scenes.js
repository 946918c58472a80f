// @ts-check
// The briefing's scenes: a picture of plain shapes, a caption in both languages and its
// recording; or those that the branch made.

import {html, nothing, svg} from '../vendor/lit-html/lit-html.js';
import {t} from '../lib/catalogue.js';
import {TIMED} from './timed.js';

/** @typedef {import('../lib/catalogue.js').Language} Language */
/** A scene: its caption, its picture, its recording's address (empty for none), how long
 * that lasts and when each of its sentences begins, in milliseconds.
 * @typedef {object} Scene
 * @property {(lang: Language) => string} say
 * @property {() => unknown} picture
 * @property {(lang: Language) => string} sound
 * @property {(lang: Language) => number} lasts
 * @property {(lang: Language) => number[]} begins */
/** One that the branch made; lasts is how long each recording plays.
 * @typedef {{caption: Record<string, string>, audio?: Record<string, string>, picture?: string, lasts?: Record<string, number>}} OwnScene */

/** The recordings lie beside this folder, under the address of this build. */
const CLIPS = new URL('../clips/', import.meta.url).href;

/** The scenes that come with the program. @returns {Scene[]} */
export function bundled() {
  return SCENES.map((scene, i) => ({
    say: scene.say, picture: () => drawn(scene.picture()), sound: (lang) => `${CLIPS}briefing-${lang}/${i + 1}.mp3`,
    lasts: (lang) => TIMED[lang][i].lasts, begins: (lang) => TIMED[lang][i].begins,
  }));
}

/** @param {OwnScene[]} list @returns {Scene[]} */
export function ownScenes(list) {
  const file = (/** @type {string|undefined} */ name) => (name ? `/api/v1/media/files/${name}` : '');
  return list.map((scene, i) => ({
    say: (lang) => scene.caption[lang] ?? '',
    picture: () => (scene.picture ? html`<img src=${file(scene.picture)} alt="">` : drawn(SCENES[i % SCENES.length].picture())),
    sound: (lang) => file(scene.audio?.[lang]), lasts: (lang) => scene.lasts?.[lang] ?? 0, begins: () => [],
  }));
}

/** What the branch made, with the lengths of its recordings.
 * @param {{items: {kind: string, file: string, last_ms?: number}[], scenes: OwnScene[]}} media @returns {OwnScene[]} */
export function withLengths(media) {
  const lasts = new Map(media.items.map((item) => [item.file, item.last_ms ?? 0]));
  return media.scenes.map((scene) => ({...scene,
    lasts: Object.fromEntries(Object.entries(scene.audio ?? {}).map(([lang, file]) => [lang, lasts.get(file) ?? 0]))}));
}

/** @param {unknown} shapes */
function drawn(shapes) {
  return html`<svg viewBox="0 0 320 200" aria-hidden="true">${shapes ?? nothing}</svg>`;
}

/** A person seen from the front.
 * @param {number} x @param {number} y @param {string} [look] */
function person(x, y, look = 'main') {
  return svg`<g class=${`who ${look}`}><circle cx=${x} cy=${y} r="14"></circle>
    <path d=${`M${x - 26} ${y + 52}c0-22 11-32 26-32s26 10 26 32z`}></path></g>`;
}

/** Three walls of a booth, open in front.
 * @param {number} x @param {number} y @param {string} [look] */
function booth(x, y, look = '') {
  return svg`<path class=${`wall ${look}`} d=${`M${x} ${y + 84}V${y}h84v84`}></path>`;
}

/** A sheet of paper with lines.
 * @param {number} x @param {number} y @param {number} [scale] */
function sheet(x, y, scale = 1) {
  return svg`<g transform=${`translate(${x} ${y}) scale(${scale})`}><path class="sheet" d="M0 0h52l18 18v74H0z"></path>
    <path class="ink" d="M14 34h42M14 50h42M14 66h28"></path></g>`;
}

/** @param {number} x @param {number} y */
function tick(x, y) {
  return svg`<g class="tick"><circle cx=${x} cy=${y} r="22"></circle><path d=${`M${x - 10} ${y}l7 8 13-15`}></path></g>`;
}

/** The screen that a person at a booth looks at. @param {number} x @param {number} y @param {unknown} [on] */
function screen(x, y, on) {
  return svg`<g transform=${`translate(${x} ${y})`}><rect class="sheet" width="150" height="96" rx="10"></rect>
    <path class="soft" d="M75 96v20M45 120h60"></path>${on}</g>`;
}

/** @type {{say: (lang?: Language) => string, picture: () => unknown}[]} */
const SCENES = [
  {say: (lang) => t('booth.scene_welcome', {}, lang),
    picture: () => svg`${booth(118, 44, 'mine')}${person(160, 82)}<path class="soft" d="M72 137h176"></path>`},
  {say: (lang) => t('booth.scene_papers', {}, lang),
    picture: () => svg`${sheet(40, 52)}${sheet(125, 40, 1.15)}${sheet(222, 52)}${tick(104, 146)}${tick(196, 148)}${tick(286, 146)}`},
  {say: (lang) => t('booth.scene_form', {}, lang),
    picture: () => svg`${sheet(96, 26, 1.6)}<path class="pen" d="M276 52l18 18-74 74-26 8 8-26z"></path>`},
  {say: (lang) => t('booth.scene_officer', {}, lang),
    picture: () => svg`${screen(85, 22, person(75, 36, 'officer'))}
      <path class="ink" d="M52 182v-14a30 30 0 0 1 60 0v14"></path><rect class="press" x="44" y="164" width="16" height="26" rx="7"></rect><rect class="press" x="104" y="164" width="16" height="26" rx="7"></rect>
      <path class="reach" d="M240 150q26-34 0-70"></path>${person(246, 134)}`},
  {say: (lang) => t('booth.scene_ready', {}, lang),
    picture: () => svg`<rect class="press" x="54" y="50" width="212" height="66" rx="16"></rect>
      <path class="tick-dark" d="M138 84l14 16 30-34"></path><path class="hand" d="M196 178v-62a11 11 0 0 1 22 0v34l30 8c8 2 12 8 11 16v4"></path>`},
  {say: (lang) => t('booth.scene_help', {}, lang),
    picture: () => svg`${person(108, 96)}${person(226, 96, 'officer')}<path class="pen" d="M134 22h52a14 14 0 0 1 14 14v24a14 14 0 0 1-14 14h-30l-22 18v-18a14 14 0 0 1-14-14V36a14 14 0 0 1 14-14z"></path>
      <path class="tick-dark on-call" d="M152 40q0-9 9-9t9 9q0 6-9 10v4M161 64v1"></path>`},
  {say: (lang) => t('booth.scene_result', {}, lang),
    picture: () => svg`${sheet(48, 40, 1.3)}<rect class="sheet" x="176" y="52" width="104" height="96" rx="10"></rect>
      <path class="ink" d="M176 80h104M200 40v22M256 40v22"></path>${tick(228, 114)}`},
  {say: (lang) => t('booth.scene_privacy', {}, lang),
    picture: () => svg`<path class="shield" d="M160 22l66 24v50c0 40-28 64-66 80-38-16-66-40-66-80V46z"></path>
      <path class="ink" d="M138 96v-14a22 22 0 0 1 44 0v14"></path><rect class="press" x="126" y="96" width="68" height="46" rx="8"></rect>`},
];
