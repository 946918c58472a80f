// @ts-check
// The field for a time of the day.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {live} from '../vendor/lit-html/directives/live.js';
import {ofDay} from './what-if/say.js';

/** A time of the day as text: a browser writes its own time field as its own language
 * does, and this page has 24 hours whatever that is.
 * @param {{id?: string, name?: string, kind?: string, value: string, wrong?: unknown, said?: string, onInput?: (text: string) => void, onChange?: (text: string) => void}} f */
export function timeField({id, name, kind, value, wrong, said, onInput, onChange}) {
  return html`<input id=${id ?? nothing} class=${`input ${kind ?? ''}`} inputmode="decimal" autocomplete="off" maxlength="5" size="5" pattern="([01]?[0-9]|2[0-3])[.:][0-5][0-9]" placeholder=${ofDay(0)}
    aria-label=${name ?? nothing} aria-invalid=${String(Boolean(wrong))} aria-describedby=${said ?? nothing} .value=${live(value)}
    @input=${(/** @type {any} */ e) => onInput?.(e.target.value)} @change=${(/** @type {any} */ e) => onChange?.(e.target.value)}>`;
}
