// @ts-check
// Before the bench: signing in, and choosing the room to work in.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {label, t} from '../lib/catalogue.js';
import {sentence} from '../lib/commands.js';
import {hint} from '../lib/keys.js';
import {mark} from '../lib/parts.js';
import {drawRoom} from '../lib/room.js';
import {staffName} from './draw.js';
import {topKey} from './model.js';
import {roomName} from './room-name.js';

/** @typedef {import('../lib/store.js').Store} Store */

/** The form. Names and passwords stay in its fields and are gone with it. locked is the
 * account that the screen was locked for.
 * @param {Store} store @param {(name: string, password: string) => void} enter @param {any} who the answer of /session
 * @param {string} [locked] */
export function signIn(store, enter, who, locked = '') {
  const pending = store.state.pending.get('sign');
  const busy = pending !== undefined && pending.status !== 'refused' && pending.status !== 'unsure';
  const submit = (/** @type {any} */ event) => {
    event.preventDefault();
    const form = event.target.elements;
    if (!busy) enter(form.account.value.trim(), form.password.value);
  };
  const problem = pending?.status === 'refused' ? pending.problem : null;
  return html`<main class="gate"><form class="card stack" @submit=${submit}>
    <div class="row">${mark()}<h1>${locked ? t('officer.locked') : t('officer.sign_in')}</h1></div>
    ${locked ? html`<p class="soft">${t('officer.locked_why')}</p>` : nothing}
    ${who?.setup ? html`<p class="warn">${t('officer.not_set_up')}</p>` : nothing}
    ${who?.insecure ? html`<p class="warn small">${t('officer.insecure')}</p>` : nothing}
    <label class="field"><span class="label">${t('officer.account')}</span><input class="input" name="account" autocomplete="username" autocapitalize="none" value=${locked} required ?autofocus=${!locked}></label>
    <label class="field"><span class="label">${t('officer.password')}</span><input class="input" type="password" name="password" autocomplete="current-password" required ?autofocus=${Boolean(locked)}></label>
    <button class="button primary large" type="submit" aria-busy=${String(busy)} aria-disabled=${String(busy)}>${t('officer.enter')}</button>
    <div role="alert">${problem ? html`<p class="refused">${sentence(problem)}</p>` : pending?.status === 'unsure' || pending?.status === 'retrying' ? html`<p class="warn">${t('work.retrying')}</p>` : nothing}</div>
  </form></main>`;
}

/** A sentence instead of the bench, with a way out.
 * @param {string} title @param {string} text @param {unknown} [act] */
export function notice(title, text, act) {
  return html`<main class="gate"><div class="card stack"><div class="row">${mark()}<h1>${title}</h1></div><p>${text}</p>${act ?? nothing}</div></main>`;
}

/** The rooms as small plans, each with its key.
 * @param {Store} store
 * @param {{rooms: any[]|null, problem: any, staff: any[]|null, demo: boolean, enter: (room: number) => void, again: () => void}} to */
export function chooseRoom(store, to) {
  const {rooms} = to;
  if (to.problem) return notice(t('officer.rooms'), sentence(to.problem), html`<button type="button" class="button" @click=${to.again}>${t('officer.try_again')}</button>`);
  if (rooms === null) return html`<main class="rooms"><p class="soft">${t('feed.connecting')}</p></main>`;
  if (rooms.length === 0) return notice(t('officer.no_rooms'), t('officer.no_rooms_why'), html`<button type="button" class="button" @click=${to.again}>${t('officer.try_again')}</button>`);
  const refused = store.state.pending.get('take_over')?.problem;
  return html`<main class="rooms"><h2>${t('officer.rooms_title')}</h2>${to.demo ? html`<p class="soft">${t('officer.rooms_demo')}</p>` : nothing}
    ${refused ? html`<p class="refused" role="alert">${sentence(refused)}</p>` : nothing}
    <ul class="tiles">${rooms.map((room, i) => tile(room, topKey(i, false), to))}</ul></main>`;
}

/** @param {any} room @param {string|undefined} key @param {{staff: any[]|null, enter: (room: number) => void}} to */
function tile(room, key, to) {
  const here = (to.staff ?? []).filter((one) => one.room === room.id).map((one) => staffName([one], one.id)).join(', ');
  const open = room.seats.filter((/** @type {any} */ seat) => !seat.closed).length;
  const look = (/** @type {any} */ seat) => ({state: seat.closed ? 'closed' : seat.state ?? 'free'});
  return html`<li><button type="button" class="card tile" aria-keyshortcuts=${key ?? nothing} @click=${() => to.enter(room.id)}>
    <span class="mini" aria-hidden="true">${drawRoom({width_mm: room.width_mm, depth_mm: room.depth_mm, seats: room.seats}, {look, scale: false})}</span>
    <span class="row spread"><strong>${roomName(room.id)}</strong>${key ? hint(key) : nothing}</span>
    <span class="small">${here || html`<span class="soft">${t('officer.room_free')}</span>`}</span>
    <span class="small soft">${t('officer.room_seats', {n: open})}${room.mode === 'default' ? '' : ` · ${label('mode', room.mode)}`}${room.programmes.length > 0 ? ` · ${room.programmes.join(', ')}` : ''}</span></button></li>`;
}
