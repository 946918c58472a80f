// @ts-check
// The bar at the foot: what can still be taken back and for how long, and the acts of
// the whole session.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {t} from '../lib/catalogue.js';
import {sentence} from '../lib/commands.js';
import {vars} from '../lib/css.js';
import {deed} from './codes.js';
import {button} from './draw.js';
import {undoOf} from './model.js';

/** @typedef {import('./draw.js').Desk} Desk */

/** The acts of the whole session and of the officer's own day. What is said beside one of
 * them stands above it, so that the bar keeps its height. */
const ACTS = ['last_call', 'close', 'hand_over', 'break', 'out', 'off'];

/** @param {Desk} desk */
export function foot(desk) {
  return html`<footer class="foot">
    <div class="undo">${undoPart(desk)}</div>
    <div class="row acts">${ACTS.map((id) => button(desk, id, {bare: true}))}${button(desk, 'menu', {bare: true})}</div>${lost(desk)}</footer>`;
}

/** @param {Desk} desk */
function undoPart(desk) {
  const undo = undoOf(desk.view, desk.me, desk.sight.now);
  if (!undo) return html`<span class="small soft">${t('officer.nothing_to_undo')}</span>`;
  const did = desk.deeds.get(undo.seq) ?? deed(undo.kind);
  const said = undo.number && !did.includes(' · ') ? `${did} · ${undo.number}` : did;
  return html`<div class="undoable"><span class="said-deed" title=${said}>${said}</span><span class="figure small soft">${t('officer.undo_left', {n: undo.left})}</span>
    <div class="bar" ${vars({'--share': `${undo.share}%`})}></div></div>${button(desk, 'undo', {bare: true})}`;
}

/** Refusals whose button is gone by now: they are said here, because a refusal that
 * nobody reads is a person who waits. @param {Desk} desk */
function lost(desk) {
  const orphans = [...desk.store.state.pending].filter(([slot, p]) => p.status === 'refused' && p.problem && !desk.drawn.has(slot));
  if (orphans.length === 0) return nothing;
  return html`<div class="lost" role="alert">${orphans.map(([slot, p]) => html`<p>${sentence(/** @type {any} */ (p.problem))}
    <button type="button" class="dismiss" aria-label=${t('act.close')} @click=${() => desk.commands.dismiss(slot)}>×</button></p>`)}</div>`;
}
