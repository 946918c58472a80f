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

/** The button and its answer. It blocks itself
 * while the data is stale, while it is on its way, and when why gives a reason.
 * @param {{store: Store, commands: Commands, slot: string, request: import('./commands.js').Request_,
 *   text: unknown, key?: string, kind?: string, why?: string|null, onDone?: (answer: any) => void}} act */
export function actButton({store, commands, slot, request, text, key, kind = '', why = null, onDone}) {
  const pending = store.state.pending.get(slot);
  const busy = pending !== undefined && ['sending', 'retrying', 'settling'].includes(pending.status);
  const offline = !store.fresh() && pending?.status !== 'unsure';
  const blocked = busy || offline || Boolean(why);
  // aria-disabled rather than disabled keeps the button in reach of the Tab key, so
  // that the reason beside it can be found and read out.
  const press = () => {
    if (!blocked) commands.send(slot, request).then((answer) => onDone?.(answer));
  };
  return html`<span class="act" data-slot=${slot}>
    <button type="button" class=${`button ${kind}`} aria-disabled=${String(blocked)} aria-busy=${String(busy)}
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
