// @ts-check
// Small templates that the staff screens and the booth share. Codes are shown with the
// words that the screen has learned.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {LANGUAGES, label, language, learn, setLanguage, t} from './catalogue.js';
import {clock} from './times.js';
import {words} from './words-common.js';

learn(words);

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
 * @param {import('./store.js').State} state @param {string} [then] what follows from it on this screen */
export function connectionBanner(state, then = '') {
  document.documentElement.dataset.connection = state.connection;
  if (state.connection === 'stopped') {
    const why = state.stopped ?? 'forbidden';
    // Loading the page again asks for the password, or takes the screen back.
    const again = why === 'signed_out' ? t('feed.sign_in') : why === 'replaced' ? t('feed.use_here') : '';
    return html`<div class="banner stopped" role="alert">${label('feed.stopped', why)}
      ${again ? html`<button type="button" class="button" @click=${() => location.reload()}>${again}</button>` : nothing}</div>`;
  }
  if (state.connection !== 'stale') return nothing;
  const text = state.asOf ? t('feed.stale', {clock: clock(state.asOf)}) : t('feed.stale_never');
  return html`<div class="banner stale" role="alert">${text}${then ? ` ${then}` : ''}</div>`;
}

/** How fresh the figures are, small and always there.
 * @param {import('./store.js').State} state */
export function pulse(state) {
  if (state.connection === 'stopped') return nothing;
  const live = state.connection === 'live';
  const text = live ? t('feed.heard', {clock: clock(state.asOf)}) : t('feed.connecting');
  return html`<span class=${live ? 'pulse live-now' : 'pulse'}>${text}</span>`;
}

/** A state of a seat, a visit, a session, an outcome: the same look everywhere.
 * @param {string} family @param {string} code */
export function stateTag(family, code) {
  return html`<span class=${`tag is-${code}`}>${label(family, code)}</span>`;
}
