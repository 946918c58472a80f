// @ts-check
// How the reports say their dates and figures in both languages.

import {label, language, learn, t} from '../../lib/catalogue.js';
import {words as surveyWords} from '../../lib/words-survey.js';
import {minuteDecimals, written} from './model.js';
import {words} from './words.js';
import {words as roomWords} from '../rooms/words.js';
import {roomName} from '../room-name.js';

learn(words);
learn(roomWords);
learn(surveyWords);

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} date @param {Intl.DateTimeFormatOptions} options */
function dated(date, options) {
  const locale = language() === 'en' ? 'en-GB' : 'id-ID';
  const key = locale + JSON.stringify(options);
  let made = formats.get(key);
  if (!made) formats.set(key, (made = new Intl.DateTimeFormat(locale, {timeZone: 'UTC', ...options})));
  return made.format(new Date(`${date}T00:00:00Z`));
}

/** "Sen 2 Mar" or "Mon 2 Mar". @param {string} date */
export function shortDay(date) {
  return dated(date, {weekday: 'short', day: 'numeric', month: 'short'}).replace(',', '');
}

/** "2 Maret 2026". @param {string} date */
export function longDay(date) {
  return dated(date, {day: 'numeric', month: 'long', year: 'numeric'});
}

/** @param {import('./model.js').Period} period */
export function periodText(period) {
  const {span, from, to} = period;
  if (span === 'month') return dated(from, {month: 'long', year: 'numeric'});
  if (from === to) return dated(from, {weekday: 'long', day: 'numeric', month: 'long', year: 'numeric'});
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))}–${longDay(to)}`;
  if (from.slice(0, 4) === to.slice(0, 4)) return `${dated(from, {day: 'numeric', month: 'long'})} – ${longDay(to)}`;
  return `${longDay(from)} – ${longDay(to)}`;
}

/** A point of time under a picture. @param {string} key @param {string} unit */
export function pointText(key, unit) {
  return unit === 'month' ? dated(key, {month: 'short', year: '2-digit'}) : unit === 'week' ? dated(key, {day: 'numeric', month: 'short'}) : shortDay(key);
}

/** How a part of a period is called.
 * @param {string} by @param {string} key @param {(id: number) => string} officer */
export function partText(by, key, officer) {
  if (by === 'day') return shortDay(key);
  if (by === 'hour') return t('manager.clock', {h: key.padStart(2, '0'), m: '00'});
  if (by === 'officer') return key === '0' ? t('report.nobody') : officer(Number(key));
  if (by === 'room') return key === '0' ? t('report.nowhere') : roomName(Number(key));
  return by === 'channel' ? label('channel', key) : label('programme', key);
}

/** @param {number} value @param {number} [decimals] */
export function number(value, decimals = 0) {
  const comma = t('rooms.comma');
  return written(value, decimals, comma, comma === ',' ? '.' : ',');
}

/** Seconds as minutes, without the word. @param {number} seconds */
export function minutes(seconds) {
  return number(seconds / 60, minuteDecimals(seconds));
}

/** @param {number} seconds */
export function minutesText(seconds) {
  return t('report.minutes', {n: minutes(seconds)});
}

/** Tenths of a percent. @param {number} value */
export function share(value) {
  return t('report.percent', {n: number(value / 10, value % 10 === 0 || value >= 995 ? 0 : value < 100 ? 1 : 0)});
}

/** A figure in its unit. @param {number|null} value @param {string} unit */
export function figure(value, unit) {
  if (value === null) return '–';
  if (unit === 'minutes') return minutes(value);
  if (unit === 'share') return share(value);
  if (unit === 'hours') return number(value / 3600, 1);
  if (unit === 'rate') return number(value / 100, 2);
  return number(value);
}
