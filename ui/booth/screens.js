// @ts-check
// One picture per phase of the seat. Each says one thing, large.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {label, t} from '../lib/catalogue.js';
import {outcomes} from './outcome.js';
import {stepNow, way} from './phase.js';

/** @typedef {import('./phase.js').Paper} Paper */

/** One sentence in the middle of the screen, something above and below it.
 * @param {{above?: unknown, big: unknown, says?: unknown, more?: unknown, look?: string}} content */
export function plain({above, big, says, more, look = ''}) {
  return html`<section class=${`plain ${look}`}>${above ? html`<p class="above">${above}</p>` : nothing}
    <div class="big">${big}</div>${says ? html`<p class="says">${says}</p>` : nothing}${more ?? nothing}</section>`;
}

/** @param {any} view */
export function free(view) {
  return plain({above: t('booth.free'), big: html`<span class="seat-no">${t('words.seat_no', {n: view.seat})}</span>`,
    says: t('booth.free_why'), more: view.accessible ? html`<p class="above">${t('booth.accessible')}</p>` : nothing});
}

/** @param {any} view @param {'ask'|'no'|'yes'} answer */
export function expected(view, answer) {
  if (answer === 'no') return plain({big: t('booth.not_yours'), says: t('booth.not_yours_do'), look: 'words warn'});
  if (answer === 'yes') return plain({above: view.number, big: t('booth.sit'), says: t('booth.sit_why'), look: 'words'});
  return plain({above: t('booth.expected'), big: html`<span class="number">${view.number}</span>`, says: t('booth.yours'), look: 'ticket'});
}

/** The steps of the claim in one line: done, now, to come; whose turn each is.
 * @param {any} claim */
export function wayBar(claim) {
  const steps = way(claim);
  if (steps.length === 0) return nothing;
  return html`<ol class="way">${steps.map((one) => html`<li class=${`${one.at} by-${one.who}`} aria-current=${one.at === 'now' ? 'step' : nothing}>
    <i></i><span>${label('step', one.step)}</span></li>`)}</ol>`;
}

const DO = /** @type {Record<string, () => string>} */ ({
  form: () => t('booth.do_form'), documents: () => t('booth.do_documents'), survey: () => t('booth.do_survey'),
});

/** The person's own step with the papers of their claim.
 * @param {any} view @param {import('./phase.js').Ticks} ticks @param {() => void} redraw */
export function ownStep(view, ticks, redraw) {
  const {claim} = view;
  const code = stepNow(claim)?.step ?? '';
  const left = ticks.open(claim);
  const papers = /** @type {Paper[]} */ (claim?.papers ?? []);
  return html`<section class="own">
    <div class="task"><p class="eyebrow">${t('booth.own')}</p><h2>${label('step', code)}</h2>
      <p class="says">${(DO[code] ?? (() => t('booth.do_other')))()}</p>
      ${papers.length > 0 ? html`<p class=${left === 0 ? 'left found' : 'left'} role="status">${left === 0 ? t('booth.all_found') : t('booth.still_open', {n: left})}</p>` : nothing}</div>
    ${papers.length > 0 ? html`<div class="papers"><h3>${t('booth.papers')} <span class="soft">${label('reason', claim.reason)}</span></h3>
      <ul>${papers.map((paper) => paperRow(claim, paper, ticks, redraw))}</ul></div>` : nothing}</section>`;
}

/** A row that the person ticks for themselves; what the officer has seen stays ticked.
 * @param {any} claim @param {Paper} paper @param {import('./phase.js').Ticks} ticks @param {() => void} redraw */
function paperRow(claim, paper, ticks, redraw) {
  const found = ticks.has(claim.id, paper);
  const seen = paper.mark === 'present';
  const note = seen ? t('booth.seen') : paper.mark === 'missing' ? t('booth.missing')
    : paper.when ? label('when', paper.when) : paper.required ? '' : t('booth.optional');
  const press = () => {
    if (!seen) ticks.toggle(claim.id, paper.doc);
    redraw();
  };
  return html`<li><button type="button" role="checkbox" class=${`paper ${paper.mark}`} aria-checked=${String(found)}
    aria-disabled=${String(seen)} @click=${press}><i aria-hidden="true"></i>
    <span>${label('document', paper.doc)}${note ? html`<small>${note}</small>` : nothing}</span></button></li>`;
}

/** Where the person is in the officer's line.
 * @param {any} view */
export function inLine(view) {
  const step = stepNow(view.claim)?.step ?? 'close';
  const why = t('booth.line_why', {step: label('step', step)});
  if (view.ahead === 0) return plain({above: view.number, big: t('booth.line_next'), says: why, more: stay(), look: 'words call'});
  return plain({above: view.number, big: html`<span class="ahead">${view.ahead}</span> <span class="ahead-word">${view.ahead === 1 ? t('booth.line_one') : t('booth.line_many')}</span>`,
    says: why, more: stay()});
}

function stay() {
  return html`<p class="soft">${t('booth.line_stay')}</p>`;
}

/** @param {any} view */
export function withOfficer(view) {
  const step = stepNow(view.claim)?.step;
  return plain({above: view.number, big: t('booth.with'), says: step ? label('step', step) : nothing, look: 'words brand'});
}

/** @param {any} view */
export function beside(view) {
  if (view.done.length > 0) return done(view, t('booth.beside_why'));
  return plain({above: view.number, big: t('booth.beside'), says: t('booth.beside_why'), look: 'words'});
}

/** @param {any} view @param {string} says */
function done(view, says) {
  return html`<section class="result"><div class="stack"><h2>${t('booth.done')} <span class="number">${view.number ?? view.last_number}</span></h2>
    ${outcomes(view.done)}</div><p class="says">${says}</p></section>`;
}

/** @param {any} view @param {boolean} show whether the outcome may be shown */
export function cleaning(view, show) {
  if (show && view.done.length > 0) {
    return html`${done(view, t('booth.thanks'))}<p class="strip">${t('booth.cleaning')} · ${t('booth.cleaning_why')}</p>`;
  }
  return plain({big: t('booth.cleaning'), says: t('booth.cleaning_why'), look: 'words quiet'});
}

export function closed() {
  return plain({big: t('booth.closed'), says: t('booth.closed_why'), look: 'words quiet'});
}
