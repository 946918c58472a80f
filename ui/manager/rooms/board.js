// @ts-check
// The drawing under the hand: seats, obstacles, doors and walls are moved by mouse, pen,
// finger and arrow keys. Who sits too close is drawn as a line with its length, and the
// circles of half the distance touch exactly when two seats are far enough.

import {html, nothing, svg} from '../../vendor/lit-html/lit-html.js';
import {label, t} from '../../lib/catalogue.js';
import {drawRoom, layout} from '../../lib/room.js';
import {roomName} from '../room-name.js';
import {SNAP_MM, conflicts, misplaced, snap} from './plan.js';
import {edit, partition, pull, thing} from './edit.js';
import {metres} from './metres.js';

/** @typedef {import('./plan.js').Draft} Draft */
/** @typedef {import('./edit.js').Item} Item */
/** @typedef {{draft: Draft, chosen: Item|null, at: number, usable: Set<number>, ghost: {x_mm: number, y_mm: number}[]|null,
 *   choose: (item: Item|null) => void, act: (change: import('./edit.js').Change, what: string) => void,
 *   drag: (draft: Draft) => void, dropped: (before: Draft, what: string) => void, tool: string}} Board */

/** With the shift key an arrow moves this far: five rasters. */
const STRIDE = 5;

const ARROWS = /** @type {Record<string, number[]>} */ ({
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
});

/** What is held now, by which corner, and the drawing before.
 * @type {{item: Item, dx: number, dy: number, size: boolean, pointer: number, before: Draft, moved: boolean}|null} */
let held = null;

/** A piece that is drawn from a corner, to where the hand is; over the least of these ways
 * it was a click, and the piece has a size of its own.
 * @type {{kind: import('./edit.js').Kind, x: number, y: number, to: {x: number, y: number}|null, pointer: number, before: Draft}|null} */
let drawn = null;
const DRAWN_FROM_MM = 2 * SNAP_MM;

/** @type {{axis: 'x'|'y', at: number}[]} */
let guides = [];

/** @param {Board} b */
export function drawBoard(b) {
  const {draft, at, chosen, usable} = b;
  const near = conflicts(draft.seats, at);
  const close = new Set(near.flatMap(({a, b: c}) => [a, c]));
  const seats = draft.seats.map((seat, i) => ({...seat, no: i + 1}));
  const room = {name: roomName(draft.id, draft.desk), width_mm: draft.width_mm, depth_mm: draft.depth_mm, seats};
  const look = (/** @type {any} */ seat) => lookOf(seat, usable.has(seat.no - 1), misplaced(draft, seat) !== null ? '!' : close.has(seat.no - 1) ? '↔' : undefined);
  const over = svg`${rects(b, 'door')}${rects(b, 'obstacle')}
    ${at > 0 ? seats.filter((seat) => !seat.closed).map((seat) => svg`<circle class=${close.has(seat.no - 1) ? 'reach bad' : 'reach'} cx=${seat.x_mm} cy=${seat.y_mm} r=${at / 2}></circle>`) : nothing}
    ${(b.ghost ?? []).map((seat) => svg`<circle class="ghost" cx=${seat.x_mm} cy=${seat.y_mm} r="230"></circle>`)}
    ${lines(room, near)}${guides.map((g) => svg`<path class="guide" d=${g.axis === 'x' ? `M${g.at} 0V${draft.depth_mm}` : `M0 ${g.at}H${draft.width_mm}`}></path>`)}
    ${walls(b)}`;
  return html`<div class=${`board tool-${b.tool}`} @pointerdown=${(/** @type {PointerEvent} */ e) => down(e, b)}
      @pointermove=${(/** @type {PointerEvent} */ e) => move(e, b)} @pointerup=${(/** @type {PointerEvent} */ e) => up(e, b)} @pointercancel=${(/** @type {PointerEvent} */ e) => up(e, b)}
      @focusin=${(/** @type {FocusEvent} */ e) => { const item = itemAt(e.target); if (item && !same(item, b.chosen)) b.choose(item); }}
      @keydown=${{handleEvent: (/** @type {KeyboardEvent} */ e) => pressed(e, b), capture: true}}>
      ${drawRoom(room, {look, onSeat: () => {}, chosen: chosen?.kind === 'seat' ? chosen.index + 1 : null, scale: false, over})}</div>`;
}

/** @param {Item|null} a @param {Item|null} b */
function same(a, b) {
  return a?.kind === b?.kind && a?.index === b?.index;
}

/** @param {any} seat @param {boolean} usable @param {string} [alert] @returns {import('../../lib/room.js').Look} */
function lookOf(seat, usable, alert) {
  if (seat.closed) return {state: 'closed'};
  return usable ? {state: 'present', alert, label: t('rooms.seat_usable', {n: seat.no})} : {state: 'unusable', alert, label: t('map.seat', {no: seat.no, state: label('seat', 'unusable')})};
}

/** Obstacles and doors, each with a corner that sizes it.
 * @param {Board} b @param {'obstacle'|'door'} kind */
function rects({draft, chosen}, kind) {
  const list = kind === 'door' ? draft.keep_clear : draft.obstacles;
  return list.map((r, i) => {
    const on = chosen?.kind === kind && chosen.index === i;
    const name = nameOf(draft, {kind, index: i});
    const thin = kind === 'obstacle' && partition(r);
    const size = t('rooms.rect_size', {w: metres(r.width_mm), d: metres(r.depth_mm)});
    return svg`<g class=${`thing ${thin ? 'partition' : kind}-thing${on ? ' chosen' : ''}`} data-item=${`${kind}:${i}`} tabindex="0" role="button" aria-pressed=${String(on)} aria-label=${`${name}, ${size}`}>
      <rect class=${thin ? 'partition' : kind} x=${r.x_mm} y=${r.y_mm} width=${r.width_mm} height=${r.depth_mm}></rect>
      ${kind === 'door' ? svg`<path class="leaf" d=${`M${r.x_mm} ${r.y_mm + r.depth_mm}A${r.width_mm} ${r.depth_mm} 0 0 1 ${r.x_mm + r.width_mm} ${r.y_mm}`}></path>` : thin ? nothing : svg`<path class="hatching" d=${`M${r.x_mm} ${r.y_mm + r.depth_mm}L${r.x_mm + r.width_mm} ${r.y_mm}M${r.x_mm} ${r.y_mm}L${r.x_mm + r.width_mm} ${r.y_mm + r.depth_mm}`}></path>`}
      ${on ? svg`<rect class="grip" data-grip="1" x=${r.x_mm + r.width_mm - unitOf(draft)} y=${r.y_mm + r.depth_mm - unitOf(draft)} width=${2 * unitOf(draft)} height=${2 * unitOf(draft)} rx=${unitOf(draft) / 2}></rect>` : nothing}</g>`;
  });
}

/** What a piece is called: walls and other obstacles are counted apart.
 * @param {Draft} draft @param {Item} item */
export function nameOf(draft, {kind, index}) {
  if (kind === 'seat') return t('words.seat_no', {n: index + 1});
  if (kind === 'wall') return t('rooms.wall');
  if (kind === 'door') return t('rooms.door_no', {n: index + 1});
  const thin = partition(draft.obstacles[index]);
  const n = draft.obstacles.slice(0, index + 1).filter((rect) => partition(rect) === thin).length;
  return thin ? t('rooms.partition_no', {n}) : t('rooms.obstacle_no', {n});
}

/** The size of grips and figures, so that they are as large on the screen in a hall as
 * in a small room.
 * @param {Draft} draft */
function unitOf({width_mm, depth_mm}) {
  return Math.max(60, Math.round(Math.max(width_mm, depth_mm * 1.6) * 0.02));
}

/** The wall: its two far sides and the corner between them can be pulled.
 * @param {Board} b */
function walls({draft, chosen}) {
  const {width_mm: w, depth_mm: d} = draft;
  const on = chosen?.kind === 'wall';
  const unit = unitOf(draft);
  return svg`<g class=${on ? 'thing wall-thing chosen' : 'thing wall-thing'} data-item="wall:0" tabindex="0" role="button" aria-pressed=${String(on)} aria-label=${t('rooms.walls', {w: metres(w), d: metres(d)})}>
    <path class="wall-line" data-grip="x" d=${`M${w} 0V${d}`}></path><path class="wall-line" data-grip="y" d=${`M0 ${d}H${w}`}></path>
    <rect class="grip" data-grip="1" x=${w - unit} y=${d - unit} width=${2 * unit} height=${2 * unit} rx=${unit / 2}></rect>
    <text class="wall-size" x=${w / 2} y=${-unit * 0.9} font-size=${unit * 1.35}>${metres(w)} m</text>
    <text class="wall-size" transform=${`translate(${-unit * 0.9} ${d / 2}) rotate(-90)`} font-size=${unit * 1.35}>${metres(d)} m</text></g>`;
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

/** @param {any} target @returns {Item|null} */
function itemAt(target) {
  const seat = target?.closest?.('[data-seat]');
  if (seat) return {kind: 'seat', index: Number(seat.getAttribute('data-seat')) - 1};
  const other = target?.closest?.('[data-item]');
  if (!other) return null;
  const [kind, index] = String(other.getAttribute('data-item')).split(':');
  return {kind: /** @type {any} */ (kind), index: Number(index)};
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

/** @param {PointerEvent} event @param {Board} b */
function down(event, b) {
  const at = inRoom(event);
  if (!at || event.button !== 0) return;
  const item = itemAt(event.target);
  const within = at.x >= 0 && at.y >= 0 && at.x <= b.draft.width_mm && at.y <= b.draft.depth_mm;
  if (within && ['partition', 'obstacle', 'door'].includes(b.tool)) {
    // Also across what stands there: a wall between two booths begins beside one.
    drawn = {kind: /** @type {import('./edit.js').Kind} */ (b.tool), x: snap(at.x), y: snap(at.y), to: null, pointer: event.pointerId, before: b.draft};
    keep(event);
    return;
  }
  if (!item) {
    if (b.tool === 'seat' && within) {
      const to = pull(b.draft, -1, at.x, at.y, b.at);
      b.act({op: 'add', kind: 'seat', x: to.x, y: to.y}, 'add_seat');
    } else b.choose(null);
    return;
  }
  const what = thing(b.draft, item);
  if (!what) return;
  const grip = /** @type {Element} */ (event.target).getAttribute('data-grip');
  const size = grip !== null;
  if (item.kind === 'wall' && !size) return;
  const [x, y] = size ? [what.x_mm + what.width_mm, what.y_mm + what.depth_mm] : [what.x_mm, what.y_mm];
  held = {item, dx: grip === 'y' ? NaN : x - at.x, dy: grip === 'x' ? NaN : y - at.y, size, pointer: event.pointerId, before: b.draft, moved: false};
  keep(event);
  b.choose(item);
}

/** The pointer stays with the board, also beyond its edge.
 * @param {PointerEvent} event */
function keep(event) {
  try {
    /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
  } catch { /* a pointer that has gone already */ }
}

/** @param {{x: number, y: number}} at @param {Board} b */
function draw(at, b) {
  if (!drawn) return;
  const far = Math.max(Math.abs(at.x - drawn.x), Math.abs(at.y - drawn.y)) >= DRAWN_FROM_MM;
  drawn.to = far ? at : null;
  b.drag(far ? edit(drawn.before, {op: 'add', kind: drawn.kind, x: drawn.x, y: drawn.y, to: at}) : drawn.before);
}

/** @param {PointerEvent} event @param {Board} b */
function move(event, b) {
  const at = inRoom(event);
  if (at && drawn?.pointer === event.pointerId) draw(at, b);
  if (!held || held.pointer !== event.pointerId) return;
  const what = thing(b.draft, held.item);
  if (!at || !what) return;
  let [x, y] = [at.x + held.dx, at.y + held.dy];
  /** @type {Draft} */
  let next;
  if (held.size) {
    let [w, d] = [Number.isNaN(x) ? what.width_mm : x - what.x_mm, Number.isNaN(y) ? what.depth_mm : y - what.y_mm];
    // A wall that is pulled gets longer, not thicker.
    if (held.item.kind === 'obstacle' && partition(what)) [w, d] = what.width_mm >= what.depth_mm ? [w, what.depth_mm] : [what.width_mm, d];
    next = edit(b.draft, {op: 'size', item: held.item, width: w, depth: d});
  } else {
    if (held.item.kind === 'seat' && !event.altKey) ({x, y, guides} = pull(b.draft, held.item.index, x, y, b.at));
    else [x, y] = [Math.round(x / SNAP_MM) * SNAP_MM, Math.round(y / SNAP_MM) * SNAP_MM];
    next = edit(b.draft, {op: 'place', item: held.item, x, y});
  }
  if (next === b.draft) return;
  held.moved = true;
  b.drag(next);
}

/** @param {PointerEvent} event @param {Board} b */
function up(event, b) {
  if (drawn?.pointer === event.pointerId) {
    const {kind, x, y, to, before} = drawn;
    drawn = null;
    b.drag(before);
    if (event.type !== 'pointercancel') b.act({op: 'add', kind, x, y, to: to ?? undefined}, `add_${kind}`);
  }
  if (!held || held.pointer !== event.pointerId) return;
  const {before, moved, size} = held;
  held = null;
  guides = [];
  if (moved) b.dropped(before, size ? 'size' : 'move');
}

/** Whether something is being dragged now. */
export function dragging() {
  return held !== null || drawn !== null;
}

/** @param {KeyboardEvent} event @param {Board} b */
function pressed(event, b) {
  const item = itemAt(event.target);
  if (!item || event.ctrlKey || event.metaKey) return;
  const arrow = ARROWS[event.key];
  if (arrow) {
    const by = SNAP_MM * (event.shiftKey ? STRIDE : 1);
    if (event.altKey && item.kind !== 'seat') {
      const what = thing(b.draft, item);
      b.act({op: 'size', item, width: what.width_mm + arrow[0] * by, depth: what.depth_mm + arrow[1] * by}, 'size');
    } else b.act({op: 'nudge', item, dx: arrow[0] * by, dy: arrow[1] * by}, item.kind === 'wall' ? 'size' : 'move');
  } else if (event.key === 'Delete' || event.key === 'Backspace') b.act({op: 'remove', item}, 'remove');
  else if (event.key === 'r' || event.key === 'R') b.act({op: 'turn', item}, 'turn');
  else if (event.key === 'd' || event.key === 'D') b.act({op: 'duplicate', item}, 'duplicate');
  else return;
  event.preventDefault();
  // The plan's own arrows lead from seat to seat; here they move what is chosen.
  event.stopPropagation();
}
