import assert from 'node:assert/strict';
import test from 'node:test';
import {COLUMNS, HEAD, addDays, change, columnsOf, daysIn, faultOf, headsOf, isDate, labelled, minuteDecimals, moved, periodAt, periodOf, placeOf, points, questionOf, ticks, unserved, weekday, written} from './model.js';

const spread = (n, p50 = 0) => ({n, mean_s: p50, p50_s: p50, p90_s: p50 * 2, max_s: p50 * 3});
const figures = (own = {}) => ({visits: 0, persons: 0, settled: 0, wait: spread(0), door: spread(0), in_promise: 0, outcomes: {approved: 0, returned: 0, escalated: 0, refused: 0},
  no_shows: 0, missed: 0, left: 0, carried: 0, overtaken: 0, shift_s: 0, with_s: 0, offer_s: 0, taken_s: 0, rate_x100: 0, ...own});

test('days of the calendar, over the ends of months, years and leap days', () => {
  assert.equal(addDays('2026-02-28', 1), '2026-03-01');
  assert.equal(addDays('2024-02-28', 1), '2024-02-29');
  assert.equal(addDays('2026-01-01', -1), '2025-12-31');
  assert.equal(daysIn('2026-03-02', '2026-03-02'), 1);
  assert.equal(daysIn('2025-12-30', '2026-01-02'), 4);
  assert.equal(weekday('2026-03-02'), 0);
  assert.equal(weekday('2026-03-01'), 6);
  for (const bad of ['2026-02-30', '2026-3-2', '', 'tomorrow', '2026-13-01']) assert.equal(isDate(bad), false, bad);
});

test('a week begins on Monday, a month on its first', () => {
  assert.deepEqual(periodOf('week', '2026-03-08'), {span: 'week', from: '2026-03-02', to: '2026-03-08'});
  assert.deepEqual(periodOf('month', '2026-02-15'), {span: 'month', from: '2026-02-01', to: '2026-02-28'});
  assert.deepEqual(periodOf('day', '2026-03-02'), {span: 'day', from: '2026-03-02', to: '2026-03-02'});
});

test('the period before a month is the month before, whatever its length', () => {
  assert.deepEqual(moved(periodOf('month', '2026-03-10'), -1), {span: 'month', from: '2026-02-01', to: '2026-02-28'});
  assert.deepEqual(moved(periodOf('month', '2026-01-10'), -1), {span: 'month', from: '2025-12-01', to: '2025-12-31'});
  assert.deepEqual(moved(periodOf('week', '2026-03-02'), 2), {span: 'week', from: '2026-03-16', to: '2026-03-22'});
  assert.deepEqual(moved({span: 'own', from: '2026-03-02', to: '2026-03-04'}, -1), {span: 'own', from: '2026-02-27', to: '2026-03-01'});
});

test('what cannot be a period is said', () => {
  assert.equal(faultOf('2026-03-02', ''), 'need_date');
  assert.equal(faultOf('2026-03-02', '2026-03-01'), 'wrong_order');
  assert.equal(faultOf('2025-03-02', '2026-03-03'), 'too_long');
  assert.equal(faultOf('2025-03-02', '2026-03-02'), null);
});

test('the address of a period leads back to it', () => {
  for (const period of [periodOf('day', '2026-03-02'), periodOf('week', '2026-03-02'), periodOf('month', '2026-03-02'), {span: 'own', from: '2026-01-02', to: '2026-03-04'}]) {
    assert.deepEqual(periodAt(placeOf(period).split('/'), '2020-01-01'), period);
  }
  assert.deepEqual(periodAt(['reports', 'own', '2026-03-02', '2026-01-01'], '2026-03-04'), periodOf('week', '2026-03-04'));
  assert.deepEqual(periodAt(['reports'], '2026-03-04'), periodOf('week', '2026-03-04'));
});

test('the question names the period before when it is to be compared', () => {
  assert.equal(String(questionOf(periodOf('month', '2026-03-10'), 'hour', true)), 'from=2026-03-01&to=2026-03-31&by=hour&compare_from=2026-02-01&compare_to=2026-02-28');
  assert.equal(String(questionOf(periodOf('day', '2026-03-10'), 'day', false)), 'from=2026-03-10&to=2026-03-10&by=day');
});

test('a figure that nothing stands behind is none', () => {
  for (const {value, code} of HEAD) {
    if (code !== 'served') assert.equal(value(figures()), null, code);
  }
  const f = figures({wait: spread(4, 600), in_promise: 3, offer_s: 1000, taken_s: 500, shift_s: 3600, with_s: 900});
  assert.deepEqual(HEAD.map(({value}) => value(f)), [0, 600, null, 750, 500, 250]);
});

test('less waiting is good, fewer claims are not', () => {
  assert.deepEqual(change(500, 600, -1), {by: -100, good: 1});
  assert.deepEqual(change(5, 6, 1), {by: -1, good: -1});
  assert.deepEqual(change(5, 5, 1), {by: 0, good: 0});
  assert.equal(change(null, 5, 1), null);
});

test('a division has the columns that it can have', () => {
  const codes = (by) => columnsOf(by).map((c) => c.code);
  assert.equal(codes('day').length, COLUMNS.length);
  assert.ok(!codes('programme').includes('fill') && !codes('programme').includes('use') && codes('programme').includes('missed'));
  assert.ok(codes('officer').includes('use') && !codes('officer').includes('fill'));
});

test('numbers are written as both languages do', () => {
  assert.equal(written(1234.5, 1, ',', '.'), '1.234,5');
  assert.equal(written(-12, 0, '.', ','), '−12');
  assert.equal(written(-0.04, 1, '.', ','), '0.0');
  assert.equal(written(1234567, 0, '.', ','), '1,234,567');
  assert.equal(minuteDecimals(599), 1);
  assert.equal(minuteDecimals(540), 0);
  assert.equal(minuteDecimals(601), 0);
});

test('an axis has a handful of round marks and reaches the top', () => {
  for (let top = 0; top < 12_000; top += 7) {
    const list = ticks(top);
    assert.ok(list.at(-1) >= top && list.length >= 2 && list.length <= 6, `${top}: ${list}`);
  }
  assert.deepEqual(ticks(37), [0, 10, 20, 30, 40]);
});

test('words along an axis never touch', () => {
  const show = labelled(31, 10);
  assert.ok([...Array(31).keys()].filter(show).length <= 10 && show(0));
});

test('a closed weekday has its empty place, a weekend and the days to come have none', () => {
  const row = (key) => ({key, ...figures()});
  const report = {unit: 'day', from: '2026-03-02', to: '2026-03-15', preliminary: '2026-03-10', series: [row('2026-03-02'), row('2026-03-04'), row('2026-03-07'), row('2026-03-10')]};
  assert.deepEqual(points(report).map((p) => [p.key.slice(-2), Boolean(p.f)]), [['02', true], ['03', false], ['04', true], ['05', false], ['06', false], ['07', true], ['09', false], ['10', true]]);
  assert.deepEqual(points({...report, series: []}), []);
  assert.equal(points({...report, unit: 'week'}).length, 4);
});

test('who was not served is told with the most frequent first', () => {
  assert.deepEqual(unserved(figures({no_shows: 2, left: 5, missed: 1})), [{code: 'left', n: 5}, {code: 'no_shows', n: 2}, {code: 'missed', n: 1}]);
});

test('columns stand under their heads, together', () => {
  const heads = headsOf(columnsOf('day'));
  assert.deepEqual(heads.map((h) => h.of), [...new Set(heads.map((h) => h.of))]);
  assert.equal(heads.reduce((n, h) => n + h.n, 0), columnsOf('day').length);
});
