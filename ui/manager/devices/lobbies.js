// @ts-check
// Where people wait: each lobby with its rooms and the one display that speaks there.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {actButton} from '../../lib/act.js';
import {t} from '../../lib/catalogue.js';
import {submitted} from '../../lib/signin.js';
import {checkField, choiceField, refusedField, textField} from '../form.js';
import {roomName} from '../room-name.js';

/** @typedef {import('../app.js').Ctx} Ctx */
/** @typedef {{id: number, name: string, rooms: number[], announcer: number, english: boolean, contrast: boolean}} Lobby */
/** @typedef {{version: number, lobbies: Lobby[], names: {room: number, name: string}[]}} Lobbies */

/** What is being changed, and the version that it began from.
 * @type {Lobbies|null} */
let draft = null;

/** @param {Lobby|undefined} lobby */
export function lobbyName(lobby) {
  return lobby?.name || t('lobbies.no', {n: lobby?.id ?? 1});
}

/** @param {Ctx} ctx @param {any[]} devices */
export function drawLobbies(ctx, devices) {
  const {store, commands, shelf} = ctx;
  const kept = /** @type {Lobbies|null} */ (shelf.get('lobbies'));
  if (!kept) return nothing;
  const now = draft ?? kept;
  const rooms = (shelf.get('rooms')?.rooms ?? []).map((/** @type {any} */ r) => r.id);
  const change = (/** @type {Partial<Lobbies>} */ more) => { draft = {...now, ...more}; store.update(); };
  const label = (/** @type {number} */ room) => now.names.find((one) => one.room === room)?.name ?? '';
  const names = (/** @type {number} */ room, /** @type {string} */ name) => change({names: [...now.names.filter((one) => one.room !== room), {room, name}]});
  const add = () => change({lobbies: [...now.lobbies, {id: Math.max(...now.lobbies.map((l) => l.id)) + 1, name: '', rooms: [], announcer: 0, english: false, contrast: false}]});
  const done = (/** @type {any} */ answer) => { if (answer.ok || answer.problem?.code === 'lobbies_changed') { draft = null; shelf.load('lobbies'); } };
  return html`<form class="card stack" @submit=${submitted}><h2>${t('lobbies.title')}</h2><p class="soft">${t('lobbies.why')}</p>
    ${now.lobbies.map((lobby, i) => one(ctx, {now, lobby, i, rooms, devices, change}))}
    <div><button type="button" class="button slim" @click=${add}>${t('lobbies.add')}</button></div>
    ${rooms.length === 0 ? nothing : html`<details><summary>${t('lobbies.labels')}</summary><p class="small soft">${t('lobbies.labels_why')}</p><div class="stack">
      ${rooms.map((/** @type {number} */ room) => textField({id: `label-${room}`, label: roomName(room), value: label(room), max: 60, onInput: (name) => names(room, name)}))}</div></details>`}
    <div class="row">${actButton({store, commands, slot: 'lobbies', request: {method: 'PUT', path: '/api/v1/lobbies', body: {...now, names: now.names.filter((one) => one.name.trim() !== '')}}, text: t('lobbies.save'), kind: 'primary', why: draft ? null : t('lobbies.same'), onDone: done})}</div></form>`;
}

/** @param {Ctx} ctx @param {{now: Lobbies, lobby: Lobby, i: number, rooms: number[], devices: any[], change: (more: Partial<Lobbies>) => void}} of */
function one({store}, {now, lobby, i, rooms, devices, change}) {
  const set = (/** @type {Partial<Lobby>} */ more) => change({lobbies: now.lobbies.map((l) => (l === lobby ? {...l, ...more} : l))});
  const several = now.lobbies.length > 1;
  const taken = (/** @type {number} */ room) => now.lobbies.some((l) => l !== lobby && l.rooms.includes(room));
  const mine = devices.filter((d) => d.kind === 'display' && (d.lobby === lobby.id || (!d.lobby && i === 0)));
  const toggle = (/** @type {number} */ room, /** @type {boolean} */ on) => set({rooms: on ? [...lobby.rooms, room].sort((a, b) => a - b) : lobby.rooms.filter((r) => r !== room)});
  return html`<div class="lobby">${textField({id: `lobby-${lobby.id}`, label: t('lobbies.no', {n: lobby.id}), hint: t('lobbies.name_why'), value: lobby.name, max: 40, wrong: refusedField(store, 'lobbies', `lobbies[${i}].name`), onInput: (name) => set({name})})}
    ${several && rooms.length > 0 ? html`<fieldset class="plain"><legend class="small">${t('lobbies.rooms')}</legend>
      ${rooms.map((room) => checkField({label: roomName(room), on: lobby.rooms.includes(room), off: taken(room), onChange: (on) => toggle(room, on)}))}
      ${lobby.rooms.length === 0 ? html`<p class="small soft">${t('lobbies.rooms_rest')}</p>` : nothing}</fieldset>` : nothing}
    ${mine.length === 0 ? html`<p class="small soft">${t('lobbies.announcer')}: ${t('lobbies.nobody')}</p>` : choiceField({id: `speaks-${lobby.id}`, label: t('lobbies.announcer'), value: String(lobby.announcer || mine[0].id),
      codes: mine.map((d) => ({code: String(d.id), text: d.name})), onChoose: (id) => set({announcer: Number(id)})})}
    <div class="row">${checkField({label: t('lobbies.english'), on: lobby.english, onChange: (english) => set({english})})}
      ${checkField({label: t('lobbies.contrast'), on: lobby.contrast, onChange: (contrast) => set({contrast})})}
      ${several ? html`<button type="button" class="button slim quiet" @click=${() => change({lobbies: now.lobbies.filter((l) => l !== lobby)})}>${t('lobbies.remove')}</button>` : nothing}</div></div>`;
}
