import assert from 'node:assert/strict';
import {test} from 'node:test';
import {UNFILTERED, cleaned, codeOf, familyOf, placeOf, questionOf, rowOf, whereAt} from './model.js';

test('an address is a day and a number', () => {
  assert.deepEqual(whereAt(['audit'], '2026-03-02'), {day: '2026-03-02', number: ''});
  assert.deepEqual(whereAt(['audit', '2026-03-01', 'a12'], '2026-03-02'), {day: '2026-03-01', number: 'A012'});
  assert.deepEqual(whereAt(['audit', 'yesterday'], '2026-03-02'), {day: '2026-03-02', number: ''});
  assert.equal(placeOf({day: '2026-03-01', number: 'A012'}), 'audit/2026-03-01/A012');
  assert.equal(placeOf({day: '2026-03-01', number: ''}), 'audit/2026-03-01');
});

test('a number is written as the ticket has it', () => {
  assert.equal(cleaned(' b 7 '), 'B007');
  assert.equal(cleaned('A1234'), 'A1234');
  assert.equal(cleaned(''), '');
});

test('a story is asked for whole', () => {
  assert.equal(String(questionOf({day: '2026-03-02', number: ''}, UNFILTERED)), 'day=2026-03-02', 'nobody is left out unasked');
  const filter = {by: 'staff', kind: 'visit'};
  assert.equal(String(questionOf({day: '2026-03-02', number: ''}, filter, 40)), 'day=2026-03-02&by=staff&kind=visit&after=40');
  assert.equal(String(questionOf({day: '2026-03-02', number: 'A012'}, filter)), 'day=2026-03-02&number=A012');
});

const call = {seq: 9, at: 0, by: {role: 'officer', id: 2}, kind: 'group.called', to: 'group', room: 1,
  visits: [{visit: 1, number: 'A001', seats: [2], why: [{code: 'first_in_order'}]}, {visit: 2, number: 'A002', seats: [4], why: [{code: 'next_in_order'}]}, {visit: 8}],
  passed: [{visit: 3, number: 'A003', why: [{code: 'overtaken', a: 1, b: 2}]}]};

test('a call in the day shows everybody, their seats and each one’s reason', () => {
  const row = rowOf(call, '');
  assert.deepEqual([row.numbers, row.more, row.seats, row.passed], [['A001', 'A002'], 0, [2, 4], 1]);
  assert.deepEqual(row.why.map((w) => `${w.number} ${w.whys[0].code}`), ['A001 first_in_order', 'A002 next_in_order']);
});

test('a call in a story shows that number’s own part', () => {
  const row = rowOf(call, 'A002');
  assert.deepEqual([row.numbers, row.others, row.seats, row.passedOver], [['A002'], ['A001'], [4], false]);
  assert.deepEqual(row.why.map((w) => w.whys[0].code), ['next_in_order']);
  const passed = rowOf(call, 'A003');
  assert.deepEqual([passed.passedOver, passed.why.map((w) => w.whys[0].code)], [true, ['overtaken']]);
});

test('codes of words', () => {
  assert.equal(codeOf('room.plan_dropped'), 'room_plan_dropped');
  assert.equal(familyOf(call), 'call');
  assert.equal(familyOf({...call, to: undefined}), '');
});
