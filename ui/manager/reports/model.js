// @ts-check
// What a report's page is made of: periods of the calendar, what stood before them,
// how figures are written, and the scales of its pictures. Dates are texts such as
// 2026-03-02, which sort as they are.

const DAY_MS = 86_400_000;

/** The longest period that the server makes a report of. */
export const MAX_DAYS = 366;

/** @typedef {'day'|'week'|'month'|'own'} Span */
/** @typedef {{n: number, mean_s: number, p50_s: number, p90_s: number, max_s: number}} Spread */
/** @typedef {{span: Span, from: string, to: string}} Period */

/** @param {string} date @param {number} n */
export function addDays(date, n) {
  return new Date(Date.parse(`${date}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10);
}

/** How many days a period has, both ends included.
 * @param {string} from @param {string} to */
export function daysIn(from, to) {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;
}

/** Tells whether a text is a date that there is.
 * @param {string} text */
export function isDate(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** Monday is 0.
 * @param {string} date */
export function weekday(date) {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** @param {string} date @param {number} n months; the first day of that month */
function monthStart(date, n) {
  const [year, month] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + n, 1)).toISOString().slice(0, 10);
}

/** The period of a kind in which a date lies.
 * @param {Span} span @param {string} date @returns {Period} */
export function periodOf(span, date) {
  if (span === 'week') {
    const from = addDays(date, -weekday(date));
    return {span, from, to: addDays(from, 6)};
  }
  if (span === 'month') return {span, from: monthStart(date, 0), to: addDays(monthStart(date, 1), -1)};
  return {span: span === 'own' ? 'own' : 'day', from: date, to: date};
}

/** The period n steps later: the next day, week or month; an own one moves by its length.
 * @param {Period} period @param {number} n @returns {Period} */
export function moved(period, n) {
  if (period.span === 'month') return periodOf('month', monthStart(period.from, n));
  const length = daysIn(period.from, period.to);
  return {span: period.span, from: addDays(period.from, n * length), to: addDays(period.to, n * length)};
}

/** What is wrong with a period that was typed, as the key of a sentence; null: nothing.
 * @param {string} from @param {string} to @returns {'need_date'|'wrong_order'|'too_long'|null} */
export function faultOf(from, to) {
  if (!isDate(from) || !isDate(to)) return 'need_date';
  if (to < from) return 'wrong_order';
  return daysIn(from, to) > MAX_DAYS ? 'too_long' : null;
}

/** The address of a place in the reports: ['reports', 'week', '2026-03-02'] and back. An own
 * period has both ends.
 * @param {string[]} place @param {string} today @returns {Period} */
export function periodAt(place, today) {
  const [, span, from, to] = place;
  if (span === 'own' && faultOf(from ?? '', to ?? '') === null) return {span, from, to};
  if ((span === 'day' || span === 'week' || span === 'month') && isDate(from ?? '')) return periodOf(span, from);
  return periodOf('week', today);
}

/** @param {Period} period */
export function placeOf(period) {
  return ['reports', period.span, period.from, ...(period.span === 'own' ? [period.to] : [])].join('/');
}

/** @param {Period} period @param {string} by @param {boolean} compare */
export function questionOf(period, by, compare) {
  const q = new URLSearchParams({from: period.from, to: period.to, by});
  if (compare) {
    const before = moved(period, -1);
    q.set('compare_from', before.from);
    q.set('compare_to', before.to);
  }
  return q;
}

/** A share in tenths of a percent; null without a whole.
 * @param {number} part @param {number} whole */
export function permille(part, whole) {
  return whole > 0 ? Math.round(part * 1000 / whole) : null;
}

/** The figures at the head of the page: their values, and whether more is better.
 * @type {{code: 'served'|'wait'|'door'|'promise'|'fill'|'use', better: 1|-1, unit: 'count'|'minutes'|'share', value: (f: any) => number|null}[]} */
export const HEAD = [
  {code: 'served', better: 1, unit: 'count', value: (f) => f.settled},
  {code: 'wait', better: -1, unit: 'minutes', value: (f) => (f.wait.n > 0 ? f.wait.p50_s : null)},
  {code: 'door', better: -1, unit: 'minutes', value: (f) => (f.door.n > 0 ? f.door.p50_s : null)},
  {code: 'promise', better: 1, unit: 'share', value: (f) => permille(f.in_promise, f.wait.n)},
  {code: 'fill', better: 1, unit: 'share', value: (f) => permille(f.taken_s, f.offer_s)},
  {code: 'use', better: 1, unit: 'share', value: (f) => permille(f.with_s, f.shift_s)},
];

/** How a figure changed: by how much, and whether that is good (1), bad (-1) or too small to
 * be said (0).
 * @param {number|null} now @param {number|null} before @param {1|-1} better */
export function change(now, before, better) {
  if (now === null || before === null) return null;
  const by = now - before;
  return {by, good: by === 0 ? 0 : Math.sign(by) * better};
}

/** The columns of the tables, as the files have them. of: what they stand under; only: the divisions that have it.
 * @type {{code: string, of: string, unit: 'count'|'minutes'|'share'|'hours'|'rate', only?: string[], value: (f: any) => number|null}[]} */
export const COLUMNS = [
  {code: 'visits', of: 'came', unit: 'count', value: (f) => f.visits},
  {code: 'persons', of: 'came', unit: 'count', value: (f) => f.persons},
  {code: 'settled', of: 'came', unit: 'count', value: (f) => f.settled},
  {code: 'wait_p50', of: 'wait', unit: 'minutes', value: (f) => (f.wait.n > 0 ? f.wait.p50_s : null)},
  {code: 'wait_p90', of: 'wait', unit: 'minutes', value: (f) => (f.wait.n > 0 ? f.wait.p90_s : null)},
  {code: 'wait_max', of: 'wait', unit: 'minutes', value: (f) => (f.wait.n > 0 ? f.wait.max_s : null)},
  {code: 'in_promise', of: 'wait', unit: 'share', value: (f) => permille(f.in_promise, f.wait.n)},
  {code: 'door_p50', of: 'door', unit: 'minutes', value: (f) => (f.door.n > 0 ? f.door.p50_s : null)},
  {code: 'door_p90', of: 'door', unit: 'minutes', value: (f) => (f.door.n > 0 ? f.door.p90_s : null)},
  {code: 'door_max', of: 'door', unit: 'minutes', value: (f) => (f.door.n > 0 ? f.door.max_s : null)},
  {code: 'approved', of: 'outcome', unit: 'count', value: (f) => f.outcomes.approved},
  {code: 'returned', of: 'outcome', unit: 'count', value: (f) => f.outcomes.returned},
  {code: 'escalated', of: 'outcome', unit: 'count', value: (f) => f.outcomes.escalated},
  {code: 'refused', of: 'outcome', unit: 'count', value: (f) => f.outcomes.refused},
  {code: 'no_shows', of: 'unserved', unit: 'count', value: (f) => f.no_shows},
  {code: 'missed', of: 'unserved', unit: 'count', only: ['day', 'channel', 'programme'], value: (f) => f.missed},
  {code: 'left', of: 'unserved', unit: 'count', value: (f) => f.left},
  {code: 'carried', of: 'unserved', unit: 'count', value: (f) => f.carried},
  {code: 'overtaken', of: 'unserved', unit: 'count', value: (f) => f.overtaken},
  {code: 'fill', of: 'places', unit: 'share', only: ['day', 'hour', 'room'], value: (f) => permille(f.taken_s, f.offer_s)},
  {code: 'use', of: 'officers', unit: 'share', only: ['day', 'hour', 'room', 'officer'], value: (f) => permille(f.with_s, f.shift_s)},
  {code: 'hours', of: 'officers', unit: 'hours', only: ['day', 'hour', 'room', 'officer'], value: (f) => f.shift_s},
  {code: 'rate', of: 'officers', unit: 'rate', only: ['day', 'hour', 'room', 'officer'], value: (f) => (f.shift_s > 0 ? f.rate_x100 : null)},
];

/** @param {string} by */
export function columnsOf(by) {
  return COLUMNS.filter((column) => !column.only || column.only.includes(by));
}

/** What a table's columns stand under, with how many of them there are.
 * @param {{of: string}[]} columns @returns {{of: string, n: number}[]} */
export function headsOf(columns) {
  /** @type {{of: string, n: number}[]} */
  const list = [];
  for (const {of} of columns) {
    const last = list.at(-1);
    if (last?.of === of) last.n += 1;
    else list.push({of, n: 1});
  }
  return list;
}

/** A whole figure with decimals as both languages write them.
 * @param {number} value @param {number} decimals @param {string} comma @param {string} point */
export function written(value, decimals, comma, point) {
  const [whole, part] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, point);
  return `${value < 0 && Number(value.toFixed(decimals)) !== 0 ? '−' : ''}${grouped}${part ? comma + part : ''}`;
}

/** Minutes as they are written: whole from ten on, with a decimal below.
 * @param {number} seconds */
export function minuteDecimals(seconds) {
  return Math.abs(seconds) < 600 && seconds % 60 !== 0 ? 1 : 0;
}

const STEPS = [1, 2, 5, 10, 15, 20, 30, 60, 90, 120, 180, 240, 300, 500, 600, 1000, 2000, 5000, 10_000];

/** The marks of an axis from 0 to at least the top, four or five of them.
 * @param {number} top @returns {number[]} */
export function ticks(top) {
  const step = STEPS.find((s) => s * 4 >= top) ?? Math.ceil(top / 4);
  const n = Math.max(1, Math.ceil(Math.max(top, 1) / step));
  return Array.from({length: n + 1}, (_, i) => i * step);
}

/** Which of n places along an axis get a word, so that words never touch.
 * @param {number} n @param {number} most */
export function labelled(n, most) {
  const every = Math.max(1, Math.ceil(n / most));
  return (/** @type {number} */ i) => i % every === 0;
}

/** The points of a picture over time: a place for every day of the period, open or not, up
 * to a month; longer ones have the weeks or months that there were.
 * @param {any} report @returns {{key: string, f: any|null}[]} */
export function points(report) {
  const known = new Map(report.series.map((/** @type {any} */ row) => [row.key, row]));
  if (report.unit !== 'day' || report.series.length === 0) return report.series.map((/** @type {any} */ row) => ({key: row.key, f: row}));
  const list = [];
  const last = report.series.at(-1).key;
  for (let date = report.from; date <= report.to; date = addDays(date, 1)) {
    // Days to come have no place: they are neither open nor empty.
    if (date > last && date > (report.preliminary ?? last)) break;
    list.push({key: date, f: known.get(date) ?? null});
  }
  return list.filter((point) => point.f || weekday(point.key) < 5);
}

/** What the visits that were not served came to, the largest first.
 * @param {any} f @returns {{code: string, n: number}[]} */
export function unserved(f) {
  return ['no_shows', 'left', 'carried', 'missed'].map((code) => ({code, n: f[code]}))
    .filter((one) => one.n > 0).sort((a, b) => b.n - a.n);
}
