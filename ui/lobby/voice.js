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
  }

  /** Says what is new in a view, once sound may play; ends at once where another display
   * speaks now, so that no lobby has two voices.
   * @param {import('../lib/feed.js').Feed} feed @param {any} view @param {any[]} calls @param {boolean} wanted */
  hear(feed, view, calls, wanted) {
    if (!wanted) return this.announcer.end();
    if (!this.voice.unlocked()) return;
    this.voice.follow(view, this.announcer.languages);
    this.announcer.newestOnly = (view.speed ?? 1) >= SPEAK_ALL_BELOW;
    this.announcer.take(feed.book.epoch, calls, feed.clock.now());
  }
}
