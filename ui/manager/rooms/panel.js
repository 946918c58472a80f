// @ts-check
// Beside the board: what is chosen and what the room is for, filling it, what each rule
// of distance does to it, and its versions, edits and files.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {actButton} from '../../lib/act.js';
import {ask} from '../../lib/ask.js';
import {label, t} from '../../lib/catalogue.js';
import {vars} from '../../lib/css.js';
import {clock, dateText} from '../../lib/times.js';
import {PRESETS, PROGRAMMES, SERVED, parse, presetOf, tickable, typed} from '../fields.js';
import {checkField, choiceField, refusedField, segments, textField} from '../form.js';
import {capacityUnder, draftOf, fillGrid, gridRoom, sideDesk, standing} from './plan.js';
import {arrange} from './ask.js';
import {nameOf} from './board.js';
import {furnished, thing} from './edit.js';
import {forgetDrawing} from './editor.js';
import {readRoom, writeRoom} from './file.js';
import {metres} from './metres.js';
import {drawSeats} from './seat-table.js';

/** @typedef {import('../app.js').Ctx} Ctx */
/** @typedef {import('./editor.js').Drawing} Drawing */
/** @typedef {import('./editor.js').Hands} Hands */
/** @typedef {{at: number, distance: any, groupMax: number, told: import('./ask.js').Told|null, session: any, taken: number[]}} With */

const TABS = ['shape', 'fill', 'distance', 'history'];

/** @param {Ctx} ctx @param {Drawing} d @param {Hands} by @param {With} w */
export function drawPanel(ctx, d, by, w) {
  const body = {shape: shapeTab, fill: fillTab, distance: distanceTab, history: historyTab}[d.tab] ?? shapeTab;
  return html`<div class="panel card"><div class="panel-tabs" role="tablist">${TABS.map((tab) => html`<button type="button" role="tab" id=${`tab-${tab}`} aria-controls="panel-body" aria-selected=${String(d.tab === tab)}
      @click=${() => { d.tab = tab; by.redraw(); }}>${label('room_tab', tab)}</button>`)}</div>
    <div class="panel-body stack" id="panel-body" role="tabpanel" aria-labelledby=${`tab-${d.tab}`}>${body(ctx, d, by, w)}</div></div>`;
}

/** @param {Ctx} ctx @param {Drawing} d @param {Hands} by @param {With} w */
function shapeTab(ctx, d, by, w) {
  return html`${d.base && d.base.version !== (currentVersion(ctx, d) ?? d.base.version) ? newer(ctx, d, by) : nothing}
    ${d.chosen ? chosenCard(ctx, d, by) : html`<p class="small soft">${t('rooms.how')}</p>`}
    <div class="pair">${d.base ? nothing : numberIn(ctx, d, by, 'id', t('rooms.number'), 1, '', w.taken.includes(d.draft.id) ? label('room_fault', 'room_taken') : null)}
      ${numberIn(ctx, d, by, 'width_mm', t('rooms.width'), 1000, t('unit.m'))}${numberIn(ctx, d, by, 'depth_mm', t('rooms.depth'), 1000, t('unit.m'))}</div>
    ${settings(ctx, d, by)}
    ${drawSeats(ctx, d, by, w.session)}
    ${d.base ? removal(ctx, d, Boolean(w.session)) : nothing}`;
}

/** @param {Ctx} ctx @param {Drawing} d */
function currentVersion({shelf}, d) {
  return shelf.get('rooms')?.rooms.find((/** @type {any} */ r) => r.id === d.base?.id)?.version;
}

/** @param {Ctx} ctx @param {Drawing} d @param {Hands} by */
function newer(ctx, d, by) {
  const now = ctx.shelf.get('rooms').rooms.find((/** @type {any} */ r) => r.id === d.base.id);
  return html`<div class="note-card" role="alert"><strong>${t('rooms.newer', {n: now.version})}</strong>
    <div class="row"><button type="button" class="button slim" @click=${() => { forgetDrawing(); by.redraw(); }}>${t('rooms.take_theirs')}</button>
      <button type="button" class="button slim" @click=${() => { d.base = now; by.redraw(); }}>${t('rooms.keep_mine')}</button></div></div>`;
}

/** What is chosen, in figures.
 * @param {Ctx} ctx @param {Drawing} d @param {Hands} by */
function chosenCard(ctx, d, by) {
  const item = /** @type {import('./edit.js').Item} */ (d.chosen);
  const what = thing(d.draft, item);
  if (!what) return nothing;
  const name = nameOf(d.draft, item);
  const field = (/** @type {string} */ key, /** @type {string} */ text, /** @type {(mm: number) => void} */ set) => {
    const slot = `item-${key}`;
    return textField({id: slot, label: text, unit: t('unit.m'), narrow: true, mode: 'decimal', value: d.texts[slot] ?? typed(what[key], 1000, t('rooms.comma')), wrong: d.texts[slot] !== undefined ? t('rooms.not_number') : null,
      onInput: (input) => { const mm = parse(input, 1000); if (mm === null) { d.texts[slot] = input; by.redraw(); } else { delete d.texts[slot]; set(mm); } }});
  };
  const place = (/** @type {number} */ x, /** @type {number} */ y) => by.act({op: 'place', item, x, y}, 'move');
  const size = (/** @type {number} */ width, /** @type {number} */ depth) => by.act({op: 'size', item, width, depth}, 'size');
  return html`<div class="chosen-card"><strong>${name}</strong>
    ${item.kind === 'wall' ? nothing : html`<div class="pair">${field('x_mm', t('rooms.x'), (mm) => place(mm, what.y_mm))}${field('y_mm', t('rooms.y'), (mm) => place(what.x_mm, mm))}</div>`}
    ${item.kind === 'seat' ? html`<div class="row">${checkField({label: t('rooms.accessible'), on: what.accessible, onChange: (on) => by.act({op: 'seat', index: item.index, change: {accessible: on}}, 'seat')})}
        ${checkField({label: t('rooms.closed'), on: what.closed, onChange: (on) => by.act({op: 'seat', index: item.index, change: {closed: on}}, 'seat')})}</div>`
      : html`<div class="pair">${field('width_mm', t('rooms.width'), (mm) => size(mm, what.depth_mm))}${field('depth_mm', t('rooms.depth'), (mm) => size(what.width_mm, mm))}</div>`}</div>`;
}

/** A whole number of the drawing; what is no number stays as it was typed.
 * @param {Ctx} ctx @param {Drawing} d @param {Hands} by @param {'id'|'width_mm'|'depth_mm'|'normal'} key @param {string} text
 * @param {number} size @param {string} unit @param {string|null} [said] */
function numberIn({store}, d, by, key, text, size, unit, said = null) {
  const onInput = (/** @type {string} */ input) => {
    const value = parse(input, size);
    if (value === null) { d.texts[key] = input; by.redraw(); } else { delete d.texts[key]; by.act({op: 'set', change: {[key]: value}}, key === 'normal' || key === 'id' ? 'set' : 'size'); }
  };
  const wrong = d.texts[key] !== undefined ? t('rooms.not_number') : said ?? refusedField(store, 'room', key);
  return textField({id: `room-${key}`, label: text, value: d.texts[key] ?? typed(d.draft[key], size, t('rooms.comma')), unit, narrow: true, mode: 'decimal', wrong, onInput});
}

/** @param {Ctx} ctx @param {Drawing} d @param {Hands} by */
function settings(ctx, d, by) {
  const all = d.draft.programmes.length === 0;
  const set = (/** @type {any} */ change) => by.act({op: 'set', change}, 'set');
  const toggle = (/** @type {string} */ code, /** @type {boolean} */ on) => set({programmes: PROGRAMMES.filter((p) => (p === code ? on : d.draft.programmes.includes(p)))});
  return html`<div class="pair">${choiceField({id: 'room-mode', label: t('setting.mode'), value: d.draft.mode, onChoose: (mode) => set({mode}),
        codes: ['default', 'rolling', 'closed', 'single'].map((code) => ({code, text: label('mode', code)}))})}
      ${numberIn(ctx, d, by, 'normal', t('rooms.normal'), 1, '')}</div>
    <p class="small soft">${t('rooms.normal_why')}</p>
    <fieldset><legend>${t('rooms.programmes')}</legend>
      ${tickable(d.draft.programmes).map((code) => checkField({label: code, on: d.draft.programmes.includes(code), onChange: (on) => toggle(code, on)}))}
      <p class="small soft">${all ? t('rooms.programmes_all') : t('rooms.programmes_some')}</p>${alsoUnserved(ctx, d)}</fieldset>
    ${checkField({label: t('rooms.desk'), hint: t('rooms.desk_why'), on: d.draft.desk, onChange: (desk) => set({desk, ...(desk && isNew(ctx, d) ? oneBooth(d) : {})})})}`;
}

/** Whether the branch has no such room yet: nothing that stands there is anybody's.
 * @param {Ctx} ctx @param {Drawing} d */
const isNew = ({view}, d) => !view?.rooms.some((/** @type {any} */ m) => m.room.id === d.draft.id);

/** What a new side desk begins with: one booth, not those of a room for groups.
 * @param {Drawing} d */
function oneBooth(d) {
  const {width_mm, depth_mm, normal, seats} = sideDesk(d.draft.id);
  return d.draft.seats.length > 1 ? {width_mm, depth_mm, normal, seats, obstacles: [], keep_clear: []} : {};
}

/** What nobody of the branch serves, so that it is seen where it can be mended: here, by
 * one tick. A room that serves it in the drawing already is no answer to wait for. What a
 * side desk serves lacks nothing but somebody to open that desk.
 * @param {Ctx} ctx @param {Drawing} d */
function alsoUnserved({view, shelf}, d) {
  if (d.draft.desk || !view) return nothing;
  const policy = shelf.get('policy')?.policy;
  const single = (d.draft.mode === 'default' ? policy?.mode : d.draft.mode) === 'single';
  const here = d.draft.programmes.length > 0 ? d.draft.programmes : single ? PROGRAMMES : policy?.programmes ?? ['JHT'];
  const others = view.rooms.filter((/** @type {any} */ m) => m.room.id !== d.draft.id);
  // Alone in the branch, the drawing decides; else what the rules say of the other rooms.
  const open = others.length === 0 ? SERVED.map((programme) => ({programme, desk: false})) : view.unserved ?? [];
  const names = (/** @type {boolean} */ desk) => open.filter((/** @type {any} */ one) => one.desk === desk && !here.includes(one.programme)).map((/** @type {any} */ one) => one.programme).join(', ');
  return html`${names(false) ? html`<p class="note small">${t('rooms.unserved', {names: names(false)})}</p>` : nothing}
    ${names(true) ? html`<p class="small soft at-desk">${t('rooms.at_desk', {names: names(true)})}</p>` : nothing}`;
}

/** @param {Ctx} ctx @param {Drawing} d @param {Hands} by @param {With} w */
function fillTab(ctx, d, by, {at}) {
  const grid = gridRoom(d.draft.width_mm, d.draft.depth_mm, at);
  const f = d.fill;
  if (!f) {
    return html`<p>${t('rooms.fill_why', {d: metres(at)})}</p>
      <div class="row"><button type="button" class="button primary large fill-button" @click=${() => start(ctx, d, at)}>${t('rooms.fill_room')}</button></div>
      <p class="small soft">${t('rooms.fill_keeps')}</p>
      <div class="grid-fill"><span class="label">${t('rooms.fill')}</span>
        <button type="button" class="button slim" @click=${() => by.replace(fillGrid(d.draft, grid.columns, grid.rows), 'fill')}>${t('rooms.fill_most', {n: grid.columns * grid.rows, d: metres(at)})}</button></div>`;
  }
  const use = () => { const seats = furnished(d.draft, f.seats); d.fill = null; f.abort.abort(); by.act({op: 'seats', seats}, 'fill'); };
  const drop = () => { f.abort.abort(); d.fill = null; by.redraw(); };
  const part = f.bound > 0 ? Math.round((f.count * 100) / f.bound) : 0;
  return html`<div class="filling" role="status"><div class="effect-sum big"><span class="figure">${f.count}</span><span>${t('rooms.found', {bound: f.bound || '…'})}</span></div>
      <div class="bar" ${vars({'--share': `${part}%`})}></div>
      <p class="small soft">${f.problem ? label('refusal', f.problem.code) : f.done ? (f.count >= f.bound ? t('rooms.fill_proven') : t('rooms.fill_best')) : t('rooms.fill_searches')}</p>
      <p class="small">${t('rooms.fill_was', {n: d.draft.seats.length})}</p></div>
    <div class="row"><button type="button" class="button primary use-fill" ?disabled=${f.count === 0} @click=${use}>${t('rooms.use_fill', {n: f.count})}</button>
      <button type="button" class="button" @click=${drop}>${f.done ? t('rooms.drop_fill') : t('rooms.stop_fill')}</button></div>`;
}

/** @param {Ctx} ctx @param {Drawing} d @param {number} at */
async function start({store}, d, at) {
  const fill = {seats: /** @type {any[]} */ ([]), count: 0, bound: 0, done: false, problem: /** @type {any} */ (null), abort: new AbortController()};
  d.fill = fill;
  store.update();
  fill.problem = await arrange(d.draft, at, (answer) => {
    Object.assign(fill, {seats: answer.seats, count: answer.count, bound: answer.upper_bound, done: answer.done});
    store.update();
  }, fill.abort.signal);
  fill.done = true;
  store.update();
}

/** Every rule of distance side by side: what it makes of this room, and of all of them.
 * @param {Ctx} ctx @param {Drawing} d @param {Hands} by @param {With} w */
function distanceTab({shelf}, d, by, {at, distance, groupMax, told}) {
  const others = (shelf.get('rooms')?.rooms ?? []).filter((/** @type {any} */ r) => r.id !== d.draft.id && !r.desk);
  const now = presetOf(distance);
  const sum = (/** @type {any} */ rule) => others.reduce((/** @type {number} */ n, /** @type {any} */ r) => n + capacityUnder(r, rule, groupMax).persons, 0);
  const inForce = capacityUnder(standing(d.draft), distance, groupMax);
  const rows = PRESETS.map((preset) => {
    const server = told?.effect?.presets.find((/** @type {any} */ p) => p.code === preset.code)?.holding;
    const here = server ?? capacityUnder(standing(d.draft), preset, groupMax);
    return {...preset, persons: here.persons, binds: here.binds, all: here.persons + sum(preset)};
  });
  const most = Math.max(1, ...rows.map((row) => row.persons));
  return html`<p class="small">${t('rooms.presets_why')}</p>
    <table class="table tight presets-table"><thead><tr><th>${t('rooms.rule')}</th><th>${t('rooms.this_room')}</th><th class="end">${t('rooms.all_rooms')}</th></tr></thead><tbody>
      ${rows.map((row) => html`<tr class=${row.code === now ? 'current' : ''}><td><button type="button" class="link" aria-pressed=${String(row.distance_mm === at)} @click=${() => { d.tried = row.distance_mm === distance.distance_mm ? null : row.distance_mm; by.redraw(); }}>
          <strong>${label('preset', row.code)}</strong></button><div class="small soft">${t('rooms.rule_is', {d: metres(row.distance_mm), pct: row.occupancy_pct})}${row.code === now ? html` · <b>${t('rooms.in_force')}</b>` : nothing}</div></td>
        <td><div class="preset-bar"><span ${vars({'--share': `${Math.round((row.persons * 100) / most)}%`})}></span><b class="figure">${row.persons}</b>${change(row.persons - inForce.persons)}</div>
          <div class="small soft">${label('limit', row.binds)}</div></td><td class="end figure">${row.all}</td></tr>`)}</tbody></table>
    <div class="row"><span class="small soft">${t('rooms.see_at')}</span>${segments({label: t('rooms.see_at'), value: String(at), onChoose: (code) => { d.tried = Number(code) === distance.distance_mm ? null : Number(code); by.redraw(); },
      codes: distances(distance.distance_mm).map((mm) => ({code: String(mm), text: t('rooms.m', {n: metres(mm)})}))})}</div>
    <p class="small soft">${t('rooms.presets_where')} <a href="#policy">${t('rooms.to_policy')}</a></p>`;
}

/** @param {number} n */
function change(n) {
  if (n === 0) return nothing;
  return html`<span class=${n < 0 ? 'small warn' : 'small good-ink'}>${n < 0 ? '−' : '+'}${Math.abs(n)}</span>`;
}

/** @param {number} force */
function distances(force) {
  return [...new Set([...PRESETS.map((preset) => preset.distance_mm).filter((mm) => mm > 0), force])].sort((a, b) => a - b);
}

/** Versions as they were read: of which room, and what came. @type {{room: number, version: number, list: any[]|null, busy: boolean}|null} */
let versions = null;

/** @param {Ctx} ctx @param {Drawing} d */
function versionsOf({store}, d) {
  if (!d.base) return [];
  if (versions === null || versions.room !== d.base.id || versions.version !== d.base.version) versions = {room: d.base.id, version: d.base.version, list: null, busy: false};
  const mine = /** @type {NonNullable<typeof versions>} */ (versions);
  if (mine.list === null && !mine.busy) {
    mine.busy = true;
    ask(`/api/v1/rooms/${d.base.id}/versions`).then((answer) => { mine.busy = false; mine.list = answer.ok ? answer.body.versions : []; store.update(); });
  }
  return mine.list ?? [];
}

/** @param {Ctx} ctx @param {Drawing} d @param {Hands} by @param {With} w */
function historyTab(ctx, d, by, {distance}) {
  const {store, commands, shelf} = ctx;
  const list = versionsOf(ctx, d);
  const undone = [...d.history.past].reverse();
  const back = (/** @type {number} */ n) => { let h = d.history; for (let i = 0; i <= n; i += 1) h = {room: h.past[h.past.length - 1].room, past: h.past.slice(0, -1), future: [{room: h.room, what: h.past[h.past.length - 1].what}, ...h.future]}; by.go(h); };
  return html`${d.base?.planned ? html`<div class="note-card"><strong>${t('rooms.planned')}</strong><p class="small">${t('rooms.planned_why')}</p>
      <div class="row"><button type="button" class="button slim" @click=${() => by.replace({...draftOf(d.base.planned), version: d.draft.version}, 'version')}>${t('rooms.look')}</button>
        ${actButton({store, commands, slot: 'plan', request: {method: 'DELETE', path: `/api/v1/rooms/${d.base.id}/plan`, body: {}}, kind: 'slim', text: t('rooms.drop_plan'), onDone: () => shelf.load('rooms')})}</div></div>` : nothing}
    ${d.kept !== null ? html`<div class="note-card"><strong>${t('rooms.draft_of', {clock: clock(d.kept)})}</strong><div class="row">${actButton({store, commands, slot: 'draft-drop', request: {method: 'DELETE', path: `/api/v1/rooms/${d.draft.id}/draft`, body: {}}, kind: 'slim', text: t('rooms.drop_draft'),
      onDone: (answer) => { if (answer.ok) { shelf.load('drafts'); forgetDrawing(); } }})}</div></div>` : nothing}
    <div><h3>${t('rooms.versions')}</h3>${list.length === 0 ? html`<p class="small soft">${d.base ? t('rooms.version_first') : t('rooms.no_version')}</p>` : html`<ul class="versions">
      ${list.map((/** @type {any} */ v) => html`<li><span><b>${t('rooms.version', {n: v.drawing.version})}</b> <span class="small soft">${dateText(v.at)} ${clock(v.at)} · ${label('role', v.role)}</span></span>
        <button type="button" class="button slim" ?disabled=${v.drawing.version === d.base?.version && d.history.past.length === 0} @click=${() => by.replace({...draftOf(v.drawing), version: d.draft.version}, 'version')}>${t('rooms.look')}</button></li>`)}</ul>`}</div>
    <div><h3>${t('rooms.edits', {n: undone.length})}</h3>${undone.length === 0 ? html`<p class="small soft">${t('rooms.no_edits')}</p>` : html`<ol class="edits">${undone.slice(0, EDITS).map((one, i) => html`<li><button type="button" class="link small" @click=${() => back(i)}>${label('room_edit', one.what)} <span class="soft">${t('rooms.back_before')}</span></button></li>`)}</ol>`}</div>
    <div><h3>${t('rooms.files')}</h3><div class="row">${['room', 'choose', 'arrange'].map((kind) => html`<button type="button" class="button slim" data-export=${kind} @click=${() => save(d, /** @type {any} */ (kind), distance)}>${label('room_file', kind)}</button>`)}</div>
      <label class="button slim import">${t('rooms.import')}<input type="file" accept="application/json,.json" @change=${(/** @type {any} */ e) => load(e.target, d, by)}></label>
      ${d.texts.file ? html`<p class="warn small" role="alert">${d.texts.file}</p>` : html`<p class="small soft">${t('rooms.files_why')}</p>`}</div>`;
}

/** Edits that are listed; undo goes further back. */
const EDITS = 10;

/** @param {Drawing} d @param {import('./file.js').FileKind} kind @param {any} rule */
function save(d, kind, rule) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([writeRoom(d.draft, kind, rule)], {type: 'application/json'}));
  link.download = `${label('room_file_name', kind)}-${d.draft.id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** @param {HTMLInputElement} input @param {Drawing} d @param {Hands} by */
async function load(input, d, by) {
  const file = input.files?.[0];
  if (!file) return;
  const read = readRoom(await file.text(), d.draft);
  input.value = '';
  if ('code' in read) {
    d.texts.file = t('rooms.file_wrong', {field: read.field || t('rooms.file'), why: label('file_fault', read.code)});
    by.redraw();
    return;
  }
  by.replace(read.draft, 'import');
}

/** Removing a room asks once more, in its own place.
 * @param {Ctx} ctx @param {Drawing} d @param {boolean} locked */
function removal({store, commands, shelf, go}, d, locked) {
  const request = {method: 'DELETE', path: `/api/v1/rooms/${d.draft.id}`, body: {}};
  if (!d.sure) return html`<div class="row"><button type="button" class="button quiet" @click=${() => { d.sure = true; store.update(); }}>${t('rooms.remove', {n: d.draft.id})}</button></div>`;
  return html`<div class="note-card"><p>${t('rooms.remove_sure', {n: d.draft.id})}</p><div class="row">
    ${actButton({store, commands, slot: 'room-remove', request, kind: 'danger', text: t('rooms.remove', {n: d.draft.id}), why: locked ? t('rooms.locked') : null,
      onDone: (answer) => { if (answer.ok) { forgetDrawing(); shelf.load('rooms'); go('rooms'); } }})}
    <button type="button" class="button" @click=${() => { d.sure = false; store.update(); }}>${t('rooms.keep')}</button></div></div>`;
}
