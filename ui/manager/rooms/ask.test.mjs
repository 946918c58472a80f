import assert from 'node:assert/strict';
import {test} from 'node:test';

import {blank} from './plan.js';
import {arrange, lines} from './ask.js';

const stream = (...chunks) => new Response(new ReadableStream({start(c) { for (const one of chunks) c.enqueue(new TextEncoder().encode(one)); c.close(); }}), {headers: {'Content-Type': 'application/x-ndjson'}});

test('lines are read as they come, however they are cut', async () => {
  const got = [];
  await lines(stream('{"a":', '1}\n{"a"', ':2}\n\n{"a":3}').body, (line) => got.push(JSON.parse(line).a));
  assert.deepEqual(got, [1, 2, 3]);
});

test('an arrangement gets better, and says what was asked', async () => {
  const got = [];
  let asked;
  const send = async (path, init) => { asked = [path, JSON.parse(init.body)]; return stream('{"count":1,"upper_bound":3,"seats":[],"done":false}\n', '{"count":2,"upper_bound":3,"seats":[],"done":true}\n'); };
  const problem = await arrange({...blank(1), obstacles: [{x_mm: 0, y_mm: 0, width_mm: 1, depth_mm: 1}]}, 1500, (a) => got.push(a.count), new AbortController().signal, send);
  assert.equal(problem, null);
  assert.deepEqual(got, [1, 2]);
  assert.equal(asked[0], '/api/v1/rooms/arrange');
  assert.deepEqual([asked[1].distance_mm, asked[1].margin_mm, asked[1].obstacles.length], [1500, 500, 1]);
});

test('a refusal and a lost server are told; going away is neither', async () => {
  const busy = async () => new Response('{"code":"arranging_busy","status":429}', {status: 429, headers: {'Content-Type': 'application/problem+json'}});
  assert.equal((await arrange(blank(1), 0, () => {}, new AbortController().signal, busy)).code, 'arranging_busy');
  const lost = async () => { throw new TypeError('lost'); };
  assert.equal((await arrange(blank(1), 0, () => {}, new AbortController().signal, lost)).code, 'no_network');
  const gone = new AbortController();
  gone.abort();
  assert.equal(await arrange(blank(1), 0, () => {}, gone.signal, lost), null);
});
