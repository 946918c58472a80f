// @ts-check
// Service hours, the programmes of group sessions and the letters of the numbers: parts
// of the policy that are no single figures.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {live} from '../vendor/lit-html/directives/live.js';
import {label, t} from '../lib/catalogue.js';
import {checkField, choiceField, textField} from './form.js';
import {secondOf, withValue} from './fields.js';
import {ofDay} from './what-if-say.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const POINTS = /** @type {const} */ (['gate_s', 'open_s', 'last_ticket_s', 'close_s']);
const PROGRAMMES = ['JHT', 'JKK', 'JKM', 'JP', 'JKP'];
const CHANNELS = ['walk_in', 'online', 'collective'];
const ZONES = [{code: 'Asia/Jakarta', text: 'WIB'}, {code: 'Asia/Makassar', text: 'WITA'}, {code: 'Asia/Jayapura', text: 'WIT'}];

/** What a day that was closed begins with. */
const USUAL = {open: true, gate_s: 25_200, open_s: 27_000, last_ticket_s: 52_200, close_s: 54_000, breaks: []};

/** A time of the day as text: a browser writes its own time field as its own language
 * does, and this page has 24 hours whatever that is.
 * @param {{id?: string, name?: string, kind?: string, value: string, wrong?: unknown, said?: string, onInput?: (text: string) => void, onChange?: (text: string) => void}} f */
export function timeField({id, name, kind, value, wrong, said, onInput, onChange}) {
  return html`<input id=${id ?? nothing} class=${`input ${kind ?? ''}`} inputmode="decimal" autocomplete="off" maxlength="5" size="5" pattern="([01]?[0-9]|2[0-3])[.:][0-5][0-9]" placeholder=${ofDay(0)}
    aria-label=${name ?? nothing} aria-invalid=${String(Boolean(wrong))} aria-describedby=${said ?? nothing} .value=${live(value)}
    @input=${(/** @type {any} */ e) => onInput?.(e.target.value)} @change=${(/** @type {any} */ e) => onChange?.(e.target.value)}>`;
}

/** How many of the parts here differ.
 * @param {{base: any, mine: any}} form */
export function hoursChanged({base, mine}) {
  return [base.calendar, base.programmes, base.prefixes].reduce((n, part, i) =>
    n + (part === [mine.calendar, mine.programmes, mine.prefixes][i] ? 0 : 1), 0);
}

/** Tells whether something here could not be.
 * @param {{mine: any}} form */
export function hoursWrong({mine}) {
  const days = DAYS.map((day) => mine.calendar.weekly[day]).filter((day) => day.open);
  const order = days.some((day) => !(day.gate_s <= day.open_s && day.open_s < day.last_ticket_s && day.last_ticket_s <= day.close_s));
  const letters = mine.prefixes.some((/** @type {string} */ p) => !/^[A-Z]{1,2}$/.test(p)) || new Set(mine.prefixes).size !== mine.prefixes.length;
  return order || letters;
}

/** @param {{base: any, mine: any}} form @param {() => void} update @param {(field: string) => string|null} refused */
export function drawHours(form, update, refused) {
  const {mine} = form;
  const set = (/** @type {string} */ path, /** @type {any} */ value) => {
    form.mine = withValue(form.mine, path, value);
    update();
  };
  return html`<section class="card stack" id="group-hours"><h2>${label('policy_group', 'hours')}</h2>
    <p class="small soft">${t('policy.week_why', {zone: ZONES.find((z) => z.code === mine.calendar.zone)?.text ?? ''})}</p>
    ${refused('calendar') ? html`<p class="wrong" role="alert">${refused('calendar')}</p>` : nothing}
    <table class="table tight hours"><thead><tr><th>${t('policy.week')}</th><th>${t('policy.works')}</th><th>${t('policy.gate')}</th><th>${t('policy.open')}</th><th>${t('policy.last')}</th><th>${t('policy.close')}</th></tr></thead>
      <tbody>${DAYS.map((day) => row(mine.calendar.weekly[day], day, set))}</tbody></table>
    <div class="settings">
      <div class="setting">${choiceField({id: 's-zone', label: t('policy.zone'), value: mine.calendar.zone, codes: ZONES, onChoose: (zone) => set('calendar.zone', zone)})}</div>
      <fieldset class="setting"><legend>${t('policy.programmes')}</legend>${PROGRAMMES.map((code) => checkField({label: code, on: mine.programmes.includes(code),
        onChange: (on) => set('programmes', PROGRAMMES.filter((p) => (p === code ? on : mine.programmes.includes(p))))}))}
        ${refused('programmes') ? html`<span class="wrong">${refused('programmes')}</span>` : nothing}</fieldset>
      ${CHANNELS.map((channel, i) => html`<div class="setting">${textField({id: `s-prefix-${i}`, label: `${t('policy.prefixes')}: ${label('channel', channel)}`, value: mine.prefixes[i], narrow: true, max: 2, wrong: refused('prefixes'),
        onInput: (text) => set('prefixes', mine.prefixes.map((/** @type {string} */ p, /** @type {number} */ j) => (j === i ? text.toUpperCase() : p)))})}</div>`)}
    </div></section>`;
}

/** @param {any} day @param {string} code @param {(path: string, value: any) => void} set */
function row(day, code, set) {
  const path = `calendar.weekly.${code}`;
  const cell = (/** @type {typeof POINTS[number]} */ key, /** @type {string} */ text) => html`<td>${day.open ? timeField({kind: 'tiny', name: `${label('weekday', code)}, ${text}`, value: ofDay(day[key]),
    onChange: (typed) => set(`${path}.${key}`, secondOf(typed) ?? day[key])}) : html`<span class="soft">–</span>`}</td>`;
  const works = (/** @type {boolean} */ on) => set(path, on ? {...USUAL} : {open: false, gate_s: 0, open_s: 0, last_ticket_s: 0, close_s: 0});
  return html`<tr><td>${label('weekday', code)}</td><td><input type="checkbox" aria-label=${`${label('weekday', code)}, ${t('policy.works')}`} .checked=${live(day.open)} @change=${(/** @type {any} */ e) => works(e.target.checked)}></td>
    ${cell('gate_s', t('policy.gate'))}${cell('open_s', t('policy.open'))}${cell('last_ticket_s', t('policy.last'))}${cell('close_s', t('policy.close'))}</tr>`;
}
