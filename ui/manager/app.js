// @ts-check
// The manager's screen: the branch now, its rooms, its people, its devices, its policy.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {Shelf} from '../lib/ask.js';
import {learn, onLanguage, openLanguage, t} from '../lib/catalogue.js';
import {Commands} from '../lib/commands.js';
import {Feed} from '../lib/feed.js';
import {Shortcuts} from '../lib/keys.js';
import {Later} from '../lib/later.js';
import {languageSwitch, mark} from '../lib/parts.js';
import {signIn} from '../lib/signin.js';
import {Store} from '../lib/store.js';
import {followTheme} from '../lib/theme.js';
import {setZone} from '../lib/times.js';
import {words as claims} from '../lib/words-claims.js';
import {words as states} from '../lib/words-states.js';
import {drawNow} from './now/page.js';
import {knowRooms} from './room-name.js';
import {PAGES, drawBanners, drawSheet, drawTop} from './shell.js';
import {words as house} from '../lib/words-refusals-house.js';
import {words} from './words.js';

learn(words);
learn(house);
learn(states);
learn(claims);

const store = new Store();
const commands = new Commands(store);
const keys = new Shortcuts('manager');
const shelf = new Shelf(store, {
  training: '/api/v1/training',
  session: '/api/v1/session', officers: '/api/v1/officers', rooms: '/api/v1/rooms', accounts: '/api/v1/accounts',
  devices: '/api/v1/devices', lobbies: '/api/v1/lobbies', printing: '/api/v1/printing', policy: '/api/v1/policy', notice: '/api/v1/notice',
  media: '/api/v1/media', learning: '/api/v1/learning', work: '/api/v1/work', drafts: '/api/v1/rooms/drafts',
});
/** @type {Feed|null} */
let feed = null;

/** What every part of this screen is given.
 * @typedef {{store: Store, commands: Commands, shelf: Shelf, view: any, session: any, now: number,
 *   name: (officer: number) => string, go: (place: string) => void, place: string[],
 *   sheet: (code: string|null) => void, help: () => void}} Ctx */

/** @typedef {(ctx: Ctx) => unknown} Part */

/** The pages. The first comes with the screen; the others come when they are opened, and
 * all of them soon after the start, so that a page still opens when the server cannot be
 * reached.
 * @type {Later<Part>} */
const pages = new Later({
  rooms: async () => (await import('./rooms/page.js')).drawRooms,
  staff: async () => (await import('./staff/page.js')).drawStaff,
  devices: async () => (await import('./devices/page.js')).drawDevices,
  policy: async () => (await import('./policy/page.js')).drawPolicy,
  'what-if': async () => (await import('./what-if/page.js')).drawWhatIf,
  promises: async () => (await import('./promises/page.js')).drawPromises,
  reports: async () => (await import('./reports/page.js')).drawReports,
  audit: async () => (await import('./audit/page.js')).drawAudit,
  media: async () => (await import('./media/page.js')).drawMedia,
}, () => store.update(), {now: drawNow});

/** How long the screen is left alone before the other pages are fetched. */
const FETCH_AFTER_MS = 2_000;

/** @param {Ctx} ctx */
function drawPart(ctx) {
  const code = ctx.place[0];
  const part = pages.page(code);
  if (part) return part(ctx);
  if (!pages.failed(code)) return html`<p class="empty">${t('feed.connecting')}</p>`;
  return html`<div class="empty stack"><p>${t('refusal.no_network')}</p>
    <p><button class="button" type="button" @click=${() => location.reload()}>${t('manager.again')}</button></p></div>`;
}

/** The place in the address: #rooms/2 is ['rooms', '2']. */
function place() {
  const parts = location.hash.slice(1).split('/').filter(Boolean);
  return pages.has(parts[0]) ? parts : ['now'];
}

/** @param {any} view @returns {Ctx} */
function context(view) {
  const officers = shelf.get('officers')?.officers ?? [];
  const name = (/** @type {number} */ id) => {
    const known = officers.find((/** @type {any} */ o) => o.id === id);
    return known?.display || known?.name || t('manager.officer_no', {n: id});
  };
  return {
    store, commands, shelf, view, name, place: place(), session: shelf.get('session'),
    now: feed?.clock.known() ? Math.floor(feed.clock.now() / 1000) : view?.at ?? 0,
    go: (to) => { location.hash = to; },
    sheet: (code) => store.update({sheet: code}), help: () => keys.help(),
  };
}

/** Lists that the feed shows to be old are read again: a room drawn anew, an officer
 * added from another window.
 * @param {any} view */
function refresh(view) {
  const known = shelf.held.get('rooms')?.body?.rooms;
  const stale = known && (known.length !== view.rooms.length
    || view.rooms.some((/** @type {any} */ m) => known.find((/** @type {any} */ r) => r.id === m.room.id)?.version !== m.room.version));
  if (stale) shelf.load('rooms');
  const people = shelf.held.get('officers')?.body?.officers;
  if (people && view.officers.some((/** @type {any} */ o) => !people.some((/** @type {any} */ p) => p.id === o.id))) shelf.load('officers');
  const policy = shelf.held.get('policy')?.body;
  if (policy && policy.version < view.policy_version) shelf.load('policy');
}

/** Each list is read again at most once per view, or a server that disagrees with
 * itself would be asked for ever. */
let refreshedFor = -1;

function draw() {
  document.title = t('manager.title');
  const screen = /** @type {HTMLElement} */ (document.getElementById('screen'));
  const session = shelf.get('session');
  if (!session) return render(waiting(shelf.problem('session')), screen);
  const may = session.demo || session.role === 'manager';
  if (!may) return render(signInPage(session), screen);
  if (!feed) feed = new Feed('/api/v1/feed/manager', (f) => store.follow(f));
  const view = feed.view();
  if (view) {
    setZone(view.zone_s, view.offset_s);
    knowRooms(view);
    if (store.state.seq !== refreshedFor) {
      refreshedFor = store.state.seq;
      refresh(view);
    }
  }
  const ctx = context(view);
  const part = ctx.place[0];
  render(html`${drawTop(ctx)}${drawBanners(ctx)}
    <main class=${`page page-${part}`}><h1 class="visually-hidden">${PAGES.find((page) => page.code === part)?.name()}</h1>${view ? drawPart(ctx) : html`<p class="empty">${t('feed.connecting')}</p>`}</main>
    ${drawSheet(ctx)}`, screen);
  openSheet();
  return undefined;
}

/** A dialog is modal only once it was opened by script. */
function openSheet() {
  const sheet = /** @type {HTMLDialogElement|null} */ (document.querySelector('dialog.asked'));
  if (sheet && !sheet.open) sheet.showModal();
}

/** @param {any} problem */
function waiting(problem) {
  return html`<main class="gate"><div class="card stack">${mark()}
    <p>${problem ? t('refusal.no_network') : t('feed.connecting')}</p>
    ${problem ? html`<button class="button" type="button" @click=${() => shelf.load('session')}>${t('manager.again')}</button>` : nothing}</div></main>`;
}

/** @param {any} session */
function signInPage(session) {
  if (session.setup) return html`<main class="gate"><div class="card stack"><h2>${t('manager.no_manager')}</h2><p>${t('manager.no_manager_why')}</p></div></main>`;
  // Commands ask for fresh data; before signing in there is none that could be stale.
  store.state.connection = 'live';
  const lead = session.kind === 'none' ? t('manager.sign_in') : t('manager.not_manager', {name: session.display || session.name || ''});
  return html`<main class="gate"><div class="gate-top">${languageSwitch()}</div>
    ${signIn({store, commands, lead, onDone: () => location.reload()})}</main>`;
}

keys.use(PAGES.map((page, i) => ({key: String(i + 1), say: page.name, run: () => { location.hash = page.code; }})));
followTheme();
openLanguage('manager');
onLanguage(draw);
store.subscribe(draw);
addEventListener('hashchange', () => { store.update(); scrollTo(0, 0); });
setInterval(() => store.update(), 1000);
setTimeout(() => pages.rest(), FETCH_AFTER_MS);
draw();
