// @ts-check
// Sounds that were recorded: fetched once, decoded once, played in a row with exact
// silences. Browsers allow sound only after a tap, or where their settings say so;
// call unlock() from a tap.

/** How long the browser may take to start its sound. */
const START_MS = 500;
/** The first sound of a row begins this much later, so that nothing of it is lost. */
const HEAD_S = 0.06;
/** A row whose end is not reported is over this long after it should be. */
const TAIL_MS = 400;

export class Sound {
  /** @param {{context?: () => AudioContext, fetch?: typeof fetch}} [from] */
  constructor(from = {}) {
    this.make = from.context || (() => new AudioContext());
    this.fetch = from.fetch || ((/** @type {any} */ input, /** @type {any} */ init) => globalThis.fetch(input, init));
    /** @type {AudioContext|null} */
    this.audio = null;
    /** @private @type {Map<string, Promise<ArrayBuffer>>} */
    this.bytes = new Map();
    /** @private @type {Map<string, Promise<AudioBuffer>>} */
    this.ready = new Map();
    /** @private @type {Set<AudioBufferSourceNode>} */
    this.playing = new Set();
  }

  /** Whether sound may play now. */
  unlocked() {
    return this.audio !== null && this.audio.state === 'running';
  }

  /** Starts the sound; resolves to whether the browser allowed it. */
  async unlock() {
    if (!this.audio) this.audio = this.make();
    await Promise.race([this.audio.resume().catch(() => {}), new Promise((done) => setTimeout(done, START_MS))]);
    return this.unlocked();
  }

  /** Fetches a sound for later, so that it can be played without the server.
   * @param {string} address @returns {Promise<ArrayBuffer>} */
  fetched(address) {
    const known = this.bytes.get(address);
    if (known) return known;
    const coming = this.fetch(address, {credentials: 'same-origin'}).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}: ${address}`);
      return answer.arrayBuffer();
    });
    this.bytes.set(address, coming);
    coming.catch(() => this.bytes.delete(address));
    return coming;
  }

  /** A sound ready to be played.
   * @param {string} address @returns {Promise<AudioBuffer>} */
  decoded(address) {
    const known = this.ready.get(address);
    if (known) return known;
    const {audio} = this;
    if (!audio) return Promise.reject(new Error('no sound yet'));
    // Decoding takes the bytes away from whoever has them; they are kept for nobody else.
    const coming = this.fetched(address).then((bytes) => audio.decodeAudioData(bytes.slice(0)));
    this.ready.set(address, coming);
    coming.catch(() => this.ready.delete(address) && this.bytes.delete(address));
    return coming;
  }

  /** Plays sounds one after the other, each with a silence after it in milliseconds;
   * resolves when the last has ended or all were stopped. from skips the beginning of
   * the first, in seconds.
   * @param {{buffer: AudioBuffer, gap: number}[]} row @param {number} [from]
   * @returns {Promise<void>} */
  play(row, from = 0) {
    const {audio} = this;
    if (!audio || row.length === 0) return Promise.resolve();
    let at = audio.currentTime + HEAD_S;
    const begun = at;
    const sources = row.map(({buffer, gap}, i) => {
      const source = audio.createBufferSource();
      const skip = i === 0 ? Math.min(from, buffer.duration) : 0;
      source.buffer = buffer;
      source.connect(audio.destination);
      source.start(at, skip);
      at += buffer.duration - skip + gap / 1000;
      this.playing.add(source);
      return source;
    });
    return new Promise((done) => {
      const over = () => {
        clearTimeout(limit);
        sources.forEach((source) => this.playing.delete(source));
        done();
      };
      const limit = setTimeout(over, (at - begun) * 1000 + TAIL_MS);
      sources[sources.length - 1].onended = () => setTimeout(over, row[row.length - 1].gap);
    });
  }

  /** Ends whatever plays. */
  stop() {
    this.playing.forEach((source) => source.stop());
  }
}
