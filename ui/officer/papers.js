// @ts-check
// Marks of documents, one key each. A key pressed twice in a row means "missing" and must
// not be lost because the first mark is still on its way: the newest wish is kept and
// sent as soon as the line is free.

import {nextMark} from './model.js';

/** @typedef {import('../lib/commands.js').Commands} Commands */

export class PaperMarks {
  /** @param {Pick<Commands, 'send'>} commands */
  constructor(commands) {
    this.commands = commands;
    /** What was wished and is not yet seen in a view.
     * @type {Map<string, string>} */
    this.wishes = new Map();
    /** What the branch was told last, until a view has caught up: a view that is older says
     * what was before, and a mark that goes back to that must be sent all the same.
     * @private @type {Map<string, string>} */
    this.told = new Map();
    /** @private @type {Set<string>} */
    this.sending = new Set();
  }

  /** @param {number} claim @param {string} doc */
  static slot(claim, doc) {
    return `paper-${claim}-${doc}`;
  }

  /** The mark to show: what the officer wished last, else what the branch knows.
   * @param {number} claim @param {{doc: string, mark: string}} paper */
  shown(claim, paper) {
    return this.wishes.get(PaperMarks.slot(claim, paper.doc)) ?? paper.mark;
  }

  /** Goes on to the next mark. @param {number} claim @param {{doc: string, mark: string}} paper */
  press(claim, paper) {
    return this.mark(claim, paper.doc, nextMark(this.shown(claim, paper)), paper.mark);
  }

  /** Wishes for a mark; resolves when nothing more is to be sent.
   * @param {number} claim @param {string} doc @param {string} mark @param {string} known what the view says */
  async mark(claim, doc, mark, known) {
    const slot = PaperMarks.slot(claim, doc);
    this.wishes.set(slot, mark);
    if (this.sending.has(slot)) return;
    this.sending.add(slot);
    try {
      let told = this.told.get(slot) ?? known;
      for (let wish = mark; wish !== told; wish = this.wishes.get(slot) ?? told) {
        const answer = await this.commands.send(slot, {path: `/api/v1/claims/${claim}/papers`, body: {doc, mark: wish}});
        if (!answer.ok) {
          this.wishes.delete(slot);
          this.told.delete(slot); // nobody will wait for a view any more: the next one decides
          return;
        }
        told = wish;
        this.told.set(slot, told);
      }
    } finally {
      this.sending.delete(slot);
    }
  }

  /** Forgets the wishes whose command is settled: the view says the same by now, or
   * something newer. @param {ReadonlyMap<string, unknown>} pending */
  settle(pending) {
    for (const slot of this.wishes.keys()) {
      if (this.sending.has(slot) || pending.has(slot)) continue;
      this.wishes.delete(slot);
      this.told.delete(slot);
    }
  }
}
