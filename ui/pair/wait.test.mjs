import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Wait} from './wait.js';

/** A screen whose server answers from lists; time passes when the test says so. */
function screen(begins, polls) {
  const timers = [];
  const shown = [];
  const env = {begin: async () => begins.shift(), poll: async () => polls.shift(), now: () => 1000, later: (run, ms) => timers.push({run, ms})};
  const wait = new Wait(env, (waiting) => shown.push(waiting));
  const settle = () => new Promise((done) => setImmediate(done));
  return {wait, shown, timers, last: () => shown[shown.length - 1], next: async () => { const timer = timers.shift(); timer.run(); await settle(); return timer.ms; }};
}

const begun = (code) => ({code, interval: 5, expires_in: 600, approve: `/manager#devices/${code}`});
const state = (name, interval = 5) => ({state: name, interval});

test('a screen shows its code, asks every five seconds and comes in', async () => {
  const s = screen([begun('BCDF-GHJK')], [state('pending'), state('slow_down', 10), state('pending', 10), state('approved')]);
  await s.wait.begin();
  assert.deepEqual([s.last().phase, s.last().code, s.last().until], ['waiting', 'BCDF-GHJK', 601_000]);
  assert.deepEqual([await s.next(), await s.next(), await s.next(), await s.next()], [5000, 5000, 10_000, 10_000], 'slower when told so');
  assert.equal(s.last().phase, 'approved');
  assert.equal(s.timers.length, 0, 'and asks no more');
});

test('the drawn code goes with the letters that it leads to', async () => {
  const qr = {size: 21, path: 'M0 0h1v1H0z'};
  const s = screen([{...begun('BBBB-BBBB'), qr}, begun('CCCC-CCCC')], [state('expired')]);
  await s.wait.begin();
  assert.deepEqual(s.last().qr, qr);
  await s.next();
  assert.deepEqual([s.last().code, s.last().qr], ['CCCC-CCCC', null], 'never an older one');
});

test('a code that is over is replaced without a touch', async () => {
  const s = screen([begun('BBBB-BBBB'), begun('CCCC-CCCC')], [state('expired')]);
  await s.wait.begin();
  await s.next();
  assert.deepEqual([s.last().phase, s.last().code], ['waiting', 'CCCC-CCCC']);
  assert.equal(s.timers.length, 1);
});

test('a server that is away is asked again, and the code stays', async () => {
  const s = screen([null, begun('BBBB-BBBB')], [null, state('pending'), state('denied')]);
  await s.wait.begin();
  assert.deepEqual([s.last().phase, s.last().lost], ['starting', true]);
  await s.next();
  await s.next();
  assert.deepEqual([s.last().code, s.last().lost], ['BBBB-BBBB', true]);
  await s.next();
  assert.equal(s.last().lost, false);
  await s.next();
  assert.equal(s.last().phase, 'denied');
  assert.equal(s.timers.length, 0);
});
