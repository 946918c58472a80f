// @ts-check
// What the branch adds to its screens: slides of the lobby, clips that replace those of
// the program, a briefing of its own.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {repeat} from '../../vendor/lit-html/directives/repeat.js';
import {actButton} from '../../lib/act.js';
import {label, learn, t} from '../../lib/catalogue.js';
import {newKey, readAnswer, sentence} from '../../lib/commands.js';
import {vocabulary} from '../../lib/spoken.js';
import {segments, textField} from '../form.js';
import {bytes, clipKind, inOrder, moved, seconds} from './model.js';
import {words} from './words.js';

learn(words);

/** @typedef {import('../app.js').Ctx} Ctx */
/** @typedef {{id: number, kind: string, for?: string, title: string, file: string, type: string, bytes: number, width?: number, height?: number, last_ms?: number}} Item */
/** @typedef {{caption: Record<string, string>, audio?: Record<string, string>, picture?: string}} Scene */

const FILES = '/api/v1/media/files/';
const BUNDLED = new URL('../../clips/', import.meta.url).href;

let lang = 'id';
/** What became of an upload, by its place on the page: text, and whether it failed.
 * @type {Map<string, {text: string, bad: boolean}>} */
const said = new Map();
/** The briefing as it is being written; null while nothing was changed.
 * @type {Scene[]|null} */
let draft = null;

/** @param {Ctx} ctx */
export function drawMedia(ctx) {
  const list = ctx.shelf.get('media');
  if (!list) return html`<p class="empty">${ctx.shelf.problem('media') ? t('refusal.no_network') : t('feed.connecting')}</p>`;
  const used = list.items.reduce((/** @type {number} */ n, /** @type {Item} */ one) => n + one.bytes, 0);
  return html`<div class="media"><header class="row spread"><div><a class="back-link" href="#devices">‹ ${t('manager.devices')}</a><h2>${t('media.title')}</h2>
      <p class="soft">${t('media.why')}</p></div><p class="small soft">${t('media.used', {used: bytes(used), of: bytes(list.limits.total_bytes)})}</p></header>
    <div class="split even">${slides(ctx, list)}${clips(ctx, list)}</div>${briefing(ctx, list)}</div>`;
}

/** A button that takes a file, with what became of it beside it.
 * @param {Ctx} ctx @param {{place: string, kind: string, text: string, accept: string, of?: string, onDone?: (item: Item) => void, slim?: boolean}} what */
function taker(ctx, {place, kind, text, accept, of = '', onDone, slim = true}) {
  const note = said.get(place);
  const take = async (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    for (const file of [...(input.files ?? [])]) {
      const item = await send(ctx, place, {kind, of, title: kind === 'slide' ? file.name.replace(/\.[^.]*$/, '') : ''}, file);
      if (item) onDone?.(item);
    }
    input.value = '';
  };
  return html`<span class="taker"><label class=${slim ? 'button slim' : 'button'} aria-disabled=${String(!ctx.store.fresh())}>${text}
      <input class="visually-hidden" type="file" accept=${accept} ?multiple=${kind === 'slide'} ?disabled=${!ctx.store.fresh()} @change=${take}></label>
    ${note ? html`<span class=${note.bad ? 'small warn' : 'small soft'} role="status">${note.text}</span>` : nothing}</span>`;
}

/** @param {Ctx} ctx @param {string} place @param {{kind: string, of: string, title: string}} what @param {File} file
 * @returns {Promise<Item|null>} */
async function send({shelf, store}, place, {kind, of, title}, file) {
  const say = (/** @type {string} */ text, bad = false) => { said.set(place, {text, bad}); store.update(); };
  say(t('media.sending', {name: file.name}));
  const query = new URLSearchParams({kind, ...(of ? {for: of} : {}), ...(title ? {title: title.slice(0, 120)} : {})});
  try {
    const answer = await readAnswer(await fetch(`/api/v1/media?${query}`, {method: 'POST', credentials: 'same-origin', body: file,
      headers: {'Content-Type': 'application/octet-stream', 'Idempotency-Key': newKey()}}));
    if (!answer.ok) {
      say(answer.problem ? sentence(answer.problem) : t('refusal.no_network'), true);
      return null;
    }
    say(t('media.added'));
    shelf.load('media');
    return answer.body;
  } catch {
    say(t('refusal.no_network'), true);
    return null;
  }
}

/** @param {Ctx} ctx @param {Item} item @param {string} text */
function remover({store, commands, shelf}, item, text) {
  return actButton({store, commands, slot: `media-${item.id}`, request: {method: 'DELETE', path: `/api/v1/media/${item.id}`}, text, kind: 'slim quiet',
    onDone: (answer) => { if (answer?.ok) shelf.load('media'); }});
}

/** @param {Ctx} ctx @param {any} list */
function slides(ctx, list) {
  const items = /** @type {Item[]} */ (list.items.filter((/** @type {Item} */ one) => one.kind === 'slide'));
  return html`<section class="card stack"><header class="row spread"><h2>${t('media.slides')}</h2>
      ${taker(ctx, {place: 'slide', kind: 'slide', text: t('media.add_picture'), accept: 'image/jpeg,image/png', slim: false})}</header>
    <p class="small soft">${t('media.slides_why', {size: bytes(list.limits.image_bytes)})}</p>
    ${items.length === 0 ? html`<p class="empty">${t('media.no_slides')}</p>` : html`<ol class="slides">${repeat(items, (one) => one.id, (one, i) => slide(ctx, one, i, items.length))}</ol>`}</section>`;
}

/** @param {Ctx} ctx @param {Item} item @param {number} i @param {number} of */
function slide(ctx, item, i, of) {
  const {store, commands, shelf} = ctx;
  const change = (/** @type {any} */ body) => commands.send(`slide-${item.id}`, {method: 'PATCH', path: `/api/v1/media/${item.id}`, body})
    .then((answer) => { if (answer?.ok) shelf.load('media'); });
  const still = !store.fresh();
  return html`<li><img src=${FILES + item.file} alt=${item.title} loading="lazy">
    <div class="stack"><input class="input" aria-label=${t('media.caption_of')} maxlength="120" placeholder=${t('media.caption_of')} .value=${item.title}
        @change=${(/** @type {any} */ e) => change({title: e.target.value})}>
      <div class="row"><button type="button" class="button slim" aria-label=${t('media.earlier')} ?disabled=${still || i === 0} @click=${() => change({place: i - 1})}>↑</button>
        <button type="button" class="button slim" aria-label=${t('media.later')} ?disabled=${still || i === of - 1} @click=${() => change({place: i + 1})}>↓</button>
        <span class="small soft">${item.width}×${item.height} · ${bytes(item.bytes)}</span>${remover(ctx, item, t('media.remove'))}</div></div></li>`;
}

/** @param {string} address */
function play(address) {
  return html`<button type="button" class="button slim quiet" @click=${() => new Audio(address).play().catch(() => {})}>${t('media.listen')}</button>`;
}

/** @param {Ctx} ctx @param {any} list */
function clips(ctx, list) {
  const own = new Map(list.items.filter((/** @type {Item} */ one) => one.kind === 'clip').map((/** @type {Item} */ one) => [one.for, one]));
  const names = inOrder(['chime', ...vocabulary(lang)]);
  return html`<section class="card stack"><header class="row spread"><h2>${t('media.clips')}</h2>
      ${segments({label: t('language.switch'), value: lang, codes: [{code: 'id', text: 'ID'}, {code: 'en', text: 'EN'}], onChoose: (code) => { lang = code; ctx.store.update(); }})}</header>
    <p class="small soft">${t('media.clips_why', {s: seconds(list.limits.clip_ms)})}</p>
    <div class="clips"><table class="table"><tbody>${names.map((name) => clip(ctx, name, own.get(name)))}</tbody></table></div></section>`;
}

/** @param {Ctx} ctx @param {string} name @param {Item|undefined} own */
function clip(ctx, name, own) {
  const {kind, sign} = clipKind(name);
  return html`<tr><td><strong>${label('clip', kind, {sign})}</strong></td>
    <td class="small">${own ? html`<span class="tag is-approved">${t('media.own')}</span>` : html`<span class="soft">${t('media.bundled')}</span>`}</td>
    <td class="end"><span class="row end-row">${play(own ? FILES + own.file : `${BUNDLED}${name}.mp3`)}
      ${taker(ctx, {place: name, kind: 'clip', of: name, text: t('media.replace'), accept: 'audio/mpeg,audio/wav,.mp3,.wav'})}
      ${own ? remover(ctx, own, t('media.give_back')) : nothing}</span></td></tr>`;
}

/** @param {Ctx} ctx @param {any} list */
function briefing(ctx, list) {
  const {store, commands, shelf} = ctx;
  const scenes = draft ?? /** @type {Scene[]} */ (list.scenes);
  const set = (/** @type {Scene[]} */ next) => { draft = next; store.update(); };
  const kept = (/** @type {any} */ answer) => { if (answer?.ok) { draft = null; shelf.load('media'); } };
  const empty = scenes.some((scene) => !scene.caption.id?.trim() || !scene.caption.en?.trim());
  return html`<section class="card stack"><header class="row spread"><h2>${t('media.briefing')}</h2>
      <button type="button" class="button" ?disabled=${scenes.length >= list.limits.scenes} @click=${() => set([...scenes, {caption: {id: '', en: ''}}])}>${t('media.add_step')}</button></header>
    <p class="small soft">${scenes.length === 0 ? t('media.briefing_bundled') : t('media.briefing_own', {n: list.limits.caption})}</p>
    ${scenes.length === 0 ? nothing : html`<ol class="scenes">${scenes.map((scene, i) => sceneForm(ctx, list, scenes, scene, i, set))}</ol>`}
    ${draft === null && scenes.length === 0 ? nothing : html`<div class="row">
      ${actButton({store, commands, slot: 'briefing', request: {method: 'PUT', path: '/api/v1/briefing', body: {scenes}}, text: t('media.save_briefing'), kind: 'primary',
        why: draft === null ? t('media.unchanged') : empty ? t('media.both_captions') : null, onDone: kept})}
      ${draft === null ? actButton({store, commands, slot: 'briefing-back', request: {method: 'PUT', path: '/api/v1/briefing', body: {scenes: []}}, text: t('media.use_bundled'), kind: 'quiet', onDone: kept})
        : html`<button type="button" class="button quiet" @click=${() => { draft = null; store.update(); }}>${t('media.discard')}</button>`}</div>`}</section>`;
}

/** @param {Ctx} ctx @param {any} list @param {Scene[]} scenes @param {Scene} scene @param {number} i @param {(next: Scene[]) => void} set */
function sceneForm(ctx, list, scenes, scene, i, set) {
  const change = (/** @type {Partial<Scene>} */ more) => set(scenes.map((one, k) => (k === i ? {...one, ...more} : one)));
  const caption = (/** @type {string} */ code) => textField({id: `scene-${i}-${code}`, label: t('media.caption', {lang: code.toUpperCase()}), value: scene.caption[code] ?? '', max: list.limits.caption,
    onInput: (text) => change({caption: {...scene.caption, [code]: text}})});
  const sound = (/** @type {string} */ code) => html`<span class="row">${scene.audio?.[code] ? play(FILES + scene.audio[code]) : nothing}
    ${taker(ctx, {place: `scene-${i}-${code}`, kind: 'audio', text: t('media.add_sound', {lang: code.toUpperCase()}), accept: 'audio/mpeg,audio/wav,.mp3,.wav', onDone: (item) => change({audio: {...scene.audio, [code]: item.file}})})}</span>`;
  return html`<li class="scene"><div class="scene-picture">${scene.picture ? html`<img src=${FILES + scene.picture} alt="">` : html`<span class="soft small">${t('media.drawn')}</span>`}</div>
    <div class="stack">${caption('id')}${caption('en')}<div class="row">${sound('id')}${sound('en')}
      ${taker(ctx, {place: `scene-${i}-picture`, kind: 'picture', text: t('media.add_picture'), accept: 'image/jpeg,image/png', onDone: (item) => change({picture: item.file})})}</div></div>
    <div class="row"><button type="button" class="button slim" aria-label=${t('media.earlier')} ?disabled=${i === 0} @click=${() => set(moved(scenes, i, -1))}>↑</button>
      <button type="button" class="button slim" aria-label=${t('media.later')} ?disabled=${i === scenes.length - 1} @click=${() => set(moved(scenes, i, 1))}>↓</button>
      <button type="button" class="button slim quiet" @click=${() => set(scenes.filter((_, k) => k !== i))}>${t('media.remove')}</button></div></li>`;
}
