// @ts-check
// What was entered about a visit, put right: another programme or reason, one more claim,
// the persons, the priority, or the end of the visit. Each change asks why.

import {html} from '../vendor/lit-html/lit-html.js';
import {label, t} from '../lib/catalogue.js';
import {words as claimWords} from '../lib/words-claims.js';
import {focusSeat} from './acts.js';
import {finder} from './find.js';
import {PRIORITIES, REASONS} from './reasons.js';
import {perform} from './draw.js';
import {topKey} from './model.js';

/** @typedef {import('./draw.js').Desk} Desk */
/** @typedef {import('./sheets.js').Sheet} Sheet */

/** The programmes that are claimed at a branch; a guarantee of another is asked for on
 * the national portal. */
const PROGRAMMES = ['JHT', 'JKK', 'JKM', 'JP'];

/** A visit has at most so many persons. */
const PERSONS = 12;

/** The states of a visit that has no seat, in which its persons can still change. */
const IN_LINE = ['arrived', 'incomplete', 'waiting', 'parked', 'stepped_out', 'at_desk'];

/** The visit that the screen speaks about, else one of the line that is chosen first.
 * @param {Sheet} sheet @param {() => Desk} now
 * @param {(path: string) => Promise<import('../lib/commands.js').Answer>} get */
export function correct(sheet, now, get) {
  const desk = now();
  const visit = desk.view.visits[String(focusSeat(desk)?.visit)];
  if (visit) return changes(sheet, now, visit);
  const open = async (/** @type {number} */ id) => {
    const answer = await get(`/visits/${id}`);
    if (answer.ok) changes(sheet, now, answer.body);
  };
  /** @type {{visit: number, number: string, sub: string}[]} */
  const list = [...desk.sight.coming.map((one) => ({...one, sub: t('visit.called')})),
    ...desk.view.line.map((/** @type {any} */ one) => ({...one, sub: one.programmes.join(', ')}))];
  const find = finder(sheet, get, '', (visits) => {
    for (const one of visits) if (!list.some(({visit}) => visit === one.id)) list.push({visit: one.id, number: one.number, sub: label('visit', one.state)});
  });
  sheet.ask(() => {
    const shown = list.filter((one) => find.shows(one.number));
    return {title: t('officer.correct'), note: html`${t('officer.correct_whom')} ${find.field(shown.length, desk.view.waiting + desk.sight.coming.length)}`, wide: true,
      options: shown.map((one) => ({key: '', kind: 'entry', text: one.number, sub: one.sub, run: () => open(one.visit)}))};
  });
}

/** @param {Sheet} sheet @param {() => Desk} now @param {any} visit */
function changes(sheet, now, visit) {
  const claims = visit.claims.filter((/** @type {any} */ claim) => claim.outcome === 'none');
  const lined = IN_LINE.includes(visit.state);
  const send = (/** @type {string} */ path, /** @type {object} */ body, text = t('officer.correct')) =>
    perform(now(), {id: 'correct', slot: 'correct', keys: [], text, of: visit.number, request: {path: `/api/v1/${path}`, body}});
  const mend = (/** @type {object} */ change) => because(sheet, REASONS.correct, (reason) =>
    send(`visits/${visit.id}/correct`, {persons: visit.persons, priority: visit.priority, accessible: visit.accessible, ...change, reason}));
  const options = claims.slice(0, 5).map((/** @type {any} */ claim) => ({
    text: html`${t('officer.transfer')}: <strong>${claim.programme}</strong> ${claim.reason ? label('reason', claim.reason) : t('officer.reason_unknown')}`, sub: claim.reason ? t('officer.transfer_why') : t('officer.transfer_told'),
    run: () => programme(sheet, t('officer.transfer'), (to) => because(sheet, REASONS.correct, (code) => send(`claims/${claim.id}/transfer`, {...to, because: code}, t('officer.transfer')))),
  }));
  options.push({text: t('officer.add_claim'), run: () => programme(sheet, t('officer.add_claim'), (claim) => send(`visits/${visit.id}/claims`, {...claim, because: 'visitor_says_otherwise'}, t('officer.add_claim')))});
  options.push({text: t('officer.persons_of', {n: visit.persons}), why: lined ? null : t('officer.persons_fixed'), run: () => sheet.ask({title: t('officer.persons'), wide: true,
    options: Array.from({length: PERSONS}, (_, i) => ({key: topKey(i, false) ?? '', text: t('words.persons', {n: i + 1}), run: () => mend({persons: i + 1})}))})});
  options.push({text: t('officer.priority_of', {priority: label('priority', visit.priority)}), run: () => sheet.ask({title: t('officer.priority'),
    options: PRIORITIES.map((code, i) => ({key: String(i + 1), text: label('priority', code), run: () => mend({priority: code})}))})});
  options.push({text: visit.accessible ? t('officer.accessible_off') : t('officer.accessible_on'), why: lined ? null : t('officer.persons_fixed'), run: () => mend({accessible: !visit.accessible})});
  options.push({text: t('officer.cancel'), kind: 'danger', run: () => because(sheet, REASONS.cancel, (reason) => send(`visits/${visit.id}/cancel`, {reason}, t('officer.cancel')))});
  sheet.ask({title: `${t('officer.correct')} · ${visit.number}`, options: options.map((/** @type {any} */ option, /** @type {number} */ i) => ({...option, key: String(i + 1)}))});
}

/** What somebody claims for, when nobody wrote it down before: the papers follow from it.
 * @param {Sheet} sheet @param {() => Desk} now @param {string} [note] */
export function tellReason(sheet, now, note = t('officer.tell_reason_why')) {
  const {claim, visit} = now().sight.with ?? {};
  if (!claim) return;
  sheet.ask({title: `${label('programme', claim.programme)} · ${visit.number}`, note, wide: true, options: reasonsOf(claim.programme).map((reason, i) => ({
    key: topKey(i, false) ?? '', text: label('reason', reason), run: () => perform(now(), {id: 'reason', slot: 'reason', keys: [], text: t('officer.tell_reason'), of: visit.number,
      request: {path: `/api/v1/claims/${claim.id}/transfer`, body: {programme: claim.programme, reason, because: 'visitor_says_otherwise'}}}),
  }))});
}

/** @param {string} programme its code @returns {string[]} */
function reasonsOf(programme) {
  return Object.keys(claimWords).filter((key) => key.startsWith(`reason.${programme.toLowerCase()}_`)).map((key) => key.slice('reason.'.length));
}

/** Asks for a programme and then for a reason of it.
 * @param {Sheet} sheet @param {string} title @param {(claim: {programme: string, reason?: string}) => void} then */
function programme(sheet, title, then) {
  sheet.ask({title, options: PROGRAMMES.map((code, i) => ({key: String(i + 1), text: label('programme', code), run: () => {
    sheet.ask({title: `${title} · ${code}`, wide: true, options: [...reasonsOf(code).map((reason, k) => ({key: topKey(k, false) ?? '', text: label('reason', reason), run: () => then({programme: code, reason})})),
      {key: 'x', text: t('officer.reason_unknown'), run: () => then({programme: code})}]});
  }}))});
}

/** @param {Sheet} sheet @param {string[]} codes @param {(code: string) => void} then */
function because(sheet, codes, then) {
  sheet.ask({title: t('officer.because'), options: codes.map((code, i) => ({key: String(i + 1), text: label('because', code), run: () => then(code)}))});
}
