// @ts-check
// Pictures of the promises, with what a branch learned in nine weeks.

import {answers, view} from '../gallery-branch.js';
import {FULL} from '../gallery-policy.js';

/** A time as it is kept here: programme, step, who, officer, seconds of the catalogue and
 * of today, and how often it was measured today.
 * @typedef {[string, string, string, number, number, number, number]} Short */

/** @type {Short[]} */
const TODAY = [
  ['', 'call_to_seat', '', 0, 45, 45, 81],
  ['JHT', 'briefing', 'visitor', 0, 180, 182, 72],
  ['JHT', 'check', 'officer', 0, 60, 63, 73],
  ['JHT', 'check', 'officer', 1, 60, 63, 22],
  ['JHT', 'check', 'officer', 2, 60, 63, 24],
  ['JHT', 'check', 'officer', 3, 60, 63, 19],
  ['JHT', 'check', 'officer', 4, 60, 63, 8],
  ['JHT', 'close', 'officer', 0, 90, 95, 61],
  ['JHT', 'close', 'officer', 1, 90, 95, 18],
  ['JHT', 'close', 'officer', 2, 90, 95, 19],
  ['JHT', 'close', 'officer', 3, 90, 95, 16],
  ['JHT', 'close', 'officer', 4, 90, 95, 7],
  ['JHT', 'close', 'officer', 5, 90, 95, 1],
  ['JHT', 'documents', 'visitor', 0, 360, 379, 60],
  ['JHT', 'form', 'visitor', 0, 720, 756, 60],
  ['JHT', 'verify', 'officer', 0, 90, 95, 64],
  ['JHT', 'verify', 'officer', 1, 90, 95, 20],
  ['JHT', 'verify', 'officer', 2, 90, 95, 19],
  ['JHT', 'verify', 'officer', 3, 90, 95, 17],
  ['JHT', 'verify', 'officer', 4, 90, 95, 8],
  ['JKK', 'check', 'officer', 0, 60, 62, 1],
  ['JKK', 'check', 'officer', 4, 60, 62, 1],
  ['JKK', 'close', 'officer', 0, 60, 63, 1],
  ['JKK', 'close', 'officer', 4, 60, 63, 1],
  ['JKK', 'documents', 'visitor', 0, 240, 248, 1],
  ['JKK', 'interview', 'officer', 0, 180, 187, 1],
  ['JKK', 'interview', 'officer', 4, 180, 187, 1],
  ['JKM', 'check', 'officer', 0, 90, 93, 2],
  ['JKM', 'check', 'officer', 4, 90, 93, 2],
  ['JKM', 'close', 'officer', 0, 90, 94, 2],
  ['JKM', 'close', 'officer', 4, 90, 94, 2],
  ['JKM', 'form', 'visitor', 0, 480, 495, 1],
  ['JKM', 'verify', 'officer', 0, 180, 187, 2],
  ['JKM', 'verify', 'officer', 4, 180, 187, 2],
  ['JP', 'check', 'officer', 0, 60, 63, 3],
  ['JP', 'check', 'officer', 4, 60, 63, 3],
  ['JP', 'close', 'officer', 0, 90, 92, 3],
  ['JP', 'close', 'officer', 4, 90, 92, 3],
  ['JP', 'form', 'visitor', 0, 420, 432, 3],
  ['JP', 'verify', 'officer', 0, 150, 156, 3],
  ['JP', 'verify', 'officer', 4, 150, 156, 3],
];

/** The branch's own times lie off the catalogue by so much, in turn, percent. */
const OFF = [4, -12, 31, 2, -8, 18, -3];
const figures = TODAY.map(([programme, step, who, officer, prior_s, today_s, today_n], i) => ({...(programme ? {programme} : {}), step, ...(who ? {who} : {}), ...(officer ? {officer} : {}), prior_s, prior_cv_pct: 50,
  learned_s: Math.round(prior_s * (100 + OFF[i % OFF.length]) / 100), learned_cv_pct: 44, today_s, n: today_n * 41, recent: today_n * 9, today_n, weight_pct: Math.min(96, 30 + today_n), since: '2026-01-05', held: i % 5, absurd: i % 11 === 4 ? 12 : 0, clamped: i % 13 === 2}));

const share = (/** @type {string} */ of, /** @type {number} */ prior_pct, /** @type {number} */ permille, /** @type {number} */ n) => ({of, prior_pct, permille, yes: Math.round(permille * n / 1000), n});
const lanes = (/** @type {number} */ prior, /** @type {number[]} */ permille) => ['walk_in', 'online', 'collective'].map((of, i) => share(of, prior, permille[i], [4210, 1630, 720][i]));
const learning = {
  seq: 1363, figures, drifts: [{who: 'visitor', pct: 103, n: 8200, weight_pct: 86}, {who: 'officer', pct: 94, n: 8117, weight_pct: 83}],
  no_show: lanes(5, [41, 71, 33]), missed: lanes(8, [0, 92, 61]), papers: lanes(10, [69, 94, 22]), walk_out: ['0', '30', '60', '90', '120', '150'].map((of, i) => share(of, 2, 4 + 14 * i, 2400 - 390 * i)),
  arrivals: [0, 1, 2, 3, 4].flatMap((weekday) => [7, 8, 9, 10, 11, 12, 13, 14].map((hour, i) => ({weekday, hour, days: 9, milli: [(72_000 - i * 8200) * (weekday === 0 ? 1.3 : 1), 9000 - i * 600, 3000]}))),
  parties: Array.from({length: 12}, (_, i) => 90 - i * 7), breaks: [1, 2, 3, 4, 5].map((officer, i) => ({officer, at_s: 41_400 + i * 900, for_s: 1800 + i * 120, n: 41 - i * 9})),
  excused: {clock_corrected: 0, cut_short: 31, interrupted: 96, officer_elsewhere: 12}, gaps: 0,
};

const tally = (/** @type {number} */ n, /** @type {number} */ pct, /** @type {number} */ error_s) => ({n, inside: Math.round(n * pct / 100), inside_pct: pct, early: Math.round(n * (100 - pct) / 250), late: Math.round(n * (100 - pct) / 170), error_s, width_s: error_s * 4});
const promises = {first: tally(180, 79, 168), standing: tally(171, 86, 112), hours: [7, 8, 9, 10, 11, 12, 13, 14].map((hour, i) => ({hour, first: tally(38 - i * 4, [81, 74, 79, 88, 82, 61, 80, 79][i], 120 + i * 31), standing: tally(36 - i * 4, 84 + i, 90 + i * 9)}))};

const branch = view(5, 60, {promises});
const young = view(3, 12, {promises: {first: tally(7, 71, 240), standing: tally(5, 80, 180), hours: [{hour: 8, first: tally(7, 71, 240), standing: tally(5, 80, 180)}]}});
const idle = view(3, 0, {room: {session: null}, promises: {first: tally(0, 0, 0), standing: tally(0, 0, 0), hours: []}});

/** @param {string} name @param {any} [more] @param {any} [asks] @param {any} [v] @returns {import('../../gallery/fake.js').Picture} */
function picture(name, more = {}, asks = {}, v = branch) {
  return {name, hash: '#promises', feeds: {'/api/v1/feed/manager': v}, touches: [{until: '.promises .card'}], answers: answers(v, {
    'GET /api/v1/policy': {body: FULL}, 'GET /api/v1/learning': {body: learning}, ...asks}), ...more};
}

const nobody = {...learning, figures: [], drifts: [{who: 'visitor', pct: 100, n: 0, weight_pct: 0}, {who: 'officer', pct: 100, n: 0, weight_pct: 0}], arrivals: [], breaks: [],
  no_show: lanes(5, [50, 50, 50]).map((one) => ({...one, yes: 0, n: 0})), missed: lanes(8, [80, 80, 80]).map((one) => ({...one, yes: 0, n: 0})), papers: lanes(10, [100, 100, 100]).map((one) => ({...one, yes: 0, n: 0})), walk_out: [share('0', 2, 20, 0)], excused: {}};
const long = {'GET /api/v1/officers': {body: {officers: branch.officers.map((/** @type {any} */ o) => ({id: o.id, name: 'x', display: 'Siti Nurhaliza Kusumawardhani Prawirodirdjo', programmes: [], max_group: 0}))}}};

/** @type {import('../../gallery/fake.js').Shown} */
export const shown = {code: 'promises', page: '/manager', size: [1440, 900], pictures: [
  picture('crowded'),
  picture('standing', {touches: [{until: '.promises .segments'}, {click: '.promises .segments button:last-child'}]}),
  picture('officers', {touches: [{until: '.link-button'}, {click: '.link-button'}]}, long),
  picture('forget', {touches: [{until: '.learned .quiet'}, {click: '.learned .quiet'}, {until: '.sure'}]}),
  picture('few', {}, {}, young),
  picture('empty', {}, {'GET /api/v1/learning': {body: nobody}}, idle),
  picture('reading', {}, {'GET /api/v1/learning': {status: 503, body: {code: 'learning_reads', status: 503, title: 'Unavailable', detail: ''}}}),
  picture('error', {}, {'GET /api/v1/learning': {status: 500, body: {code: 'internal', status: 500, title: 'Internal Server Error', detail: ''}}}),
  picture('offline', {connection: 'offline'}),
  picture('dark', {theme: 'dark'}),
]};
