// @ts-check
// Voice guidance: with a voice that lives on this machine, which can say everything, else
// with the recordings of the program, which are always there. A voice that needs the
// internet is not taken: it would fall silent with it, and what people choose here is
// nobody's business.

import {language} from '../lib/catalogue.js';
import {Sound} from '../lib/sound.js';
import {fileOf} from './guide.js';

/** A little slower than talk, as queues speak. */
const RATE = 0.9;

/** Between two recorded sentences, and within a number, in milliseconds. */
const BREATH_MS = 350;
const SPELT_MS = 60;

const CLIPS = new URL('../clips/', import.meta.url).href;
const sound = new Sound();
/** Counts what was said, so that an older row that is still being fetched stays silent. */
let turn = 0;

/** The voice that reads everything, if one is installed for the language.
 * @returns {SpeechSynthesisVoice|null} */
export function localVoice() {
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  return voices.find((one) => one.localService && one.lang.toLowerCase().startsWith(language())) ?? null;
}

/** A browser lets sound begin from a touch only. */
export function unlock() {
  sound.unlock();
}

/** Says what is on the screen: the text, or the recordings of it.
 * @param {string} text @param {string[]} recordings */
export function speak(text, recordings) {
  hush();
  const voice = localVoice();
  if (!voice) {
    play(recordings);
    return;
  }
  const said = new SpeechSynthesisUtterance(text);
  said.voice = voice;
  said.lang = voice.lang;
  said.rate = RATE;
  speechSynthesis.speak(said);
}

/** @param {string[]} names */
async function play(names) {
  const mine = turn;
  const lang = language();
  if (!await sound.unlock()) return;
  const row = await Promise.all(names.map((name) => sound.decoded(CLIPS + fileOf(name, lang))
    .then((buffer) => ({buffer, gap: name.startsWith('/') ? SPELT_MS : BREATH_MS}), () => null)));
  if (mine === turn) await sound.play(row.filter((one) => one !== null));
}

export function hush() {
  turn++;
  globalThis.speechSynthesis?.cancel();
  sound.stop();
}
