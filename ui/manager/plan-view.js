// @ts-check
// The plan under the hand: seats are dragged by mouse, pen or finger and moved with the
// arrow keys; who sits too close is drawn as a line with its length.

import {html, nothing, svg} from '../vendor/lit-html/lit-html.js';
import {label, t} from '../lib/catalogue.js';
import {layout, drawRoom} from '../lib/room.js';
import {segments} from './form.js';
import {PRESETS} from './fields.js';
import {SNAP_MM, addSeat, apart, conflicts, moveSeat, most, removeSeat} from './plan.js';
import {metres} from './rooms.js';

/** @typedef {import('./app.js').Ctx} Ctx */
/** @typedef {import('./room-editor.js').Drawing} Drawing */

/** With the shift key an arrow moves this far: across a room in ten presses. */
const STRIDE_MM = 500;

const ARROWS = /** @type {Record<string, number[]>} */ ({
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
});

/** The seat that is held now and how far from its middle.
 * @type {{index: number, dx: number, dy: number, pointer: number}|null} */
let held = null;

/** @param {Ctx} ctx @param {Drawing} d
 * @param {{at: number, distance: any, locked: boolean, change: (draft: any, keep?: boolean) => void}} with_ */
export function drawPlan(ctx, d, {at, distance, locked, change}) {
  const near = conflicts(d.draft.seats, at);
  const choice = most(d.draft.seats, at);
  const usable = new Set(choice.seats);
  const seats = d.draft.seats.map((seat, i) => ({...seat, no: i + 1}));
  const room = {...d.draft, desk: undefined, name: t('words.room_no', {n: d.draft.id}), seats};
  const look = (/** @type {any} */ seat) => lookOf(seat, usable.has(seat.no - 1));
  const onSeat = (/** @type {any} */ seat) => { d.chosen = seat.no; ctx.store.update(); };
  return html`<header class="row spread plan-head"><h2>${t('words.room_no', {n: d.draft.id})}</h2>
      <div class="row"><span class="small soft">${t('rooms.see_at')}</span>
        ${segments({label: t('rooms.see_at'), value: String(at), onChoose: (code) => { d.tried = Number(code) === distance.distance_mm ? null : Number(code); ctx.store.update(); },
          codes: distances(distance.distance_mm).map((mm) => ({code: String(mm), text: t('rooms.m', {n: metres(mm)})}))})}</div></header>
    <div class=${locked ? 'board locked' : 'board'} @pointerdown=${locked ? nothing : (/** @type {PointerEvent} */ e) => grab(e, d, ctx)}
      @pointermove=${(/** @type {PointerEvent} */ e) => drag(e, d, change)} @pointerup=${release} @pointercancel=${release}
      @keydown=${{handleEvent: (/** @type {KeyboardEvent} */ e) => locked || pressed(e, d, change), capture: true}}>
      ${drawRoom(room, {look, onSeat, chosen: d.chosen, distance_mm: at, over: lines(room, near)})}</div>
    <div class="row spread plan-foot"><p class="small" role="status">${verdict(d, near, choice, at)}</p>
      ${locked ? nothing : html`<div class="row"><button type="button" class="button slim" @click=${() => add(d, change)}>${t('rooms.add_seat')}</button>
        ${d.chosen ? html`<button type="button" class="button slim" @click=${() => remove(d, change)}>${t('rooms.remove_seat', {n: d.chosen})}</button>` : nothing}</div>`}</div>
    ${apart(d.draft.seats, {...distance, distance_mm: at}) ? html`<p class="small note">${t('rooms.no_party')}</p>` : nothing}
    ${locked ? nothing : html`<p class="small soft">${t('rooms.how')}</p>`}`;
}

/** The distances worth trying: those of the rules of distance and the one in force.
 * @param {number} force */
function distances(force) {
  return [...new Set([...PRESETS.map((preset) => preset.distance_mm).filter((mm) => mm > 0), force])].sort((a, b) => a - b);
}

/** @param {any} seat @param {boolean} usable @returns {import('../lib/room.js').Look} */
function lookOf(seat, usable) {
  if (seat.closed) return {state: 'closed'};
  return usable ? {state: 'present', label: t('rooms.seat_usable', {n: seat.no})} : {state: 'unusable', label: t('map.seat', {no: seat.no, state: label('seat', 'unusable')})};
}

/** A line from box to box with its length, in whole centimetres, never rounded up: what
 * reads 1.50 is at least that.
 * @param {any} room @param {{a: number, b: number, gap_mm: number}[]} near */
function lines(room, near) {
  const {half} = layout(room);
  return near.map(({a, b, gap_mm}) => {
    const [p, q] = [room.seats[a], room.seats[b]];
    const [x, y] = [(p.x_mm + q.x_mm) / 2, (p.y_mm + q.y_mm) / 2];
    // Between the boxes, so that no line strikes through a booth's number.
    const reach = Math.max(Math.abs(q.x_mm - p.x_mm), Math.abs(q.y_mm - p.y_mm), 1);
    const part = Math.min(0.45, half / reach);
    const [dx, dy] = [(q.x_mm - p.x_mm) * part, (q.y_mm - p.y_mm) * part];
    return svg`<g class="too-near"><line x1=${p.x_mm + dx} y1=${p.y_mm + dy} x2=${q.x_mm - dx} y2=${q.y_mm - dy}></line>
      <rect x=${x - half * 0.66} y=${y - half * 0.26} width=${half * 1.32} height=${half * 0.52} rx=${half * 0.2}></rect>
      <text x=${x} y=${y + half * 0.14} font-size=${half * 0.38}>${t('rooms.m', {n: metres(Math.floor(gap_mm / 10) * 10)})}</text></g>`;
  });
}

/** @param {Drawing} d @param {any[]} near @param {{count: number, exact: boolean}} choice @param {number} at */
function verdict(d, near, choice, at) {
  const open = d.draft.seats.filter((seat) => !seat.closed).length;
  if (open === 0) return t('rooms.none_open');
  if (near.length === 0) return html`<strong class="good-ink">${t('rooms.all_usable', {n: open, d: metres(at)})}</strong>`;
  return html`<strong class="warn">${t('rooms.some_usable', {n: choice.count, of: open, d: metres(at), pairs: near.length})}</strong>`;
}

/** @param {Drawing} d @param {(draft: any) => void} change */
function add(d, change) {
  const next = addSeat(d.draft);
  d.chosen = next.seats.length;
  change(next);
}

/** @param {Drawing} d @param {(draft: any) => void} change */
function remove(d, change) {
  if (d.chosen === null) return;
  const next = removeSeat(d.draft, d.chosen - 1);
  d.chosen = null;
  change(next);
}

/** Where the pointer is in the room, in millimetres.
 * @param {PointerEvent} event */
function inRoom(event) {
  const picture = /** @type {SVGSVGElement|null} */ (/** @type {Element} */ (event.currentTarget).querySelector('svg.room'));
  const matrix = picture?.getScreenCTM();
  if (!matrix) return null;
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
  return {x: point.x, y: point.y};
}

/** @param {PointerEvent} event @param {Drawing} d @param {Ctx} ctx */
function grab(event, d, ctx) {
  const seat = /** @type {Element} */ (event.target).closest('[data-seat]');
  const at = inRoom(event);
  if (!seat || !at || event.button !== 0) return;
  const index = Number(seat.getAttribute('data-seat')) - 1;
  const place = d.draft.seats[index];
  if (!place) return;
  held = {index, dx: place.x_mm - at.x, dy: place.y_mm - at.y, pointer: event.pointerId};
  d.chosen = index + 1;
  d.past = [...d.past, d.draft];
  /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
  ctx.store.update();
}

/** @param {PointerEvent} event @param {Drawing} d @param {(draft: any, keep?: boolean) => void} change */
function drag(event, d, change) {
  if (!held || held.pointer !== event.pointerId) return;
  const at = inRoom(event);
  if (at) change(moveSeat(d.draft, held.index, at.x + held.dx, at.y + held.dy), false);
}

function release() {
  held = null;
}

/** @param {KeyboardEvent} event @param {Drawing} d @param {(draft: any) => void} change */
function pressed(event, d, change) {
  const seat = /** @type {Element} */ (event.target).closest('[data-seat]');
  if (!seat) return;
  const index = Number(seat.getAttribute('data-seat')) - 1;
  const place = d.draft.seats[index];
  const arrow = ARROWS[event.key];
  if (arrow && place) {
    const step = event.shiftKey ? STRIDE_MM : SNAP_MM;
    d.chosen = index + 1;
    change(moveSeat(d.draft, index, place.x_mm + arrow[0] * step, place.y_mm + arrow[1] * step));
  } else if (event.key === 'Delete') {
    d.chosen = index + 1;
    remove(d, change);
  } else return;
  event.preventDefault();
  // The plan's own arrows lead from seat to seat; here they move the seat.
  event.stopPropagation();
}
