// @ts-check
// What was promised and what was learned, worked out for the page that shows both: no
// words, no drawing. Times are whole seconds, shares whole percent.

/** The range that is told should hold for so many of a hundred calls; and it should not
 * hold for many more, or it was told wider than it had to be. */
export const AIM_PCT = 80;
export const AIM_LOW_PCT = 77;
export const AIM_HIGH_PCT = 83;

/** The mean error that the forecast aims for. */
export const AIM_ERROR_S = 150;

/** Below so many calls a share says nothing: one call more would move it by more than
 * the whole band. */
export const FEW = 20;

/** A learned time this much off the catalogue is worth a look. */
const FAR_PCT = 25;

/** @typedef {{n: number, inside: number, inside_pct: number, early: number, late: number, error_s: number, width_s: number}} Tally */

/** How promises turned out.
 * @param {Tally} tally */
export function turnedOut({n, inside_pct, early, late, error_s, width_s}) {
  const pct = (/** @type {number} */ part) => (n > 0 ? Math.round((part * 100) / n) : 0);
  return {n, errorS: error_s, widthS: width_s, insidePct: inside_pct, earlyPct: pct(early), latePct: pct(late), how: judged(n, inside_pct)};
}

/** What a share inside the range means: too few calls to say, under the aim, over it
 * (the ranges could be narrower), or as it should be.
 * @param {number} n @param {number} pct @returns {'few'|'under'|'over'|'held'} */
export function judged(n, pct) {
  if (n < FEW) return 'few';
  if (pct < AIM_LOW_PCT) return 'under';
  return pct > AIM_HIGH_PCT ? 'over' : 'held';
}

/** The day's promises and those of each hour; kind is the promise that is looked at.
 * @param {any} score @param {'first'|'standing'} kind */
export function scored(score, kind) {
  return {
    all: turnedOut(score[kind]),
    hours: (score.hours ?? []).filter((/** @type {any} */ h) => h[kind].n > 0).map((/** @type {any} */ h) => ({hour: h.hour, ...turnedOut(h[kind])})),
  };
}

/** @typedef {{programme?: string, step: string, who?: string, officer?: number, prior_s: number, learned_s: number,
 *   today_s: number, n: number, recent: number, today_n: number, weight_pct: number, held: number, absurd: number, clamped: boolean}} Figure */

/** The learned times by programme, in the order in which the procedures have their
 * steps; a branch's own spans come last. Each step carries its officers.
 * @param {Figure[]} figures @param {any[]} procedures of the policy */
export function byProgramme(figures, procedures) {
  const everybody = figures.filter((f) => !f.officer);
  const codes = [...new Set([...procedures.map((p) => p.programme), ...everybody.map((f) => f.programme ?? '')])]
    .filter((code) => everybody.some((f) => (f.programme ?? '') === code));
  codes.sort((a, b) => Number(a === '') - Number(b === ''));
  return codes.map((code) => {
    const order = procedures.find((p) => p.programme === code)?.steps.map((/** @type {any} */ s) => s.step) ?? [];
    const place = (/** @type {Figure} */ f) => (order.includes(f.step) ? order.indexOf(f.step) : order.length);
    const steps = everybody.filter((f) => (f.programme ?? '') === code).sort((a, b) => place(a) - place(b))
      .map((f) => ({...f, officers: figures.filter((o) => o.officer && o.programme === f.programme && o.step === f.step).sort((a, b) => Number(a.officer) - Number(b.officer))}));
    return {code, steps, flagged: steps.filter((s) => s.clamped || s.officers.some((o) => o.clamped)).length};
  });
}

/** Whole percent by which a time lies off the catalogue's.
 * @param {number} seconds @param {number} prior */
export function offPct(seconds, prior) {
  return prior > 0 ? Math.round((seconds * 100) / prior) - 100 : 0;
}

/** Where a time stands on a scale on which the middle is the catalogue, the left end
 * half of it and the right end double: a factor is as far to either side.
 * @param {number} seconds @param {number} prior */
export function factorPlace(seconds, prior) {
  if (!(seconds > 0) || !(prior > 0)) return 50;
  return Math.max(0, Math.min(100, 50 + Math.log2(seconds / prior) * 50));
}

/** Whether a time lies far enough off the catalogue to be pointed out.
 * @param {number} seconds @param {number} prior */
export function far(seconds, prior) {
  return Math.abs(offPct(seconds, prior)) >= FAR_PCT;
}

/** Every figure at which a limit bit.
 * @param {Figure[]} figures */
export function flagged(figures) {
  return figures.filter((f) => f.clamped);
}

/** Which kind of limit bit: most values were so far out that they did not count, or the
 * time moved further, in a day or off the catalogue, than it may.
 * @param {Figure} f @returns {'absurd'|'moved'} */
export function limitOf(f) {
  return f.absurd > f.n ? 'absurd' : 'moved';
}

/** Today's time of a figure, null when nothing of it was measured today: then it is only
 * what was believed this morning.
 * @param {Figure} f */
export function todayOf(f) {
  return f.today_n > 0 ? f.today_s : null;
}

/** The usual breaks in the order of the day.
 * @param {{officer: number, at_s: number, for_s: number, n: number}[]|null|undefined} breaks */
export function inDayOrder(breaks) {
  return [...breaks ?? []].sort((a, b) => a.at_s - b.at_s || a.officer - b.officer);
}

/** Visits by weekday and hour in tenths, with the highest of them; hours and weekdays in
 * which nobody ever came are left out.
 * @param {any[]} arrivals */
export function profile(arrivals) {
  const sum = (/** @type {any} */ a) => a.milli.reduce((/** @type {number} */ s, /** @type {number} */ n) => s + n, 0);
  const hours = [...new Set(arrivals.map((a) => a.hour))].sort((a, b) => a - b);
  const days = [...new Set(arrivals.map((a) => a.weekday))].sort((a, b) => a - b);
  const cells = days.map((weekday) => ({
    weekday, days: arrivals.find((a) => a.weekday === weekday)?.days ?? 0,
    visits: hours.map((hour) => {
      const one = arrivals.find((a) => a.weekday === weekday && a.hour === hour);
      return one ? Math.round(sum(one) / 100) / 10 : 0;
    }),
  }));
  return {hours, rows: cells, top: cells.reduce((most, row) => Math.max(most, ...row.visits), 0)};
}
