// @ts-check
// Pictures of the branch now.

import {answers, view, work, NOW} from '../gallery-branch.js';

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

/** @type {import('../../gallery/fake.js').Shown} */
export const shown = {code: 'now', page: '/manager', size: [1440, 900], pictures: [
  picture('crowded', crowded),
  picture('twelve', view(12, 118)),
  picture('empty', calm, {}, {'GET /api/v1/work': {body: work(5, {early: true, multiplier: 0, group: {claims: 3, officer_s: 1500}})}}),
  picture('closed', shut),
  picture('room', crowded, {hash: '#now/room/1'}, {'GET /api/v1/views/room/1': {body: roomBody}}),
  picture('visit', crowded, {hash: '#now/visit/901'}, {'GET /api/v1/visits/901': {body: visitBody}}),
  picture('offline', crowded, {connection: 'offline'}),
  picture('error', crowded, {hash: '#now/room/1'}, {'GET /api/v1/views/room/1': {status: 503, body: {code: 'unavailable', status: 503, title: 'Unavailable', detail: ''}}}),
  picture('long-names', long, {}, {'GET /api/v1/officers': {body: {officers: long.officers.map((/** @type {any} */ o) => ({id: o.id, name: 'x', display: 'Siti Nurhaliza Kusumawardhani Prawirodirdjo', programmes: [], max_group: 0}))}},
    'GET /api/v1/notice': {body: {text: 'Mohon siapkan kartu peserta dan KTP asli sebelum nomor Anda dipanggil. Terima kasih atas kesabaran Anda.'}}}),
]};
