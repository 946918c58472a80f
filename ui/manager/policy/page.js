// @ts-check
// The policy as a form: every setting with its unit, its range and what it does, the
// changes before they are saved, and what they do to each room.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {actButton} from '../../lib/act.js';
import {label, learn, t} from '../../lib/catalogue.js';
import {GROUPS, PRESETS, changes, disorder, fields, ontoNewer, parse, presetOf, scale, settingAt, toSend, typed, withPreset, withValue, wordOf, wrong} from '../fields.js';
import {checkField, choiceField, refusedField, textField} from '../form.js';
import {drawHours, hoursChanged, hoursWrong} from './hours.js';
import {capacityUnder} from '../rooms/plan.js';
import {metres} from '../rooms/metres.js';
import {roomName} from '../room-name.js';
import {takeProposed} from '../what-if/proposals.js';
import {WHOLE, drawHistory} from './history.js';
import {words} from './words.js';
import {words as roomWords} from '../rooms/words.js';

learn(words);
learn(roomWords);

/** @typedef {import('../app.js').Ctx} Ctx */
/** @typedef {import('../fields.js').Field} Field */

/** What is being changed: base as it was loaded, mine with the changes, texts what was
 * typed where it is no value yet.
 * @type {{base: any, mine: any, version: number, texts: Record<string, string>, saved: number}|null} */
let form = null;

/** Parts of which somebody else saved another change meanwhile: theirs stayed.
 * @type {string[]} */
let lost = [];

/** @param {Ctx} ctx */
export function drawPolicy(ctx) {
  const {shelf} = ctx;
  const held = shelf.get('policy');
  if (!held) return html`<p class="empty">${shelf.problem('policy') ? t('refusal.no_network') : t('feed.connecting')}</p>`;
  if (!form || (held.version !== form.version && pending().length === 0)) {
    form = {base: held.policy, mine: held.policy, version: held.version, texts: {}, saved: form?.saved ?? 0};
  }
  for (const {path, value} of takeProposed()) {
    form.mine = withValue(form.mine, path, value);
    delete form.texts[path];
  }
  shelf.paths.bookings = '/api/v1/bookings'; // only this page reads it
  const around = {today: ctx.view?.today?.date ?? '', open: Boolean(ctx.view?.day?.open), bookings: shelf.get('bookings')};
  arrive(ctx.place[1] ?? '');
  return html`<div class="policy">
    <nav class="index" aria-label=${t('policy.title')}>${GROUPS.map((group) => html`<a href="#policy" @click=${(/** @type {Event} */ e) => jump(e, group.code)}>${label('policy_group', group.code)}${count(group.fields)}</a>`)}
      <a href="#policy" @click=${(/** @type {Event} */ e) => jump(e, 'hours')}>${label('policy_group', 'hours')}</a>
      <a href="#policy" @click=${(/** @type {Event} */ e) => jump(e, 'holidays')}>${t('hours.title')}</a>
      <a href="#policy" @click=${(/** @type {Event} */ e) => jump(e, 'history')}>${t('policy.history')}</a></nav>
    <div class="stack policy-form">${GROUPS.map((group) => section(ctx, group))}${drawHours(form, () => ctx.store.update(), refusedHere(ctx), around)}
      ${drawHistory(ctx, {said, take})}</div>
    <aside class="stack policy-side">${saveCard(ctx, held)}${effectCard(ctx)}</aside></div>`;
}

/** Puts an older version's settings into the form, as unsaved changes to look at.
 * @param {any} policy */
function take(policy) {
  const f = /** @type {NonNullable<typeof form>} */ (form);
  f.texts = {};
  f.mine = fields().reduce((mine, field) => withValue(mine, field.path, settingAt(policy, field.path)), f.mine);
  for (const part of WHOLE) {
    if (JSON.stringify(policy[part]) !== JSON.stringify(f.base[part])) f.mine = withValue(f.mine, part, policy[part]);
  }
  scrollTo({top: 0, behavior: 'smooth'});
}

/** Shows the unsaved changes to the what-if page, which asks what they would do.
 * @param {Pick<Ctx, 'store'|'go'>} ctx */
function tryOut({store, go}) {
  const set = pending().reduce((policy, change) => withValue(policy, change.field.path, change.to), {});
  store.state.tryOut = {policy: set};
  go('what-if');
}

/** @param {Event} event @param {string} code */
function jump(event, code) {
  event.preventDefault();
  show(code, 'smooth');
}

/** @param {string} code @param {ScrollBehavior} behavior */
function show(code, behavior) {
  document.getElementById(`group-${code}`)?.scrollIntoView({behavior, block: 'start'});
}

/** The group that the address named last. */
let arrived = '';

/** #policy/hours opens the page at that group, once. @param {string} code */
function arrive(code) {
  if (code === arrived) return;
  arrived = code;
  if (code) requestAnimationFrame(() => show(code, 'auto'));
}

function pending() {
  return form ? changes(form.base, form.mine) : [];
}

/** @param {Field[]} list */
function count(list) {
  const n = pending().filter((change) => list.includes(change.field)).length;
  return n > 0 ? html` <span class="count">${n}</span>` : nothing;
}

/** @param {Ctx} ctx */
function refusedHere({store}) {
  return (/** @type {string} */ field) => refusedField(store, 'policy', field);
}

/** @param {Ctx} ctx @param {{code: string, fields: Field[]}} group */
function section(ctx, group) {
  return html`<section class="card stack" id=${`group-${group.code}`}><h2>${label('policy_group', group.code)}</h2>
    ${group.code === 'distance' ? presets(ctx) : nothing}
    <div class="settings">${group.fields.map((field) => setting(ctx, field))}</div></section>`;
}

/** @param {Ctx} ctx @param {Field} field */
function setting({store}, field) {
  const f = /** @type {NonNullable<typeof form>} */ (form);
  const code = wordOf(field.path);
  const value = settingAt(f.mine, field.path);
  const changed = value !== settingAt(f.base, field.path);
  const set = (/** @type {any} */ next) => {
    f.mine = withValue(f.mine, field.path, next);
    delete f.texts[field.path];
    store.update();
  };
  const why = html`${label('setting_why', code)} ${standard(field)}`;
  const refused = refusedField(store, 'policy', field.path);
  const mark = changed ? html`<span class="was">${said(field, settingAt(f.base, field.path))} →</span>` : nothing;
  if (field.unit === 'flag') return html`<div class=${changed ? 'setting changed' : 'setting'}>${checkField({label: label('setting', code), hint: why, on: value, onChange: set})}${mark}</div>`;
  if (field.unit === 'one') {
    return html`<div class=${changed ? 'setting changed' : 'setting'}>${choiceField({id: `s-${code}`, label: label('setting', code), hint: why, wrong: refused, value, more: mark,
      codes: (field.codes ?? []).map((one) => ({code: one, text: label(/** @type {string} */ (field.family), one)})), onChoose: set})}</div>`;
  }
  return html`<div class=${changed ? 'setting changed' : 'setting'}>${numberSetting(store, f, field, value, {why, refused, mark})}</div>`;
}

/** @param {any} store @param {NonNullable<typeof form>} f @param {Field} field @param {any} value
 * @param {{why: unknown, refused: string|null, mark: unknown}} with_ */
function numberSetting(store, f, field, value, {why, refused, mark}) {
  const code = wordOf(field.path);
  // The unit stays that of the saved value while somebody types, or it would change
  // under their fingers.
  const {sign, size} = scale(field, settingAt(f.base, field.path));
  const text = f.texts[field.path] ?? typed(value, size, t('rooms.comma'));
  const onInput = (/** @type {string} */ input) => {
    f.texts[field.path] = input;
    f.mine = withValue(f.mine, field.path, parse(input, size));
    store.update();
  };
  const at = wrong(field, value);
  const low = least(field, size);
  const top = typed(field.top ?? 0, size, t('rooms.comma'));
  const order = disorder(f.mine).find((d) => d.path === field.path)?.code;
  const text_ = at === 'form' ? t('policy.form', {example: top})
    : at === 'range' ? t('policy.outside', {low, top, unit: sign ? ` ${label('unit', sign)}` : ''})
      : order === 'group_order' ? t('policy.group_order') : order === 'goal_order' ? t('policy.goal_order') : refused;
  return textField({id: `s-${code}`, label: label('setting', code), value: text, narrow: true, mode: 'decimal', unit: sign ? label('unit', sign) : '',
    hint: html`${why} <span class="range">${t('policy.range', {low, top})}</span>`, wrong: text_, more: mark, onInput});
}

/** The least value as it is typed; in seconds where it is no decimal fraction of the unit.
 * @param {Field} field @param {number} size */
function least({low = 0}, size) {
  return (low * 10) % size === 0 ? typed(low, size, t('rooms.comma')) : `${low} ${label('unit', 's')}`;
}

/** What a setting is until somebody changes it. @param {Field} field */
function standard(field) {
  return html`<span class="range">${t('policy.default', {value: said(field, field.usual)})}</span>`;
}

/** A value as it is read.
 * @param {Field} field @param {any} value */
function said(field, value) {
  if (field.unit === 'flag') return value ? t('policy.yes') : t('policy.no');
  if (field.unit === 'one') return label(/** @type {string} */ (field.family), value);
  if (!Number.isInteger(value)) return '?';
  const {sign, size} = scale(field, value);
  const number = typed(value, size, t('rooms.comma'));
  return sign === '' ? number : `${number} ${label('unit', sign)}`;
}

/** The rules of distance, each with what it leaves of every room.
 * @param {Ctx} ctx */
function presets({shelf, store}) {
  const f = /** @type {NonNullable<typeof form>} */ (form);
  const rooms = shelf.get('rooms')?.rooms ?? [];
  const chosen = presetOf(f.mine.distance);
  const force = presetOf(f.base.distance);
  const choose = (/** @type {string} */ code) => {
    f.mine = withPreset(f.mine, code);
    delete f.texts['distance.distance_mm'];
    delete f.texts['distance.occupancy_pct'];
    store.update();
  };
  return html`<div class="presets" role="radiogroup" aria-label=${t('setting.distance_distance_mm')}>${PRESETS.map((preset) => {
    const total = rooms.reduce((/** @type {number} */ sum, /** @type {any} */ room) => sum + capacityUnder(room, preset, f.mine.group.max || 1).persons, 0);
    return html`<button type="button" role="radio" class="preset" aria-checked=${String(chosen === preset.code)} @click=${() => choose(preset.code)}>
      <strong>${label('preset', preset.code)}</strong><span class="small soft">${label('preset_why', preset.code)}</span>
      <span class="preset-sum figure">${rooms.length > 0 ? t('policy.persons_all', {n: total}) : nothing}</span>
      ${force === preset.code ? html`<span class="tag is-running">${t('policy.in_force')}</span>` : nothing}</button>`;
  })}</div>`;
}

/** @param {Ctx} ctx @param {any} held */
function saveCard({store, commands, shelf, go}, held) {
  const f = /** @type {NonNullable<typeof form>} */ (form);
  const list = pending();
  const hours = hoursChanged(f);
  const newer = held.version !== f.version;
  const faulty = list.some((change) => wrong(change.field, change.to) !== null) || disorder(f.mine).some((d) => d.code === 'group_order') || hoursWrong(f);
  const request = {method: 'PUT', path: '/api/v1/policy', body: {version: f.version, policy: toSend(f.mine)}};
  const nothingYet = list.length === 0 && !hours;
  const why = newer ? t('policy.newer', {n: held.version}) : faulty ? t('policy.fix_first') : nothingYet ? t('policy.unchanged') : null;
  const done = (/** @type {any} */ answer) => {
    if (answer.ok) lost = [];
    if (answer.ok) form = {base: f.mine, mine: f.mine, version: f.version + 1, texts: {}, saved: f.version + 1};
    shelf.load('policy');
    shelf.load('versions');
  };
  const rebase = () => {
    const {policy: onto, lost: parts} = ontoNewer(f.base, f.mine, held.policy, WHOLE);
    lost = parts;
    form = {...f, base: held.policy, mine: list.reduce((policy, change) => withValue(policy, change.field.path, change.to), onto), version: held.version};
    store.update();
  };
  return html`<section class="card stack"><header class="row spread"><h2>${nothingYet ? t('policy.title') : t('policy.changed', {n: list.length + hours})}</h2><span class="small soft">${t('policy.version', {n: f.version})}</span></header>
    ${f.saved && nothingYet ? html`<p class="banner good">${t('policy.saved', {n: f.saved})}</p>` : nothing}
    ${list.length === 0 ? nothing : html`<ul class="diff">${list.map((change) => html`<li><span>${label('setting', wordOf(change.field.path))}</span>
      <span class="figure"><del>${said(change.field, change.from)}</del> <ins>${said(change.field, change.to)}</ins></span></li>`)}</ul>`}
    ${hours > 0 ? html`<p class="small">${label('policy_group', 'hours')}</p>` : nothing}
    ${lost.length > 0 ? html`<p class="note small" role="status">${t('policy.lost', {parts: lost.map((part) => label('policy_part', part)).join(', ')})}</p>` : nothing}
    <div class="row">${actButton({store, commands, slot: 'policy', request, text: t('policy.save'), kind: 'primary', why, onDone: done})}
      ${newer ? html`<button type="button" class="button" @click=${rebase}>${t('policy.rebase', {n: held.version})}</button>` : nothing}
      ${nothingYet ? nothing : html`<button type="button" class="button quiet" @click=${() => { form = null; lost = []; store.update(); }}>${t('policy.revert')}</button>`}</div>
    ${list.length > 0 && !faulty ? html`<p><button type="button" class="button slim" @click=${() => tryOut({store, go})}>${t('policy.try_out')}</button></p>` : nothing}
    <p class="small soft">${t('policy.binds')}</p></section>`;
}

/** @param {Ctx} ctx */
function effectCard({shelf}) {
  const f = /** @type {NonNullable<typeof form>} */ (form);
  const rooms = shelf.get('rooms')?.rooms ?? [];
  const usable = wrongDistance(f.mine) ? f.base : f.mine;
  return html`<section class="card stack"><h2>${t('policy.effect')}</h2>
    ${rooms.length === 0 ? html`<p class="soft">${t('policy.seats_none')}</p>` : html`<table class="table tight"><thead><tr><th>${t('words.room')}</th><th class="end">${t('policy.now')}</th><th class="end">${t('policy.then')}</th></tr></thead>
      <tbody>${rooms.map((/** @type {any} */ room) => {
        const now = capacityUnder(room, f.base.distance, f.base.group.max);
        const then = capacityUnder(room, usable.distance, usable.group.max);
        const way = then.persons < now.persons ? 'less' : then.persons > now.persons ? 'more' : '';
        return html`<tr><td>${roomName(room.id, room.desk)}<br><span class="small soft">${label('limit', then.binds)}</span></td><td class="end figure">${now.persons}</td>
          <td class=${`end figure then ${way}`}>${way === 'less' ? '▼ ' : way === 'more' ? '▲ ' : nothing}${then.persons}</td></tr>`;
      })}</tbody></table>
      <p class="small soft">${t('policy.effect_why', {d: metres(usable.distance.distance_mm)})}</p>`}</section>`;
}

/** Settings that the effect is worked out from and that are no numbers yet.
 * @param {any} policy */
function wrongDistance(policy) {
  return ![policy.distance.distance_mm, policy.distance.occupancy_pct, policy.group.max].every(Number.isInteger);
}
