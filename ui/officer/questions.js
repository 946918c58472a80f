// @ts-check
// Which question each act asks, and what becomes of the answer.

import {label, learn, t} from '../lib/catalogue.js';
import {clock, duration} from '../lib/times.js';
import {focusSeat} from './acts.js';
import {chooseOthers} from './choose.js';
import {BREAKS, REASONS} from './reasons.js';
import {perform, staffName} from './draw.js';
import {missingOf, topKey, unseenOf} from './model.js';
import {correct, tellReason} from './visit.js';
import {words as because} from '../lib/words-because.js';
import {words} from './words-ask.js';

learn(words);
learn(because);

/** @typedef {import('./draw.js').Desk} Desk */
/** @typedef {import('./sheets.js').Sheet} Sheet */
/** @typedef {{toRooms: () => void, signOut: () => void, help: () => void, lock: () => void, staff: () => Promise<void>, get: (path: string) => Promise<import('../lib/commands.js').Answer>}} Ways */

/** Keys of the answers: digits, in order. @param {number} i */
const digit = (i) => String(i + 1);

/** The questions as functions without arguments. desk is asked for anew at each answer,
 * because the room goes on while somebody reads.
 * @param {Sheet} sheet @param {() => Desk} now
 * @param {Ways} ways
 * @returns {import('./acts.js').Sheets} */
export function questionsOf(sheet, now, ways) {
  const visitOf = () => focusSeat(now())?.visit;
  const path = (/** @type {string} */ act) => `/api/v1/visits/${visitOf()}/${act}`;
  return {
    approve: () => approve(sheet, now),
    returned: () => returned(sheet, now),
    escalate: () => outcome(sheet, now, 'escalate', 'escalated', t('officer.escalate')),
    refuse: () => outcome(sheet, now, 'refuse', 'refused', t('officer.refuse')),
    park: () => reason(sheet, now, REASONS.aside, t('officer.park'), t('officer.park_why'), `park-${visitOf()}`, path('park')),
    desk: () => reason(sheet, now, REASONS.aside, t('officer.desk'), t('officer.desk_why'), `desk-${visitOf()}`, path('side-desk')),
    abort: () => reason(sheet, now, REASONS.abort, t('officer.abort'), t('officer.abort_why'), 'abort', `/api/v1/rooms/${now().room}/abort`),
    closeSeat: () => {
      const seat = focusSeat(now());
      reason(sheet, now, REASONS.closed, t('officer.close_seat'), t('officer.seat_closed_why'), `closed-${seat?.no}`, `/api/v1/rooms/${now().room}/seats/${seat?.no}/closed`, {closed: true});
    },
    handOver: () => void ways.staff().then(() => now() && handOver(sheet, now)),
    crew: () => void ways.staff().then(() => now() && crew(sheet, now)),
    others: () => chooseOthers(sheet, now, ways.get),
    correct: () => correct(sheet, now, ways.get),
    reason: () => tellReason(sheet, now),
    rest: () => rest(sheet, now),
    menu: () => menu(sheet, now, ways),
  };
}

/** Sends from a sheet, through the same door as every act.
 * @param {Desk} desk @param {Partial<import('./acts.js').Act> & {slot: string}} act */
function send(desk, act) {
  perform(desk, {id: act.slot, keys: [], text: '', ...act});
}

/** @param {Sheet} sheet @param {() => Desk} now @param {string} slot
 * @param {'escalated'|'refused'} code @param {string} title */
function outcome(sheet, now, slot, code, title) {
  const {claim, visit} = now().sight.with ?? {};
  if (!claim) return;
  sheet.ask({title: `${title} · ${visit.number}`, note: t('officer.choose_reason'), options: REASONS[code].map((why, i) => ({
    key: digit(i), text: label('because', why), run: () => settle(now(), slot, title, claim, visit, {outcome: code, reason: why}),
  }))});
}

/** @param {Desk} desk @param {string} slot @param {string} text @param {any} claim @param {any} visit @param {object} body */
function settle(desk, slot, text, claim, visit, body) {
  send(desk, {slot, text, of: visit.number, request: {path: `/api/v1/claims/${claim.id}/settle`, body}, done: () => desk.remember(claim, visit.id, visit.number)});
}

/** What is missing, one key for each paper, and what else is wrong with them.
 * @param {Sheet} sheet @param {() => Desk} now */
function returned(sheet, now) {
  const {claim, visit} = now().sight.with ?? {};
  if (!claim) return;
  const missing = new Set(missingOf(claim, now().marked?.(claim)));
  let reason = '';
  const turn = (/** @type {string} */ doc) => void (missing.delete(doc) || missing.add(doc));
  sheet.ask(() => ({title: `${t('officer.return')} · ${visit.number}`, note: t('officer.return_why'), wide: true, options: [
    ...claim.papers.map((/** @type {any} */ paper, /** @type {number} */ i) => ({key: topKey(i, false) ?? '', text: label('document', paper.doc), on: missing.has(paper.doc), stay: true, run: () => turn(paper.doc)})),
    ...REASONS.returned.map((code, i) => ({key: 'abc'[i], text: label('because', code), on: reason === code, stay: true, group: i === 0 ? t('officer.return_reason') : '', run: () => { reason = reason === code ? '' : code; }})),
    {key: 'Enter', text: missing.size > 0 ? t('officer.return_missing', {n: missing.size}) : t('officer.return'), kind: 'primary', group: ' ', why: missing.size > 0 || reason ? null : t('officer.return_none'),
      run: () => settle(now(), 'returned', t('officer.return'), claim, visit, {outcome: 'returned', missing: [...missing], ...(reason ? {reason} : {})})},
  ]}));
}

/** @param {Sheet} sheet @param {() => Desk} now */
function approve(sheet, now) {
  const {claim, visit} = now().sight.with ?? {};
  if (!claim) return;
  if (!claim.reason) return void tellReason(sheet, now, t('officer.approve_why'));
  const open = unseenOf(claim, now().marked?.(claim)).length;
  sheet.ask({title: `${t('officer.approve')} · ${visit.number}`, note: `${t('officer.approve_early')}${open > 0 ? ` ${t('officer.note_unseen', {n: open})}.` : ''}`, options: [{
    key: '1', text: t('officer.approve_now'),
    run: () => settle(now(), 'approve', t('officer.approve'), claim, visit, {outcome: 'approved'}),
  }]});
}

/** @param {Sheet} sheet @param {() => Desk} now @param {string[]} list @param {string} title
 * @param {string} note @param {string} slot @param {string} path @param {object} [more] */
function reason(sheet, now, list, title, note, slot, path, more = {}) {
  sheet.ask({title, note, options: list.map((code, i) => ({
    key: digit(i), text: label('because', code), run: () => send(now(), {slot, text: title, request: {path, body: {...more, reason: code}}}),
  }))});
}

/** Whom the officers' list just asked for has without a session.
 * @param {Sheet} sheet @param {() => Desk} now */
function handOver(sheet, now) {
  const desk = now();
  const free = freeOf(desk);
  sheet.ask({title: t('officer.hand_over_title'), note: free.length > 0 ? t('officer.hand_over_why') : t('officer.hand_over_nobody'),
    options: free.slice(0, 9).map((o, i) => ({
      key: digit(i), text: staffName(desk.staff, o.id),
      run: () => send(now(), {slot: 'hand_over', text: t('officer.hand_over'), request: {path: `/api/v1/rooms/${desk.room}/hand-over`, body: {from: desk.me.id, to: o.id}}}),
    }))});
}

/** Who works in this room: to leave it, or to bring a colleague in.
 * @param {Sheet} sheet @param {() => Desk} now */
function crew(sheet, now) {
  const {view, me, staff} = now();
  const mine = view.session?.crew ?? [];
  const set = (/** @type {number[]} */ to) => send(now(), {slot: 'crew', done: now().refresh, request: {path: `/api/v1/rooms/${now().room}/crew`, body: {crew: to}}});
  const less = mine.length < 2 ? [] : mine.map((/** @type {number} */ id) => ({
    text: id === me.id ? t('officer.crew_leave') : t('officer.crew_without', {name: staffName(staff, id)}), run: () => set(mine.filter((/** @type {number} */ one) => one !== id))}));
  const more = freeOf(now()).map((o) => ({text: t('officer.crew_with', {name: staffName(staff, o.id)}), run: () => set([...mine, o.id])}));
  sheet.ask({title: t('officer.crew'), note: t('officer.crew_why', {names: mine.map((/** @type {number} */ id) => staffName(staff, id)).join(', ')}),
    options: [...less, ...more].slice(0, 9).map((option, i) => ({...option, key: digit(i)}))});
}

/** Colleagues on shift who can come to this session. @param {Desk} desk */
function freeOf(desk) {
  const mine = desk.view.session?.crew ?? [];
  return desk.staff.filter((o) => o.presence !== 'off_shift' && !mine.includes(o.id) && (desk.view.pooled || !o.room));
}

/** @param {Sheet} sheet @param {() => Desk} now */
function rest(sheet, now) {
  sheet.ask({title: t('officer.break'), note: t('officer.break_why'), options: BREAKS.map((span, i) => {
    const until = span > 0 ? now().sight.now + span : 0;
    return {
      key: digit(i), text: span > 0 ? duration(span) : t('officer.break_open'), sub: until ? t('officer.until', {clock: clock(until)}) : '',
      run: () => send(now(), {slot: 'break', done: now().refresh, request: {path: `/api/v1/officers/${now().me.id}/break`, body: until ? {until} : {}}}),
    };
  })});
}

/** What has no place in the bar: seldom done, or no act of the session. @param {Sheet} sheet @param {() => Desk} now
 * @param {Ways} ways */
function menu(sheet, now, ways) {
  const acts = now().acts;
  const listed = ['crew', 'abort'].flatMap((id) => acts.get(id) ?? []);
  sheet.ask({title: t('officer.menu_title'), options: [
    ...listed.map((act) => ({key: act.keys[0], text: act.text, why: act.why, run: () => perform(now(), act)})),
    {key: 'r', text: t('officer.rooms'), run: ways.toRooms},
    {key: '?', text: t('keys.help'), run: ways.help},
    ...(now().me.account ? [{key: 'y', text: t('officer.lock'), run: ways.lock}] : []),
    {key: 'x', text: t('officer.sign_out'), run: ways.signOut},
  ]});
}
