// @ts-check
// The claim the officer works on: its steps, its papers with one key each, its outcome.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {repeat} from '../vendor/lit-html/directives/repeat.js';
import {label, t} from '../lib/catalogue.js';
import {hint} from '../lib/keys.js';
import {stateTag} from '../lib/parts.js';
import {clock, dateText, duration} from '../lib/times.js';
import {sentence} from '../lib/commands.js';
import {button, seatsText, visitTags} from './draw.js';
import {lackingOf, topKey, unseenOf} from './model.js';
import {PaperMarks} from './papers.js';

/** @typedef {import('./draw.js').Desk} Desk */

/** The signs of the marks: not colour alone. */
const SIGNS = /** @type {Record<string, string>} */ ({present: '✓', missing: '✕', not_seen: '–'});

/** The key that marks every paper nobody has looked at as present. */
export const ALL_KEY = '`';

/** The card of whoever the officer is with. @param {Desk} desk */
export function claimCard(desk) {
  const held = desk.sight.with;
  if (!held || held.elsewhere) return nothing;
  if (held.group) return groupCard(desk, held);
  const {visit, claim, seat} = held;
  if (!visit) return nothing;
  return html`<section class="card claim live" aria-label=${t('words.claim')}>
    ${head(desk, visit, seat)}
    ${claim ? body(desk, visit, claim) : html`<p class="soft">${t('officer.no_claim')}</p>`}
    ${claim ? outcomes(desk, claim) : nothing}
    <div class="row aside">${button(desk, 'put_back')}${button(desk, 'park')}${button(desk, 'desk')}${button(desk, 'unseat')}${button(desk, 'help_over')}${button(desk, 'correct')}${button(desk, 'reveal')}</div></section>`;
}

/** @param {Desk} desk @param {import('./model.js').With} held */
function groupCard(desk, held) {
  return html`<section class="card claim live" aria-label=${t('officer.group')}>
    <h2>${held.step ? label('step', held.step.step) : t('officer.group')}</h2>
    <p>${t('officer.group_with', {seats: seatsText(held.seats)})}</p>
    <div class="row">${button(desk, 'finish', {kind: 'primary large'})}${button(desk, 'put_back')}</div></section>`;
}

/** @param {Desk} desk @param {any} visit @param {any} seat */
export function head(desk, visit, seat) {
  const waited = visit.called_at ? visit.called_at - (visit.waits_since ?? visit.arrived) : 0;
  return html`<div class="row head"><span class="number">${visit.number}</span>
    <div class="words"><strong>${t('words.seat_no', {n: seat.no})}${seat.help ? html` <span class="flag">${t('officer.asks_help')}</span>` : nothing}</strong>
      <span class="small soft">${visit.arrived ? t('officer.arrived', {clock: clock(visit.arrived)}) : ''}${waited > 60 ? ` · ${t('officer.waited', {span: duration(waited)})}` : ''}</span></div>
    <span class="row tags">${visitTags(visit)}</span></div>${person(desk, visit)}`;
}

/** The name, once it was asked for. It is never in a view and never kept.
 * @param {Desk} desk @param {any} visit */
function person(desk, visit) {
  const known = desk.people.get(visit.id);
  if (!known) return nothing;
  if (known.asking) return html`<p class="person soft">${t('officer.revealing')}</p>`;
  if (known.problem) return html`<p class="person refused" role="alert">${sentence(known.problem)}</p>`;
  const more = [known.id_number_masked, known.phone].filter(Boolean).join(' · ');
  return html`<p class="person"><strong>${known.name}</strong> <span class="figure">${more}</span> <span class="small soft">${t('officer.revealed_logged')}</span></p>`;
}

/** @param {Desk} desk @param {any} visit @param {any} claim */
function body(desk, visit, claim) {
  const place = visit.claims.indexOf(claim) + 1;
  const many = visit.claims.length > 1 ? html`<span class="small soft">${t('officer.file_of', {n: place, all: visit.claims.length})}</span>` : nothing;
  return html`<div class="row title"><h2>${label('programme', claim.programme)}</h2>
      <span>${claim.reason ? label('reason', claim.reason) : nothing}</span>${many}${others(visit, claim)}</div>
    ${steps(claim)}${papers(desk, claim)}`;
}

/** @param {any} claim */
export function steps(claim) {
  return html`<ol class="steps">${claim.steps.map((/** @type {any} */ step, /** @type {number} */ i) => {
    const at = i < claim.step ? 'done' : i === claim.step ? 'here' : 'later';
    return html`<li class=${at} aria-current=${at === 'here' ? 'step' : nothing} title=${`${label('step', step.step)} · ${label('who', step.who)}`}>
      <span class=${`who ${step.who}`} aria-hidden="true"></span>${at === 'done' ? html`<span aria-hidden="true">✓</span><span class="visually-hidden">${label('step', step.step)}</span>` : label('step', step.step)}</li>`;
  })}</ol>`;
}

/** The visit's other files with what became of them. @param {any} visit @param {any} claim */
function others(visit, claim) {
  const done = visit.claims.filter((/** @type {any} */ c) => c !== claim && c.outcome !== 'none');
  if (done.length === 0) return nothing;
  return html`<span class="row small">${done.map((/** @type {any} */ c) => html`<span>${c.programme}</span>${stateTag('outcome', c.outcome)}`)}</span>`;
}

/** @param {Desk} desk @param {any} claim */
function papers(desk, claim) {
  if (claim.papers.length === 0) return html`<p class="soft">${claim.reason ? t('officer.no_papers') : t('officer.no_checklist')}</p><div class="row">${button(desk, 'reason', {kind: 'large'})}</div>`;
  const shown = claim.papers.map((/** @type {any} */ paper) => desk.marks.shown(claim.id, paper));
  const present = shown.filter((/** @type {string} */ mark) => mark === 'present').length;
  const open = unseenOf(claim, desk.marked?.(claim)).length;
  return html`<div class="row spread papers-head"><h3>${t('officer.checklist')} <span class="small soft">${t('officer.checked', {n: present, all: claim.papers.length})}</span></h3>
      ${open > 0 ? html`<button type="button" class="button tiny quiet" aria-disabled=${String(!desk.store.fresh())} @click=${() => markAll(desk, claim)}>${t('officer.all_papers', {n: open})} ${hint(ALL_KEY)}</button>` : nothing}</div>
    <ul class=${`papers${claim.papers.length > 8 ? ' many' : ''}`}>${repeat(claim.papers, (/** @type {any} */ paper) => paper.doc, (/** @type {any} */ paper, /** @type {number} */ i) => paperRow(desk, claim, paper, i))}</ul>`;
}

/** @param {Desk} desk @param {any} claim @param {any} paper @param {number} index */
function paperRow(desk, claim, paper, index) {
  const slot = PaperMarks.slot(claim.id, paper.doc);
  const mark = desk.marks.shown(claim.id, paper);
  const pending = desk.store.state.pending.get(slot);
  const key = topKey(index, false);
  const extra = paper.when ? label('when', paper.when) : paper.required ? '' : t('officer.optional');
  desk.drawn.add(slot);
  return html`<li><button type="button" class=${`paper is-${mark}${mark === paper.mark ? '' : ' busy'}`} aria-disabled=${String(!desk.store.fresh())}
      aria-keyshortcuts=${key ?? nothing} @click=${() => markPaper(desk, claim, paper)}>
    ${key ? hint(key) : nothing}<span class="sign" aria-hidden="true">${SIGNS[mark] ?? '–'}</span>
    <span class="doc" title=${extra || nothing}>${label('document', paper.doc)}${extra ? html` <span class="when">${extra}</span>` : nothing}</span>
    <span class=${mark === 'not_seen' ? 'visually-hidden' : 'mark-text'}>${label('paper', mark)}</span></button>
    ${pending?.status === 'refused' && pending.problem ? html`<span class="refused" role="alert">${sentence(pending.problem)}</span>` : nothing}</li>`;
}

/** @param {Desk} desk @param {any} claim @param {any} paper */
export function markPaper(desk, claim, paper) {
  if (!desk.store.fresh()) return;
  desk.marks.press(claim.id, paper);
  desk.store.update();
}

/** @param {Desk} desk @param {any} claim */
export function markAll(desk, claim) {
  if (!desk.store.fresh()) return;
  const open = unseenOf(claim, desk.marked?.(claim));
  for (const paper of claim.papers) if (open.includes(paper.doc)) desk.marks.mark(claim.id, paper.doc, 'present', paper.mark);
  desk.store.update();
}

/** @param {Desk} desk @param {any} claim */
function outcomes(desk, claim) {
  const open = unseenOf(claim, desk.marked?.(claim)).length;
  const missing = lackingOf(claim, desk.marked?.(claim)).length;
  const note = missing > 0 ? t('officer.note_missing', {n: missing}) : open > 0 ? t('officer.note_unseen', {n: open}) : t('officer.note_ready');
  const due = claim.last;
  const plain = due ? '' : 'small';
  return html`<div class=${`outcomes${due ? ' due' : ''}`}>
    ${due ? html`<p class="ask"><strong>${t('officer.give_outcome')}</strong> <span class=${missing + open > 0 ? 'warn' : 'soft'}>${note}</span></p>`
      : html`<div class="row">${button(desk, 'finish', {kind: 'primary large'})}<span class="soft small">${next(claim)}</span></div>`}
    <div class="row keys4">${button(desk, 'approve', {kind: due && missing + open === 0 ? 'good' : plain})}${button(desk, 'returned', {kind: due && missing > 0 ? 'call' : plain})}
      ${button(desk, 'escalate', {kind: plain})}${button(desk, 'refuse', {kind: `danger ${plain}`})}</div></div>`;
}

/** What comes after this step, so that nobody wonders what the key does. @param {any} claim */
function next(claim) {
  const step = claim.steps[claim.step + 1];
  return step ? t('officer.after', {step: label('step', step.step), who: label('who', step.who)}) : '';
}

/** The outcome that was given last, with the promised date: what is said to the visitor
 * when they stand up. @param {any} claim */
export function promiseText(claim) {
  return claim?.promise ? t('officer.promise', {date: dateText(`${claim.promise}T05:00:00Z`)}) : '';
}
