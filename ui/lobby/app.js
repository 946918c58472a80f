// @ts-check
// The board in the lobby: who is called now, to which room and seat. Runs for months
// without a touch, so what it draws is a function of the newest view and of the time,
// and whatever it remembers is bounded by that view.
// In the address: ?sound=1 speak without a tap (a kiosk browser that allows it),
// ?voice=id,en what to speak, ?rooms=1,2 these rooms only, ?page=1of2 its share of many
// rows, ?title= the branch's name, ?lang=, ?theme=light, ?contrast=high.

import {language, openLanguage, setLanguage, t} from '../lib/catalogue.js';
import {Feed} from '../lib/feed.js';
import {setZone} from '../lib/times.js';
import {Spot, notice, shareOf, split} from './called.js';
import {drawBoard, where} from './draw.js';
import {refit} from './fit.js';
import {Pages} from './pages.js';

/** A demo faster than this speaks the newest call only. */
const SPEAK_ALL_BELOW = 4;
/** A board that the server turned away asks again: nobody is there to touch it. */
const AGAIN_MS = 60_000;
/** The whole picture moves a little every minute, so that nothing burns in. */
const SHIFT_MS = 60_000;
/** Buttons go away again after the last touch. */
const HANDS_MS = 15_000;

const asked = new URLSearchParams(location.search);
const rooms = (asked.get('rooms') ?? '').split(',').filter(Boolean).map(Number);
/** The voice, once it is wanted here.
 * @type {ReturnType<typeof import('./voice.js').openVoice>|null} */
let speaker = null;
const spot = new Spot();
/** @type {Map<string, Pages<any>>} */
const pages = new Map();
/** @type {Map<string, number>} */
const seen = new Map();
/** What assistive technology is told, each call once: when its turn begins. */
let said = '';
let saidOf = '';
let feed = open();
let stoppedAt = 0;
let planned = false;
let touchedAt = -Infinity;

function open() {
  return new Feed('/api/v1/feed/lobby', (from) => {
    const view = from.view();
    if (view) hear(from, view);
    if (planned) return;
    planned = true;
    setTimeout(draw, 50);
  });
}

/** @param {Feed} from @param {any} view */
function hear(from, view) {
  setZone(view.zone_s, view.offset_s);
  notice(seen, view.calls, performance.now());
  if (speaker?.voice.unlocked()) {
    speaker.voice.follow(view, speaker.announcer.languages);
    speaker.announcer.newestOnly = (view.speed ?? 1) >= SPEAK_ALL_BELOW;
    speaker.announcer.take(from.book.epoch, view.calls.filter(ours), from.clock.now());
  }
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
  const time = {now: feed.clock.now() / 1000, local, holdS: view?.hold_s ?? 0, missed: view?.missed};
  const {now, past} = split(view?.calls ?? [], seen, time);
  const mine = now.filter(ours);
  const before = past.filter(ours);
  // Between calls the last one stays large: who looks up late still finds it.
  const up = mine.length > 0 ? mine : before.filter((row) => row.group === before[0].group);
  const stage = spot.take(up, local);
  if (spot.group !== saidOf) {
    saidOf = spot.group;
    said = stage.spot.map((row) => `${row.number}: ${row.look === 'back' ? t('lobby.back') : where(view, row)}.`).join(' ');
  }
  document.title = t('lobby.title');
  drawBoard(/** @type {HTMLElement} */ (document.getElementById('screen')), {
    view, connection: feed.connection, stopped: feed.stopped, heardAt: feed.asOf, now: feed.clock.known() ? feed.clock.now() : 0, local,
    title: asked.get('title') ?? t('lobby.title'), own: rooms, share: shareOf(asked.get('page')), ...stage,
    past: before.filter((row) => !up.includes(row)), away: now.filter((row) => !ours(row)),
    sound: speaker?.voice.unlocked() ? 'on' : speaks() ? 'locked' : 'none', hands: local - touchedAt < HANDS_MS,
    slide: '', said, page, unlock, other,
  });
}

function tick() {
  if (feed.connection !== 'stopped') stoppedAt = 0;
  else if (stoppedAt === 0) stoppedAt = performance.now();
  else if (feed.stopped !== 'replaced' && performance.now() - stoppedAt > AGAIN_MS) {
    feed.close();
    stoppedAt = 0;
    feed = open();
  }
  const step = Math.floor(performance.now() / SHIFT_MS);
  const style = document.documentElement.style;
  style.setProperty('--x', `${[0, 4, 8, 4, 0, -4, -8, -4][step % 8]}px`);
  style.setProperty('--y', `${[-6, -3, 0, 3, 6, 3, 0, -3][step % 8]}px`);
  draw();
}

/** Whether this display is the one that speaks. */
function speaks() {
  return asked.get('sound') === '1';
}

async function unlock() {
  const {openVoice} = await import('./voice.js');
  speaker ??= openVoice(/** @type {any} */ ((asked.get('voice') ?? 'id').split(',')));
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

const root = document.documentElement;
if (asked.get('theme') === 'light') root.dataset.theme = 'light';
if (asked.get('contrast') === 'high' || matchMedia('(prefers-contrast: more)').matches) root.dataset.contrast = 'high';
openLanguage('lobby');
if (speaks()) unlock();
addEventListener('pointerdown', () => speaks() && unlock());
addEventListener('pointermove', touched);
addEventListener('keydown', touched);
document.addEventListener('visibilitychange', stayAwake);
document.fonts?.ready.then(() => { refit(); draw(); });
stayAwake();
setInterval(tick, 1000);
draw();
