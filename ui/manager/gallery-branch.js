// @ts-check
// A made-up branch for the pictures of the manager's pages: rooms, people, officers and
// a morning's work, as the server would tell them at 09.30 on a Monday.

import {AT} from '../gallery/fake.js';

export const NOW = Math.floor(Date.parse(AT) / 1000);

const GOALS = {promised_wait_s: 1800, alarm_wait_s: 3600, door_to_door_s: 2400, online_pct: 90, inside_pct: 80};
const STATES = ['with_officer', 'preparing', 'ready', 'preparing', 'cleaning', 'preparing'];
const CREW = ['Rina', 'Budi', 'Dewi', 'Agus', 'Joko', 'Sari', 'Putri', 'Andi', 'Wati', 'Tono', 'Lina', 'Hadi'];

/** @param {number} n @param {number} i @param {any} [more] */
function seat(n, i, more = {}) {
  const [across, down] = [i % 3, Math.floor(i / 3)];
  return {no: i + 1, x_mm: 750 + across * 1500, y_mm: 750 + down * 1500, accessible: i === 5, closed: false, state: 'free', since: NOW - 60, person: 0, ...more};
}

/** A room of six booths; how it is used follows from its number.
 * @param {number} n @param {any} [more] */
export function room(n, more = {}) {
  const busy = more.session === undefined || more.session !== null;
  const seats = Array.from({length: 6}, (_, i) => {
    const state = busy ? (n % 3 === 0 && i === 3 ? 'expected' : STATES[(i + n) % STATES.length]) : 'free';
    const held = state !== 'free' && state !== 'cleaning';
    return seat(n, i, {state, since: NOW - 40 - 97 * i - 13 * n, ...(held ? {visit: n * 10 + i, number: `${'ABC'[(n + i) % 3]}${String(20 + n * 7 + i).padStart(3, '0')}`} : {}), help: held && n === 4 && i === 1});
  });
  const present = seats.filter((one) => one.visit).length;
  return {
    room: {id: n, version: 2, width_mm: 4500, depth_mm: 3000, mode: 'default', desk: false, normal: 12, programmes: [], obstacles: [], keep_clear: [{x_mm: 3600, y_mm: 2700, width_mm: 900, depth_mm: 300}], ...more.room},
    session: busy ? {id: n, state: 'running', mode: 'rolling', crew: [n], opened: NOW - 7800, since: NOW - 7000, last: false, ...more.session} : null,
    capacity: {distance: 6, occupancy: 6, booths: 6, officer: n % 4 === 0 ? 4 : 6, minutes: 40, persons: n % 4 === 0 ? 4 : 6, binds: n % 4 === 0 ? 'officer' : n % 3 === 0 ? 'minutes' : 'distance', present},
    seats, proposed: n % 2, next: n % 2 && busy ? [{visit: 900 + n, number: `A${String(60 + n).padStart(3, '0')}`, seats: [5]}] : [],
    wait: n % 2 ? [] : [{code: 'capacity_reached', a: 6, b: 0}], too_near: 0,
  };
}

/** @param {number} rooms @param {number} waiting @param {any} [more] */
export function view(rooms, waiting, more = {}) {
  const list = Array.from({length: rooms}, (_, i) => room(i + 1, more.room));
  const lanes = ['walk_in', 'online', 'collective'];
  const queue = Array.from({length: waiting}, (_, i) => ({visit: 901 + i, number: `${'AABAC'[i % 5]}${String(61 + i).padStart(3, '0')}`, persons: i % 9 === 4 ? 3 : 1,
    lane: lanes[[0, 0, 1, 0, 2][i % 5]], waits_since: NOW - Math.round(4300 * (1 - i / Math.max(1, waiting)))}));
  const of = (/** @type {string} */ lane) => queue.filter((one) => one.lane === lane);
  const {room: _, ...rest} = more;
  return {
    at: NOW, offset_s: 0, zone_s: 25_200, today: {date: '2026-03-02', service: true}, unserved: [], day: {date: '2026-03-02', open: true, over: false, number: 40, extended: false, open_s: 28_800, last_ticket_s: 50_400, close_s: 54_000},
    totals: {date: '2026-03-02', visits: 160, settled: 64, claims: 191, returned: 5, no_shows: 2, left: 4, overtaken: 6, overtaken_max: 2, wait_mean_s: waiting ? 2100 : 0, door_mean_s: waiting ? 3300 : 0, by_channel: [90, 50, 20]},
    goals: GOALS, rooms: list,
    officers: list.map((one) => ({id: one.room.id, presence: one.room.id === 5 ? 'on_break' : 'on_shift', since: NOW - 8000, until: one.room.id === 5 ? NOW + 600 : 0, room: one.session ? one.room.id : 0, ...(one.room.id % 2 && one.session ? {with_room: one.room.id, with_seat: 1, with_since: NOW - 75} : {})})),
    counts: {waiting, seated: rooms * 4, settled: 64, incomplete: 3}, queue,
    lines: lanes.map((lane) => ({lane, waiting: of(lane).length, oldest_s: Math.max(0, ...of(lane).map((one) => NOW - one.waits_since)), mean_s: 1900, called: 20})),
    waits: waiting ? lanes.map((lane, i) => ({lane, low_s: 2700 + 600 * i, high_s: 3900 + 600 * i, as_of: NOW})) : [],
    longest: queue.slice(0, 6).map((one, i) => ({visit: one.visit, number: one.number, persons: one.persons, channel: one.lane, since: one.waits_since, waits_since: one.waits_since, effective: one.waits_since, overtaken: i === 1 ? 1 : 0, priority: i === 2 ? 'elderly' : '', programmes: ['JHT']})),
    calls: waiting ? [1, 2, 3].map((n) => ({seq: 50 - n, at: NOW - 90 * n, kind: 'refill', room: n, places: [{number: `A0${50 - n}`, seats: [n], here: n > 1}]})) : [],
    promises: {first: {n: 30, inside: 25, inside_pct: 83, early: 2, late: 3, error_s: 170, width_s: 600}, standing: {n: 20, inside: 18, inside_pct: 90, early: 1, late: 1, error_s: 120, width_s: 500}, hours: []},
    policy_version: 3, lobby: {persons: waiting + Math.floor(waiting / 10), max: 120}, banners: [], ...rest,
  };
}

/** @param {number} officers @param {any} [more] */
export function work(officers, more = {}) {
  return {
    date: '2026-03-02', at: NOW, single: {claims: 0, officer_s: 0}, days: 0, no_show: 5, group: {claims: 64, officer_s: 31_000}, group_rate: 743, single_rate: 214, basis: 'rehearsed', programme: 'JHT',
    multiplier: 347, early: false, need: {claims: 12, officer_s: 3600},
    officers: Array.from({length: officers}, (_, i) => ({officer: i + 1, shift_s: 8000, pause_s: i === 4 ? 900 : 0, session_s: 7000 - 400 * i % 2500, with_s: 4800 - 350 * i % 3000, claims: 17 - i % 7})), ...more,
  };
}

export const SESSION = {kind: 'session', id: 1, name: 'kepala', display: 'Ibu Ratna', role: 'manager', demo: false, setup: false, insecure: false, version: 'gallery'};

export const POLICY = {version: 3, policy: {distance: {preset: 'office_150', distance_mm: 1500, together_mm: 0, occupancy_pct: 50}, group: {max: 6}}};

/** What every page asks for.
 * @param {any} v the view @param {any} [more] */
export function answers(v, more = {}) {
  const officers = v.officers.map((/** @type {any} */ o, /** @type {number} */ i) => ({id: o.id, name: `o${o.id}`, display: CREW[i % CREW.length], programmes: [], max_group: 0}));
  return {
    'GET /api/v1/session': {body: SESSION}, 'GET /api/v1/officers': {body: {officers}}, 'GET /api/v1/accounts': {body: {accounts: [{id: 2, role: 'officer', name: 'o1'}]}},
    'GET /api/v1/rooms': {body: {rooms: v.rooms.map((/** @type {any} */ m) => ({...m.room, seats: m.seats, planned: null}))}}, 'GET /api/v1/rooms/drafts': {body: {drafts: []}},
    'GET /api/v1/policy': {body: POLICY}, 'GET /api/v1/notice': {body: {text: ''}}, 'GET /api/v1/work': {body: work(v.rooms.length)},
    // Asked for when the feed is lost.
    'GET /api/v1/views/manager': null, ...more,
  };
}
