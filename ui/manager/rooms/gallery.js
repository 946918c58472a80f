// @ts-check
// Pictures of the room editor.

import {answers, view} from '../gallery-branch.js';

const holding = {seats: 6, booths: 6, distance: 6, occupancy: 6, officer: 6, persons: 6, binds: 'distance', party: 6, accessible: 6, proven: true};
const PRESETS = [['kemenkes_2020', 1000, 50, 6, 'occupancy'], ['office_150', 1500, 50, 6, 'distance'], ['satgas_200', 2000, 50, 4, 'distance'], ['red_zone', 2000, 25, 3, 'occupancy'], ['none', 0, 100, 6, 'officer']]
  .map(([code, distance_mm, occupancy_pct, persons, binds]) => ({code, distance_mm, occupancy_pct, holding: {...holding, persons, binds}}));

/** @param {any} more */
function effect(more) {
  return {waits: false, before: holding, after: holding, presets: PRESETS, stays: [], refused: null, ...more};
}

/** @param {number} n */
function all(n) {
  return {persons: n, optimal: true, upper_bound: n, assignments: Array.from({length: n}, (_, i) => ({party: String(i + 1), seats: [String(i + 1)]})), unseated: []};
}

const choice = all(6);

/** @param {string} name @param {any} more @param {any} [asks] @param {any} [v] @returns {import('../../gallery/fake.js').Picture} */
function picture(name, more, asks = {}, v = view(5, 20)) {
  return {
    name, hash: '#rooms/1', feeds: {'/api/v1/feed/manager': v},
    answers: answers(v, {'POST /api/v1/rooms/1/effect': {body: effect({})}, 'POST /api/v1/rooms/choose': {body: choice},
      'GET /api/v1/rooms/1/versions': {body: {versions: [{at: v.at - 86_400, role: 'manager', by: 1, drawing: {...v.rooms[0].room, seats: v.rooms[0].seats}}]}}, ...asks}), ...more,
  };
}

const idle = view(4, 0, {room: {session: null}});
const close = view(5, 20);
close.rooms[0].seats[1] = {...close.rooms[0].seats[1], x_mm: 1700, y_mm: 900};
const furnished = view(5, 20, {room: {session: null}});
furnished.rooms[0].room.width_mm = 8000;
furnished.rooms[0].room.depth_mm = 5000;
furnished.rooms[0].room.obstacles = [{x_mm: 5200, y_mm: 2200, width_mm: 600, depth_mm: 600}, {x_mm: 5500, y_mm: 3400, width_mm: 2500, depth_mm: 100}, {x_mm: 5500, y_mm: 3500, width_mm: 100, depth_mm: 700}, {x_mm: 7000, y_mm: 0, width_mm: 1000, depth_mm: 700}];
const narrow = view(5, 20, {room: {session: null}});
narrow.rooms[0].room.width_mm = 2000;
const jhtOnly = view(1, 20, {room: {session: null}, unserved: ['JKK', 'JKM', 'JP'].map((programme) => ({programme, desk: false, waiting: 1, persons: 1}))});
const deskServes = view(2, 20, {room: {session: null}, unserved: ['JKK', 'JKM', 'JP'].map((programme) => ({programme, desk: true, waiting: 1, persons: 1}))});
const found = {count: 17, upper_bound: 19, done: true, seats: Array.from({length: 17}, (_, i) => ({id: `S${i + 1}`, x_mm: 600 + (i % 5) * 1600, y_mm: 600 + Math.floor(i / 5) * 1300}))};
const stays = ['A021', 'B022', 'C023'].map((number, i) => ({visit: 10 + i, number, seat: i + 1, state: ['with_officer', 'preparing', 'expected'][i], fate: ['same', 'moved', 'gone'][i]}));

/** @type {import('../../gallery/fake.js').Shown} */
export const shown = {code: 'rooms', page: '/manager', size: [1440, 900], pictures: [
  picture('drawn', {}, {}, furnished),
  picture('conflict', {}, {'POST /api/v1/rooms/choose': {body: {...choice, persons: 5, assignments: choice.assignments.filter((a) => a.party !== '2')}}}, close),
  picture('filled', {touches: [{click: '#tab-fill'}, {click: '.fill-button'}, {until: '.use-fill:not([disabled])'}]}, {'POST /api/v1/rooms/arrange': {body: found}}, furnished),
  picture('distances', {touches: [{click: '#tab-distance'}, {until: '.presets-table'}]}),
  picture('publish', {touches: [{click: '[data-tool="seat"]'}, {click: '[data-tool="seat"]'}, {until: '.publish-button:not([disabled])'}, {click: '.publish-button'}, {until: '.publish table'}]},
    {'POST /api/v1/rooms/1/effect': {body: effect({waits: true, after: {...holding, seats: 4, distance: 4, persons: 4}, stays})}}),
  picture('new', {hash: '#rooms/new'}, {'POST /api/v1/rooms/5/effect': {body: effect({before: null})}, 'POST /api/v1/rooms/choose': {body: all(9)}}, idle),
  picture('refused', {}, {'POST /api/v1/rooms/1/effect': {body: effect({refused: {code: 'bad_seats', field: 'seats', reason: 'Seat 3 stands outside the walls.'}})}}),
  picture('outside', {}, {'POST /api/v1/rooms/1/effect': {body: effect({refused: {code: 'bad_seats', field: 'seats', reason: 'Seat 3 stands outside the walls.'}})}}, narrow),
  picture('unserved', {}, {}, jhtOnly),
  picture('at-desk', {touches: [{until: '.at-desk'}]}, {}, deskServes),
  picture('history', {touches: [{click: '[data-tool="seat"]'}, {click: '[data-tool="seat"]'}, {click: '#tab-history'}, {until: '.versions'}]}),
  picture('offline', {connection: 'offline'}),
]};
