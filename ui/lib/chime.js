// @ts-check
// The voice of the lobby: a chime, then the call, one announcement at a time and each
// call once. Numbers and rooms only; a name is never spoken.

import {millis} from './clock.js';
import {readCall} from './reading.js';

/** A call older than this when it is first seen is on the board, but no longer worth
 * saying: the people have gone in, or a recall is about to come. */
const SAY_WITHIN_MS = 90_000;

/** Announcements waiting beyond this are the sign of a demo at sixty times the speed:
 * the newest are kept. */
const QUEUE_MAX = 6;

/** Longest time one announcement may hold the queue; some engines never report the end
 * of a sentence. 20 numbers digit by digit take about 70 s. */
const SAY_LIMIT_MS = 90_000;

/** The three notes of the chime in hertz (C5, E5, G5: calm, and clear of voices) and
 * when each begins in seconds. */
const NOTES = [[523.25, 0], [659.25, 0.28], [783.99, 0.56]];
const CHIME_MS = 1700;

/** A call as the lobby's view carries it.
 * @typedef {{seq: number, at: number|string, kind: string, room: number|string, withdrawn?: boolean,
 *   places: {number: string, here?: boolean}[]}} Call */
/** @typedef {{seq: number, numbers: string[], room: number|string, kind: string}} Announcement */
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
    this.epoch = '';
    this.spoken = -1;
    /** Calls known to be withdrawn; null before the first view, when all are old news.
     * @type {Set<number>|null} */
    this.withdrawn = null;
  }

  /** Takes the calls of a view and says those not said before. The newest seq said is
   * kept over a reload of the page, so neither a reload nor a reconnect repeats a call
   * or swallows one that came in between.
   * @param {string} epoch @param {Call[]} calls @param {number} now the server's time in milliseconds */
  take(epoch, calls, now) {
    if (epoch !== this.epoch) {
      this.epoch = epoch;
      this.spoken = this.recall(epoch);
      this.withdrawn = null;
    }
    const taken = this.takeBack(calls);
    const fresh = calls.filter((call) => call.seq > this.spoken).sort((a, b) => a.seq - b.seq);
    if (fresh.length > 0) this.remember(fresh[fresh.length - 1].seq);
    const said = fresh.filter((call) => !call.withdrawn && now - millis(call.at) <= SAY_WITHIN_MS);
    const more = [...taken, ...said.map((call) => announcement(call, call.kind))];
    if (more.length === 0) return;
    this.queue.push(...more);
    const keep = this.newestOnly ? 1 : QUEUE_MAX;
    if (this.queue.length > keep) this.queue.splice(0, this.queue.length - keep);
    this.work();
  }

  /** Finds the calls withdrawn since the last view. One that still waits to be said is
   * dropped; one that was said is taken back aloud.
   * @private @param {Call[]} calls @returns {Announcement[]} */
  takeBack(calls) {
    const known = this.withdrawn;
    const now = calls.filter((call) => call.withdrawn);
    this.withdrawn = new Set(now.map((call) => call.seq));
    if (!known) return [];
    const back = now.filter((call) => !known.has(call.seq) && call.seq <= this.spoken);
    const waiting = new Set(this.queue.map((one) => one.seq));
    this.queue = this.queue.filter((one) => !this.withdrawn?.has(one.seq) || one.kind === 'undone');
    return back.filter((call) => !waiting.has(call.seq)).map((call) => announcement(call, 'undone'));
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

  /** @private @param {number} seq */
  remember(seq) {
    this.spoken = seq;
    try {
      this.memory?.setItem('lapak.spoken', JSON.stringify({epoch: this.epoch, seq}));
    } catch {
      // Without memory a reload may repeat a call of the last minute: bearable.
    }
  }

  /** @private @param {string} epoch */
  recall(epoch) {
    try {
      const kept = JSON.parse(this.memory?.getItem('lapak.spoken') ?? 'null');
      return kept?.epoch === epoch ? kept.seq : -1;
    } catch {
      return -1;
    }
  }
}

/** What is said of a call. A recall names only those who have not come.
 * @param {Call} call @param {string} kind @returns {Announcement} */
function announcement(call, kind) {
  const places = kind === 'recall' ? call.places.filter((place) => !place.here) : call.places;
  return {seq: call.seq, room: call.room, kind, numbers: (places.length > 0 ? places : call.places).map((place) => place.number)};
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
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}
