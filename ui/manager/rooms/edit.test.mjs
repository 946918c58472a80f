import assert from 'node:assert/strict';
import {test} from 'node:test';

import {begin, edit, furnished, partition, pull, redo, step, thing, undo} from './edit.js';
import {blank} from './plan.js';

const room = () => ({...blank(1), width_mm: 5000, depth_mm: 4000, seats: [{x_mm: 500, y_mm: 500, accessible: true, closed: false}, {x_mm: 2000, y_mm: 500, accessible: false, closed: false}]});
const seat = (index) => ({kind: 'seat', index});

test('an edit leaves the room before as it was', () => {
  const before = Object.freeze(room());
  Object.freeze(before.seats);
  const after = edit(before, {op: 'add', kind: 'seat', x: 3000, y: 700});
  assert.equal(before.seats.length, 2);
  assert.deepEqual(after.seats[2], {x_mm: 3000, y_mm: 700, accessible: false, closed: false});
  assert.equal(edit(before, {op: 'remove', item: seat(9)}), before, 'what is not there cannot go');
  assert.equal(edit(before, {op: 'place', item: seat(0), x: 500, y: 500}), before, 'to where it stands is no move');
});

test('everything stays inside the walls', () => {
  assert.deepEqual(thing(edit(room(), {op: 'place', item: seat(0), x: 9000, y: -50}), seat(0)), {x_mm: 5000, y_mm: 0, accessible: true, closed: false});
  const withDoor = edit(room(), {op: 'add', kind: 'door', x: 4900, y: 3900});
  assert.deepEqual(withDoor.keep_clear, [{x_mm: 4000, y_mm: 3000, width_mm: 1000, depth_mm: 1000}]);
  const moved = edit(withDoor, {op: 'nudge', item: {kind: 'door', index: 0}, dx: 500, dy: 0});
  assert.equal(moved, withDoor, 'it stands at the wall already');
});

test('walls stop at what stands in the room', () => {
  const wall = {kind: 'wall', index: 0};
  assert.equal(edit(room(), {op: 'size', item: wall, width: 900, depth: 4000}).width_mm, 2000);
  assert.equal(edit(room(), {op: 'size', item: wall, width: 6049, depth: 4000}).width_mm, 6000, 'on the raster');
  assert.equal(edit(room(), {op: 'size', item: wall, width: 1e9, depth: 1e9}).depth_mm, 60_000);
  const pillar = edit(room(), {op: 'add', kind: 'obstacle', x: 4000, y: 2000});
  assert.equal(edit(pillar, {op: 'size', item: wall, width: 100, depth: 100}).width_mm, 4300);
});

test('obstacles are sized and never beyond the wall', () => {
  const pillar = edit(room(), {op: 'add', kind: 'obstacle', x: 4000, y: 2000});
  const wide = edit(pillar, {op: 'size', item: {kind: 'obstacle', index: 0}, width: 9000, depth: 20});
  assert.deepEqual(wide.obstacles[0], {x_mm: 3700, y_mm: 1700, width_mm: 1300, depth_mm: 100});
});

test('a wall is drawn the way the hand goes, straight and as thin as a wall', () => {
  const drawn = (to) => edit(room(), {op: 'add', kind: 'partition', x: 1000, y: 2000, to}).obstacles[0];
  assert.deepEqual(drawn({x: 3040, y: 2190}), {x_mm: 1000, y_mm: 2000, width_mm: 2000, depth_mm: 100});
  assert.deepEqual(drawn({x: 900, y: 500}), {x_mm: 1000, y_mm: 500, width_mm: 100, depth_mm: 1500}, 'upwards');
  assert.deepEqual(drawn({x: 9000, y: 2000}), {x_mm: 1000, y_mm: 2000, width_mm: 4000, depth_mm: 100}, 'as far as the outer wall');
  assert.ok(partition(drawn({x: 3000, y: 2000})));
  assert.ok(!partition(edit(room(), {op: 'add', kind: 'obstacle', x: 3000, y: 2000}).obstacles[0]), 'a pillar is no wall');
});

test('an obstacle is drawn between two corners, whichever comes first', () => {
  const add = (x, y, to) => edit(room(), {op: 'add', kind: 'obstacle', x, y, to}).obstacles[0];
  assert.deepEqual(add(3000, 2000, {x: 3810, y: 2620}), {x_mm: 3000, y_mm: 2000, width_mm: 800, depth_mm: 600});
  assert.deepEqual(add(3800, 2600, {x: 3000, y: 2000}), {x_mm: 3000, y_mm: 2000, width_mm: 800, depth_mm: 600});
});

test('a quarter turn about the middle, inside the walls, and back again', () => {
  const wall = {kind: 'obstacle', index: 0};
  const before = edit(room(), {op: 'add', kind: 'partition', x: 1000, y: 2000, to: {x: 3000, y: 2000}});
  const turned = edit(before, {op: 'turn', item: wall});
  assert.deepEqual(turned.obstacles[0], {x_mm: 1950, y_mm: 1050, width_mm: 100, depth_mm: 2000});
  assert.deepEqual(edit(turned, {op: 'turn', item: wall}).obstacles[0], before.obstacles[0]);
  const low = edit(room(), {op: 'add', kind: 'partition', x: 0, y: 0, to: {x: 5000, y: 0}});
  assert.deepEqual(edit(low, {op: 'turn', item: wall}).obstacles[0], {x_mm: 2450, y_mm: 0, width_mm: 100, depth_mm: 4000}, 'as long as the room is deep');
  assert.equal(edit(before, {op: 'turn', item: seat(0)}), before, 'a booth does not turn');
});

test('arrows bring a seat onto the raster', () => {
  const off = edit(room(), {op: 'place', item: seat(1), x: 2037, y: 512});
  assert.deepEqual([thing(off, seat(1)).x_mm, thing(off, seat(1)).y_mm], [2037, 512]);
  const nudged = thing(edit(off, {op: 'nudge', item: seat(1), dx: 100, dy: 0}), seat(1));
  assert.deepEqual([nudged.x_mm, nudged.y_mm], [2100, 512]);
});

test('a duplicate stands beside, or below where there is no room', () => {
  const right = edit(room(), {op: 'duplicate', item: seat(1)});
  assert.deepEqual([right.seats[2].x_mm, right.seats[2].y_mm], [3500, 500]);
  const below = edit(edit(room(), {op: 'place', item: seat(1), x: 4500, y: 500}), {op: 'duplicate', item: seat(1)});
  assert.deepEqual([below.seats[2].x_mm, below.seats[2].y_mm], [4500, 2000]);
});

test('a dragged seat is drawn to its neighbours and to the exact distance', () => {
  assert.deepEqual(pull(room(), 1, 1960, 560, 1500), {x: 2000, y: 500, guides: [{axis: 'x', at: 2000}, {axis: 'y', at: 500}]});
  assert.deepEqual(pull(room(), 1, 3333, 2777, 1500), {x: 3300, y: 2800, guides: []});
});

test('an arrangement keeps who is accessible, or makes the one by the door so', () => {
  const found = [{x_mm: 500, y_mm: 500}, {x_mm: 4000, y_mm: 500}];
  assert.deepEqual(furnished(room(), found).map((s) => s.accessible), [true, false]);
  const plain = {...room(), seats: [], keep_clear: [{x_mm: 4500, y_mm: 0, width_mm: 500, depth_mm: 500}]};
  assert.deepEqual(furnished(plain, found).map((s) => s.accessible), [false, true]);
});

test('steps go back and forth, and a new one ends the way forth', () => {
  let h = begin(room());
  h = step(h, edit(h.room, {op: 'add', kind: 'seat', x: 3000, y: 3000}), 'add');
  h = step(h, edit(h.room, {op: 'remove', item: seat(0)}), 'remove');
  assert.equal(step(h, h.room, 'nothing'), h);
  const back = undo(undo(h));
  assert.equal(back.room.seats.length, 2);
  assert.deepEqual(back.future.map((one) => one.what), ['add', 'remove']);
  assert.equal(redo(redo(back)).room, h.room);
  assert.equal(undo(begin(h.room)).past.length, 0);
  assert.deepEqual(step(back, edit(back.room, {op: 'set', change: {normal: 3}}), 'set').future, []);
});
