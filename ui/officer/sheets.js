// @ts-check
// Questions in between: a reason, a colleague, what is missing, other numbers to call.
// Each answer has a key of its own; Esc asks nothing more.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {t} from '../lib/catalogue.js';
import {hint} from '../lib/keys.js';

/** One answer. on makes it one of several that may be chosen together; stay leaves the
 * question open after it; group begins a new row with these words.
 * @typedef {{key: string, text: unknown, sub?: unknown, why?: string|null, on?: boolean, stay?: boolean, kind?: string, group?: string, run: () => void}} Option */
/** @typedef {{title: string, note?: unknown, wide?: boolean, options: Option[], end?: unknown}} Question */

const ARROWS = /** @type {Record<string, number>} */ ({ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1});

export class Sheet {
  constructor() {
    /** @type {HTMLDialogElement|null} */
    this.dialog = null;
    /** @private @type {Map<string, Option>} */
    this.options = new Map();
    /** @private @type {(() => Question)|null} */
    this.build = null;
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
    this.draw();
    const dialog = /** @type {HTMLDialogElement} */ (this.dialog);
    if (!dialog.open) dialog.showModal();
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
      role=${pick ? 'checkbox' : nothing} aria-checked=${pick ? String(option.on) : nothing} aria-keyshortcuts=${option.key || nothing} @click=${() => this.take(option)}>
      ${option.key ? hint(option.key) : nothing}${pick ? html`<span class="tick" aria-hidden="true">${option.on ? '✓' : ''}</span>` : nothing}<span>${option.text}${option.why?.trim() || option.sub ? html`<span class="small soft">${option.why?.trim() || option.sub}</span>` : nothing}</span></button>`;
  }

  /** @private @param {Option} option */
  take(option) {
    if (option.why) return;
    if (!option.stay) this.close();
    option.run();
    if (option.stay && this.open) this.draw();
  }

  /** @private @param {KeyboardEvent} event */
  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat && !ARROWS[event.key]) return;
    const option = this.options.get(event.key.toLowerCase());
    const step = ARROWS[event.key];
    if (!option && !step) return;
    event.preventDefault();
    event.stopPropagation();
    if (option) return this.take(option);
    const list = /** @type {HTMLElement[]} */ ([.../** @type {HTMLDialogElement} */ (this.dialog).querySelectorAll('.option')]);
    const at = list.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    list[(at + step + list.length) % list.length]?.focus();
  }

  /** @private */
  make() {
    const dialog = document.createElement('dialog');
    dialog.className = 'sheet choice';
    dialog.addEventListener('keydown', (event) => this.press(event));
    document.body.append(dialog);
    this.dialog = dialog;
    return dialog;
  }
}
