import assert from 'node:assert/strict';
import {test} from 'node:test';

import {openLanguage} from '../lib/catalogue.js';
import {carry, enter} from './onward.js';

test('the manager’s screen opens in the language of the set-up', () => {
  const kept = new Map();
  const storage = {getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value)};
  assert.equal(openLanguage('manager', {storage, search: ''}), 'id');
  carry(storage, 'en');
  assert.equal(openLanguage('manager', {storage, search: ''}), 'en');
  carry({setItem() { throw new Error('full'); }}, 'en');
  carry(null, 'en');
});

test('the new manager is signed in with what was typed', () => {
  const sent = [];
  enter({send: (slot, request) => sent.push([slot, request])}, {name: 'sri', password: 'tiga kucing di atap', display: 'Sri'});
  assert.deepEqual(sent, [['enter', {path: '/api/v1/session', body: {name: 'sri', password: 'tiga kucing di atap'}}]]);
});
