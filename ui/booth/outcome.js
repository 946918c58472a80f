// @ts-check
// What became of the claims: the outcome, what is missing, the promised date, the
// receipt. For the person of this seat only.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {label, t} from '../lib/catalogue.js';
import {stateTag} from '../lib/parts.js';
import {dateText} from '../lib/times.js';

/** Claims that fit the smallest screen; a representative's others are on paper. */
const MOST = 3;

const BECAUSE = /** @type {Record<string, () => string>} */ ({
  papers_missing: () => t('booth.because_papers_missing'),
  copy_unreadable: () => t('booth.because_copy_unreadable'),
  name_differs: () => t('booth.because_name_differs'),
  needs_head_office: () => t('booth.because_needs_head_office'),
  data_mismatch: () => t('booth.because_data_mismatch'),
  legal_question: () => t('booth.because_legal_question'),
  not_eligible: () => t('booth.because_not_eligible'),
  identity_doubt: () => t('booth.because_identity_doubt'),
  duplicate: () => t('booth.because_duplicate'),
  withdrawn: () => t('booth.because_withdrawn'),
});

/** @param {any[]} claims */
export function outcomes(claims) {
  const more = claims.length - MOST;
  return html`<div class="outcomes" data-count=${Math.min(claims.length, MOST)}>
    ${claims.slice(0, MOST).map(outcome)}
    ${more > 0 ? html`<p class="soft">${t('booth.more', {n: more})}</p>` : nothing}</div>`;
}

/** @param {any} claim */
function outcome(claim) {
  const because = claim.because ? BECAUSE[claim.because]?.() ?? claim.because.replaceAll('_', ' ') : '';
  return html`<section class="card outcome">
    <p class="eyebrow">${label('programme', claim.programme)}</p>
    <h2>${stateTag('outcome', claim.outcome)}</h2>
    <dl>${claim.promise ? fact(t('booth.promise'), dateText(`${claim.promise}T05:00:00Z`)) : nothing}
      ${because ? fact(t('booth.why'), because) : nothing}
      ${claim.missing?.length ? fact(t('booth.lacking'), html`<ul>${claim.missing.map((/** @type {string} */ doc) => html`<li>${label('document', doc)}</li>`)}</ul>`) : nothing}
      ${claim.receipt ? fact(t('booth.receipt'), html`<span class="number">${claim.receipt}</span>`) : nothing}</dl></section>`;
}

/** @param {string} name @param {unknown} value */
function fact(name, value) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
