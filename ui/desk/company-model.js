// @ts-check
// A company's list as data: the file, the form around it and what is sent of both.

/** The rules' largest list, without its first line. */
export const LIST_MAX = 500;
/** A file larger than this is no list of workers. */
export const LIST_BYTES = 220_000;
const MINUTE = 60;
/** 07.30, when branches open. */
const USUAL_S = 27_000;

/** @typedef {{name: string, workforce: string, laidOff: string, date: string, from: string|null, wave: string, every: string, text: string}} CompanyForm */

/** @param {string} date @param {number} wave @returns {CompanyForm} */
export function blankCompany(date, wave) {
  return {name: '', workforce: '', laidOff: '', date, from: null, wave: String(wave || 6), every: '30', text: ''};
}

/** The second of the day at which the calls of a date begin; without a date, those of the
 * next day with service. A day of which nothing is known begins as most do.
 * @param {{date: string, open_s: number}[]} opens @param {string} date */
export function opensAt(opens, date) {
  return (opens.find((one) => one.date === date) ?? opens[0])?.open_s ?? USUAL_S;
}

/** The text of a file as a spreadsheet saves it: UTF-8, or what Windows wrote before. A
 * workbook is none: it is an archive and begins with PK.
 * @param {ArrayBuffer} bytes @returns {{text: string, fault: null}|{text: null, fault: 'workbook'|'large'}} */
export function textOf(bytes) {
  if (bytes.byteLength > LIST_BYTES) return {text: null, fault: 'large'};
  const first = new Uint8Array(bytes.slice(0, 2));
  if (first[0] === 0x50 && first[1] === 0x4b) return {text: null, fault: 'workbook'};
  try {
    return {text: new TextDecoder('utf-8', {fatal: true}).decode(bytes), fault: null};
  } catch {
    return {text: new TextDecoder('windows-1252').decode(bytes), fault: null};
  }
}

/** The lines as they are numbered everywhere; empty ones at the end are none.
 * @param {string} text */
export function linesOf(text) {
  return text.replace(/\s+$/, '').split(/\r\n|\n|\r/);
}

/** @param {string} text a whole number without anything around it */
const whole = (text) => (/^\d{1,7}$/.test(text.trim()) ? Number(text) : null);

/** The rule of layoffs as the server applies it, in whole numbers and exact at the
 * boundary; null while a number is missing or cannot be.
 * @param {CompanyForm} form @param {number} pct */
export function layoffs(form, pct) {
  const all = whole(form.workforce);
  const laid = whole(form.laidOff);
  if (all === null || laid === null || all < 1 || laid < 1 || laid > all) return null;
  return {laid, all, pct, need: Math.floor((pct * all + 99) / 100), ok: 100 * laid >= pct * all};
}

/** What is missing before the list can be tried, null when nothing is.
 * @param {CompanyForm} form @param {number|null} from the first wave as a second of the day
 * @returns {'name'|'numbers'|'date'|'from'|'wave'|'every'|'text'|'long'|null} */
export function lacks(form, from) {
  const wave = whole(form.wave);
  const every = whole(form.every);
  if (form.name.trim() === '') return 'name';
  if (layoffs(form, 0) === null) return 'numbers';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(form.date)) return 'date';
  if (from === null) return 'from';
  if (wave === null || wave < 1 || wave > 100) return 'wave';
  if (every === null || every < 5 || every > 1440) return 'every';
  if (form.text.trim() === '') return 'text';
  return linesOf(form.text).length > LIST_MAX + 1 ? 'long' : null;
}

/** @param {CompanyForm} form @param {number} from @param {{company: number, check: boolean, skip: boolean}} how */
export function companyBody(form, from, {company, check, skip}) {
  return {
    company, name: form.name.trim(), workforce: whole(form.workforce), laid_off: whole(form.laidOff), date: form.date, from_s: from,
    wave: whole(form.wave), every_s: (whole(form.every) ?? 0) * MINUTE, lines: linesOf(form.text), check, skip_wrong: skip,
  };
}
