// Package ui holds the screens: the HTML, CSS and JavaScript that a browser gets,
// embedded in the program exactly as they lie in this folder. There is no build step.
//
// It owns the files, the hash that names them (Build), the content security policy
// they were written for, the media type of each kind of file, and the catalogue of
// words in Indonesian and English.
//
// It promises:
//   - Every file but a page has an address that changes with any change of any file
//     (/ui/<build>/…), so a browser may keep it for ever.
//   - A page (index.html of a screen) has a stable address and is never kept. The
//     text "/ui/BUILD/" in it, and nothing else, is replaced by the real prefix.
//   - Scripts import each other by relative address only, so no import map, no inline
//     script and no rewriting are needed.
//   - The files have no inline script and no inline style, and never hand text to the
//     parser as markup; tests in this package hold every screen to that.
//
// A new screen is a folder with index.html (copy one: its addresses begin with the
// marker), app.js, style.css and words.js, and a line in the byte budgets of the tests.
// Its app.js learns its words, calls openLanguage and draws into #screen with lit-html;
// a Feed fills a Store, the Store redraws, and Commands carry what people decide.
// A screen of many pages (manager) has a folder for each, with page.js, words.js and style.css.
// Words that only one screen says stay in its words.js; codes of the rules have theirs
// in lib/words-*.js, and a test compares those with the rules.
//
// A screen's gallery.js has its pictures: a name, a view for each feed and an answer for
// each request. /gallery of the demo shows them with the screen's own script and page, so
// every state can be looked at, and the tests compare and check them, without a branch.
//
// It never imports another package of this module, never opens a file at run time and
// knows no routes: the web layer decides what is served where and to whom.
package ui
