// @ts-check
// The nine questions, one at a time, four large answers each; any may be skipped. The
// words are those of every screen that asks them.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {label, t} from '../lib/catalogue.js';
import {ANSWERS, QUESTIONS, questionNow} from './answers.js';

/** A face for each answer: nobody has to read the words.
 * @param {number} answer */
function face(answer) {
  const mouth = ['M15 34q9-9 18 0', 'M15 32q9-4 18 0', 'M15 30q9 5 18 0', 'M14 28q10 12 20 0'][answer - 1];
  return html`<svg class="face" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="20"></circle><path d=${`M17 18v3M31 18v3${mouth}`}></path></svg>`;
}

/** @param {number[]} answers @param {(answer: number) => void} give */
export function question(answers, give) {
  const n = questionNow(answers);
  if (n === QUESTIONS) return html`<section class="survey"><p class="ask">${t('booth.survey_all')}</p></section>`;
  return html`<section class="survey"><p class="eyebrow">${t('booth.survey')} · ${t('booth.scene', {n: n + 1, of: QUESTIONS})}</p>
    <h2 class="ask" aria-live="polite">${label('survey_ask', `u${n + 1}`)}</h2>
    <div class="answers" role="group" aria-label=${label('survey_ask', `u${n + 1}`)}>${ANSWERS.map((answer) => html`<button type="button" class=${`answer a${answer}`}
      aria-keyshortcuts=${answer} @click=${() => give(answer)}>${face(answer)}<span>${label('survey_answer', String(answer))}</span></button>`)}</div>
    <div class="marks" aria-hidden="true">${Array.from({length: QUESTIONS}, (_, i) => html`<i class=${i < n ? 'full' : i === n ? 'half' : nothing}></i>`)}</div></section>`;
}
