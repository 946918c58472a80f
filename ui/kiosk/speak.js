// @ts-check
// Voice guidance with a voice that lives on this machine; without one there is no button.
// A voice that needs the internet is not taken: it would fall silent with it, and what
// people choose here is nobody's business.

import {language} from '../lib/catalogue.js';

/** A little slower than talk, as queues speak. */
const RATE = 0.9;

/** @returns {SpeechSynthesisVoice|null} */
export function localVoice() {
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  return voices.find((one) => one.localService && one.lang.toLowerCase().startsWith(language())) ?? null;
}

/** @param {string} text */
export function speak(text) {
  const voice = localVoice();
  if (!voice || text === '') return;
  speechSynthesis.cancel();
  const said = new SpeechSynthesisUtterance(text);
  said.voice = voice;
  said.lang = voice.lang;
  said.rate = RATE;
  speechSynthesis.speak(said);
}

export function hush() {
  globalThis.speechSynthesis?.cancel();
}
