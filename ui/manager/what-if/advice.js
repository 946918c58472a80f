// @ts-check
// The three cheapest changes that keep a promise, with what each costs and does, or the
// three best when none keeps it.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {label, t} from '../../lib/catalogue.js';
import {basisLine, bar, cell} from './answer.js';
import {rowOf, spanOf} from './model.js';
import {about, changeParts, figure, inShort, scaleOf, shownChanges} from './say.js';

/** @typedef {import('../app.js').Ctx} Ctx */

/** The figure that the promise is about. */
const PROMISED = 'wait_p95_s';

/** The evidence shown with each proposal; opened as a question it has all. */
const EVIDENCE = ['wait_mean_s', 'served_pct', 'officer_busy_pct', 'overtaken_visits', 'multiplier'];

/** Signs beside the words of a verdict. */
const SIGNS = /** @type {Record<string, string>} */ ({keeps: '✓', likely: '○', unlikely: '△', fails: '✕'});

/** @param {Ctx} ctx @param {any} entry with advice in its answer @param {number} rooms
 * @param {(set: any) => void} openForm puts a proposal into the form */
export function drawAdvice(ctx, entry, rooms, openForm) {
  const {answer} = entry;
  const advice = answer.advice;
  const list = advice.proposals;
  // Until every candidate has had its days, the best so far prove nothing.
  const early = entry.state !== 'done';
  const text = early && list.length === 0 ? t('whatif.advice_none')
    : early ? t('whatif.advice_early', {n: list.length, tried: advice.tried})
      : advice.base === 'keeps' ? t('whatif.advice_needless')
        : list.length === 0 ? t('whatif.advice_nothing')
        : advice.met ? t('whatif.advice_met', {n: list.length}) : t('whatif.advice_not_met', {n: list.length});
  const tone = early || (list.length === 0 && advice.base !== 'keeps') ? 'unsure' : advice.met || advice.base === 'keeps' ? 'better' : 'worse';
  const span = spanOf(list.flatMap((/** @type {any} */ one) => one.rows.filter((/** @type {any} */ row) => row.of === 'all' && [PROMISED, ...EVIDENCE].includes(row.figure))));
  const now = list[0] ? rowOf(list[0].rows, PROMISED) : rowOf(answer.rows, PROMISED);
  return html`<section class=${`card lead is-${tone}`}><div class="lead-sign" aria-hidden="true">${tone === 'better' ? '✓' : tone === 'worse' ? '✕' : '…'}</div>
      <div class="stack"><h2>${text}</h2>
        <p>${t('whatif.advice_promise', {span: about(advice.promise.wait_p95_s), pct: advice.promise.served_pct})}
          ${advice.base ? t('whatif.advice_base', {how: label('whatif_keeps', advice.base)}) : nothing}
          ${now ? html`<span class="soft">${label('whatif_figure', 'wait_p95_s')}: ${about(now.base.value)}.</span>` : nothing}</p>
        ${basisLine(answer)}
        <p class="small soft">${t('whatif.advice_rounds', {n: advice.tried})}${advice.rounds.filter((/** @type {any} */ round) => round.kept > 0).map((/** @type {any} */ round) => html` · ${t('whatif.advice_round', round)}`)}</p></div></section>
    <ol class="proposals">${list.map((/** @type {any} */ proposal, /** @type {number} */ i) => card(proposal, i, rooms, span, openForm))}</ol>
    <p class="small soft">${t('whatif.cost_order')} ${t('whatif.harmless')}</p>`;
}

/** @param {any} proposal @param {number} i @param {number} rooms
 * @param {number} span one scale for all, so that they can be compared @param {(set: any) => void} openForm */
function card(proposal, i, rooms, span, openForm) {
  const {cost, changes, set, verdict, days, rows} = proposal;
  const shown = EVIDENCE.map((code) => rowOf(rows, code)).filter((row) => row !== null);
  const promised = rowOf(rows, PROMISED);
  const name = inShort(set, rooms).join(', ');
  return html`<li class="card proposal"><div class="row spread"><span class="step-no" aria-hidden="true">${i + 1}</span>
      <span class=${`tag keeps-${verdict}`}><span aria-hidden="true">${SIGNS[verdict] ?? ''}</span> ${label('whatif_keeps', verdict)}</span></div>
    <h3>${name.charAt(0).toUpperCase() + name.slice(1)}</h3>
    <p class="small soft">${label('whatif_keeps_why', verdict)}, ${t('whatif.advice_days', {n: days})} · <strong>${label('whatif_cost', cost.kind)}</strong></p>
    <div class="proposal-lead"><p class="small soft">${label('whatif_figure', PROMISED)} · ${t('whatif.now_is', {value: cell(rows, PROMISED, 'base')})}</p>
      <p class="figure">${cell(rows, PROMISED, 'changed')}</p>${promised ? bar(promised, span) : nothing}</div>
    <ul class="evidence">${shown.map((row) => {
      const at = scaleOf(row);
      return html`<li><span>${label('whatif_figure', row.figure)}</span><span class="figure nowrap"><span class="soft">${figure(row.base.value, at)} →</span> <strong>${figure(row.changed.value, at)}</strong></span>
        ${bar(row, span)}<span class="visually-hidden">${label('whatif_verdict', row.verdict)}</span></li>`;
    })}</ul>
    <ul class="chips">${shownChanges(changes).map((/** @type {any} */ change) => {
      const {what, from, to} = changeParts(change);
      return html`<li>${what} <span class="figure"><del>${from}</del> <ins>${to}</ins></span></li>`;
    })}</ul>
    <button type="button" class="button" @click=${() => openForm(set)}>${t('whatif.open_form')}</button></li>`;
}
