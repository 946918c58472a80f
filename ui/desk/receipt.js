// @ts-check
// What became of a visit that is over, and its receipt printed once more: at the branch's
// printer, or by this browser where none is set.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {actButton} from '../lib/act.js';
import {label, language, t} from '../lib/catalogue.js';
import {stateTag} from '../lib/parts.js';
import {clock, dateText} from '../lib/times.js';

/** @typedef {import('./app.js').Ctx} Ctx */

/** The receipt that came out last, and when. @type {{visit: number, at: number}|null} */
let printed = null;

/** A day of the branch, at its noon so that no zone moves it. @param {string} date */
const dayText = (date) => dateText(`${date}T05:00:00Z`);

/** @param {any} claim */
function facts(claim) {
  return [
    claim.receipt ? [t('slip.receipt_no'), html`<span class="number">${claim.receipt}</span>`] : null,
    claim.promise ? [label('promise', claim.outcome), dayText(claim.promise)] : null,
    claim.because ? [t('desk.because'), label('because', claim.because)] : null,
    claim.missing?.length ? [t('desk.lacking'), html`<ul>${claim.missing.map((/** @type {string} */ doc) => html`<li>${label('document', doc)}</li>`)}</ul>`] : null,
  ].filter((one) => one !== null).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
}

/** @param {any} v */
export function outcomes(v) {
  return html`<ul class="ended">${v.claims.map((/** @type {any} */ c) => html`<li><div class="row spread"><strong>${c.programme}</strong>${stateTag('outcome', c.outcome)}</div>
    <dl class="small">${facts(c)}</dl></li>`)}</ul>`;
}

/** @param {Ctx} ctx @param {any} v */
export function printReceipt({store, commands, printer, now}, v) {
  const own = printer?.kind === 'escpos';
  const done = (/** @type {any} */ answer) => {
    if (!answer.ok) return;
    printed = {visit: v.id, at: now};
    if (!own) {
      document.documentElement.dataset.paper = String(printer?.width_mm ?? '');
      setTimeout(() => window.print(), 50); // what is printed is drawn first
    }
    store.update();
  };
  const body = {again: true, receipt: true, lang: language(), ...(own ? {} : {by: 'browser'})};
  return html`<div class="acts">${actButton({store, commands, slot: `print-${v.id}`, request: {path: `/api/v1/visits/${v.id}/print?at=desk`, body}, text: t('desk.print_receipt'), kind: 'primary', onDone: done})}
    <p class="small soft">${printed?.visit === v.id ? html`<span role="status">${t('desk.receipt_out', {clock: clock(printed?.at ?? 0)})}</span>` : own ? t('desk.receipt_at', {name: printer.name}) : t('desk.receipt_here')}</p></div>`;
}

/** What the browser's printer gets; nothing of it is on the screen. It holds no name.
 * @param {Ctx} ctx */
export function paper({chosen: v, printer, now}) {
  if (v?.state !== 'settled') return nothing;
  return html`<section class="on-paper" aria-hidden="true">${printer?.branch ? html`<p>${printer.branch}</p>` : nothing}<h2>${t('slip.receipt')}</h2><p class="number">${v.number}</p>
    ${v.claims.map((/** @type {any} */ c) => html`<section><h3>${label('programme', c.programme)}</h3><p><b>${label('outcome', c.outcome)}</b></p><dl>${facts(c)}</dl></section>`)}
    <p>${dateText(new Date(now * 1000).toISOString())} ${clock(now)}</p><p>${t('slip.thanks')}</p></section>`;
}
