import assert from 'node:assert/strict';
import test from 'node:test';
import {Memory} from './memory.js';
import {LONG_MS, OneButton} from './one-button.js';
import {END_MS, KEEP_OUTCOME_MS, ONE_BUTTON_MISTAKE_S, SHOW_OUTCOME_MS, claimNo, lacking, mayBeWrong, openPapers, phaseOf, placeOf, stepNow, way, whose} from './phase.js';
import {QUESTIONS, complete, questionNow} from './answers.js';

const STEPS = ['briefing', 'check', 'form'].map((step) => ({step, who: step === 'check' ? 'officer' : 'visitor', mean_s: 60}));
const view = (state, step = 0) => ({state, visit: 7, claim: {id: 1, step, steps: STEPS}});

test('every state of a seat has a phase', () => {
  for (const state of ['free', 'gathering', 'ready', 'beside', 'cleaning', 'closed', 'expected']) {
    assert.equal(phaseOf({state, done: []}, {}), state);
  }
  assert.equal(phaseOf(view('with_officer', 1), {}), 'with');
  assert.equal(phaseOf(view('preparing', 0), {}), 'briefing');
  assert.equal(phaseOf(view('preparing', 2), {}), 'own');
  assert.equal(phaseOf({state: 'preparing', visit: 7}, {}), 'own');
});

test('a free seat of a day that was closed asks nobody to wait for it', () => {
  assert.equal(phaseOf({state: 'free', day_done: true, done: []}, {}), 'day_over');
  assert.equal(phaseOf({state: 'closed', day_done: true, done: []}, {}), 'closed');
});

test('who confirmed their number hears the briefing while the officer notes them', () => {
  assert.equal(phaseOf(view('expected'), {confirmed: true}), 'briefing');
  assert.equal(phaseOf(view('expected'), {}), 'expected');
  assert.equal(phaseOf(view('expected', 1), {confirmed: true}), 'expected', 'no briefing is due');
});

test('a wrong "yes" can be taken back for a while, with one button for less: help has that press too', () => {
  const sat = {since: 100, mistake_until: 130};
  assert.equal(mayBeWrong(sat, 129, false), true);
  assert.equal(mayBeWrong(sat, 130, false), false);
  assert.equal(mayBeWrong({since: 100}, 100, false), false, 'the officer is there, or it is not theirs to say');
  assert.equal(mayBeWrong(sat, 100 + ONE_BUTTON_MISTAKE_S - 1, true), true);
  assert.equal(mayBeWrong(sat, 100 + ONE_BUTTON_MISTAKE_S, true), false);
});

test('a seat that expects the same number again knows nothing of who sat there by mistake', () => {
  const memory = new Memory(null);
  assert.equal(memory.follow(7, true), true);
  memory.set({confirmed: true});
  assert.equal(memory.follow(7, true), false, 'confirmed, and not noted yet');
  assert.equal(memory.follow(7, false), false);
  memory.set({ticks: ['1 identity'], lang: 'en'});
  assert.equal(memory.follow(7, true), true);
  assert.deepEqual([memory.kept.confirmed, memory.kept.ticks, memory.kept.lang], [false, [], '']);
  assert.equal(memory.follow(7, true), false, 'once');
});

test('the way tells what is done, what is now and what is to come', () => {
  assert.deepEqual(way(view('ready', 1).claim).map((one) => one.at), ['done', 'now', 'later']);
  assert.deepEqual(way(undefined), []);
  assert.equal(stepNow(view('ready', 3).claim), null);
});

test('the outcome of who left stands a while, and nothing of them for ever', () => {
  const left = {state: 'cleaning', done: [{}], survey: {visit: 7, due: true, answered: false}};
  assert.equal(phaseOf(left, {}), 'outcome');
  assert.equal(phaseOf(left, {surveying: true}), 'survey');
  assert.equal(phaseOf({...left, survey: undefined}, {surveying: true}), 'outcome');
  assert.equal(phaseOf({...left, done: []}, {}), 'cleaning');
  assert.equal(phaseOf(left, {over: true, surveying: true}), 'cleaning');
  assert.equal(phaseOf(left, {silentMs: KEEP_OUTCOME_MS - 1}), 'outcome');
  assert.equal(phaseOf(left, {silentMs: KEEP_OUTCOME_MS}), 'cleaning', 'nobody can tell who sits here');
  assert.equal(phaseOf(left, {endedMs: SHOW_OUTCOME_MS}), 'cleaning');
  assert.equal(phaseOf(left, {endedMs: SHOW_OUTCOME_MS, untouchedMs: 5000}), 'outcome', 'somebody is reading it');
  assert.equal(phaseOf(left, {endedMs: END_MS, untouchedMs: 0, surveying: true}), 'cleaning');
});

test('a survey that is a step of the claim is asked, until it is answered', () => {
  const at = {state: 'preparing', visit: 7, claim: {id: 1, step: 0, steps: [{step: 'survey', who: 'visitor', mean_s: 60}]}, survey: {visit: 7, due: true, answered: false}};
  assert.equal(phaseOf(at, {}), 'asked');
  assert.equal(phaseOf({...at, survey: {...at.survey, answered: true}}, {}), 'own');
});

test('whose a seat is', () => {
  assert.deepEqual([whose({visit: 7}), whose({state: 'cleaning', survey: {visit: 6}}), whose({state: 'free'})], [7, 6, 0]);
});

test('which of several claims', () => {
  const claims = [{id: 4}, {id: 9}];
  assert.deepEqual(claimNo({claims, claim: {id: 9}}), {n: 2, of: 2});
  assert.equal(claimNo({claims: [{id: 4}], claim: {id: 4}}), null);
  assert.equal(claimNo({claims}), null);
});

test('papers that are still open', () => {
  const claim = {id: 4, papers: [
    {doc: 'identity', required: true, mark: 'present'}, {doc: 'photo', required: true, mark: 'not_seen'},
    {doc: 'npwp', required: false, mark: 'not_seen'}, {doc: 'will', required: true, when: 'by_will', mark: 'not_seen'}]};
  const memory = new Memory(null);
  memory.follow(7);
  const open = () => openPapers(claim, (id, paper) => memory.has(id, paper));
  assert.equal(open(), 1, 'what the officer saw counts, what is optional or conditional does not');
  memory.toggle(4, 'photo');
  assert.equal(open(), 0);
  memory.follow(7);
  assert.equal(open(), 0, 'the same visit keeps them');
  memory.toggle(4, 'photo');
  assert.equal(open(), 1, 'pressed again is unticked');
  memory.toggle(4, 'photo');
  memory.follow(0);
  memory.follow(8);
  assert.equal(open(), 1, 'the next person begins with an empty list');
  assert.equal(openPapers(undefined, () => true), 0);
  const gone = claim.papers.map((paper) => ({...paper, mark: 'missing'}));
  assert.deepEqual(gone.filter(lacking).map((paper) => paper.doc), ['identity', 'photo'], 'only what counts is called missing');
});

test('what the screen remembers survives a reload and goes with the person', () => {
  const kept = new Map();
  const storage = {getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key)};
  const memory = new Memory(storage);
  assert.equal(memory.follow(7), true);
  memory.set({confirmed: true, scene: 3, lang: 'en'});
  memory.toggle(4, 'photo');
  const again = new Memory(storage);
  assert.equal(again.follow(7), false);
  assert.deepEqual([again.kept.confirmed, again.kept.scene, again.kept.lang, again.kept.ticks], [true, 3, 'en', ['4 photo']]);
  again.follow(8);
  assert.deepEqual([again.kept.confirmed, again.kept.scene, again.kept.lang, again.kept.ticks.length], [false, 0, '', 0]);
  again.follow(0);
  assert.equal(kept.size, 0, 'nothing stays of nobody');
  kept.set('lapak.booth', '{"visit": 9}');
  assert.equal(new Memory(storage).kept.visit, 0, 'what another build kept is not believed');
});

test('one button: short is the likely answer, long the other', () => {
  const done = [];
  let now = 0;
  let means = 'expected 7';
  const button = new OneButton({short: () => done.push('short'), long: () => done.push('long'), means: () => means}, () => now);
  const key = (name) => ({key: name, preventDefault: () => {}, stopPropagation: () => {}});
  button.down(key(' '));
  now = 300;
  button.down(key(' '));
  button.up(key(' '));
  button.down(key('Enter'));
  now += LONG_MS;
  button.up(key('Enter'));
  button.up(key('Enter'));
  button.down(key('a'));
  button.up(key('a'));
  assert.deepEqual(done, ['short', 'long']);
  button.down(key(' '));
  means = 'expected 8';
  button.up(key(' '));
  assert.deepEqual(done, ['short', 'long'], 'what one person began is not the next one\'s');
  button.down(key(' '));
  button.up(key(' '));
  assert.deepEqual(done, ['short', 'long', 'short']);
});

test('the survey goes question by question and may be skipped', () => {
  assert.equal(questionNow([]), 0);
  assert.equal(questionNow([4, 0, 3]), 3);
  assert.equal(questionNow(Array(9).fill(4)), QUESTIONS);
  assert.deepEqual(complete([4, 0, 3]), [4, 0, 3, 0, 0, 0, 0, 0, 0]);
  assert.equal(complete([0, 0]), null, 'nothing answered is not sent');
});

test('a paired screen goes by its own place, others by the address', () => {
  const old = new URLSearchParams('room=1&seat=1');
  assert.deepEqual(placeOf({room: 1, seat: 4}, old), {room: 1, seat: 4});
  assert.deepEqual(placeOf(null, old), {room: 1, seat: 1});
  assert.deepEqual(placeOf({room: 1}, old), {room: 1, seat: 1}, 'a device of no seat');
  assert.equal(placeOf(undefined, new URLSearchParams()), null);
});
