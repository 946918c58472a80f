// @ts-check
// The screens of the branch: a new one is let in by a code, a lost one is shut out.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {repeat} from '../vendor/lit-html/directives/repeat.js';
import {actButton} from '../lib/act.js';
import {label, learn, t} from '../lib/catalogue.js';
import {submitted} from '../lib/signin.js';
import {dateText, duration, stopwatch} from '../lib/times.js';
import {choiceField, refusedField, textField} from './form.js';
import {drawPrinters} from './printers.js';
import {words as roomWords} from './words-rooms.js';
import {words} from './words-staff.js';

learn(words);
learn(roomWords);

/** @typedef {import('./app.js').Ctx} Ctx */

const KINDS = ['display', 'booth', 'desk', 'kiosk'];

/** The pairing code is for whoever reads it, so it goes away with its time. */
const BLANK = {kind: 'display', name: '', room: 0, seat: 0};

let draft = {...BLANK};
/** @type {{code: string, expires: number, link: string, name: string}|null} */
let offer = null;
/** @type {number|null} */
let asked = null;

/** @param {Ctx} ctx */
export function drawDevices(ctx) {
  const {shelf} = ctx;
  const devices = shelf.get('devices')?.devices ?? null;
  if (!devices) return html`<p class="empty">${shelf.problem('devices') ? t('refusal.no_network') : t('feed.connecting')}</p>`;
  return html`<div class="split"><section class="card"><header class="row spread card-head"><h2>${t('devices.title', {n: devices.length})}</h2>
      <button type="button" class="button slim" @click=${() => shelf.load('devices')}>${t('devices.reload')}</button></header>
    ${devices.length === 0 ? html`<p class="soft empty">${t('devices.none')}</p>` : html`<table class="table"><thead><tr><th>${t('devices.where')}</th><th>${t('devices.kind')}</th><th>${t('devices.seen')}</th><th>${t('devices.until')}</th><th></th></tr></thead>
      <tbody>${repeat(devices, (/** @type {any} */ d) => d.id, (/** @type {any} */ d) => row(ctx, d))}</tbody></table>`}</section>
    <div class="stack">${offerCard(ctx)}${pairForm(ctx)}
      <section class="card stack"><h2>${t('devices.media')}</h2><p class="small soft">${t('devices.media_why')}</p>
        <p><a class="button" href="#media">${t('devices.media_open')}</a></p></section></div></div>${drawPrinters(ctx)}`;
}

/** @param {Ctx} ctx @param {any} d */
function row({store, commands, shelf}, d) {
  const ago = d.seen ? Math.max(0, Math.floor(Date.now() / 1000) - d.seen) : null;
  const place = d.room ? ` · ${t('words.room_no', {n: d.room})}${d.seat ? `, ${t('words.seat_no', {n: d.seat})}` : ''}` : '';
  const done = (/** @type {any} */ answer) => { if (answer.ok) { asked = null; shelf.load('devices'); } };
  return html`<tr><td><strong>${d.name}</strong><span class="small soft">${place}</span></td><td>${label('device', d.kind)}</td>
    <td class="small">${ago === null ? html`<span class="soft">${t('devices.never')}</span>` : ago < 60 ? t('devices.just_now') : t('devices.ago', {span: duration(ago)})}</td>
    <td class="small soft">${dateText(d.expires)}</td>
    <td class="end">${asked === d.id
      ? html`${actButton({store, commands, slot: `device-${d.id}`, request: {method: 'DELETE', path: `/api/v1/devices/${d.id}`}, text: t('devices.revoke_sure'), kind: 'danger slim', onDone: done})}
        <button type="button" class="button slim quiet" @click=${() => { asked = null; store.update(); }}>${t('rooms.keep')}</button>`
      : html`<button type="button" class="button slim quiet" @click=${() => { asked = d.id; store.update(); }}>${t('devices.revoke')}</button>`}</td></tr>`;
}

/** @param {Ctx} ctx */
function offerCard({store}) {
  if (!offer) return nothing;
  const left = offer.expires - Math.floor(Date.now() / 1000);
  if (left <= 0) {
    return html`<div class="card note-card"><p>${t('devices.code_over')}</p><button type="button" class="button slim" @click=${() => { offer = null; store.update(); }}>${t('act.close')}</button></div>`;
  }
  return html`<div class="card offer" role="status"><p class="small">${t('devices.code_for', {name: offer.name})}</p>
    <p class="code figure">${offer.code}</p>
    <p>${t('devices.code_how', {address: `${location.host}/pair`})}</p>
    <p class="small soft">${t('devices.code_left', {time: stopwatch(left)})}</p></div>`;
}

/** @param {Ctx} ctx */
function pairForm({store, commands, shelf}) {
  const rooms = shelf.get('rooms')?.rooms ?? [];
  const room = rooms.find((/** @type {any} */ r) => r.id === draft.room) ?? null;
  const set = (/** @type {any} */ more) => { draft = {...draft, ...more}; store.update(); };
  const booth = draft.kind === 'booth';
  const body = /** @type {any} */ ({kind: draft.kind, name: draft.name.trim()});
  if (booth) Object.assign(body, {room: draft.room, seat: draft.seat});
  const why = body.name === '' ? t('devices.name_first') : booth && (!draft.room || !draft.seat) ? t('devices.seat_first') : null;
  const wrong = (/** @type {string} */ field) => refusedField(store, 'pair', field);
  const done = (/** @type {any} */ answer) => {
    if (!answer.ok) return;
    offer = {...answer.body, name: body.name};
    set(booth && room && draft.seat < room.seats.length ? {name: '', seat: draft.seat + 1} : {name: '', seat: 0});
  };
  return html`<form class="card stack" @submit=${submitted}><h2>${t('devices.new')}</h2>
    ${choiceField({id: 'device-kind', label: t('devices.kind'), hint: label('device_why', draft.kind), value: draft.kind, codes: KINDS.map((code) => ({code, text: label('device', code)})), onChoose: (kind) => set({kind})})}
    ${booth ? html`<div class="pair">${choiceField({id: 'device-room', label: t('words.room'), value: String(draft.room), onChoose: (id) => set({room: Number(id), seat: 1}), wrong: wrong('room'),
        codes: [{code: '0', text: '–'}, ...rooms.map((/** @type {any} */ r) => ({code: String(r.id), text: t('words.room_no', {n: r.id})}))]})}
      ${choiceField({id: 'device-seat', label: t('words.seat'), value: String(draft.seat), onChoose: (no) => set({seat: Number(no)}), wrong: wrong('seat'),
        codes: [{code: '0', text: '–'}, ...(room?.seats ?? []).map((/** @type {any} */ s) => ({code: String(s.no), text: t('words.seat_no', {n: s.no})}))]})}</div>` : nothing}
    ${textField({id: 'device-name', label: t('devices.where'), hint: t('devices.where_why'), value: draft.name, max: 80, wrong: wrong('name'), onInput: (name) => set({name})})}
    <div class="row">${actButton({store, commands, slot: 'pair', request: {path: '/api/v1/devices', body}, text: t('devices.make_code'), kind: 'primary', why, onDone: done})}</div></form>`;
}
