// @ts-check
// Questions in between: a reason, a colleague, what is missing, other numbers to call.
// Each answer has a key of its own; Esc asks nothing more.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {t} from '../lib/catalogue.js';
import {hint, typing} from '../lib/keys.js';

/** One answer. on makes it one of several that may be chosen together; stay leaves the
 * question open after it; group begins a new row with these words.
 * @typedef {{key: string, text: unknown, sub?: unknown, why?: string|null, on?: boolean, stay?: boolean, kind?: string, group?: string, run: () => void}} Option */
/** @typedef {{title: string, note?: unknown, wide?: boolean, options: Option[], end?: unknown}} Question */

/** A click or the same key so soon after the press that asked is the end of that press:
 * a double click must not choose an answer that nobody has read. */
const AGAIN_MS = 350;

const ARROWS = /** @type {Record<string, number>} */ ({ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1});

/** Instead of a key's name, for the mouse or a finger. */
const POINTER = 'pointer';

export class Sheet {
  constructor() {
    /** @type {HTMLDialogElement|null} */
    this.dialog = null;
    /** @private @type {Map<string, Option>} */
    this.options = new Map();
    /** @private @type {(() => Question)|null} */
    this.build = null;
    /** What was pressed last, a key or the mouse, and what had asked. @private */
    this.last = {by: '', at: -AGAIN_MS};
    /** @private */
    this.asked = this.last;
    // Whoever clicks on a question's plain text has no focus in it; its keys work all the same.
    document.addEventListener('keydown', (event) => this.press(event), {capture: true});
    document.addEventListener('pointerdown', (event) => { this.last = {by: POINTER, at: event.timeStamp}; }, {capture: true});
  }

  /** Whether a question is open. */
  get open() {
    return Boolean(this.dialog?.open);
  }

  close() {
    this.dialog?.close();
  }

  /** Asks for one of several answers. A question that is a function is asked anew after
   * each answer that leaves it open. @param {Question|(() => Question)} question */
  ask(question) {
    this.build = typeof question === 'function' ? question : () => question;
    this.asked = this.last;
    this.draw();
    const dialog = /** @type {HTMLDialogElement} */ (this.dialog);
    if (!dialog.open) {
      // The focus goes back to where it was. After a click that would be the button, and
      // the next Enter, which means the room's next act, would ask the same again.
      if (this.last.by === POINTER) /** @type {HTMLElement|null} */ (document.activeElement)?.blur();
      dialog.showModal();
    }
    /** @type {HTMLElement|null} */ (dialog.querySelector('.option[aria-disabled="false"]'))?.focus();
  }

  /** Draws the open question again. */
  draw() {
    const {title, note, wide = false, options, end} = /** @type {() => Question} */ (this.build)();
    const dialog = this.dialog ?? this.make();
    this.options = new Map(options.filter((option) => option.key).map((option) => [option.key.toLowerCase(), option]));
    dialog.setAttribute('aria-label', title);
    dialog.classList.toggle('wide', wide);
    // Those to choose from may be many and scroll; what to do with them stays in sight.
    const list = options.filter((option) => option.kind === 'entry');
    render(html`<h2>${title}</h2>${note ? html`<p>${note}</p>` : nothing}
      ${list.length > 0 ? html`<div class="options entries">${list.map((option) => this.option(option))}</div>` : nothing}${end ?? nothing}
      <div class="options">${options.filter((option) => !list.includes(option)).map((option) => this.option(option))}</div>
      ${options.length === 0 ? html`<p class="soft">${t('officer.nothing_to_choose')}</p>` : nothing}
      <p class="row"><button type="button" class="button quiet" @click=${() => dialog.close()}>${t('officer.never_mind')} <kbd>Esc</kbd></button></p>`, dialog);
  }

  /** @private @param {Option} option */
  option(option) {
    const pick = option.on !== undefined;
    return html`${option.group ? html`<h3>${option.group}</h3>` : nothing}<button type="button" class=${`button option ${option.kind ?? ''}${option.on ? ' on' : ''}`} aria-disabled=${String(Boolean(option.why))}
      role=${pick ? 'checkbox' : nothing} aria-checked=${pick ? String(option.on) : nothing} aria-keyshortcuts=${option.key || nothing} @click=${() => this.bounces() || this.take(option)}>
      ${option.key ? hint(option.key) : nothing}${pick ? html`<span class="tick" aria-hidden="true">${option.on ? '✓' : ''}</span>` : nothing}<span>${option.text}${option.why?.trim() || option.sub ? html`<span class="small soft">${option.why?.trim() || option.sub}</span>` : nothing}</span></button>`;
  }

  /** @private @param {Option} option */
  take(option) {
    if (option.why) return;
    if (!option.stay) this.close();
    option.run();
    if (option.stay && this.open) this.draw();
  }

  /** Whether the last press is the end of the one that asked. A click of a screen reader
   * has no press of its own. @private */
  bounces() {
    return this.last !== this.asked && this.last.by === this.asked.by && this.last.at - this.asked.at < AGAIN_MS;
  }

  /** @private @param {KeyboardEvent} event */
  press(event) {
    this.last = {by: event.key, at: event.timeStamp};
    if (!this.open || typing(event.target) || event.ctrlKey || event.altKey || event.metaKey || event.repeat && !ARROWS[event.key]) return;
    const option = this.options.get(event.key.toLowerCase());
    const step = ARROWS[event.key];
    if (!option && !step) return;
    event.preventDefault();
    event.stopPropagation();
    if (option) return void (this.bounces() || this.take(option));
    const list = /** @type {HTMLElement[]} */ ([.../** @type {HTMLDialogElement} */ (this.dialog).querySelectorAll('.option')]);
    const at = list.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    list[(at + step + list.length) % list.length]?.focus();
  }

  /** @private */
  make() {
    const dialog = document.createElement('dialog');
    dialog.className = 'sheet choice';
    document.body.append(dialog);
    this.dialog = dialog;
    return dialog;
  }
}
