// @ts-check
// The branch's printers: where each stands, its roll, and how it is reached.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {actButton} from '../../lib/act.js';
import {label, language, learn, t} from '../../lib/catalogue.js';
import {words as refusals} from '../../lib/words-refusals-desk.js';
import {checkField, choiceField, refusedField, textField} from '../form.js';
import {words} from './words-printers.js';

learn(words);
learn(refusals);

/** @typedef {import('../app.js').Ctx} Ctx */

/** The rules' most. */
const MOST = 40;

/** What is typed and not kept yet; null: as it is kept. @type {any} */
let draft = null;

/** A printer as most are sold. @param {any[]} list */
function usual(list) {
  const id = Array.from({length: MOST}, (_, i) => i + 1).find((n) => !list.some((p) => p.id === n)) ?? MOST;
  return {id, name: '', kind: 'escpos', at: 'kiosk', devices: null, address: '', width_mm: 58, qr: 'native', code_page: 'wpc1252', cut: true, silent: false};
}

/** @param {Ctx} ctx */
export function drawPrinters({store, commands, shelf}) {
  const kept = shelf.get('printing');
  if (!kept) return nothing;
  const form = draft ?? kept;
  const put = (/** @type {any} */ more) => { draft = {...form, ...more}; commands.dismiss('printing'); store.update(); };
  const change = (/** @type {number} */ i, /** @type {any} */ more) => put({printers: form.printers.map((/** @type {any} */ p, /** @type {number} */ k) => (k === i ? {...p, ...more} : p))});
  const done = (/** @type {any} */ answer) => { if (answer.ok) { draft = null; shelf.load('printing'); } };
  return html`<section class="card stack" aria-labelledby="printers"><header class="row spread card-head"><h2 id="printers">${t('printers.title')}</h2><span class="row"><a class="button slim quiet" href=${`/sheet?lang=${language()}`} target="_blank">${t('printers.sheet')}</a>
      ${form.printers.length < MOST ? html`<button type="button" class="button slim" @click=${() => put({printers: [...form.printers, usual(form.printers)]})}>${t('printers.add')}</button>` : nothing}</span></header>
    ${textField({id: 'printers-branch', label: t('printers.branch'), hint: t('printers.branch_why'), value: form.branch, max: 80, wrong: refusedField(store, 'printing', 'branch'), onInput: (branch) => put({branch})})}
    ${form.printers.map((/** @type {any} */ p, /** @type {number} */ i) => one({store, commands}, p, i, Boolean(draft), (more) => change(i, more), () => put({printers: form.printers.filter((/** @type {any} */ _, /** @type {number} */ k) => k !== i)})))}
    ${form.printers.length === 0 ? html`<p class="soft">${t('printers.none')}</p>` : nothing}
    <div class="row">${actButton({store, commands, slot: 'printing', request: {method: 'PUT', path: '/api/v1/printing', body: form}, text: t('printers.save'), kind: 'primary', why: draft ? null : t('printers.same'), onDone: done})}
      ${draft ? html`<button type="button" class="button quiet" @click=${() => { draft = null; commands.dismiss('printing'); store.update(); }}>${t('printers.undo')}</button>` : nothing}</div></section>`;
}

/** @param {any} by @param {any} p @param {number} i @param {boolean} changed @param {(more: any) => void} set @param {() => void} drop */
function one({store, commands}, p, i, changed, set, drop) {
  const wrong = (/** @type {string} */ field) => refusedField(store, 'printing', `printers[${i}].${field}`);
  const codes = (/** @type {string} */ family, /** @type {string[]} */ list) => list.map((code) => ({code, text: label(family, code)}));
  const network = p.kind === 'escpos';
  return html`<fieldset class="stack printer"><legend>${p.name || t('printers.no', {n: p.id})}</legend>
    <div class="form-grid">${textField({id: `p-name-${i}`, label: t('printers.name'), value: p.name, max: 40, wrong: wrong('name'), onInput: (name) => set({name})})}
      ${choiceField({id: `p-at-${i}`, label: t('printers.at'), value: p.at, codes: codes('printer_at', ['kiosk', 'desk']), onChoose: (at) => set({at})})}
      ${choiceField({id: `p-kind-${i}`, label: t('printers.kind'), value: p.kind, codes: codes('printer_kind', ['escpos', 'browser']), onChoose: (kind) => set({kind})})}
      ${choiceField({id: `p-width-${i}`, label: t('printers.width'), value: String(p.width_mm), codes: [{code: '58', text: '58 mm'}, {code: '80', text: '80 mm'}], onChoose: (width) => set({width_mm: Number(width)})})}
      ${network ? textField({id: `p-address-${i}`, label: t('printers.address'), hint: t('printers.address_why'), value: p.address, wrong: wrong('address'), onInput: (address) => set({address: address.trim()})}) : nothing}
      ${network ? choiceField({id: `p-qr-${i}`, label: t('printers.qr'), value: p.qr, codes: codes('printer_qr', ['native', 'raster']), onChoose: (qr) => set({qr})}) : nothing}
      ${network ? choiceField({id: `p-page-${i}`, label: t('printers.page'), value: p.code_page, codes: [{code: 'wpc1252', text: 'WPC1252'}, {code: 'pc437', text: 'PC437'}], onChoose: (code_page) => set({code_page})}) : nothing}</div>
    ${network ? html`<div class="row">${checkField({label: t('printers.cut'), on: p.cut, onChange: (cut) => set({cut})})}${checkField({label: t('printers.silent'), on: p.silent, onChange: (silent) => set({silent})})}</div>` : nothing}
    <div class="row">${network ? actButton({store, commands, slot: `printer-${p.id}`, request: {path: `/api/v1/printing/${p.id}/test`}, text: t('printers.test'), kind: 'slim', why: changed ? t('printers.save_first') : null}) : nothing}
      <button type="button" class="button slim quiet" @click=${drop}>${t('printers.drop')}</button></div></fieldset>`;
}
