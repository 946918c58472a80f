// @ts-check
// Commands to the server. Each has a key chosen here, once: sending it again after a
// lost answer cannot do it twice. A command lives in a slot, the button it belongs to,
// so a double click is one command and its refusal has a place to stand.

import {label, language, t, has, learn} from './catalogue.js';
import {words as refusals} from './words-refusals.js';
import {duration} from './times.js';

learn(refusals);

/** @typedef {{status: 'sending'|'retrying'|'settling'|'refused'|'unsure', key: string, request: Request_,
 *   epoch: string, seq: number, problem: Problem|null}} Pending */
/** @typedef {{method?: string, path: string, body?: any}} Request_ */
/** @typedef {{code: string, status: number, detail?: string, field?: string, retry_after_s?: number, params?: Record<string, any>}} Problem */
/** @typedef {{ok: boolean, status: number, body: any, problem: Problem|null}} Answer */

/** Pauses between attempts with the same key. Together under a minute: longer than a
 * server's restart, shorter than an officer's patience. */
const RETRY_AFTER_MS = [300, 700, 1500, 3000, 6000, 10_000];

/** One attempt's longest life; a stalled server is treated like a lost network. */
const ATTEMPT_MS = 10_000;

/** How long a button waits for the view that shows its effect. */
const SETTLE_MS = 10_000;

/** Answers that say "not now" rather than "no". */
const PASSING = new Set([502, 503, 504]);

export class Commands {
  /** @param {import('./store.js').Store} store
   * @param {{fetch?: typeof fetch, sleep?: (ms: number) => Promise<void>, newKey?: () => string}} [env] */
  constructor(store, env = {}) {
    this.store = store;
    this.fetch = env.fetch ?? globalThis.fetch.bind(globalThis);
    this.sleep = env.sleep ?? ((ms) => new Promise((done) => setTimeout(done, ms)));
    this.newKey = env.newKey ?? newKey;
    /** @private @type {Map<string, Promise<Answer>>} */
    this.running = new Map();
  }

  /** Sends a command from a slot and resolves with its answer; never throws. While
   * the slot is busy the running command's promise is returned instead.
   * @param {string} slot @param {Request_} request
   * @returns {Promise<Answer>} */
  send(slot, request) {
    const busy = this.running.get(slot);
    if (busy) return busy;
    const before = this.store.state.pending.get(slot);
    // Pressing again after silence repeats the same command, not a second one.
    const same = before?.status === 'unsure' && JSON.stringify(before.request) === JSON.stringify(request);
    const key = same && before ? before.key : this.newKey();
    const answer = this.attempt(slot, request, key).finally(() => this.running.delete(slot));
    this.running.set(slot, answer);
    return answer;
  }

  /** Whether a command of the slot is on its way. @param {string} slot */
  busy(slot) {
    return this.running.has(slot);
  }

  /** Forgets a refusal once it was read. @param {string} slot */
  dismiss(slot) {
    if (!this.running.has(slot)) this.store.pend(slot, null);
  }

  /** @private @param {string} slot @param {Request_} request @param {string} key @returns {Promise<Answer>} */
  async attempt(slot, request, key) {
    /** @type {Pending} */
    const pending = {status: 'sending', key, request, epoch: this.store.state.epoch, seq: -1, problem: null};
    this.store.pend(slot, pending);
    for (let n = 0; ; n += 1) {
      const answer = await this.once(request, key);
      if (answer) return this.settle(slot, pending, answer);
      if (n >= RETRY_AFTER_MS.length) break;
      this.store.pend(slot, {...pending, status: 'retrying'});
      await this.sleep(RETRY_AFTER_MS[n]);
    }
    this.store.pend(slot, {...pending, status: 'unsure'});
    return {ok: false, status: 0, body: null, problem: null};
  }

  /** One attempt; null when nobody knows whether it arrived.
   * @private @param {Request_} request @param {string} key @returns {Promise<Answer|null>} */
  async once({method = 'POST', path, body}, key) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), ATTEMPT_MS);
    try {
      const response = await this.fetch(path, {
        method,
        credentials: 'same-origin',
        headers: {'Content-Type': 'application/json', 'Idempotency-Key': key},
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: abort.signal,
      });
      if (PASSING.has(response.status)) return null;
      return await readAnswer(response);
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** @private @param {string} slot @param {Pending} pending @param {Answer} answer @returns {Answer} */
  settle(slot, pending, answer) {
    if (!answer.ok) {
      this.store.pend(slot, {...pending, status: 'refused', problem: answer.problem});
      return answer;
    }
    const seq = answer.body?.seq;
    if (typeof seq !== 'number' || this.store.state.seq >= seq) {
      this.store.pend(slot, null);
      return answer;
    }
    const settling = /** @type {Pending} */ ({...pending, status: 'settling', seq});
    this.store.pend(slot, settling);
    // The view may be late or the feed down: a button must not stay grey for ever.
    this.sleep(SETTLE_MS).then(() => {
      if (this.store.state.pending.get(slot) === settling) this.store.pend(slot, null);
    });
    return answer;
  }
}

/** Reads a response: JSON, or a problem as RFC 9457 describes it.
 * @param {Response} response @returns {Promise<Answer>} */
export async function readAnswer(response) {
  const text = await response.text();
  let body = null;
  try {
    body = text === '' ? null : JSON.parse(text);
  } catch {
    body = undefined;
  }
  if (response.ok && body !== undefined) return {ok: true, status: response.status, body, problem: null};
  const known = body && typeof body === 'object' && typeof body.code === 'string';
  const problem = known ? {...body, status: response.status} : {code: 'no_answer', status: response.status};
  const after = Number(response.headers?.get?.('Retry-After'));
  if (after > 0 && problem.retry_after_s === undefined) problem.retry_after_s = after;
  return {ok: false, status: response.status, body, problem};
}

/** The sentence of a refusal, in the screen's language now. The rules' own sentence is
 * English and names the very number or room, so English takes it where it exists; a
 * code that the catalogue does not know yet brings it along in both languages.
 * @param {Problem} problem */
export function sentence(problem) {
  const params = {
    ...problem.params,
    code: problem.code,
    status: problem.status,
    detail: problem.detail ?? '',
    field: problem.field ?? '',
    wait: duration(problem.retry_after_s ?? 0),
  };
  if (!has(`refusal.${problem.code}`)) return t('refusal.unknown', params);
  if (language() === 'en' && problem.detail) return problem.detail;
  return label('refusal', problem.code, params);
}

/** A fresh key of 128 random bits. crypto.randomUUID exists only over HTTPS and on
 * loopback; a branch without certificates yet uses plain HTTP. */
export function newKey() {
  if (globalThis.crypto.randomUUID) return globalThis.crypto.randomUUID();
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
