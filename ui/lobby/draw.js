// @ts-check
// The board as a picture: a function of what is known and of the time. It listens to
// nothing and keeps nothing, so that the gallery can draw it from made-up data.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {repeat} from '../vendor/lit-html/directives/repeat.js';
import {label, language, learn, t} from '../lib/catalogue.js';
import {clock, clockSeconds, dateText, duration, range, zoneName} from '../lib/times.js';
import {inOrder, partOf, seatList} from './called.js';
import {fitAll} from './fit.js';
import {pieces, turn} from './pages.js';
import {words} from './words.js';

learn(words);

/** @typedef {import('./called.js').Row} Row */
/** What the board knows. spot and rest are the rows that are up, past those that were;
 * heardAt is the server's time of the last frame, local this screen's own milliseconds.
 * @typedef {{view: any, connection: string, stopped: string|null, heardAt: string|number|null, now: number, local: number,
 *   title: string, own: number[], share: {part: number, parts: number}, spot: Row[], rest: Row[], past: Row[], away: Row[],
 *   sound: 'none'|'locked'|'on', hands: boolean, slide: string, said: string,
 *   page: <T extends {key: string}>(place: string, rows: T[], size: number) => {rows: T[], page: number, pages: number},
 *   unlock?: (tapped?: Event) => void, other?: () => void}} Board */

/** Numbers that stand large at once; more take turns. */
const SPOT_MOST = 24;
/** Smaller tiles at once beside a small call, and beside one that needs the room. */
const REST_MOST = 9;
const REST_FEW = 6;
const CROWD = 8;
const MISSED = 8;
const NEXT = 8;
const GROUPS = 1;
const ROOMS = 12;
const RECENT = 10;
/** Signs of the notice that fit its line. */
const NOTICE = 88;

/** @param {HTMLElement} root @param {Board} board */
export function drawBoard(root, board) {
  document.documentElement.dataset.connection = board.connection;
  render(html`<div class="board">${head(board)}${banner(board)}
    ${board.view ? html`<main>${hero(board)}${side(board)}</main>${rooms(board)}${notice(board)}` : first(board)}
    <p class="visually-hidden" aria-live="polite">${board.said}</p></div>`, root);
  fitAll(root);
}

/** @param {Board} board */
function head({title, now, view, connection, sound, hands, share, unlock, other}) {
  const demo = view?.speed === 0 ? t('lobby.paused') : view?.speed > 1 ? t('lobby.speed', {n: view.speed}) : '';
  return html`<header><div class="name"><b data-fit="line">${title}</b><span>${now ? dateText(now) : nothing}</span></div>
    <div class="tools">${share.parts > 1 ? html`<span>${t('lobby.share', share)}</span>` : nothing}
      ${demo ? html`<span class=${view.speed === 0 ? 'halted' : nothing}>${demo}</span>` : nothing}
      ${sound === 'locked' ? html`<button type="button" class="locked" @click=${unlock}>${t('lobby.locked')}</button>` : nothing}
      ${hands && sound === 'none' && unlock ? html`<button type="button" @click=${unlock}>${t('lobby.sound')}</button>` : nothing}
      ${hands && other ? html`<button type="button" @click=${other}>${language() === 'id' ? 'English' : 'Bahasa Indonesia'}</button>` : nothing}
      ${connection === 'live' ? html`<span class="fresh">${t('lobby.live')}</span>` : nothing}</div>
    <time>${now ? clock(now) : ''}<small>${now ? zoneName() : ''}</small></time></header>`;
}

/** @param {Board} board */
function banner({view, connection, stopped, heardAt}) {
  if (connection === 'live' || connection === 'connecting' || (!view && connection === 'stopped')) return nothing;
  return html`<p class="banner" role="alert"><b>${heardAt ? t('lobby.lost', {clock: clockSeconds(heardAt)}) : t('feed.stale_never')}</b>
    <span>${stopped ? label('feed.stopped', stopped) : t('lobby.lost_do')}</span></p>`;
}

/** What stands here before any view came.
 * @param {Board} board */
function first({connection, stopped}) {
  if (connection !== 'stopped') return quiet(t('feed.connecting'), '');
  if (stopped !== 'signed_out') return quiet(label('feed.stopped', stopped ?? 'forbidden'), '');
  return html`<section class="quiet"><h1>${t('lobby.unpaired')}</h1><a href="/pair">${t('lobby.pair')}</a></section>`;
}

/** @param {string} title @param {string} why */
function quiet(title, why) {
  return html`<section class="quiet"><h1>${title}</h1>${why ? html`<p>${why}</p>` : nothing}</section>`;
}

/** @param {Board} board */
function hero(board) {
  const {view, spot, slide, share} = board;
  const idle = !spot.some((row) => row.look !== 'here');
  if (slide && idle) return html`<section class="slide"><img src=${slide} alt=""></section>`;
  if (!view.open || spot.length === 0) return emptyHero(view);
  const large = board.page('spot', partOf(spot, share), SPOT_MOST);
  const rest = board.page('rest', inOrder(partOf(board.rest, share)), spot.length > CROWD ? REST_FEW : REST_MOST);
  return html`<section class="hero">${spotlight(view, large, idle)}${rest.rows.length === 0 ? nothing : html`
    <section class="rest live" data-lines=${lines(rest.rows.length)}><h2>${t('lobby.awaited')}${dots(rest)}</h2>
      <ol class="tiles" data-fit="grid" data-most="3.6">${repeat(rest.rows, (row) => row.key, (row) => small(view, row))}</ol></section>`}</section>`;
}

/** @param {number} n */
function lines(n) {
  return n <= 3 ? 1 : n <= 6 ? 2 : 3;
}

/** What stands in the middle when no number does.
 * @param {any} view */
function emptyHero(view) {
  if (view.over) return quiet(t('lobby.over'), view.waiting > 0 ? t('lobby.over_waiting', {n: view.waiting}) : t('lobby.over_why'));
  if (view.open) return quiet(t('lobby.quiet'), t('lobby.quiet_why'));
  return quiet(t('lobby.closed'), view.hours ? t('lobby.closed_until', {clock: ofDay(view.hours.open_s)}) : '');
}

/** @param {number} s */
function ofDay(s) {
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${two(Math.floor(s / 3600))}${language() === 'en' ? ':' : '.'}${two(Math.floor((s % 3600) / 60))}`;
}

/** The call that is made now: where to go, and all its numbers.
 * @param {any} view @param {{rows: Row[], page: number, pages: number}} large @param {boolean} idle */
function spotlight(view, large, idle) {
  const {rows} = large;
  const back = rows.length > 0 && rows.every((row) => row.look === 'back');
  const again = rows.some((row) => row.look === 'again');
  const ask = back ? t('lobby.back') : again ? t('lobby.again') : idle ? t('lobby.last') : t('lobby.come');
  const room = rows[0]?.room ?? 0;
  return html`<section class=${`spot live ${back ? 'back' : idle ? 'over' : 'now'}`} data-shape=${rows.length < 3 ? 'side' : 'top'}>
    <h1><span data-fit="line">${ask}</span>${back ? nothing : html`<b data-fit="line">${roomName(view, room)}</b>${extra(view, room)}`}${dots(large)}</h1>
    <ol class="nums" data-fit="grid" data-most="16" data-wide=${wide(rows)}>${repeat(rows, (row) => row.key, (row) => html`<li class=${row.look}>
      <b>${row.number}</b><span>${seatOrWord(view, row)}</span></li>`)}</ol></section>`;
}

/** How wide the tiles must be, by the longest number.
 * @param {Row[]} rows */
function wide(rows) {
  return Math.max(...rows.map((row) => row.number.length)) > 4 ? 'long' : 'short';
}

/** @param {any} view @param {Row} row */
function small(view, row) {
  return html`<li class=${row.look}><b>${row.number}</b><span>${row.look === 'back' ? t('lobby.back')
    : html`${row.look === 'again' ? html`<em>${t('lobby.again')}</em>` : nothing}<i>${roomName(view, row.room)}</i><i>${seatName(view, row)}</i>`}</span></li>`;
}

/** @param {any} view @param {Row} row */
function seatOrWord(view, row) {
  if (row.look === 'back') return nothing; // the heading says it of all
  return html`${seatName(view, row)}${row.look === 'here' ? html`<i class="tick" role="img" aria-label=${t('lobby.here')}>✓</i>` : nothing}`;
}

/** @param {{page: number, pages: number}} of */
function dots({page, pages}) {
  if (pages < 2) return nothing;
  return html`<span class="dots" aria-hidden="true">
    ${Array.from({length: pages}, (_, i) => html`<i class=${i === page ? 'on' : ''}></i>`)}</span>`;
}

/** @param {any} view @param {number} id */
function roomOf(view, id) {
  return view.rooms.find((/** @type {any} */ one) => one.id === id);
}

/** The name that the voice says too.
 * @param {any} view @param {number} id */
function roomName(view, id) {
  if (!roomOf(view, id)?.desk) return t('words.room_no', {n: id});
  const desks = view.rooms.filter((/** @type {any} */ one) => one.desk);
  return desks.length > 1 ? `${t('words.side_desk')} ${id}` : t('words.side_desk');
}

/** What else the branch calls the room: where it is, or what it is known as.
 * @param {any} view @param {number} id */
function extra(view, id) {
  const name = roomOf(view, id)?.name;
  return name ? html`<small data-fit="line">${name}</small>` : nothing;
}

/** The seat in words; a desk with one seat needs none.
 * @param {any} view @param {Row} row */
function seatName(view, row) {
  const room = roomOf(view, row.room);
  return room?.desk && room.capacity <= 1 ? '' : t('words.seat_no', {n: seatList(row.seats)});
}

/** @param {any} view @param {Row} row */
export function where(view, row) {
  return [roomName(view, row.room), seatName(view, row)].filter(Boolean).join(' · ');
}

/** @param {Board} board */
function side(board) {
  const {view, past, away, local} = board;
  const missed = turn(/** @type {string[]} */ (view.missed), MISSED, local);
  return html`<aside class="side">${view.over || !view.open ? nothing : html`${waits(view)}${next(board)}`}
    ${missed.length === 0 ? nothing : html`<section class="missed live"><h2>${t('lobby.missed')}<small>${t('lobby.missed_do')}</small></h2>${numbers(missed)}</section>`}
    ${list(t('lobby.away'), 'away', view, away)}${list(t('lobby.recent'), '', view, past.slice(0, RECENT))}</aside>`;
}

/** @param {string} title @param {string} kind @param {any} view @param {Row[]} rows */
function list(title, kind, view, rows) {
  if (rows.length === 0) return nothing;
  return html`<section class=${`recent ${kind} live`}><h2>${title}</h2>
    <ul>${rows.map((row) => html`<li><b>${row.number}</b><span data-fit="line">${where(view, row)}</span><small>${clock(row.at)}</small></li>`)}</ul></section>`;
}

/** @param {any} view */
function waits(view) {
  return html`<section class="waits live"><h2>${t('lobby.waits')}<small>${t('time.as_of', {clock: clock(view.as_of)})}</small></h2>
    ${view.waits.length === 0 ? html`<p>${label('wait', view.no_wait)}</p>` : html`<dl>${view.waits.map((/** @type {any} */ wait) => html`<div><dt>${label('channel', wait.lane)}</dt><dd>${range(wait.low_s, wait.high_s)}</dd></div>`)}</dl>`}</section>`;
}

/** The groups that form, by room; else the head of the line.
 * @param {Board} board */
function next({view, own, local}) {
  const forming = view.rooms.filter((/** @type {any} */ room) => room.next?.length > 0 && (own.length === 0 || own.includes(room.id)));
  const groups = turn(/** @type {any[]} */ (forming), GROUPS, local);
  if (groups.length + view.next.length === 0) return nothing;
  return html`<section class="next live"><h2>${groups.length > 0 ? t('lobby.next_groups') : t('lobby.next')}
      ${view.waiting > 0 ? html`<small>${t('lobby.waiting', {n: view.waiting})}</small>` : nothing}</h2>
    ${groups.length > 0 ? groups.map((room) => html`<h3>${roomName(view, room.id)}</h3>${numbers(turn(room.next, NEXT, local))}`) : numbers(view.next.slice(0, NEXT))}</section>`;
}

/** @param {string[]} list */
function numbers(list) {
  return html`<ul class="numbers">${list.map((number) => html`<li>${number}</li>`)}</ul>`;
}

/** @param {Board} board */
function rooms({view, own, now, local}) {
  const mine = view.rooms.filter((/** @type {any} */ room) => own.length === 0 || own.includes(room.id));
  const shown = turn(/** @type {any[]} */ (mine), ROOMS, local);
  return html`<ul class="rooms live">${shown.map((room) => html`<li class=${`at-${room.state}`}>
    <b data-fit="line">${roomName(view, room.id)}</b>
    <span data-fit="line">${roomState(room, now)}</span></li>`)}</ul>`;
}

/** What a room's state means to those who wait.
 * @param {any} room @param {number} now */
function roomState({state, until, frees, present}, now) {
  const left = until ? until - now / 1000 : 0;
  const span = duration(Math.max(60, Math.ceil(left / 60) * 60));
  if (state === 'closed') return t('lobby.room_closed');
  if (state === 'running' && (!present || frees && !until)) return t('lobby.room_open');
  if (left <= 0) return label('session', state);
  if (state === 'cleaning') return t('lobby.room_cleaning', {span});
  return frees ? t('lobby.room_frees', {span}) : t('lobby.room_left', {span});
}

/** @param {Board} board */
function notice({view, local}) {
  if (!view.notice) return nothing;
  return html`<footer><b>${t('lobby.notice')}</b><span>${turn(pieces(view.notice, NOTICE), 1, local)}</span></footer>`;
}
