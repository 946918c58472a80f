// @ts-check
// The screen at a seat: whom it expects, the briefing, the person's own steps, their
// place in the officer's line, the outcome. It shows nothing of anybody else, keeps
// nothing, and is empty for the next person. ?room=1&seat=3 names the seat, else the
// device's pairing does.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {actButton} from '../lib/act.js';
import {language, learn, onLanguage, openLanguage, setLanguage, t} from '../lib/catalogue.js';
import {Commands} from '../lib/commands.js';
import {Feed} from '../lib/feed.js';
import {connectionBanner, pulse, topBar} from '../lib/parts.js';
import {Store} from '../lib/store.js';
import {followTheme} from '../lib/theme.js';
import {setZone} from '../lib/times.js';
import {words as claims} from '../lib/words-claims.js';
import {Briefing} from './briefing.js';
import {Ticks, mayShowOutcome, phaseOf} from './phase.js';
import * as screens from './screens.js';
import {words} from './words.js';

/** How long "this booth is for somebody else" stands before the question returns. */
const NOT_YOURS_MS = 12_000;
/** A screen that the server turned away asks again by itself after this. */
const AGAIN_MS = 60_000;
/** The bars of the briefing move this often. */
const TICK_MS = 250;

/** Phases with a person at the seat who may ask for help. */
const HELP = new Set(['briefing', 'own', 'gathering', 'ready', 'beside']);

learn(words);
learn(claims);
const store = new Store();
const commands = new Commands(store);
const briefing = new Briefing(draw);
const ticks = new Ticks();
/** @type {{room: number, seat: number}|null} */
let place = null;
/** @type {Feed|null} */
let feed = null;
let unpaired = false;
let confirmed = 0;
let denied = 0;
let stoppedAt = 0;
let shown = '';
const home = openLanguage('booth');

/** @returns {Promise<{room: number, seat: number}|null>} */
async function find() {
  const asked = new URLSearchParams(location.search);
  const room = Number(asked.get('room'));
  const seat = Number(asked.get('seat'));
  if (room > 0 && seat > 0) return {room, seat};
  const answer = await fetch('/api/v1/session', {credentials: 'same-origin'});
  const {device} = await answer.json();
  return device?.room > 0 && device.seat > 0 ? {room: device.room, seat: device.seat} : null;
}

async function begin() {
  try {
    place = await find();
    unpaired = place === null;
  } catch {
    unpaired = false; // No answer is not "not paired": the next round asks again.
  }
  if (place) follow(place);
  else setTimeout(begin, unpaired ? AGAIN_MS : 5000);
  draw();
}

/** @param {{room: number, seat: number}} where */
function follow(where) {
  feed?.close();
  feed = new Feed(`/api/v1/feed/seat/${where.room}/${where.seat}`, (from) => {
    const view = from.view();
    if (view) setZone(view.zone_s, view.offset_s);
    ticks.follow(view?.visit);
    // The next person finds the language of the booth, not that of the one before.
    if (view?.state === 'free' && language() !== home) setLanguage(home);
    if (confirmed !== 0 && confirmed !== view?.visit) confirmed = 0;
    store.follow(from);
  });
}

/** @param {any} view @param {string} phase */
function picture(view, phase) {
  const silent = feed ? performance.now() - feed.heardAt : Infinity;
  switch (phase) {
    case 'free': return screens.free(view);
    case 'expected': return screens.expected(view, denied > performance.now() ? 'no' : confirmed === view.visit ? 'yes' : 'ask');
    case 'briefing': return html`${screens.wayBar(view.claim)}${briefing.draw()}`;
    case 'own': return html`${screens.wayBar(view.claim)}${screens.ownStep(view, ticks, draw)}`;
    case 'gathering': return html`${screens.wayBar(view.claim)}${screens.plain({above: view.number, big: t('booth.gathering'), says: t('booth.gathering_why'), look: 'words'})}`;
    case 'ready': return html`${screens.wayBar(view.claim)}${screens.inLine(view)}`;
    case 'with': return html`${screens.wayBar(view.claim)}${screens.withOfficer(view)}`;
    case 'beside': return screens.beside(view);
    case 'cleaning': return screens.cleaning(view, mayShowOutcome(view, silent));
    default: return screens.closed();
  }
}

/** The bar at the bottom: at most two buttons, the likely one at the right.
 * @param {any} view @param {string} phase */
function buttons(view, phase) {
  if (phase === 'expected') return confirmed === view.visit ? nothing : question(view);
  if (!HELP.has(phase)) return nothing;
  if (view.state === 'expected') return html`<footer><p class="helped" role="status">${t('booth.not_noted')}</p></footer>`;
  const base = `/api/v1/rooms/${view.room}/seats/${view.seat}`;
  return html`<footer>${help(view, base)}
    ${phase === 'briefing' || phase === 'own' ? actButton({store, commands, slot: 'ready', kind: 'primary huge',
      request: {path: `${base}/ready`, body: {visit: view.visit}}, text: t('booth.ready')}) : nothing}</footer>`;
}

/** @param {any} view @param {string} base */
function help(view, base) {
  return html`${view.help ? html`<p class="helped" role="status">${t('booth.helped')}</p>` : nothing}
    ${actButton({store, commands, slot: 'help', kind: view.help ? 'quiet' : 'huge', request: {path: `${base}/help`, body: view.help ? {over: true} : {}},
      text: view.help ? t('booth.help_over') : t('booth.help')})}`;
}

/** @param {any} view */
function question(view) {
  if (denied > performance.now()) return nothing;
  const no = () => { denied = performance.now() + NOT_YOURS_MS; draw(); };
  return html`<footer><button type="button" class="button huge" @click=${no}>${t('booth.no')}</button>
    ${actButton({store, commands, slot: 'here', kind: 'primary huge', text: t('booth.yes'),
      request: {path: `/api/v1/rooms/${view.room}/seats/${view.seat}/here`, body: {visit: view.visit}}, onDone: (answer) => { if (answer) confirmed = view.visit; draw(); }})}</footer>`;
}

function draw() {
  const view = feed?.view();
  document.title = place ? `${t('booth.title')} ${place.room}/${place.seat}` : t('booth.title');
  const phase = view ? phaseOf(view, confirmed) : '';
  // An address alone opens no booth: without a pairing the way out is the same.
  const lost = unpaired || (!view && store.state.stopped === 'signed_out');
  if (phase === 'briefing') briefing.show(view.visit);
  else briefing.hide();
  if (view) document.documentElement.dataset.phase = phase;
  const title = place ? `${t('words.room_no', {n: place.room})} · ${t('words.seat_no', {n: place.seat})}` : t('booth.title');
  render(html`${topBar({title, right: html`${view?.number ? html`<span class="number mine">${view.number}</span>` : nothing}${pulse(store.state)}`})}
    ${lost ? nothing : connectionBanner(store.state)}
    <main>${view ? picture(view, phase) : screens.plain({big: lost ? t('booth.unpaired') : t('feed.connecting'), look: 'words quiet',
      more: lost ? html`<a class="button primary" href="/pair">${t('booth.pair')}</a>` : nothing})}</main>
    ${view ? buttons(view, phase) : nothing}`, /** @type {HTMLElement} */ (document.getElementById('screen')));
  // A booth may have one button only, wired as Enter: it presses the likely one.
  const now = `${phase} ${view?.visit} ${view?.claim?.step}`;
  if (now !== shown) document.querySelector(/** @type {any} */ ('footer .primary'))?.focus({preventScroll: true});
  shown = now;
}

function tick() {
  briefing.tick();
  if (store.state.connection !== 'stopped') stoppedAt = 0;
  else if (stoppedAt === 0) stoppedAt = performance.now();
  else if (place && store.state.stopped !== 'replaced' && performance.now() - stoppedAt > AGAIN_MS) follow(place);
  const phase = document.documentElement.dataset.phase;
  if (phase === 'briefing' || phase === 'expected' || phase === 'cleaning') draw();
}

followTheme();
onLanguage(draw);
store.subscribe(draw);
setInterval(tick, TICK_MS);
draw();
begin();
