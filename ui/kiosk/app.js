// @ts-check
// The kiosk: one question at a time, a number at the end, and nothing remembered of
// whoever stood here before.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {Shelf, ask} from '../lib/ask.js';
import {LANGUAGES, label, language, learn, onLanguage, openLanguage, setLanguage, t} from '../lib/catalogue.js';
import {Commands, sentence} from '../lib/commands.js';
import {Feed} from '../lib/feed.js';
import {connectionBanner, mark} from '../lib/parts.js';
import {Store} from '../lib/store.js';
import {clock, dateText, setZone, zoneName} from '../lib/times.js';
import {words as claims} from '../lib/words-claims.js';
import {words as refusals} from '../lib/words-refusals-desk.js';
import {words as house} from '../lib/words-refusals-house.js';
import {words as work} from '../lib/words-work.js';
import {icon} from './icons.js';
import {ASK_S, IDLE_S, TICKET_S, UNPRINTED_S, back, begun, bodyOf, fresh, secondOfDay, shut, used} from './model.js';
import {printed} from './printing.js';
import {guideOf, guideOfNumber, namesOf} from './guide.js';
import {hush, localVoice, speak, unlock} from './speak.js';
import {drawBar, drawStep} from './steps.js';
import {drawShut} from './shut.js';
import {drawSlip, drawTicket} from './ticket.js';
import {words} from './words.js';

learn(words);
learn(claims);
learn(work);
learn(refusals);
learn(house);

/** A finger that bounces on the last button must not close the ticket it just got. */
const BOUNCE_MS = 900;

/** How often the printer is asked how it is, while nobody prints. */
const PRINTER_EVERY_MS = 20_000;

const store = new Store();
const commands = new Commands(store);
const shelf = new Shelf(store, {session: '/api/v1/session', lists: '/api/v1/checklists', printer: '/api/v1/printer?at=kiosk'});
/** @type {Feed|null} */
let feed = null;
let flow = fresh();
/** @type {import('./ticket.js').Taken|null} */
let taken = null;
/** When somebody touched the screen last, and when the number came. */
let touched = performance.now();
let came = 0;
let spoken = '';
const eyes = {large: false, contrast: false, voice: false};

/** @typedef {{flow: import('./model.js').Flow, view: any, lists: any, now: number, second: number, branch: string, left: number,
 *   busy: boolean, blockedWhy: string|null, go: (next: import('./model.js').Flow, quiet?: boolean) => void, take: () => void,
 *   said: () => unknown, leave: () => void, reprint: () => void,
 *   unread: boolean}} Ctx unread: the voice is on and cannot say everything */

/** @param {import('./model.js').Flow} next @param {boolean} [quiet] stays on the same question */
function go(next, quiet = false) {
  const moved = next.step !== flow.step;
  flow = next;
  commands.dismiss('take');
  store.update();
  if (moved && !quiet) setTimeout(() => {
    window.scrollTo(0, 0);
    document.querySelector('.stage')?.scrollTo(0, 0);
    (flow.step === 'booking' ? document.getElementById('code') : document.getElementById('ask'))?.focus();
  }, 60);
}

/** Forgets everything: the next person must not see it. */
function leave() {
  if (taken && performance.now() - came < BOUNCE_MS) return;
  flow = fresh();
  taken = null;
  Object.assign(eyes, {large: false, contrast: false, voice: false});
  commands.dismiss('take');
  hush();
  spoken = '';
  if (language() !== 'id') setLanguage('id');
  store.update();
}

/** Asks for the number. The slot sends one command however often it is pressed, and the
 * same one again after silence, so that one intent is one number. */
async function take() {
  if (blockedWhy() || commands.busy('take')) return;
  const answer = await commands.send('take', {path: '/api/v1/visits', body: bodyOf(flow)});
  if (!answer.ok) return;
  came = performance.now();
  touched = came;
  const {number, id, link} = answer.body;
  taken = {number, visit: id, link, slip: null, printing: 'sending'};
  flow = {...flow, step: 'ticket'};
  store.update();
  const mine = taken;
  const lang = language();
  await loadSlip();
  await print(mine, false, lang);
}

/** What stands on the ticket, in the language of the screen. */
async function loadSlip() {
  if (!taken) return;
  const {visit, link} = taken;
  const slip = await ask(`/api/v1/tickets/${link}/slip?lang=${language()}`);
  if (taken?.visit === visit && slip.ok) taken = {...taken, slip: slip.body};
  store.update();
}

/** Prints a number: at the printer that the manager set, else by the browser where it
 * was told to. The number is valid whatever becomes of the paper, and the paper comes
 * although its person has left the screen.
 * @param {import('./ticket.js').Taken} mine @param {boolean} again @param {string} [lang] */
async function print(mine, again, lang = language()) {
  const printer = shelf.get('printer');
  const browser = printer?.kind === 'browser';
  if (browser) document.documentElement.dataset.paper = String(printer.width_mm);
  const printing = await printed(commands, printer, mine, lang, again);
  if (taken?.visit !== mine.visit) return; // somebody else stands here: this is not theirs
  taken = {...taken, printing};
  touched = performance.now();
  store.update();
  if (browser) setTimeout(() => taken?.visit === mine.visit && window.print(), 50);
}

function reprint() {
  if (!taken || taken.printing === 'sending') return;
  taken = {...taken, printing: 'sending'};
  store.update();
  print(taken, true);
}

/** Why no number can be asked for now. */
function blockedWhy() {
  return store.fresh() ? null : t('kiosk.offline_now');
}

/** What became of asking for a number. */
function answered() {
  const pending = store.state.pending.get('take');
  if (pending?.status === 'refused' && pending.problem) return html`<p class="refused" role="alert">${pending.problem.code === 'quota_used' ? t('kiosk.quota_now') : sentence(pending.problem)}</p>`;
  if (pending?.status === 'unsure') return html`<p class="refused" role="alert">${t('work.unsure')}</p>`;
  if (pending?.status === 'retrying') return html`<p class="waiting-on" role="status">${t('work.retrying')}</p>`;
  const why = blockedWhy();
  return why ? html`<p class="refused" role="alert">${why}</p>` : nothing;
}

/** How many seconds until the screen forgets, and whether it asks first. @param {boolean} shown a ticket */
function remaining(shown) {
  const since = (performance.now() - touched) / 1000;
  const lost = taken && !['printed', 'browser', 'none'].includes(taken.printing);
  const all = shown ? (lost ? UNPRINTED_S : TICKET_S) : IDLE_S + ASK_S;
  return Math.max(0, Math.ceil(all - since));
}

function draw() {
  document.title = t('kiosk.title');
  const root = document.documentElement;
  root.dataset.large = eyes.large ? 'yes' : 'no';
  root.dataset.contrast = eyes.contrast ? 'high' : 'plain';
  const screen = /** @type {HTMLElement} */ (document.getElementById('screen'));
  const session = shelf.get('session');
  if (!session) return render(gate(shelf.problem('session') ? t('refusal.no_network') : t('feed.connecting'), Boolean(shelf.problem('session'))), screen);
  const may = session.demo || session.device?.kind === 'kiosk' || session.device?.kind === 'desk' || ['manager', 'officer', 'desk'].includes(session.role);
  if (!may) return render(gate(t('kiosk.not_paired'), false, true), screen);
  if (!feed) open();
  const view = feed?.view();
  const lists = shelf.get('lists');
  connectionBanner(store.state);
  if (!view || !lists) return render(gate(store.state.connection === 'stopped' ? label('feed.stopped', store.state.stopped ?? 'forbidden') : t('feed.connecting'), false), screen);
  if (lists.policy_version !== view.policy_version && !shelf.held.get('lists')?.busy) shelf.load('lists');
  setZone(view.zone_s, view.offset_s);
  const now = feed?.clock.known() ? Math.floor(feed.clock.now() / 1000) : view.at;
  render(whole(context(view, lists, now)), screen);
  sayIt(view, lists);
  return undefined;
}

/** @param {any} view @param {any} lists @param {number} now @returns {Ctx} */
function context(view, lists, now) {
  const pending = store.state.pending.get('take')?.status;
  return {flow, view, lists, now, second: secondOfDay(now, view.offset_s, view.zone_s), branch: shelf.get('printer')?.branch ?? '',
    left: remaining(Boolean(taken)), busy: pending === 'sending' || pending === 'retrying', blockedWhy: blockedWhy(), go, take, said: answered, leave, reprint,
    unread: eyes.voice && localVoice() === null};
}

/** @param {Ctx} ctx */
function whole(ctx) {
  const closed = !taken && shut(ctx.view, ctx.second);
  const asleep = !taken && !closed && !store.fresh() && !begun(flow);
  const body = taken ? drawTicket(ctx, taken) : asleep ? drawShut(ctx, null) : closed && flow.step !== 'booking' ? drawShut(ctx, closed) : drawStep(ctx);
  const walking = !taken && !closed && !asleep;
  return html`${top(ctx)}${taken || walking ? drawBar(ctx) : nothing}
    <main class=${`stage at-${taken ? 'ticket' : closed || asleep ? 'shut' : flow.step}`}>${paper(ctx)}${body}</main>
    ${foot(ctx, walking)}${asking(ctx)}${drawSlip(taken)}`;
}

/** The printer says that it has no paper before anybody needs it. @param {Ctx} ctx */
function paper({view}) {
  const trouble = shelf.get('printer')?.trouble;
  if (!trouble || taken || !view.day.open) return nothing;
  return html`<p class="no-paper" role="status">${icon('printer')}<span>${label('kiosk_print', trouble)} ${t('kiosk.no_paper_before')}</span></p>`;
}

/** @param {Ctx} ctx */
function top({branch, now}) {
  return html`<header class="kiosk-top">${mark()}<div class="names"><strong>${branch || t('kiosk.title')}</strong><span>${dateText(now)}</span></div>
    <span class="top-clock figure">${clock(now)}<small>${zoneName()}</small></span>
    <div class="langs" role="group" aria-label=${t('language.switch')}>${LANGUAGES.map((lang) => html`<button type="button" lang=${lang} aria-pressed=${String(lang === language())} @click=${() => setLanguage(lang)}>${lang === 'id' ? 'Bahasa Indonesia' : 'English'}</button>`)}</div></header>`;
}

/** Back and cancel, always at the same place, and what helps eyes and ears. @param {Ctx} ctx @param {boolean} walking */
function foot({lists}, walking) {
  const toggle = (/** @type {'large'|'contrast'|'voice'} */ key) => {
    eyes[key] = !eyes[key];
    spoken = '';
    if (eyes.voice) unlock();
    else hush();
    store.update();
  };
  const aid = (/** @type {'large'|'contrast'|'voice'} */ key, /** @type {unknown} */ picture, /** @type {string} */ text) => html`<button type="button" class="aid" data-aid=${key} aria-pressed=${String(eyes[key])} @click=${() => toggle(key)}>${picture}<span>${text}</span></button>`;
  const moving = walking && begun(flow);
  return html`<footer class="kiosk-foot"><div class="steps-back">${moving ? html`<button type="button" class="button huge" data-act="back" @click=${() => go(back(flow, lists.programmes))}>${icon('back')}${t('kiosk.back')}</button>
      <button type="button" class="button huge quiet" data-act="cancel" @click=${leave}>${icon('cross')}${t('kiosk.cancel')}</button>` : nothing}</div>
    <div class="aids">${aid('large', html`<span class="letters" aria-hidden="true">A<b>A</b></span>`, t('kiosk.large'))}${aid('contrast', icon('contrast'), t('kiosk.contrast'))}${aid('voice', icon('sound'), t('kiosk.voice'))}</div></footer>`;
}

/** Is somebody there? @param {Ctx} ctx */
function asking({left}) {
  if (taken || !begun(flow) || left > ASK_S) return nothing;
  return html`<div class="asking" role="alertdialog" aria-labelledby="there"><div class="card"><h2 id="there">${t('kiosk.there')}</h2><p>${t('kiosk.there_why', {n: left})}</p><p class="asking-left figure">${left}</p>
    <div class="acts two"><button type="button" class="button huge" @click=${leave}>${t('kiosk.start_again')}</button><button type="button" class="button primary huge" @click=${() => { touched = performance.now(); store.update(); }}>${t('kiosk.here')}</button></div></div></div>`;
}

/** @param {unknown} text @param {boolean} again @param {boolean} [pair] */
function gate(text, again, pair = false) {
  return html`<main class="gate"><div class="card stack">${mark()}<h1>${t('kiosk.title')}</h1><p>${text}</p>
    ${again ? html`<button type="button" class="button huge" @click=${() => shelf.load('session')}>${t('kiosk.try_again')}</button>` : nothing}
    ${pair ? html`<a class="button primary huge" href="/pair">${t('kiosk.pair')}</a>` : nothing}</div></main>`;
}

/** What of the screen was recorded. @param {any} view @param {any} lists @returns {string[]} */
function recordings(view, lists) {
  if (!taken) return guideOf({step: flow.step, claims: flow.claims.length, closed: (view.unserved ?? []).includes(flow.programme), names: namesOf(flow, lists)});
  const {slip, number, printing} = taken;
  return guideOfNumber({number, printing, goes: slip.please ? 'please' : 'desk'}); // a ticket that sends to the desk asks nobody to wait
}

/** What a voice reads: the question, then what may be touched. */
const READ = '.ask h1, .ask .lead, .pick strong, .papers li > span, .mark-paper > span:last-child, .stage:not(.at-ticket) .acts [data-act], .ways [data-act], #priority, .tile span, ';

/** Says the question and its choices when the voice is on and the question is new.
 * @param {any} view @param {any} lists */
function sayIt(view, lists) {
  if (!eyes.voice) return;
  const text = [...document.querySelectorAll(`${READ}.ticket .number, .ticket-ahead, .ticket-please, .printing.bad strong`)].map((one) => one.getAttribute('aria-label') ?? one.textContent?.trim()).filter(Boolean).join('. ');
  if (text === spoken || (taken && !taken.slip)) return; // the ticket is not on the screen yet
  spoken = text;
  speak(text, recordings(view, lists));
}

function open() {
  feed = new Feed('/api/v1/feed/kiosk', (f) => store.follow(f));
  feed.unattended = true;
}

/** Every second: the clock, and whether the screen should forget. */
function second() {
  if ((taken || used(flow, language(), eyes)) && remaining(Boolean(taken)) === 0 && !commands.busy('take')) leave();
  store.update();
}

for (const kind of ['pointerdown', 'keydown']) document.addEventListener(kind, () => { touched = performance.now(); }, {capture: true, passive: true});
// A scanner types; wherever the finger was, its code belongs into the field.
document.addEventListener('contextmenu', (event) => event.preventDefault());
openLanguage('kiosk');
onLanguage(() => { spoken = ''; loadSlip(); draw(); });
store.subscribe(draw);
setInterval(second, 1000);
setInterval(() => !taken && document.visibilityState === 'visible' && shelf.get('session') && shelf.load('printer'), PRINTER_EVERY_MS);
draw();
