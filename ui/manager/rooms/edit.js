// @ts-check
// Changing a drawing, as arithmetic: edit(room, change) gives another room and leaves the
// one before untouched, so that a list of rooms is a list of steps back. Everything is in
// whole millimetres and stays inside the walls; what the rules allow, the server says.

import {RECTS_MAX, SEATS_MAX, SIDE_MAX_MM, SIDE_MIN_MM, SNAP_MM, snap} from './plan.js';

/** @typedef {import('./plan.js').Draft} Draft */
/** @typedef {import('./plan.js').Place} Place */
/** @typedef {import('./plan.js').Rect} Rect */
/** What can be taken hold of: a seat, an obstacle, a door, or the wall itself.
 * @typedef {{kind: 'seat'|'obstacle'|'door'|'wall', index: number}} Item */
/** What can be drawn. A partition is an obstacle as thin as a wall.
 * @typedef {'seat'|'obstacle'|'door'|'partition'} Kind */
/** to is the far corner of what was drawn by dragging; without it the piece has a size of its own.
 * @typedef {{op: 'add', kind: Kind, x: number, y: number, to?: {x: number, y: number}}
 *   | {op: 'place', item: Item, x: number, y: number}
 *   | {op: 'nudge', item: Item, dx: number, dy: number}
 *   | {op: 'size', item: Item, width: number, depth: number}
 *   | {op: 'turn', item: Item}
 *   | {op: 'remove', item: Item}
 *   | {op: 'duplicate', item: Item}
 *   | {op: 'seat', index: number, change: Partial<Place>}
 *   | {op: 'seats', seats: Place[]}
 *   | {op: 'set', change: Partial<Draft>}} Change */

/** A new obstacle is a pillar, a new door a metre wide and deep, the swing of its leaf; a
 * partition ends beside a booth. */
const NEW_MM = {obstacle: 600, door: 1000, partition: 2000};

/** A partition of board on studs. */
const PARTITION_MM = 100;

/** What is at most as thick is drawn and resized as a wall: two layers of brick. */
const THIN_MM = 200;

/** The least side of an obstacle or a door. */
const RECT_MIN_MM = 100;

const LISTS = /** @type {const} */ ({obstacle: 'obstacles', door: 'keep_clear', partition: 'obstacles'});

/** @param {Draft} room @param {Change} change @returns {Draft} the same room when nothing changes */
export function edit(room, change) {
  switch (change.op) {
    case 'add': return add(room, change);
    case 'place': return place(room, change.item, change.x, change.y);
    case 'nudge': return nudge(room, change.item, change.dx, change.dy);
    case 'size': return size(room, change.item, change.width, change.depth);
    case 'turn': return turn(room, change.item);
    case 'remove': return remove(room, change.item);
    case 'duplicate': return duplicate(room, change.item);
    case 'seat': return room.seats[change.index] ? {...room, seats: room.seats.map((seat, i) => (i === change.index ? {...seat, ...change.change} : seat))} : room;
    case 'seats': return {...room, seats: change.seats.slice(0, SEATS_MAX).map((seat) => ({...seat}))};
    case 'set': return {...room, ...change.change};
    default: return room;
  }
}

/** What is taken hold of, or undefined.
 * @param {Draft} room @param {Item} item @returns {any} */
export function thing(room, item) {
  if (item.kind === 'seat') return room.seats[item.index];
  if (item.kind === 'wall') return {x_mm: 0, y_mm: 0, width_mm: room.width_mm, depth_mm: room.depth_mm};
  return room[LISTS[item.kind]][item.index];
}

/** Whether an obstacle is a wall within the room.
 * @param {Rect} rect */
export function partition(rect) {
  return Math.min(rect.width_mm, rect.depth_mm) <= THIN_MM;
}

/** @param {number} value @param {number} low @param {number} top */
function clamp(value, low, top) {
  return Math.max(low, Math.min(top, value));
}

/** @param {Draft} room @param {{kind: Kind, x: number, y: number, to?: {x: number, y: number}}} what */
function add(room, {kind, x, y, to}) {
  if (kind === 'seat') {
    if (room.seats.length >= SEATS_MAX) return room;
    const seat = {x_mm: clamp(Math.round(x), 0, room.width_mm), y_mm: clamp(Math.round(y), 0, room.depth_mm), accessible: false, closed: false};
    return {...room, seats: [...room.seats, seat]};
  }
  const list = LISTS[kind];
  if (room[list].length >= RECTS_MAX) return room;
  const width = NEW_MM[kind];
  const depth = kind === 'partition' ? PARTITION_MM : width;
  const rect = to ? between(kind, {x, y}, {x: clamp(to.x, 0, room.width_mm), y: clamp(to.y, 0, room.depth_mm)}) : {x_mm: Math.round(x - width / 2), y_mm: Math.round(y - depth / 2), width_mm: width, depth_mm: depth};
  const fits = {...rect, width_mm: Math.min(rect.width_mm, room.width_mm), depth_mm: Math.min(rect.depth_mm, room.depth_mm)};
  return {...room, [list]: [...room[list], inside(room, fits)]};
}

/** The rectangle between two corners, on the raster; a partition runs straight, the way
 * that the hand went farther.
 * @param {Kind} kind @param {{x: number, y: number}} from @param {{x: number, y: number}} to @returns {Rect} */
function between(kind, from, to) {
  const side = (/** @type {number} */ a, /** @type {number} */ b) => ({at: snap(Math.min(a, b)), long: Math.max(RECT_MIN_MM, snap(Math.abs(b - a)))});
  const [across, along] = [side(from.x, to.x), side(from.y, to.y)];
  const rect = {x_mm: across.at, y_mm: along.at, width_mm: across.long, depth_mm: along.long};
  if (kind !== 'partition') return rect;
  return across.long >= along.long ? {...rect, y_mm: snap(from.y), depth_mm: PARTITION_MM} : {...rect, x_mm: snap(from.x), width_mm: PARTITION_MM};
}

/** A quarter turn about its middle; four lead back to where it stood, unless a wall is in the way.
 * @param {Draft} room @param {Item} item */
function turn(room, item) {
  const what = thing(room, item);
  if (!what || item.kind === 'seat' || item.kind === 'wall' || what.width_mm === what.depth_mm) return room;
  const by = Math.trunc((what.width_mm - what.depth_mm) / 2);
  const turned = {x_mm: what.x_mm + by, y_mm: what.y_mm - by, width_mm: Math.min(what.depth_mm, room.width_mm), depth_mm: Math.min(what.width_mm, room.depth_mm)};
  return swap(room, item, inside(room, turned));
}

/** @param {Draft} room @param {Rect} rect @returns {Rect} */
function inside(room, rect) {
  return {...rect, x_mm: clamp(rect.x_mm, 0, Math.max(0, room.width_mm - rect.width_mm)), y_mm: clamp(rect.y_mm, 0, Math.max(0, room.depth_mm - rect.depth_mm))};
}

/** @param {Draft} room @param {Item} item @param {number} x @param {number} y of a seat's middle, of a rectangle's corner */
function place(room, item, x, y) {
  const what = thing(room, item);
  if (!what || item.kind === 'wall') return room;
  if (item.kind === 'seat') {
    const [x_mm, y_mm] = [clamp(Math.round(x), 0, room.width_mm), clamp(Math.round(y), 0, room.depth_mm)];
    if (what.x_mm === x_mm && what.y_mm === y_mm) return room;
    return edit(room, {op: 'seat', index: item.index, change: {x_mm, y_mm}});
  }
  const moved = inside(room, {...what, x_mm: Math.round(x), y_mm: Math.round(y)});
  return moved.x_mm === what.x_mm && moved.y_mm === what.y_mm ? room : swap(room, item, moved);
}

/** @param {Draft} room @param {Item} item @param {Rect} rect */
function swap(room, item, rect) {
  const list = LISTS[/** @type {'obstacle'|'door'} */ (item.kind)];
  return {...room, [list]: room[list].map((one, i) => (i === item.index ? rect : one))};
}

/** Moves by steps of the raster; what stood beside the raster comes onto it first.
 * @param {Draft} room @param {Item} item @param {number} dx @param {number} dy */
function nudge(room, item, dx, dy) {
  const what = thing(room, item);
  if (!what) return room;
  if (item.kind === 'wall') return size(room, item, room.width_mm + dx, room.depth_mm + dy);
  const along = (/** @type {number} */ at, /** @type {number} */ by) => (by === 0 ? at : snap(at + by));
  return place(room, item, along(what.x_mm, dx), along(what.y_mm, dy));
}

/** Walls never pass through what stands in the room: its seats would be outside.
 * @param {Draft} room @param {Item} item @param {number} width @param {number} depth */
function size(room, item, width, depth) {
  const what = thing(room, item);
  if (!what || item.kind === 'seat') return room;
  if (item.kind !== 'wall') {
    const width_mm = clamp(snap(width), RECT_MIN_MM, Math.max(RECT_MIN_MM, room.width_mm - what.x_mm));
    const depth_mm = clamp(snap(depth), RECT_MIN_MM, Math.max(RECT_MIN_MM, room.depth_mm - what.y_mm));
    return width_mm === what.width_mm && depth_mm === what.depth_mm ? room : swap(room, item, {...what, width_mm, depth_mm});
  }
  const rects = [...room.obstacles, ...room.keep_clear];
  const least = (/** @type {number[]} */ ends) => Math.max(SIDE_MIN_MM, ...ends);
  const width_mm = clamp(snap(width), least([...room.seats.map((s) => s.x_mm), ...rects.map((r) => r.x_mm + r.width_mm)]), SIDE_MAX_MM);
  const depth_mm = clamp(snap(depth), least([...room.seats.map((s) => s.y_mm), ...rects.map((r) => r.y_mm + r.depth_mm)]), SIDE_MAX_MM);
  return width_mm === room.width_mm && depth_mm === room.depth_mm ? room : {...room, width_mm, depth_mm};
}

/** @param {Draft} room @param {Item} item */
function remove(room, item) {
  if (!thing(room, item) || item.kind === 'wall') return room;
  if (item.kind === 'seat') return {...room, seats: room.seats.filter((_, i) => i !== item.index)};
  const list = LISTS[item.kind];
  return {...room, [list]: room[list].filter((_, i) => i !== item.index)};
}

/** A second one beside the first: to the right, else below, else where it is.
 * @param {Draft} room @param {Item} item */
function duplicate(room, item) {
  const what = thing(room, item);
  if (!what || item.kind === 'wall') return room;
  const [w, d] = item.kind === 'seat' ? [1500, 1500] : [what.width_mm + SNAP_MM, what.depth_mm + SNAP_MM];
  const ends = item.kind === 'seat' ? [what.x_mm, what.y_mm] : [what.x_mm + what.width_mm, what.y_mm + what.depth_mm];
  const right = ends[0] + w <= room.width_mm;
  const at = {x_mm: right ? what.x_mm + w : what.x_mm, y_mm: right ? what.y_mm : what.y_mm + d};
  if (item.kind === 'seat') {
    if (room.seats.length >= SEATS_MAX) return room;
    return {...room, seats: [...room.seats, {...what, x_mm: clamp(at.x_mm, 0, room.width_mm), y_mm: clamp(at.y_mm, 0, room.depth_mm)}]};
  }
  const list = LISTS[item.kind];
  return room[list].length >= RECTS_MAX ? room : {...room, [list]: [...room[list], inside(room, {...what, ...at})]};
}

/** How far the pointer may be from a line or a distance to be drawn to it. */
const PULL_MM = 130;

/** Where a seat that is dragged would rather stand: in line with a neighbour, or exactly
 * the distance beside one; else on the raster. guides are the lines that drew it.
 * @param {Draft} room @param {number} index @param {number} x @param {number} y @param {number} distance
 * @returns {{x: number, y: number, guides: {axis: 'x'|'y', at: number}[]}} */
export function pull(room, index, x, y, distance) {
  const others = room.seats.filter((_, i) => i !== index);
  const along = (/** @type {'x_mm'|'y_mm'} */ key, /** @type {number} */ at) => {
    let best = null;
    for (const seat of others) {
      for (const line of [seat[key], seat[key] + distance, seat[key] - distance]) {
        const off = Math.abs(line - at);
        if (off <= PULL_MM && (best === null || off < best.off)) best = {line, off};
      }
    }
    return best?.line ?? null;
  };
  const [lx, ly] = [along('x_mm', x), along('y_mm', y)];
  /** @type {{axis: 'x'|'y', at: number}[]} */
  const guides = [];
  if (lx !== null) guides.push({axis: 'x', at: lx});
  if (ly !== null) guides.push({axis: 'y', at: ly});
  return {x: lx ?? snap(x), y: ly ?? snap(y), guides};
}

/** The seats that an arrangement found, with those that were accessible or closed where
 * they still stand; the one nearest to a door is accessible when none is.
 * @param {Draft} room @param {{x_mm: number, y_mm: number}[]} found @returns {Place[]} */
export function furnished(room, found) {
  const seats = found.map(({x_mm, y_mm}) => {
    const old = room.seats.find((seat) => seat.x_mm === x_mm && seat.y_mm === y_mm);
    return {x_mm, y_mm, accessible: old?.accessible ?? false, closed: old?.closed ?? false};
  });
  if (seats.length === 0 || seats.some((seat) => seat.accessible)) return seats;
  const door = room.keep_clear[0];
  const at = door ? {x: door.x_mm + door.width_mm / 2, y: door.y_mm + door.depth_mm / 2} : {x: 0, y: 0};
  const far = (/** @type {Place} */ seat) => (seat.x_mm - at.x) ** 2 + (seat.y_mm - at.y) ** 2;
  const nearest = seats.reduce((a, b) => (far(b) < far(a) ? b : a));
  nearest.accessible = true;
  return seats;
}

/** Steps that are kept; each is a few kilobytes. */
export const STEPS_MAX = 60;

/** The edits so far, and those that were taken back.
 * @typedef {{room: Draft, past: {room: Draft, what: string}[], future: {room: Draft, what: string}[]}} History */

/** @param {Draft} room @returns {History} */
export function begin(room) {
  return {room, past: [], future: []};
}

/** One more edit; what says which, as a code. Nothing changed is no edit.
 * @param {History} history @param {Draft} room @param {string} what @returns {History} */
export function step(history, room, what) {
  if (room === history.room) return history;
  return {room, past: [...history.past.slice(1 - STEPS_MAX), {room: history.room, what}], future: []};
}

/** @param {History} history @returns {History} */
export function undo(history) {
  const last = history.past.at(-1);
  if (!last) return history;
  return {room: last.room, past: history.past.slice(0, -1), future: [{room: history.room, what: last.what}, ...history.future]};
}

/** @param {History} history @returns {History} */
export function redo(history) {
  const next = history.future[0];
  if (!next) return history;
  return {room: next.room, past: [...history.past, {room: history.room, what: next.what}], future: history.future.slice(1)};
}
