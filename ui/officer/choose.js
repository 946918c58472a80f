// @ts-check
// Another group than the proposed one: who is in it and why, who else waits, and what the
// branch would make of the choice. It is asked before anything is called.

import {html, nothing} from '../vendor/lit-html/lit-html.js';
import {label, t} from '../lib/catalogue.js';
import {sentence} from '../lib/commands.js';
import {duration} from '../lib/times.js';
import {finder} from './find.js';
import {REASONS} from './reasons.js';
import {perform, reasons} from './draw.js';
import {candidates, found, sameVisits} from './candidates.js';

/** @typedef {import('./draw.js').Desk} Desk */

/** A pause before the branch is asked, so that three quick keys are one question. */
const PAUSE_MS = 200;

/** @param {import('./sheets.js').Sheet} sheet @param {() => Desk} now
 * @param {(path: string) => Promise<import('../lib/commands.js').Answer>} get */
export function chooseOthers(sheet, now, get) {
  const desk = now();
  const list = candidates(desk.view);
  const find = finder(sheet, get, desk.view.room.desk ? 'at_desk' : 'waiting', (visits) => {
    for (const visit of visits) if (!list.some((one) => one.visit === visit.id)) list.push(found(visit));
  });
  const proposed = desk.view.proposal.picks.map((/** @type {any} */ p) => p.visit);
  const chosen = new Set(proposed);
  /** @type {import('../lib/commands.js').Answer|null} */
  let told = null;
  let timer = 0;

  const check = () => {
    told = null;
    clearTimeout(timer);
    if (chosen.size === 0 || sameVisits([...chosen], proposed)) return;
    timer = setTimeout(async () => {
      const asked = [...chosen];
      const answer = await get(`/rooms/${desk.room}/choice?visits=${asked}`);
      if (!sameVisits(asked, [...chosen])) return;
      told = answer;
      if (sheet.open) sheet.draw();
    }, PAUSE_MS);
  };
  const turn = (/** @type {number} */ visit) => {
    if (!chosen.delete(visit)) chosen.add(visit);
    check();
  };
  const why = () => {
    if (chosen.size === 0) return t('officer.pick_first');
    if (sameVisits([...chosen], proposed)) return t('officer.same_as_proposed');
    return told === null ? t('officer.checking') : told.ok ? null : sentence(/** @type {any} */ (told.problem));
  };
  const call = (/** @type {string} */ code) => perform(now(), {id: 'others', slot: 'others', keys: [], text: t('officer.others'),
    request: {path: `/api/v1/rooms/${desk.room}/call`, body: {visits: [...chosen], reason: code}},
    of: list.filter((one) => chosen.has(one.visit)).map((one) => one.number).join(' ')});

  // Who is chosen stays in sight, whatever is looked for.
  const meant = () => list.filter((one) => find.shows(one.number));
  sheet.ask(() => ({
    title: t('officer.others'), note: html`${t('officer.others_why')} ${find.field(meant().length, desk.view.waiting)}`, wide: true,
    options: [
      ...[...meant(), ...list.filter((one) => !find.shows(one.number) && chosen.has(one.visit))].map((one) => ({
        key: '', on: chosen.has(one.visit), stay: true, kind: 'entry', run: () => turn(one.visit),
        text: html`<span class="number">${one.number}</span> ${one.persons > 1 ? html`<span class="tag">${t('words.persons', {n: one.persons})}</span> ` : nothing}<span class="small">${[one.programmes.join(', '), one.since ? duration(Math.max(0, now().sight.now - one.since)) : ''].filter(Boolean).join(' · ')}</span>`,
        sub: one.why.length > 0 ? reasons(one.why, desk.view.proposal.holding) : '',
      })),
      // Why they wait stands once, below them.
      ...REASONS.others.map((code, i) => ({key: String(i + 1), text: label('because', code), why: why() === null ? null : ' ', group: i === 0 ? t('officer.why_others') : '', run: () => call(code)})),
    ],
    end: html`<p class=${`verdict ${told?.ok ? 'good' : told ? 'refused' : ''}`} role="status">${why() ?? t('officer.fits', {seats: told?.body.picks.map((/** @type {any} */ p) => `${p.number} → ${p.seats.join(', ')}`).join(' · ')})}</p>`,
  }));
}
