// @ts-check
// The briefing on the screen: picture, captions in both languages, and the few buttons
// of a player. Where an installed voice exists it reads the caption.

import {html, nothing, svg} from '../vendor/lit-html/lit-html.js';
import {LANGUAGES, language, t} from '../lib/catalogue.js';
import {vars} from '../lib/css.js';
import {Player, length} from './player.js';
import {SCENES} from './scenes.js';

/** One visit's briefing; a new visit gets a new one. */
export class Briefing {
  /** @param {() => void} redraw @param {any} [speech] the browser's speech, null for none */
  constructor(redraw, speech = globalThis.speechSynthesis ?? null) {
    this.redraw = redraw;
    this.speech = speech;
    this.visit = 0;
    this.voice = true;
    this.speaking = false;
    this.player = new Player(SCENES.map((scene) => length(scene.say())));
  }

  /** Begins for a visit, goes on for the same one.
   * @param {number} visit */
  show(visit) {
    if (visit === this.visit) return;
    this.visit = visit;
    this.player = new Player(SCENES.map((scene) => length(scene.say())));
    this.player.reset(performance.now());
    this.say();
  }

  /** The person left, or went on. */
  hide() {
    if (this.visit === 0) return;
    this.visit = 0;
    this.quiet();
  }

  tick() {
    if (this.visit !== 0 && this.player.tick(performance.now(), this.speaking)) this.say();
  }

  /** Reads the scene's caption where a voice of the language is installed. @private */
  say() {
    this.quiet();
    const voices = /** @type {SpeechSynthesisVoice[]} */ (this.speech?.getVoices() ?? []);
    const voice = voices.find((one) => one.localService && one.lang.toLowerCase().startsWith(language()));
    if (!voice || !this.voice || !this.player.playing) return;
    const text = new SpeechSynthesisUtterance(SCENES[this.player.scene].say());
    text.voice = voice;
    text.lang = voice.lang;
    text.rate = 0.95;
    text.onend = text.onerror = () => { this.speaking = false; };
    this.speaking = true;
    this.speech.speak(text);
  }

  /** @private */
  quiet() {
    this.speaking = false;
    this.speech?.cancel();
  }

  /** @param {() => void} change */
  act(change) {
    return () => {
      change();
      if (this.player.playing) this.say();
      else this.quiet();
      this.redraw();
    };
  }

  draw() {
    const {player} = this;
    const scene = SCENES[player.scene];
    const now = () => performance.now();
    const other = LANGUAGES.find((lang) => lang !== language());
    return html`<section class="briefing" aria-label=${t('booth.briefing')}>
      <svg class="picture" viewBox="0 0 320 200" role="img" aria-hidden="true">${svg`${scene.picture()}`}</svg>
      <div class="caption"><p class="eyebrow">${t('booth.briefing')} · ${t('booth.scene', {n: player.scene + 1, of: SCENES.length})}</p>
        <p class="said-now" aria-live="polite">${scene.say()}</p>
        <p class="said-too" lang=${other ?? nothing}>${scene.say(other)}</p></div>
      <div class="player">
        <div class="marks" aria-hidden="true">${SCENES.map((_, i) => html`<i ${vars({
          '--share': i < player.scene || player.ended ? '100%' : i === player.scene ? `${player.share(now())}%` : '0%'})}></i>`)}</div>
        <button type="button" class="button quiet" ?disabled=${player.scene === 0}
          @click=${this.act(() => player.go(player.scene - 1, now()))}>${t('booth.back')}</button>
        <button type="button" class="button quiet" @click=${this.act(() => (player.playing ? player.pause(now()) : player.play(now())))}>
          ${player.ended ? t('booth.replay') : player.playing ? t('booth.pause') : t('booth.play')}</button>
        <button type="button" class="button quiet" ?disabled=${player.scene === SCENES.length - 1}
          @click=${this.act(() => player.go(player.scene + 1, now()))}>${t('booth.next')}</button>
        ${this.speech?.getVoices().length ? html`<button type="button" class="button quiet push" aria-pressed=${String(this.voice)}
          @click=${this.act(() => { this.voice = !this.voice; })}>${this.voice ? t('booth.voice_on') : t('booth.voice_off')}</button>` : nothing}
      </div></section>`;
  }
}
