// @ts-check
// The board in the lobby: who is called now, to which room and seat. Runs for months
// without a touch, so what it draws is a function of the newest view and of the time,
// and whatever it remembers is bounded by that view.
// A paired display is told by the manager which lobby is its own, whether it speaks and
// which share of many rows it shows. In the address: ?lobby=2, ?page=1of2, ?sound=1 speak
// (a kiosk browser needs no tap), ?voice=id,en what to speak, ?rooms=1,2 these rooms only,
// ?title= the branch's name, ?lang=, ?theme=light, ?contrast=high.

import {language, openLanguage, setLanguage, t} from '../lib/catalogue.js';
import {Feed} from '../lib/feed.js';
import {setZone} from '../lib/times.js';
import {Spot, notice, placeOf, roomsOf, shareOf, split, untold} from './called.js';
import {drawBoard, where} from './draw.js';
import {refit} from './fit.js';
import {Pages} from './pages.js';
import {Slides} from './slides.js';

/** The whole picture moves a little every minute, so that nothing burns in. */
const SHIFT_MS = 60_000;
/** A picture of the slideshow stays this long. */
const SLIDE_MS = 12_000;
/** A display that is not paired, or no longer, asks for a code by itself: most have no hands. */
const LONE_S = 20;
/** Buttons go away again after the last touch. */
const HANDS_MS = 15_000;

const asked = new URLSearchParams(location.search);
/** What this display was paired as; null for whoever else looks.
 * @type {any} */
let device = null;
/** This lobby and its rooms, as the newest view has them.
 * @type {any} */
let place = null;
/** @type {number[]} */
let rooms = [];
const slides = new Slides();
/** The voice, once it is wanted here.
 * @type {import('./voice.js').Speaker|null} */
let speaker = null;
/** Whether somebody asked for it here, although another display may speak. */
let byHand = false;
const spot = new Spot();
/** @type {Map<string, Pages<any>>} */
const pages = new Map();
/** @type {Map<string, number>} */
const seen = new Map();
/** What assistive technology is told: each call once, however many come together; politely,
 * so that a call does not cut the one before short. */
let said = '';
/** @type {Set<string>} */
let told = new Set();
/** The connection that has asked what the display is. */
let known = 0;
const root = document.documentElement;
const feed = open();
feed.unattended = true;
let planned = false;
let touchedAt = -Infinity;
/** Seconds for which this display has been nobody's. */
let lone = 0;

function open() {
  return new Feed('/api/v1/feed/lobby', (from) => {
    const view = from.view();
    if (known !== from.greeted) {
      known = from.greeted;
      whoAmI();
    }
    if (view) hear(from, view);
    if (planned) return;
    planned = true;
    setTimeout(draw, 50);
  });
}

/** @param {Feed} from @param {any} view */
function hear(from, view) {
  setZone(view.zone_s, view.offset_s);
  place = placeOf(view, Number(asked.get('lobby')) || device?.lobby);
  rooms = asked.has('rooms') ? String(asked.get('rooms')).split(',').map(Number) : roomsOf(view, place);
  root.dataset.contrast = asked.get('contrast') === 'high' || place?.contrast || matchMedia('(prefers-contrast: more)').matches ? 'high' : '';
  slides.follow(view.media || 0, read);
  if (speaks() && !speaker) unlock();
  notice(seen, view.calls, performance.now());
  speaker?.hear(from, view, view.calls.filter(ours), byHand || speaks(), device);
}

/** @param {string} path */
async function read(path) {
  try {
    const answer = await fetch(path, {credentials: 'same-origin'});
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // what is known stays; the next connect asks again
  }
}

/** Reads what this display was paired as: again on every connect, because a manager
 * who changes that ends the connection. */
async function whoAmI() {
  const body = await read('/api/v1/session');
  if (!body) return;
  device = body.device?.kind === 'display' ? {...body.device, id: body.id} : null;
  const view = feed.view();
  if (view) hear(feed, view);
}

/** @param {{room: number}} call */
function ours(call) {
  return rooms.length === 0 || rooms.includes(call.room);
}

/** @template {{key: string}} T @param {string} place @param {T[]} rows @param {number} size */
function page(place, rows, size) {
  let turns = pages.get(place);
  if (!turns) pages.set(place, (turns = new Pages()));
  return turns.take(rows, size, performance.now());
}

function draw() {
  planned = false;
  const view = feed.view();
  const local = performance.now();
  const {now, past} = split(view?.calls ?? [], seen, {now: feed.clock.now() / 1000, local, holdS: view?.hold_s ?? 0, missed: view?.missed});
  const mine = now.filter(ours);
  const before = past.filter(ours);
  // Between calls the last one stays large: who looks up late still finds it.
  const up = mine.length > 0 || !view?.open ? mine : before.filter((row) => row.group === before[0].group);
  const stage = spot.take(up, local);
  const fresh = untold(told, mine);
  told = new Set([...now, ...past].map((row) => row.key));
  if (fresh.length > 0) {
    said = fresh.map((row) => `${row.number}: ${row.look === 'back' ? t('lobby.back') : where(view, row)}.`).join(' ');
  }
  document.title = t('lobby.title');
  drawBoard(/** @type {HTMLElement} */ (document.getElementById('screen')), {
    view, connection: feed.connection, stopped: feed.stopped, heardAt: feed.asOf, now: feed.clock.known() ? feed.clock.now() : 0, local,
    title: asked.get('title') || place?.name || t('lobby.title'), own: rooms, share: asked.has('page') || !(device?.parts > 1) ? shareOf(asked.get('page')) : device, ...stage,
    past: before.filter((row) => !up.includes(row)), away: now.filter((row) => !ours(row)),
    sound: byHand || speaks() ? (speaker?.voice.unlocked() ? 'on' : 'locked') : 'none', hands: local - touchedAt < HANDS_MS,
    slide: slides.list[Math.floor(local / SLIDE_MS) % slides.list.length] ?? '', said, page, unlock, other,
  });
}

function tick() {
  const step = Math.floor(performance.now() / SHIFT_MS);
  root.style.setProperty('--x', `${[0, 4, 8, 4, 0, -4, -8, -4][step % 8]}px`);
  root.style.setProperty('--y', `${[-6, -3, 0, 3, 6, 3, 0, -3][step % 8]}px`);
  if (feed.stopped === 'signed_out' && (lone += 1) > LONE_S) location.assign('/pair');
  draw();
}

/** Whether this display is the one that speaks. */
function speaks() {
  return asked.get('sound') === '1' || (device && place?.announcer === device.id);
}

/** @param {Event} [tapped] the button, by somebody who wants to hear it here */
async function unlock(tapped) {
  if (tapped) byHand = !speaks();
  const {Speaker} = await import('./voice.js');
  speaker ??= new Speaker(/** @type {any} */ ((asked.get('voice') ?? (place?.english ? 'id,en' : 'id')).split(',')));
  await speaker.voice.unlock();
  draw();
}

function other() {
  setLanguage(language() === 'id' ? 'en' : 'id');
  draw();
}

function touched() {
  touchedAt = performance.now();
  draw();
}

async function stayAwake() {
  try {
    if (document.visibilityState === 'visible') await /** @type {any} */ (navigator).wakeLock?.request('screen');
  } catch {
    // Refused to save power, or plain HTTP: then the display's own settings decide.
  }
}

if (asked.get('theme') === 'light') root.dataset.theme = 'light';
openLanguage('lobby');
addEventListener('pointerdown', () => speaks() && unlock());
addEventListener('pointermove', touched);
addEventListener('keydown', touched);
document.addEventListener('visibilitychange', stayAwake);
document.fonts?.load('1em "Plus Jakarta Sans"').then(() => { refit(); draw(); });
stayAwake();
setInterval(tick, 1000);
tick();
