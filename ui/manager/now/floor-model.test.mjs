import assert from 'node:assert/strict';
import {test} from 'node:test';

import {DOTS_MAX, binding, columnsFor, density, lanesOf, loadOf, multiplier, walks, way} from './floor-model.js';

const goals = {promised_wait_s: 1800, alarm_wait_s: 3600};

test('rooms fill a screen in rows that fit', () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 8, 12, 20, 40].map(columnsFor), [1, 2, 3, 2, 3, 3, 4, 4, 5, 6]);
  assert.deepEqual([4, 6, 7, 12, 13].map(density), ['roomy', 'roomy', 'dense', 'dense', 'tiny']);
});

test('people stand in their lane, in order, and know where they would go', () => {
  const view = {
    goals, waits: [{lane: 'online', low_s: 60, high_s: 120}], lines: [{lane: 'walk_in', waiting: 2, oldest_s: 3700}, {lane: 'online', waiting: 1, oldest_s: 10}],
    queue: [{visit: 7, number: 'A007', persons: 2, lane: 'walk_in', waits_since: 300}, {visit: 3, number: 'B003', persons: 1, lane: 'online', waits_since: 3990},
      {visit: 9, number: 'A009', persons: 1, lane: 'walk_in', waits_since: 3000}],
    rooms: [{room: {id: 2}, seats: [{state: 'expected'}, {state: 'free'}], next: [{visit: 7}]}, {room: {id: 3}, seats: [], next: []}],
  };
  const [walkIn, online] = lanesOf(view, 4000);
  assert.deepEqual(walkIn.dots.map((dot) => [dot.number, dot.level, dot.room]), [['A007', 'alarm', 2], ['A009', 'calm', 0]]);
  assert.equal(walkIn.level, 'alarm');
  assert.equal(walkIn.more, 0);
  assert.deepEqual([online.low_s, online.high_s, walkIn.low_s], [60, 120, null]);
  assert.deepEqual(walks(view), [{room: 2, coming: 1, next: 1}]);
});

test('a long lane ends in a number', () => {
  const queue = Array.from({length: DOTS_MAX + 5}, (_, i) => ({visit: i + 1, number: `A${i}`, persons: 1, lane: 'walk_in', waits_since: 0}));
  const [lane] = lanesOf({goals, lines: [{lane: 'walk_in', waiting: 100, oldest_s: 5}], queue, rooms: []}, 5);
  assert.equal(lane.dots.length, DOTS_MAX);
  assert.equal(lane.more, 100 - DOTS_MAX);
});

test('what binds is counted over rooms that work', () => {
  const room = (id, binds, more = {}) => ({room: {id}, session: {state: 'running'}, capacity: {binds, persons: 6, present: 4}, seats: [], ...more});
  const view = {rooms: [room(1, 'officer'), room(2, 'distance'), room(3, 'distance'), room(4, 'minutes', {session: null}), room(5, 'booths', {room: {id: 5, desk: true}})]};
  assert.deepEqual(binding(view), {list: [{code: 'distance', rooms: [2, 3]}, {code: 'officer', rooms: [1]}], rooms: 3, persons: 18, present: 12});
});

test('an officer’s day makes a hundred', () => {
  assert.deepEqual(loadOf({shift_s: 7200, pause_s: 720, session_s: 6000, with_s: 3600, claims: 18}),
    {busy: 50, between: 33, pause: 10, idle: 7, claims: 18, perHour: 100});
  assert.equal(loadOf({shift_s: 600, pause_s: 0, session_s: 600, with_s: 60, claims: 1}).perHour, null, 'ten minutes are no hour');
  assert.equal(loadOf(undefined), null);
  assert.equal(loadOf({shift_s: 0}), null);
});

test('the multiplier is never a pretence', () => {
  const work = {basis: 'rehearsed', early: false, multiplier: 512, group_rate: 1140, single_rate: 223, group: {claims: 40, officer_s: 12_000}, need: {claims: 12, officer_s: 3600}};
  assert.deepEqual(multiplier(work), {kind: 'known', times: 51, group: 114, single: 22, basis: 'rehearsed'});
  assert.deepEqual(multiplier({...work, early: true}), {kind: 'early', claims: 40, of: 12, time_s: 12_000, of_s: 3600});
  assert.equal(multiplier({...work, basis: 'none'}).kind, 'none');
  assert.equal(multiplier(null).kind, 'none');
});

test('the way to a room goes through the corridors', () => {
  assert.equal(way({x: 0, y: 100}, {x: 200, y: 50}, {x: 40, y: 30}), 'M0 100L30 100Q40 100 40 90L40 40Q40 30 50 30L190 30Q200 30 200 40L200 50');
});
