// @ts-check
// The server's time as this screen knows it. Countdowns never trust the PC's clock,
// which may be hours wrong; they count on from the times the server's frames carry.

/** How many frames the estimate remembers: a minute of beats. Of these the largest
 * offset is the one that travelled fastest and is therefore the least wrong. */
const SAMPLES = 20;

/** Beyond this many milliseconds of disagreement the server's clock was set, or this
 * machine slept: the old samples say nothing any more. */
const JUMP_MS = 5000;

/** Numbers below this are whole seconds, as views carry them; in milliseconds it would
 * be early 1973. */
const SECONDS_BELOW = 100_000_000_000;

/** A moment in milliseconds since 1970, NaN if it is none. Frames carry RFC 3339, views
 * whole seconds, and this side counts milliseconds.
 * @param {string|number|null|undefined} at */
export function millis(at) {
  if (typeof at === 'number') return at < SECONDS_BELOW ? at * 1000 : at;
  return at ? Date.parse(at) : NaN;
}

export class ServerClock {
  /** @param {() => number} [local] a clock in milliseconds that never goes back */
  constructor(local = () => performance.now()) {
    this.local = local;
    /** @type {number[]} */
    this.offsets = [];
    this.speed = 1;
    this.anchor = 0;
    this.anchorAt = 0;
  }

  /** Takes note of a frame's time. speed is how many times faster than the clock the
   * branch runs: 1 in a real branch, 60 in the demo, 0 while the demo is paused.
   * @param {string|number} at
   * @param {number} [speed] */
  observe(at, speed = 1) {
    const server = millis(at);
    if (Number.isNaN(server)) return;
    const local = this.local();
    const offset = server - local;
    const jumped = this.offsets.length > 0 && Math.abs(offset - this.offset()) > JUMP_MS;
    if (jumped || speed !== this.speed) this.offsets = [];
    this.offsets.push(offset);
    if (this.offsets.length > SAMPLES) this.offsets.shift();
    this.speed = speed;
    this.anchor = server;
    this.anchorAt = local;
  }

  /** Tells whether any frame was seen. */
  known() {
    return this.offsets.length > 0;
  }

  /** The server's time now, in milliseconds since 1970; before the first frame the
   * PC's own, which is better than nothing for a wall clock. */
  now() {
    if (!this.known()) return Date.now();
    const local = this.local();
    // In a demo the latency is small against the speed: the last frame decides.
    if (this.speed !== 1) return this.anchor + (local - this.anchorAt) * this.speed;
    return local + this.offset();
  }

  /** Whole seconds since a moment; negative before it.
   * @param {string|number} at */
  since(at) {
    return Math.floor((this.now() - millis(at)) / 1000);
  }

  /** @private */
  offset() {
    return Math.max(...this.offsets);
  }
}
