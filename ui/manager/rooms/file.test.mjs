import assert from 'node:assert/strict';
import {test} from 'node:test';

import {blank} from './plan.js';
import {FILE_MAX, readRoom, writeRoom} from './file.js';

const draft = {...blank(4), version: 3, width_mm: 6000, normal: 8, mode: 'closed', desk: true, programmes: ['JHT'],
  seats: [{x_mm: 500, y_mm: 500, accessible: true, closed: false}, {x_mm: 2001, y_mm: 500, accessible: false, closed: true}],
  obstacles: [{x_mm: 3000, y_mm: 0, width_mm: 500, depth_mm: 400}], keep_clear: [{x_mm: 0, y_mm: 3000, width_mm: 900, depth_mm: 1000}]};
const rule = {distance_mm: 1500};

test('what was written is read as the same room', () => {
  const read = readRoom(writeRoom(draft, 'room', rule), {...blank(4), version: 3});
  assert.deepEqual(read, {draft, kind: 'room'});
});

test('the questions of the command line are files too', () => {
  const choose = JSON.parse(writeRoom(draft, 'choose', {distance_mm: 1500, together_mm: 900}));
  assert.deepEqual(Object.keys(choose), ['distance_mm', 'together_mm', 'seats']);
  assert.equal(choose.seats[1].id, '2');
  assert.deepEqual(readRoom(writeRoom(draft, 'choose', rule), {...draft, seats: []}), {draft, kind: 'choose'});
  const arrange = readRoom(writeRoom(draft, 'arrange', rule), {...blank(4), version: 3, seats: draft.seats});
  assert.equal(arrange.kind, 'arrange');
  assert.deepEqual([arrange.draft.width_mm, arrange.draft.obstacles, arrange.draft.seats], [6000, draft.obstacles, draft.seats]);
});

test('every refusal names its field', () => {
  const is = (text, field, code) => assert.deepEqual(readRoom(text, draft), {field, code}, text.slice(0, 80));
  is('{', '', 'no_json');
  is('[]', '', 'no_object');
  is('{"seats": []} x', '', 'no_json');
  is('{"room": 1}', 'room', 'unknown');
  is('{}', 'seats', 'missing');
  is('{"width_mm": 900, "seats": []}', 'width_mm', 'out_of_range');
  is('{"width_mm": 5000.5, "seats": []}', 'width_mm', 'no_whole');
  is('{"width_mm": 5000, "seats": {}}', 'seats', 'no_list');
  is('{"seats": [{"x_mm": 1}, {"x": 2}]}', 'seats[1].x', 'unknown');
  is('{"seats": [{"closed": 1}]}', 'seats[0].closed', 'no_flag');
  is('{"width_mm": 5000, "seats": [], "mode": "fast"}', 'mode', 'not_listed');
  is('{"width_mm": 5000, "seats": [], "programmes": [5]}', 'programmes[0]', 'no_text');
  is('{"width_mm": 5000, "seats": [], "keep_clear": [{"x_mm": 0, "depth_mm": 5}]}', 'keep_clear[0].width_mm', 'missing');
  is('{"seed": 1, "seats": []}', 'seats', 'unknown');
  is(JSON.stringify({seats: Array.from({length: 201}, () => ({}))}), 'seats', 'too_many');
  is(' '.repeat(FILE_MAX + 1), '', 'too_large');
});
