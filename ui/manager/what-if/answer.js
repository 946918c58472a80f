// @ts-check
// The answer beside today: one sentence, the figures with their differences drawn on one
// scale, the waits by hour, and where to enter the values.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {repeat} from '../../vendor/lit-html/directives/repeat.js';
import {has, label, t} from '../../lib/catalogue.js';
import {vars} from '../../lib/css.js';
import {segments} from '../form.js';
import {propose} from './proposals.js';
import {binding, byWhom, changed, fair, grouped, leadOf, placeOf, rowOf, spanOf, tally, toEnter, topOf, worseOf} from './model.js';
import {about, bounds, changeParts, demandFrom, shownChanges, figure, gapScale, inShort, number, rowScale, scaleOf, signed, staffText} from './say.js';

/** @typedef {import('../app.js').Ctx} Ctx */
/** @typedef {import('./model.js').Row} Row */

/** The waits that may be told by channel and party, in the order of their buttons. */
const WAITS = ['wait_p95_s', 'wait_mean_s', 'wait_p50_s', 'wait_max_s'];

/** Signs beside the words of a verdict: colour is never alone. */
const SIGNS = /** @type {Record<string, string>} */ ({better: '▲', worse: '▼', differs: '◆', same: '=', unsure: '≈'});

/** Figures that got worse are named up to this many; the table has them all. */
const NAMED = 3;

/** Notes that the line of the basis says already. */
const SAID = ['catalogue_demand', 'officers_of_last_day', 'officers_assumed'];

/** Shares that cannot be more than all. */
const WHOLE = ['served_pct', 'officer_busy_pct', 'seat_busy_pct'];

let whose = WAITS[0];

/** @param {Ctx} ctx @param {any} entry with an answer @param {import('./model.js').Base} base */
export function drawAnswer(ctx, entry, base) {
  const {question} = entry;
  const answer = {...entry.answer, rows: fair(entry.answer.rows, question)};
  const rooms = base.rooms.length;
  if (answer.rows.length === 0) return html`<section class="card"><p class="soft">${t('whatif.no_rows')}</p></section>`;
  const span = spanOf(answer.rows.filter((/** @type {Row} */ row) => row.of === 'all'));
  return html`${lead(answer, question, rooms)}
    <section class="card sides"><table class="table tight side-by-side"><thead>${head(answer)}</thead>
      ${grouped(answer.rows).map((group) => html`<tbody><tr class="group"><th colspan=${answer.day ? 6 : 5} scope="rowgroup">${label('whatif_group', group.code)}</th></tr>
        ${repeat(group.rows, (/** @type {Row} */ row) => row.figure, (/** @type {Row} */ row) => oneRow(row, span, Boolean(answer.day), figureName(row)))}</tbody>`)}</table>
      <p class="small soft">${t('whatif.axis_span', {n: span})}</p></section>
    ${answer.day || !question.changes ? nothing : bindingCard(base, question.changes)}
    <div class="two-up">${whomCard(ctx, answer)}${hoursCard(answer)}</div>
    ${entry.question.changes ? enterCard(ctx, entry.question.changes) : nothing}`;
}

/** @param {any} answer @param {any} question @param {number} rooms */
function lead(answer, question, rooms) {
  const found = leadOf(answer);
  const list = inShort(changed(question.changes, answer.changes), rooms);
  const what = list.length === 1 ? list[0] : t('whatif.these_changes', {n: list.length});
  const worse = worseOf(answer.rows);
  const named = worse.slice(0, NAMED).map((row) => worseText(row)).join('; ');
  const count = tally(answer.rows);
  const when = answer.day ? t('whatif.when_day') : t('whatif.when_now');
  const times = {what, when, to: about(found?.to ?? 0), from: about(found?.from ?? 0)};
  const text = !found ? '' : found.verdict === 'better' ? t('whatif.lead_better', times) : found.verdict === 'worse' ? t('whatif.lead_worse', times)
    : found.verdict === 'same' ? t('whatif.lead_same', times) : t('whatif.lead_unsure', times);
  return html`<section class=${`card lead is-${found?.verdict ?? 'unsure'}`}>
    <div class="lead-sign" aria-hidden="true">${SIGNS[found?.verdict ?? 'unsure']}</div>
    <div class="stack"><h2>${text}</h2>
      <ul class="chips">${shownChanges(answer.changes).map((/** @type {any} */ change) => {
        const {what: name, from, to} = changeParts(change);
        return html`<li>${name} <span class="figure"><del>${from}</del> <ins>${to}</ins></span></li>`;
      })}</ul>
      <p>${worse.length > 0 ? html`<strong class="warn">${found?.verdict === 'worse' ? t('whatif.also_worse', {list: named}) : t('whatif.but_worse', {list: named})}</strong>`
        : t('whatif.nothing_worse')} <span class="soft">${t('whatif.tally', count)}</span></p>
      ${basisLine(answer)}</div></section>`;
}

/** @param {Row} row */
function worseText(row) {
  const at = scaleOf(row);
  return `${figureName(row).toLowerCase()} ${figure(row.base.value, at)} → ${figure(row.changed.value, at)}`;
}

/** Where the days come from, and everything else that the figures rest on.
 * @param {any} answer */
export function basisLine(answer) {
  const {demand, times, staff, days, day, notes} = answer;
  const basis = day ? t('whatif.basis_day', {day, visits: demand.visits, days}) : t('whatif.basis_fresh', {days, visits: demand.visits});
  const from = demand.from === 'day' ? '' : ` (${demandFrom(demand)})`;
  return html`<p class="small soft">${basis}${from}. ${label('whatif_times', times.from, {n: times.measured_pct})}
    ${staff ? html`${t('whatif.basis_staff', {n: staff.serving})} ${staffText(staff)}` : nothing}
    ${days === 1 ? html`<strong>${label('whatif_note', 'one_day')}</strong>` : nothing}</p>
    ${notes.filter((/** @type {string} */ code) => !SAID.includes(code)).map((/** @type {string} */ code) => html`<p class="note small">${label('whatif_note', code)}</p>`)}`;
}

/** @param {Row} row */
function figureName(row) {
  return label('whatif_figure', row.figure);
}

/** What the side is called that has no changes: of a past day the branch as it was then.
 * @param {any} answer */
function nowName(answer) {
  return answer.day ? t('whatif.col_day') : t('whatif.col_now');
}

/** @param {any} answer */
function head(answer) {
  return html`<tr><th scope="col">${t('whatif.col_figure')}</th>${answer.day ? html`<th scope="col" class="end">${t('whatif.col_really')}</th>` : nothing}
    <th scope="col" class="end">${nowName(answer)}</th><th scope="col" class="end">${t('whatif.col_then')}</th>
    <th scope="col" class="axis"><span class="axis-name">${t('whatif.col_difference')}</span>
      <span class="axis-ends"><span>◂ ${t('whatif.axis_worse')}</span><span>${t('whatif.axis_better')} ▸</span></span></th>
    <th scope="col">${t('whatif.col_means')}</th></tr>`;
}

/** @param {Row} row @param {number} span @param {boolean} past @param {string} name */
function oneRow(row, span, past, name) {
  const at = scaleOf(row);
  const gap = gapScale(row, at);
  const top = WHOLE.includes(row.figure) ? 100 : Infinity;
  const side = (/** @type {any} */ interval) => html`<span class="figure">${figure(interval.value, at)}</span>
    <span class="bounds">${interval.low === interval.high ? nothing : bounds(interval, at, top)}</span>`;
  return html`<tr class=${`v-${row.verdict}`}><th scope="row">${name}${explained(row.figure)}</th>
    ${past ? html`<td class="end figure">${row.really === undefined ? '–' : figure(row.really, at)}</td>` : nothing}
    <td class="end">${side(row.base)}</td><td class="end then-cell">${side(row.changed)}</td>
    <td>${bar(row, span)}</td>
    <td class="means"><strong><span aria-hidden="true">${SIGNS[row.verdict] ?? ''}</span> ${label('whatif_verdict', row.verdict)}</strong>
      <span class="bounds">${row.verdict === 'same' ? nothing : html`${signed(row.difference.value, gap)} <span class="nowrap">(${number(row.difference.low, gap)} … ${number(row.difference.high, gap)})</span>`}</span></td></tr>`;
}

/** Few figures need a sentence beside their name.
 * @param {string} code */
function explained(code) {
  return has(`whatif_figure_why.${code}`) ? html`<span class="small soft">${label('whatif_figure_why', code)}</span>` : nothing;
}

/** The difference on its scale: the middle is none, the bar its interval, the mark its
 * value; an arrow where the interval goes on beyond the scale.
 * @param {Row} row @param {number} span */
export function bar(row, span) {
  const at = placeOf(row, span);
  const places = {'--low': `${at.low}%`, '--width': `${Math.max(0, at.high - at.low)}%`, '--value': `${at.value}%`};
  return html`<div class=${`diff-track v-${row.verdict}${at.cutLow ? ' cut-low' : ''}${at.cutHigh ? ' cut-high' : ''}`} ${vars(places)} aria-hidden="true"><i></i><b></b></div>`;
}

/** What was worked out last: which seats a distance leaves takes a search, and the page is
 * drawn every second.
 * @type {{key: string, rooms: ReturnType<typeof binding>}} */
let bound = {key: '', rooms: []};

/** What binds in each room: the answer to "why not more?".
 * @param {import('./model.js').Base} base @param {any} set */
function bindingCard(base, set) {
  const key = JSON.stringify([base.policy.version, base.rooms.map((room) => [room.id, room.version]), set]);
  if (bound.key !== key) bound = {key, rooms: binding(base, set)};
  if (bound.rooms.length === 0) return nothing;
  const side = (/** @type {any} */ c) => (c ? html`<strong class="figure">${c.persons}</strong> <span class="small soft">${label('limit', c.binds)}</span>` : html`<span class="soft">${t('whatif.out_of_use')}</span>`);
  return html`<section class="card binding"><div><h2>${t('whatif.binding')}</h2><p class="small soft">${t('whatif.binding_why')}</p></div>
    <ul>${bound.rooms.map((one) => html`<li class=${one.then?.persons === one.now.persons && one.then.binds === one.now.binds ? '' : 'differs'}><span>${t('words.room_no', {n: one.room})}</span>
      <span>${side(one.now)}</span><span aria-hidden="true">→</span><span>${side(one.then)}</span></li>`)}</ul></section>`;
}

/** @param {Ctx} ctx @param {any} answer */
function whomCard({store}, answer) {
  const rows = byWhom(answer.rows, whose);
  if (rows.length === 0) return nothing;
  const span = spanOf(rows);
  return html`<section class="card"><h2>${t('whatif.of_whom')}</h2>
    ${segments({label: t('whatif.of_whom'), value: whose, onChoose: (code) => { whose = code; store.update(); },
      codes: WAITS.filter((code) => byWhom(answer.rows, code).length > 0).map((code) => ({code, text: label('whatif_wait', code)}))})}
    <table class="table tight whom"><thead><tr><td></td><th class="end">${nowName(answer)}</th><th class="end">${t('whatif.col_then')}</th><th class="axis"><span class="axis-ends"><span>◂ ${t('whatif.axis_worse')}</span><span>${t('whatif.axis_better')} ▸</span></span></th><th class="end">${t('whatif.col_gap')}</th></tr></thead>
      <tbody>${rows.map((row) => {
        const at = scaleOf(row);
        return html`<tr class=${`v-${row.verdict}`}><th scope="row">${label('whatif_of', row.of)}</th><td class="end figure">${figure(row.base.value, at)}</td>
          <td class="end figure then-cell">${figure(row.changed.value, at)}</td><td>${bar(row, span)}</td>
          <td class="means end figure"><strong title=${label('whatif_verdict', row.verdict)}>${signed(row.difference.value, gapScale(row, at))} <span aria-hidden="true">${SIGNS[row.verdict] ?? ''}</span></strong><span class="visually-hidden">${label('whatif_verdict', row.verdict)}</span></td></tr>`;
      })}</tbody></table></section>`;
}

/** @param {any} answer */
function hoursCard(answer) {
  if (answer.hours.length === 0) return nothing;
  const top = Math.max(1, topOf(answer.hours));
  const at = rowScale('wait_mean_s', top);
  const share = (/** @type {number} */ s) => ({'--share': `${(s * 100) / top}%`});
  return html`<section class="card"><h2>${t('whatif.hours_title')}</h2>
    <div class="hour-key small"><span class="key-now">${nowName(answer)}</span><span class="key-then">${t('whatif.col_then')}</span></div>
    <div class="hour-bars" aria-hidden="true">${answer.hours.map((/** @type {any} */ h) => html`<div class="hour">
      <div class="hour-pair"><span class="hour-now" ${vars(share(h.base_s))}></span><span class="hour-then" ${vars(share(h.changed_s))}></span></div>
      <span class="figure">${String(h.hour).padStart(2, '0')}</span></div>`)}</div>
    <details><summary class="small">${t('whatif.as_table')}</summary><table class="table tight"><thead><tr><th>${t('whatif.hour')}</th><th class="end">${t('whatif.arrived')}</th><th class="end">${nowName(answer)}</th><th class="end">${t('whatif.col_then')}</th></tr></thead>
      <tbody>${answer.hours.map((/** @type {any} */ h) => html`<tr><td class="figure">${String(h.hour).padStart(2, '0')}</td><td class="end figure">${h.arrived}</td>
        <td class="end figure">${figure(h.base_s, at)}</td><td class="end figure">${figure(h.changed_s, at)}</td></tr>`)}</tbody></table></details></section>`;
}

/** Where the values belong: nothing is changed from here.
 * @param {Ctx} ctx @param {any} set */
export function enterCard(ctx, set) {
  const where = toEnter(set);
  const fill = () => { propose(where.policy); ctx.go('policy'); };
  const rooms = where.rooms.map((/** @type {any} */ room) => room.room);
  if (where.policy.length + rooms.length === 0 && !where.hours && where.officers === null) return nothing;
  return html`<section class="card enter"><div><h2>${t('whatif.enter_title')}</h2><p class="small soft">${t('whatif.enter_why')}</p></div>
    <div class="row">${where.policy.length > 0 ? html`<button type="button" class="button" @click=${fill}>${t('whatif.enter_policy')}</button>` : nothing}
      ${rooms.map((/** @type {number} */ id) => html`<a class="button" href=${`#rooms/${id}`}>${t('whatif.enter_room', {n: id})}</a>`)}
      ${where.hours ? html`<a class="button" href="#policy/hours">${t('whatif.enter_hours')}</a>` : nothing}
      ${where.officers === null ? nothing : html`<a class="button" href="#staff">${t('whatif.enter_staff')}</a>`}</div></section>`;
}

/** The figures of one question that stand in a list beside others.
 * @param {Row[]} rows @param {string} code @param {'base'|'changed'} side */
export function cell(rows, code, side) {
  const row = rowOf(rows, code);
  if (!row) return '–';
  return figure(row[side].value, scaleOf(row));
}
