// @ts-check
// Line pictures of the kiosk, drawn on 48 by 48: people who do not read find their way by
// them. They say nothing that the words beside them do not.

import {svg} from '../vendor/lit-html/lit-html.js';

const PICTURES = /** @type {Record<string, unknown>} */ ({
  JHT: svg`<path d="M9 27a14 12 0 0 1 14-12h5a13 12 0 0 1 12 10h3v8h-4a13 12 0 0 1-4 5v5h-6v-3h-8v3h-6v-6a13 12 0 0 1-6-10Z"></path><path d="M20 20h9"></path><circle cx="34" cy="25" r="1.4"></circle><circle cx="24" cy="8" r="4"></circle>`,
  JKK: svg`<path d="M8 31a16 16 0 0 1 32 0"></path><path d="M5 31h38v5H5Z"></path><path d="M20 16V10h8v6"></path><path d="M24 16v9"></path>`,
  JKM: svg`<path d="M24 41C10 31 6 24 8 17a9 9 0 0 1 16-3 9 9 0 0 1 16 3c2 7-2 14-16 24Z"></path><path d="M17 24h4l3-6 3 11 2-5h4"></path>`,
  JP: svg`<rect x="7" y="10" width="34" height="31" rx="3"></rect><path d="M7 19h34M16 6v8M32 6v8"></path><path d="M16 27h6M16 34h6M28 27h6"></path>`,
  JKP: svg`<rect x="6" y="16" width="36" height="25" rx="3"></rect><path d="M17 16v-5h14v5"></path><path d="M6 27h36M24 25v5"></path>`,
  booking: svg`<rect x="7" y="7" width="13" height="13" rx="1.5"></rect><rect x="28" y="7" width="13" height="13" rx="1.5"></rect><rect x="7" y="28" width="13" height="13" rx="1.5"></rect><path d="M28 28h5v5h-5ZM38 28h3M41 33v8M33 41h-5v-4M38 38v3"></path>`,
  elderly: svg`<circle cx="21" cy="9" r="4.5"></circle><path d="M21 16c-5 3-6 9-5 15l-4 11M17 29l9 4 1 9"></path><path d="M21 19l5 7 7 2M35 25v17"></path>`,
  pregnant: svg`<circle cx="22" cy="9" r="4.5"></circle><path d="M19 16c-3 6-3 11-2 15h11c5-4 2-10-5-11"></path><path d="M19 31l-1 11M27 31v11"></path>`,
  disabled: svg`<circle cx="20" cy="8" r="4"></circle><path d="M20 14v12h11l5 12 4-2"></path><path d="M20 19h9"></path><path d="M15 22a11 11 0 1 0 15 14"></path>`,
  with_baby: svg`<circle cx="20" cy="9" r="4.5"></circle><path d="M11 42V26a9 9 0 0 1 18 0v16"></path><circle cx="31" cy="23" r="4"></circle><path d="M16 30c3 5 14 5 18-2"></path>`,
  ill: svg`<rect x="9" y="9" width="30" height="30" rx="5"></rect><path d="M24 16v16M16 24h16"></path>`,
  none: svg`<circle cx="24" cy="12" r="6"></circle><path d="M12 42V31a12 9 0 0 1 24 0v11"></path>`,
  check: svg`<path d="M11 25l9 9 17-20"></path>`,
  cross: svg`<path d="M13 13l22 22M35 13L13 35"></path>`,
  paper: svg`<path d="M12 6h17l9 9v27H12Z"></path><path d="M29 6v9h9M18 23h14M18 30h14"></path>`,
  back: svg`<path d="M29 10L15 24l14 14"></path>`,
  sound: svg`<path d="M8 19h7l9-8v26l-9-8H8Z"></path><path d="M30 18a8 8 0 0 1 0 12M34 13a15 15 0 0 1 0 22"></path>`,
  contrast: svg`<circle cx="24" cy="24" r="16"></circle><path class="full" d="M24 8a16 16 0 0 1 0 32Z"></path>`,
  offline: svg`<path d="M17 7v9M31 7v9M12 16h24v6a12 12 0 0 1-24 0ZM24 34v8"></path><path d="M7 7l34 34"></path>`,
  closed: svg`<circle cx="24" cy="24" r="17"></circle><path d="M24 13v11l8 6"></path>`,
  printer: svg`<path d="M14 18V7h20v11"></path><rect x="6" y="18" width="36" height="16" rx="3"></rect><path d="M14 28h20v13H14Z"></path><circle cx="36" cy="23" r="1.3"></circle>`,
  desk: svg`<circle cx="24" cy="11" r="5"></circle><path d="M14 27a10 8 0 0 1 20 0"></path><path d="M5 27h38M9 27v14M39 27v14"></path>`,
});

/** @param {string} name @param {string} [more] a class */
export function icon(name, more = '') {
  return svg`<svg class=${`icon ${more}`} viewBox="0 0 48 48" aria-hidden="true">${PICTURES[name]}</svg>`;
}
