// @ts-check
// The names of acts that can be taken back, by the codes of the rules.

import {label, t} from '../lib/catalogue.js';

/** Acts that this page did not do itself, or did before it was loaded again. */
const DEEDS = /** @type {Record<string, () => string>} */ ({
  'group.called': () => label('visit', 'called'),
  'visit.seated': () => t('officer.present'),
  'visit.unseated': () => t('officer.unseat'),
  'visit.recalled': () => t('officer.recall'),
  'officer.took': () => t('officer.take'),
  'officer.moved': () => t('officer.did.presence'),
  'step.done': () => t('officer.did.step_or_outcome'),
  'paper.marked': () => t('officer.checklist'),
  'claim.added': () => t('officer.add_claim'),
  'claim.changed': () => t('officer.transfer'),
});

/** What an act was, by the kind of its record. @param {string} kind */
export function deed(kind) {
  return (DEEDS[kind] ?? (() => t('officer.did.other')))();
}
