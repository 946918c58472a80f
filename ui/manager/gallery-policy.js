// @ts-check
// A whole policy as the server gives it, for the pictures of the pages that show one.

const day = (/** @type {number} */ gate, /** @type {number} */ open, /** @type {[number, number]} */ pause) => ({open: true, gate_s: gate, open_s: open, last_ticket_s: 52_200, close_s: 54_000, breaks: [{from_s: pause[0], until_s: pause[1]}]});
const shut = {open: false, gate_s: 0, open_s: 0, last_ticket_s: 0, close_s: 0};
const week = (/** @type {number} */ gate, /** @type {number} */ open, /** @type {number} */ until) => ({...Object.fromEntries(['mon', 'tue', 'wed', 'thu'].map((name) => [name, day(gate, open, [43_200, until])])), fri: day(gate, open, [41_400, until]), sat: shut, sun: shut});

export const CALENDAR = {zone: 'Asia/Jakarta', weekly: week(25_200, 27_000, 46_800), ramadan: week(27_000, 28_800, 45_000), ramadan_ranges: [], holidays: /** @type {string[]} */ ([]), joint_leave: /** @type {string[]} */ ([]), exceptions: /** @type {any[]} */ ([])};

const PROCEDURES = [
  {programme: 'JHT', group: true, inform_only: false, steps: [{step: 'briefing', who: 'visitor', mean_s: 180, cv_pct: 20}, {step: 'check', who: 'officer', mean_s: 60, cv_pct: 50}, {step: 'form', who: 'visitor', mean_s: 720, cv_pct: 50}, {step: 'verify', who: 'officer', mean_s: 90, cv_pct: 60}, {step: 'documents', who: 'visitor', mean_s: 360, cv_pct: 70}, {step: 'close', who: 'officer', mean_s: 90, cv_pct: 60}], promise_days: 5, promise_days_small: 1},
  {programme: 'JKK', group: false, inform_only: false, steps: [{step: 'check', who: 'officer', mean_s: 60, cv_pct: 50}, {step: 'documents', who: 'visitor', mean_s: 240, cv_pct: 70}, {step: 'interview', who: 'officer', mean_s: 180, cv_pct: 60}, {step: 'close', who: 'officer', mean_s: 60, cv_pct: 60}], promise_days: 7, promise_days_small: 0},
  {programme: 'JKM', group: false, inform_only: false, steps: [{step: 'check', who: 'officer', mean_s: 90, cv_pct: 50}, {step: 'form', who: 'visitor', mean_s: 480, cv_pct: 50}, {step: 'verify', who: 'officer', mean_s: 180, cv_pct: 60}, {step: 'close', who: 'officer', mean_s: 90, cv_pct: 60}], promise_days: 3, promise_days_small: 0},
  {programme: 'JP', group: false, inform_only: false, steps: [{step: 'check', who: 'officer', mean_s: 60, cv_pct: 50}, {step: 'form', who: 'visitor', mean_s: 420, cv_pct: 50}, {step: 'verify', who: 'officer', mean_s: 150, cv_pct: 60}, {step: 'close', who: 'officer', mean_s: 90, cv_pct: 60}], promise_days: 15, promise_days_small: 0},
  {programme: 'JKP', group: false, inform_only: true, steps: [{step: 'inform', who: 'officer', mean_s: 180, cv_pct: 50}], promise_days: 0, promise_days_small: 0},
];

export const FULL = {version: 3, policy: {mode: 'rolling', briefing: 'booth', pooled: false, auto_refill: true, group: {min: 3, target: 5, max: 6, max_form_wait_s: 600, same_programme: true, files_per_sitting: 5, room_turnaround_s: 300, alarm_s: 3600}, distance: {preset: 'office_150', distance_mm: 1500, together_mm: 1500, occupancy_pct: 50}, order: {booking_credit_s: 1200, priority_jump_s: 900, arrive_early_s: 900, grace_s: 900, overtake_max: 2, papers_first: true}, call: {recalls: 2, recall_gap_s: 60, no_show_after_s: 240, requeue_positions: 3, requeue_max: 1, board_hold_s: 120}, seat: {seat_change_s: 120, accessible_keep: 1}, collective: {enabled: true, cap_pct: 40, min_layoff_pct: 30}, attention: {wait_bound_s: 480}, goals: {door_to_door_s: 2400, promised_wait_s: 1800, alarm_wait_s: 3600}, lobby: {max_persons: 120}, undo_s: 30, prefixes: ['A', 'B', 'C'], programmes: ['JHT'],
  version: 3, calendar: CALENDAR, procedures: {procedures: PROCEDURES, rules: [], checklists: []}}};
