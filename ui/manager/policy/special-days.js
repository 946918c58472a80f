// @ts-check
// Single days that run otherwise: closed, open on a holiday, or with hours of their own.
// They are part of the policy, so they bind once it is saved and stand in its history.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {live} from '../../vendor/lit-html/directives/live.js';
import {label, t} from '../../lib/catalogue.js';
import {MAX_DATES, REASONS, dayFault, effectOn, planOn, startOf, withDay, withoutDay} from './calendar-model.js';
import {secondOf} from '../fields.js';
import {segments} from '../form.js';
import {isDate} from '../reports/model.js';
import {timeField} from '../time-field.js';
import {ofDay} from '../what-if/say.js';

/** @typedef {import('./calendar-model.js').Special} Special */
/** @typedef {{days: import('./calendar-model.js').Booked[]}|null} Bookings */
/** @typedef {{calendar: any, today: string, open: boolean, bookings: Bookings, put: (list: Special[]) => void, update: () => void, dayText: (date: string) => string}} Part */

/** The day that is written down here and is not in the list yet.
 * @type {Special|null} */
let draft = null;
/** The date that is changed, '' for a new one. */
let before = '';

const POINTS = /** @type {const} */ ([['gate_s', 'gate'], ['open_s', 'open'], ['last_ticket_s', 'last'], ['close_s', 'close']]);

/** @param {string} key */
const pointName = (key) => ({gate: t('policy.gate'), open: t('policy.open'), last: t('policy.last'), close: t('policy.close')})[key] ?? '';

/** Begins with a day of the month's table. @param {any} calendar @param {string} date */
export function beginDay(calendar, date) {
  before = (calendar.exceptions ?? []).some((/** @type {Special} */ e) => e.date === date) ? date : '';
  draft = startOf(calendar, date);
}

/** @param {Part} part */
export function drawSpecialDays(part) {
  const {calendar, today, put, update} = part;
  /** @type {Special[]} */
  const list = [...(calendar.exceptions ?? [])].sort((a, b) => a.date.localeCompare(b.date));
  const coming = list.filter((e) => e.date >= today);
  const past = list.length - coming.length;
  return html`<div class="stack special" id="special-days"><h3>${t('special.title')} <span class="soft">${coming.length}</span></h3><p class="small soft">${t('special.why')}</p>
    ${coming.length === 0 ? html`<p class="small soft">${t('hours.none')}</p>` : html`<table class="table tight"><thead><tr><th>${t('special.date')}</th><th>${t('special.runs')}</th><th>${t('special.reason')}</th><th>${t('special.bookings')}</th><th></th></tr></thead>
      <tbody>${coming.map((day) => row(part, day, list))}</tbody></table>`}
    ${past > 0 ? html`<p class="small soft">${t('hours.past', {n: past})} <button type="button" class="link-button" @click=${() => put(coming)}>${t('hours.forget_past')}</button></p>` : nothing}
    ${draft ? editor(part, draft, list) : html`<p><button type="button" class="button slim" @click=${() => { before = ''; draft = startOf(calendar, ''); update(); }}>${t('special.add')}</button></p>`}</div>`;
}

/** How a day runs, in short. @param {any} plan */
export function runs(plan) {
  if (!plan.open) return t('special.closed');
  const pauses = (plan.breaks ?? []).map((/** @type {any} */ b) => `${ofDay(b.from_s)}–${ofDay(b.until_s)}`).join(', ');
  return `${ofDay(plan.open_s)}–${ofDay(plan.close_s)}${pauses ? ` (${t('hours.break').toLowerCase()} ${pauses})` : ''}`;
}

/** What the day would be without it. @param {Part} part @param {string} date */
function usual({calendar}, date) {
  const {open, why, plan} = planOn({...calendar, exceptions: []}, date);
  return t('special.usual', {what: open ? runs(plan) : why === 'weekly' ? t('special.closed').toLowerCase() : label('hours_rule', why).toLowerCase()});
}

/** @param {Part} part @param {Special} day @param {Special[]} list */
function row(part, day, list) {
  const {calendar, put, update} = part;
  const change = () => { beginDay(calendar, day.date); update(); };
  const remove = () => { if (before === day.date) draft = null; put(withoutDay(list, day.date)); };
  return html`<tr class=${before === day.date && draft ? 'current' : ''}><td class="nowrap">${part.dayText(day.date)}</td><td><strong>${runs(day)}</strong><div class="small soft">${usual(part, day.date)}</div></td>
    <td class="small">${day.reason ? label('special_reason', day.reason) : '–'}</td><td class="small">${effect(part, day)}</td>
    <td class="end nowrap"><button type="button" class="button slim quiet" @click=${change}>${t('special.change')}</button>
      <button type="button" class="button slim quiet" aria-label=${t('hours.remove', {date: day.date})} @click=${remove}>${t('special.remove')}</button></td></tr>`;
}

/** What it means for those who are booked. @param {Part} part @param {Special} day */
function effect({bookings}, day) {
  if (!bookings) return html`<span class="soft">${t('special.bookings_unread')}</span>`;
  const {visits, persons, guaranteed, hit} = effectOn(day, bookings.days);
  if (visits === 0) return html`<span class="soft">${t('special.bookings_none')}</span>`;
  if (hit === 0 && day.open) return t('special.bookings_fit', {n: visits});
  return html`${hit === 0 ? nothing : html`<span class="bad">${day.open ? t('special.bookings_out', {n: hit, all: visits}) : t('special.bookings_shut', {n: hit, persons})}</span>`}
    ${!day.open && guaranteed > 0 ? html` ${t('special.bookings_owed', {n: guaranteed})}` : nothing}`;
}

/** @param {Part} part @param {Special} day @param {Special[]} list */
function editor(part, day, list) {
  const {calendar, today, open, put, update} = part;
  const set = (/** @type {Partial<Special>} */ more) => { draft = {...day, ...more}; update(); };
  const opens = (/** @type {boolean} */ on) => set(on ? {...startOf(calendar, day.date, true), date: day.date, reason: day.reason} : {open: false, gate_s: 0, open_s: 0, last_ticket_s: 0, close_s: 0, breaks: undefined});
  const taken = day.date !== before && list.some((e) => e.date === day.date);
  const fault = dayFault(day);
  const why = !isDate(day.date) ? t('hours.need_date') : day.date < today ? t('special.past') : taken ? t('special.taken')
    : list.length >= MAX_DATES && before === '' ? label('hours_fault', 'too_many', {most: MAX_DATES}) : fault ? label('special_fault', fault) : '';
  const done = () => { if (why) return; draft = null; put(withDay(before ? withoutDay(list, before) : list, day)); before = ''; };
  return html`<div class="special-day stack"><h4>${before ? t('special.change_day', {date: part.dayText(before)}) : t('special.add')}</h4>
    <div class="row special-row"><label class="own-date"><span class="small soft">${t('special.date')}</span><input class="input slim-input" type="date" min=${today} .value=${live(day.date)}
        @change=${(/** @type {any} */ e) => { const date = e.target.value; set(before || !isDate(date) ? {date} : {...startOf(calendar, date), reason: day.reason}); }}></label>
      ${segments({label: t('special.runs'), value: day.open ? 'open' : 'closed', codes: [{code: 'closed', text: t('special.closed')}, {code: 'open', text: t('special.open')}], onChoose: (code) => opens(code === 'open')})}
      <label class="own-date"><span class="small soft">${t('special.reason')}</span><select class="input slim-select" @change=${(/** @type {any} */ e) => set({reason: e.target.value})}>
        ${['', ...REASONS].map((code) => html`<option value=${code} ?selected=${code === (day.reason ?? '')}>${code ? label('special_reason', code) : '–'}</option>`)}</select></label></div>
    ${day.open ? html`<div class="row special-row">${POINTS.map(([key, name]) => html`<label class="own-date"><span class="small soft">${pointName(name)}</span>${timeField({kind: 'tiny', value: ofDay(day[key]), wrong: fault === 'order', onChange: (text) => set({[key]: secondOf(text) ?? day[key]})})}</label>`)}
      ${pause(day, fault, set)}</div>` : nothing}
    ${isDate(day.date) ? html`<p class="small soft">${usual(part, day.date)}</p><p class="small">${effect(part, day)}</p>` : nothing}
    ${day.date === today && open ? html`<p class="note small">${t('special.today')}</p>` : nothing}
    <div class="row"><button type="button" class="button primary slim" aria-disabled=${String(Boolean(why))} aria-describedby="special-why" @click=${done}>${t('special.take')}</button>
      <button type="button" class="button slim quiet" @click=${() => { draft = null; before = ''; update(); }}>${t('special.leave')}</button>
      <span class="small soft" id="special-why" role="status">${why || t('special.then_save')}</span></div></div>`;
}

/** One break, or none: a single day has no more. @param {Special} day @param {string|null} fault @param {(more: Partial<Special>) => void} set */
function pause(day, fault, set) {
  const one = day.breaks?.[0];
  if (!one) return html`<button type="button" class="button slim quiet" @click=${() => set({breaks: [{from_s: 43_200, until_s: 46_800}]})}>+ ${t('hours.break')}</button>`;
  const put = (/** @type {'from_s'|'until_s'} */ end) => (/** @type {string} */ text) => (text.trim() === '' ? set({breaks: []}) : set({breaks: [{...one, [end]: secondOf(text) ?? one[end]}]}));
  return html`<span class="own-date"><span class="small soft">${t('hours.break')}</span><span class="pause">${timeField({kind: 'tiny', name: t('hours.break_from'), value: ofDay(one.from_s), wrong: fault === 'break', onChange: put('from_s')})}–${timeField({kind: 'tiny', name: t('hours.break_until'), value: ofDay(one.until_s), wrong: fault === 'break', onChange: put('until_s')})}</span></span>`;
}
