// @ts-check
// The living floor plan: the lobby with its lanes of people on the left, the rooms in
// their rows, and between them the corridors in which those who were called walk.

import {html, nothing, svg} from '../../vendor/lit-html/lit-html.js';
import {repeat} from '../../vendor/lit-html/directives/repeat.js';
import {label, t} from '../../lib/catalogue.js';
import {vars} from '../../lib/css.js';
import {duration, range} from '../../lib/times.js';
import {share} from '../figures.js';
import {roomName} from '../room-name.js';
import {columnsFor, density, lanesOf, walks, way} from './floor-model.js';
import {levelSign} from './level.js';
import {drawTile} from './tile.js';

/** @typedef {import('../app.js').Ctx} Ctx */

/** @param {Ctx} ctx @param {unknown} foot what stands at the lobby's end */
export function drawFloor(ctx, foot) {
  const {view, now} = ctx;
  const rooms = view.rooms;
  // All rooms are drawn to one scale, so that a large room looks large.
  const depth = Math.max(1, ...rooms.map((/** @type {any} */ m) => m.room.depth_mm));
  const how = density(rooms.length);
  requestAnimationFrame(place);
  return html`<section class=${`branch ${how}`} aria-label=${t('manager.floor')} ${vars({'--columns': String(columnsFor(rooms.length)), '--rows': String(Math.ceil(rooms.length / columnsFor(rooms.length)))})}>
    <h2 class="visually-hidden">${t('manager.floor')}</h2>
    <svg class="ways" aria-hidden="true">${walks(view).map((/** @type {any} */ walk) => ways(walk))}</svg>
    ${lobby(ctx, lanesOf(view, now), foot)}
    <div class="rooms-plan">${repeat(rooms, (/** @type {any} */ m) => m.room.id, (/** @type {any} */ m) => drawTile(ctx, m, depth, how))}</div>
  </section>`;
}

/** The lines to one room: those on their way, and behind them those who would be next.
 * @param {{room: number, coming: number, next: number}} walk */
function ways({room, coming, next}) {
  const tip = svg`<path class=${coming > 0 ? 'way-tip coming' : 'way-tip'} data-tip=${room}></path>`;
  return svg`${next > 0 ? svg`<path class="way next" data-way=${room}></path>` : nothing}${coming > 0 ? svg`<path class="way coming" data-way=${room}></path>` : nothing}${tip}`;
}

/** How far above a room its corridor runs, and how large the tip at its door is, in pixels. */
const CORRIDOR = 13;
const TIP = 8;

/** Puts the lines where the rooms are: the browser lays the cards out, so only it knows. */
function place() {
  const plan = document.querySelector('.branch');
  const exit = plan?.querySelector('.lobby-exit');
  if (!plan || !exit) return;
  const whole = plan.getBoundingClientRect();
  const at = (/** @type {Element} */ e) => {
    const r = e.getBoundingClientRect();
    return {left: r.left - whole.left, top: r.top - whole.top, right: r.right - whole.left, bottom: r.bottom - whole.top};
  };
  const door = at(exit);
  const from = {x: door.right, y: Math.round((door.top + door.bottom) / 2)};
  const rooms = plan.querySelector('.rooms-plan');
  if (!rooms) return;
  const hall = Math.round((door.right + at(rooms).left) / 2);
  plan.querySelectorAll('[data-way]').forEach((path) => {
    const room = plan.querySelector(`[data-room="${path.getAttribute('data-way')}"]`);
    if (!room) return;
    const r = at(room);
    const to = {x: Math.round((r.left + r.right) / 2), y: r.top};
    path.setAttribute('d', way(from, to, {x: hall, y: r.top - CORRIDOR}));
    // The way ends at a door that can be seen: a tip that points into the room.
    plan.querySelector(`[data-tip="${path.getAttribute('data-way')}"]`)?.setAttribute('d', `M${to.x - TIP} ${r.top - TIP}h${2 * TIP}l${-TIP} ${TIP}z`);
  });
}

addEventListener('resize', () => requestAnimationFrame(place));

/** @param {Ctx} ctx @param {ReturnType<typeof lanesOf>} lanes @param {unknown} foot */
function lobby({view}, lanes, foot) {
  const {persons, max} = view.lobby;
  const full = persons > max;
  return html`<div class="lobby-plan"><span class="lobby-exit" aria-hidden="true"></span>
    <header class="row spread"><h3>${t('now.lobby')}</h3><span class=${full ? 'held figure over' : 'held figure'} title=${t('now.lobby_why')}><b>${persons}</b>/${max}</span></header>
    ${lanes.map((lane) => laneOf(view, lane))}
    <div class="lobby-foot">${foot}</div></div>`;
}

/** @param {any} view @param {ReturnType<typeof lanesOf>[number]} lane */
function laneOf(view, lane) {
  const {goals, day} = view;
  return html`<div class="lane-plan">
    <div class="row spread"><strong>${label('channel', lane.lane)}</strong><span class="figure lane-count">${lane.waiting}</span></div>
    ${lane.waiting === 0 ? html`<p class="small soft">${t('manager.nobody')}</p>` : html`<ul class="people-line" aria-label=${t('now.lane', {lane: label('channel', lane.lane), n: lane.waiting})}>
      ${repeat(lane.dots, (dot) => dot.visit, (dot, i) => html`<li><a href=${`#now/visit/${dot.visit}`} class=${`dot-of at-${dot.level}${dot.room ? ' next' : ''}${i === 0 ? ' head' : ''}${dot.persons > 1 ? ' party' : ''}`}
        title=${dotTitle(dot)} aria-label=${dotTitle(dot)}>${i === 0 ? dot.number : dot.persons > 1 ? dot.persons : nothing}</a></li>`)}
      ${lane.more > 0 ? html`<li class="small soft">+${lane.more}</li>` : nothing}</ul>
    <div class=${`gauge at-${lane.level}`} ${vars({'--share': `${share(lane.oldest_s, goals)}%`, '--mark': `${share(goals.promised_wait_s, goals)}%`})}
      role="img" aria-label=${t('manager.gauge', {span: duration(lane.oldest_s), promise: duration(goals.promised_wait_s)})}></div>
    <p class="small lane-says"><span class=${`at-${lane.level}`}>${levelSign(lane.level)}<span class="figure">${t('manager.oldest', {span: duration(lane.oldest_s)})}</span></span></p>`}
    ${lane.low_s === null || !day.open ? nothing : html`<p class="small soft lane-says lane-expects" title=${t('manager.expected_why')}><span class="visually-hidden">${t('manager.expected_why')}: </span>${t('manager.expected', {range: range(lane.low_s, Number(lane.high_s))})}</p>`}</div>`;
}

/** @param {import('./floor-model.js').Dot} dot */
function dotTitle(dot) {
  const parts = [dot.number, t('now.waits', {span: duration(dot.waits_s)})];
  if (dot.persons > 1) parts.push(t('words.persons', {n: dot.persons}));
  if (dot.room) parts.push(t('now.goes', {room: roomName(dot.room)}));
  return parts.join(' · ');
}
