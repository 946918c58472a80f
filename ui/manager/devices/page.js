// @ts-check
// The screens of the branch: a new one shows a code that is typed here, a lost one is
// shut out. Which display belongs to which lobby is beside it.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {live} from '../../vendor/lit-html/directives/live.js';
import {repeat} from '../../vendor/lit-html/directives/repeat.js';
import {actButton} from '../../lib/act.js';
import {ask} from '../../lib/ask.js';
import {label, learn, t} from '../../lib/catalogue.js';
import {sentence} from '../../lib/commands.js';
import {submitted} from '../../lib/signin.js';
import {dateText, duration, stopwatch} from '../../lib/times.js';
import {shape, whole} from '../../pair/code.js';
import {checkField, choiceField, refusedField, textField} from '../form.js';
import {drawLobbies, lobbyName} from './lobbies.js';
import {drawPrinters} from './printers.js';
import {words} from '../staff/words.js';
import {roomName} from '../room-name.js';

learn(words);

/** @typedef {import('../app.js').Ctx} Ctx */
/** @typedef {{kind: string, name: string, room: number, seat: number, lobby: number, part: number, parts: number}} Draft */

const KINDS = ['display', 'booth', 'desk', 'kiosk'];
/** Displays that may share one long call. */
const PARTS = [2, 3];
const BLANK = {kind: 'display', name: '', room: 0, seat: 0, lobby: 0, part: 0, parts: 0};

/** @type {Draft} */
let draft = {...BLANK};
let code = '';
/** The code came with a link, not from a screen in front of the manager, who must
 * compare the two before anything is let in (RFC 8628, 5.4). */
let linked = false;
let compared = false;
/** The screen that shows the code, or why there is none.
 * @type {{screen: any, until: number}|null} */
let found = null;
/** @type {any} */
let problem = null;
let looking = false;
/** The device that is changed or about to be revoked.
 * @type {{id: number, what: 'revoke'|'change'}|null} */
let asked = null;

/** How old the list may become while somebody looks at it. */
const RENEW_MS = 12_000;
let renewedAt = -Infinity;

/** Asks for the list again, so that "last seen" is true while the page is open.
 * @param {Ctx} ctx */
function renew({shelf}) {
  if (document.visibilityState !== 'visible' || performance.now() - renewedAt < RENEW_MS) return;
  renewedAt = performance.now();
  shelf.load('devices');
}

/** @param {Ctx} ctx */
export function drawDevices(ctx) {
  const {shelf, place, store} = ctx;
  renew(ctx);
  const devices = shelf.get('devices')?.devices ?? null;
  shelf.get('lobbies');
  if (!devices) return html`<p class="empty">${shelf.problem('devices') ? t('refusal.no_network') : t('feed.connecting')}</p>`;
  if (place[1] && place[1] !== store.state.pairFrom) {
    // A manager came by the link that the screen shows.
    store.state.pairFrom = place[1];
    code = shape(place[1]);
    linked = true;
    compared = false;
    if (whole(code)) look(ctx);
  }
  return html`<div class=${linked ? 'split from-link' : 'split'}><div class="stack"><section class="card"><header class="row spread card-head"><h2>${t('devices.title', {n: devices.length})}</h2>
      <button type="button" class="button slim" @click=${() => { shelf.load('devices'); shelf.load('lobbies'); }}>${t('devices.reload')}</button></header>
    ${devices.length === 0 ? html`<p class="soft empty">${t('devices.none', {address: `${location.host}/pair`})}</p>` : html`<table class="table"><thead><tr><th>${t('devices.where')}</th><th>${t('devices.kind')}</th><th>${t('devices.seen')}</th><th>${t('devices.until')}</th><th></th></tr></thead>
      <tbody>${repeat(devices, (/** @type {any} */ d) => d.id, (/** @type {any} */ d) => row(ctx, d))}</tbody></table>`}</section>
    ${drawLobbies(ctx, devices)}</div>
    <div class="stack">${pairForm(ctx)}
      <section class="card stack"><h2>${t('devices.media')}</h2><p class="small soft">${t('devices.media_why')}</p>
        <p><a class="button" href="#media">${t('devices.media_open')}</a></p></section></div></div>${drawPrinters(ctx)}`;
}

/** @param {Ctx} ctx @param {any} d */
function standsIn(ctx, d) {
  if (d.kind === 'display') {
    const lobbies = ctx.shelf.get('lobbies')?.lobbies ?? [];
    const one = lobbies.find((/** @type {any} */ l) => l.id === d.lobby) ?? lobbies[0];
    return [lobbies.length > 1 ? lobbyName(one) : '', d.parts > 1 ? t('devices.part_of', d) : '', one?.announcer === d.id ? t('devices.speaks') : ''];
  }
  return [d.room ? roomName(d.room) : '', d.seat ? t('words.seat_no', {n: d.seat}) : ''];
}

/** @param {Ctx} ctx @param {any} d */
function row(ctx, d) {
  const {store, commands, shelf} = ctx;
  const ago = d.live ? 0 : d.seen ? Math.max(0, Math.floor(Date.now() / 1000) - d.seen) : null;
  const done = (/** @type {any} */ answer) => { if (answer.ok) { asked = null; shelf.load('devices'); shelf.load('lobbies'); } };
  const set = (/** @type {typeof asked} */ what) => { asked = what; store.update(); };
  const mine = asked?.id === d.id ? asked?.what : null;
  const keep = html`<button type="button" class="button slim quiet" @click=${() => set(null)}>${t('devices.keep')}</button>`;
  const change = () => { draft = {...BLANK, ...d}; set({id: d.id, what: 'change'}); };
  return html`<tr><td><strong>${d.name}</strong><div class="small soft">${standsIn(ctx, d).filter(Boolean).join(' · ')}</div>${d.muted && d.live ? html`<div class="small warn">${t('devices.muted')}</div>` : nothing}</td><td>${label('device', d.kind)}</td>
    <td class="small">${ago === null ? html`<span class="soft">${t('devices.never')}</span>` : ago < 60 ? t('devices.just_now') : t('devices.ago', {span: duration(ago)})}<div class="soft">${d.from}</div></td>
    <td class="small soft nowrap">${dateText(d.expires).replace(/^[^,]*, /, '')}</td>
    <td class="end nowrap">${mine === 'revoke' ? html`${actButton({store, commands, slot: `device-${d.id}`, request: {method: 'DELETE', path: `/api/v1/devices/${d.id}`}, text: t('devices.revoke_sure'), kind: 'danger slim', onDone: done})}${keep}`
      : mine === 'change' ? nothing : html`<button type="button" class="button slim quiet" @click=${change}>${t('devices.change')}</button>
      <button type="button" class="button slim quiet" @click=${() => set({id: d.id, what: 'revoke'})}>${t('devices.revoke')}</button>`}</td></tr>
    ${mine === 'change' ? html`<tr><td colspan="5"><form class="stack" @submit=${submitted}>${placeFields(ctx, `device-${d.id}`, false)}
      <div class="row">${actButton({store, commands, slot: `device-${d.id}`, request: {method: 'PATCH', path: `/api/v1/devices/${d.id}`, body: placeOf(draft)}, text: t('devices.save'), kind: 'primary slim', why: missing(), onDone: done})}${keep}</div></form></td></tr>` : nothing}`;
}

/** What the server needs of a kind's place. @param {Draft} d */
function placeOf({kind, name, room, seat, lobby, part, parts}) {
  if (kind === 'booth') return {name: name.trim(), room, seat};
  if (kind === 'display') return {name: name.trim(), lobby, part, parts};
  return {name: name.trim()};
}

function missing() {
  if (draft.name.trim() === '') return t('devices.name_first');
  return draft.kind === 'booth' && (!draft.room || !draft.seat) ? t('devices.seat_first') : null;
}

/** Where it stands: a booth has a seat, a display a lobby.
 * @param {Ctx} ctx @param {string} slot @param {boolean} fresh */
function placeFields({store, shelf}, slot, fresh) {
  const rooms = shelf.get('rooms')?.rooms ?? [];
  const lobbies = shelf.get('lobbies')?.lobbies ?? [];
  const room = rooms.find((/** @type {any} */ r) => r.id === draft.room) ?? null;
  const set = (/** @type {Partial<Draft>} */ more) => { draft = {...draft, ...more}; store.update(); };
  const wrong = (/** @type {string} */ field) => refusedField(store, slot, field);
  const shares = PARTS.flatMap((parts) => Array.from({length: parts}, (_, i) => ({code: `${i + 1}/${parts}`, text: t('devices.part_of', {part: i + 1, parts})})));
  return html`${fresh ? choiceField({id: 'device-kind', label: t('devices.kind'), hint: label('device_why', draft.kind), value: draft.kind, codes: KINDS.map((kind) => ({code: kind, text: label('device', kind)})), onChoose: (kind) => set({kind})}) : nothing}
    ${textField({id: 'device-name', label: t('devices.where'), hint: t('devices.where_why'), value: draft.name, max: 80, wrong: wrong('name'), onInput: (name) => set({name})})}
    ${draft.kind === 'booth' ? html`<div class="pair">${choiceField({id: 'device-room', label: t('words.room'), value: String(draft.room), onChoose: (id) => set({room: Number(id), seat: 1}), wrong: wrong('room'),
        codes: [{code: '0', text: '–'}, ...rooms.map((/** @type {any} */ r) => ({code: String(r.id), text: roomName(r.id, r.desk)}))]})}
      ${choiceField({id: 'device-seat', label: t('words.seat'), value: String(draft.seat), onChoose: (no) => set({seat: Number(no)}), wrong: wrong('seat'),
        codes: [{code: '0', text: '–'}, ...(room?.seats ?? []).map((/** @type {any} */ s) => ({code: String(s.no), text: t('words.seat_no', {n: s.no})}))]})}</div>` : nothing}
    ${draft.kind === 'display' ? html`<div class="pair">${lobbies.length < 2 ? nothing : choiceField({id: 'device-lobby', label: t('lobbies.title'), value: String(draft.lobby || lobbies[0].id), onChoose: (id) => set({lobby: Number(id)}), wrong: wrong('lobby'),
        codes: lobbies.map((/** @type {any} */ l) => ({code: String(l.id), text: lobbyName(l)}))})}
      ${choiceField({id: 'device-part', label: t('devices.part'), hint: t('devices.part_why'), value: draft.parts > 1 ? `${draft.part}/${draft.parts}` : '', wrong: wrong('part'),
        onChoose: (share) => { const [part, parts] = share.split('/').map(Number); set({part: part || 0, parts: parts || 0}); },
        codes: [{code: '', text: t('devices.part_all')}, ...shares]})}</div>` : nothing}`;
}

/** Looks the screen up that shows the code.
 * @param {Ctx} ctx */
async function look({store}) {
  looking = true;
  store.update();
  const answer = await ask(`/api/v1/pairings/${encodeURIComponent(code)}`);
  looking = false;
  found = answer.ok ? {screen: answer.body, until: performance.now() + answer.body.expires_in * 1000} : null;
  problem = answer.problem;
  store.update();
}

function forget() {
  code = '';
  linked = false;
  compared = false;
  found = null;
  problem = null;
  draft = {...BLANK};
}

/** @param {Ctx} ctx */
function pairForm(ctx) {
  const {store} = ctx;
  const left = found ? (found.until - performance.now()) / 1000 : 0;
  if (found && left <= 0) forget();
  const typed = (/** @type {any} */ e) => { code = shape(e.target.value); linked = false; found = null; problem = null; store.update(); };
  return html`<section class="card stack"><h2>${t('devices.new')}</h2>
    <form class="stack" @submit=${(/** @type {any} */ e) => { submitted(e); if (whole(code) && !looking) look(ctx); }}><div class="field"><label for="pair-code">${t('devices.code')}</label>
      <input id="pair-code" class="input code-input" autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder="BCDF-GHJK" maxlength="16" aria-describedby="pair-code-said" .value=${live(code)} @input=${typed}>
      ${problem ? html`<span class="wrong" id="pair-code-said" role="alert">${sentence(problem)}</span>` : html`<span class="hint" id="pair-code-said">${t('devices.code_why', {address: `${location.host}/pair`})}</span>`}</div>
      ${/* A disabled button would swallow the Enter that comes before the screen is drawn anew. */
        found ? nothing : html`<div class="row"><button type="submit" class="button primary" aria-disabled=${String(!whole(code) || looking)}>${t('devices.find')}</button>
        ${code && !whole(code) ? html`<span class="small soft">${t('devices.code_first')}</span>` : nothing}</div>`}</form>
    ${found ? approval(ctx, left) : nothing}</section>`;
}

/** @param {Ctx} ctx @param {number} left */
function approval(ctx, left) {
  const {store, commands, shelf} = ctx;
  const {width, height, from} = found?.screen;
  const size = width && height ? `${width} × ${height}` : t('devices.size_unknown');
  const done = (/** @type {any} */ answer) => { if (answer.ok) { forget(); shelf.load('devices'); shelf.load('lobbies'); } };
  return html`<div class="found" role="status"><strong>${t('devices.found', {size, from, time: stopwatch(left)})}</strong><div class="small">${t('devices.sure')}</div></div>
    ${linked ? html`<div class="note stack compare"><p class="compare-code"><span class="small">${t('devices.compare_code')}</span><strong>${code}</strong></p>
      <p class="small">${t('devices.compare_why')}</p>
      ${checkField({label: t('devices.compare_yes'), on: compared, onChange: (on) => { compared = on; store.update(); }})}</div>` : nothing}
    <form class="stack" @submit=${submitted}>${placeFields(ctx, 'pair', true)}
    <div class="row">${actButton({store, commands, slot: 'pair', request: {path: '/api/v1/devices', body: {code, kind: draft.kind, ...placeOf(draft)}}, text: t('devices.approve'), kind: 'primary', why: linked && !compared ? t('devices.compare_first') : missing(), onDone: done})}
      ${actButton({store, commands, slot: 'deny', request: {method: 'DELETE', path: `/api/v1/pairings/${code}`}, text: t('devices.deny'), kind: 'quiet', onDone: done})}</div></form>`;
}
