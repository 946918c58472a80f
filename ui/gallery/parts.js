// @ts-check
// Every shared part in every state, with made-up data: to look at while working on it
// and to compare by picture in tests. ?connection=stale or stopped shows those states,
// ?sheet=keys the list of shortcuts.

import {html, render} from '../vendor/lit-html/lit-html.js';
import {actButton, blocked} from '../lib/act.js';
import {learn, onLanguage, openLanguage, t} from '../lib/catalogue.js';
import {Commands} from '../lib/commands.js';
import {vars} from '../lib/css.js';
import {Shortcuts, hint} from '../lib/keys.js';
import {connectionBanner, pulse, stateTag, topBar} from '../lib/parts.js';
import {drawRoom} from '../lib/room.js';
import {Store} from '../lib/store.js';
import {followTheme} from '../lib/theme.js';
import {clock, dateText, duration, range, stopwatch} from '../lib/times.js';
import {whyText} from '../lib/why.js';
import {words as claims} from '../lib/words-claims.js';
import {words} from './words.js';

learn(words);
learn(claims);

const AT = '2026-03-02T02:30:00Z';

const ROOM = {
  name: 'Ruang 2', width_mm: 6000, depth_mm: 4200, desk: {x_mm: 3000, y_mm: 3650},
  seats: [
    {no: 1, x_mm: 900, y_mm: 900, accessible: true, look: {state: 'with_officer', number: 'A014', note: '1:52'}},
    {no: 2, x_mm: 2400, y_mm: 900, look: {state: 'ready', number: 'B003', note: '4:05', urgent: true, alert: '!'}},
    {no: 3, x_mm: 3900, y_mm: 900, look: {state: 'preparing', number: 'A017', note: '9:40'}},
    {no: 4, x_mm: 5400, y_mm: 900, look: {state: 'cleaning', note: '1:12'}},
    {no: 5, x_mm: 900, y_mm: 2500, look: {state: 'expected', number: 'A021', note: '0:25'}},
    {no: 6, x_mm: 2400, y_mm: 2500, look: {state: 'free'}},
    {no: 7, x_mm: 3900, y_mm: 2500, closed: true, look: {state: 'closed'}},
    {no: 8, x_mm: 5400, y_mm: 2500, look: {state: 'gathering', number: 'C002', note: '2:30'}},
  ],
};

const STATES = ['free', 'expected', 'preparing', 'gathering', 'ready', 'with_officer', 'beside', 'cleaning', 'closed', 'unusable'];
const OUTCOMES = ['approved', 'returned', 'escalated', 'refused', 'none'];
const WAITS = [[120, 40], [300, 900], [2400, 3500], [5400, 9000]];

const store = new Store();
const commands = new Commands(store, {fetch: () => new Promise(() => {})});
const keys = new Shortcuts('gallery');
/** @type {number|null} */
let chosen = 2;

const asked = new URLSearchParams(location.search).get('connection') ?? 'live';
store.update({connection: asked, stopped: asked === 'stopped' ? 'signed_out' : null, asOf: AT});
const request = {path: '/api/v1/rooms/2/call', body: {}};
const made = {key: 'k', request, epoch: '', seq: 9};
store.pend('refill', {...made, status: 'refused', problem: {code: 'room_cleaning', status: 409}});
store.pend('save', {...made, status: 'sending', problem: null});
store.pend('abort', {...made, status: 'retrying', problem: null});

/** @param {unknown} title @param {unknown} body @param {string} [more] */
function card(title, body, more = '') {
  return html`<section class=${`card stack ${more}`}><h2>${title}</h2>${body}</section>`;
}

function acts() {
  const by = {store, commands, request};
  return html`<div class="stack">
    ${actButton({...by, slot: 'next', text: t('gallery.next'), key: 'n', kind: 'call large'})}
    ${actButton({...by, slot: 'refill', text: t('gallery.refill'), key: 'r', kind: 'primary'})}
    ${actButton({...by, slot: 'save', text: t('gallery.save'), kind: 'primary'})}
    ${actButton({...by, slot: 'abort', text: t('gallery.abort'), kind: 'danger'})}
    ${actButton({...by, slot: 'why', text: t('gallery.next'), why: whyText({code: 'too_few_yet', a: 2, b: 5})})}
    <label class="field"><span class="label">${t('gallery.note')}</span><input class="input"></label></div>`;
}

function figures() {
  return html`<dl class="row spread">
      <div class="stat"><dt>${t('gallery.wait')}</dt><dd class="live">${range(600, 1500)}</dd></div>
      <div class="stat"><dt>${t('gallery.longest')}</dt><dd class="live">${duration(4260)}</dd></div>
      <div class="stat"><dt>${t('words.number')}</dt><dd class="number large live">A014</dd></div></dl>
    <div class="stack"><span class="small">${t('gallery.load')}</span><div class="bar" ${vars({'--share': '72%'})}></div></div>
    <table class="table live"><thead><tr><th>${t('words.number')}</th><th>${t('words.seat')}</th><th class="end">${t('gallery.wait')}</th></tr></thead>
      <tbody>${WAITS.map(([low, high], i) => html`<tr><td class="number">A01${i}</td><td>${i + 1}</td><td class="end">${range(low, high)}</td></tr>`)}</tbody></table>
    <p class="small soft">${clock(AT)} · ${dateText(AT)} · ${stopwatch(245)}</p>`;
}

function draw() {
  document.title = t('gallery.title');
  keys.use([
    {key: 'n', say: () => t('gallery.next'), when: () => !blocked(store, 'next'), run: () => commands.send('next', request)},
    {key: 'r', say: () => t('gallery.refill'), run: () => commands.dismiss('refill')},
  ]);
  const look = (/** @type {any} */ seat) => seat.look;
  const onSeat = (/** @type {any} */ seat) => { chosen = seat.no; store.update(); };
  render(html`${topBar({title: t('gallery.title'), sub: t('gallery.sub'), right: html`${pulse(store.state)} ${hint('?')}`})}
    ${connectionBanner(store.state)}
    <main class="wall">
      ${card(t('gallery.room'), html`<div class="live">${drawRoom(ROOM, {look, onSeat, chosen, distance_mm: 1500})}</div>`, 'wide')}
      ${card(t('gallery.acts'), acts())}
      ${card(t('gallery.states'), html`<div class="row">${STATES.map((code) => stateTag('seat', code))}</div>
        <div class="row">${OUTCOMES.map((code) => stateTag('outcome', code))}</div>`)}
      ${card(t('gallery.figures'), figures())}
    </main>`, /** @type {HTMLElement} */ (document.getElementById('screen')));
}

followTheme();
openLanguage('gallery');
onLanguage(draw);
store.subscribe(draw);
draw();
if (new URLSearchParams(location.search).get('sheet') === 'keys') keys.help();
