import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import test from 'node:test';
import {REASONS, dayFault, effectOn, monthsLater, planOn, rangeFault, readList, startOf, weeksOf, withDates, withDay, withoutDay} from './calendar-model.js';

const year = JSON.parse(readFileSync(new URL('../../../scheduler/calendar/testdata/year.json', import.meta.url), 'utf8'));

test('the page reads the calendar as the rules do, day by day', () => {
  assert.ok(year.days.length > 80);
  for (const day of year.days) {
    const {open, why, plan} = planOn(year.calendar, day.date);
    assert.deepEqual([open, why], [day.open, day.why], day.date);
    if (open) assert.deepEqual([plan.gate_s, plan.open_s, plan.last_ticket_s, plan.close_s, plan.breaks ?? []], [day.hours.gate_s, day.hours.open_s, day.hours.last_ticket_s, day.hours.close_s, day.breaks], day.date);
  }
  assert.deepEqual([...new Set(year.days.map((d) => d.why))].sort(), ['exception', 'holiday', 'joint_leave', 'ramadan', 'weekly']);
});

test('a month is whole weeks that begin on Monday', () => {
  const march = weeksOf('2026-03');
  assert.equal(march[0].filter(Boolean).length, 1);
  assert.equal(march.flat().filter(Boolean).length, 31);
  assert.ok(march.every((week) => week.length === 7));
  assert.equal(weeksOf('2026-02').length, 5);
  assert.equal(monthsLater('2026-12', 1), '2027-01');
  assert.equal(monthsLater('2026-01', -1), '2025-12');
});

test('a day has its points in order and its breaks within', () => {
  const day = {open: true, gate_s: 100, open_s: 200, last_ticket_s: 300, close_s: 400, breaks: [{from_s: 210, until_s: 220}]};
  assert.equal(dayFault(day), null);
  assert.equal(dayFault({...day, open_s: 300}), 'order');
  assert.equal(dayFault({...day, breaks: [{from_s: 220, until_s: 210}]}), 'break');
  assert.equal(dayFault({...day, breaks: [{from_s: 390, until_s: 410}]}), 'break');
  assert.equal(dayFault({...day, breaks: [{from_s: 210, until_s: 220}, {from_s: 220, until_s: 230}]}), 'break');
  assert.equal(dayFault({open: false, gate_s: 9, open_s: 1}), null);
});

test('a fast has a month at most and meets no other', () => {
  const one = {from: '2026-02-19', until: '2026-03-19'};
  assert.equal(rangeFault(one, [one]), null);
  assert.equal(rangeFault({from: '2026-02-19', until: '2026-02-18'}, []), 'dates');
  assert.equal(rangeFault({from: '2026-02-19', until: '2027-03-19'}, []), 'too_long');
  assert.equal(rangeFault({from: '2026-03-19', until: '2026-03-20'}, [one]), 'overlap');
});

test('a list of days is read line by line', () => {
  assert.deepEqual(readList('\ufeffTanggal;Nama\r\n2026-03-20;Nyepi\r\n\r\n# lama\n21/03/2026;Idulfitri\n2026-03-20\n').dates, ['2026-03-20', '2026-03-21']);
  assert.deepEqual(readList('2026-03-20\n2026-02-30;salah').fault, {code: 'date', line: 2});
  assert.deepEqual(readList('2026-03-20\nTanggal').fault, {code: 'date', line: 2});
  assert.deepEqual(readList(' \n').fault, {code: 'empty', line: 0});
  assert.equal(readList('#'.repeat(200_001)).fault.code, 'too_long');
  assert.equal(readList(Array.from({length: 401}, (_, i) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10)).join('\n')).fault.code, 'too_many');
});

test('a calendar file is read by its whole days', () => {
  const file = (...events) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flatMap((e) => ['BEGIN:VEVENT', ...e, 'SUMMARY:Libur', 'END:VEVENT']), 'END:VCALENDAR'].join('\r\n');
  assert.deepEqual(readList(file(['DTSTART;VALUE=DATE:20260320', 'DTEND;VALUE=DATE:20260322'], ['DTSTART;VALUE=DATE:20260501'])).dates, ['2026-03-20', '2026-03-21', '2026-05-01']);
  assert.deepEqual(readList(file(['DTSTART:20260320T080000Z'])).fault, {code: 'event', line: 4});
  assert.equal(readList(file(['DTSTART;VALUE=DATE:20260230'])).fault.code, 'date');
  assert.equal(readList(file(['DTSTART;VALUE=DATE:20260320', 'DTEND;VALUE=DATE:20280322'])).fault.code, 'event');
  assert.equal(readList(file(['SUMMARY:nothing'])).fault.code, 'event');
  assert.equal(readList('BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260320').fault.code, 'event');
});

test('dates are kept once and in order', () => {
  assert.deepEqual(withDates(['2026-03-20'], ['2026-01-01', '2026-03-20']), ['2026-01-01', '2026-03-20']);
});

test('a special day begins as the other of what the day usually is', () => {
  const work = {open: true, gate_s: 25_200, open_s: 27_000, last_ticket_s: 52_200, close_s: 54_000, breaks: [{from_s: 43_200, until_s: 46_800}, {from_s: 50_000, until_s: 50_400}]};
  const off = {open: false, gate_s: 0, open_s: 0, last_ticket_s: 0, close_s: 0};
  const week = {mon: work, tue: work, wed: work, thu: work, fri: work, sat: off, sun: off};
  const calendar = {weekly: week, ramadan: week, ramadan_ranges: [], holidays: ['2026-12-25'], joint_leave: ['2026-12-24'], exceptions: [{date: '2026-12-28', open: false, reason: 'power', ...{gate_s: 0, open_s: 0, last_ticket_s: 0, close_s: 0}}]};
  assert.equal(startOf(calendar, '2026-12-23').open, false, 'a working day is closed');
  assert.deepEqual([startOf(calendar, '2026-12-26').open, startOf(calendar, '2026-12-26').open_s, startOf(calendar, '2026-12-26').breaks.length], [true, 27_000, 1], 'a Saturday opens as a working day');
  assert.equal(startOf(calendar, '2026-12-25').open, true, 'so does a holiday');
  assert.equal(startOf(calendar, '2026-12-28').reason, 'power', 'one that is there is changed');
  assert.equal(startOf(calendar, '2026-12-28', true).open_s, 27_000, 'and may open after all');
  assert.equal(startOf(calendar, '').open, false);
});

test('the list has each date once, in order, and says no more than the rules want', () => {
  const day = {date: '2026-12-26', open: true, reason: '', gate_s: 1, open_s: 2, last_ticket_s: 3, close_s: 4, breaks: []};
  const list = withDay([{...day, date: '2026-12-28'}], day);
  assert.deepEqual(list.map((e) => e.date), ['2026-12-26', '2026-12-28']);
  assert.deepEqual(Object.keys(list[0]), ['date', 'open', 'gate_s', 'open_s', 'last_ticket_s', 'close_s'], 'no empty reason or breaks');
  assert.deepEqual(withDay(list, {...day, reason: 'election', close_s: 9}).map((e) => e.close_s), [9, 4]);
  assert.deepEqual(withoutDay(list, '2026-12-26').map((e) => e.date), ['2026-12-28']);
});

test('who is booked is hit by a closed day, or outside the hours of another', () => {
  const days = [{date: '2026-12-26', visits: 6, persons: 9, guaranteed: 2, due_s: [28_800, 36_000, 39_600]}];
  const plan = {date: '2026-12-26', gate_s: 27_000, open_s: 28_800, last_ticket_s: 36_000, close_s: 39_600};
  assert.deepEqual(effectOn({...plan, open: false}, days), {visits: 6, persons: 9, guaranteed: 2, hit: 4}, 'the guaranteed ones move by themselves');
  assert.equal(effectOn({...plan, open: true}, days).hit, 1, 'the opening second is inside, the closing one is not');
  assert.deepEqual(effectOn({...plan, open: true, date: '2026-12-27'}, days), {visits: 0, persons: 0, guaranteed: 0, hit: 0});
  assert.ok(REASONS.length > 5);
});
