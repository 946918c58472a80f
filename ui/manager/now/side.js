// @ts-check
// Beside the floor plan: what one officer for many brings today against one-to-one, what
// holds the branch back, how the officers are loaded, and who waits longest.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {repeat} from '../../vendor/lit-html/directives/repeat.js';
import {label, t} from '../../lib/catalogue.js';
import {vars} from '../../lib/css.js';
import {clock, duration, stopwatch} from '../../lib/times.js';
import {level, officers, unserved} from '../figures.js';
import {binding, loadOf, multiplier} from './floor-model.js';
import {levelSign} from './level.js';

/** @typedef {import('../app.js').Ctx} Ctx */

/** Rows of the longest waits: fewer beside a warning and beside a full crew, because every
 * officer's load is to be seen at one glance. */
const LONGEST = 5;
const LONGEST_FEW = 3;
const FULL_CREW = 7;

/** @param {Ctx} ctx */
export function drawSide(ctx) {
  return html`${yieldCard(ctx)}${bindsCard(ctx)}${officersCard(ctx)}${longestCard(ctx)}`;
}

/** Tenths as they are written.
 * @param {number} n */
function tenths(n) {
  return t('manager.tenth', {whole: Math.floor(n / 10), part: n % 10});
}

/** @param {Ctx} ctx */
function yieldCard({shelf}) {
  const work = shelf.get('work');
  if (!work) return nothing;
  const says = multiplier(work);
  if (says.kind === 'none') return html`<section class="card side-card yield"><h2>${t('now.yield')}</h2><p class="small soft">${t('now.yield_none')}</p></section>`;
  if (says.kind === 'early') {
    const part = Math.min(100, Math.round(Math.min(says.claims / says.of, says.time_s / says.of_s) * 100));
    return html`<section class="card side-card yield"><h2>${t('now.yield')}</h2><p><strong>${t('now.early')}</strong></p>
      <div class="bar" ${vars({'--share': `${part}%`})}></div>
      <p class="small soft">${t('now.early_why', {claims: says.claims, of: says.of, time: duration(says.time_s), of_time: duration(says.of_s)})}</p></section>`;
  }
  const wide = Math.max(says.group, says.single, 1);
  const bar = (/** @type {number} */ rate, /** @type {string} */ how, /** @type {string} */ what) => html`<div class="rate"><span class="small">${what}</span>
    <span class=${`rate-bar ${how}`} ${vars({'--share': `${Math.max(2, Math.round((rate * 100) / wide))}%`})}></span><b class="figure">${tenths(rate)}</b></div>`;
  const basis = `${t('now.rate_unit')} ${says.basis === 'measured'
    ? t('now.basis_measured', {claims: work.single.claims, days: work.days})
    : t('now.basis_rehearsed', {programme: work.programme})}`;
  return html`<section class="card side-card yield"><div class="row spread"><h2>${t('now.yield')}</h2><b class="yield-times figure">${tenths(says.times)}×</b></div>
    ${bar(says.group, 'many', t('now.rate_many'))}${bar(says.single, 'one', t('now.rate_one'))}
    <p class="small soft yield-basis" title=${says.basis === 'measured' ? basis : `${basis} ${t('now.basis_why')}`}>${basis}</p></section>`;
}

/** @param {Ctx} ctx */
function bindsCard({view}) {
  const {list, rooms, persons, present} = binding(view);
  if (rooms === 0) return nothing;
  return html`<section class="card side-card binds-card"><div class="row spread"><h2>${t('now.binds')}</h2>
      <span class="figure small" title=${t('manager.held_why')}><b>${present}</b>${t('manager.held_of', {limit: persons})}</span></div>
    <ul class="binds-list">${list.map(({code, rooms: which}) => html`<li title=${t('now.binds_rooms', {rooms: which.join(', ')})}><span class="binds-name">${label('limit', code)}</span>
      <span class="binds-rooms small soft">${t('now.rooms_n', {n: which.length, rooms: which.join(', ')})}</span></li>`)}</ul></section>`;
}

/** @param {Ctx} ctx */
function officersCard(ctx) {
  const {view, shelf} = ctx;
  const work = shelf.get('work')?.officers ?? [];
  const list = officers(view);
  const here = list.filter((/** @type {any} */ o) => o.presence !== 'off_shift');
  const away = list.length - here.length;
  const shift = [here.length > 0 ? t('manager.on_shift', {n: here.length}) : '', away > 0 ? t('manager.off_shift', {n: away}) : ''].filter(Boolean).join(' · ');
  return html`<section class="card side-card officers-card"><div class="row spread"><h2>${t('manager.officers')} <span class="small soft">${shift}</span></h2>
      ${here.length > 0 ? html`<span class="small soft load-unit">${t('now.per_hour')}</span>` : nothing}</div>
    ${here.length === 0 ? html`<p class="soft">${t('manager.nobody_works')}</p>` : html`<ul class="loads" tabindex="0">
      ${repeat(here, (/** @type {any} */ o) => o.id, (/** @type {any} */ o) => officerRow(ctx, o, loadOf(work.find((/** @type {any} */ w) => w.officer === o.id))))}</ul>
      <p class="small soft load-key"><span><i class="l-busy"></i>${t('now.busy')}</span><span><i class="l-between"></i>${t('now.between')}</span><span><i class="l-pause"></i>${t('now.pause')}</span><span><i class="l-idle"></i>${t('now.idle')}</span></p>`}</section>`;
}

/** One line each: who, where and with whom; how the shift went; claims an hour.
 * @param {Ctx} ctx @param {any} o @param {ReturnType<typeof loadOf>} load */
function officerRow({name, now}, o, load) {
  const away = o.presence === 'on_break' || o.presence === 'stepped_off';
  const does = away ? html`<span class="tag is-parked">${label('presence', o.presence)}${o.until ? ` → ${clock(o.until)}` : ''}</span>`
    : o.with_seat ? t('manager.with_seat', {n: o.with_seat, time: stopwatch(now - o.with_since)})
      : o.room ? (o.ready > 0 ? t('manager.ready_n', {n: o.ready}) : t('manager.between')) : t('manager.no_room');
  return html`<li><span class="officer-name"><strong title=${name(o.id)}>${name(o.id)}</strong><span class="small soft does">${o.room && !away ? html`${t('now.in_room', {n: o.room})} · ` : nothing}${does}</span></span>
    ${load ? html`<span class="load" role="img" title=${t('now.load_says', {busy: load.busy, between: load.between, pause: load.pause})} aria-label=${t('now.load_says', {busy: load.busy, between: load.between, pause: load.pause})}>
      ${['busy', 'between', 'pause'].map((part) => html`<span class=${`l-${part}`} ${vars({'--share': `${/** @type {any} */ (load)[part]}%`})}></span>`)}</span>
      <span class="small figure soft load-pct">${t('now.busy_pct', {n: load.busy})}</span>
      <b class="small figure" title=${t('now.per_hour_why', {n: load.claims})}>${load.perHour === null ? '–' : tenths(load.perHour)}</b>` : nothing}</li>`;
}

/** @param {Ctx} ctx */
function longestCard({view, now}) {
  const few = unserved(view).some((one) => one.persons > 0) || view.officers.filter((/** @type {any} */ o) => o.presence !== 'off_shift').length >= FULL_CREW;
  const list = view.longest.slice(0, few ? LONGEST_FEW : LONGEST);
  return html`<section class="card side-card"><h2>${t('manager.longest')}</h2>
    ${list.length === 0 ? html`<p class="soft">${t('manager.nobody_waits')}</p>` : html`<table class="table tight longest"><tbody>
      ${repeat(list, (/** @type {any} */ v) => v.visit, (/** @type {any} */ v) => {
        const how = level(now - v.waits_since, view.goals);
        return html`<tr class=${`at-${how}`}><td class="number"><a href=${`#now/visit/${v.visit}`}>${v.number}</a></td>
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
