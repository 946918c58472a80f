// @ts-check
// The demo's clock and its rooms: faster, slower, stand still, and be the officer.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {actButton} from '../lib/act.js';
import {language, t} from '../lib/catalogue.js';
import {stateTag} from '../lib/parts.js';
import {clockSeconds, dateText, range, zoneName} from '../lib/times.js';

/** @typedef {{store: any, commands: any, shelf: any, state: any, view: any, session: any, now: number|null}} Ctx */

const SPEEDS = [1, 10, 60];

/** @param {Ctx} ctx */
export function drawClock({store, commands, shelf, state, view, now}) {
  const set = (/** @type {any} */ body, /** @type {string} */ slot, /** @type {string} */ text, /** @type {boolean} */ on) => {
    const press = () => commands.send(slot, {path: '/api/v1/demo', body}).then(() => shelf.load('demo'));
    return html`<button type="button" aria-pressed=${String(on)} @click=${press}>${text}</button>`;
  };
  const live = store.fresh();
  const refused = ['demo-pause', ...SPEEDS.map((n) => `demo-${n}`)].some((slot) => store.state.pending.get(slot)?.status === 'refused');
  return html`<div class="clock-card">
    <div class=${live ? 'big-clock figure' : 'big-clock figure old'} role="timer" aria-label=${t('index.clock')}>${now ? clockSeconds(now) : '–'}<span class="small">${zoneName()}</span></div>
    <p class="small">${now ? dateText(now) : nothing}${view && !view.open ? html` · <strong>${t('index.day_closed')}</strong>` : nothing}</p>
    ${state ? html`<div class="speeds" role="group" aria-label=${t('index.speed')}>
      ${set({paused: !state.paused}, 'demo-pause', state.paused ? t('index.resume') : t('index.pause'), state.paused)}
      ${SPEEDS.map((n) => set({speed: n, paused: false}, `demo-${n}`, `${n}×`, !state.paused && state.speed === n))}</div>` : nothing}
    ${refused ? html`<p class="small" role="alert">${t('index.demo_refused')}</p>` : nothing}
    ${view ? html`<dl class="facts"><div><dt>${t('index.waiting')}</dt><dd class="figure">${view.waiting}</dd></div>
      <div><dt>${t('index.inside')}</dt><dd class="figure">${view.rooms.reduce((/** @type {number} */ n, /** @type {any} */ r) => n + r.present, 0)}</dd></div>
      <div><dt>${t('index.wait')}</dt><dd>${view.waits[0] ? range(view.waits[0].low_s, view.waits[0].high_s) : '–'}</dd></div></dl>` : nothing}</div>`;
}

/** @param {Ctx} ctx */
export function drawRooms(ctx) {
  const {view, state} = ctx;
  if (!view || !state) return nothing;
  return html`<section aria-labelledby="rooms"><h2 id="rooms">${t('index.rooms')}</h2><p class="soft">${t('index.rooms_why')}</p>
    <ul class="demo-rooms">${view.rooms.map((/** @type {any} */ room) => roomRow(ctx, room))}</ul></section>`;
}

/** The booths that a room has, however many of them the distance lets be used now.
 * @param {any} shelf @param {number} id @returns {number[]} */
function booths(shelf, id) {
  const room = shelf.get('rooms')?.rooms.find((/** @type {any} */ one) => one.id === id);
  return (room?.seats ?? []).map((/** @type {any} */ seat) => seat.no);
}

/** @param {Ctx} ctx @param {any} room */
function roomRow({store, commands, shelf, state}, room) {
  const taken = state.taken.includes(room.id);
  const request = {path: '/api/v1/demo/take-over', body: taken ? {room: room.id, release: true} : {room: room.id}};
  const done = (/** @type {any} */ answer) => {
    if (!answer.ok) return;
    shelf.load('demo');
    shelf.load('session');
    if (!taken) location.assign(`/officer?room=${room.id}&lang=${language()}`);
  };
  return html`<li class="card demo-room"><div class="row spread"><strong>${room.desk ? t('index.side_desk', {n: room.id}) : t('words.room_no', {n: room.id})}</strong>
      ${room.state === 'closed' ? html`<span class="tag is-closed">${t('index.room_closed')}</span>` : stateTag('session', room.state)}</div>
    <div class="pips" role="img" aria-label=${t('index.seats', {n: room.present, of: room.capacity})}>${Array.from({length: Math.max(room.capacity, room.present)}, (_, i) => html`<i class=${i < room.present ? 'on' : ''}></i>`)}
      <span class="small soft figure">${room.present}/${room.capacity}</span></div>
    ${actButton({store, commands, slot: `take-${room.id}`, request, kind: taken ? '' : 'primary', text: taken ? t('index.release') : t('index.take'), onDone: done})}
    <p class="small">${taken ? html`<a href=${`/officer?room=${room.id}&lang=${language()}`}>${t('index.officer')}</a> · ` : nothing}${t('index.booths')}
      ${booths(shelf, room.id).map((no) => html` <a href=${`/booth?room=${room.id}&seat=${no}&lang=${language()}`} target="_blank">${no}</a>`)}</p></li>`;
}
