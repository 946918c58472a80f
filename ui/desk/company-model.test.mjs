import assert from 'node:assert/strict';
import {test} from 'node:test';
import {LIST_BYTES, LIST_MAX, blankCompany, companyBody, lacks, layoffs, linesOf, textOf, opensAt} from './company-model.js';

const form = {...blankCompany('2026-03-03', 4), name: ' PT Maju ', workforce: '100', laidOff: '30', text: 'nama;nik\r\nSiti;1\r\n\r\n'};

test('the rule of layoffs is exact at the boundary', () => {
  for (const [laid, all, need, ok] of [[30, 100, 30, true], [29, 100, 30, false], [31, 103, 31, true], [30, 101, 31, false], [3, 10, 3, true], [3, 11, 4, false]]) {
    assert.deepEqual(layoffs({...form, laidOff: String(laid), workforce: String(all)}, 30), {laid, all, pct: 30, need, ok}, `${laid} of ${all}`);
  }
  for (const [laid, all] of [['101', '100'], ['', '100'], ['3,5', '10'], ['0', '10'], ['-1', '10']]) assert.equal(layoffs({...form, laidOff: laid, workforce: all}, 30), null, `${laid} of ${all}`);
});

test('lines keep the numbers that a spreadsheet shows', () => {
  assert.deepEqual(linesOf('nama;nik\r\n\r\nSiti;1\n\n'), ['nama;nik', '', 'Siti;1']);
  const body = companyBody(form, 32_400, {company: 3, check: true, skip: false});
  assert.deepEqual(body, {company: 3, name: 'PT Maju', workforce: 100, laid_off: 30, date: '2026-03-03', from_s: 32_400, wave: 4, every_s: 1800, lines: ['nama;nik', 'Siti;1'], check: true, skip_wrong: false});
});

test('what is missing is said one by one', () => {
  assert.equal(lacks(form, 32_400), null);
  assert.equal(lacks({...form, name: ' '}, 32_400), 'name');
  assert.equal(lacks({...form, laidOff: ''}, 32_400), 'numbers');
  assert.equal(lacks({...form, date: ''}, 32_400), 'date');
  assert.equal(lacks(form, null), 'from');
  assert.equal(lacks({...form, wave: '0'}, 1), 'wave');
  assert.equal(lacks({...form, every: '4'}, 1), 'every');
  assert.equal(lacks({...form, text: '\n'}, 1), 'text');
  assert.equal(lacks({...form, text: 'a\n'.repeat(LIST_MAX + 1)}, 1), null);
  assert.equal(lacks({...form, text: 'a\n'.repeat(LIST_MAX + 2)}, 1), 'long');
});

test('a file is text in the signs of today or of old Windows, and no workbook', () => {
  const bytes = (...list) => new Uint8Array(list).buffer;
  assert.equal(textOf(new TextEncoder().encode('Andrè').buffer).text, 'Andrè');
  assert.equal(textOf(bytes(0x41, 0xe8)).text, 'Aè');
  assert.equal(textOf(bytes(0x50, 0x4b, 3, 4)).fault, 'workbook');
  assert.equal(textOf(new ArrayBuffer(LIST_BYTES + 1)).fault, 'large');
});

test('a first wave comes when the calls of its day begin', () => {
  const opens = [{date: '2026-03-02', open_s: 27_000}, {date: '2026-03-06', open_s: 32_400}];
  assert.equal(opensAt(opens, '2026-03-06'), 32_400);
  assert.equal(opensAt(opens, ''), 27_000);
  assert.equal(opensAt([], '2026-03-06'), 27_000);
});
