// @ts-check
// A number among all who are here: the lists of a question show the head of the line only,
// and whoever is meant may stand far behind it.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {t} from '../lib/catalogue.js';
import {sentence} from '../lib/commands.js';
import {hint} from '../lib/keys.js';

/** A pause before the branch is asked, so that three quick keys are one question. */
const PAUSE_MS = 200;

/** What begins or goes on with a number. */
const SIGN = /^[a-z0-9]$/i;

/** @typedef {ReturnType<typeof finder>} Finder */

/** The field of the question that is open; a sign that is nobody's key goes there. */
const field = () => /** @type {HTMLInputElement|null} */ (document.querySelector('dialog[open] .find input'));

document.addEventListener('keydown', (event) => {
  const at = field();
  if (!at || event.target === at || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === '/') event.preventDefault();
  else if (!SIGN.test(event.key)) return;
  at.focus();
}, {capture: true});

/** A field for a part of a number. state is the one that visits must be in, or "" for any;
 * add takes what the branch has found.
 * @param {import('./sheets.js').Sheet} sheet @param {(path: string) => Promise<import('../lib/commands.js').Answer>} get
 * @param {string} state @param {(visits: any[]) => void} add */
export function finder(sheet, get, state, add) {
  let text = '';
  let timer = 0;
  /** @type {import('../lib/commands.js').Answer|null} */
  let told = null;

  const ask = async () => {
    const asked = text;
    const answer = await get(`/visits?${state ? `state=${state}&` : ''}number=${encodeURIComponent(asked)}`);
    if (asked !== text) return;
    told = answer;
    if (answer.ok) add(answer.body.visits);
    if (sheet.open) sheet.draw();
  };
  const typed = (/** @type {any} */ event) => {
    text = event.target.value.trim().toUpperCase();
    told = null;
    clearTimeout(timer);
    if (text) timer = setTimeout(ask, PAUSE_MS);
    sheet.draw();
  };
  const first = () => /** @type {HTMLElement|null} */ (document.querySelector('dialog[open] .entry'));
  const down = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    if (event.key === 'Enter') first()?.click();
  };
  // Then the next key means an answer again, and not a sign of the number.
  const up = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Enter' || event.key === 'ArrowDown') first()?.focus();
  };
  return {
    /** Whether a number is among those that are looked for. @param {string} number */
    shows: (number) => number.toUpperCase().includes(text),
    /** @param {number} shown @param {number} all who wait in all */
    field: (shown, all) => html`<span class="find row"><label class="row">${hint('/')} ${t('officer.find')} <input class="input" type="search" maxlength="8" autocomplete="off" spellcheck="false" @input=${typed} @keydown=${down} @keyup=${up}></label>
      <span class="small soft" role="status">${told && !told.ok ? sentence(/** @type {any} */ (told.problem)) : !text ? all > shown ? t('officer.find_more', {n: shown, all}) : nothing
        : shown === 0 ? told ? t('officer.find_none', {text}) : t('officer.finding') : nothing}</span></span>`,
  };
}
