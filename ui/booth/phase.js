// @ts-check
// What the screen at a seat shows, from the seat's view and what the person did here.
// Pure: times come in.

/** After this silence the outcome of somebody who left is no longer shown: nobody can
 * tell any more whether the next person sits here already. */
export const KEEP_OUTCOME_MS = 60_000;

/** So long the outcome stands when nobody touches the screen: long enough to read it
 * twice and to take a picture of the code. */
export const SHOW_OUTCOME_MS = 150_000;

/** Nothing of a visit is shown longer than this after its end, whatever is touched. */
export const END_MS = 10 * 60_000;

/** @typedef {'closed'|'day_over'|'free'|'expected'|'briefing'|'own'|'asked'|'gathering'|'ready'|'with'|'beside'|'outcome'|'survey'|'cleaning'} Phase */
/** @typedef {{doc: string, required: boolean, when?: string, mark: string}} Paper */
/** @typedef {{step: string, who: string, mean_s: number}} Step */
/** What the person did here, and how long ago things happened.
 * @typedef {{confirmed?: boolean, over?: boolean, surveying?: boolean, silentMs?: number, endedMs?: number, untouchedMs?: number}} Here */

/** The phase of a seat. Who confirmed their number need not wait for the officer to
 * begin with the briefing.
 * @param {any} view @param {Here} here @returns {Phase} */
export function phaseOf(view, here) {
  const step = stepNow(view.claim)?.step;
  switch (view.state) {
    case 'expected':
      return here.confirmed && step === 'briefing' ? 'briefing' : 'expected';
    case 'preparing':
      return step === 'briefing' ? 'briefing' : step === 'survey' && view.survey?.due && !view.survey.answered ? 'asked' : 'own';
    case 'with_officer':
      return 'with';
    case 'cleaning':
      return endOf(view, here);
    case 'free':
      return view.day_done ? 'day_over' : 'free';
    default:
      return view.state;
  }
}

/** What stands while a seat is cleaned: the outcome of who just left, the questions they
 * answer, or nothing of them.
 * @param {any} view @param {Here} here @returns {Phase} */
function endOf(view, {over = false, surveying = false, silentMs = 0, endedMs = 0, untouchedMs = Infinity}) {
  if (over || view.done.length === 0 || silentMs >= KEEP_OUTCOME_MS || endedMs >= END_MS) return 'cleaning';
  if (Math.min(endedMs, untouchedMs) >= SHOW_OUTCOME_MS) return 'cleaning';
  return surveying && view.survey?.due ? 'survey' : 'outcome';
}

/** With one button a long press is either this or the call for help: help has to wait, but
 * not for long. */
export const ONE_BUTTON_MISTAKE_S = 10;

/** Whether the screen offers to take "this is my number" back.
 * @param {any} view @param {number} now branch time in seconds @param {boolean} oneButton */
export function mayBeWrong(view, now, oneButton) {
  const until = view.mistake_until ?? 0;
  return until > 0 && now < until && !(oneButton && now >= view.since + ONE_BUTTON_MISTAKE_S);
}

/** Whose the seat is, or was until it is cleaned; 0 for nobody.
 * @param {any} view @returns {number} */
export function whose(view) {
  return view.visit ?? view.survey?.visit ?? 0;
}

/** The step that a claim is at, null when all are done or there is no claim.
 * @param {any} claim @returns {Step|null} */
export function stepNow(claim) {
  return claim?.steps?.[claim.step] ?? null;
}

/** The way of a claim for the bar of steps.
 * @param {any} claim @returns {{step: string, who: string, at: 'done'|'now'|'later'}[]} */
export function way(claim) {
  return (claim?.steps ?? []).map((/** @type {Step} */ one, /** @type {number} */ i) => ({
    step: one.step, who: one.who, at: i < claim.step ? 'done' : i === claim.step ? 'now' : 'later',
  }));
}

/** Which of a visit's several claims is worked on, from 1; null for a visit with one.
 * @param {any} view @returns {{n: number, of: number}|null} */
export function claimNo(view) {
  const all = view.claims ?? [];
  const n = all.findIndex((/** @type {any} */ one) => one.id === view.claim?.id) + 1;
  return all.length > 1 && n > 0 ? {n, of: all.length} : null;
}

/** Papers that are needed and not yet found. One needed only in some cases does not
 * count, because the screen cannot know the case.
 * @param {{id: number, papers?: Paper[]}|null|undefined} claim @param {(claim: number, paper: Paper) => boolean} has */
export function openPapers(claim, has) {
  return (claim?.papers ?? []).filter((paper) => paper.required && !paper.when && claim && !has(claim.id, paper)).length;
}

/** Tells whether a paper is said to be missing: one needed only in some cases is not,
 * below a heading that says that all required ones are found.
 * @param {Paper} paper */
export function lacking(paper) {
  return paper.mark === 'missing' && paper.required && !paper.when;
}

/** The seat that a screen shows: where it was paired for, whatever its address says,
 * because a screen that a manager moves keeps its bookmark. Who looks in from elsewhere
 * names a seat in the address.
 * @param {{room?: number, seat?: number}|null|undefined} device @param {URLSearchParams} asked
 * @returns {{room: number, seat: number}|null} */
export function placeOf(device, asked) {
  if (device?.room && device.seat) return {room: device.room, seat: device.seat};
  const room = Number(asked.get('room'));
  const seat = Number(asked.get('seat'));
  return room > 0 && seat > 0 ? {room, seat} : null;
}
