// @ts-check
// The branch's calendar as the rules read it, worked out in the browser so that a change
// shows before it is saved; and lists of holidays as they come from outside.

import {addDays, isDate, weekday} from '../reports/model.js';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Bounds of the rules, so that a list that is too long is refused before it is sent. */
export const MAX_DATES = 400;
export const MAX_RAMADAN_DAYS = 31;

/** A file larger than this is no list of holidays. */
export const MAX_LIST_BYTES = 200_000;

/** How one day runs and the rule that decided, in the order in which the rules ask.
 * @param {any} calendar @param {string} date
 * @returns {{open: boolean, why: 'exception'|'holiday'|'joint_leave'|'ramadan'|'weekly', plan: any}} */
export function planOn(calendar, date) {
  const exception = (calendar.exceptions ?? []).find((/** @type {any} */ e) => e.date === date);
  if (exception) return {open: exception.open, why: 'exception', plan: exception};
  if ((calendar.holidays ?? []).includes(date)) return {open: false, why: 'holiday', plan: null};
  if ((calendar.joint_leave ?? []).includes(date)) return {open: false, why: 'joint_leave', plan: null};
  const day = WEEKDAYS[weekday(date)];
  const fasting = (calendar.ramadan_ranges ?? []).some((/** @type {any} */ r) => r.from <= date && date <= r.until);
  const plan = fasting ? calendar.ramadan[day] : calendar.weekly[day];
  return {open: plan.open, why: fasting ? 'ramadan' : 'weekly', plan};
}

/** The weeks of a month, each with seven places; null before the first and after the last.
 * @param {string} month "2026-03" @returns {(string|null)[][]} */
export function weeksOf(month) {
  const first = `${month}-01`;
  /** @type {(string|null)[]} */
  const days = Array.from({length: weekday(first)}, () => null);
  for (let date = first; date.startsWith(month); date = addDays(date, 1)) days.push(date);
  while (days.length % 7 !== 0) days.push(null);
  return Array.from({length: days.length / 7}, (_, i) => days.slice(i * 7, i * 7 + 7));
}

/** @param {string} month @param {number} n */
export function monthsLater(month, n) {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + n, 1)).toISOString().slice(0, 7);
}

/** What is wrong with one day's plan, null when nothing is.
 * @param {any} day @returns {'order'|'break'|null} */
export function dayFault(day) {
  if (!day.open) return null;
  if (!(day.gate_s <= day.open_s && day.open_s < day.last_ticket_s && day.last_ticket_s <= day.close_s)) return 'order';
  let end = day.open_s - 1;
  for (const pause of day.breaks ?? []) {
    if (!(pause.from_s > end && pause.from_s < pause.until_s && pause.from_s >= day.open_s && pause.until_s <= day.close_s)) return 'break';
    end = pause.until_s;
  }
  return null;
}

/** What is wrong with the days of a fast, null when nothing is.
 * @param {{from: string, until: string}} range @param {{from: string, until: string}[]} others */
export function rangeFault(range, others) {
  if (!isDate(range.from) || !isDate(range.until) || range.until < range.from) return 'dates';
  if (addDays(range.from, MAX_RAMADAN_DAYS) <= range.until) return 'too_long';
  return others.some((o) => o !== range && o.from <= range.until && range.from <= o.until) ? 'overlap' : null;
}

/** A list with more dates, sorted, each once.
 * @param {string[]} list @param {string[]} more */
export function withDates(list, more) {
  return [...new Set([...list, ...more])].sort();
}

/** @typedef {{dates: string[], fault: null}|{dates: null, fault: {code: 'empty'|'date'|'too_long'|'too_many'|'event'|'unknown', line: number}}} Read */

/** Reads a list of days: one date a line, with anything after a comma or semicolon (the
 * name of the day), or a calendar file with whole-day events. Strict: one line that cannot
 * be read refuses the whole list and is named.
 * @param {string} text @returns {Read} */
export function readList(text) {
  const clean = text.replace(/^\ufeff/, '');
  if (clean.length > MAX_LIST_BYTES) return refused('too_long', 0);
  if (clean.trim() === '') return refused('empty', 0);
  const read = /^BEGIN:VCALENDAR/im.test(clean) ? readEvents(clean) : readLines(clean);
  if (read.dates && read.dates.length === 0) return refused('empty', 0);
  return read.dates && read.dates.length > MAX_DATES ? refused('too_many', 0) : read;
}

/** @param {'empty'|'date'|'too_long'|'too_many'|'event'|'unknown'} code @param {number} line @returns {Read} */
function refused(code, line) {
  return {dates: null, fault: {code, line}};
}

/** @param {string} text @returns {Read} */
function readLines(text) {
  /** @type {string[]} */
  const dates = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const cell = line.split(/[,;\t]/)[0].trim().replace(/^"|"$/g, '');
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const head = dates.length === 0 && /^(tanggal|date)$/i.test(cell);
    if (head) continue;
    const date = /^\d{2}[/.-]\d{2}[/.-]\d{4}$/.test(cell) ? cell.split(/[/.-]/).reverse().join('-') : cell;
    if (!isDate(date)) return refused('date', i + 1);
    dates.push(date);
  }
  return {dates: withDates([], dates), fault: null};
}

/** Whole-day events of a calendar file (RFC 5545). The end is the day after the last.
 * @param {string} text @returns {Read} */
function readEvents(text) {
  /** @type {string[]} */
  const dates = [];
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  /** @type {{start: string, end: string, line: number}|null} */
  let event = null;
  for (const [i, line] of lines.entries()) {
    if (/^BEGIN:VEVENT$/i.test(line.trim())) event = {start: '', end: '', line: i + 1};
    const found = /^DT(START|END)(?:;[^:]*)?:(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?$/i.exec(line.trim());
    if (event && /^DT(START|END)/i.test(line)) {
      if (!found || found[5]) return refused('event', i + 1); // an hour of a day is no holiday
      const date = `${found[2]}-${found[3]}-${found[4]}`;
      if (!isDate(date)) return refused('date', i + 1);
      if (found[1].toUpperCase() === 'START') event.start = date;
      else event.end = date;
    }
    if (event && /^END:VEVENT$/i.test(line.trim())) {
      const end = event.end || addDays(event.start || '1970-01-01', 1);
      if (!event.start || end <= event.start || addDays(event.start, MAX_RAMADAN_DAYS) < end) return refused('event', event.line);
      for (let date = event.start; date < end; date = addDays(date, 1)) dates.push(date);
      event = null;
    }
  }
  return event ? refused('event', event.line) : {dates: withDates([], dates), fault: null};
}

/** Why a single day runs otherwise; the rules have the same list, and a test compares them. */
export const REASONS = ['joint_leave', 'election', 'extra_day', 'short_day', 'disaster', 'power', 'system', 'training', 'event', 'other'];

/** One day that runs otherwise than the rules say.
 * @typedef {{date: string, open: boolean, reason?: string, gate_s: number, open_s: number, last_ticket_s: number, close_s: number, breaks?: {from_s: number, until_s: number}[]}} Special */
/** How many are booked for a day; the times are those of bookings that have one.
 * @typedef {{date: string, visits: number, persons: number, guaranteed: number, due_s: number[]}} Booked */

const CLOSED = {open: false, gate_s: 0, open_s: 0, last_ticket_s: 0, close_s: 0};
/** The hours of a day that has none to go by. */
const ORDINARY = {open: true, gate_s: 25_200, open_s: 27_000, last_ticket_s: 52_200, close_s: 54_000, breaks: []};

/** What a single day begins with: what it is already; else a working day as closed, and a
 * day off as open with the hours of the first working weekday.
 * @param {any} calendar @param {string} date @param {boolean} [open] the hours that it would open with
 * @returns {Special} */
export function startOf(calendar, date, open) {
  if (!isDate(date)) return {date, reason: '', ...CLOSED};
  const now = planOn(calendar, date);
  if (now.why === 'exception' && open === undefined) return {reason: '', ...now.plan};
  const usual = planOn({...calendar, exceptions: []}, date);
  if (open === undefined ? usual.open : !open) return {date, reason: '', ...CLOSED};
  const like = usual.open ? usual.plan : WEEKDAYS.map((day) => calendar.weekly[day]).find((plan) => plan.open) ?? ORDINARY;
  return {date, reason: '', ...like, breaks: (like.breaks ?? []).slice(0, 1)};
}

/** The list with a day in place of that date's, by date.
 * @param {Special[]} list @param {Special} day @returns {Special[]} */
export function withDay(list, day) {
  const {reason, breaks, ...rest} = day;
  const clean = /** @type {Special} */ ({...rest, ...(reason ? {reason} : {}), ...(breaks?.length ? {breaks} : {})});
  return [...withoutDay(list, day.date), clean].sort((a, b) => a.date.localeCompare(b.date));
}

/** @param {Special[]} list @param {string} date */
export function withoutDay(list, date) {
  return list.filter((e) => e.date !== date);
}

/** What a day means for those who are booked for it: hit are the bookings that cannot be
 * kept, all on a closed day and those outside the hours on another. Guaranteed ones come
 * to the next open day by themselves.
 * @param {Special} day @param {Booked[]} days */
export function effectOn(day, days) {
  const {visits = 0, persons = 0, guaranteed = 0, due_s: due = []} = days.find((one) => one.date === day.date) ?? {};
  const hit = day.open ? due.filter((second) => second < day.open_s || second >= day.close_s).length : visits - guaranteed;
  return {visits, persons, guaranteed, hit};
}
