import assert from 'node:assert/strict';
import test from 'node:test';

import {CLAIMS_MAX, another, back, begun, bodyOf, chooseProgramme, chooseReason, docsOf, frequent, fresh, place, secondOfDay, shut, timeOfDay, toggle, used, withPersons, without} from './model.js';

const JHT = {programme: 'JHT', inform_only: false, reasons: [{reason: 'jht_resign', docs: [{doc: 'identity', required: true, when: ''}]}, {reason: 'jht_phk', docs: []}]};
const JKM = {programme: 'JKM', inform_only: false, reasons: [{reason: 'jkm_death', docs: []}]};
const JKP = {programme: 'JKP', inform_only: true, reasons: [{reason: 'jkp_layoff', docs: []}]};
const LISTS = {programmes: [JHT, JKM, JKP]};

test('the whole way and back again', () => {
  let flow = chooseProgramme(fresh(), JHT);
  assert.equal(flow.step, 'reason');
  flow = chooseReason(flow, 'jht_resign');
  assert.equal(flow.step, 'papers');
  assert.deepEqual(docsOf(flow, LISTS).map((d) => d.doc), ['identity']);
  flow = {...flow, step: 'people'};
  assert.deepEqual(bodyOf(flow), {persons: 1, priority: 'none', accessible: false, papers: 'unchecked', claims: [{programme: 'JHT', reason: 'jht_resign'}]});
  for (const step of ['papers', 'reason', 'claim']) {
    flow = back(flow, LISTS.programmes);
    assert.equal(flow.step, step);
  }
  assert.deepEqual(flow, fresh());
  assert.equal(begun(flow), false);
});

test('a programme with one reason asks for none, and goes back to the programmes', () => {
  const flow = chooseProgramme(fresh(), JKM);
  assert.equal(flow.step, 'papers');
  assert.deepEqual(flow.claims, [{programme: 'JKM', reason: 'jkm_death'}]);
  assert.equal(back(flow, LISTS.programmes).step, 'claim');
});

test('what is claimed elsewhere gets no number', () => {
  assert.equal(chooseProgramme(fresh(), JKP).step, 'elsewhere');
});

test('another claim is added, left again and taken out, and there is an end', () => {
  let flow = {...chooseReason(chooseProgramme(fresh(), JHT), 'jht_phk'), step: /** @type {const} */ ('people')};
  assert.equal(back(another(flow)).step, 'people');
  assert.equal(back(another(flow)).claims.length, 1);
  for (let n = 1; n < CLAIMS_MAX; n += 1) flow = {...chooseProgramme(another(flow), JKM), step: 'people'};
  assert.equal(flow.claims.length, CLAIMS_MAX);
  assert.equal(another(flow), flow);
  flow = without(flow, 0);
  assert.equal(flow.claims.length, CLAIMS_MAX - 1);
  assert.equal(without({...flow, claims: [flow.claims[0]]}, 0).claims.length, 1);
});

test('missing papers are marked and unmarked, and the way back passes by them', () => {
  let flow = toggle(chooseReason(chooseProgramme(fresh(), JHT), 'jht_resign'), 'identity');
  assert.deepEqual(flow.missing, ['identity']);
  assert.equal(back({...flow, step: 'people'}).step, 'missing');
  flow = toggle(flow, 'identity');
  assert.equal(back({...flow, step: 'people'}).step, 'papers');
});

test('a party has its bounds, and a booking is its code', () => {
  assert.equal(withPersons(fresh(), 0).persons, 1);
  assert.equal(withPersons(fresh(), 99).persons, 12);
  assert.deepEqual(bodyOf({...fresh(), step: 'booking', code: ' abc '}), {link: 'abc', papers: 'unchecked'});
});

const today = {date: '2026-03-02', gate_s: 25_200, open_s: 27_000, last_ticket_s: 52_200, close_s: 54_000, today: true};
const next = {...today, date: '2026-03-03', today: false};
const view = (day, more = {}) => ({day: {date: '2026-03-02', number: 1, open: true, extended: false, last_ticket_s: 52_200, ...day}, days: [today, next], quota: 0, given: 0, full: false, ...more});

test('every refusal names its rule and the next chance', () => {
  const code = (v, second) => { const s = shut(v, second); return s && [s.code, s.next?.date]; };
  assert.equal(code(view({}), 30_000), null);
  assert.deepEqual(code(view({}), 52_200), ['after_last', '2026-03-03']);
  const ended = (/** @type {number} */ waiting) => ({...view({over: true}), waiting});
  assert.deepEqual(code(ended(38), 53_900), ['after_calls', '2026-03-03'], 'who still waits is not served today');
  assert.deepEqual(code(ended(0), 53_900), ['after_last', '2026-03-03']);
  assert.equal(code(view({extended: true}), 52_200), null);
  assert.deepEqual(code(view({}, {quota: 40, given: 40}), 30_000), ['quota', '2026-03-03']);
  assert.equal(code(view({}, {quota: 40, given: 39}), 30_000), null);
  assert.deepEqual(code(view({}, {full: true}), 30_000), ['full', '2026-03-03']);
  const old = {open: false, date: '2026-02-27'};
  assert.deepEqual(code(view(old), 20_000), ['before', '2026-03-02']);
  assert.deepEqual(code(view(old), 26_000), ['not_open', '2026-03-02']);
  assert.deepEqual(code(view(old), 53_000), ['after_last', '2026-03-03']);
  assert.deepEqual(code(view({open: false}), 50_000), ['closed', '2026-03-03']);
  assert.deepEqual(code(view(old, {days: [next]}), 30_000), ['holiday', '2026-03-03']);
});

test('frequent reasons come first, the others as they were', () => {
  assert.deepEqual(frequent(['x', 'jht_10', 'y', 'jht_resign'].map((reason) => ({reason}))).map((r) => r.reason), ['jht_resign', 'jht_10', 'x', 'y']);
});

test('places on the bar and times of the day', () => {
  assert.deepEqual(['claim', 'booking', 'reason', 'missing', 'people', 'ticket'].map(place), [0, 0, 1, 2, 3, 4]);
  assert.equal(secondOfDay(1_772_418_600, 0, 25_200), 34_200); // 2026-03-02, 09.30 WIB
  assert.equal(timeOfDay(27_000, 'id'), '07.30');
  assert.equal(timeOfDay(27_000, 'en'), '07:30');
});

test('whoever only set the language or an aid leaves something behind too', () => {
  const plain = {large: false, contrast: false, voice: false};
  assert.equal(used(fresh(), 'id', plain), false);
  assert.equal(used(fresh(), 'en', plain), true);
  assert.equal(used(fresh(), 'id', {...plain, voice: true}), true);
  assert.equal(used({...fresh(), step: 'reason'}, 'id', plain), true);
});
