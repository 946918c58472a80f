// @ts-check
// A code as the server drew it: one path of squares, at any size.

import {html} from '../vendor/lit-html/lit-html.js';

/** The empty edge that a camera needs around a code, in modules. */
const QUIET = 4;

/** @param {{size: number, path: string}} qr @param {string} name what it leads to, in words */
export function qrCode({size, path}, name) {
  return html`<svg class="qr" viewBox=${`${-QUIET} ${-QUIET} ${size + 2 * QUIET} ${size + 2 * QUIET}`} role="img" aria-label=${name} shape-rendering="crispEdges"><path d=${path}></path></svg>`;
}
