// @ts-check
// The first page. In a demo it shows every screen, the clock, and the rooms that can be
// taken over; in a branch it is where staff sign in and find their screen.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {Shelf} from '../lib/ask.js';
import {language, learn, onLanguage, openLanguage, t} from '../lib/catalogue.js';
import {Commands} from '../lib/commands.js';
import {Feed} from '../lib/feed.js';
import {languageSwitch, mark} from '../lib/parts.js';
import {signIn, signOut} from '../lib/signin.js';
import {Store} from '../lib/store.js';
import {followTheme} from '../lib/theme.js';
import {setZone} from '../lib/times.js';
import {drawClock, drawRooms} from './demo.js';
import {SCREENS, card, forRole} from './screens.js';
import {words} from './words.js';

learn(words);

const store = new Store();
const commands = new Commands(store);
const shelf = new Shelf(store, {session: '/api/v1/session', demo: '/api/v1/demo', rooms: '/api/v1/rooms'});
/** @type {Feed|null} */
let feed = null;

/** How often the demo's own state is asked for; others may turn its clock too. */
const LOOK_MS = 5000;

function draw() {
  document.title = t('index.title');
  const session = shelf.get('session');
  const screen = /** @type {HTMLElement} */ (document.getElementById('screen'));
  if (!session) {
    render(html`<main class="gate"><div class="card stack">${mark()}<p>${shelf.problem('session') ? t('refusal.no_network') : t('feed.connecting')}</p>
      ${shelf.problem('session') ? html`<button class="button" type="button" @click=${() => shelf.load('session')}>${t('index.again')}</button>` : nothing}</div></main>`, screen);
    return;
  }
  if (session.demo) render(demo(session), screen);
  else if (session.kind === 'session') render(staff(session), screen);
  else if (session.kind === 'device') render(device(session), screen);
  else render(door(session), screen);
}

/** @param {any} session */
function demo(session) {
  if (!feed) feed = new Feed('/api/v1/feed/lobby', (f) => store.follow(f));
  const view = feed.view();
  if (view) setZone(view.zone_s, view.offset_s);
  const state = shelf.get('demo');
  const ctx = {store, commands, shelf, state, view, session, now: feed.clock.known() ? Math.floor(feed.clock.now() / 1000) : null};
  return html`<header class="hero"><div class="hero-in">
      <div class="row spread"><div class="row brand">${mark()}<strong>lapak</strong><span class="demo-tag">${state?.training ? t('index.training_tag') : t('index.demo_tag')}</span></div>${languageSwitch()}</div>
      <div class="hero-split"><div class="stack"><h1>${state?.training ? t('index.training_title') : t('index.demo_title')}</h1><p class="lead">${t('index.demo_lead')}</p></div>${drawClock(ctx)}</div>
    </div></header>
    <main class="start"><section aria-labelledby="screens"><h2 id="screens">${t('index.screens')}</h2>
        <ul class="choices fours">${SCREENS.map((one) => card(one, language()))}${more()}</ul></section>
      ${drawRooms(ctx)}</main>`;
}

/** What else a demo has to look at. */
function more() {
  const link = (/** @type {string} */ to, /** @type {string} */ name, /** @type {string} */ why) => html`<li><a href=${to} target="_blank"><strong>${name}</strong></a><span class="small soft">${why}</span></li>`;
  return html`<li class="card more"><ul>${link(`/gallery?lang=${language()}`, t('index.gallery'), t('index.gallery_why'))}${link(`/pair?lang=${language()}`, t('index.pair_demo'), t('index.pair_why'))}${link(`/sheet?lang=${language()}`, t('index.sheet'), t('index.sheet_why'))}</ul></li>`;
}

/** @param {any} session */
function staff(session) {
  store.state.connection = 'live';
  return html`<header class="hero slim-hero"><div class="hero-in row spread"><div class="row brand">${mark()}<strong>lapak</strong></div>
      <div class="row">${languageSwitch()}${signOut({store, commands})}</div></div></header>
    <main class="start"><h1>${t('index.hello', {name: session.display || session.name})}</h1>
      <p class="lead soft">${t('index.sub')}</p>
      <ul class="choices">${forRole(session.role).map((one) => card(one, null))}</ul>
      <p class="soft">${t('index.pair_hint')} <a href="/pair">${t('index.pair')}</a></p></main>`;
}

/** A device that lost its way is told its own screen. @param {any} session */
function device(session) {
  const {kind, room, seat} = session.device ?? {};
  const to = kind === 'booth' ? `/booth?room=${room}&seat=${seat}` : kind === 'desk' ? '/desk' : kind === 'kiosk' ? '/kiosk' : '/lobby';
  return html`<main class="gate"><div class="card stack">${mark()}<h1>${session.display || session.name}</h1><p>${t('index.device')}</p>
    <a class="button primary large" href=${to}>${t('index.device_go')}</a></div></main>`;
}

/** @param {any} session */
function door(session) {
  store.state.connection = 'live';
  return html`<main class="gate"><div class="gate-top">${languageSwitch()}</div>
    ${session.setup ? html`<div class="card stack">${mark()}<h1>${t('index.setup_title')}</h1><p>${t('index.setup_why')}</p></div>`
    : signIn({store, commands, onDone: () => location.reload()})}
    <p class="gate-foot"><a href="/lobby">${t('index.lobby')}</a> · <a href="/pair">${t('index.pair')}</a></p></main>`;
}

followTheme();
openLanguage('index');
onLanguage(draw);
store.subscribe(draw);
setInterval(() => store.update(), 500);
setInterval(() => shelf.get('session')?.demo && document.visibilityState === 'visible' && shelf.load('demo'), LOOK_MS);
draw();
