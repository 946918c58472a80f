// @ts-check
// The reasons of a plan as sentences. The rules give a code and up to two whole
// numbers; the code's sentence knows which of them is a time, a count or a place.

import {label, learn} from './catalogue.js';
import {duration} from './times.js';
import {words} from './words-why.js';

learn(words);

/** @typedef {{code: string, a?: number, b?: number}} Why */

/** One reason as a sentence. number is the ticket of the visit that the reason names
 * by its id, where it names one.
 * @param {Why} why @param {string} [number] */
export function whyText(why, number) {
  const a = why.a ?? 0;
  const b = why.b ?? 0;
  return label('why', why.code, {a, b, a_span: duration(a), b_span: duration(b), number});
}
