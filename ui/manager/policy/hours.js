// @ts-check
// Service hours, the programmes of group sessions and the letters of the numbers: parts
// of the policy that are no single figures.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {live} from '../../vendor/lit-html/directives/live.js';
import {label, t} from '../../lib/catalogue.js';
import {checkField, choiceField, textField} from '../form.js';
import {dayFault} from './calendar-model.js';
import {PROGRAMMES, secondOf, tickable, withValue} from '../fields.js';
import {drawHolidays, headRow, holidaysWrong} from './holidays.js';
import {timeField} from '../time-field.js';
import {ofDay} from '../what-if/say.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const POINTS = /** @type {const} */ (['gate_s', 'open_s', 'last_ticket_s', 'close_s']);
const CHANNELS = ['walk_in', 'online', 'collective'];
const ZONES = [{code: 'Asia/Jakarta', text: 'WIB'}, {code: 'Asia/Makassar', text: 'WITA'}, {code: 'Asia/Jayapura', text: 'WIT'}];

/** What a day that was closed begins with. */
const USUAL = {open: true, gate_s: 25_200, open_s: 27_000, last_ticket_s: 52_200, close_s: 54_000, breaks: []};

/** How many of the parts here differ.
 * @param {{base: any, mine: any}} form */
export function hoursChanged({base, mine}) {
  return [base.calendar, base.programmes, base.prefixes].reduce((n, part, i) =>
    n + (part === [mine.calendar, mine.programmes, mine.prefixes][i] ? 0 : 1), 0);
}

/** Tells whether something here could not be.
 * @param {{mine: any}} form */
export function hoursWrong({mine}) {
  const order = DAYS.some((day) => dayFault(mine.calendar.weekly[day]) || dayFault(mine.calendar.ramadan[day])) || holidaysWrong(mine.calendar);
  const letters = mine.prefixes.some((/** @type {string} */ p) => !/^[A-Z]{1,2}$/.test(p)) || new Set(mine.prefixes).size !== mine.prefixes.length;
  return order || letters;
}

/** @param {{base: any, mine: any}} form @param {() => void} update @param {(field: string) => string|null} refused @param {import('./holidays.js').Around} around */
export function drawHours(form, update, refused, around) {
  const {mine} = form;
  const set = (/** @type {string} */ path, /** @type {any} */ value) => {
    form.mine = withValue(form.mine, path, value);
    update();
  };
  return html`<section class="card stack" id="group-hours"><h2>${label('policy_group', 'hours')}</h2>
    <p class="small soft">${t('policy.week_why', {zone: ZONES.find((z) => z.code === mine.calendar.zone)?.text ?? ''})}</p>
    ${refused('calendar') ? html`<p class="wrong" role="alert">${refused('calendar')}</p>` : nothing}
    <table class="table tight hours">${headRow()}
      <tbody>${DAYS.map((day) => row(mine.calendar.weekly[day], day, set))}</tbody></table>
    <div class="settings">
      <div class="setting">${choiceField({id: 's-zone', label: t('policy.zone'), value: mine.calendar.zone, codes: ZONES, onChoose: (zone) => set('calendar.zone', zone)})}</div>
      <fieldset class="setting"><legend>${t('policy.programmes')}</legend>${tickable(mine.programmes).map((code) => checkField({label: code, on: mine.programmes.includes(code),
        onChange: (on) => set('programmes', PROGRAMMES.filter((p) => (p === code ? on : mine.programmes.includes(p))))}))}
        ${refused('programmes') ? html`<span class="wrong">${refused('programmes')}</span>` : nothing}</fieldset>
      ${CHANNELS.map((channel, i) => html`<div class="setting">${textField({id: `s-prefix-${i}`, label: `${t('policy.prefixes')}: ${label('channel', channel)}`, value: mine.prefixes[i], narrow: true, max: 2, wrong: refused('prefixes'),
        onInput: (text) => set('prefixes', mine.prefixes.map((/** @type {string} */ p, /** @type {number} */ j) => (j === i ? text.toUpperCase() : p)))})}</div>`)}
    </div></section>
    ${drawHolidays(form, update, around, (code, put, week) => row(form.mine.calendar[week][code], code, put, week))}`;
}

/** @param {any} day @param {string} code @param {(path: string, value: any) => void} set @param {string} [week] */
function row(day, code, set, week = 'weekly') {
  const path = `calendar.${week}.${code}`;
  const fault = dayFault(day);
  const named = (/** @type {string} */ text) => `${label('weekday', code)}, ${text}`;
  const cell = (/** @type {typeof POINTS[number]} */ key, /** @type {string} */ text) => html`<td>${day.open ? timeField({kind: 'tiny', name: named(text), value: ofDay(day[key]), wrong: fault === 'order',
    onChange: (typed) => set(`${path}.${key}`, secondOf(typed) ?? day[key])}) : html`<span class="soft">–</span>`}</td>`;
  const works = (/** @type {boolean} */ on) => set(path, on ? {...USUAL} : {open: false, gate_s: 0, open_s: 0, last_ticket_s: 0, close_s: 0});
  return html`<tr><td>${label('weekday', code)}</td><td><input type="checkbox" aria-label=${named(t('policy.works'))} .checked=${live(day.open)} @change=${(/** @type {any} */ e) => works(e.target.checked)}></td>
    ${cell('gate_s', t('policy.gate'))}${cell('open_s', t('policy.open'))}<td>${day.open ? pauses(day, path, set, named, fault === 'break') : html`<span class="soft">–</span>`}</td>${cell('last_ticket_s', t('policy.last'))}${cell('close_s', t('policy.close'))}</tr>`;
}

/** The breaks of a day: each from and until; an emptied one goes.
 * @param {any} day @param {string} path @param {(path: string, value: any) => void} set @param {(text: string) => string} named @param {boolean} wrong */
function pauses(day, path, set, named, wrong) {
  const list = day.breaks ?? [];
  const put = (/** @type {number} */ i, /** @type {'from_s'|'until_s'} */ end) => (/** @type {string} */ typed) => {
    if (typed.trim() === '') return set(`${path}.breaks`, list.filter((/** @type {any} */ _, /** @type {number} */ k) => k !== i));
    const second = secondOf(typed);
    return set(`${path}.breaks`, second === null ? [...list] : list.map((/** @type {any} */ b, /** @type {number} */ k) => (k === i ? {...b, [end]: second} : b)));
  };
  const noon = {from_s: 43_200, until_s: 46_800};
  return html`<div class="pauses">${list.map((/** @type {any} */ b, /** @type {number} */ i) => html`<span class="pause">${timeField({kind: 'tiny', name: named(t('hours.break_from')), value: ofDay(b.from_s), wrong, onChange: put(i, 'from_s')})}–${timeField({kind: 'tiny', name: named(t('hours.break_until')), value: ofDay(b.until_s), wrong, onChange: put(i, 'until_s')})}</span>`)}
    ${list.length === 0 ? html`<button type="button" class="link-button" @click=${() => set(`${path}.breaks`, [noon])}>+</button>` : nothing}</div>`;
}
