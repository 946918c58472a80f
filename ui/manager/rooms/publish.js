// @ts-check
// Publishing a drawing: what it would do to coming sessions, who keeps which place, and
// only then the button. Whoever was called or sits keeps the seat until they leave.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {actButton} from '../../lib/act.js';
import {label, language, t} from '../../lib/catalogue.js';
import {sentence} from '../../lib/commands.js';
import {stateTag} from '../../lib/parts.js';
import {roomName} from '../room-name.js';
import {metres} from './metres.js';
import {bodyOf, fault} from './plan.js';

/** @typedef {import('../app.js').Ctx} Ctx */
/** @typedef {import('./editor.js').Drawing} Drawing */

/** Limits above this do not apply. */
const UNLIMITED = 9999;

/** @param {Ctx} ctx @param {Drawing} d @param {import('./ask.js').Told|null} told @param {{close: () => void, done: () => void}} to */
export function drawPublish(ctx, d, told, {close, done}) {
  return html`<dialog class="sheet asked publish" aria-labelledby="publish-title" @close=${close}>
    <h2 id="publish-title">${d.base ? t('rooms.publish_title', {room: roomName(d.draft.id, d.draft.desk), version: d.base.version + 1}) : t('rooms.publish_new', {room: roomName(d.draft.id, d.draft.desk)})}</h2>
    ${!told ? html`<p class="soft">${t('rooms.checking')}</p>` : told.effect ? effect(ctx, d, told.effect, {close, done}) : html`<p class="warn">${label('refusal', told.problem?.code ?? 'no_network')}</p>`}
    ${told?.effect ? nothing : html`<div class="row">${notYet(close)}</div>`}</dialog>`;
}

/** @param {() => void} close */
function notYet(close) {
  return html`<button type="button" class="button large" @click=${close}>${t('rooms.not_yet')}</button>`;
}

/** @param {Ctx} ctx @param {Drawing} d @param {any} e @param {{close: () => void, done: () => void}} to */
function effect(ctx, d, e, {close, done}) {
  const request = {method: 'PUT', path: `/api/v1/rooms/${d.draft.id}`, body: {...bodyOf(d.draft), version: d.base ? d.base.version : 0, after: Boolean(e.waits)}};
  const text = e.waits ? t('rooms.publish_after') : t('rooms.publish');
  return html`${compare(e)}
    <p class="note gap"><strong>${e.waits ? t('rooms.holds_after') : d.base ? t('rooms.holds_now') : t('rooms.holds_new')}</strong></p>
    ${e.stays.length > 0 ? html`<div class="gap"><h3>${t('rooms.stays', {n: e.stays.length})}</h3><p class="small soft">${t('rooms.stays_why')}</p>
      <table class="table tight"><tbody>${e.stays.map((/** @type {any} */ stay) => html`<tr><td class="number">${stay.number}</td><td>${t('words.seat_no', {n: stay.seat})}</td>
        <td>${stateTag('seat', stay.state)}</td><td class=${stay.fate === 'same' ? 'soft' : 'warn'}>${label('stay_fate', stay.fate)}</td></tr>`)}</tbody></table></div>` : nothing}
    ${e.refused ? html`<p class="warn gap" role="alert">${refusedText(e.refused, d.draft)}</p>` : nothing}
    <div class="row gap">${actButton({store: ctx.store, commands: ctx.commands, slot: 'room', request, kind: 'primary large', text, why: e.refused ? t('rooms.refused') : null,
      onDone: (answer) => { if (answer.ok) done(); }})}${notYet(close)}</div>`;
}

/** A refusal in the screen's own language. What is wrong with a booth the drawing knows
 * itself; the server's sentence is English and stands only where the screen speaks that.
 * @param {any} refused @param {import('./plan.js').Draft} draft */
export function refusedText(refused, draft) {
  const own = refused.code === 'bad_seats' ? fault(draft, []) : null;
  if (own) return faultText(own);
  return sentence({code: refused.code, status: 409, field: refused.field, detail: language() === 'en' ? refused.reason : ''});
}

/** @param {{code: string, low: number, top: number, seats?: number[]}} f */
export function faultText(f) {
  const params = {low: f.seats?.join(', ') ?? f.low, top: f.top};
  return f.code === 'side' ? t('rooms.fault_side', {low: metres(f.low), top: metres(f.top)}) : label('room_fault', f.code, params);
}

/** @param {any} e */
function compare({before, after}) {
  const rows = ['distance', 'occupancy', 'booths', 'officer'];
  const show = (/** @type {number} */ n) => (n >= UNLIMITED ? '∞' : n);
  const cell = (/** @type {any} */ h, /** @type {string} */ code) => html`<td class=${h.binds === code ? 'end figure binds-cell' : 'end figure'}>${show(h[code])}</td>`;
  const less = before && after.persons < before.persons;
  return html`<div class="effect-sum big">${before ? html`<span class="figure soft">${before.persons}</span><span aria-hidden="true">→</span>` : nothing}
      <span class=${less ? 'figure warn' : 'figure'}>${after.persons}</span><span>${t('rooms.persons')}</span>
      ${before && before.persons !== after.persons ? html`<strong class=${less ? 'warn' : 'good-ink'}>${less ? '−' : '+'}${Math.abs(after.persons - before.persons)}</strong>` : nothing}</div>
    <table class="table tight"><thead><tr><th></th>${before ? html`<th class="end">${t('rooms.before')}</th>` : nothing}<th class="end">${t('rooms.after')}</th></tr></thead><tbody>
      ${rows.map((code) => html`<tr><td>${label('limit', code)}</td>${before ? cell(before, code) : nothing}${cell(after, code)}</tr>`)}
      <tr><td>${t('rooms.party')}</td>${before ? html`<td class="end figure">${before.party}</td>` : nothing}<td class="end figure">${after.party}</td></tr></tbody></table>`;
}
