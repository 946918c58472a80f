// @ts-check
// A screen that is to become one of the branch's: it shows a code, the manager types it.
// Nobody has to type anything here, so it works on a television.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {ask} from '../lib/ask.js';
import {learn, onLanguage, openLanguage, t} from '../lib/catalogue.js';
import {newKey, readAnswer} from '../lib/commands.js';
import {languageSwitch, mark} from '../lib/parts.js';
import {qrCode} from '../lib/qr.js';
import {followTheme} from '../lib/theme.js';
import {stopwatch} from '../lib/times.js';
import {homeOf} from './code.js';
import {Wait} from './wait.js';
import {words} from './words.js';

learn(words);

/** What this screen is already, or null.
 * @type {any} */
let device = null;

async function begin() {
  const {devicePixelRatio: scale, screen} = globalThis;
  try {
    const response = await fetch('/api/v1/pair', {method: 'POST', credentials: 'same-origin', headers: {'Content-Type': 'application/json', 'Idempotency-Key': newKey()},
      body: JSON.stringify({width: Math.round(screen.width * scale), height: Math.round(screen.height * scale)})});
    const answer = await readAnswer(response);
    return answer.ok ? answer.body : null;
  } catch {
    return null; // asked again soon
  }
}

async function poll() {
  const answer = await ask('/api/v1/pair');
  return answer.ok ? answer.body : null;
}

const wait = new Wait({begin, poll, now: () => performance.now(), later: (run, ms) => setTimeout(run, ms)}, (waiting) => {
  if (waiting.phase === 'approved') settle();
  draw();
});

/** The server knows what this screen became; it goes there. */
async function settle() {
  const {body} = await ask('/api/v1/session');
  location.replace(homeOf(body, location.search));
}

function card() {
  const {phase, code, qr, until, lost} = wait.waiting;
  if (device) {
    return html`<h1>${t('pair.already')}</h1><p>${t('pair.already_as', {name: device.name})}</p>
      <div class="row"><a class="button primary large" href=${homeOf(device, location.search)}>${t('pair.go_on')}</a>
        <button type="button" class="button large" @click=${() => { device = null; wait.begin(); draw(); }}>${t('pair.anew')}</button></div>`;
  }
  if (phase === 'denied') {
    return html`<h1>${t('pair.denied')}</h1><p>${t('pair.denied_why')}</p>
      <button type="button" class="button primary large" @click=${() => wait.begin()}>${t('pair.anew')}</button>`;
  }
  const left = Math.max(0, until - performance.now()) / 1000;
  return html`<h1>${t('pair.title')}</h1>
    <p class="code" role="status" aria-label=${code.replace('-', '').split('').join(' ')}>${code || '····-····'}</p>
    ${lost || !code ? html`<p class="soft">${lost ? t('pair.lost') : t('pair.starting')}</p>` : html`<div class="ways"><ol class="how"><li>${t('pair.how_open', {address: `${location.host}/manager`})}</li>
      <li>${t('pair.how_type')}</li><li>${t('pair.how_wait')}</li></ol>
      ${qr ? html`<figure class="scan">${qrCode(qr, t('pair.qr'))}<figcaption>${t('pair.qr_why')}</figcaption></figure>` : nothing}</div>
      <p class="soft">${t('pair.left', {time: stopwatch(left)})}</p>`}`;
}

function draw() {
  document.title = t('pair.title');
  render(html`<main class="pair"><div class="pair-top row spread"><div class="row">${mark()}<strong>lapak</strong></div>${languageSwitch()}</div>
    <div class="card stack">${card()}</div></main>`, /** @type {HTMLElement} */ (document.getElementById('screen')));
}

async function start() {
  const {body} = await ask('/api/v1/session');
  if (body?.kind === 'device') device = body;
  else wait.begin();
  draw();
}

followTheme();
openLanguage('pair');
onLanguage(draw);
setInterval(draw, 1000);
draw();
start();
