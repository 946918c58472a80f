// @ts-check
// Which calls are to be announced, and to whom. Pure: what was announced before goes
// in, what is to be remembered comes out. How an announcement sounds is chime.js's.

import {millis} from './clock.js';

/** A screen that remembers nothing (its first start, another branch) says calls of at
 * most this age: the people of older ones have gone in, or a recall is about to come.
 * One that remembers says every call it has not said while somebody is awaited,
 * however long it was cut off. */
const FIRST_MS = 90_000;

/** A call as the lobby's view carries it.
 * @typedef {{seq: number, at: number|string, kind: string, room: number|string, withdrawn?: boolean,
 *   places: {number: string, here?: boolean}[]}} Call */
/** @typedef {{seq: number, numbers: string[], room: number|string, kind: string}} Announcement */
/** seq is the newest call taken; back are those withdrawn ones that are known.
 * @typedef {{epoch: string, seq: number, back: number[]}} Memory */

/** What is new in the calls of a view. A call that was taken back before it was said is
 * never said; one that was said is taken back aloud, once. A number is said once, as its
 * newest call has it; who sits already is not called in again.
 * @param {Memory|null} memory @param {string} epoch @param {Call[]} calls
 * @param {number} now the server's time in milliseconds
 * @returns {{memory: Memory, say: Announcement[]}} */
export function toSay(memory, epoch, calls, now) {
  const known = memory && memory.epoch === epoch ? memory : null;
  const said = known?.seq ?? -1;
  const back = calls.filter((call) => call.withdrawn);
  const undone = known ? back.filter((call) => call.seq <= said && !known.back.includes(call.seq)) : [];
  const fresh = calls.filter((call) => call.seq > said);
  const seq = Math.max(said, ...fresh.map((call) => call.seq));
  const say = undone.map((call) => ({seq: call.seq, room: call.room, kind: 'undone', numbers: call.places.map((place) => place.number)}));
  return {memory: {epoch, seq, back: back.map((call) => call.seq)}, say: [...say, ...called(fresh, known ? Infinity : FIRST_MS, now)]};
}

/** @param {Call[]} fresh @param {number} within @param {number} now @returns {Announcement[]} */
function called(fresh, within, now) {
  /** @type {Set<string>} */
  const taken = new Set();
  const list = [];
  for (const call of [...fresh].sort((a, b) => b.seq - a.seq)) {
    if (call.withdrawn || now - millis(call.at) > within) continue;
    const numbers = call.places.filter((place) => !place.here && !taken.has(place.number)).map((place) => place.number);
    for (const place of call.places) taken.add(place.number);
    if (numbers.length > 0) list.unshift({seq: call.seq, room: call.room, kind: call.kind, numbers});
  }
  return list;
}

/** What still needs to be said of announcements that wait: not a call that was taken
 * back, and nobody who has come by now.
 * @param {Announcement[]} queue @param {Call[]} calls @returns {Announcement[]} */
export function stillToSay(queue, calls) {
  const here = new Set(calls.flatMap((call) => call.places.filter((place) => place.here).map((place) => `${call.seq} ${place.number}`)));
  const back = new Set(calls.filter((call) => call.withdrawn).map((call) => call.seq));
  return queue.map((one) => {
    if (one.kind === 'undone') return one;
    return {...one, numbers: back.has(one.seq) ? [] : one.numbers.filter((number) => !here.has(`${one.seq} ${number}`))};
  }).filter((one) => one.numbers.length > 0);
}

/** What a memory is without the announcements that still wait: a page that is loaded
 * again says them.
 * @param {Memory} memory @param {Announcement[]} waiting @returns {Memory} */
export function unsaid(memory, waiting) {
  const undone = waiting.filter((one) => one.kind === 'undone').map((one) => one.seq);
  const calls = waiting.filter((one) => one.kind !== 'undone').map((one) => one.seq - 1);
  return {...memory, seq: Math.min(memory.seq, ...calls), back: memory.back.filter((seq) => !undone.includes(seq))};
}
