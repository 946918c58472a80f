// @ts-check
// The voice of one display: loaded only where somebody shall hear it.

import {Announcer, BrowserVoice} from '../lib/chime.js';

/** @param {('id'|'en')[]} languages */
export function openVoice(languages) {
  const voice = new BrowserVoice();
  return {voice, announcer: new Announcer(voice, {languages})};
}
