import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import test from 'node:test';
import {words as kiosk} from '../kiosk/words.js';
import {words as states} from '../lib/words-states.js';
import {words as desk} from './words.js';
import {PRIORITIES, REASONS, TABS, actsOf, after, allHere, beganAt, blank, bodyOf, calledBy, complete, doneToday, inLine, listOf, marksOf, missing, next, showsCode, withAnother, withClaim, withPersons} from './model.js';

test('every reason of the rules can be chosen, under its programme', () => {
  const source = readFileSync(new URL('../../scheduler/procedure/codes.go', import.meta.url), 'utf8');
  const codes = [...source.matchAll(/^\tReason\w+\s+Reason = "([a-z0-9_]+)"/gm)].map((m) => m[1]);
  assert.ok(codes.length > 15);
  assert.deepEqual(Object.values(REASONS).flat().sort(), codes.sort());
  for (const [programme, list] of Object.entries(REASONS)) for (const code of list) assert.ok(code.startsWith(`${programme.toLowerCase()}_`), code);
});

test('the plain form gives one number for one person', () => {
  assert.equal(missing(blank()), null);
  assert.deepEqual(bodyOf(blank()), {
    channel: 'walk_in', persons: 1, priority: 'none', accessible: false, papers: 'unchecked', claims: [{programme: 'JHT', person: 0}],
  });
});

test('personal data is sent only when it was asked for, and cleaned', () => {
  const form = {...blank(), named: true, person: {id_type: 'nik', id_number: '3201 0112 0385 0004', name: ' Siti ', phone: ''}};
  assert.equal(missing(form), null);
  assert.deepEqual(bodyOf(form).person, {id_type: 'nik', id_number: '3201011203850004', name: 'Siti'});
  assert.equal(missing({...form, person: {...form.person, id_number: '123'}}), 'nik');
  assert.equal(missing({...form, person: {...form.person, id_type: 'passport', id_number: ''}}), 'number');
  assert.equal(missing({...form, person: {...form.person, name: ' '}}), 'name');
  assert.equal(next(form).person.id_number, '', 'nothing of the last person stays');
});

test('claims follow the persons and the programmes', () => {
  const family = withPersons({...blank(), claims: [{programme: 'JHT', reason: 'jht_phk', person: 0}, {programme: 'JKM', reason: '', person: 2}]}, 3);
  assert.equal(withPersons(family, 2).claims[1].person, 0);
  assert.equal(withPersons(family, 99).persons, 12);
  assert.equal(withPersons(family, 0).persons, 1);
  assert.equal(withClaim(family, 0, {programme: 'JP'}).claims[0].reason, '');
  assert.equal(withClaim(family, 0, {person: 1}).claims[0].reason, 'jht_phk');
  assert.equal(after(['a', 'b'], 'b'), 'a');
});

test('nobody claims the same twice, and complete papers have a reason', () => {
  const two = withAnother(blank());
  assert.deepEqual(two.claims.map((c) => c.programme), ['JHT', 'JKK']);
  assert.equal(missing(two), null);
  const same = withClaim(two, 1, {programme: 'JHT'});
  assert.equal(missing(same), 'twice');
  assert.equal(missing(withClaim(withPersons(same, 2), 1, {person: 1})), null, 'of two persons');
  assert.equal(missing({...same, channel: 'collective'}), null, 'a list of forty files');
  assert.equal(missing({...blank(), papers: 'ready'}), 'reason');
  assert.equal(missing(withClaim({...blank(), papers: 'ready'}, 0, {reason: 'jht_phk'})), null);
});

test('each visit is in the list of its state, the earliest first', () => {
  const visits = [{id: 1, state: 'arrived', since: 20, number: 'A002'}, {id: 2, state: 'incomplete', since: 10, number: 'A001'}, {id: 3, state: 'no_show', since: 5, number: 'B001'}];
  assert.deepEqual(listOf(visits, 'papers', '').map((v) => v.id), [2, 1]);
  assert.deepEqual(listOf(visits, 'papers', 'a002').map((v) => v.id), [1]);
  assert.deepEqual(listOf(visits, 'missed', '').map((v) => v.id), [3]);
  const over = [{id: 7, number: 'A001', state: 'settled', since: 10}, {id: 8, number: 'A007', state: 'settled', since: 30}, {id: 9, number: 'B017', state: 'settled', since: 20}];
  assert.deepEqual(listOf([...visits, ...over], 'done', '').map((v) => v.id), [8, 9, 7], 'who has just left is on top');
  assert.deepEqual(listOf(over, 'done', '17').map((v) => v.id), [9]);
  for (const tab of TABS) for (const state of tab.states) assert.ok(actsOf(state).length > 0 || tab.code === 'done', state);
});

test('papers keep their marks and one missing required paper stops the visit', () => {
  const visit = {claims: [{id: 7, papers: [{doc: 'identity', required: true, mark: 'not_seen'}, {doc: 'npwp', required: true, when: 'over_50m', mark: 'missing'}]}]};
  assert.equal(complete(marksOf(visit, {})), true, 'a paper needed only on a condition does not stop');
  const marks = marksOf(visit, {'7.identity': 'missing'});
  assert.deepEqual(marks.map((m) => [m.doc, m.mark, m.changed]), [['identity', 'missing', true], ['npwp', 'missing', false]]);
  assert.equal(complete(marks), false);
});

test('all here clears what was missing, also a paper for some cases only', () => {
  const paper = (/** @type {string} */ doc, /** @type {string} */ mark, when = '', required = true) => ({doc, mark, when, required});
  const marks = [paper('identity', 'not_seen'), paper('card', 'present'), paper('photo', 'missing'), paper('npwp', 'missing', 'over_50m'), paper('will', 'missing', '', false), paper('marriage_book', 'not_seen', 'spouse')];
  assert.deepEqual(allHere(marks).map((m) => m.doc), ['identity', 'photo', 'npwp', 'will']);
});

test('the number after a number is not blocked by what was chosen for the one before', () => {
  const given = withClaim({...blank(), papers: 'ready', priority: 'ill'}, 0, {reason: 'jht_phk'});
  assert.equal(missing(given), null);
  assert.equal(missing(next(given)), null);
  assert.equal(next(given).papers, blank().papers);
  assert.equal(next({...given, channel: 'collective'}).channel, 'collective');
});

test('a priority has one name, at the kiosk, at the desk and in the lists', () => {
  const first = (/** @type {string} */ text) => text.split(' ')[0];
  for (const code of ['elderly', 'pregnant', 'disabled', 'ill']) {
    assert.ok(PRIORITIES.includes(code));
    const said = [kiosk[`kiosk_priority.${code}`][1], desk[`desk_priority.${code}`][1], states[`priority.${code}`][1]];
    assert.deepEqual([...new Set(said.map(first))].length, 1, said.join(' / '));
  }
});

test('a day that was closed is not one that is still to be opened', () => {
  const view = {at: 1_772_418_600, offset_s: 0, zone_s: 25_200, day: {date: '2026-03-02', open: false, number: 3}};
  assert.equal(doneToday(view), true);
  assert.equal(doneToday({...view, day: {...view.day, open: true}}), false);
  assert.equal(doneToday({...view, at: view.at + 86_400}), false, 'the next morning it is to be opened');
  assert.equal(doneToday({...view, at: view.at + 15 * 3600}), false, 'the date is the branch’s');
  assert.equal(doneToday({...view, day: {date: '', open: false, number: 0}}), false);
});

test('a number has its code on the screen only where nothing prints it and a phone reaches the page', () => {
  assert.equal(showsCode({kind: '', public: true}, 'abc'), true);
  assert.equal(showsCode({public: true}, 'abc'), true);
  assert.equal(showsCode({kind: 'escpos', public: true}, 'abc'), false, 'it is on the paper');
  assert.equal(showsCode({kind: '', public: false}, 'abc'), false, 'no address from outside');
  assert.equal(showsCode({kind: '', public: true}, undefined), false);
  assert.equal(showsCode(null, 'abc'), false);
});

test('no number is asked for what no branch takes claims of', () => {
  const form = withClaim(blank(), 0, {programme: 'JKP'});
  assert.equal(missing(form, ['JKP']), 'elsewhere');
  assert.equal(missing(form), null);
  let all = blank();
  for (let i = 0; i < 5; i++) all = withAnother(all, ['JKP']);
  assert.ok(!all.claims.some((claim) => claim.programme === 'JKP'));
});

test('who is not called from the line is told by whom', () => {
  const unserved = [{programme: 'JKM', desk: true}, {programme: 'JP', desk: false}];
  const of = (/** @type {string} */ programme) => calledBy(withClaim(blank(), 0, {programme}), unserved);
  assert.deepEqual(['JHT', 'JKM', 'JP'].map(of), [null, 'desk', 'none']);
});

test('a wait counts from when it began, as on every screen', () => {
  const v = {state: 'waiting', arrived: 100, since: 160, waits_since: 120};
  assert.equal(beganAt(v), 120);
  assert.equal(beganAt({...v, state: 'parked'}), 160, 'who is set aside counts from then');
  assert.equal(beganAt({state: 'arrived', arrived: 100, since: 0}), 100);
});

test('the desk counts everybody who waits once, whom only a side desk calls too', () => {
  assert.equal(inLine({waiting: 7, unserved: [{programme: 'JKM', desk: true, waiting: 1}]}), 8);
  assert.equal(inLine({waiting: 7}), 7);
});
