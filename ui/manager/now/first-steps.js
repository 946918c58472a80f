// @ts-check
// A new branch has nothing to show, so the overview says what to do first, in order,
// and disappears when the first number was called.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {label, t} from '../../lib/catalogue.js';
import {firstSteps} from '../figures.js';

/** @typedef {import('../app.js').Ctx} Ctx */

/** @param {Ctx} ctx */
export function drawFirstSteps(ctx) {
  const {view, shelf} = ctx;
  const {steps, done, next} = firstSteps(view, shelf.get('accounts')?.accounts ?? null);
  if (done) return nothing;
  const count = steps.filter((step) => step.done).length;
  return html`<section class=${view.rooms.length === 0 ? 'card first first-alone' : 'card first'} aria-labelledby="first-title">
    <header><h2 id="first-title">${t('manager.first_title')}</h2><p class="soft">${t('manager.first_why', {done: count, all: steps.length})}</p></header>
    <ol>${steps.map((step, i) => html`<li class=${step.done ? 'done' : step.code === next ? 'next' : ''} aria-current=${step.code === next ? 'step' : nothing}>
      <span class="step-no" aria-hidden="true">${step.done ? '✓' : i + 1}</span>
      <div><strong>${label('first', step.code)}</strong>${step.done ? html`<span class="visually-hidden">, ${t('manager.done')}</span>` : html`<p class="small soft">${label('first_why', step.code)}</p>`}
        ${step.code === next ? act(ctx, step.code) : nothing}</div></li>`)}</ol></section>`;
}

/** @param {Ctx} ctx @param {string} code */
function act({sheet}, code) {
  const go = (/** @type {string} */ to, /** @type {string} */ text) => html`<a class="button primary" href=${to}>${text}</a>`;
  if (code === 'room') return go('#rooms/new', t('manager.add_room'));
  if (code === 'officer') return go('#staff/new', t('manager.add_person'));
  if (code === 'open') return html`<button type="button" class="button primary" @click=${() => sheet('open')}>${t('manager.open_day')}</button>`;
  if (code === 'numbers') return go('/desk', t('manager.go_desk'));
  return go('/officer', t('manager.go_officer'));
}
