// @ts-check
// The briefing as something that plays: scenes one after the other, with pause, back,
// forward and again. Pure: times come in, in milliseconds.

/** Nobody reads a picture and its caption in less; a slow reader needs the second
 * per this many signs. */
const LEAST_MS = 6000;
const SIGNS_PER_S = 13;
/** After the last word of a scene, before the next picture. */
const PAUSE_MS = 900;

/** How long a scene with this caption stays; lasts is its recording's length, if any.
 * @param {string} caption @param {number} [lasts] */
export function length(caption, lasts = 0) {
  return Math.max(LEAST_MS, lasts > 0 ? lasts + PAUSE_MS : Math.round((caption.length / SIGNS_PER_S) * 1000) + 2000);
}

/** A caption's sentences. @param {string} caption */
export function sentences(caption) {
  return caption.split(/(?<=[.?!])\s+/).filter(Boolean);
}

/** The sentence that is spoken so long after the scene began; all begin at once where
 * no times are known, which is none in particular.
 * @param {number[]} begins @param {number} elapsed */
export function sentenceAt(begins, elapsed) {
  let at = -1;
  begins.forEach((begin, i) => { if (elapsed >= begin) at = i; });
  return at;
}

export class Player {
  /** @param {number[]} lengths of the scenes */
  constructor(lengths) {
    /** @type {number[]} */
    this.lengths = lengths;
    this.scene = 0;
    /** @private */
    this.since = 0;
    /** @private @type {number} */
    this.spent = 0;
    this.playing = true;
    this.ended = false;
  }

  /** From a scene on, playing.
   * @param {number} local @param {number} [scene] */
  reset(local, scene = 0) {
    this.playing = true;
    this.go(scene, local);
  }

  /** Goes on in time; true when another scene came up.
   * @param {number} local */
  tick(local) {
    if (!this.playing || this.elapsed(local) < this.lengths[this.scene]) return false;
    if (this.scene === this.lengths.length - 1) {
      this.pause(local);
      this.ended = true;
      return false;
    }
    this.go(this.scene + 1, local);
    return true;
  }

  /** @param {number} scene @param {number} local */
  go(scene, local) {
    this.scene = Math.min(Math.max(scene, 0), this.lengths.length - 1);
    this.since = local;
    this.spent = 0;
    this.ended = false;
  }

  /** @param {number} local */
  pause(local) {
    this.spent = this.elapsed(local);
    this.playing = false;
  }

  /** @param {number} local */
  play(local) {
    if (this.ended) return this.reset(local);
    this.since = local;
    this.playing = true;
  }

  /** Milliseconds of the scene that is up.
   * @param {number} local @returns {number} */
  elapsed(local) {
    return this.spent + (this.playing ? local - this.since : 0);
  }

  /** Share of the scene that has passed, 0 to 100.
   * @param {number} local */
  share(local) {
    return Math.min(100, Math.round((this.elapsed(local) / this.lengths[this.scene]) * 100));
  }
}
