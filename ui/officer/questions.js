// @ts-check
// Which question each act asks, and what becomes of the answer.

import {label, t} from '../lib/catalogue.js';
import {clock, duration} from '../lib/times.js';
import {focusSeat} from './acts.js';
import {BREAKS, REASONS} from './codes.js';
import {perform, staffName} from './draw.js';

/** @typedef {import('./draw.js').Desk} Desk */
/** @typedef {import('./sheets.js').Sheet} Sheet */

/** Keys of the answers: digits, in order. @param {number} i */
const digit = (i) => String(i + 1);

/** The questions as functions without arguments. desk is asked for anew at each answer,
 * because the room goes on while somebody reads.
 * @param {Sheet} sheet @param {() => Desk} now
 * @param {{toRooms: () => void, signOut: () => void, help: () => void}} ways
 * @returns {import('./acts.js').Sheets} */
export function questionsOf(sheet, now, ways) {
  const visitOf = () => focusSeat(now())?.visit;
  const path = (/** @type {string} */ act) => `/api/v1/visits/${visitOf()}/${act}`;
  return {
    approve: () => approve(sheet, now),
    returned: () => outcome(sheet, now, 'returned', t('officer.return'), () => t('officer.did.returned', who(now()))),
    escalate: () => outcome(sheet, now, 'escalated', t('officer.escalate'), () => t('officer.did.escalated', who(now()))),
    refuse: () => outcome(sheet, now, 'refused', t('officer.refuse'), () => t('officer.did.refused', who(now()))),
    park: () => reason(sheet, now, REASONS.aside, t('officer.park'), t('officer.park_why'), `park-${visitOf()}`, path('park')),
    desk: () => reason(sheet, now, REASONS.aside, t('officer.desk'), t('officer.desk_why'), `desk-${visitOf()}`, path('side-desk')),
    abort: () => reason(sheet, now, REASONS.abort, t('officer.abort'), t('officer.abort_why'), 'abort', `/api/v1/rooms/${now().room}/abort`),
    closeSeat: () => {
      const seat = focusSeat(now());
      reason(sheet, now, REASONS.closed, t('officer.close_seat'), t('officer.seat_closed_why'), `closed-${seat?.no}`, `/api/v1/rooms/${now().room}/seats/${seat?.no}/closed`, {closed: true});
    },
    handOver: () => handOver(sheet, now),
    others: () => others(sheet, now),
    rest: () => rest(sheet, now),
    menu: () => menu(sheet, now, ways),
  };
}

/** @param {Desk} desk */
const who = (desk) => ({number: desk.sight.with?.visit?.number ?? ''});

/** Sends from a sheet, through the same door as every act.
 * @param {Desk} desk @param {Partial<import('./acts.js').Act> & {slot: string}} act */
function send(desk, act) {
  perform(desk, {id: act.slot, keys: [], text: '', ...act});
}

/** @param {Sheet} sheet @param {() => Desk} now @param {'returned'|'escalated'|'refused'} code
 * @param {string} title @param {() => string} deed */
function outcome(sheet, now, code, title, deed) {
  const {claim, visit} = now().sight.with ?? {};
  if (!claim) return;
  const said = deed();
  const slot = code === 'returned' ? 'returned' : code === 'escalated' ? 'escalate' : 'refuse';
  sheet.ask({title: `${title} · ${visit.number}`, note: t('officer.choose_reason'), options: REASONS[code].map((why, i) => ({
    key: digit(i), text: label('because', why),
    run: () => send(now(), {slot, request: {path: `/api/v1/claims/${claim.id}/settle`, body: {outcome: code, reason: why}},
      done: () => now().remember(claim, visit.id), deed: () => said}),
  }))});
}

/** @param {Sheet} sheet @param {() => Desk} now */
function approve(sheet, now) {
  const {claim, visit} = now().sight.with ?? {};
  if (!claim) return;
  sheet.ask({title: `${t('officer.approve')} · ${visit.number}`, note: t('officer.approve_early'), options: [{
    key: '1', text: t('officer.approve_now'),
    run: () => send(now(), {slot: 'approve', request: {path: `/api/v1/claims/${claim.id}/settle`, body: {outcome: 'approved'}},
      done: () => now().remember(claim, visit.id), deed: () => t('officer.did.approved', {number: visit.number})}),
  }]});
}

/** @param {Sheet} sheet @param {() => Desk} now @param {string[]} list @param {string} title
 * @param {string} note @param {string} slot @param {string} path @param {object} [more] */
function reason(sheet, now, list, title, note, slot, path, more = {}) {
  sheet.ask({title, note, options: list.map((code, i) => ({
    key: digit(i), text: label('because', code), run: () => send(now(), {slot, request: {path, body: {...more, reason: code}}}),
  }))});
}

/** @param {Sheet} sheet @param {() => Desk} now */
function handOver(sheet, now) {
  const desk = now();
  const crew = desk.view.session?.crew ?? [];
  const free = desk.staff.filter((o) => o.presence !== 'off_shift' && !o.room && !crew.includes(o.id));
  sheet.ask({title: t('officer.hand_over'), note: free.length > 0 ? t('officer.hand_over_why') : t('officer.hand_over_nobody'),
    options: free.slice(0, 9).map((o, i) => ({
      key: digit(i), text: staffName(desk.staff, o.id),
      run: () => send(now(), {slot: 'hand_over', request: {path: `/api/v1/rooms/${desk.room}/hand-over`, body: {from: desk.me.id, to: o.id}}}),
    }))});
}

/** @param {Sheet} sheet @param {() => Desk} now */
function others(sheet, now) {
  const desk = now();
  const {view, sight} = desk;
  const picked = new Set(view.proposal.picks.map((/** @type {any} */ p) => p.visit));
  sheet.pick({
    title: t('officer.others'), note: t('officer.others_why'),
    entries: view.line.map((/** @type {any} */ one) => ({visit: one.visit, number: one.number, on: picked.has(one.visit),
      sub: [one.persons > 1 ? t('words.persons', {n: one.persons}) : '', one.programmes.join(', '), duration(Math.max(0, sight.now - one.since))].filter(Boolean).join(' · ')})),
    reasons: REASONS.others.map((code) => ({code, text: label('because', code)})),
    call: (visits, code) => send(now(), {slot: 'others', request: {path: `/api/v1/rooms/${desk.room}/call`, body: {visits, reason: code}}}),
  });
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

/** Everything that concerns the whole session. @param {Sheet} sheet @param {() => Desk} now
 * @param {{toRooms: () => void, signOut: () => void, help: () => void}} ways */
function menu(sheet, now, ways) {
  const acts = now().acts;
  const listed = ['last_call', 'close', 'hand_over', 'break', 'out', 'off', 'abort'].flatMap((id) => acts.get(id) ?? []);
  sheet.ask({title: t('officer.menu'), options: [
    ...listed.map((act) => ({key: act.keys[0], text: act.text, why: act.why, run: () => perform(now(), act)})),
    {key: 'r', text: t('officer.rooms'), run: ways.toRooms},
    {key: '?', text: t('keys.help'), run: ways.help},
    {key: 'x', text: t('officer.sign_out'), run: ways.signOut},
  ]});
}
