// @ts-check
// The start page for staff: which screen should this device be?

import {html, render} from '../vendor/lit-html/lit-html.js';
import {learn, onLanguage, openLanguage, t} from '../lib/catalogue.js';
import {topBar} from '../lib/parts.js';
import {followTheme} from '../lib/theme.js';
import {words} from './words.js';

learn(words);

/** The screens, in the order in which a branch sets them up. */
const SCREENS = [
  {to: '/manager', shape: 'M4 20V9l8-5 8 5v11M9 20v-6h6v6', name: () => t('index.manager'), why: () => t('index.manager_why')},
  {to: '/officer', shape: 'M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c0-4 4-6 8-6s8 2 8 6', name: () => t('index.officer'), why: () => t('index.officer_why')},
  {to: '/booth', shape: 'M5 21V4h14v17M9 9h6M9 13h6M10 17h4', name: () => t('index.booth'), why: () => t('index.booth_why')},
  {to: '/lobby', shape: 'M3 5h18v12H3zM9 21h6M12 17v4', name: () => t('index.lobby'), why: () => t('index.lobby_why')},
];

function draw() {
  document.title = t('index.title');
  render(html`${topBar({title: 'lapak', sub: t('index.title')})}
    <main class="start">
      <p class="lead">${t('index.sub')}</p>
      <ul class="choices">
        ${SCREENS.map((screen) => html`<li><a class="card choice" href=${screen.to}>
          <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${screen.shape}></path></svg>
          <span><strong>${screen.name()}</strong><span class="soft">${screen.why()}</span></span></a></li>`)}
      </ul>
    </main>`, /** @type {HTMLElement} */ (document.getElementById('screen')));
}

followTheme();
openLanguage('index');
onLanguage(draw);
draw();
