// @ts-check
// Figures and changes of a what-if in words: with their unit once, and as exact as a
// person can use.

import {label, learn, t} from '../../lib/catalogue.js';
import {clock, dateText} from '../../lib/times.js';
import {fields, scale, typed, valueAt, wordOf} from '../fields.js';
import {changed, promisedOf, unitOf} from './model.js';
import {words} from './words.js';
import {words as policyWords} from '../policy/words.js';
import {words as roomWords} from '../rooms/words.js';

learn(words);
learn(policyWords);
learn(roomWords);

const MINUTE = 60;

/** Below this many seconds a time is told in seconds, below the second one with a
 * tenth of a minute: more digits than the intervals bear would only look exact. */
const SECONDS_BELOW = 90;
const TENTHS_BELOW = 600;

/** What rounds to nothing has no sign. */
const NOTHING = /^[0.,]+$/;

/** Shares that matter most where they are nearly whole: 99,6 % is not everybody. */
const NEARLY_WHOLE = ['served_pct'];

/** One scale for a whole row, so that its values can be compared at a glance.
 * @param {string} figure @param {number} most the largest of them
 * @returns {{size: number, digits: number, unit: string}} */
export function rowScale(figure, most) {
  const unit = unitOf(figure);
  if (unit === 'time') {
    if (most < SECONDS_BELOW) return {size: 1, digits: 0, unit: label('unit', 's')};
    return {size: MINUTE, digits: most < TENTHS_BELOW ? 1 : 0, unit: label('unit', 'min')};
  }
  if (unit === 'pct') return {size: 1, digits: most < 10 || NEARLY_WHOLE.includes(figure) ? 1 : 0, unit: label('unit', 'pct')};
  if (unit === 'times') return {size: 1, digits: 1, unit: '×'};
  return {size: 1, digits: most < 20 ? 1 : 0, unit: ''};
}

/** The most digits behind the comma that a row gets to show what it says. */
const MOST_DIGITS = 2;

/** The scale of one row: whole where both sides are, and with a digit more where two
 * different sides would be written alike.
 * @param {import('./model.js').Row} row */
export function scaleOf(row) {
  const sides = [row.base.value, row.changed.value];
  const at = rowScale(row.figure, Math.max(...sides.map(Math.abs)));
  if (sides.every((value) => Number.isInteger(value / at.size))) return {...at, digits: 0};
  if (NEARLY_WHOLE.includes(row.figure) && sides.some((value) => value < 100 && value >= 99.9)) return {...at, digits: MOST_DIGITS};
  const told = ['better', 'worse', 'differs'].includes(row.verdict);
  while (told && at.digits < MOST_DIGITS && number(sides[0], at) === number(sides[1], at)) at.digits += 1;
  return at;
}

/** A number as it is written, without its unit.
 * @param {number} value @param {{size: number, digits: number}} at */
export function number(value, {size, digits}) {
  const text = (Math.abs(value) / size).toFixed(digits).replace('.', t('rooms.comma'));
  return value < 0 && !NOTHING.test(text) ? `−${text}` : text;
}

/** @param {number} value @param {ReturnType<typeof rowScale>} at */
export function figure(value, at) {
  const text = number(value, at);
  return at.unit === '' ? text : at.unit === '×' ? `${text}×` : `${text} ${at.unit}`;
}

/** A difference, always with its sign; that of two shares is in points, because 5 % of
 * 60 % would be another thing.
 * @param {number} value @param {ReturnType<typeof rowScale>} at */
export function signed(value, at) {
  const text = figure(value, {...at, unit: at.unit === label('unit', 'pct') ? t('whatif.points') : at.unit});
  return value > 0 && !NOTHING.test(number(value, at)) ? `+${text}` : text;
}

/** The scale of a row's difference: with a digit more where it would be written as
 * nothing and is something.
 * @param {import('./model.js').Row} row @param {ReturnType<typeof rowScale>} at */
export function gapScale(row, at) {
  const {value} = row.difference;
  return value !== 0 && at.digits < MOST_DIGITS && NOTHING.test(number(value, at)) ? {...at, digits: at.digits + 1} : at;
}

/** The bounds of an interval with one unit behind them. The interval of a mean may reach
 * below nothing or above everybody; what is meant cannot.
 * @param {{low: number, high: number}} bounds @param {ReturnType<typeof rowScale>} at
 * @param {number} [top] the most that can be */
export function bounds({low, high}, at, top = Infinity) {
  return `${number(Math.max(0, low), at)} … ${number(Math.min(top, high), at)}`;
}

/** A length of time in a sentence, to the nearest minute.
 * @param {number} seconds */
export function about(seconds) {
  if (seconds < SECONDS_BELOW) return t('whatif.seconds', {n: Math.round(seconds)});
  return t('whatif.minutes', {n: Math.round(seconds / MINUTE)});
}

/** A second of the day as it is read from a clock.
 * @param {number} s */
export function ofDay(s) {
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return t('manager.clock', {h: two(Math.floor(s / 3600)), m: two(Math.floor((s % 3600) / MINUTE))});
}

/** A setting's value as it is read.
 * @param {import('../fields.js').Field} field @param {any} value */
export function settingValue(field, value) {
  if (field.unit === 'flag') return value ? t('policy.yes') : t('policy.no');
  if (field.unit === 'one') return label(/** @type {string} */ (field.family), value);
  const {sign, size} = scale(field, value);
  const text = typed(value, size, t('rooms.comma'));
  return sign === '' ? text : `${text} ${label('unit', sign)}`;
}

/** Whose number the officers are, as a sentence; nothing while the server has not said.
 * @param {{serving: number, from: string, day?: string}|null|undefined} staff */
export function staffText(staff) {
  return staff ? label('whatif_staff', staff.from, {day: staff.day ?? ''}) : '';
}

/** How many come on a day of the question, and whence that is known; empty while it is
 * not known.
 * @param {{visits: number, from: string, days: number}|undefined} demand */
export function demandText(demand) {
  if (!demand || !(demand.visits > 0)) return '';
  return t('whatif.demand', {visits: demand.visits, from: label('whatif_demand_from', demand.from)});
}

/** Whence the visits of an answer are known; one day is no "last 1 days".
 * @param {{from: string, days: number}} demand */
export function demandFrom({from, days}) {
  return label('whatif_demand', days === 1 && (from === 'learned' || from === 'blended') ? `${from}_one` : from, {n: days});
}

/** When a question was asked: the day is named unless it is today.
 * @param {number} at @param {number} now */
export function askedText(at, now) {
  const day = dateText(at);
  return day === dateText(now) ? t('whatif.at', {clock: clock(at)}) : t('whatif.at_day', {date: day, clock: clock(at)});
}

/** The changes that a reader needs: the name of a preset follows its figures.
 * @param {any[]} changes */
export function shownChanges(changes) {
  return changes.filter((change) => change.field !== 'distance.preset');
}

/** One change of an answer: what, from and to. The API writes values as text.
 * @param {{field: string, room?: number, from: string, to: string}} change */
export function changeParts({field, room, from, to}) {
  // A room's own kind of session has the name of the branch's.
  const known = room ? undefined : fields().find((f) => f.path === field);
  if (known) {
    const read = (/** @type {string} */ text) => settingValue(known, known.unit === 'flag' ? text === 'true' : known.unit === 'one' ? text : Number(text));
    return {what: label('setting', wordOf(field)), from: read(from), to: read(to)};
  }
  const value = (/** @type {string} */ text) => {
    if (field === 'mode') return text === 'default' ? t('whatif.as_branch') : label('mode', text);
    if (field === 'unused') return text === 'true' ? t('policy.yes') : t('policy.no');
    if (field === 'last_call_s') return about(Number(text));
    if (field === 'visits_pct') return `${text} %`;
    return field.startsWith('hours.') && /^\d+$/.test(text) ? ofDay(Number(text)) : text;
  };
  return {what: label('whatif_change', field.replace('.', '_'), {room}), from: value(from), to: value(to)};
}

/** The changes of a question in a few words, for a list: "8 bilik per ruang, 6 petugas".
 * @param {any} set changes as the API takes them @param {number} rooms of the branch */
export function inShort(set, rooms) {
  const list = [];
  const seats = (set?.rooms ?? []).filter((/** @type {any} */ room) => Number.isInteger(room.seats));
  const same = seats.length > 1 && seats.length >= rooms && seats.every((/** @type {any} */ room) => room.seats === seats[0].seats);
  if (same) list.push(t('whatif.seats_each', {n: seats[0].seats}));
  else for (const n of new Set(seats.map((/** @type {any} */ room) => room.seats))) list.push(t('whatif.seats_in', {n, room: among(seats, n)}));
  for (const room of set?.rooms ?? []) {
    if (room.unused) list.push(t('whatif.without_room', {room: room.room}));
    else if (room.mode) list.push(`${t('words.room_no', {n: room.room})}: ${room.mode === 'default' ? t('whatif.as_branch') : label('mode', room.mode)}`);
  }
  if (Number.isInteger(set?.officers)) list.push(t('whatif.officers_n', {n: set.officers}));
  for (const field of fields()) {
    const value = valueAt(set?.policy ?? {}, field.path);
    if (value !== undefined) list.push(oneSetting(field, value));
  }
  for (const [key, value] of Object.entries(set?.hours ?? {})) list.push(`${label('whatif_change', `hours_${key}`)} ${ofDay(Number(value))}`);
  if (Number.isInteger(set?.last_call_s)) list.push(t('whatif.last_call_n', {span: about(set.last_call_s)}));
  if (Number.isInteger(set?.visits_pct)) list.push(t('whatif.visits_n', {n: set.visits_pct}));
  return list;
}

/** The numbers of the rooms that get so many seats.
 * @param {any[]} seats @param {number} n */
function among(seats, n) {
  return seats.filter((room) => room.seats === n).map((room) => room.room).join(', ');
}

/** @param {import('../fields.js').Field} field @param {any} value */
function oneSetting(field, value) {
  const name = low(label('setting', wordOf(field.path)));
  if (field.unit === 'flag') return value ? t('whatif.with', {what: name}) : t('whatif.without', {what: name});
  return `${name} ${low(settingValue(field, value))}`;
}

/** @param {string} text */
function low(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A question's name in a list: what it really changed.
 * @param {{question: any, answer?: any}} entry @param {{rooms: any[], policy: any}} base the branch now */
export function title({question, answer}, base) {
  if (question.advise) return t('whatif.advise_title', {span: about(promisedOf(question, answer, base.policy.goals.promised_wait_s))});
  const list = inShort(changed(question.changes, answer?.changes), base.rooms.length);
  const text = list.join(', ');
  return text === '' ? t('whatif.nothing_changed') : text.charAt(0).toUpperCase() + text.slice(1);
}
