// @ts-check
// A room as a file: the whole drawing, or the question of `lapak seats choose` or
// `lapak seats arrange`. Reading is strict: an unknown field, a wrong type or a value out
// of bounds is refused by the path of its field, and nothing is taken over.

import {RECTS_MAX, SEATS_MAX, SIDE_MAX_MM, SIDE_MIN_MM, WALL_MM} from './plan.js';

/** @typedef {import('./plan.js').Draft} Draft */
/** @typedef {'room'|'choose'|'arrange'} FileKind */

/** A file of two hundred seats has some twenty kilobytes; more is no room. */
export const FILE_MAX = 256 * 1024;

const MODES = ['default', 'rolling', 'closed', 'single'];

class Wrong extends Error {
  /** @param {string} field @param {string} code */
  constructor(field, code) {
    super(`${field}: ${code}`);
    this.field = field;
    this.code = code;
  }
}

/** The text of a file.
 * @param {Draft} draft @param {FileKind} kind @param {{distance_mm: number, together_mm?: number}} rule */
export function writeRoom(draft, kind, rule) {
  const seats = draft.seats.map((seat, i) => ({id: String(i + 1), x_mm: seat.x_mm, y_mm: seat.y_mm, accessible: seat.accessible, closed: seat.closed}));
  const rects = {obstacles: draft.obstacles, keep_clear: draft.keep_clear};
  const size = {width_mm: draft.width_mm, depth_mm: draft.depth_mm};
  const body = kind === 'choose' ? {distance_mm: rule.distance_mm, together_mm: rule.together_mm ?? 0, seats}
    : kind === 'arrange' ? {...size, margin_mm: WALL_MM, distance_mm: rule.distance_mm, ...rects, seed: 1}
      : {...size, normal: draft.normal, mode: draft.mode, desk: draft.desk, programmes: draft.programmes, seats, ...rects};
  return `${JSON.stringify(body, null, 2)}\n`;
}

/** Reads a file into a drawing: what it does not say stays as it is.
 * @param {string} text @param {Draft} draft
 * @returns {{draft: Draft, kind: FileKind} | {field: string, code: string}} */
export function readRoom(text, draft) {
  try {
    if (text.length > FILE_MAX) throw new Wrong('', 'too_large');
    /** @type {any} */
    let body;
    try {
      body = JSON.parse(text);
    } catch {
      throw new Wrong('', 'no_json');
    }
    object(body, '');
    const kind = 'margin_mm' in body || 'seed' in body ? 'arrange' : 'width_mm' in body || 'depth_mm' in body ? 'room' : 'choose';
    const read = {room: readWhole, choose: readChoose, arrange: readArrange}[kind](body, draft);
    return {draft: read, kind: /** @type {FileKind} */ (kind)};
  } catch (error) {
    if (error instanceof Wrong) return {field: error.field, code: error.code};
    throw error;
  }
}

/** @param {any} body @param {Draft} draft @returns {Draft} */
function readWhole(body, draft) {
  known(body, '', ['width_mm', 'depth_mm', 'normal', 'mode', 'desk', 'programmes', 'seats', 'obstacles', 'keep_clear']);
  const programmes = list(body.programmes ?? [], 'programmes', 20).map((one, i) => {
    if (typeof one !== 'string') throw new Wrong(`programmes[${i}]`, 'no_text');
    return one;
  });
  const mode = body.mode ?? 'default';
  if (!MODES.includes(mode)) throw new Wrong('mode', 'not_listed');
  return {...draft, ...sides(body, draft), normal: whole(body.normal ?? draft.normal, 'normal', 0, 999), mode,
    desk: flag(body.desk ?? false, 'desk'), programmes, seats: seatsOf(body), obstacles: rects(body.obstacles ?? [], 'obstacles'), keep_clear: rects(body.keep_clear ?? [], 'keep_clear')};
}

/** @param {any} body @param {Draft} draft @returns {Draft} */
function readChoose(body, draft) {
  known(body, '', ['distance_mm', 'together_mm', 'seats', 'taken', 'parties', 'limit']);
  return {...draft, seats: seatsOf(body)};
}

/** @param {any} body @param {Draft} draft @returns {Draft} */
function readArrange(body, draft) {
  known(body, '', ['width_mm', 'depth_mm', 'margin_mm', 'distance_mm', 'obstacles', 'keep_clear', 'seed']);
  return {...draft, ...sides(body, draft), obstacles: rects(body.obstacles ?? [], 'obstacles'), keep_clear: rects(body.keep_clear ?? [], 'keep_clear')};
}

/** @param {any} body @param {Draft} draft */
function sides(body, draft) {
  return {width_mm: whole(body.width_mm ?? draft.width_mm, 'width_mm', SIDE_MIN_MM, SIDE_MAX_MM), depth_mm: whole(body.depth_mm ?? draft.depth_mm, 'depth_mm', SIDE_MIN_MM, SIDE_MAX_MM)};
}

/** @param {any} body */
function seatsOf(body) {
  if (body.seats === undefined) throw new Wrong('seats', 'missing');
  return list(body.seats, 'seats', SEATS_MAX).map((seat, i) => {
    const path = `seats[${i}]`;
    object(seat, path);
    known(seat, path, ['id', 'x_mm', 'y_mm', 'accessible', 'closed']);
    return {x_mm: whole(seat.x_mm ?? 0, `${path}.x_mm`, 0, SIDE_MAX_MM), y_mm: whole(seat.y_mm ?? 0, `${path}.y_mm`, 0, SIDE_MAX_MM),
      accessible: flag(seat.accessible ?? false, `${path}.accessible`), closed: flag(seat.closed ?? false, `${path}.closed`)};
  });
}

/** @param {any} value @param {string} path */
function rects(value, path) {
  return list(value, path, RECTS_MAX).map((rect, i) => {
    const at = `${path}[${i}]`;
    object(rect, at);
    known(rect, at, ['x_mm', 'y_mm', 'width_mm', 'depth_mm']);
    return {x_mm: whole(rect.x_mm ?? 0, `${at}.x_mm`, -SIDE_MAX_MM, SIDE_MAX_MM), y_mm: whole(rect.y_mm ?? 0, `${at}.y_mm`, -SIDE_MAX_MM, SIDE_MAX_MM),
      width_mm: whole(rect.width_mm, `${at}.width_mm`, 1, SIDE_MAX_MM), depth_mm: whole(rect.depth_mm, `${at}.depth_mm`, 1, SIDE_MAX_MM)};
  });
}

/** @param {any} value @param {string} path */
function object(value, path) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Wrong(path, 'no_object');
}

/** @param {any} value @param {string} path @param {string[]} fields */
function known(value, path, fields) {
  const other = Object.keys(value).find((name) => !fields.includes(name));
  if (other !== undefined) throw new Wrong(path === '' ? other : `${path}.${other}`, 'unknown');
}

/** @param {any} value @param {string} path @param {number} most @returns {any[]} */
function list(value, path, most) {
  if (!Array.isArray(value)) throw new Wrong(path, 'no_list');
  if (value.length > most) throw new Wrong(path, 'too_many');
  return value;
}

/** @param {any} value @param {string} path @param {number} low @param {number} top */
function whole(value, path, low, top) {
  if (value === undefined) throw new Wrong(path, 'missing');
  if (!Number.isInteger(value)) throw new Wrong(path, 'no_whole');
  if (value < low || value > top) throw new Wrong(path, 'out_of_range');
  return value;
}

/** @param {any} value @param {string} path */
function flag(value, path) {
  if (typeof value !== 'boolean') throw new Wrong(path, 'no_flag');
  return value;
}
