// @ts-check
// Every screen in every state, with made-up people: to look at while working on one, to
// show to somebody, and for the tests that compare pictures and check what assistive
// technology gets. /gallery lists them; ?screen=lobby&state=crowded&lang=en shows one.

import {learn, onLanguage, openLanguage} from '../lib/catalogue.js';
import {followTheme} from '../lib/theme.js';
import {overview} from './overview.js';
import {SHOWN} from './screens.js';
import {show} from './show.js';
import {words} from './words.js';

const asked = new URLSearchParams(location.search);
const screen = SHOWN.find((one) => one.code === asked.get('screen'));
const picture = screen?.pictures.find((one) => one.name === asked.get('state'));

if (screen && picture) {
  show(screen, picture, asked.get('lang') === 'en' ? 'en' : 'id').catch((problem) => {
    // Said where the tests and a person with the developer's tools look.
    console.error(`gallery: ${screen.code}/${picture.name}: ${problem.message}`);
  });
} else if (asked.get('screen') === 'parts') {
  import('./parts.js');
} else {
  learn(words);
  followTheme();
  openLanguage('gallery');
  onLanguage(overview);
  addEventListener('resize', overview);
  overview();
}
