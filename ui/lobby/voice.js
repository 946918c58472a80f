// @ts-check
// The voice of one display: loaded only where somebody shall hear it.

import {Announcer, BrowserVoice} from '../lib/chime.js';

/** A demo faster than this speaks the newest call only. */
const SPEAK_ALL_BELOW = 4;

export class Speaker {
  /** @param {('id'|'en')[]} languages */
  constructor(languages, voice = new BrowserVoice()) {
    this.voice = voice;
    this.announcer = new Announcer(voice, {languages});
    /** @private */
    this.told = '';
  }

  /** Tells the branch whether this display waits for a tap, when that changes and once for
   * each connection, so that the manager sees a mute one without standing before it.
   * @param {number} connection @param {boolean} muted */
  tell(connection, muted) {
    const now = `${connection} ${muted}`;
    if (now === this.told) return;
    this.told = now;
    fetch('/api/v1/sound', {method: 'PUT', credentials: 'same-origin', body: JSON.stringify({muted}),
      headers: {'Content-Type': 'application/json', 'Idempotency-Key': `sound-${Date.now()}-${Math.random()}`}}).catch(() => { this.told = ''; });
  }

  /** Says what is new in a view, once sound may play; ends at once where another display
   * speaks now, so that no lobby has two voices.
   * @param {import('../lib/feed.js').Feed} feed @param {any} view @param {any[]} calls @param {boolean} wanted
   * @param {any} [device] what this display is paired as */
  hear(feed, view, calls, wanted, device) {
    if (device) this.tell(feed.greeted, wanted && !this.voice.unlocked());
    if (!wanted) return this.announcer.end();
    if (!this.voice.unlocked()) return;
    this.voice.follow(view, this.announcer.languages);
    this.announcer.newestOnly = (view.speed ?? 1) >= SPEAK_ALL_BELOW;
    this.announcer.take(feed.book.epoch, calls, feed.clock.now());
  }
}
