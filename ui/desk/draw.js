// @ts-check
// The gate before the doors open: who came when, and the draw that nobody can have
// chosen. Each of its four steps is done before everybody's eyes and said aloud.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {live} from '../vendor/lit-html/directives/live.js';
import {repeat} from '../vendor/lit-html/directives/repeat.js';
import {actButton} from '../lib/act.js';
import {label, t} from '../lib/catalogue.js';
import {clockSeconds} from '../lib/times.js';
import {drawSteps, gateList, groups} from './early.js';

/** @typedef {import('./app.js').Ctx} Ctx */

const DICE = [1, 2, 3, 4, 5, 6];
const VOID = ['secret_lost', 'published_early', 'mistake'];

/** The dice read out so far. */
let dice = '';
let voiding = false;

/** @param {Ctx} ctx */
export function drawGate(ctx) {
  const {view, draw} = ctx;
  const phase = draw?.phase ?? 'none';
  const proof = draw?.proof ?? null;
  const second = (/** @type {number} */ at) => (((at + view.offset_s + view.zone_s) % 86_400) + 86_400) % 86_400;
  const gate = gateList(view, second);
  return html`<main class="gate-page"><section class="card draw-steps" aria-labelledby="draw"><div class="row spread"><h2 id="draw">${t('desk.draw')}</h2>
      ${proof ? html`<span class="small soft">${proof.date}${proof.round > 1 ? html` · <strong class="late">${t('desk.draw_round', {n: proof.round})}</strong>` : nothing}</span>` : nothing}</div>
      <p class="small soft">${t('desk.draw_why')}</p>
      <ol class="steps">${drawSteps(phase).map((step, i) => html`<li class=${step.state}><span class="step-no">${step.state === 'done' ? '✓' : i + 1}</span><div><h3>${label('desk_draw', step.code)}</h3>${body(ctx, step, phase, proof, gate)}</div></li>`)}</ol></section>
    <section class="card gate-list live" tabindex="0" aria-labelledby="gate"><div class="row spread"><h2 id="gate">${phase === 'held' ? t('desk.order') : t('desk.gate')}</h2><span class="figure gate-count">${phase === 'held' ? proof.order.length : gate.length}</span></div>
      ${phase === 'held' ? order(ctx, proof, gate) : list(gate, proof)}</section></main>`;
}

/** @param {Ctx} ctx @param {{code: string, state: string}} step @param {string} phase @param {any} proof @param {any[]} gate */
function body(ctx, step, phase, proof, gate) {
  const {store, commands} = ctx;
  const act = (/** @type {string} */ slot, /** @type {string} */ path, /** @type {any} */ data, /** @type {string} */ text, /** @type {string|null} */ why = null) =>
    actButton({store, commands, slot, request: {path: `/api/v1/draw/${path}`, body: data}, text, kind: 'primary', why, onDone: (answer) => { if (answer.ok) { voiding = false; ctx.shelf.load('draw'); } }});
  if (step.code === 'seal') {
    if (step.state === 'now') return html`<p>${phase === 'lost' ? t('desk.seal_lost') : t('desk.seal_why')}</p>${act('draw-prepare', 'prepare', undefined, t('desk.seal_act'), doorsOpen(ctx) ? t('desk.doors_open') : null)}`;
    return html`${hash(proof.commit)}<p class="small soft">${proof.present_at_commit === 0 ? t('desk.seal_before') : t('desk.seal_after', {n: proof.present_at_commit})}</p>${phase === 'held' ? nothing : lost(ctx)}`;
  }
  if (step.code === 'list') {
    if (step.state === 'now') return html`<p>${t('desk.freeze_why')}</p>${act('draw-freeze', 'freeze', {}, t('desk.freeze_act', {n: gate.length}), gate.length === 0 ? t('desk.gate_none') : null)}`;
    return step.state === 'done' ? html`${hash(proof.list_hash)}<p class="small soft">${t('desk.frozen', {n: proof.list.length})}</p>` : nothing;
  }
  if (step.code === 'dice') {
    if (step.state === 'now') {
      return html`<p>${t('desk.dice_why')}</p><div class="dice">${DICE.map((n) => html`<button type="button" class="die" aria-label=${t('desk.die', {n})} @click=${() => { dice = `${dice} ${n}`.trim(); store.update(); }}>${n}</button>`)}
        <button type="button" class="button slim" @click=${() => { dice = dice.slice(0, -2).trim(); store.update(); }}>${t('desk.die_back')}</button></div>
        <label class="field"><span class="label">${t('desk.dice')}</span><input class="input dice-thrown" id="dice" autocomplete="off" .value=${live(dice)} @input=${(/** @type {any} */ e) => { dice = e.target.value; store.update(); }}></label>
        ${act('draw-hold', 'hold', {entropy: dice}, t('desk.dice_act'), dice.replace(/[^0-9a-z]/gi, '').length < 3 ? t('desk.dice_few') : null)}`;
    }
    return step.state === 'done' ? html`<p class="thrown number">${proof.entropy.split('').join(' ')}</p>` : nothing;
  }
  return step.state === 'done' ? html`<p class="small soft">${t('desk.secret')}</p>${hash(proof.secret)}
    <a class="button slim" href="/api/v1/draw" download=${`draw-${proof.date}.json`}>${t('desk.proof')}</a><p class="small soft">${t('desk.proof_why')}</p>` : html`<p class="small soft">${t('desk.order_later')}</p>`;
}

/** Whether today's doors are open: then nothing is drawn any more. @param {Ctx} ctx */
function doorsOpen({view, now}) {
  const second = (((now + view.offset_s + view.zone_s) % 86_400) + 86_400) % 86_400;
  return view.day.open && (view.day.extended || second >= view.day.open_s);
}

/** @param {string} text */
const hash = (text) => html`<p class="hash">${groups(text)}</p>`;

/** A secret that cannot be used is declared lost, aloud. @param {Ctx} ctx */
function lost({store, commands, shelf}) {
  if (!voiding) return html`<button type="button" class="button quiet slim" @click=${() => { voiding = true; store.update(); }}>${t('desk.void')}</button>`;
  return html`<div class="because"><p class="small">${t('desk.void_why')}</p><div class="row">${VOID.map((reason) => actButton({store, commands, slot: `draw-void-${reason}`, request: {path: '/api/v1/draw/void', body: {reason}}, text: label('desk_void', reason), kind: 'danger slim', onDone: (answer) => { if (answer.ok) { voiding = false; shelf.load('draw'); } }}))}
    <button type="button" class="button quiet slim" @click=${() => { voiding = false; store.update(); }}>${t('desk.leave_it')}</button></div></div>`;
}

/** @param {any[]} gate @param {any} proof */
function list(gate, proof) {
  const frozen = new Set((proof?.list ?? []).map((/** @type {any} */ e) => e.number));
  if (gate.length === 0) return html`<p class="empty">${t('desk.gate_none')}</p>`;
  return html`<p class="small soft">${t('desk.gate_why')}</p><table class="table gate-table"><thead><tr><th>${t('desk.gate_no')}</th><th>${t('words.number')}</th><th>${t('desk.gate_at')}</th><th>${t('desk.persons')}</th><th></th></tr></thead>
    <tbody>${repeat(gate, (v) => v.id, (v, i) => html`<tr><td class="soft">${i + 1}</td><td class="number">${v.number}</td><td>${clockSeconds(v.arrived)}</td><td>${v.persons}</td>
      <td class="small soft">${v.company ? t('desk.company', {n: v.company}) : ''}${frozen.size > 0 && !frozen.has(v.number) ? t('desk.gate_after') : ''}</td></tr>`)}</tbody></table>`;
}

/** @param {Ctx} ctx @param {any} proof @param {any[]} gate */
function order(ctx, proof, gate) {
  const behind = gate.filter((v) => !proof.order.includes(v.number));
  return html`<p class="small soft">${t('desk.order_why')}</p><ol class="drawn">${proof.order.map((/** @type {string} */ number, /** @type {number} */ i) => html`<li><span class="place">${i + 1}</span><span class="number">${number}</span></li>`)}</ol>
    ${behind.length > 0 ? html`<h3>${t('desk.gate_behind')}</h3><ol class="drawn">${behind.map((v, i) => html`<li><span class="place">${proof.order.length + i + 1}</span><span class="number">${v.number}</span></li>`)}</ol>` : nothing}`;
}
