// @ts-check
// The branch as a floor plan, worked out from one view: who stands in which lane of the
// lobby, who walks to which room, how the rooms are laid out, which limit holds the
// branch back. No words, no drawing; lengths of time are whole seconds.

import {level} from '../figures.js';

/** @typedef {import('../figures.js').Level} Level */
/** @typedef {{visit: number, number: string, persons: number, level: Level, waits_s: number, room: number}} Dot
 *   one visit in a lane; room is where it would be called next, 0 when nowhere yet */

/** Dots drawn in one lane; what is beyond is a number. */
export const DOTS_MAX = 60;

/** Rooms beside each other for so many rooms: the rows stay as many as fit a screen.
 * @param {number} rooms */
export function columnsFor(rooms) {
  if (rooms <= 3) return Math.max(1, rooms);
  if (rooms === 4) return 2;
  if (rooms <= 6) return 3;
  if (rooms <= 12) return 4;
  return rooms <= 20 ? 5 : 6;
}

/** How much a room's card can say: all of it, the plan and what binds, or hardly more
 * than the plan.
 * @param {number} rooms @returns {'roomy'|'dense'|'tiny'} */
export function density(rooms) {
  if (rooms <= 6) return 'roomy';
  return rooms <= 12 ? 'dense' : 'tiny';
}

/** Which room would call a visit next.
 * @param {any} view @returns {Map<number, number>} visit to room */
export function nextRooms(view) {
  const where = new Map();
  for (const room of view.rooms) {
    for (const next of room.next ?? []) if (!where.has(next.visit)) where.set(next.visit, room.room.id);
  }
  return where;
}

/** How long somebody of the lane has waited longest, now: the view's own count stands
 * still until the next view. @param {any} line @param {number} now */
export function oldestOf(line, now) {
  return line.oldest_since ? Math.max(0, now - line.oldest_since) : line.oldest_s;
}

/** The lanes with their people in the order in which they are called.
 * @param {any} view @param {number} now
 * @returns {{lane: string, waiting: number, oldest_s: number, level: Level, low_s: number|null, high_s: number|null, dots: Dot[], more: number}[]} */
export function lanesOf(view, now) {
  const where = nextRooms(view);
  return (view.lines ?? []).map((/** @type {any} */ line) => {
    const people = (view.queue ?? []).filter((/** @type {any} */ one) => one.lane === line.lane);
    const dots = people.slice(0, DOTS_MAX).map((/** @type {any} */ one) => {
      const waits = Math.max(0, now - one.waits_since);
      return {visit: one.visit, number: one.number, persons: one.persons, level: level(waits, view.goals), waits_s: waits, room: where.get(one.visit) ?? 0};
    });
    const oldest = oldestOf(line, now);
    const told = (view.waits ?? []).find((/** @type {any} */ wait) => wait.lane === line.lane);
    return {
      lane: line.lane, waiting: line.waiting, oldest_s: oldest, level: level(oldest, view.goals),
      low_s: told?.low_s ?? null, high_s: told?.high_s ?? null, dots, more: Math.max(0, line.waiting - dots.length),
    };
  });
}

/** Who walks where: to each room so many that were called and are on their way, and so
 * many that would be called next.
 * @param {any} view */
export function walks(view) {
  return view.rooms.map((/** @type {any} */ room) => ({
    room: room.room.id,
    coming: room.seats.filter((/** @type {any} */ seat) => seat.state === 'expected').length,
    next: (room.next ?? []).length,
  })).filter((/** @type {any} */ walk) => walk.coming > 0 || walk.next > 0);
}

/** What holds the branch back: of the rooms with a session, how many each of the five
 * limits binds, the most frequent first, and how many persons fit in all.
 * @param {any} view */
export function binding(view) {
  const live = view.rooms.filter((/** @type {any} */ room) => room.session && room.session.state !== 'cleaning' && !room.room.desk);
  /** @type {Map<string, number[]>} */
  const by = new Map();
  for (const room of live) by.set(room.capacity.binds, [...(by.get(room.capacity.binds) ?? []), room.room.id]);
  const list = [...by].map(([code, rooms]) => ({code, rooms})).sort((a, b) => b.rooms.length - a.rooms.length);
  return {
    list, rooms: live.length,
    persons: live.reduce((/** @type {number} */ sum, /** @type {any} */ room) => sum + Math.min(room.capacity.persons, 999), 0),
    present: live.reduce((/** @type {number} */ sum, /** @type {any} */ room) => sum + room.capacity.present, 0),
  };
}

/** An officer's day in shares of the shift, whole percent, that make 100 together; null
 * for whoever has not worked yet.
 * @param {any} work one officer of the work view, or undefined */
export function loadOf(work) {
  if (!work || work.shift_s <= 0) return null;
  const share = (/** @type {number} */ s) => Math.round((s * 100) / work.shift_s);
  const busy = share(work.with_s);
  const pause = share(work.pause_s);
  const between = Math.max(0, Math.min(100 - busy - pause, share(work.session_s - work.with_s)));
  const at = work.shift_s - work.pause_s;
  return {busy, between, pause, idle: Math.max(0, 100 - busy - between - pause), claims: work.claims,
    perHour: at >= HOUR_S / 4 ? Math.round((work.claims * HOUR_S * 10) / at) : null};
}

const HOUR_S = 3600;

/** How the multiplier may be shown: not at all without a basis, as too early with how
 * far it is, else with its two rates.
 * @param {any} work @returns {{kind: 'none'}|{kind: 'early', claims: number, of: number, time_s: number, of_s: number}
 *   |{kind: 'known', times: number, group: number, single: number, basis: string}} times in tenths, rates in tenths of a claim an hour */
export function multiplier(work) {
  if (!work || work.basis === 'none') return {kind: 'none'};
  if (work.early || !work.multiplier) {
    return {kind: 'early', claims: work.group.claims, of: work.need.claims, time_s: work.group.officer_s, of_s: work.need.officer_s};
  }
  const tenth = (/** @type {number} */ hundredths) => Math.round(hundredths / 10);
  return {kind: 'known', times: tenth(work.multiplier), group: tenth(work.group_rate), single: tenth(work.single_rate), basis: work.basis};
}

/** The way from a lane's end to a room's door: out of the lobby, along the corridor
 * between the rows of rooms, and in from above. Corners are rounded. All in pixels of
 * the same plane.
 * @param {{x: number, y: number}} from @param {{x: number, y: number}} door @param {{x: number, y: number}} corridor
 *   x of the one beside the lobby, y of the one above the room */
export function way(from, door, corridor) {
  const points = [from, {x: corridor.x, y: from.y}, {x: corridor.x, y: corridor.y}, {x: door.x, y: corridor.y}, door];
  let path = `M${points[0].x} ${points[0].y}`;
  for (let i = 1; i < points.length - 1; i += 1) {
    const [before, at, after] = [points[i - 1], points[i], points[i + 1]];
    const r = Math.min(CORNER, length(before, at) / 2, length(at, after) / 2);
    const a = toward(at, before, r);
    const b = toward(at, after, r);
    path += `L${a.x} ${a.y}Q${at.x} ${at.y} ${b.x} ${b.y}`;
  }
  const last = points[points.length - 1];
  return `${path}L${last.x} ${last.y}`;
}

const CORNER = 10;

/** @param {{x: number, y: number}} a @param {{x: number, y: number}} b */
function length(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** @param {{x: number, y: number}} from @param {{x: number, y: number}} to @param {number} by */
function toward(from, to, by) {
  const all = length(from, to);
  if (all === 0) return from;
  const part = by / all;
  return {x: Math.round((from.x + (to.x - from.x) * part) * 10) / 10, y: Math.round((from.y + (to.y - from.y) * part) * 10) / 10};
}
