// @ts-check
// What the screen at a seat shows, from the seat's view and what the person did here.
// Pure: times come in.

/** After this silence the outcome of somebody who left is no longer shown: nobody can
 * tell any more whether the next person sits here already. */
export const KEEP_OUTCOME_MS = 60_000;

/** @typedef {'closed'|'free'|'expected'|'briefing'|'own'|'gathering'|'ready'|'with'|'beside'|'cleaning'} Phase */
/** @typedef {{doc: string, required: boolean, when?: string, mark: string}} Paper */
/** @typedef {{step: string, who: string, mean_s: number}} Step */

/** The phase of a seat. confirmed is the visit whose person said "this is me": they need
 * not wait for the officer to begin with the briefing.
 * @param {any} view @param {number} confirmed @returns {Phase} */
export function phaseOf(view, confirmed) {
  const step = stepNow(view.claim)?.step;
  switch (view.state) {
    case 'expected':
      return confirmed === view.visit && step === 'briefing' ? 'briefing' : 'expected';
    case 'preparing':
      return step === 'briefing' ? 'briefing' : 'own';
    case 'with_officer':
      return 'with';
    default:
      return view.state;
  }
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

/** Whether the outcomes of the seat's last visit may be shown.
 * @param {any} view @param {number} silentMs since the server was heard */
export function mayShowOutcome(view, silentMs) {
  return view.state !== 'cleaning' || silentMs < KEEP_OUTCOME_MS;
}

/** The papers a person ticked for themselves. They are kept on this screen only, and
 * forgotten with the visit. */
export class Ticks {
  constructor() {
    this.visit = 0;
    /** @type {Set<string>} */
    this.docs = new Set();
  }

  /** To be told of every view: another visit begins with an empty list.
   * @param {number|undefined} visit */
  follow(visit) {
    if ((visit ?? 0) === this.visit) return;
    this.visit = visit ?? 0;
    this.docs.clear();
  }

  /** @param {number} claim @param {string} doc */
  toggle(claim, doc) {
    const key = `${claim} ${doc}`;
    if (!this.docs.delete(key)) this.docs.add(key);
  }

  /** @param {number} claim @param {Paper} paper */
  has(claim, paper) {
    return paper.mark === 'present' || this.docs.has(`${claim} ${paper.doc}`);
  }

  /** Papers that are needed and not yet found. One needed only in some cases does not
   * count, because the screen cannot know the case.
   * @param {{id: number, papers: Paper[]}|undefined} claim */
  open(claim) {
    return (claim?.papers ?? []).filter((paper) => paper.required && !paper.when && claim && !this.has(claim.id, paper)).length;
  }
}
