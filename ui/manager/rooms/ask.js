// @ts-check
// What the editor asks the server while somebody draws: what a drawing would do, which
// seats may be used, and where seats could go, better and better. Nothing here changes
// the branch.

import {readAnswer} from '../../lib/commands.js';
import {WALL_MM, bodyOf} from './plan.js';

/** @typedef {import('./plan.js').Draft} Draft */

/** A drawing is looked at when it was left alone so long: a drag asks once, at its end. */
const SETTLED_MS = 250;

/** @param {string} path @param {unknown} body @param {AbortSignal} signal @param {typeof fetch} [send] */
function post(path, body, signal, send = globalThis.fetch) {
  return send(path, {method: 'POST', body: JSON.stringify(body), headers: {'Content-Type': 'application/json'}, credentials: 'same-origin', cache: 'no-store', signal});
}

/** Asks about the newest drawing only, once it stands still.
 * @typedef {{effect: any, choice: any, problem: any, for: string}} Told */
export class Advice {
  /** @param {() => void} changed @param {number} [settled] */
  constructor(changed, settled = SETTLED_MS) {
    this.changed = changed;
    this.settled = settled;
    /** @type {Told|null} */
    this.told = null;
    this.asked = '';
    /** @type {AbortController|null} */
    this.under = null;
    /** @type {any} */
    this.timer = null;
  }

  /** What is known about a drawing at a distance; null while it is being asked.
   * @param {Draft} draft @param {number} version @param {{distance_mm: number, together_mm?: number}} rule @returns {Told|null} */
  about(draft, version, rule) {
    const body = {...bodyOf(draft), version};
    const question = JSON.stringify([draft.id, body, rule.distance_mm, rule.together_mm ?? 0]);
    if (question !== this.asked) {
      this.asked = question;
      clearTimeout(this.timer);
      this.under?.abort();
      this.timer = setTimeout(() => this.ask(draft, body, rule, question), this.settled);
    }
    return this.told?.for === question ? this.told : null;
  }

  /** @param {Draft} draft @param {any} body @param {{distance_mm: number, together_mm?: number}} rule @param {string} question */
  async ask(draft, body, rule, question) {
    const abort = new AbortController();
    this.under = abort;
    const seats = draft.seats.map((seat, i) => ({id: String(i + 1), ...seat}));
    try {
      const [effect, choice] = await Promise.all([
        post(`/api/v1/rooms/${draft.id}/effect`, body, abort.signal).then(readAnswer),
        post('/api/v1/rooms/choose', {distance_mm: rule.distance_mm, together_mm: rule.together_mm ?? 0, seats}, abort.signal).then(readAnswer),
      ]);
      if (this.asked !== question) return;
      this.told = {effect: effect.ok ? effect.body : null, choice: choice.ok ? choice.body : null, problem: effect.problem ?? choice.problem, for: question};
    } catch {
      if (this.asked !== question) return;
      this.told = {effect: null, choice: null, problem: {code: 'no_network', status: 0}, for: question};
    }
    this.changed();
  }

  /** The next question is asked again even when it is the same. */
  forget() {
    this.asked = '';
    this.told = null;
  }
}

/** Furnishes a drawing: every better answer is told as soon as it is found.
 * @param {Draft} draft @param {number} distance @param {(answer: {count: number, upper_bound: number, seats: any[], done: boolean}) => void} better
 * @param {AbortSignal} signal @param {typeof fetch} [send] @returns {Promise<any>} the problem, null when there is none */
export async function arrange(draft, distance, better, signal, send = globalThis.fetch) {
  const body = {width_mm: draft.width_mm, depth_mm: draft.depth_mm, margin_mm: Math.min(WALL_MM, Math.floor(Math.min(draft.width_mm, draft.depth_mm) / 2)),
    distance_mm: Math.max(distance, LEAST_MM), obstacles: draft.obstacles, keep_clear: draft.keep_clear, seed: 1};
  try {
    const response = await post('/api/v1/rooms/arrange', body, signal, send);
    if (!response.ok || !response.body) return (await readAnswer(response)).problem ?? {code: 'no_network', status: 0};
    await lines(response.body, (line) => better(JSON.parse(line)));
    return null;
  } catch {
    return signal.aborted ? null : {code: 'no_network', status: 0};
  }
}

/** Without a rule of distance booths still need room beside each other. */
const LEAST_MM = 1000;

/** Reads a stream line by line.
 * @param {ReadableStream<Uint8Array>} stream @param {(line: string) => void} each */
export async function lines(stream, each) {
  const reader = stream.getReader();
  const text = new TextDecoder();
  let rest = '';
  for (;;) {
    const {done, value} = await reader.read();
    rest += text.decode(value, {stream: !done});
    const parts = rest.split('\n');
    rest = done ? '' : parts.pop() ?? '';
    for (const part of parts) if (part.trim() !== '') each(part);
    if (done) return;
  }
}
