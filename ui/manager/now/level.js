// @ts-check
// The signs beside a figure that is not calm: colour alone is not enough.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {t} from '../../lib/catalogue.js';

/** @param {import('../figures.js').Level} how */
export function levelSign(how) {
  if (how === 'alarm') return html`<b class="sign" title=${t('manager.at_alarm')}>‼</b> `;
  if (how === 'over') return html`<b class="sign" title=${t('manager.at_over')}>!</b> `;
  return nothing;
}
