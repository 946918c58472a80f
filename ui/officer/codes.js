// @ts-check
// The reasons that an officer chooses from, and the names of acts that can be taken
// back, by the codes of the rules.

import {t} from '../lib/catalogue.js';

/** Reasons by what they are given for; their words are of the family "because". */
export const REASONS = {
  returned: ['papers_missing', 'copy_unreadable', 'name_differs'],
  escalated: ['needs_head_office', 'data_mismatch', 'legal_question'],
  refused: ['not_eligible', 'identity_doubt', 'duplicate', 'withdrawn'],
  aside: ['papers', 'complaint', 'help_needed', 'health'],
  abort: ['officer_ill', 'link_down', 'alarm', 'room_problem', 'mistake'],
  others: ['fits_better', 'urgent_need', 'returns_from_desk'],
  closed: ['device_broken', 'cleaning', 'reserved'],
  correct: ['entered_wrongly', 'visitor_says_otherwise', 'wrong_programme'],
  cancel: ['own_request', 'entered_twice', 'withdrawn', 'entered_wrongly'],
};

/** The classes that a person can be given; a guarantee comes from the rules alone. */
export const PRIORITIES = ['none', 'elderly', 'pregnant', 'disabled', 'with_baby', 'ill'];

/** Lengths of a break, in seconds; 0 has no end. */
export const BREAKS = [900, 1800, 3600, 0];

/** Acts that this page did not do itself, or did before it was loaded again. */
const DEEDS = /** @type {Record<string, (number: string) => string>} */ ({
  'group.called': (number) => t('officer.did.called', {number}),
  'visit.seated': (number) => t('officer.did.present', {number}),
  'visit.moved': (number) => t('officer.did.moved', {number}),
  'visit.recalled': (number) => t('officer.did.recalled', {number}),
  'officer.took': (number) => t('officer.did.took', {number}),
  'officer.moved': () => t('officer.did.presence'),
  'step.done': (number) => t('officer.did.step_or_outcome', {number}),
  'paper.marked': (number) => t('officer.did.paper', {number}),
  'session.opened': () => t('officer.did.session'),
  'session.moved': () => t('officer.did.session'),
});

/** What an act was, by the kind of its record. @param {string} kind @param {string} number */
export function deed(kind, number) {
  return (DEEDS[kind] ?? ((/** @type {string} */ of) => t('officer.did.other', {number: of})))(number).replace(/: *$/, '');
}
