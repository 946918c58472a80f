// @ts-check
// The people who work here: who may sign in as what, and whom each officer serves.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {repeat} from '../../vendor/lit-html/directives/repeat.js';
import {actButton} from '../../lib/act.js';
import {label, learn, t} from '../../lib/catalogue.js';
import {enterSends, submitted} from '../../lib/signin.js';
import {clock, dateText} from '../../lib/times.js';
import {PROGRAMMES, tickable} from '../fields.js';
import {checkField, choiceField, refusedField, textField} from '../form.js';
import {roomName} from '../room-name.js';
import {trainingCard} from './training.js';
import {words} from './words.js';

learn(words);

/** @typedef {import('../app.js').Ctx} Ctx */

const ROLES = ['officer', 'desk', 'manager', 'observer'];

/** The rules' largest group of one officer. */
const GROUP_MAX = 40;

const BLANK = {name: '', display: '', role: 'officer', password: ''};

let fresh = {...BLANK};
/** What was changed about a person, by account id. @type {Record<number, any>} */
const changed = {};
let password = '';
let added = '';

/** @param {Ctx} ctx */
export function drawStaff(ctx) {
  const {shelf, place} = ctx;
  const accounts = shelf.get('accounts')?.accounts ?? null;
  const officers = shelf.get('officers')?.officers ?? [];
  if (!accounts) return html`<p class="empty">${shelf.problem('accounts') ? t('refusal.no_network') : t('feed.connecting')}</p>`;
  const adding = place[1] === 'new' || accounts.length === 0;
  const chosen = adding ? null : accounts.find((/** @type {any} */ a) => a.id === Number(place[1])) ?? null;
  const list = [...accounts].sort((a, b) => Number(a.disabled) - Number(b.disabled) || ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || a.display.localeCompare(b.display));
  return html`<div class="split">
    <section class="card"><header class="row spread card-head"><h2>${t('staff.title', {n: accounts.filter((/** @type {any} */ a) => !a.disabled).length})}</h2>
        <a class="button primary slim" href="#staff/new">${t('staff.add')}</a></header>
      <table class="table people"><thead><tr><th>${t('staff.display')}</th><th>${t('staff.name')}</th><th>${t('staff.role')}</th><th>${t('staff.now')}</th><th>${t('staff.group_short')}</th><th>${t('staff.programmes')}</th></tr></thead>
        <tbody>${repeat(list, (/** @type {any} */ a) => a.id, (/** @type {any} */ a) => row(ctx, a, officers.find((/** @type {any} */ o) => o.id === a.id), chosen?.id === a.id))}</tbody></table></section>
    <div class="stack">${adding ? newcomer(ctx) : chosen ? person(ctx, chosen, officers.find((/** @type {any} */ o) => o.id === chosen.id)) : hintCard()}${trainingCard(ctx)}</div></div>`;
}

function hintCard() {
  return html`<div class="card"><p class="soft">${t('staff.choose')}</p></div>`;
}

/** @param {Ctx} ctx @param {any} a @param {any} o @param {boolean} current */
function row({view}, a, o, current) {
  const live = view.officers.find((/** @type {any} */ v) => v.id === a.id);
  const presence = live?.presence ?? 'off_shift';
  return html`<tr class=${[current ? 'current' : '', a.disabled ? 'gone' : ''].join(' ')}>
    <td><a href=${`#staff/${a.id}`} aria-current=${current ? 'true' : nothing}><strong>${a.display || a.name}</strong></a></td><td class="soft">${a.name}</td>
    <td>${a.disabled ? html`<span class="tag is-closed">${t('staff.disabled')}</span>` : label('role', a.role)}</td>
    <td>${!o || a.disabled ? '–' : html`<span class=${`tag ${presence === 'on_shift' ? 'is-running' : 'is-free'}`}>${label('presence', presence)}</span>${live?.room ? html` <span class="small soft nowrap">${roomName(live.room)}</span>` : nothing}`}</td>
    <td class="figure">${!o ? '–' : o.max_group || html`<span class="soft">${t('staff.as_branch')}</span>`}</td>
    <td class="small">${!o ? '–' : o.programmes?.length ? o.programmes.join(', ') : html`<span class="soft">${t('staff.all')}</span>`}</td></tr>`;
}

/** @param {Ctx} ctx */
function newcomer({store, commands, shelf, go}) {
  const body = {...fresh, name: fresh.name.trim(), display: fresh.display.trim() || fresh.name.trim()};
  const set = (/** @type {Partial<typeof BLANK>} */ more) => { fresh = {...fresh, ...more}; store.update(); };
  const why = body.name === '' || body.password === '' ? t('staff.both') : null;
  const wrong = (/** @type {string} */ field) => refusedField(store, 'account-new', field);
  const done = (/** @type {any} */ answer) => {
    if (!answer.ok) return;
    added = body.display;
    fresh = {...BLANK, role: fresh.role};
    shelf.load('accounts');
    shelf.load('officers');
    go('staff/new');
  };
  return html`<form class="card stack" @submit=${submitted} autocomplete="off"><h2>${t('staff.new')}</h2>
    ${added ? html`<p class="banner good">${t('staff.added', {name: added})}</p>` : nothing}
    ${textField({id: 'new-display', label: t('staff.display'), hint: t('staff.display_why'), value: fresh.display, max: 80, wrong: wrong('display'), onInput: (display) => set({display})})}
    ${textField({id: 'new-name', label: t('staff.name'), hint: t('staff.name_why'), value: fresh.name, max: 40, wrong: wrong('name'), onInput: (name) => set({name: name.toLowerCase()})})}
    ${choiceField({id: 'new-role', label: t('staff.role'), hint: label('staff_role_why', fresh.role), value: fresh.role, codes: ROLES.map((code) => ({code, text: label('role', code)})), onChoose: (role) => set({role})})}
    ${textField({id: 'new-password', label: t('staff.password'), hint: t('staff.password_why'), kind: 'password', auto: 'new-password', value: fresh.password, wrong: wrong('password'), onInput: (text) => set({password: text})})}
    <div class="row">${actButton({store, commands, slot: 'account-new', request: {path: '/api/v1/accounts', body}, text: t('staff.create'), kind: 'primary', why, onDone: done})}</div>${enterSends()}</form>`;
}

/** @param {Ctx} ctx @param {any} a @param {any} o */
function person(ctx, a, o) {
  return html`${accountCard(ctx, a)}${o ? officerCard(ctx, a, o) : nothing}${passwordCard(ctx, a)}${doorCard(ctx, a)}`;
}

/** @param {Ctx} ctx @param {any} a */
function accountCard({store, commands, shelf}, a) {
  const draft = {display: a.display, role: a.role, ...changed[a.id]};
  const set = (/** @type {any} */ more) => { changed[a.id] = {...changed[a.id], ...more}; store.update(); };
  const body = /** @type {any} */ ({});
  if (draft.display.trim() !== a.display) body.display = draft.display.trim();
  if (draft.role !== a.role) body.role = draft.role;
  const slot = `account-${a.id}`;
  const same = Object.keys(body).length === 0;
  const done = (/** @type {any} */ answer) => {
    if (!answer.ok) return;
    delete changed[a.id];
    shelf.load('accounts');
    shelf.load('officers');
  };
  return html`<form class="card stack" @submit=${submitted}><h2>${a.display || a.name}</h2>
    ${textField({id: 'display', label: t('staff.display'), value: draft.display, max: 80, wrong: refusedField(store, slot, 'display'), onInput: (display) => set({display})})}
    ${choiceField({id: 'role', label: t('staff.role'), hint: label('staff_role_why', draft.role), value: draft.role, codes: ROLES.map((code) => ({code, text: label('role', code)})), onChoose: (role) => set({role})})}
    <div class="row">${actButton({store, commands, slot, request: {method: 'PATCH', path: `/api/v1/accounts/${a.id}`, body}, text: t('staff.save'), kind: 'primary', why: same ? t('staff.same') : null, onDone: done})}</div>${enterSends()}</form>`;
}

/** @param {Ctx} ctx @param {any} a @param {any} o */
function officerCard({store, commands, shelf, view}, a, o) {
  const key = -a.id;
  const draft = {max_group: String(o.max_group ?? 0), programmes: o.programmes ?? [], ...changed[key]};
  const set = (/** @type {any} */ more) => { changed[key] = {...changed[key], ...more}; store.update(); };
  const max = /^\d{1,2}$/.test(draft.max_group.trim()) ? Number(draft.max_group) : NaN;
  const bad = !(max >= 0 && max <= GROUP_MAX);
  const same = max === (o.max_group ?? 0) && String(draft.programmes) === String(o.programmes ?? []);
  const slot = `officer-${a.id}`;
  const presence = view.officers.find((/** @type {any} */ v) => v.id === a.id)?.presence ?? 'off_shift';
  const toggle = (/** @type {string} */ code, /** @type {boolean} */ on) => set({programmes: PROGRAMMES.filter((p) => (p === code ? on : draft.programmes.includes(p)))});
  const shift = presence === 'off_shift' ? {path: 'on', text: t('staff.sign_on')} : {path: 'off', text: t('staff.sign_off')};
  return html`<div class="card stack"><h2>${t('staff.as_officer')}</h2>
    ${textField({id: 'max-group', label: t('staff.group'), hint: t('staff.group_why'), value: draft.max_group, narrow: true, mode: 'numeric',
      wrong: bad ? t('staff.group_range', {top: GROUP_MAX}) : refusedField(store, slot, 'max_group'), onInput: (max_group) => set({max_group})})}
    <fieldset><legend>${t('staff.programmes')}</legend>${tickable(draft.programmes).map((code) => checkField({label: code, on: draft.programmes.includes(code), onChange: (on) => toggle(code, on)}))}
      <p class="small soft">${draft.programmes.length === 0 ? t('staff.programmes_all') : t('staff.programmes_some')}</p></fieldset>
    <div class="row">${actButton({store, commands, slot, request: {method: 'PUT', path: `/api/v1/officers/${a.id}`, body: {max_group: max, programmes: draft.programmes}},
        text: t('staff.save'), kind: 'primary', why: bad ? t('staff.group_range', {top: GROUP_MAX}) : same ? t('staff.same') : null,
        onDone: (answer) => { if (answer.ok) { delete changed[key]; shelf.load('officers'); } }})}
      ${actButton({store, commands, slot: `shift-${a.id}`, request: {path: `/api/v1/officers/${a.id}/${shift.path}`, body: {}}, text: shift.text})}</div></div>`;
}

/** @param {Ctx} ctx @param {any} a */
function passwordCard({store, commands}, a) {
  const slot = `password-${a.id}`;
  const done = (/** @type {any} */ answer) => { if (answer.ok) { password = ''; added = ''; store.update({passwordSet: a.id}); } };
  return html`<form class="card stack" @submit=${submitted}><h2>${t('staff.reset')}</h2>
    ${store.state.passwordSet === a.id ? html`<p class="banner good">${t('staff.reset_done')}</p>` : nothing}
    ${textField({id: 'password', label: t('staff.password'), hint: t('staff.reset_why'), kind: 'password', auto: 'new-password', value: password,
      wrong: refusedField(store, slot, 'password'), onInput: (text) => { password = text; store.update({passwordSet: null}); }})}
    <div class="row">${actButton({store, commands, slot, request: {path: `/api/v1/accounts/${a.id}/password`, body: {password}}, text: t('staff.reset_act'), why: password === '' ? t('staff.password_first') : null, onDone: done})}</div>
    <p class="small soft">${t('staff.changed_at', {date: dateText(a.password_changed), clock: clock(a.password_changed)})}</p></form>`;
}

/** @param {Ctx} ctx @param {any} a */
function doorCard({store, commands, shelf, session}, a) {
  const own = session?.id === a.id && session?.kind === 'session';
  const request = {method: 'PATCH', path: `/api/v1/accounts/${a.id}`, body: {disabled: !a.disabled}};
  return html`<div class="card stack"><p class="small">${a.disabled ? t('staff.enable_why') : t('staff.disable_why')}</p><div class="row">
    ${actButton({store, commands, slot: `door-${a.id}`, request, text: a.disabled ? t('staff.enable') : t('staff.disable'), kind: a.disabled ? '' : 'danger',
      why: own ? t('staff.not_self') : null, onDone: (answer) => { if (answer.ok) { shelf.load('accounts'); shelf.load('officers'); } }})}</div></div>`;
}
