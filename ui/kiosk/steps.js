// @ts-check
// What the kiosk asks, one thing on the screen at a time.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {live} from '../vendor/lit-html/directives/live.js';
import {label, language, t} from '../lib/catalogue.js';
import {clock, dateText, range} from '../lib/times.js';
import {icon} from './icons.js';
import {BAR, CLAIMS_MAX, PERSONS_MAX, PRIORITIES, another, chooseProgramme, chooseReason, docsOf, frequent, place, timeOfDay, toggle, withPersons, without} from './model.js';

/** @typedef {import('./app.js').Ctx} Ctx */

/** @param {Ctx} ctx */
export function drawStep(ctx) {
  const draw = {claim, booking, elsewhere, reason, papers, missing, people}[/** @type {'claim'} */ (ctx.flow.step)];
  return draw ? draw(ctx) : nothing;
}

/** Where one is on the way. @param {Ctx} ctx */
export function drawBar({flow}) {
  const now = place(flow.step);
  return html`<ol class="way" aria-label=${t('kiosk.way')}>${BAR.map((code, i) => html`<li class=${i < now ? 'done' : i === now ? 'now' : ''} aria-current=${i === now ? 'step' : nothing}>
    <span class="dot">${i < now ? icon('check') : i + 1}</span><span class="way-name">${label('kiosk_way', code)}</span></li>`)}</ol>`;
}

/** @param {unknown} title @param {unknown} lead */
const head = (title, lead) => html`<div class="ask"><h1 id="ask" tabindex="-1">${title}</h1>${lead ? html`<p class="lead">${lead}</p>` : nothing}</div>`;

/** A choice as large as a hand. @param {{name: unknown, why?: unknown, picture?: string, code?: string, choose: () => void, more?: string}} one */
function choice({name, why, picture, code, choose, more = ''}) {
  return html`<button type="button" class=${`pick ${more}`} data-code=${code ?? nothing} @click=${choose}>
    ${picture ? icon(picture) : nothing}<span class="pick-text"><strong>${name}</strong>${why ? html`<span>${why}</span>` : nothing}</span>
    <span class="arrow" aria-hidden="true"></span></button>`;
}

/** The first thing: what brings you here. @param {Ctx} ctx */
function claim(ctx) {
  const {flow, lists, go, view} = ctx;
  const closed = (/** @type {any} */ p) => (view.unserved ?? []).includes(p.programme);
  const first = flow.claims.length === 0;
  return html`${head(first ? t('kiosk.claim') : t('kiosk.claim_more'), first ? t('kiosk.claim_why') : null)}
    ${first ? wait(ctx) : nothing}
    <div class="picks">${(lists?.programmes ?? []).map((/** @type {any} */ p) => choice({code: p.programme, picture: p.programme, name: label('programme', p.programme), why: closed(p) ? t('kiosk.unserved_short') : label('kiosk_programme', p.programme), choose: () => go(closed(p) ? {...flow, step: 'elsewhere', programme: p.programme} : chooseProgramme(flow, p))}))}
      ${first ? choice({code: 'booking', picture: 'booking', name: t('kiosk.booked'), why: t('kiosk.booked_why'), choose: () => go({...flow, step: 'booking'}), more: 'other'}) : nothing}</div>`;
}

/** How long it takes now, and how that is known. @param {Ctx} ctx */
export function wait({view}) {
  const lane = view.waits.find((/** @type {any} */ w) => w.lane === 'walk_in');
  return html`<dl class="wait live"><div class="wait-span"><dt>${t('kiosk.wait')}</dt><dd>${view.day.over ? t('kiosk.wait_over') : lane ? range(lane.low_s, lane.high_s) : label('wait', view.no_wait ?? 'nobody')}</dd></div>
    <div><dt>${t('kiosk.waiting')}</dt><dd>${t('kiosk.numbers', {n: view.waiting})}</dd></div>
    ${lane && !view.day.over ? html`<div class="basis-row"><dt class="visually-hidden">${t('kiosk.wait')}</dt><dd class="basis">${view.told_at ? t('kiosk.basis_told', {clock: clock(view.told_at)}) : t('kiosk.basis_pace', {clock: clock(view.at)})}</dd></div>` : nothing}</dl>`;
}

/** @param {Ctx} ctx */
function booking(ctx) {
  const {flow, go, take, said, blockedWhy} = ctx;
  const ready = flow.code.trim() !== '';
  return html`${head(t('kiosk.booking'), t('kiosk.booking_why'))}
    <form class="scan" @submit=${(/** @type {any} */ e) => { e.preventDefault(); if (e.target.code.value.trim() !== '') take(); }} autocomplete="off">
      ${icon('booking', 'scan-picture')}
      <label class="visually-hidden" for="code">${t('kiosk.booking_code')}</label>
      <input id="code" class="input" name="code" inputmode="none" spellcheck="false" autocapitalize="off" placeholder=${t('kiosk.booking_code')} .value=${live(flow.code)} @input=${(/** @type {any} */ e) => go({...flow, code: e.target.value}, true)}>
      <button type="submit" class="button call huge" data-act="take" aria-disabled=${String(!ready || Boolean(blockedWhy))}>${t('kiosk.take')}</button></form>${said()}
    <p class="aside">${icon('desk')}<span>${t('kiosk.booking_help')}</span></p>`;
}

/** Claimed elsewhere: said here, so that nobody waits for it. @param {Ctx} ctx */
function elsewhere({flow, leave, view}) {
  const closed = (view.unserved ?? []).includes(flow.programme);
  return html`${head(label('programme', flow.programme), null)}
    <div class="note">${icon(flow.programme)}<div><p>${closed ? t('kiosk.unserved') : label('elsewhere', flow.programme)}</p><p class="soft">${closed ? t('kiosk.unserved_desk') : t('kiosk.elsewhere_desk')}</p></div></div>
    <div class="acts"><button type="button" class="button primary huge" @click=${leave}>${t('kiosk.understood')}</button></div>`;
}

/** @param {Ctx} ctx */
function reason({flow, lists, go}) {
  const programme = lists.programmes.find((/** @type {any} */ p) => p.programme === flow.programme);
  return html`${head(t('kiosk.reason'), label('programme', flow.programme))}
    <div class="picks reasons">${frequent(programme.reasons).map((/** @type {any} */ r) => choice({code: r.reason, name: label('reason', r.reason), why: r.wait_months > 0 ? t('kiosk.wait_months', {n: r.wait_months}) : undefined, choose: () => go(chooseReason(flow, r.reason))}))}</div>`;
}

/** @param {any} flow */
const claimName = (flow) => {
  const last = flow.claims[flow.claims.length - 1];
  return `${last.programme} · ${label('reason', last.reason)}`;
};

/** The papers before the wait: nobody should sit an hour for a missing original. @param {Ctx} ctx */
function papers(ctx) {
  const {flow, lists, go} = ctx;
  const docs = docsOf(flow, lists);
  const always = docs.filter((d) => d.when === '');
  const some = docs.filter((d) => d.when !== '');
  return html`${head(t('kiosk.papers'), claimName(flow))}
    <ul class=${docs.length > 9 ? 'papers many' : 'papers'}>${always.map((d) => html`<li>${icon('paper')}<span>${label('document', d.doc)}${d.required ? nothing : html` <small>${t('kiosk.if_there')}</small>`}</span></li>`)}
      ${some.map((d) => html`<li class="sometimes">${icon('paper')}<span>${label('document', d.doc)} <small>${label('when', d.when)}</small></span></li>`)}</ul>
    <p class="aside">${icon('desk')}<span>${t('kiosk.papers_note')}${unread(ctx)}</span></p>
    <div class="acts two"><button type="button" class="button huge" data-act="some" @click=${() => go({...flow, step: 'missing'})}>${icon('cross')}${t('kiosk.some_missing')}</button>
      <button type="button" class="button primary huge" data-act="all" @click=${() => go({...flow, missing: [], step: 'people'})}>${icon('check')}${t('kiosk.have_all')}</button></div>`;
}

/** Whoever is guided by the recordings is told what those cannot say. @param {Ctx} ctx */
const unread = (ctx) => (ctx.unread ? html` <strong>${t('kiosk.papers_unread')}</strong>` : nothing);

/** Something is missing: which, when to come back, and that a number is still given. @param {Ctx} ctx */
function missing(ctx) {
  const {flow, lists, go, leave, view} = ctx;
  const docs = docsOf(flow, lists).sort((a, b) => Number(a.when !== '') - Number(b.when !== ''));
  const days = view.days.filter((/** @type {any} */ d) => !d.today || ctx.second < d.last_ticket_s).slice(0, 2);
  return html`${head(t('kiosk.missing'), html`${t('kiosk.missing_why')}${unread(ctx)}`)}
    <div class=${docs.length > 8 ? 'marks many' : 'marks'} role="group" aria-labelledby="ask">${docs.map((d) => html`<button type="button" class="mark-paper" data-code=${d.doc} aria-pressed=${String(flow.missing.includes(d.doc))} @click=${() => go(toggle(flow, d.doc))}>
      <span class="box">${flow.missing.includes(d.doc) ? icon('cross') : nothing}</span><span>${label('document', d.doc)}${d.when ? html` <small>${label('when', d.when)}</small>` : nothing}</span></button>`)}</div>
    <div class="ways"><section class="card"><h2>${t('kiosk.come_back')}</h2><p>${t('kiosk.come_back_why')}</p>
        <ul class="hours">${days.map((/** @type {any} */ d) => html`<li><strong>${dayName(d.date)}</strong><span>${timeOfDay(d.open_s, language())} – ${timeOfDay(d.last_ticket_s, language())}</span></li>`)}</ul>
        <button type="button" class="button huge" data-act="later" @click=${leave}>${t('kiosk.come_back_act')}</button></section>
      <section class="card"><h2>${t('kiosk.still')}</h2><p>${t('kiosk.still_why')}</p>
        <button type="button" class="button primary huge" data-act="still" @click=${() => go({...flow, step: 'people'})}>${t('kiosk.still_act')}</button></section></div>`;
}

/** A local date as a day's name. @param {string} date 2026-03-02 */
export function dayName(date) {
  return dateText(`${date}T04:00:00Z`); // at noon, or a little before it, in every zone of the country
}

/** @param {Ctx} ctx */
function people(ctx) {
  const {flow, go, take, said, busy, blockedWhy} = ctx;
  const step = (/** @type {number} */ by) => go(withPersons(flow, flow.persons + by));
  return html`${head(t('kiosk.people'), null)}
    <div class="fields"><section class="card count"><h2>${t('kiosk.persons')}</h2><p>${t('kiosk.persons_why')}</p>
        <div class="stepper"><button type="button" aria-label=${t('kiosk.fewer')} ?disabled=${flow.persons <= 1} @click=${() => step(-1)}>−</button><output class="figure" aria-live="polite">${flow.persons}</output>
          <button type="button" aria-label=${t('kiosk.more')} ?disabled=${flow.persons >= PERSONS_MAX} @click=${() => step(1)}>+</button></div></section>
      <section class="card"><h2>${t('kiosk.claims')}</h2><ul class="claims">${flow.claims.map((c, i) => html`<li><span><strong>${c.programme}</strong> ${label('reason', c.reason)}</span>
          ${flow.claims.length > 1 ? html`<button type="button" class="drop" aria-label=${t('kiosk.drop', {n: i + 1})} @click=${() => go(without(flow, i))}>${icon('cross')}</button>` : nothing}</li>`)}</ul>
        ${flow.claims.length < CLAIMS_MAX ? html`<button type="button" class="button" data-act="another" @click=${() => go(another(flow))}>+ ${t('kiosk.another')}</button>` : html`<p class="small">${t('kiosk.claims_full', {n: CLAIMS_MAX})}</p>`}</section>
      <section class="card whole"><h2 id="priority">${t('kiosk.priority')}</h2><p>${t('kiosk.priority_why')}</p>
        <div class="tiles" role="radiogroup" aria-labelledby="priority">${PRIORITIES.map((code) => html`<button type="button" role="radio" class="tile" data-code=${code} aria-checked=${String(flow.priority === code)} @click=${() => go({...flow, priority: code})}>
          ${icon(code)}<span>${label('kiosk_priority', code)}</span></button>`)}</div>
        <button type="button" class="tick" role="switch" aria-checked=${String(flow.accessible)} @click=${() => go({...flow, accessible: !flow.accessible})}><span class="box">${flow.accessible ? icon('check') : nothing}</span>${t('kiosk.accessible')}</button></section></div>
    <div class="acts">${said()}<button type="button" class="button call huge" data-act="take" aria-disabled=${String(busy || Boolean(blockedWhy))} aria-busy=${String(busy)} @click=${take}>${t('kiosk.take')}</button></div>`;
}
