import assert from 'node:assert/strict';
import test from 'node:test';
import {vocabulary} from '../../lib/spoken.js';
import {bytes, clipKind, inOrder, moved, seconds} from './model.js';
import {words} from './words.js';

test('sizes', () => {
  assert.deepEqual([1, 2048, 999_000, 1_500_000, 67_108_864].map(bytes), ['1 KB', '2 KB', '976 KB', '1.4 MB', '64 MB']);
  assert.equal(seconds(10_000), 10);
});

test('every bundled clip has a name that people understand', () => {
  for (const name of ['chime', ...vocabulary('id'), ...vocabulary('en')]) {
    assert.ok(words[`clip.${clipKind(name).kind}`], name);
  }
  assert.deepEqual(clipKind('id/n12'), {kind: 'room_number', sign: '12'});
  assert.deepEqual(clipKind('en/a'), {kind: 'letter', sign: 'A'});
  assert.deepEqual(clipKind('id/please-to'), {kind: 'please_to', sign: ''});
});

test('phrases come first, numbers in their order', () => {
  assert.deepEqual(inOrder(['id/n10', 'id/0', 'id/n2', 'id/b', 'id/room', 'id/a']), ['id/room', 'id/a', 'id/b', 'id/0', 'id/n2', 'id/n10']);
});

test('moving stays inside the list', () => {
  assert.deepEqual(moved(['a', 'b', 'c'], 0, 1), ['b', 'a', 'c']);
  assert.deepEqual(moved(['a', 'b', 'c'], 0, -1), ['a', 'b', 'c']);
  assert.deepEqual(moved(['a', 'b', 'c'], 2, 5), ['a', 'b', 'c']);
});
