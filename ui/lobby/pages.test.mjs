import assert from 'node:assert/strict';
import test from 'node:test';
import {PAGE_MS, Pages, paged, pieces, turn} from './pages.js';

const rows = (n, from = 0) => Array.from({length: n}, (_, i) => ({key: String(from + i)}));

test('pages are filled evenly and lose nothing', () => {
  for (let n = 0; n <= 45; n += 1) {
    const pages = paged(rows(n), 10);
    assert.deepEqual(pages.flat().map((row) => row.key), rows(n).map((row) => row.key));
    assert.ok(pages.every((page) => page.length <= 10));
  }
  assert.deepEqual(paged(rows(12), 10).map((page) => page.length), [6, 6]);
});

test('twenty numbers at once are all shown within two turns', () => {
  const pages = new Pages();
  const shown = new Set();
  for (let ms = 0; ms <= PAGE_MS; ms += 1000) {
    for (const row of pages.take(rows(20), 10, ms).rows) shown.add(row.key);
  }
  assert.equal(shown.size, 20);
});

test('a page does not turn before its time', () => {
  const pages = new Pages();
  const first = pages.take(rows(20), 10, 0).page;
  assert.equal(pages.take(rows(20), 10, PAGE_MS - 1).page, first);
  assert.notEqual(pages.take(rows(20), 10, PAGE_MS).page, first);
});

test('a new call is shown soon, whatever page is up', () => {
  const pages = new Pages();
  pages.take(rows(20), 10, 0);
  pages.take(rows(20), 10, PAGE_MS);
  const news = [{key: 'new'}, ...rows(20)];
  assert.ok(pages.take(news, 10, PAGE_MS + 3000).rows.some((row) => row.key === 'new'));
});

test('a stream of new calls does not hide the earlier ones', () => {
  const pages = new Pages();
  const last = new Map();
  let all = rows(20, 1000);
  let worst = 0;
  for (let ms = 0; ms < 120_000; ms += 500) {
    if (ms % 1500 === 0) all = [{key: `new${ms}`}, ...all].slice(0, 25);
    const {rows: up} = pages.take(all, 10, ms);
    for (const row of all) if (!last.has(row.key)) last.set(row.key, ms);
    for (const row of up) last.set(row.key, ms);
    for (const row of all) worst = Math.max(worst, ms - last.get(row.key));
  }
  assert.ok(worst <= 40_000, `a row was hidden for ${worst} ms`);
});

test('rows that left are forgotten, and a shorter list shows a page that exists', () => {
  const pages = new Pages();
  for (let ms = 0; ms < 100_000; ms += 1000) pages.take(rows(20, ms), 10, ms);
  const {rows: up, pages: of} = pages.take(rows(3), 10, 100_500);
  assert.deepEqual([up.length, of, pages.shown.size], [3, 1, 3]);
  assert.deepEqual(new Pages().take([], 10, 0).rows, []);
});

test('lists take turns by the clock', () => {
  assert.deepEqual(turn([1, 2, 3, 4], 3, 0), [1, 2]);
  assert.deepEqual(turn([1, 2, 3, 4], 3, PAGE_MS), [3, 4]);
  assert.deepEqual(turn([], 3, 5), []);
});

test('a notice breaks between sentences, then between words', () => {
  assert.deepEqual(pieces('Buka 08.00. Gratis!', 40), ['Buka 08.00. Gratis!']);
  assert.deepEqual(pieces('Pukul 12.00 istirahat. Siapkan KTP asli.', 25), ['Pukul 12.00 istirahat.', 'Siapkan KTP asli.']);
  const words = 'satu dua tiga empat lima enam tujuh delapan sembilan sepuluh';
  const list = pieces(words, 20);
  assert.equal(list.join(' '), words);
  assert.ok(list.every((line) => line.length <= 20));
  assert.deepEqual(pieces('', 10), []);
  assert.deepEqual(pieces('sebuahkatayangsangatpanjang', 10), ['sebuahkatayangsangatpanjang']);
});
