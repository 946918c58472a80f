// @ts-check
// Pictures of "Bagaimana jika?", with answers that a demo gave and that were cut short.

import {NOW, answers, view} from '../gallery-branch.js';
import {FULL} from '../gallery-policy.js';

/** A row as it is kept here: what and of whom, which way is better, the verdict, then the
 * value and its bounds now, then, and of the difference.
 * @typedef {[string, string, string, string, number, number, number, number, number, number, number, number, number]} Short */

/** @param {Short[]} list */
const rowsOf = (list) => list.map(([figure, of, better, verdict, b, bl, bh, c, cl, ch, d, dl, dh]) => ({figure, of, better, verdict,
  base: {value: b, low: bl, high: bh}, changed: {value: c, low: cl, high: ch}, difference: {value: d, low: dl, high: dh}}));

/** Five officers in a pool. @type {Short[]} */
const POOLED = [
  ['wait_mean_s', 'all', 'lower', 'better', 1623.37, 1474.21, 1772.52, 1213.26, 1109.07, 1317.46, -410.1, -493.83, -326.38],
  ['wait_p50_s', 'all', 'lower', 'better', 1572.25, 1073.73, 2070.77, 836.25, 427.44, 1245.06, -736, -956.48, -515.52],
  ['wait_p95_s', 'all', 'lower', 'better', 3814.25, 3518.41, 4110.09, 3362, 3062.86, 3661.14, -452.25, -595.52, -308.98],
  ['wait_max_s', 'all', 'lower', 'better', 4375.13, 4078.64, 4671.61, 3826.25, 3446.85, 4205.65, -548.88, -699.23, -398.52],
  ['wait_mean_s', 'walk_in', 'lower', 'better', 1840.54, 1690.68, 1990.4, 1471.87, 1347.7, 1596.03, -368.68, -456.26, -281.1],
  ['wait_p50_s', 'walk_in', 'lower', 'better', 2052.5, 1759.18, 2345.82, 1576, 1376.91, 1775.09, -476.5, -646.77, -306.23],
  ['wait_p95_s', 'walk_in', 'lower', 'better', 4065.5, 3756.25, 4374.75, 3459.25, 3095, 3823.5, -606.25, -761.37, -451.13],
  ['wait_max_s', 'walk_in', 'lower', 'better', 4375.13, 4078.64, 4671.61, 3826.25, 3446.85, 4205.65, -548.88, -699.23, -398.52],
  ['wait_mean_s', 'online', 'lower', 'better', 926.62, 758.34, 1094.89, 576.28, 472.53, 680.03, -350.34, -443.02, -257.65],
  ['wait_p50_s', 'online', 'lower', 'better', 462.88, 112.43, 813.32, 102.63, 22.98, 182.27, -360.25, -640.29, -80.21],
  ['wait_p95_s', 'online', 'lower', 'better', 2757.25, 2507.05, 3007.45, 2255.5, 1989.77, 2521.23, -501.75, -628.57, -374.93],
  ['wait_max_s', 'online', 'lower', 'better', 3185.13, 2729.02, 3641.23, 2661.63, 2332.97, 2990.28, -523.5, -673.48, -373.52],
  ['wait_mean_s', 'collective', 'lower', 'better', 2168.25, 1842.5, 2493.99, 1371.07, 1130.87, 1611.27, -797.17, -900.3, -694.05],
  ['wait_p50_s', 'collective', 'lower', 'better', 2404.75, 2181.66, 2627.84, 1572.25, 1183.8, 1960.7, -832.5, -1059.89, -605.11],
  ['wait_p95_s', 'collective', 'lower', 'better', 3436.25, 3208.11, 3664.39, 2702.13, 2469.54, 2934.71, -734.13, -997.72, -470.53],
  ['wait_max_s', 'collective', 'lower', 'better', 3490.5, 3283.37, 3697.63, 2911, 2657.03, 3164.97, -579.5, -734.78, -424.22],
  ['wait_mean_s', 'persons_1', 'lower', 'better', 1560.38, 1420.22, 1700.55, 1153.49, 1053.6, 1253.37, -406.9, -483.1, -330.7],
  ['wait_p50_s', 'persons_1', 'lower', 'better', 1492, 995.8, 1988.2, 684.63, 291.66, 1077.59, -807.38, -1022.29, -592.46],
  ['wait_p95_s', 'persons_1', 'lower', 'better', 3687, 3459.74, 3914.26, 3282.88, 3038.74, 3527.01, -404.13, -451.17, -357.08],
  ['wait_max_s', 'persons_1', 'lower', 'better', 4249.75, 3913.32, 4586.18, 3703.25, 3383.62, 4022.88, -546.5, -655.36, -437.64],
  ['wait_mean_s', 'persons_2', 'lower', 'better', 1857.49, 1463.55, 2251.42, 1475.6, 1141.23, 1809.97, -381.88, -474.49, -289.28],
  ['wait_p50_s', 'persons_2', 'lower', 'better', 1728.13, 866.08, 2590.17, 1241.63, 581.2, 1902.05, -486.5, -740.63, -232.37],
  ['wait_p95_s', 'persons_2', 'lower', 'better', 3494.75, 2999.47, 3990.03, 2980.88, 2555.1, 3406.65, -513.88, -715.5, -312.25],
  ['wait_max_s', 'persons_2', 'lower', 'better', 3494.75, 2999.47, 3990.03, 2980.88, 2555.1, 3406.65, -513.88, -715.5, -312.25],
  ['wait_mean_s', 'persons_3_up', 'lower', 'better', 2128.83, 1933.61, 2324.05, 1679.88, 1374.63, 1985.13, -448.95, -724.93, -172.97],
  ['wait_p50_s', 'persons_3_up', 'lower', 'better', 2108.63, 1418.77, 2798.48, 1575, 893.25, 2256.75, -533.63, -940.89, -126.36],
  ['wait_p95_s', 'persons_3_up', 'lower', 'better', 3744.75, 2967.94, 4521.56, 3236.25, 2474.7, 3997.8, -508.5, -850.66, -166.34],
  ['wait_max_s', 'persons_3_up', 'lower', 'better', 3744.75, 2967.94, 4521.56, 3236.25, 2474.7, 3997.8, -508.5, -850.66, -166.34],
  ['door_mean_s', 'all', 'lower', 'better', 3461.04, 3292.39, 3629.68, 2815.18, 2686.51, 2943.86, -645.85, -743.1, -548.6],
  ['door_p95_s', 'all', 'lower', 'better', 5800.63, 5621.09, 5980.16, 5060.5, 4775.24, 5345.76, -740.13, -921.9, -558.35],
  ['arrived_persons', 'all', 'neither', 'same', 216, 210.1, 221.9, 216, 210.1, 221.9, 0, 0, 0],
  ['served_persons', 'all', 'higher', 'unsure', 209, 201.08, 216.92, 209.25, 201.36, 217.14, 0.25, -0.14, 0.64],
  ['served_pct', 'all', 'higher', 'unsure', 99.45, 98.74, 100, 99.57, 98.96, 100, 0.12, -0.07, 0.3],
  ['carried_over_persons', 'all', 'lower', 'same', 0.25, 0, 0.64, 0.25, 0, 0.64, 0, 0, 0],
  ['walked_out_persons', 'all', 'lower', 'unsure', 0.88, 0, 2.01, 0.63, 0, 1.51, -0.25, -0.64, 0.14],
  ['turned_away_persons', 'all', 'lower', 'same', 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ['claims_per_officer_hour', 'all', 'higher', 'worse', 7.13, 7.03, 7.22, 5.68, 5.57, 5.79, -1.45, -1.48, -1.41],
  ['officer_busy_pct', 'all', 'neither', 'differs', 48.09, 47.18, 49, 38.43, 37.48, 39.38, -9.66, -9.94, -9.37],
  ['seat_busy_pct', 'all', 'neither', 'differs', 67.24, 64.11, 70.36, 58.64, 56.5, 60.79, -8.59, -9.92, -7.26],
  ['group_size_mean', 'all', 'neither', 'unsure', 4.22, 4.08, 4.36, 4.15, 3.95, 4.34, -0.07, -0.19, 0.05],
  ['overtaken_visits', 'all', 'lower', 'unsure', 3.38, 2.38, 4.37, 3.5, 2.09, 4.91, 0.13, -1.09, 1.34],
  ['overtaken_max', 'all', 'lower', 'same', 2, 2, 2, 2, 2, 2, 0, 0, 0],
  ['families_over_singles_pct', 'all', 'lower', 'unsure', 101.81, 81.32, 122.3, 98.4, 77.86, 118.94, -3.41, -13.04, 6.22],
  ['overtime_s', 'all', 'lower', 'unsure', 40.38, 0, 135.86, 39.25, 0, 132.08, -1.13, -3.79, 1.54],
  ['multiplier', 'all', 'higher', 'better', 4.65, 4.5, 4.81, 5.03, 4.86, 5.2, 0.38, 0.34, 0.42],
  ['multiplier_over_counter', 'all', 'higher', 'better', 1.02, 1, 1.04, 1.1, 1.08, 1.12, 0.08, 0.08, 0.09],
  ['ceiling', 'all', 'higher', 'same', 5.25, 5.25, 5.25, 5.25, 5.25, 5.25, 0, 0, 0],
];

/** The pool alone, and opening half an hour earlier: two that were found. @type {Short[][]} */
const FOUND = [[
  ['wait_mean_s', 'all', 'lower', 'better', 1623.37, 1474.21, 1772.52, 1310.68, 1184.52, 1436.83, -312.69, -400.49, -224.89],
  ['wait_p50_s', 'all', 'lower', 'better', 1572.25, 1073.73, 2070.77, 1055.25, 584.41, 1526.09, -517, -673.82, -360.18],
  ['wait_p95_s', 'all', 'lower', 'better', 3814.25, 3518.41, 4110.09, 3465.5, 3138.74, 3792.26, -348.75, -511.97, -185.53],
  ['wait_max_s', 'all', 'lower', 'better', 4375.13, 4078.64, 4671.61, 4047.25, 3695.42, 4399.08, -327.88, -474.07, -181.68],
  ['door_mean_s', 'all', 'lower', 'better', 3461.04, 3292.39, 3629.68, 2942.48, 2790.85, 3094.11, -518.56, -625.82, -411.3],
  ['door_p95_s', 'all', 'lower', 'better', 5800.63, 5621.09, 5980.16, 5185.38, 4878.54, 5492.21, -615.25, -835.22, -395.28],
  ['arrived_persons', 'all', 'neither', 'same', 216, 210.1, 221.9, 216, 210.1, 221.9, 0, 0, 0],
  ['served_persons', 'all', 'higher', 'unsure', 209, 201.08, 216.92, 209.25, 201.36, 217.14, 0.25, -0.14, 0.64],
  ['served_pct', 'all', 'higher', 'unsure', 99.45, 98.74, 100, 99.57, 98.96, 100, 0.12, -0.07, 0.3],
  ['carried_over_persons', 'all', 'lower', 'same', 0.25, 0, 0.64, 0.25, 0, 0.64, 0, 0, 0],
  ['walked_out_persons', 'all', 'lower', 'unsure', 0.88, 0, 2.01, 0.63, 0, 1.51, -0.25, -0.64, 0.14],
  ['turned_away_persons', 'all', 'lower', 'same', 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ['claims_per_officer_hour', 'all', 'higher', 'unsure', 7.13, 7.03, 7.22, 7.1, 6.96, 7.24, -0.03, -0.08, 0.03],
  ['officer_busy_pct', 'all', 'neither', 'unsure', 48.09, 47.18, 49, 48.03, 46.84, 49.21, -0.06, -0.48, 0.36],
  ['seat_busy_pct', 'all', 'neither', 'differs', 67.24, 64.11, 70.36, 59.75, 57.55, 61.95, -7.49, -8.75, -6.22],
  ['group_size_mean', 'all', 'neither', 'unsure', 4.22, 4.08, 4.36, 4.17, 3.98, 4.35, -0.05, -0.15, 0.04],
  ['overtaken_visits', 'all', 'lower', 'unsure', 3.38, 2.38, 4.37, 3.88, 2.74, 5.01, 0.5, -0.39, 1.39],
  ['overtaken_max', 'all', 'lower', 'same', 2, 2, 2, 2, 2, 2, 0, 0, 0],
  ['families_over_singles_pct', 'all', 'lower', 'unsure', 101.81, 81.32, 122.3, 102.24, 81.65, 122.82, 0.42, -5.89, 6.74],
  ['overtime_s', 'all', 'lower', 'unsure', 40.38, 0, 135.86, 39.25, 0, 132.08, -1.13, -3.79, 1.54],
], [
  ['wait_mean_s', 'all', 'lower', 'better', 1623.37, 1474.21, 1772.52, 983.25, 904.37, 1062.13, -640.12, -757.61, -522.63],
  ['wait_p50_s', 'all', 'lower', 'better', 1572.25, 1073.73, 2070.77, 665.75, 395.83, 935.67, -906.5, -1168.85, -644.15],
  ['wait_p95_s', 'all', 'lower', 'better', 3814.25, 3518.41, 4110.09, 2735.25, 2537.05, 2933.45, -1079, -1228.05, -929.95],
  ['wait_max_s', 'all', 'lower', 'better', 4375.13, 4078.64, 4671.61, 3350.25, 3010.47, 3690.03, -1024.88, -1216.32, -833.43],
  ['door_mean_s', 'all', 'lower', 'better', 3461.04, 3292.39, 3629.68, 2803.03, 2705.23, 2900.83, -658.01, -784.2, -531.81],
  ['door_p95_s', 'all', 'lower', 'better', 5800.63, 5621.09, 5980.16, 4699.5, 4459.67, 4939.33, -1101.13, -1288.5, -913.75],
  ['arrived_persons', 'all', 'neither', 'same', 216, 210.1, 221.9, 216, 210.1, 221.9, 0, 0, 0],
  ['served_persons', 'all', 'higher', 'unsure', 209, 201.08, 216.92, 209.63, 202, 217.25, 0.63, 0, 1.25],
  ['served_pct', 'all', 'higher', 'unsure', 99.45, 98.74, 100, 99.75, 99.31, 100, 0.3, 0, 0.61],
  ['carried_over_persons', 'all', 'lower', 'same', 0.25, 0, 0.64, 0.25, 0, 0.64, 0, 0, 0],
  ['walked_out_persons', 'all', 'lower', 'unsure', 0.88, 0, 2.01, 0.25, 0, 0.84, -0.63, -1.25, 0],
  ['turned_away_persons', 'all', 'lower', 'same', 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ['claims_per_officer_hour', 'all', 'higher', 'worse', 7.13, 7.03, 7.22, 6.66, 6.57, 6.74, -0.47, -0.5, -0.44],
  ['officer_busy_pct', 'all', 'neither', 'differs', 48.09, 47.18, 49, 44.95, 44.17, 45.73, -3.14, -3.41, -2.86],
  ['seat_busy_pct', 'all', 'neither', 'differs', 67.24, 64.11, 70.36, 62.78, 60.05, 65.51, -4.45, -5.42, -3.48],
  ['group_size_mean', 'all', 'neither', 'unsure', 4.22, 4.08, 4.36, 4.17, 4.03, 4.31, -0.05, -0.15, 0.05],
  ['overtaken_visits', 'all', 'lower', 'better', 3.38, 2.38, 4.37, 2.75, 2.01, 3.49, -0.63, -1.06, -0.19],
  ['overtaken_max', 'all', 'lower', 'unsure', 2, 2, 2, 1.88, 1.58, 2.17, -0.13, -0.42, 0.17],
  ['families_over_singles_pct', 'all', 'lower', 'unsure', 101.81, 81.32, 122.3, 104.06, 76.32, 131.8, 2.25, -7.34, 11.84],
  ['overtime_s', 'all', 'lower', 'unsure', 40.38, 0, 135.86, 46.75, 0, 157.31, 6.38, -8.7, 21.45],
]];

const HOURS = [{hour: 7, arrived: 72, base_s: 1879, changed_s: 1665}, {hour: 8, arrived: 32, base_s: 2945, changed_s: 2372}, {hour: 9, arrived: 30, base_s: 2403, changed_s: 1607}, {hour: 10, arrived: 28, base_s: 1392, changed_s: 561}, {hour: 11, arrived: 20, base_s: 373, changed_s: 55}, {hour: 12, arrived: 15, base_s: 78, changed_s: 25}, {hour: 13, arrived: 16, base_s: 54, changed_s: 31}, {hour: 14, arrived: 3, base_s: 51, changed_s: 51}];
const STAFF = {serving: 4, from: 'today'};
const DEMAND = {visits: 200, from: 'learned', days: 9};
const base = {days: 20, demand: DEMAND, times: {from: 'learned', measured_pct: 72}, staff: STAFF, hours: HOURS, notes: []};
const done = {state: 'done', done: 62, total: 62, demand: DEMAND};
const tried = {...done, id: 31, asked_at: NOW - 240, question: {changes: {policy: {pooled: true}, officers: 5}, days: 8, per_day: 200},
  answer: {...base, changes: [{field: 'pooled', from: 'false', to: 'true'}, {field: 'officers', from: '4', to: '5'}], rows: rowsOf(POOLED)}};
const advice = {promise: {wait_p95_s: 3600, served_pct: 95}, base: 'unlikely', met: true, order: 'cost', tried: 39, rounds: [{days: 2, began: 39, kept: 16}, {days: 8, began: 16, kept: 6}, {days: 8, began: 6, kept: 3}]};
const proposals = [{...{cost: {kind: 'free', points: 1}, changes: [{field: 'pooled', from: 'false', to: 'true'}], set: {policy: {pooled: true}}, verdict: 'likely', short: {wait_s: 0, served_pct: 0}, days: 8}, rows: rowsOf(FOUND[0])},
  {...{cost: {kind: 'hours', points: 2000}, changes: [{field: 'hours.open_s', from: '27000', to: '25200'}], set: {hours: {open_s: 25200}}, verdict: 'keeps', short: {wait_s: 0, served_pct: 0}, days: 8}, rows: rowsOf(FOUND[1])}];
const sought = {...done, id: 32, asked_at: NOW - 120, question: {days: 8, per_day: 200, advise: true, promise: {wait_p95_s: 3600, served_pct: 95}}, answer: {...base, changes: [], rows: rowsOf(POOLED.map((row) => /** @type {Short} */ ([...row.slice(0, 3), 'same', ...row.slice(4, 7), ...row.slice(4, 7), 0, 0, 0]))), advice: {...advice, proposals}}};
const running = {...tried, id: 33, asked_at: NOW - 30, state: 'running', done: 21, total: 62, answer: {...tried.answer, days: 6, rows: rowsOf(POOLED.slice(0, 4))}};
const queued = {id: 34, asked_at: NOW - 5, state: 'queued', done: 0, total: 0, question: {changes: {visits_pct: 130}, days: 20}, demand: DEMAND};
const failed = {id: 35, asked_at: NOW - 900, state: 'failed', code: 'day_not_kept', reason: 'The records of 2026-02-12 are no longer kept.', done: 0, total: 0, question: {day: '2026-02-12', changes: {officers: 3}}};
const many = {...tried, id: 36, question: {...tried.question, changes: {officers: 5, visits_pct: 130, last_call_s: 1200, hours: {open_s: 25_200, close_s: 57_600},
  rooms: [{room: 1, seats: 8}, {room: 2, seats: 8, mode: 'closed'}, {room: 3, unused: true}], policy: {pooled: true, group: {max: 8}, distance: {preset: 'kemenkes_2020', distance_mm: 1000}, seat: {seat_change_s: 60}}}},
answer: {...tried.answer, changes: [['officers', '4', '5'], ['visits_pct', '100', '130'], ['last_call_s', '0', '1200'], ['hours.open_s', '27000', '25200'], ['hours.close_s', '54000', '57600'], ['pooled', 'false', 'true'], ['group.max', '6', '8'], ['distance.distance_mm', '1500', '1000'], ['seat.seat_change_s', '120', '60']]
  .map(([field, from, to]) => ({field, from, to})).concat([{field: 'seats', from: '6', to: '8', room: 1}, {field: 'seats', from: '6', to: '8', room: 2}, {field: 'mode', from: 'default', to: 'closed', room: 2}, {field: 'unused', from: 'false', to: 'true', room: 3}].map((one) => /** @type {any} */ (one))),
demand: {visits: 260, from: 'asked', days: 0}, times: {from: 'catalogue', measured_pct: 0}, notes: ['catalogue_demand']}};
const ALL = [many, failed, queued, running, sought, tried];

const branch = view(5, 60);
branch.rooms[4] = {...branch.rooms[4], room: {...branch.rooms[4].room, desk: true, mode: 'single'}};
const bare = view(0, 0, {officers: [], counts: {}, calls: [], day: {date: '', open: false, over: false, number: 0, extended: false, open_s: 0, last_ticket_s: 0, close_s: 0}});

/** @param {string} name @param {any} more @param {any} [asks] @param {any} [v] @returns {import('../../gallery/fake.js').Picture} */
function picture(name, more, asks = {}, v = branch) {
  const one = Object.fromEntries(ALL.map((entry) => [`GET /api/v1/what-ifs/${entry.id}`, {body: entry}]));
  return {name, hash: '#what-if', feeds: {'/api/v1/feed/manager': v}, answers: answers(v, {'GET /api/v1/policy': {body: FULL},
    'GET /api/v1/what-ifs': {body: {what_ifs: ALL.map((entry) => ({...entry, answer: undefined})), kept: 16, staff: STAFF}}, ...one, ...asks}), touches: [{until: '.what-if'}], ...more};
}

const unavailable = {status: 503, body: {code: 'unavailable', status: 503, title: 'Unavailable', detail: ''}};
const none = {'GET /api/v1/what-ifs': {body: {what_ifs: [], kept: 16, staff: STAFF}}};

/** @type {import('../../gallery/fake.js').Shown} */
export const shown = {code: 'what_if', page: '/manager', size: [1440, 900], pictures: [
  picture('asked', {}),
  picture('answered', {hash: '#what-if/31', touches: [{until: '.side-by-side'}]}),
  picture('advice', {hash: '#what-if/32', touches: [{until: '.asked-card'}]}),
  picture('running', {hash: '#what-if/33', touches: [{until: '.state-line'}]}),
  picture('queued', {hash: '#what-if/34', touches: [{until: '.state-line'}]}),
  picture('failed', {hash: '#what-if/35', touches: [{until: '.state-line'}]}),
  picture('lost', {hash: '#what-if/99', touches: [{until: '.state-line'}]}),
  picture('many-changes', {hash: '#what-if/36', touches: [{until: '.side-by-side'}]}),
  picture('seek', {touches: [{until: '.ask'}, {click: '.ask .segments button:last-child'}]}, none),
  picture('empty', {}, none),
  picture('new-branch', {}, {'GET /api/v1/what-ifs': {body: {what_ifs: [], kept: 16, staff: {serving: 0, from: 'none'}}}}, bare),
  picture('error', {}, {'GET /api/v1/what-ifs': unavailable}),
  picture('offline', {hash: '#what-if/31', connection: 'offline', touches: [{until: '.side-by-side'}]}),
  picture('dark', {hash: '#what-if/31', theme: 'dark', touches: [{until: '.side-by-side'}]}),
]};
