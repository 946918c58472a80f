// @ts-check
// The briefing as something that plays: scenes one after the other, with pause, back,
// forward and again. Pure: times come in, in milliseconds.

/** Nobody reads a picture and its caption in less; a slow reader needs the second
 * per this many signs. */
const LEAST_MS = 6000;
const SIGNS_PER_S = 13;

/** How long a scene with this caption stays.
 * @param {string} caption */
export function length(caption) {
  return Math.max(LEAST_MS, Math.round((caption.length / SIGNS_PER_S) * 1000) + 2000);
}

export class Player {
  /** @param {number[]} lengths of the scenes */
  constructor(lengths) {
    this.lengths = lengths;
    this.reset(0);
  }

  /** From the beginning, playing.
   * @param {number} local */
  reset(local) {
    this.scene = 0;
    this.since = local;
    this.spent = 0;
    this.playing = true;
    this.ended = false;
  }

  /** Goes on in time; true when another scene came up. A scene whose voice still speaks
   * is held.
   * @param {number} local @param {boolean} [speaking] */
  tick(local, speaking = false) {
    if (!this.playing || speaking || this.elapsed(local) < this.lengths[this.scene]) return false;
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
   * @param {number} local */
  elapsed(local) {
    return this.spent + (this.playing ? local - this.since : 0);
  }

  /** Share of the scene that has passed, 0 to 100.
   * @param {number} local */
  share(local) {
    return Math.min(100, Math.round((this.elapsed(local) / this.lengths[this.scene]) * 100));
  }
}
