// @ts-check
// The officer's console: who signs in, which room, and the bench where many claims are
// worked at once. What is seen is worked out in model.js, what can be done in acts.js.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {label, learn, onLanguage, openLanguage, t} from '../lib/catalogue.js';
import {Commands, readAnswer} from '../lib/commands.js';
import {Feed, STALE_MS} from '../lib/feed.js';
import {Shortcuts, keyName, typing} from '../lib/keys.js';
import {connectionBanner, pulse, topBar} from '../lib/parts.js';
import {Store} from '../lib/store.js';
import {followTheme} from '../lib/theme.js';
import {clock, setZone} from '../lib/times.js';
import {words as claimWords} from '../lib/words-claims.js';
import {words as stateWords} from '../lib/words-states.js';
import {branchNow} from '../lib/branch-now.js';
import {actsOf, papersOpen, seatKey} from './acts.js';
import {ALL_KEY, claimCard, markAll, markPaper} from './claim.js';
import {AGAIN_MS, perform, staffName} from './draw.js';
import {foot} from './foot.js';
import {hero} from './hero.js';
import {changesOf, claimOf, seatMeans, sightOf, topKey, unseenOf} from './model.js';
import {PaperMarks} from './papers.js';
import {plan} from './plan.js';
import {knowRooms, roomName} from './room-name.js';
import {Sheet} from './sheets.js';
import {callCard, callStrip, comingCard, lineCard, seatCard, settledStrip} from './side.js';
import {chooseRoom, notice, signIn} from './sign.js';
import {words} from './words.js';

for (const more of [words, claimWords, stateWords]) learn(more);

/** The officers' list is asked again this often at most: names and presence change rarely. */
const STAFF_EVERY_MS = 5000;

/** Acts whose own words are kept for the undo bar. */
const DEEDS_KEPT = 40;

/** How long an outcome can be given to the rest, in branch seconds: while the officer
 * still thinks of it, not an hour later to people who came since. */
const SETTLED_KEPT_S = 120;

/** How long the reason stands that somebody asked for by pressing in vain. */
const TOLD_MS = 6000;

const ROOM_PLACE = 'lapak.officer.room';

/** A console that nobody has touched for so long locks itself: an officer who was called
 * away does not leave a line of people under somebody else's fingers. */
const IDLE_MS = 15 * 60 * 1000;

const store = new Store();
const commands = new Commands(store);
const keys = new Shortcuts('officer');
const sheet = new Sheet();
const marks = new PaperMarks(commands);
/** @type {Map<number, string>} */
const deeds = new Map();
/** @type {Map<number, any>} */
const people = new Map();

/** @type {Feed|null} */
let feed = null;
/** @type {import('./draw.js').Desk|null} */
let desk = null;
/** @type {import('./model.js').Sight|null} */
let before = null;
let staffAt = -Infinity;
let touchedAt = performance.now();

/** What this page itself knows, beside the feed. */
const own = {
  who: /** @type {any} */ (null), rooms: /** @type {any[]|null} */ (null), roomsProblem: /** @type {any} */ (null),
  room: 0, staff: /** @type {any[]|null} */ (null),
  chosen: /** @type {number|null} */ (null), settled: /** @type {any} */ (null), said: '', locked: '', told: '', toldUntil: 0,
};

/** @param {string} path */
async function get(path) {
  try {
    return await readAnswer(await fetch(`/api/v1${path}`, {credentials: 'same-origin'}));
  } catch {
    return {ok: false, status: 0, body: null, problem: {code: 'no_answer', status: 0}};
  }
}

async function start() {
  const answer = await get('/session');
  own.who = answer.ok ? answer.body : {kind: 'none'};
  if (answer.ok) own.locked = '';
  touchedAt = performance.now();
  if (!answer.ok && answer.status !== 401) own.who = {kind: 'unreachable', problem: answer.problem};
  const wanted = Number(new URLSearchParams(location.search).get('room') ?? remembered());
  if (signedIn()) {
    await loadRooms();
    // A demo's room goes back when nobody watches it: it is taken over anew.
    if (own.rooms?.some((room) => room.id === wanted) && mayWork()) await chooseThis(wanted);
  }
  store.update();
}

const signedIn = () => Boolean(own.who) && own.who.kind !== 'none' && own.who.kind !== 'unreachable';
/** Whoever looks at the demo is nobody until a room was taken over. */
const mayWork = () => own.who.id > 0 && (own.who.role === 'officer' || own.who.role === 'manager');

function remembered() {
  try {
    return sessionStorage.getItem(ROOM_PLACE) ?? '';
  } catch {
    return '';
  }
}

async function loadRooms() {
  const answer = await get('/rooms');
  own.rooms = answer.ok ? answer.body.rooms : null;
  own.roomsProblem = answer.ok ? null : answer.problem;
  knowRooms(own.rooms ?? []);
  if (!own.room) freshStaff(); // who works where
  store.update();
}

/** @param {number} room */
async function chooseThis(room) {
  if (own.who.demo) {
    const answer = await commands.send('take_over', {path: '/api/v1/demo/take-over', body: {room}});
    if (!answer.ok) return;
    const session = await get('/session');
    if (session.ok) own.who = session.body;
  }
  enterRoom(room);
}

/** @param {number} room */
function enterRoom(room) {
  leaveRoom();
  own.room = room;
  try {
    sessionStorage.setItem(ROOM_PLACE, String(room));
  } catch {
    // The room is chosen again after a reload.
  }
  feed = new Feed(`/api/v1/feed/room/${room}`, heard);
  loadStaff();
}

function leaveRoom() {
  feed?.close();
  feed = null;
  desk = null;
  before = null;
  Object.assign(own, {room: 0, chosen: null, settled: null, staff: null});
  people.clear();
  store.update({connection: 'connecting', stopped: null, views: new Map()});
}

/** Silence is counted from the last frame, however often the feed tries again: old
 * figures must not look fresh while it does. */
function watchSilence() {
  if (feed && store.state.connection === 'live' && performance.now() - feed.heardAt > STALE_MS) store.state.connection = 'stale';
}

/** @param {Feed} from */
function heard(from) {
  store.follow(from);
  watchSilence();
  const view = from.view();
  if (!view) return;
  fetchQuestions();
  setZone(view.zone_s, view.offset_s);
  if (!view.session || !view.officers.some((/** @type {any} */ o) => o.id === own.who.id)) loadStaff();
}

async function loadStaff() {
  if (performance.now() - staffAt < STAFF_EVERY_MS && own.staff) return;
  staffAt = performance.now();
  const answer = await get('/officers');
  if (answer.ok) own.staff = answer.body.officers;
  else own.staff ??= [];
  store.update();
}

/** The presence of an officer without a session is in no view, so it is asked after
 * each own act, and before a colleague is chosen: one may have come a minute ago. */
function freshStaff() {
  staffAt = -Infinity;
  return loadStaff();
}

/** @param {string} name @param {string} password */
async function enter(name, password) {
  const answer = await commands.send('sign', {path: '/api/v1/session', body: {name, password}});
  if (answer.ok) await start();
}

/** Signing out and remembering who it was: the same person comes back with their password
 * alone, to the same room. */
async function lock() {
  const {name} = own.who;
  await signOut();
  if (!signedIn()) own.locked = name;
  draw();
  /** @type {HTMLElement|null} */ (document.querySelector('input[name="password"]'))?.focus();
}

function lockWhenIdle() {
  if (signedIn() && !own.who.demo && performance.now() - touchedAt > IDLE_MS) {
    touchedAt = performance.now();
    sheet.close();
    lock();
  }
}

/** Names and claims go first: a server that is slow to answer must not leave them standing. */
async function signOut() {
  leaveRoom();
  Object.assign(own, {who: null, rooms: null});
  store.update();
  await commands.send('sign_out', {method: 'DELETE', path: '/api/v1/session'});
  await start();
}

async function toRooms() {
  const room = own.room;
  leaveRoom();
  if (own.who.demo) await commands.send('take_over', {path: '/api/v1/demo/take-over', body: {room, release: true}});
  loadRooms();
}

/** @param {number} visit */
async function reveal(visit) {
  people.set(visit, {asking: true});
  store.update();
  const answer = await get(`/visits/${visit}/person?why=session`);
  people.set(visit, answer.ok ? answer.body : {problem: answer.problem});
  store.update();
}

/** A name is shown while the officer is with that person or looks at their booth, and is
 * asked for anew, and logged, the next time. @param {import('./draw.js').Desk} here */
function forgetNames({sight, view, chosen}) {
  const looked = view.seats.find((/** @type {any} */ seat) => seat.no === chosen)?.visit;
  for (const id of people.keys()) if (id !== sight.with?.visit?.id && id !== looked) people.delete(id);
}

/** @param {number|null} no */
function choose(no) {
  own.chosen = no;
  store.update();
}

/** Says why an act may not be done now, beside its button. @param {string} slot */
function tell(slot) {
  Object.assign(own, {told: slot, toldUntil: performance.now() + TOLD_MS});
  store.update();
}

/** Keeps what the same outcome for the rest would copy. @param {any} claim @param {number} visit
 * @param {string} number */
function remember(claim, visit, number) {
  const settled = {id: claim.id, visit, number, programme: claim.programme, reason: claim.reason, promise: '', at: desk?.sight.now ?? 0};
  own.settled = settled;
  // The visit leaves the room's view at once; its promised date is what the officer says
  // while the person stands up.
  get(`/visits/${visit}`).then((answer) => {
    const {promise = '', outcome} = claimOf(answer.ok ? answer.body : null, claim.id) ?? {};
    Object.assign(settled, {promise, outcome});
    store.update();
  });
}

/** The questions in between: seldom asked, so they come after the first view, and then at
 * once, so that they are here when the network goes.
 * @type {Promise<import('./acts.js').Sheets>|null} */
let asking = null;

function fetchQuestions() {
  asking ??= import('./questions.js').then((page) => page.questionsOf(sheet, () => /** @type {import('./draw.js').Desk} */ (desk), {toRooms, signOut, lock, get, staff: freshStaff, help: () => keys.help()}));
  asking.catch(() => { asking = null; });
  return asking;
}

/** @type {import('./acts.js').Sheets} */
const questions = new Proxy(/** @type {any} */ ({}), {get: (_, name) => () => fetchQuestions().then((all) => /** @type {any} */ (all)[name]())});

const myName = () => own.who.display || own.who.name || staffName(own.staff ?? [], own.who.id);

/** Everything the parts of the bench draw from, made anew for each drawing.
 * @param {any} view @returns {import('./draw.js').Desk} */
function deskOf(view) {
  const staff = own.staff ?? [];
  const me = {id: own.who.id, name: myName(), role: own.who.role, account: own.who.demo ? '' : own.who.name};
  const sight = sightOf(view, me, staff, branchNow(store, feed?.clock));
  if (own.settled && sight.now - own.settled.at > SETTLED_KEPT_S) own.settled = null;
  if (own.chosen !== null && sight.with?.seat?.no === own.chosen) own.chosen = null;
  const context = {view, sight, me, room: own.room, chosen: own.chosen, settled: own.settled, sheets: questions, choose, reveal, remember, refresh: freshStaff, deeds,
    marked: (/** @type {any} */ claim) => (/** @type {any} */ paper) => marks.shown(claim.id, paper),
    underWay: [...store.state.pending].some(([slot, p]) => p.status !== 'refused' && p.status !== 'unsure' && !slot.startsWith('undo-'))};
  return {...context, store, commands, acts: actsOf(context), drawn: new Set(), marks, get staff() { return own.staff ?? []; }, people, toRooms, told: performance.now() < own.toldUntil ? own.told : '', tell};
}

/** What the key of a seat does: a waiting person is taken, any other seat is looked at.
 * @param {number} no */
function seatPressed(no) {
  if (!desk) return;
  const seat = desk.view.seats.find((/** @type {any} */ s) => s.no === no);
  const act = desk.acts.get('take_seat');
  if (own.chosen === no && act) perform(desk, act, 'seat');
  else if (seat && seatMeans(seat, desk.sight) === 'take') {
    const number = seat.number ?? '';
    perform(desk, {id: 'take', slot: 'take', keys: [], text: t('officer.take'), of: number, request: {path: `/api/v1/officers/${desk.me.id}/take`, body: {room: desk.room, seat: no}},
      done: () => choose(null)});
  } else choose(own.chosen === no ? null : no);
}

/** Space and Enter belong to a focused control before they belong to the room. */
function atControl() {
  return Boolean(document.activeElement?.closest('button, a, input, select, summary, [role="button"]'));
}

/** @returns {import('../lib/keys.js').Shortcut[]} */
function shortcuts() {
  if (!desk) return own.rooms && !own.room ? own.rooms.slice(0, 12).map((room, i) => ({key: String(topKey(i, false)), say: () => roomName(room.id), run: () => chooseThis(room.id)})) : [];
  const here = desk;
  const list = [];
  for (const act of here.acts.values()) {
    for (const key of act.keys) {
      const shared = key === ' ' || key === 'Enter';
      // While stale or blocked the key does nothing; perform() asks the same question.
      list.push({key, say: () => act.text, when: () => !(shared && atControl()), run: () => perform(here, act, key)});
    }
  }
  here.view.seats.forEach((/** @type {any} */ seat, /** @type {number} */ i) => {
    const key = seatKey(here, i);
    if (key) list.push({key, say: () => t('words.seat_no', {n: seat.no}), run: () => steady(key, 'seat') && seatPressed(seat.no)});
  });
  if (papersOpen(here)) list.push(...paperKeys(here));
  list.push({key: 'Escape', say: () => t('officer.look_away'), run: () => choose(null)});
  return list;
}

/** The digits mean booths, and papers as soon as a claim is open: a digit that bounces
 * while that changes took somebody and must not mark a paper as well. */
let digit = {key: '', means: '', at: -AGAIN_MS};

/** @param {string} key @param {string} means */
function steady(key, means) {
  const at = performance.now();
  if (key === digit.key && means !== digit.means && at - digit.at < AGAIN_MS) return false;
  digit = {key, means, at};
  return true;
}

/** @param {import('./draw.js').Desk} here @returns {import('../lib/keys.js').Shortcut[]} */
function paperKeys(here) {
  const claim = here.sight.with?.claim;
  /** @type {import('../lib/keys.js').Shortcut[]} */
  const list = claim.papers.slice(0, 12).map((/** @type {any} */ paper, /** @type {number} */ i) => ({
    key: String(topKey(i, false)), say: () => label('document', paper.doc), run: () => { if (steady(String(topKey(i, false)), 'paper')) markPaper(here, claim, paper); }}));
  const open = unseenOf(claim, here.marked?.(claim)).length;
  if (open > 0) list.push({key: ALL_KEY, say: () => t('officer.all_papers', {n: open}), run: () => markAll(here, claim)});
  return list;
}

/** One sentence for those who listen. @param {import('./model.js').Sight} sight */
function sayChanges(sight) {
  const say = changesOf(before, sight).filter(({code}) => code !== 'phase').map(({code, number, seat}) => label('officer.say', code, {number, seat}));
  if (say.length > 0) own.said = say.slice(0, 3).join(' ');
  before = sight;
}

/** @param {any} view */
function bench(view) {
  desk = deskOf(view);
  forgetNames(desk);
  sayChanges(desk.sight);
  marks.settle(store.state.pending);
  while (deeds.size > DEEDS_KEPT) deeds.delete(/** @type {number} */ (deeds.keys().next().value));
  const held = claimCard(desk);
  // With a claim open the right half belongs to it; who comes next moves under the plan.
  const busy = held !== nothing;
  const coming = comingCard(desk);
  const body = html`${hero(desk)}<main class="bench">
    <div class="room-side">${plan(desk, seatPressed)}${busy ? html`${coming}${callStrip(desk)}${settledStrip(desk)}` : nothing}</div>
    <div class=${busy ? 'work busy' : 'work'}>${busy ? nothing : settledStrip(desk)}${seatCard(desk)}${held}${busy ? nothing : html`${coming}${callCard(desk)}${lineCard(desk)}`}</div></main>`;
  return html`${body}${foot(desk)}`;
}

/** @param {any} view */
function barOf(view) {
  if (!own.room) return topBar({title: t('officer.title'), sub: signedIn() ? own.who.display || own.who.name : '', right: html`${signedIn() && !own.who.demo ? html`<button type="button" class="button quiet onbar" @click=${signOut}>${t('officer.sign_out')}</button>` : nothing}`});
  const session = view?.session;
  const state = session ? `${label('session', session.state)} · ${label('mode', session.mode)}` : t('officer.without_session');
  const mates = desk && desk.sight.others.length > 0 && desk.sight.phase !== 'not_mine' ? ` + ${desk.sight.others.map((id) => staffName(own.staff ?? [], id)).join(', ')}` : '';
  const presence = desk?.sight.mine ? ` · ${label('presence', desk.sight.mine.presence)}` : '';
  return topBar({title: roomName(own.room), sub: state, right: html`<span class="mine small">${myName()}${mates}<span class="soft">${presence}</span></span>
    ${view ? html`<span class="figure now-clock">${clock(branchNow(store, feed?.clock))}</span>` : nothing}
    ${pulse(store.state)}<button type="button" class="button quiet onbar help" aria-label=${t('keys.help')} @click=${() => keys.help()}><kbd>${keyName('?')}</kbd></button>`});
}

function content() {
  const {who} = own;
  if (who === null) return html`<main class="gate"><p class="soft">${t('feed.connecting')}</p></main>`;
  if (who.kind === 'unreachable') return notice(t('officer.title'), t('feed.stale_never'), html`<button type="button" class="button" @click=${start}>${t('officer.try_again')}</button>`);
  if (!signedIn() || store.state.stopped === 'signed_out') return signIn(store, enter, who, own.locked);
  if (!who.demo && !mayWork()) return notice(t('officer.title'), t('officer.wrong_role', {role: label('role', who.role)}), html`<button type="button" class="button" @click=${signOut}>${t('officer.sign_out')}</button>`);
  if (!own.room) return chooseRoom(store, {rooms: own.rooms, problem: own.roomsProblem, staff: own.staff, demo: Boolean(who.demo), enter: chooseThis, again: loadRooms});
  if (store.state.connection === 'stopped') return notice(roomName(own.room), label('feed.stopped', store.state.stopped ?? 'forbidden'), html`<button type="button" class="button" @click=${toRooms}>${t('officer.rooms')}</button>`);
  const view = feed?.view();
  if (!view || own.staff === null) return html`<main class="gate"><p class="soft">${t('feed.connecting')}</p></main>`;
  return bench(view);
}

function draw() {
  desk = /** @type {any} */ (null); // content() fills it
  const inside = content();
  const view = own.room ? feed?.view() : null;
  document.title = desk?.sight.turns[0] && !desk.sight.with ? `${desk.sight.turns[0].number} · ${t('officer.title')}` : t('officer.title');
  keys.use(shortcuts());
  const banner = own.room && store.state.connection !== 'stopped' ? connectionBanner(store.state, t('officer.buttons_wait')) : nothing;
  render(html`<div class=${desk ? 'desk' : 'page'} data-seq=${desk ? store.state.seq : nothing}>${barOf(view)}${banner}${inside}</div>
    <div class="visually-hidden" role="status" aria-live="polite">${own.said}</div>`, /** @type {HTMLElement} */ (document.getElementById('screen')));
}

/** Ctrl+Z is what hands do by themselves. @param {KeyboardEvent} event */
function undoKey(event) {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'z') return;
  const act = desk?.acts.get('undo');
  if (typing(event.target) || sheet.open || !act || !desk) return;
  event.preventDefault();
  perform(desk, act);
}

/** A button that was clicked with the mouse must not be pressed again by the next
 * Space, which means another act by then. Whoever uses the keyboard keeps the focus, and
 * so does an answer of a question that stays open.
 * @param {MouseEvent} event */
function letGo(event) {
  const at = /** @type {Element|null} */ (event.target)?.closest('button, [role="button"]');
  if (event.detail > 0 && at && !at.closest('dialog') && at === document.activeElement) /** @type {HTMLElement} */ (at).blur();
}

followTheme();
openLanguage('officer');
onLanguage(draw);
store.subscribe(draw);
document.addEventListener('keydown', undoKey);
for (const kind of ['keydown', 'pointerdown', 'pointermove']) document.addEventListener(kind, () => { touchedAt = performance.now(); }, {passive: true});
document.addEventListener('click', letGo);
// Waits and countdowns go on between two views.
setInterval(() => {
  watchSilence();
  lockWhenIdle();
  store.update();
}, 1000);
draw();
start();
