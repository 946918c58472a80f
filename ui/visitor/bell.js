// @ts-check
// Makes a call heard: a sound, once the visitor has allowed it by a touch, and the
// phone's own buzz. Each call once, also after the page was loaded again.

/** Two rising tones, three times: frequencies and seconds from the start. */
const TONES = [[660, 0], [880, 0.28], [660, 1], [880, 1.28], [660, 2], [880, 2.28]];
const BUZZ = [400, 150, 400, 150, 800];
const RUNG = 'lapak.rung';

export class Bell {
  /** @param {any} doc @param {any} [world] */
  constructor(doc, world = globalThis) {
    this.doc = doc;
    this.world = world;
    /** @type {any} */
    this.audio = null;
    /** @type {HTMLElement|null} */
    this.button = null;
  }

  /** The button that allows the sound; it says when it has.
   * @param {HTMLElement} button */
  offer(button) {
    this.button = button;
    if (this.audio) this.say();
  }

  /** Called by a touch: browsers let only that unlock the sound. A short tone shows
   * that it works. */
  allow() {
    const Audio = this.world.AudioContext ?? this.world.webkitAudioContext;
    this.audio ??= Audio ? new Audio() : null;
    this.audio?.resume?.();
    this.play([[880, 0]]);
    this.buzz(80);
    this.say();
  }

  /** @private */
  say() {
    this.button?.setAttribute('aria-pressed', 'true');
    if (this.button?.dataset.on) this.button.textContent = this.button.dataset.on;
  }

  /** @param {string} call */
  ring(call) {
    const memory = this.world.sessionStorage;
    if (memory?.getItem(RUNG) === call) return false;
    memory?.setItem(RUNG, call);
    this.buzz(BUZZ);
    this.play(TONES);
    this.world.scrollTo?.(0, 0);
    return true;
  }

  /** Browsers buzz only for a page that was touched, and complain about another.
   * @private @param {number|number[]} pattern */
  buzz(pattern) {
    const {navigator} = this.world;
    if (navigator?.userActivation?.hasBeenActive !== false) navigator?.vibrate?.(pattern);
  }

  /** @private @param {number[][]} tones */
  play(tones) {
    if (!this.audio) return;
    const from = this.audio.currentTime;
    for (const [pitch, at] of tones) {
      const tone = this.audio.createOscillator();
      const level = this.audio.createGain();
      tone.frequency.value = pitch;
      level.gain.setValueAtTime(0.0001, from + at);
      level.gain.exponentialRampToValueAtTime(0.5, from + at + 0.02);
      level.gain.exponentialRampToValueAtTime(0.0001, from + at + 0.26);
      tone.connect(level).connect(this.audio.destination);
      tone.start(from + at);
      tone.stop(from + at + 0.28);
    }
  }
}
