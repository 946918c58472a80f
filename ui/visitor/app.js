// @ts-check
// The visitor's page is written by the server and works without this. Here it learns to
// stay fresh without being loaded again, to say when it is not, and to make a call heard.

import {Feed} from '../lib/feed.js';
import {followTheme} from '../lib/theme.js';
import {Bell} from './bell.js';
import {called, exchange, fetchPage, note} from './renew.js';

/** How often a page that nothing was heard for is read anew: ranges move with the clock
 * even when nobody is called. */
const SLOW_MS = 60_000;

followTheme();

const page = /** @type {HTMLElement|null} */ (document.querySelector('main[data-feed]'));
const bell = new Bell(document);
if (page) keepFresh(page);

/** @param {HTMLElement} main */
function keepFresh(main) {
  let busy = false;
  let again = false;
  /** @type {any} */
  let shown = null;
  note(main);
  ready(main);

  const renew = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const before = called(main);
    try {
      const fresh = await fetchPage(location.href);
      if (fresh) exchange(main, fresh);
      else location.reload(); // the link is over; the server says so in words
      ready(main);
      if (called(main) && called(main) !== before) bell.ring(called(main));
    } catch {
      // The network is gone; the feed notices, says so, and asks again when it is back.
    }
    busy = false;
    if (again) {
      again = false;
      renew();
    }
  };

  const feed = new Feed(main.dataset.feed ?? '', () => {
    document.documentElement.dataset.connection = feed.connection;
    const banner = main.querySelector('[data-stale]');
    if (banner) banner.toggleAttribute('hidden', feed.connection === 'live' || feed.connection === 'connecting');
    if (feed.stopped) renew(); // whether the link is over, the page itself says
    else if (feed.view() !== shown && feed.book.seq > Number(main.dataset.seq)) renew();
    shown = feed.view();
  });
  setInterval(() => document.visibilityState !== 'hidden' && feed.connection !== 'stale' && renew(), SLOW_MS);
  if (called(main)) bell.ring(called(main));
}

/** What stands on the page for a script only.
 * @param {HTMLElement} main */
function ready(main) {
  const sound = main.querySelector('[data-sound]');
  if (sound) {
    show(sound, () => bell.allow());
    sound.parentElement?.removeAttribute('hidden');
    bell.offer(/** @type {HTMLElement} */ (sound));
  }
  for (const button of main.querySelectorAll('[data-print]')) show(button, () => print());
  // Pressing twice sends once; the server would take the second as the same anyway.
  for (const form of main.querySelectorAll('form')) {
    form.onsubmit = () => form.querySelector('button')?.setAttribute('aria-busy', 'true');
  }
}

/** @param {Element} button @param {() => void} press */
function show(button, press) {
  button.removeAttribute('hidden');
  /** @type {HTMLElement} */ (button).onclick = press;
}
