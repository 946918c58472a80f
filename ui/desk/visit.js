// @ts-check
// One visit at the desk: its papers one by one, and what can be done with it now.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {actButton} from '../lib/act.js';
import {label, language, t} from '../lib/catalogue.js';
import {sentence} from '../lib/commands.js';
import {stateTag} from '../lib/parts.js';
import {clock, duration} from '../lib/times.js';
import {actsOf, allHere, complete, marksOf} from './model.js';
import {outcomes, printReceipt} from './receipt.js';

/** @typedef {import('./app.js').Ctx} Ctx */

const MARKS = ['present', 'missing'];
const CANCEL = ['own_request', 'entered_twice', 'withdrawn', 'entered_wrongly'];
const ASIDE = ['papers', 'complaint', 'help_needed', 'health'];

/** Marks changed here and not saved, of one visit. @type {{visit: number, marks: Record<string, string>}} */
let draft = {visit: 0, marks: {}};
/** @type {{act: string, reason: string}|null} */
let asking = null;

/** @param {Ctx} ctx @param {(visit: number) => void} reveal */
export function drawVisit(ctx, reveal) {
  const v = ctx.chosen;
  if (draft.visit !== v.id) {
    draft = {visit: v.id, marks: {}};
    asking = null;
  }
  return html`<header class="visit-head"><div class="row spread"><span class="number large">${v.number || t('desk.booking_no', {n: v.id})}</span>${stateTag('visit', v.state)}</div>
      <p class="small soft">${facts(ctx, v)}</p>${identity(ctx, v, reveal)}</header>
    ${['arrived', 'incomplete'].includes(v.state) ? papers(ctx, v) : v.state === 'settled' ? outcomes(v) : claims(v)}
    ${v.state === 'settled' ? printReceipt(ctx, v) : html`${acts(ctx, v)}${prints(ctx, v)}`}`;
}

/** @param {Ctx} ctx @param {any} v */
function facts({now}, v) {
  return [
    label('channel', v.channel), t('words.persons', {n: v.persons}),
    v.priority && v.priority !== 'none' ? label('priority', v.priority) : '', v.accessible ? t('desk.accessible') : '',
    v.why?.length > 0 ? t('desk.for_side_desk') : '', v.due ? t('desk.due', {clock: clock(v.due)}) : '', v.arrived ? t('desk.came', {clock: clock(v.arrived), span: duration(now - v.arrived)}) : '',
  ].filter(Boolean).join(' · ');
}

/** @param {Ctx} ctx @param {any} v @param {(visit: number) => void} reveal */
function identity({store, session}, v, reveal) {
  const known = store.state.person;
  if (!v.named || session.device) return nothing;
  if (known?.visit !== v.id) return html`<button type="button" class="button quiet slim" @click=${() => reveal(v.id)}>${t('desk.reveal')}</button>`;
  if (known.problem) return html`<p class="small wrong" role="alert">${sentence(known.problem)}</p>`;
  const {name, phone, id_number_masked: number} = known.body;
  return html`<p class="who"><strong>${name}</strong> <span class="small soft">${[number, phone].filter(Boolean).join(' · ')}</span></p>`;
}

/** @param {any} v */
function claims(v) {
  return html`<ul class="claim-list">${v.claims.map((/** @type {any} */ c) => html`<li><strong>${c.programme}</strong> ${c.reason ? label('reason', c.reason) : html`<span class="soft">${t('desk.reason_later')}</span>`}</li>`)}</ul>`;
}

/** @param {Ctx} ctx @param {any} v */
function papers({store, commands}, v) {
  /** @type {any[]} */
  const marks = marksOf(v, draft.marks);
  const ready = complete(marks);
  const send = marks.filter((m) => m.changed).map(({claim, doc, mark}) => ({claim, doc, mark}));
  const path = `/api/v1/visits/${v.id}/papers`;
  const all = () => {
    for (const m of allHere(marks)) draft.marks[`${m.claim}.${m.doc}`] = 'present';
    store.update();
  };
  const done = (/** @type {any} */ answer) => { if (answer.ok) draft = {visit: 0, marks: {}}; };
  return html`<div class="papers">${v.claims.map((/** @type {any} */ c) => html`<h3>${c.programme}${c.reason ? `, ${label('reason', c.reason)}` : ''}</h3>
      ${(c.papers ?? []).length === 0 ? html`<p class="small soft">${t('desk.no_list')}</p>` : html`<ul class="checklist">${marks.filter((m) => m.claim === c.id).map((m) => mark(store, m))}</ul>`}`)}
    ${allHere(marks).length > 0 ? html`<button type="button" class="button slim" @click=${all}>${t('desk.all_here')}</button>` : nothing}</div>
    <div class="acts">${actButton({store, commands, slot: 'papers-ready', request: {path, body: {marks: send, ready: true}}, text: t('desk.papers_ready'), kind: 'primary', why: ready ? null : t('desk.papers_lack'), onDone: done})}
      ${actButton({store, commands, slot: 'papers-lack', request: {path, body: {marks: send, ready: false}}, text: t('desk.papers_save'), onDone: done})}</div>`;
}

/** @param {any} store @param {any} m */
function mark(store, m) {
  const set = (/** @type {string} */ mark) => { draft.marks[`${m.claim}.${m.doc}`] = m.mark === mark ? 'not_seen' : mark; store.update(); };
  return html`<li class=${`paper is-mark-${m.mark}`}><span>${label('document', m.doc)}${m.when ? html`<span class="small soft"> ${label('when', m.when)}</span>` : m.required ? nothing : html`<span class="small soft"> ${t('desk.optional')}</span>`}</span>
    <span class="marks">${MARKS.map((mark) => html`<button type="button" aria-pressed=${String(m.mark === mark)} @click=${() => set(mark)}>${label('paper', mark)}</button>`)}</span></li>`;
}

/** @param {Ctx} ctx @param {any} v */
function acts(ctx, v) {
  const {store, commands} = ctx;
  return html`<div class="acts">${actsOf(v.state).map((act) => {
    const needs = act === 'cancel' ? CANCEL : act === 'park' || act === 'side-desk' ? ASIDE : null;
    if (act === 'arrive') return arrive(ctx, v);
    if (!needs) {
      return actButton({store, commands, slot: `${act}-${v.id}`, request: {path: `/api/v1/visits/${v.id}/${act}`, body: {}}, text: label('desk_act', act), kind: act === 'resume' ? 'primary' : ''});
    }
    if (asking?.act !== act) return html`<button type="button" class=${act === 'cancel' ? 'button danger' : 'button'} @click=${() => { asking = {act, reason: needs[0]}; store.update(); }}>${label('desk_act', act)}…</button>`;
    return html`<div class="because"><label class="field"><span class="label">${t('desk.because')}</span><select class="input" @change=${(/** @type {any} */ e) => { asking = {act, reason: e.target.value}; store.update(); }}>
        ${needs.map((code) => html`<option value=${code} ?selected=${asking?.reason === code}>${label('desk_reason', code)}</option>`)}</select></label>
      <div class="row">${actButton({store, commands, slot: `${act}-${v.id}`, request: {path: `/api/v1/visits/${v.id}/${act}`, body: {reason: asking.reason}}, text: label('desk_act', act), kind: act === 'cancel' ? 'danger' : 'primary',
          onDone: (answer) => { if (answer.ok) { asking = null; ctx.choose(null); } }})}
        <button type="button" class="button quiet" @click=${() => { asking = null; store.update(); }}>${t('desk.leave_it')}</button></div></div>`;
  })}</div>`;
}

/** The number again. @param {Ctx} ctx @param {any} v */
function prints({store, commands, printer}, v) {
  if (!v.number || printer?.kind !== 'escpos') return nothing;
  return html`<div class="acts">${actButton({store, commands, slot: `print-${v.id}`, request: {path: `/api/v1/visits/${v.id}/print?at=desk`, body: {again: true, lang: language()}}, text: t('desk.print'), kind: 'slim'})}</div>`;
}

/** Whoever booked has come: the number is given, and the papers are looked at or not.
 * @param {Ctx} ctx @param {any} v */
function arrive({store, commands}, v) {
  const done = (/** @type {any} */ answer) => {
    if (answer.ok) store.update({tab: 'papers', chosen: answer.body.visit ?? answer.body.id ?? v.id, search: ''});
  };
  return html`${actButton({store, commands, slot: `arrive-${v.id}`, request: {path: '/api/v1/visits', body: {booking: v.id, papers: 'ready'}}, text: t('desk.arrived_ready'), kind: 'primary', onDone: done})}
    ${actButton({store, commands, slot: `arrive-check-${v.id}`, request: {path: '/api/v1/visits', body: {booking: v.id, papers: 'unchecked'}}, text: t('desk.arrived_check'), onDone: done})}`;
}
