// @ts-check
// The branch now: its figures against what was promised, the floor as it is, and beside
// it who carries it and what one officer for many brings.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {repeat} from '../../vendor/lit-html/directives/repeat.js';
import {actButton} from '../../lib/act.js';
import {language, learn, t} from '../../lib/catalogue.js';
import {clock, duration} from '../../lib/times.js';
import {firstSteps, level, together, unserved, waiting} from '../figures.js';
import {drawFirstSteps} from './first-steps.js';
import {drawFloor} from './floor.js';
import {oldestOf} from './floor-model.js';
import {textField} from '../form.js';
import {levelSign} from './level.js';
import {drawDetail} from './detail.js';
import {drawSide} from './side.js';
import {judged} from '../promises/model.js';
import {roomName} from '../room-name.js';
import {doneToday} from '../shell.js';
import {words} from './words.js';

learn(words);

/** @typedef {import('../app.js').Ctx} Ctx */

/** Rows of the last calls; more would push the lanes together, the fewer the more wait. */
const CALLS = 3;
const CALLS_CROWDED = 2;
const CROWDED = 90;

/** How old the day's work may grow, in real milliseconds: it is no feed, and four times
 * a minute follows an officer's hour closely enough. */
const WORK_MS = 15_000;

let workRead = 0;

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
  const {view, shelf} = ctx;
  if (Date.now() - workRead > WORK_MS) {
    workRead = Date.now();
    shelf.load('work');
  }
  return html`${drawFirstSteps(ctx)}
    ${view.rooms.length === 0 ? nothing : html`<div class="overview">
      <div class="live">${firstSteps(view, shelf.get('accounts')?.accounts ?? null).done ? notServed(view) : nothing}${figures(ctx)}</div>
      <div class="now live">${drawFloor(ctx, html`${closedNote(ctx)}${lobbyNote(ctx)}${calls(ctx)}${noticeField(ctx)}<a class="small sheet-link" href=${`/sheet?lang=${language()}`} target="_blank">${t('now.sheet')}</a>`)}
        <aside class="now-side">${drawDetail(ctx) ?? drawSide(ctx)}</aside></div></div>`}`;
}

/** @param {Ctx} ctx */
function closedNote({view}) {
  if (view.day.open) return nothing;
  return html`<p class="note small">${doneToday(view) ?? t('manager.room_day_closed')}</p>`;
}

/** A lobby that is called full by a limit that nobody set.
 * @param {Ctx} ctx */
function lobbyNote({view: {lobby}}) {
  if (!lobby.usual || lobby.persons <= lobby.max) return nothing;
  return html`<p class="note small">${t('now.lobby_usual', {max: lobby.max})} <a href="#policy/goals">${t('now.lobby_set')}</a></p>`;
}

/** Who waits for a programme that no room works, and what can be done: nobody would ever
 * call them.
 * @param {any} view */
function notServed(view) {
  return unserved(view).filter((one) => one.persons > 0).map(({code, programmes, persons}) => {
    const names = programmes.join(', ');
    return html`<div class="card unserved" role="alert"><p><strong>${t('now.unserved', {n: persons, names})}</strong> <span>${code === 'desk' ? t('now.unserved_desk') : t('now.unserved_none', {names})}</span></p>
      ${code === 'desk' ? nothing : html`<a class="button slim" href="#rooms/new-desk">${t('now.add_desk')}</a><a class="button slim" href="#policy/hours">${t('now.allow_group')}</a>`}</div>`;
  });
}

/** @param {Ctx} ctx */
function figures({view, now}) {
  const {totals, goals, lobby} = view;
  const oldest = Math.max(0, ...view.lines.map((/** @type {any} */ line) => oldestOf(line, now)));
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
  </section>`;
}

/** How the waits that visitors were told today turned out.
 * @param {any} promises */
function told(promises) {
  const score = promises?.first;
  if (!score || score.n === 0) return nothing;
  return figure(t('manager.f_told'), html`<a href="#promises">${score.inside_pct} %</a>`, t('manager.f_told_off', {span: short(score.error_s)}), judged(score.n, score.inside_pct) === 'under' ? 'over' : 'calm');
}

/** @param {unknown} name @param {unknown} value @param {unknown} sub @param {import('../figures.js').Level} how */
function figure(name, value, sub, how) {
  return html`<div class=${`stat figure-cell at-${how}`}><dt>${name}</dt><dd>${value}</dd><dd class="sub">${levelSign(how)}${sub}</dd></div>`;
}

/** @param {Ctx} ctx */
function calls({view}) {
  const list = view.calls.slice(0, view.queue.length > CROWDED ? CALLS_CROWDED : CALLS);
  if (list.length === 0) return nothing;
  return html`<div class="last-calls"><h4>${t('manager.calls')}</h4><ol>
    ${repeat(list, (/** @type {any} */ c) => c.seq, (/** @type {any} */ c) => html`<li class=${c.withdrawn ? 'gone' : ''}>
      <span class="figure small soft">${clock(c.at)}</span><span class="numbers small">${c.places.map((/** @type {any} */ p) => html`<span class=${p.here ? 'number' : 'number missing'}>${p.number}</span> `)}
        ${c.withdrawn ? t('manager.withdrawn') : html`<span class="soft">→ ${roomName(c.room)}</span>`}</span></li>`)}</ol></div>`;
}

/** @param {Ctx} ctx */
function noticeField({store, commands, shelf}) {
  const kept = shelf.get('notice')?.text ?? '';
  const value = notice ?? kept;
  const request = {method: 'PUT', path: '/api/v1/notice', body: {text: value.trim()}};
  return html`<details class="notice-field"><summary>${t('manager.notice')}${kept ? html`<span class="small soft"> ${kept}</span>` : nothing}</summary>
    ${textField({id: 'notice', label: t('manager.notice_label'), hint: t('manager.notice_why'), value, max: 200,
      onInput: (text) => { notice = text; store.update(); }})}
    <div class="row">${actButton({store, commands, slot: 'notice', request, text: t('manager.notice_show'), kind: 'slim',
      why: value.trim() !== kept ? null : kept === '' ? t('manager.notice_none') : t('manager.notice_same'),
      onDone: (answer) => { if (answer.ok) { notice = null; shelf.load('notice'); } }})}</div></details>`;
}
