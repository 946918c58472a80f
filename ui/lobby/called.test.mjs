import assert from 'node:assert/strict';
import test from 'node:test';
import {NEW_MS, SHOWN_MS, grid, inOrder, notice, seatList, split} from './called.js';

const AT = 1_000_000;
const call = (seq, ago, places, more) => ({seq, at: AT - ago, kind: 'group', room: 2, places, ...more});
const place = (number, seats = [1], here = false) => ({number, seats, here});
const numbers = (rows) => rows.map((row) => `${row.number} ${row.look}`);

/** Splits as a board does that has been up for a day. */
function board(calls, {local = 100_000, holdS = 120, missed = []} = {}) {
  const seen = new Map();
  notice(seen, [], 0);
  notice(seen, calls, 0);
  return split(calls, seen, {now: AT, local, holdS, missed});
}

test('a call stays for its hold and then becomes a past one', () => {
  const calls = [call(2, 119, [place('A002', [2], true)]), call(1, 120, [place('A001', [1], true)])];
  const {now, past} = board(calls);
  assert.deepEqual(numbers(now), ['A002 here']);
  assert.deepEqual(numbers(past), ['A001 here']);
});

test('who has not come stays called after the hold', () => {
  const {now, past} = board([call(1, 999, [place('A001'), place('A002', [2], true)])]);
  assert.deepEqual(numbers(now), ['A001 come']);
  assert.deepEqual(numbers(past), ['A002 here']);
});

test('a number that was given up is no call any more', () => {
  const calls = [call(1, 5, [place('A001', [1], true), place('A002', [2], true)])];
  const {now, past} = board(calls, {missed: ['A001']});
  assert.deepEqual(numbers(now), ['A002 here']);
  assert.deepEqual(numbers(past), []);
});

test('a seat stands for its newest number only', () => {
  const calls = [call(2, 5, [place('A002', [1])]), call(1, 60, [place('A001', [1], true), place('A003', [2], true)])];
  const {now, past} = board(calls);
  assert.deepEqual(numbers(now), ['A002 come', 'A003 here']);
  assert.deepEqual(numbers(past), ['A001 here']);
});

test('at a fast clock a call stays for the shortest time people can read', () => {
  const calls = [call(1, 500, [place('A001', [1], true)])];
  assert.equal(board(calls, {local: SHOWN_MS - 1}).now.length, 1);
  assert.equal(board(calls, {local: SHOWN_MS}).now.length, 0);
});

test('a call looks new for a moment even when its people sat down at once', () => {
  const calls = [call(1, 5, [place('A001', [1], true)])];
  assert.deepEqual(numbers(board(calls, {local: NEW_MS - 1}).now), ['A001 come']);
  assert.deepEqual(numbers(board(calls, {local: NEW_MS}).now), ['A001 here']);
});

test('the first view after a start brings no old call back to the top', () => {
  const seen = new Map();
  const calls = [call(1, 500, [place('A001', [1], true)])];
  notice(seen, calls, 50);
  assert.equal(split(calls, seen, {now: AT, local: 51, holdS: 120}).past.length, 1);
});

test('a number stands once, as its newest call says', () => {
  const calls = [call(3, 5, [place('A001', [4])], {kind: 'recall'}), call(1, 70, [place('A001', [4]), place('A002', [5], true)])];
  assert.deepEqual(numbers(board(calls).now), ['A001 again', 'A002 here']);
});

test('a withdrawn call asks to wait, then is gone, and never a past call', () => {
  const fresh = board([call(1, 20, [place('A001', [1], true)], {withdrawn: true})]);
  assert.deepEqual(numbers(fresh.now), ['A001 back']);
  const late = board([call(1, 300, [place('A001')], {withdrawn: true})]);
  assert.deepEqual([late.now.length, late.past.length], [0, 0]);
});

test('a taking back is news even for a call seen long before', () => {
  const seen = new Map();
  notice(seen, [], 0);
  notice(seen, [call(1, 0, [place('A001')])], 0);
  const taken = [call(1, 400, [place('A001')], {withdrawn: true})];
  notice(seen, taken, 50_000);
  assert.deepEqual(numbers(split(taken, seen, {now: AT, local: 50_001, holdS: 120}).now), ['A001 back']);
});

test('calls that left the view are forgotten', () => {
  const seen = new Map();
  for (let seq = 0; seq < 5000; seq += 1) notice(seen, [call(seq, 0, [])], seq);
  assert.ok(seen.size <= 2, `${seen.size} kept`);
});

test('rows that fit stay in place; of more, the awaited come first', () => {
  const rows = [{look: 'here', number: 'A'}, {look: 'come', number: 'B'}, {look: 'back', number: 'C'}];
  assert.deepEqual(inOrder(rows, 3).map((row) => row.number), ['A', 'B', 'C']);
  assert.deepEqual(inOrder(rows, 2).map((row) => row.number), ['B', 'C', 'A']);
});

test('every count of rows has a place', () => {
  for (const tall of [true, false]) {
    for (let n = 1; n <= 10; n += 1) {
      const {columns, lines} = grid(n, tall);
      assert.ok(columns * lines >= n && lines <= (tall ? 6 : 5), `${n} rows in ${columns} x ${lines}`);
    }
  }
});

test('seats read as people say them', () => {
  assert.equal(seatList([3]), '3');
  assert.equal(seatList([3, 4]), '3, 4');
  assert.equal(seatList([3, 4, 5, 6]), '3–6');
  assert.equal(seatList([1, 2, 5]), '1, 2, 5');
});
