// How figures and changes are written: with one unit, and only as exact as they are.
import assert from 'node:assert/strict';
import test from 'node:test';
import {learn, setLanguage} from '../../lib/catalogue.js';
import {askedText, bounds, changeParts, demandFrom, demandText, figure, gapScale, inShort, scaleOf, shownChanges, signed, title} from './say.js';
import {words as states} from '../../lib/words-states.js';
import {words} from '../words.js';
import {words as own} from './words.js';

learn(words);
learn(states);

const row = (figure_, from, to, verdict = 'better') => ({figure: figure_, of: 'all', better: 'lower', verdict,
  base: {value: from}, changed: {value: to}, difference: {value: to - from}});
const pair = (...of) => {
  const one = row(...of);
  const at = scaleOf(one);
  return [figure(one.base.value, at), figure(one.changed.value, at), signed(one.difference.value, gapScale(one, at))];
};

test('one day of records is the last day', () => {
  learn(own);
  setLanguage('en');
  assert.equal(demandFrom({from: 'learned', days: 1}), 'as on the last day');
  assert.equal(demandFrom({from: 'learned', days: 5}), 'as on the last 5 days');
  assert.equal(demandFrom({from: 'catalogue', days: 0}), 'an assumption: this branch has no records yet');
  setLanguage('id');
  assert.equal(demandFrom({from: 'blended', days: 1}), 'sebagian dari hari terakhir, sisanya perkiraan');
});

test('a row has one unit, chosen by its larger side', () => {
  assert.deepEqual(pair('wait_p95_s', 1860, 725), ['31 menit', '12 menit', '−19 menit']);
  assert.deepEqual(pair('wait_mean_s', 142.5, 80), ['2,4 menit', '1,3 menit', '−1,0 menit']);
  assert.deepEqual(pair('wait_p50_s', 16.25, 15.25), ['16 detik', '15 detik', '−1 detik']);
  assert.deepEqual(pair('multiplier', 4.65, 5.03), ['4,7×', '5,0×', '+0,4×']);
});

test('a difference of shares is told in points, and nearly everybody is not everybody', () => {
  assert.deepEqual(pair('served_pct', 97.2, 99.6), ['97,2 %', '99,6 %', '+2,4 poin']);
  assert.deepEqual(pair('served_pct', 99.95, 100)[0], '99,95 %');
});

test('two sides that differ for certain are not written alike, and nothing has no sign', () => {
  assert.deepEqual(pair('claims_per_officer_hour', 3.59, 3.57, 'worse'), ['3,59', '3,57', '−0,02']);
  assert.deepEqual(pair('claims_per_officer_hour', 3.59, 3.57, 'unsure').slice(0, 2), ['3,6', '3,6']);
  assert.deepEqual(pair('overtaken_max', 2, 2, 'same'), ['2', '2', '0']);
});

test('the bounds of an interval stay where the figure can be', () => {
  const at = scaleOf(row('served_pct', 99.95, 99.95, 'same'));
  assert.equal(bounds({low: -0.4, high: 100.06}, at, 100), '0,00 … 100,00');
});

test('changes are said in a few words, rooms with the same seats together', () => {
  const set = {rooms: [{room: 1, seats: 8}, {room: 2, seats: 8}], officers: 5, policy: {pooled: true, distance: {distance_mm: 1000}}, hours: {close_s: 57_600}, visits_pct: 130};
  assert.deepEqual(inShort(set, 2), ['8 bilik per ruang', '5 petugas', 'petugas melayani semua ruang', 'jarak aman 1 m', 'Tutup 16.00', '130 % kunjungan']);
  assert.deepEqual(inShort({rooms: [{room: 1, seats: 8}, {room: 2, seats: 8}, {room: 3, unused: true}]}, 4), ['8 bilik di Ruang 1, 2', 'tanpa Ruang 3']);
  assert.deepEqual(inShort({policy: {auto_refill: false}}, 4), ['tanpa isi bilik kosong dengan sendirinya']);
});

const branch = {rooms: [{id: 1}, {id: 2}], policy: {goals: {promised_wait_s: 1800}}};

test('advice is named by the promise that was looked at, be it the branch\'s own', () => {
  assert.equal(title({question: {advise: true, promise: {wait_p95_s: 900}}}, branch), 'Saran: 95 % menunggu paling lama 15 menit');
  assert.equal(title({question: {advise: true}}, branch), 'Saran: 95 % menunggu paling lama 30 menit');
  assert.equal(title({question: {advise: true, promise: {wait_p95_s: 0}}, answer: {advice: {promise: {wait_p95_s: 1200}}}}, branch), 'Saran: 95 % menunggu paling lama 20 menit');
});

test('what was as asked already is no part of a question\'s name', () => {
  const question = {changes: {officers: 4, visits_pct: 200, policy: {pooled: true, mode: 'closed'}, rooms: [{room: 1, seats: 8, mode: 'closed'}], hours: {open_s: 27_000}}};
  assert.equal(title({question}, branch), '8 bilik di Ruang 1, Ruang 1: Kelompok tertutup, 4 petugas, cara sesi kelompok tertutup, petugas melayani semua ruang, Buka 07.30, 200 % kunjungan');
  const changes = [{field: 'visits_pct'}, {field: 'seats', room: 1}, {field: 'pooled'}];
  assert.equal(title({question, answer: {changes}}, branch), '8 bilik di Ruang 1, petugas melayani semua ruang, 200 % kunjungan');
  assert.equal(title({question: {changes: {officers: 4}}, answer: {changes: []}}, branch), 'Tanpa perubahan');
});

test('a question of another day says which, and how many came', () => {
  const at = Date.UTC(2026, 2, 2, 2, 30) / 1000;
  assert.equal(askedText(at, at + 3600), 'ditanyakan 09.30');
  assert.equal(askedText(at, at + 86_400), 'ditanyakan Senin, 2 Maret 2026 pukul 09.30');
  assert.equal(demandText({visits: 180, from: 'learned', days: 6}), '180 kunjungan per hari (dipelajari)');
  assert.equal(demandText(undefined), '');
});

test('a change is read from the text of the API', () => {
  assert.deepEqual(changeParts({field: 'distance.distance_mm', from: '1500', to: '1000'}), {what: 'Jarak aman', from: '1,5 m', to: '1 m'});
  assert.deepEqual(changeParts({field: 'pooled', from: 'false', to: 'true'}), {what: 'Petugas melayani semua ruang', from: 'Tidak', to: 'Ya'});
  assert.deepEqual(changeParts({field: 'mode', room: 2, from: 'default', to: 'closed'}), {what: 'Cara sesi di Ruang 2', from: 'seperti kantor', to: 'Kelompok tertutup'});
  assert.deepEqual(changeParts({field: 'hours.close_s', from: '54000', to: '57600'}), {what: 'Tutup', from: '15.00', to: '16.00'});
  assert.deepEqual(shownChanges([{field: 'distance.preset'}, {field: 'officers'}]), [{field: 'officers'}]);
});

test('English parts decimals with a point', () => {
  setLanguage('en');
  assert.deepEqual(pair('wait_mean_s', 142.5, 80), ['2.4 min', '1.3 min', '−1.0 min']);
  setLanguage('id');
});
