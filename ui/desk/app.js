// @ts-check
// The front desk: numbers for those who come, papers before they wait, and whoever was
// missed, booked or set aside.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {Shelf, ask} from '../lib/ask.js';
import {blocked} from '../lib/act.js';
import {label, learn, onLanguage, openLanguage, t} from '../lib/catalogue.js';
import {Commands} from '../lib/commands.js';
import {vars} from '../lib/css.js';
import {Feed} from '../lib/feed.js';
import {Later} from '../lib/later.js';
import {Shortcuts, hint} from '../lib/keys.js';
import {connectionBanner, languageSwitch, mark, pulse} from '../lib/parts.js';
import {signIn, signOut} from '../lib/signin.js';
import {Store} from '../lib/store.js';
import {followTheme} from '../lib/theme.js';
import {clockSeconds, setZone, zoneName} from '../lib/times.js';
import {words as claims} from '../lib/words-claims.js';
import {words as refusals} from '../lib/words-refusals-desk.js';
import {words as states} from '../lib/words-states.js';
import {drawForm, formKeys, give} from './give.js';
import {TABS, doneToday, inLine, listOf} from './model.js';
import {drawGate} from './draw.js';
import {drawList} from './list.js';
import {paper} from './receipt.js';
import {drawVisit} from './visit.js';
import {words as because} from '../lib/words-because.js';
import {words as slips} from '../lib/words-slip.js';
import {words as house} from '../lib/words-refusals-house.js';
import {words} from './words.js';

learn(words);
learn(house);
learn(states);
learn(claims);
learn(refusals);
learn(because);
learn(slips);

const store = new Store();
const commands = new Commands(store);
const keys = new Shortcuts('desk');
const shelf = new Shelf(store, {session: '/api/v1/session', waiting: '/api/v1/visits?state=waiting', done: '/api/v1/visits?state=settled', draw: '/api/v1/draw', companies: '/api/v1/companies', printer: '/api/v1/printer?at=desk'});
/** @type {Feed|null} */
let feed = null;
/** When the waiting numbers were last asked for, as a seq; they are not in the feed. */
let waitingFor = -1;
/** When the visits that are over were last asked for: as a seq, and on the page's clock. */
let doneFor = -1;
let doneAt = -Infinity;
/** How long a list of a whole day's visits is good enough. */
const DONE_MS = 10_000;
/** When the draw was last asked for, as a seq. */
let drawFor = -1;

const PAGES = ['desk', 'gate', 'paper', 'company'];
/** The lobby is nearly full from this share on: time to look outside. */
const NEAR_PCT = 85;

/** @typedef {{store: Store, commands: Commands, shelf: Shelf, draw: any, printer: any, page: string, view: any, session: any, now: number, visits: any[], all: any[],
 *   tab: string, search: string, chosen: any, choose: (id: number|null) => void}} Ctx */

Object.assign(store.state, {page: PAGES.includes(location.hash.slice(1)) ? location.hash.slice(1) : 'desk', tab: 'papers', search: '', chosen: null, scan: ''});

/** @param {any} view @returns {Ctx} */
function context(view) {
  const {tab, search, chosen} = store.state;
  if (tab === 'waiting' && waitingFor !== store.state.seq) {
    waitingFor = store.state.seq;
    shelf.load('waiting');
  }
  if (tab === 'done' && doneFor !== store.state.seq && performance.now() - doneAt > DONE_MS) {
    doneFor = store.state.seq;
    doneAt = performance.now();
    shelf.load('done');
  }
  if (store.state.page === 'gate' && drawFor !== store.state.seq) {
    drawFor = store.state.seq;
    shelf.load('draw');
  }
  const asked = ['waiting', 'done'].flatMap((list) => shelf.held.get(list)?.body?.visits ?? []);
  const all = [...new Map([...asked, ...view.visits].map((/** @type {any} */ v) => [v.id, v])).values()];
  return {
    store, commands, shelf, draw: shelf.held.get('draw')?.body ?? null, printer: shelf.get('printer'), page: store.state.page, view, session: shelf.get('session'), now: feed?.clock.known() ? Math.floor(feed.clock.now() / 1000) : view.at,
    visits: listOf(all, tab, search), all, tab, search, chosen: all.find((v) => v.id === chosen) ?? null,
    choose: (id) => store.update({chosen: id}),
  };
}

function draw() {
  document.title = t('desk.title');
  const screen = /** @type {HTMLElement} */ (document.getElementById('screen'));
  const session = shelf.get('session');
  if (!session) {
    render(html`<main class="gate"><div class="card stack">${mark()}<p>${shelf.problem('session') ? t('refusal.no_network') : t('feed.connecting')}</p>
      ${shelf.problem('session') ? html`<button class="button" type="button" @click=${() => shelf.load('session')}>${t('desk.again')}</button>` : nothing}</div></main>`, screen);
    return;
  }
  const may = session.demo || session.device?.kind === 'desk' || ['manager', 'officer', 'desk'].includes(session.role);
  if (!may) {
    store.state.connection = 'live';
    render(html`<main class="gate"><div class="gate-top">${languageSwitch()}</div>${signIn({store, commands, lead: t('desk.sign_in'), onDone: () => location.reload()})}</main>`, screen);
    return;
  }
  if (!feed) feed = new Feed('/api/v1/feed/desk', (f) => store.follow(f));
  const view = feed.view();
  if (!view) {
    render(html`${connectionBanner(store.state, t('desk.paper_way'))}<p class="empty">${t('feed.connecting')}</p>`, screen);
    return;
  }
  setZone(view.zone_s, view.offset_s);
  const ctx = context(view);
  shortcuts(ctx);
  const page = ctx.page === 'gate' ? drawGate(ctx) : ctx.page === 'paper' || (ctx.page === 'company' && mayList(session)) ? later(ctx) : desk(ctx);
  render(html`${bar(ctx)}${connectionBanner(store.state, t('desk.paper_way'))}${stop(ctx)}${page}`, screen);
  bringIntoSight(ctx);
}

/** The visit whose line of the list was last brought into sight. @type {number|null} */
let sighted = null;

/** Brings the line of a visit just chosen into sight, once: it may be the last of many.
 * @param {Ctx} ctx */
function bringIntoSight({chosen}) {
  if ((chosen?.id ?? null) === sighted) return;
  const line = document.querySelector('.row-item.current');
  if (chosen && !line) return; // its list is still on its way
  sighted = chosen?.id ?? null;
  line?.scrollIntoView({block: 'nearest'});
}

/** @param {Ctx} ctx */
function desk(ctx) {
  return html`<main class="desk"><section class="card give" aria-label=${t('desk.give')}>${drawForm(ctx)}</section>
      <section class="card lists live" aria-label=${t('desk.lists')}>${drawList(ctx)}</section>
      ${ctx.chosen ? html`<section class="card detail live" aria-label=${t('desk.visit')}>${drawVisit(ctx, reveal)}</section>` : nothing}</main>${paper(ctx)}`;
}

/** The stop signal: nobody more fits into the lobby. @param {Ctx} ctx */
function stop({view}) {
  return view.lobby.persons > view.lobby.max ? html`<p class="stop" role="alert"><span class="stop-sign" aria-hidden="true"></span>${t('desk.stop')} <span class="figure">${view.lobby.persons}/${view.lobby.max}</span>
    ${view.lobby.usual ? html`<small>${t('desk.stop_usual', {max: view.lobby.max})}</small>` : nothing}</p>` : nothing;
}

/** Pages that few open, fetched when somebody does.
 * @type {Later<(ctx: Ctx) => unknown>} */
const pagesLater = new Later({
  paper: async () => (await import('./paper.js')).drawPaper,
  company: async () => (await import('./company.js')).drawCompany,
}, () => store.update());

/** @param {Ctx} ctx */
function later(ctx) {
  const page = pagesLater.page(ctx.page);
  if (page) return page(ctx);
  if (!pagesLater.failed(ctx.page)) return html`<p class="empty">${t('feed.connecting')}</p>`;
  return html`<div class="empty"><p>${t('refusal.no_network')}</p><button class="button" type="button" @click=${() => pagesLater.fetch(ctx.page)}>${t('desk.again')}</button></div>`;
}

/** A company's list is the desk's and the manager's: it holds who people are.
 * @param {any} session */
const mayList = (session) => session.demo || ['manager', 'desk'].includes(session.role);

/** @param {Ctx} ctx */
function pages({page, session, store: s}) {
  const open = (/** @type {string} */ code) => { location.hash = code; s.update({page: code}); };
  return html`<nav class="pages" aria-label=${t('desk.page')}>${PAGES.filter((code) => code !== 'company' || mayList(session)).map((code) => html`<button type="button" aria-current=${page === code ? 'page' : nothing} @click=${() => open(code)}>${label('desk_page', code)}</button>`)}</nav>`;
}

/** @param {Ctx} ctx */
function bar(ctx) {
  const {view, now, session} = ctx;
  const {lobby} = view;
  const full = lobby.persons > lobby.max;
  const near = !full && lobby.persons * 100 >= lobby.max * NEAR_PCT;
  return html`<header class="top desk-bar">${mark()}<h1>${t('desk.title')}</h1>${pages(ctx)}
    <dl class="bar-facts live"><div><dt>${t('desk.waiting')}</dt><dd class="figure">${inLine(view)}</dd></div>
      <div class=${full ? 'full' : ''}><dt>${t('desk.lobby')}</dt><dd class="figure">${full ? '! ' : nothing}${lobby.persons}/${lobby.max}${near ? html` <small>${t('desk.near')}</small>` : nothing}
        <span class=${full ? 'bar over' : near ? 'bar near' : 'bar'} ${vars({'--share': `${Math.min(100, Math.round((lobby.persons * 100) / Math.max(1, lobby.max)))}%`})}></span></dd></div>
      <div class=${view.day.open ? '' : 'full'}><dt>${t('desk.day')}</dt><dd>${view.day.open ? t('desk.day_open') : doneToday(view) ? t('desk.day_done') : t('desk.day_closed')}</dd></div></dl>
    <div class="row push"><span class="figure bar-clock">${clockSeconds(now)} <span class="small soft">${zoneName()}</span></span>${pulse(store.state)}<span class="help">${hint('?')}</span>${languageSwitch()}
      ${session.kind === 'session' ? signOut({store, commands}) : nothing}</div></header>`;
}

/** @param {Ctx} ctx */
function shortcuts(ctx) {
  const move = (/** @type {number} */ step) => {
    const at = ctx.visits.findIndex((v) => v.id === ctx.chosen?.id);
    const to = ctx.visits[Math.max(0, Math.min(ctx.visits.length - 1, at + step))];
    if (to) ctx.choose(to.id);
  };
  const tab = (/** @type {number} */ step) => {
    const at = TABS.findIndex((one) => one.code === ctx.tab);
    store.update({tab: TABS[(at + step + TABS.length) % TABS.length].code, chosen: null});
  };
  keys.use([
    ...formKeys(ctx),
    {key: 'g', say: () => t('desk.give'), when: () => !blocked(store, 'give'), run: () => give(ctx)},
    {key: '/', say: () => t('desk.search'), run: () => document.getElementById('search')?.focus()},
    {key: 'ArrowDown', say: () => t('desk.key_next'), run: () => move(1)},
    {key: 'ArrowUp', say: () => t('desk.key_before'), run: () => move(-1)},
    {key: ']', say: () => t('desk.key_list'), run: () => tab(1)},
    {key: '[', say: () => t('desk.key_list_back'), run: () => tab(-1)},
  ]);
}

/** Who a visitor is, asked for by one press and forgotten with the next visit; the look
 * is recorded. @param {number} visit */
async function reveal(visit) {
  const answer = await ask(`/api/v1/visits/${visit}/person?why=serving`);
  store.update({person: {visit, body: answer.ok ? answer.body : null, problem: answer.problem}});
}

window.addEventListener('hashchange', () => { if (PAGES.includes(location.hash.slice(1))) store.update({page: location.hash.slice(1)}); });
followTheme();
openLanguage('desk');
onLanguage(draw);
store.subscribe(draw);
setInterval(() => store.update(), 1000);
draw();
