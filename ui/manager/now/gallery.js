// @ts-check
// Pictures of the branch now.

import {answers, view, work, NOW, SESSION} from '../gallery-branch.js';

/** @param {string} name @param {any} v @param {any} [more] @param {any} [asks] @returns {import('../../gallery/fake.js').Picture} */
function picture(name, v, more = {}, asks = {}) {
  return {name, hash: '#now', feeds: {'/api/v1/feed/manager': v}, answers: answers(v, asks), ...more};
}

const crowded = view(6, 93);
const long = view(4, 40);
const calm = view(5, 0, {room: {session: {state: 'forming'}}});
const shut = view(4, 0, {room: {session: null}, day: {date: '2026-03-02', open: false, over: false, number: 40, extended: false, open_s: 28_800, last_ticket_s: 50_400, close_s: 54_000}});
const roomBody = {
  room: {...crowded.rooms[0].room}, at: NOW, session: crowded.rooms[0].session, capacity: crowded.rooms[0].capacity, seats: crowded.rooms[0].seats,
  proposal: {call: 'refill', due: true, persons: 1, picks: [{visit: 901, number: 'A061', persons: 1, seats: [5], why: [{code: 'first_in_order', a: 4300}]}],
    skips: [{visit: 905, number: 'C065', persons: 3, why: [{code: 'persons_do_not_fit', a: 3, b: 1}]}], wait: [{code: 'too_few_yet', a: 2, b: 5}]},
};
const visitBody = {
  id: 901, number: 'A061', channel: 'walk_in', state: 'waiting', priority: 'elderly', accessible: false, persons: 1, arrived: NOW - 4300, since: NOW - 4100, effective: NOW - 4300, recalls: 0, overtaken: 1,
  claims: [{id: 5, programme: 'JHT', reason: 'jht_resign', person: 0, step: 0, steps: [{step: 'briefing', who: 'visitor', mean_s: 180}], papers: [], outcome: 'none'}],
  story: [{seq: 4, at: NOW - 4300, what: 'arrived'}, {seq: 5, at: NOW - 4100, what: 'waiting', why: [{code: 'priority_jump', a: 900}]}, {seq: 9, at: NOW - 600, what: 'overtaken', why: [{code: 'persons_do_not_fit', a: 3, b: 1}]}],
};

// A branch that a manager set up by the book: one room, for JHT alone, as the policy begins.
const none = ['JKK', 'JKM', 'JP'].map((programme) => ({programme, desk: false, waiting: programme === 'JKM' ? 2 : programme === 'JP' ? 1 : 0, persons: programme === 'JKM' ? 3 : programme === 'JP' ? 1 : 0}));
const nobody = none.map((one) => ({...one, waiting: 0, persons: 0}));
const saturday = {today: {date: '2026-03-07', service: false}, day: {date: '', open: false, over: false, number: 0, extended: false, open_s: 0, last_ticket_s: 0, close_s: 0}};
const fresh = (/** @type {number} */ rooms, /** @type {any} */ more = {}) => view(rooms, 0, {room: {session: null}, counts: {}, calls: [], lobby: {persons: 0, max: 20, usual: true}, totals: {date: '', visits: 0, settled: 0, claims: 0, returned: 0, no_shows: 0, left: 0, overtaken: 0, overtaken_max: 0, wait_mean_s: 0, door_mean_s: 0, by_channel: [0, 0, 0]},
  promises: {first: {n: 0}, standing: {n: 0}, hours: []}, officers: [{id: 1, presence: 'off_shift', since: NOW}], ...saturday, ...more});
const bare = {'GET /api/v1/accounts': {body: {accounts: []}}, 'GET /api/v1/devices': {body: {devices: []}}, 'GET /api/v1/printing': {body: {branch: '', printers: []}}, 'GET /api/v1/session': {body: {...SESSION, public: false}}, 'GET /api/v1/work': {body: work(0, {basis: 'none'})}};
const ready = {...bare, 'GET /api/v1/accounts': {body: {accounts: [{id: 2, role: 'officer', name: 'rina'}]}}, 'GET /api/v1/printing': {body: {branch: 'Kantor Cabang Contoh', printers: []}}, 'GET /api/v1/devices': {body: {devices: [{id: 1, kind: 'display', name: 'Papan depan'}]}}};
const stuck = view(5, 60, {unserved: none});
const forgotten = view(5, 60, {unserved: [{programme: 'JKM', desk: true, waiting: 2, persons: 3}]});
forgotten.rooms[4] = {...forgotten.rooms[4], session: null, room: {...forgotten.rooms[4].room, desk: true, mode: 'single'}};
const barred = {...visitBody, id: 903, number: 'B063', priority: 'none', claims: [{...visitBody.claims[0], programme: 'JKM', reason: 'jkm_death'}], story: visitBody.story.slice(0, 2), overtaken: 0, why: [{code: 'no_room_serves'}]};

/** @type {import('../../gallery/fake.js').Shown} */
export const shown = {code: 'now', page: '/manager', size: [1440, 900], pictures: [
  picture('crowded', crowded),
  picture('twelve', view(12, 118)),
  picture('empty', calm, {}, {'GET /api/v1/work': {body: work(5, {early: true, multiplier: 0, group: {claims: 3, officer_s: 1500}})}}),
  picture('closed', shut),
  picture('room', crowded, {hash: '#now/room/1'}, {'GET /api/v1/views/room/1': {body: roomBody}}),
  picture('visit', crowded, {hash: '#now/visit/901'}, {'GET /api/v1/visits/901': {body: visitBody}}),
  picture('new', fresh(0), {}, bare),
  picture('first-steps', fresh(1, {unserved: nobody}), {}, ready),
  picture('to-the-name', fresh(1, {unserved: nobody}), {touches: [{until: '.first-beside a'}, {click: '.first-beside a[href="#devices"]'}, {focused: '#printers-branch'}]},
    {...ready, 'GET /api/v1/printing': {body: {branch: '', printers: []}}, 'GET /api/v1/lobbies': {body: {version: 0, lobbies: [{id: 1, name: '', rooms: [], announcer: 0, english: false, contrast: false}], names: []}}}),
  picture('no-service-day', fresh(1), {touches: [{until: '.day .button'}, {click: '.day .button'}, {until: 'dialog .note'}]}, ready),
  picture('unserved', stuck),
  picture('unserved-visit', stuck, {hash: '#now/visit/903'}, {'GET /api/v1/visits/903': {body: barred}}),
  picture('desk-closed', forgotten),
  picture('lobby-default', view(4, 24, {lobby: {persons: 27, max: 20, usual: true}})),
  picture('offline', crowded, {connection: 'offline'}),
  picture('error', crowded, {hash: '#now/room/1'}, {'GET /api/v1/views/room/1': {status: 503, body: {code: 'unavailable', status: 503, title: 'Unavailable', detail: ''}}}),
  picture('long-names', long, {}, {'GET /api/v1/officers': {body: {officers: long.officers.map((/** @type {any} */ o) => ({id: o.id, name: 'x', display: 'Siti Nurhaliza Kusumawardhani Prawirodirdjo', programmes: [], max_group: 0}))}},
    'GET /api/v1/notice': {body: {text: 'Mohon siapkan kartu peserta dan KTP asli sebelum nomor Anda dipanggil. Terima kasih atas kesabaran Anda.'}}}),
  picture('dark', crowded, {theme: 'dark'}),
]};
