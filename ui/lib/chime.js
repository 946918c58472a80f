// @ts-check
// The voice of the lobby: a chime, then the call, one announcement at a time and each
// call once. Numbers and rooms only; a name is never spoken.

import {readCall} from './reading.js';
import {stillToSay, toSay} from './to-say.js';

/** As many calls as a view can carry: none of them is swallowed. A demo at sixty times
 * the speed asks for the newest only. */
const QUEUE_MAX = 60;

/** Longest time one announcement may hold the queue; some engines never report the end
 * of a sentence. 20 numbers digit by digit take about 70 s. */
const SAY_LIMIT_MS = 90_000;

/** The three notes of the chime in hertz (C5, E5, G5: calm, and clear of voices) and
 * when each begins in seconds. */
const NOTES = [[523.25, 0], [659.25, 0.28], [783.99, 0.56]];
const CHIME_MS = 1700;

/** @typedef {import('./to-say.js').Call} Call */
/** @typedef {import('./to-say.js').Announcement} Announcement */
/** @typedef {import('./to-say.js').Memory} Memory */
/** @typedef {{chime: () => Promise<void>, say: (text: string, lang: string) => Promise<void>}} Voice */

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
    /** @type {Memory|null} */
    this.known = this.recall();
  }

  /** Takes the calls of a view and says those not said before. What was said is kept
   * over a reload of the page and a restart of the machine, so that none of them, nor a
   * reconnect, repeats a call or swallows one that came in between.
   * @param {string} epoch @param {Call[]} calls @param {number} now the server's time in milliseconds */
  take(epoch, calls, now) {
    const {memory, say} = toSay(this.known, epoch, calls, now);
    this.remember(memory);
    const waiting = new Set(this.queue.filter((one) => one.kind !== 'undone').map((one) => one.seq));
    this.queue = stillToSay(this.queue, calls);
    const more = say.filter((one) => one.kind !== 'undone' || !waiting.has(one.seq));
    if (more.length === 0) return;
    this.queue.push(...more);
    const keep = this.newestOnly ? 1 : QUEUE_MAX;
    if (this.queue.length > keep) this.queue.splice(0, this.queue.length - keep);
    this.work();
  }

  /** @private */
  async work() {
    if (this.busy) return;
    this.busy = true;
    for (let call = this.queue.shift(); call; call = this.queue.shift()) {
      await Promise.race([this.announce(call), this.sleep(SAY_LIMIT_MS)]);
    }
    this.busy = false;
  }

  /** @private @param {Announcement} call */
  async announce(call) {
    try {
      await this.voice.chime();
      for (const lang of this.languages) await this.voice.say(readCall(call, lang), lang);
    } catch {
      // A voice that fails must not silence the calls after this one.
    }
  }

  /** @private @param {Memory} memory */
  remember(memory) {
    const text = JSON.stringify(memory);
    if (text === JSON.stringify(this.known)) return;
    this.known = memory;
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

/** The browser's own sound: a chime made by Web Audio and, where an Indonesian voice
 * is installed, speech. Browsers allow sound only after a tap; call unlock() from one.
 * @implements {Voice} */
export class BrowserVoice {
  constructor() {
    /** @type {AudioContext|null} */
    this.audio = null;
  }

  /** Whether sound may play now. */
  unlocked() {
    return this.audio?.state === 'running';
  }

  /** Starts the sound; resolves to whether the browser allowed it. */
  async unlock() {
    this.audio ??= new AudioContext();
    await Promise.race([this.audio.resume(), new Promise((done) => setTimeout(done, 500))]);
    return this.unlocked();
  }

  async chime() {
    const audio = this.audio;
    if (!audio || !this.unlocked()) return;
    const start = audio.currentTime + 0.02;
    for (const [hertz, after] of NOTES) strike(audio, hertz, start + after);
    await new Promise((done) => setTimeout(done, CHIME_MS));
  }

  /** @param {string} text @param {string} lang */
  async say(text, lang) {
    const voice = findVoice(lang);
    if (!voice || !this.unlocked()) return;
    const speech = new SpeechSynthesisUtterance(text);
    speech.voice = voice;
    speech.lang = voice.lang;
    speech.rate = 0.88; // Slower than a conversation: a hall echoes.
    await new Promise((done) => {
      speech.onend = speech.onerror = done;
      speechSynthesis.speak(speech);
    });
  }
}

/** One bell-like note: a quick start, a long fading, and its octave at a quarter.
 * @param {AudioContext} audio @param {number} hertz @param {number} at */
function strike(audio, hertz, at) {
  for (const [factor, loudness] of [[1, 0.32], [2, 0.08]]) {
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.frequency.value = hertz * factor;
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(loudness, at + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + 1.1);
    tone.connect(gain).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 1.15);
  }
}

/** A voice of the language that works without internet.
 * @param {string} lang */
function findVoice(lang) {
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  const ours = voices.filter((voice) => voice.lang.toLowerCase().replace('_', '-').startsWith(lang));
  return ours.find((voice) => voice.localService) ?? null;
}

/** @returns {Storage|null} */
function pageMemory() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
