import assert from 'node:assert/strict';
import test from 'node:test';

import {drawSteps, gateList, groups, joined, paperBody, parsePaper, secondsOf} from './early.js';

test('a list is read as guards write it and as tables are pasted', () => {
  const lines = parsePaper('Nomor Jam\nK01 8.15\nk02;08:20;2;JKM\nA-045\t08:31:30\t1\n\nK03, 08.40, jp');
  assert.deepEqual(lines.map((l) => [l.line, l.slip, l.at_s, l.persons, l.programme, l.fault]), [
    [2, 'K01', 29_700, 1, 'JHT', null], [3, 'K02', 30_000, 2, 'JKM', null], [4, 'A045', 30_690, 1, 'JHT', null], [6, 'K03', 31_200, 1, 'JP', null],
  ]);
});

test('each line says what is wrong with it, and the others go on', () => {
  const lines = parsePaper('K01 08:15\nBudi 08:16\nK02\nK03 08:20 40\nK01 08:30\nK000 08:31');
  assert.deepEqual(lines.map((l) => l.fault), [null, 'slip', 'time', 'persons', 'twice', 'slip']);
  const body = paperBody(lines, true);
  assert.deepEqual(body.rows, [{slip: 'K01', at_s: 29_700, persons: 1, programme: 'JHT'}]);
  assert.deepEqual(joined(lines, [{slip: 'K01', state: 'new'}]).map((j) => j.row?.state ?? null), ['new', null, null, null, null, null]);
  assert.deepEqual(joined(lines, null).map((j) => j.row), [null, null, null, null, null, null]);
});

test('times of the day', () => {
  assert.equal(secondsOf('7.05'), 25_500);
  for (const bad of ['24:00', '8:60', '815', 'JHT', '']) assert.equal(secondsOf(bad), null);
});

test('the gate list holds who came before the doors, in the order of coming', () => {
  const view = {day: {open: true, extended: false, open_s: 27_000}, visits: [
    {id: 3, number: 'A003', arrived: 26_000}, {id: 1, number: 'A001', arrived: 25_000}, {id: 4, number: 'A004', arrived: 28_000}, {id: 5, number: '', arrived: 0},
  ]};
  assert.deepEqual(gateList(view, (at) => at).map((v) => v.number), ['A001', 'A003']);
  assert.deepEqual(gateList({...view, day: {...view.day, open: false}}, (at) => at), []);
});

test('the draw walks from the seal to the order', () => {
  const states = (phase) => drawSteps(phase).map((s) => s.state).join(' ');
  assert.equal(states('none'), 'now later later later');
  assert.equal(states('prepared'), 'done now later later');
  assert.equal(states('frozen'), 'done done now later');
  assert.equal(states('held'), 'done done done done');
  assert.equal(states('lost'), 'now later later later');
  assert.equal(groups('abcdef01'), 'abcd ef01');
});
