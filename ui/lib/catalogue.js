// @ts-check
// The one catalogue of what the screens say: every text has a key, Indonesian first
// and English second. A file of words (words.js, words-SUBJECT.js) is data only; a
// screen learns those it needs, so a lobby does not load the manager's sentences.
// Keys are always literal in the code, so a test can tell that none is missing and
// none is left over; codes of the rules go through label().

import {words} from './words.js';

/** @typedef {'id'|'en'} Language */
/** @typedef {Record<string, string|number|null|undefined>} Params */

/** @type {readonly Language[]} */
export const LANGUAGES = ['id', 'en'];

/** @type {Map<string, [string, string]>} */
const catalogue = new Map();

/** @type {Set<(lang: Language) => void>} */
const listeners = new Set();

/** @type {Language} */
let current = 'id';

/** What setLanguage keeps; null until a screen calls openLanguage.
 * @type {{key: string, storage: Pick<Storage,'getItem'|'setItem'>|null}|null} */
let memory = null;

/** Adds a file of words to the catalogue.
 * @param {Record<string, any>} more */
export function learn(more) {
  for (const [key, pair] of Object.entries(more)) catalogue.set(key, pair);
}

learn(words);

/** Tells whether the catalogue has the key.
 * @param {string} key */
export function has(key) {
  return catalogue.has(key);
}

/** The text for a key in the current language (or the one named), its {places}
 * filled from params. A place {n|one|many} chooses by whether n is 1.
 * @param {string} key
 * @param {Params} [params]
 * @param {Language} [lang]
 * @returns {string} */
export function t(key, params = {}, lang = current) {
  const pair = catalogue.get(key);
  // A missing key is a fault of ours that a test finds; on a wall at a branch the
  // key itself says more than an empty space.
  if (!pair) return `[${key}]`;
  // A refusal has no English here: the server's own sentence is it, where it came along.
  return fill((lang === 'en' ? pair[1] : '') || pair[0], params);
}

/** The label of a code of the rules: label('step', 'check'), label('programme', 'JHT').
 * A code that is newer than the catalogue is shown as it is, so nothing disappears.
 * @param {string} family
 * @param {string} code
 * @param {Params} [params] */
export function label(family, code, params) {
  const key = `${family}.${String(code).toLowerCase()}`;
  return catalogue.has(key) ? t(key, params) : String(code).replaceAll('_', ' ');
}

/** @param {string} text @param {Params} params */
function fill(text, params) {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g, (_, name, one, many) => {
    const value = params[name];
    if (one !== undefined) return Number(value) === 1 ? one : many;
    return value === undefined || value === null ? '' : String(value);
  }).trim();
}

/** @returns {Language} */
export function language() {
  return current;
}

/** Starts the language of one screen: ?lang= in the address wins and is kept, then
 * what this screen used last, then Indonesian.
 * @param {string} screen
 * @param {{search?: string, storage?: Pick<Storage,'getItem'|'setItem'>|null}} [from]
 * @returns {Language} */
export function openLanguage(screen, from = {}) {
  const storage = from.storage === undefined ? browserStorage() : from.storage;
  const search = from.search ?? globalThis.location?.search ?? '';
  memory = {key: `lapak.lang.${screen}`, storage};
  const asked = new URLSearchParams(search).get('lang');
  setLanguage(isLanguage(asked) ? asked : remembered(memory));
  return current;
}

/** Changes the language, remembers it for this screen and tells every listener.
 * @param {Language} lang */
export function setLanguage(lang) {
  current = lang;
  if (globalThis.document) document.documentElement.lang = lang;
  try {
    memory?.storage?.setItem(memory.key, lang);
  } catch {
    // A browser that keeps nothing (private window, full storage) still switches.
  }
  for (const tell of listeners) tell(lang);
}

/** Calls back on every change of language; returns a function that stops it.
 * @param {(lang: Language) => void} tell */
export function onLanguage(tell) {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** @param {{key: string, storage: Pick<Storage,'getItem'>|null}} where
 * @returns {Language} */
function remembered({key, storage}) {
  try {
    const kept = storage?.getItem(key);
    return isLanguage(kept) ? kept : 'id';
  } catch {
    return 'id';
  }
}

/** @param {unknown} lang @returns {lang is Language} */
function isLanguage(lang) {
  return lang === 'id' || lang === 'en';
}

/** @returns {Storage|null} */
export function browserStorage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null; // Reading the property itself throws where storage is forbidden.
  }
}
