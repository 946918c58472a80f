// @ts-check
// "Janji": how well the times kept that visitors were told today, and what the branch
// has learned about its steps and its people.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {actButton} from '../../lib/act.js';
import {has, label, learn, t} from '../../lib/catalogue.js';
import {vars} from '../../lib/css.js';
import {segments} from '../form.js';
import {AIM_ERROR_S, AIM_PCT, FEW, byProgramme, factorPlace, far, flagged, inDayOrder, limitOf, offPct, profile, scored, todayOf} from './model.js';
import {ofDay} from '../what-if/say.js';
import {words} from './words.js';
import {words as roomWords} from '../rooms/words.js';

learn(words);
learn(roomWords);

/** @typedef {import('../app.js').Ctx} Ctx */
/** @typedef {import('./model.js').Figure} Figure */

const FORGET = '/api/v1/learning/forget';

/** Pause between two readings of what was learned, in milliseconds: it changes with
 * every step that ends, and nobody watches it. */
const READ_AGAIN_MS = 15_000;

const MINUTE = 60;

/** How strongly the busiest hour is coloured; the figure on it must stay readable. */
const HEAT = 0.35;

/** Signs beside the words: colour is never alone. */
const SIGNS = /** @type {Record<string, string>} */ ({held: '✓', under: '!', over: '↔', few: '…'});

/** @type {'first'|'standing'} */
let kind = 'first';
/** Steps whose officers are shown, and the reset that waits for a second press. */
const opened = new Set();
/** @type {string|null} */
let sure = null;
let readAt = 0;

/** @param {Ctx} ctx */
export function drawPromises(ctx) {
  const {shelf, view} = ctx;
  if (Date.now() - readAt > READ_AGAIN_MS) {
    readAt = Date.now();
    if (shelf.held.has('learning')) shelf.load('learning');
  }
  const report = shelf.get('learning');
  const procedures = shelf.get('policy')?.policy.procedures.procedures ?? [];
  return html`<div class="promises stack">${scoreCard(ctx, view.promises ?? null)}
    ${report ? html`${report.figures.length === 0 ? html`<section class="card"><h2>${t('promises.learned')}</h2><p class="soft">${t('promises.learned_none')}</p></section>` : learnedCard(ctx, report, procedures)}
      <div class="two-up">${habitsCard(report)}<div class="stack">${arrivalsCard(report)}${restsCard(ctx, report)}</div></div>` : waiting(ctx)}</div>`;
}

/** @param {Ctx} ctx */
function waiting({shelf}) {
  const problem = shelf.problem('learning');
  return html`<section class="card"><h2>${t('promises.learned')}</h2>
    <p class="soft">${problem?.code === 'learning_reads' ? t('promises.reading') : problem ? t('refusal.no_network') : t('feed.connecting')}</p></section>`;
}

/** Below so many seconds a step is told in seconds, and below the second a time has a
 * tenth of a minute. */
const SECONDS_BELOW = 120;
const TENTHS_BELOW = 1200;

/** A length of time in the unit that fits like, so that what stands beside each other
 * has one unit.
 * @param {number} s @param {number} [like] */
function span(s, like = s) {
  if (like < SECONDS_BELOW) return `${s} ${t('promises.s')}`;
  return minutes(s);
}

/** @param {number} s */
function minutes(s) {
  const text = (s / MINUTE).toFixed(s < TENTHS_BELOW ? 1 : 0).replace(/\.0$/, '').replace('.', t('rooms.comma'));
  return `${text} ${t('promises.min')}`;
}

/* What was promised */

/** @param {Ctx} ctx @param {any} score */
function scoreCard({store}, score) {
  const head = html`<header class="row spread card-head"><h2>${t('promises.title')}</h2>
    ${score ? segments({label: t('promises.which'), value: kind, onChoose: (code) => { kind = /** @type {any} */ (code); store.update(); },
      codes: [{code: 'first', text: t('promises.first')}, {code: 'standing', text: t('promises.stood')}]}) : nothing}</header>`;
  if (!score) return html`<section class="card">${head}<p class="soft">${t('promises.no_score')}</p></section>`;
  const {all, hours} = scored(score, kind);
  if (all.n === 0) return html`<section class="card">${head}<p class="soft">${t('promises.none_yet')}</p></section>`;
  const tooFew = all.n < FEW;
  return html`<section class="card">${head}<p class="small soft">${kind === 'standing' ? t('promises.stood_why') : t('promises.first_why')}</p>
    <dl class="figures-row">
      <div class="stat"><dt>${t('promises.error')}</dt><dd>${minutes(all.errorS)}</dd><dd class="sub">${all.errorS > AIM_ERROR_S ? html`<b class="sign">!</b> ` : nothing}${t('promises.error_aim', {span: minutes(AIM_ERROR_S)})}</dd></div>
      <div class="stat"><dt>${t('promises.inside')}</dt><dd>${all.insidePct} %</dd><dd class="sub"><b class=${`sign is-how-${all.how}`}>${SIGNS[all.how]}</b> ${label('promise_how', all.how)}</dd></div>
      <div class="stat"><dt>${t('promises.early')}</dt><dd>${all.earlyPct} %</dd><dd class="sub">${t('promises.early_why')}</dd></div>
      <div class="stat"><dt>${t('promises.late')}</dt><dd>${all.latePct} %</dd><dd class="sub">${t('promises.late_why')}</dd></div>
      <div class="stat"><dt>${t('promises.width')}</dt><dd>${minutes(all.widthS)}</dd><dd class="sub">${t('promises.width_why')}</dd></div>
      <div class="stat"><dt>${t('promises.calls')}</dt><dd>${all.n}</dd><dd class="sub">${tooFew ? t('promises.calls_few', {n: FEW}) : t('promises.calls_why')}</dd></div>
    </dl>
    <table class="table tight by-hour"><thead><tr><th scope="col">${t('promises.hour')}</th><th scope="col" class="end">${t('promises.calls')}</th><th scope="col" class="end">${t('promises.error')}</th>
      <th scope="col" class="share-col">${t('promises.inside_aim', {n: AIM_PCT})}</th><th scope="col">${t('promises.meaning')}</th><th scope="col" class="end">${t('promises.early')}</th><th scope="col" class="end">${t('promises.late')}</th></tr></thead>
      <tbody>${hours.map((/** @type {any} */ h) => html`<tr><th scope="row" class="figure">${String(h.hour).padStart(2, '0')}</th><td class="end figure">${h.n}</td><td class="end figure">${minutes(h.errorS)}</td>
        <td><div class="share-line"><div class=${`share-track how-${h.how}`} ${vars({'--share': `${h.insidePct}%`, '--mark': `${AIM_PCT}%`})} aria-hidden="true"></div><span class="figure">${h.insidePct} %</span></div></td>
        <td class="small nowrap"><b class=${`sign is-how-${h.how}`}>${SIGNS[h.how]}</b> ${label('promise_how', h.how)}</td>
        <td class="end figure">${h.earlyPct} %</td><td class="end figure">${h.latePct} %</td></tr>`)}</tbody></table></section>`;
}

/* What was learned */

/** @param {Ctx} ctx @param {any} report @param {any[]} procedures */
function learnedCard(ctx, report, procedures) {
  const marks = flagged(report.figures).length;
  return html`<section class="card learned"><header class="row spread card-head"><h2>${t('promises.learned')}</h2>${forget(ctx, {}, t('promises.forget_all'), t('promises.forget_all_sure'))}</header>
    <p class="small soft">${t('promises.learned_why')}${report.reset ? ` ${t('promises.reset_at', {date: report.reset})}` : nothing}</p>
    <p class="drifts">${report.drifts.map((/** @type {any} */ d) => html`<span>${drift(d)}</span>`)}</p>
    ${marks > 0 ? html`<p class="note">⚑ ${t('promises.flagged', {n: marks})}</p>` : nothing}
    ${report.gaps > 0 ? html`<p class="note">${t('promises.gaps', {n: report.gaps})}</p>` : nothing}
    <table class="table tight times"><thead><tr><th scope="col">${t('promises.step')}</th><th scope="col" class="end">${t('promises.catalogue')}</th><th scope="col" class="end">${t('promises.learned_col')}</th>
      <th scope="col" class="factor-col"><span class="axis-ends"><span>½×</span><span>${t('promises.catalogue')}</span><span>2×</span></span></th>
      <th scope="col" class="end">${t('promises.today')}</th><th scope="col" class="end">${t('promises.measured')}</th><th scope="col" class="end">${t('promises.weight')}</th><th scope="col"><span class="visually-hidden">${t('promises.forget')}</span></th></tr></thead>
      ${byProgramme(report.figures, procedures).map((group) => html`<tbody><tr class="group"><th colspan="7" scope="rowgroup">${group.code ? label('programme', group.code) : t('promises.spans')}${group.flagged > 0 ? html` <span class="flag">⚑ ${group.flagged}</span>` : nothing}</th>
          <td class="end">${group.code ? forget(ctx, {programme: group.code}, t('promises.forget_programme'), t('promises.forget_sure')) : nothing}</td></tr>
        ${group.steps.map((step) => html`${timeRow(ctx, step)}${opened.has(keyOf(step)) ? step.officers.map((o) => officerRow(ctx, o)) : nothing}`)}</tbody>`)}</table>
    <p class="small soft">${t('promises.excused', {n: sum(report.excused)})} ${t('promises.table_why')}</p></section>`;
}

/** @param {Record<string, number>} counts */
function sum(counts) {
  return Object.values(counts).reduce((all, n) => all + n, 0);
}

/** @param {Figure} f */
function keyOf(f) {
  return `${f.programme ?? ''}/${f.step}`;
}

/** @param {any} d */
function drift(d) {
  const who = label('promise_pace', d.who);
  if (d.n === 0) return t('promises.drift_none', {who});
  const off = d.pct - 100;
  if (off === 0) return t('promises.drift_same', {who, n: d.n});
  return off > 0 ? t('promises.drift_slower', {who, pct: off, n: d.n}) : t('promises.drift_faster', {who, pct: -off, n: d.n});
}

/** @param {number} pct */
function offText(pct) {
  if (pct === 0) return html`<span class="bounds">±0 %</span>`;
  return html`<span class="bounds">${pct > 0 ? `▲ +${pct}` : `▼ −${-pct}`} %</span>`;
}

/** @param {Figure} f */
function cells(f) {
  const off = offPct(f.learned_s, f.prior_s);
  const today = todayOf(f);
  return html`<td class="end figure">${span(f.prior_s)}</td>
    <td class="end"><span class=${far(f.learned_s, f.prior_s) ? 'figure far' : 'figure'}>${span(f.learned_s, f.prior_s)}</span>${f.n === 0 ? nothing : offText(off)}</td>
    <td>${factor(f)}</td><td class="end figure">${today === null ? html`<span class="soft">–</span>` : span(today, f.prior_s)}</td>
    <td class="end"><span class="figure">${f.n}</span><span class="bounds">${t('promises.today_n', {n: f.today_n})}</span></td>
    <td class="end figure">${f.weight_pct} %</td>`;
}

/** The catalogue in the middle, the learned time as a mark, today's as a hollow one.
 * @param {Figure} f */
function factor(f) {
  const places = {'--value': `${factorPlace(f.learned_s, f.prior_s)}%`, '--today': `${factorPlace(f.today_s, f.prior_s)}%`};
  return html`<div class=${f.clamped ? 'factor-track clamped' : 'factor-track'} ${vars(places)} aria-hidden="true">${todayOf(f) === null ? nothing : html`<i></i>`}<b></b></div>`;
}

/** @param {Figure} f */
function flags(f) {
  return html`${f.clamped ? html`<span class="flag" title=${t('promises.clamped_why')}>⚑ ${label('promise_limit', limitOf(f))}</span>` : nothing}
    ${f.absurd > 0 ? html`<span class="small soft">${t('promises.absurd', {n: f.absurd})}</span>` : nothing}`;
}

/** @param {Ctx} ctx @param {Figure & {officers: Figure[]}} step */
function timeRow(ctx, step) {
  const key = keyOf(step);
  const shown = opened.has(key);
  const toggle = () => { if (shown) opened.delete(key); else opened.add(key); ctx.store.update(); };
  return html`<tr class=${step.clamped ? 'is-flagged' : ''}><th scope="row">${step.programme ? label('step', step.step) : label('promise_span', step.step)}
      <span class="small soft">${step.who ? label('promise_who', step.who) : nothing}</span> ${flags(step)}
      ${step.officers.length === 0 ? nothing : html`<button type="button" class="link-button" aria-expanded=${String(shown)} @click=${toggle}>${shown ? '▾' : '▸'} ${t('promises.officers', {n: step.officers.length})}</button>`}</th>
    ${cells(step)}<td class="end">${step.programme ? forget(ctx, {programme: step.programme, step: step.step}, t('promises.forget'), t('promises.forget_sure')) : nothing}</td></tr>`;
}

/** @param {Ctx} ctx @param {Figure} f */
function officerRow({name}, f) {
  return html`<tr class="of-officer"><th scope="row">${name(Number(f.officer))} ${flags(f)}</th>${cells(f)}<td></td></tr>`;
}

/** A reset takes two presses, because what was learned in weeks goes with it.
 * @param {Ctx} ctx @param {{programme?: string, step?: string}} what @param {string} text @param {string} again */
function forget({store, commands, shelf}, what, text, again) {
  const key = `forget-${what.programme ?? 'all'}-${what.step ?? 'all'}`;
  const put = (/** @type {string|null} */ next) => { sure = next; store.update(); };
  if (sure !== key) return html`<button type="button" class="button slim quiet" @click=${() => put(key)}>${text}</button>`;
  return html`<span class="row sure">${actButton({store, commands, slot: key, request: {path: FORGET, body: what}, text: again, kind: 'danger slim',
      onDone: (answer) => { if (answer.ok) { put(null); shelf.load('learning'); } }})}
    <button type="button" class="button slim quiet" @click=${() => put(null)}>${t('promises.keep')}</button></span>`;
}

/* Habits */

/** @param {any} report */
function habitsCard(report) {
  const parts = [{code: 'no_show', list: report.no_show}, {code: 'missed', list: report.missed}, {code: 'papers', list: report.papers}, {code: 'walk_out', list: report.walk_out}];
  return html`<section class="card"><h2>${t('promises.habits')}</h2><table class="table tight habits"><thead><tr><td></td><th class="end">${t('promises.share')}</th><th class="end">${t('promises.guess')}</th><th class="end">${t('promises.seen')}</th></tr></thead>
    ${parts.map((part) => html`<tbody><tr class="group"><th colspan="4" scope="rowgroup">${label('promise_habit', part.code)}</th></tr>${part.list.map((/** @type {any} */ share) => html`<tr><th scope="row">${of(share.of)}</th>
      <td class="end figure"><strong>${(share.permille / 10).toFixed(1).replace('.', t('rooms.comma'))} %</strong></td><td class="end figure soft">${share.prior_pct} %</td>
      <td class="end figure soft">${t('promises.of_n', {yes: share.yes, n: share.n})}</td></tr>`)}</tbody>`)}</table></section>`;
}

/** When each officer usually takes a break: what a promise expects of noon.
 * @param {Ctx} ctx @param {any} report */
function restsCard({name}, report) {
  const breaks = inDayOrder(report.breaks);
  return html`<section class="card"><h2>${t('promises.breaks')}</h2>${breaks.length === 0 ? html`<p class="soft">${t('promises.breaks_none')}</p>`
    : html`<table class="table tight"><thead><tr><th scope="col">${t('promises.break_who')}</th><th scope="col" class="end">${t('promises.break_at')}</th><th scope="col" class="end">${t('promises.break_for')}</th><th scope="col" class="end">${t('promises.measured')}</th></tr></thead>
      <tbody>${breaks.map((one) => html`<tr><th scope="row">${name(one.officer)}</th><td class="end figure">${ofDay(one.at_s)}</td><td class="end figure">${minutes(one.for_s)}</td><td class="end figure soft">${one.n > 0 ? one.n : t('promises.break_guess')}</td></tr>`)}</tbody></table>`}
    <p class="small soft">${t('promises.breaks_why')}</p></section>`;
}

/** @param {string} code a channel, or the minutes waited */
function of(code) {
  return has(`channel.${code}`) ? label('channel', code) : t('promises.after_min', {n: code});
}

/** @param {any} report */
function arrivalsCard(report) {
  const {hours, rows, top} = profile(report.arrivals);
  return html`<section class="card"><h2>${t('promises.arrivals')}</h2>${rows.length === 0 ? html`<p class="soft">${t('promises.arrivals_none')}</p>`
    : html`<table class="table tight heat"><thead><tr><td></td>${hours.map((hour) => html`<th scope="col" class="end">${String(hour).padStart(2, '0')}</th>`)}<th scope="col" class="end">${t('promises.days')}</th></tr></thead>
      <tbody>${rows.map((row) => html`<tr><th scope="row">${label('promise_day', String(row.weekday))}</th>${row.visits.map((visits) => html`<td class="end figure" ${vars({'--heat': (visits * HEAT / Math.max(0.1, top)).toFixed(2)})}><span>${visits >= 10 ? Math.round(visits) : String(visits).replace('.', t('rooms.comma'))}</span></td>`)}
        <td class="end figure soft">${row.days}</td></tr>`)}</tbody></table><p class="small soft">${t('promises.arrivals_why')}</p>`}</section>`;
}
