// @ts-check
// A branch to practise in: made-up people at an address of its own, marked on every screen.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {actButton} from '../../lib/act.js';
import {learn, t} from '../../lib/catalogue.js';
import {clock} from '../../lib/times.js';
import {words} from './words-training.js';

learn(words);

/** @typedef {import('../app.js').Ctx} Ctx */

/** @param {Ctx} ctx */
export function trainingCard({store, commands, shelf, session}) {
  if (session.demo) return nothing; // a demo is a place to practise already
  const now = shelf.get('training');
  if (!now) return nothing;
  const done = (/** @type {any} */ answer) => { if (answer.ok) shelf.load('training'); };
  const by = {store, commands, onDone: done};
  return html`<section class="card stack training" aria-labelledby="training"><h2 id="training">${t('training.title')}</h2>
    <p class="soft">${t('training.why')}</p>
    ${now.running
      ? html`<p><a class="button primary" target="_blank" rel="noopener" href=${`${location.protocol}//${location.hostname}:${now.port}/`}>${t('training.open')}</a></p>
        <p class="small soft">${t('training.until', {clock: clock(now.until)})}</p>
        ${actButton({...by, slot: 'training', request: {method: 'DELETE', path: '/api/v1/training'}, text: t('training.end')})}`
      : actButton({...by, slot: 'training', request: {path: '/api/v1/training', body: {}}, text: t('training.start')})}</section>`;
}
