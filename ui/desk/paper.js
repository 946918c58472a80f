// @ts-check
// The list that a guard wrote by hand while the power was gone: read, tried, entered.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {live} from '../vendor/lit-html/directives/live.js';
import {actButton} from '../lib/act.js';
import {label, language, t} from '../lib/catalogue.js';
import {sentence} from '../lib/commands.js';
import {PAPER_MAX, joined, paperBody, parsePaper} from './early.js';
import {doneToday} from './model.js';

/** @typedef {import('./app.js').Ctx} Ctx */

let text = '';
/** The server's answer to exactly this text, and whether it was entered.
 * @type {{text: string, entered: boolean, body: any}|null} */
let answer = null;

/** @param {Ctx} ctx */
export function drawPaper(ctx) {
  const {store, commands, view} = ctx;
  const lines = parsePaper(text);
  const fresh = answer?.text === text ? answer : null;
  const good = lines.filter((l) => !l.fault).length;
  const send = (/** @type {boolean} */ check) => ({path: '/api/v1/visits/paper-list', body: paperBody(lines, check)});
  const keep = (/** @type {boolean} */ entered) => (/** @type {any} */ a) => { if (a.ok) { answer = {text, entered, body: a.body}; store.update(); } };
  const put = (/** @type {string} */ next) => { text = next; commands.dismiss('paper-check'); commands.dismiss('paper-enter'); store.update(); };
  const closed = view.day.open ? null : doneToday(view) ? t('desk.done_why') : t('desk.closed_why');
  return html`<main class="paper-page"><section class="card stack paper-in" aria-labelledby="paper"><h2 id="paper">${t('desk.paper')}</h2><p class="small soft">${t('desk.paper_why')}</p>
      <p class="small"><a href=${`/sheet?lang=${language()}`} target="_blank">${t('desk.paper_sheet')}</a></p>
      <label class="field"><span class="label">${t('desk.paper_text')}</span><textarea class="input paper-text" id="paper-text" spellcheck="false" placeholder=${'K01 08.15\nK02 08.20 2\nA045 08.31 1 JKM'} .value=${live(text)} @input=${(/** @type {any} */ e) => put(e.target.value)}></textarea></label>
      <label class="button slim file">${t('desk.paper_file')}<input class="visually-hidden" type="file" accept=".csv,.txt,text/csv,text/plain" @change=${(/** @type {any} */ e) => e.target.files[0]?.text().then(put)}></label>
      <div class="row">${actButton({store, commands, slot: 'paper-check', request: send(true), text: t('desk.paper_check'), why: closed ?? (good === 0 ? t('desk.paper_none') : null), onDone: keep(false)})}
        ${actButton({store, commands, slot: 'paper-enter', request: send(false), text: t('desk.paper_enter', {n: fresh && !fresh.entered ? fresh.body.new : good}), kind: 'primary', why: closed ?? (!fresh ? t('desk.paper_first') : fresh.entered || fresh.body.new === 0 ? t('desk.paper_nothing') : null), onDone: keep(true)})}</div>
      ${fresh ? html`<p role="status" class=${fresh.entered ? 'banner good' : 'banner'}>${fresh.entered ? t('desk.paper_done', {n: fresh.body.new, known: fresh.body.known}) : t('desk.paper_tried', {n: fresh.body.new, known: fresh.body.known, wrong: fresh.body.wrong + lines.length - good})}</p>` : nothing}</section>
    <section class="card paper-out live" aria-label=${t('desk.paper_lines')}>${lines.length === 0 ? html`<p class="empty">${t('desk.paper_empty')}</p>` : table(lines, fresh)}
      ${lines.length === PAPER_MAX ? html`<p class="small late">${t('desk.paper_most', {n: PAPER_MAX})}</p>` : nothing}</section></main>`;
}

/** @param {import('./early.js').PaperLine[]} lines @param {any} fresh */
function table(lines, fresh) {
  return html`<table class="table"><thead><tr><th>${t('desk.paper_line')}</th><th>${t('desk.paper_slip')}</th><th>${t('desk.gate_at')}</th><th>${t('desk.persons')}</th><th>${t('desk.programme')}</th><th>${t('desk.paper_becomes')}</th></tr></thead>
    <tbody>${joined(lines, fresh?.body.rows ?? null).map(({line, row}) => html`<tr class=${line.fault || row?.state === 'wrong' ? 'wrong-line' : ''}><td class="soft">${line.line}</td><td class="number">${line.slip}</td>
      <td>${line.fault === 'time' ? '–' : timeText(line.at_s)}</td><td>${line.persons}</td><td>${line.programme}</td><td>${outcome(line, row, fresh)}</td></tr>`)}</tbody></table>`;
}

/** @param {number} s */
const timeText = (s) => `${String(Math.floor(s / 3600)).padStart(2, '0')}.${String(Math.floor(s / 60) % 60).padStart(2, '0')}`;

/** @param {import('./early.js').PaperLine} line @param {any} row @param {any} fresh */
function outcome(line, row, fresh) {
  if (line.fault) return html`<span class="tag is-missing">!</span> ${label('desk_paper_fault', line.fault)}`;
  if (!row) return html`<span class="soft small">${t('desk.paper_untried')}</span>`;
  if (row.state === 'wrong') return html`<span class="tag is-missing">!</span> ${sentence({code: row.code, status: 409, detail: row.detail, field: row.field})}`;
  if (row.state === 'known') return html`<span class="tag is-parked">${t('desk.paper_known', {number: row.number})}</span>`;
  return html`<strong class="number">${row.number}</strong> ${fresh.entered ? html`<span class="tag is-approved">${t('desk.paper_in')}</span>` : html`<span class="tag is-booked">${t('desk.paper_would')}</span>`}`;
}
