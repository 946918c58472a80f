import assert from 'node:assert/strict';
import {existsSync, readdirSync} from 'node:fs';
import {test} from 'node:test';
import {GAPS, plan, vocabulary} from './spoken.js';

const CLIPS = new URL('../clips/', import.meta.url);
const said = (call, lang = 'id', where) => plan(call, lang, where).map((piece) => piece.clip.slice(3)).join(' ');

test('the sentence of a group, digit by digit', () => {
  assert.equal(said({numbers: ['A001', 'A004', 'B002'], room: 2}),
    'number a 0 0 1 a 0 0 4 b 0 0 2 please room n2');
  assert.equal(said({numbers: ['A001', 'B014'], room: 2}, 'en'), 'numbers a 0 0 1 b 0 1 4 please room n2');
  assert.equal(said({numbers: ['A001'], room: 2}, 'en'), 'number a 0 0 1 please room n2');
});

test('numbers stand apart more clearly than their signs, and the end is not waited for', () => {
  const pieces = plan({numbers: ['A1', 'B2'], room: 3}, 'id');
  assert.deepEqual(pieces.map((piece) => piece.gap),
    [GAPS.lead, GAPS.sign, GAPS.number, GAPS.sign, GAPS.clause, GAPS.lead, GAPS.lead, 0]);
  assert.ok(GAPS.sign < GAPS.lead && GAPS.lead < GAPS.number);
});

test('a recall and a call taken back', () => {
  assert.equal(said({numbers: ['A002'], room: 2, kind: 'recall'}), 'again number a 0 0 2 please room n2');
  assert.equal(said({numbers: ['A002'], room: 2, kind: 'undone'}), 'number a 0 0 2 wait');
});

test('rooms are said as words', () => {
  const room = (n) => said({numbers: ['A1'], room: n}).replace('number a 1 please room ', '');
  assert.deepEqual([1, 9, 11, 12, 20, 21, 40, 99, 105, '2'].map(room), ['n1', 'n9', 'n11', 'n12', 'n20', 't20 n1', 'n40', 't90 n9', '1 0 5', 'n2']);
});

test('the side desk is said by its name, with a number only where there are several', () => {
  const call = {numbers: ['A1'], room: 9};
  assert.equal(said(call, 'id', {desk: true}), 'number a 1 please-to desk');
  assert.equal(said(call, 'id', {desk: true, several: true}), 'number a 1 please-to desk n9');
});

test('what no clip says has no plan', () => {
  for (const call of [{numbers: ['A1'], room: 'Ruang Melati'}, {numbers: ['Ä1'], room: 1}, {numbers: [], room: 1}, {numbers: [''], room: 1}, {numbers: ['A1'], room: 0}]) {
    assert.equal(plan(call, 'id'), null, JSON.stringify(call));
  }
});

test('every clip that a plan can name is there, and no other', () => {
  for (const lang of ['id', 'en']) {
    const names = vocabulary(lang);
    for (const name of names) assert.ok(existsSync(new URL(`${name}.mp3`, CLIPS)), `${name}.mp3 is missing`);
    const files = readdirSync(new URL(`${lang}/`, CLIPS)).filter((file) => file.endsWith('.mp3')).map((file) => `${lang}/${file.slice(0, -4)}`);
    assert.deepEqual(files.sort().filter((file) => !names.includes(file)), [], 'clips that nothing says');
  }
  assert.ok(existsSync(new URL('chime.mp3', CLIPS)));
});
