// @ts-check
// The board in the lobby: who is called now, to which room and seat. Runs for months
// without a touch, so what it draws is a function of the newest view and of the time.
// In the address: ?sound=1 speak without a tap (a kiosk browser that allows it),
// ?voice=id,en what to speak, ?rooms=1,2 this lobby's rooms only, ?title= the branch's
// name, ?lang=, ?theme=light.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {repeat} from '../vendor/lit-html/directives/repeat.js';
import {label, language, learn, openLanguage, setLanguage, t} from '../lib/catalogue.js';
import {Announcer, BrowserVoice} from '../lib/chime.js';
import {Feed} from '../lib/feed.js';
import {clock, dateText, duration, range, setZone} from '../lib/times.js';
import {grid, inOrder, notice, seatList, split} from './called.js';
import {Pages, pieces, turn} from './pages.js';
import {words} from './words.js';

/** @typedef {import('./called.js').Row} Row */

/** Rows up at once: at 6 m, ten on a 43 inch display are 30 mm high. */
const ROWS = 10;
const MISSED = 8;
const ROOMS = 8;
const RECENT = 10;
/** Signs of the notice that fit a line of the wall. */
const NOTICE = 96;
/** A demo faster than this speaks the newest call only. */
const SPEAK_ALL_BELOW = 4;
/** A board that the server turned away asks again: nobody is there to touch it. */
const AGAIN_MS = 60_000;

learn(words);
const asked = new URLSearchParams(location.search);
const own = (asked.get('rooms') ?? '').split(',').filter(Boolean).map(Number);
const voice = new BrowserVoice();
const announcer = new Announcer(voice, {languages: /** @type {any} */ ((asked.get('voice') ?? 'id').split(','))});
const pages = /** @type {Pages<Row>} */ (new Pages());
/** @type {Map<string, number>} */
const seen = new Map();
let feed = open();
let stoppedAt = 0;
let planned = false;

function open() {
  return new Feed('/api/v1/feed/lobby', (from) => {
    const view = from.view();
    if (view) hear(from, view);
    if (planned) return;
    planned = true;
    setTimeout(draw, 50);
  });
}

/** @param {Feed} from @param {any} view */
function hear(from, view) {
  setZone(view.zone_s, view.offset_s);
  announcer.newestOnly = (view.speed ?? 1) >= SPEAK_ALL_BELOW;
  notice(seen, view.calls, performance.now());
  announcer.take(from.book.epoch, view.calls.filter(ours), from.clock.now());
}

/** @param {{room: number}} call */
function ours(call) {
  return own.length === 0 || own.includes(call.room);
}

/** @param {any} view @param {number} room */
function roomName(view, room) {
  const desks = view.rooms.filter((/** @type {any} */ one) => one.desk);
  if (!desks.some((/** @type {any} */ one) => one.id === room)) return t('words.room_no', {n: room});
  return desks.length > 1 ? `${t('words.side_desk')} ${room}` : t('words.side_desk');
}

/** The seat in words; a desk with one seat needs none.
 * @param {any} view @param {Row} row */
function seatName(view, row) {
  const room = view.rooms.find((/** @type {any} */ one) => one.id === row.room);
  return room?.desk && room.capacity <= 1 ? '' : t('words.seat_no', {n: seatList(row.seats)});
}

/** @param {any} view @param {Row} row */
function where(view, row) {
  return [roomName(view, row.room), seatName(view, row)].filter(Boolean).join(' · ');
}

/** @param {any} view @param {Row} row */
function called(view, row) {
  const back = row.look === 'back';
  const room = roomName(view, row.room);
  const seat = seatName(view, row);
  return html`<li class=${`call ${row.look}`} data-wide=${width(Math.max(room.length, seat.length), 8, 12)}>
    <span class="no">${row.number}</span>
    <span class="to">${back ? t('lobby.back') : html`<span>${room}</span><b>${seat}</b>`}</span>
    ${row.look === 'again' ? html`<em>${t('lobby.again')}</em>` : nothing}</li>`;
}

/** How far a text of n signs must shrink: 0, 1 or 2.
 * @param {number} n @param {number} some @param {number} much */
function width(n, some, much) {
  return Number(n > some) + Number(n > much);
}

/** @param {any} view @param {Row[]} all @param {boolean} now some of them are still awaited */
function hero(view, all, now) {
  if (!view.open || all.length === 0) {
    const [title, why] = emptyText(view);
    return html`<section class="hero empty"><h1>${title}</h1><p>${why}</p></section>`;
  }
  const {rows, page, pages: of} = pages.take(inOrder(all, ROWS), ROWS, performance.now());
  const {columns, lines} = grid(rows.length, innerHeight > innerWidth);
  const long = width(Math.max(...rows.map((row) => row.number.length)), 4, 5);
  return html`<section class="hero live"><h1 class=${now ? nothing : 'over'}>${now ? t('lobby.come') : t('lobby.last')}
      ${of > 1 ? html`<span class="dots" role="img" aria-label=${t('lobby.page', {page: page + 1, pages: of})}>
        ${Array.from({length: of}, (_, i) => html`<i class=${i === page ? 'on' : ''}></i>`)}</span>` : nothing}</h1>
    <ol class="calls" data-columns=${columns} data-lines=${lines} data-long=${long}>
      ${repeat(rows, (row) => row.key, (row) => called(view, row))}</ol></section>`;
}

/** What stands in the middle when no number does.
 * @param {any} view */
function emptyText(view) {
  if (view.over) return [t('lobby.over'), t('lobby.over_why')];
  return view.open ? [t('lobby.quiet'), t('lobby.quiet_why')] : [t('lobby.closed'), t('lobby.closed_why')];
}

/** @param {any} view */
function rooms(view) {
  const list = turn(view.rooms.filter((/** @type {any} */ room) => ours({room: room.id})), ROOMS, performance.now());
  return html`<ul class="rooms live">${list.map((/** @type {any} */ room) => html`<li class=${`room at-${room.state}`}>
    <b>${roomName(view, room.id)}</b>${room.capacity > 1 && room.state !== 'closed'
      ? html`<small aria-label=${t('lobby.present', {n: room.present, of: room.capacity})}>${room.present}/${room.capacity}</small>` : nothing}
    <span>${roomState(room)}</span></li>`)}</ul>`;
}

/** What a room's state means to those who wait.
 * @param {any} room */
function roomState({state, until}) {
  if (state === 'closed') return t('lobby.room_closed');
  if (state === 'forming') return t('lobby.room_forming');
  return until ? t('lobby.until', {clock: clock(until)}) : label('session', state);
}

/** @param {any} view @param {Row[]} past */
function side(view, past) {
  const missed = turn(view.missed, MISSED, performance.now());
  return html`<aside class="side">
    ${view.over ? over(view) : html`<section><h2>${t('lobby.waits')} <small>${t('time.as_of', {clock: clock(view.as_of)})}</small></h2>
      <dl class="live">${view.waits.map((/** @type {any} */ wait) => html`<div><dt>${label('channel', wait.lane)}</dt>
        <dd>${range(wait.low_s, wait.high_s)}</dd></div>`)}</dl></section>
    <section class="next"><h2>${t('lobby.next')} <small>${view.waiting > 0 ? t('lobby.waiting', {n: view.waiting}) : t('lobby.nobody')}</small></h2>
      ${numbers(view.next)}</section>`}
    ${missed.length === 0 ? nothing : html`<section class="missed"><h2>${t('lobby.missed')} <small>${t('lobby.missed_do')}</small></h2>
      ${numbers(missed)}</section>`}
    ${past.length === 0 ? nothing : html`<section class="recent"><h2>${t('lobby.recent')}</h2>
      <ul class="live">${past.slice(0, RECENT).map((row) => html`<li><b>${row.number}</b>
        <span>${where(view, row)}</span><small>${clock(row.at)}</small></li>`)}</ul></section>`}
  </aside>`;
}

/** Nobody is called any more today: what becomes of those who still wait. Without any of
 * them the middle of the board has said it.
 * @param {any} view */
function over(view) {
  return html`<section class="over"><h2>${t('lobby.over')} <small>${t('time.as_of', {clock: clock(view.as_of)})}</small></h2>
    <p>${view.waiting > 0 ? t('lobby.over_waiting', {n: view.waiting}) : t('lobby.over_why')}</p></section>`;
}

/** @param {string[]} list */
function numbers(list) {
  return html`<ul class="numbers live">${list.map((number) => html`<li>${number}</li>`)}</ul>`;
}

/** @param {any} view */
function head(view) {
  const now = feed.clock.now();
  const age = feed.heardAt > 0 ? t('lobby.age', {span: duration((performance.now() - feed.heardAt) / 1000)}) : feed.stopped ? '' : t('feed.connecting');
  return html`<header><div class="name"><b>${asked.get('title') ?? t('lobby.title')}</b><span>${feed.clock.known() ? dateText(now) : nothing}</span></div>
    <div class="tools"><span class=${`age ${feed.connection}`}>${age}</span>
      ${view?.speed === 0 ? html`<span class="halted">${t('lobby.paused')}</span>` : view?.speed > 1 ? html`<span>${t('lobby.speed', {n: view.speed})}</span>` : nothing}
      ${voice.unlocked() ? nothing : html`<button type="button" @click=${unlock}>${t('lobby.sound')}</button>`}
      <button type="button" title=${t('language.switch')} @click=${other}>${language() === 'id' ? 'EN' : 'ID'}</button></div>
    <time>${feed.clock.known() ? clock(now) : ''}</time></header>`;
}

function banner() {
  if (feed.stopped === 'signed_out' && !feed.view()) return nothing;
  if (feed.connection === 'live' || feed.connection === 'connecting') return nothing;
  const text = feed.stopped === 'signed_out' ? t('lobby.unpaired') : feed.stopped ? label('feed.stopped', feed.stopped)
    : feed.heardAt > 0 ? t('lobby.lost', {span: duration((performance.now() - feed.heardAt) / 1000)}) : t('feed.stale_never');
  return html`<p class="banner" role="alert">${text}</p>`;
}

/** What stands here before any view came. */
function first() {
  if (feed.stopped !== 'signed_out') return html`<section class="hero empty"><h1>${t('feed.connecting')}</h1></section>`;
  return html`<section class="hero empty"><h1>${t('lobby.unpaired')}</h1><p>${t('lobby.unpaired_why')}<br><a href="/pair">${t('lobby.pair')}</a></p></section>`;
}

function draw() {
  planned = false;
  const root = document.documentElement;
  const view = feed.view();
  const local = performance.now();
  root.dataset.connection = feed.connection;
  document.title = t('lobby.title');
  // Nothing stands on the same spots of the glass for months.
  const step = Math.floor(local / AGAIN_MS);
  root.style.setProperty('--x', `${[0, 4, 8, 4, 0, -4, -8, -4][step % 8]}px`);
  root.style.setProperty('--y', `${[-6, -3, 0, 3, 6, 3, 0, -3][step % 8]}px`);
  const {now, past} = split((view?.calls ?? []).filter(ours), seen, {now: feed.clock.now() / 1000, local, holdS: view?.hold_s ?? 0, missed: view?.missed});
  // Between calls the last one stays large: who looks up late still finds it.
  const up = now.length > 0 ? now : past.filter((row) => row.seq === past[0].seq);
  const news = now.filter((row) => row.seq === now[0].seq);
  render(html`<div class="board">${head(view)}${banner()}
    ${view ? html`<main>${hero(view, up, up.some((row) => row.look !== 'here'))}${side(view, past.filter((row) => !up.includes(row)))}</main>${rooms(view)}` : first()}
    ${view?.notice ? html`<footer>${turn(pieces(view.notice, NOTICE), 1, local)}</footer>` : nothing}
    <p class="heard" aria-live="polite">${news.map((row) => `${row.number}: ${row.look === 'back' ? t('lobby.back') : where(view, row)}. `)}</p></div>`,
  /** @type {HTMLElement} */ (document.getElementById('screen')));
}

function tick() {
  if (feed.connection !== 'stopped') stoppedAt = 0;
  else if (stoppedAt === 0) stoppedAt = performance.now();
  else if (feed.stopped !== 'replaced' && performance.now() - stoppedAt > AGAIN_MS) {
    feed.close();
    stoppedAt = 0;
    feed = open();
  }
  draw();
}

function unlock() {
  voice.unlock().then(draw);
}

function other() {
  setLanguage(language() === 'id' ? 'en' : 'id');
  draw();
}

async function stayAwake() {
  try {
    if (document.visibilityState === 'visible') await /** @type {any} */ (navigator).wakeLock?.request('screen');
  } catch {
    // Refused to save power, or plain HTTP: then the display's own settings decide.
  }
}

if (asked.get('theme') === 'light') document.documentElement.dataset.theme = 'light';
openLanguage('lobby');
if (asked.get('sound') === '1') unlock();
addEventListener('pointerdown', unlock, {once: true});
document.addEventListener('visibilitychange', stayAwake);
stayAwake();
setInterval(tick, 1000);
draw();
