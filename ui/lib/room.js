// @ts-check
// A room as a picture, in whole millimetres. One renderer for the officer's live
// session, the manager's floor and, later, the editor: what differs is what a seat
// says, and that comes from the caller.

import {html, svg, nothing} from '../vendor/lit-html/lit-html.js';
import {repeat} from '../vendor/lit-html/directives/repeat.js';
import {label, learn, t} from './catalogue.js';
import {words} from './words-work.js';

learn(words);

/** @typedef {{no: number, x_mm: number, y_mm: number, accessible?: boolean, closed?: boolean, [own: string]: any}} Seat */
/** @typedef {{x_mm: number, y_mm: number, width_mm: number, depth_mm: number}} Rectangle */
/** @typedef {{name?: string, width_mm?: number, depth_mm?: number, seats: Seat[], obstacles?: Rectangle[],
 *   keep_clear?: Rectangle[], desk?: {x_mm: number, y_mm: number}}} Room */
/** What a seat shows. state is a code of family "seat"; number the ticket; note one short
 * line under it; alert a one-sign badge; urgent lets a waiting seat breathe; busy says
 * that a command about it is on its way.
 * @typedef {{state: string, number?: string, note?: string, alert?: string, urgent?: boolean, busy?: boolean, label?: string}} Look */
/** @typedef {{look?: (seat: Seat) => Look, onSeat?: (seat: Seat) => void, chosen?: number|null,
 *   distance_mm?: number, scale?: boolean, read?: boolean, over?: unknown, inside?: (seat: Seat, half: number) => unknown}} Options
 *   inside draws what a seat says in its box itself, which reaches from -half to half; read makes the boxes as large as can be */

/** Space around seats of a room whose walls nobody has measured. */
const AROUND_MM = 900;

/** Half the side of a seat's box: never smaller than readable, never larger than a
 * real booth, and never so large that neighbours touch. */
const HALF_MIN_MM = 260;
const HALF_MAX_MM = 620;
const HALF_SHARE_PCT = 42;

/** Clear space between a box and the wall behind it, so that both edges are seen. */
const WALL_MM = 140;

const METRE_MM = 1000;

/** The same where the boxes are read at a glance and nobody measures: as large as the
 * neighbours leave room for, a gap between them. */
const HALF_READ_MM = 950;
const HALF_READ_PCT = 45;

/** The frame of the picture and the size of a seat's box, in millimetres.
 * @param {Room} room @param {boolean} [read] the boxes are more than the walls, which
 * move out where a large box would reach beyond them */
export function layout(room, read = false) {
  const xs = room.seats.map((seat) => seat.x_mm);
  const ys = room.seats.map((seat) => seat.y_mm);
  const measured = Boolean(room.width_mm && room.depth_mm);
  const empty = xs.length === 0;
  const left = measured ? 0 : empty ? 0 : Math.min(...xs) - AROUND_MM;
  const top = measured ? 0 : empty ? 0 : Math.min(...ys) - AROUND_MM;
  const width = measured ? Number(room.width_mm) : empty ? 4 * METRE_MM : Math.max(...xs) + AROUND_MM - left;
  const depth = measured ? Number(room.depth_mm) : empty ? 3 * METRE_MM : Math.max(...ys) + AROUND_MM - top;
  if (read) {
    const large = Math.min(HALF_READ_MM, Math.max(HALF_MIN_MM, Math.floor((nearestOf(room.seats) * HALF_READ_PCT) / 100)));
    const out = large + WALL_MM;
    const [x, y] = empty ? [0, 0] : [Math.min(left, Math.min(...xs) - out), Math.min(top, Math.min(...ys) - out)];
    const [x2, y2] = empty ? [width, depth] : [Math.max(left + width, Math.max(...xs) + out), Math.max(top + depth, Math.max(...ys) + out)];
    return {left: x, top: y, width: x2 - x, depth: y2 - y, half: large};
  }
  let half = halfOf(room.seats);
  for (const seat of measured ? room.seats : []) {
    const wall = Math.min(seat.x_mm, seat.y_mm, width - seat.x_mm, depth - seat.y_mm) - WALL_MM;
    half = Math.max(HALF_MIN_MM, Math.min(half, wall));
  }
  return {left, top, width, depth, half};
}

/** @param {Seat[]} seats */
function nearestOf(seats) {
  let nearest = Infinity;
  for (const [i, a] of seats.entries()) {
    for (const b of seats.slice(i + 1)) {
      // The boxes are square: they touch when both differences are small.
      nearest = Math.min(nearest, Math.max(Math.abs(a.x_mm - b.x_mm), Math.abs(a.y_mm - b.y_mm)));
    }
  }
  return nearest;
}

/** @param {Seat[]} seats */
function halfOf(seats) {
  const half = Math.floor((nearestOf(seats) * HALF_SHARE_PCT) / 100);
  return Math.max(HALF_MIN_MM, Math.min(HALF_MAX_MM, half));
}

/** The seat that an arrow key leads to from another: the nearest that lies mostly in
 * that direction; null when there is none.
 * @param {Seat[]} seats @param {Seat} from @param {string} key an arrow key's name
 * @returns {Seat|null} */
export function neighbour(seats, from, key) {
  const [dx, dy] = /** @type {Record<string, number[]>} */ ({
    ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  })[key] ?? [0, 0];
  let best = null;
  let least = Infinity;
  for (const seat of seats) {
    const along = (seat.x_mm - from.x_mm) * dx + (seat.y_mm - from.y_mm) * dy;
    const aside = Math.abs((seat.x_mm - from.x_mm) * dy) + Math.abs((seat.y_mm - from.y_mm) * dx);
    // Sideways counts double, so that an arrow follows a row although it is crooked.
    const cost = along + 2 * aside;
    if (along > 0 && aside <= 2 * along && cost < least) {
      best = seat;
      least = cost;
    }
  }
  return best;
}

/** The picture of a room. Its height is what the place gives it, at most the custom
 * property --room-height.
 * @param {Room} room @param {Options} [options] */
export function drawRoom(room, options = {}) {
  const {left, top, width, depth, half} = layout(room, options.read);
  const edge = 120;
  const foot = options.scale === false ? 0 : 420;
  const box = `${left - edge} ${top - edge} ${width + 2 * edge} ${depth + 2 * edge + foot}`;
  return html`<svg class="room" viewBox=${box} role="group" aria-label=${t('map.room', {room: room.name ?? ''})}
      preserveAspectRatio="xMidYMid meet">
    <rect class="floor" x=${left} y=${top} width=${width} height=${depth} rx="90"></rect>
    ${options.read ? nothing : dots(left, top, width, depth)}
    ${(room.keep_clear ?? []).map((r) => rectangle(r, 'door'))}
    ${(room.obstacles ?? []).map((r) => rectangle(r, 'obstacle'))}
    ${room.desk ? deskOf(room.desk) : nothing}
    ${options.distance_mm ? room.seats.map((seat) => svg`<circle class="reach" cx=${seat.x_mm} cy=${seat.y_mm} r=${Number(options.distance_mm) / 2}></circle>`) : nothing}
    ${repeat(room.seats, (/** @type {Seat} */ seat) => seat.no, (/** @type {Seat} */ seat) => drawSeat(room, seat, half, options))}
    ${options.over ?? nothing}
    ${foot ? measure(left, top + depth + 230) : nothing}
  </svg>`;
}

/** @param {Room} room @param {Seat} seat @param {number} half @param {Options} options */
function drawSeat(room, seat, half, options) {
  /** @type {Look} */
  const look = options.look ? options.look(seat) : {state: seat.closed ? 'closed' : seat.state ?? 'free'};
  const state = look.state;
  const params = {no: seat.no, number: look.number, state: label('seat', state)};
  const spoken = look.label ?? (look.number ? t('map.seat_number', params) : t('map.seat', params));
  const extra = seat.accessible ? `, ${t('seat.accessible')}` : '';
  const mark = `seat is-${state}${options.chosen === seat.no ? ' chosen' : ''}${look.urgent ? ' urgent' : ''}${look.busy ? ' busy' : ''}`;
  const acts = Boolean(options.onSeat);
  return svg`<g class=${mark} transform="translate(${seat.x_mm} ${seat.y_mm})" data-seat=${seat.no}
      role=${acts ? 'button' : 'img'} tabindex=${acts ? '0' : nothing} aria-label=${spoken + extra}
      aria-pressed=${acts ? String(options.chosen === seat.no) : nothing}
      @click=${acts ? () => options.onSeat?.(seat) : nothing}
      @keydown=${acts ? (/** @type {KeyboardEvent} */ event) => pressed(event, room, seat, options) : nothing}>
    <rect class="ring" x=${-half - 75} y=${-half - 75} width=${2 * half + 150} height=${2 * half + 150} rx="150"></rect>
    <rect class="box" x=${-half} y=${-half} width=${2 * half} height=${2 * half} rx="90"></rect>
    ${state === 'cleaning' ? hatch(half) : nothing}
    ${state === 'closed' ? cross(half) : nothing}
    <path class="wall" d="M ${-half} ${half * 0.45} V ${-half} H ${half} V ${half * 0.45}"></path>
    ${options.inside ? options.inside(seat, half) : said(seat, look, half)}
    ${look.alert ? svg`<circle class="badge" cx=${half * 0.92} cy=${-half * 0.92} r=${half * 0.34}></circle>
      <text class="badge-text" x=${half * 0.92} y=${-half * 0.76} font-size=${half * 0.46}>${look.alert}</text>` : nothing}
  </g>`;
}

/** @param {Seat} seat @param {Look} look @param {number} half */
function said(seat, look, half) {
  return svg`<text class="no" x="0" y=${-half * 0.48} font-size=${half * 0.36}>${seat.no}</text>
    ${seat.accessible ? wheelchair(half) : nothing}
    <text class="what" x="0" y=${half * 0.24} font-size=${half * 0.62}>${look.number ?? ''}</text>
    <text class="note" x="0" y=${half * 0.76} font-size=${half * 0.34}>${look.note ?? ''}</text>`;
}

/** @param {KeyboardEvent} event @param {Room} room @param {Seat} seat @param {Options} options */
function pressed(event, room, seat, options) {
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    options.onSeat?.(seat);
    return;
  }
  const next = event.key.startsWith('Arrow') ? neighbour(room.seats, seat, event.key) : null;
  if (!next) return;
  event.preventDefault();
  const picture = /** @type {Element} */ (event.currentTarget).closest('svg');
  /** @type {SVGElement|null|undefined} */ (picture?.querySelector(`[data-seat="${next.no}"]`))?.focus();
}

/** A dot at every metre: distances can be read off without a ruler. One path of
 * lines without length, drawn with round ends.
 * @param {number} left @param {number} top @param {number} width @param {number} depth */
function dots(left, top, width, depth) {
  let path = '';
  for (let y = METRE_MM; y < depth; y += METRE_MM) {
    for (let x = METRE_MM; x < width; x += METRE_MM) path += `M${left + x} ${top + y}h0`;
  }
  return svg`<path class="grid" d=${path}></path>`;
}

/** @param {Rectangle} r @param {string} kind */
function rectangle(r, kind) {
  return svg`<rect class=${kind} x=${r.x_mm} y=${r.y_mm} width=${r.width_mm} height=${r.depth_mm}></rect>`;
}

/** @param {{x_mm: number, y_mm: number}} desk */
function deskOf(desk) {
  return svg`<g transform="translate(${desk.x_mm} ${desk.y_mm})">
    <rect class="desk" x="-700" y="-240" width="1400" height="480" rx="120"></rect>
    <text class="desk-text" x="0" y="75" font-size="230" text-anchor="middle">${t('map.officer')}</text></g>`;
}

/** The sign of an accessible seat, drawn because not every font has it.
 * @param {number} half @param {number} [x] its place, in halves of the box
 * @param {number} [share] its height, likewise */
export function wheelchair(half, x = 0.34, share = 0.36) {
  const size = (half * share) / 20;
  return svg`<g class="ramp" transform=${`translate(${half * x} ${half * -0.86}) scale(${size})`}>
    <circle cx="8" cy="2.5" r="2.5"></circle>
    <path d="M8 6 V13 H14 L17 19 M8 9 H13 M6 11 A6 6 0 1 0 14 18"></path></g>`;
}

/** @param {number} half */
function hatch(half) {
  const lines = [-1.2, -0.6, 0, 0.6, 1.2].map((at) => {
    const from = Math.max(-1, at - 1) * half;
    const to = Math.min(1, at + 1) * half;
    return svg`<line x1=${from} y1=${at * half - from} x2=${to} y2=${at * half - to}></line>`;
  });
  return svg`<g class="hatch">${lines}</g>`;
}

/** @param {number} half */
function cross(half) {
  const q = half * 0.42;
  return svg`<path class="cross" d="M ${-q} ${-q * 0.3} L ${q} ${q * 1.7} M ${q} ${-q * 0.3} L ${-q} ${q * 1.7}"></path>`;
}

/** @param {number} x @param {number} y */
function measure(x, y) {
  return svg`<path class="measure" d="M ${x} ${y - 70} V ${y + 70} M ${x} ${y} H ${x + METRE_MM} M ${x + METRE_MM} ${y - 70} V ${y + 70}"></path>
    <text class="measure-text" x=${x + METRE_MM + 130} y=${y + 75} font-size="220">${t('map.scale')}</text>`;
}
