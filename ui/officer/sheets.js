// @ts-check
// Questions in between: a reason, a colleague, a length of break, other numbers to call.
// Each answer has a key of its own; Esc asks nothing more.

import {html, nothing, render} from '../vendor/lit-html/lit-html.js';
import {t} from '../lib/catalogue.js';
import {hint} from '../lib/keys.js';

/** @typedef {{key: string, text: string, sub?: string, why?: string|null, run: () => void}} Option */
/** @typedef {{title: string, note?: string, options: Option[]}} Question */
/** @typedef {{visit: number, number: string, sub: string, on: boolean}} Entry */

export class Sheet {
  constructor() {
    /** @type {HTMLDialogElement|null} */
    this.dialog = null;
    /** @private @type {Map<string, Option>} */
    this.options = new Map();
  }

  /** Whether a question is open. */
  get open() {
    return Boolean(this.dialog?.open);
  }

  close() {
    this.dialog?.close();
  }

  /** Asks for one of several answers. @param {Question} question */
  ask(question) {
    this.show(question.title, html`${question.note ? html`<p>${question.note}</p>` : nothing}
      <div class="options">${question.options.map((option) => this.option(option))}</div>
      ${question.options.length === 0 ? html`<p class="soft">${t('officer.nothing_to_choose')}</p>` : nothing}`, question.options);
  }

  /** Asks which numbers to call instead of the proposed ones, and why.
   * @param {{title: string, note: string, entries: Entry[], reasons: {text: string, code: string}[],
   *   call: (visits: number[], reason: string) => void}} choice */
  pick(choice) {
    const options = choice.reasons.map((reason, i) => ({
      key: String(i + 1), text: reason.text,
      run: () => choice.call(choice.entries.filter((entry) => entry.on).map((entry) => entry.visit), reason.code),
    }));
    const draw = () => {
      const none = !choice.entries.some((entry) => entry.on);
      for (const option of options) /** @type {Option} */ (option).why = none ? t('officer.pick_first') : null;
      this.show(choice.title, html`<p>${choice.note}</p>
        <ul class="entries">${choice.entries.map((entry) => html`<li><label class="entry"><input type="checkbox" .checked=${entry.on}
          @change=${(/** @type {any} */ event) => { entry.on = event.target.checked; draw(); }}>
          <span class="number">${entry.number}</span><span class="small">${entry.sub}</span></label></li>`)}</ul>
        <h3>${t('officer.why_others')}</h3><div class="options">${options.map((option) => this.option(option))}</div>`, options, true);
    };
    draw();
  }

  /** @private @param {Option} option */
  option(option) {
    return html`<button type="button" class="button option" aria-disabled=${String(Boolean(option.why))} @click=${() => this.take(option)}>
      ${hint(option.key)}<span>${option.text}${option.sub || option.why ? html`<span class="small soft">${option.why ?? option.sub}</span>` : nothing}</span></button>`;
  }

  /** @private @param {Option} option */
  take(option) {
    if (option.why) return;
    this.close();
    option.run();
  }

  /** @private @param {string} title @param {unknown} body @param {Option[]} options @param {boolean} [wide] */
  show(title, body, options, wide = false) {
    const dialog = this.dialog ?? this.make();
    this.options = new Map(options.map((option) => [option.key.toLowerCase(), option]));
    dialog.setAttribute('aria-label', title);
    dialog.classList.toggle('wide', wide);
    render(html`<h2>${title}</h2>${body}
      <p class="row"><button type="button" class="button quiet" @click=${() => dialog.close()}>${t('officer.never_mind')} <kbd>Esc</kbd></button></p>`, dialog);
    if (!dialog.open) dialog.showModal();
  }

  /** @private */
  make() {
    const dialog = document.createElement('dialog');
    dialog.className = 'sheet choice';
    dialog.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const option = this.options.get(event.key.toLowerCase());
      if (!option) return;
      event.preventDefault();
      event.stopPropagation();
      this.take(option);
    });
    document.body.append(dialog);
    this.dialog = dialog;
    return dialog;
  }
}
