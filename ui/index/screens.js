// @ts-check
// The screens of a branch: what each is for, on which device it lives, and a small
// picture of it.

import {html, nothing, svg} from '../vendor/lit-html/lit-html.js';
import {t} from '../lib/catalogue.js';

/** @typedef {{code: string, to: string, size: string, roles: string[], name: () => string, why: () => string, picture: unknown}} Screen */

const bar = svg`<rect class="p-deep" x="0" y="0" width="160" height="12"></rect>`;

/** @param {number} x @param {number} y @param {string} [kind] */
const seat = (x, y, kind = 'p-soft') => svg`<rect class=${kind} x=${x} y=${y} width="22" height="20" rx="3"></rect>`;

/** @type {Screen[]} */
export const SCREENS = [
  {code: 'lobby', to: '/lobby', size: '1920 × 1080', roles: ['observer', 'desk', 'officer', 'manager'], name: () => t('index.lobby'), why: () => t('index.lobby_why'), picture: svg`
    <rect class="p-deep" width="160" height="100"></rect><rect class="p-call" x="10" y="12" width="92" height="30" rx="4"></rect>
    <rect class="p-light" x="18" y="20" width="34" height="14" rx="2"></rect><rect class="p-light" x="58" y="20" width="34" height="14" rx="2"></rect>
    <rect class="p-dim" x="10" y="50" width="92" height="10" rx="3"></rect><rect class="p-dim" x="10" y="65" width="92" height="10" rx="3"></rect><rect class="p-dim" x="10" y="80" width="92" height="10" rx="3"></rect>
    <rect class="p-dim" x="112" y="12" width="38" height="78" rx="4"></rect>`},
  {code: 'officer', to: '/officer', size: '1366 × 768', roles: ['officer', 'manager'], name: () => t('index.officer'), why: () => t('index.officer_why'), picture: svg`
    <rect class="p-paper" width="160" height="100"></rect>${bar}<rect class="p-white" x="8" y="20" width="92" height="72" rx="4"></rect>
    ${seat(16, 28, 'p-brand')}${seat(43, 28)}${seat(70, 28, 'p-call')}${seat(16, 58)}${seat(43, 58)}${seat(70, 58, 'p-line')}
    <rect class="p-call" x="108" y="20" width="44" height="16" rx="4"></rect><rect class="p-white" x="108" y="42" width="44" height="50" rx="4"></rect>
    <rect class="p-line" x="114" y="50" width="32" height="4"></rect><rect class="p-line" x="114" y="60" width="26" height="4"></rect><rect class="p-line" x="114" y="70" width="30" height="4"></rect>`},
  {code: 'booth', to: '/booth?room=1&seat=1', size: '1280 × 800', roles: ['officer', 'manager'], name: () => t('index.booth'), why: () => t('index.booth_why'), picture: svg`
    <rect class="p-paper" width="160" height="100"></rect><rect class="p-white" x="30" y="10" width="100" height="80" rx="6"></rect>
    <rect class="p-brand" x="52" y="20" width="56" height="18" rx="3"></rect><rect class="p-line" x="46" y="46" width="68" height="4"></rect><rect class="p-line" x="46" y="54" width="52" height="4"></rect>
    <rect class="p-call" x="46" y="68" width="68" height="14" rx="7"></rect>`},
  {code: 'kiosk', to: '/kiosk', size: '1080 × 1920', roles: ['desk', 'manager'], name: () => t('index.kiosk'), why: () => t('index.kiosk_why'), picture: svg`
    <rect class="p-paper" width="160" height="100"></rect><rect class="p-white" x="50" y="4" width="60" height="92" rx="5"></rect><rect class="p-deep" x="50" y="4" width="60" height="10" rx="3"></rect>
    ${[20, 36, 52].map((y) => svg`<rect class="p-soft" x="56" y=${y} width="48" height="12" rx="3"></rect><rect class="p-brand" x="59" y=${y + 3} width="6" height="6" rx="1"></rect>`)}<rect class="p-call" x="56" y="72" width="48" height="16" rx="4"></rect>`},
  {code: 'desk', to: '/desk', size: '1366 × 768', roles: ['desk', 'manager', 'officer'], name: () => t('index.desk'), why: () => t('index.desk_why'), picture: svg`
    <rect class="p-paper" width="160" height="100"></rect>${bar}<rect class="p-white" x="8" y="20" width="50" height="72" rx="4"></rect><rect class="p-brand" x="14" y="76" width="38" height="10" rx="3"></rect>
    <rect class="p-line" x="14" y="28" width="38" height="6"></rect><rect class="p-line" x="14" y="40" width="38" height="6"></rect><rect class="p-line" x="14" y="52" width="38" height="6"></rect>
    ${[20, 33, 46, 59, 72].map((y) => svg`<rect class="p-white" x="64" y=${y} width="88" height="10" rx="2"></rect><rect class="p-soft" x="68" y=${y + 3} width="16" height="4"></rect>`)}`},
  {code: 'visitor', to: '/visitor', size: '360 × 740', roles: [], name: () => t('index.visitor'), why: () => t('index.visitor_why'), picture: svg`
    <rect class="p-paper" width="160" height="100"></rect><rect class="p-white" x="54" y="4" width="52" height="96" rx="7"></rect><rect class="p-deep" x="54" y="4" width="52" height="14" rx="7"></rect>
    <rect class="p-call" x="60" y="23" width="40" height="30" rx="4"></rect><rect class="p-line" x="60" y="60" width="40" height="5"></rect><rect class="p-line" x="60" y="70" width="30" height="5"></rect>
    <rect class="p-brand" x="60" y="82" width="40" height="10" rx="3"></rect>`},
  {code: 'manager', to: '/manager', size: '1440 × 900', roles: ['manager'], name: () => t('index.manager'), why: () => t('index.manager_why'), picture: svg`
    <rect class="p-paper" width="160" height="100"></rect>${bar}
    ${[8, 58].map((x) => [20, 58].map((y) => svg`<rect class="p-white" x=${x} y=${y} width="46" height="34" rx="3"></rect>
      <rect class="p-brand" x=${x + 5} y=${y + 5} width="10" height="9"></rect><rect class="p-soft" x=${x + 18} y=${y + 5} width="10" height="9"></rect><rect class="p-call" x=${x + 31} y=${y + 5} width="10" height="9"></rect>
      <rect class="p-soft" x=${x + 5} y=${y + 19} width="10" height="9"></rect><rect class="p-line" x=${x + 18} y=${y + 19} width="10" height="9"></rect>`))}
    <rect class="p-white" x="110" y="20" width="42" height="72" rx="3"></rect><rect class="p-brand" x="115" y="28" width="24" height="5"></rect><rect class="p-call" x="115" y="40" width="30" height="5"></rect><rect class="p-bad" x="115" y="52" width="32" height="5"></rect>`},
];

/** @param {string} to @param {string} lang */
export function inLanguage(to, lang) {
  return `${to}${to.includes('?') ? '&' : '?'}lang=${lang}`;
}

/** The screens of a role, its own first.
 * @param {string} role */
export function forRole(role) {
  return SCREENS.filter((one) => one.roles.includes(role)).sort((a, b) => a.roles.indexOf(role) - b.roles.indexOf(role));
}

/** @param {Screen} one @param {string|null} lang set where the screen opens beside this page: in its language, once */
export function card(one, lang) {
  return html`<li><a class="card choice" href=${lang ? inLanguage(one.to, lang) : one.to} target=${lang ? '_blank' : nothing}>
    <svg class="picture" viewBox="0 0 160 100" aria-hidden="true">${one.picture}</svg>
    <span class="choice-text"><strong>${one.name()}</strong><span class="small soft">${one.why()}</span><span class="small soft figure size">${one.size}</span></span></a></li>`;
}
