// @ts-check
// Pictures of the manager's history, with made-up acts.

const AT = 1_772_413_200;
const VIEW = {
  at: AT + 6000, offset_s: 0, zone_s: 25_200, policy_version: 3, banners: [], rooms: [], officers: [], counts: {}, lines: [], waits: [], longest: [], calls: [],
  day: {date: '2026-03-02', open: true, over: false, number: 40, extended: false, open_s: 27_000, last_ticket_s: 52_200, close_s: 54_000},
  goals: {door_to_door_s: 2400, promised_wait_s: 1800, alarm_wait_s: 3600}, totals: {}, lobby: {persons: 0, max: 20}, promises: {hours: [], all: {}},
};

const OFFICERS = [[2, 'Rina'], [3, 'Budi'], [4, 'Dewi Kusumaningrum-Hadiwidjojo']].map(([id, display]) => ({id, name: `o${id}`, display}));
const ACCOUNTS = [...OFFICERS.map((o) => ({...o, role: 'officer'})), {id: 7, name: 'sari', display: 'Sari', role: 'manager'}, {id: 8, name: 'tono', display: 'Tono', role: 'desk'}];

const number = (/** @type {number} */ n) => `A${String(n).padStart(3, '0')}`;
const part = (/** @type {number} */ n, /** @type {any} */ more = {}) => ({visit: n, number: number(n), ...more});
const desk = {role: 'desk', id: 8};
const officer = (/** @type {number} */ id) => ({role: 'officer', id});

/** A call of six with the reasons of each, and two that were passed over. */
const CALL = {
  kind: 'group.called', to: 'group', room: 2, by: officer(4), reason: 'fits_better',
  visits: [12, 13, 15, 16, 18, 19].map((n, i) => part(n, {seats: [i + 1], why: i === 0 ? [{code: 'first_in_order', a: 2580}] : i === 2 ? [{code: 'priority_jump', a: 900}, {code: 'accessible_seat'}] : [{code: 'next_in_order', a: i + 1, b: 2580 - i * 120}]})),
  passed: [part(14, {why: [{code: 'persons_do_not_fit', a: 3, b: 1}]}), part(17, {why: [{code: 'other_programme'}]})],
};

const DAY = [
  {kind: 'day.opened', by: {role: 'manager', id: 7}},
  {kind: 'draw.held', by: {role: 'system'}, visits: Array.from({length: 24}, (_, i) => part(i + 1)), visits_more: 16},
  {kind: 'officer.moved', to: 'on_shift', officer: 4, by: officer(4)},
  {kind: 'session.opened', to: 'rolling', room: 2, by: officer(4)},
  {kind: 'visit.opened', to: 'arrived', visits: [part(12)], by: {role: 'kiosk', id: 1}},
  [{kind: 'paper.marked', to: 'missing', visits: [part(20)], by: desk}, {kind: 'visit.moved', to: 'incomplete', visits: [part(20)], by: desk}],
  {kind: 'visit.moved', to: 'waiting', visits: [part(12)], why: [{code: 'booking_credit', a: 600}], by: desk},
  {kind: 'visit.opened', to: 'arrived', visits: [part(21)], by: {role: 'desk', id: -3}},
  {kind: 'visit.moved', to: 'at_desk', visits: [part(21)], why: [{code: 'no_room_serves'}], by: {role: 'system'}},
  CALL,
  {kind: 'visit.recalled', visits: [part(18)], by: officer(4)},
  {kind: 'visit.seated', visits: [part(12)], room: 2, by: {role: 'booth', id: 3}},
  {kind: 'person.revealed', visits: [part(12)], reason: 'serving', by: officer(4)},
  {kind: 'officer.took', officer: 4, room: 2, seats: [1], visits: [part(12)], why: [{code: 'waited_beyond_bound', a: 260, b: 180}], by: officer(4)},
  {kind: 'help.asked', room: 2, seats: [3], visits: [part(15)], by: {role: 'booth', id: 5}},
  [{kind: 'claim.settled', to: 'returned', reason: 'papers_missing', visits: [part(13)], by: officer(4), undone: 118}, {kind: 'visit.moved', to: 'settled', visits: [part(13)], room: 2, by: officer(4), undone: 118}],
  {kind: 'undone', undoes: 113, room: 2, visits: [part(13)], by: officer(4)},
  {kind: 'seat.set', to: 'closed', room: 2, seats: [6], reason: 'device_broken', by: {role: 'manager', id: 7}},
  {kind: 'visit.moved', to: 'no_show', room: 2, visits: [part(18)], why: [{code: 'did_not_come', a: 300}], by: {role: 'system'}},
  {kind: 'crew.changed', room: 2, officer: 3, reason: 'officer_ill', by: officer(4)},
  {kind: 'person.revealed', visits: [part(13)], reason: 'complaint', by: {role: 'manager', id: 7}},
  {kind: 'policy.set', by: {role: 'manager', id: 7}},
];

const acts = DAY.flatMap((record, i) => [record].flat().map((act) => ({seq: 100 + i, at: AT + i * 251, ...act})));
const STORY = acts.filter((act) => /** @type {any} */ (act).visits?.some((/** @type {any} */ p) => p.number === 'A013'));

const page = (/** @type {any[]} */ list, /** @type {any} */ more = {}) => ({day: '2026-03-02', acts: list, more: false, next: 119, partial: false, offset_s: 0, ...more});
const base = {
  'GET /api/v1/session': {body: {kind: 'session', id: 7, name: 'sari', display: 'Sari', role: 'manager', demo: false, insecure: false, setup: false, epoch: 'gallery', build: ''}},
  'GET /api/v1/officers': {body: {officers: OFFICERS}}, 'GET /api/v1/accounts': {body: {accounts: ACCOUNTS}}, 'GET /api/v1/rooms': {body: {rooms: []}}, 'GET /api/v1/views/manager': null,
  'GET /api/v1/devices': {body: {devices: [{id: 1, kind: 'kiosk', name: 'Kios pintu depan'}, {id: 3, kind: 'desk', name: 'Tablet gerbang'}, {id: 5, kind: 'booth', name: 'Layar bilik', room: 2, seat: 3}]}},
};
const feeds = {'/api/v1/feed/manager': VIEW};
const place = (/** @type {any} */ answer, /** @type {string} */ until, /** @type {any} */ more = {}) => ({feeds, hash: '#audit/2026-03-02', answers: {...base, 'GET /api/v1/audit': answer}, touches: [{until}], ...more});
const refused = (/** @type {number} */ status, /** @type {string} */ code) => ({status, body: {code, status, title: '', detail: ''}});

/** @type {import('../../gallery/fake.js').Shown} */
export const shown = {code: 'audit', page: '/manager', size: [1440, 900], pictures: [
  {name: 'crowded', ...place({body: page(acts, {more: true})}, '.audit-table')},
  {name: 'story', ...place({body: page(STORY)}, '.audit-table', {hash: '#audit/2026-03-02/A013'})},
  {name: 'passed', ...place({body: page(acts.filter((act) => /** @type {any} */ (act).passed))}, '.audit-table', {hash: '#audit/2026-03-02/A014'})},
  {name: 'partial', ...place({body: page(acts.slice(7), {partial: true})}, '.audit-table')},
  {name: 'empty', ...place({body: page([])}, '.audit .empty-card')},
  {name: 'no-day', ...place(refused(404, 'audit_no_day'), '.audit .empty-card')},
  {name: 'reading', ...place(refused(503, 'audit_reading'), '.audit .empty')},
  {name: 'error', ...place(refused(500, 'internal'), '.audit .empty .button')},
  {name: 'offline', ...place({body: page(acts)}, '.audit-table', {connection: 'offline'})},
  {name: 'dark', ...place({body: page(acts)}, '.audit-table', {theme: 'dark'})},
]};
