// @ts-check
// The settings of the branch's policy: where each lies in the policy, its unit and its
// range. Ranges and usual values repeat those of the rules (a test compares them); the
// rules decide.

/** How a setting is typed. time: whole seconds, shown in minutes where they are whole.
 * mm: millimetres, typed in metres. points: hundredths, typed in points. pct, count: whole numbers. flag: yes or no. one: a
 * choice of codes, shown with the words of its family.
 * @typedef {'time'|'mm'|'points'|'pct'|'count'|'flag'|'one'} Unit */
/** usual is what a branch has until somebody changes it.
 * @typedef {{path: string, usual: number|boolean|string, unit: Unit, low?: number, top?: number, family?: string, codes?: string[]}} Field */

const MINUTE = 60;
const METRE_MM = 1000;

/** The longest timer of the rules, and the longest credit. */
const WAIT_S = 14_400;
const CREDIT_S = 7_200;
const DAY_S = 86_400;
const GROUP_MAX = 40;

/** @type {{code: string, fields: Field[]}[]} */
export const GROUPS = [
  {code: 'sessions', fields: [
    {path: 'mode', usual: 'rolling', unit: 'one', family: 'mode', codes: ['rolling', 'closed', 'single']},
    {path: 'briefing', usual: 'booth', unit: 'one', family: 'briefing', codes: ['booth', 'shared', 'live']},
    {path: 'auto_refill', usual: true, unit: 'flag'},
    {path: 'pooled', usual: false, unit: 'flag'},
  ]},
  {code: 'group', fields: [
    {path: 'group.min', usual: 3, unit: 'count', low: 1, top: GROUP_MAX},
    {path: 'group.target', usual: 5, unit: 'count', low: 1, top: GROUP_MAX},
    {path: 'group.max', usual: 6, unit: 'count', low: 1, top: GROUP_MAX},
    {path: 'group.max_form_wait_s', usual: 600, unit: 'time', low: 0, top: WAIT_S},
    {path: 'group.same_programme', usual: true, unit: 'flag'},
    {path: 'group.files_per_sitting', usual: 5, unit: 'count', low: 1, top: 200},
    {path: 'group.room_turnaround_s', usual: 300, unit: 'time', low: 0, top: WAIT_S},
    {path: 'group.alarm_s', usual: 3600, unit: 'time', low: 60, top: WAIT_S},
  ]},
  {code: 'distance', fields: [
    {path: 'distance.distance_mm', usual: 1500, unit: 'mm', low: 0, top: 10_000},
    {path: 'distance.together_mm', usual: 0, unit: 'mm', low: 0, top: 10_000},
    {path: 'distance.occupancy_pct', usual: 50, unit: 'pct', low: 1, top: 100},
  ]},
  {code: 'order', fields: [
    {path: 'order.booking_credit_s', usual: 1200, unit: 'time', low: 0, top: CREDIT_S},
    {path: 'order.priority_jump_s', usual: 900, unit: 'time', low: 0, top: CREDIT_S},
    {path: 'order.arrive_early_s', usual: 900, unit: 'time', low: 0, top: WAIT_S},
    {path: 'order.grace_s', usual: 900, unit: 'time', low: 0, top: WAIT_S},
    {path: 'order.overtake_max', usual: 2, unit: 'count', low: 0, top: 10},
    {path: 'order.papers_first', usual: true, unit: 'flag'},
  ]},
  {code: 'call', fields: [
    {path: 'call.recalls', usual: 2, unit: 'count', low: 0, top: 10},
    {path: 'call.recall_gap_s', usual: 60, unit: 'time', low: 10, top: WAIT_S},
    {path: 'call.no_show_after_s', usual: 240, unit: 'time', low: 30, top: WAIT_S},
    {path: 'call.requeue_positions', usual: 3, unit: 'count', low: 0, top: 100},
    {path: 'call.requeue_max', usual: 1, unit: 'count', low: 0, top: 10},
    {path: 'call.board_hold_s', usual: 120, unit: 'time', low: 0, top: WAIT_S},
  ]},
  {code: 'seats', fields: [
    {path: 'seat.seat_change_s', usual: 120, unit: 'time', low: 0, top: WAIT_S},
    {path: 'seat.accessible_keep', usual: 1, unit: 'count', low: 0, top: GROUP_MAX},
    {path: 'attention.wait_bound_s', usual: 480, unit: 'time', low: 0, top: WAIT_S},
    {path: 'undo_s', usual: 30, unit: 'time', low: 0, top: 300},
  ]},
  {code: 'goals', fields: [
    {path: 'goals.promised_wait_s', usual: 1800, unit: 'time', low: 60, top: DAY_S},
    {path: 'goals.alarm_wait_s', usual: 3600, unit: 'time', low: 60, top: DAY_S},
    {path: 'goals.door_to_door_s', usual: 2400, unit: 'time', low: 60, top: DAY_S},
    {path: 'lobby.max_persons', usual: 20, unit: 'count', low: 1, top: 10_000},
    {path: 'survey.class_a', usual: 0, unit: 'points', low: 0, top: 10_000},
    {path: 'survey.class_b', usual: 0, unit: 'points', low: 0, top: 10_000},
    {path: 'survey.class_c', usual: 0, unit: 'points', low: 0, top: 10_000},
    {path: 'lobby.walk_ins_per_day', usual: 0, unit: 'count', low: 0, top: 4000},
  ]},
  {code: 'collective', fields: [
    {path: 'collective.enabled', usual: true, unit: 'flag'},
    {path: 'collective.cap_pct', usual: 40, unit: 'pct', low: 0, top: 100},
    {path: 'collective.min_layoff_pct', usual: 30, unit: 'pct', low: 0, top: 100},
  ]},
];

/** The programmes, in the order of the rules. */
export const PROGRAMMES = ['JHT', 'JKK', 'JKM', 'JP', 'JKP'];

/** Those that a branch calls numbers for: JKP is claimed elsewhere. */
export const SERVED = PROGRAMMES.filter((code) => code !== 'JKP');

/** The programmes to tick: those that are served, and what was ticked otherwise.
 * @param {string[]} ticked */
export function tickable(ticked) {
  return PROGRAMMES.filter((code) => SERVED.includes(code) || ticked.includes(code));
}

/** The rules of distance by their names, from the strictest date backwards. */
export const PRESETS = [
  {code: 'kemenkes_2020', distance_mm: 1000, occupancy_pct: 50},
  {code: 'office_150', distance_mm: 1500, occupancy_pct: 50},
  {code: 'satgas_200', distance_mm: 2000, occupancy_pct: 50},
  {code: 'red_zone', distance_mm: 2000, occupancy_pct: 25},
  {code: 'none', distance_mm: 0, occupancy_pct: 100},
];

/** The code under which a setting's words are kept: "group.max" is "group_max".
 * @param {string} path */
export function wordOf(path) {
  return path.replaceAll('.', '_');
}

/** The second of the day that was typed as a time of 24 hours, "7.30" or "07:30"; null for
 * anything else.
 * @param {string} text @returns {number|null} */
export function secondOf(text) {
  const found = /^([01]?\d|2[0-3])[.:]([0-5]\d)$/.exec(text.trim());
  return found ? Number(found[1]) * 3600 + Number(found[2]) * 60 : null;
}

/** @param {any} policy @param {string} path */
export function valueAt(policy, path) {
  return path.split('.').reduce((at, key) => at?.[key], policy);
}

/** The setting of a whole policy; the rules leave out what is 0.
 * @param {any} policy @param {string} path */
export function settingAt(policy, path) {
  return valueAt(policy, path) ?? 0;
}

/** Takes over changed parts of a policy that are no single settings, such as the calendar,
 * onto a newer version: those that nobody else changed meanwhile. Of the others the newer
 * one stays, and they are told.
 * @param {any} base @param {any} mine @param {any} newer @param {string[]} parts
 * @returns {{policy: any, lost: string[]}} */
export function ontoNewer(base, mine, newer, parts) {
  const same = (/** @type {any} */ a, /** @type {any} */ b) => JSON.stringify(a) === JSON.stringify(b);
  const changed = parts.filter((part) => !same(base[part], mine[part]) && !same(mine[part], newer[part]));
  const lost = changed.filter((part) => !same(base[part], newer[part]));
  return {policy: changed.filter((part) => !lost.includes(part)).reduce((policy, part) => ({...policy, [part]: mine[part]}), newer), lost};
}

/** A copy of the policy with one setting changed; everything else is shared.
 * @param {any} policy @param {string} path @param {any} value @returns {any} */
export function withValue(policy, path, value) {
  const [key, ...rest] = path.split('.');
  if (rest.length === 0) return {...policy, [key]: value};
  return {...policy, [key]: withValue(policy?.[key] ?? {}, rest.join('.'), value)};
}

/** The unit in which a setting is typed and how many of the rules' units it holds.
 * Seconds are typed in minutes while the value is whole minutes.
 * @param {Field} field @param {any} value @returns {{sign: 'min'|'s'|'m'|'pct'|'', size: number}} */
export function scale(field, value) {
  if (field.unit === 'mm') return {sign: 'm', size: METRE_MM};
  if (field.unit === 'points') return {sign: '', size: 100};
  if (field.unit === 'pct') return {sign: 'pct', size: 1};
  if (field.unit !== 'time') return {sign: '', size: 1};
  const minutes = Number(value) % MINUTE === 0 && (field.top ?? 0) > 5 * MINUTE;
  return minutes ? {sign: 'min', size: MINUTE} : {sign: 's', size: 1};
}

/** A value as it is typed: "1,5" where the comma parts decimals, else "1.5".
 * @param {number} value @param {number} size @param {string} comma */
export function typed(value, size, comma) {
  return String(value / size).replace('.', comma);
}

/** What somebody typed as a value of the rules, or null when it is no number or not a
 * whole one of the rules' units. Comma and point both part decimals.
 * @param {string} text @param {number} size */
export function parse(text, size) {
  const clean = text.trim().replace(',', '.');
  if (!/^\d{1,7}(\.\d{1,3})?$/.test(clean)) return null;
  const value = Math.round(Number(clean) * size * 1000) / 1000;
  return Number.isInteger(value) ? value : null;
}

/** Why a value cannot be: "form" when it is no number, "range" outside its range, null
 * when it can.
 * @param {Field} field @param {any} value @returns {'form'|'range'|null} */
export function wrong(field, value) {
  if (field.unit === 'flag' || field.unit === 'one') return null;
  if (!Number.isInteger(value)) return 'form';
  return value < Number(field.low) || value > Number(field.top) ? 'range' : null;
}

/** Every setting on the screen.
 * @returns {Field[]} */
export function fields() {
  return GROUPS.flatMap((group) => group.fields);
}

/** The settings that differ between two policies, in the order of the screen.
 * @param {any} from @param {any} to */
export function changes(from, to) {
  return fields()
    .map((field) => ({field, from: settingAt(from, field.path), to: settingAt(to, field.path)}))
    .filter((change) => change.from !== change.to);
}

/** The preset that a distance and a share are, "" when they are the branch's own.
 * @param {{distance_mm: number, occupancy_pct: number}} distance */
export function presetOf(distance) {
  return PRESETS.find((preset) => preset.distance_mm === distance.distance_mm
    && preset.occupancy_pct === distance.occupancy_pct)?.code ?? '';
}

/** A policy under a preset, its name kept with it.
 * @param {any} policy @param {string} code */
export function withPreset(policy, code) {
  const preset = PRESETS.find((p) => p.code === code);
  if (!preset) return policy;
  const distance = {...policy.distance, preset: code, distance_mm: preset.distance_mm, occupancy_pct: preset.occupancy_pct};
  return {...policy, distance};
}

/** A policy ready to be sent: the name of the preset follows the figures.
 * @param {any} policy */
export function toSend(policy) {
  const preset = presetOf(policy.distance) || 'own';
  return {...policy, distance: {...policy.distance, preset}};
}

/** Orders among settings that the rules check together; the fields that break one.
 * @param {any} policy @returns {{path: string, code: 'group_order'|'goal_order'}[]} */
export function disorder(policy) {
  const list = [];
  const {min, target, max} = policy.group;
  if (min > target || target > max) list.push({path: 'group.target', usual: 5, code: /** @type {const} */ ('group_order')});
  if (policy.goals.alarm_wait_s < policy.goals.promised_wait_s) {
    list.push({path: 'goals.alarm_wait_s', usual: 3600, code: /** @type {const} */ ('goal_order')});
  }
  return list;
}
