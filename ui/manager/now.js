// @ts-check
// The branch now: what waits against what was promised, the rooms as they are, who
// carries them, and what was called.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {repeat} from '../vendor/lit-html/directives/repeat.js';
import {actButton} from '../lib/act.js';
import {label, t} from '../lib/catalogue.js';
import {vars} from '../lib/css.js';
import {clock, duration, range, stopwatch} from '../lib/times.js';
import {flow, lanes, level, officers, share, together, waiting} from './figures.js';
import {drawFirstSteps} from './first-steps.js';
import {textField} from './form.js';
import {judged} from './promises-model.js';
import {drawTile} from './tile.js';

/** @typedef {import('./app.js').Ctx} Ctx */

/** Rows of the longest waits and of the calls; more would push the rooms away. */
const LONGEST = 6;
const CALLS = 5;

/** @type {string|null} */
let notice = null;

/** A length of time that fits into a narrow cell; nothing measured yet is a dash.
 * @param {number} seconds */
function short(seconds) {
  if (!(seconds > 0)) return '–';
  const m = Math.floor(seconds / 60);
  return m < 60 ? t('manager.short_m', {m}) : t('manager.short_hm', {h: Math.floor(m / 60), m: String(m % 60).padStart(2, '0')});
}

/** @param {Ctx} ctx */
export function drawNow(ctx) {
  const {view} = ctx;
  // All rooms are drawn to one scale, so that a large room looks large.
  const depth = Math.max(1, ...view.rooms.map((/** @type {any} */ m) => m.room.depth_mm));
  return html`${drawFirstSteps(ctx)}
    ${view.rooms.length === 0 ? nothing : html`<div class="live">${figures(ctx)}</div><div class="now live">
      <section class="floor" aria-label=${t('manager.floor')}><h2 class="visually-hidden">${t('manager.floor')}</h2>
        ${repeat(view.rooms, (/** @type {any} */ m) => m.room.id, (/** @type {any} */ m) => drawTile(ctx, m, depth))}</section>
      <aside class="now-side stack">${lanesCard(ctx)}${longestCard(ctx)}${officersCard(ctx)}${callsCard(ctx)}${noticeCard(ctx)}</aside>
    </div>`}`;
}

/** @param {Ctx} ctx */
function figures({view, now}) {
  const {totals, goals, lobby} = view;
  const oldest = Math.max(0, ...view.lines.map((/** @type {any} */ line) => line.oldest_s));
  const inside = together(view);
  const full = lobby.persons > lobby.max;
  const tenth = inside.atOnce === null ? '–' : t('manager.tenth', {whole: Math.floor(inside.atOnce / 10), part: inside.atOnce % 10});
  return html`<section class="card figures" aria-label=${t('manager.figures')}>
    <dl>
      ${figure(t('manager.f_waiting'), waiting(view), t('manager.f_lobby', {n: lobby.persons, max: lobby.max}), full ? 'over' : 'calm')}
      ${figure(t('manager.f_oldest'), short(oldest), t('manager.f_alarm', {span: duration(goals.alarm_wait_s)}), level(oldest, goals))}
      ${figure(t('manager.f_mean'), short(totals.wait_mean_s), t('manager.f_promise', {span: duration(goals.promised_wait_s)}), level(totals.wait_mean_s, goals))}
      ${figure(t('manager.f_door'), short(totals.door_mean_s), t('manager.f_goal', {span: duration(goals.door_to_door_s)}),
        totals.door_mean_s > goals.door_to_door_s ? 'over' : 'calm')}
      ${figure(t('manager.f_inside'), inside.persons, t('manager.f_at_once', {n: tenth}), 'calm')}
      ${figure(t('manager.f_settled'), totals.settled, t('manager.f_of', {n: totals.claims, returned: totals.returned}), 'calm')}
      ${figure(t('manager.f_missed'), totals.no_shows, t('manager.f_left', {n: totals.left}), 'calm')}
      ${figure(t('manager.f_overtaken'), totals.overtaken, t('manager.f_most', {n: totals.overtaken_max}), 'calm')}
      ${told(view.promises)}
    </dl>
    ${flowBar(view.counts)}
  </section>`;
}

/** How the waits that visitors were told today turned out.
 * @param {any} promises */
function told(promises) {
  const score = promises?.first;
  if (!score || score.n === 0) return nothing;
  return figure(t('manager.f_told'), html`<a href="#promises">${score.inside_pct} %</a>`, t('manager.f_told_off', {span: short(score.error_s)}), judged(score.n, score.inside_pct) === 'under' ? 'over' : 'calm');
}

/** @param {unknown} name @param {unknown} value @param {unknown} sub @param {import('./figures.js').Level} how */
function figure(name, value, sub, how) {
  return html`<div class=${`stat figure-cell at-${how}`}><dt>${name}</dt><dd>${value}</dd><dd class="sub">${levelSign(how)}${sub}</dd></div>`;
}

/** A sign beside a figure that is not calm: colour alone is not enough.
 * @param {import('./figures.js').Level} how */
export function levelSign(how) {
  if (how === 'alarm') return html`<b class="sign" title=${t('manager.at_alarm')}>‼</b> `;
  if (how === 'over') return html`<b class="sign" title=${t('manager.at_over')}>!</b> `;
  return nothing;
}

/** @param {Record<string, number>} counts */
function flowBar(counts) {
  const parts = flow(counts);
  const booked = counts.booked ?? 0;
  if (parts.length === 0) return nothing;
  return html`<div class="flow">
    <div class="flow-bar" role="img" aria-label=${parts.map((p) => `${label('flow', p.code)} ${p.count}`).join(', ')}>
      ${parts.map((p) => html`<span class=${`f-${p.code}`} ${vars({'--share': String(p.share)})}></span>`)}</div>
    <ul class="flow-words"><li class="soft">${t('manager.flow_visits')}</li>${parts.map((p) => html`<li><span class=${`dot f-${p.code}`}></span>${label('flow', p.code)} <b class="figure">${p.count}</b></li>`)}
      ${booked > 0 ? html`<li class="soft">${t('manager.booked_today')} <b class="figure">${booked}</b></li>` : nothing}</ul></div>`;
}

/** @param {Ctx} ctx */
function lanesCard({view}) {
  const list = lanes(view);
  return html`<section class="card side-card"><h2>${t('manager.lanes')}</h2>
    <div class="lanes">${list.map((/** @type {any} */ lane) => html`<div class="lane">
      <div class="row spread"><strong>${label('channel', lane.lane)}</strong><span class="figure lane-count">${t('manager.waiting_n', {n: lane.waiting})}</span></div>
      <div class=${`gauge at-${lane.oldest}`} ${vars({'--share': `${share(lane.oldest_s, view.goals)}%`, '--mark': `${share(view.goals.promised_wait_s, view.goals)}%`})}
        role="img" aria-label=${t('manager.gauge', {span: duration(lane.oldest_s), promise: duration(view.goals.promised_wait_s)})}></div>
      <div class="row spread small"><span>${lane.waiting > 0 ? html`${levelSign(lane.oldest)}${t('manager.oldest', {span: duration(lane.oldest_s)})}` : t('manager.nobody')}</span>
        <span class="soft">${lane.low_s === null || !view.day.open ? nothing : t('manager.expected', {range: range(lane.low_s, lane.high_s)})}</span></div>
    </div>`)}</div>
    <p class="small soft">${t('manager.gauge_why', {promise: duration(view.goals.promised_wait_s), alarm: duration(view.goals.alarm_wait_s)})}</p></section>`;
}

/** @param {Ctx} ctx */
function longestCard({view, now}) {
  const list = view.longest.slice(0, LONGEST);
  return html`<section class="card side-card"><h2>${t('manager.longest')}</h2>
    ${list.length === 0 ? html`<p class="soft">${t('manager.nobody_waits')}</p>` : html`<table class="table tight"><tbody>
      ${repeat(list, (/** @type {any} */ v) => v.visit, (/** @type {any} */ v) => {
        const how = level(now - v.waits_since, view.goals);
        return html`<tr class=${`at-${how}`}><td class="number">${v.number}</td>
          <td class="small soft">${marks(v)}</td>
          <td class="end figure">${levelSign(how)}${stopwatch(now - v.waits_since)}</td></tr>`;
      })}</tbody></table>`}</section>`;
}

/** What sets a waiting number apart, in a few words.
 * @param {any} v */
function marks(v) {
  const list = [
    v.persons > 1 ? t('words.persons', {n: v.persons}) : '',
    v.priority && v.priority !== 'none' ? label('priority', v.priority) : '',
    v.accessible ? t('seat.accessible') : '',
    v.overtaken > 0 ? t('manager.overtaken', {n: v.overtaken}) : '',
  ].filter(Boolean);
  return list.length === 0 ? label('channel', v.channel) : list.join(' · ');
}

/** @param {Ctx} ctx */
function officersCard(ctx) {
  const {view} = ctx;
  const list = officers(view);
  const here = list.filter((/** @type {any} */ o) => o.presence !== 'off_shift');
  const away = list.length - here.length;
  return html`<section class="card side-card"><h2>${t('manager.officers')}</h2>
    ${here.length === 0 ? html`<p class="soft">${t('manager.nobody_works')}</p>` : html`<ul class="crew">
      ${repeat(here, (/** @type {any} */ o) => o.id, (/** @type {any} */ o) => officerRow(ctx, o))}</ul>`}
    ${away > 0 ? html`<p class="small soft">${t('manager.off_shift', {n: away})}</p>` : nothing}</section>`;
}

/** @param {Ctx} ctx @param {any} o */
function officerRow({name, now}, o) {
  const does = o.presence === 'on_break' || o.presence === 'stepped_off'
    ? html`<span class="tag is-parked">${label('presence', o.presence)}${o.until ? ` → ${clock(o.until)}` : ''}</span>`
    : o.with_seat ? t('manager.with_seat', {n: o.with_seat, time: stopwatch(now - o.with_since)})
      : o.room ? (o.ready > 0 ? t('manager.ready_n', {n: o.ready}) : t('manager.between')) : t('manager.no_room');
  const pips = Array.from({length: Math.min(o.limit, 12)}, (_, i) => html`<i class=${i < o.persons ? 'on' : ''}></i>`);
  return html`<li><div class="row spread"><strong>${name(o.id)}</strong><span class="small soft">${o.room ? t('words.room_no', {n: o.room}) : nothing}</span></div>
    <div class="row spread small"><span>${does}</span>
      ${o.limit > 0 ? html`<span class="pips" role="img" aria-label=${t('manager.load', {n: o.persons, limit: o.limit})}>${pips}</span>` : nothing}</div></li>`;
}

/** @param {Ctx} ctx */
function callsCard({view}) {
  const list = view.calls.slice(0, CALLS);
  if (list.length === 0) return nothing;
  return html`<section class="card side-card"><h2>${t('manager.calls')}</h2><table class="table tight"><tbody>
    ${repeat(list, (/** @type {any} */ c) => c.seq, (/** @type {any} */ c) => html`<tr class=${c.withdrawn ? 'gone' : ''}>
      <td class="figure small">${clock(c.at)}</td><td class="small nowrap">${t('words.room_no', {n: c.room})}</td>
      <td class="numbers">${c.places.map((/** @type {any} */ p) => html`<span class=${p.here ? 'number' : 'number missing'}>${p.number}</span> `)}
        ${c.withdrawn ? html`<span class="small soft">${t('manager.withdrawn')}</span>` : c.kind === 'recall' ? html`<span class="small soft">${label('call', c.kind)}</span>` : nothing}</td></tr>`)}
  </tbody></table></section>`;
}

/** @param {Ctx} ctx */
function noticeCard({store, commands, shelf}) {
  const kept = shelf.get('notice')?.text ?? '';
  const value = notice ?? kept;
  const request = {method: 'PUT', path: '/api/v1/notice', body: {text: value.trim()}};
  return html`<section class="card side-card"><h2>${t('manager.notice')}</h2>
    ${textField({id: 'notice', label: t('manager.notice_label'), hint: t('manager.notice_why'), value, max: 200,
      onInput: (text) => { notice = text; store.update(); }})}
    <div class="row">${actButton({store, commands, slot: 'notice', request, text: t('manager.notice_show'), kind: 'slim',
      why: value.trim() !== kept ? null : kept === '' ? t('manager.notice_none') : t('manager.notice_same'),
      onDone: (answer) => { if (answer.ok) { notice = null; shelf.load('notice'); } }})}</div></section>`;
}
