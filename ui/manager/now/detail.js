// @ts-check
// One room or one visit, looked at closely: what it is, what the rules would do next
// and why, and what happened so far. Names are not shown here.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {ask} from '../../lib/ask.js';
import {label, t} from '../../lib/catalogue.js';
import {stateTag} from '../../lib/parts.js';
import {clock, stopwatch} from '../../lib/times.js';
import {whyText} from '../../lib/why.js';
import {five} from '../figures.js';
import {roomName} from '../room-name.js';

/** @typedef {import('../app.js').Ctx} Ctx */

/** How old a closer look may grow before it is read again, in real milliseconds: the
 * floor plan beside it is newer, so the two must not disagree for long. */
const FRESH_MS = 3000;

/** What is looked at. @type {{path: string, body: any, problem: any, at: number, busy: boolean}|null} */
let look = null;

/** @param {Ctx} ctx @param {string} path */
function read({store}, path) {
  if (look?.path !== path) look = {path, body: null, problem: null, at: 0, busy: false};
  const mine = look;
  if (!mine.busy && Date.now() - mine.at > FRESH_MS) {
    mine.busy = true;
    ask(path).then((answer) => {
      Object.assign(mine, {busy: false, at: Date.now(), problem: answer.ok ? null : answer.problem, body: answer.ok ? answer.body : mine.body});
      store.update();
    });
  }
  return mine;
}

/** The closer look that the address asks for, or nothing.
 * @param {Ctx} ctx */
export function drawDetail(ctx) {
  const [, kind, id] = ctx.place;
  const n = Number(id);
  if (!(n > 0) || (kind !== 'room' && kind !== 'visit')) return null;
  const known = kind === 'visit' || ctx.view.rooms.some((/** @type {any} */ m) => m.room.id === n);
  const {body, problem} = known ? read(ctx, kind === 'room' ? `/api/v1/views/room/${n}` : `/api/v1/visits/${n}`) : {body: null, problem: {code: 'not_found'}};
  const title = kind === 'room' ? roomName(n) : body?.number ?? '…';
  return html`<section class="card side-card detail" aria-label=${title} @keydown=${(/** @type {KeyboardEvent} */ e) => { if (e.key === 'Escape') ctx.go('now'); }}>
    <div class="row spread"><h2 class=${kind === 'visit' ? 'number' : ''}>${title}</h2><a class="button slim" href="#now">${t('now.back')}</a></div>
    ${problem && !body ? html`<p class="warn">${t('now.not_read')}</p>` : body ? (kind === 'room' ? roomDetail(ctx, body) : visitDetail(ctx, body)) : html`<p class="soft">${t('feed.connecting')}</p>`}</section>`;
}

/** @param {Ctx} ctx @param {any} v */
function roomDetail({name, now}, v) {
  const {session, proposal} = v;
  const waits = (proposal.wait ?? []).map((/** @type {any} */ why) => html`<li>${whyText(why, proposal.holding)}</li>`);
  return html`<div class="detail-part">${stateTag('session', session?.state ?? 'empty')}
      ${session ? html`<p class="small">${session.crew.map(name).join(', ')} · ${t('manager.since', {clock: clock(session.opened)})}</p>` : nothing}
      ${v.room.planned_at ? html`<p class="note small">${t('now.planned', {clock: clock(v.room.planned_at)})}</p>` : nothing}</div>
    ${session ? html`<div class="detail-part"><h3>${t('manager.limits')}</h3><table class="table tight"><tbody>${five(v.capacity).map((limit) => html`<tr class=${limit.binds ? 'binds-row' : ''}>
        <td>${label('limit', limit.code)}${limit.binds ? html` <b class="small">← ${t('manager.binds')}</b>` : nothing}</td><td class="end figure">${limit.unlimited ? '∞' : limit.value}</td></tr>`)}</tbody></table></div>` : nothing}
    ${proposal.picks.length > 0 ? html`<div class="detail-part"><h3>${t('now.would_call', {n: proposal.persons})}</h3>${proposed(proposal.picks, now)}</div>` : nothing}
    ${waits.length > 0 ? html`<div class="detail-part"><h3>${t('now.why_not_yet')}</h3><ul class="whys">${waits}</ul></div>` : nothing}
    ${proposal.skips.length > 0 ? html`<div class="detail-part"><h3>${t('now.passed')}</h3>${proposed(proposal.skips.slice(0, SKIPS), now)}</div>` : nothing}
    <p><a class="button slim" href=${`#rooms/${v.room.id}`}>${t('now.to_drawing')}</a></p>`;
}

/** Those who were passed over that fit beside the rest. */
const SKIPS = 8;

/** @param {any[]} list @param {number} _now */
function proposed(list, _now) {
  return html`<ul class="proposed">${list.map((one) => html`<li><a class="number" href=${`#now/visit/${one.visit}`}>${one.number}</a>
    <span class="small">${one.seats?.length ? t('now.to_seats', {n: one.seats.join(', ')}) : nothing}${one.why.map((/** @type {any} */ why, /** @type {number} */ i) => html`${i > 0 || one.seats?.length ? ' · ' : ''}${whyText(why)}`)}</span></li>`)}</ul>`;
}

/** @param {Ctx} ctx @param {any} v */
function visitDetail({now}, v) {
  const rows = [
    [t('now.d_state'), stateTag('visit', v.state)],
    [t('now.d_lane'), label('channel', v.channel)],
    v.persons > 1 ? [t('now.d_persons'), v.persons] : null,
    v.priority !== 'none' ? [t('now.d_priority'), label('priority', v.priority)] : null,
    v.room ? [t('now.d_place'), html`<a href=${`#now/room/${v.room}`}>${roomName(v.room)}</a>${v.seats?.length ? `, ${t('now.to_seats', {n: v.seats.join(', ')})}` : ''}`] : null,
    [t('now.d_arrived'), clock(v.arrived)],
    ['waiting', 'at_desk'].includes(v.state) && v.waits_since ? [t('now.d_waits'), stopwatch(now - v.waits_since)] : [t('now.d_since'), stopwatch(now - v.since)],
    v.overtaken > 0 ? [t('now.d_overtaken'), t('manager.overtaken', {n: v.overtaken})] : null,
  ].filter((row) => row !== null);
  return html`<dl class="facts detail-part">${rows.map(([what, value]) => html`<dt>${what}</dt><dd>${value}</dd>`)}</dl>
    <div class="detail-part"><h3>${t('now.d_claims', {n: v.claims.length})}</h3><ul class="whys">${v.claims.map((/** @type {any} */ c) => html`<li><strong>${c.programme}</strong> ${label('reason', c.reason)}
      ${c.outcome !== 'none' ? stateTag('outcome', c.outcome) : c.steps[c.step] ? html`<span class="small soft">${label('step', c.steps[c.step].step)} ${c.step + 1}/${c.steps.length}</span>` : nothing}</li>`)}</ul></div>
    ${(v.why ?? []).length > 0 ? html`<p class="note detail-part">${v.why.map((/** @type {any} */ why) => whyText(why))}. ${t('now.unserved_visit')}</p>` : nothing}
    ${story(v.story ?? [])}`;
}

/** What happened, newest first, with the reasons.
 * @param {any[]} notes */
function story(notes) {
  if (notes.length === 0) return nothing;
  return html`<div class="detail-part"><h3>${t('now.d_story')}</h3><ol class="story">${[...notes].reverse().map((note) => html`<li><span class="figure small soft">${clock(note.at)}</span>
    <span><strong>${label('story', note.what)}</strong>${(note.why ?? []).map((/** @type {any} */ why) => html` <span class="small soft">${whyText(why)}</span>`)}</span></li>`)}</ol></div>`;
}

