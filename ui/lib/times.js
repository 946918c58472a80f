// @ts-check
// Times, dates, durations and ranges as both languages write them. Moments are RFC
// 3339 texts, whole seconds or milliseconds since 1970; lengths are whole seconds; the
// zone is always the branch's.

import {t, language} from './catalogue.js';
import {millis} from './clock.js';

/** Zones of the country by name, for the three letters people know. */
const ZONES = /** @type {Record<string, string>} */ ({
  'Asia/Jakarta': 'WIB', 'Asia/Pontianak': 'WIB', 'Asia/Makassar': 'WITA', 'Asia/Jayapura': 'WIT',
});

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A range above this is told in hours: "70–130 menit" makes people calculate. */
const HOURS_FROM = 120 * MINUTE;

const ZONE_OF_HOURS = /** @type {Record<number, string>} */ ({
  7: 'Asia/Jakarta', 8: 'Asia/Makassar', 9: 'Asia/Jayapura',
});

let zone = 'Asia/Jakarta';
let ahead = 0;

/** Formatters are slow to make and a board needs the same few all day.
 * @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** Sets the zone of the branch, by name or by its seconds ahead of UTC, and by how many
 * seconds the wall clock differs from the branch's time (views carry both as zone_s and
 * offset_s). A zone that the browser does not know is ignored, because a clock in the
 * old zone beats a screen that stops.
 * @param {string|number} where @param {number} [offsetS] */
export function setZone(where, offsetS = 0) {
  ahead = offsetS * 1000;
  const name = typeof where === 'number' ? ZONE_OF_HOURS[where / HOUR] ?? '' : where;
  try {
    new Intl.DateTimeFormat('en', {timeZone: name});
    zone = name;
  } catch {
    // Kept as it was.
  }
}

/** "WIB", "WITA" or "WIT", else the zone's own name. */
export function zoneName() {
  return ZONES[zone] ?? zone;
}

/** Empty for no time.
 * @param {string|number|null|undefined} at
 * @param {Intl.DateTimeFormatOptions} options */
function written(at, options) {
  const date = new Date(millis(at) + ahead);
  if (Number.isNaN(date.getTime())) return '';
  const locale = language() === 'en' ? 'en-GB' : 'id-ID';
  const key = locale + zone + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(locale, {timeZone: zone, ...options})));
  return made.format(date);
}

/** "09.30" or "09:30"; empty for no time.
 * @param {string|number|null|undefined} at */
export function clock(at) {
  return written(at, {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});
}

/** "09.30.05" or "09:30:05".
 * @param {string|number|null|undefined} at */
export function clockSeconds(at) {
  return written(at, {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});
}

/** "Senin, 2 Maret 2026" or "Monday, 2 March 2026".
 * @param {string|number|null|undefined} at */
export function dateText(at) {
  const text = written(at, {weekday: 'long', day: 'numeric', month: 'long', year: 'numeric'});
  return language() === 'en' ? text.replace(/^(\w+) /, '$1, ') : text;
}

/** "per pukul 09.30" or "as of 09:30".
 * @param {string|number|null|undefined} at */
export function asOf(at) {
  return t('time.as_of', {clock: clock(at)});
}

/** A length of time in words, rounded down as people count it: "45 detik",
 * "12 menit", "1 jam 5 menit", "3 hari".
 * @param {number} seconds */
export function duration(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  if (s < MINUTE) return t('time.seconds', {n: s});
  if (s < HOUR) return t('time.minutes', {n: Math.floor(s / MINUTE)});
  if (s >= DAY) return t('time.days', {n: Math.floor(s / DAY)});
  const h = Math.floor(s / HOUR);
  const m = Math.floor((s % HOUR) / MINUTE);
  return m === 0 ? t('time.hours', {n: h}) : t('time.hours_minutes', {h, m});
}

/** A running figure that does not jump in width: "4:05" or "1:04:05".
 * @param {number} seconds */
export function stopwatch(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const h = Math.floor(s / HOUR);
  const m = Math.floor((s % HOUR) / MINUTE);
  return h > 0 ? `${h}:${two(m)}:${two(s % MINUTE)}` : `${m}:${two(s % MINUTE)}`;
}

/** An expected wait as a range. The low end is rounded down and the high end up to
 * whole minutes (to five above half an hour), so the range never promises more than
 * was computed. A missing high end means "longer than".
 * @param {number|null|undefined} low
 * @param {number|null|undefined} [high] */
export function range(low, high) {
  if (low === null || low === undefined) return t('wait.nobody');
  if (high === null || high === undefined) return t('time.at_least', {span: duration(low)});
  const step = high > 30 * MINUTE ? 5 * MINUTE : MINUTE;
  const from = Math.floor(Math.max(0, low) / step) * step;
  const to = Math.max(from, Math.ceil(Math.max(0, high) / step) * step);
  if (to <= MINUTE) return t('time.under_minute');
  if (from === to) return duration(to);
  if (to > HOURS_FROM) return hours(duration(from).split(' '), duration(to).split(' '));
  return t('time.range_minutes', {low: from / MINUTE, high: to / MINUTE});
}

/** "2 jam 5 – 2 jam 50 menit": a unit of both ends is said once.
 * @param {string[]} low @param {string[]} high */
function hours(low, high) {
  const last = low.length - 1;
  if (high.length === last + 1 && low[last] === high[last]) low.pop();
  return `${low.join(' ')} – ${high.join(' ')}`;
}
