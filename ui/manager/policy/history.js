// @ts-check
// The policy's history: who changed what and when, and the way back.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {ask} from '../../lib/ask.js';
import {label, t} from '../../lib/catalogue.js';
import {clock, dateText} from '../../lib/times.js';
import {fields, wordOf} from '../fields.js';
import {runs} from './special-days.js';

/** @typedef {import('../app.js').Ctx} Ctx */

/** Parts of a policy that are no single settings. */
export const WHOLE = ['prefixes', 'programmes', 'calendar', 'procedures'];
/** A special day that changed: the date follows. */
const SPECIAL = 'calendar.exceptions.';

/** How many versions are shown before one asks for all. */
const FIRST = 6;

let all = false;
/** The version under way to the form, and the one that could not be read. */
let fetching = 0;
let failed = 0;

/** @param {Ctx} ctx @param {{said: (field: any, value: any) => string, take: (policy: any) => void}} form */
export function drawHistory(ctx, form) {
  const {shelf, view, store} = ctx;
  shelf.paths.versions = '/api/v1/policy/versions'; // only this page reads it
  const held = shelf.get('versions');
  const list = held?.versions ?? [];
  if (held && list.length > 0 && list[0].version < (view?.policy_version ?? 0)) shelf.load('versions');
  const shown = all ? list : list.slice(0, FIRST);
  return html`<section class="card stack" id="group-history"><h2>${t('policy.history')}</h2><p class="small soft">${t('policy.history_why')}</p>
    ${!held ? html`<p class="soft">${shelf.problem('versions') ? t('refusal.no_network') : t('feed.connecting')}</p>` : html`<ol class="versions">${shown.map((/** @type {any} */ v, /** @type {number} */ i) => version(ctx, form, v, i === 0))}</ol>`}
    ${list.length > shown.length ? html`<p><button type="button" class="button slim" @click=${() => { all = true; store.update(); }}>${t('policy.history_all', {n: list.length})}</button></p>` : nothing}</section>`;
}

/** @param {Ctx} ctx @param {{said: (field: any, value: any) => string, take: (policy: any) => void}} form @param {any} v @param {boolean} newest */
function version(ctx, form, v, newest) {
  const who = v.name || (v.by.role === 'system' ? t('policy.by_system') : v.by.role === 'manager' && !v.by.id ? label('role', 'manager') : label('role', v.by.role));
  const back = async () => {
    fetching = v.version;
    failed = 0;
    ctx.store.update();
    const answer = await ask(`/api/v1/policy/versions/${v.version}`);
    fetching = 0;
    if (answer.ok) form.take(/** @type {any} */ (answer.body).policy);
    else failed = v.version;
    ctx.store.update();
  };
  return html`<li class="version"><div class="version-head"><strong>${t('policy.version', {n: v.version})}</strong>
      <span class="small soft">${v.found ? t('policy.found') : t('policy.made', {who, date: dateText(v.at), clock: clock(v.at)})}</span>
      ${newest ? html`<span class="tag is-running push">${t('policy.in_force')}</span>`
    : html`<button type="button" class="button slim quiet push" ?disabled=${fetching !== 0} @click=${back}>${t('policy.back_to', {n: v.version})}</button>`}</div>
    ${failed === v.version ? html`<p class="wrong" role="alert">${t('refusal.no_network')}</p>` : nothing}
    ${v.changes.length === 0 ? nothing : html`<ul class="diff">${v.changes.map((/** @type {any} */ c) => line(form, c))}</ul>`}</li>`;
}

/** @param {{said: (field: any, value: any) => string}} form @param {{path: string, from?: string, to?: string}} c */
function line({said}, c) {
  if (WHOLE.includes(c.path)) return html`<li><span>${label('policy_part', c.path)}</span></li>`;
  if (c.path.startsWith(SPECIAL)) {
    const day = (/** @type {string|undefined} */ json) => (json ? runs(JSON.parse(json)) : t('policy.as_usual'));
    return html`<li><span>${t('special.one', {date: c.path.slice(SPECIAL.length)})}</span><span class="figure"><del>${day(c.from)}</del> <ins>${day(c.to)}</ins></span></li>`;
  }
  const field = fields().find((f) => f.path === c.path);
  const text = (/** @type {string|undefined} */ json) => {
    const value = json === undefined ? '' : JSON.parse(json);
    if (field) return said(field, value);
    return c.path === 'distance.preset' ? label('preset', value) : String(value);
  };
  return html`<li><span>${label('setting', wordOf(c.path))}</span><span class="figure"><del>${text(c.from)}</del> <ins>${text(c.to)}</ins></span></li>`;
}
