// @ts-check
// A what-if question as a form, and its answer as groups of figures with their places
// on a scale: no words, no drawing. Times are whole seconds as in the API.

import {changes, disorder, fields, parse, presetOf, valueAt, withValue, wrong} from '../fields.js';
import {capacityUnder} from '../rooms/plan.js';

/** Limits of a question; they repeat those of the rules, which decide. */
export const LIMITS = {days: 200, perDay: 2000, seats: 200, officers: 40, visitsPct: 400};

/** Days that are asked about when nothing else is said: fresh ones, and repetitions of
 * a past one, of which only what was not measured differs. */
export const FRESH_DAYS = 20;
export const REPEATS = 5;

const MINUTE = 60;
const DAY_S = 86_400;

/** The settings that stand in the form at once; the others are added when wanted. */
export const OFFERED = [
  'mode', 'briefing', 'pooled', 'group.max', 'distance.distance_mm', 'distance.occupancy_pct',
];

/** @typedef {{seats: string, mode: string, unused: boolean}} RoomDraft */
/** A form: texts are what stands in a field, so that a half typed number stays.
 * @typedef {{advise: boolean, mine: any, texts: Record<string, string>, extra: string[],
 *   rooms: Record<number, RoomDraft>, officers: string, visits: string, lastCall: string,
 *   hours: {open_s: number|null, last_ticket_s: number|null, close_s: number|null},
 *   basis: 'fresh'|'day', day: string, days: string, seed: string, perDay: string,
 *   promise: string, served: string}} Draft */
/** The branch as it is: what the form begins with.
 * @typedef {{policy: any, rooms: any[], officers: number, staff: {serving: number, from: string, day?: string}|null,
 *   hours: {open_s: number, last_ticket_s: number, close_s: number}}} Base */

/** The branch as the screen knows it. Side desks take no groups and stay out. How many
 * officers a question is answered with the server says; until it has, it is a guess.
 * @param {any} policy @param {any[]} rooms @param {any} view @param {{serving: number, from: string, day?: string}|null} [staff] @returns {Base} */
export function baseOf(policy, rooms, view, staff = null) {
  const week = Object.values(policy.calendar.weekly);
  const usual = week.find((day) => day.open) ?? week[0];
  // A day that somebody opened by hand outside its hours says nothing about those.
  const {open_s, last_ticket_s, close_s} = view.day.close_s > 0 && !view.day.extended ? view.day : usual;
  return {
    policy,
    rooms: rooms.filter((room) => !room.desk),
    officers: staff ? staff.serving : serving(view, rooms),
    staff,
    hours: {open_s, last_ticket_s, close_s},
  };
}

/** The officers that a question counts: those on shift, each in the room they lead, the
 * others given the rooms that are left, rooms for groups first; whoever has a side desk
 * is not counted. Before the day it is about as many as there are rooms.
 * @param {any} view @param {any[]} rooms */
function serving(view, rooms) {
  const here = view.officers.filter((/** @type {any} */ o) => o.presence !== 'off_shift');
  const all = here.length > 0 ? here : view.officers.slice(0, rooms.length);
  const led = (/** @type {any} */ o) => (view.rooms ?? []).find((/** @type {any} */ m) => m.session?.crew?.[0] === o.id)?.room.id ?? 0;
  const leads = here.length > 0 ? all.map(led) : all.map(() => 0);
  const free = rooms.filter((room) => !leads.includes(room.id)).sort((a, b) => Number(Boolean(a.desk)) - Number(Boolean(b.desk)));
  const at = leads.map((/** @type {number} */ id) => (id > 0 ? rooms.find((room) => room.id === id) : free.shift()));
  return at.filter((/** @type {any} */ room) => !room?.desk).length;
}

/** From a seat to the walls, and the least that two booths can stand apart: of the grid
 * on which a room is furnished anew. They repeat those of the rules. */
const WALL_MM = 500;
const PITCH_MM = 800;

/** How many booths a room holds on a grid at a distance.
 * @param {any} room @param {any} distance in millimetres */
export function fits(room, distance) {
  if (!(room.width_mm > 0) || !(room.depth_mm > 0) || !Number.isInteger(distance)) return LIMITS.seats;
  const pitch = Math.max(distance, PITCH_MM);
  const along = (/** @type {number} */ side) => Math.floor(Math.max(0, side - 2 * WALL_MM) / pitch) + 1;
  return Math.min(along(room.width_mm) * along(room.depth_mm), LIMITS.seats);
}

/** A form in which nothing is different yet.
 * @param {Base} base @returns {Draft} */
export function blank(base) {
  return {
    advise: false, mine: base.policy, texts: {}, extra: [],
    rooms: Object.fromEntries(base.rooms.map((room) => [room.id, {seats: String(room.seats.length), mode: room.mode, unused: false}])),
    officers: String(base.officers), visits: '100', lastCall: '',
    hours: {...base.hours},
    basis: 'fresh', day: '', days: '', seed: '1', perDay: '',
    promise: String(base.policy.goals.promised_wait_s / MINUTE), served: '100',
  };
}

/** The form of a question that was asked, over the branch as it is now.
 * @param {any} question @param {Base} base @returns {Draft} */
export function draftOf(question, base) {
  const draft = blank(base);
  const set = question.changes ?? {};
  const rooms = {...draft.rooms};
  for (const room of set.rooms ?? []) {
    const before = rooms[room.room];
    if (!before) continue;
    rooms[room.room] = {seats: String(room.seats ?? before.seats), mode: room.mode ?? before.mode, unused: room.unused ?? before.unused};
  }
  const mine = merged(base.policy, set.policy ?? {});
  return {
    ...draft, rooms, mine, advise: Boolean(question.advise),
    extra: changes(base.policy, mine).map((c) => c.field.path).filter((path) => !OFFERED.includes(path)),
    officers: String(set.officers ?? draft.officers), visits: String(set.visits_pct ?? draft.visits),
    lastCall: set.last_call_s === undefined || set.last_call_s === null ? '' : String(set.last_call_s / MINUTE),
    hours: {...draft.hours, ...present(set.hours ?? {})},
    basis: question.day ? 'day' : 'fresh', day: question.day ?? '',
    days: question.days ? String(question.days) : '', seed: String(question.seed || 1), perDay: question.per_day ? String(question.per_day) : '',
    promise: question.promise?.wait_p95_s ? String(question.promise.wait_p95_s / MINUTE) : draft.promise,
    served: question.promise?.served_pct ? String(question.promise.served_pct) : draft.served,
  };
}

/** @param {any} whole @param {any} part @returns {any} */
function merged(whole, part) {
  if (!part || typeof part !== 'object' || Array.isArray(part)) return part;
  const result = {...whole};
  for (const [key, value] of Object.entries(part)) result[key] = merged(whole?.[key], value);
  return result;
}

/** @param {Record<string, any>} hours */
function present(hours) {
  return Object.fromEntries(Object.entries(hours).filter(([, value]) => value !== null && value !== undefined));
}

/** A whole number that was typed, null when it is none.
 * @param {string} text */
export function count(text) {
  return parse(text, 1);
}

/** What the form says is different, as the API takes it; null when nothing is.
 * @param {Draft} draft @param {Base} base */
export function changesOf(draft, base) {
  const set = /** @type {any} */ ({});
  for (const {field, to} of changes(base.policy, draft.mine)) set.policy = withValue(set.policy ?? {}, field.path, to);
  if (set.policy?.distance) set.policy = withValue(set.policy, 'distance.preset', presetOf(draft.mine.distance) || 'own');
  const rooms = base.rooms.map((room) => roomChange(room, draft.rooms[room.id])).filter(Boolean);
  if (rooms.length > 0) set.rooms = rooms;
  if (count(draft.officers) !== base.officers) set.officers = count(draft.officers);
  if (draft.basis === 'fresh' && count(draft.visits) !== 100) set.visits_pct = count(draft.visits);
  if (draft.lastCall.trim() !== '') set.last_call_s = parse(draft.lastCall, MINUTE);
  for (const key of /** @type {const} */ (['open_s', 'last_ticket_s', 'close_s'])) {
    if (draft.hours[key] !== base.hours[key]) set.hours = {...set.hours, [key]: draft.hours[key]};
  }
  return Object.keys(set).length === 0 ? null : set;
}

/** @param {any} room @param {RoomDraft|undefined} mine */
function roomChange(room, mine) {
  if (!mine) return null;
  if (mine.unused) return {room: room.id, unused: true};
  const change = /** @type {any} */ ({room: room.id});
  if (count(mine.seats) !== room.seats.length) change.seats = count(mine.seats);
  if (mine.mode !== room.mode) change.mode = mine.mode;
  return Object.keys(change).length > 1 ? change : null;
}

/** What a question really changed: without what was as asked already, which the answer
 * does not list. A question without an answer is taken at its word.
 * @param {any} set changes as the API takes them @param {{field: string, room?: number}[]|undefined} listed of the answer */
export function changed(set, listed) {
  if (!set || !listed) return set ?? null;
  const has = (/** @type {string} */ field, /** @type {number} */ room = 0) => listed.some((one) => one.field === field && (one.room ?? 0) === room);
  const kept = /** @type {any} */ ({});
  for (const {path} of fields()) {
    const value = valueAt(set.policy ?? {}, path);
    if (value !== undefined && has(path)) kept.policy = withValue(kept.policy ?? {}, path, value);
  }
  const rooms = (set.rooms ?? []).map((/** @type {any} */ room) => Object.fromEntries(Object.entries(room).filter(([key]) => key === 'room' || has(key, room.room))));
  const moved = rooms.filter((/** @type {any} */ room) => Object.keys(room).length > 1);
  if (moved.length > 0) kept.rooms = moved;
  for (const key of ['officers', 'visits_pct', 'last_call_s']) if (has(key)) kept[key] = set[key];
  const hours = Object.entries(set.hours ?? {}).filter(([key]) => has(`hours.${key}`));
  if (hours.length > 0) kept.hours = Object.fromEntries(hours);
  return kept;
}

/** How many things are different.
 * @param {any} set of changesOf */
export function howMany(set) {
  if (!set) return 0;
  const rooms = (set.rooms ?? []).reduce((/** @type {number} */ n, /** @type {any} */ room) => n + Object.keys(room).length - 1, 0);
  const policy = fields().filter((field) => valueAt(set.policy ?? {}, field.path) !== undefined).length;
  const others = ['officers', 'visits_pct', 'last_call_s'].filter((key) => set[key] !== undefined).length;
  return rooms + policy + others + Object.keys(set.hours ?? {}).length;
}

/** The question as the API takes it.
 * @param {Draft} draft @param {Base} base */
export function questionOf(draft, base) {
  const question = /** @type {any} */ ({});
  const set = draft.advise ? null : changesOf(draft, base);
  if (set) question.changes = set;
  if (draft.basis === 'day') question.day = draft.day;
  if (draft.days.trim() !== '') question.days = count(draft.days);
  if (count(draft.seed) !== 1) question.seed = count(draft.seed);
  if (draft.basis === 'fresh' && draft.perDay.trim() !== '') question.per_day = count(draft.perDay);
  if (draft.advise) {
    question.advise = true;
    question.promise = {wait_p95_s: parse(draft.promise, MINUTE), served_pct: count(draft.served)};
  }
  return question;
}

/** The API's name of a field of the form, for the sentence of a refusal.
 * @param {string} field @param {Draft} draft @param {Base} base */
export function apiField(field, draft, base) {
  const room = /^room-(\d+)$/.exec(field);
  if (room) {
    const at = (changesOf(draft, base)?.rooms ?? []).findIndex((/** @type {any} */ r) => r.room === Number(room[1]));
    return at < 0 ? '' : `changes.rooms[${at}].seats`;
  }
  if (field === 'promise') return 'promise.wait_p95_s';
  if (field === 'served') return 'promise.served_pct';
  if (['days', 'seed', 'day', 'per_day'].includes(field)) return field;
  if (['officers', 'visits_pct', 'last_call_s', 'hours'].includes(field)) return `changes.${field}`;
  return `changes.policy.${field}`;
}

/** What of the form cannot be asked: the field, why, and its range.
 * @param {Draft} draft @param {Base} base
 * @returns {{field: string, code: 'number'|'fits'|'day'|'hours'|'setting', low: number, top: number}[]} */
export function faults(draft, base) {
  const list = /** @type {ReturnType<typeof faults>} */ ([]);
  const number = (/** @type {string} */ field, /** @type {string} */ text, /** @type {number} */ low, /** @type {number} */ top) => {
    const value = count(text);
    if (value === null || value < low || value > top) list.push({field, code: 'number', low, top});
  };
  const free = (/** @type {string} */ field, /** @type {string} */ text, /** @type {number} */ low, /** @type {number} */ top) => {
    if (text.trim() !== '') number(field, text, low, top);
  };
  free('days', draft.days, 1, LIMITS.days);
  number('seed', draft.seed, 1, 9_999_999);
  if (draft.basis === 'day' && !/^\d{4}-\d\d-\d\d$/.test(draft.day)) list.push({field: 'day', code: 'day', low: 0, top: 0});
  if (draft.basis === 'fresh') free('per_day', draft.perDay, 1, LIMITS.perDay);
  if (draft.advise) {
    number('promise', draft.promise, 1, DAY_S / MINUTE);
    number('served', draft.served, 1, 100);
    return list;
  }
  number('officers', draft.officers, 1, LIMITS.officers);
  if (draft.basis === 'fresh') number('visits_pct', draft.visits, 1, LIMITS.visitsPct);
  free('last_call_s', draft.lastCall, 0, 600);
  for (const room of base.rooms) {
    const mine = draft.rooms[room.id];
    if (!mine || mine.unused) continue;
    number(`room-${room.id}`, mine.seats, 1, LIMITS.seats);
    const most = fits(room, draft.mine.distance.distance_mm);
    const seats = count(mine.seats);
    // Seats as they stand are not moved, however near.
    if (seats !== null && seats !== room.seats.length && seats > most && seats <= LIMITS.seats) list.push({field: `room-${room.id}`, code: 'fits', low: 1, top: most});
  }
  const {open_s, last_ticket_s, close_s} = draft.hours;
  if (open_s === null || last_ticket_s === null || close_s === null || open_s >= last_ticket_s || last_ticket_s > close_s) {
    list.push({field: 'hours', code: 'hours', low: 0, top: 0});
  }
  for (const change of changes(base.policy, draft.mine)) {
    if (wrong(change.field, change.to) !== null) list.push({field: change.field.path, code: 'setting', low: change.field.low ?? 0, top: change.field.top ?? 0});
  }
  for (const {path, code} of disorder(draft.mine)) {
    if (code === 'group_order') list.push({field: path, code: 'setting', low: 0, top: 0});
  }
  return list;
}

/** Seats that another limit would leave empty: the limits that stay below the seats
 * asked for, each with the rooms it holds down.
 * @param {Draft} draft @param {Base} base @returns {{code: 'officer'|'occupancy', persons: number, rooms: number[]}[]} */
export function heldBelow(draft, base) {
  const list = /** @type {ReturnType<typeof heldBelow>} */ ([]);
  for (const room of base.rooms) {
    const seats = wanted(room, draft);
    if (seats === null) continue;
    const officer = draft.mine.group.max;
    const occupancy = occupied(room, draft.mine.distance.occupancy_pct);
    if (!Number.isInteger(officer) || Math.min(officer, occupancy) >= seats) continue;
    const code = officer <= occupancy ? 'officer' : 'occupancy';
    const persons = Math.min(officer, occupancy);
    const same = list.find((one) => one.code === code && one.persons === persons);
    if (same) same.rooms.push(room.id);
    else list.push({code, persons, rooms: [room.id]});
  }
  return list;
}

/** More seats than a room has now, null when it asks for none.
 * @param {any} room @param {Draft} draft */
function wanted(room, draft) {
  const mine = draft.rooms[room.id];
  const seats = count(mine?.seats ?? '');
  return seats === null || mine.unused || seats <= room.seats.length ? null : seats;
}

/** @param {any} room @param {number} pct */
function occupied(room, pct) {
  return room.normal > 0 ? Math.floor((pct * room.normal) / 100) : Infinity;
}

/** The policy under which every seat asked for can be taken, as far as these two limits
 * go: persons per officer, and the share of a room.
 * @param {Draft} draft @param {Base} base */
export function raised(draft, base) {
  let {mine} = draft;
  for (const room of base.rooms) {
    const seats = wanted(room, draft);
    if (seats === null) continue;
    if (mine.group.max < seats) mine = withValue(mine, 'group.max', seats);
    const pct = room.normal > 0 ? Math.min(100, Math.ceil((seats * 100) / room.normal)) : 0;
    if (mine.distance.occupancy_pct < pct) mine = withValue(mine, 'distance.occupancy_pct', pct);
  }
  return mine;
}

/** Officers that would have nothing to do: more than there are rooms, while nobody serves
 * several.
 * @param {Draft} draft @param {Base} base */
export function idle(draft, base) {
  const officers = count(draft.officers);
  if (officers === null || draft.mine.pooled || officers <= base.officers) return 0;
  return Math.max(0, officers - base.rooms.filter((room) => !draft.rooms[room.id]?.unused).length);
}

/* The answer */

/** How many persons each room holds now and with the changes, and which limit binds; a
 * room out of use holds nobody. A room that is furnished anew stands on a grid at the
 * distance, so the distance leaves all of it. The officer's minutes, which change through
 * the day, are left out.
 * @param {Base} base @param {any} set changes as the API takes them */
export function binding(base, set) {
  const policy = merged(base.policy, set?.policy ?? {});
  return base.rooms.map((room) => {
    const mine = (set?.rooms ?? []).find((/** @type {any} */ r) => r.room === room.id) ?? {};
    const seats = Number.isInteger(mine.seats) ? Array.from({length: mine.seats}, () => ({closed: false})) : room.seats;
    const distance = Number.isInteger(mine.seats) ? {...policy.distance, distance_mm: 0} : policy.distance;
    const then = mine.unused ? null : capacityUnder({...room, seats}, distance, policy.group.max);
    if (then && Number.isInteger(mine.seats) && then.binds === 'distance') then.binds = 'booths';
    return {room: room.id, now: capacityUnder(room, base.policy.distance, base.policy.group.max), then};
  });
}

/** The figures in the order in which a manager reads them. */
const GROUPS = [
  {code: 'wait', figures: ['wait_p95_s', 'wait_mean_s', 'wait_p50_s', 'wait_max_s']},
  {code: 'served', figures: ['served_pct', 'served_persons', 'carried_over_persons', 'walked_out_persons', 'turned_away_persons', 'arrived_persons']},
  {code: 'pace', figures: ['claims_per_officer_hour', 'door_mean_s', 'door_p95_s', 'overtime_s']},
  {code: 'use', figures: ['officer_busy_pct', 'seat_busy_pct', 'group_size_mean']},
  {code: 'fair', figures: ['overtaken_visits', 'overtaken_max', 'families_over_singles_pct']},
  {code: 'many', figures: ['multiplier', 'multiplier_over_counter', 'ceiling']},
];

/** Figures that grow with the number of visits, whatever the branch does. */
const FOLLOWS = ['served_persons', 'claims_per_officer_hour', 'multiplier', 'multiplier_over_counter', 'ceiling'];

/** The rows as a manager may judge them: where the question itself changed how many
 * come, what merely followed is neither better nor worse. What moved against the demand
 * keeps its verdict.
 * @param {Row[]} rows @param {any} question @returns {Row[]} */
export function fair(rows, question) {
  const more = Math.sign((question?.changes?.visits_pct ?? 100) - 100);
  if (more === 0) return rows;
  return rows.map((row) => (FOLLOWS.includes(row.figure) && Math.sign(row.difference.value) === more && ['better', 'worse'].includes(row.verdict)
    ? {...row, better: 'neither', verdict: 'differs'} : row));
}

/** The cheapest of an answer's proposals with what it is: the cheapest that keeps the
 * promise, or merely the best when none does. Null before there is one.
 * @param {any} entry @returns {{how: 'cheapest'|'best', proposal: any}|null} */
export function bestOf(entry) {
  const advice = entry?.answer?.advice;
  if (!advice || entry.question?.changes || advice.proposals.length === 0) return null;
  const keeps = advice.proposals.find((/** @type {any} */ one) => one.verdict === 'keeps');
  return {how: keeps ? 'cheapest' : 'best', proposal: keeps ?? advice.proposals[0]};
}

/** The wait of the promise that advice was asked for, as it was asked, as the answer
 * says it, or else as the branch promises.
 * @param {any} question @param {any} answer @param {number} goalS */
export function promisedOf(question, answer, goalS) {
  return question.promise?.wait_p95_s || answer?.advice?.promise?.wait_p95_s || goalS;
}

/** Whom a wait may be told of, beside all. */
export const CHANNELS = ['walk_in', 'online', 'collective'];
export const PARTIES = ['persons_1', 'persons_2', 'persons_3_up'];

/** @typedef {{figure: string, of: string, better: string, base: any, changed: any, difference: any, verdict: string, really?: number}} Row */

/** @param {Row[]} rows @param {string} figure @param {string} [of] @returns {Row|null} */
export function rowOf(rows, figure, of = 'all') {
  return rows.find((row) => row.figure === figure && row.of === of) ?? null;
}

/** The rows of everybody by group, without empty groups; a figure that is newer than
 * this list is shown last rather than lost.
 * @param {Row[]} rows @returns {{code: string, rows: Row[]}[]} */
export function grouped(rows) {
  const all = rows.filter((row) => row.of === 'all');
  const known = GROUPS.map(({code, figures}) => ({code, rows: figures.map((f) => rowOf(all, f)).filter((row) => row !== null)}));
  const rest = all.filter((row) => !GROUPS.some(({figures}) => figures.includes(row.figure)));
  return [...known, {code: 'other', rows: rest}].filter((group) => group.rows.length > 0);
}

/** One kind of wait of each channel and each size of party that the answer tells of.
 * @param {Row[]} rows @param {string} figure */
export function byWhom(rows, figure) {
  return [...CHANNELS, ...PARTIES].map((of) => rowOf(rows, figure, of)).filter((row) => row !== null);
}

/** The unit of a figure, by its name.
 * @param {string} figure @returns {'time'|'pct'|'times'|'count'} */
export function unitOf(figure) {
  if (figure.endsWith('_s')) return 'time';
  if (figure.endsWith('_pct')) return 'pct';
  return figure.startsWith('multiplier') || figure === 'ceiling' ? 'times' : 'count';
}

/** Ends of a scale of differences, in percent of the present value. Smaller than the
 * first nobody would act on, and one wild figure must not flatten all others. */
const SPANS = [10, 20, 50, 100];

/** Whole percent by which a bound lies from the present value; of a value that is
 * nothing today, everything.
 * @param {Row} row @param {number} bound */
function relative(row, bound) {
  if (bound === 0) return 0;
  const from = Math.abs(row.base.value);
  return from === 0 ? Math.sign(bound) * 100 : (bound * 100) / from;
}

/** The end of the scale on which these rows are drawn.
 * @param {Row[]} rows */
export function spanOf(rows) {
  const widest = rows.reduce((most, row) => Math.max(most, Math.abs(relative(row, row.difference.value))), 0);
  return SPANS.find((span) => widest <= span) ?? SPANS[SPANS.length - 1];
}

/** Where a difference stands on the scale, in percent of its width: 50 is no
 * difference, and what is better lies on the right. cut tells that the interval goes
 * on beyond an end.
 * @param {Row} row @param {number} span */
export function placeOf(row, span) {
  const way = row.better === 'lower' ? -1 : 1;
  const at = (/** @type {number} */ bound) => 50 + (way * relative(row, bound) * 50) / span;
  const ends = [at(row.difference.low), at(row.difference.high)].sort((a, b) => a - b);
  const inside = (/** @type {number} */ x) => Math.max(0, Math.min(100, x));
  return {
    value: inside(at(row.difference.value)), low: inside(ends[0]), high: inside(ends[1]),
    cutLow: ends[0] < 0, cutHigh: ends[1] > 100,
  };
}

/** What the answer comes to in one sentence: the wait that 95 of a hundred do not
 * exceed, now and then, and whether the difference is more than chance.
 * @param {any} answer @returns {{verdict: string, from: number, to: number}|null} */
export function leadOf(answer) {
  const row = rowOf(answer?.rows ?? [], 'wait_p95_s');
  return row ? {verdict: row.verdict, from: row.base.value, to: row.changed.value} : null;
}

/** How many figures came out how; what hangs on chance is counted with the same.
 * @param {Row[]} rows */
export function tally(rows) {
  const all = rows.filter((row) => row.of === 'all');
  const n = (/** @type {string} */ verdict) => all.filter((row) => row.verdict === verdict).length;
  return {better: n('better'), worse: n('worse'), unsure: n('unsure')};
}

/** A change for the worse of less than this share of the present value is certain only
 * because both sides met the same people; nobody would notice it. */
const NOTICED_PCT = 2;

/** Figures beside the wait on top that got worse for certain and by enough to notice:
 * what the sentence must not hide. Where it says that people wait longer, the other
 * waits are no news.
 * @param {Row[]} rows */
export function worseOf(rows) {
  const longer = rowOf(rows, 'wait_p95_s')?.verdict === 'worse';
  return rows.filter((row) => row.of === 'all' && row.verdict === 'worse' && row.figure !== 'wait_p95_s'
    && !(longer && row.figure.startsWith('wait_')) && Math.abs(relative(row, row.difference.value)) >= NOTICED_PCT);
}

/** The highest of two sides' waits by hour, for the height of a picture.
 * @param {{base_s: number, changed_s: number}[]} hours */
export function topOf(hours) {
  return hours.reduce((most, hour) => Math.max(most, hour.base_s, hour.changed_s), 0);
}

/** Whether more will come of a question.
 * @param {{state: string}} entry */
export function open(entry) {
  return entry.state === 'queued' || entry.state === 'running';
}

/** Whole percent done; a question that has not begun has no total yet.
 * @param {{done: number, total: number, state: string}} entry */
export function donePct({done, total, state}) {
  if (state === 'done') return 100;
  return total > 0 ? Math.min(100, Math.floor((done * 100) / total)) : 0;
}

/** The questions known here with the server's list laid over them, newest first. What
 * was asked here and is in the list no more is lost: the server was restarted, or kept
 * only newer ones.
 * @param {any[]} known @param {any[]} listed */
export function laid(known, listed) {
  const fresh = new Map(listed.map((entry) => [entry.id, entry]));
  const kept = known.filter((entry) => !fresh.has(entry.id)).map((entry) => ({...entry, lost: true}));
  const now = listed.map((entry) => ({...known.find((k) => k.id === entry.id), ...entry, lost: false}));
  return [...now, ...kept].sort((a, b) => b.id - a.id);
}

/** Changes that the policy page can take, as pairs of path and value, and those that are
 * made elsewhere.
 * @param {any} set changes as the API has them */
export function toEnter(set) {
  const policy = fields().map((field) => ({path: field.path, value: valueAt(set?.policy ?? {}, field.path)})).filter((p) => p.value !== undefined);
  return {policy, rooms: set?.rooms ?? [], hours: Object.keys(set?.hours ?? {}).length > 0, officers: set?.officers ?? null};
}
