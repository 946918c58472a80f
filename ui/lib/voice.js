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
    /** @private */
    this.rev = 0;
    /** @private */
    this.prepared = false;
  }

  /** Whether sound may play now. */
  unlocked() {
    return this.sound.unlocked();
  }

  /** Starts the sound; resolves to whether the browser allowed it. */
  unlock() {
    return this.sound.unlock();
  }

  /** Keeps up with the lobby's view: where rooms lead, and the branch's own clips, whose
   * list is fetched again when its revision changes. Fetches every clip once sound may
   * play. @param {{rooms: {id: number, desk?: boolean}[], media?: number}} view @param {string[]} languages */
  async follow(view, languages) {
    const desks = view.rooms.filter((room) => room.desk).map((room) => room.id);
    this.where = (room) => ({desk: desks.includes(Number(room)), several: desks.length > 1});
    const rev = view.media || 0;
    if (rev === this.rev && (this.prepared || !this.unlocked())) return;
    this.prepared = this.unlocked();
    if (rev !== this.rev) {
      this.rev = rev;
      try {
        const answer = rev > 0 ? await this.sound.fetch('/api/v1/media', {credentials: 'same-origin'}) : null;
        this.use(answer ? (await answer.json()).items : []);
      } catch {
        this.rev = -1; // The next view asks again; until then the bundled clips speak.
      }
    }
    if (this.prepared) await this.prepare(languages);
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
    for (const name of ['chime', ...languages.flatMap(vocabulary)]) {
      await this.sound.fetched(this.own.get(name) || bundled(name)).catch(() => {});
    }
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
