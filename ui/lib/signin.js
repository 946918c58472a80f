// @ts-check
// Signing in, the same on every staff screen: a name, a password, and a refusal that
// stands beside the button.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {actButton} from './act.js';
import {learn, t} from './catalogue.js';
import {mark} from './parts.js';
import {words} from './words-signin.js';

learn(words);

const typed = {name: '', password: ''};

/** The form. onDone is called once somebody is signed in.
 * @param {{store: import('./store.js').Store, commands: import('./commands.js').Commands,
 *   onDone: () => void, lead?: unknown}} with_ */
export function signIn({store, commands, onDone, lead}) {
  const request = {path: '/api/v1/session', body: {name: typed.name.trim(), password: typed.password}};
  const done = (/** @type {any} */ answer) => {
    if (!answer.ok) return;
    typed.password = '';
    onDone();
  };
  const missing = typed.name.trim() === '' || typed.password === '';
  return html`<form class="card stack signin" @submit=${submitted} autocomplete="on">
    <div class="row">${mark()}<h2>${t('signin.title')}</h2></div>
    ${lead ? html`<p class="soft">${lead}</p>` : nothing}
    <label class="field"><span class="label">${t('signin.name')}</span>
      <input class="input" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required
        .value=${typed.name} @input=${(/** @type {any} */ e) => { typed.name = e.target.value; store.update(); }}></label>
    <label class="field"><span class="label">${t('signin.password')}</span>
      <input class="input" name="password" type="password" autocomplete="current-password" required
        .value=${typed.password} @input=${(/** @type {any} */ e) => { typed.password = e.target.value; store.update(); }}></label>
    ${actButton({store, commands, slot: 'signin', request, text: t('signin.enter'), kind: 'primary large',
      why: missing ? t('signin.both') : null, onDone: done})}
    ${enterSends()}<p class="small soft">${t('signin.forgot')}</p>
  </form>`;
}

/** What lets Enter send a form of several fields: browsers submit those only where
 * there is a button for it, and a command's own button is none. */
export function enterSends() {
  return html`<button type="submit" hidden></button>`;
}

/** Enter in a form presses its first command, exactly as a click does.
 * @param {Event} event */
export function submitted(event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  // The button knows what was typed only after the next drawing.
  requestAnimationFrame(() => /** @type {HTMLElement|null} */ (form.querySelector('.act .button'))?.click());
}

/** Signing out; reloads the page, so that nothing of the last person stays on it.
 * @param {{store: import('./store.js').Store, commands: import('./commands.js').Commands}} with_ */
export function signOut({store, commands}) {
  return actButton({store, commands, slot: 'signout', request: {method: 'DELETE', path: '/api/v1/session'},
    text: t('signin.leave'), kind: 'quiet', onDone: (answer) => answer.ok && location.reload()});
}
