// @ts-check
// The drawing of one room: the board, what it holds, and the panels beside it. Nothing
// binds before it is published, and publishing says first what it does.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {actButton} from '../../lib/act.js';
import {label, t} from '../../lib/catalogue.js';
import {clock} from '../../lib/times.js';
import {roomName} from '../room-name.js';
import {Advice} from './ask.js';
import {drawBoard, dragging} from './board.js';
import {begin, edit, redo, step, thing, undo} from './edit.js';
import {drawPanel} from './panel.js';
import {drawPublish, faultText, refusedText} from './publish.js';
import {addSeat, blank, bodyOf, capacityUnder, conflicts, draftOf, fault, fillGrid, gridRoom, misplaced, most, sideDesk, standing} from './plan.js';
import {metres} from './metres.js';

/** @typedef {import('../app.js').Ctx} Ctx */
/** @typedef {import('./plan.js').Draft} Draft */
/** @typedef {import('./edit.js').Item} Item */
/** What is being drawn: the room as the server has it (null for a new one), the steps so
 * far, and what is chosen. tried is a distance to look at the room with.
 * @typedef {{key: string, base: any, history: import('./edit.js').History, draft: Draft, chosen: Item|null, tried: number|null,
 *   texts: Record<string, string>, tool: string, tab: string, publishing: boolean, sure: boolean, kept: number|null, said: string|null,
 *   fill: {seats: any[], count: number, bound: number, done: boolean, problem: any, abort: AbortController}|null}} Drawing */

const TOOLS = ['select', 'seat', 'partition', 'obstacle', 'door'];

/** @type {Drawing|null} */
let drawing = null;

/** @type {Advice|null} */
let advice = null;

/** @param {Ctx} ctx @param {any} room @param {any} kept the room's draft @param {number[]} taken @param {number} distance @param {boolean} desk @returns {Drawing} */
function open(ctx, room, kept, taken, distance, desk) {
  const key = room ? String(room.id) : desk ? 'new-desk' : 'new';
  const fresh = drawing === null || drawing.key !== key;
  const follows = drawing && room && !dirty(drawing) && drawing.base?.version !== room.version;
  if (!fresh && !follows) {
    // The same version read again: only what waits for it may be new.
    if (drawing && room && drawing.base?.version === room.version) drawing.base = room;
    return /** @type {Drawing} */ (drawing);
  }
  drawing?.fill?.abort.abort();
  advice ??= new Advice(() => ctx.store.update());
  advice.forget();
  let first = room ? draftOf(room) : desk ? sideDesk(nextNumber(taken)) : blank(nextNumber(taken));
  if (!room && !desk) {
    const grid = gridRoom(first.width_mm, first.depth_mm, distance);
    first = fillGrid(first, grid.columns, grid.rows);
  }
  let history = begin(first);
  if (kept) history = step(history, {...draftOf(kept.drawing), version: first.version}, 'draft');
  drawing = {key, base: room, history, draft: history.room, chosen: null, tried: null, texts: {}, tool: 'select', tab: fresh ? 'shape' : drawing?.tab ?? 'shape',
    publishing: false, sure: false, kept: kept?.saved ?? null, said: null, fill: null};
  return drawing;
}

/** @param {number[]} taken */
function nextNumber(taken) {
  let id = 1;
  while (taken.includes(id)) id += 1;
  return id;
}

/** @param {Drawing} d */
export function dirty(d) {
  return d.base === null || JSON.stringify(bodyOf(draftOf(d.base))) !== JSON.stringify({...bodyOf(d.draft), version: d.base.version});
}

/** What every panel may do with the drawing.
 * @typedef {{act: (change: import('./edit.js').Change, what: string) => void, replace: (draft: Draft, what: string) => void,
 *   choose: (item: Item|null) => void, redraw: () => void, go: (history: import('./edit.js').History) => void}} Hands */

/** @param {Item} item */
function focusOn({kind, index}) {
  const piece = document.querySelector(kind === 'seat' ? `.board [data-seat="${index + 1}"]` : `.board [data-item="${kind}:${index}"]`);
  /** @type {SVGElement|null} */ (piece)?.focus({preventScroll: true});
}

/** @param {Ctx} ctx @param {Drawing} d @returns {Hands} */
function hands(ctx, d) {
  const go = (/** @type {import('./edit.js').History} */ history) => {
    d.history = history;
    d.draft = history.room;
    d.texts = {};
    if (d.chosen && !thing(d.draft, d.chosen)) d.chosen = null;
    ctx.store.update();
  };
  const replace = (/** @type {Draft} */ draft, /** @type {string} */ what) => go(step(d.history, draft, what));
  return {
    go, replace,
    act: (change, what) => {
      const next = edit(d.draft, change);
      if (change.op === 'add' && next !== d.draft) {
        const count = change.kind === 'seat' ? next.seats.length : change.kind === 'door' ? next.keep_clear.length : next.obstacles.length;
        d.chosen = {kind: change.kind === 'partition' ? 'obstacle' : change.kind, index: count - 1};
        d.tool = 'select';
      }
      replace(next, what);
      // What was drawn is under the hand: arrows move it, R turns it.
      if (change.op === 'add' && d.chosen) requestAnimationFrame(() => d.chosen && focusOn(d.chosen));
    },
    choose: (item) => { d.chosen = item; ctx.store.update(); },
    redraw: () => ctx.store.update(),
  };
}

/** @param {Ctx} ctx @param {any} room @param {any} kept @param {any} distance @param {number} groupMax @param {boolean} [desk] a new room is to be a side desk */
export function drawEditor(ctx, room, kept, distance, groupMax, desk = false) {
  const {store, view} = ctx;
  const taken = store.state.roomsKnown ?? [];
  const d = open(ctx, room, kept, taken, distance.distance_mm, desk);
  const by = hands(ctx, d);
  const session = room ? view.rooms.find((/** @type {any} */ m) => m.room.id === room.id)?.session : null;
  const at = d.tried ?? distance.distance_mm;
  const rule = {...distance, distance_mm: at};
  const told = advice && !dragging() && store.state.connection === 'live' ? advice.about(d.draft, d.base?.version ?? 0, rule) : null;
  const chosenSeats = told?.choice?.assignments?.flatMap((/** @type {any} */ a) => a.seats.map((/** @type {string} */ id) => Number(id) - 1));
  const local = chosenSeats ? null : most(d.draft.seats, at);
  const usable = new Set(/** @type {number[]} */ (chosenSeats ?? local?.seats ?? []).filter((i) => d.draft.seats[i] && misplaced(d.draft, d.draft.seats[i]) === null));
  const shown = d.fill ? {...d.draft, seats: []} : d.draft;
  return html`<section class="editor" aria-label=${t('rooms.drawing')}>
    <div class="editor-plan card">
      ${head(ctx, d, by, {at, distance, taken, session})}
      ${drawBoard({draft: shown, chosen: d.chosen, at, usable, ghost: d.fill?.seats ?? null, tool: d.tool, choose: by.choose, act: by.act,
        drag: (draft) => { d.draft = draft; ctx.store.update(); },
        dropped: (before, what) => { const now = d.draft; d.draft = before; by.replace(now, what); }})}
      ${foot(d, usable.size, at, told)}
      ${holds(d, rule, groupMax, told)}</div>
    <div class="editor-form">${drawPanel(ctx, d, by, {at, distance, groupMax, told, session, taken})}</div>
    ${d.publishing ? drawPublish(ctx, d, told, {
      close: () => { d.publishing = false; ctx.store.update(); },
      done: () => published(ctx, d),
    }) : nothing}</section>`;
}

/** A published drawing takes its draft with it.
 * @param {Ctx} ctx @param {Drawing} d */
function published({commands, shelf, go}, d) {
  const id = d.draft.id;
  if (d.kept !== null) commands.send('draft', {method: 'DELETE', path: `/api/v1/rooms/${id}/draft`, body: {}}).then(() => shelf.load('drafts'));
  drawing = null;
  shelf.load('rooms');
  go(`rooms/${id}`);
}

/** @param {Ctx} ctx @param {Drawing} d @param {Hands} by @param {{at: number, distance: any, taken: number[], session: any}} with_ */
function head(ctx, d, by, {taken, session}) {
  const {store, commands, shelf} = ctx;
  const wrong = fault(d.draft, d.base ? [] : taken);
  const typing = Object.keys(d.texts).length > 0;
  const why = typing ? t('rooms.fix_first') : wrong ? faultText(wrong) : !dirty(d) ? t('rooms.unchanged') : null;
  const request = {method: 'PUT', path: `/api/v1/rooms/${d.draft.id}/draft`, body: {...bodyOf(d.draft), version: d.base?.version ?? 0}};
  const kept = (/** @type {any} */ answer) => { if (answer.ok) { d.kept = answer.body?.saved ?? null; d.said = t('rooms.draft_kept'); shelf.load('drafts'); } };
  return html`<header class="row spread plan-head"><div class="row"><h2>${roomName(d.draft.id, d.draft.desk)}</h2>
      ${d.base ? html`<span class="small soft">${t('rooms.version', {n: d.base.version})}</span>` : html`<span class="tag is-forming">${t('rooms.new')}</span>`}
      ${session ? html`<span class="tag is-running">${t('rooms.used')}</span>` : nothing}
      ${d.base && d.base.planned ? html`<span class="tag is-closing" title=${t('rooms.planned_why')}>${t('rooms.planned')}</span>` : nothing}</div>
      <div class="row">${actButton({store, commands, slot: 'draft', request, kind: 'slim', text: t('rooms.keep_draft'), why: typing ? t('rooms.fix_first') : dirty(d) ? null : t('rooms.unchanged'), onDone: kept})}
        <button type="button" class="button slim primary publish-button" ?disabled=${why !== null} title=${why ?? nothing} @click=${() => { d.publishing = true; by.redraw(); }}>${t('rooms.publish_ask')}</button></div></header>
    <div class="toolbar" role="toolbar" aria-label=${t('rooms.tools')}>
      ${TOOLS.map((tool) => html`<button type="button" class="tool" data-tool=${tool} aria-pressed=${String(d.tool === tool)} @click=${() => add(d, by, tool)}>${icon(tool)}<span>${label('room_tool', tool)}</span></button>`)}
      <span class="tool-gap"></span>
      <button type="button" class="tool" data-tool="duplicate" ?disabled=${!d.chosen || d.chosen.kind === 'wall'} @click=${() => d.chosen && by.act({op: 'duplicate', item: d.chosen}, 'duplicate')}>${icon('duplicate')}<span>${t('rooms.duplicate')}</span></button>
      <button type="button" class="tool" data-tool="turn" ?disabled=${d.chosen?.kind !== 'obstacle' && d.chosen?.kind !== 'door'} @click=${() => d.chosen && by.act({op: 'turn', item: d.chosen}, 'turn')}>${icon('turn')}<span>${t('rooms.turn')}</span></button>
      <button type="button" class="tool" data-tool="remove" ?disabled=${!d.chosen || d.chosen.kind === 'wall'} @click=${() => d.chosen && by.act({op: 'remove', item: d.chosen}, 'remove')}>${icon('remove')}<span>${t('rooms.delete')}</span></button>
      <span class="tool-gap"></span>
      <button type="button" class="tool" data-tool="undo" title=${t('rooms.undo')} ?disabled=${d.history.past.length === 0} @click=${() => by.go(undo(d.history))}>${icon('undo')}<span class="visually-hidden">${t('rooms.undo')}</span></button>
      <button type="button" class="tool" data-tool="redo" title=${t('rooms.redo')} ?disabled=${d.history.future.length === 0} @click=${() => by.go(redo(d.history))}>${icon('redo')}<span class="visually-hidden">${t('rooms.redo')}</span></button></div>
    ${why && why !== t('rooms.unchanged') ? html`<p class="small warn" role="alert">${why}</p>` : nothing}`;
}

/** A tool is taken in hand; by keyboard it adds at once, in the middle of the room, from
 * where the arrows move it.
 * @param {Drawing} d @param {Hands} by @param {string} tool */
function add(d, by, tool) {
  if (tool !== 'select' && d.tool === tool) {
    const kind = /** @type {import('./edit.js').Kind} */ (tool);
    const seat = kind === 'seat' ? addSeat(d.draft).seats.at(-1) : null;
    by.act({op: 'add', kind, x: seat?.x_mm ?? Math.round(d.draft.width_mm / 200) * 100, y: seat?.y_mm ?? Math.round(d.draft.depth_mm / 200) * 100}, `add_${kind}`);
    return;
  }
  d.tool = tool;
  by.redraw();
}

const ICONS = /** @type {Record<string, string>} */ ({
  select: 'M5 3l6 14 2-6 6-2z', seat: 'M5 4h14v12M5 4v12M9 12h6v5H9z', obstacle: 'M4 4h16v16H4zM4 4l16 16M20 4L4 20', door: 'M5 20V4M5 4a15 15 0 0 1 15 16',
  partition: 'M4 4v16h16', turn: 'M19 5v5h-5M19 10a8 8 0 1 0 1 5',
  duplicate: 'M8 8h12v12H8zM4 16V4h12', remove: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13', undo: 'M9 6L4 11l5 5M4 11h10a6 6 0 0 1 0 9', redo: 'M15 6l5 5-5 5M20 11H10a6 6 0 0 0 0 9',
});

/** @param {string} code */
function icon(code) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${ICONS[code]}></path></svg>`;
}

/** What can be used at the distance, proven by the server once the hand rests.
 * @param {Drawing} d @param {number} count @param {number} at @param {import('./ask.js').Told|null} told */
function foot(d, count, at, told) {
  const open_ = d.draft.seats.filter((seat) => !seat.closed).length;
  const pairs = conflicts(d.draft.seats, at).length;
  const proven = told?.choice ? (told.choice.optimal ? t('rooms.proven') : t('rooms.at_most', {n: told.choice.upper_bound})) : t('rooms.counting');
  // A drawing with a fault is no room: what it would hold says nothing.
  const text = fault(d.draft, []) ? nothing : open_ === 0 ? t('rooms.none_open') : pairs === 0 ? html`<strong class="good-ink">${t('rooms.all_usable', {n: open_, d: metres(at)})}</strong>`
    : html`<strong class="warn">${t('rooms.some_usable', {n: count, of: open_, d: metres(at), pairs})}</strong>`;
  return html`<div class="row spread plan-foot"><p class="small" role="status">${text} ${text === nothing ? nothing : html`<span class="soft">${proven}</span>`}</p>
    ${d.said ? html`<span class="small good-ink">${d.said}</span>` : d.kept ? html`<span class="small soft">${t('rooms.draft_of', {clock: clock(d.kept)})}</span>` : nothing}</div>
    ${told?.effect?.refused && !fault(d.draft, []) ? html`<p class="small warn" role="alert">${refusedText(told.effect.refused, d.draft)}</p>` : nothing}`;
}

/** What the room holds, as the limits that a drawing decides.
 * @param {Drawing} d @param {any} rule @param {number} groupMax @param {import('./ask.js').Told|null} told */
function holds(d, rule, groupMax, told) {
  const cap = capacityUnder(standing(d.draft), rule, groupMax);
  const rows = ['distance', 'occupancy', 'booths', 'officer'].map((code) => ({code, value: /** @type {any} */ (cap)[code]}));
  const before = told?.effect?.before?.persons;
  return html`<div class="effect"><div class="effect-sum"><span class="figure">${cap.exact ? nothing : '≥ '}${cap.persons}</span><span>${t('rooms.persons_at', {d: metres(rule.distance_mm)})}</span>
      ${before !== undefined && d.tried === null && before !== cap.persons ? html`<span class=${before > cap.persons ? 'small warn' : 'small good-ink'}>${t('rooms.was', {n: before})}</span>` : nothing}</div>
    <dl class="limits">${rows.map((r) => html`<div class=${r.code === cap.binds ? 'binds' : ''} title=${label('limit', r.code)}><dt>${label('limit_short', r.code)}</dt>
      <dd class="figure">${Number.isFinite(r.value) ? r.value : '∞'}</dd></div>`)}</dl></div>`;
}

/** Undo and redo by keyboard, while a room is drawn.
 * @param {KeyboardEvent} event @param {Ctx} ctx */
export function editorKey(event, ctx) {
  if (!drawing || !(event.ctrlKey || event.metaKey) || /** @type {Element} */ (event.target).closest?.('input, textarea')) return;
  const key = event.key.toLowerCase();
  if (key !== 'z' && key !== 'y') return;
  event.preventDefault();
  hands(ctx, drawing).go(key === 'y' || event.shiftKey ? redo(drawing.history) : undo(drawing.history));
}

/** Forgets the drawing, after its room is gone or a draft was dropped. */
export function forgetDrawing() {
  drawing?.fill?.abort.abort();
  drawing = null;
}
