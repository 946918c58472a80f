// @ts-check
// The live feed of one audience. The server pushes whole views, newest wins; this
// side keeps the newest per subject, knows how old it is, and says so honestly.

import {ServerClock} from './clock.js';

/** Silence after which the figures count as stale: three beats of 3 s and a little. */
export const STALE_MS = 10_000;

/** A connection that is known to be gone makes the figures stale sooner than silence
 * does: long enough for a server that starts again, short enough for a wall that
 * people obey. */
export const GONE_MS = 5_000;

/** First and longest pause before connecting again. The longest is short enough that
 * a lobby is back within the time a person looks up twice. */
export const BACKOFF_FIRST_MS = 500;
export const BACKOFF_LAST_MS = 15_000;

/** A screen that the server turned away and that nobody touches asks again after this. */
const AGAIN_MS = 60_000;

/** A reload that did not bring the build the server speaks of is not repeated
 * sooner than this, or a half-updated server would make every screen flicker. */
const RELOAD_AGAIN_MS = 60_000;

/** Closings that end the feed until a person acts. Codes below 4500 mean
 * "come back by yourself", 4500 and above "do not", also those added later. */
export const STAY_AWAY_FROM = 4500;
const STOPPED = /** @type {Record<number, Stopped>} */ ({
  4500: 'signed_out', 4501: 'forbidden', 4502: 'unknown', 4503: 'replaced',
});

/** The page was made by another build than the one that runs now. */
const OTHER_BUILD = 4002;

/** Closings after which the first pause is already the longest: the server said that
 * it cannot serve this screen now (busy, or a view that could not be made). */
const COME_BACK_LATE = new Set([1011, 1013]);

/** @typedef {'signed_out'|'forbidden'|'unknown'|'replaced'} Stopped */
/** @typedef {'connecting'|'live'|'stale'|'stopped'} Connection */
/** @typedef {{type: 'view', subject: string, epoch: string, seq: number, at: string, view: any}} ViewFrame */
/** @typedef {{subject: string, seq: number, at: string, view: any}} Held */

/** What a closing code asks of the screen.
 * @param {number} code
 * @returns {{back: boolean, late: boolean, why: Stopped|null}} */
export function closing(code) {
  if (code >= STAY_AWAY_FROM) {
    return {back: false, late: false, why: STOPPED[code] ?? 'forbidden'};
  }
  return {back: true, late: COME_BACK_LATE.has(code), why: null};
}

/** The pause before attempt number n (from 0), with half of it random so that a
 * hundred screens do not return in the same instant after a power cut.
 * @param {number} n
 * @param {() => number} random */
export function pause(n, random) {
  const full = Math.min(BACKOFF_LAST_MS, BACKOFF_FIRST_MS * 2 ** Math.min(n, 10));
  return Math.round(full / 2 + (full / 2) * random());
}

/** The newest views of one feed, and the only place that decides which is newer. */
export class ViewBook {
  constructor() {
    this.epoch = '';
    this.seq = -1;
    /** @type {Map<string, Held>} */
    this.views = new Map();
  }

  /** Notes the epoch and seq of any frame. A new epoch is a restored or replaced
   * branch: everything held before it is void, and its seq starts afresh.
   * @param {string|undefined} epoch @param {number|undefined} seq */
  note(epoch, seq) {
    if (epoch && epoch !== this.epoch) {
      this.epoch = epoch;
      this.seq = -1;
      this.views.clear();
    }
    if (typeof seq === 'number') this.seq = Math.max(this.seq, seq);
  }

  /** Takes a view frame; false when a newer view of the same epoch is held. An equal
   * seq is taken, because waits move on without any record. A view of null says that
   * the subject is gone.
   * @param {ViewFrame} frame */
  take(frame) {
    this.note(frame.epoch, undefined);
    const held = this.views.get(frame.subject);
    if (held && frame.seq < held.seq) return false;
    this.note(undefined, frame.seq);
    if (frame.view === null) this.views.delete(frame.subject);
    else this.views.set(frame.subject, {subject: frame.subject, seq: frame.seq, at: frame.at, view: frame.view});
    return true;
  }
}

/** The build in a script's own address, "" when served without one (a test).
 * @param {string} address */
export function buildOf(address) {
  return /\/ui\/([0-9a-f]{16})\//.exec(address)?.[1] ?? '';
}

/** The parts of the browser a feed uses; tests bring their own.
 * @returns {any} */
function browser() {
  return {
    WebSocket: globalThis.WebSocket,
    fetch: globalThis.fetch?.bind(globalThis),
    now: () => performance.now(),
    random: Math.random,
    setTimeout: globalThis.setTimeout.bind(globalThis),
    clearTimeout: globalThis.clearTimeout.bind(globalThis),
    window: globalThis,
    document: globalThis.document,
    origin: globalThis.location?.origin ?? '',
    build: buildOf(import.meta.url),
    reload: () => globalThis.location.reload(),
    memory: globalThis.sessionStorage,
  };
}

export class Feed {
  /** Opens the feed of an audience at once. onChange is called after every frame that
   * changed something and whenever the connection's state changes.
   * @param {string} path for example "/api/v1/feed/lobby"
   * @param {(feed: Feed) => void} onChange
   * @param {any} [env] */
  constructor(path, onChange, env = browser()) {
    this.path = path;
    this.onChange = onChange;
    this.env = env;
    this.book = new ViewBook();
    this.clock = new ServerClock(env.now);
    /** @type {Connection} */
    this.connection = 'connecting';
    /** @type {Stopped|null} */
    this.stopped = null;
    /** Whether nobody is there to bring a stopped feed back: it asks again by itself. */
    this.unattended = false;
    /** The server's time of the newest frame, for "as of".
     * @type {string|null} */
    this.asOf = null;
    this.heardAt = -Infinity;
    this.attemptAt = -Infinity;
    this.openedAt = env.now();
    this.attempts = 0;
    /** How often the server has greeted this screen: once for each connection. */
    this.greeted = 0;
    this.gone = false;
    /** @type {any} */
    this.socket = null;
    this.retry = 0;
    this.watch = 0;
    this.wake = () => this.hurry();
    this.awake = () => env.document?.visibilityState !== 'hidden' && this.hurry();
    env.window?.addEventListener?.('online', this.wake);
    env.window?.addEventListener?.('pageshow', this.wake);
    env.document?.addEventListener?.('visibilitychange', this.awake);
    this.connect();
  }

  /** The newest view of a subject, or of the only one.
   * @param {string} [subject] */
  view(subject) {
    const held = subject === undefined ? this.book.views.values().next().value : this.book.views.get(subject);
    return held?.view ?? null;
  }

  /** Ends the feed for good. */
  close() {
    this.env.window?.removeEventListener?.('online', this.wake);
    this.env.window?.removeEventListener?.('pageshow', this.wake);
    this.env.document?.removeEventListener?.('visibilitychange', this.awake);
    this.env.clearTimeout(this.retry);
    this.env.clearTimeout(this.watch);
    this.drop();
  }

  /** Connects now unless a connection is alive: the network came back, the page was
   * shown again, or the machine woke up. */
  hurry() {
    if (this.connection === 'stopped') return;
    const silent = this.env.now() - Math.max(this.heardAt, this.attemptAt);
    if (this.socket && silent < STALE_MS) return;
    this.attempts = 0;
    this.connect();
  }

  /** @private */
  connect() {
    this.env.clearTimeout(this.retry);
    this.drop();
    this.attemptAt = this.env.now();
    this.arm();
    const socket = new this.env.WebSocket(this.env.origin.replace(/^http/, 'ws') + this.path);
    this.socket = socket;
    let opened = false;
    // A socket that was replaced may still deliver; only the current one is heard.
    socket.onopen = () => { opened = true; };
    socket.onmessage = (/** @type {any} */ event) => this.socket === socket && this.hear(event.data);
    socket.onclose = (/** @type {any} */ event) => {
      if (this.socket !== socket) return;
      this.socket = null;
      if (opened) this.lost(event.code);
      else this.refused();
    };
  }

  /** @private */
  drop() {
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onmessage = socket.onclose = socket.onopen = null;
    socket.close();
  }

  /** @private @param {string} text */
  hear(text) {
    let frame;
    try {
      frame = JSON.parse(text);
    } catch {
      return; // A frame that is not JSON is not ours; silence will tell if it goes on.
    }
    this.heardAt = this.env.now();
    this.gone = false;
    this.set('live');
    this.arm();
    if (frame.at) this.time(frame);
    if (frame.type === 'hello') this.greet(frame);
    else if (frame.type === 'view') this.book.take(frame);
    else if (frame.type === 'beat') this.book.note(frame.epoch, frame.seq);
    this.onChange(this);
  }

  /** Takes the server's time from greetings and beats, which are said now. A view says
   * when it was made, which in a quiet branch is long ago: it counts only while nothing
   * else is known, and when it brings a new speed of a demo.
   * @private @param {any} frame */
  time(frame) {
    const speed = frame.speed ?? frame.view?.speed ?? this.clock.speed;
    if (frame.type === 'view' && this.clock.known() && speed === this.clock.speed) return;
    this.asOf = frame.at;
    this.clock.observe(frame.at, speed);
  }

  /** @private @param {any} hello */
  greet(hello) {
    this.greeted += 1;
    this.attempts = 0;
    this.book.note(hello.epoch, undefined);
    if (hello.build && this.env.build && hello.build !== this.env.build) this.renew();
  }

  /** Reloads the page, at most once in a while. @private */
  renew() {
    const last = Number(this.env.memory?.getItem('lapak.reloaded') ?? 0);
    // A PC without a battery for its clock may have reloaded in the future.
    if (Math.abs(Date.now() - last) < RELOAD_AGAIN_MS) return;
    this.env.memory?.setItem('lapak.reloaded', String(Date.now()));
    this.env.reload();
  }

  /** @private @param {number} code */
  lost(code) {
    const {back, late, why} = closing(code);
    if (!back) return this.stop(why ?? 'forbidden');
    if (code === OTHER_BUILD) this.renew();
    if (late) this.attempts = Math.max(this.attempts, 5);
    this.gone = true;
    this.arm();
    this.again();
  }

  /** A connection that never opened hides the server's status from scripts, so the
   * same audience is asked once over plain HTTP: signed out is not "unplugged".
   * @private */
  async refused() {
    this.again();
    if (!this.env.fetch || this.attempts % 3 !== 1) return;
    try {
      const answer = await this.env.fetch(this.path.replace('/feed/', '/views/'), {credentials: 'same-origin'});
      const why = /** @type {Record<number, Stopped>} */ ({401: 'signed_out', 403: 'forbidden', 404: 'unknown'})[answer.status];
      if (why) this.stop(why);
    } catch {
      // No network: the retry that is already planned is the whole answer.
    }
  }

  /** @private */
  again() {
    this.env.clearTimeout(this.retry);
    this.retry = this.env.setTimeout(() => this.connect(), pause(this.attempts, this.env.random));
    this.attempts += 1;
  }

  /** @private @param {Stopped} why */
  stop(why) {
    this.stopped = why;
    this.env.clearTimeout(this.retry);
    this.env.clearTimeout(this.watch);
    this.drop();
    this.set('stopped');
    if (this.unattended && why !== 'replaced') this.retry = this.env.setTimeout(() => this.resume(), AGAIN_MS);
    this.onChange(this);
  }

  /** Asks again after the server turned this screen away; until it answers what is shown
   * is old. @private */
  resume() {
    this.stopped = null;
    this.attempts = 0;
    this.set('stale');
    this.connect();
    this.onChange(this);
  }

  /** Watches for silence. While the figures count as live it is counted from the last
   * frame, however often the feed tries again in between: a board must not look alive
   * because its reconnects fail quickly. Afterwards it bounds an attempt that hangs.
   * A feed that never heard anything is stale after the same time.
   * @private */
  arm() {
    this.env.clearTimeout(this.watch);
    const from = this.connection === 'live' ? this.heardAt : Math.max(this.heardAt, this.attemptAt);
    const span = this.gone && this.connection === 'live' ? GONE_MS : STALE_MS;
    const first = this.connection === 'connecting' ? this.openedAt : from;
    const left = Math.max(0, Math.min(span, first + span - this.env.now()));
    this.watch = this.env.setTimeout(() => {
      if (this.connection === 'live' || this.connection === 'connecting') this.set('stale');
      this.onChange(this);
      this.hurry();
      if (this.connection !== 'stopped') this.arm();
    }, left);
  }

  /** @private @param {Connection} connection */
  set(connection) {
    this.connection = connection;
  }
}
