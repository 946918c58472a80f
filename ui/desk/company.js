// @ts-check
// A company's list: the rule of layoffs, the agreed waves, the file; tried, and entered
// once everything is as it should be. What is tried is stored nowhere.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {live} from '../vendor/lit-html/directives/live.js';
import {actButton} from '../lib/act.js';
import {has, label, language, learn, t} from '../lib/catalogue.js';
import {dateText} from '../lib/times.js';
import {LIST_MAX, blankCompany, companyBody, lacks, layoffs, linesOf, textOf, opensAt} from './company-model.js';
import {secondsOf} from './early.js';
import {words} from './words-company.js';

learn(words);

/** @typedef {import('./app.js').Ctx} Ctx */

/** @type {import('./company-model.js').CompanyForm|null} */
let form = null;
/** The server's answer to exactly this form.
 * @type {{of: string, body: any}|null} */
let answer = null;
let fileFault = '';

/** @param {Ctx} ctx */
export function drawCompany(ctx) {
  const {shelf} = ctx;
  const held = shelf.get('companies');
  if (!held) return html`<p class="empty">${shelf.problem('companies') ? t('refusal.no_network') : t('feed.connecting')}</p>`;
  form ??= blankCompany('', held.wave);
  const now = {...form, from: form.from ?? timeText(opensAt(held.opens, form.date))};
  const fresh = answer?.of === JSON.stringify(now) ? answer.body : null;
  return html`<main class="paper-page company-page"><section class="card stack paper-in" aria-labelledby="company"><h2 id="company">${t('company.title')}</h2>
      <p class="small soft">${t('company.why', {pct: held.min_layoff_pct})}</p>${fields(ctx, now, held)}${send(ctx, now, fresh)}</section>
    <section class="card paper-out live" aria-label=${t('company.result')}>${fresh ? result(now, fresh) : earlier(held.companies)}</section></main>`;
}

/** @param {number} s */
const timeText = (s) => `${String(Math.floor(s / 3600)).padStart(2, '0')}.${String(Math.floor(s / 60) % 60).padStart(2, '0')}`;
/** @param {string} date */
const dayText = (date) => dateText(`${date}T05:00:00Z`);

/** @param {Ctx} ctx @param {import('./company-model.js').CompanyForm} now @param {any} held */
function fields({store, commands}, now, held) {
  const set = (/** @type {Partial<import('./company-model.js').CompanyForm>} */ more) => {
    form = {...(form ?? now), ...more};
    for (const slot of ['company-check', 'company-enter', 'company-skip']) commands.dismiss(slot);
    store.update();
  };
  const field = (/** @type {'name'|'workforce'|'laidOff'|'date'|'from'|'wave'|'every'} */ key, /** @type {string} */ text, /** @type {{type?: string, mode?: string, max?: number}} */ {type = 'text', mode, max = 80} = {}) => html`<label class="field"><span class="label">${text}</span>
    <input class="input" id=${`company-${key}`} type=${type} inputmode=${mode ?? nothing} maxlength=${max} autocomplete="off" .value=${live(now[key])} @input=${(/** @type {any} */ e) => set({[key]: e.target.value})}></label>`;
  const open = async (/** @type {any} */ e) => {
    const file = e.target.files?.[0];
    e.target.value = '';
    if (!file) return;
    const read = textOf(await file.arrayBuffer());
    fileFault = read.fault ?? '';
    if (read.text !== null) set({text: read.text});
    else store.update();
  };
  const rule = layoffs(now, held.min_layoff_pct);
  const figures = rule && {laid: rule.laid, all: rule.all, pct: rule.pct, need: rule.need};
  return html`${field('name', t('company.name'))}<div class="pair-fields">${field('workforce', t('company.workforce'), {mode: 'numeric', max: 7})}${field('laidOff', t('company.laid_off'), {mode: 'numeric', max: 7})}</div>
    ${rule && figures ? html`<p class=${rule.ok ? 'rule kept' : 'rule broken'} role="status">${rule.ok ? '✓' : '✗'} ${rule.ok ? t('company.rule_ok', figures) : t('company.rule_low', figures)}</p>` : html`<p class="small soft">${t('company.rule_why', {pct: held.min_layoff_pct})}</p>`}
    <div class="pair-fields">${field('date', t('company.date'), {type: 'date'})}${field('from', t('company.from'), {mode: 'decimal', max: 5})}</div>
    <div class="pair-fields">${field('wave', t('company.wave'), {mode: 'numeric', max: 3})}${field('every', t('company.every'), {mode: 'numeric', max: 4})}</div>
    <label class="field"><span class="label">${t('company.text', {most: LIST_MAX})}</span><textarea class="input paper-text" id="company-text" spellcheck="false" placeholder=${'nama;nik;kpj;telepon;alasan\nSiti Wulandari;3201…;0012…;0812…;phk'} .value=${live(now.text)} @input=${(/** @type {any} */ e) => set({text: e.target.value})}></textarea></label>
    <label class="button slim file">${t('desk.paper_file')}<input class="visually-hidden" type="file" accept=".csv,.txt,text/csv,text/plain" @change=${open}></label>
    ${fileFault ? html`<p class="wrong small" role="alert">${label('company_file', fileFault)}</p>` : nothing}`;
}

/** @param {Ctx} ctx @param {import('./company-model.js').CompanyForm} now @param {any} fresh */
function send({store, commands, shelf}, now, fresh) {
  const from = secondsOf((now.from ?? '').trim());
  const lack = lacks(now, from);
  const why = lack ? label('company_lack', lack, {most: LIST_MAX}) : null;
  const of = JSON.stringify(now);
  const request = (/** @type {boolean} */ check, /** @type {boolean} */ skip) => ({path: '/api/v1/companies/list', body: companyBody(now, from ?? 0, {company: fresh?.company ?? 0, check, skip})});
  const keep = (/** @type {any} */ a) => { if (a.ok) { answer = {of, body: a.body}; if (a.body.entered) shelf.load('companies'); store.update(); } };
  const good = fresh && !fresh.entered ? fresh.new : 0;
  const low = fresh && !fresh.rule.ok ? t('company.rule_low', {laid: fresh.rule.laid_off, all: fresh.rule.workforce, pct: fresh.rule.pct, need: fresh.rule.need}) : null;
  const first = why ?? (!fresh ? t('desk.paper_first') : fresh.entered || good === 0 ? t('desk.paper_nothing') : low);
  return html`<div class="row company-acts">${actButton({store, commands, slot: 'company-check', request: request(true, false), text: t('desk.paper_check'), why, onDone: keep})}
      ${fresh?.wrong > 0 && !fresh.entered ? actButton({store, commands, slot: 'company-skip', request: request(false, true), text: t('company.enter_good', {n: good}), why: first, onDone: keep})
    : actButton({store, commands, slot: 'company-enter', request: request(false, false), text: t('desk.paper_enter', {n: good}), kind: 'primary', why: first, onDone: keep})}</div>`;
}

/** @param {import('./company-model.js').CompanyForm} now @param {any} body */
function result(now, body) {
  const {rule, head, entered} = body;
  if (head) return html`<p class="banner bad" role="alert">${t('company.line_1')} ${faultText(head)}</p>`;
  const text = linesOf(now.text);
  const wrong = body.lines.filter((/** @type {any} */ l) => l.state === 'wrong');
  const rest = body.lines.filter((/** @type {any} */ l) => l.state !== 'wrong');
  return html`<p role="status" class=${entered ? 'banner good' : wrong.length > 0 || !rule.ok ? 'banner' : 'banner good'}>${entered ? t('company.done', {n: body.new, known: body.known, company: body.company}) : t('company.tried', {n: body.new, known: body.known, wrong: body.wrong})}</p>
    ${body.ignored.length > 0 ? html`<p class="small soft">${t('company.ignored', {list: body.ignored.join(', ')})}</p>` : nothing}
    ${body.days.length > 0 ? html`<ul class="company-days">${body.days.map((/** @type {any} */ d) => html`<li><strong>${dayText(d.date)}</strong> <span class="figure">${d.first_s === d.last_s ? timeText(d.first_s) : `${timeText(d.first_s)}–${timeText(d.last_s)}`}</span> <span class="soft">${t('words.persons', {n: d.people})}</span></li>`)}</ul>` : nothing}
    <table class="table"><thead><tr><th>${t('desk.paper_line')}</th><th>${t('company.line_text')}</th><th>${t('desk.paper_becomes')}</th></tr></thead>
      <tbody>${[...wrong, ...rest].map((line) => row(line, text[line.line - 1] ?? '', entered))}</tbody></table>`;
}

/** @param {any} line @param {string} text @param {boolean} entered */
function row(line, text, entered) {
  return html`<tr class=${line.state === 'wrong' ? 'wrong-line' : ''}><td class="soft figure">${line.line}</td><td class="line-text">${text}</td>
    <td>${line.state === 'wrong' ? html`<ul class="faults">${(line.faults ?? []).map((/** @type {any} */ f) => html`<li>${faultText(f)}</li>`)}</ul>`
    : html`<span class="figure">${dayText(line.date)} ${line.due_s ? timeText(line.due_s) : ''}</span> <span class=${entered ? 'tag is-approved' : line.state === 'known' ? 'tag is-parked' : 'tag is-booked'}>${line.state === 'known' ? t('company.known') : entered ? t('desk.paper_in') : t('company.would')}</span>`}</td></tr>`;
}

/** A complaint with its column and the way out. The server's own words are English.
 * @param {any} fault */
function faultText({column, field, code, detail}) {
  const where = column ? html`<strong>${field ? t('company.column_named', {n: column, name: field}) : t('company.column', {n: column})}</strong> ` : nothing;
  const text = language() !== 'en' && has(`company_fault.${code}`) ? label('company_fault', code) : language() !== 'en' && has(`refusal.${code}`) ? label('refusal', code, {detail}) : detail;
  return html`${where}${text}`;
}

/** The lists that were entered before. @param {any[]} companies */
function earlier(companies) {
  return html`<h2>${t('company.earlier')}</h2>${companies.length === 0 ? html`<p class="soft">${t('company.none')}</p>`
    : html`<table class="table"><thead><tr><th>${t('company.number')}</th><th>${t('company.name')}</th><th>${t('company.laid_off')}</th><th>${t('company.date')}</th><th class="end">${t('company.people')}</th></tr></thead>
      <tbody>${companies.map((c) => html`<tr><td class="number">${c.company}</td><td>${c.name}</td><td class="figure">${c.laid_off} / ${c.workforce}</td><td>${dayText(c.date)}</td><td class="end figure">${c.people}</td></tr>`)}</tbody></table>`}`;
}
