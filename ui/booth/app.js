// @ts-check
// The screen at a seat: whom it expects, the briefing, the person's own steps, their
// place in the officer's line, the outcome, the survey; then it wipes itself. It shows
// nothing of anybody else, and what it remembers goes with the person (memory.js).
// In the address: ?room=1&seat=3 names the seat, else the device's pairing does;
// ?lang=en the booth's language, ?button=1 a booth with one button only.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {actButton} from '../lib/act.js';
import {ask} from '../lib/ask.js';
import {branchNow} from '../lib/branch-now.js';
import {language, learn, onLanguage, openLanguage, setLanguage, t} from '../lib/catalogue.js';
import {Commands} from '../lib/commands.js';
import {Feed} from '../lib/feed.js';
import {connectionBanner, pulse, topBar} from '../lib/parts.js';
import {Store} from '../lib/store.js';
import {followTheme} from '../lib/theme.js';
import {setZone} from '../lib/times.js';
import {words as claims} from '../lib/words-claims.js';
import {words as survey} from '../lib/words-survey.js';
import {QUESTIONS, complete, questionNow} from './answers.js';
import {Briefing} from './briefing.js';
import {Memory} from './memory.js';
import {OneButton} from './one-button.js';
import {result} from './outcome.js';
import {mayBeWrong, phaseOf, placeOf, whose} from './phase.js';
import {withLengths} from './scenes.js';
import * as screens from './screens.js';
import {question} from './survey.js';
import {words} from './words.js';

/** How long "this booth is for somebody else" stands before the question returns. */
const NOT_YOURS_MS = 12_000;
/** A screen that is not paired yet, or whose server was silent, looks again after this. */
const PAIRED_MS = 60_000;
const SILENT_MS = 5000;
/** A screen that is not paired, or no longer, asks for a code by itself: one with a single
 * button has no way to. */
const LONE_MS = 20_000;
/** The bars and the sentence of the briefing move this often. */
const TICK_MS = 250;
/** A language that somebody chose in passing goes back after this. */
const PASSING_MS = 60_000;

/** A press so soon after another one, on a picture that changed in between, was meant for
 * the one before: a hand that shakes, a key that is held. */
const AGAIN_MS = 350;

/** Phases with a person at the seat who may ask for help. */
const HELP = new Set(['briefing', 'own', 'asked', 'gathering', 'ready', 'beside']);

learn(words);
learn(claims);
learn(survey);
const asked = new URLSearchParams(location.search);
const store = new Store();
const commands = new Commands(store);
const memory = new Memory();
const briefing = new Briefing(draw, memory);
const oneButton = asked.get('button') === '1';
/** @type {{room: number, seat: number}|null} */
let place = null;
/** @type {Feed|null} */
let feed = null;
let unpaired = false;
/** The branch's name, for a receipt on paper. */
let branch = '';
let denied = 0;
/** Since when this screen has been nobody's; 0 for one that is a booth's. */
let loneAt = 0;
let touchedAt = -Infinity;
let surveying = false;
/** Whether the screen offers to take the number back: it ends by the clock alone. */
let offering = false;
let shown = '';
/** The picture when something was last pressed, when that was, and the one that a finger came down on. */
let pressed = {at: -Infinity, on: ''};
/** @type {string|null} */
let downOn = null;
const home = asked.get('lang') === 'en' ? 'en' : 'id';
openLanguage('booth', {storage: null});
if (memory.kept.lang) setLanguage(/** @type {any} */ (memory.kept.lang));

/** @returns {Promise<{room: number, seat: number}|null>} */
async function find() {
  let device = null;
  try {
    const answer = await fetch('/api/v1/session', {credentials: 'same-origin'});
    ({device} = await answer.json());
  } catch (error) {
    // The address is good enough to begin with: a feed of another seat sends us here again.
    if (!placeOf(null, asked)) throw error;
  }
  return placeOf(device, asked);
}

async function begin() {
  try {
    place = await find();
    unpaired = place === null;
  } catch {
    unpaired = false; // No answer is not "not paired": the next round asks again.
  }
  if (place) follow(place);
  else {
    feed?.close();
    feed = null;
    setTimeout(begin, unpaired ? PAIRED_MS : SILENT_MS);
  }
  draw();
}

/** The server turned this screen away: a manager may have given it another seat. */
async function elsewhere() {
  const now = await find().catch(() => place);
  if (now && (now.room !== place?.room || now.seat !== place.seat)) begin();
  else setTimeout(begin, PAIRED_MS);
}

/** @param {{room: number, seat: number}} where */
function follow(where) {
  feed?.close();
  feed = new Feed(`/api/v1/feed/seat/${where.room}/${where.seat}`, (from) => {
    const view = from.view();
    if (view) take(view);
    store.follow(from);
    if (from.stopped && from.stopped !== 'replaced') elsewhere();
  });
}

/** @param {any} view */
function take(view) {
  setZone(view.zone_s, view.offset_s);
  const visit = whose(view);
  if (visit !== memory.kept.visit) denied = 0;
  const other = memory.follow(visit, view.state === 'expected');
  if (other) {
    surveying = false;
    store.state.pending.clear();
    // The next person finds the language of the booth, not that of the one before.
    if (language() !== home) setLanguage(home);
  }
  if (visit !== 0 && language() !== (memory.kept.lang || home)) setLanguage(/** @type {any} */ (memory.kept.lang || home));
  if (view.state === 'cleaning' && view.done.length > 0 && memory.kept.ended === 0) memory.set({ended: Date.now()});
  if (view.survey?.answered && view.state === 'cleaning' && !memory.kept.over) memory.set({over: true});
  if (other || shown === '') added();
}

/** What the branch added to the briefing, and its name, asked anew for each person. */
async function added() {
  const [media, printer] = await Promise.all(['/api/v1/media', '/api/v1/printer'].map((path) => ask(path)));
  if (media.ok) briefing.use(withLengths(media.body)); // else the bundled briefing stays
  if (printer.ok) branch = printer.body.branch;
}

/** @param {any} view */
function phaseNow(view) {
  const {confirmed, over, ended} = memory.kept;
  return phaseOf(view, {confirmed, over, surveying, silentMs: feed ? performance.now() - feed.heardAt : Infinity,
    endedMs: ended > 0 ? Date.now() - ended : 0, untouchedMs: performance.now() - touchedAt});
}

/** @param {any} view @param {string} phase */
function picture(view, phase) {
  switch (phase) {
    case 'free': return screens.free(view);
    case 'expected': return screens.expected(view, denied > performance.now() ? 'no' : memory.kept.confirmed ? 'yes' : 'ask');
    case 'briefing': return html`${screens.wayBar(view)}${briefing.draw()}`;
    case 'own': return html`${screens.wayBar(view)}${screens.ownStep(view, memory, draw)}`;
    case 'gathering': return html`${screens.wayBar(view)}${screens.plain({above: view.number, big: t('booth.gathering'), says: t('booth.gathering_why'), look: 'words'})}`;
    case 'ready': return html`${screens.wayBar(view)}${screens.inLine(view)}`;
    case 'with': return html`${screens.wayBar(view)}${screens.withOfficer(view)}`;
    case 'beside': return screens.beside(view);
    case 'outcome': return result(view, t('booth.thanks'), branch);
    case 'asked':
    case 'survey': return question(memory.kept.answers, give);
    case 'cleaning': return screens.cleaning();
    case 'day_over': return screens.dayOver();
    default: return screens.closed();
  }
}

/** @param {number} answer */
function give(answer) {
  if (questionNow(memory.kept.answers) < QUESTIONS) memory.set({answers: [...memory.kept.answers, answer]});
  draw();
}

/** The bar at the bottom: the likely button at the right, primary; the other second.
 * @param {any} view @param {string} phase */
function buttons(view, phase) {
  const base = `/api/v1/rooms/${view.room}/seats/${view.seat}`;
  switch (phase) {
    case 'expected': return denied > performance.now() ? html`<footer>${plainButton(t('booth.not_yours_back'), () => { denied = 0; }, 'huge second')}</footer>` : memory.kept.confirmed ? nothing : html`<footer>${plainButton(t('booth.no'), () => { denied = performance.now() + NOT_YOURS_MS; }, 'huge second')}${here(view, base)}</footer>`;
    case 'outcome': return html`<footer>${plainButton(t('booth.print'), () => window.print(), oneButton ? 'huge second' : 'huge')}
      ${oneButton || !view.survey?.due || view.survey.answered ? plainButton(t('booth.finish'), wipe, 'huge primary')
        : html`${plainButton(t('booth.finish'), wipe, 'huge second')}${plainButton(t('booth.rate'), () => { surveying = true; }, 'huge primary')}`}</footer>`;
    case 'asked':
    case 'survey': return surveyButtons(view, phase, base);
    default:
  }
  if (!HELP.has(phase)) return nothing;
  if (view.state === 'expected') return html`<footer><p class="helped alone" role="status">${t('booth.not_noted')}</p></footer>`;
  return html`<footer>${wrong(view) && oneButton ? notMe(view, base) : help(view, base)}${wrong(view) && !oneButton ? notMe(view, base) : nothing}
    ${phase === 'briefing' || phase === 'own' ? actButton({store, commands, slot: slotOf(view, 'ready'), kind: 'primary huge',
      request: {path: `${base}/ready`, body: {visit: view.visit}}, text: t('booth.ready')}) : nothing}</footer>`;
}

/** A button's slot is its person's: what somebody pressed into a lost network is neither
 * told to the next one nor in the way of what they press. @param {any} view @param {string} act */
function slotOf(view, act) {
  return `${act}-${whose(view)}`;
}

/** What follows from an answer, for whoever pressed, while they are here.
 * @param {any} view @param {() => void} then @returns {(answer: import('../lib/commands.js').Answer) => void} */
function forThem(view, then) {
  const visit = whose(view);
  return (answer) => {
    if (answer.ok && memory.kept.visit === visit) then();
    draw();
  };
}

/** @param {unknown} text @param {() => void} press @param {string} kind */
function plainButton(text, press, kind) {
  return html`<button type="button" class=${`button ${kind}`} @click=${() => { press(); draw(); }}>${text}</button>`;
}

/** "Yes, this is my number": the tap that also lets the sound begin.
 * @param {any} view @param {string} base */
function here(view, base) {
  return html`<span class="grow" @click=${() => briefing.unlock()}>${actButton({store, commands, slot: slotOf(view, 'here'), kind: 'primary huge', text: t('booth.yes'),
    request: {path: `${base}/here`, body: {visit: view.visit}}, onDone: forThem(view, () => memory.set({confirmed: true}))})}</span>`;
}

/** Whether "this is my number" can be taken back here. @param {any} view */
function wrong(view) {
  return mayBeWrong(view, branchNow(store, feed?.clock), oneButton);
}

/** A wrong tap, or a child's: the booth expects the number as before.
 * @param {any} view @param {string} base */
function notMe(view, base) {
  return actButton({store, commands, slot: slotOf(view, 'wrong'), kind: 'huge second', text: t('booth.mistake'),
    request: {path: `${base}/not-here`, body: {visit: view.visit}}, onDone: forThem(view, () => { denied = performance.now() + NOT_YOURS_MS; })});
}

/** @param {any} view @param {string} base */
function help(view, base) {
  return html`${actButton({store, commands, slot: slotOf(view, 'help'), kind: 'huge second', request: {path: `${base}/help`, body: {visit: view.visit, over: Boolean(view.help)}},
      text: view.help ? t('booth.help_over') : t('booth.help')})}`;
}

/** @param {any} view @param {string} phase @param {string} base */
function surveyButtons(view, phase, base) {
  const {answers} = memory.kept;
  const all = complete(answers);
  const asking = questionNow(answers) < QUESTIONS;
  const send = actButton({store, commands, slot: slotOf(view, 'survey'), kind: 'primary huge', text: t('booth.survey_end'),
    request: {path: `${base}/survey`, body: {visit: view.survey.visit, answers: all ?? []}}, onDone: forThem(view, () => { if (phase === 'survey') wipe(); })});
  // One button cannot answer, and who skipped everything has only this way on.
  const kind = oneButton || !asking ? 'huge primary' : 'huge';
  // A survey that is a step of the claim ends with "I am ready", answered or not.
  const leave = phase === 'survey' ? plainButton(t('booth.survey_stop'), () => { surveying = false; }, kind)
    : actButton({store, commands, slot: slotOf(view, 'ready'), kind, request: {path: `${base}/ready`, body: {visit: view.visit}}, text: t('booth.survey_stop')});
  return html`<footer>${answers.length > 0 ? plainButton(t('booth.survey_back'), () => memory.set({answers: answers.slice(0, -1)}), 'huge') : leave}
    ${asking ? plainButton(t('booth.survey_skip'), () => give(0), 'huge second') : all ? send : leave}</footer>`;
}

/** Nothing of this person is shown any more. */
function wipe() {
  surveying = false;
  memory.set({over: true, answers: [], ticks: [], lang: ''});
  if (language() !== home) setLanguage(home);
  draw();
}

function draw() {
  const view = feed?.view();
  document.title = place ? `${t('booth.title')} ${place.room}/${place.seat}` : t('booth.title');
  const phase = view ? phaseNow(view) : '';
  // An address alone opens no booth: without a pairing the way out is the same.
  const lost = unpaired || (!view && store.state.stopped === 'signed_out');
  loneAt = lost ? loneAt || performance.now() : 0;
  if (phase === 'briefing') briefing.show(view.visit);
  else briefing.hide();
  if (view) document.documentElement.dataset.phase = phase;
  const title = place ? `${t('words.room_no', {n: place.room})} · ${t('words.seat_no', {n: place.seat})}` : t('booth.title');
  const mine = view?.number && phase !== 'cleaning' && phase !== 'expected';
  render(html`${topBar({title, right: html`${mine ? html`<span class="number mine">${view.number}</span>` : nothing}${pulse(store.state)}`})}
    ${lost ? nothing : connectionBanner(store.state)}
    ${view?.help && HELP.has(phase) ? html`<p class="helped" role="status">${t('booth.helped')}</p>` : nothing}
    <main>${view ? picture(view, phase) : screens.plain({big: lost ? t('booth.unpaired') : t('feed.connecting'), look: 'words quiet',
      more: lost ? html`<a class="button primary" href=${`/pair${location.search}`}>${t('booth.pair')}</a>` : nothing})}</main>
    ${view ? buttons(view, phase) : nothing}`, /** @type {HTMLElement} */ (document.getElementById('screen')));
  settle(view, phase);
}

/** After a change of the picture: the likely button has the focus, and a booth with one
 * button says what it does.
 * @param {any} view @param {string} phase */
function settle(view, phase) {
  const now = `${phase}${view && oneButton && HELP.has(phase) && wrong(view) ? '?' : ''} ${view ? whose(view) : 0} ${view?.claim?.id} ${view?.claim?.step} ${phase === 'survey' ? memory.kept.answers.length : ''}`;
  if (now !== shown && view) find1('.primary')?.focus({preventScroll: true});
  if (view) shown = now;
  if (!oneButton) return;
  const [short, long] = [find1('.primary'), find1('.second')].map((one) => one?.textContent?.trim() ?? '');
  const line = short && long ? t('booth.one_button', {short, long}) : long ? t('booth.one_button_hold', {long}) : short ? t('booth.one_button_press', {short}) : '';
  document.documentElement.style.setProperty('--one-button', line ? JSON.stringify(line) : 'none');
}

/** What a press means: the picture and whose it is. A question of the survey is like the
 * one before it. */
function meaning() {
  return shown.split(' ').slice(0, 4).join(' ');
}

/** Takes a press away that was meant for another picture than the one it arrives at.
 * @param {MouseEvent} event */
function inTime(event) {
  if (!(/** @type {Element} */ (event.target)).closest('footer')) return;
  const now = performance.now();
  const on = meaning();
  const late = (downOn !== null && downOn !== on) || (now - pressed.at < AGAIN_MS && pressed.on !== on);
  downOn = null;
  pressed = {at: now, on: late ? pressed.on : on};
  if (late) event.stopPropagation();
}

/** @param {string} kind @returns {HTMLElement|null} */
function find1(kind) {
  return document.querySelector(`footer .button${kind}`);
}

function tick() {
  if (loneAt > 0 && performance.now() - loneAt > LONE_MS) location.assign(`/pair${location.search}`);
  briefing.tick();
  const phase = document.documentElement.dataset.phase ?? '';
  if (['free', 'day_over', 'cleaning'].includes(phase) && language() !== home && performance.now() - touchedAt > PASSING_MS) setLanguage(home);
  const view = feed?.view();
  const offered = Boolean(view && HELP.has(phase) && wrong(view));
  if (offered !== offering) draw();
  offering = offered;
  if (['briefing', 'expected', 'cleaning', 'outcome', 'survey'].includes(phase)) draw();
}

/** @param {KeyboardEvent} event */
function answerKey(event) {
  touchedAt = performance.now();
  const phase = document.documentElement.dataset.phase;
  if ((phase === 'survey' || phase === 'asked') && /^[1-4]$/.test(event.key)) give(Number(event.key));
}

followTheme();
onLanguage((lang) => {
  if (memory.kept.visit !== 0 && !memory.kept.over && memory.kept.lang !== lang) memory.set({lang});
  draw();
});
addEventListener('pointerdown', () => { touchedAt = performance.now(); downOn = meaning(); }, {capture: true});
addEventListener('click', inTime, {capture: true});
addEventListener('keydown', answerKey);
if (oneButton) {
  document.documentElement.dataset.oneButton = '';
  const press = (/** @type {string} */ kind) => () => { briefing.unlock(); find1(kind)?.click(); };
  new OneButton({short: press('.primary'), long: press('.second'), means: meaning}).listen(document);
}
briefing.sound.unlock().then(draw); // A kiosk browser may play without a tap.
store.subscribe(draw);
setInterval(tick, TICK_MS);
draw();
begin();
