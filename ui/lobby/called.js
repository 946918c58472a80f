// @ts-check
// Which numbers stand on the board, as what, and where. Pure: times come in.

/** Everything new stays for this many milliseconds of the wall's own time, so that in a
 * demo at sixty times the speed a call can still be read. */
export const SHOWN_MS = 8000;

/** A call looks new for as long, even when its people sat down faster. */
export const NEW_MS = 5000;

/** @typedef {'come'|'again'|'back'|'here'} Look come in, called again, withdrawn, at the seat */
/** group is the call in that room, news says that it came while this screen looked on.
 * @typedef {{key: string, group: string, news: boolean, at: number, number: string, room: number, seats: number[], look: Look}} Row */
/** @typedef {{number: string, seats: number[], here?: boolean}} Place */
/** @typedef {{seq: number, at: number, kind: string, room: number, places: Place[], withdrawn?: boolean}} Call */

/** Notes when each call, and its taking back, was first seen; forgets calls that left.
 * What the first view brings is old news.
 * @param {Map<string, number>} seen @param {Call[]} calls @param {number} local */
export function notice(seen, calls, local) {
  const first = !seen.has('');
  const keys = new Set(['', ...calls.map(sign)]);
  for (const key of keys) if (!seen.has(key)) seen.set(key, first ? -Infinity : local);
  for (const key of seen.keys()) if (!keys.has(key)) seen.delete(key);
}

/** Splits the calls (newest first) into what is called now and what was. A number
 * stands once, as its newest call says; a withdrawn call never becomes a past one.
 * A person who has not come stays called however long ago it was; nobody does whose
 * seat was called to somebody else since.
 * @param {Call[]} calls @param {Map<string, number>} seen
 * @param {{now: number, local: number, holdS: number, missed?: string[]}} time branch seconds, own
 * milliseconds; missed are the numbers that were given up: their calls are void
 * @returns {{now: Row[], past: Row[]}} */
export function split(calls, seen, {now, local, holdS, missed = []}) {
  const rows = {now: /** @type {Row[]} */ ([]), past: /** @type {Row[]} */ ([])};
  const taken = new Set(missed);
  const seats = new Set();
  for (const call of calls) {
    const age = local - (seen.get(sign(call)) ?? local);
    const held = now - call.at < holdS || age < SHOWN_MS;
    for (const place of call.places ?? []) {
      if (taken.has(place.number)) continue;
      taken.add(place.number);
      const look = lookOf(call, age >= NEW_MS && place.here);
      const spots = call.withdrawn ? [] : place.seats.map((no) => `${call.room}/${no}`);
      const given = place.here && spots.some((spot) => seats.has(spot));
      for (const spot of spots) seats.add(spot);
      const group = `${call.seq}/${call.room}`;
      const row = {key: sign(call) + place.number, group, news: age < Infinity, at: call.at, number: place.number, room: call.room, seats: place.seats, look};
      if (!given && (held || look === 'come' || look === 'again')) rows.now.push(row);
      else if (look !== 'back') rows.past.push(row);
    }
  }
  return rows;
}

/** The rows that nobody who only listens was told of, in the order of their calls.
 * @param {Set<string>} told @param {Row[]} rows newest first @returns {Row[]} */
export function untold(told, rows) {
  return rows.filter((row) => !told.has(row.key)).sort((a, b) => parseInt(a.group) - parseInt(b.group));
}

/** Those still awaited come first, newest first; who sits already after them.
 * @param {Row[]} rows */
export function inOrder(rows) {
  return [...rows.filter((row) => row.look !== 'here'), ...rows.filter((row) => row.look === 'here')];
}

/** A call stands large for as long as a voice needs for it, so that of several at once
 * each has its turn. */
const SPOT_MS = 4000;
const SPOT_EACH_MS = 1500;
const SPOT_MOST_MS = 20_000;

/** Of more calls than this that have not had their turn only the newest gets it: the
 * others stand among the smaller ones, and turns must not lag behind. */
const SPOT_TURNS = 4;

/** Chooses the call that stands large. */
export class Spot {
  constructor() {
    this.group = '';
    this.since = -Infinity;
    /** @type {Set<string>} */
    this.had = new Set();
  }

  /** @param {Row[]} rows newest first @param {number} local
   * @returns {{spot: Row[], rest: Row[]}} */
  take(rows, local) {
    const groups = [...new Set(rows.map((row) => row.group))];
    for (const group of this.had) if (!groups.includes(group)) this.had.delete(group);
    const of = (/** @type {string} */ group) => rows.filter((row) => row.group === group);
    const awaited = groups.filter((group) => of(group).some((row) => row.look !== 'here'));
    const turns = awaited.filter((group) => !this.had.has(group) && of(group)[0].news).reverse();
    const gone = !groups.includes(this.group);
    const over = local - this.since >= Math.min(SPOT_MOST_MS, SPOT_MS + SPOT_EACH_MS * of(this.group).length);
    if (gone || (over && (turns.length > 0 || !awaited.includes(this.group)))) {
      if (turns.length > SPOT_TURNS) for (const group of turns.splice(0, turns.length - 1)) this.had.add(group);
      const next = turns[0] ?? awaited[0] ?? groups[0] ?? '';
      if (next !== this.group) this.since = local;
      this.group = next;
    }
    this.had.add(this.group);
    return {spot: of(this.group), rest: rows.filter((row) => row.group !== this.group)};
  }
}

/** Fewer rows than this are shown whole by every display of a lobby. */
const SPLIT_FROM = 7;

/** The rows of one of several displays that share them; together they show all.
 * @template T @param {T[]} rows @param {{part: number, parts: number}} mine */
export function partOf(rows, {part, parts}) {
  if (parts < 2 || rows.length < SPLIT_FROM) return rows;
  const each = Math.ceil(rows.length / parts);
  return rows.slice((part - 1) * each, part * each);
}

/** "1of2" as this display's share: the first of two.
 * @param {string|null|undefined} text */
export function shareOf(text) {
  const [, part, parts] = (/^([1-9])of([1-9])$/.exec(text ?? '') ?? []).map(Number);
  return part <= parts ? {part, parts} : {part: 1, parts: 1};
}

/** The lobby that a display stands in: the one that it was paired for, else the first.
 * @param {any} view @param {number|undefined} id */
export function placeOf(view, id) {
  const list = view.lobbies ?? [];
  return list.find((/** @type {any} */ one) => one.id === id) ?? list[0] ?? null;
}

/** A lobby's rooms; where it names none, those that no other lobby has. None at all
 * stands for every room.
 * @param {any} view @param {any} place @returns {number[]} */
export function roomsOf(view, place) {
  if (!place || view.lobbies.length < 2) return place?.rooms ?? [];
  if (place.rooms.length > 0) return place.rooms;
  const taken = new Set(view.lobbies.flatMap((/** @type {any} */ one) => one.rooms));
  const rest = view.rooms.map((/** @type {any} */ room) => room.id).filter((/** @type {number} */ id) => !taken.has(id));
  return rest.length > 0 ? rest : [0];
}

/** Seats as people read them: "3", "3, 5", "3–6".
 * @param {number[]} seats */
export function seatList(seats) {
  const last = seats.length - 1;
  if (last > 1 && seats[last] - seats[0] === last) return `${seats[0]}–${seats[last]}`;
  return seats.join(', ');
}

/** One record may call to several rooms at once.
 * @param {Call} call */
function sign(call) {
  return `${call.seq}/${call.room}${call.withdrawn ? '-' : '+'}`;
}

/** @param {Call} call @param {boolean|undefined} here @returns {Look} */
function lookOf(call, here) {
  if (call.withdrawn) return 'back';
  if (here) return 'here';
  return call.kind === 'recall' ? 'again' : 'come';
}
