// @ts-check
// The room on the left: where everybody sits, and under the picture one row for each
// seat with its key, number, claim, step and wait.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {repeat} from '../vendor/lit-html/directives/repeat.js';
import {label, t} from '../lib/catalogue.js';
import {vars} from '../lib/css.js';
import {hint} from '../lib/keys.js';
import {drawRoom} from '../lib/room.js';
import {clock, duration, stopwatch} from '../lib/times.js';
import {papersOpen, seatKey} from './acts.js';
import {programmeTag} from './draw.js';
import {claimAt, endsOf, lookOf, stayOf, stepOf, taken, topKey} from './model.js';

/** @typedef {import('./draw.js').Desk} Desk */

/** More seats than this are listed in two columns, and fewer while the room's side
 * also has to show who is on the way. */
const ONE_COLUMN = 6;
const ONE_COLUMN_BUSY = 3;

/** @param {Desk} desk @param {(no: number) => void} press what a seat's key does */
export function plan(desk, press) {
  const {view} = desk;
  const many = view.seats.length > (papersOpen(desk) ? ONE_COLUMN_BUSY : ONE_COLUMN);
  const rows = vars({'--rows': many ? Math.ceil(view.seats.length / 2) : view.seats.length});
  return html`<section class="card plan" aria-label=${t('map.room', {room: t('words.room_no', {n: view.room.id})})}>
    <div class="picture live">${drawRoom({name: t('words.room_no', {n: view.room.id}), width_mm: view.room.width_mm, depth_mm: view.room.depth_mm, seats: view.seats},
      {look: (seat) => look(desk, seat), onSeat: (seat) => press(seat.no), chosen: desk.chosen, scale: false})}</div>
    <ul class=${`seats live${many ? ' many' : ''}`} ${rows}>
      ${repeat(view.seats, (/** @type {any} */ seat) => seat.no, (/** @type {any} */ seat, /** @type {number} */ i) => row(desk, seat, i, many, press))}</ul>
    ${capacity(view)}</section>`;
}

/** @param {Desk} desk @param {any} seat */
function look(desk, seat) {
  const {state, number, seconds, proposed, alert, urgent} = lookOf(desk.view, desk.sight, seat);
  const note = proposed ? t('officer.proposed') : seconds === null ? '' : stopwatch(seconds);
  return {state, number, note, alert, urgent};
}

/** @param {Desk} desk @param {any} seat @param {number} index @param {boolean} many @param {(no: number) => void} press */
function row(desk, seat, index, many, press) {
  const {view, sight} = desk;
  const seen = lookOf(view, sight, seat);
  const place = sight.turns.findIndex((turn) => turn.seats.includes(seat.no));
  const key = seatKey(desk, index);
  const stay = sight.alarms.includes(seat.no) ? t('officer.stays', {span: duration(stayOf(view, seat, sight.now))}) : '';
  const flags = [seat.help ? t('officer.asks_help') : '', stay, seat.too_near ? label('seat', 'unusable') : ''].filter(Boolean).join(' · ');
  const until = endsOf(seat, sight.now);
  const ends = until > 0 ? t('officer.ends', {clock: clock(until)}) : '';
  const busy = [...desk.store.state.pending].some(([slot, p]) => p.status !== 'refused' && (slot === `present-${seat.visit}` || slot === `ready-${seat.no}`));
  return html`<li><button type="button" class=${`seatrow is-${seen.state}${place === 0 ? ' nextup' : ''}${desk.chosen === seat.no ? ' chosen' : ''}${busy ? ' busy' : ''}`}
      aria-pressed=${String(desk.chosen === seat.no)} title=${ends || nothing} aria-keyshortcuts=${key ?? nothing} @click=${() => press(seat.no)}>
    <span class="key">${key ? papersOpen(desk) ? html`<kbd aria-hidden="true">⇧${topKey(index, false)}</kbd>` : hint(key) : nothing}</span><span class="no" aria-label=${t('words.seat_no', {n: seat.no})}>${seat.no}</span>
    <span class="number">${taken(seat) ? seen.number : ''}</span>
    <span class="what">${flags && many ? html`<span class="flag" role="img" title=${flags} aria-label=${flags}>${seen.alert}</span> ` : nothing}${what(desk, seat, seen, many ? '' : ends)}${flags && !many ? html` <span class="flag">${flags}</span>` : nothing}</span>
    <span class="time figure">${seen.seconds === null ? '' : stopwatch(seen.seconds)}</span>
    <span class="place">${place >= 0 ? html`<span class="rank" aria-label=${t('officer.place', {n: place + 1})}>${place + 1}</span>` : nothing}</span></button></li>`;
}

/** @param {Desk} desk @param {any} seat @param {{state: string, number: string, proposed: boolean}} seen @param {string} ends */
function what(desk, seat, seen, ends) {
  if (seen.proposed) return html`<span class="soft">${t('officer.proposed_for', {number: seen.number})}</span>`;
  const claim = claimAt(desk.view, seat.no);
  const step = stepOf(claim);
  const working = seen.state === 'preparing' || seen.state === 'ready' || seen.state === 'with_officer' || seen.state === 'gathering';
  const text = working && step ? label('step', step.step) : label('seat', seen.state);
  return html`${claim && taken(seat) ? programmeTag(claim.programme) : nothing} ${text}${ends ? html` <span class="small">· ${ends}</span>` : nothing}`;
}

/** How many may be here, and which of the limits says so. @param {any} view */
function capacity(view) {
  const c = view.capacity;
  if (!c || !view.session) return nothing;
  return html`<p class="capacity small soft">${t('officer.capacity', {present: c.present, persons: Math.max(0, c.persons)})} · ${label('limit', c.binds)}</p>`;
}
