// @ts-check
// Small templates that the staff screens and the booth share.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {LANGUAGES, label, language, learn, setLanguage, t} from './catalogue.js';
import {sentence} from './commands.js';
import {keyName} from './keys.js';
import {clock} from './times.js';
import {words} from './words-work.js';

learn(words);

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./commands.js').Commands} Commands */

/** The bar on top of a screen.
 * @param {{title: unknown, sub?: unknown, right?: unknown}} content */
export function topBar({title, sub, right}) {
  return html`<header class="top">${mark()}
    <div><h1>${title}</h1>${sub ? html`<div class="small soft">${sub}</div>` : nothing}</div>
    <div class="row push">${right ?? nothing}${languageSwitch()}</div></header>`;
}

/** The sign of the program: one to many. */
export function mark() {
  return html`<svg class="mark" viewBox="0 0 28 28" aria-hidden="true">
    <circle class="m2" cx="7" cy="14" r="5"></circle>
    <circle class="m1" cx="21" cy="5" r="3"></circle><circle class="m1" cx="23" cy="14" r="3"></circle>
    <circle class="m1" cx="21" cy="23" r="3"></circle></svg>`;
}

/** Two languages, one press; the choice is this screen's own. */
export function languageSwitch() {
  return html`<div class="switch" role="group" aria-label=${t('language.switch')}>
    ${LANGUAGES.map((lang) => html`<button type="button" lang=${lang} aria-pressed=${String(lang === language())}
      title=${label('language', lang)} @click=${() => setLanguage(lang)}>${lang.toUpperCase()}</button>`)}</div>`;
}

/** The plain banner over figures that may be old. Also writes the state to the page,
 * where the style sheet takes the colour out of everything marked "live".
 * @param {import('./store.js').State} state */
export function connectionBanner(state) {
  document.documentElement.dataset.connection = state.connection;
  if (state.connection === 'stopped') {
    return html`<div class="banner stopped" role="alert">${label('feed.stopped', state.stopped ?? 'forbidden')}</div>`;
  }
  if (state.connection !== 'stale') return nothing;
  const text = state.asOf ? t('feed.stale', {clock: clock(state.asOf)}) : t('feed.stale_never');
  return html`<div class="banner stale" role="alert">${text}</div>`;
}

/** How fresh the figures are, small and always there.
 * @param {import('./store.js').State} state */
export function pulse(state) {
  const live = state.connection === 'live';
  const text = live ? t('feed.heard', {clock: clock(state.asOf)}) : t('feed.connecting');
  return html`<span class=${live ? 'pulse live-now' : 'pulse'}>${text}</span>`;
}

/** A state of a seat, a visit, a session, an outcome: the same look everywhere.
 * @param {string} family @param {string} code */
export function stateTag(family, code) {
  return html`<span class=${`tag is-${code}`}>${label(family, code)}</span>`;
}

/** The visible hint of a shortcut. @param {string} key */
export function hint(key) {
  return html`<kbd aria-hidden="true">${keyName(key)}</kbd>`;
}

/** A button that sends a command, with what became of it beside it. It blocks itself
 * while the data is stale, while it is on its way, and when why gives a reason.
 * @param {{store: Store, commands: Commands, slot: string, request: import('./commands.js').Request_,
 *   text: unknown, key?: string, kind?: string, why?: string|null, onDone?: (answer: any) => void}} act */
export function actButton({store, commands, slot, request, text, key, kind = '', why = null, onDone}) {
  const pending = store.state.pending.get(slot);
  const busy = pending !== undefined && ['sending', 'retrying', 'settling'].includes(pending.status);
  const offline = !store.fresh() && pending?.status !== 'unsure';
  const blocked = busy || offline || Boolean(why);
  // aria-disabled rather than disabled keeps the button in reach of the Tab key, so
  // that the reason beside it can be found and read out.
  const press = () => {
    if (!blocked) commands.send(slot, request).then((answer) => onDone?.(answer));
  };
  return html`<span class="act" data-slot=${slot}>
    <button type="button" class=${`button ${kind}`} aria-disabled=${String(blocked)} aria-busy=${String(busy)}
      aria-describedby=${`said-${slot}`} aria-keyshortcuts=${key ?? nothing} @click=${press}>${text}${key ? hint(key) : nothing}</button>
    <span id=${`said-${slot}`} role="status">${said(commands, slot, pending, offline ? t('work.offline') : why)}</span>
  </span>`;
}

/** @param {Commands} commands @param {string} slot
 * @param {import('./commands.js').Pending|undefined} pending @param {string|null} why */
function said(commands, slot, pending, why) {
  if (pending?.status === 'refused' && pending.problem) {
    return html`<span class="said refused">${sentence(pending.problem)}
      <button type="button" class="dismiss" aria-label=${t('act.close')} @click=${() => commands.dismiss(slot)}>×</button></span>`;
  }
  if (pending?.status === 'retrying') return html`<span class="said unsure">${t('work.retrying')}</span>`;
  if (pending?.status === 'unsure') return html`<span class="said unsure">${t('work.unsure')}</span>`;
  if (pending?.status === 'sending') return html`<span class="visually-hidden">${t('work.sending')}</span>`;
  if (pending?.status === 'settling') return html`<span class="visually-hidden">${t('work.settling')}</span>`;
  return why ? html`<span class="said">${why}</span>` : nothing;
}
