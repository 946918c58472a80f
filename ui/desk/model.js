// @ts-check
// The front desk's work as data: what a number is given for, which list a visit belongs
// to, and what may be done with it there.

/** The reasons of each programme, most frequent first; a test compares them with the
 * rules. */
export const REASONS = /** @type {Record<string, string[]>} */ ({
  JHT: ['jht_resign', 'jht_phk', 'jht_pkwt', 'jht_age56', 'jht_10', 'jht_30', 'jht_bpu', 'jht_pkb', 'jht_death', 'jht_disability', 'jht_leave_id', 'jht_pmi'],
  JKK: ['jkk_report', 'jkk_recovered'],
  JKM: ['jkm_death'],
  JP: ['jp_age', 'jp_disability', 'jp_spouse', 'jp_child'],
  JKP: ['jkp_layoff'],
});

export const PROGRAMMES = Object.keys(REASONS);
export const CHANNELS = ['walk_in', 'online', 'collective'];
export const PRIORITIES = ['none', 'elderly', 'pregnant', 'disabled', 'with_baby', 'ill'];
export const PAPERS = ['ready', 'unchecked', 'incomplete'];
export const ID_TYPES = ['nik', 'passport', 'permit'];

/** The rules' largest party of one visit. */
export const PERSONS_MAX = 12;

const NIK_DIGITS = 16;

/** @typedef {{channel: string, persons: number, priority: string, accessible: boolean, papers: string,
 *   claims: {programme: string, reason: string, person: number}[], named: boolean,
 *   person: {id_type: string, id_number: string, name: string, phone: string}}} Form */

/** The form as most people need it: one person, walked in, one claim.
 * @returns {Form} */
export function blank() {
  return {
    channel: 'walk_in', persons: 1, priority: 'none', accessible: false, papers: 'unchecked',
    claims: [{programme: 'JHT', reason: '', person: 0}], named: false,
    person: {id_type: 'nik', id_number: '', name: '', phone: ''},
  };
}

/** Tells whether a number is shown with the code of its page: where visitors reach one,
 * and no printer here puts it on paper.
 * @param {{kind?: string, public?: boolean}|null} printer @param {string|undefined} link */
export function showsCode(printer, link) {
  return Boolean(printer?.public && link && printer.kind !== 'escpos');
}

/** The form after a number was given: the next person most likely comes the same way.
 * Their papers nobody has seen, and complete ones would ask for a reason first.
 * @param {Form} form @returns {Form} */
export function next(form) {
  return {...blank(), channel: form.channel === 'collective' ? 'collective' : 'walk_in'};
}

/** The form with another number of persons; claims of persons who are gone go to the
 * first.
 * @param {Form} form @param {number} persons @returns {Form} */
export function withPersons(form, persons) {
  const n = Math.max(1, Math.min(PERSONS_MAX, persons));
  return {...form, persons: n, claims: form.claims.map((claim) => (claim.person < n ? claim : {...claim, person: 0}))};
}

/** @param {Form} form @param {number} index @param {any} change @returns {Form} */
export function withClaim(form, index, change) {
  const claims = form.claims.map((claim, i) => {
    if (i !== index) return claim;
    const changed = {...claim, ...change};
    return REASONS[changed.programme].includes(changed.reason) ? changed : {...changed, reason: ''};
  });
  return {...form, claims};
}

/** The body that gives a number; what is left at its default is left out.
 * @param {Form} form */
export function bodyOf(form) {
  const body = /** @type {any} */ ({
    channel: form.channel, persons: form.persons, priority: form.priority, accessible: form.accessible, papers: form.papers,
    claims: form.claims.map(({programme, reason, person}) => ({programme, person, ...(reason ? {reason} : {})})),
  });
  if (form.named) {
    const {id_type, id_number, name, phone} = form.person;
    body.person = {id_type, id_number: id_number.replace(/[\s.-]/g, ''), name: name.trim(), ...(phone.trim() ? {phone: phone.trim()} : {})};
  }
  return body;
}

/** The form with one more claim: of a programme that this person has none of yet, and
 * that is claimed at a branch at all.
 * @param {Form} form @param {string[]} [elsewhere] @returns {Form} */
export function withAnother(form, elsewhere = []) {
  const programme = PROGRAMMES.find((code) => !elsewhere.includes(code) && !form.claims.some((one) => one.programme === code && one.person === 0)) ?? PROGRAMMES[0];
  return {...form, claims: [...form.claims, {programme, reason: '', person: 0}]};
}

/** Whether a claim stands there twice for one person; a company's list has many alike.
 * @param {Form} form */
function twice({channel, claims}) {
  const keys = claims.map(({programme, reason, person}) => `${programme} ${reason} ${person}`);
  return channel !== 'collective' && new Set(keys).size < keys.length;
}

/** What is missing before the form can be sent: a code, null when nothing is. The vault
 * checks the rest.
 * @param {Form} form @param {string[]} [elsewhere] programmes that no branch takes claims of
 * @returns {'nik'|'number'|'name'|'person'|'twice'|'reason'|'elsewhere'|null} */
export function missing(form, elsewhere = []) {
  if (form.claims.some((claim) => elsewhere.includes(claim.programme))) return 'elsewhere';
  if (form.named) {
    const number = form.person.id_number.replace(/[\s.-]/g, '');
    if (form.person.id_type === 'nik' && !new RegExp(`^\\d{${NIK_DIGITS}}$`).test(number)) return 'nik';
    if (number === '') return 'number';
    if (form.person.name.trim() === '') return 'name';
  }
  if (form.claims.some((claim) => claim.person >= form.persons)) return 'person';
  if (twice(form)) return 'twice';
  // Who says that the papers are complete has seen for what: the officer's list is by the reason.
  return form.papers === 'ready' && form.claims.some((claim) => claim.reason === '') ? 'reason' : null;
}

/** How whoever takes this number is called, where it is not from the line: only a side
 * desk works what the number is called for, or nobody yet. Null: a room calls it.
 * @param {Form} form @param {{programme: string, desk: boolean}[]} unserved @returns {'desk'|'none'|null} */
export function calledBy({claims}, unserved) {
  const one = unserved.find(({programme}) => programme === claims[0].programme);
  return one ? (one.desk ? 'desk' : 'none') : null;
}

/** The next of a list, round and round: for keys that step through choices.
 * @param {string[]} list @param {string} now */
export function after(list, now) {
  return list[(list.indexOf(now) + 1) % list.length];
}

/** The lists of the desk and the states that are in each. Waiting numbers and those of
 * visits that are over are not in the desk's view; they are asked for when somebody
 * looks. */
export const TABS = [
  {code: 'papers', states: ['arrived', 'incomplete']},
  {code: 'booked', states: ['booked']},
  {code: 'missed', states: ['no_show']},
  {code: 'aside', states: ['at_desk', 'parked', 'stepped_out']},
  {code: 'waiting', states: ['waiting']},
  {code: 'done', states: ['settled']},
];

/** From when a visit's time counts: of one in a line from when its wait began, as on the
 * manager's screen, of another from when it became what it is. @param {any} v @returns {number} */
export function beganAt(v) {
  return (['waiting', 'at_desk'].includes(v.state) && v.waits_since) || v.since || v.arrived;
}

/** The visits of a list, those who came first on top, and of those that are over the
 * latest: who asks for a receipt again has just left. A search goes over numbers.
 * @param {any[]} visits @param {string} code @param {string} search */
export function listOf(visits, code, search) {
  const tab = TABS.find((one) => one.code === code) ?? TABS[0];
  const wanted = search.trim().toUpperCase();
  const key = (/** @type {any} */ v) => (code === 'done' ? -v.since : v.state === 'booked' ? v.due || v.arrived : beganAt(v));
  return visits
    .filter((v) => tab.states.includes(v.state) && (wanted === '' || String(v.number || '').includes(wanted)))
    .sort((a, b) => key(a) - key(b) || a.id - b.id);
}

/** What may be done with a visit in a state, most likely first.
 * @param {string} state @returns {string[]} */
export function actsOf(state) {
  return /** @type {Record<string, string[]>} */ ({
    booked: ['arrive', 'cancel'], arrived: ['cancel'], incomplete: ['cancel'], no_show: ['resume'],
    at_desk: ['resume', 'leave', 'cancel'], parked: ['resume', 'cancel'], stepped_out: ['resume', 'cancel'],
    waiting: ['step-out', 'park', 'side-desk', 'cancel'],
  })[state] ?? [];
}

/** The marks of every paper of a visit with those changed at the desk; key is claim and
 * document.
 * @param {any} visit @param {Record<string, string>} changed */
export function marksOf(visit, changed) {
  return visit.claims.flatMap((/** @type {any} */ claim) => (claim.papers ?? []).map((/** @type {any} */ paper) => ({
    claim: claim.id, doc: paper.doc, required: paper.required, when: paper.when ?? '',
    mark: changed[`${claim.id}.${paper.doc}`] ?? paper.mark, changed: changed[`${claim.id}.${paper.doc}`] !== undefined,
  })));
}

/** What "all here" marks: each paper that was missing, and each not looked at that is
 * not for some cases only, because those are a judgement.
 * @template {{when: string, mark: string}} M
 * @param {M[]} marks @returns {M[]} */
export function allHere(marks) {
  return marks.filter((paper) => paper.mark === 'missing' || (paper.mark === 'not_seen' && paper.when === ''));
}

/** Tells whether a visit may wait: no required paper is missing.
 * @param {{required: boolean, when: string, mark: string}[]} marks */
export function complete(marks) {
  return !marks.some((paper) => paper.mark === 'missing' && paper.required && paper.when === '');
}

/** Everybody who waits, whom no room calls too: the desk's list of them has them all.
 * @param {any} view @returns {number} */
export function inLine({waiting, unserved}) {
  return (unserved ?? []).reduce((/** @type {number} */ n, /** @type {any} */ one) => n + one.waiting, waiting);
}

/** Whether today was closed: it cannot be opened again. @param {any} view */
export function doneToday({at, offset_s, zone_s, day}) {
  return !day.open && new Date((at + offset_s + zone_s) * 1000).toISOString().startsWith(day.date || '-');
}
