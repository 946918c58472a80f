import assert from 'node:assert/strict';
import {test} from 'node:test';
import {stillToSay, toSay} from './to-say.js';

const NOW = 1_772_400_000_000;
const call = (seq, numbers, more = {}) => ({seq, at: NOW / 1000 - 5, kind: 'group', room: 2, places: numbers.map((number) => ({number})), ...more});
const here = (number) => ({number, here: true});

/** Takes views one after another, as a screen does. */
function screen(memory = null) {
  return {take(calls, epoch = 'e', now = NOW) {
    const told = toSay(memory, epoch, calls, now);
    memory = JSON.parse(JSON.stringify(told.memory));
    return told.say.map((one) => `${one.kind} ${one.room}: ${one.numbers.join(' ')}`);
  }};
}

test('a group is announced once, whatever views and reconnects follow', () => {
  const s = screen();
  assert.deepEqual(s.take([call(7, ['A001', 'B002'])]), ['group 2: A001 B002']);
  for (let i = 0; i < 3; i += 1) assert.deepEqual(s.take([call(7, ['A001', 'B002'])]), []);
  assert.deepEqual(s.take([{...call(7, []), places: [here('A001'), {number: 'B002'}]}]), [], 'one of them sits');
});

test('calls of a long silence are said in their order while somebody is awaited', () => {
  const s = screen();
  s.take([call(1, ['A001'])]);
  const old = {at: NOW / 1000 - 3600};
  const missed = [call(5, ['A005'], old), {...call(4, [], old), places: [here('A004')]}, call(3, ['A003'], old), call(1, ['A001'])];
  assert.deepEqual(s.take(missed), ['group 2: A003', 'group 2: A005'], 'who sits by now needs no call');
  assert.deepEqual(s.take(missed), []);
});

test('a screen that remembers nothing leaves old calls alone, and says the next', () => {
  const s = screen();
  assert.deepEqual(s.take([call(2, ['A002']), call(1, ['A001'], {at: NOW / 1000 - 600})]), ['group 2: A002']);
  assert.deepEqual(s.take([call(3, ['A003']), call(2, ['A002']), call(1, ['A001'], {at: NOW / 1000 - 600})]), ['group 2: A003']);
});

test('one record to several rooms is several announcements', () => {
  assert.deepEqual(screen().take([call(4, ['A001'], {room: 1}), call(4, ['A002'], {room: 3})]).sort(), ['group 1: A001', 'group 3: A002']);
});

test('a recall says only the missing, and replaces the call that nobody heard', () => {
  const recall = {...call(9, []), kind: 'recall', places: [here('A001'), {number: 'A002'}]};
  assert.deepEqual(screen().take([recall, call(8, ['A001', 'A002'])]), ['recall 2: A002']);
});

test('a withdrawn call is taken back once if it was said, else never mentioned', () => {
  const s = screen();
  s.take([call(1, ['A001'])]);
  assert.deepEqual(s.take([call(2, ['A002'], {withdrawn: true}), call(1, ['A001'], {withdrawn: true})]), ['undone 2: A001']);
  assert.deepEqual(s.take([call(2, ['A002'], {withdrawn: true}), call(1, ['A001'], {withdrawn: true})]), []);
  assert.deepEqual(screen().take([call(1, ['A001'], {withdrawn: true})]), []);
});

test('another epoch is another branch', () => {
  const s = screen();
  s.take([call(900, ['A900'])]);
  assert.deepEqual(s.take([call(3, ['A003'])], 'restored'), ['group 2: A003']);
});

test('what waits to be said follows what happens meanwhile', () => {
  const queue = [{seq: 1, room: 2, kind: 'group', numbers: ['A001', 'A002']}, {seq: 2, room: 2, kind: 'refill', numbers: ['A003']}, {seq: 3, room: 2, kind: 'undone', numbers: ['A004']}];
  const calls = [{...call(1, []), places: [here('A001'), {number: 'A002'}]}, call(2, ['A003'], {withdrawn: true}), call(3, ['A004'], {withdrawn: true})];
  assert.deepEqual(stillToSay(queue, calls).map((one) => one.numbers), [['A002'], ['A004']]);
});

test('months of calls leave nothing behind', () => {
  const s = screen();
  let memory = null;
  for (let seq = 1; seq < 5000; seq += 1) {
    const told = toSay(memory, 'e', [call(seq, [`A${seq}`], {withdrawn: seq % 3 === 0})], NOW);
    memory = told.memory;
  }
  assert.ok(JSON.stringify(memory).length < 100, JSON.stringify(memory));
  s.take([]);
});
