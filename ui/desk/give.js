// @ts-check
// The form that gives a number. Everything but personal data is one press, so a crowd
// at the door goes quickly; the last numbers given stay in sight.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {live} from '../vendor/lit-html/directives/live.js';
import {actButton, blocked} from '../lib/act.js';
import {label, language, t} from '../lib/catalogue.js';
import {sentence} from '../lib/commands.js';
import {enterSends, submitted} from '../lib/signin.js';
import {clock, range} from '../lib/times.js';
import {CHANNELS, ID_TYPES, PAPERS, PERSONS_MAX, PRIORITIES, PROGRAMMES, REASONS, after, blank, bodyOf, calledBy, doneToday, missing, next, showsCode, withAnother, withClaim, withPersons} from './model.js';

/** @typedef {import('./app.js').Ctx} Ctx */

/** A second press so soon after a number was given is the same press: a finger that
 * bounced must not send somebody home with two numbers. */
const BOUNCE_MS = 400;

/** Numbers given that stay in sight; more is what the lists are for. */
const GIVEN = 4;

let form = blank();
/** @type {{number: string, at: number, persons: number, visit: number, link?: string}[]} */
let given = [];
let givenAt = -BOUNCE_MS;

/** @param {Ctx} ctx @param {Partial<import('./model.js').Form>} more */
function set(ctx, more) {
  form = {...form, ...more};
  ctx.store.update();
}

function request() {
  return {path: '/api/v1/visits', body: bodyOf(form)};
}

/** @param {Ctx} ctx @param {any} answer */
function done(ctx, answer) {
  if (!answer.ok) return;
  given = [{number: answer.body.number, at: ctx.now, persons: form.persons, visit: answer.body.visit ?? answer.body.id, link: answer.body.link}, ...given].slice(0, GIVEN);
  givenAt = performance.now();
  setTimeout(() => ctx.store.update(), BOUNCE_MS);
  // Whoever was given a number is who stands there: the list and the panel show that visit.
  ctx.store.update({tab: form.papers === 'ready' ? 'waiting' : 'papers', search: '', chosen: given[0].visit});
  form = next(form);
  document.querySelector('.give')?.scrollTo(0, 0); // the next form begins at its beginning
}

/** Why no number can be given now, null when one can. @param {Ctx} ctx */
function lacking({view}) {
  if (!view.day.open) return doneToday(view) ? t('desk.done_why') : t('desk.closed_why');
  const lack = missing(form, view.elsewhere);
  if (lack === 'elsewhere') return label('elsewhere', form.claims.find((claim) => view.elsewhere.includes(claim.programme))?.programme ?? '');
  if (lack) return lackText(lack);
  return performance.now() - givenAt < BOUNCE_MS ? t('desk.just_given', {number: given[0].number}) : null;
}

/** Gives the number now, as the button does. @param {Ctx} ctx */
export function give(ctx) {
  if (!blocked(ctx.store, 'give', lacking(ctx))) ctx.commands.send('give', request()).then((answer) => done(ctx, answer));
}

/** @param {Ctx} ctx @returns {import('../lib/keys.js').Shortcut[]} */
export function formKeys(ctx) {
  return [
    {key: '1', say: () => t('desk.key_persons'), run: () => { form = withPersons(form, 1); ctx.store.update(); }},
    ...['2', '3', '4', '5', '6'].map((key) => ({key, say: () => t('words.persons', {n: Number(key)}), run: () => { form = withPersons(form, Number(key)); ctx.store.update(); }})),
    {key: 'p', say: () => t('desk.priority'), run: () => set(ctx, {priority: after(PRIORITIES, form.priority)})},
    {key: 'c', say: () => t('desk.channel'), run: () => set(ctx, {channel: after(CHANNELS, form.channel)})},
    {key: 'b', say: () => t('desk.papers'), run: () => set(ctx, {papers: after(PAPERS, form.papers)})},
    {key: 'a', say: () => t('desk.accessible'), run: () => set(ctx, {accessible: !form.accessible})},
    {key: 'i', say: () => t('desk.identity'), run: () => { set(ctx, {named: true}); setTimeout(() => document.getElementById('id-number')?.focus(), 50); }},
  ];
}

/** @param {string} name @param {string} key @param {string[]} codes @param {string} value @param {(code: string) => unknown} text @param {(code: string) => void} choose */
function choices(name, key, codes, value, text, choose) {
  return html`<div class="choice-row"><span class="label">${name} <kbd aria-hidden="true">${key}</kbd></span>
    <div class="chips" role="radiogroup" aria-label=${name}>${codes.map((code) => html`<button type="button" role="radio" aria-checked=${String(code === value)} @click=${() => choose(code)}>${text(code)}</button>`)}</div></div>`;
}

/** @param {Ctx} ctx */
export function drawForm(ctx) {
  const {store, commands, view} = ctx;
  const why = lacking(ctx);
  return html`<form class="stack" @submit=${submitted} autocomplete="off">
    ${given[0] ? lastGiven(ctx, given[0]) : html`<h2>${t('desk.give')}</h2>`}
    ${choices(t('desk.channel'), 'C', CHANNELS, form.channel, (code) => label('desk_channel', code), (channel) => set(ctx, {channel}))}
    ${expected(view)}
    <div class="choice-row"><span class="label">${t('desk.persons')} <kbd aria-hidden="true">1–6</kbd></span><div class="stepper">
      <button type="button" aria-label=${t('desk.fewer')} ?disabled=${form.persons <= 1} @click=${() => { form = withPersons(form, form.persons - 1); store.update(); }}>−</button>
      <output class="figure">${form.persons}</output>
      <button type="button" aria-label=${t('desk.more')} ?disabled=${form.persons >= PERSONS_MAX} @click=${() => { form = withPersons(form, form.persons + 1); store.update(); }}>+</button>
      <label class="check"><input type="checkbox" .checked=${live(form.accessible)} @change=${(/** @type {any} */ e) => set(ctx, {accessible: e.target.checked})}>${t('desk.accessible')} <kbd aria-hidden="true">A</kbd></label></div></div>
    ${choices(t('desk.priority'), 'P', PRIORITIES, form.priority, (code) => label('desk_priority', code), (priority) => set(ctx, {priority}))}
    <div class="claims">${form.claims.map((claim, i) => claimRow(ctx, claim, i))}
      <button type="button" class="button quiet slim" @click=${() => set(ctx, withAnother(form, view.elsewhere))}>${t('desk.add_claim')}</button></div>
    ${choices(t('desk.papers'), 'B', PAPERS, form.papers, (code) => label('desk_papers', code), (papers) => set(ctx, {papers}))}
    ${person(ctx)}
    <div class="give-act">${actButton({store, commands, slot: 'give', request: request(), text: view.day.over ? t('desk.give_next_day') : t('desk.give_now'), key: 'g', kind: 'primary large', why, onDone: (answer) => done(ctx, answer)})}</div>${enterSends()}</form>`;
}

/** The number just given, in sight until the next is: whatever of the form is scrolled to.
 * @param {Ctx} ctx @param {{number: string, at: number, visit: number, link?: string}} one */
function lastGiven(ctx, one) {
  return html`<div class="given-head"><h2 class="visually-hidden">${t('desk.give')}</h2><div class="given" role="status">
    <div class="given-what"><button type="button" class="given-now" title=${t('desk.show')} @click=${() => ctx.choose(one.visit)}><span class="number">${one.number}</span></button>
      <ul><li>${clock(one.at)}</li>${given.slice(1).map((before) => html`<li class="number">${before.number}</li>`)}</ul></div>${code(ctx, one)}</div></div>`;
}

/** The code of the last number's page, for a phone held before the screen: it is all that
 * the person takes along where nothing is printed.
 * @param {Ctx} ctx @param {{link?: string}} given */
function code({printer}, {link}) {
  return showsCode(printer, link) ? html`<img class="given-code" src=${`/api/v1/tickets/${link}/qr.svg?lang=${language()}`} alt=${t('slip.scan')} title=${t('slip.scan')}>` : nothing;
}

/** What to tell whoever takes this number now. @param {any} view */
function expected(view) {
  const wait = view.waits.find((/** @type {any} */ w) => w.lane === form.channel);
  if (view.day.over) return html`<p class="small wait-now warned" role="status">${t('desk.wait_over')}</p>`;
  if (missing(form, view.elsewhere) === 'elsewhere') return nothing; // the button says where
  const by = calledBy(form, view.unserved ?? []);
  if (by) return html`<p class="small wait-now warned" role="status">${by === 'desk' ? t('desk.called_by_desk', {programme: form.claims[0].programme}) : t('desk.called_by_none', {programme: form.claims[0].programme})}</p>`;
  return view.day.open ? html`<p class="small wait-now">${t('desk.wait_now', {range: wait ? range(wait.low_s, wait.high_s) : label('wait', view.no_wait ?? 'nobody')})}</p>` : nothing;
}

/** @param {'nik'|'number'|'name'|'person'|'twice'|'reason'} lack */
function lackText(lack) {
  if (lack === 'nik') return t('desk.lack_nik');
  if (lack === 'name') return t('desk.lack_name');
  if (lack === 'twice') return t('desk.lack_twice');
  if (lack === 'reason') return t('desk.lack_reason');
  return lack === 'number' ? t('desk.lack_number') : t('desk.lack_person');
}

/** @param {Ctx} ctx @param {any} claim @param {number} i */
function claimRow(ctx, claim, i) {
  const change = (/** @type {any} */ more) => { form = withClaim(form, i, more); ctx.store.update(); };
  const elsewhere = (ctx.view.elsewhere ?? []).includes(claim.programme);
  return html`<div class="claim-row"><select class="input" aria-label=${t('desk.programme')} @change=${(/** @type {any} */ e) => change({programme: e.target.value})}>
      ${PROGRAMMES.map((code) => html`<option value=${code} ?selected=${code === claim.programme}>${code}</option>`)}</select>
    ${elsewhere ? nothing : html`<select class="input" aria-label=${t('desk.reason')} @change=${(/** @type {any} */ e) => change({reason: e.target.value})}>
      <option value="" ?selected=${claim.reason === ''}>${t('desk.reason_later')}</option>
      ${REASONS[claim.programme].map((code) => html`<option value=${code} ?selected=${code === claim.reason}>${label('reason', code)}</option>`)}</select>`}
    ${form.persons > 1 && !elsewhere ? html`<select class="input whose" aria-label=${t('desk.whose')} @change=${(/** @type {any} */ e) => change({person: Number(e.target.value)})}>
      ${Array.from({length: form.persons}, (_, n) => html`<option value=${n} ?selected=${n === claim.person}>${t('desk.person_no', {n: n + 1})}</option>`)}</select>` : nothing}
    ${form.claims.length > 1 ? html`<button type="button" class="button quiet slim" aria-label=${t('desk.drop_claim')} @click=${() => set(ctx, {claims: form.claims.filter((_, j) => j !== i)})}>×</button>` : nothing}</div>`;
}

/** @param {Ctx} ctx */
function person(ctx) {
  const put = (/** @type {any} */ more) => set(ctx, {person: {...form.person, ...more}});
  const wrong = (/** @type {string} */ field) => refused(ctx.store, field);
  if (!form.named) return html`<button type="button" class="button quiet slim identity" @click=${() => set(ctx, {named: true})}>${t('desk.identity')} <kbd aria-hidden="true">I</kbd></button>`;
  const input = (/** @type {'id_number'|'name'|'phone'} */ key, /** @type {string} */ text, /** @type {string} */ mode) => html`<label class="field"><span class="label">${text}</span>
    <input class="input" id=${key === 'id_number' ? 'id-number' : nothing} inputmode=${mode} autocomplete="off" spellcheck="false" aria-invalid=${String(Boolean(wrong(key)))} .value=${live(form.person[key])}
      @input=${(/** @type {any} */ e) => put({[key]: e.target.value})}>${wrong(key) ? html`<span class="wrong" role="alert">${wrong(key)}</span>` : nothing}</label>`;
  return html`<fieldset class="person"><legend>${t('desk.identity')}</legend>
    <div class="chips small-chips" role="radiogroup" aria-label=${t('desk.id_type')}>${ID_TYPES.map((code) => html`<button type="button" role="radio" aria-checked=${String(code === form.person.id_type)} @click=${() => put({id_type: code})}>${label('id_type', code)}</button>`)}
      <button type="button" class="drop" @click=${() => set(ctx, {named: false, person: blank().person})}>${t('desk.no_identity')}</button></div>
    ${input('id_number', form.person.id_type === 'nik' ? t('desk.nik_count', {n: form.person.id_number.replace(/\D/g, '').length}) : t('desk.id_number'), form.person.id_type === 'nik' ? 'numeric' : 'text')}
    ${input('name', t('desk.name'), 'text')}${input('phone', t('desk.phone'), 'tel')}
    <p class="small soft">${t('desk.identity_why')}</p></fieldset>`;
}

/** The refusal of one field of the person; the server names it with or without the
 * form's own name before it. @param {any} store @param {string} field */
function refused(store, field) {
  const problem = store.state.pending.get('give')?.problem;
  const own = problem?.fields?.find((/** @type {any} */ f) => f.field === field || f.field === `person.${field}`);
  if (own) return sentence({...problem, ...own});
  return problem && (problem.field === field || problem.field === `person.${field}`) ? sentence(problem) : null;
}
