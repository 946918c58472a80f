import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import test from 'node:test';
import {dayFault, monthsLater, planOn, rangeFault, readList, weeksOf, withDates} from './calendar-model.js';

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
