// What the page of promises and learned times works out before anything is drawn.
import assert from 'node:assert/strict';
import test from 'node:test';
import {byProgramme, factorPlace, far, flagged, inDayOrder, judged, limitOf, offPct, profile, scored, todayOf, turnedOut} from './model.js';

const tally = (n, inside) => ({n, inside, inside_pct: n > 0 ? Math.round((inside * 100) / n) : 0, early: 0, late: n - inside, error_s: 120, width_s: 600});

test('promises are told as means and shares of those scored', () => {
  assert.deepEqual(turnedOut({n: 40, inside: 32, inside_pct: 80, early: 3, late: 5, error_s: 150, width_s: 500}),
    {n: 40, errorS: 150, widthS: 500, insidePct: 80, earlyPct: 8, latePct: 13, how: 'held'});
  assert.deepEqual(turnedOut(tally(0, 0)), {n: 0, errorS: 120, widthS: 600, insidePct: 0, earlyPct: 0, latePct: 0, how: 'few'});
});

test('a share is judged against the aim from both sides, and not from a handful', () => {
  assert.deepEqual([[19, 100], [20, 76], [20, 77], [20, 83], [20, 84]].map(([n, pct]) => judged(n, pct)), ['few', 'under', 'held', 'held', 'over']);
});

test('hours without such a promise are left out', () => {
  const score = {first: tally(50, 30), standing: tally(25, 20), hours: [{hour: 7, first: tally(25, 15), standing: tally(0, 0)}, {hour: 8, first: tally(25, 15), standing: tally(25, 20)}]};
  assert.deepEqual(scored(score, 'standing').hours.map((h) => h.hour), [8]);
  assert.deepEqual(scored(score, 'first').hours.map((h) => [h.hour, h.how]), [[7, 'under'], [8, 'under']]);
});

const figure = (programme, step, more = {}) => ({programme, step, prior_s: 60, learned_s: 60, today_s: 60, n: 1, recent: 1, today_n: 1, weight_pct: 50, held: 0, absurd: 0, clamped: false, ...more});

test('learned times follow the order of the procedure, with their officers, the branch\'s own last', () => {
  const figures = [figure(undefined, 'call_to_seat'), figure('JHT', 'close'), figure('JHT', 'close', {officer: 9}), figure('JHT', 'close', {officer: 2, clamped: true}), figure('JHT', 'check'), figure('JP', 'check')];
  const groups = byProgramme(figures, [{programme: 'JHT', steps: [{step: 'check'}, {step: 'close'}]}]);
  assert.deepEqual(groups.map((g) => [g.code, g.steps.map((s) => s.step), g.flagged]), [['JHT', ['check', 'close'], 1], ['JP', ['check'], 0], ['', ['call_to_seat'], 0]]);
  assert.deepEqual(groups[0].steps[1].officers.map((o) => o.officer), [2, 9]);
  assert.equal(flagged(figures).length, 1);
});

test('a factor lies as far to either side, and never off the scale', () => {
  assert.deepEqual([60, 120, 30, 600, 1, 0].map((s) => factorPlace(s, 60)), [50, 100, 0, 100, 0, 50]);
  assert.equal(offPct(66, 60), 10);
  assert.equal(offPct(45, 60), -25);
  assert.deepEqual([74, 75, 45, 46].map((s) => far(s, 60)), [false, true, true, false]);
});

test('arrivals are visits an hour of all channels, without empty hours and days', () => {
  const shown = profile([{weekday: 1, hour: 8, milli: [12_000, 500, 0], days: 3}, {weekday: 0, hour: 9, milli: [4_000, 0, 40], days: 4}]);
  assert.deepEqual(shown, {hours: [8, 9], rows: [{weekday: 0, days: 4, visits: [0, 4]}, {weekday: 1, days: 3, visits: [12.5, 0]}], top: 12.5});
  assert.deepEqual(profile([]), {hours: [], rows: [], top: 0});
});

test('a time of today is told only when it was measured today', () => {
  assert.equal(todayOf(figure('JHT', 'check', {today_s: 92, today_n: 0})), null);
  assert.equal(todayOf(figure('JHT', 'check', {today_s: 92, today_n: 1})), 92);
});

test('the limit that bit is named', () => {
  assert.equal(limitOf(figure('JHT', 'check', {n: 3, absurd: 4, clamped: true})), 'absurd');
  assert.equal(limitOf(figure('JHT', 'check', {n: 30, absurd: 4, clamped: true})), 'moved');
});

test('the usual breaks stand in the order of the day', () => {
  assert.deepEqual(inDayOrder([{officer: 2, at_s: 43_200}, {officer: 3, at_s: 36_000}, {officer: 1, at_s: 43_200}]).map((r) => r.officer), [3, 1, 2]);
  assert.deepEqual(inDayOrder(null), []);
});
