import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import test from 'node:test';
import {fileOf, guideOf, guideOfNumber, namesOf} from './guide.js';
import {BAR} from './model.js';
import {words as claims} from '../lib/words-claims.js';
import {words as common} from '../lib/words-common.js';

const STEPS = [...new Set([...BAR, 'booking', 'elsewhere', 'missing'])].filter((step) => step !== 'ticket');

test('every question is said, and every recording is there in both languages', () => {
  const names = new Set();
  for (const step of STEPS) {
    for (const claims of [0, 1]) {
      for (const closed of [false, true]) {
        const says = guideOf({step, claims, closed, names: []});
        assert.ok(says.length > 0, step);
        says.forEach((name) => names.add(name));
      }
    }
  }
  for (const goes of /** @type {const} */ (['desk', 'please'])) {
    for (const printing of ['sending', 'printed', 'browser', 'none', 'paper_out', 'offline', 'unsure']) guideOfNumber({number: 'A0123456789', goes, printing}).forEach((name) => names.add(name));
  }
  for (const name of names) {
    for (const lang of ['id', 'en']) assert.ok(existsSync(new URL(`../clips/${fileOf(name, lang)}`, import.meta.url)), `${lang}: ${name}`);
  }
});

test('a number is spelt, then where to go, then the paper', () => {
  assert.deepEqual(guideOfNumber({number: 'A074', goes: 'desk', printing: 'printed'}), ['yours', '/a', '/0', '/7', '/4', 'desk', 'printed']);
  assert.deepEqual(guideOfNumber({number: 'B-12', goes: 'please', printing: 'offline'}), ['yours', '/b', '/1', '/2', 'please', 'still_valid']);
});

test('every programme, reason and answer that may be touched has its recording', () => {
  const keys = Object.keys({...claims, ...common}).filter((key) => /^(programme|reason)\./.test(key) && !/^reason\.jk[mp]_/.test(key)); // an only reason is never asked
  assert.ok(keys.length >= 23, keys.join());
  for (const key of keys) {
    for (const lang of ['id', 'en']) assert.ok(existsSync(new URL(`../clips/${fileOf(key.split('.')[1], lang)}`, import.meta.url)), `${lang}: ${key}`);
  }
});

test('the choices are named after the question, in the order of the screen', () => {
  const lists = {programmes: [{programme: 'JHT', reasons: [{reason: 'jht_death'}, {reason: 'jht_resign'}]}, {programme: 'JP', reasons: []}]};
  const says = (/** @type {any} */ flow, claims = 0) => guideOf({step: flow.step, claims, closed: false, names: namesOf(flow, lists)});
  assert.deepEqual(says({step: 'claim', programme: ''}), ['claim', 'claim_why', 'jht', 'jp', 'booked']);
  assert.deepEqual(says({step: 'claim', programme: ''}, 1), ['claim_more', 'jht', 'jp']);
  assert.deepEqual(says({step: 'reason', programme: 'JHT'}), ['reason', 'jht_resign', 'jht_death']);
  assert.deepEqual(says({step: 'people', programme: 'JHT'}).slice(0, 4), ['people', 'priority', 'none', 'elderly']);
  assert.deepEqual(says({step: 'papers', programme: 'JHT'}), ['papers', 'papers_note', 'papers_unread', 'some_missing', 'have_all']);
});
