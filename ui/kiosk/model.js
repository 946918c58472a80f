// @ts-check
// One person's way through the kiosk as data: the steps, what was chosen, whether a number
// may be given at all, and what is sent for it.

/** What people say of themselves; confirmed by eye at the front desk, never on paper. */
export const PRIORITIES = ['none', 'elderly', 'pregnant', 'disabled', 'with_baby', 'ill'];

/** The rules' largest party of one visit. */
export const PERSONS_MAX = 12;

/** More claims than this are sorted out at the front desk, with somebody to talk to. */
export const CLAIMS_MAX = 5;

/** Nobody has touched the screen for so long: it asks whether somebody is there. */
export const IDLE_S = 45;

/** And gives them so long to answer before it forgets what they chose. */
export const ASK_S = 15;

/** A number stays on the screen so long: enough to photograph it, or to write it down. */
export const TICKET_S = 30;

/** When there is no paper, people need the time to write. */
export const UNPRINTED_S = 90;

/** The steps that the bar on top names; the others belong to one of them. */
export const BAR = ['claim', 'reason', 'papers', 'people', 'ticket'];

/** Most people come for these; the others follow in the order of the rules. */
const OFTEN = ['jht_resign', 'jht_phk', 'jht_pkwt', 'jht_age56', 'jht_10', 'jht_30'];

/** A programme's reasons, the frequent ones first.
 * @template {{reason: string}} R @param {R[]} reasons @returns {R[]} */
export function frequent(reasons) {
  const at = (/** @type {R} */ r) => (OFTEN.includes(r.reason) ? OFTEN.indexOf(r.reason) : OFTEN.length);
  return [...reasons].sort((a, b) => at(a) - at(b));
}

/** @typedef {'claim'|'booking'|'elsewhere'|'reason'|'papers'|'missing'|'people'|'ticket'} Step */
/** @typedef {{programme: string, reason: string}} Claim */
/** @typedef {{step: Step, programme: string, claims: Claim[], missing: string[], persons: number, priority: string,
 *   accessible: boolean, code: string}} Flow */

/** Before anybody has touched anything.
 * @returns {Flow} */
export function fresh() {
  return {step: 'claim', programme: '', claims: [], missing: [], persons: 1, priority: 'none', accessible: false, code: ''};
}

/** Whether anything was chosen, so that leaving loses something.
 * @param {Flow} flow */
export function begun(flow) {
  return flow.step !== 'claim' || flow.claims.length > 0;
}

/** Whether the screen is another than the next person should find: something was chosen,
 * or somebody set its language, its letters or its voice and went away.
 * @param {Flow} flow @param {string} lang @param {Record<string, boolean>} eyes */
export function used(flow, lang, eyes) {
  return begun(flow) || lang !== 'id' || Object.values(eyes).some(Boolean);
}

/** The programme was chosen: its reason is next, unless it is claimed elsewhere.
 * @param {Flow} flow @param {any} programme as the checklists have it @returns {Flow} */
export function chooseProgramme(flow, programme) {
  if (programme.inform_only) return {...flow, step: 'elsewhere', programme: programme.programme};
  if (programme.reasons.length === 1) return chooseReason({...flow, programme: programme.programme}, programme.reasons[0].reason);
  return {...flow, step: 'reason', programme: programme.programme};
}

/** @param {Flow} flow @param {string} reason @returns {Flow} */
export function chooseReason(flow, reason) {
  return {...flow, step: 'papers', claims: [...flow.claims, {programme: flow.programme, reason}], missing: []};
}

/** The way back, one step; what was chosen there is taken back with it.
 * @param {Flow} flow @param {any[]} [programmes] @returns {Flow} */
export function back(flow, programmes = []) {
  const one = programmes.find((p) => p.programme === flow.programme)?.reasons.length === 1;
  const first = flow.claims.length > 0 && flow.step === 'claim';
  switch (flow.step) {
    case 'papers': return {...flow, claims: flow.claims.slice(0, -1), missing: [], step: one ? 'claim' : 'reason'};
    case 'missing': return {...flow, step: 'papers'};
    case 'people': return {...flow, step: flow.missing.length > 0 ? 'missing' : 'papers'};
    case 'reason': case 'elsewhere': return {...flow, step: 'claim', programme: ''};
    // Another claim was begun and is not wanted after all.
    case 'claim': return first ? {...flow, step: 'people'} : flow;
    default: return fresh();
  }
}

/** Another claim of the same people: the same way again.
 * @param {Flow} flow @returns {Flow} */
export function another(flow) {
  return flow.claims.length >= CLAIMS_MAX ? flow : {...flow, step: 'claim', programme: '', missing: []};
}

/** @param {Flow} flow @param {number} index @returns {Flow} */
export function without(flow, index) {
  return flow.claims.length < 2 ? flow : {...flow, claims: flow.claims.filter((_, i) => i !== index)};
}

/** @param {Flow} flow @param {string} doc @returns {Flow} */
export function toggle(flow, doc) {
  const {missing} = flow;
  return {...flow, missing: missing.includes(doc) ? missing.filter((d) => d !== doc) : [...missing, doc]};
}

/** @param {Flow} flow @param {number} persons @returns {Flow} */
export function withPersons(flow, persons) {
  return {...flow, persons: Math.max(1, Math.min(PERSONS_MAX, persons))};
}

/** The papers of the claim that is being entered.
 * @param {Flow} flow @param {any} lists the checklists in force
 * @returns {{doc: string, required: boolean, when: string}[]} */
export function docsOf(flow, lists) {
  const claim = flow.claims[flow.claims.length - 1];
  const programme = lists?.programmes.find((/** @type {any} */ p) => p.programme === claim?.programme);
  return programme?.reasons.find((/** @type {any} */ r) => r.reason === claim?.reason)?.docs ?? [];
}

/** What is sent for a number. A kiosk says nothing of the papers: the desk looks at them.
 * @param {Flow} flow */
export function bodyOf(flow) {
  if (flow.step === 'booking') return {link: flow.code.trim(), papers: 'unchecked'};
  return {
    persons: flow.persons, priority: flow.priority, accessible: flow.accessible, papers: 'unchecked',
    claims: flow.claims.map(({programme, reason}) => ({programme, reason})),
  };
}

/** @typedef {{code: 'holiday'|'before'|'not_open'|'after_last'|'after_calls'|'closed'|'quota'|'full', day: any, next: any}} Shut */

/** Why no number is given now and when the next chance is; null when one is given. The
 * clock counts, not only the view: nothing is written when the last ticket's time passes.
 * @param {any} view @param {number} second of the branch's day @returns {Shut|null} */
export function shut(view, second) {
  const today = view.days.find((/** @type {any} */ d) => d.today) ?? null;
  const later = view.days.find((/** @type {any} */ d) => !d.today) ?? null;
  const say = (/** @type {Shut['code']} */ code, /** @type {any} */ next) => ({code, day: today, next});
  const {day} = view;
  if (!day.open) {
    if (!today) return say('holiday', later);
    if (second < today.gate_s) return say('before', today);
    const over = day.number > 0 && day.date === today.date;
    return over || second >= today.last_ticket_s ? say(over ? 'closed' : 'after_last', later) : say('not_open', today);
  }
  if (!day.extended && second >= day.last_ticket_s) return say(day.over && view.waiting > 0 ? 'after_calls' : 'after_last', later);
  if (view.full) return say('full', later);
  if (view.quota > 0 && view.given >= view.quota) return say('quota', later);
  return null;
}

/** What is on the bar: which step is done, which is now.
 * @param {Step} step @returns {number} */
export function place(step) {
  const bar = /** @type {Record<string, string>} */ ({missing: 'papers', elsewhere: 'claim', booking: 'claim'});
  return BAR.indexOf(bar[step] ?? step);
}

/** Seconds of the local day.
 * @param {number} now unix seconds of branch time @param {number} offsetS @param {number} zoneS */
export function secondOfDay(now, offsetS, zoneS) {
  return (((now + offsetS + zoneS) % 86_400) + 86_400) % 86_400;
}

/** "07.30" or "07:30" of a second of the day.
 * @param {number} second @param {string} lang */
export function timeOfDay(second, lang) {
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${two(Math.floor(second / 3600))}${lang === 'en' ? ':' : '.'}${two(Math.floor(second / 60) % 60)}`;
}
