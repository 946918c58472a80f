import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import test from 'node:test';
import {PRESETS, changes, disorder, fields, ontoNewer, parse, presetOf, scale, secondOf, toSend, typed, valueAt, withPreset, withValue, wrong} from './fields.js';
import {words} from './policy/words.js';

const source = readFileSync(new URL('../../scheduler/policy.go', import.meta.url), 'utf8');
const constants = Object.fromEntries([...source.matchAll(/^\t(Max\w+)\s*= ([\d_]+)/gm)].map((m) => [m[1], Number(m[2].replaceAll('_', ''))]));
const number = (text) => text.split('*').map((part) => constants[part.trim()] ?? Number(part.trim().replaceAll('_', ''))).reduce((a, b) => a * b);
const bounds = [...source.matchAll(/\{"([a-z_.]+)", p\.[\w.]+, ([^,]+), ([^}]+)\}/g)].map((m) => ({path: m[1], low: number(m[2]), top: number(m[3])}));

test('every range of the rules is on the screen, with the same ends', () => {
  assert.ok(bounds.length > 25);
  const shown = fields().filter((f) => f.top !== undefined).map((f) => ({path: f.path, low: f.low, top: f.top}));
  const sorted = (list) => [...list].sort((a, b) => (a.path < b.path ? -1 : 1));
  assert.deepEqual(sorted(shown), sorted(bounds));
});

test('what a setting usually is, is what the rules begin with', () => {
  // The table is made from the rules; a test of it says when it is old.
  const table = readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8');
  const rows = Object.fromEntries([...table.matchAll(/^\| `([a-z_.]+)` \|(?:[^|]*\|){3} ([^|]*) \|/gm)].map((m) => [m[1], m[2]]));
  assert.ok(Object.keys(rows).length > 35);
  for (const field of fields()) assert.equal(String(field.usual), rows[field.path], field.path);
});

test('every setting has a name and a sentence on what it does', () => {
  for (const field of fields()) {
    const code = field.path.replaceAll('.', '_');
    assert.ok(words[`setting.${code}`], `setting.${code}`);
    assert.ok(words[`setting_why.${code}`], `setting_why.${code}`);
  }
  for (const {code} of PRESETS) assert.ok(words[`preset.${code}`] && words[`preset_why.${code}`], code);
});

test('what is typed comes back as it was', () => {
  const distance = {path: 'distance.distance_mm', unit: 'mm', low: 0, top: 10_000};
  assert.equal(typed(1500, scale(distance, 1500).size, ','), '1,5');
  assert.equal(parse('1,5', 1000), 1500);
  assert.equal(parse('1.500', 1000), 1500);
  assert.equal(parse('1,0005', 1000), null);
  assert.equal(parse('10', 60), 600);
  assert.equal(parse('1.5', 60), 90);
  for (const text of ['', 'abc', '-1', '1e3', '1,2,3', '99999999']) assert.equal(parse(text, 1), null, text);
});

test('seconds are typed in minutes only when they are whole minutes', () => {
  const gap = {path: 'call.recall_gap_s', unit: 'time', low: 10, top: 14_400};
  assert.equal(scale(gap, 600).sign, 'min');
  assert.equal(scale(gap, 90).sign, 's');
  assert.equal(scale({path: 'undo_s', unit: 'time', low: 0, top: 300}, 60).sign, 's');
});

test('a value outside its range is found', () => {
  const field = {path: 'group.max', unit: 'count', low: 1, top: 40};
  assert.equal(wrong(field, 40), null);
  assert.equal(wrong(field, 41), 'range');
  assert.equal(wrong(field, null), 'form');
});

const policy = {
  mode: 'rolling', group: {min: 3, target: 5, max: 6}, goals: {promised_wait_s: 1800, alarm_wait_s: 3600},
  distance: {preset: 'office_150', distance_mm: 1500, together_mm: 0, occupancy_pct: 50}, procedures: {kept: true},
};

test('a change is one setting and leaves the rest alone', () => {
  const changed = withValue(policy, 'group.max', 8);
  assert.equal(policy.group.max, 6);
  assert.equal(changed.procedures, policy.procedures);
  assert.deepEqual(changes(policy, changed).map((c) => [c.field.path, c.from, c.to]), [['group.max', 6, 8]]);
  assert.equal(valueAt(changed, 'group.max'), 8);
});

test('a preset and its figures always agree', () => {
  const red = withPreset(policy, 'red_zone');
  assert.deepEqual([red.distance.distance_mm, red.distance.occupancy_pct, red.distance.preset], [2000, 25, 'red_zone']);
  assert.equal(presetOf(red.distance), 'red_zone');
  const own = toSend(withValue(red, 'distance.distance_mm', 1800));
  assert.equal(own.distance.preset, 'own');
});

test('orders among settings are pointed out', () => {
  assert.deepEqual(disorder(policy), []);
  assert.deepEqual(disorder(withValue(policy, 'group.min', 6)).map((d) => d.path), ['group.target']);
  assert.deepEqual(disorder(withValue(policy, 'goals.alarm_wait_s', 60)).map((d) => d.code), ['goal_order']);
});

test('a time of the day is typed with 24 hours, with a point or a colon', () => {
  assert.deepEqual(['07.30', '7:30', ' 23.59 ', '00:00'].map(secondOf), [27_000, 27_000, 86_340, 0]);
  assert.deepEqual(['24.00', '7.5', '0730', '07:30 AM', ''].map(secondOf), [null, null, null, null, null]);
});

test('a changed calendar goes onto a newer version that has the old one', () => {
  const base = {mode: 'rolling', calendar: {exceptions: []}, programmes: ['JHT'], prefixes: ['A', 'B', 'C']};
  const mine = {...base, calendar: {exceptions: [{date: '2026-12-24'}]}, programmes: ['JHT', 'JKM']};
  const newer = {...base, mode: 'closed', programmes: ['JHT', 'JP']};
  const parts = ['calendar', 'programmes', 'prefixes'];
  assert.deepEqual(ontoNewer(base, mine, newer, parts), {policy: {...newer, calendar: mine.calendar}, lost: ['programmes']}, 'what both changed stays as the newer has it');
  assert.deepEqual(ontoNewer(base, base, newer, parts), {policy: newer, lost: []});
  assert.deepEqual(ontoNewer(base, mine, mine, parts), {policy: mine, lost: []}, 'the same change twice is none');
});
