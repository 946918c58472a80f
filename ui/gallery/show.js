// @ts-check
// One screen in one state: its real page, its real script, a made-up branch.

import {install} from './fake.js';

/** How long a picture waits for what it was told to touch. */
const PATIENCE_MS = 8000;

/** What the page of a screen loads: the page itself is asked, so that a picture cannot
 * differ from the screen. @param {string} text */
export function loadedBy(text) {
  const all = (/** @type {RegExp} */ pattern) => [...text.matchAll(pattern)].map((m) => m[1]);
  const html = /<html([^>]*)>/.exec(text)?.[1] ?? '';
  return {
    styles: all(/<link rel="stylesheet" href="([^"]+)"/g),
    scripts: all(/<script type="module" src="([^"]+)"/g),
    data: Object.fromEntries([...html.matchAll(/data-(\w+)="([^"]*)"/g)].map((m) => [m[1], m[2]])),
  };
}

/** @param {import('./fake.js').Shown} shown @param {import('./fake.js').Picture} picture @param {string} lang */
export async function show(shown, picture, lang) {
  const text = await (await fetch(`${shown.page}${picture.search ?? ''}`, {credentials: 'same-origin'})).text();
  const {styles, scripts, data} = loadedBy(text);
  document.querySelectorAll('link[rel="stylesheet"]').forEach((link) => link.remove());
  await Promise.all(styles.map(style));
  Object.assign(document.documentElement.dataset, data);
  const search = new URLSearchParams(picture.search ?? '');
  search.set('lang', lang);
  if (picture.theme) search.set('theme', picture.theme);
  history.replaceState(null, '', `${shown.page}?${search}${picture.hash ?? ''}`);
  if (shown.served) await adopt(location.href);
  install(picture);
  for (const script of scripts) await import(script);
  for (const one of picture.touches ?? []) await touch(one);
  await document.fonts.ready;
  document.documentElement.dataset.shown = 'yes';
}

/** Puts a page that the server writes itself in the place of this one. The browser reads
 * the document; no text becomes markup here.
 * @param {string} address @returns {Promise<void>} */
function adopt(address) {
  return new Promise((done, failed) => {
    const ask = new XMLHttpRequest();
    ask.open('GET', address);
    ask.responseType = 'document';
    ask.onload = () => {
      if (!ask.response) return failed(new Error(`no page ${address}`));
      document.documentElement.lang = ask.response.documentElement.lang;
      document.body.replaceChildren(...[...ask.response.body.children].map((one) => document.importNode(one, true)));
      return done();
    };
    ask.onerror = () => failed(new Error(`no page ${address}`));
    ask.send();
  });
}

/** @param {string} address @returns {Promise<void>} */
function style(address) {
  return new Promise((done, failed) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = address;
    link.onload = () => done();
    link.onerror = () => failed(new Error(`no style ${address}`));
    document.head.append(link);
  });
}

/** @param {string} selector @param {boolean} [focused] only where the keyboard is; :focus would ask for the window's too
 * @returns {Promise<HTMLElement>} */
async function find(selector, focused = false) {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = document.querySelector(selector);
    if (found && (!focused || found === document.activeElement)) return /** @type {HTMLElement} */ (found);
    if (Date.now() > until) throw new Error(`nothing is ${selector}`);
    await new Promise((done) => requestAnimationFrame(done));
  }
}

/** @param {import('./fake.js').Touch} one */
async function touch({press, click, type, until, focused}) {
  if (press) document.dispatchEvent(new KeyboardEvent('keydown', {key: press, bubbles: true}));
  if (click) (await find(click)).click();
  if (type) {
    const field = /** @type {HTMLInputElement} */ (await find(type[0]));
    field.value = type[1];
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.dispatchEvent(new Event('change', {bubbles: true}));
  }
  if (until) await find(until);
  if (focused) await find(focused, true);
}
