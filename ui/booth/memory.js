// @ts-check
// What this screen remembers of the person at it, over a reload: that they confirmed,
// how far they heard the briefing, what they ticked, their language, that they are
// done. It is of one visit, and forgotten with it.

const KEY = 'lapak.booth';

/** @typedef {object} Kept
 * @property {number} visit 0: nobody's
 * @property {boolean} confirmed they said "this is me"
 * @property {boolean} seated the branch noted that they are here
 * @property {number} scene of the briefing
 * @property {boolean} muted
 * @property {string} lang theirs; empty: the booth's
 * @property {string[]} ticks "CLAIM DOCUMENT"
 * @property {number[]} answers of the survey so far, 0 for a skipped one
 * @property {boolean} over they are done: nothing of them is shown any more
 * @property {number} ended when their outcome was first shown, by this PC's clock */

/** @returns {Kept} */
function nobody() {
  return {visit: 0, confirmed: false, seated: false, scene: 0, muted: false, lang: '', ticks: [], answers: [], over: false, ended: 0};
}

export class Memory {
  /** @param {Pick<Storage, 'getItem'|'setItem'|'removeItem'>|null} [storage] */
  constructor(storage = pageStorage()) {
    this.storage = storage;
    /** @type {Kept} */
    this.kept = {...nobody(), ...this.read()};
  }

  /** To be told whose turn every view is, and whether they are only expected: another
   * visit begins with nothing, and so does one that is expected again because somebody
   * else had sat there; returns whether it begins. @param {number} visit @param {boolean} [expected] */
  follow(visit, expected = false) {
    if (visit === this.kept.visit && !(expected && this.kept.seated)) {
      if (visit !== 0 && !expected && !this.kept.seated) this.set({seated: true});
      return false;
    }
    this.kept = {...nobody(), visit, seated: visit !== 0 && !expected};
    this.write();
    return true;
  }

  /** @param {Partial<Kept>} change */
  set(change) {
    Object.assign(this.kept, change);
    this.write();
  }

  /** @param {number} claim @param {string} doc */
  toggle(claim, doc) {
    const key = `${claim} ${doc}`;
    const ticks = this.kept.ticks.filter((one) => one !== key);
    if (ticks.length === this.kept.ticks.length) ticks.push(key);
    this.set({ticks});
  }

  /** Whether a paper was found: by the officer, or by the person.
   * @param {number} claim @param {{doc: string, mark: string}} paper */
  has(claim, paper) {
    return paper.mark === 'present' || this.kept.ticks.includes(`${claim} ${paper.doc}`);
  }

  /** @private @returns {Partial<Kept>} */
  read() {
    try {
      const kept = JSON.parse(this.storage?.getItem(KEY) ?? 'null');
      return kept && Array.isArray(kept.ticks) && Array.isArray(kept.answers) ? kept : {};
    } catch {
      return {};
    }
  }

  /** @private */
  write() {
    try {
      if (this.kept.visit === 0) this.storage?.removeItem(KEY);
      else this.storage?.setItem(KEY, JSON.stringify(this.kept));
    } catch {
      // Without memory a reload asks the person once more: bearable.
    }
  }
}

/** Kept for this tab only, and gone with it. @returns {Storage|null} */
function pageStorage() {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}
