import assert from 'node:assert/strict';
import {test} from 'node:test';

/** What lit-html needs of a browser to be loaded. */
globalThis.document ??= /** @type {any} */ ({createTreeWalker: () => ({}), createComment: () => ({})});
const {Briefing} = await import('./briefing.js');

/** A sound that a tap unlocks, and the recordings that it was told to play. */
function sound() {
  let on = false;
  const played = [];
  return {played, unlocked: () => on, unlock: async () => { on = true; return true; }, stop() {},
    decoded: async () => ({duration: 10}), play: (row, from) => { played.push(from); return Promise.resolve(); }};
}

const memory = () => ({kept: {scene: 0, muted: false}, set() {}});
const settle = () => new Promise((done) => setTimeout(done, 0));

test('the tap that unlocks the sound plays nothing before somebody sits there, and once then', async () => {
  const own = sound();
  const briefing = new Briefing(() => {}, /** @type {any} */ (memory()), {sound: /** @type {any} */ (own), now: () => 1000});
  await briefing.unlock();
  await settle();
  assert.deepEqual(own.played, []);
  briefing.show(7);
  await settle();
  assert.deepEqual(own.played, [0]);
  briefing.hide();
  await briefing.unlock();
  await settle();
  assert.equal(own.played.length, 1);
});
