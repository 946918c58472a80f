// @ts-check
// Small things that the parts of the console share: buttons of acts, tags, names.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {actButton, blocked} from '../lib/act.js';
import {label, t} from '../lib/catalogue.js';
import {whyText} from '../lib/why.js';

/** @typedef {import('./acts.js').Act} Act */
/** @typedef {import('./acts.js').Context & {store: import('../lib/store.js').Store, commands: import('../lib/commands.js').Commands,
 *   acts: Map<string, Act>, drawn: Set<string>, marks: import('./papers.js').PaperMarks, staff: any[],
 *   people: Map<number, any>, toRooms: () => void, told: string, tell: (slot: string) => void}} Desk told: whose
 * reason was asked for by pressing it in vain */

/** A second press so soon is the end of the first: a double click, a key that bounces.
 * By then another act may stand under the finger, and must not be done by it. */
export const AGAIN_MS = 350;
let last = {by: '', at: -AGAIN_MS};

/** Does an act, unless it may not be done now. One way for buttons and keys.
 * @param {Desk} desk @param {Act} act @param {string} [by] the key, or "click" */
export function perform(desk, act, by = '') {
  const {store, commands} = desk;
  if (blocked(store, act.slot, act.why)) {
    if (act.why) desk.tell(act.slot);
    return;
  }
  const now = performance.now();
  if (by && by === last.by && now - last.at < AGAIN_MS) return;
  last = {by, at: now};
  if (act.open) {
    act.open();
    return;
  }
  if (!act.request) return;
  commands.send(act.slot, act.request).then((answer) => {
    if (!answer.ok) return;
    const seq = answer.body?.seq;
    if (act.text && typeof seq === 'number') desk.deeds.set(seq, [act.text, act.of].filter(Boolean).join(' · '));
    act.done?.(answer);
  });
}

/** The button of an act; nothing when the act makes no sense now.
 * @param {Desk} desk @param {string} id @param {{kind?: string, bare?: boolean}} [look] bare: why
 * it may not be pressed is said once somebody presses it all the same */
export function button(desk, id, look = {}) {
  const act = desk.acts.get(id);
  if (!act) return nothing;
  desk.drawn.add(act.slot);
  const commands = /** @type {any} */ ({
    send: () => {
      perform(desk, act, 'click');
      return Promise.resolve({ok: false});
    },
    dismiss: (/** @type {string} */ slot) => desk.commands.dismiss(slot),
  });
  const status = desk.store.state.pending.get(act.slot)?.status;
  const bare = look.bare && desk.told !== act.slot && status !== 'refused' && status !== 'unsure' && status !== 'retrying';
  return html`<span class=${bare ? 'bare' : 'whole'} title=${bare && act.why ? act.why : nothing} @click=${() => act.why && desk.tell(act.slot)}>${actButton({
    store: desk.store, commands, slot: act.slot, request: act.request ?? {path: ''}, text: act.text,
    key: act.keys[0], kind: look.kind ?? act.kind ?? '', why: act.why ?? null,
  })}</span>`;
}

/** The short name of a programme is its code. @param {string} programme */
export function programmeTag(programme) {
  return html`<span class="programme" title=${label('programme', programme)}>${programme}</span>`;
}

/** What is special about a visit, as tags: only what is not the ordinary case.
 * @param {any} visit */
export function visitTags(visit) {
  return html`${visit.persons > 1 ? html`<span class="tag">${t('words.persons', {n: visit.persons})}</span>` : nothing}
    ${visit.priority && visit.priority !== 'none' ? html`<span class="tag first">${label('priority', visit.priority)}</span>` : nothing}
    ${visit.accessible ? html`<span class="tag">${t('officer.accessible')}</span>` : nothing}
    ${visit.channel && visit.channel !== 'walk_in' ? html`<span class="tag">${label('channel', visit.channel)}</span>` : nothing}`;
}

/** Reasons as one line. @param {import('../lib/why.js').Why[]} list @param {string} [number] */
export function reasons(list, number) {
  return list.map((why) => whyText(why, number)).join(' · ');
}

/** A colleague's name; their number while the list of officers is not here.
 * @param {any[]} staff @param {number} id */
export function staffName(staff, id) {
  const one = staff.find((officer) => officer.id === id);
  return one?.display || one?.name || t('officer.officer_no', {n: id});
}

/** Seats as words: "Bilik 2" or "Bilik 2, 3". @param {number[]} seats */
export function seatsText(seats) {
  return t('words.seat_no', {n: seats.join(', ')});
}
