// @ts-check
// The briefing on the screen: picture, captions in both languages with the sentence that
// is spoken now, the recording, and the few buttons of a player. Works muted.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {LANGUAGES, language, t} from '../lib/catalogue.js';
import {vars} from '../lib/css.js';
import {Sound} from '../lib/sound.js';
import {Player, length, sentenceAt, sentences} from './player.js';
import {bundled, ownScenes} from './scenes.js';

/** @typedef {import('./scenes.js').Scene} Scene */

/** So long after its beginning the list of what the branch made may still come. */
const EARLY_MS = 4000;

/** One person's briefing; another one gets their own. */
export class Briefing {
  /** @param {() => void} redraw @param {import('./memory.js').Memory} memory
   * @param {{sound?: Sound, now?: () => number}} [from] */
  constructor(redraw, memory, {sound = new Sound(), now = () => performance.now()} = {}) {
    this.redraw = redraw;
    this.memory = memory;
    this.sound = sound;
    this.now = now;
    /** @type {Scene[]} */
    this.scenes = bundled();
    /** @private */
    this.source = '[]';
    this.visit = 0;
    /** @private */
    this.began = 0;
    this.lang = language();
    this.player = this.fresh();
    /** Which recording was last asked for: a late one is not played. @private */
    this.turn = 0;
  }

  /** Takes what the branch added (GET /api/v1/media); a briefing that somebody has
   * listened to for a while is not changed under them.
   * @param {import('./scenes.js').OwnScene[]} list */
  use(list) {
    const same = JSON.stringify(list);
    if (same === this.source || (this.visit !== 0 && this.now() - this.began > EARLY_MS)) return;
    this.source = same;
    this.scenes = list.length > 0 ? ownScenes(list) : bundled();
    this.player = this.fresh();
    this.player.reset(this.now(), this.memory.kept.scene);
    if (this.visit !== 0) this.say();
  }

  /** @private */
  fresh() {
    return new Player(this.scenes.map((scene) => length(scene.say(this.lang), scene.lasts(this.lang))));
  }

  /** Begins for a visit where its person left off, goes on for the same one.
   * @param {number} visit */
  show(visit) {
    const other = this.lang !== language();
    if (visit === this.visit && !other) return;
    const scene = visit === this.visit ? this.player.scene : this.memory.kept.scene;
    const playing = visit !== this.visit || this.player.playing;
    if (visit !== this.visit) this.began = this.now();
    this.visit = visit;
    this.lang = language();
    this.player = this.fresh();
    this.player.reset(this.now(), scene);
    if (!playing) this.player.pause(this.now());
    this.say();
  }

  /** The person left, or went on. */
  hide() {
    if (this.visit === 0) return;
    this.visit = 0;
    this.hush();
  }

  tick() {
    if (this.visit === 0 || !this.player.tick(this.now())) return;
    this.memory.set({scene: this.player.scene});
    this.say();
  }

  /** Sound after a tap; browsers allow it only then. */
  async unlock() {
    if (this.sound.unlocked() || !await this.sound.unlock()) return;
    this.say();
    this.redraw();
  }

  /** Plays the scene's recording from where its picture is.
   * @private */
  async say() {
    this.hush();
    const turn = this.turn;
    const address = this.scenes[this.player.scene].sound(this.lang);
    // Nobody listens before they have said that the number is theirs.
    if (this.visit === 0 || !address || this.memory.kept.muted || !this.player.playing || !this.sound.unlocked()) return;
    try {
      const buffer = await this.sound.decoded(address);
      if (turn !== this.turn) return;
      const from = this.player.elapsed(this.now()) / 1000;
      if (from < buffer.duration) this.sound.play([{buffer, gap: 0}], from);
    } catch {
      // Without its recording a scene has its captions and its time.
    }
  }

  /** @private */
  hush() {
    this.turn += 1;
    this.sound.stop();
  }

  /** @param {() => void} change */
  act(change) {
    return () => {
      change();
      this.memory.set({scene: this.player.scene});
      this.say();
      this.redraw();
    };
  }

  draw() {
    const {player} = this;
    const scene = this.scenes[player.scene];
    const other = LANGUAGES.find((lang) => lang !== this.lang) ?? 'en';
    const spoken = sentenceAt(scene.begins(this.lang), player.elapsed(this.now()));
    return html`<section class="briefing" aria-label=${t('booth.briefing')}>
      <figure class="picture">${scene.picture()}</figure>
      <div class="caption"><p class="eyebrow">${t('booth.briefing')} · ${t('booth.scene', {n: player.scene + 1, of: this.scenes.length})}</p>
        <p class="said-now" aria-live="polite">${sentences(scene.say(this.lang)).map((one, i) => html`<span class=${i === spoken || spoken < 0 || player.ended ? '' : 'not-now'}>${one} </span>`)}</p>
        <p class="said-too" lang=${other}>${scene.say(other)}</p></div>
      ${this.bar()}</section>`;
  }

  /** @private */
  bar() {
    const {player, scenes} = this;
    const now = () => this.now();
    const last = scenes.length - 1;
    return html`<div class="player">
      <div class="marks" aria-hidden="true">${scenes.map((_, i) => html`<i ${vars({
        '--share': i < player.scene || player.ended ? '100%' : i === player.scene ? `${player.share(now())}%` : '0%'})}></i>`)}</div>
      <button type="button" class="button" ?disabled=${player.scene === 0} @click=${this.act(() => player.go(player.scene - 1, now()))}>${t('booth.back')}</button>
      <button type="button" class="button" @click=${this.act(() => (player.playing ? player.pause(now()) : player.play(now())))}>
        ${player.ended ? t('booth.replay') : player.playing ? t('booth.pause') : t('booth.play')}</button>
      <button type="button" class="button" ?disabled=${player.scene === last} @click=${this.act(() => player.go(player.scene + 1, now()))}>${t('booth.next')}</button>
      <span class="push hear">${this.hear()}</span></div>`;
  }

  /** The headset, and whether there is anything to hear in it.
   * @private */
  hear() {
    if (!this.scenes.some((scene) => scene.sound(this.lang))) return nothing;
    if (!this.sound.unlocked()) {
      return html`<button type="button" class="button call" @click=${() => { this.memory.set({muted: false}); this.unlock(); }}>${t('booth.sound_start')}</button>`;
    }
    const muted = this.memory.kept.muted;
    return html`<span class="headset">${headset()}${t('booth.headset')}</span>
      <button type="button" class="button" aria-pressed=${String(!muted)} @click=${this.act(() => this.memory.set({muted: !muted}))}>${muted ? t('booth.voice_off') : t('booth.voice_on')}</button>`;
  }
}

export function headset() {
  return html`<svg class="headset-sign" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 15v-3a8 8 0 0 1 16 0v3"></path><rect x="2.5" y="13.5" width="4.5" height="7.5" rx="2"></rect><rect x="17" y="13.5" width="4.5" height="7.5" rx="2"></rect></svg>`;
}
