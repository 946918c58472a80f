// @ts-check
// What the overview says about the branch, worked out from one view: no words, no
// drawing, no clock of its own. Lengths are whole seconds, moments branch time.

/** @typedef {'calm'|'near'|'over'|'alarm'} Level */

/** A wait of this share of the promise is worth a look before it is broken. */
const NEAR_PCT = 80;

/** Limits above this do not apply; the rules write 9999 for "unlimited". */
const UNLIMITED = 9999;

/** The five limits in the order in which the rules ask them. */
const LIMITS = ['distance', 'occupancy', 'booths', 'officer', 'minutes'];

/** How a wait stands against what the branch promises.
 * @param {number} seconds @param {{promised_wait_s: number, alarm_wait_s: number}} goals @returns {Level} */
export function level(seconds, goals) {
  if (seconds >= goals.alarm_wait_s) return 'alarm';
  if (seconds > goals.promised_wait_s) return 'over';
  if (seconds * 100 >= goals.promised_wait_s * NEAR_PCT) return 'near';
  return 'calm';
}

/** A wait as a share of the alarm, in whole percent, so that the promise is a fixed
 * mark on every bar.
 * @param {number} seconds @param {{alarm_wait_s: number}} goals */
export function share(seconds, goals) {
  return Math.max(0, Math.min(100, Math.round((seconds * 100) / Math.max(1, goals.alarm_wait_s))));
}

/** The five limits of a room with the one that binds.
 * @param {any} capacity */
export function five(capacity) {
  return LIMITS.map((code) => {
    const value = Number(capacity?.[code] ?? 0);
    return {code, value, unlimited: value >= UNLIMITED, binds: capacity?.binds === code};
  });
}

/** Visits that wait to be called.
 * @param {any} view */
export function waiting(view) {
  return view.counts?.waiting ?? 0;
}

/** Persons at seats, and how many each officer with a session has at once: the very
 * thing that one officer for many is about. atOnce is in tenths, null without sessions.
 * @param {any} view */
export function together(view) {
  const rooms = (view.rooms ?? []).filter((/** @type {any} */ room) => room.session);
  const persons = rooms.reduce((/** @type {number} */ sum, /** @type {any} */ room) => sum + (room.capacity?.present ?? 0), 0);
  const crew = new Set(rooms.flatMap((/** @type {any} */ room) => room.session.crew));
  return {persons, officers: crew.size, atOnce: crew.size === 0 ? null : Math.round((persons * 10) / crew.size)};
}

/** The officers with their load, those who work first and the busiest of them on top.
 * @param {any} view */
export function officers(view) {
  const list = (view.officers ?? []).map((/** @type {any} */ officer) => {
    const room = (view.rooms ?? []).find((/** @type {any} */ r) => r.session?.crew?.includes(officer.id));
    const crew = Math.max(1, room?.session?.crew?.length ?? 1);
    const ready = (room?.seats ?? []).filter((/** @type {any} */ seat) => seat.state === 'ready').length;
    return {
      ...officer,
      room: officer.room || room?.room.id || 0,
      persons: room ? Math.round(room.capacity.present / crew) : 0,
      limit: room ? Math.max(1, Math.round(Math.min(room.capacity.officer, UNLIMITED) / crew)) : 0,
      ready,
    };
  });
  const order = ['on_shift', 'stepped_off', 'on_break', 'off_shift'];
  return list.sort((/** @type {any} */ a, /** @type {any} */ b) =>
    order.indexOf(a.presence) - order.indexOf(b.presence) || (a.room || 99) - (b.room || 99) || a.id - b.id);
}

/** What happens to whom when the day is closed now.
 * @param {any} view */
export function closing(view) {
  const count = (/** @type {string[]} */ ...states) => states.reduce((sum, state) => sum + (view.counts?.[state] ?? 0), 0);
  return {
    seated: count('seated', 'called'),
    guaranteed: count('waiting', 'at_desk', 'parked', 'stepped_out', 'arrived'),
    incomplete: count('incomplete'),
    booked: count('booked'),
    sessions: (view.rooms ?? []).filter((/** @type {any} */ room) => room.session).map((/** @type {any} */ room) => room.room.id),
  };
}

/** How many sit in a room against how many may now: more than that is legal, because
 * whoever sat down before a limit came down stays. Before a session the limits are those
 * of the next one, as the editor has them. After the last call none matters any more, and the room's seats are what is left to compare with.
 * @param {any} room one of the view's rooms */
export function held({session, capacity, seats}) {
  const calls = Boolean(session) && session.state !== 'closing' && session.state !== 'cleaning';
  const limit = calls || !session ? capacity.persons : seats.length;
  return {persons: capacity.present, limit, over: calls && capacity.present > limit};
}

/** What a branch should have beside its first steps, and whether it has it: nothing waits
 * for these, and each is forgotten easily. Lists that are not known yet say nothing.
 * @param {{devices?: any[]|null, printing?: any, session?: any, lobby?: any}} known
 * @returns {{code: string, done: boolean}[]} */
export function fittings({devices, printing, session, lobby}) {
  const have = (/** @type {string[]} */ ...kinds) => (devices ?? []).some((/** @type {any} */ d) => kinds.includes(d.kind));
  const list = [];
  if (printing) list.push({code: 'name', done: Boolean(printing.branch)});
  if (devices) list.push({code: 'display', done: have('display')}, {code: 'booth', done: have('booth')}, {code: 'kiosk', done: have('kiosk', 'desk')});
  if (printing) list.push({code: 'printer', done: printing.printers.length > 0});
  if (lobby) list.push({code: 'lobby', done: !lobby.usual});
  if (session?.public !== undefined) list.push({code: 'public', done: session.public});
  return list;
}

/** The first steps of a new branch and which of them are done. A branch that has worked
 * before, on an earlier day or on one that was closed, is no new one any more.
 * @param {any} view @param {any[]|null} accounts */
export function firstSteps(view, accounts) {
  const called = (view.calls ?? []).length > 0 || (view.totals?.settled ?? 0) > 0;
  const numbers = Object.values(view.counts ?? {}).some((n) => Number(n) > 0) || (view.totals?.visits ?? 0) > 0;
  const people = (accounts ?? []).filter((account) => !account.disabled && account.role === 'officer').length;
  const steps = [
    {code: 'room', done: (view.rooms ?? []).length > 0},
    {code: 'programmes', done: (view.rooms ?? []).length > 0 && (view.unserved ?? []).every((/** @type {any} */ one) => one.desk)},
    {code: 'officer', done: people > 0 || (view.officers ?? []).length > 1},
    {code: 'open', done: Boolean(view.day?.open) || numbers},
    {code: 'numbers', done: numbers},
    {code: 'call', done: called},
  ];
  const days = view.day?.number ?? 0;
  const worked = steps[0].done && (days > 1 || (days === 1 && !view.day.open));
  // A branch that serves one programme only is set up as well.
  return {steps, done: worked || steps.every((step) => step.done || step.code === 'programmes'), next: steps.find((step) => !step.done)?.code ?? null};
}

/** The programmes that no room works: those that nobody works at all, and those that
 * wait for a side desk to be opened. Each with how many persons wait for them now.
 * @param {any} view @returns {{code: 'none'|'desk', programmes: string[], persons: number}[]} */
export function unserved(view) {
  const list = view.unserved ?? [];
  return /** @type {('none'|'desk')[]} */ (['none', 'desk']).map((code) => {
    const those = list.filter((/** @type {any} */ one) => one.desk === (code === 'desk'));
    const some = those.some((/** @type {any} */ one) => one.waiting > 0) ? those.filter((/** @type {any} */ one) => one.waiting > 0) : those;
    return {code, programmes: some.map((/** @type {any} */ one) => one.programme),
      persons: some.reduce((/** @type {number} */ sum, /** @type {any} */ one) => sum + one.persons, 0)};
  }).filter((one) => one.programmes.length > 0);
}

/** The rooms worth a manager's look first: those with a warning, then by number.
 * @param {any} room one of the view's rooms
 * @param {number} now branch time @param {number} alarmS a stay or wait worth pointing out */
export function warnings(room, now, alarmS) {
  const list = [];
  if (room.too_near > 0) list.push({code: 'too_near', n: room.too_near});
  const help = room.seats.filter((/** @type {any} */ seat) => seat.help).length;
  if (help > 0) list.push({code: 'help', n: help});
  const stuck = room.seats.filter((/** @type {any} */ seat) => seat.state === 'ready' && now - seat.since > alarmS).length;
  if (stuck > 0) list.push({code: 'stuck', n: stuck});
  return list;
}

/** Seconds by which the server's wall clock is ahead of the branch's, from the Date of
 * any of its answers; whole seconds are all that header has.
 * @param {string|null} date the header @param {number} branchNow branch time in seconds @param {number} offsetS */
export function clockOff(date, branchNow, offsetS) {
  const wall = date ? Date.parse(date) : NaN;
  if (Number.isNaN(wall)) return null;
  return Math.round(wall / 1000) - (branchNow + offsetS);
}

const DAY_MS = 86_400_000;

/** How a later day is called: by its weekday within a week, else with its date as well.
 * @param {string} from @param {string} to dates such as 2026-03-09 @param {string} lang */
export function dayAfter(from, to, lang) {
  const near = Date.parse(to) - Date.parse(from) < 7 * DAY_MS;
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : 'id-ID', {timeZone: 'UTC', weekday: 'long', ...(near ? {} : {day: 'numeric', month: 'long'})}).format(Date.parse(to));
}
