// @ts-check
// The pictures of the reports: plain boxes that the style sheet places, so that they are
// sharp on paper, follow the theme, and their words are words. Each has a table behind it.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {vars} from '../../lib/css.js';
import {labelled, ticks} from './model.js';

/** @typedef {import('./model.js').Spread} Spread */
/** What one place along the axis shows: bar is a height, spread a range with its middle.
 * @typedef {{text: string, tip: string, bar?: number|null, open?: boolean, spread?: Spread|null, say?: string}} Column */

/** Most words under an axis. */
const MOST_LABELS = 16;

const place = (/** @type {number} */ value, /** @type {number} */ top) => `${Math.min(100, value * 100 / top).toFixed(2)}%`;

/** Columns over time. scale is how the axis is written; line a value to be held against.
 * @param {{columns: Column[], top: number, write: (n: number) => string, scale?: number, line?: {at: number, text: string}|null, low?: boolean}} c */
export function columnChart({columns, top, write, scale = 1, line = null, low = false}) {
  const marks = ticks(top / scale);
  const full = (marks.at(-1) ?? 1) * scale;
  const show = labelled(columns.length, MOST_LABELS);
  return html`<div class=${low ? 'plot low' : 'plot'} aria-hidden="true">
      ${marks.map((mark) => html`<div class="tick" ${vars({'--at': place(mark * scale, full)})}><span>${write(mark)}</span></div>`)}
      ${line && line.at <= full ? html`<div class="goal" ${vars({'--at': place(line.at, full)})}><span>${line.text}</span></div>` : nothing}
      <div class=${columns.length > 40 ? 'cols thin' : 'cols'}>${columns.map((column) => html`<div class="col" title=${column.tip}>${bar(column, full)}${spread(column.spread, full)}</div>`)}</div></div>
    <div class="axis" aria-hidden="true">${columns.map((column, i) => html`<span>${show(i) ? column.text : nothing}</span>`)}</div>`;
}

/** @param {Column} column @param {number} full */
function bar({bar: value, open, say}, full) {
  if (value === undefined) return nothing;
  if (value === null) return html`<i class="none"></i>`;
  return html`<i class=${open ? 'rise open' : 'rise'} ${vars({'--h': place(value, full)})}>${say ? html`<b>${say}</b>` : nothing}</i>`;
}

/** @param {Spread|null|undefined} s @param {number} full */
function spread(s, full) {
  if (s === undefined) return nothing;
  if (s === null || s.n === 0) return html`<i class="none"></i>`;
  return html`<i class="span" ${vars({'--low': place(s.p50_s, full), '--high': place(Math.max(0, s.p90_s - s.p50_s), full)})}></i><i class="mid" ${vars({'--low': place(s.p50_s, full)})}></i>
    ${s.max_s <= full ? html`<i class="far" ${vars({'--low': place(s.max_s, full)})}></i>` : nothing}`;
}

/** One lying bar with its figure.
 * @param {{value: number, top: number, say: unknown, kind?: string}} b */
export function lyingBar({value, top, say, kind = ''}) {
  return html`<div class="lying"><i class=${`lying-bar ${kind}`} ${vars({'--share': place(value, Math.max(1, top))})}></i><span class="figure">${say}</span></div>`;
}

/** A lying range: the middle, nine in ten, the longest, and the line that it is held against.
 * @param {{spread: Spread, top: number, line: number, say: unknown}} r */
export function lyingRange({spread: s, top, line, say}) {
  const full = Math.max(1, top);
  return html`<div class="lying wide"><div class="reach" ${vars({'--line': place(line, full)})}>${s.n === 0 ? nothing : html`<i class="reach-span" ${vars({'--low': place(s.p50_s, full), '--share': place(Math.max(0, s.p90_s - s.p50_s), full)})}></i>
    <i class="reach-mid" ${vars({'--low': place(s.p50_s, full)})}></i><i class="reach-far" ${vars({'--low': place(s.max_s, full)})}></i>`}</div><span class="figure">${say}</span></div>`;
}

/** A whole in its parts, with a legend that has every figure.
 * @param {{code: string, text: string, n: number, say: string}[]} parts */
export function stacked(parts) {
  const all = parts.reduce((sum, part) => sum + part.n, 0);
  return html`<div class="stacked" aria-hidden="true">${parts.filter((part) => part.n > 0).map((part) => html`<i class=${`o-${part.code}`} ${vars({'--share': String(part.n / Math.max(1, all))})}></i>`)}</div>
    <ul class="legend">${parts.map((part) => html`<li><i class=${`key o-${part.code}`} aria-hidden="true"></i><span>${part.text}</span><span class="figure">${part.say}</span></li>`)}</ul>`;
}
