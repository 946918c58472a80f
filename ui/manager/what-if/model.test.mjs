// What the what-if page works out before anything is drawn.
import assert from 'node:assert/strict';
import test from 'node:test';
import {apiField, baseOf, bestOf, binding, blank, changesOf, donePct, draftOf, fair, faults, fits, grouped, heldBelow, howMany, idle, laid, leadOf, open, placeOf, questionOf, raised, spanOf, toEnter, unitOf, worseOf} from './model.js';

const seats = (n) => Array.from({length: n}, (_, i) => ({no: i + 1}));
const policy = {
  mode: 'rolling', briefing: 'booth', pooled: false, auto_refill: true,
  group: {min: 3, target: 5, max: 6, max_form_wait_s: 600, same_programme: true, files_per_sitting: 5, room_turnaround_s: 300, alarm_s: 3600},
  distance: {preset: 'office_150', distance_mm: 1500, together_mm: 1500, occupancy_pct: 50},
  goals: {promised_wait_s: 1800, alarm_wait_s: 3600, door_to_door_s: 2400},
  calendar: {weekly: {mon: {open_s: 27_000, last_ticket_s: 52_200, close_s: 54_000}}},
};
const rooms = [{id: 1, mode: 'default', normal: 12, desk: false, seats: seats(6)}, {id: 2, mode: 'default', normal: 10, desk: false, seats: seats(5)}, {id: 5, mode: 'default', normal: 4, desk: true, seats: seats(2)}];
const view = {day: {open_s: 0, last_ticket_s: 0, close_s: 0}, officers: [{presence: 'on_shift'}, {presence: 'on_break'}, {presence: 'off_shift'}]};
const base = baseOf(policy, rooms, view);
const draft = blank(base);

test('the form begins with the branch as it is and asks nothing', () => {
  assert.equal(changesOf(draft, base), null);
  assert.deepEqual(faults(draft, base), []);
  assert.equal(draft.officers, '2', 'an officer on a break is on shift');
  assert.deepEqual(base.rooms.map((r) => r.id), [1, 2], 'a side desk takes no groups');
  assert.equal(draft.hours.close_s, 54_000, 'without a day open, the usual hours');
});

test('hours of a day that was opened by hand are nobody’s usual ones', () => {
  const day = {open_s: 46_620, last_ticket_s: 86_340, close_s: 86_340};
  assert.equal(baseOf(policy, rooms, {...view, day}).hours.open_s, 46_620, 'a day within its hours is asked about');
  assert.deepEqual(baseOf(policy, rooms, {...view, day: {...day, extended: true}}).hours, {open_s: 27_000, last_ticket_s: 52_200, close_s: 54_000});
  const tuesdays = {calendar: {weekly: {mon: {open: false, open_s: 0, last_ticket_s: 0, close_s: 0}, tue: {open: true, open_s: 28_800, last_ticket_s: 50_000, close_s: 54_000}}}};
  assert.equal(baseOf({...policy, ...tuesdays}, rooms, view).hours.open_s, 28_800, 'a day off has no hours');
});

test('before the day the question is about all officers', () => {
  assert.equal(baseOf(policy, rooms, {...view, officers: [{presence: 'off_shift'}, {presence: 'off_shift'}]}).officers, 2);
});

test('officers at side desks are not counted, and the others get the rooms for groups first', () => {
  const on = (id) => ({id, presence: 'on_shift'});
  const led = (room, officer) => ({room: {id: room}, session: {crew: [officer]}});
  const officers = (list, drawn) => baseOf(policy, rooms, {...view, officers: list, rooms: drawn}).officers;
  assert.equal(officers([on(1), on(2)], [led(1, 1), led(5, 2)]), 1);
  assert.equal(officers([on(1), on(2), on(3)], [led(5, 3)]), 2);
  assert.equal(officers([on(1), on(2), on(3), on(4)], []), 3, 'the third takes the desk, the fourth has no room and counts');
});

test('a room holds what its grid holds at the distance', () => {
  const room = {width_mm: 4500, depth_mm: 3000};
  assert.deepEqual([1500, 1000, 0, null].map((d) => fits(room, d)), [6, 12, 15, 200]);
  const drawn = {...base, rooms: base.rooms.map((r) => ({...r, ...room}))};
  const eight = {...draft, rooms: {...draft.rooms, 1: {...draft.rooms[1], seats: '8'}}};
  assert.deepEqual(faults(eight, drawn).map((f) => [f.field, f.code, f.top]), [['room-1', 'fits', 6]]);
  assert.deepEqual(faults({...eight, mine: {...policy, distance: {...policy.distance, distance_mm: 1000}}}, drawn), []);
  assert.deepEqual(faults(draft, {...drawn, rooms: drawn.rooms.map((r) => ({...r, width_mm: 1500}))}), [], 'seats that stand there now may stay');
});

test('a refusal finds the field that it names', () => {
  const mine = {...draft, rooms: {...draft.rooms, 2: {...draft.rooms[2], seats: '9'}}};
  assert.deepEqual(['room-2', 'room-1', 'officers', 'day', 'promise', 'group.max'].map((f) => apiField(f, mine, base)),
    ['changes.rooms[0].seats', '', 'changes.officers', 'day', 'promise.wait_p95_s', 'changes.policy.group.max']);
});

test('only what was changed is asked', () => {
  const mine = {...draft, mine: {...policy, pooled: true, distance: {...policy.distance, distance_mm: 1000}}, officers: '3', visits: '130', lastCall: '20',
    rooms: {...draft.rooms, 1: {...draft.rooms[1], seats: '8', mode: 'closed'}, 2: {...draft.rooms[2], seats: '9', unused: true}}, hours: {...draft.hours, close_s: 57_600}};
  const set = changesOf(mine, base);
  assert.deepEqual(set, {
    policy: {pooled: true, distance: {distance_mm: 1000, preset: 'kemenkes_2020'}},
    rooms: [{room: 1, seats: 8, mode: 'closed'}, {room: 2, unused: true}],
    officers: 3, visits_pct: 130, last_call_s: 1200, hours: {close_s: 57_600},
  });
  assert.equal(howMany(set), 9, 'two settings, three of rooms, officers, visits, last call, an hour');
  assert.deepEqual(questionOf(mine, base), {changes: set});
});

test('a question that was asked comes back as the same form', () => {
  const question = {changes: {policy: {group: {max: 8}, order: {overtake_max: 4}}, rooms: [{room: 1, seats: 8}], officers: 4, last_call_s: 600}, day: '2026-03-02', days: 3, seed: 7};
  const again = draftOf(question, {...base, policy: {...policy, order: {overtake_max: 2}}});
  assert.deepEqual(again.extra, ['order.overtake_max'], 'a setting beside the usual ones is shown');
  assert.deepEqual(questionOf(again, {...base, policy: {...policy, order: {overtake_max: 2}}}), question);
});

test('asking for advice sends the promise and no changes', () => {
  assert.deepEqual(questionOf({...draft, officers: '9', advise: true, promise: '15', served: '98'}, base), {advise: true, promise: {wait_p95_s: 900, served_pct: 98}});
});

test('a past day has the people who came', () => {
  const question = questionOf({...draft, basis: 'day', day: '2026-03-02', visits: '150', perDay: '99', officers: '3'}, base);
  assert.deepEqual(question, {changes: {officers: 3}, day: '2026-03-02'});
});

test('what cannot be asked is named', () => {
  const named = (more) => faults({...draft, ...more}, base).map((f) => `${f.field} ${f.code}`);
  assert.deepEqual(named({officers: '0'}), ['officers number']);
  assert.deepEqual(named({visits: 'x', days: '201'}), ['days number', 'visits_pct number']);
  assert.deepEqual(named({basis: 'day'}), ['day day']);
  assert.deepEqual(named({hours: {...draft.hours, close_s: null}}), ['hours hours']);
  assert.deepEqual(named({hours: {...draft.hours, last_ticket_s: 60_000}}), ['hours hours']);
  assert.deepEqual(named({rooms: {...draft.rooms, 1: {...draft.rooms[1], seats: ''}}}), ['room-1 number']);
  assert.deepEqual(named({mine: {...policy, group: {...policy.group, max: 41}}}), ['group.max setting']);
  assert.deepEqual(named({mine: {...policy, group: {...policy.group, max: 4}}}), ['group.target setting'], 'fewer at most than the target');
  assert.deepEqual(named({advise: true, promise: '0', officers: ''}), ['promise number'], 'advice looks at no change');
});

test('seats that another limit leaves empty are pointed out, and the limits can be raised', () => {
  const eight = {...draft, rooms: {1: {...draft.rooms[1], seats: '8'}, 2: {...draft.rooms[2], seats: '8'}}};
  assert.deepEqual(heldBelow(eight, base), [{code: 'officer', persons: 6, rooms: [1]}, {code: 'occupancy', persons: 5, rooms: [2]}]);
  const mine = raised(eight, base);
  assert.equal(mine.group.max, 8);
  assert.equal(mine.distance.occupancy_pct, 80);
  assert.deepEqual(heldBelow({...eight, mine}, base), []);
  assert.deepEqual(heldBelow(draft, base), [], 'the branch as it is says nothing');
});

test('officers without a room are pointed out, unless officers serve all rooms', () => {
  assert.equal(idle({...draft, officers: '3'}, base), 1);
  assert.equal(idle({...draft, officers: '3', mine: {...policy, pooled: true}}, base), 0);
  assert.equal(idle(draft, base), 0, 'the branch as it is says nothing');
});

test('what binds each room, now and with the changes', () => {
  const at = (x, y) => ({x_mm: x, y_mm: y, closed: false});
  const room = {id: 1, mode: 'default', normal: 20, desk: false, seats: [at(500, 500), at(1500, 500), at(2500, 500)]};
  const one = {...base, rooms: [room, {...room, id: 2}]};
  const found = binding(one, {policy: {distance: {distance_mm: 1000}}, rooms: [{room: 2, unused: true}]});
  assert.deepEqual(found.map((r) => [r.room, r.now.persons, r.now.binds, r.then?.persons, r.then?.binds]), [[1, 2, 'distance', 3, 'distance'], [2, 2, 'distance', undefined, undefined]]);
  const grown = binding(one, {rooms: [{room: 1, seats: 8}]})[0].then;
  assert.deepEqual([grown?.persons, grown?.binds], [6, 'officer'], 'a grid at the distance leaves all its seats to the officer');
  assert.equal(binding(one, {rooms: [{room: 1, seats: 5}]})[0].then?.binds, 'booths');
});

const interval = (value, low = value, high = value) => ({value, low, high});
const row = (figure, better, from, difference, verdict, of = 'all') => ({figure, of, better, base: interval(from), changed: interval(from + difference.value), difference, verdict});

test('better lies on the right, whichever way the figure goes', () => {
  const wait = row('wait_p95_s', 'lower', 1000, interval(-500, -600, -400), 'better');
  const served = row('served_pct', 'higher', 90, interval(9, 4.5, 13.5), 'better');
  assert.deepEqual(placeOf(wait, 100), {value: 75, low: 70, high: 80, cutLow: false, cutHigh: false});
  assert.deepEqual(placeOf(served, 20), {value: 75, low: 62.5, high: 87.5, cutLow: false, cutHigh: false});
});

test('an interval around nothing crosses the middle, and what goes beyond is cut and marked', () => {
  const unsure = placeOf(row('wait_max_s', 'lower', 100, interval(-10, -40, 20), 'unsure'), 100);
  assert.ok(unsure.low < 50 && unsure.high > 50);
  const wild = placeOf(row('overtime_s', 'lower', 0, interval(60, 30, 90), 'worse'), 50);
  assert.deepEqual(wild, {value: 0, low: 0, high: 0, cutLow: true, cutHigh: false});
});

test('the scale follows the widest difference', () => {
  assert.equal(spanOf([row('wait_mean_s', 'lower', 100, interval(-8), 'better')]), 10);
  assert.equal(spanOf([row('wait_mean_s', 'lower', 100, interval(-8), 'better'), row('served_pct', 'higher', 90, interval(30), 'better')]), 50);
  assert.equal(spanOf([row('overtaken_visits', 'lower', 0, interval(3), 'worse')]), 100);
  assert.equal(spanOf([]), 10);
});

test('figures stand in groups and none is lost', () => {
  const rows = [row('multiplier', 'higher', 4, interval(1), 'better'), row('wait_mean_s', 'lower', 9, interval(1), 'worse'), row('wait_mean_s', 'lower', 9, interval(1), 'worse', 'online'), row('brand_new', 'neither', 1, interval(0), 'same')];
  assert.deepEqual(grouped(rows).map((g) => [g.code, g.rows.length]), [['wait', 1], ['many', 1], ['other', 1]]);
  assert.deepEqual(worseOf([...rows, row('overtime_s', 'lower', 100, interval(1), 'worse')]).map((r) => r.figure), ['wait_mean_s'], 'a hundredth more is not worth a warning');
  const longer = [row('wait_p95_s', 'lower', 9, interval(1), 'worse'), ...rows, row('served_pct', 'higher', 90, interval(-9), 'worse')];
  assert.deepEqual(worseOf(longer).map((r) => r.figure), ['served_pct'], 'that the mean is longer too is no news');
  assert.equal(leadOf({rows}), null);
  assert.deepEqual(['wait_mean_s', 'served_pct', 'ceiling', 'overtaken_max'].map(unitOf), ['time', 'pct', 'times', 'count']);
});

test('what merely follows a changed number of visits is neither better nor worse', () => {
  const rows = [row('served_persons', 'higher', 100, interval(105), 'better'), row('wait_p95_s', 'lower', 100, interval(90), 'worse'),
    row('multiplier', 'higher', 4, interval(-1), 'worse'), row('served_pct', 'higher', 99, interval(-4), 'worse')];
  assert.deepEqual(fair(rows, {changes: {visits_pct: 200}}).map((r) => r.verdict), ['differs', 'worse', 'worse', 'worse']);
  assert.deepEqual(fair(rows, {changes: {visits_pct: 50}}).map((r) => r.verdict), ['better', 'worse', 'differs', 'worse']);
  assert.equal(fair(rows, {changes: {officers: 3}}), rows);
  assert.equal(fair(rows, {changes: {visits_pct: 100}}), rows);
});

test('only what keeps the promise is called the cheapest', () => {
  const entry = (...verdicts) => ({question: {advise: true}, answer: {advice: {proposals: verdicts.map((verdict) => ({verdict}))}}});
  assert.deepEqual(bestOf(entry('keeps', 'keeps')), {how: 'cheapest', proposal: {verdict: 'keeps'}});
  assert.equal(bestOf(entry('unlikely', 'fails'))?.how, 'best');
  assert.equal(bestOf(entry('likely', 'keeps'))?.proposal.verdict, 'keeps');
  assert.equal(bestOf(entry()), null);
  assert.equal(bestOf({question: {changes: {}}, answer: {rows: []}}), null);
});

test('a question that the server no longer lists is lost, its answer kept', () => {
  const known = [{id: 2, state: 'running', done: 1, total: 4}, {id: 1, state: 'done', done: 4, total: 4, answer: {rows: []}, read: true}];
  const after = laid(known, [{id: 3, state: 'queued', done: 0, total: 0}, {id: 2, state: 'done', done: 4, total: 4}]);
  assert.deepEqual(after.map((e) => [e.id, e.state, e.lost]), [[3, 'queued', false], [2, 'done', false], [1, 'done', true]]);
  assert.deepEqual(after[2].answer, {rows: []});
});

test('progress is whole percent, and nothing before it begins', () => {
  assert.equal(donePct({state: 'queued', done: 0, total: 0}), 0);
  assert.equal(donePct({state: 'running', done: 1, total: 3}), 33);
  assert.equal(donePct({state: 'done', done: 0, total: 0}), 100);
  assert.deepEqual(['queued', 'running', 'done', 'cancelled', 'failed'].map((state) => open({state})), [true, true, false, false, false]);
});

test('values are handed over where they belong', () => {
  const where = toEnter({policy: {pooled: true, distance: {distance_mm: 1000, preset: 'own'}}, rooms: [{room: 1, seats: 8}], hours: {close_s: 57_600}});
  assert.deepEqual(where, {policy: [{path: 'pooled', value: true}, {path: 'distance.distance_mm', value: 1000}], rooms: [{room: 1, seats: 8}], hours: true, officers: null});
});
