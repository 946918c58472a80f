import assert from 'node:assert/strict';
import test from 'node:test';
import {addSeat, apart, blank, bodyOf, capacityUnder, changeSeat, conflicts, draftOf, fault, fillGrid, gridRoom, most, standing, moveSeat, removeSeat, sideDesk, snap} from './plan.js';

const seat = (x, y, more = {}) => ({x_mm: x, y_mm: y, accessible: false, closed: false, ...more});

/** All choices of seats, for rooms small enough. */
function brute(seats, distance) {
  let best = 0;
  const bad = conflicts(seats, distance);
  for (let mask = 0; mask < 1 << seats.length; mask += 1) {
    if (seats.some((s, i) => s.closed && mask & (1 << i))) continue;
    if (bad.some(({a, b}) => mask & (1 << a) && mask & (1 << b))) continue;
    best = Math.max(best, mask.toString(2).replaceAll('0', '').length);
  }
  return best;
}

test('a new side desk is one, has a seat, and can be published as it is', () => {
  const desk = sideDesk(4);
  assert.deepEqual([desk.id, desk.desk, desk.seats.length], [4, true, 1]);
  assert.equal(fault(desk, [1, 2]), null);
  assert.deepEqual(capacityUnder({...desk}, {distance_mm: 1500, occupancy_pct: 50}, 6).persons, 1);
});

test('exactly the distance is far enough, one millimetre less is not', () => {
  assert.equal(conflicts([seat(0, 0), seat(1500, 0)], 1500).length, 0);
  assert.deepEqual(conflicts([seat(0, 0), seat(1499, 0)], 1500), [{a: 0, b: 1, gap_mm: 1499}]);
  assert.equal(conflicts([seat(0, 0), seat(10, 0, {closed: true})], 1500).length, 0);
});

test('a party needs two booths within its reach, exactly the reach is near enough', () => {
  const seats = [seat(0, 0), seat(1500, 0)];
  assert.equal(apart(seats, {distance_mm: 1500, together_mm: 0}), false, 'booths at the distance are beside each other');
  assert.equal(apart([seat(0, 0), seat(2250, 0)], {distance_mm: 1500, together_mm: 0}), false);
  assert.equal(apart([seat(0, 0), seat(2251, 0)], {distance_mm: 1500, together_mm: 0}), true);
  assert.equal(apart(seats, {distance_mm: 1500, together_mm: 1499}), true);
  assert.equal(apart(seats, {distance_mm: 1500, together_mm: 1500}), false);
  assert.equal(apart([seat(0, 0)], {distance_mm: 1500, together_mm: 1500}), false, 'a single booth is for one');
});

test('most strangers agrees with trying every choice', () => {
  let state = 7;
  const random = (n) => { state = (state * 1103515245 + 12345) % 2147483648; return state % n; };
  for (let round = 0; round < 60; round += 1) {
    const seats = Array.from({length: 4 + random(9)}, () => seat(random(60) * 100, random(45) * 100, {closed: random(9) === 0}));
    const found = most(seats, 1500);
    assert.equal(found.exact, true);
    assert.equal(found.count, brute(seats, 1500));
    assert.deepEqual(conflicts(found.seats.map((i) => seats[i]), 1500), []);
  }
});

test('a hall of two hundred seats ends and gives a valid choice', () => {
  const seats = Array.from({length: 200}, (_, i) => seat((i % 20) * 900, Math.floor(i / 20) * 900));
  const found = most(seats, 1500);
  assert.ok(found.count >= 50);
  assert.deepEqual(conflicts(found.seats.map((i) => seats[i]), 1500), []);
});

test('the grid of the table: rooms by distance', () => {
  for (const [w, d, at, count] of [[3000, 3000, 1000, 9], [4000, 4000, 1500, 9], [5000, 4000, 1500, 9], [6000, 5000, 1500, 12], [8000, 5000, 2000, 12]]) {
    const {columns, rows} = gridRoom(w, d, at);
    assert.equal(columns * rows, count, `${w} by ${d} at ${at}`);
    const filled = fillGrid({...blank(1), width_mm: w, depth_mm: d}, columns, rows);
    assert.deepEqual(conflicts(filled.seats, at), []);
    assert.equal(fault(filled, []), null);
    assert.equal(filled.seats.filter((s) => s.accessible).length, 1);
  }
});

test('seats stay inside the walls and on the raster', () => {
  const draft = {...blank(1), seats: [seat(500, 500)]};
  assert.deepEqual(moveSeat(draft, 0, -300, 9999).seats[0], seat(0, 4000));
  assert.equal(moveSeat(draft, 0, 1249, 1251).seats[0].x_mm, 1200);
  assert.equal(snap(1251), 1300);
  assert.equal(draft.seats[0].x_mm, 500, 'the old drawing is untouched');
});

test('an added seat goes where there is most space', () => {
  const one = addSeat(blank(1));
  const two = addSeat(one);
  assert.deepEqual(conflicts(two.seats, 3000), []);
  assert.equal(fault(two, []), null);
  assert.equal(removeSeat(two, 0).seats.length, 1);
  assert.equal(changeSeat(two, 1, {closed: true}).seats[1].closed, true);
});

test('capacity is the least of the limits and names it', () => {
  const room = {seats: [seat(0, 0), seat(1000, 0), seat(2000, 0), seat(3000, 0)], normal: 12};
  assert.equal(capacityUnder(room, {distance_mm: 1000, occupancy_pct: 50}, 6).persons, 4);
  assert.deepEqual([capacityUnder(room, {distance_mm: 2000, occupancy_pct: 50}, 6).persons, capacityUnder(room, {distance_mm: 2000, occupancy_pct: 50}, 6).binds], [2, 'distance']);
  assert.equal(capacityUnder(room, {distance_mm: 0, occupancy_pct: 25}, 6).binds, 'occupancy');
  assert.equal(capacityUnder({...room, normal: 0}, {distance_mm: 0, occupancy_pct: 1}, 2).binds, 'officer');
});

test('what the rules would refuse is found before it is sent', () => {
  const good = {...blank(3), seats: [seat(500, 500), seat(2000, 500)]};
  assert.equal(fault(good, [1, 2]), null);
  assert.equal(fault(good, [3]).code, 'room_taken');
  assert.equal(fault({...good, id: 100}, []).code, 'room_no');
  assert.equal(fault({...good, seats: []}, []).code, 'no_seats');
  assert.equal(fault({...good, width_mm: 1500}, []).code, 'outside');
  const beyond = {...good, width_mm: 3000, depth_mm: 3000, seats: [seat(500, 500), seat(3500, 500), seat(500, 3500)]};
  assert.deepEqual(fault(beyond, []).seats, [2, 3], 'every booth is named');
  assert.deepEqual(standing(beyond).seats, [beyond.seats[0]], 'and holds nobody');
  assert.equal(fault({...good, seats: [seat(1, 1), seat(1, 1)]}, []).code, 'twins');
  assert.equal(fault({...good, normal: 1.5}, []).code, 'normal');
});

test('a room of the server survives the way through the drawing', () => {
  const room = {id: 2, version: 4, width_mm: 6000, depth_mm: 4000, normal: 12, mode: 'rolling', desk: false, programmes: ['JHT'], ready_at: 9, seats: [{no: 1, x_mm: 500, y_mm: 500, accessible: true, state: 'free'}]};
  assert.deepEqual(bodyOf(draftOf(room)), {
    version: 4, width_mm: 6000, depth_mm: 4000, normal: 12, mode: 'rolling', desk: false, programmes: ['JHT'], seats: [seat(500, 500, {accessible: true})], obstacles: [], keep_clear: [],
  });
});
