// @ts-check
// A new device types the code that the branch manager made, and becomes that screen.
// A code in the address behind the # is filled in and still asks for one press, so
// that a link alone pairs nothing by accident.

import {html, render} from '../vendor/lit-html/lit-html.js';
import {live} from '../vendor/lit-html/directives/live.js';
import {actButton} from '../lib/act.js';
import {ask} from '../lib/ask.js';
import {learn, onLanguage, openLanguage, t} from '../lib/catalogue.js';
import {Commands} from '../lib/commands.js';
import {languageSwitch, mark} from '../lib/parts.js';
import {submitted} from '../lib/signin.js';
import {Store} from '../lib/store.js';
import {followTheme} from '../lib/theme.js';
import {homeOf, shape, whole} from './code.js';
import {words as house} from '../lib/words-refusals-house.js';
import {words} from './words.js';

learn(words);
learn(house);

const store = new Store();
const commands = new Commands(store);
let code = shape(decodeURIComponent(location.hash.slice(1)));

// Nothing is fed here, so nothing can be stale.
store.state.connection = 'live';

/** The server knows what this device became; it goes there and forgets the code. */
async function settle() {
  const {body} = await ask('/api/v1/session');
  location.replace(homeOf(body));
}

function draw() {
  document.title = t('pair.title');
  render(html`<main class="pair"><div class="pair-top row spread"><div class="row">${mark()}<strong>lapak</strong></div>${languageSwitch()}</div>
    <form class="card stack" @submit=${submitted}><h1>${t('pair.title')}</h1><p>${t('pair.lead')}</p>
      <label class="visually-hidden" for="code">${t('pair.code')}</label>
      <input id="code" class="input code" autocomplete="off" autocapitalize="characters" spellcheck="false" placeholder="BCDF-GHJK" maxlength="16"
        .value=${live(code)} @input=${(/** @type {any} */ e) => { code = shape(e.target.value); store.update(); }}>
      ${actButton({store, commands, slot: 'pair', request: {path: '/api/v1/pair', body: {code}}, text: t('pair.send'), kind: 'primary large',
        why: whole(code) ? null : t('pair.eight'), onDone: (answer) => answer.ok && settle()})}
      <p class="small soft">${t('pair.where')}</p></form></main>`, /** @type {HTMLElement} */ (document.getElementById('screen')));
}

followTheme();
openLanguage('pair');
onLanguage(draw);
store.subscribe(draw);
draw();
document.getElementById('code')?.focus();
