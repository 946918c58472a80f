import {test} from 'node:test';
import assert from 'node:assert/strict';
import {Shelf} from './ask.js';
import {Store} from './store.js';

/** A shelf whose answers come when the test gives them. */
function shelf() {
  /** @type {((body: any) => void)[]} */
  const asked = [];
  const held = new Shelf(new Store(() => {}), {draw: '/draw'}, () => new Promise((answer) => {
    asked.push((body) => answer({ok: true, status: 200, body, problem: null, date: null}));
  }));
  return {held, asked};
}

const turn = () => new Promise((next) => setImmediate(next));

test('what is asked while an older answer is on its way is asked again after it', async () => {
  const {held, asked} = shelf();
  held.load('draw');
  held.load('draw');
  held.load('draw');
  assert.equal(asked.length, 1, 'one at a time');
  asked[0]('frozen');
  await turn();
  assert.equal(held.get('draw'), 'frozen');
  assert.equal(asked.length, 2, 'once more, however often it was asked for');
  asked[1]('held');
  await turn();
  assert.equal(held.get('draw'), 'held');
  assert.equal(asked.length, 2, 'and then it rests');
});

test('drawing reads a name once', async () => {
  const {held, asked} = shelf();
  assert.equal(held.get('draw'), null);
  assert.equal(held.get('draw'), null);
  asked[0]('none');
  await turn();
  assert.equal(held.get('draw'), 'none');
  assert.equal(asked.length, 1);
});
