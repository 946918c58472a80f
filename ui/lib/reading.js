// @ts-check
// How numbers and calls are read aloud. A ticket is read digit by digit ("A, nol,
// nol, satu"): heard once across a noisy room, digits are mistaken less often than
// number words. Rooms are few and have names, so their numbers are read as words.

import {learn, t, language} from './catalogue.js';
import {words} from './words-reading.js';

learn(words);

/** @typedef {import('./catalogue.js').Language} Language */

/** A ticket number as it is spoken: "A001" gives "A, nol, nol, satu".
 * @param {string} number
 * @param {Language} [lang] */
export function readNumber(number, lang = language()) {
  const units = t('reading.units', {}, lang).split('|');
  return [...String(number)]
    .filter((sign) => /[\p{L}\d]/u.test(sign))
    .map((sign) => (/\d/.test(sign) ? units[Number(sign)] : sign.toUpperCase()))
    .join(', ');
}

/** A room's name as it is spoken: "Ruang 2" gives "Ruang dua". A number of three
 * or more digits is read digit by digit.
 * @param {string} name
 * @param {Language} [lang] */
export function readName(name, lang = language()) {
  return String(name).replace(/\d+/g, (digits) => readDigits(digits, lang));
}

/** @param {string} digits @param {Language} lang */
function readDigits(digits, lang) {
  const units = t('reading.units', {}, lang).split('|');
  const spelled = [...digits].map((digit) => units[Number(digit)]).join(' ');
  const value = Number(digits);
  if (digits.length > 2 || digits.startsWith('0')) return spelled;
  if (value < 10) return units[value];
  if (value < 20) return t('reading.teens', {}, lang).split('|')[value - 10];
  const tens = t('reading.tens', {}, lang).split('|')[Math.floor(value / 10)];
  return value % 10 === 0 ? tens : `${tens} ${units[value % 10]}`;
}

/** The sentence that announces a call. Each number is read once and never as a
 * range, because the members of a group are rarely consecutive.
 * @param {{numbers: string[], room: string|number, kind?: string}} call
 * @param {Language} [lang] */
export function readCall(call, lang = language()) {
  const params = {
    numbers: call.numbers.map((number) => readNumber(number, lang)).join('; '),
    room: readName(typeof call.room === 'number' ? t('words.room_no', {n: call.room}, lang) : call.room, lang),
    count: call.numbers.length,
  };
  if (call.kind === 'recall') return t('reading.recall', params, lang);
  if (call.kind === 'undone') return t('reading.undone', params, lang);
  return t('reading.call', params, lang);
}
