// @ts-check
// A screen that waits to be let in: it asks for a code, shows it, and asks every few
// seconds what has become of it. A code that is over is replaced without a touch.

/** Pause before a question that found no server is asked again. */
const LOST_MS = 5000;

/** What a screen shows while it waits.
 * @typedef {{phase: 'starting'|'waiting'|'approved'|'denied', code: string, approve: string, qr: {size: number, path: string}|null, until: number, lost: boolean}} Waiting */

export class Wait {
  /** @param {{begin: () => Promise<any>, poll: () => Promise<any>, now: () => number,
   *   later: (run: () => void, ms: number) => any}} env answers of the server, null where none came
   * @param {(waiting: Waiting) => void} onChange */
  constructor(env, onChange) {
    this.env = env;
    this.onChange = onChange;
    /** @type {Waiting} */
    this.waiting = {phase: 'starting', code: '', approve: '', qr: null, until: 0, lost: false};
    this.interval = LOST_MS;
  }

  /** Asks for a code, again and again until one came. */
  async begin() {
    const begun = await this.env.begin();
    if (!begun) return this.again(() => this.begin());
    this.interval = begun.interval * 1000;
    this.set({phase: 'waiting', code: begun.code, approve: begun.approve, qr: begun.qr ?? null, until: this.env.now() + begun.expires_in * 1000, lost: false});
    this.env.later(() => this.poll(), this.interval);
    return undefined;
  }

  /** @private */
  async poll() {
    const told = await this.env.poll();
    if (!told) return this.again(() => this.poll());
    this.interval = told.interval * 1000;
    if (told.state === 'approved' || told.state === 'denied') return this.set({phase: told.state, lost: false});
    if (told.state === 'expired') return this.begin();
    this.set({lost: false});
    this.env.later(() => this.poll(), this.interval);
    return undefined;
  }

  /** @private @param {() => void} what */
  again(what) {
    this.set({lost: true});
    this.env.later(what, LOST_MS);
  }

  /** @private @param {Partial<Waiting>} more */
  set(more) {
    this.waiting = {...this.waiting, ...more};
    this.onChange(this.waiting);
  }
}
