// @ts-check
// The first page of a new branch: the link from the server's PC makes the first branch
// manager, once. The token stays behind the #, which browsers never send.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {actButton} from '../lib/act.js';
import {browserStorage, language, learn, onLanguage, openLanguage, t} from '../lib/catalogue.js';
import {Commands, sentence} from '../lib/commands.js';
import {languageSwitch, mark} from '../lib/parts.js';
import {enterSends, submitted} from '../lib/signin.js';
import {Store} from '../lib/store.js';
import {followTheme} from '../lib/theme.js';
import {words as house} from '../lib/words-refusals-house.js';
import {carry, enter} from './onward.js';
import {words} from './words.js';

learn(words);
learn(house);

const store = new Store();
const commands = new Commands(store);
const token = decodeURIComponent(location.hash.slice(1));
const typed = {name: '', display: '', password: '', again: ''};
let done = false;

// Nothing is fed here, so nothing can be stale.
store.state.connection = 'live';

/** Why the form cannot be sent yet; null when it can. */
function missing() {
  if (token === '') return t('setup.no_token');
  if (!typed.name.trim() || !typed.password) return t('setup.both');
  return typed.password === typed.again ? null : t('setup.differ');
}

/** @param {keyof typeof typed} key @param {string} label @param {string} hint @param {string} kind @param {string} auto */
function field(key, label, hint, kind, auto) {
  const problem = /** @type {any} */ (store.state.pending.get('setup')?.problem);
  const own = problem?.fields?.find((/** @type {any} */ f) => f.field === key);
  const wrong = own ? sentence({...problem, ...own}) : problem?.field === key ? sentence(problem) : null;
  return html`<label class="field"><span class="label">${label}</span>
    <input class="input" type=${kind} autocomplete=${auto} autocapitalize="none" spellcheck="false" aria-invalid=${String(Boolean(wrong))} .value=${typed[key]}
      @input=${(/** @type {any} */ e) => { typed[key] = key === 'name' ? e.target.value.toLowerCase() : e.target.value; if (problem) commands.dismiss('setup'); store.update(); }}>
    ${wrong ? html`<span class="wrong" role="alert">${wrong}</span>` : hint ? html`<span class="hint">${hint}</span>` : nothing}</label>`;
}

function draw() {
  document.title = t('setup.title');
  const body = {token, name: typed.name.trim(), display: typed.display.trim(), password: typed.password};
  const after = (/** @type {any} */ answer) => {
    if (!answer.ok) return;
    enter(commands, body);
    typed.password = typed.again = '';
    done = true;
    history.replaceState(null, '', '/setup');
    store.update();
  };
  render(html`<main class="door"><aside class="door-side"><div class="row">${mark()}<strong>lapak</strong></div>
      <h1>${t('setup.title')}</h1><p>${t('setup.lead')}</p>
      <ol>${[t('setup.step_1'), t('setup.step_2'), t('setup.step_3')].map((step, i) => html`<li class=${i === 0 && !done ? 'now' : ''}><span>${i === 0 && done ? '✓' : i + 1}</span>${step}</li>`)}</ol>
      <div class="door-foot">${languageSwitch()}</div></aside>
    <section class="door-main">${done
      ? html`<div class="stack"><h2>${t('setup.done')}</h2><p>${t('setup.done_why')}</p><p><a class="button primary large" href="/manager" @click=${() => carry(browserStorage(), language())}>${t('setup.go')}</a></p></div>`
      : html`<form class="stack" @submit=${submitted}><h2>${t('setup.form')}</h2>
        ${token === '' ? html`<p class="note" role="alert">${t('setup.no_token')}</p>` : nothing}
        ${field('display', t('setup.display'), t('setup.display_why'), 'text', 'name')}
        ${field('name', t('setup.name'), t('setup.name_why'), 'text', 'username')}
        ${field('password', t('setup.password'), t('setup.password_why'), 'password', 'new-password')}
        ${field('again', t('setup.again'), '', 'password', 'new-password')}
        <div>${actButton({store, commands, slot: 'setup', request: {path: '/api/v1/setup', body}, text: t('setup.create'), kind: 'primary large', why: missing(), onDone: after})}</div>${enterSends()}</form>`}</section></main>`,
  /** @type {HTMLElement} */ (document.getElementById('screen')));
}

followTheme();
openLanguage('setup');
onLanguage(draw);
store.subscribe(draw);
draw();
