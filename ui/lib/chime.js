// @ts-check
// Who speaks when: a chime, then the call, one announcement at a time and each call
// once. Numbers and rooms only; a name is never spoken. How it sounds is voice.js's.

import {stillToSay, toSay, unsaid} from './to-say.js';

export {BrowserVoice} from './voice.js';

/** As many calls as a view can carry: none of them is swallowed. A demo at sixty times
 * the speed asks for the newest only. */
const QUEUE_MAX = 60;

/** Longest time one announcement may hold the queue for each of its languages; some
 * engines never report the end of a sentence. 20 numbers digit by digit take about 60 s. */
const SAY_LIMIT_MS = 90_000;

/** @typedef {import('./to-say.js').Call} Call */
/** @typedef {import('./to-say.js').Announcement} Announcement */
/** @typedef {import('./to-say.js').Memory} Memory */
/** @typedef {{chime: () => Promise<void>, say: (call: Announcement, lang: 'id'|'en') => Promise<void>, hush?: () => void}} Voice */

export class Announcer {
  /** @param {Voice} voice
   * @param {{languages?: ('id'|'en')[], newestOnly?: boolean, memory?: Pick<Storage,'getItem'|'setItem'>|null,
   *   sleep?: (ms: number) => Promise<void>}} [options] */
  constructor(voice, options = {}) {
    this.voice = voice;
    this.languages = options.languages ?? ['id'];
    this.newestOnly = options.newestOnly ?? false;
    this.memory = options.memory === undefined ? pageMemory() : options.memory;
    this.sleep = options.sleep ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
    /** @type {Announcement[]} */
    this.queue = [];
    this.busy = false;
    /** @private @type {Announcement|null} */
    this.current = null;
    /** @private */
    this.kept = '';
    /** @type {Memory|null} */
    this.known = this.recall();
  }

  /** Takes the calls of a view and says those not said before. What was said is kept
   * over a reload of the page and a restart of the machine, so that none of them, nor a
   * reconnect, repeats a call or swallows one that came in between. What waits or is
   * cut off in the middle counts as not said.
   * @param {string} epoch @param {Call[]} calls @param {number} now the server's time in milliseconds */
  take(epoch, calls, now) {
    const {memory, say} = toSay(this.known, epoch, calls, now);
    this.known = memory;
    const waiting = new Set(this.queue.filter((one) => one.kind !== 'undone').map((one) => one.seq));
    this.queue = stillToSay(this.queue, calls);
    const more = say.filter((one) => one.kind !== 'undone' || !waiting.has(one.seq));
    this.queue.push(...more);
    const most = this.newestOnly ? 1 : QUEUE_MAX;
    if (this.queue.length > most) this.queue.splice(0, this.queue.length - most);
    this.keep();
    this.work();
  }

  /** Ends what is said and forgets what was: another display speaks now, and says what
   * this one would otherwise take for unsaid later. */
  end() {
    if (!this.known) return;
    this.known = null;
    this.queue = [];
    this.current = null;
    this.keep();
    if (this.voice.hush) this.voice.hush();
  }

  /** @private */
  async work() {
    if (this.busy) return;
    this.busy = true;
    for (let call = this.queue.shift(); call; call = this.queue.shift()) {
      const over = await Promise.race([this.announce(call).then(() => true), this.sleep(SAY_LIMIT_MS * this.languages.length)]);
      this.current = null; // The next must not be spoken into it.
      if (over !== true && this.voice.hush) this.voice.hush();
      this.keep();
    }
    this.busy = false;
  }

  /** @private @param {Announcement} call */
  async announce(call) {
    this.current = call;
    try {
      await this.voice.chime();
      for (const lang of this.languages) {
        if (this.current === call) await this.voice.say(call, lang);
      }
    } catch {
      // A voice that fails must not silence the calls after this one.
    }
  }

  /** Keeps what was said for whoever loads this page next. @private */
  keep() {
    const waiting = this.current ? [this.current, ...this.queue] : this.queue;
    const text = JSON.stringify(this.known && unsaid(this.known, waiting));
    if (text === this.kept) return;
    this.kept = text;
    try {
      this.memory?.setItem('lapak.spoken', text);
    } catch {
      // Without memory a reload may repeat a call of the last minute: bearable.
    }
  }

  /** @private @returns {Memory|null} */
  recall() {
    try {
      const kept = JSON.parse(this.memory?.getItem('lapak.spoken') ?? 'null');
      return Array.isArray(kept?.back) ? kept : null;
    } catch {
      return null;
    }
  }
}

/** @returns {Storage|null} */
function pageMemory() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
