// @ts-check
// What stands beside the plan: the seat that was chosen, who is on the way, and the
// proposal with the reason of every pick and of everyone passed over.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {repeat} from '../vendor/lit-html/directives/repeat.js';
import {label, t} from '../lib/catalogue.js';
import {stateTag} from '../lib/parts.js';
import {clock, duration, stopwatch} from '../lib/times.js';
import {focusComing} from './acts.js';
import {head, promiseText, steps} from './claim.js';
import {button, programmeTag, reasons, seatsText} from './draw.js';
import {claimAt, comesOf, endsOf, stayOf, taken} from './model.js';

/** @typedef {import('./draw.js').Desk} Desk */

/** Heights in rem, as the style sheet has them: of everything around the list, of why nobody is called, of a pick,
 * a skip, one who comes, what was settled, and a row of the line. So many rows are listed as there is room
 * for, and the rest is a number: a list that scrolls would hide its end. */
const TALL = {frame: 24, nobody: 2, pick: 2.97, skip: 1.85, coming: 3.05, comingFrame: 5, settled: 5, row: 2.2};
const COLUMNS = 3;
/** So many numbers that are passed over for the same reason stand in one line. */
const A_LINE = 8;

/** The seat that was chosen with its key, when it is not the one in work.
 * @param {Desk} desk */
export function seatCard(desk) {
  const {view, sight} = desk;
  const seat = view.seats.find((/** @type {any} */ s) => s.no === desk.chosen);
  if (!seat || sight.with?.seat?.no === seat.no) return nothing;
  const visit = view.visits[String(seat.visit)];
  const claim = claimAt(view, seat.no);
  const away = html`<button type="button" class="dismiss" aria-label=${t('act.close')} @click=${() => desk.choose(null)}>×</button>`;
  if (!visit || !taken(seat)) return emptySeat(desk, seat, away);
  const stay = stayOf(view, seat, sight.now);
  const [comes, ends] = [comesOf(seat, sight.now), endsOf(seat, sight.now)];
  return html`<section class="card seatcard live" aria-label=${t('words.seat_no', {n: seat.no})}>${away}${head(desk, visit, seat)}
    <p class="row">${stateTag('seat', seat.state)}${claim ? html`<span>${label('programme', claim.programme)}${claim.reason ? ` · ${label('reason', claim.reason)}` : ''}</span>` : nothing}
      ${stay > 0 ? html`<span class="small soft">${t('officer.stays', {span: duration(stay)})}</span>` : nothing}
      ${comes > 0 ? html`<span class="small soft">${t('officer.comes', {clock: clock(comes)})}</span>` : nothing}
      ${ends > 0 ? html`<span class="small soft">${t('officer.ends', {clock: clock(ends)})}</span>` : nothing}</p>
    ${claim ? steps(claim) : nothing}
    <div class="row">${button(desk, 'take_seat')}${button(desk, 'ready')}${button(desk, 'help_over')}</div>
    <div class="row aside">${button(desk, 'park')}${button(desk, 'desk')}${button(desk, 'unseat')}${button(desk, 'correct')}${button(desk, 'reveal')}</div></section>`;
}

/** @param {Desk} desk @param {any} seat @param {unknown} away */
function emptySeat(desk, seat, away) {
  const left = Math.max(0, (seat.free_at ?? 0) - desk.sight.now);
  return html`<section class="card seatcard live" aria-label=${t('words.seat_no', {n: seat.no})}>${away}
    <div class="row head"><h2>${t('words.seat_no', {n: seat.no})}</h2>${stateTag('seat', seat.closed ? 'closed' : seat.state)}
      ${seat.accessible ? html`<span class="tag">${t('officer.accessible')}</span>` : nothing}</div>
    <p class="soft">${seat.closed ? t('officer.seat_closed_why') : seat.state === 'cleaning' ? t('officer.seat_cleaning_why', {left: stopwatch(left)}) : nothing}</p>
    <div class="row">${button(desk, 'clean')}${button(desk, 'open_seat')}${button(desk, 'close_seat')}</div></section>`;
}

/** Who was called and is not here yet. @param {Desk} desk */
export function comingCard(desk) {
  const {sight} = desk;
  const {coming} = sight;
  if (coming.length === 0) return nothing;
  const focus = focusComing(desk);
  return html`<section class="card comingcard live" aria-label=${t('officer.on_the_way')}>
    <div class="row spread"><h2>${t('officer.on_the_way')} <span class="soft figure">${coming.length}</span></h2>${sight.with || sight.turns.length > 0 ? button(desk, 'all_present') : nothing}</div>
    <ul class="list">${repeat(coming, (one) => one.visit, (one) => html`<li class=${one === focus ? 'focus' : ''}>
      <span class="number">${one.number}</span>
      <span class="words"><strong>${seatsText(one.seats)}</strong><span class="small soft figure">${stopwatch(one.waited)}${one.recalls > 0 ? ` · ${t('officer.recalled', {n: one.recalls})}` : ''}</span></span>
      <span class="row do">${button(desk, `present-${one.visit}`)}${button(desk, `recall-${one.visit}`)}${button(desk, `absent-${one.visit}`)}</span></li>`)}</ul></section>`;
}

/** The proposal: whom the next call takes and why, whom not and why not, and the line.
 * @param {Desk} desk */
export function callCard(desk) {
  const {view, sight} = desk;
  if (!view.session || !['forming', 'running'].includes(sight.phase)) return nothing;
  const proposal = view.proposal;
  const heroCalls = !sight.with && sight.turns.length === 0 && sight.coming.length === 0 && proposal.picks.length > 0;
  return html`<section class="card callcard live" aria-label=${t('officer.propose')}>
    <div class="row spread"><h2>${proposal.call === 'refill' ? t('officer.propose_refill') : t('officer.propose')}</h2>
      <span class="row">${button(desk, 'others', {bare: true})}${heroCalls || proposal.picks.length === 0 ? nothing : button(desk, 'call')}</span></div>
    ${proposal.picks.length === 0 ? html`<p class=${proposal.holding ? 'warn' : 'soft'}>${reasons(proposal.wait, proposal.holding) || t('officer.nobody_to_call')}</p>` : nothing}
    <ul class="list picks">${repeat(proposal.picks, (/** @type {any} */ p) => p.visit, (/** @type {any} */ p) => html`<li>
      <span class="number">${p.number}</span><span class="words"><strong>${seatsText(p.seats ?? [])}${p.persons > 1 ? ` · ${t('words.persons', {n: p.persons})}` : ''}</strong>
      <span class="small">${reasons(p.why, proposal.holding)}</span></span></li>`)}</ul>
    ${skips(proposal)}${line(desk)}</section>`;
}

/** The line alone, while no session calls from it. @param {Desk} desk */
export function lineCard(desk) {
  if (['forming', 'running'].includes(desk.sight.phase)) return nothing;
  return html`<section class="card callcard live" aria-label=${t('officer.line', {n: desk.view.waiting})}>${line(desk)}</section>`;
}

/** The proposal as one line, while a claim has the room. @param {Desk} desk */
export function callStrip(desk) {
  const {picks, call} = desk.view.proposal;
  if (desk.sight.phase !== 'running' || picks.length === 0) return nothing;
  return html`<section class="card strip live" aria-label=${t('officer.propose')}>
    <span class="words"><span class="eyebrow">${call === 'refill' ? t('officer.propose_refill') : t('officer.propose')}</span>
      <strong>${picks.map((/** @type {any} */ p) => `${p.number} → ${(p.seats ?? []).join(', ')}`).join(' · ')}</strong></span>${button(desk, 'call')}</section>`;
}

/** What to say to whoever stands up, and the same outcome for those alike; for a while
 * after each outcome. @param {Desk} desk */
export function settledStrip(desk) {
  const promise = promiseText(desk.settled);
  if (!desk.settled || (!promise && !desk.acts.has('rest'))) return nothing;
  return html`<section class="card strip live" aria-label=${t('officer.settled', {number: desk.settled.number})}>
    <span class="words"><span class="eyebrow">${t('officer.settled', {number: desk.settled.number})}</span>${promise ? html`<strong>${promise}</strong>` : nothing}</span>${button(desk, 'rest')}</section>`;
}

/** Whom the call passes over; those with the same reason stand together. @param {any} proposal */
function passed({skips, holding}) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const {why, number} of skips) {
    const text = reasons(why, holding);
    groups.set(text, [...groups.get(text) ?? [], number]);
  }
  return [...groups];
}

/** @param {any} proposal */
function skips(proposal) {
  if (proposal.skips.length === 0) return nothing;
  return html`<h3 class="eyebrow">${t('officer.passed_over')}</h3><ul class="list skips">${passed(proposal).map(([why, numbers]) => html`<li>
    <span class="number">${numbers.join(' ')}</span><span class="small">${why}</span></li>`)}</ul>`;
}

/** How many rows of the line there is room for. @param {Desk} desk */
function roomFor({view, sight, settled}) {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const {picks} = view.proposal;
  const groups = passed(view.proposal);
  const lines = groups.reduce((sum, [, numbers]) => sum + Math.ceil(numbers.length / A_LINE), 0);
  const used = TALL.frame + TALL.pick * picks.length + (lines ? 2 : 0) + TALL.skip * lines + (sight.coming.length > 0 ? TALL.comingFrame : picks.length === 0 ? TALL.nobody : 0) + (settled ? TALL.settled : 0) + TALL.coming * sight.coming.length;
  return Math.max(0, Math.floor((innerHeight / rem - used) / TALL.row));
}

/** The head of the line behind those of the proposal. @param {Desk} desk */
function line(desk) {
  const {view, sight} = desk;
  const known = new Set([...view.proposal.picks, ...view.proposal.skips].map((/** @type {any} */ p) => p.visit));
  const rest = view.line.filter((/** @type {any} */ one) => !known.has(one.visit));
  const shown = COLUMNS * roomFor(desk);
  const more = view.waiting - known.size - Math.min(rest.length, shown);
  return html`<div class="row spread"><h3 class="eyebrow">${t('officer.line', {n: view.waiting})}</h3>${desk.chosen === null && !sight.with ? button(desk, 'correct') : nothing}</div>
    <ul class="line">${rest.slice(0, shown).map((/** @type {any} */ one) => html`<li>
      <span class="number">${one.number}</span><span class="small">${one.persons > 1 ? `×${one.persons}` : ''}</span><span>${one.programmes.map(programmeTag)}
      ${one.priority ? html`<span class="first small" title=${label('priority', one.priority)}>▲</span>` : nothing}</span>
      <span class="small soft">${duration(Math.max(0, sight.now - one.waits_since))}</span></li>`)}
      ${more > 0 ? html`<li class="soft small more">${t('officer.line_more', {n: more})}</li>` : nothing}</ul>`;
}
