// @ts-check
// One room on the overview: its plan with who sits where, its session, and the five
// limits of its capacity with the one that binds.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {label, t} from '../../lib/catalogue.js';
import {vars} from '../../lib/css.js';
import {stateTag} from '../../lib/parts.js';
import {drawRoom} from '../../lib/room.js';
import {clock, duration, stopwatch} from '../../lib/times.js';
import {whyText} from '../../lib/why.js';
import {five, held, warnings} from '../figures.js';
import {roomName} from '../room-name.js';

/** @typedef {import('../app.js').Ctx} Ctx */

/** Whoever is ready and waits longer than this for the officer is pointed out. */
const STUCK_S = 480;

/** A cupboard beside a hall is still drawn so high, in percent, that its numbers can be read. */
const LEAST_PCT = 60;

/** States in which the time since says nothing to a manager. */
const TIMELESS = new Set(['free', 'closed', 'unusable']);

/** @param {any} seat @param {number} now @returns {import('../../lib/room.js').Look} */
export function lookOf(seat, now) {
  const state = seat.closed && seat.state === 'free' ? 'closed' : seat.state;
  return {
    state,
    number: seat.number,
    // A booth that is being cleaned counts down, as it does for its officer.
    note: TIMELESS.has(state) ? undefined : stopwatch(state === 'cleaning' && seat.free_at ? Math.max(0, seat.free_at - now) : now - seat.since),
    alert: seat.help ? '!' : seat.too_near ? '↔' : undefined,
    urgent: state === 'ready' && now - seat.since > STUCK_S,
  };
}

/** @param {Ctx} ctx @param {any} m a room of the view @param {number} deepest the depth of the deepest room
 * @param {'roomy'|'dense'|'tiny'} how */
export function drawTile(ctx, m, deepest, how) {
  const {now, name} = ctx;
  const {room, session, capacity} = m;
  const title = roomName(room.id, room.desk);
  const plan = {name: title, width_mm: room.width_mm, depth_mm: room.depth_mm, seats: m.seats, obstacles: room.obstacles, keep_clear: room.keep_clear};
  const crew = session ? session.crew.map(name).join(', ') : '';
  const warns = warnings(m, now, STUCK_S).length > 0;
  const state = session?.state ?? 'empty';
  const chosen = ctx.place[1] === 'room' && ctx.place[2] === String(room.id);
  const onSeat = (/** @type {any} */ seat) => ctx.go(seat.visit ? `now/visit/${seat.visit}` : `now/room/${room.id}`);
  return html`<article class=${`card tile is-${state}${session ? '' : ' idle'}${warns ? ' warns' : ''}${chosen ? ' chosen' : ''}`} data-room=${room.id}>
    <header class="row spread"><h3><a href=${`#now/room/${room.id}`}>${title}</a></h3>${heldText(m, how)}</header>
    <p class="small soft tile-sub"><span>${stateTag('session', state)}${session?.last && how === 'roomy' ? html` <span class="tag is-closing">${t('manager.last_call')}</span>` : nothing}</span>
      ${how === 'tiny' ? nothing : html`<span class="tile-crew">${session ? crew : label('mode', room.mode)}</span>`}</p>
    <div class="plan" ${vars({'--room-height': `${Math.max(LEAST_PCT, Math.round((room.depth_mm * 100) / deepest))}%`})}>${drawRoom(plan, {look: (seat) => lookOf(seat, now), scale: false, onSeat})}</div>
    ${session && how === 'roomy' ? limits(capacity) : nothing}
    ${session && how === 'dense' && !warns ? html`<p class="small tile-why" title=${t('manager.binds')}><b class="binds-name">${label('limit', capacity.binds)}</b></p>` : how === 'tiny' && !warns ? nothing : html`<p class="small tile-why">${says(ctx, m, how)}</p>`}
  </article>`;
}

/** @param {any} m @param {string} how */
function heldText(m, how) {
  const {persons, limit, over} = held(m);
  const text = how !== 'roomy' || over ? `/${limit}` : t('manager.held_of', {limit});
  return html`<div class=${over ? 'held figure over' : 'held figure'} title=${over ? t('manager.room_over', {n: persons, limit}) : t('manager.held_why')}><b>${persons}</b><span>${text}</span></div>`;
}

/** @param {any} capacity */
function limits(capacity) {
  return html`<dl class="limits" aria-label=${t('manager.limits')}>${five(capacity).map((limit) => html`<div class=${limit.binds ? 'binds' : ''}
      title=${label('limit', limit.code)}><dt>${label('limit_short', limit.code)}</dt><dd class="figure">${limit.unlimited ? '∞' : limit.value}
      ${limit.binds ? html`<span class="visually-hidden">${t('manager.binds')}</span>` : nothing}</dd></div>`)}</dl>`;
}

/** The one line that a manager should read about a room now.
 * @param {Ctx} ctx @param {any} m @param {string} how */
function says({now, view}, m, how) {
  const list = warnings(m, now, STUCK_S);
  if (list.length > 0) {
    return list.map((w, i) => html`<strong class="warn">${i > 0 ? ' · ' : ''}${
      w.code === 'help' ? t('manager.warn_help', {n: w.n})
        : w.code === 'stuck' && how !== 'roomy' ? t('manager.warn_stuck_short', {n: w.n})
        : w.code === 'stuck' ? t('manager.warn_stuck', {n: w.n, span: duration(STUCK_S)}) : t('manager.warn_near', {n: w.n})}</strong>`);
  }
  if (!m.session) return view.day.open ? t('manager.room_idle') : view.today?.done ? t('manager.done_today') : t('manager.room_day_closed');
  if (m.session.state === 'cleaning' && m.room.ready_at) return t('manager.clean_until', {clock: clock(m.room.ready_at)});
  const {persons, limit, over} = held(m);
  if (over) return html`<span class="soft">${t('manager.room_over', {n: persons, limit})}</span>`;
  if (m.proposed > 0) return t('manager.proposed', {n: m.proposed});
  const why = m.wait[0];
  // The rules name the visit by its id; people know its number.
  const other = why?.code === 'seats_held_for_another' ? view.longest.find((/** @type {any} */ v) => v.visit === why.a)?.number : undefined;
  if (why?.code === 'seats_held_for_another' && !other) return html`<span class="soft">${t('manager.seats_held')}</span>`;
  if (why) return html`<span class="soft">${whyText(why, other)}</span>`;
  const full = m.capacity.present >= m.capacity.persons;
  return html`<span class="soft">${full ? t('manager.room_full') : t('manager.room_turning')}</span>`;
}
