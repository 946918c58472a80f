// @ts-check
// What one screen knows: the newest views, the state of the connection, and the
// commands on their way. Everything a screen draws is a function of this.

/** @typedef {import('./commands.js').Pending} Pending */
/** @typedef {{connection: string, stopped: string|null, asOf: string|null, epoch: string, seq: number,
 *   views: Map<string, import('./feed.js').Held>, pending: Map<string, Pending>, [own: string]: any}} State */

export class Store {
  /** @param {(draw: () => void) => void} [schedule] when to redraw after a change;
   * by default with the next frame, or soon when the page is hidden and has none */
  constructor(schedule = nextFrame) {
    /** @type {State} */
    this.state = {
      connection: 'connecting', stopped: null, asOf: null, epoch: '', seq: -1,
      views: new Map(), pending: new Map(),
    };
    /** @private @type {Set<(state: State) => void>} */
    this.watchers = new Set();
    /** @private */
    this.planned = false;
    /** @private */
    this.schedule = schedule;
  }

  /** Calls back after every change, many changes at once; returns a way to stop.
   * @param {(state: State) => void} watcher */
  subscribe(watcher) {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Changes some fields and plans a redraw.
   * @param {Partial<State>} [change] */
  update(change = {}) {
    Object.assign(this.state, change);
    if (this.planned) return;
    this.planned = true;
    this.schedule(() => {
      this.planned = false;
      for (const watcher of this.watchers) watcher(this.state);
    });
  }

  /** Takes over what a feed holds. To be given to new Feed(path, …).
   * @param {import('./feed.js').Feed} feed */
  follow(feed) {
    const {epoch, seq, views} = feed.book;
    for (const [slot, pending] of this.state.pending) {
      // Read your own writes: a button is settled by a view (or a beat, which says
      // that nothing newer is on its way) at least as new as the answer.
      const settled = pending.status === 'settling' && (epoch !== pending.epoch || seq >= pending.seq);
      if (settled) this.state.pending.delete(slot);
    }
    this.update({connection: feed.connection, stopped: feed.stopped, asOf: feed.asOf, epoch, seq, views});
  }

  /** Sets or clears what is pending in a slot.
   * @param {string} slot @param {Pending|null} pending */
  pend(slot, pending) {
    if (pending) this.state.pending.set(slot, pending);
    else this.state.pending.delete(slot);
    this.update();
  }

  /** Tells whether buttons may act: fresh data, or none of them knows what it does. */
  fresh() {
    return this.state.connection === 'live';
  }
}

/** @param {() => void} draw */
function nextFrame(draw) {
  if (globalThis.document?.visibilityState === 'visible') requestAnimationFrame(draw);
  else setTimeout(draw, 100);
}
