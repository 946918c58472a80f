// @ts-check
// Pictures of the policy: its settings, hours, special days, and who changed what.

import {NOW, answers, view} from '../gallery-branch.js';
import {CALENDAR, FULL} from '../gallery-policy.js';

const DAY_S = 86_400;
const branch = view(6, 60);
branch.rooms[5] = {...branch.rooms[5], room: {...branch.rooms[5].room, desk: true, mode: 'single'}};

const special = {date: '2026-03-06', open: true, reason: 'election', gate_s: 25_200, open_s: 27_000, last_ticket_s: 39_600, close_s: 43_200};
const calendar = {...CALENDAR, ramadan_ranges: [{from: '2026-02-18', until: '2026-03-19'}],
  holidays: ['2026-01-01', '2026-03-19', '2026-03-20', '2026-03-21', '2026-05-01', '2026-05-14', '2026-06-01', '2026-08-17', '2026-12-25'], joint_leave: ['2026-03-18', '2026-03-23', '2026-12-24'],
  exceptions: [special, {date: '2026-03-14', open: true, reason: 'extra_day', gate_s: 25_200, open_s: 27_000, last_ticket_s: 39_600, close_s: 43_200, breaks: []}, {date: '2026-03-27', open: false, reason: 'joint_leave', gate_s: 0, open_s: 0, last_ticket_s: 0, close_s: 0}]};
const POLICY = {...FULL, policy: {...FULL.policy, calendar}};

const change = (/** @type {string} */ path, /** @type {any} */ from, /** @type {any} */ to) => ({path, from: JSON.stringify(from), to: JSON.stringify(to)});
const by = (/** @type {number} */ version, /** @type {number} */ days, /** @type {string} */ name, /** @type {any[]} */ changes) => ({version, at: NOW - days * DAY_S, by: {role: 'manager', id: 6}, name, changes});
const VERSIONS = [
  by(9, 1, 'Ibu Ratna', [change('group.max', 5, 6), change('seat.seat_change_s', 180, 120), {path: 'calendar.exceptions.2026-03-06', to: JSON.stringify(special)}]),
  by(8, 6, 'Ibu Ratna', [change('mode', 'closed', 'rolling'), change('auto_refill', false, true), {path: 'programmes'}]),
  by(7, 12, 'Siti Nurhaliza Kusumawardhani Prawirodirdjo', [change('distance.distance_mm', 2000, 1500), change('distance.preset', 'satgas_200', 'office_150'), change('goals.promised_wait_s', 2700, 1800), {path: 'calendar'}]),
  by(6, 20, 'Ibu Ratna', [change('lobby.max_persons', 20, 120)]), by(5, 31, 'Ibu Ratna', [{path: 'prefixes'}]), by(4, 33, 'Ibu Ratna', [{path: 'procedures'}]), by(3, 40, 'Ibu Ratna', [change('undo_s', 60, 30)]),
  {version: 1, at: 0, by: {role: 'system'}, found: true, changes: []},
];
const BOOKINGS = [['2026-03-06', 38, 2], ['2026-03-14', 9, 0], ['2026-03-27', 22, 5]].map(([date, visits, guaranteed]) => ({date, visits, persons: Number(visits) + 3, guaranteed, due_s: Array.from({length: Number(visits)}, (_, i) => 27_900 + i * 900 % 25_000)}));

/** @param {string} name @param {any} [more] @param {any} [asks] @param {any} [v] @returns {import('../../gallery/fake.js').Picture} */
function picture(name, more = {}, asks = {}, v = branch) {
  return {name, hash: '#policy', feeds: {'/api/v1/feed/manager': v}, touches: [{until: '.policy'}], answers: answers(v, {'GET /api/v1/policy': {body: {...POLICY, policy: {...POLICY.policy, version: 9}, version: 9}},
    'GET /api/v1/policy/versions': {body: {versions: VERSIONS, kept: 200}}, 'GET /api/v1/bookings': {body: {days: BOOKINGS}}, ...asks}), ...more};
}

/** The whole page at once: a part that is scrolled to lies half under the bar. @type {[number, number]} */
const WHOLE = [1440, 5200];
const typed = (/** @type {string} */ max, /** @type {string} */ promise) => [{until: '#s-group_max'}, {type: ['#s-group_max', max]}, {type: ['#s-goals_promised_wait_s', promise]}];
const save = [{until: '.policy-side .act .button.primary[aria-disabled="false"]'}, {click: '.policy-side .act .button.primary'}];
const plain = {policy_version: 9};
const bare = view(0, 0, {...plain, officers: [], counts: {}, calls: []});

/** @type {import('../../gallery/fake.js').Shown} */
export const shown = {code: 'policy', page: '/manager', size: [1440, 900], pictures: [
  picture('crowded'),
  picture('changed', {touches: typed('8', '45')}),
  picture('preset', {touches: [{until: '.preset'}, {click: '.preset:nth-child(4)'}]}),
  picture('outside', {touches: typed('90', 'lima')}),
  picture('hours', {size: WHOLE, touches: [{until: '#group-hours h2'}]}),
  picture('special-days', {size: WHOLE, touches: [{until: '#special-days .quiet'}, {click: '#special-days .quiet'}, {until: '.special-day'}]}),
  picture('history', {size: WHOLE, touches: [{until: '#group-history .link-button, #group-history .button.slim'}]}),
  picture('newer', {touches: [...typed('8', '45'), ...save, {until: '.reason, .refused, [role="alert"]'}]}, {'PUT /api/v1/policy': {status: 409, body: {code: 'stale_version', status: 409, title: 'Conflict', detail: ''}}}),
  picture('refused', {touches: [...typed('8', '45'), ...save, {until: '.wrong'}]}, {'PUT /api/v1/policy': {status: 422, body: {code: 'out_of_range', status: 422, title: 'Unprocessable', detail: '', field: 'group.max'}}}),
  picture('empty', {}, {'GET /api/v1/policy/versions': {body: {versions: [VERSIONS[7]], kept: 200}}, 'GET /api/v1/bookings': {body: {days: []}}, 'GET /api/v1/policy': {body: {...FULL, version: 1}}}, bare),
  picture('error', {touches: [{until: '.empty'}]}, {'GET /api/v1/policy': {status: 503, body: {code: 'unavailable', status: 503, title: 'Unavailable', detail: ''}}}),
  picture('offline', {connection: 'offline'}),
  picture('dark', {theme: 'dark'}),
]};
