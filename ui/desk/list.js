// @ts-check
// The desk's lists: who needs papers checked, who booked, who was missed, who is aside.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {live} from '../vendor/lit-html/directives/live.js';
import {repeat} from '../vendor/lit-html/directives/repeat.js';
import {actButton, blocked} from '../lib/act.js';
import {label, t} from '../lib/catalogue.js';
import {stateTag} from '../lib/parts.js';
import {clock, duration} from '../lib/times.js';
import {PRIORITIES, TABS, beganAt, doneToday, inLine} from './model.js';

/** @typedef {import('./app.js').Ctx} Ctx */

/** @param {Ctx} ctx */
export function drawList(ctx) {
  const {store, view, visits, tab, search} = ctx;
  const count = (/** @type {string[]} */ states) => view.visits.filter((/** @type {any} */ v) => states.includes(v.state)).length;
  return html`<div class="row spread list-head"><div class="tabs" role="tablist">${TABS.map((one) => html`<button type="button" role="tab" aria-selected=${String(tab === one.code)}
      @click=${() => store.update({tab: one.code, chosen: null})}>${label('desk_tab', one.code)} ${one.code === 'done' ? nothing : html`<b class="figure">${one.code === 'waiting' ? inLine(view) : count(one.states)}</b>`}</button>`)}</div></div>
    <div class="finders"><label class="search"><span class="visually-hidden">${t('desk.search')}</span><input id="search" class="input" type="search" placeholder=${t('desk.search')} .value=${live(search)}
      @input=${(/** @type {any} */ e) => store.update({search: e.target.value})}><kbd aria-hidden="true">/</kbd></label>${scanField(ctx)}</div>
    ${visits.length === 0 ? html`<p class="empty">${search ? t('desk.none_found') : view.day.open || tab === 'booked' ? label('desk_none', tab) : doneToday(view) ? t('desk.done_why') : t('desk.none_open')}</p>${search && tab !== 'done' ? html`<p class="row centred"><button type="button" class="button slim" @click=${() => store.update({tab: 'done', chosen: null})}>${t('desk.search_done')}</button></p>` : nothing}`
    : html`<ul class="rows">${repeat(visits, (v) => v.id, (v) => row(ctx, v))}</ul>`}`;
}

/** Where the visit is; of one that is over, how. @param {any} v */
function ends(v) {
  if (v.state !== 'settled') return stateTag('visit', v.state);
  return [...new Set(v.claims.map((/** @type {any} */ c) => c.outcome))].map((outcome) => stateTag('outcome', outcome));
}

/** A priority in one word, where the form has one for it; a guarantee is none of its.
 * @param {string} code */
function priority(code) {
  return PRIORITIES.includes(code) ? label('desk_priority', code) : label('priority', code);
}

/** @param {Ctx} ctx @param {any} v */
function row({chosen, choose, now}, v) {
  const when = v.state === 'booked' ? (v.due ? clock(v.due) : t('desk.no_time')) : duration(now - beganAt(v));
  const late = v.state === 'booked' && v.due && now > v.due;
  const marks = [
    v.persons > 1 ? t('words.persons', {n: v.persons}) : '',
    v.priority && v.priority !== 'none' ? priority(v.priority) : '',
    v.claims.map((/** @type {any} */ c) => c.programme).join(', '), v.why?.length > 0 ? t('desk.for_side_desk') : '',
  ].filter(Boolean).join(' · ');
  return html`<li><button type="button" class=${chosen?.id === v.id ? 'row-item current' : 'row-item'} aria-pressed=${String(chosen?.id === v.id)} @click=${() => choose(v.id)}>
    <span class=${v.number ? 'number' : 'number unnumbered'}>${v.number || t('desk.booking_no', {n: v.id})}</span><span class="row-what">${ends(v)}<span class="small soft">${marks}</span></span>
    <span class=${late ? 'small figure late' : 'small figure'}>${when}${late ? html`<br>${t('desk.late')}` : nothing}</span></button></li>`;
}

/** A scanner types the booking's code and presses Enter; the number is given at once.
 * @param {Ctx} ctx */
function scanField({store, commands}) {
  const code = store.state.scan.trim();
  const request = (/** @type {string} */ link) => ({path: '/api/v1/visits', body: {link, papers: 'unchecked'}});
  const done = (/** @type {any} */ answer) => {
    if (answer.ok) store.update({scan: '', tab: 'papers', chosen: answer.body.visit ?? answer.body.id, search: ''});
  };
  const receive = (/** @type {Event} */ event) => {
    event.preventDefault();
    // As it stands there now: a scanner presses Enter sooner than the screen is drawn anew.
    const now = store.state.scan.trim();
    if (now && !blocked(store, 'scan')) commands.send('scan', request(now)).then(done);
  };
  return html`<form class="scan" autocomplete="off" @submit=${receive}><label class="visually-hidden" for="scan">${t('desk.scan')}</label>
    <input id="scan" class="input" spellcheck="false" placeholder=${t('desk.scan')} .value=${live(store.state.scan)} @input=${(/** @type {any} */ e) => store.update({scan: e.target.value})}>
    ${code ? actButton({store, commands, slot: 'scan', request: request(code), text: t('desk.scan_act'), kind: 'primary', onDone: done}) : nothing}</form>`;
}
