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
