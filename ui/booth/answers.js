// @ts-check
// The answers to the nine questions, while they are given. Pure.

/** As the regulation has them: U1 to U9, answered from 1 to 4. */
export const QUESTIONS = 9;
export const ANSWERS = [1, 2, 3, 4];

/** The question that comes next, from 0; QUESTIONS when all were asked.
 * @param {number[]} answers given so far, 0 for a skipped one */
export function questionNow(answers) {
  return Math.min(answers.length, QUESTIONS);
}

/** What is sent: one answer for each question; null when none was answered.
 * @param {number[]} answers @returns {number[]|null} */
export function complete(answers) {
  const all = Array.from({length: QUESTIONS}, (_, i) => answers[i] ?? 0);
  return all.some((one) => one > 0) ? all : null;
}
