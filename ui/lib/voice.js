// @ts-check
// The voice of the lobby: recorded clips in a row, the branch's own where it has some.
// It needs no voice that is installed and none over the internet.

import {Sound} from './sound.js';
import {plan, vocabulary} from './spoken.js';

/** @typedef {import('./spoken.js').Where} Where */
/** @typedef {{numbers: string[], room: string|number, kind?: string}} Call */

/** The bundled clips lie beside this folder, under the address of this build. */
const CLIPS = new URL('../clips/', import.meta.url).href;
/** After the chime, before the first word. */
const AFTER_CHIME_MS = 250;

export class BrowserVoice {
  /** @param {Sound} [sound] */
  constructor(sound = new Sound()) {
    this.sound = sound;
    /** The branch's own clips: the name of the bundled one, and the address of the file.
     * @type {Map<string, string>} */
    this.own = new Map();
    /** Where a room's calls lead. @type {(room: string|number) => Where} */
    this.where = () => ({});
  }

  /** Whether sound may play now. */
  unlocked() {
    return this.sound.unlocked();
  }

  /** Starts the sound; resolves to whether the browser allowed it. */
  unlock() {
    return this.sound.unlock();
  }

  /** Takes the list of what the branch added (GET /api/v1/media).
   * @param {{kind: string, for?: string, file: string}[]} items */
  use(items) {
    this.own = new Map(items.filter((item) => item.kind === 'clip' && item.for)
      .map((item) => /** @type {[string, string]} */ ([item.for, `/api/v1/media/files/${item.file}`])));
  }

  /** Fetches every clip of the languages, one after the other, so that calls are spoken
   * also when the server is slow to answer.
   * @param {string[]} languages */
  async prepare(languages) {
    for (const name of ['chime'].concat(...languages.map(vocabulary))) {
      await this.sound.fetched(this.address(name)).catch(() => {});
    }
  }

  /** @param {string} name */
  address(name) {
    return this.own.get(name) || bundled(name);
  }

  /** A clip ready to be played: the branch's own, else the bundled one.
   * @param {string} name @returns {Promise<AudioBuffer>} */
  clip(name) {
    const own = this.own.get(name);
    return own ? this.sound.decoded(own).catch(() => this.sound.decoded(bundled(name))) : this.sound.decoded(bundled(name));
  }

  async chime() {
    if (!this.unlocked()) return;
    await this.clip('chime').then((buffer) => this.sound.play([{buffer, gap: AFTER_CHIME_MS}])).catch(() => {}); // The call counts more.
  }

  /** Says a call, whole or not at all: half a sentence sends people to the wrong room.
   * @param {Call} call @param {'id'|'en'} lang */
  async say(call, lang) {
    const pieces = plan(call, lang, this.where(call.room));
    if (!this.unlocked() || !pieces) return;
    await this.sound.play(await Promise.all(pieces.map(async ({clip, gap}) => ({buffer: await this.clip(clip), gap}))));
  }

  /** Ends what is being said. */
  hush() {
    this.sound.stop();
  }
}

/** @param {string} name */
function bundled(name) {
  return `${CLIPS}${name}.mp3`;
}
