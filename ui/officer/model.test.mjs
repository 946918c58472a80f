import assert from 'node:assert/strict';
import {test} from 'node:test';

import {candidates, sameVisits} from './candidates.js';
import {
  broken, changesOf, comesOf, endsOf, lackingOf, lookOf, missingOf, nextMark, pendingSeats, restOf, seatMeans, sightOf, soonest, stayOf, topKey, undoOf, unseenOf,
} from './model.js';
import {branchNow} from '../lib/branch-now.js';

const me = {id: 11, name: 'Sari', role: 'officer'};
const steps = [{step: 'check', who: 'officer', mean_s: 60}, {step: 'form', who: 'visitor', mean_s: 600}, {step: 'close', who: 'officer', mean_s: 90}];

const claim = (id, more = {}) => ({id, programme: 'JHT', reason: 'jht_phk', step: 0, last: false, steps, outcome: 'none', papers: [], ...more});
const visit = (id, number, claims = [], more = {}) => ({id, number, claims, persons: 1, called_at: 900, recalls: 0, ...more});
const seat = (no, state, more = {}) => ({no, state, since: 1000, closed: false, person: 0, ...more});

function view(more = {}) {
  return {
    room: {id: 2}, at: 1000, day_open: true, session: {state: 'running', crew: [11]}, seats: [], turns: [], visits: {},
    officers: [{id: 11, presence: 'on_shift', since: 0}], proposal: {picks: [], skips: [], wait: []}, undo: [],
    waiting: 0, undo_s: 30, alarm_s: 600, ...more,
  };
}

const sight = (of, now = 1000, staff = []) => sightOf(of, me, staff, now);

test('the phase follows the day, the shift, the session and the crew', () => {
  const none = {session: null, officers: []};
  const at = (presence, more = {}) => [{id: 11, presence, since: 0, ...more}];
  for (const [want, of, staff] of [
    ['day_closed', view({...none, day_open: false}), at('off_shift')],
    ['off_shift', view(none), at('off_shift')],
    ['off_shift', view(none), []],
    ['no_session', view(none), at('on_shift')],
    ['elsewhere', view(none), at('on_shift', {room: 5})],
    ['no_session', view(none), at('on_shift', {room: 2})],
    ['away', view(none), at('stepped_off')],
    ['away', view({officers: at('on_break')}), []],
    ['not_mine', view({session: {state: 'running', crew: [12]}, officers: []}), at('on_shift')],
    ['forming', view({session: {state: 'forming', crew: [11]}}), []],
    ['running', view({session: {state: 'called', crew: [11]}}), []],
    ['running', view({session: {state: 'seating', crew: [11]}}), []],
    ['closing', view({session: {state: 'closing', crew: [11]}}), []],
    ['cleaning', view({session: {state: 'cleaning', crew: [11]}}), []],
    ['running', view({day_open: false}), []],
  ]) assert.equal(sight(of, 1000, staff).phase, want);
});

test('turns carry what the screen says about them', () => {
  const of = view({
    seats: [seat(3, 'ready', {visit: 7, claim: 70})], visits: {7: visit(7, 'A007', [claim(70, {step: 2})])},
    turns: [{room: 2, seat: 3, visit: 7, claim: 70, since: 940, expect_s: 90, why: [{code: 'waited_beyond_bound', a: 60, b: 30}]}],
  });
  const [turn] = sight(of).turns;
  assert.equal(turn.number, 'A007');
  assert.equal(turn.step.step, 'close');
  assert.equal(turn.waited, 60);
  assert.equal(turn.overdue, true);
  assert.equal(sight(of, 900).turns[0].waited, 0, 'a clock that lags shows no negative wait');
});

test('a group step is one turn for several seats, and its step is that of the first', () => {
  const of = view({
    seats: [seat(1, 'gathering', {visit: 7, claim: 70}), seat(2, 'gathering', {visit: 8, claim: 80})],
    visits: {7: visit(7, 'A007', [claim(70)]), 8: visit(8, 'A008', [claim(80)])},
    turns: [{room: 2, seat: 0, seats: [1, 2], since: 900, expect_s: 180, why: []}],
  });
  const [turn] = sight(of).turns;
  assert.deepEqual([turn.number, turn.seats, turn.step.step], ['', [1, 2], 'check']);
  assert.equal(seatMeans(of.seats[1], sight(of)), 'take');
});

test('who the officer is with: one person, a group, or somebody in another room', () => {
  const seats = [seat(1, 'with_officer', {visit: 7, claim: 70, since: 950}), seat(2, 'with_officer', {visit: 8, claim: 80, since: 950}), seat(3, 'with_officer', {since: 10})];
  const visits = {7: visit(7, 'A007', [claim(70)]), 8: visit(8, 'A008', [claim(80)])};
  const by = (more) => sight(view({seats, visits, officers: [{id: 11, presence: 'on_shift', since: 0, with_since: 950, ...more}]})).with;
  assert.equal(by({}), null);
  assert.equal(by({with_room: 2, with_seat: 1}).visit.number, 'A007');
  assert.deepEqual([by({with_room: 2}).group, by({with_room: 2}).seats], [true, [1, 2]], 'a colleague’s person is not of the group');
  assert.deepEqual([by({with_room: 5, with_seat: 4}).elsewhere, by({with_room: 5, with_seat: 4}).seats], [true, [4]]);
});

test('those on the way are listed once for all their seats, the longest first', () => {
  const of = view({
    seats: [seat(1, 'expected', {visit: 8, number: 'A008'}), seat(2, 'expected', {visit: 7, number: 'A007'}), seat(3, 'expected', {visit: 7, number: 'A007'})],
    visits: {7: visit(7, 'A007', [], {called_at: 800, persons: 2, recalls: 1}), 8: visit(8, 'A008', [], {called_at: 950})},
  });
  assert.deepEqual(sight(of).coming.map((one) => [one.number, one.seats, one.waited, one.recalls]), [['A007', [2, 3], 200, 1], ['A008', [1], 50, 0]]);
});

test('a seat is taken by its key only when its person waits and the officer is free', () => {
  const seats = [seat(1, 'ready', {visit: 7}), seat(2, 'preparing', {visit: 8})];
  const turns = [{room: 2, seat: 1, visit: 7, since: 900, why: []}];
  const free = sight(view({seats, turns}));
  assert.equal(seatMeans(seats[0], free), 'take');
  assert.equal(seatMeans(seats[1], free), 'look');
  const busy = sight(view({seats, turns, officers: [{id: 11, presence: 'on_shift', with_room: 2, with_seat: 2}]}));
  assert.equal(seatMeans(seats[0], busy), 'look');
  assert.equal(seatMeans(seats[0], sight(view({seats, turns, officers: [{id: 11, presence: 'on_break'}]}))), 'look');
});

test('the alarm sounds only after the bound, never for the expected, and never when it is off', () => {
  const seats = [seat(1, 'preparing', {visit: 7}), seat(2, 'expected', {visit: 7}), seat(3, 'cleaning', {visit: 7})];
  const of = view({seats, visits: {7: visit(7, 'A007')}});
  assert.equal(stayOf(of, seats[0], 1500), 600);
  assert.deepEqual(sight(of, 1500).alarms, [], 'exactly at the bound is not beyond it');
  assert.deepEqual(sight(of, 1501).alarms, [1]);
  assert.deepEqual(sight({...of, alarm_s: 0}, 9000).alarms, []);
});

test('the plan shows proposals on free seats, closed seats as closed, and one next', () => {
  const of = view({
    seats: [seat(1, 'free'), seat(2, 'free', {closed: true}), seat(3, 'ready', {visit: 7, number: 'A007', closed: true}), seat(4, 'cleaning', {free_at: 1090}), seat(5, 'beside', {visit: 7})],
    visits: {7: visit(7, 'A007')}, turns: [{room: 2, seat: 3, visit: 7, since: 1000, why: []}],
    proposal: {picks: [{visit: 9, number: 'A009', seats: [1, 3]}], skips: [], wait: []},
  });
  const looks = of.seats.map((s) => lookOf(of, sight(of, 1030), s));
  assert.deepEqual(looks.map((l) => [l.state, l.number, l.proposed, l.seconds, l.urgent]), [
    ['free', 'A009', true, null, false], ['closed', '', false, null, false], ['ready', 'A007', false, 30, true],
    ['cleaning', '', false, 60, false], ['beside', '', false, null, false]]);
  assert.equal(lookOf(of, sight(of, 1030), {...of.seats[2], help: true}).alert, '?');
  const asks = view({seats: [seat(1, 'preparing', {visit: 7, help: true, since: 400})], visits: {7: visit(7, 'A007')}, turns: [{room: 2, seat: 1, visit: 7, since: 990, help: true, why: []}]});
  assert.equal(lookOf(asks, sight(asks, 1030), asks.seats[0]).seconds, 40, 'who asks for help has waited since then, not since the step began');
});

test('papers: one key goes round, and what is missing or unseen is known', () => {
  assert.deepEqual(['not_seen', 'present', 'missing'].map(nextMark), ['present', 'missing', 'not_seen']);
  const of = claim(1, {papers: [
    {doc: 'identity', required: true, mark: 'not_seen'}, {doc: 'photo', required: true, mark: 'missing'},
    {doc: 'npwp', required: true, when: 'over_50m', mark: 'not_seen'}, {doc: 'will', required: false, mark: 'not_seen'}]});
  assert.deepEqual(missingOf(of), ['photo']);
  assert.deepEqual(unseenOf(of), ['identity'], 'conditional and optional papers are the officer’s judgement');
  assert.deepEqual(missingOf(null), []);
  const mark = (/** @type {string[]} */ ...gone) => (/** @type {any} */ paper) => (gone.includes(paper.doc) ? 'missing' : 'present');
  assert.deepEqual(lackingOf(of, mark('npwp', 'will')), [], 'nobody is sent back for what is not always needed');
  assert.deepEqual(lackingOf(of, mark('photo', 'npwp')), ['photo', 'npwp'], 'who is sent back hears all of it');
  assert.deepEqual(lackingOf(null), []);
});

test('the rest are those at their last step with the same programme and reason', () => {
  const like = {id: 70, visit: 7, programme: 'JHT', reason: 'jht_phk'};
  const at = (state, more) => view({seats: [seat(1, state, {visit: 8, claim: 80})], visits: {8: visit(8, 'A008', [claim(80, {last: true, ...more})])}});
  assert.equal(restOf(at('ready'), like), 1);
  assert.equal(restOf(at('with_officer'), like), 1);
  assert.equal(restOf(at('preparing'), like), 0);
  assert.equal(restOf(at('ready', {last: false}), like), 0);
  assert.equal(restOf(at('ready', {reason: 'jht_resign'}), like), 0);
  assert.equal(restOf(at('ready', {outcome: 'approved'}), like), 0);
  assert.equal(restOf(at('preparing', {last: false}), {...like, visit: 8}), 1, 'the same visit’s next file, at any step');
  assert.equal(restOf(at('ready'), null), 0);
  const papers = [{doc: 'photo', mark: 'missing', required: true}];
  assert.equal(restOf(at('ready', {papers}), {...like, outcome: 'approved'}), 0, 'what lacks a paper is not approved along with the others');
  assert.equal(restOf(at('ready', {papers}), {...like, outcome: 'returned'}), 1);
});

test('only an own act can be taken back, and only while there is time', () => {
  const of = view({undo: [{seq: 9, at: 990, by: 12, role: 'officer', kind: 'x'}, {seq: 8, at: 985, by: 11, role: 'officer', kind: 'step.done', number: 'A001'}]});
  assert.deepEqual(undoOf(of, me, 1000), {seq: 8, kind: 'step.done', number: 'A001', left: 15, share: 50});
  assert.equal(undoOf(of, me, 1015), null);
  assert.equal(undoOf(of, {...me, role: 'manager'}, 1000), null, 'numbers of roles are not the same people');
  assert.equal(undoOf(of, me, 980).left, 30, 'never more than the whole time');
});

test('branch time runs on from the view at the speed of the feed', () => {
  const held = {at: '2026-03-02T02:00:00Z', view: {at: 5000}};
  const at = (ms) => ({now: () => Date.parse(held.at) + ms});
  const store = (...views) => ({state: {views: new Map(views)}});
  assert.equal(branchNow(store(['room', held]), at(2999)), 5002);
  assert.equal(branchNow(store(['room', held]), at(-500)), 5000);
  assert.equal(branchNow(store(['room', held])), 5000, 'before the first answer of the server');
  assert.equal(branchNow(store(), at(0)), 0);
});

test('an expected end that has passed is not told', () => {
  const here = seat(1, 'preparing', {visit: 7, officer_at: 1200, ends_at: 1900});
  assert.deepEqual([comesOf(here, 1000), endsOf(here, 1000)], [1200, 1900]);
  assert.deepEqual([comesOf(here, 1200), endsOf(here, 1899), endsOf(here, 1900)], [0, 1900, 0]);
  assert.deepEqual([comesOf(seat(1, 'preparing'), 1000), endsOf(seat(1, 'cleaning', {ends_at: 1900}), 1000)], [0, 0], 'nobody can say');
});

test('changes are told once', () => {
  const seats = [seat(1, 'preparing', {visit: 7, number: 'A007'}), seat(2, 'expected', {visit: 8, number: 'A008'})];
  const visits = {7: visit(7, 'A007'), 8: visit(8, 'A008', [], {called_at: 990})};
  const turns = [{room: 2, seat: 1, visit: 7, since: 995, help: true, why: []}];
  const before = sight(view({seats: [seats[0]], visits}));
  const after = sight(view({seats, visits, turns}));
  assert.deepEqual(changesOf(before, after).map((c) => c.code), ['help', 'next', 'called']);
  assert.deepEqual(changesOf(after, after), []);
  assert.deepEqual(changesOf(null, after), [], 'a reload is not news');
});

test('seats have a key on the top row, papers take it over while a claim is open', () => {
  assert.deepEqual([topKey(0, false), topKey(9, false), topKey(11, false)], ['1', '0', '=']);
  assert.deepEqual([topKey(0, true), topKey(11, true)], ['!', '+']);
  assert.equal(topKey(12, false), undefined);
});

test('words are broken into the lines of a box, and what does not fit says so', () => {
  assert.deepEqual(broken('Tunjukkan dokumen asli', 15, 2), ['Tunjukkan', 'dokumen asli']);
  assert.deepEqual(broken('Isi formulir', 15, 2), ['Isi formulir']);
  assert.deepEqual(broken('one two three four five', 8, 2), ['one two', 'three…']);
  assert.deepEqual(broken('Pertanggungjawaban', 10, 2), ['Pertanggu…']);
  assert.deepEqual(broken('', 10, 2), []);
});

test('while nobody waits, the seat that needs the officer first is named', () => {
  const seats = [{no: 1, state: 'preparing', officer_at: 1400}, {no: 2, state: 'preparing', officer_at: 1200}, {no: 3, state: 'preparing', officer_at: 900}, {no: 4, state: 'free', officer_at: 1100}];
  assert.deepEqual(soonest({seats}, {now: 1000}), {no: 2, at: 1200});
  assert.equal(soonest({seats: []}, {now: 1000}), null);
});

test('a command on its way is seen at its seats; one that was refused is not', () => {
  const view = {room: {id: 2}, seats: [{no: 1, visit: 7}, {no: 2, visit: 7}, {no: 3, visit: 8}], proposal: {picks: [{seats: [5, 6]}]}};
  const seats = (slot, status, body = {}, held = null) => [...pendingSeats(view, {with: held}, new Map([[slot, {status, request: {path: '', body}}]]))];
  assert.deepEqual(seats('present-7', 'sending'), [1, 2]);
  assert.deepEqual(seats('present-7', 'refused'), []);
  assert.deepEqual(seats('take', 'settling', {room: 2, seat: 3}), [3]);
  assert.deepEqual(seats('take', 'settling', {room: 1, seat: 3}), [], 'a pooled officer takes somebody in another room');
  assert.deepEqual(seats('finish', 'retrying', {}, {seats: [3]}), [3]);
  assert.deepEqual(seats('call', 'sending'), [5, 6]);
  assert.deepEqual(seats('clean-2', 'sending'), [2]);
  assert.deepEqual(seats('paper-12-photo', 'sending'), []);
});

test('a group can be changed among the proposed, the passed and the line, each once', () => {
  const one = (id, more = {}) => ({visit: id, number: `A00${id}`, persons: 1, ...more});
  const line = [1, 2, 3, 4].map((id) => one(id, {programmes: ['JHT'], since: 50, waits_since: 100 * id}));
  const list = candidates({line, proposal: {picks: [one(2, {why: [{code: 'first_in_order'}]})], skips: [one(4, {why: [{code: 'persons_do_not_fit'}]})]}});
  assert.deepEqual(list.map((c) => c.visit), [2, 4, 1, 3]);
  assert.deepEqual(list.map((c) => c.why.length), [1, 1, 0, 0]);
  assert.equal(list[0].since, 200);
  assert.ok(sameVisits([1, 2], [2, 1]));
  assert.ok(!sameVisits([1], [1, 2]));
});
