import assert from 'node:assert/strict';
import {test} from 'node:test';

import {actsOf, seatKey} from './acts.js';
import {sightOf} from './model.js';
import {PaperMarks} from './papers.js';
import {knowRooms, roomName} from './room-name.js';

const me = {id: 11, name: 'Sari', role: 'officer'};
const steps = [{step: 'check', who: 'officer', mean_s: 60}, {step: 'close', who: 'officer', mean_s: 90}];
const person = (id, no, state, more = {}) => ({
  seat: {no, state, since: 900, visit: id, claim: id * 10, number: `A00${id}`, ...more.seat},
  visit: {id, number: `A00${id}`, named: true, persons: 1, called_at: 900, claims: [
    {id: id * 10, programme: 'JHT', reason: 'jht_phk', step: 0, last: false, steps, outcome: 'none', papers: [], ...more.claim}]},
});

function context(people, more = {}, own = {}) {
  const view = {
    room: {id: 2}, at: 1000, day_open: true, session: {state: 'running', crew: [11]},
    seats: people.map((one) => one.seat), visits: Object.fromEntries(people.map((one) => [one.visit.id, one.visit])),
    turns: people.filter((one) => one.seat.state === 'ready').map((one) => ({room: 2, seat: one.seat.no, visit: one.visit.id, claim: one.visit.id * 10, since: 900, why: []})),
    officers: [{id: 11, presence: 'on_shift', since: 0, ...more.mine}], proposal: {call: 'refill', persons: 0, picks: [], skips: [], wait: []},
    undo: [], line: [], waiting: 0, undo_s: 30, alarm_s: 0, ...more.view,
  };
  const sheets = new Proxy({}, {get: (_, name) => () => name});
  return {view, sight: sightOf(view, me, [], 1000), me, room: 2, chosen: null, settled: null, sheets, deeds: new Map(),
    choose() {}, reveal() {}, remember() {}, refresh() {}, ...own};
}

const ready = [person(1, 1, 'ready'), person(2, 2, 'preparing'), person(3, 3, 'expected'), person(4, 4, 'expected')];
const busy = {mine: {with_room: 2, with_seat: 1, with_since: 950}};
const held = [person(1, 1, 'with_officer', {claim: {last: true, papers: [{doc: 'photo', mark: 'missing', required: true}]}}), ...ready.slice(1)];

test('no key ever means two things at once', () => {
  const cases = [
    context([person(1, 1, 'with_officer', {claim: {reason: ''}}), ...ready.slice(1)], busy),
    context(ready), context(ready.slice(0, 3)), context(held, busy), context(ready, {}, {chosen: 2}), context(held, busy, {chosen: 3}),
    context([person(1, 1, 'preparing', {seat: {help: true}})], {}, {chosen: 1, settled: {id: 5, visit: 1, programme: 'JHT', reason: 'jht_phk', promise: ''}}),
    context([], {view: {session: null}}), context([], {view: {session: {state: 'cleaning', crew: [11]}}}),
    context(ready, {view: {session: {state: 'closing', crew: [11], last: true}}}), context(ready, {mine: {presence: 'on_break'}}),
  ];
  for (const c of cases) {
    const seen = new Map();
    for (const act of actsOf(c).values()) {
      for (const key of act.keys) {
        const seatNo = c.view.seats.findIndex((_, i) => seatKey(c, i) === key);
        if (act.id !== 'take_seat') assert.equal(seatNo, -1, `${act.id} uses a seat's key ${key}`);
        assert.ok(!seen.has(key), `${key} means ${seen.get(key)} and ${act.id} in ${c.sight.phase}`);
        seen.set(key, act.id);
      }
    }
  }
});

test('taking the next names the person who was seen', () => {
  const act = actsOf(context(ready)).get('take');
  assert.deepEqual(act.request, {path: '/api/v1/officers/11/take', body: {room: 2, seat: 1}});
  assert.equal(actsOf(context(held, busy)).get('take'), undefined, 'with somebody there is no next to take');
});

test('the last step asks for an outcome, and a missing paper goes along with the return', () => {
  const acts = actsOf(context(held, busy));
  assert.ok(acts.get('finish').why);
  assert.deepEqual(acts.get('returned').request, {path: '/api/v1/claims/10/settle', body: {outcome: 'returned', missing: ['photo']}});
  assert.ok(acts.get('escalate').open && acts.get('refuse').open, 'these need a reason first');
  const bare = [person(1, 1, 'with_officer'), ...ready.slice(1)];
  assert.equal(actsOf(context(bare, busy)).get('reason'), undefined, 'a reason that is known is corrected, not told');
  const untold = [person(1, 1, 'with_officer', {claim: {reason: ''}}), ...ready.slice(1)];
  assert.deepEqual(actsOf(context(untold, busy)).get('reason').keys, ['1'], 'the papers, which would have the digits, follow from the reason');
  assert.equal(actsOf(context(bare, busy)).get('returned').request, undefined, 'nothing missing: the reason is asked');
  assert.equal(actsOf(context(bare, busy)).get('finish').why, null);
});

test('what lacks a required paper, or its reason, is not approved by one key', () => {
  const approve = (claim) => actsOf(context([person(1, 1, 'with_officer', {claim: {last: true, ...claim}})], busy)).get('approve');
  const paper = (mark, more) => ({papers: [{doc: 'photo', mark, required: true, ...more}]});
  const plain = {path: '/api/v1/claims/10/settle', body: {outcome: 'approved'}};
  assert.ok(approve(paper('missing')).why, 'the rules refuse it');
  assert.ok(approve({...paper('missing'), last: false}).why, 'and before the last step as well');
  assert.equal(approve(paper('missing', {when: 'balance_above_50m'})).why, null, 'for some cases only: the officer judges the case');
  assert.deepEqual(approve(paper('present')).request, plain);
  assert.deepEqual(approve(paper('not_seen')).request, plain, 'what nobody has looked at is named and does not block');
  assert.notEqual(approve(paper('not_seen')).text, approve(paper('present')).text);
  assert.ok(approve({reason: ''}).open, 'the reason is asked first');
});

test('present and no-show have keys for one person, and one key for all', () => {
  const acts = actsOf(context(ready));
  assert.deepEqual(acts.get('present-3').keys, ['p']);
  assert.deepEqual(acts.get('present-4').keys, []);
  assert.deepEqual(actsOf(context(ready, {}, {chosen: 4})).get('present-4').keys, ['p'], 'the chosen seat has them');
  assert.deepEqual(acts.get('all_present').request, {path: '/api/v1/rooms/2/seated', body: {visits: [3, 4]}}, 'one command, so that one undo takes the one press back');
});

test('who sits there may be somebody else: one key puts the number back to called', () => {
  const acts = actsOf(context(ready, {}, {chosen: 1}));
  assert.deepEqual(acts.get('unseat').keys, [',']);
  assert.deepEqual(acts.get('unseat').request, {path: '/api/v1/visits/1/unseat', body: {}});
  assert.equal(actsOf(context(ready, {}, {chosen: 3})).get('unseat'), undefined, 'nobody sits there yet');
});

test('who is called alone is present by the key for one and by the key for all', () => {
  const acts = actsOf(context(ready.slice(0, 3)));
  assert.deepEqual(acts.get('present-3').keys, ['p', 'a']);
  assert.equal(acts.get('all_present'), undefined);
});

test('a call says what was seen, and without a pick it says why not', () => {
  const view = {proposal: {call: 'group', persons: 2, picks: [{visit: 8, number: 'A008'}, {visit: 9, number: 'A009'}], skips: [], wait: []}, session: {state: 'forming', crew: [11]}};
  assert.deepEqual(actsOf(context([], {view})).get('call').request.body, {expect: [8, 9]});
  assert.ok(actsOf(context([])).get('call').why);
});

test('a session is closed only when nobody sits there, and a break needs free hands', () => {
  assert.ok(actsOf(context(ready)).get('close').why);
  assert.equal(actsOf(context([])).get('close').why, null);
  assert.ok(actsOf(context(held, busy)).get('break').why);
  assert.equal(actsOf(context(ready)).get('break').why, null);
});

test('a room is clean only when nothing there can be undone', () => {
  const at = (since) => actsOf(context([], {view: {session: {state: 'cleaning', crew: [11]}, seats: [{no: 1, state: 'cleaning', since}]}})).get('room_clean').why;
  assert.ok(at(971));
  assert.equal(at(970), null);
});

test('another officer’s room offers nothing but the way out', () => {
  const acts = actsOf(context(ready, {view: {session: {state: 'running', crew: [12]}}}, {chosen: 1}));
  assert.deepEqual([...acts.keys()], ['menu']);
});

/** Commands whose answers the test gives by hand. */
function slow() {
  const sent = [];
  return {sent, send: (slot, request) => new Promise((answer) => sent.push({slot, mark: request.body.mark, answer}))};
}

const turnOfLoop = () => new Promise((done) => setImmediate(done));

test('a mark wished while the first is on its way is sent after it', async () => {
  const line = slow();
  const marks = new PaperMarks(line);
  const paper = {doc: 'photo', mark: 'not_seen'};
  marks.press(7, paper);
  marks.press(7, paper);
  assert.equal(marks.shown(7, paper), 'missing');
  assert.deepEqual(line.sent.map((one) => one.mark), ['present']);
  line.sent[0].answer({ok: true});
  await turnOfLoop();
  assert.deepEqual(line.sent.map((one) => one.mark), ['present', 'missing']);
  line.sent[1].answer({ok: true});
  await turnOfLoop();
  assert.equal(marks.shown(7, paper), 'missing', 'held until the view shows it');
  marks.settle(new Map([['paper-7-photo', {}]]));
  assert.equal(marks.shown(7, paper), 'missing');
  marks.settle(new Map());
  assert.equal(marks.shown(7, paper), 'not_seen', 'then the view decides');
});

test('a refused mark falls back to what the branch knows', async () => {
  const line = slow();
  const marks = new PaperMarks(line);
  const paper = {doc: 'photo', mark: 'present'};
  marks.press(7, paper);
  assert.equal(marks.shown(7, paper), 'missing');
  line.sent[0].answer({ok: false});
  await turnOfLoop();
  assert.equal(marks.shown(7, paper), 'present');
});

test('what was told before a refusal keeps no later mark from being sent', async () => {
  const line = slow();
  const marks = new PaperMarks(line);
  const pending = new Map([['paper-7-photo', {}]]);
  marks.mark(7, 'photo', 'present', 'not_seen');
  line.sent[0].answer({ok: true});
  await turnOfLoop();
  marks.settle(pending);
  marks.mark(7, 'photo', 'missing', 'not_seen');
  line.sent[1].answer({ok: false});
  await turnOfLoop();
  marks.settle(new Map());
  marks.mark(7, 'photo', 'present', 'missing'); // a colleague marked it meanwhile
  assert.deepEqual(line.sent.map((one) => one.mark), ['present', 'missing', 'present']);
});

test('going round to where it began leaves no wish behind', async () => {
  const line = slow();
  const marks = new PaperMarks(line);
  const paper = {doc: 'photo', mark: 'not_seen'};
  for (let n = 0; n < 3; n += 1) marks.press(7, paper);
  line.sent[0].answer({ok: true});
  await turnOfLoop();
  line.sent[1].answer({ok: true});
  await turnOfLoop();
  assert.deepEqual(line.sent.map((one) => one.mark), ['present', 'not_seen']);
  marks.settle(new Map());
  assert.equal(marks.wishes.size, 0);
});

test('a mark that goes back to what an old view says is sent all the same', async () => {
  const line = slow();
  const marks = new PaperMarks(line);
  const paper = {doc: 'photo', mark: 'not_seen'}; // of a view from before all three presses
  for (let n = 0; n < 3; n += 1) {
    marks.press(7, paper);
    line.sent[n].answer({ok: true});
    await turnOfLoop();
    marks.settle(new Map([['paper-7-photo', {}]]));
  }
  assert.deepEqual(line.sent.map((one) => one.mark), ['present', 'missing', 'not_seen']);
});

test('what is marked and on its way counts: for the return, and for the rest that are present', () => {
  const papers = [{doc: 'photo', mark: 'not_seen', required: true}, {doc: 'identity', mark: 'missing', required: true}];
  const people = [person(1, 1, 'with_officer', {claim: {last: true, papers}}), ...ready.slice(1)];
  const marked = () => (paper) => (paper.doc === 'photo' ? 'missing' : paper.mark);
  assert.deepEqual(actsOf(context(people, busy, {marked})).get('returned').request.body.missing, ['photo', 'identity']);
  assert.deepEqual(actsOf(context(people, busy)).get('returned').request.body.missing, ['identity']);
});

test('while an own act is on its way, undo waits: it would mean the one before', () => {
  const undo = [{seq: 7, at: 990, by: 11, role: 'officer', kind: 'officer.took', number: 'A001'}];
  assert.equal(actsOf(context(ready, {view: {undo}})).get('undo').why, null);
  assert.ok(actsOf(context(ready, {view: {undo}}, {underWay: true})).get('undo').why);
});

test('the step that is finished is the one that was seen', () => {
  const act = actsOf(context([person(1, 1, 'with_officer'), ...ready.slice(1)], busy)).get('finish');
  assert.deepEqual(act.request.body, {claim: 10});
});

test('in a pool an officer joins a colleague’s room with one key, else not at all', () => {
  const theirs = {session: {state: 'running', crew: [12]}};
  const mine = {mine: {id: 11, presence: 'on_shift'}};
  const join = (view, staff) => actsOf({...context(ready, {...mine, view}), sight: sightOf(context(ready, {view}).view, me, staff, 1000)}).get('join');
  const staff = [{id: 11, presence: 'on_shift'}];
  assert.deepEqual(join({...theirs, pooled: true, officers: []}, staff)?.request, {path: '/api/v1/rooms/2/crew', body: {crew: [12, 11]}});
  assert.equal(join({...theirs, pooled: false, officers: []}, staff), undefined);
  assert.equal(join({...theirs, pooled: true, officers: []}, [{id: 11, presence: 'on_break'}]), undefined);
});

test('a room has one name, and a side desk is no room', () => {
  knowRooms([{id: 1, desk: false}, {id: 2, desk: true}]);
  assert.deepEqual([roomName(1), roomName(2), roomName(3)], ['Ruang 1', 'Meja samping 2', 'Ruang 3']);
});
