// @ts-check
// The cards beside a report: the multiplier with its basis, fairness, how visits ended, and
// the satisfaction survey.

import {html, nothing} from '../../vendor/lit-html/lit-html.js';
import {label, t} from '../../lib/catalogue.js';
import {vars} from '../../lib/css.js';
import {duration} from '../../lib/times.js';
import {lyingBar, lyingRange, stacked} from './charts.js';
import {permille, unserved} from './model.js';
import {minutes, number, share} from './say.js';

/** Hundredths of an hour in seconds. @param {number} hundredths */
const officerS = (hundredths) => hundredths * 36;

/** @param {any} body */
export function drawMultiplier({multiplier: m}) {
  if (m.early) {
    // In the words of the overview, so that the two pages say one thing of one day.
    return html`<section class="card side-card"><h2>${t('report.multiplier')}</h2><p><strong>${t('now.early')}</strong></p>
      <p class="small soft">${t('now.early_why', {claims: m.claims, of: m.need.claims, time: duration(officerS(m.hours_x100)), of_time: duration(officerS(m.need.hours_x100))})}</p></section>`;
  }
  if (m.value_x100 === 0) return html`<section class="card side-card"><h2>${t('report.multiplier')}</h2><p class="soft">${t('report.multiplier_none')}</p></section>`;
  const top = Math.max(m.group_x100, m.single_x100, m.counter_x100);
  const rows = [
    {text: t('report.group_rate'), value: m.group_x100, kind: 'strong'},
    {text: label('report_basis', m.basis, {n: number(m.single_n)}), value: m.single_x100, kind: 'soft-bar'},
    {text: t('report.counter_rate'), value: m.counter_x100, kind: 'soft-bar'},
  ];
  return html`<section class="card side-card multiplier"><h2>${t('report.multiplier')}</h2>
    <p class="big"><span class="figure">${number(m.value_x100 / 100, 2)}×</span> <span class="small soft">${t('report.multiplier_why')}</span></p>
    <dl class="bars">${rows.filter((row) => row.value > 0).map((row) => html`<div><dt class="small">${row.text}</dt><dd>${lyingBar({value: row.value, top, say: number(row.value / 100, 2), kind: row.kind})}</dd></div>`)}</dl>
    ${m.counter_x100 > m.group_x100 ? html`<p class="small soft">${t('report.counter_why')}</p>` : nothing}
    <p class="small soft">${t('report.multiplier_times', {own: duration(m.own_s), officer: duration(m.officer_s), idle: duration(m.idle_s)})}</p></section>`;
}

/** @param {any} body */
export function drawFairness({fairness: f, goals}) {
  const sizes = [{text: t('report.wait_singles'), s: f.singles}, {text: t('report.wait_pairs'), s: f.pairs}, {text: t('report.wait_families'), s: f.families}];
  const top = Math.max(goals.promised_wait_s, ...sizes.map(({s}) => s.max_s));
  const beyond = f.overtake_mx > f.bound;
  return html`<section class="card side-card"><h2>${t('report.fairness')}</h2>
    <dl class="pairs"><div><dt>${t('report.overtaken_n')}</dt><dd class="figure">${number(f.overtaken)} <span class="small soft">${f.called > 0 ? share(permille(f.overtaken, f.called) ?? 0) : nothing}</span></dd></div>
      <div><dt>${t('report.overtake_mx')}</dt><dd class=${beyond ? 'figure warn' : 'figure'}>${number(f.overtake_mx)} <span class="small soft">${t('report.overtake_bound')}: ${f.bound}</span></dd></div>
      <div><dt>${t('report.longest')}</dt><dd class="figure">${duration(f.longest_s)}</dd></div></dl>
    <h3 class="chart-title row spread">${t('report.by_size')} <span class="small soft">${t('report.by_size_unit')}</span></h3>
    <dl class="bars">${sizes.map(({text, s}) => html`<div><dt class="small">${text} <span class="soft">${t('report.size_n', {n: number(s.n)})}</span></dt>
      <dd>${lyingRange({spread: s, top, line: goals.promised_wait_s, say: s.n === 0 ? '–' : `${minutes(s.p50_s)} · ${minutes(s.p90_s)}`})}</dd></div>`)}</dl></section>`;
}

/** @param {any} body */
export function drawEndings({total: f}) {
  const o = f.outcomes;
  const claims = ['approved', 'returned', 'escalated', 'refused'].map((code) => ({code, text: label('report_col', code), n: o[code], say: number(o[code])}));
  const rest = unserved(f);
  return html`<section class="card side-card"><h2>${t('report.endings')}</h2><h3 class="chart-title">${t('report.endings_claims')}</h3>${stacked(claims)}
    <h3 class="chart-title">${t('report.endings_visits')}</h3>
    ${rest.length === 0 ? html`<p class="small soft">${f.visits > f.door.n ? t('report.endings_open', {n: number(f.visits - f.door.n)}) : t('report.endings_none')}</p>` : html`<dl class="pairs">${rest.map(({code, n}) => html`<div><dt>${label('report_col', code)}</dt><dd class="figure">${number(n)} <span class="small soft">${share(permille(n, f.visits + f.missed) ?? 0)}</span></dd></div>`)}</dl>`}</section>`;
}

/** The least score that there can be, in hundredths. */
const LEAST = 2500;

/** @param {any} body */
export function drawSurvey({satisfaction: s, total}) {
  if (s.visits === 0) return html`<section class="card side-card"><h2>${t('report.survey')}</h2><p class="soft">${t('report.survey_none')}</p></section>`;
  const grade = String(s.class).toLowerCase();
  return html`<section class="card side-card survey"><h2>${t('report.survey')}</h2>
    <p class="big"><span class=${`grade g-${grade}`}>${s.class}</span> <span class="figure">${number(s.score / 100, 2)}</span> <span class="small soft">${label('report_class', grade)}</span></p>
    <p class="small soft">${t('report.survey_sub', {n: s.visits, pct: share(permille(s.visits, total.door.n) ?? 0)})}</p>
    <table class="table tight survey-items"><tbody>${s.items.map((/** @type {any} */ item) => html`<tr><th scope="row">${label('survey_item', item.item)}</th>
      <td class="bar-col"><div class="meter"><i ${vars({'--share': `${Math.max(0, (item.score - LEAST) * 100 / (10_000 - LEAST))}%`})}></i></div></td>
      <td class="end figure">${item.n === 0 ? '–' : number(item.score / 100, 1)}</td><td class="end">${item.class ?? ''}</td></tr>`)}</tbody></table></section>`;
}
