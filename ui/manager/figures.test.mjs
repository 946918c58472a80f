import assert from 'node:assert/strict';
import test from 'node:test';
import {clockOff, closing, dayAfter, firstSteps, fittings, five, held, level, officers, share, together, unserved, warnings} from './figures.js';

const goals = {promised_wait_s: 1800, alarm_wait_s: 3600, door_to_door_s: 2400};

test('a wait is calm, near, over or an alarm exactly at the borders', () => {
  assert.equal(level(1439, goals), 'calm');
  assert.equal(level(1440, goals), 'near');
  assert.equal(level(1800, goals), 'near');
  assert.equal(level(1801, goals), 'over');
  assert.equal(level(3600, goals), 'alarm');
  assert.equal(share(1800, goals), 50);
  assert.equal(share(9999, goals), 100);
});

test('five limits keep their order and mark the one that binds', () => {
  const list = five({distance: 6, occupancy: 9999, booths: 6, officer: 4, minutes: 12, binds: 'officer'});
  assert.deepEqual(list.map((l) => l.code), ['distance', 'occupancy', 'booths', 'officer', 'minutes']);
  assert.deepEqual(list.filter((l) => l.binds).map((l) => l.code), ['officer']);
  assert.equal(list[1].unlimited, true);
});

const room = (id, crew, present, extra = {}) => ({
  room: {id}, session: crew ? {crew} : null, capacity: {present, officer: 6}, seats: [], too_near: 0, ...extra,
});

test('persons at once counts only rooms with a session, in tenths', () => {
  const view = {rooms: [room(1, [7], 5), room(2, [8], 4), room(3, null, 0)]};
  assert.deepEqual(together(view), {persons: 9, officers: 2, atOnce: 45});
  assert.equal(together({rooms: []}).atOnce, null);
});

test('officers on shift come first, with their share of the room', () => {
  const view = {
    officers: [{id: 9, presence: 'off_shift'}, {id: 8, presence: 'on_break', room: 2}, {id: 7, presence: 'on_shift', room: 1}],
    rooms: [room(1, [7], 5), room(2, [8], 4)],
  };
  assert.deepEqual(officers(view).map((o) => [o.id, o.persons, o.limit]), [[7, 5, 6], [8, 4, 6], [9, 0, 0]]);
});

test('closing says what happens to whom', () => {
  const c = closing({counts: {waiting: 4, seated: 3, called: 1, incomplete: 2, booked: 5, at_desk: 1}, rooms: [room(2, [7], 3)]});
  assert.deepEqual(c, {seated: 4, guaranteed: 5, incomplete: 2, booked: 5, sessions: [2]});
});

test('the first steps end when the first number was called', () => {
  const empty = {rooms: [], officers: [], counts: {}, day: {open: false}, calls: [], totals: {visits: 0}};
  assert.equal(firstSteps(empty, []).next, 'room');
  assert.equal(firstSteps({...empty, rooms: [{}]}, [{role: 'manager'}]).next, 'officer');
  assert.equal(firstSteps({...empty, rooms: [{}]}, [{role: 'officer', disabled: true}]).next, 'officer');
  const unserved = [{programme: 'JKM', desk: false, waiting: 0, persons: 0}];
  assert.equal(firstSteps({...empty, rooms: [{}], unserved}, [{role: 'officer'}]).next, 'programmes');
  assert.equal(firstSteps({...empty, rooms: [{}], unserved: [{...unserved[0], desk: true}]}, [{role: 'officer'}]).next, 'open', 'a side desk serves it');
  const all = {...empty, rooms: [{}], officers: [{}, {}], day: {open: true}, counts: {waiting: 1}, calls: [{}]};
  assert.equal(firstSteps(all, []).done, true);
});

test('what a branch should have is told apart from what it has', () => {
  assert.deepEqual(fittings({}), [], 'nothing is known yet');
  const list = fittings({devices: [{kind: 'display'}, {kind: 'desk'}], printing: {branch: '', printers: []}, session: {public: true}});
  assert.deepEqual(list.filter((one) => one.done).map((one) => one.code), ['display', 'kiosk', 'public']);
  assert.deepEqual(list.filter((one) => !one.done).map((one) => one.code), ['name', 'booth', 'printer']);
  assert.deepEqual(fittings({lobby: {max: 20, usual: true}}), [{code: 'lobby', done: false}], 'nobody said what the lobby holds');
  assert.deepEqual(fittings({lobby: {max: 60}}), [{code: 'lobby', done: true}]);
});

test('programmes that nobody serves are told with those who wait for them', () => {
  const one = (programme, desk, waiting, persons) => ({programme, desk, waiting, persons});
  assert.deepEqual(unserved({unserved: [one('JKK', false, 0, 0), one('JKM', false, 2, 3), one('JP', true, 1, 1)]}),
    [{code: 'none', programmes: ['JKM'], persons: 3}, {code: 'desk', programmes: ['JP'], persons: 1}]);
  assert.deepEqual(unserved({unserved: [one('JKK', false, 0, 0), one('JP', false, 0, 0)]}), [{code: 'none', programmes: ['JKK', 'JP'], persons: 0}]);
  assert.deepEqual(unserved({}), []);
});

test('the first steps are gone for good once the branch has worked', () => {
  const morning = {rooms: [{}], officers: [], counts: {}, calls: [], totals: {settled: 0, visits: 0}};
  assert.equal(firstSteps({...morning, day: {open: true, number: 1}}, []).done, false, 'the first day is still on');
  assert.equal(firstSteps({...morning, day: {open: false, number: 1}}, []).done, true, 'the first day was closed');
  assert.equal(firstSteps({...morning, day: {open: true, number: 2}}, []).done, true, 'the second morning');
  assert.equal(firstSteps({...morning, rooms: [], day: {open: true, number: 2}}, []).next, 'room', 'without a room nothing can work');
});

test('more seated than the limit allows now reads as such', () => {
  const seats = [{}, {}, {}, {}, {}];
  assert.deepEqual(held({session: {}, seats, capacity: {present: 4, persons: 3}}), {persons: 4, limit: 3, over: true});
  assert.deepEqual(held({session: {}, seats, capacity: {present: 3, persons: 3}}), {persons: 3, limit: 3, over: false});
  assert.deepEqual(held({session: {state: 'closing'}, seats, capacity: {present: 4, persons: 1}}), {persons: 4, limit: 5, over: false}, 'after the last call');
  assert.deepEqual(held({session: null, seats, capacity: {present: 0, persons: 3}}), {persons: 0, limit: 3, over: false}, 'before a session: as the editor says');
});

test('a room warns of help, of long waits for the officer and of people too near', () => {
  const seats = [{state: 'ready', since: 100}, {state: 'ready', since: 900}, {state: 'preparing', since: 1, help: true}];
  assert.deepEqual(warnings(room(1, [1], 3, {seats, too_near: 2}), 1000, 480),
    [{code: 'too_near', n: 2}, {code: 'help', n: 1}, {code: 'stuck', n: 1}]);
});

test('the clock is off by what the server says and the branch expects', () => {
  assert.equal(clockOff('Mon, 02 Mar 2026 02:00:00 GMT', Date.parse('2026-03-02T01:58:00Z') / 1000, 0), 120);
  assert.equal(clockOff('Mon, 02 Mar 2026 02:00:00 GMT', Date.parse('2026-03-02T01:58:00Z') / 1000, 120), 0);
  assert.equal(clockOff(null, 0, 0), null);
});

test('the next day is a weekday within a week, and a date beyond', () => {
  assert.equal(dayAfter('2026-03-06', '2026-03-09', 'en'), 'Monday');
  assert.equal(dayAfter('2026-03-06', '2026-03-09', 'id'), 'Senin');
  assert.match(dayAfter('2026-03-02', '2026-03-09', 'id'), /^Senin, 9 Maret$/);
});
