// @ts-check
// Pictures of the manager's reports and policy, with made-up figures.

const VIEW = {
  at: 1_772_418_600, offset_s: 0, zone_s: 25_200, policy_version: 3, banners: [], rooms: [], officers: [], counts: {}, lines: [], waits: [], longest: [], calls: [],
  day: {date: '2026-03-02', open: true, over: false, number: 40, extended: false, open_s: 27_000, last_ticket_s: 52_200, close_s: 54_000},
  goals: {door_to_door_s: 2400, promised_wait_s: 1800, alarm_wait_s: 3600}, totals: {}, lobby: {persons: 0, max: 20}, promises: {hours: [], all: {}},
};

const OFFICERS = [[2, 'Rina'], [3, 'Budi'], [4, 'Dewi Kusumaningrum-Hadiwidjojo'], [5, 'Agus'], [6, 'Joko']].map(([id, display]) => ({id, name: `o${id}`, display}));

/** @param {number} n @param {number} p50 */
const spread = (n, p50) => ({n, mean_s: p50, p50_s: p50, p90_s: Math.round(p50 * 2.1), max_s: Math.round(p50 * 3.4)});

/** Made-up figures of so many visits, of which half waited so long at most.
 * @param {number} n @param {number} p50 */
function figures(n, p50) {
  return {
    visits: n, persons: Math.round(n * 1.12), wait: spread(n, p50), in_promise: Math.round(n * (p50 < 1200 ? 0.8 : 0.42)), door: spread(Math.round(n * 0.95), p50 + 1900), in_goal: Math.round(n * 0.3),
    settled: n, outcomes: {approved: Math.round(n * 0.86), returned: Math.round(n * 0.1), escalated: Math.round(n * 0.03), refused: Math.round(n * 0.01)},
    no_shows: Math.round(n * 0.01), missed: Math.round(n * 0.02), left: Math.round(n * 0.025), cancelled: 0, carried: Math.round(n * 0.003), overtaken: Math.round(n * 0.03), overtake_mx: 2,
    shift_s: n * 570, with_s: n * 257, break_s: n * 40, offer_s: n * 1900, taken_s: n * 1390, groups: 20, grouped: 90, refills: n, rate_x100: 630,
  };
}

const DAYS = ['2026-02-23', '2026-02-24', '2026-02-25', '2026-02-26', '2026-02-27'];
const rows = (/** @type {string[]} */ keys, /** @type {number} */ n) => keys.map((key, i) => ({key, ...figures(Math.round(n * (1.2 - (i % 5) * 0.09)), 900 + (i % 4) * 600)}));

/** @param {any} own */
function report(own = {}) {
  const total = figures(1068, 1980);
  return {
    from: '2026-02-23', to: '2026-03-01', by: 'hour', unit: 'day', days: rows(DAYS, 210), series: rows(DAYS, 210), rows: rows(['7', '8', '9', '10', '11', '12', '13', '14'], 130), total,
    fairness: {called: 1068, overtaken: 41, overtake_mx: 2, bound: 2, longest_s: 10_320, singles: spread(958, 1980), pairs: spread(47, 2460), families: spread(29, 2460)},
    multiplier: {value_x100: 353, group_x100: 837, single_x100: 237, counter_x100: 950, basis: 'computed', claims: 1064, hours_x100: 12_700, single_n: 1064, own_s: 1080, officer_s: 250, idle_s: 300},
    satisfaction: {visits: 309, score: 8820, class: 'B', items: Array.from({length: 9}, (_, i) => ({item: `u${i + 1}`, answers: [3, 12, 90, 204], n: 309, score: i === 2 ? 7680 : 8700 + i * 55, class: i === 2 ? 'B' : 'A'}))},
    goals: {promised_wait_s: 1800, door_to_door_s: 2400, overtake_max: 2, seat_change_s: 120}, partial: 0, at: VIEW.at, kept: {first: '2025-12-01', last: '2026-02-27', days: 64},
    compare: {from: '2026-02-16', to: '2026-02-22', days: 5, total: figures(1120, 1880), fairness: {}, multiplier: {}, satisfaction: {}},
    ...own,
  };
}

const EMPTY = report({days: [], series: [], rows: [], total: figures(0, 0), kept: {days: 0}, compare: null});
const MONTHS = Array.from({length: 12}, (_, i) => `2025-${String(i + 1).padStart(2, '0')}-01`);

const base = {
  'GET /api/v1/session': {body: {kind: 'session', id: 7, name: 'sari', display: 'Sari', role: 'manager', demo: false, insecure: false, setup: false, epoch: 'gallery', build: ''}},
  'GET /api/v1/officers': {body: {officers: OFFICERS}}, 'GET /api/v1/rooms': {body: {rooms: []}}, 'GET /api/v1/views/manager': null,
};
const feeds = {'/api/v1/feed/manager': VIEW};
const place = (/** @type {string} */ hash, /** @type {any} */ body, /** @type {any} */ more = {}) => ({feeds, hash, answers: {...base, 'GET /api/v1/reports': {body}}, touches: [{until: '.report-head, .empty-card'}], ...more});

/** @type {import('../../gallery/fake.js').Shown} */
export const shown = {code: 'reports', page: '/manager', size: [1440, 900], pictures: [
  {name: 'crowded', ...place('#reports/week/2026-02-23', report())},
  {name: 'table', ...place('#reports/week/2026-02-23', report(), {touches: [{until: '.report-head'}, {click: '.division .as-table'}, {until: '.figures-table'}]})},
  {name: 'officers', ...place('#reports/week/2026-02-23', report({by: 'officer', rows: rows(['2', '3', '4', '5', '6', '0'], 180)}))},
  {name: 'today', ...place('#reports/week/2026-03-02', report({from: '2026-03-02', to: '2026-03-08', days: rows(['2026-03-02'], 60), series: rows(['2026-03-02'], 60), preliminary: '2026-03-02', satisfaction: {visits: 0, score: 0, items: []},
    multiplier: {value_x100: 0, group_x100: 0, single_x100: 0, counter_x100: 0, basis: 'none', claims: 0, hours_x100: 0, single_n: 0, own_s: 0, officer_s: 0, idle_s: 0}}))},
  {name: 'year', ...place('#reports/own/2025-01-01/2025-12-31', report({from: '2025-01-01', to: '2025-12-31', unit: 'month', series: rows(MONTHS, 4200), days: rows(MONTHS, 200)}))},
  {name: 'empty', ...place('#reports/month/2026-02-01', EMPTY)},
  {name: 'error', feeds, hash: '#reports/week/2026-02-23', answers: {...base, 'GET /api/v1/reports': {status: 500, body: {code: 'internal', status: 500, title: 'Internal Server Error', detail: 'Something went wrong.'}}}, touches: [{until: '.reports .empty'}]},
  {name: 'offline', ...place('#reports/week/2026-02-23', report(), {connection: 'offline'})},
  {name: 'dark', theme: 'dark', ...place('#reports/week/2026-02-23', report())},
]};
