// @ts-check
// "Bagaimana jika?": asks what a change would do and shows the answer beside today.
// Nothing here changes the branch.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {repeat} from '../../vendor/lit-html/directives/repeat.js';
import {actButton} from '../../lib/act.js';
import {ask} from '../../lib/ask.js';
import {label, t} from '../../lib/catalogue.js';
import {vars} from '../../lib/css.js';
import {drawAdvice} from './advice.js';
import {cell, drawAnswer} from './answer.js';
import {drawForm} from './form.js';
import {baseOf, bestOf, blank, changesOf, donePct, draftOf, laid, open, questionOf, rowOf} from './model.js';
import {askedText, demandText, inShort, title} from './say.js';

/** @typedef {import('../app.js').Ctx} Ctx */

const LIST = '/api/v1/what-ifs';

/** Pauses between two looks at the server, in milliseconds: the page is drawn once a
 * second, and a question that is being worked on gets as often a look. */
const LOOK_ONE_MS = 800;
const LOOK_ALL_MS = 4000;

/** The same when nothing is under way: another window may ask, or the server restart. */
const LOOK_IDLE_MS = 30_000;

/** The form with the branch that it began from; what somebody typed must not move when
 * an officer signs off meanwhile.
 * @type {{base: import('./model.js').Base, draft: import('./model.js').Draft}|null} */
let form = null;

/** The questions known here, newest first, with the answers that were read.
 * @type {any[]} */
let known = [];
let kept = 0;
/** The officers that a question is answered with, as the server says.
 * @type {{serving: number, from: string, day?: string}|null} */
let staff = null;
/** Whether the list was read, and why it could not be. @type {{read: boolean, problem: any}} */
let list = {read: false, problem: null};
/** @type {Record<string, number>} */
const looked = {};
let busy = false;

/** @param {Ctx} ctx */
export function drawWhatIf(ctx) {
  const {shelf, view, place} = ctx;
  const policy = shelf.get('policy')?.policy;
  const rooms = shelf.get('rooms')?.rooms;
  if (!policy || !rooms) return html`<p class="empty">${shelf.problem('policy') || shelf.problem('rooms') ? t('refusal.no_network') : t('feed.connecting')}</p>`;
  const id = Number(place[1]) || 0;
  look(ctx, id);
  begin(policy, rooms, view);
  const {tryOut} = ctx.store.state;
  if (tryOut && form) { // unsaved changes of the policy page: what would they do?
    form = {base: form.base, draft: draftOf({changes: tryOut}, form.base)};
    ctx.store.state.tryOut = null;
  }
  const {base, draft} = /** @type {NonNullable<typeof form>} */ (form);
  const entry = known.find((one) => one.id === id) ?? null;
  const keep = (/** @type {any} */ next) => { form = next ? {base, draft: next} : null; ctx.store.update(); };
  return html`<div class="what-if">
    <div class="stack ask-side">${drawForm(ctx, base, draft, keep, (answer) => asked(ctx, answer))}</div>
    <div class="stack ask-main">${id === 0 ? start(ctx, base) : entry ? panel(ctx, entry, base) : waiting(ctx)}${compare(ctx, id, base)}</div></div>`;
}

/** Begins the form, and begins it again while nothing was changed in it and the branch
 * has become another.
 * @param {any} policy @param {any[]} rooms @param {any} view */
function begin(policy, rooms, view) {
  const base = baseOf(policy, rooms, view, staff);
  const idle = form && !form.draft.advise && changesOf(form.draft, form.base) === null;
  const same = form && JSON.stringify([form.base.policy.version, form.base.officers, form.base.staff, form.base.hours, form.base.rooms.map((r) => r.version)])
    === JSON.stringify([policy.version, base.officers, base.staff, base.hours, base.rooms.map((r) => r.version)]);
  if (!form) form = {base, draft: blank(base)};
  else if (idle && !same) form = {base, draft: draftOf(questionOf(form.draft, form.base), base)};
}

/** @param {Ctx} ctx @param {any} answer */
function asked(ctx, answer) {
  if (!answer.ok) return;
  known = laid(known, [answer.body, ...known.filter((one) => !one.lost && one.id !== answer.body.id)]);
  ctx.go(`what-if/${answer.body.id}`);
}

/** Looks at the server as often as it is worth while, one look at a time: the question
 * on the screen, the list, and the answers that the comparison still lacks.
 * @param {Ctx} ctx @param {number} id */
async function look(ctx, id) {
  if (busy) return;
  const now = Date.now();
  const due = (/** @type {string} */ what, /** @type {number} */ pause) => now - (looked[what] ?? 0) >= pause;
  const one = known.find((entry) => entry.id === id);
  const lacks = known.find((entry) => !entry.lost && !open(entry) && !entry.read);
  const which = id > 0 && (!one || (open(one) && !one.lost)) && due(String(id), LOOK_ONE_MS) ? id
    : !list.read || due('all', known.some((entry) => open(entry) && !entry.lost) ? LOOK_ALL_MS : LOOK_IDLE_MS) ? (due('all', LOOK_ONE_MS) ? 0 : null) : lacks?.id ?? null;
  if (which === null) return;
  busy = true;
  looked[which === 0 ? 'all' : String(which)] = now;
  const answer = await ask(which === 0 ? LIST : `${LIST}/${which}`);
  busy = false;
  take(which, answer);
  ctx.store.update();
}

/** @param {number} which 0 for the list @param {import('../../lib/ask.js').Answer} answer */
function take(which, answer) {
  if (which === 0) {
    list = {read: answer.ok || list.read, problem: answer.problem};
    if (!answer.ok) return;
    kept = answer.body.kept;
    staff = answer.body.staff ?? null;
    known = laid(known, answer.body.what_ifs);
  } else if (answer.ok) {
    const read = !open(answer.body);
    known = laid(known.map((one) => (one.id === which ? {...one, read} : one)), [...known.filter((one) => !one.lost && one.id !== which), {...answer.body, read}]);
  } else if (answer.status === 404) {
    const before = known.find((one) => one.id === which) ?? {id: which, state: 'lost', done: 0, total: 0, question: null};
    known = [...known.filter((one) => one.id !== which), {...before, lost: true, read: true}].sort((a, b) => b.id - a.id);
  }
}

/** @param {Ctx} ctx */
function waiting(ctx) {
  return html`<section class="card"><p class="soft">${list.problem ? t('refusal.no_network') : t('feed.connecting')}</p>
    ${list.problem ? html`<button type="button" class="button slim" @click=${() => ctx.store.update()}>${t('manager.again')}</button>` : nothing}</section>`;
}

/** Nothing is chosen: what this page is for, with examples that fill the form.
 * @param {Ctx} ctx @param {import('./model.js').Base} base */
function start(ctx, base) {
  const fill = (/** @type {any} */ set) => { form = {base, draft: draftOf({changes: set}, base)}; ctx.store.update(); };
  const examples = [
    {text: t('whatif.example_pooled'), set: {policy: {pooled: !base.policy.pooled}}, off: base.policy.pooled},
    {text: t('whatif.example_fewer'), set: {officers: base.officers - 1}, off: base.officers < 2},
    {text: t('whatif.example_officer'), set: {officers: base.officers + 1}, off: !base.policy.pooled && base.officers >= base.rooms.length},
    {text: t('whatif.example_busy'), set: {visits_pct: 130}},
    {text: t('whatif.example_distance'), set: {policy: {distance: {distance_mm: 1000}}}, off: base.policy.distance.distance_mm === 1000},
  ];
  return html`<section class="card start"><h2>${t('whatif.empty_title')}</h2><p>${t('whatif.empty_why')}</p>
    <p><strong>${t('whatif.harmless')}</strong></p>
    <div class="row"><span class="soft">${t('whatif.empty_try')}</span>${examples.filter((one) => !one.off).map((one) => html`<button type="button" class="button slim" @click=${() => fill(one.set)}>${one.text}</button>`)}</div></section>`;
}

/** One question: how far it is, and its answer.
 * @param {Ctx} ctx @param {any} entry @param {import('./model.js').Base} base */
function panel(ctx, entry, base) {
  const rooms = base.rooms.length;
  const show = (/** @type {any} */ question) => { form = {base, draft: draftOf(question, base)}; ctx.store.update(); toForm(); };
  const {answer} = entry;
  const partly = answer && answer.rows.length > 0;
  return html`<section class="card asked-card"><div class="row spread"><div><p class="eyebrow">${t('whatif.question')}</p>
        <h2>${entry.question ? title(entry, base) : t('whatif.lost_short')}</h2></div>
      <div class="row">${entry.question ? html`<button type="button" class="button slim" @click=${() => show(entry.question)}>${t('whatif.edit')}</button>` : nothing}
        <a class="button slim" href="#what-if">${t('whatif.new')}</a></div></div>
    ${state(ctx, entry)}<p class="visually-hidden" role="status">${label('whatif_state', entry.lost ? 'lost' : entry.state)}</p></section>
    ${answer?.advice ? drawAdvice(ctx, entry, rooms, (set) => show({...entry.question, advise: false, promise: undefined, changes: set})) : nothing}
    ${partly && (!answer.advice || entry.question.changes) ? drawAnswer(ctx, entry, base) : nothing}`;
}

/** Goes to the form that was filled, which may be far above or stand on top of a narrow
 * screen; the next press is most likely the one that asks. */
function toForm() {
  requestAnimationFrame(() => {
    document.querySelector('.ask')?.scrollIntoView({behavior: 'smooth', block: 'start'});
    /** @type {HTMLElement|null} */ (document.querySelector('.ask-foot .primary'))?.focus({preventScroll: true});
  });
}

/** What became of a question, in words of its own for each end.
 * @param {Ctx} ctx @param {any} entry */
function state(ctx, entry) {
  const {store, commands} = ctx;
  const steps = {done: entry.done, total: entry.total};
  const again = entry.question ? actButton({store, commands, slot: 'what-if-again', request: {path: LIST, body: entry.question}, text: t('whatif.ask_again'), kind: 'slim', onDone: (answer) => asked(ctx, answer)}) : nothing;
  if (entry.lost) return html`<div class="state-line is-lost" role="status"><p><strong>${label('whatif_state', 'lost')}.</strong> ${t('whatif.lost_why', {n: kept || ''})}</p>${again}</div>`;
  if (entry.state === 'failed') {
    return html`<div class="state-line is-failed" role="status"><p><strong>${label('whatif_state', 'failed')}.</strong> ${entry.code === 'day_not_kept' ? t('whatif.failed_day') : t('whatif.failed_why')}
      ${entry.reason ? html`<span class="small reason" lang="en">${entry.reason}</span>` : nothing}</p>${again}</div>`;
  }
  if (entry.state === 'cancelled') {
    return html`<div class="state-line" role="status"><p><strong>${label('whatif_state', 'cancelled')}.</strong> ${entry.answer?.rows.length ? t('whatif.cancelled_why', steps) : t('whatif.cancelled_none')}</p>${again}</div>`;
  }
  if (!open(entry)) return nothing;
  const stop = actButton({store, commands, slot: `what-if-${entry.id}`, request: {method: 'DELETE', path: `${LIST}/${entry.id}`}, text: t('whatif.cancel'), kind: 'slim',
    onDone: (answer) => { if (answer.ok) take(entry.id, answer); ctx.store.update(); }});
  const pct = donePct(entry);
  const days = entry.answer?.days ?? 0;
  return html`<div class="state-line is-open"><div class="progress"><div class="row spread"><strong>${label('whatif_state', entry.state)}${entry.state === 'running' ? html` <span class="figure">${pct} %</span>` : nothing}</strong>
        <span class="small soft figure">${entry.total > 0 ? t('whatif.progress', steps) : t('whatif.progress_none')}</span></div>
      <div class="bar" role="progressbar" aria-label=${label('whatif_state', entry.state)} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${pct} ${vars({'--share': `${pct}%`})}></div>
      <p class="small soft">${entry.state === 'queued' ? t('whatif.queued_why') : days > 0 ? t('whatif.so_far', {n: days}) : t('whatif.no_rows_yet')} ${entry.state === 'running' ? t('whatif.running_why') : nothing}</p></div>${stop}</div>`;
}

/** Every question asked here, with the figures of those that are answered side by side.
 * @param {Ctx} ctx @param {number} id @param {import('./model.js').Base} base */
function compare(ctx, id, base) {
  if (known.length === 0) return html`<section class="card"><h2>${t('whatif.asked')}</h2><p class="soft">${list.read ? t('whatif.asked_none') : list.problem ? t('refusal.no_network') : t('feed.connecting')}</p></section>`;
  return html`<section class="card"><header class="row spread card-head"><h2>${t('whatif.asked')}</h2><span class="small soft">${kept > 0 ? t('whatif.asked_kept', {n: kept}) : nothing}</span></header>
    <table class="table tight asked-list"><thead><tr><th>${t('whatif.question')}</th>
      <th class="end">${t('whatif.compare_p95')}</th><th class="end">${t('whatif.compare_mean')}</th><th class="end">${t('whatif.compare_served')}</th><th class="end">${t('whatif.compare_times')}</th></tr></thead>
    <tbody>${repeat(known, (/** @type {any} */ one) => one.id, (/** @type {any} */ one) => asRow(one, id, base, ctx.now))}</tbody></table>
    <p class="small soft">${t('whatif.compare_why')}</p></section>`;
}

/** What the advice came to in few words.
 * @param {NonNullable<ReturnType<typeof bestOf>>} best @param {import('./model.js').Base} base */
function bestText({how, proposal}, base) {
  const what = inShort(proposal.set, base.rooms.length).join(', ');
  return how === 'cheapest' ? t('whatif.cheapest_is', {what}) : t('whatif.best_is', {what, how: label('whatif_keeps', proposal.verdict).toLowerCase()});
}

/** @param {any} one @param {number} id @param {import('./model.js').Base} base @param {number} now */
function asRow(one, id, base, now) {
  const best = bestOf(one);
  const demand = demandText(one.demand ?? one.answer?.demand);
  const rows = best ? best.proposal.rows : one.answer?.rows ?? [];
  const seed = one.question?.seed || 1;
  const days = one.answer?.days ?? one.question?.days ?? 0;
  const state = one.lost ? 'lost' : one.state;
  const pair = (/** @type {string} */ code) => (rowOf(rows, code) === null ? html`<td class="end soft">–</td>` : html`<td class="end figure nowrap"><span class="soft">${cell(rows, code, 'base')} →</span> <strong>${cell(rows, code, 'changed')}</strong></td>`);
  return html`<tr class=${one.id === id ? 'current' : ''}><td><a href=${`#what-if/${one.id}`} aria-current=${one.id === id ? 'true' : nothing}>${one.question ? title(one, base) : t('whatif.lost_short')}</a>
      <span class="small soft">${one.asked_at ? askedText(one.asked_at, now) : nothing}${one.question?.day ? ` · ${one.question.day}` : days === 0 ? nothing : ` · ${t('whatif.compare_basis', {days, seed})}`}
        ${demand ? ` · ${demand}` : nothing}
        ${best ? html` · ${bestText(best, base)}` : nothing}${state === 'done' ? nothing : html` · ${label('whatif_state', state)}${state === 'running' ? ` ${donePct(one)} %` : ''}`}</span></td>
    ${rows.length === 0 ? html`<td colspan="4" class="soft small">–</td>` : html`${pair('wait_p95_s')}${pair('wait_mean_s')}${pair('served_pct')}${pair('multiplier')}`}</tr>`;
}
