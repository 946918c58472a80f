// @ts-check
// A new branch has nothing to show, so the overview says what to do first, in order,
// and what else a branch should have. It disappears when the first number was called.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {label, t} from '../../lib/catalogue.js';
import {firstSteps, fittings, unserved} from '../figures.js';

/** @typedef {import('../app.js').Ctx} Ctx */

/** @param {Ctx} ctx */
export function drawFirstSteps(ctx) {
  const {view, shelf, session} = ctx;
  const {steps, done, next} = firstSteps(view, shelf.get('accounts')?.accounts ?? null);
  if (done) return nothing;
  const beside = fittings({devices: shelf.get('devices')?.devices ?? null, printing: shelf.get('printing'), session, lobby: view.lobby});
  const count = steps.filter((step) => step.done).length;
  return html`<section class="card first" aria-labelledby="first-title">
    <header><h2 id="first-title">${t('manager.first_title')}</h2><p class="soft">${t('manager.first_why', {done: count, all: steps.length})}</p></header>
    <ol>${steps.map((step, i) => html`<li class=${step.done ? 'done' : step.code === next ? 'next' : ''} aria-current=${step.code === next ? 'step' : nothing}>
      <span class="step-no" aria-hidden="true">${step.done ? '✓' : i + 1}</span>
      <div><strong>${label('first', step.code)}</strong>${step.done ? html`<span class="visually-hidden">, ${t('manager.done')}</span>` : html`<p class="small soft">${says(ctx, step.code)}</p>`}</div>
      ${step.code === next ? act(ctx, step.code) : nothing}</li>`)}</ol>
    ${beside.length === 0 ? nothing : html`<div class="first-beside"><h3>${t('manager.first_beside')}</h3>
      <ul>${beside.map((one) => html`<li class=${one.done ? 'done' : ''}><span class="step-no" aria-hidden="true">${one.done ? '✓' : '·'}</span>
        <div><strong>${label('fitting', one.code)}</strong>${one.done ? html`<span class="visually-hidden">, ${t('manager.done')}</span>` : html`<p class="small soft">${label('fitting_why', one.code)}</p>`}</div>
        ${one.done || one.code === 'public' ? nothing : html`<a class="button slim" href=${one.code === 'lobby' ? '#policy/goals' : '#devices'} @click=${one.code === 'name' ? toField : nothing} aria-label=${`${t('manager.set_up')}: ${label('fitting', one.code)}`}>${t('manager.set_up')}</a>`}</li>`)}</ul></div>`}</section>`;
}

/** How often the field is looked for: its page is fetched first. */
const LOOKS = 30;
const LOOK_MS = 100;

/** Leads to the field of the branch's name, which stands far down on its page. */
function toField(/** @type {any} */ _, left = LOOKS) {
  const field = document.getElementById('printers-branch');
  if (!field && left > 0) setTimeout(() => toField(_, left - 1), LOOK_MS);
  field?.scrollIntoView({block: 'center'});
  field?.focus();
}

/** What a step is for; of the programmes, which of them nobody serves.
 * @param {Ctx} ctx @param {string} code */
function says({view}, code) {
  const none = unserved(view).find((one) => one.code === 'none');
  return code === 'programmes' && none ? t('manager.first_unserved', {names: none.programmes.join(', ')}) : label('first_why', code);
}

/** @param {Ctx} ctx @param {string} code */
function act({sheet}, code) {
  const go = (/** @type {string} */ to, /** @type {string} */ text) => html`<a class="button primary" href=${to}>${text}</a>`;
  if (code === 'room') return go('#rooms/new', t('manager.add_room'));
  if (code === 'programmes') return html`<span class="first-ways"><a class="button slim primary" href="#rooms/new-desk">${t('now.add_desk')}</a><a class="button slim" href="#policy/hours">${t('now.allow_group')}</a></span>`;
  if (code === 'officer') return go('#staff/new', t('manager.add_person'));
  if (code === 'open') return html`<button type="button" class="button primary" @click=${() => sheet('open')}>${t('manager.open_day')}</button>`;
  if (code === 'numbers') return go('/desk', t('manager.go_desk'));
  return go('/officer', t('manager.go_officer'));
}
