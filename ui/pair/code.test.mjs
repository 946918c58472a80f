import assert from 'node:assert/strict';
import test from 'node:test';
import {homeOf, shape, whole} from './code.js';

test('a code is shown in two halves however it is typed', () => {
  assert.equal(shape('bcdf ghjk'), 'BCDF-GHJK');
  assert.equal(shape('BCDF-GHJK'), 'BCDF-GHJK');
  assert.equal(shape('bcdf'), 'BCDF');
  assert.equal(shape('bcdfg'), 'BCDF-G');
  assert.equal(shape('a1 e?'), '');
  assert.equal(shape('BCDFGHJKLMN'), 'BCDF-GHJK');
  assert.equal(whole('BCDF-GHJK'), true);
  assert.equal(whole('BCDF-GHJ'), false);
});

test('a paired device goes to its own screen', () => {
  assert.equal(homeOf({device: {kind: 'booth', room: 2, seat: 3}}), '/booth?room=2&seat=3');
  assert.equal(homeOf({device: {kind: 'booth', room: 2, seat: 3}}, '?button=1&lang=en'), '/booth?room=2&seat=3&button=1');
  assert.equal(homeOf({device: {kind: 'desk'}}, '?button=1'), '/desk');
  assert.equal(homeOf({device: {kind: 'display'}}), '/lobby');
  assert.equal(homeOf(null), '/lobby');
});
