// @ts-check
// Reading from the server what no feed carries: lists, settings, who I am.

import {readAnswer} from './commands.js';

/** How long a read may take before the screen says that it did not arrive. */
const ASK_MS = 10_000;

/** @typedef {import('./commands.js').Answer} Answer */

/** Reads a resource; never throws. Without an answer status is 0 and the code
 * "no_network". date is the server's wall clock as its answer's header has it.
 * @param {string} path @param {typeof fetch} [send]
 * @returns {Promise<Answer & {date: string|null}>} */
export async function ask(path, send = globalThis.fetch) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ASK_MS);
  try {
    const response = await send(path, {credentials: 'same-origin', cache: 'no-store', signal: abort.signal});
    return {...await readAnswer(response), date: response.headers?.get?.('Date') ?? null};
  } catch {
    return {ok: false, status: 0, body: null, problem: {code: 'no_network', status: 0}, date: null};
  } finally {
    clearTimeout(timer);
  }
}

/** Lists and settings by name, each read once and again when asked for. A screen asks
 * while it draws; the answer redraws it. */
export class Shelf {
  /** @param {import('./store.js').Store} store @param {Record<string, string>} paths
   * @param {(path: string) => Promise<Answer & {date: string|null}>} [read] */
  constructor(store, paths, read = ask) {
    this.store = store;
    this.paths = paths;
    this.read = read;
    /** @type {Map<string, {body: any, problem: any, busy: boolean, again?: boolean}>} */
    this.held = new Map();
    /** The server's wall clock of the newest answer and when it came.
     * @type {{date: string|null, at: number}} */
    this.clock = {date: null, at: 0};
  }

  /** What is known of a name; starts reading it the first time.
   * @param {string} name @returns {any} the body, null before it is here */
  get(name) {
    if (!this.held.has(name)) this.load(name);
    return this.held.get(name)?.body ?? null;
  }

  /** Why a name could not be read, null when it could or is on its way.
   * @param {string} name */
  problem(name) {
    return this.held.get(name)?.problem ?? null;
  }

  /** Reads a name again; what was known stays until the answer is here. An answer that
   * is on its way may be older than what asks now, so it is asked once more after it.
   * @param {string} name @returns {Promise<void>} */
  async load(name) {
    const before = this.held.get(name);
    if (before?.busy) {
      before.again = true;
      return;
    }
    const reading = {body: before?.body ?? null, problem: null, busy: true, again: false};
    this.held.set(name, reading);
    const answer = await this.read(this.paths[name]);
    this.clock = {date: answer.date, at: Date.now()};
    this.held.set(name, {body: answer.ok ? answer.body : before?.body ?? null, problem: answer.problem, busy: false});
    this.store.update();
    if (reading.again) await this.load(name);
  }
}
