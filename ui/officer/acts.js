// @ts-check
// Every act of the console, once: its key, its words, its command, and why it may not
// be done now. Buttons, shortcuts and the list of shortcuts are all made from this, so
// none of them can disagree with another.

import {label, t} from '../lib/catalogue.js';
import {whyText} from '../lib/why.js';
import {lackingOf, restOf, seatMeans, topKey, undoOf, unseenOf} from './model.js';
import {roomName} from './room-name.js';

/** @typedef {import('../lib/commands.js').Request_} Request_ */
/** @typedef {{id: string, slot: string, keys: string[], text: string, kind?: string, why?: string|null,
 *   request?: Request_, open?: () => void,
 *   done?: (answer: any) => void, of?: string}} Act */
/** @typedef {{view: any, sight: import('./model.js').Sight, me: import('./model.js').Me, room: number, chosen: number|null,
 *   settled: {id: number, visit: number, number: string, programme: string, reason: string, promise: string, outcome?: string}|null, sheets: Sheets,
 *   choose: (no: number|null) => void, reveal: (visit: number) => void, remember: (claim: any, visit: number, number: string) => void, refresh: () => void,
 *   deeds: Map<number, string>, underWay?: boolean, marked?: (claim: any) => (paper: any) => string}} Context
 * underWay: an own act is not in the view yet; marked: how a claim's papers are marked, with what is on its way */
/** @typedef {{approve: () => void, returned: () => void, escalate: () => void, refuse: () => void, park: () => void, desk: () => void, abort: () => void,
 *   handOver: () => void, crew: () => void, others: () => void, rest: () => void, menu: () => void, closeSeat: () => void, correct: () => void, reason: () => void}} Sheets */

/** @param {Context} c */
const officer = (c) => `/api/v1/officers/${c.me.id}`;
/** @param {Context} c */
const room = (c) => `/api/v1/rooms/${c.room}`;

/** An act that is a command. Its keys are a text of single signs, or a list.
 * @param {string} id @param {string|string[]} keys @param {string} text @param {string} path @param {object} body
 * @param {Partial<Act>} [more] @returns {Act} */
function command(id, keys, text, path, body, more) {
  return {id, slot: id, keys: [...keys], text, request: {path, body}, ...more};
}

/** An act that asks something first. @param {string} id @param {string} key @param {string} text
 * @param {() => void} open @param {Partial<Act>} [more] @returns {Act} */
function question(id, key, text, open, more) {
  return {id, slot: id, keys: [...key], text, open, kind: 'quiet', ...more};
}

/** The acts that make sense now, by id. @param {Context} c @returns {Map<string, Act>} */
export function actsOf(c) {
  /** @type {Act[]} */
  const acts = [...shiftActs(c), ...sessionActs(c), ...turnActs(c), ...comingActs(c), ...seatActs(c), ...undoActs(c)];
  if (!['day_closed', 'not_mine', 'off_shift', 'elsewhere'].includes(c.sight.phase)) acts.push(question('correct', 'c', t('officer.correct'), c.sheets.correct));
  acts.push(question('menu', 'm', t('officer.menu'), c.sheets.menu));
  return new Map(acts.map((act) => [act.id, act]));
}

/** @param {Context} c @returns {Act[]} */
function shiftActs(c) {
  const {phase, mine} = c.sight;
  const done = c.refresh;
  if (phase === 'off_shift') return [command('on', ['Enter'], t('officer.on'), `${officer(c)}/on`, {}, {done})];
  if (phase === 'not_mine' && c.view.pooled && mine?.presence === 'on_shift') {
    return [command('join', ['Enter'], t('officer.join'), `${room(c)}/crew`, {crew: [...c.view.session.crew, c.me.id]}, {done})];
  }
  if (phase === 'away') return [command('back', ['Enter', 'o'], t('officer.back'), `${officer(c)}/back`, {}, {done})];
  if (!mine || mine.presence !== 'on_shift' || phase === 'not_mine') return [];
  const why = c.sight.with ? t('officer.busy') : null;
  const acts = [
    question('break', 'o', t('officer.break'), c.sheets.rest, {why}),
    command('out', 'g', t('officer.out'), `${officer(c)}/break`, {out: true}, {kind: 'quiet', why, done}),
  ];
  if (!c.view.session || c.view.session.state === 'cleaning') acts.push(command('off', 'q', t('officer.off'), `${officer(c)}/off`, {}, {kind: 'quiet', done}));
  return acts;
}

/** @param {Context} c @returns {Act[]} */
function sessionActs(c) {
  const {phase, taken} = c.sight;
  const wait = (c.view.room.ready_at ?? 0) - c.sight.now;
  if (phase === 'no_session') {
    return [command('open', ['Enter'], t('officer.open'), `${room(c)}/session`, {}, {why: wait > 0 ? t('officer.cleaning_wait') : null})];
  }
  if (phase === 'cleaning') {
    // A booth counts as clean only when the leaving from it can no longer be undone.
    const left = Math.max(0, ...c.view.seats.map((/** @type {any} */ seat) => (seat.state === 'cleaning' ? seat.since + c.view.undo_s - c.sight.now : 0)));
    return [command('room_clean', ['Enter', 'y'], t('officer.room_clean'), `${room(c)}/cleaned`, {}, {why: left > 0 ? t('officer.clean_wait', {n: left}) : null})];
  }
  if (!['forming', 'running', 'closing', 'away'].includes(phase)) return [];
  const acts = phase === 'away' || phase === 'closing' ? [] : callActs(c);
  if (!c.view.session.last && phase === 'running') {
    acts.push(command('last_call', 'l', t('officer.last_call'), `${room(c)}/last-call`, {}, {kind: 'quiet', of: ''}));
  }
  acts.push(
    command('close', 'q', t('officer.close'), `${room(c)}/close`, {}, {kind: 'quiet', why: taken > 0 ? t('officer.still_seated', {n: taken}) : null}),
    question('hand_over', 'h', t('officer.hand_over'), c.sheets.handOver),
    question('crew', '/', t('officer.crew'), c.sheets.crew),
    question('abort', 'z', t('officer.abort'), c.sheets.abort),
  );
  return acts;
}

/** @param {Context} c @returns {Act[]} */
function callActs(c) {
  const plan = c.view.proposal;
  const none = plan.picks.length === 0;
  const why = none ? plan.wait.map((/** @type {any} */ w) => whyText(w, plan.holding)).join(' · ') || t('officer.nobody_to_call') : null;
  const numbers = plan.picks.map((/** @type {any} */ p) => p.number).join(' ');
  return [
    command('call', ['Enter'], none ? t('officer.call_next') : t('officer.call', {n: plan.persons}), `${room(c)}/call`, {expect: plan.picks.map((/** @type {any} */ p) => p.visit)},
      {kind: 'call', why, of: numbers}),
    question('others', 'v', t('officer.others'), c.sheets.others, {why: c.view.line.length === 0 ? t('officer.nobody_to_call') : null}),
  ];
}

/** @param {Context} c @returns {Act[]} */
function turnActs(c) {
  const {sight} = c;
  if (sight.phase !== 'running' && sight.phase !== 'closing') return [];
  const held = sight.with;
  if (held && !held.elsewhere) return heldActs(c, held);
  const next = sight.turns[0];
  if (!next) return [];
  const number = next.number;
  return [command('take', ' n', next.seat === 0 ? t('officer.take_group') : t('officer.take'), `${officer(c)}/take`, {room: next.room, seat: next.seats[0]},
    {kind: 'call', why: held ? t('officer.busy_elsewhere', {room: roomName(held.room)}) : null, done: () => c.choose(null), of: number})];
}

/** The acts with whoever the officer is with.
 * @param {Context} c @param {import('./model.js').With} held @returns {Act[]} */
function heldActs(c, held) {
  const {claim, visit} = held;
  const number = visit?.number ?? '';
  const why = claim?.last && !held.group ? t('officer.outcome_due') : null;
  const acts = [
    command('finish', 'f', t('officer.finish'), `${officer(c)}/finish`, claim && !held.group ? {claim: claim.id} : {}, {kind: 'primary', why, of: number}),
    command('put_back', 'b', t('officer.put_back'), `${officer(c)}/put-back`, {}, {kind: 'quiet'}),
  ];
  if (!claim || held.group) return acts;
  // Papers have the digits; without a reason there are none yet.
  if (!claim.reason) acts.push(question('reason', '1', t('officer.tell_reason'), c.sheets.reason));
  const path = `/api/v1/claims/${claim.id}/settle`;
  const missing = lackingOf(claim, c.marked?.(claim));
  const open = unseenOf(claim, c.marked?.(claim)).length;
  const approve = open > 0 ? t('officer.approve_unseen', {n: open}) : t('officer.approve');
  const lacks = missing.length > 0 ? t('officer.approve_lacks', {docs: missing.map((doc) => label('document', doc)).join(', ')}) : null;
  const done = () => c.remember(claim, visit.id, number);
  acts.push(
    // Approval before the last step is rare enough to ask: the key lies beside the others.
    // So is a claim whose reason nobody knows: its papers follow from the reason.
    claim.last && claim.reason ? command('approve', 's', approve, path, {outcome: 'approved'}, {done, of: number, why: lacks})
      : question('approve', 's', approve, c.sheets.approve, {why: lacks}),
    missing.length > 0
      ? command('returned', 'k', t('officer.return_missing', {n: missing.length}), path, {outcome: 'returned', missing}, {done, of: number})
      : question('returned', 'k', t('officer.return'), c.sheets.returned),
    question('escalate', 'e', t('officer.escalate'), c.sheets.escalate),
    question('refuse', 't', t('officer.refuse'), c.sheets.refuse),
  );
  return acts;
}

/** @param {Context} c @returns {Act[]} */
function comingActs(c) {
  const {coming, phase} = c.sight;
  if (coming.length === 0 || phase === 'not_mine' || phase === 'away') return [];
  const focus = focusComing(c);
  const acts = coming.flatMap((one) => comingOne(one, one === focus, coming.length === 1));
  if (coming.length > 1) {
    // One command for all of them: one undo takes the one press back.
    acts.push(command('all_present', 'a', t('officer.all_present', {n: coming.length}), `${room(c)}/seated`, {visits: coming.map((one) => one.visit)},
      {kind: 'primary', of: coming.map((one) => one.number).join(' ')}));
  }
  return acts;
}

/** Whom the keys for present and no-show mean: the seat that is chosen, else whoever
 * was called first. @param {Context} c */
export function focusComing(c) {
  return c.sight.coming.find((one) => c.chosen !== null && one.seats.includes(c.chosen)) ?? c.sight.coming[0];
}

/** Who is called alone is all there is: the key of "all present" means them as well.
 * @param {import('./model.js').Coming} one @param {boolean} focus @param {boolean} alone @returns {Act[]} */
function comingOne(one, focus, alone) {
  const {visit, number} = one;
  const act = (/** @type {string} */ id, /** @type {string} */ key, /** @type {string} */ text, /** @type {string} */ path) =>
    command(`${id}-${visit}`, focus ? key : '', text, `/api/v1/visits/${visit}/${path}`, {}, {kind: 'small', of: number});
  return [
    act('present', alone ? 'pa' : 'p', t('officer.present'), 'seat'),
    act('recall', 'r', t('officer.recall'), 'recall'),
    act('absent', 'x', t('officer.no_show'), 'no-show'),
  ];
}

/** The seat the screen speaks about: the chosen one, else where the officer is.
 * @param {Context} c */
export function focusSeat(c) {
  const no = c.chosen ?? c.sight.with?.seat?.no ?? null;
  return c.view.seats.find((/** @type {any} */ seat) => seat.no === no) ?? null;
}

/** @param {Context} c @returns {Act[]} */
function seatActs(c) {
  const seat = focusSeat(c);
  const {phase} = c.sight;
  if (!seat || phase === 'not_mine') return [];
  const visit = c.view.visits[String(seat.visit)];
  const path = `${room(c)}/seats/${seat.no}`;
  const slot = `closed-${seat.no}`;
  /** @type {Act[]} */
  const acts = [];
  if (visit && ['running', 'closing', 'forming'].includes(phase)) acts.push(...visitActs(c, seat, visit));
  if (seat.state === 'cleaning' && phase !== 'cleaning') {
    const wait = seat.since + c.view.undo_s - c.sight.now;
    acts.push(command('clean', 'y', t('officer.seat_clean'), `${path}/clean`, {}, {slot: `clean-${seat.no}`, kind: 'primary', why: wait > 0 ? t('officer.clean_wait', {n: wait}) : null}));
  }
  if (seat.closed) acts.push(command('open_seat', 'd', t('officer.open_seat'), `${path}/closed`, {closed: false}, {slot, kind: 'primary'}));
  else if (!visit) acts.push(question('close_seat', 'd', t('officer.close_seat'), c.sheets.closeSeat, {slot}));
  return acts;
}

/** @param {Context} c @param {any} seat @param {any} visit @returns {Act[]} */
function visitActs(c, seat, visit) {
  const path = `${room(c)}/seats/${seat.no}`;
  /** @type {Act[]} */
  const acts = [];
  if (c.sight.with?.seat?.no !== seat.no && (seat.state === 'preparing' || seat.state === 'ready' || seatMeans(seat, c.sight) === 'take')) {
    acts.push(command('take_seat', seatKey(c, c.view.seats.indexOf(seat)) ?? '', seat.state === 'preparing' ? t('officer.help_seat') : t('officer.take'), `${officer(c)}/take`, {room: c.room, seat: seat.no},
      {slot: 'take', kind: 'primary', why: c.sight.with ? t('officer.busy') : null, done: () => c.choose(null)}));
  }
  if (seat.state === 'preparing') acts.push(command('ready', 'y', t('officer.person_ready'), `${path}/ready`, {visit: visit.id}, {slot: `ready-${seat.no}`}));
  if (seat.help) acts.push(command('help_over', '.', t('officer.help_over'), `${path}/help`, {over: true}, {slot: `help-${seat.no}`}));
  acts.push(
    question('park', 'w', t('officer.park'), c.sheets.park, {slot: `park-${visit.id}`}),
    question('desk', 'd', t('officer.desk'), c.sheets.desk, {slot: `desk-${visit.id}`}),
  );
  // Somebody else said "yes" at the booth.
  if (seat.state !== 'expected') acts.push(command(`unseat-${visit.id}`, ',', t('officer.unseat'), `/api/v1/visits/${visit.id}/unseat`, {}, {id: 'unseat', kind: 'quiet', of: visit.number}));
  if (visit.named) acts.push(question('reveal', 'i', t('officer.reveal'), () => c.reveal(visit.id), {slot: `reveal-${visit.id}`}));
  return acts;
}

/** @param {Context} c @returns {Act[]} */
function undoActs(c) {
  /** @type {Act[]} */
  const acts = [];
  const undo = undoOf(c.view, c.me, c.sight.now);
  // Until the view has the newest act, undo would mean the one before it.
  if (undo) acts.push(command('undo', 'u', t('officer.undo'), '/api/v1/undo', {seq: undo.seq}, {slot: `undo-${undo.seq}`, why: c.underWay ? t('work.settling') : null}));
  const n = restOf(c.view, c.settled);
  if (c.settled && n > 0) {
    acts.push(command('rest', 'j', t('officer.same_for_rest', {n}), `/api/v1/claims/${c.settled.id}/settle-rest`, {},
      {slot: `rest-${c.settled.id}`, kind: 'primary', of: ''}));
  }
  return acts;
}

/** The key that stands for a seat now: plain while no papers are open.
 * @param {Context} c @param {number} index of the seat in the view */
export function seatKey(c, index) {
  return topKey(index, papersOpen(c));
}

/** Whether the plain top row means the papers of the open claim. @param {Context} c */
export function papersOpen(c) {
  return Boolean(c.sight.with?.claim) && !c.sight.with?.group;
}
