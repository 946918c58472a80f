// @ts-check
// A pairing code as it is typed: eight letters without vowels, shown in two halves.

/** Letters of a code; none of them is a vowel, so no word comes out. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';
const HALF = 4;

/** What is typed, as it is shown: "bcdfghjk" is "BCDF-GHJK". What cannot be in a code
 * is left out, so spaces and points from a spoken code do no harm.
 * @param {string} text */
export function shape(text) {
  const letters = [...text.toUpperCase()].filter((sign) => LETTERS.includes(sign)).slice(0, 2 * HALF).join('');
  return letters.length > HALF ? `${letters.slice(0, HALF)}-${letters.slice(HALF)}` : letters;
}

/** @param {string} code */
export function whole(code) {
  return code.length === 2 * HALF + 1;
}

/** Where a device goes once it is paired. A booth that came here with one button has
 * still no other.
 * @param {any} session what the server says this device is @param {string} [search] of this page's address */
export function homeOf(session, search = '') {
  const {kind, room, seat} = session?.device ?? {};
  if (kind === 'booth') return `/booth?room=${room}&seat=${seat}${new URLSearchParams(search).get('button') === '1' ? '&button=1' : ''}`;
  if (kind === 'desk') return '/desk';
  if (kind === 'kiosk') return '/kiosk';
  return '/lobby';
}
