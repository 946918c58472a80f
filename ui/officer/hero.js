// @ts-check
// The bar on top of the bench: whom the officer is with, and who should be next and why.
// Whatever the room's state, the one act that leads on is here, and it is the loudest.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {repeat} from '../vendor/lit-html/directives/repeat.js';
import {label, t} from '../lib/catalogue.js';
import {clock, duration, stopwatch} from '../lib/times.js';
import {button, programmeTag, reasons, seatsText, staffName} from './draw.js';
import {soonest} from './model.js';
import {roomName} from './room-name.js';

/** @typedef {import('./draw.js').Desk} Desk */
/** @typedef {import('./model.js').Turn} Turn */

/** @param {Desk} desk */
export function hero(desk) {
  const pieces = piecesOf(desk);
  // Keyed, so that a focused button is never turned into another act under the finger.
  return html`<section class="hero live" aria-label=${t('officer.next')}>
    ${repeat(pieces, (piece) => piece.key, (piece) => piece.body)}</section>`;
}

/** @param {Desk} desk @returns {{key: string, body: unknown}[]} */
function piecesOf(desk) {
  const {phase} = desk.sight;
  if (phase !== 'running' && phase !== 'closing' && phase !== 'forming') return [{key: phase, body: still(desk)}];
  const held = desk.sight.with;
  const next = desk.sight.turns[0];
  const pieces = [];
  if (held) pieces.push({key: `with-${held.seats.join()}-${held.since}`, body: withPiece(desk)});
  if (next) pieces.push({key: `next-${next.room}-${next.seat}`, body: nextPiece(desk, next, Boolean(held))});
  else pieces.push(idle(desk));
  return pieces;
}

/** Nobody waits for the officer: the group on its way, else whom to call.
 * @param {Desk} desk @returns {{key: string, body: unknown}} */
function idle(desk) {
  const {view, sight} = desk;
  if (sight.coming.length > 0) return {key: 'coming', body: comingPiece(desk)};
  if (!sight.with && sight.phase !== 'closing' && view.proposal.picks.length > 0) return {key: 'call', body: callPiece(desk)};
  if (sight.phase === 'closing' && sight.taken === 0) return {key: 'done', body: plain(t('officer.all_done'), t('officer.all_done_why'), button(desk, 'close', {kind: 'primary large'}))};
  const quiet = sight.taken > 0 ? t('officer.nobody_ready') : t('officer.room_empty');
  const next = soonest(view, sight);
  const why = sight.taken > 0 ? next ? t('officer.soonest', {seat: next.no, clock: clock(next.at)}) : t('officer.nobody_ready_why') : reasons(view.proposal.wait, view.proposal.holding);
  return {key: 'quiet', body: plain(quiet, why, nothing, sight.with ? 'later' : '')};
}

/** @param {unknown} title @param {unknown} sub @param {unknown} act @param {string} [kind] */
function plain(title, sub, act, kind = '') {
  return html`<div class=${`piece ${kind}`}><div class="words"><strong class="title">${title}</strong><span class="sub">${sub}</span></div><div class="do">${act}</div></div>`;
}

/** The states in which no session runs for this officer. @param {Desk} desk */
function still(desk) {
  const {view, sight} = desk;
  const session = view.session;
  const left = Math.max(0, (view.room.ready_at ?? 0) - sight.now);
  const place = roomName(view.room.id);
  switch (sight.phase) {
    case 'day_closed': return plain(view.day_done ? t('officer.day_done') : t('officer.day_closed'), t('officer.day_closed_why'), nothing);
    case 'off_shift': return plain(t('officer.off_shift', {name: desk.me.name}), t('officer.off_shift_why'), button(desk, 'on', {kind: 'primary large'}));
    case 'no_session': return plain(t('officer.no_session', {room: place}), left > 0 ? t('officer.cleaning_left', {left: stopwatch(left)}) : t('officer.no_session_why', {n: sight.waiting}),
      button(desk, 'open', {kind: 'primary large'}));
    case 'elsewhere': return plain(t('officer.elsewhere', {room: roomName(sight.mine?.room)}), t('officer.elsewhere_why'), toRooms(desk));
    case 'not_mine': return plain(t('officer.not_mine', {room: place}), t('officer.not_mine_why', {names: session.crew.map((/** @type {number} */ id) => staffName(desk.staff, id)).join(', ')}), html`${button(desk, 'join', {kind: 'primary large'})}${toRooms(desk)}`);
    case 'cleaning': return plain(t('officer.cleaning', {room: place}), t('officer.cleaning_why'),
      html`<span class="figure count" aria-label=${t('officer.cleaning_left', {left: stopwatch(left)})}>${stopwatch(left)}</span>${button(desk, 'room_clean', {kind: 'primary large'})}`, 'stale');
    default: return away(desk);
  }
}

/** @param {Desk} desk */
function away(desk) {
  const {mine, turns, now} = desk.sight;
  const title = mine.presence === 'on_break' ? t('officer.on_break') : t('officer.is_out');
  const until = mine.until ? t('officer.away_until', {clock: clock(mine.until), left: duration(Math.max(0, mine.until - now))}) : t('officer.away_since', {span: duration(now - mine.since)});
  const wait = turns.length > 0 ? t('officer.away_waiting', {n: turns.length}) : t('officer.away_nobody');
  return plain(title, html`${until} · ${wait}`, button(desk, 'back', {kind: 'primary large'}), 'stale');
}

/** @param {Desk} desk */
function toRooms(desk) {
  return html`<button type="button" class="button large" @click=${desk.toRooms}>${t('officer.rooms')}</button>`;
}

/** @param {Desk} desk */
function withPiece(desk) {
  const held = /** @type {import('./model.js').With} */ (desk.sight.with);
  const gone = Math.max(0, desk.sight.now - held.since);
  const expect = held.step?.mean_s ?? 0;
  const where = held.elsewhere ? `${roomName(held.room)} · ${seatsText(held.seats)}` : seatsText(held.seats);
  return html`<div class="piece now"><span class="eyebrow">${t('officer.with_you')}</span>
    <span class="number">${held.group ? t('officer.group') : held.visit?.number ?? ''}</span>
    <div class="words"><strong>${where}${held.step ? html` · ${label('step', held.step.step)}` : nothing}</strong>
      <span class=${`sub figure${expect > 0 && gone > 2 * expect ? ' over' : ''}`}>${stopwatch(gone)}${expect > 0 ? html` / ${t('officer.usually', {span: duration(expect)})}` : nothing}</span></div></div>`;
}

/** @param {Desk} desk @param {Turn} next @param {boolean} later the officer is with somebody */
function nextPiece(desk, next, later) {
  const other = next.room === desk.view.room.id ? nothing : html`${roomName(next.room)} · `;
  return html`<div class=${`piece next${later ? ' later' : ''}${next.overdue ? ' overdue' : ''}`}>
    <span class="eyebrow">${later ? t('officer.then') : t('officer.next')}</span>
    <span class="number">${next.seat === 0 ? t('officer.group') : next.number}</span>
    <div class="words"><strong>${other}${seatsText(next.seats)}${next.claim ? html` · ${programmeTag(next.claim.programme)}` : nothing}${next.step ? html` · ${label('step', next.step.step)}` : nothing}</strong>
      <span class="sub">${reasons(next.why)}</span></div>
    <div class="wait"><span class="figure">${stopwatch(next.waited)}</span><span class="sub">${t('officer.waits_for_you')}</span></div>
    ${later ? nothing : html`<div class="do">${button(desk, 'take', {kind: 'primary large'})}</div>`}</div>`;
}

/** @param {Desk} desk */
function comingPiece(desk) {
  const {coming} = desk.sight;
  const seats = desk.view.seats.filter((/** @type {any} */ seat) => seat.state === 'expected').length;
  return html`<div class="piece coming"><span class="eyebrow">${t('officer.on_the_way')}</span><span class="number">${coming.length === 1 ? coming[0].number : coming.length}</span>
    <div class="words"><strong>${coming.length === 1 ? seatsText(coming[0].seats) : t('officer.coming_seats', {n: seats})}</strong>
      <span class="sub">${t('officer.coming_why')}</span></div>
    <div class="wait"><span class="figure">${stopwatch(coming[0].waited)}</span><span class="sub">${t('officer.since_call')}</span></div>
    <div class="do">${button(desk, 'all_present', {kind: 'primary large'})}</div></div>`;
}

/** @param {Desk} desk */
function callPiece(desk) {
  const plan = desk.view.proposal;
  const wait = plan.due ? t('officer.call_due') : plan.due_at ? t('officer.call_due_at', {left: stopwatch(Math.max(0, plan.due_at - desk.sight.now))}) : '';
  return html`<div class=${`piece call${plan.due ? ' due' : ''}`}><span class="eyebrow">${plan.call === 'refill' ? t('officer.propose_refill') : t('officer.propose')}</span>
    <span class="number">${plan.picks.length > 3 ? t('words.persons', {n: plan.persons}) : plan.picks.map((/** @type {any} */ pick) => pick.number).join('  ')}</span>
    <div class="words"><strong>${plan.picks.length > 3 ? plan.picks.map((/** @type {any} */ pick) => pick.number).join('  ') : t('officer.propose_seats', {n: plan.persons})}</strong>
      <span class="sub">${[wait, reasons(plan.wait, plan.holding)].filter(Boolean).join(' · ')}</span></div>
    <div class="do">${button(desk, 'call', {kind: plan.due ? 'primary large' : 'large'})}</div></div>`;
}
