import assert from 'node:assert/strict';
import test from 'node:test';
import {NEW_MS, SHOWN_MS, Spot, inOrder, notice, partOf, placeOf, roomsOf, seatList, shareOf, split, untold} from './called.js';

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

test('the awaited come before those who sit', () => {
  const rows = [{look: 'here', number: 'A'}, {look: 'come', number: 'B'}, {look: 'back', number: 'C'}];
  assert.deepEqual(inOrder(rows).map((row) => row.number), ['B', 'C', 'A']);
});

const row = (group, number, more = {}) => ({key: group + number, group, number, news: true, look: 'come', ...more});
const large = (taken) => taken.spot.map((one) => one.number).join(' ');

test('each of several calls at once stands large for its time, none is lost', () => {
  const spot = new Spot();
  const old = row('1', 'A001', {news: false});
  assert.equal(large(spot.take([old], 0)), 'A001');
  const rows = [row('4', 'A004'), row('3', 'A003'), row('2', 'A002'), old];
  const seen = [];
  for (let ms = 10_000; ms < 40_000; ms += 1000) {
    const taken = spot.take(rows, ms);
    assert.equal(taken.spot.length + taken.rest.length, rows.length);
    if (seen[seen.length - 1] !== large(taken)) seen.push(large(taken));
  }
  assert.deepEqual(seen, ['A002', 'A003', 'A004'], 'in the order of their calls, and the newest stays');
});

test('a large group stands longer than a single number', () => {
  const spot = new Spot();
  const group = Array.from({length: 6}, (_, i) => row('1', `A00${i}`));
  spot.take(group, 0);
  const more = [row('2', 'B001'), ...group];
  assert.notEqual(large(spot.take(more, 12_000)), 'B001');
  assert.equal(large(spot.take(more, 13_000)), 'B001');
});

test('what stands large makes room when its people sit and others are awaited', () => {
  const spot = new Spot();
  spot.take([row('2', 'A002'), row('1', 'A001', {news: false})], 0);
  assert.equal(large(spot.take([row('2', 'A002', {look: 'here'}), row('1', 'A001', {news: false})], 60_000)), 'A001');
  assert.equal(large(spot.take([row('1', 'A001', {look: 'here'})], 120_000)), 'A001', 'the last one stays');
});

test('a flood of calls does not lag behind, and months leave nothing', () => {
  const spot = new Spot();
  for (let n = 0; n < 3000; n += 1) {
    const rows = Array.from({length: 9}, (_, i) => row(String(n + 9 - i), `A${n + 9 - i}`));
    spot.take(rows, n * 6000);
    assert.ok(spot.had.size <= 10, `${spot.had.size} kept`);
  }
  assert.ok(Number(spot.group) > 3000, spot.group);
});

test('displays that share the rows show all of them, and few rows whole', () => {
  for (let n = 0; n <= 60; n += 1) {
    const rows = Array.from({length: n}, (_, i) => i);
    for (const parts of [1, 2, 3]) {
      const shown = Array.from({length: parts}, (_, i) => partOf(rows, {part: i + 1, parts}));
      assert.deepEqual([...new Set(shown.flat())], rows);
    }
  }
  assert.deepEqual(partOf([1, 2, 3], {part: 2, parts: 2}), [1, 2, 3]);
  assert.deepEqual([shareOf('2of3'), shareOf('4of3'), shareOf(null), shareOf('x')],
    [{part: 2, parts: 3}, {part: 1, parts: 1}, {part: 1, parts: 1}, {part: 1, parts: 1}]);
});

test('seats read as people say them', () => {
  assert.equal(seatList([3]), '3');
  assert.equal(seatList([3, 4]), '3, 4');
  assert.equal(seatList([3, 4, 5, 6]), '3–6');
  assert.equal(seatList([1, 2, 5]), '1, 2, 5');
});

test('a lobby shows its own rooms, the first one what no other has', () => {
  const view = {rooms: [{id: 1}, {id: 2}, {id: 3}], lobbies: [{id: 1, rooms: []}, {id: 4, rooms: [2]}]};
  assert.equal(placeOf(view, 4), view.lobbies[1]);
  assert.equal(placeOf(view, 9), view.lobbies[0], 'a lobby that is gone is no black screen');
  assert.equal(placeOf({}, undefined), null);
  assert.deepEqual(roomsOf(view, view.lobbies[1]), [2]);
  assert.deepEqual(roomsOf(view, view.lobbies[0]), [1, 3]);
  assert.deepEqual(roomsOf({...view, lobbies: [{id: 1, rooms: []}]}, {id: 1, rooms: []}), [], 'one lobby has all');
  const all = {rooms: [{id: 2}], lobbies: view.lobbies};
  assert.deepEqual(roomsOf(all, all.lobbies[0]), [0], 'no room left is not every room');
});

test('who only listens hears of each call once, in order, however many come together', () => {
  const calls = [9, 8, 7, 6, 5, 4].map((seq) => call(seq, 10 - seq, [place(`A00${seq}`), place(`B00${seq}`, [2])]));
  const {now} = board(calls);
  const fresh = untold(new Set(), now);
  assert.deepEqual(fresh.map((row) => row.number), ['A004', 'B004', 'A005', 'B005', 'A006', 'B006', 'A007', 'B007', 'A008', 'B008', 'A009', 'B009']);
  const told = new Set(now.map((row) => row.key));
  assert.deepEqual(untold(told, now), []);
  const later = board([call(11, 0, [place('A006')]), ...calls.slice(0, 5), {...calls[5], withdrawn: true}]).now;
  assert.deepEqual(numbers(untold(told, later)), ['A004 back', 'B004 back', 'A006 come'], 'a call taken back, and one made again');
});

test('a share is two digits and nothing else', () => {
  assert.deepEqual(['2of3', '3of2', '0of2', '1.5of2', '', null].map((text) => shareOf(text).part), [2, 1, 1, 1, 1, 1]);
});
