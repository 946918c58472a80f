// @ts-check
// What became of the claims: the outcome, what is missing, the promised date, the
// receipt on paper and as a code to take along. For the person of this seat only.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {label, t} from '../lib/catalogue.js';
import {qrCode} from '../lib/qr.js';
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

/** @param {any} view @param {string} says @param {string} [branch] its name, for the paper */
export function result(view, says, branch = '') {
  return html`<section class="result" data-claims=${Math.min(view.done.length, MOST)}><h2>${t('booth.done')} <span class="number">${view.number ?? view.last_number}</span></h2>
    <div class="ends">${outcomes(view.done)}${view.qr ? code(view.qr) : nothing}</div>
    <p class="says">${says}</p></section>${receipt(view, branch)}`;
}

/** @param {any[]} claims */
function outcomes(claims) {
  const more = claims.length - MOST;
  return html`<div class="outcomes" data-count=${Math.min(claims.length, MOST)}>
    ${claims.slice(0, MOST).map(outcome)}
    ${more > 0 ? html`<p class="soft">${t('booth.more', {n: more})}</p>` : nothing}</div>`;
}

/** @param {any} claim */
function outcome(claim) {
  return html`<section class="card outcome">
    <header class=${`is-${claim.outcome}`}><p>${label('programme', claim.programme)}</p><h3>${label('outcome', claim.outcome)}</h3></header>
    <dl>${facts(claim)}</dl></section>`;
}

/** @param {any} claim */
function facts(claim) {
  const because = claim.because ? BECAUSE[claim.because]?.() ?? claim.because.replaceAll('_', ' ') : '';
  return html`${claim.promise ? fact(label('promise', claim.outcome), dateText(`${claim.promise}T05:00:00Z`)) : nothing}
    ${because ? fact(t('booth.why'), because) : nothing}
    ${claim.missing?.length ? fact(t('booth.lacking'), html`<ul>${claim.missing.map((/** @type {string} */ doc) => html`<li>${label('document', doc)}</li>`)}</ul>`) : nothing}
    ${claim.receipt ? fact(t('booth.receipt'), html`<span class="number">${claim.receipt}</span>`) : nothing}`;
}

/** @param {string} name @param {unknown} value */
function fact(name, value) {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** @param {{size: number, path: string}} qr */
function code(qr) {
  return html`<figure class="take">${qrCode(qr, t('booth.qr'))}<figcaption>${t('booth.qr_why')}</figcaption></figure>`;
}

/** What the printer gets; nothing of it is on the screen.
 * @param {any} view @param {string} branch */
function receipt(view, branch) {
  return html`<section class="receipt" aria-hidden="true">${branch ? html`<p><b>${branch}</b></p>` : nothing}<h2>${t('booth.slip')}</h2>
    <p class="number">${view.number ?? view.last_number}</p><p>${dateText(`${new Date((view.at + view.offset_s + view.zone_s) * 1000).toISOString().slice(0, 10)}T05:00:00Z`)}</p>
    ${view.done.map((/** @type {any} */ claim) => html`<section><h3>${label('programme', claim.programme)}</h3><p><b>${label('outcome', claim.outcome)}</b></p><dl>${facts(claim)}</dl></section>`)}
    ${view.qr ? qrCode(view.qr, t('booth.qr')) : nothing}<p>${t('booth.slip_free')}</p></section>`;
}
