// @ts-check
// The list of pictures, and the chosen one beside it, scaled to fit.

import {html, render} from '../vendor/lit-html/lit-html.js';
import {label, language, t} from '../lib/catalogue.js';
import {vars} from '../lib/css.js';
import {topBar} from '../lib/parts.js';
import {SHOWN} from './screens.js';

let at = location.hash.slice(1) || `${SHOWN[0].code}/${SHOWN[0].pictures[0].name}`;

/** @param {string} code @param {string} name */
function address(code, name) {
  return `/gallery?screen=${code}&state=${encodeURIComponent(name)}&lang=${language()}`;
}

/** @param {string} key */
function choose(key) {
  at = key;
  history.replaceState(null, '', `#${key}`);
  overview();
}

export function overview() {
  document.title = t('gallery.title');
  const [code, name] = at.split('/');
  const screen = SHOWN.find((one) => one.code === code) ?? SHOWN[0];
  const picture = screen.pictures.find((one) => one.name === name) ?? screen.pictures[0];
  const [wide, high] = picture.size ?? screen.size;
  render(html`${topBar({title: t('gallery.title'), sub: t('gallery.sub')})}
    <main class="gallery"><nav class="card" aria-label=${t('gallery.list')}>${SHOWN.map((one) => html`<section><h2>${label('gallery_screen', one.code)}</h2>
        <ul>${one.pictures.map((p) => html`<li><button type="button" class="pick" aria-pressed=${String(p === picture)}
          @click=${() => choose(`${one.code}/${p.name}`)}>${p.name.replaceAll('-', ' ')}</button></li>`)}</ul></section>`)}
        <p><a href="/gallery?screen=parts">${t('gallery.parts')}</a></p></nav>
      <figure class="stage" ${vars({'--wide': `${wide}px`, '--high': `${high}px`, '--scale': String(scale(wide, high))})}>
        <figcaption><span class="figure">${wide} × ${high}</span> <a target="_blank" href=${address(screen.code, picture.name)}>${t('gallery.alone')}</a></figcaption>
        <div class="frame"><iframe title=${`${screen.code}: ${picture.name}`} src=${address(screen.code, picture.name)}></iframe></div></figure></main>`,
  /** @type {HTMLElement} */ (document.getElementById('screen')));
}

/** @param {number} wide @param {number} high */
function scale(wide, high) {
  return Math.min(1, (innerWidth - 360) / wide, (innerHeight - 150) / high);
}
