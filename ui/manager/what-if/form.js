// @ts-check
// The question as a form: it begins with the branch as it is, so that what stands in it
// is always a whole branch, and only what was changed is asked about.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {live} from '../../vendor/lit-html/directives/live.js';
import {actButton} from '../../lib/act.js';
import {label, t} from '../../lib/catalogue.js';
import {submitted} from '../../lib/signin.js';
import {fields, parse, scale, secondOf, settingAt, typed, withValue, wordOf} from '../fields.js';
import {refusedField, segments} from '../form.js';
import {roomName} from '../room-name.js';
import {timeField} from '../time-field.js';
import {FRESH_DAYS, OFFERED, REPEATS, apiField, changesOf, faults, fits, heldBelow, howMany, idle, questionOf, raised} from './model.js';
import {about, ofDay, settingValue, staffText} from './say.js';

/** @typedef {import('../app.js').Ctx} Ctx */
/** @typedef {import('./model.js').Draft} Draft */
/** @typedef {import('./model.js').Base} Base */
/** What a part of the form is given.
 * @typedef {{ctx: Ctx, base: Base, draft: Draft, set: (more: Partial<Draft>) => void, bad: (field: string) => unknown}} Part */

const MODES = ['default', 'rolling', 'closed', 'single'];
const HOURS = /** @type {const} */ (['open_s', 'last_ticket_s', 'close_s']);

/** @param {Ctx} ctx @param {Base} base @param {Draft} draft @param {(draft: Draft) => void} keep
 * @param {(answer: any) => void} asked */
export function drawForm(ctx, base, draft, keep, asked) {
  const {store, commands} = ctx;
  const set = (/** @type {Partial<Draft>} */ more) => { keep({...draft, ...more}); store.update(); };
  const wrong = faults(draft, base);
  // A new branch has nobody on shift: that is no slip of whoever asks, so it is not marked.
  const untouched = base.officers === 0 && draft.officers === '0';
  const bad = (/** @type {string} */ field) => field === 'officers' && untouched ? null : faultText(wrong.find((fault) => fault.field === field)) ?? refusedField(store, 'what-if', apiField(field, draft, base));
  const part = {ctx, base, draft, set, bad};
  const n = howMany(changesOf(draft, base));
  const why = untouched && !draft.advise && wrong.every((fault) => fault.field === 'officers') ? t('whatif.officers_first') : wrong.length > 0 ? t('whatif.fix') : !draft.advise && n === 0 ? t('whatif.none_yet') : null;
  const request = {path: '/api/v1/what-ifs', body: questionOf(draft, base)};
  return html`<form class="card ask" @submit=${submitted} novalidate aria-label=${t('whatif.what')}>
    ${segments({label: t('whatif.what'), value: draft.advise ? 'advise' : 'try', onChoose: (code) => set({advise: code === 'advise'}),
      codes: [{code: 'try', text: t('whatif.try')}, {code: 'advise', text: t('whatif.advise')}]})}
    <p class="small soft">${draft.advise ? t('whatif.advise_lead') : t('whatif.try_lead')}</p>
    ${draft.advise ? promisePart(part) : html`${roomsPart(part)}${peoplePart(part)}${settingsPart(part)}${hoursPart(part)}`}
    ${basisPart(part)}
    <div class="ask-foot"><div class="row">${actButton({store, commands, slot: 'what-if', request, kind: 'primary', why, onDone: asked,
      text: draft.advise ? t('whatif.seek') : n > 0 ? html`${t('whatif.count')} <span class="soft-count">${t('whatif.count_n', {n})}</span>` : t('whatif.count')})}
      ${n > 0 && !draft.advise ? html`<button type="button" class="button quiet slim" @click=${() => keep(/** @type {any} */ (null))}>${t('whatif.reset')}</button>` : nothing}</div>
      <p class="small soft harmless">${t('whatif.harmless')}</p></div>
  </form>`;
}

/** @param {{code: string, low: number, top: number}|undefined} fault */
function faultText(fault) {
  if (!fault) return null;
  if (fault.code === 'number') return t('whatif.wrong_number', {low: fault.low, top: fault.top});
  if (fault.code === 'fits') return t('whatif.wrong_fits', {n: fault.top});
  if (fault.code === 'day') return t('whatif.wrong_day');
  return fault.code === 'hours' ? t('whatif.wrong_hours') : t('whatif.wrong_setting');
}

/** One line of the form: the name with what is in force, the control, the sentence.
 * @param {{id: string, name: unknown, now?: unknown, why?: unknown, wrong?: unknown, changed?: boolean}} line @param {unknown} control */
function line({id, name, now, why, wrong, changed}, control) {
  return html`<div class=${changed ? 'ask-line changed' : 'ask-line'}><label for=${id}>${name}
      ${changed && now !== undefined ? html`<span class="ask-now">${t('whatif.now_is', {value: String(now)})}</span>` : nothing}</label>
    <div class="control">${control}</div>
    ${wrong ? html`<span class="wrong" id=${`${id}-said`} role="alert">${wrong}</span>` : why ? html`<span class="hint" id=${`${id}-said`}>${why}</span>` : nothing}</div>`;
}

/** @param {{id: string, value: string, wrong?: unknown, unit?: unknown, off?: boolean, hold?: string, name?: string, onInput: (text: string) => void}} f */
function box({id, value, wrong, unit, off, hold, name, onInput}) {
  return html`<input id=${id} class="input tiny" inputmode="decimal" autocomplete="off" maxlength="9" placeholder=${hold ?? nothing} aria-label=${name ?? nothing}
    aria-invalid=${String(Boolean(wrong))} aria-describedby=${`${id}-said`} ?disabled=${off} .value=${live(value)}
    @input=${(/** @type {any} */ e) => onInput(e.target.value)}>${unit === undefined ? nothing : html`<span class="unit">${unit}</span>`}`;
}

/** @param {{id: string, value: string, codes: {code: string, text: string}[], name?: string, off?: boolean, onChoose: (code: string) => void}} f */
function choice({id, value, codes, name, off, onChoose}) {
  return html`<select id=${id} class="input slim-select" aria-label=${name ?? nothing} aria-describedby=${`${id}-said`} ?disabled=${off} .value=${live(value)}
    @change=${(/** @type {any} */ e) => onChoose(e.target.value)}>${codes.map(({code, text}) => html`<option value=${code} ?selected=${code === value}>${text}</option>`)}</select>`;
}

/** @param {Part} part */
function roomsPart({base, draft, set, bad}) {
  if (base.rooms.length === 0) return html`<fieldset class="ask-part"><legend>${t('whatif.seats_col')}</legend><p class="soft small">${t('policy.seats_none')}</p></fieldset>`;
  const setRoom = (/** @type {number} */ id, /** @type {any} */ more) => set({rooms: {...draft.rooms, [id]: {...draft.rooms[id], ...more}}});
  const texts = new Set(base.rooms.map((room) => draft.rooms[room.id].seats));
  const everywhere = (/** @type {string} */ seats) => set({rooms: Object.fromEntries(base.rooms.map((room) => [room.id, {...draft.rooms[room.id], seats}]))});
  const held = heldBelow(draft, base);
  const modes = MODES.map((code) => ({code, text: code === 'default' ? t('whatif.as_branch') : label('mode', code)}));
  return html`<fieldset class="ask-part"><legend>${t('manager.rooms')}</legend>
    <table class="table tight ask-rooms"><thead><tr><th>${t('words.room')}</th><th>${t('whatif.seats_col')}</th><th>${t('whatif.mode_col')}</th><th>${t('whatif.used_col')}</th></tr></thead>
    <tbody>${base.rooms.length < 2 ? nothing : html`<tr><td>${t('whatif.all_rooms')}</td><td>${box({id: 'ask-seats', name: t('whatif.all_seats'), value: texts.size === 1 ? [...texts][0] : '', hold: '·', onInput: everywhere})}</td><td colspan="2"></td></tr>`}
    ${base.rooms.map((room) => {
      const mine = draft.rooms[room.id];
      const wrong = bad(`room-${room.id}`);
      const seats = mine.seats !== String(room.seats.length);
      return html`<tr class=${seats || mine.unused || mine.mode !== room.mode ? 'changed' : ''}><td>${roomName(room.id)}<span class="ask-fits">${t('whatif.fits', {n: fits(room, draft.mine.distance.distance_mm)})}</span></td>
        <td>${box({id: `ask-seats-${room.id}`, name: t('whatif.seats_of', {n: room.id}), value: mine.seats, wrong, off: mine.unused, onInput: (text) => setRoom(room.id, {seats: text})})}
          ${seats ? html`<span class="ask-now">${t('whatif.now_is', {value: room.seats.length})}</span>` : nothing}</td>
        <td>${choice({id: `ask-mode-${room.id}`, name: t('whatif.mode_of', {n: room.id}), value: mine.mode, codes: modes, off: mine.unused, onChoose: (mode) => setRoom(room.id, {mode})})}</td>
        <td><input type="checkbox" aria-label=${t('whatif.use_room', {n: room.id})} .checked=${live(!mine.unused)} @change=${(/** @type {any} */ e) => setRoom(room.id, {unused: !e.target.checked})}></td></tr>
        ${wrong ? html`<tr class="ask-said"><td colspan="4"><span class="wrong" id=${`ask-seats-${room.id}-said`}>${wrong}</span></td></tr>` : nothing}`;
    })}</tbody></table>
    ${held.length === 0 ? nothing : html`<div class="note">${held.map((one) => html`<p>${t('whatif.held', {n: one.persons, limit: label('limit', one.code).toLowerCase(),
      rooms: one.rooms.map((id) => roomName(id)).join(', ')})}</p>`)}
      <button type="button" class="button slim" @click=${() => set({mine: raised(draft, base), texts: {}})}>${t('whatif.raise')}</button></div>`}
    <p class="hint">${t('whatif.rooms_why')}</p></fieldset>`;
}

/** @param {Part} part */
function peoplePart({base, draft, set, bad}) {
  const past = draft.basis === 'day';
  const free = idle(draft, base);
  return html`<fieldset class="ask-part"><legend>${t('manager.staff')}</legend>
    ${line({id: 'ask-officers', name: t('whatif.officers'), now: base.officers, why: base.officers === 0 ? t('whatif.officers_first') : `${staffText(base.staff)} ${t('whatif.officers_why')}`.trim(), wrong: bad('officers'), changed: draft.officers !== String(base.officers)},
      box({id: 'ask-officers', value: draft.officers, unit: '', wrong: bad('officers'), onInput: (officers) => set({officers})}))}
    ${free === 0 ? nothing : html`<div class="note"><p>${t('whatif.idle', {n: free})}</p>
      <button type="button" class="button slim" @click=${() => set({mine: withValue(draft.mine, 'pooled', true)})}>${t('whatif.pool')}</button></div>`}
    ${line({id: 'ask-visits', name: t('whatif.visits'), now: '100 %', why: past ? t('whatif.visits_day') : t('whatif.visits_why'), wrong: bad('visits_pct'), changed: !past && draft.visits !== '100'},
      box({id: 'ask-visits', value: past ? '100' : draft.visits, unit: '%', off: past, wrong: bad('visits_pct'), onInput: (visits) => set({visits})}))}
  </fieldset>`;
}

/** @param {Part} part */
function settingsPart(part) {
  const {base, draft, set} = part;
  const shown = [...OFFERED, ...draft.extra];
  const left = fields().filter((field) => !shown.includes(field.path));
  const add = (/** @type {string} */ path) => { if (path) set({extra: [...draft.extra, path]}); };
  return html`<fieldset class="ask-part"><legend>${t('manager.policy')}</legend>
    ${shown.map((path) => setting(part, fields().find((field) => field.path === path) ?? null, base))}
    ${line({id: 'ask-last', name: t('whatif.last_call'), why: t('whatif.last_call_why'), wrong: part.bad('last_call_s'), changed: draft.lastCall.trim() !== ''},
      box({id: 'ask-last', value: draft.lastCall, unit: label('unit', 'min'), wrong: part.bad('last_call_s'), onInput: (lastCall) => set({lastCall})}))}
    <div class="ask-line"><label for="ask-more">${t('whatif.more')}</label><div class="control">${choice({id: 'ask-more', value: '',
      codes: [{code: '', text: t('whatif.more_choose')}, ...left.map((field) => ({code: field.path, text: label('setting', wordOf(field.path))}))], onChoose: add})}</div></div>
  </fieldset>`;
}

/** @param {Part} part @param {import('../fields.js').Field|null} field @param {Base} base */
function setting({draft, set, bad}, field, base) {
  if (!field) return nothing;
  const {path} = field;
  const code = wordOf(path);
  const id = `ask-${code}`;
  const now = settingAt(base.policy, path);
  const value = settingAt(draft.mine, path);
  const frame = {id, name: label('setting', code), now: settingValue(field, now), why: label('setting_why', code), wrong: bad(path), changed: value !== now};
  const put = (/** @type {any} */ next) => set({mine: withValue(draft.mine, path, next)});
  if (field.unit === 'flag') {
    return line(frame, html`<input type="checkbox" id=${id} aria-describedby=${`${id}-said`} .checked=${live(value)} @change=${(/** @type {any} */ e) => put(e.target.checked)}>`);
  }
  if (field.unit === 'one') {
    return line(frame, choice({id, value, onChoose: put, codes: (field.codes ?? []).map((one) => ({code: one, text: label(/** @type {string} */ (field.family), one)}))}));
  }
  const {sign, size} = scale(field, now);
  const onInput = (/** @type {string} */ text) => set({mine: withValue(draft.mine, path, parse(text, size)), texts: {...draft.texts, [path]: text}});
  return line(frame, box({id, value: draft.texts[path] ?? typed(value, size, t('rooms.comma')), unit: sign ? label('unit', sign) : '', wrong: frame.wrong, onInput}));
}

/** @param {Part} part */
function hoursPart({base, draft, set, bad}) {
  const wrong = bad('hours');
  const name = {open_s: t('policy.open'), last_ticket_s: t('policy.last'), close_s: t('policy.close')};
  return html`<fieldset class="ask-part"><legend>${t('whatif.hours')}</legend><div class="ask-hours">${HOURS.map((key) => {
    const mine = draft.hours[key];
    const changed = mine !== base.hours[key];
    return html`<div class=${changed ? 'changed' : ''}><label for=${`ask-${key}`}>${name[key]}</label>
      ${timeField({id: `ask-${key}`, wrong, said: 'ask-hours-said', value: draft.texts[`hours.${key}`] ?? (mine === null ? '' : ofDay(mine)),
        onInput: (text) => set({hours: {...draft.hours, [key]: secondOf(text)}, texts: {...draft.texts, [`hours.${key}`]: text}})})}
      ${changed ? html`<span class="ask-now">${t('whatif.now_is', {value: ofDay(base.hours[key])})}</span>` : nothing}</div>`;
  })}</div>${wrong ? html`<span class="wrong" id="ask-hours-said" role="alert">${wrong}</span>` : nothing}</fieldset>`;
}

/** @param {Part} part */
function promisePart({base, draft, set, bad}) {
  return html`<fieldset class="ask-part"><legend>${t('whatif.promise_title')}</legend>
    ${line({id: 'ask-promise', name: t('whatif.promise'), why: t('whatif.promise_why', {span: about(base.policy.goals.promised_wait_s)}), wrong: bad('promise')},
      box({id: 'ask-promise', value: draft.promise, unit: label('unit', 'min'), wrong: bad('promise'), onInput: (promise) => set({promise})}))}
    ${line({id: 'ask-served', name: t('whatif.served'), why: t('whatif.served_why'), wrong: bad('served')},
      box({id: 'ask-served', value: draft.served, unit: '%', wrong: bad('served'), onInput: (served) => set({served})}))}
    <p class="hint">${t('whatif.cost_order')}</p></fieldset>`;
}

/** @param {Part} part */
function basisPart({ctx, draft, set, bad}) {
  const past = draft.basis === 'day';
  const usual = past ? REPEATS : FRESH_DAYS;
  return html`<fieldset class="ask-part"><legend>${t('whatif.basis')}</legend>
    ${segments({label: t('whatif.basis'), value: draft.basis, onChoose: (basis) => set({basis: /** @type {any} */ (basis)}),
      codes: [{code: 'fresh', text: t('whatif.fresh')}, {code: 'day', text: t('whatif.past')}]})}
    <p class="hint">${past ? t('whatif.past_why') : t('whatif.fresh_why')}</p>
    ${past ? line({id: 'ask-day', name: t('whatif.day'), wrong: bad('day')},
      html`<input id="ask-day" class="input" type="date" max=${ctx.view.today?.date ?? nothing} aria-invalid=${String(Boolean(bad('day')))} aria-describedby="ask-day-said"
        .value=${live(draft.day)} @input=${(/** @type {any} */ e) => set({day: e.target.value})}>`) : nothing}
    <details class="ask-exact" ?open=${Boolean(bad('days') ?? bad('seed') ?? bad('per_day'))}><summary>${t('whatif.exact')}</summary>
      ${line({id: 'ask-days', name: past ? t('whatif.repeats') : t('whatif.days'), why: t('whatif.days_why', {n: usual}), wrong: bad('days')},
        box({id: 'ask-days', unit: '', value: draft.days, hold: String(usual), wrong: bad('days'), onInput: (days) => set({days})}))}
      ${past ? nothing : line({id: 'ask-per-day', name: t('whatif.per_day'), why: t('whatif.per_day_why'), wrong: bad('per_day')},
        box({id: 'ask-per-day', unit: '', value: draft.perDay, wrong: bad('per_day'), onInput: (perDay) => set({perDay})}))}
      ${line({id: 'ask-seed', name: t('whatif.seed'), why: t('whatif.seed_why'), wrong: bad('seed')},
        html`${box({id: 'ask-seed', value: draft.seed, wrong: bad('seed'), onInput: (seed) => set({seed})})}
          <button type="button" class="button slim" @click=${() => set({seed: String((Number(draft.seed) || 1) + 1)})}>${t('whatif.seed_new')}</button>`)}
    </details></fieldset>`;
}
