// @ts-check
// One picture per phase of the seat. Each says one thing, large.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {label, t} from '../lib/catalogue.js';
import {headset} from './briefing.js';
import {result} from './outcome.js';
import {claimNo, lacking, openPapers, stepNow, way} from './phase.js';

/** @typedef {import('./phase.js').Paper} Paper */
/** @typedef {import('./memory.js').Memory} Memory */

/** One sentence in the middle of the screen, something above and below it.
 * @param {{above?: unknown, big: unknown, says?: unknown, more?: unknown, look?: string}} content */
export function plain({above, big, says, more, look = ''}) {
  return html`<section class=${`plain ${look}`}>${above ? html`<p class="above">${above}</p>` : nothing}
    <div class="big">${big}</div>${says ? html`<p class="says">${says}</p>` : nothing}${more ?? nothing}</section>`;
}

const SIGNS = {
  chair: 'M10 6v16h16M10 22v12M26 22v12M10 28h16M32 34V10a4 4 0 0 0-4-4',
  clean: 'M20 5l3 10 10 3-10 3-3 10-3-10-10-3 10-3zM33 27l1.5 4.500 4.500 1.500-4.500 1.500-1.500 4.500-1.500-4.500-4.500-1.500 4.500-1.500z',
  closed: 'M20 5a15 15 0 1 0 0 30 15 15 0 0 0 0-30zM10 10l20 20',
  video: 'M5 9h22a3 3 0 0 1 3 3v16a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3zM30 17l8-5v16l-8-5',
};

/** A plain drawing above a sentence. @param {keyof typeof SIGNS} name */
function sign(name) {
  return html`<svg class="sign" viewBox="0 0 40 40" aria-hidden="true"><path d=${SIGNS[name]}></path></svg>`;
}

/** @param {any} view */
export function free(view) {
  return plain({above: html`${sign('chair')}${t('booth.free')}`, big: html`<span class="seat-no">${t('words.seat_no', {n: view.seat})}</span>`,
    says: t('booth.free_why'), more: view.accessible ? html`<p class="above">${t('booth.accessible')}</p>` : nothing});
}

/** @param {any} view @param {'ask'|'no'|'yes'} answer */
export function expected(view, answer) {
  if (answer === 'no') return plain({above: sign('closed'), big: t('booth.not_yours'), says: t('booth.not_yours_do'), look: 'words warn'});
  if (answer === 'yes') return plain({above: view.number, big: t('booth.sit'), says: t('booth.sit_why'), look: 'words'});
  return plain({above: t('booth.expected'), big: html`<span class="number">${view.number}</span>`, says: t('booth.yours'), look: 'ticket',
    more: html`<p class="hint">${headset()}${t('booth.headset')}</p>`});
}

/** The steps of the claim in one line: done, now, to come; whose turn each is. Of
 * several claims, which one.
 * @param {any} view */
export function wayBar(view) {
  const steps = way(view.claim);
  if (steps.length === 0) return nothing;
  const which = claimNo(view);
  return html`<div class="wayside">${which ? html`<p class="which"><b>${t('booth.claim_no', which)}</b> ${label('programme', view.claim.programme)}</p>` : nothing}
    <ol class="way">${steps.map((one) => html`<li class=${`${one.at} by-${one.who}`} aria-current=${one.at === 'now' ? 'step' : nothing}>
    <i></i><span>${label('step', one.step)}</span></li>`)}</ol></div>`;
}

const DO = /** @type {Record<string, () => string>} */ ({
  form: () => t('booth.do_form'), documents: () => t('booth.do_documents'), survey: () => t('booth.do_survey'),
});

/** Up to so many papers stand one below the other. */
const ONE_COLUMN = 4;

/** The person's own step with the papers of their claim.
 * @param {any} view @param {Memory} memory @param {() => void} redraw */
export function ownStep(view, memory, redraw) {
  const {claim} = view;
  const code = stepNow(claim)?.step ?? '';
  const left = openPapers(claim, (id, paper) => memory.has(id, paper));
  const papers = /** @type {Paper[]} */ (claim?.papers ?? []);
  return html`<section class="own" data-papers=${papers.length === 0 ? 'none' : papers.length > ONE_COLUMN ? 'many' : 'few'}>
    <div class="task"><p class="eyebrow">${t('booth.own')}</p><h2>${label('step', code)}</h2>
      <p class="says">${(DO[code] ?? (() => t('booth.do_other')))()}</p>
      ${papers.length > 0 ? html`<p class=${left === 0 ? 'left found' : 'left'} role="status">${left === 0 ? t('booth.all_found') : t('booth.still_open', {n: left})}</p>` : nothing}</div>
    ${papers.length > 0 ? html`<div class="papers"><h3>${t('booth.papers')} <span class="soft">${label('reason', claim.reason)}</span></h3>
      <ul>${papers.map((paper) => paperRow(claim, paper, memory, redraw))}</ul></div>` : nothing}</section>`;
}

/** A row that the person ticks for themselves; what the officer has seen stays ticked.
 * @param {any} claim @param {Paper} paper @param {Memory} memory @param {() => void} redraw */
function paperRow(claim, paper, memory, redraw) {
  const found = memory.has(claim.id, paper);
  const seen = paper.mark === 'present';
  const lacks = lacking(paper);
  const note = seen ? t('booth.seen') : lacks ? t('booth.missing')
    : paper.when ? label('when', paper.when) : paper.required ? '' : t('booth.optional');
  const press = () => {
    if (!seen) memory.toggle(claim.id, paper.doc);
    redraw();
  };
  return html`<li><button type="button" role="checkbox" class=${`paper ${paper.mark === 'missing' && !lacks ? 'not_seen' : paper.mark}`} aria-checked=${String(found)}
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
  return plain({above: sign('video'), big: t('booth.with'), says: step ? label('step', step) : nothing, look: 'words brand'});
}

/** @param {any} view */
export function beside(view) {
  if (view.done.length > 0) return result(view, t('booth.beside_why'));
  return plain({above: view.number, big: t('booth.beside'), says: t('booth.beside_why'), look: 'words'});
}

export function cleaning() {
  return plain({above: sign('clean'), big: t('booth.cleaning'), says: t('booth.cleaning_why'), look: 'words quiet'});
}

/** After the day was closed nobody is called here: nobody is asked to wait for it. */
export function dayOver() {
  return plain({above: sign('closed'), big: t('booth.day_over'), says: t('booth.day_over_why'), look: 'words quiet'});
}

export function closed() {
  return plain({above: sign('closed'), big: t('booth.closed'), says: t('booth.closed_why'), look: 'words quiet'});
}
