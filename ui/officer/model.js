// @ts-check
// What the officer needs to know, worked out from the room's view. Pure: no document,
// no clock of its own, no words; the same view at the same second gives the same sight.

/** @typedef {import('../lib/why.js').Why} Why */
/** @typedef {{id: number, name: string, role: string, account?: string}} Me */
/** @typedef {{seat: number, number: string, seats: number[], visit: any, claim: any, step: any, room: number,
 *   since: number, waited: number, expect_s: number, help: boolean, why: Why[], overdue: boolean}} Turn */
/** @typedef {{visit: number, number: string, seats: number[], persons: number, since: number, waited: number, recalls: number}} Coming */
/** @typedef {{group: boolean, room: number, elsewhere: boolean, seat: any, seats: number[], visit: any, claim: any, step: any, since: number}} With */
/** @typedef {'day_closed'|'off_shift'|'elsewhere'|'no_session'|'not_mine'|'away'|'cleaning'|'forming'|'running'|'closing'} Phase */
/** @typedef {{phase: Phase, mine: any, others: number[], with: With|null, turns: Turn[], coming: Coming[], waiting: number,
 *   taken: number, alarms: number[], now: number}} Sight */

/** The keys of the seats, and of the papers while a claim is open: the top row of the
 * keyboard has as many keys as the largest room that one officer can hold. */
export const TOP_ROW = '1234567890-=';

/** The same keys with Shift: the seats, while the plain ones mean papers. */
export const TOP_ROW_SHIFTED = '!@#$%^&*()_+';

/** The key of a seat; undefined for a seat beyond the top row, which the arrow keys reach.
 * @param {number} index from 0 @param {boolean} shifted */
export function topKey(index, shifted) {
  return (shifted ? TOP_ROW_SHIFTED : TOP_ROW)[index];
}

/** Everything the console shows, in the officer's terms.
 * @param {any} view RoomView @param {Me} me @param {any[]} staff officers of the branch
 * @param {number} now branch time in seconds
 * @returns {Sight} */
export function sightOf(view, me, staff, now) {
  const mine = view.officers.find((/** @type {any} */ o) => o.id === me.id)
    ?? staff.find((o) => o.id === me.id) ?? null;
  const turns = view.turns.map((/** @type {any} */ turn) => turnOf(view, turn, now));
  const coming = comingOf(view, now);
  return {
    phase: phaseOf(view, me, mine), mine, turns, coming, now,
    others: (view.session?.crew ?? []).filter((/** @type {number} */ id) => id !== me.id),
    with: withOf(view, mine),
    waiting: view.waiting,
    taken: view.seats.filter(taken).length,
    alarms: view.seats.filter((/** @type {any} */ seat) => stayOf(view, seat, now) > view.alarm_s && view.alarm_s > 0)
      .map((/** @type {any} */ seat) => seat.no),
  };
}

/** @param {any} view @param {Me} me @param {any} mine @returns {Phase} */
function phaseOf(view, me, mine) {
  const session = view.session;
  if (!session && !view.day_open) return 'day_closed';
  if (session && !session.crew.includes(me.id)) return 'not_mine';
  const presence = mine?.presence ?? 'off_shift';
  if (presence === 'off_shift' && !session) return 'off_shift';
  if (presence === 'on_break' || presence === 'stepped_off') return 'away';
  if (!session) return mine?.room && mine.room !== view.room.id ? 'elsewhere' : 'no_session';
  if (session.state === 'cleaning' || session.state === 'forming' || session.state === 'closing') return session.state;
  return 'running';
}

/** @param {any} view @param {any} turn @param {number} now @returns {Turn} */
function turnOf(view, turn, now) {
  const visit = view.visits[String(turn.visit)] ?? null;
  const claim = claimOf(visit, turn.claim);
  const group = turn.seat === 0;
  const seats = group ? turn.seats ?? [] : [turn.seat];
  return {
    room: turn.room, seat: turn.seat, seats, visit, claim,
    number: group ? '' : visit?.number ?? '',
    step: stepOf(claim ?? (group ? claimAt(view, seats[0]) : null)),
    since: turn.since, waited: Math.max(0, now - turn.since), expect_s: turn.expect_s,
    help: Boolean(turn.help), why: turn.why ?? [],
    overdue: (turn.why ?? []).some((/** @type {Why} */ why) => why.code === 'waited_beyond_bound'),
  };
}

/** Who was called and is not at the seat yet, longest first.
 * @param {any} view @param {number} now @returns {Coming[]} */
function comingOf(view, now) {
  /** @type {Map<number, Coming>} */
  const list = new Map();
  for (const seat of view.seats) {
    if (seat.state !== 'expected') continue;
    const held = list.get(seat.visit);
    if (held) held.seats.push(seat.no);
    else {
      const visit = view.visits[String(seat.visit)];
      const since = visit?.called_at || seat.since;
      list.set(seat.visit, {visit: seat.visit, number: seat.number ?? '', seats: [seat.no],
        persons: visit?.persons ?? 1, since, waited: Math.max(0, now - since), recalls: visit?.recalls ?? 0});
    }
  }
  return [...list.values()].sort((a, b) => a.since - b.since || a.seats[0] - b.seats[0]);
}

/** @param {any} view @param {any} mine @returns {With|null} */
function withOf(view, mine) {
  if (!mine?.with_room) return null;
  const since = mine.with_since ?? 0;
  const empty = {group: false, room: mine.with_room, elsewhere: false, seat: null, seats: [], visit: null, claim: null, step: null, since};
  if (mine.with_room !== view.room.id) return {...empty, elsewhere: true, seats: mine.with_seat ? [mine.with_seat] : []};
  if (!mine.with_seat) {
    const seats = view.seats.filter((/** @type {any} */ s) => s.state === 'with_officer' && s.since === since);
    return {...empty, group: true, seats: seats.map((/** @type {any} */ s) => s.no), step: stepOf(claimAt(view, seats[0]?.no))};
  }
  const seat = view.seats.find((/** @type {any} */ s) => s.no === mine.with_seat);
  const visit = view.visits[String(seat?.visit)] ?? null;
  const claim = claimOf(visit, seat?.claim);
  return {...empty, seat, seats: [mine.with_seat], visit, claim, step: stepOf(claim)};
}

/** @param {any} visit @param {number|undefined} id */
export function claimOf(visit, id) {
  return visit?.claims.find((/** @type {any} */ claim) => claim.id === id) ?? null;
}

/** The claim that is worked on at a seat. @param {any} view @param {number|undefined} no */
export function claimAt(view, no) {
  const seat = view.seats.find((/** @type {any} */ s) => s.no === no);
  return claimOf(view.visits[String(seat?.visit)], seat?.claim);
}

/** The present step of a claim; null when every step is done. @param {any} claim */
export function stepOf(claim) {
  return claim?.steps[claim.step] ?? null;
}

/** Tells whether somebody is at the seat or on the way to it. @param {any} seat */
export function taken(seat) {
  return seat.state !== 'free' && seat.state !== 'cleaning';
}

/** How long the people of a seat have been in the room, in seconds; 0 while expected.
 * @param {any} view @param {any} seat @param {number} now */
export function stayOf(view, seat, now) {
  if (!taken(seat) || seat.state === 'expected') return 0;
  const called = view.visits[String(seat.visit)]?.called_at;
  return called ? Math.max(0, now - called) : 0;
}

/** What the officer does next at a seat when its key is pressed: take the person,
 * or only look. @param {any} seat @param {Sight} sight @returns {'take'|'look'} */
export function seatMeans(seat, sight) {
  const waits = sight.turns.some((turn) => turn.seats.includes(seat.no));
  return waits && !sight.with && sight.phase !== 'away' ? 'take' : 'look';
}

/** The mark after this one: one key goes round. @param {string} mark */
export function nextMark(mark) {
  return mark === 'not_seen' ? 'present' : mark === 'present' ? 'missing' : 'not_seen';
}

/** A paper's mark as the view has it. The screen gives its own way, which knows the marks
 * that are still on their way. @param {any} paper @returns {string} */
const kept = (paper) => paper.mark;

/** The documents that were found missing.
 * @param {any} claim @param {(paper: any) => string} [mark] @returns {string[]} */
export function missingOf(claim, mark = kept) {
  return docs(claim, (paper) => mark(paper) === 'missing');
}

/** What a claim is sent back for: nothing while all that is missing is optional or for
 * some cases only, and else all of it, so that nobody comes a third time.
 * @param {any} claim @param {(paper: any) => string} [mark] @returns {string[]} */
export function lackingOf(claim, mark = kept) {
  const due = docs(claim, (paper) => mark(paper) === 'missing' && paper.required && !paper.when);
  return due.length > 0 ? missingOf(claim, mark) : [];
}

/** The documents that must be there in every case and that nobody has looked at.
 * @param {any} claim @param {(paper: any) => string} [mark] @returns {string[]} */
export function unseenOf(claim, mark = kept) {
  return docs(claim, (paper) => mark(paper) === 'not_seen' && paper.required && !paper.when);
}

/** @param {any} claim @param {(paper: any) => boolean} keep @returns {string[]} */
function docs(claim, keep) {
  return (claim?.papers ?? []).filter(keep).map((/** @type {any} */ paper) => paper.doc);
}

/** How many others would get the same outcome as a claim that was just settled: those
 * at their last step with the same programme and reason, and the same visit's next file.
 * What lacks a paper is not approved along.
 * @param {any} view @param {{id: number, visit: number, programme: string, reason: string, outcome?: string}|null} like */
export function restOf(view, like) {
  if (!like) return 0;
  return view.seats.filter((/** @type {any} */ seat) => {
    const claim = claimOf(view.visits[String(seat.visit)], seat.claim);
    if (!claim || claim.id === like.id || claim.outcome !== 'none') return false;
    if (claim.programme !== like.programme || claim.reason !== like.reason || like.outcome === 'approved' && lackingOf(claim).length > 0) return false;
    const atEnd = claim.last && (seat.state === 'ready' || seat.state === 'with_officer');
    return atEnd || (seat.visit === like.visit && seat.state !== 'expected');
  }).length;
}

/** The newest act of this officer that can still be taken back.
 * @param {any} view @param {Me} me @param {number} now
 * @returns {{seq: number, kind: string, number: string, left: number, share: number}|null} */
export function undoOf(view, me, now) {
  const entry = view.undo.find((/** @type {any} */ u) => u.by === me.id && u.role === me.role);
  if (!entry) return null;
  const left = Math.min(view.undo_s, view.undo_s - (now - entry.at));
  if (left <= 0) return null;
  return {seq: entry.seq, kind: entry.kind, number: entry.number ?? '', left, share: Math.round((100 * left) / Math.max(1, view.undo_s))};
}

/** What a seat says on the plan. Times are left to the caller, who knows how to write them.
 * @param {any} view @param {Sight} sight @param {any} seat
 * @returns {{state: string, number: string, seconds: number|null, proposed: boolean, alert: string, urgent: boolean}} */
export function lookOf(view, sight, seat) {
  const turn = sight.turns.find((t) => t.seats.includes(seat.no));
  const state = seat.closed && !taken(seat) ? 'closed' : seat.state;
  const pick = state === 'free' ? view.proposal.picks.find((/** @type {any} */ p) => (p.seats ?? []).includes(seat.no)) : null;
  const alarm = sight.alarms.includes(seat.no);
  const alert = seat.help ? '?' : turn?.overdue || alarm || seat.too_near ? '!' : '';
  let seconds = null;
  if (state === 'cleaning') seconds = Math.max(0, (seat.free_at ?? sight.now) - sight.now);
  else if (state === 'expected') seconds = sight.now - (view.visits[String(seat.visit)]?.called_at || seat.since);
  else if (turn) seconds = turn.waited; // whoever asks for help has waited since then, not since their step began
  else if (taken(seat) && state !== 'beside') seconds = sight.now - seat.since;
  return {state, number: seat.number ?? pick?.number ?? '', seconds: seconds === null ? null : Math.max(0, seconds),
    proposed: Boolean(pick), alert, urgent: turn !== undefined && turn === sight.turns[0] && !sight.with};
}

/** When the seat's visit is expected to be done, in branch time; 0 when nobody can say,
 * or when the time is over and only the next view knows better.
 * @param {any} seat @param {number} now */
export function endsOf(seat, now) {
  return taken(seat) && (seat.ends_at ?? 0) > now ? seat.ends_at : 0;
}

/** When the officer is expected to come to the seat next, in the same way.
 * @param {any} seat @param {number} now */
export function comesOf(seat, now) {
  return taken(seat) && (seat.officer_at ?? 0) > now ? seat.officer_at : 0;
}

/** What changed for the officer between two sights, most pressing first, for those who
 * listen to the screen instead of looking at it.
 * @param {Sight|null} before @param {Sight} after
 * @returns {{code: 'next'|'help'|'called'|'alarm'|'phase', number?: string, seat?: number, phase?: Phase}[]} */
export function changesOf(before, after) {
  /** @type {ReturnType<typeof changesOf>} */
  const list = [];
  if (!before) return list;
  for (const turn of after.turns) {
    const was = before.turns.find((t) => t.seat === turn.seat && t.room === turn.room);
    if (turn.help && !was?.help) list.push({code: 'help', number: turn.number, seat: turn.seats[0]});
  }
  const next = after.turns[0];
  const same = before.turns[0];
  if (next && (next.seat !== same?.seat || next.since !== same.since)) {
    list.push({code: 'next', number: next.number, seat: next.seats[0]});
  }
  const known = new Set(before.coming.map((one) => one.visit));
  for (const one of after.coming) {
    if (!known.has(one.visit)) list.push({code: 'called', number: one.number, seat: one.seats[0]});
  }
  for (const no of after.alarms) {
    if (!before.alarms.includes(no)) list.push({code: 'alarm', seat: no});
  }
  if (after.phase !== before.phase) list.push({code: 'phase', phase: after.phase});
  return list;
}

/** Words in at most so many lines of so many signs; what does not fit ends with "…".
 * @param {string} text @param {number} signs @param {number} lines @returns {string[]} */
export function broken(text, signs, lines) {
  /** @type {string[]} */
  const list = [];
  for (const word of text.split(' ').filter(Boolean)) {
    const last = list[list.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= signs) list[list.length - 1] = `${last} ${word}`;
    else if (list.length < lines) list.push(word);
    else {
      list[lines - 1] = `${list[lines - 1].slice(0, signs - 1)}…`;
      break;
    }
  }
  return list.map((line) => (line.length > signs ? `${line.slice(0, signs - 1)}…` : line));
}

/** The seat whose visitor is expected to need the officer first, while nobody does.
 * @param {any} view @param {Sight} sight @returns {{no: number, at: number}|null} */
export function soonest(view, sight) {
  const list = view.seats.map((/** @type {any} */ seat) => ({no: seat.no, at: comesOf(seat, sight.now)})).filter((/** @type {{at: number}} */ s) => s.at > 0);
  return list.sort((/** @type {any} */ a, /** @type {any} */ b) => a.at - b.at)[0] ?? null;
}

/** Acts on whoever the officer is with. */
const HELD_SLOTS = new Set(['finish', 'put_back', 'approve', 'returned', 'escalate', 'refuse']);

/** The seats that commands on their way are about, so that an act is seen where it will
 * show before the view has it.
 * @param {any} view @param {Sight} sight @param {ReadonlyMap<string, import('../lib/commands.js').Pending>} pending
 * @returns {Set<number>} */
export function pendingSeats(view, sight, pending) {
  /** @type {Set<number>} */
  const seats = new Set();
  const add = (/** @type {number} */ no) => seats.add(no);
  for (const [slot, {status, request}] of pending) {
    if (status === 'refused' || status === 'unsure') continue;
    const [act, id] = slot.split('-');
    if (slot === 'take' && request.body?.room === view.room.id) seats.add(request.body.seat);
    else if (HELD_SLOTS.has(slot)) sight.with?.seats.forEach(add);
    else if (slot === 'all_present') sight.coming.forEach((one) => one.seats.forEach(add));
    else if (slot === 'call') view.proposal.picks.forEach((/** @type {any} */ pick) => pick.seats?.forEach(add));
    else if (['clean', 'closed', 'ready', 'help'].includes(act)) seats.add(Number(id));
    else if (['present', 'absent', 'recall', 'park', 'desk', 'unseat'].includes(act)) {
      for (const seat of view.seats) if (seat.visit === Number(id)) seats.add(seat.no);
    }
  }
  return seats;
}
