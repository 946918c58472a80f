// @ts-check
// Fields of the manager's forms: a label, the control, what it means, and what is
// wrong with it, always in this order and always tied together for a reader.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {live} from '../vendor/lit-html/directives/live.js';
import {sentence} from '../lib/commands.js';

/** @typedef {{id: string, label: unknown, hint?: unknown, wrong?: unknown, more?: unknown}} Frame */

/** @param {Frame} frame @param {unknown} control */
function framed({id, label, hint, wrong, more}, control) {
  return html`<div class="field"><label for=${id}>${label}</label>
    <div class="control">${control}${more ?? nothing}</div>
    ${wrong ? html`<span class="wrong" id=${`${id}-said`} role="alert">${wrong}</span>`
    : hint ? html`<span class="hint" id=${`${id}-said`}>${hint}</span>` : nothing}</div>`;
}

/** One line of text. kind is the input's type.
 * @param {Frame & {value: string, onInput: (value: string) => void, kind?: string, mode?: string,
 *   auto?: string, max?: number, unit?: string, narrow?: boolean, off?: boolean}} f */
export function textField(f) {
  const control = html`<input id=${f.id} class=${f.narrow ? 'input narrow' : 'input'} type=${f.kind ?? 'text'}
      inputmode=${f.mode ?? nothing} autocomplete=${f.auto ?? 'off'} maxlength=${f.max ?? nothing} ?disabled=${f.off}
      aria-invalid=${String(Boolean(f.wrong))} aria-describedby=${`${f.id}-said`} .value=${live(f.value)}
      @input=${(/** @type {any} */ e) => f.onInput(e.target.value)}>${f.unit ? html`<span class="unit">${f.unit}</span>` : nothing}`;
  return framed(f, control);
}

/** A choice among codes.
 * @param {Frame & {value: string, codes: {code: string, text: string}[], onChoose: (code: string) => void, off?: boolean}} f */
export function choiceField(f) {
  const control = html`<select id=${f.id} class="input" aria-describedby=${`${f.id}-said`} ?disabled=${f.off}
      @change=${(/** @type {any} */ e) => f.onChoose(e.target.value)}>
    ${f.codes.map(({code, text}) => html`<option value=${code} ?selected=${code === f.value}>${text}</option>`)}</select>`;
  return framed(f, control);
}

/** Yes or no.
 * @param {{label: unknown, on: boolean, onChange: (on: boolean) => void, off?: boolean, hint?: unknown}} f */
export function checkField({label, on, onChange, off, hint}) {
  return html`<label class="check"><input type="checkbox" .checked=${live(on)} ?disabled=${off}
    @change=${(/** @type {any} */ e) => onChange(e.target.checked)}><span>${label}${hint ? html`<span class="hint">${hint}</span>` : nothing}</span></label>`;
}

/** A short list of codes side by side, of which one is pressed.
 * @param {{label: string, value: string, codes: {code: string, text: unknown}[], onChoose: (code: string) => void}} f */
export function segments({label, value, codes, onChoose}) {
  return html`<div class="segments" role="group" aria-label=${label}>
    ${codes.map(({code, text}) => html`<button type="button" aria-pressed=${String(code === value)} @click=${() => onChoose(code)}>${text}</button>`)}</div>`;
}

/** The sentence of a refusal that names this very field, to stand beside it.
 * @param {import('../lib/store.js').Store} store @param {string} slot @param {string} field */
export function refusedField(store, slot, field) {
  const problem = store.state.pending.get(slot)?.problem;
  if (!problem) return null;
  const named = /** @type {any} */ (problem).fields?.find((/** @type {any} */ f) => f.field === field);
  if (named) return sentence({...problem, ...named});
  return problem.field === field ? sentence(problem) : null;
}
