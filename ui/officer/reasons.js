// @ts-check
// What an officer chooses from when an act asks for more, by the codes of the rules.

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
