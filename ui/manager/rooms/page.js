// @ts-check
// The rooms: which there are, how many each holds, and the drawing of one.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {repeat} from '../../vendor/lit-html/directives/repeat.js';
import {label, learn, t} from '../../lib/catalogue.js';
import {drawRoom} from '../../lib/room.js';
import {metres} from './metres.js';
import {capacityUnder} from './plan.js';
import {drawEditor, editorKey} from './editor.js';
import {words} from './words-draw.js';
import {words as policyWords} from '../policy/words.js';
import {roomName} from '../room-name.js';

learn(words);
learn(policyWords);

/** @type {Ctx|null} the last drawn */
let last = null;
addEventListener('keydown', (event) => { if (last?.place[0] === 'rooms' && location.hash.startsWith('#rooms')) editorKey(event, last); });

/** @typedef {import('../app.js').Ctx} Ctx */

/** What the drawing of a new room starts from until the policy is here. */
const DISTANCE = {distance_mm: 1500, occupancy_pct: 50};
const GROUP_MAX = 6;

/** @param {Ctx} ctx */
export function drawRooms(ctx) {
  const {shelf, view, place, store} = ctx;
  last = ctx;
  const rooms = shelf.get('rooms')?.rooms ?? null;
  const policy = shelf.get('policy')?.policy ?? null;
  if (!rooms) return html`<p class="empty">${t('feed.connecting')}</p>`;
  const distance = policy?.distance ?? DISTANCE;
  const groupMax = policy?.group.max ?? GROUP_MAX;
  const asked = place[1] === 'new' || place[1] === 'new-desk' ? place[1] : Number(place[1]);
  const room = typeof asked === 'string' ? null : rooms.find((/** @type {any} */ r) => r.id === asked) ?? rooms[0] ?? null;
  const making = typeof asked === 'string' || rooms.length === 0;
  const drafts = shelf.get('drafts')?.drafts ?? null;
  if (drafts === null && !shelf.problem('drafts')) return html`<p class="empty">${t('feed.connecting')}</p>`;
  const keptOf = (/** @type {number} */ id) => (drafts ?? []).find((/** @type {any} */ one) => one.drawing.id === id) ?? null;
  const list = html`<nav class="list" aria-label=${t('manager.rooms')}>
    ${repeat(rooms, (/** @type {any} */ r) => r.id, (/** @type {any} */ r) => entry(view, r, distance, groupMax, !making && room?.id === r.id, keptOf(r.id) !== null))}
    <a class=${making ? 'entry add current' : 'entry add'} href="#rooms/new" aria-current=${making ? 'page' : nothing}><span class="plus" aria-hidden="true">+</span> ${t('rooms.add')}</a></nav>`;
  // A number that a draft holds is no new side desk's, or keeping one would lose the other.
  const drafted = asked === 'new-desk' ? (drafts ?? []).filter((/** @type {any} */ one) => !one.drawing.desk).map((/** @type {any} */ one) => one.drawing.id) : [];
  store.state.roomsKnown = [...rooms.map((/** @type {any} */ r) => r.id), ...drafted];
  return html`<div class="with-list">${list}${drawEditor(ctx, making ? null : room, making ? newDraft(drafts ?? [], rooms, asked === 'new-desk') : keptOf(room.id), distance, groupMax, making && asked === 'new-desk')}</div>`;
}

/** A draft of a room that there is not yet; who asks for a side desk goes on with one only.
 * @param {any[]} drafts @param {any[]} rooms @param {boolean} desk */
function newDraft(drafts, rooms, desk) {
  return drafts.find((one) => !rooms.some((r) => r.id === one.drawing.id) && (!desk || one.drawing.desk)) ?? null;
}

/** @param {any} view @param {any} room @param {any} distance @param {number} groupMax @param {boolean} current @param {boolean} drafted */
function entry(view, room, distance, groupMax, current, drafted) {
  const session = view.rooms.find((/** @type {any} */ m) => m.room.id === room.id)?.session;
  const cap = capacityUnder(room, distance, groupMax);
  const closed = room.seats.filter((/** @type {any} */ s) => s.closed).length;
  return html`<a class=${current ? 'entry current' : 'entry'} href=${`#rooms/${room.id}`} aria-current=${current ? 'page' : nothing}>
    <div class="entry-plan" aria-hidden="true">${drawRoom({...room, desk: undefined, name: String(room.id)}, {scale: false, look: (seat) => ({state: seat.closed ? 'closed' : 'free'})})}</div>
    <div class="entry-text"><div class="row spread"><strong>${roomName(room.id, room.desk)}</strong>${session ? html`<span class="small in-use"><span class="dot on"></span>${t('rooms.used')}</span>` : nothing}</div>
      <span class="small soft">${t('rooms.size', {w: metres(room.width_mm), d: metres(room.depth_mm), n: room.seats.length})}</span>
      <span class="small soft">${t('rooms.holds', {n: cap.persons, limit: label('limit_short', cap.binds).toLowerCase()})}${closed > 0 ? ` · ${t('rooms.closed_n', {n: closed})}` : nothing}</span>${drafted ? html`<span class="small draft-mark">${t('rooms.drafted')}</span>` : nothing}</div></a>`;
}
