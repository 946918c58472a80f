import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Later} from './later.js';

const turn = () => new Promise((done) => setImmediate(done));

test('a page is fetched once, when it is first asked for', async () => {
  let fetched = 0;
  let changed = 0;
  const pages = new Later({list: async () => { fetched += 1; return 'the list'; }}, () => { changed += 1; }, {now: 'now'});
  assert.equal(pages.page('now'), 'now');
  assert.equal(pages.page('list'), null);
  assert.equal(pages.page('list'), null);
  await turn();
  assert.deepEqual([pages.page('list'), fetched, changed], ['the list', 1, 1]);
  assert.deepEqual(['now', 'list', 'other', 'constructor'].map((code) => pages.has(code)), [true, true, false, false]);
});

test('one that did not come is not asked for at every drawing, but when somebody wants it again', async () => {
  let up = false;
  let asked = 0;
  const pages = new Later({list: async () => { asked += 1; if (!up) throw new Error('no network'); return 'the list'; }}, () => {});
  pages.page('list');
  await turn();
  assert.equal(pages.page('list'), null);
  assert.deepEqual([pages.failed('list'), asked], [true, 1]);
  up = true;
  await pages.rest();
  assert.deepEqual([pages.page('list'), pages.failed('list'), asked], ['the list', false, 2]);
});
