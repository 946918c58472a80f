// @ts-check
// The frame around the manager's pages: the bar with the day and the clock, what is
// wrong with the branch, and the questions that need an answer before something big.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {actButton} from '../lib/act.js';
import {label, language, t} from '../lib/catalogue.js';
import {hint} from '../lib/keys.js';
import {connectionBanner, languageSwitch, mark, pulse} from '../lib/parts.js';
import {signOut} from '../lib/signin.js';
import {clock, clockSeconds, dateText, duration, zoneName} from '../lib/times.js';
import {clockOff, closing, dayAfter} from './figures.js';
import {checkField} from './form.js';
import {roomName} from './room-name.js';

/** @typedef {import('./app.js').Ctx} Ctx */

/** The pages, in the order of their keys. */
export const PAGES = [
  {code: 'now', name: () => t('manager.now')},
  {code: 'rooms', name: () => t('manager.rooms')},
  {code: 'staff', name: () => t('manager.staff')},
  {code: 'devices', name: () => t('manager.devices')},
  {code: 'policy', name: () => t('manager.policy')},
  {code: 'what-if', name: () => t('manager.what_if')},
  {code: 'promises', name: () => t('manager.promises')},
  {code: 'reports', name: () => t('manager.reports')},
  {code: 'audit', name: () => t('manager.audit')},
];

/** Pages without a tab of their own, and where one comes to them from. */
const WITHIN = /** @type {Record<string, string>} */ ({media: 'devices'});

const MINUTES = 60;

let byForce = false;

/** @param {Ctx} ctx */
export function drawTop(ctx) {
  const {view, place} = ctx;
  return html`<header class="top bar-top">${mark()}
    <nav class="tabs" aria-label=${t('manager.title')}>${PAGES.map((page, i) => html`<a href=${`#${page.code}`}
      aria-current=${(WITHIN[place[0]] ?? place[0]) === page.code ? 'page' : nothing}>${page.name()}${hint(String(i + 1))}</a>`)}</nav>
    <div class="row push">${view ? dayOf(ctx) : nothing}
      <div class="now-clock" title=${view ? dateText(ctx.now) : nothing}><span class="figure">${view ? clockSeconds(ctx.now) : '–'}</span>
        <span class="small soft">${zoneName()}</span></div>
      ${pulse(ctx.store.state)}<button type="button" class="button quiet help" aria-label=${t('keys.help')} @click=${ctx.help}>${hint('?')}</button>${languageSwitch()}
      ${ctx.session?.kind === 'session' ? html`<div class="who"><span class="small">${ctx.session.display || ctx.session.name}</span>${signOut(ctx)}</div>` : nothing}</div></header>`;
}

/** @param {Ctx} ctx */
function dayOf({view, sheet}) {
  const {day} = view;
  const done = doneToday(view, true);
  // No button that could only refuse: what it would say stands in its place.
  if (done) return html`<div class="day"><span class="dot"></span><span class="day-done" title=${doneToday(view) ?? nothing}>${done}</span></div>`;
  const until = !day.open ? t('manager.day_closed')
    : day.extended ? t('manager.day_extended')
      : t('manager.day_until', {last: ofDay(day.last_ticket_s), close: ofDay(day.close_s)});
  return html`<div class="day"><span class=${day.open ? 'dot on' : 'dot'}></span><span class="small">${until}</span>
    <button type="button" class=${day.open ? 'button slim' : 'button slim call'} @click=${() => sheet(day.open ? 'close' : 'open')}>
      ${day.open ? t('manager.close_day') : t('manager.open_day')}</button></div>`;
}

/** What is said of a day that was closed and cannot be opened again; null of any other.
 * @param {any} view @param {boolean} [short] in a word @returns {string|null} */
export function doneToday({today}, short = false) {
  if (!today?.done) return null;
  if (!today.next) return t('manager.done_today');
  const next = {day: dayAfter(today.date, today.next, language()), at: ofDay(today.next_s)};
  return short ? t('manager.done_short', next) : t('manager.done_next', next);
}

/** A second of the day as it is read from a clock.
 * @param {number} s */
export function ofDay(s) {
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return t('manager.clock', {h: two(Math.floor(s / 3600)), m: two(Math.floor((s % 3600) / MINUTES))});
}

/** A code of the view that is said quietly, once, and not in red for the whole day. */
const QUIETLY = 'insecure_lan';

/** @param {Ctx} ctx */
export function drawBanners(ctx) {
  const {view, session, store} = ctx;
  const insecure = session?.insecure && !session?.demo && !store.state.insecureRead;
  return html`${connectionBanner(store.state)}
    ${(view?.banners ?? []).filter((/** @type {string} */ code) => code !== QUIETLY).map((/** @type {string} */ code) => banner(ctx, code))}
    ${insecure ? html`<div class="banner quiet-banner">${t('manager.insecure')}
      <button type="button" class="button slim push" @click=${() => store.update({insecureRead: true})}>${t('manager.understood')}</button></div>` : nothing}`;
}

/** @param {Ctx} ctx @param {string} code */
function banner(ctx, code) {
  if (code === 'clock_differs' || code === 'clock_held') return clockBanner(ctx, code);
  return html`<div class="banner stopped" role="alert">${label('banner', code)}</div>`;
}

/** The wall clock and the branch's time differ: by how much, and one press that makes
 * the branch follow the wall.
 * @param {Ctx} ctx @param {string} code */
function clockBanner(ctx, code) {
  const {view, store, commands} = ctx;
  const off = view.clock_off_s ?? measured(ctx);
  const held = code === 'clock_held';
  const request = held ? {path: '/api/v1/clock/confirm', body: {}} : {path: '/api/v1/clock/adjust', body: {by_s: off}};
  const size = duration(Math.abs(off ?? 0));
  const text = held || off === null ? label('banner', code)
    : off > 0 ? t('manager.clock_ahead', {size}) : t('manager.clock_behind', {size});
  return html`<div class="banner stale" role="alert"><span>${text}</span>
    ${!held && off === null ? nothing : actButton({store, commands, slot: 'clock', request, kind: 'slim',
      text: held ? t('manager.clock_right') : t('manager.clock_adjust')})}</div>`;
}

/** @param {Ctx} ctx */
function measured({shelf, view}) {
  const {date, at} = shelf.clock;
  if (!date) return null;
  return clockOff(date, view.at - Math.round((Date.now() - at) / 1000), view.offset_s);
}

/** The question that stands over the page, if one does.
 * @param {Ctx} ctx */
export function drawSheet(ctx) {
  const code = ctx.store.state.sheet;
  if (!code || !ctx.view) return nothing;
  const body = code === 'open' ? openDay(ctx) : closeDay(ctx);
  return html`<dialog class="sheet asked" aria-labelledby="asked-title" @close=${() => ctx.sheet(null)}>${body}</dialog>`;
}

/** @param {Ctx} ctx */
function openDay({store, commands, view, now, sheet}) {
  const request = {path: '/api/v1/day/open', body: {}};
  const done = doneToday(view);
  return html`<h2 id="asked-title">${t('manager.open_title', {date: dateText(now)})}</h2>
    <p class=${done ? 'note' : 'gap'}>${done ?? t('manager.open_why')}</p>
    ${view.today && !view.today.service ? html`<p class="note">${t('manager.open_no_service')}</p>` : nothing}
    ${view.rooms.length === 0 ? html`<p class="note">${t('manager.open_no_room')}</p>` : nothing}
    <div class="row">${actButton({store, commands, slot: 'day', request, text: t('manager.open_day'), kind: 'primary large', why: done,
      onDone: (answer) => answer.ok && sheet(null)})}
      <button type="button" class="button large" @click=${() => sheet(null)}>${t('manager.not_yet')}</button></div>`;
}

/** Closing ends the day for everybody inside, so it says for whom and how.
 * @param {Ctx} ctx */
function closeDay({store, commands, view, now, sheet}) {
  const fate = closing(view);
  const busy = fate.sessions.length > 0;
  const request = {path: '/api/v1/day/close', body: busy && byForce ? {force: true} : {}};
  const early = view.day.close_s > 0 && !view.day.extended && now + view.offset_s + view.zone_s > 0
    && secondOfDay(now + view.offset_s, view.zone_s) < view.day.close_s;
  const list = [
    fate.seated > 0 ? t('manager.fate_seated', {n: fate.seated}) : '',
    fate.guaranteed > 0 ? t('manager.fate_waiting', {n: fate.guaranteed}) : '',
    fate.incomplete > 0 ? t('manager.fate_incomplete', {n: fate.incomplete}) : '',
    fate.booked > 0 ? t('manager.fate_booked', {n: fate.booked}) : '',
  ].filter(Boolean);
  return html`<h2 id="asked-title">${t('manager.close_title')}</h2>
    ${early ? html`<p class="note">${t('manager.close_early', {close: ofDay(view.day.close_s), now: clock(now)})}</p>` : nothing}
    ${list.length === 0 ? html`<p class="gap">${t('manager.fate_none')}</p>` : html`<ul class="fate">${list.map((line) => html`<li>${line}</li>`)}</ul>`}
    ${busy ? checkField({label: t('manager.close_force', {rooms: fate.sessions.map((/** @type {number} */ n) => roomName(n)).join(', ')}), hint: t('manager.close_force_why'), on: byForce,
      onChange: (on) => { byForce = on; store.update(); }}) : nothing}
    <div class="row">${actButton({store, commands, slot: 'day', request, text: t('manager.close_day'), kind: 'danger large',
      why: busy && !byForce ? t('manager.close_sessions') : null,
      onDone: (answer) => { if (answer.ok) { byForce = false; sheet(null); } }})}
      <button type="button" class="button large" @click=${() => sheet(null)}>${t('manager.go_on')}</button></div>`;
}

/** @param {number} wall @param {number} zoneS */
function secondOfDay(wall, zoneS) {
  return (wall + zoneS) % 86_400;
}
