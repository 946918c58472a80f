// @ts-check
// Holidays, joint leave and Ramadan: lists to type or import, and the month as the branch
// will work.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {live} from '../../vendor/lit-html/directives/live.js';
import {label, learn, t} from '../../lib/catalogue.js';
import {MAX_DATES, WEEKDAYS, monthsLater, planOn, rangeFault, readList, weeksOf, withDates} from './calendar-model.js';
import {withValue} from '../fields.js';
import {isDate} from '../reports/model.js';
import {ofDay} from '../what-if/say.js';
import {beginDay, drawSpecialDays} from './special-days.js';
import {words} from './words-hours.js';

learn(words);

const LISTS = /** @type {const} */ (['holidays', 'joint_leave']);

/** What is typed and shown here and is not part of the policy.
 * @type {{month: string, typed: Record<string, string>, said: Record<string, string>}} */
const here = {month: '', typed: {}, said: {}};

/** What this page knows beside the policy: today, whether its day is open, and who is booked.
 * @typedef {{today: string, open: boolean, bookings: {days: import('./calendar-model.js').Booked[]}|null}} Around */

/** Tells whether something here could not be. @param {any} calendar */
export function holidaysWrong(calendar) {
  return calendar.ramadan_ranges.some((/** @type {any} */ r) => rangeFault(r, calendar.ramadan_ranges) !== null);
}

/** @param {{mine: any}} form @param {() => void} update @param {Around} around @param {(code: string, set: (path: string, value: any) => void, week: string) => unknown} row */
export function drawHolidays(form, update, around, row) {
  const {today} = around;
  const set = (/** @type {string} */ path, /** @type {any} */ value) => { form.mine = withValue(form.mine, path, value); update(); };
  const {calendar} = form.mine;
  return html`<section class="card stack" id="group-holidays"><h2>${t('hours.title')}</h2><p class="small soft">${t('hours.why')}</p>
    <div class="holiday-lists">${LISTS.map((code) => dateList(calendar, code, set, update, today))}</div>
    ${drawSpecialDays({...around, calendar, update, dayText, put: (list) => set('calendar.exceptions', list)})}
    <h3>${t('hours.ramadan')}</h3>${ranges(calendar, set)}
    <details class="fold"><summary>${t('hours.ramadan_week')}</summary><table class="table tight hours">${headRow()}<tbody>${WEEKDAYS.map((day) => row(day, set, 'ramadan'))}</tbody></table></details>
    ${month(calendar, today, update)}</section>`;
}

export function headRow() {
  return html`<thead><tr><th>${t('policy.week')}</th><th>${t('policy.works')}</th><th>${t('policy.gate')}</th><th>${t('policy.open')}</th><th>${t('hours.break')}</th><th>${t('policy.last')}</th><th>${t('policy.close')}</th></tr></thead>`;
}

/** @param {any} calendar @param {'holidays'|'joint_leave'} code @param {(path: string, value: any) => void} set @param {() => void} update @param {string} today */
function dateList(calendar, code, set, update, today) {
  /** @type {string[]} */
  const list = calendar[code];
  const path = `calendar.${code}`;
  const past = list.filter((date) => date < today).length;
  const add = (/** @type {Event} */ e) => {
    e.preventDefault();
    const date = here.typed[code] ?? '';
    here.said[code] = isDate(date) ? '' : t('hours.need_date');
    if (isDate(date)) { here.typed[code] = ''; set(path, withDates(list, [date])); } else update();
  };
  const take = async (/** @type {any} */ e) => {
    const file = e.target.files?.[0];
    e.target.value = '';
    if (!file) return;
    const read = readList(await file.text());
    if (read.fault) here.said[code] = label('hours_fault', read.fault.code, {line: read.fault.line, most: MAX_DATES});
    else {
      const next = withDates(list, read.dates);
      here.said[code] = next.length > MAX_DATES ? label('hours_fault', 'too_many', {most: MAX_DATES}) : t('hours.read', {n: next.length - list.length, all: read.dates.length});
      if (next.length <= MAX_DATES) return set(path, next);
    }
    return update();
  };
  return html`<div class="date-list"><h3>${label('hours_list', code)} <span class="soft">${list.length}</span></h3>
    ${list.length === 0 ? html`<p class="small soft">${t('hours.none')}</p>` : html`<ul class="chips">${list.filter((date) => date >= today).map((date) => html`<li><span class="figure">${dayText(date)}</span>
      <button type="button" class="link-button" aria-label=${t('hours.remove', {date})} @click=${() => set(path, list.filter((d) => d !== date))}>×</button></li>`)}</ul>`}
    ${past > 0 ? html`<p class="small soft">${t('hours.past', {n: past})} <button type="button" class="link-button" @click=${() => set(path, list.filter((d) => d >= today))}>${t('hours.forget_past')}</button></p>` : nothing}
    <form class="row" novalidate @submit=${add}><input class="input slim-input" type="date" aria-label=${label('hours_list', code)} .value=${live(here.typed[code] ?? '')} @input=${(/** @type {any} */ e) => { here.typed[code] = e.target.value; }}>
      <button class="button slim">${t('hours.add')}</button>
      <label class="button slim import">${t('hours.import')}<input class="visually-hidden" type="file" accept=".csv,.txt,.ics,text/csv,text/calendar" @change=${take}></label></form>
    ${here.said[code] ? html`<p class="small" role="status">${here.said[code]}</p>` : nothing}</div>`;
}

/** @param {string} date */
function dayText(date) {
  const [year, month, day] = date.split('-');
  return `${Number(day)} ${label('month', month)} ${year}`;
}

/** @param {any} calendar @param {(path: string, value: any) => void} set */
function ranges(calendar, set) {
  /** @type {{from: string, until: string}[]} */
  const list = calendar.ramadan_ranges;
  const put = (/** @type {{from: string, until: string}[]} */ next) => set('calendar.ramadan_ranges', next);
  const input = (/** @type {number} */ i, /** @type {'from'|'until'} */ end, /** @type {string} */ text) => html`<label class="own-date"><span class="small soft">${text}</span><input class="input slim-input" type="date" .value=${live(list[i][end])}
    @change=${(/** @type {any} */ e) => put(list.map((r, k) => (k === i ? {...r, [end]: e.target.value} : r)))}></label>`;
  return html`<div class="stack ranges">${list.map((range, i) => {
    const fault = rangeFault(range, list);
    return html`<div class="row">${input(i, 'from', t('hours.from'))}${input(i, 'until', t('hours.to'))}
      <button type="button" class="button slim quiet" @click=${() => put(list.filter((_, k) => k !== i))}>${t('hours.remove_range')}</button>
      ${fault ? html`<span class="wrong" role="alert">${label('hours_range', fault)}</span>` : nothing}</div>`;
  })}<p><button type="button" class="button slim" @click=${() => put([...list, {from: '', until: ''}])}>${t('hours.add_range')}</button></p></div>`;
}

/** The month as the branch will work, with the rule of each day.
 * @param {any} calendar @param {string} today @param {() => void} update */
function month(calendar, today, update) {
  if (!here.month) here.month = today.slice(0, 7);
  const go = (/** @type {number} */ n) => { here.month = monthsLater(here.month, n); update(); };
  const [year, number] = here.month.split('-');
  return html`<div class="month"><div class="stepper"><button type="button" class="button slim" aria-label=${t('hours.earlier')} @click=${() => go(-1)}>‹</button>
      <h3 class="period">${label('month', number)} ${year}</h3><button type="button" class="button slim" aria-label=${t('hours.later')} @click=${() => go(1)}>›</button></div>
    <table class="month-grid"><thead><tr>${WEEKDAYS.map((day) => html`<th scope="col">${label('weekday', day)}</th>`)}</tr></thead>
      <tbody>${weeksOf(here.month).map((week) => html`<tr>${week.map((date) => (date ? cell(calendar, date, today, update) : html`<td class="outside"></td>`))}</tr>`)}</tbody></table></div>`;
}

/** @param {any} calendar @param {string} date @param {string} today @param {() => void} update */
function cell(calendar, date, today, update) {
  const now = date === today;
  const begin = () => {
    beginDay(calendar, date);
    update();
    document.getElementById('special-days')?.scrollIntoView({behavior: 'smooth', block: 'center'});
  };
  const {open, why, plan} = planOn(calendar, date);
  const pause = open ? (plan.breaks ?? []).map((/** @type {any} */ b) => `${ofDay(b.from_s)}–${ofDay(b.until_s)}`).join(', ') : '';
  return html`<td class=${`${open ? 'works' : 'rests'} by-${why}${now ? ' today' : ''}`}>${date < today ? html`<span class="day-no figure">${Number(date.slice(8))}</span>`
    : html`<button type="button" class="day-no figure" aria-label=${t('special.change_day', {date: dayText(date)})} @click=${begin}>${Number(date.slice(8))}</button>`}
    ${open ? html`<span class="figure">${ofDay(plan.open_s)}–${ofDay(plan.close_s)}</span>${pause ? html`<span class="small soft">${t('hours.break')}</span><span class="small soft figure nowrap">${pause}</span>` : nothing}` : nothing}
    ${why === 'weekly' ? nothing : html`<span class="small rule">${label('hours_rule', why)}</span>`}</td>`;
}
