import assert from 'node:assert/strict';
import test from 'node:test';
import {KEEP_OUTCOME_MS, Ticks, mayShowOutcome, phaseOf, stepNow, way} from './phase.js';

const STEPS = ['briefing', 'check', 'form'].map((step) => ({step, who: step === 'check' ? 'officer' : 'visitor', mean_s: 60}));
const view = (state, step = 0) => ({state, visit: 7, claim: {id: 1, step, steps: STEPS}});

test('every state of a seat has a phase', () => {
  for (const state of ['free', 'gathering', 'ready', 'beside', 'cleaning', 'closed', 'expected']) {
    assert.equal(phaseOf({state}, 0), state);
  }
  assert.equal(phaseOf(view('with_officer', 1), 0), 'with');
  assert.equal(phaseOf(view('preparing', 0), 0), 'briefing');
  assert.equal(phaseOf(view('preparing', 2), 0), 'own');
  assert.equal(phaseOf({state: 'preparing', visit: 7}, 0), 'own');
});

test('who confirmed their number hears the briefing while the officer notes them', () => {
  assert.equal(phaseOf(view('expected'), 7), 'briefing');
  assert.equal(phaseOf(view('expected'), 6), 'expected', 'another visit confirmed nothing');
  assert.equal(phaseOf(view('expected', 1), 7), 'expected', 'no briefing is due');
});

test('the way tells what is done, what is now and what is to come', () => {
  assert.deepEqual(way(view('ready', 1).claim).map((one) => one.at), ['done', 'now', 'later']);
  assert.deepEqual(way(undefined), []);
  assert.equal(stepNow(view('ready', 3).claim), null);
});

test('the outcome of who left disappears when the server is silent', () => {
  assert.equal(mayShowOutcome({state: 'cleaning'}, KEEP_OUTCOME_MS - 1), true);
  assert.equal(mayShowOutcome({state: 'cleaning'}, KEEP_OUTCOME_MS), false);
  assert.equal(mayShowOutcome({state: 'beside'}, KEEP_OUTCOME_MS), true);
});

test('ticks are the person\'s own, and gone with them', () => {
  const claim = {id: 4, papers: [
    {doc: 'identity', required: true, mark: 'present'}, {doc: 'photo', required: true, mark: 'not_seen'},
    {doc: 'npwp', required: false, mark: 'not_seen'},
    {doc: 'will', required: true, when: 'by_will', mark: 'not_seen'}]};
  const ticks = new Ticks();
  ticks.follow(7);
  assert.equal(ticks.open(claim), 1, 'what the officer saw counts, what is optional or conditional does not');
  ticks.toggle(4, 'photo');
  assert.equal(ticks.open(claim), 0);
  ticks.follow(7);
  assert.equal(ticks.open(claim), 0, 'the same visit keeps them');
  ticks.toggle(4, 'photo');
  assert.equal(ticks.open(claim), 1, 'pressed again is unticked');
  ticks.toggle(4, 'photo');
  ticks.follow(undefined);
  ticks.follow(8);
  assert.equal(ticks.open(claim), 1, 'the next person begins with an empty list');
  assert.equal(ticks.open(undefined), 0);
});
