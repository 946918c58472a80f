// @ts-check
// The number: on the screen, on paper, and what to do when there is no paper.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {label, language, t} from '../lib/catalogue.js';
import {icon} from './icons.js';

/** @typedef {import('./app.js').Ctx} Ctx */
/** @typedef {'sending'|'printed'|'browser'|'none'|'paper_out'|'cover_open'|'offline'|'unsure'|'fault'} Printing */
/** @typedef {{number: string, visit: number, link: string, slip: any, printing: Printing}} Taken */

/** @param {Ctx} ctx @param {Taken} taken */
export function drawTicket(ctx, taken) {
  const slip = taken.slip ?? {};
  const lost = ['paper_out', 'cover_open', 'offline', 'unsure', 'fault'].includes(taken.printing);
  return html`<div class=${lost ? 'given lost' : 'given'}><div class="ask"><h1 id="ask" tabindex="-1">${t('kiosk.yours')}</h1></div>
    <div class="ticket" role="status"><p class="ticket-branch">${slip.branch || t('words.branch')}</p>
      <p class="number" aria-label=${[...taken.number].join(' ')}>${taken.number}</p>
      <p class="ticket-lane">${slip.lane}</p>
      <p class="ticket-ahead">${slip.ahead}</p>${slip.wait ? html`<p class="ticket-wait">${slip.wait}</p>` : nothing}
      ${slip.please ? html`<p class="ticket-please">${slip.please}</p>` : nothing}
      ${slip.address ? html`<div class="ticket-qr"><img src=${`/api/v1/tickets/${taken.link}/qr.svg?lang=${language()}`} alt=${slip.scan}><span>${slip.scan}</span></div>` : nothing}
      <p class="ticket-when">${slip.when}</p></div>
    ${printing(ctx, taken)}
    <div class="acts two"><button type="button" class="button huge" @click=${ctx.reprint} ?hidden=${!lost && taken.printing !== 'browser'}>${icon('printer')}${t('kiosk.print_again')}</button>
      <button type="button" class="button primary huge" data-act="done" @click=${ctx.leave}>${t('kiosk.done')} <span class="figure count-down">${ctx.left}</span></button></div></div>`;
}

/** @param {Ctx} ctx @param {Taken} taken */
function printing(ctx, {printing: code}) {
  if (code === 'none') return html`<p class="printing">${icon('printer')}<span>${t('kiosk.no_printer')}</span></p>`;
  if (code === 'sending') return html`<p class="printing">${icon('printer', 'busy')}<span>${t('kiosk.printing')}</span></p>`;
  if (code === 'printed' || code === 'browser') return html`<p class="printing good">${icon('printer')}<span>${t('kiosk.printed')}</span></p>`;
  return html`<div class="printing bad" role="alert">${icon('printer')}<div><strong>${label('kiosk_print', code)}</strong><span>${t('kiosk.still_valid')}</span></div></div>`;
}

/** The paper of a browser's own printer: hidden on the screen. @param {Taken|null} taken */
export function drawSlip(taken) {
  if (!taken) return nothing;
  const slip = taken.slip ?? {};
  return html`<section class="slip" aria-hidden="true"><p class="slip-branch">${slip.branch || t('words.branch')}</p><p>${slip.title}</p><p class="slip-number">${taken.number}</p>
    <p>${slip.lane}</p><p class="slip-strong">${slip.ahead}</p>${slip.wait ? html`<p>${slip.wait}</p>` : nothing}
    ${slip.please ? html`<p class="slip-strong">${slip.please}</p>` : nothing}
    ${slip.address ? html`<img src=${`/api/v1/tickets/${taken.link}/qr.svg?lang=${language()}`} alt=""><p>${slip.scan}</p>` : nothing}
    <p>${slip.when}</p><p>${slip.thanks}</p></section>`;
}
