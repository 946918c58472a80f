// @ts-check
// No number now: by which rule, and when the next chance is. Said in full, because "it
// depends on luck" is what people complained of for ten years.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {label, language, t} from '../lib/catalogue.js';
import {icon} from './icons.js';
import {timeOfDay} from './model.js';
import {dayName, wait} from './steps.js';

/** @param {import('./app.js').Ctx} ctx @param {import('./model.js').Shut|null} why null: not connected */
export function drawShut(ctx, why) {
  if (!why) {
    return html`<div class="shut offline">${icon('offline', 'shut-picture')}<h1 id="ask" tabindex="-1">${t('kiosk.offline')}</h1><p class="lead">${t('kiosk.offline_why')}</p>
      <p class="aside">${icon('desk')}<span>${t('kiosk.offline_desk')}</span></p></div>`;
  }
  const {day, next, code} = why;
  const at = (/** @type {number} */ second) => timeOfDay(second, language());
  const rule = label('kiosk_shut_why', code === 'after_calls' && !next ? 'after_calls_unknown' : code, {n: ctx.view.waiting, next: next ? dayName(next.date) : '', gate: day ? at(day.gate_s) : '', open: day ? at(day.open_s) : '', last: at(ctx.view.day.open ? ctx.view.day.last_ticket_s : day?.last_ticket_s ?? 0), quota: ctx.view.quota, given: ctx.view.given});
  return html`<div class="shut">${icon('closed', 'shut-picture')}<h1 id="ask" tabindex="-1">${label('kiosk_shut', code)}</h1><p class="lead">${rule}</p>
    ${next ? html`<section class="card next"><h2>${t('kiosk.next')}</h2><p class="next-day">${dayName(next.date)}</p>
      <dl><div><dt>${t('kiosk.gate')}</dt><dd class="figure">${at(next.gate_s)}</dd></div><div><dt>${t('kiosk.opens')}</dt><dd class="figure">${at(next.open_s)}</dd></div><div><dt>${t('kiosk.last')}</dt><dd class="figure">${at(next.last_ticket_s)}</dd></div></dl>
      <p>${t('kiosk.draw_note')}</p></section>` : nothing}
    <p class="aside">${icon('desk')}<span>${ctx.view.day.open ? t('kiosk.shut_desk') : t('kiosk.shut_guard')}</span></p>
    ${ctx.view.day.open && code !== 'full' ? html`<button type="button" class="button huge" data-act="booking" @click=${() => ctx.go({...ctx.flow, step: 'booking'})}>${icon('booking')}${t('kiosk.booked')}</button>` : nothing}
    ${ctx.view.day.open && !ctx.view.day.over ? wait(ctx) : nothing}</div>`;
}
