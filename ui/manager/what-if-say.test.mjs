// How figures and changes are written: with one unit, and only as exact as they are.
import assert from 'node:assert/strict';
import test from 'node:test';
import {learn, setLanguage} from '../lib/catalogue.js';
import {bounds, changeParts, figure, gapScale, inShort, scaleOf, shownChanges, signed, title} from './what-if-say.js';
import {words as states} from '../lib/words-states.js';
import {words} from './words.js';

learn(words);
learn(states);

const row = (figure_, from, to, verdict = 'better') => ({figure: figure_, of: 'all', better: 'lower', verdict,
  base: {value: from}, changed: {value: to}, difference: {value: to - from}});
const pair = (...of) => {
  const one = row(...of);
  const at = scaleOf(one);
  return [figure(one.base.value, at), figure(one.changed.value, at), signed(one.difference.value, gapScale(one, at))];
};

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
  assert.equal(title({advise: true, promise: {wait_p95_s: 900}}, 2), 'Saran: 95 % menunggu paling lama 15 menit');
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
