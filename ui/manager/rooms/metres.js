// @ts-check
// Lengths as they are written.

import {learn, t} from '../../lib/catalogue.js';
import {words} from './words.js';

learn(words);

/** Millimetres as metres are written.
 * @param {number} mm */
export function metres(mm) {
  return t('rooms.metres', {whole: Math.floor(mm / 1000), part: String(mm % 1000).padStart(3, '0').replace(/0{1,2}$/, '')});
}
