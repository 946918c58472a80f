// @ts-check
// Drawing one room: its size, its seats, and at once what the distance leaves of them.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {actButton} from '../lib/act.js';
import {label, t} from '../lib/catalogue.js';
import {checkField, choiceField, refusedField, textField} from './form.js';
import {parse, typed} from './fields.js';
import {blank, bodyOf, capacityUnder, draftOf, fault, gridRoom, fillGrid} from './plan.js';
import {drawPlan} from './plan-view.js';
import {metres} from './rooms.js';
import {drawSeats} from './seat-table.js';

/** @typedef {import('./app.js').Ctx} Ctx */
/** @typedef {import('./plan.js').Draft} Draft */
/** What is being drawn. base is the room as the server has it (null for a new one),
 * texts what was typed where it is no number yet.
 * @typedef {{key: string, base: any, draft: Draft, past: Draft[], chosen: number|null, tried: number|null,
 *   texts: Record<string, string>, columns: number, rows: number, sure: boolean}} Drawing */

/** Steps back that are kept; each is a few kilobytes. */
const PAST_MAX = 60;

const PROGRAMMES = ['JHT', 'JKK', 'JKM', 'JP', 'JKP'];

/** @type {Drawing|null} */
let drawing = null;

/** The drawing of a room, begun afresh when another room is opened. While nothing was
 * changed it follows the server; a change stays when somebody else saves first.
 * @param {any} room @param {number[]} taken @param {number} distance @returns {Drawing} */
function begin(room, taken, distance) {
  const key = room ? String(room.id) : 'new';
  const fresh = drawing === null || drawing.key !== key;
  const follows = drawing && room && !dirty(drawing) && drawing.base?.version !== room.version;
  if (!fresh && !follows) return /** @type {Drawing} */ (drawing);
  const draft = room ? draftOf(room) : blank(nextNumber(taken));
  const {columns, rows} = gridRoom(draft.width_mm, draft.depth_mm, distance);
  const first = room ? draft : fillGrid(draft, columns, rows);
  drawing = {key, base: room, draft: first, past: [], chosen: null, tried: null, texts: {}, columns, rows, sure: false};
  return drawing;
}

/** @param {number[]} taken */
function nextNumber(taken) {
  let id = 1;
  while (taken.includes(id)) id += 1;
  return id;
}

/** @param {Drawing} d */
export function dirty(d) {
  return d.base === null || JSON.stringify(bodyOf(draftOf(d.base))) !== JSON.stringify({...bodyOf(d.draft), version: d.base.version});
}

/** @param {Ctx} ctx @param {any} room @param {any} distance @param {number} groupMax */
export function drawEditor(ctx, room, distance, groupMax) {
  const {store, view} = ctx;
  const taken = store.state.roomsKnown ?? [];
  const d = begin(room, taken, distance.distance_mm);
  const session = room ? view.rooms.find((/** @type {any} */ m) => m.room.id === room.id)?.session : null;
  const at = d.tried ?? distance.distance_mm;
  const change = (/** @type {Draft} */ draft, keep = true) => {
    if (keep && d.past.at(-1) !== d.draft) d.past = [...d.past.slice(-PAST_MAX), d.draft];
    d.draft = draft;
    store.update();
  };
  return html`<section class="editor" aria-label=${t('rooms.drawing')}>
    <div class="editor-plan card">${drawPlan(ctx, d, {at, distance, locked: Boolean(session), change})}
      ${effect(d, {...distance, distance_mm: at}, groupMax)}</div>
    <div class="editor-form stack">
      ${session ? html`<div class="card note-card"><strong>${t('rooms.in_session')}</strong><p class="small">${t('rooms.in_session_why')}</p></div>` : nothing}
      ${d.base && room && room.version !== d.base.version ? newer(ctx, d, room) : nothing}
      ${saving(ctx, d, taken, Boolean(session))}
      <div class="card stack">${sizes(ctx, d, change, distance.distance_mm, taken)}</div>
      <div class="card stack">${settings(ctx, d, change)}</div>
      ${drawSeats(ctx, d, change, session)}
      ${d.base ? removal(ctx, d, Boolean(session)) : nothing}
    </div></section>`;
}

/** @param {Ctx} ctx @param {Drawing} d @param {any} room */
function newer({store}, d, room) {
  const mine = () => { d.base = room; store.update(); };
  const theirs = () => { drawing = null; store.update(); };
  return html`<div class="card note-card" role="alert"><strong>${t('rooms.newer', {n: room.version})}</strong>
    <div class="row"><button type="button" class="button slim" @click=${theirs}>${t('rooms.take_theirs')}</button>
      <button type="button" class="button slim" @click=${mine}>${t('rooms.keep_mine')}</button></div></div>`;
}

/** What the room holds, as the limits that a drawing decides.
 * @param {Drawing} d @param {any} distance @param {number} groupMax */
function effect(d, distance, groupMax) {
  const cap = capacityUnder(d.draft, distance, groupMax);
  const rows = ['distance', 'occupancy', 'booths', 'officer'].map((code) => ({code, value: /** @type {any} */ (cap)[code]}));
  return html`<div class="effect"><div class="effect-sum"><span class="figure">${cap.exact ? nothing : '≥ '}${cap.persons}</span><span>${t('rooms.persons_at', {d: metres(distance.distance_mm)})}</span></div>
    <dl class="limits">${rows.map((r) => html`<div class=${r.code === cap.binds ? 'binds' : ''} title=${label('limit', r.code)}><dt>${label('limit_short', r.code)}</dt>
      <dd class="figure">${Number.isFinite(r.value) ? r.value : '∞'}</dd></div>`)}</dl></div>`;
}

/** @param {Ctx} ctx @param {Drawing} d @param {number[]} taken @param {boolean} locked */
function saving({store, commands, shelf, go}, d, taken, locked) {
  const wrong = fault(d.draft, d.base ? [] : taken);
  const typing = Object.keys(d.texts).length > 0;
  const id = d.draft.id;
  const request = {method: 'PUT', path: `/api/v1/rooms/${id}`, body: {...bodyOf(d.draft), version: d.base ? d.base.version : 0}};
  const why = locked ? t('rooms.locked')
    : typing ? t('rooms.fix_first')
      : wrong ? faultText(wrong) : !dirty(d) ? t('rooms.unchanged') : null;
  const done = (/** @type {any} */ answer) => {
    shelf.load('rooms');
    if (!answer.ok) return;
    drawing = null;
    go(`rooms/${id}`);
  };
  const undo = () => {
    const last = d.past.pop();
    if (last) d.draft = last;
    d.texts = {};
    store.update();
  };
  return html`<div class="row save-row">${actButton({store, commands, slot: 'room', request, kind: 'primary', why,
      text: d.base ? t('rooms.save') : t('rooms.create', {n: id}), onDone: done})}
    ${d.past.length > 0 ? html`<button type="button" class="button" @click=${undo}>${t('rooms.undo')}</button>` : nothing}</div>`;
}

/** @param {{code: string, low: number, top: number}} f */
function faultText(f) {
  const params = {low: f.low, top: f.top};
  return f.code === 'side' ? t('rooms.fault_side', {low: metres(f.low), top: metres(f.top)}) : label('room_fault', f.code, params);
}

/** @param {Ctx} ctx @param {Drawing} d @param {(draft: Draft, keep?: boolean) => void} change @param {number} distance @param {number[]} taken */
function sizes(ctx, d, change, distance, taken) {
  const side = (/** @type {'width_mm'|'depth_mm'} */ key, /** @type {string} */ text) => numberIn(ctx, d, key, text, 1000, t('unit.m'), change);
  const room = gridRoom(d.draft.width_mm, d.draft.depth_mm, distance);
  const set = (/** @type {'columns'|'rows'} */ key, /** @type {string} */ text) => {
    const n = Math.max(1, Math.min(20, Math.round(Number(text)) || 1));
    d[key] = n;
    ctx.store.update();
  };
  const fill = (/** @type {number} */ columns, /** @type {number} */ rows) => {
    Object.assign(d, {columns, rows, chosen: null});
    change(fillGrid(d.draft, columns, rows));
  };
  return html`<h2>${t('rooms.size_title')}</h2><div class="pair">
      ${d.base ? nothing : numberIn(ctx, d, 'id', t('rooms.number'), 1, '', change, taken.includes(d.draft.id) ? label('room_fault', 'room_taken') : null)}
      ${side('width_mm', t('rooms.width'))}${side('depth_mm', t('rooms.depth'))}</div>
    <div class="grid-fill"><span class="label">${t('rooms.fill')}</span>
      <label class="small">${t('rooms.columns')} <input class="input narrow" type="number" min="1" max="20" .value=${String(d.columns)} @input=${(/** @type {any} */ e) => set('columns', e.target.value)}></label>
      <span aria-hidden="true">×</span>
      <label class="small">${t('rooms.rows')} <input class="input narrow" type="number" min="1" max="20" .value=${String(d.rows)} @input=${(/** @type {any} */ e) => set('rows', e.target.value)}></label>
      <button type="button" class="button" @click=${() => fill(d.columns, d.rows)}>${t('rooms.fill_n', {n: d.columns * d.rows})}</button>
      <button type="button" class="button quiet" @click=${() => fill(room.columns, room.rows)}>${t('rooms.fill_most', {n: room.columns * room.rows, d: metres(distance)})}</button></div>`;
}

/** A whole number of the drawing; what is no number stays as it was typed.
 * @param {Ctx} ctx @param {Drawing} d @param {'id'|'width_mm'|'depth_mm'|'normal'} key @param {string} text
 * @param {number} size @param {string} unit @param {(draft: Draft, keep?: boolean) => void} change @param {string|null} [said] */
function numberIn({store}, d, key, text, size, unit, change, said = null) {
  const onInput = (/** @type {string} */ input) => {
    const value = parse(input, size);
    if (value === null) d.texts[key] = input;
    else delete d.texts[key];
    if (value === null) store.update();
    else change({...d.draft, [key]: value});
  };
  const wrong = d.texts[key] !== undefined ? t('rooms.not_number') : said ?? refusedField(store, 'room', key);
  return textField({id: `room-${key}`, label: text, value: d.texts[key] ?? typed(d.draft[key], size, t('rooms.comma')), unit, narrow: true, mode: 'decimal', wrong, onInput});
}

/** @param {Ctx} ctx @param {Drawing} d @param {(draft: Draft, keep?: boolean) => void} change */
function settings(ctx, d, change) {
  const all = d.draft.programmes.length === 0;
  const toggle = (/** @type {string} */ code, /** @type {boolean} */ on) => {
    const programmes = PROGRAMMES.filter((p) => (p === code ? on : d.draft.programmes.includes(p)));
    change({...d.draft, programmes});
  };
  return html`<h2>${t('rooms.use')}</h2><div class="pair">
      ${choiceField({id: 'room-mode', label: t('setting.mode'), value: d.draft.mode, onChoose: (mode) => change({...d.draft, mode}),
        codes: ['default', 'rolling', 'closed', 'single'].map((code) => ({code, text: label('mode', code)}))})}
      ${numberIn(ctx, d, 'normal', t('rooms.normal'), 1, '', change)}</div>
    <p class="small soft">${t('rooms.normal_why')}</p>
    <fieldset><legend>${t('rooms.programmes')}</legend>
      ${PROGRAMMES.map((code) => checkField({label: code, on: d.draft.programmes.includes(code), onChange: (on) => toggle(code, on)}))}
      <p class="small soft">${all ? t('rooms.programmes_all') : t('rooms.programmes_some')}</p></fieldset>
    ${checkField({label: t('rooms.desk'), hint: t('rooms.desk_why'), on: d.draft.desk, onChange: (desk) => change({...d.draft, desk})})}`;
}

/** Removing a room asks once more, in its own place.
 * @param {Ctx} ctx @param {Drawing} d @param {boolean} locked */
function removal({store, commands, shelf, go}, d, locked) {
  const request = {method: 'DELETE', path: `/api/v1/rooms/${d.draft.id}`};
  if (!d.sure) return html`<div class="row"><button type="button" class="button quiet" @click=${() => { d.sure = true; store.update(); }}>${t('rooms.remove', {n: d.draft.id})}</button></div>`;
  return html`<div class="card note-card"><p>${t('rooms.remove_sure', {n: d.draft.id})}</p><div class="row">
    ${actButton({store, commands, slot: 'room-remove', request, kind: 'danger', text: t('rooms.remove', {n: d.draft.id}), why: locked ? t('rooms.locked') : null,
      onDone: (answer) => { if (answer.ok) { drawing = null; shelf.load('rooms'); go('rooms'); } }})}
    <button type="button" class="button" @click=${() => { d.sure = false; store.update(); }}>${t('rooms.keep')}</button></div></div>`;
}

