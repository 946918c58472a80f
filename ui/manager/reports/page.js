// @ts-check
// Reports: any period in figures, pictures and tables; as a file, and on paper.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {ask} from '../../lib/ask.js';
import {label, language, t} from '../../lib/catalogue.js';
import {clock, dateText, duration} from '../../lib/times.js';
import {checkField, segments} from '../form.js';
import {drawDivision, drawOverTime} from './division.js';
import {HEAD, change, faultOf, moved, periodAt, periodOf, placeOf, questionOf} from './model.js';
import {figure, longDay, minutesText, number, periodText, share} from './say.js';
import {drawEndings, drawFairness, drawMultiplier, drawSurvey} from './side.js';

/** @typedef {import('../app.js').Ctx} Ctx */
/** @typedef {import('./model.js').Period} Period */

const PATH = '/api/v1/reports';

/** How often a report with today in it is made again, while somebody looks at it. */
const AGAIN_MS = 30_000;

/** The division, the comparison, and which pictures are shown as tables.
 * @type {{by: string, compare: boolean, tables: Set<string>, from: string, to: string}} */
const chosen = {by: 'hour', compare: true, tables: new Set(), from: '', to: ''};

/** What is known of the report that was asked for last.
 * @type {{key: string, body: any, problem: any, busy: boolean, at: number}} */
const held = {key: '', body: null, problem: null, busy: false, at: 0};

/** Today at the branch, also before the first day was opened, or at the PC where no view
 * says.
 * @param {Ctx} ctx */
function today({view}) {
  return view?.today?.date ?? new Date().toISOString().slice(0, 10);
}

/** @param {Ctx} ctx */
export function drawReports(ctx) {
  const period = periodAt(ctx.place, today(ctx));
  load(ctx, period);
  const body = held.body;
  return html`<div class="reports">${toolbar(ctx, period)}
    ${body ? content(ctx, period, body) : held.problem ? failed(ctx, period) : html`<p class="empty">${t('report.loading')}</p>`}</div>`;
}

/** Asks for the report that the page is about, once, and now and then when today is in it.
 * @param {Ctx} ctx @param {Period} period @param {boolean} [again] */
function load(ctx, period, again = false) {
  const key = String(questionOf(period, chosen.by, chosen.compare));
  const old = held.body?.preliminary && Date.now() - held.at > AGAIN_MS;
  if (held.busy || (key === held.key && !again && !old)) return;
  // Another division of the same period keeps the figures in sight; another period does not.
  const same = held.body?.from === period.from && held.body?.to === period.to;
  Object.assign(held, {key, busy: true, body: same ? held.body : null, problem: null, at: Date.now()});
  ask(`${PATH}?${key}`).then((answer) => {
    held.busy = false;
    if (answer.ok) Object.assign(held, {body: answer.body, problem: null});
    else held.problem = answer.problem;
    held.at = Date.now();
    ctx.store.update();
  });
}

/* The bar above */

/** @param {Ctx} ctx @param {Period} period */
function toolbar(ctx, period) {
  const go = (/** @type {Period} */ to) => ctx.go(placeOf(to));
  const spans = /** @type {const} */ (['day', 'week', 'month', 'own']);
  const choose = (/** @type {string} */ span) => {
    if (span === 'own') Object.assign(chosen, {from: period.from, to: period.to});
    go(span === 'own' ? {span, from: period.from, to: period.to} : periodOf(/** @type {any} */ (span), period.from <= today(ctx) && today(ctx) <= period.to ? today(ctx) : period.from));
  };
  const later = moved(period, 1);
  return html`<header class="report-bar"><div class="row">
      ${segments({label: t('report.period'), value: period.span, codes: spans.map((code) => ({code, text: label('report_span', code)})), onChoose: choose})}
      ${period.span === 'own' ? ownPeriod(ctx, period) : html`<div class="stepper"><button type="button" class="button slim" aria-label=${t('report.earlier')} @click=${() => go(moved(period, -1))}>‹</button>
        <h2 class="period">${periodText(period)}</h2>
        <button type="button" class="button slim" aria-label=${t('report.later')} ?disabled=${later.from > today(ctx)} @click=${() => go(later)}>›</button></div>`}</div>
    <div class="row push">${checkField({label: t('report.compare'), on: chosen.compare, onChange: (on) => { chosen.compare = on; ctx.store.update(); }})}
      ${files(period)}</div></header>`;
}

/** @param {Period} period */
function files(period) {
  const lang = language();
  const at = (/** @type {string} */ kind, /** @type {string} */ more) => `${PATH}.${kind}?${questionOf(period, chosen.by, false)}&lang=${lang}${more}`;
  const off = !held.body || held.body.days.length === 0;
  if (off) return nothing;
  const csv = lang === 'id' ? at('csv', '&separator=semicolon') : at('csv', '');
  return html`<span class="files"><a class="button slim" href=${csv} download title=${lang === 'id' ? t('report.csv_excel') : nothing}>${t('report.csv')}</a>
    <a class="button slim" href=${at('xlsx', '')} download>${t('report.xlsx')}</a>
    <button type="button" class="button slim" @click=${() => print()}>${t('report.print')}</button></span>`;
}

/** @param {Ctx} ctx @param {Period} period */
function ownPeriod(ctx, period) {
  if (!chosen.from && !chosen.to) Object.assign(chosen, {from: period.from, to: period.to});
  const fault = faultOf(chosen.from, chosen.to);
  const wrong = fault === 'need_date' ? t('report.need_date') : fault === 'wrong_order' ? t('report.wrong_order') : fault === 'too_long' ? t('report.too_long') : '';
  const input = (/** @type {'from'|'to'} */ end, /** @type {string} */ text) => html`<label class="own-date"><span class="small soft">${text}</span><input class="input slim-input" type="date" .value=${chosen[end]} aria-invalid=${String(Boolean(fault))}
    aria-describedby="own-wrong" @change=${(/** @type {any} */ e) => { chosen[end] = e.target.value; ctx.store.update(); }}></label>`;
  const send = (/** @type {Event} */ e) => {
    e.preventDefault();
    if (!fault) ctx.go(placeOf({span: 'own', from: chosen.from, to: chosen.to}));
  };
  return html`<h2 class="period print-only">${periodText(period)}</h2><form class="own-period" novalidate @submit=${send}>${input('from', t('report.from'))}${input('to', t('report.to'))}
    <button class="button slim" ?disabled=${Boolean(fault)}>${t('report.show')}</button><span class="wrong" id="own-wrong" role="alert">${wrong}</span></form>`;
}

/* The report */

/** @param {Ctx} ctx @param {Period} period */
function failed(ctx, period) {
  const reading = held.problem?.code === 'reports_reading';
  if (reading) setTimeout(() => load(ctx, period, true), 3000);
  return html`<div class="empty stack"><p>${reading ? t('report.loading') : t('report.failed')}</p>
    ${reading ? nothing : html`<p><button type="button" class="button" @click=${() => { load(ctx, period, true); ctx.store.update(); }}>${t('manager.again')}</button></p>`}</div>`;
}

/** What it is and whose, on paper: the name that stands on tickets, which managers may read.
 * @param {Ctx} ctx */
function titleOf({session, shelf}) {
  const branch = session?.demo || session?.role === 'manager' ? shelf.get('printing')?.branch : '';
  return html`<strong class="print-branch">${t('report.on_paper')}${branch ? `, ${branch}` : ''}</strong>`;
}

/** @param {Ctx} ctx @param {Period} period @param {any} body */
function content(ctx, period, body) {
  if (body.days.length === 0) return nothingThere(ctx, body);
  const parts = {ctx, body, tables: chosen.tables, by: chosen.by, choose: (/** @type {string} */ by) => { chosen.by = by; ctx.store.update(); }};
  return html`<p class="print-only">${titleOf(ctx)} ${t('report.printed', {date: dateText(ctx.now), clock: clock(ctx.now)})}</p>${notes(body)}${head(body)}
    <div class=${chosen.tables.size > 0 ? 'report-grid has-table' : 'report-grid'}><div class="stack">${drawOverTime(parts)}${drawDivision(parts)}</div>
      <aside class="stack">${drawMultiplier(body)}${drawFairness(body)}${drawEndings(body)}${drawSurvey(body)}</aside></div>`;
}

/** @param {Ctx} ctx @param {any} body */
function nothingThere(ctx, {kept}) {
  const some = kept.days > 0;
  return html`<section class="card empty-card stack"><h2>${t('report.empty')}</h2>
    <p class="soft">${some ? t('report.empty_why', {first: longDay(kept.first), last: longDay(kept.last)}) : t('report.empty_none')}</p>
    ${some ? html`<p><button type="button" class="button primary" @click=${() => ctx.go(placeOf(periodOf('day', kept.last)))}>${t('report.go_last')}</button></p>` : nothing}</section>`;
}

/** What a reader must know before the figures. @param {any} body */
function notes(body) {
  const list = [
    held.problem ? t('report.older', {clock: clock(body.at)}) : '',
    body.preliminary ? t('report.preliminary', {clock: clock(body.at)}) : '',
    body.partial > 0 ? t('report.partial', {n: body.partial}) : '',
  ].filter(Boolean);
  return list.length === 0 ? nothing : html`<p class="note report-note">${list.join(' ')}</p>`;
}

/** The six figures of the period. @param {any} body */
function head(body) {
  const f = body.total;
  const subs = /** @type {Record<string, unknown>} */ ({
    served: html`${t('report.k_served_sub', {visits: number(f.visits), persons: number(f.persons)})}${body.days.length > 1 ? html`, ${t('report.days_n', {n: body.days.length})}` : nothing}`, wait: spreadSub(f.wait), door: spreadSub(f.door),
    promise: t('report.k_promise_sub', {goal: duration(body.goals.promised_wait_s)}), fill: t('report.k_fill_sub'), use: body.multiplier.early ? t('now.early') : t('report.k_use_sub', {rate: figure(f.rate_x100, 'rate')}),
  });
  const titles = /** @type {Record<string, string>} */ ({served: t('report.k_served'), wait: t('report.k_wait'), door: t('report.k_door'),
    promise: t('report.k_promise'), fill: t('report.k_fill'), use: t('report.k_use')});
  return html`<section class="card report-head"><dl>${HEAD.map((one) => {
    const value = one.value(f);
    return html`<div class="stat"><dt>${titles[one.code]}</dt><dd>${value === null ? '–' : one.unit === 'minutes' ? minutesText(value) : figure(value, one.unit)}</dd>
      <dd class="sub">${subs[one.code]}</dd>${delta(body, one, value)}</div>`;
  })}</dl></section>`;
}

/** @param {import('./model.js').Spread} s */
function spreadSub(s) {
  return s.n === 0 ? '' : t('report.k_spread', {p90: minutesText(s.p90_s), max: minutesText(s.max_s)});
}

/** Against the period before: an arrow, by how much, and what stood there. Colour only
 * repeats what the arrow and the words say.
 * @param {any} body @param {typeof HEAD[number]} one @param {number|null} value */
function delta(body, one, value) {
  const before = body.compare;
  if (!before) return nothing;
  if (before.days === 0) return one.code === 'served' ? html`<dd class="delta none-before">${t('report.no_before')}</dd>` : nothing;
  const was = one.value(before.total);
  const by = change(value, was, one.better);
  if (!by || was === null) return nothing;
  const text = one.unit === 'share' ? number(Math.abs(by.by) / 10, 1) : one.unit === 'minutes' ? minutesText(Math.abs(by.by)) : number(Math.abs(by.by));
  const how = by.good > 0 ? 'is-good' : by.good < 0 ? 'is-bad' : '';
  const was_ = one.unit === 'share' ? share(was) : one.unit === 'minutes' ? minutesText(was) : number(was);
  return html`<dd class=${`delta ${how}`}>${by.by === 0 ? t('report.same') : html`${by.by > 0 ? '▲' : '▼'} ${text}`} <span class="soft">${t('report.before', {value: was_})}</span></dd>`;
}

