import assert from 'node:assert/strict';
import {test} from 'node:test';
import {has, label, language, learn, onLanguage, openLanguage, setLanguage, t} from './catalogue.js';
import {asOf, clock, clockSeconds, dateText, duration, range, setZone, stopwatch, zoneName} from './times.js';
import {whyText} from './why.js';
import {words as common} from './words-common.js';

learn(common);

learn({
  'test.hello': ['Halo {name}', 'Hello {name}'],
  'test.count': ['{n} bilik', '{n} {n|booth|booths}'],
});

const keep = (entries = {}) => {
  const map = new Map(Object.entries(entries));
  return {getItem: (key) => map.get(key) ?? null, setItem: (key, value) => map.set(key, value), map};
};

test('Indonesian comes first, and places are filled', () => {
  setLanguage('id');
  assert.equal(t('test.hello', {name: 'Siti'}), 'Halo Siti');
  assert.equal(t('test.hello', {name: 'Siti'}, 'en'), 'Hello Siti');
  assert.equal(t('test.hello'), 'Halo', 'a missing value leaves no hole');
  assert.equal(t('test.hello', {name: '$& {n}'}), 'Halo $& {n}', 'a value is never read as a place');
});

test('English counts', () => {
  assert.equal(t('test.count', {n: 1}, 'en'), '1 booth');
  assert.equal(t('test.count', {n: 2}, 'en'), '2 booths');
  assert.equal(t('test.count', {n: 1}, 'id'), '1 bilik');
});

test('a missing key shows itself, a newer code shows as it is', () => {
  assert.equal(t('test.nothing'), '[test.nothing]');
  assert.equal(label('seat_of_tomorrow', 'half_open'), 'half open');
  assert.equal(has('test.nothing'), false);
});

test('codes in capitals have words', () => {
  setLanguage('id');
  assert.equal(label('programme', 'JHT'), 'Jaminan Hari Tua (JHT)');
});

test('the language is kept per screen, the address wins', () => {
  const storage = keep({'lapak.lang.lobby': 'en'});
  assert.equal(openLanguage('lobby', {search: '', storage}), 'en');
  assert.equal(openLanguage('officer', {search: '', storage}), 'id');
  assert.equal(openLanguage('officer', {search: '?lang=en', storage}), 'en');
  assert.equal(openLanguage('officer', {search: '', storage}), 'en');
  assert.equal(openLanguage('officer', {search: '?lang=fr', storage}), 'en', 'an unknown language changes nothing');
  const heard = [];
  const stop = onLanguage((lang) => heard.push(lang));
  setLanguage('id');
  stop();
  setLanguage('en');
  assert.deepEqual(heard, ['id']);
  assert.equal(storage.map.get('lapak.lang.lobby'), 'en');
});

test('a browser that keeps nothing still switches', () => {
  const broken = {getItem() { throw new Error('no'); }, setItem() { throw new Error('no'); }};
  assert.equal(openLanguage('lobby', {search: '', storage: broken}), 'id');
  setLanguage('en');
  assert.equal(language(), 'en');
  assert.equal(openLanguage('lobby', {search: '', storage: null}), 'id');
});

test('times are those of the branch, as both languages write them', () => {
  setLanguage('id');
  setZone('Asia/Jakarta');
  const at = '2026-03-02T02:30:05Z';
  assert.equal(clock(at), '09.30');
  assert.equal(clockSeconds(at), '09.30.05');
  assert.equal(dateText(at), 'Senin, 2 Maret 2026');
  assert.equal(asOf(at), 'per pukul 09.30');
  assert.equal(zoneName(), 'WIB');
  setZone('Asia/Jayapura');
  assert.equal(clock(at), '11.30');
  assert.equal(zoneName(), 'WIT');
  setZone(8 * 3600);
  assert.equal(clock(at), '10.30');
  assert.equal(zoneName(), 'WITA');
  assert.equal(clock(Date.parse(at) / 1000), '10.30', 'views carry whole seconds');
  setZone(9 * 3600, 60);
  assert.equal(clock(at), '11.31', 'the wall clock may differ from the branch time');
  setZone('Asia/Jayapura');
  setZone('Asia/Nowhere');
  assert.equal(clock(at), '11.30', 'an unknown zone changes nothing');
  setZone('Asia/Jakarta');
  setLanguage('en');
  assert.equal(clock(at), '09:30');
  assert.equal(dateText(at), 'Monday, 2 March 2026');
  assert.equal(clock('2026-03-01T17:00:00Z'), '00:00', 'midnight is not 24:00');
  assert.equal(clock(null), '');
  assert.equal(clock('soon'), '');
});

test('durations round down', () => {
  setLanguage('id');
  for (const [seconds, want] of [
    [-5, '0 detik'], [0, '0 detik'], [59, '59 detik'], [60, '1 menit'], [3599, '59 menit'], [3600, '1 jam'],
    [4260, '1 jam 11 menit'], [86399, '23 jam 59 menit'], [86400, '1 hari'], [200000, '2 hari'],
  ]) assert.equal(duration(seconds), want);
  setLanguage('en');
  assert.equal(duration(1), '1 second');
  assert.equal(duration(4260), '1 h 11 min');
  assert.equal(stopwatch(245), '4:05');
  assert.equal(stopwatch(3845), '1:04:05');
  assert.equal(stopwatch(-1), '0:00');
});

test('a range promises no more than was computed', () => {
  setLanguage('id');
  for (const [low, high, want] of [
    [0, 40, 'kurang dari 1 menit'], [130, 250, '2–5 menit'], [600, 1500, '10–25 menit'], [1210, 1990, '20–35 menit'],
    [300, 300, '5 menit'], [5400, 9000, '1 jam 30 – 2 jam 30 menit'], [7200, 10800, '2 – 3 jam'], [7200, 9900, '2 jam – 2 jam 45 menit'], [3000, 7500, '50 menit – 2 jam 5 menit'], [0, 90, '0–2 menit'],
  ]) assert.equal(range(low, high), want, `${low} to ${high}`);
  assert.equal(range(3600, null), 'lebih dari 1 jam');
  assert.equal(range(null), 'belum dapat diperkirakan');
});

test('a reason is a sentence', () => {
  setLanguage('id');
  assert.equal(whyText({code: 'first_in_order', a: 720}), 'Paling depan dalam antrean, menunggu 12 menit');
  assert.equal(whyText({code: 'seats_held_for_another', a: 44, b: 3}, 'A021'), 'Bilik ditahan untuk nomor A021, yang menunggu 3 bilik');
  setLanguage('en');
  assert.equal(whyText({code: 'persons_do_not_fit', a: 3, b: 1}), '3 persons, booths usable: 1');
});
