// @ts-check
// The history: who did what and why on one day, and the whole story of one number.
// Names of visitors are not here; that somebody looked at one is.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {ask} from '../../lib/ask.js';
import {label, language, learn, t} from '../../lib/catalogue.js';
import {clockSeconds} from '../../lib/times.js';
import {whyText} from '../../lib/why.js';
import {words as because} from '../../lib/words-because.js';
import {KINDS, ROLES, UNFILTERED, cleaned, codeOf, familyOf, placeOf, questionOf, rowOf, whereAt} from './model.js';
import {longDay} from '../reports/say.js';
import {roomName} from '../room-name.js';
import {words} from './words.js';

learn(words);
learn(because);

/** @typedef {import('../app.js').Ctx} Ctx */
/** @typedef {import('./model.js').Act} Act */
/** @typedef {import('./model.js').Where} Where */

const PATH = '/api/v1/audit';

/** After how long a day that is being read is asked for again, in milliseconds. */
const AGAIN_MS = 3_000;

/** The server's page, for the word on the button. */
const PAGE = 200;

/** The filters that the address does not hold. */
const filter = {...UNFILTERED};

/** What is known of the question asked last.
 * @type {{key: string, acts: Act[], more: boolean, next: number, partial: boolean, problem: any, busy: boolean, there: boolean}} */
const held = {key: '', acts: [], more: false, next: 0, partial: false, problem: null, busy: false, there: false};

/** @param {Ctx} ctx */
export function drawAudit(ctx) {
  const where = whereAt(ctx.place, ctx.view?.day?.date || new Date().toISOString().slice(0, 10));
  const key = String(questionOf(where, filter));
  if (key !== held.key) load(ctx, where);
  return html`<div class="audit">${toolbar(ctx, where)}
    ${held.there ? content(ctx, where) : held.problem ? failed(ctx, where) : html`<p class="empty">${t('audit.loading')}</p>`}</div>`;
}

/** Asks for the first page, or for the one after it. An answer that nobody waits for
 * any more is dropped.
 * @param {Ctx} ctx @param {Where} where @param {number} [after] */
function load(ctx, where, after = 0) {
  const key = String(questionOf(where, filter));
  if (after === 0) Object.assign(held, {key, acts: [], more: false, next: 0, partial: false, there: false});
  Object.assign(held, {problem: null, busy: true});
  ask(`${PATH}?${questionOf(where, filter, after)}`).then((answer) => {
    if (held.key !== key) return;
    held.busy = false;
    if (answer.ok) {
      const {acts, more, next, partial} = answer.body;
      Object.assign(held, {acts: [...held.acts, ...acts], more, next, partial, there: true});
    } else held.problem = answer.problem;
    if (held.problem?.code === 'audit_reading') setTimeout(() => { if (held.key === key) load(ctx, where, after); }, AGAIN_MS);
    ctx.store.update();
  });
}

/* The bar above */

/** @param {Ctx} ctx @param {Where} where */
function toolbar(ctx, where) {
  const again = () => ctx.store.update();
  const officers = ctx.shelf.get('officers')?.officers ?? [];
  const option = (/** @type {string} */ code, /** @type {string} */ text, /** @type {string} */ now) => html`<option value=${code} ?selected=${code === now}>${text}</option>`;
  const find = (/** @type {Event} */ e) => {
    e.preventDefault();
    const input = /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (e.target).elements.namedItem('number'));
    ctx.go(placeOf({day: where.day, number: cleaned(input.value)}));
  };
  return html`<header class="audit-bar">
    <label class="audit-field"><span>${t('audit.day')}</span><input class="input slim-input" type="date" .value=${where.day} max=${ctx.view?.day?.date ?? nothing}
      @change=${(/** @type {any} */ e) => { if (e.target.value) ctx.go(placeOf({day: e.target.value, number: ''})); }}></label>
    <form class="audit-field" @submit=${find}><label for="audit-number">${t('audit.number')}</label><input id="audit-number" class="input slim-input audit-number" name="number" type="search" autocomplete="off" maxlength="8"
      placeholder="A012" .value=${where.number} @change=${(/** @type {any} */ e) => ctx.go(placeOf({day: where.day, number: cleaned(e.target.value)}))}></form>
    ${where.number ? nothing : html`<label class="audit-field"><span>${t('audit.who')}</span><select class="input slim-input" @change=${(/** @type {any} */ e) => { filter.by = e.target.value; again(); }}>
        ${option('staff', t('audit.staff'), filter.by)}${option('', t('audit.anyone'), filter.by)}
        <optgroup label=${t('audit.group_people')}>${officers.map((/** @type {any} */ o) => option(String(o.id), ctx.name(o.id), filter.by))}</optgroup>
        <optgroup label=${t('audit.group_roles')}>${ROLES.map((role) => option(role, label('role', role), filter.by))}</optgroup></select></label>
      <label class="audit-field"><span>${t('audit.kind')}</span><select class="input slim-input" @change=${(/** @type {any} */ e) => { filter.kind = e.target.value; again(); }}>
        ${option('', t('audit.any_kind'), filter.kind)}${KINDS.map((kind) => option(kind, label('audit_kind', kind), filter.kind))}</select></label>`}
    <div class="row push">${held.there ? html`<span class="small soft">${held.more ? t('audit.shown_more', {n: held.acts.length}) : t('audit.shown', {n: held.acts.length})}</span>
      <button type="button" class="button slim" ?disabled=${held.busy} @click=${() => { load(ctx, where); again(); }}>${t('audit.refresh')}</button>` : nothing}${file(where)}</div></header>`;
}

/** @param {Where} where */
function file(where) {
  if (!held.there || held.acts.length === 0) return nothing;
  const lang = language();
  return html`<a class="button slim" download title=${t('audit.csv_why')} href=${`${PATH}.csv?${questionOf(where, filter)}&lang=${lang}${lang === 'id' ? '&separator=semicolon' : ''}`}>${t('audit.csv')}</a>`;
}

/* The acts */

/** @param {Ctx} ctx @param {Where} where */
function failed(ctx, where) {
  const {code} = held.problem;
  if (code === 'audit_reading') return html`<p class="empty">${t('audit.loading')}</p>`;
  if (code === 'audit_no_day') return html`<section class="card empty-card stack"><h2>${t('audit.no_day')}</h2><p class="soft">${t('audit.no_day_why')}</p></section>`;
  return html`<div class="empty stack"><p>${t('audit.failed')}</p><p><button type="button" class="button" @click=${() => { load(ctx, where); ctx.store.update(); }}>${t('manager.again')}</button></p></div>`;
}

/** @param {Ctx} ctx @param {Where} where */
function content(ctx, where) {
  const {acts, more, busy, problem, partial} = held;
  const title = where.number ? html`<div class="row spread audit-title"><h2>${t('audit.story_of', {number: where.number})} <span class="soft small">${longDay(where.day)}</span></h2>
    <a class="button slim" href=${`#${placeOf({day: where.day, number: ''})}`}>${t('audit.whole_day')}</a></div>` : nothing;
  if (acts.length === 0) return html`${title}${nothingThere(ctx, where)}`;
  return html`${title}${partial ? html`<p class="note">${t('audit.partial')}</p>` : nothing}
    <div class="card audit-card"><table class="table audit-table"><thead><tr><th scope="col">${t('audit_col.time')}</th><th scope="col">${t('audit_col.by')}</th><th scope="col">${t('audit_col.what')}</th>
      <th scope="col">${t('audit_col.number')}</th><th scope="col">${t('audit_col.room')}</th><th scope="col">${t('audit_col.why')}</th></tr></thead>
      <tbody>${acts.map((act, i) => row(ctx, where, act, acts[i - 1]?.seq === act.seq))}</tbody></table></div>
    ${more ? html`<p class="audit-more">${problem ? html`<span class="warn">${t('audit.failed')}</span> ` : nothing}<button type="button" class="button" ?disabled=${busy}
      @click=${() => { load(ctx, where, held.next); ctx.store.update(); }}>${t('audit.more', {n: PAGE})}</button></p>` : nothing}`;
}

/** @param {Ctx} ctx @param {Where} where */
function nothingThere(ctx, where) {
  const clear = () => {
    Object.assign(filter, {by: '', kind: ''});
    ctx.go(placeOf({day: where.day, number: ''}));
    ctx.store.update();
  };
  return html`<section class="card empty-card stack"><h2>${t('audit.empty')}</h2><p class="soft">${t('audit.empty_why', {day: longDay(where.day)})}</p>
    <p><button type="button" class="button" @click=${clear}>${t('audit.clear')}</button></p></section>`;
}

/** One act. What one record did stands together under one time.
 * @param {Ctx} ctx @param {Where} where @param {Act} act @param {boolean} same of the record above */
function row(ctx, where, act, same) {
  const r = rowOf(act, where.number);
  const link = (/** @type {string} */ number) => where.number === number ? html`<b class="number">${number}</b>`
    : html`<a class="number" href=${`#${placeOf({day: where.day, number})}`}>${number}</a>`;
  const family = familyOf(act);
  return html`<tr class=${`${same ? 'same' : ''} ${act.undone ? 'is-undone' : ''}`}>
    <td class="figure" title=${t('audit.record', {n: act.seq})}>${same ? nothing : clockSeconds(act.at)}</td>
    <td>${same ? nothing : who(ctx, act)}</td>
    <td><strong>${r.passedOver ? t('audit.was_passed') : label('act', codeOf(act.kind))}</strong>${family && !r.passedOver ? html` <span class="came"><span aria-hidden="true">→ </span>${label(family, /** @type {string} */ (act.to))}</span>` : nothing}
      ${act.officer && act.officer !== act.by.id ? html`<span class="small soft">${t('audit.about', {name: ctx.name(act.officer)})}</span>` : nothing}
      ${act.undoes ? html`<span class="small soft">${t('audit.undoes', {n: act.undoes})}</span>` : nothing}
      ${act.undone ? html`<span class="tag">${t('audit.undone')}</span>` : nothing}</td>
    <td class="audit-numbers">${r.numbers.map(link)}${r.more > 0 ? html`<span class="small soft">${t('audit.others', {n: r.more})}</span>` : nothing}
      ${r.others.length > 0 ? html`<span class="small soft">${r.passedOver ? t('audit.before', {numbers: r.others.join(', ')}) : t('audit.with', {numbers: r.others.join(', ')})}${r.othersMore > 0 ? ` ${t('audit.others', {n: r.othersMore})}` : ''}</span>` : nothing}</td>
    <td>${act.room ? roomName(act.room) : nothing}${r.seats.length > 0 ? html`<span class="small soft audit-seats">${t('audit.seats', {n: r.seats.join(', ')})}</span>` : nothing}</td>
    <td class="audit-why">${act.reason ? html`<span>${label('because', act.reason)}</span>` : nothing}
      ${r.why.map(({number, whys}) => html`<span>${number ? html`<b class="small">${number}</b> ` : nothing}${whys.map((why) => whyText(why)).join(' · ')}</span>`)}
      ${r.passed > 0 ? html`<span class="soft">${t('audit.passed', {n: r.passed})}</span>` : nothing}</td></tr>`;
}

/** The paired device that acted, by the name of its place, where it is still known: a
 * device at the desk acts with the negative of its id.
 * @param {Ctx} ctx @param {Act['by']} by */
function deviceOf({shelf}, by) {
  const id = by.role === 'desk' && (by.id ?? 0) < 0 ? -Number(by.id) : by.role === 'kiosk' || by.role === 'booth' ? by.id : 0;
  const kind = by.role;
  return id ? (shelf.get('devices')?.devices ?? []).find((/** @type {any} */ d) => d.id === id && d.kind === kind) ?? null : null;
}

/** An officer by name, a device by its place, the system by what it is.
 * @param {Ctx} ctx @param {Act} act */
function who(ctx, {by}) {
  const device = deviceOf(ctx, by);
  if (device) return html`${device.name} <span class="small soft">${device.room ? `${roomName(device.room)}${device.seat ? `, ${t('words.seat_no', {n: device.seat})}` : ''}` : label('role', by.role)}</span>`;
  const staff = by.role === 'officer' || by.role === 'manager' || by.role === 'desk';
  const known = (ctx.shelf.get('accounts')?.accounts ?? []).find((/** @type {any} */ a) => a.id === by.id);
  if (!staff || !by.id || by.id < 0) return html`<span class="soft">${label('role', by.role)}</span>`;
  const name = known?.display || known?.name || (by.role === 'officer' ? ctx.name(by.id) : '');
  return name ? html`${name}` : html`${label('role', by.role)} ${by.id}`;
}
