import assert from 'node:assert/strict';
import test from 'node:test';
import {Player, length} from './player.js';

test('scenes follow one another and the last one ends the briefing', () => {
  const player = new Player([1000, 2000]);
  assert.equal(player.tick(999), false);
  assert.equal(player.tick(1000), true);
  assert.equal(player.scene, 1);
  assert.equal(player.share(2000), 50);
  assert.equal(player.tick(3000), false);
  assert.deepEqual([player.ended, player.playing, player.scene], [true, false, 1]);
});

test('a pause keeps the place, however long', () => {
  const player = new Player([1000, 1000]);
  player.pause(400);
  assert.equal(player.tick(90_000), false);
  assert.equal(player.share(90_000), 40);
  player.play(90_000);
  assert.equal(player.tick(90_599), false);
  assert.equal(player.tick(90_600), true);
});

test('it can be repeated after its end and walked by hand', () => {
  const player = new Player([1000, 1000]);
  player.go(1, 0);
  player.tick(1000);
  player.play(5000);
  assert.deepEqual([player.scene, player.playing, player.ended], [0, true, false]);
  player.go(-1, 5000);
  assert.equal(player.scene, 0);
  player.go(9, 5000);
  assert.equal(player.scene, 1);
});

test('a voice that still speaks holds the scene', () => {
  const player = new Player([1000, 1000]);
  assert.equal(player.tick(5000, true), false);
  assert.equal(player.tick(5000, false), true);
});

test('a longer caption stays longer', () => {
  assert.ok(length('x'.repeat(200)) > length('x'.repeat(100)));
  assert.equal(length(''), 6000);
});
