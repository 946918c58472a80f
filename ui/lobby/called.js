// @ts-check
// Which numbers stand on the board, as what, and where. Pure: times come in.

/** Everything new stays for this many milliseconds of the wall's own time, so that in a
 * demo at sixty times the speed a call can still be read. */
export const SHOWN_MS = 8000;

/** A call looks new for as long, even when its people sat down faster. */
export const NEW_MS = 5000;

/** @typedef {'come'|'again'|'back'|'here'} Look come in, called again, withdrawn, at the seat */
/** @typedef {{key: string, seq: number, at: number, number: string, room: number, seats: number[], look: Look}} Row */
/** @typedef {{number: string, seats: number[], here?: boolean}} Place */
/** @typedef {{seq: number, at: number, kind: string, room: number, places: Place[], withdrawn?: boolean}} Call */

/** Notes when each call, and its taking back, was first seen; forgets calls that left.
 * What the first view brings is old news.
 * @param {Map<string, number>} seen @param {Call[]} calls @param {number} local */
export function notice(seen, calls, local) {
  const first = !seen.has('');
  const keys = new Set(['', ...calls.map(sign)]);
  for (const key of keys) if (!seen.has(key)) seen.set(key, first ? -Infinity : local);
  for (const key of [...seen.keys()]) if (!keys.has(key)) seen.delete(key);
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
      const row = {key: sign(call) + place.number, seq: call.seq, at: call.at, number: place.number, room: call.room, seats: place.seats, look};
      if (!given && (held || look === 'come' || look === 'again')) rows.now.push(row);
      else if (look !== 'back') rows.past.push(row);
    }
  }
  return rows;
}

/** Rows that fit keep their places, so nobody's number jumps; of more, those still
 * awaited come first.
 * @param {Row[]} rows @param {number} size */
export function inOrder(rows, size) {
  if (rows.length <= size) return rows;
  return [...rows.filter((row) => row.look !== 'here'), ...rows.filter((row) => row.look === 'here')];
}

/** Columns and lines for n rows: one column while the rows stay large.
 * @param {number} n @param {boolean} tall */
export function grid(n, tall) {
  const columns = n <= (tall ? 6 : 3) ? 1 : 2;
  return {columns, lines: Math.max(1, Math.ceil(n / columns))};
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
