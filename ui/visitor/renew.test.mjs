import assert from 'node:assert/strict';
import test from 'node:test';
import {called, plan} from './renew.js';

const part = (name, text) => ({name, text});

test('only the parts that changed are exchanged, in the fresh order', () => {
  const old = [part('hero', 'waiting 7'), part('papers', 'ready'), part('cancel', 'form 1')];
  assert.deepEqual(plan(old, [part('hero', 'waiting 6'), part('papers', 'ready'), part('cancel', 'form 1')]),
    [{name: 'hero', keep: false}, {name: 'papers', keep: true}, {name: 'cancel', keep: true}]);
  assert.deepEqual(plan(old, [part('hero', 'done'), part('receipts', 'one'), part('survey', 'nine')]),
    [{name: 'hero', keep: false}, {name: 'receipts', keep: false}, {name: 'survey', keep: false}]);
  assert.deepEqual(plan([], old).filter((step) => step.keep), []);
  assert.deepEqual(plan(old, []), []);
});

test('a page without a call has none', () => {
  assert.equal(called({dataset: {}}), '');
  assert.equal(called({dataset: {call: '17.0'}}), '17.0');
});
