// @ts-check
// The drawing of a room as arithmetic in whole millimetres: moving, filling and the
// seats that the distance leaves. What is shown while drawing is worked out here; what
// counts is what the rules say when the room is saved.

/** @typedef {{x_mm: number, y_mm: number, accessible: boolean, closed: boolean}} Place */
/** @typedef {{x_mm: number, y_mm: number, width_mm: number, depth_mm: number}} Rect */
/** @typedef {{id: number, version: number, width_mm: number, depth_mm: number, normal: number, mode: string,
 *   desk: boolean, programmes: string[], seats: Place[], obstacles: Rect[], keep_clear: Rect[]}} Draft */

/** Seats lie on this raster, because nobody places a desk more exactly by hand. */
export const SNAP_MM = 100;

/** From the wall to the middle of a seat when a room is filled by the grid. */
export const WALL_MM = 500;

/** The side of a new side desk: a table with a chair on either side and the way to them. */
const DESK_MM = 3000;

/** Bounds of a drawing: a cupboard and a sports hall. */
export const SIDE_MIN_MM = 1000;
export const SIDE_MAX_MM = 60_000;

/** Seats that the rules accept in one room. */
export const SEATS_MAX = 200;

/** Obstacles, and as many doors, that they accept. */
export const RECTS_MAX = 40;

/** Pairs that the exact search looks at before it settles for what it has. A room of
 * forty seats needs a fraction of it; a hall of two hundred must not stop the screen. */
const SEARCH_WORK = 20_000_000;

/** @param {number} mm @param {number} [raster] */
export function snap(mm, raster = SNAP_MM) {
  return Math.round(mm / raster) * raster;
}

/** @param {number} value @param {number} low @param {number} top */
function clamp(value, low, top) {
  return Math.max(low, Math.min(top, value));
}

/** A new room's drawing.
 * @param {number} id @returns {Draft} */
export function blank(id) {
  return {id, version: 0, width_mm: 5000, depth_mm: 4000, normal: 12, mode: 'default', desk: false, programmes: [], seats: [], obstacles: [], keep_clear: []};
}

/** A new side desk's drawing: one seat, because it serves one person at a time.
 * @param {number} id @returns {Draft} */
export function sideDesk(id) {
  return {...blank(id), width_mm: DESK_MM, depth_mm: DESK_MM, normal: 2, desk: true,
    seats: [{x_mm: DESK_MM / 2, y_mm: DESK_MM / 2, accessible: false, closed: false}]};
}

/** A room of the server as a drawing that can be changed.
 * @param {any} room @returns {Draft} */
export function draftOf(room) {
  return {
    id: room.id, version: room.version, width_mm: room.width_mm, depth_mm: room.depth_mm, normal: room.normal,
    mode: room.mode, desk: Boolean(room.desk), programmes: [...(room.programmes ?? [])],
    seats: (room.seats ?? []).map((/** @type {any} */ seat) => ({
      x_mm: seat.x_mm, y_mm: seat.y_mm, accessible: Boolean(seat.accessible), closed: Boolean(seat.closed),
    })),
    obstacles: rectsOf(room.obstacles), keep_clear: rectsOf(room.keep_clear),
  };
}

/** @param {any} list @returns {Rect[]} */
function rectsOf(list) {
  return (list ?? []).map((/** @type {any} */ r) => ({x_mm: r.x_mm, y_mm: r.y_mm, width_mm: r.width_mm, depth_mm: r.depth_mm}));
}

/** The body that saves a drawing.
 * @param {Draft} draft */
export function bodyOf(draft) {
  const {id: _, ...body} = draft;
  return body;
}

/** The same drawing with one seat elsewhere, inside the walls and on the raster.
 * @param {Draft} draft @param {number} index @param {number} x @param {number} y @returns {Draft} */
export function moveSeat(draft, index, x, y) {
  const seats = draft.seats.map((seat, i) => (i === index
    ? {...seat, x_mm: clamp(snap(x), 0, draft.width_mm), y_mm: clamp(snap(y), 0, draft.depth_mm)}
    : seat));
  return {...draft, seats};
}

/** @param {Draft} draft @param {number} index @param {Partial<Place>} change @returns {Draft} */
export function changeSeat(draft, index, change) {
  return {...draft, seats: draft.seats.map((seat, i) => (i === index ? {...seat, ...change} : seat))};
}

/** @param {Draft} draft @param {number} index @returns {Draft} */
export function removeSeat(draft, index) {
  return {...draft, seats: draft.seats.filter((_, i) => i !== index)};
}

/** Adds a seat where it is farthest from all others, so that the second click already
 * makes sense; the first one goes near the corner.
 * @param {Draft} draft @returns {Draft} */
export function addSeat(draft) {
  if (draft.seats.length >= SEATS_MAX) return draft;
  let best = {x_mm: snap(Math.min(WALL_MM, draft.width_mm / 2)), y_mm: snap(Math.min(WALL_MM, draft.depth_mm / 2))};
  let farthest = -1;
  const margin = Math.min(WALL_MM, draft.width_mm / 2, draft.depth_mm / 2);
  for (let y = margin; y <= draft.depth_mm - margin; y += SNAP_MM) {
    for (let x = margin; x <= draft.width_mm - margin; x += SNAP_MM) {
      const near = draft.seats.reduce((least, seat) => Math.min(least, gap2(seat, {x_mm: x, y_mm: y})), Infinity);
      if (near > farthest && draft.seats.length > 0) {
        farthest = near;
        best = {x_mm: snap(x), y_mm: snap(y)};
      }
    }
  }
  return {...draft, seats: [...draft.seats, {...best, accessible: false, closed: false}]};
}

/** How many columns and rows the grid has room for at a distance, walls kept free.
 * @param {number} width @param {number} depth @param {number} distance */
export function gridRoom(width, depth, distance) {
  const step = Math.max(distance, SNAP_MM);
  const along = (/** @type {number} */ side) => Math.floor(Math.max(0, side - 2 * WALL_MM) / step) + 1;
  return {columns: along(width), rows: along(depth)};
}

/** Fills a room with columns times rows seats, spread evenly between the walls on the
 * raster; never nearer than the room allows, so a crowded grid shows its conflicts.
 * The first seat stays accessible when one was before.
 * @param {Draft} draft @param {number} columns @param {number} rows @returns {Draft} */
export function fillGrid(draft, columns, rows) {
  const across = places(draft.width_mm, columns);
  const down = places(draft.depth_mm, rows);
  const accessible = draft.seats.length === 0 || draft.seats.some((seat) => seat.accessible);
  const seats = down.flatMap((y) => across.map((x) => ({x_mm: x, y_mm: y, accessible: false, closed: false}))).slice(0, SEATS_MAX);
  if (seats.length > 0) seats[0].accessible = accessible;
  return {...draft, seats};
}

/** @param {number} side @param {number} count */
function places(side, count) {
  const margin = Math.min(WALL_MM, Math.floor(side / 2));
  const span = side - 2 * margin;
  if (count <= 1) return [Math.round(side / 2)];
  // Rounded down to the raster from the wall, so that a gap never shrinks below an
  // exact distance that fits; the rest of the room stays at the far wall.
  const step = Math.max(SNAP_MM, Math.floor(span / (count - 1) / SNAP_MM) * SNAP_MM);
  const start = snap(margin + (span - step * (count - 1)) / 2);
  return Array.from({length: count}, (_, i) => start + i * step);
}

/** @param {{x_mm: number, y_mm: number}} a @param {{x_mm: number, y_mm: number}} b */
function gap2(a, b) {
  return (a.x_mm - b.x_mm) ** 2 + (a.y_mm - b.y_mm) ** 2;
}

/** Pairs of open seats that are nearer than a distance: exactly the distance is far
 * enough. Indexes from 0, gap in whole millimetres rounded down.
 * @param {Place[]} seats @param {number} distance
 * @returns {{a: number, b: number, gap_mm: number}[]} */
export function conflicts(seats, distance) {
  const list = [];
  for (let a = 0; a < seats.length; a += 1) {
    for (let b = a + 1; b < seats.length; b += 1) {
      if (seats[a].closed || seats[b].closed) continue;
      const gap = gap2(seats[a], seats[b]);
      if (gap < distance * distance) list.push({a, b, gap_mm: Math.floor(Math.sqrt(gap))});
    }
  }
  return list;
}

/** Whether no two open seats are near enough for people who came together; 0 stands
 * for half again the distance, as in the rules.
 * @param {Place[]} seats @param {{distance_mm: number, together_mm?: number}} rule */
export function apart(seats, {distance_mm, together_mm = 0}) {
  const reach = together_mm > 0 ? together_mm : Math.floor(distance_mm * 3 / 2);
  return seats.length > 1 && conflicts(seats, reach + 1).length === 0;
}

/** Most single strangers at once under a distance: the largest choice of seats of
 * which no two are in conflict. exact is false when the search was cut short, and the
 * count is then what was found, at least.
 * @param {Place[]} seats @param {number} distance
 * @returns {{count: number, seats: number[], exact: boolean}} */
export function most(seats, distance) {
  const open = seats.map((_, i) => i).filter((i) => !seats[i].closed);
  const near = seats.map(() => new Uint8Array(seats.length));
  for (const {a, b} of conflicts(seats, distance)) near[a][b] = near[b][a] = 1;
  /** @type {Search} */
  const search = {best: [], work: SEARCH_WORK, near};
  extend(open, [], search);
  return {count: search.best.length, seats: [...search.best].sort((a, b) => a - b), exact: search.work > 0};
}

/** @typedef {{best: number[], work: number, near: Uint8Array[]}} Search */

/** One step of the search: a seat with at most one conflict left is always taken; else
 * the most crowded seat is first left out, which alone already gives a good choice,
 * and then taken.
 * @param {number[]} left @param {number[]} taken @param {Search} search */
function extend(left, taken, search) {
  const {near} = search;
  let rest = left;
  let have = taken;
  let pivot = -1;
  for (;;) {
    let easy = -1;
    let crowded = -1;
    for (const i of rest) {
      let n = 0;
      for (const j of rest) n += near[i][j];
      if (n <= 1) { easy = i; break; }
      if (n > crowded) { crowded = n; pivot = i; }
    }
    search.work -= rest.length * rest.length;
    if (easy < 0) break;
    have = [...have, easy];
    rest = rest.filter((i) => i !== easy && !near[easy][i]);
  }
  if (have.length > search.best.length) search.best = have;
  if (rest.length === 0 || search.work <= 0 || have.length + bound(rest, near) <= search.best.length) return;
  extend(rest.filter((i) => i !== pivot), have, search);
  extend(rest.filter((i) => i !== pivot && !near[pivot][i]), [...have, pivot], search);
}

/** No choice can be larger than the number of cliques that cover the seats.
 * @param {number[]} rest @param {Uint8Array[]} near */
function bound(rest, near) {
  /** @type {number[][]} */
  const cliques = [];
  for (const i of rest) {
    const home = cliques.find((clique) => clique.every((j) => near[i][j]));
    if (home) home.push(i);
    else cliques.push([i]);
  }
  return cliques.length;
}

/** What a room could hold under other settings: the limits that a drawing and a policy
 * decide, without an officer and without the time of day.
 * @param {Draft|any} room with seats and normal
 * @param {{distance_mm: number, occupancy_pct: number}} distance @param {number} groupMax */
export function capacityUnder(room, distance, groupMax) {
  const found = most(room.seats, distance.distance_mm);
  const booths = room.seats.filter((/** @type {Place} */ seat) => !seat.closed).length;
  const occupancy = room.normal > 0 ? Math.floor((distance.occupancy_pct * room.normal) / 100) : Infinity;
  const limits = {distance: found.count, occupancy, booths, officer: groupMax};
  let binds = 'distance';
  for (const [code, value] of Object.entries(limits)) {
    if (value < limits[/** @type {'distance'} */ (binds)]) binds = code;
  }
  return {...limits, persons: Math.min(...Object.values(limits)), binds, exact: found.exact};
}

/** The first thing that the rules would refuse in a drawing, with its field, and every
 * seat that it is said of; null when it can be sent.
 * @param {Draft} draft @param {number[]} taken numbers of rooms that exist
 * @returns {{field: string, code: string, low: number, top: number, seats?: number[]}|null} */
export function fault(draft, taken) {
  if (!whole(draft.id, 1, 99)) return {field: 'id', code: 'room_no', low: 1, top: 99};
  if (draft.version === 0 && taken.includes(draft.id)) return {field: 'id', code: 'room_taken', low: 1, top: 99};
  for (const field of /** @type {const} */ (['width_mm', 'depth_mm'])) {
    if (!whole(draft[field], SIDE_MIN_MM, SIDE_MAX_MM)) return {field, code: 'side', low: SIDE_MIN_MM, top: SIDE_MAX_MM};
  }
  if (!whole(draft.normal, 0, 999)) return {field: 'normal', code: 'normal', low: 0, top: 999};
  if (draft.seats.length === 0) return {field: 'seats', code: 'no_seats', low: 1, top: SEATS_MAX};
  const places = draft.seats.map((seat) => misplaced(draft, seat));
  const first = places.includes('outside') ? 'outside' : null;
  const twin = first ? -1 : draft.seats.findIndex((seat, i) => draft.seats.some((other, j) => j > i && other.x_mm === seat.x_mm && other.y_mm === seat.y_mm));
  if (twin >= 0) {
    const {x_mm, y_mm} = draft.seats[twin];
    return {field: 'seats', code: 'twins', low: twin + 1, top: draft.seats.findIndex((other, j) => j > twin && other.x_mm === x_mm && other.y_mm === y_mm) + 1};
  }
  const code = first ?? places.find((place) => place !== null);
  if (!code) return null;
  const seats = places.flatMap((place, i) => (place === code ? [i + 1] : []));
  return {field: 'seats', code, low: seats[0], top: 0, seats};
}

/** The drawing without the seats that cannot stand where they are: they hold nobody.
 * @param {Draft} draft @returns {Draft} */
export function standing(draft) {
  return {...draft, seats: draft.seats.filter((seat) => misplaced(draft, seat) === null)};
}

/** Why a seat cannot stand where it is drawn, as the code of a fault; null when it can.
 * @param {Draft} draft @param {Place} seat @returns {'outside'|'in_obstacle'|'in_door'|null} */
export function misplaced(draft, seat) {
  if (!whole(seat.x_mm, 0, draft.width_mm) || !whole(seat.y_mm, 0, draft.depth_mm)) return 'outside';
  const inRect = (/** @type {Rect} */ r) => seat.x_mm > r.x_mm && seat.x_mm < r.x_mm + r.width_mm && seat.y_mm > r.y_mm && seat.y_mm < r.y_mm + r.depth_mm;
  if ((draft.obstacles ?? []).some(inRect)) return 'in_obstacle';
  return (draft.keep_clear ?? []).some(inRect) ? 'in_door' : null;
}

/** @param {number} value @param {number} low @param {number} top */
function whole(value, low, top) {
  return Number.isInteger(value) && value >= low && value <= top;
}
