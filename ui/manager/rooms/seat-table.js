// @ts-check
// The seats of a room as a table: exact places by typing, and closing a booth at once.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {live} from '../../vendor/lit-html/directives/live.js';
import {actButton} from '../../lib/act.js';
import {label, t} from '../../lib/catalogue.js';
import {parse, typed} from '../fields.js';
import {choiceField} from '../form.js';

/** @typedef {import('../app.js').Ctx} Ctx */
/** @typedef {import('./editor.js').Drawing} Drawing */

const CLOSED_FOR = ['device_broken', 'cleaning', 'reserved'];

let reason = CLOSED_FOR[0];

/** @typedef {import('./editor.js').Hands} Hands */

/** @param {Ctx} ctx @param {Drawing} d @param {Hands} by @param {any} session */
export function drawSeats(ctx, d, by, session) {
  return html`${d.base ? closing(ctx, d, session) : nothing}
    <details class="seat-list"><summary>${t('rooms.seats', {n: d.draft.seats.length})}</summary>
      <table class="table tight seat-table"><thead><tr><th>${t('words.seat')}</th><th>${t('rooms.x')}</th><th>${t('rooms.y')}</th>
        <th>${t('rooms.accessible')}</th><th>${t('rooms.closed')}</th></tr></thead>
      <tbody>${d.draft.seats.map((_, i) => row(ctx, d, i, by))}</tbody></table></details>`;
}

/** @param {Ctx} ctx @param {Drawing} d @param {number} i @param {Hands} by */
function row({store}, d, i, by) {
  const seat = d.draft.seats[i];
  const cell = (/** @type {'x_mm'|'y_mm'} */ key, /** @type {string} */ text) => {
    const slot = `${key}-${i}`;
    const onInput = (/** @type {any} */ e) => {
      const value = parse(e.target.value, 1000);
      if (value === null) d.texts[slot] = e.target.value;
      else delete d.texts[slot];
      if (value === null) store.update();
      else by.act({op: 'seat', index: i, change: {[key]: value}}, 'move');
    };
    return html`<input class="input tiny" inputmode="decimal" aria-label=${`${text}, ${t('words.seat_no', {n: i + 1})}`}
      aria-invalid=${String(d.texts[slot] !== undefined)} .value=${live(d.texts[slot] ?? typed(seat[key], 1000, t('rooms.comma')))} @input=${onInput}>`;
  };
  const tick = (/** @type {'accessible'|'closed'} */ key, /** @type {string} */ text) => html`<input type="checkbox" aria-label=${`${text}, ${t('words.seat_no', {n: i + 1})}`}
    .checked=${live(seat[key])} @change=${(/** @type {any} */ e) => by.act({op: 'seat', index: i, change: {[key]: e.target.checked}}, 'seat')}>`;
  return html`<tr class=${d.chosen?.kind === 'seat' && d.chosen.index === i ? 'current' : ''} @focusin=${() => { if (d.chosen?.kind !== 'seat' || d.chosen.index !== i) { d.chosen = {kind: 'seat', index: i}; store.update(); } }}>
    <td class="figure">${i + 1}</td><td>${cell('x_mm', t('rooms.x'))}</td><td>${cell('y_mm', t('rooms.y'))}</td>
    <td>${tick('accessible', t('rooms.accessible'))}</td><td>${tick('closed', t('rooms.closed'))}</td></tr>`;
}

/** A booth breaks in the middle of the day: closing it does not wait for the drawing.
 * @param {Ctx} ctx @param {Drawing} d @param {any} session */
function closing({store, commands, shelf}, d, session) {
  const no = d.chosen?.kind === 'seat' ? d.chosen.index + 1 : 0;
  const seat = no ? d.base.seats.find((/** @type {any} */ s) => s.no === no) : null;
  if (!seat) return session ? html`<p class="small soft">${t('rooms.choose_seat')}</p>` : nothing;
  const path = `/api/v1/rooms/${d.base.id}/seats/${no}/closed`;
  const body = seat.closed ? {closed: false} : {closed: true, reason};
  return html`<div class="seat-now"><strong>${t('words.seat_no', {n: no})}</strong>
    ${seat.closed ? nothing : choiceField({id: 'seat-reason', label: t('rooms.because'), value: reason, onChoose: (code) => { reason = code; store.update(); },
      codes: CLOSED_FOR.map((code) => ({code, text: label('seat_reason', code)}))})}
    ${actButton({store, commands, slot: 'seat-closed', request: {path, body}, text: seat.closed ? t('rooms.open_now') : t('rooms.close_now'),
      onDone: (answer) => { if (answer.ok) shelf.load('rooms'); }})}
    <p class="small soft">${t('rooms.close_why')}</p></div>`;
}
