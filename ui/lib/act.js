// @ts-check
// A button that sends a command, with what became of it beside it.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {learn, t} from './catalogue.js';
import {sentence} from './commands.js';
import {hint} from './keys.js';
import {words} from './words-work.js';

learn(words);

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./commands.js').Commands} Commands */

/** Whether a press would do nothing now: the command is on its way, the data is not
 * fresh, or why gives a reason. A shortcut asks the same question as its button.
 * @param {Store} store @param {string} slot @param {string|null} [why] */
export function blocked(store, slot, why = null) {
  const status = store.state.pending.get(slot)?.status;
  if (status === 'sending' || status === 'retrying' || status === 'settling') return true;
  return Boolean(why) || (!store.fresh() && status !== 'unsure');
}

/** The button and its answer. It blocks itself while the data is stale, while the
 * command is on its way, and when why gives a reason, which then stands beside it.
 * @param {{store: Store, commands: Commands, slot: string, request: import('./commands.js').Request_,
 *   text: unknown, key?: string, kind?: string, why?: string|null, onDone?: (answer: any) => void}} act */
export function actButton({store, commands, slot, request, text, key, kind = '', why = null, onDone}) {
  const pending = store.state.pending.get(slot);
  const busy = pending !== undefined && pending.status !== 'refused' && pending.status !== 'unsure';
  const offline = !store.fresh() && pending?.status !== 'unsure';
  const still = blocked(store, slot, why);
  // aria-disabled rather than disabled keeps the button in reach of the Tab key, so
  // that the reason beside it can be found and read out.
  const press = () => {
    if (!blocked(store, slot, why)) commands.send(slot, request).then((answer) => onDone?.(answer));
  };
  return html`<span class="act" data-slot=${slot}>
    <button type="button" class=${`button ${kind}`} aria-disabled=${String(still)} aria-busy=${String(busy)}
      aria-describedby=${`said-${slot}`} aria-keyshortcuts=${key ?? nothing} @click=${press}>${text}${key ? hint(key) : nothing}</button>
    <span id=${`said-${slot}`} role="status">${said(commands, slot, pending, offline ? t('work.offline') : why)}</span>
  </span>`;
}

/** @param {Commands} commands @param {string} slot
 * @param {import('./commands.js').Pending|undefined} pending @param {string|null} why */
function said(commands, slot, pending, why) {
  if (pending?.status === 'refused' && pending.problem) {
    return html`<span class="said refused">${sentence(pending.problem)}
      <button type="button" class="dismiss" aria-label=${t('act.close')} @click=${() => commands.dismiss(slot)}>×</button></span>`;
  }
  if (pending?.status === 'retrying') return html`<span class="said unsure">${t('work.retrying')}</span>`;
  if (pending?.status === 'unsure') return html`<span class="said unsure">${t('work.unsure')}</span>`;
  if (pending?.status === 'sending') return html`<span class="visually-hidden">${t('work.sending')}</span>`;
  if (pending?.status === 'settling') return html`<span class="visually-hidden">${t('work.settling')}</span>`;
  return why ? html`<span class="said">${why}</span>` : nothing;
}
