import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import test from 'node:test';
import {fileOf, guideOf, guideOfNumber} from './guide.js';
import {BAR} from './model.js';

const STEPS = [...new Set([...BAR, 'booking', 'elsewhere', 'missing'])].filter((step) => step !== 'ticket');

test('every question is said, and every recording is there in both languages', () => {
  const names = new Set();
  for (const step of STEPS) {
    for (const claims of [0, 1]) {
      for (const closed of [false, true]) {
        const says = guideOf({step, claims, closed});
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
