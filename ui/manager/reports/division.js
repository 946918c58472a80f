// @ts-check
// The period over time, and divided: by hour, officer, programme, room, channel or day.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {label, t} from '../../lib/catalogue.js';
import {duration} from '../../lib/times.js';
import {segments} from '../form.js';
import {columnChart, lyingBar, lyingRange} from './charts.js';
import {columnsOf, headsOf, permille, points} from './model.js';
import {figure, minutes, number, partText, pointText, share} from './say.js';

/** @typedef {{ctx: import('../app.js').Ctx, body: any, tables: Set<string>, by: string, choose: (by: string) => void}} Parts */

const BYS = ['hour', 'officer', 'programme', 'room', 'channel', 'day'];

/** Up to so many bars carry their figure above them. */
const WRITTEN_BARS = 16;

/** @param {Parts} parts @param {string} code */
function tableSwitch({tables, ctx}, code) {
  const on = tables.has(code);
  const flip = () => { if (on) tables.delete(code); else tables.add(code); ctx.store.update(); };
  return html`<button type="button" class="button slim quiet as-table" aria-pressed=${String(on)} @click=${flip}>${on ? t('report.as_chart') : t('report.as_table')}</button>`;
}

/** @param {Parts} parts */
export function drawOverTime(parts) {
  const {body, tables} = parts;
  const list = points(body);
  const {unit} = body;
  const name = unit === 'day' ? t('report.over_time_day') : unit === 'week' ? t('report.over_time_week') : t('report.over_time_month');
  if (list.length < 2 && unit === 'day') return nothing; // one day says nothing over time
  return html`<section class="card over-time"><header class="row spread card-head"><h2>${name}</h2>${tableSwitch(parts, 'time')}</header>
    ${tables.has('time') ? table('day', body.series.map((/** @type {any} */ row) => ({name: pointText(row.key, unit), f: row})), body.total) : pictures(list, body)}</section>`;
}

/** @param {{key: string, f: any}[]} list @param {any} body */
function pictures(list, body) {
  const few = list.length <= WRITTEN_BARS;
  const open = (/** @type {string} */ key) => body.unit === 'day' && key === body.preliminary;
  const claims = list.map(({key, f}) => ({text: '', tip: `${pointText(key, body.unit)}: ${f ? number(f.settled) : '–'}`, bar: f ? f.settled : null, open: open(key), say: few && f ? number(f.settled) : ''}));
  const waits = list.map(({key, f}) => ({text: pointText(key, body.unit), spread: f ? f.wait : null,
    tip: `${pointText(key, body.unit)}: ${f && f.wait.n > 0 ? t('report.k_spread', {p90: minutes(f.wait.p90_s), max: minutes(f.wait.max_s)}) : '–'}`}));
  const topClaims = Math.max(1, ...list.map(({f}) => f?.settled ?? 0));
  const topWaits = Math.max(body.goals.promised_wait_s, ...list.map(({f}) => f?.wait.max_s ?? 0));
  return html`<h3 class="chart-title">${t('report.c_claims')}</h3>${columnChart({columns: claims, top: topClaims, write: (n) => number(n), low: true})}
    <h3 class="chart-title">${t('report.c_wait')} <span class="small soft">${t('report.c_wait_legend')}</span></h3>
    ${columnChart({columns: waits, top: topWaits, scale: 60, write: (n) => number(n), line: {at: body.goals.promised_wait_s, text: t('report.c_goal', {goal: duration(body.goals.promised_wait_s)})}})}`;
}

/** @param {Parts} parts */
export function drawDivision(parts) {
  const {body, tables, by, choose, ctx} = parts;
  const fresh = body.by === by;
  const rows = body.rows.map((/** @type {any} */ row) => ({name: partText(body.by, row.key, ctx.name), f: row}));
  return html`<section class="card division"><header class="row spread card-head"><h2>${t('report.divide')}</h2>
      <div class="row">${segments({label: t('report.divide'), value: by, codes: BYS.map((code) => ({code, text: label('report_by', code)})), onChoose: choose})}${tableSwitch(parts, 'parts')}</div></header>
    <p class="small soft">${label('report_why', by)}</p>
    <div class=${fresh ? '' : 'waiting'}>${tables.has('parts') ? table(body.by, rows, body.total) : bars(body, rows)}</div></section>`;
}

/** @param {any} body @param {{name: string, f: any}[]} rows */
function bars(body, rows) {
  const topClaims = Math.max(1, ...rows.map(({f}) => f.settled));
  const topWait = Math.max(body.goals.promised_wait_s, ...rows.map(({f}) => f.wait.max_s));
  const has = (/** @type {string} */ code) => columnsOf(body.by).some((column) => column.code === code);
  return html`<table class="table tight parts"><thead><tr><th scope="col">${label('report_by', body.by)}</th><th scope="col" class="bar-col">${t('report.c_claims')}</th>
      <th scope="col" class="bar-col">${t('report.c_wait')}</th><th scope="col" class="end">${t('report.k_promise')}</th>
      ${has('fill') ? html`<th scope="col" class="end">${t('report.k_fill')}</th>` : nothing}${has('use') ? html`<th scope="col" class="end">${t('report.k_use')}</th>` : nothing}</tr></thead>
    <tbody>${rows.map(({name, f}) => html`<tr><th scope="row">${name}</th><td>${lyingBar({value: f.settled, top: topClaims, say: number(f.settled)})}</td>
      <td>${lyingRange({spread: f.wait, top: topWait, line: body.goals.promised_wait_s, say: f.wait.n === 0 ? '–' : `${minutes(f.wait.p50_s)} · ${minutes(f.wait.p90_s)}`})}</td>
      <td class="end figure">${some(permille(f.in_promise, f.wait.n))}</td>
      ${has('fill') ? html`<td class="end figure">${some(permille(f.taken_s, f.offer_s))}</td>` : nothing}${has('use') ? html`<td class="end figure">${some(permille(f.with_s, f.shift_s))}</td>` : nothing}</tr>`)}</tbody></table>`;
}

/** @param {number|null} value */
function some(value) {
  return value === null ? '–' : share(value);
}

/** Every figure of every part, as the files have them.
 * @param {string} by @param {{name: string, f: any}[]} rows @param {any} total */
function table(by, rows, total) {
  const columns = columnsOf(by);
  const starts = (/** @type {number} */ i) => (columns[i - 1]?.of !== columns[i].of ? 'end figure starts' : 'end figure');
  const line = (/** @type {any} */ f) => columns.map((column, i) => html`<td class=${starts(i)}>${figure(column.value(f), column.unit)}</td>`);
  return html`<div class="scroller" tabindex="0" role="region" aria-label=${t('report.as_table')}><table class="table tight figures-table"><thead>
      <tr><td></td>${headsOf(columns).map(({of, n}) => html`<th scope="colgroup" colspan=${n} class="of starts">${label('report_of', of)}</th>`)}</tr>
      <tr><th scope="col">${label('report_by', by)}</th>${columns.map((column, i) => html`<th scope="col" class=${starts(i)} title=${label('report_col', column.code)}>${label('report_short', column.code)}</th>`)}</tr></thead>
    <tbody>${rows.map(({name, f}) => html`<tr><th scope="row">${name}</th>${line(f)}</tr>`)}</tbody>
    <tfoot><tr><th scope="row">${t('report.total')}</th>${line(total)}</tr></tfoot></table></div>`;
}
