import assert from 'node:assert/strict';
import {test} from 'node:test';
import {largest} from './fit.js';

test('the largest size that fits is found in few tries', () => {
  let tries = 0;
  const fits = (limit) => (size) => { tries += 1; return size <= limit; };
  assert.equal(largest(16, 400, fits(123)), 123);
  assert.ok(tries < 10, `${tries} measures`);
  assert.equal(largest(16, 400, fits(1000)), 400);
  assert.equal(largest(16, 400, fits(3)), 16, 'too small to read is not an answer');
  assert.equal(largest(16, 16, fits(0)), 16);
});
