// @ts-check
// Single-key shortcuts: visible as <kbd> on their buttons, listed by "?", silent while
// somebody types, and off for those who need them off (WCAG 2.1.4).

import {html, render} from '../vendor/lit-html/lit-html.js';
import {browserStorage, learn, t} from './catalogue.js';
import {words} from './words-work.js';

learn(words);

/** A key, what it does in words, when it may, and the doing. when defaults to always;
 * say is asked at each showing, so the list follows the language.
 * @typedef {{key: string, say: () => string, run: () => void, when?: () => boolean}} Shortcut */

export class Shortcuts {
  /** @param {string} screen
   * @param {{storage?: Pick<Storage,'getItem'|'setItem'>|null, target?: EventTarget}} [env] */
  constructor(screen, env = {}) {
    this.storage = env.storage === undefined ? browserStorage() : env.storage;
    this.place = `lapak.keys.${screen}`;
    /** @type {Map<string, Shortcut>} */
    this.list = new Map();
    this.enabled = this.remembered();
    this.mark();
    /** @type {HTMLDialogElement|null} */
    this.sheet = null;
    (env.target ?? document).addEventListener('keydown', (event) => this.press(/** @type {KeyboardEvent} */ (event)));
  }

  /** Replaces all shortcuts; called with every state that has other ones.
   * @param {Shortcut[]} shortcuts */
  use(shortcuts) {
    this.list = new Map(shortcuts.map((shortcut) => [shortcut.key.toLowerCase(), shortcut]));
    if (this.sheet?.open) this.draw();
  }

  /** Acts on a key press; true when it was a shortcut.
   * @param {KeyboardEvent} event */
  press(event) {
    if (event.defaultPrevented || event.repeat || event.isComposing) return false;
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return false;
    if (event.key === '?') {
      event.preventDefault();
      this.help();
      return true;
    }
    const shortcut = this.list.get(event.key.toLowerCase());
    // An open sheet is a question of its own: keys must not act behind it.
    const covered = Boolean(globalThis.document?.querySelector('dialog[open]'));
    if (!this.enabled || covered || !shortcut || shortcut.when?.() === false) return false;
    event.preventDefault();
    shortcut.run();
    return true;
  }

  /** Opens or closes the list of shortcuts. */
  help() {
    if (this.sheet?.open) {
      this.sheet.close();
      return;
    }
    if (!this.sheet) {
      this.sheet = document.createElement('dialog');
      this.sheet.className = 'sheet';
      document.body.append(this.sheet);
    }
    this.draw();
    this.sheet.showModal();
    // A dialog takes the first control, the switch: the Space of somebody who works with
    // the keys must close the list, not turn them off.
    /** @type {HTMLElement|null} */ (this.sheet.querySelector('.shut'))?.focus();
  }

  /** @param {boolean} on */
  enable(on) {
    this.enabled = on;
    this.mark();
    try {
      this.storage?.setItem(this.place, on ? 'on' : 'off');
    } catch {
      // Kept for this visit only.
    }
    if (this.sheet) this.draw();
  }

  /** Tells the styles, which draw no keycaps while the keys do nothing. @private */
  mark() {
    globalThis.document?.documentElement?.classList.toggle('keys-off', !this.enabled);
  }

  /** @private */
  remembered() {
    try {
      return this.storage?.getItem(this.place) !== 'off';
    } catch {
      return true;
    }
  }

  /** @private */
  draw() {
    const sheet = /** @type {HTMLDialogElement} */ (this.sheet);
    sheet.setAttribute('aria-label', t('keys.title'));
    render(html`<h2>${t('keys.title')}</h2>
      <div class="keys">
        ${[...this.list.values()].map((shortcut) => html`<div><kbd>${keyName(shortcut.key)}</kbd><span>${shortcut.say()}</span></div>`)}
        <div><kbd>?</kbd><span>${t('keys.help')}</span></div>
      </div>
      <label class="check"><input type="checkbox" .checked=${this.enabled}
        @change=${(/** @type {any} */ event) => this.enable(event.target.checked)}>${t('keys.enabled')}</label>
      <p class="small soft">${t('keys.why')}</p>
      <p class="row"><button class="button shut" type="button" @click=${() => sheet.close()}>${t('act.close')} <kbd>Esc</kbd></button></p>`, sheet);
  }
}

/** Tells whether the event comes from where letters are meant as letters.
 * @param {any} target */
export function typing(target) {
  if (!target?.tagName) return false;
  if (target.isContentEditable) return true;
  const tag = target.tagName.toUpperCase();
  if (tag === 'TEXTAREA' || tag === 'SELECT') return true;
  return tag === 'INPUT' && !['checkbox', 'radio', 'button', 'submit', 'reset', 'range'].includes(target.type);
}

/** A key as it is printed on the keyboard.
 * @param {string} key */
export function keyName(key) {
  const named = /** @type {Record<string, string>} */ ({
    ' ': '␣', Enter: '⏎', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→',
  });
  return named[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** The visible hint of a shortcut. @param {string} key */
export function hint(key) {
  return html`<kbd aria-hidden="true">${keyName(key)}</kbd>`;
}
