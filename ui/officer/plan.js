// @ts-check
// The room on the left: in each seat's box its number, claim, step and time, and under
// the picture whoever waits for the officer, in order and with the reason.

import {html, nothing, svg} from '../vendor/lit-html/lit-html.js';
import {repeat} from '../vendor/lit-html/directives/repeat.js';
import {label, t} from '../lib/catalogue.js';
import {hint} from '../lib/keys.js';
import {drawRoom, wheelchair} from '../lib/room.js';
import {clock, duration, stopwatch} from '../lib/times.js';
import {papersOpen, seatKey} from './acts.js';
import {programmeTag, reasons, seatsText} from './draw.js';
import {broken, claimAt, endsOf, lookOf, pendingSeats, stayOf, stepOf, taken, topKey} from './model.js';
import {roomName} from './room-name.js';

/** @typedef {import('./draw.js').Desk} Desk */

/** Signs in a line of a seat's box, and lines: what fits at the size they are read at. */
const LINE_SIGNS = 15;
const LINES = 2;

/** A single line so short is written larger. */
const SHORT_SIGNS = 12;

/** Times from here on have one more figure, and are written smaller. */
const HOUR_S = 3600;

/** So many of those who wait are listed; the boxes number the others. */
const QUEUE = 3;

/** @param {Desk} desk @param {(no: number) => void} press what a seat's key does */
export function plan(desk, press) {
  const {view} = desk;
  const room = {name: roomName(view.room.id), width_mm: view.room.width_mm, depth_mm: view.room.depth_mm, seats: view.seats};
  const busy = pendingSeats(view, desk.sight, desk.store.state.pending);
  return html`<section class="card plan" aria-label=${t('map.room', {room: room.name})}>
    <div class="picture live">${drawRoom(room, {look: (seat) => look(desk, seat, busy), inside: (seat, half) => inside(desk, seat, half),
    onSeat: (seat) => press(seat.no), chosen: desk.chosen, scale: false, read: true})}</div>
    ${papersOpen(desk) ? nothing : queue(desk, press)}${capacity(desk)}</section>`;
}

/** @param {Desk} desk @param {any} seat @param {ReadonlySet<number>} busy */
function look(desk, seat, busy) {
  const {state, number, urgent, seconds, proposed} = lookOf(desk.view, desk.sight, seat);
  const flags = flagsOf(desk, seat);
  const spoken = [t('words.seat_no', {n: seat.no}), number, label('seat', state), stepText(desk, seat), seconds === null ? '' : duration(seconds), flags].filter(Boolean).join(', ');
  return {state: proposed ? 'proposed' : state, number, urgent, busy: busy.has(seat.no), label: spoken};
}

/** What the box of a seat says. @param {Desk} desk @param {any} seat @param {number} half */
function inside(desk, seat, half) {
  const seen = lookOf(desk.view, desk.sight, seat);
  const place = desk.sight.turns.findIndex((turn) => turn.seats.includes(seat.no));
  const claim = taken(seat) ? claimAt(desk.view, seat.no) : null;
  const key = seatKey(desk, desk.view.seats.indexOf(seat));
  const lines = broken(seen.proposed ? t('officer.proposed') : stepText(desk, seat) || label('seat', seen.state), LINE_SIGNS, LINES);
  const text = (/** @type {string} */ kind, /** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ size, /** @type {unknown} */ words) =>
    svg`<text class=${kind} x=${x * half} y=${y * half} font-size=${size * half}>${words}</text>`;
  const dot = (/** @type {string} */ kind, /** @type {number} */ x, /** @type {unknown} */ sign) =>
    svg`<circle class=${`${kind}-dot`} cx=${x * half} cy=${0.76 * half} r=${0.19 * half}></circle>${text(`${kind}-no`, x, 0.845, 0.24, sign)}`;
  return svg`${text('no start', -0.84, -0.58, 0.33, seat.no)}
    ${seat.accessible ? wheelchair(half, seat.no > 9 ? -0.4 : -0.58, 0.28) : nothing}
    ${claim ? text('code', 0.08, -0.59, 0.23, claim.programme) : nothing}
    ${key ? svg`<rect class="cap" x=${0.42 * half} y=${-0.88 * half} width=${0.44 * half} height=${0.36 * half} rx=${0.08 * half}></rect>
      ${text('code', 0.64, -0.61, 0.25, `${papersOpen(desk) ? '⇧' : ''}${topKey(desk.view.seats.indexOf(seat), false)}`)}` : nothing}
    ${text('what', 0, 0.04, 0.52, seen.number)}
    ${lines.map((line, i) => text('step', 0, (seen.number ? 0.3 : 0.1) + 0.22 * i, lines.length === 1 && line.length <= SHORT_SIGNS ? 0.25 : 0.215, line))}
    ${seen.seconds === null ? nothing : text(`time${place >= 0 ? ' mine' : ''}`, 0, 0.88, place >= 0 && seen.seconds < HOUR_S ? 0.31 : 0.26, stopwatch(seen.seconds))}
    ${seen.alert ? dot('alert', -0.68, seen.alert) : nothing}${place >= 0 ? dot('rank', 0.68, place + 1) : nothing}`;
}

/** The step at a seat in words, for those who are at work there.
 * @param {Desk} desk @param {any} seat */
function stepText(desk, seat) {
  const step = stepOf(claimAt(desk.view, seat.no));
  return step && ['preparing', 'ready', 'with_officer', 'gathering'].includes(seat.state) ? label('step', step.step) : '';
}

/** @param {Desk} desk @param {any} seat */
function flagsOf(desk, seat) {
  const {view, sight} = desk;
  return [seat.help ? t('officer.asks_help') : '', sight.alarms.includes(seat.no) ? t('officer.stays', {span: duration(stayOf(view, seat, sight.now))}) : '',
    seat.too_near ? label('seat', 'unusable') : '', endsOf(seat, sight.now) > 0 ? t('officer.ends', {clock: clock(endsOf(seat, sight.now))}) : ''].filter(Boolean).join(' · ');
}

/** Whoever waits for the officer, in order. @param {Desk} desk @param {(no: number) => void} press */
function queue(desk, press) {
  const {sight} = desk;
  // That nobody does is said once, in the bar on top.
  if (sight.turns.length === 0 || !['running', 'closing', 'away', 'forming'].includes(sight.phase)) return nothing;
  return html`<ol class="queue live" aria-label=${t('officer.waiting_for_you', {n: sight.turns.length})}>
    ${repeat(sight.turns.slice(0, QUEUE), (turn) => `${turn.room}-${turn.seat}-${turn.seats.join()}`, (turn, i) => turnRow(desk, turn, i, press))}</ol>`;
}

/** @param {Desk} desk @param {import('./model.js').Turn} turn @param {number} place @param {(no: number) => void} press */
function turnRow(desk, turn, place, press) {
  const here = turn.room === desk.view.room.id;
  const key = here && turn.seat !== 0 ? seatKey(desk, desk.view.seats.findIndex((/** @type {any} */ seat) => seat.no === turn.seat)) : undefined;
  const body = html`<span class="rank">${place + 1}</span><span class="number">${turn.seat === 0 ? t('officer.group') : turn.number}</span>
    <span class="words"><span class="what">${here ? '' : `${roomName(turn.room)} · `}${seatsText(turn.seats)}${turn.claim ? html` ${programmeTag(turn.claim.programme)}` : nothing} ${turn.step ? label('step', turn.step.step) : ''}${turn.help ? html` <span class="flag">${t('officer.asks_help')}</span>` : nothing}</span>
      <span class="small">${reasons(turn.why)}</span></span><span class="time figure">${stopwatch(turn.waited)}</span>`;
  const look = `turn${place === 0 && !desk.sight.with ? ' first' : ''}${turn.overdue ? ' overdue' : ''}`;
  return html`<li>${key ? html`<button type="button" class=${look} aria-keyshortcuts=${key} @click=${() => press(turn.seat)}>${body}${hint(key)}</button>`
    : html`<span class=${look}>${body}</span>`}</li>`;
}

/** How many wait beside those listed, how many may be here, and which limit says so.
 * @param {Desk} desk */
function capacity({view, sight}) {
  const c = view.capacity;
  if (!c || !view.session) return nothing;
  return html`<p class="capacity small soft">${sight.turns.length > 0 && sight.phase !== 'not_mine' ? html`<span>${t('officer.waiting_for_you', {n: sight.turns.length})}</span>` : nothing}${t('officer.capacity', {present: c.present, persons: Math.max(0, c.persons)})} · ${label('limit', c.binds)}</p>`;
}
