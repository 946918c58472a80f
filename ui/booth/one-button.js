// @ts-check
// A booth with one button, wired as Space or Enter (?button=1): a short press is the
// likely answer, a long one the other.

/** Held so long, a press is a long one: nobody does that by accident. */
export const LONG_MS = 1500;

export class OneButton {
  /** @param {{short: () => void, long: () => void, means: () => string}} acts means: what a press
   * means now; one that ends with another meaning than it began with is nobody's
   * @param {() => number} [now] */
  constructor(acts, now = () => performance.now()) {
    this.acts = acts;
    this.now = now;
    /** @private @type {number|null} */
    this.downAt = null;
    /** @private */
    this.meant = '';
  }

  /** @param {EventTarget} where */
  listen(where) {
    where.addEventListener('keydown', (event) => this.down(/** @type {KeyboardEvent} */ (event)), {capture: true});
    where.addEventListener('keyup', (event) => this.up(/** @type {KeyboardEvent} */ (event)), {capture: true});
  }

  /** @param {Pick<KeyboardEvent, 'key'|'preventDefault'|'stopPropagation'>} event */
  down(event) {
    if (!ours(event)) return;
    if (this.downAt !== null) return; // A held key repeats.
    this.downAt = this.now();
    this.meant = this.acts.means();
  }

  /** @param {Pick<KeyboardEvent, 'key'|'preventDefault'|'stopPropagation'>} event */
  up(event) {
    if (!ours(event) || this.downAt === null) return;
    const held = this.now() - this.downAt;
    this.downAt = null;
    if (this.meant !== this.acts.means()) return;
    if (held >= LONG_MS) this.acts.long();
    else this.acts.short();
  }
}

/** Takes the key away from whatever has the focus.
 * @param {Pick<KeyboardEvent, 'key'|'preventDefault'|'stopPropagation'>} event */
function ours(event) {
  if (event.key !== ' ' && event.key !== 'Enter') return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
