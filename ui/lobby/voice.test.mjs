import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Speaker} from './voice.js';

test('of two displays only the one that is wanted speaks, also after the manager chose the other', async () => {
  const said = [];
  const voice = {unlocked: () => true, follow: async () => {}, chime: async () => {}, say: async (call) => { said.push(...call.numbers); }, hush: () => said.push('hush')};
  const feed = {book: {epoch: 'e1'}, clock: {now: () => 1_000_000}};
  const call = (seq) => ({seq, at: 1000, kind: 'group', room: 1, places: [{number: `A00${seq}`}]});
  const speaker = new Speaker(['id'], voice);
  speaker.announcer.sleep = () => new Promise(() => {});
  const hear = async (calls, wanted) => {
    speaker.hear(feed, {rooms: []}, calls, wanted);
    for (let i = 0; i < 5; i += 1) await new Promise((done) => setImmediate(done));
  };
  await hear([call(1)], true);
  await hear([call(2), call(1)], false);
  await hear([call(3), call(2), call(1)], false);
  assert.deepEqual(said, ['A001', 'hush']);
});

test('a paired display says when it waits for a tap, once, and again with each connection', () => {
  const sent = [];
  const real = globalThis.fetch;
  globalThis.fetch = async (path, {body}) => { sent.push(`${path} ${body}`); return {ok: true}; };
  try {
    let open = false;
    const speaker = new Speaker(['id'], {unlocked: () => open, follow: async () => {}, chime: async () => {}, say: async () => {}, hush: () => {}});
    const feed = (greeted) => ({greeted, book: {epoch: 'e1'}, clock: {now: () => 1_000_000}});
    const hear = (greeted, wanted, device) => speaker.hear(feed(greeted), {rooms: []}, [], wanted, device);
    hear(1, true, null);
    assert.deepEqual(sent, [], 'who only looks on tells nothing');
    hear(1, true, {id: 3});
    hear(1, true, {id: 3});
    hear(2, true, {id: 3});
    open = true;
    hear(2, true, {id: 3});
    open = false;
    hear(2, false, {id: 3});
    assert.deepEqual(sent.map((one) => one.split(' ')[1]), ['{"muted":true}', '{"muted":true}', '{"muted":false}']);
  } finally {
    globalThis.fetch = real;
  }
});
