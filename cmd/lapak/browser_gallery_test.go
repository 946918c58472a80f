package main

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// shown is one picture of the gallery, as its scripts list it.
type shown struct {
	Code, State   string
	Width, Height int64

	Lang string // the language to look at it in
	Kept bool   // compared with a kept picture
}

func (s shown) String() string { return s.Code + "/" + s.State }

// name is the picture's file.
func (s shown) name() string { return s.Code + "-" + s.State + "-" + s.Lang }

// gallery lists every picture of every screen.
func (w *walk) gallery(t *testing.T) []shown {
	t.Helper()
	w.open(t, "/gallery", 1440, 900)
	w.sees(t, "the list of pictures", `document.querySelector('.gallery .pick')`)
	const list = `(async () => {
		const app = document.querySelector('script[type="module"]').src;
		const {SHOWN} = await import(new URL('screens.js', app).href);
		return SHOWN.flatMap((one) => one.pictures.map((p) => {
			const [Width, Height] = p.size ?? one.size;
			return {Code: one.code, State: p.name, Width, Height};
		}));
	})()`
	pictures, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]shown](list, chromedp.EvalAwaitPromise))
	if err != nil || len(pictures) == 0 {
		t.Fatalf("the gallery lists %d pictures: %v", len(pictures), err)
	}
	return pictures
}

// lookers is how many browsers look at the gallery at once: a picture is mostly waited
// for, so more than one keeps a machine of two cores busy.
const lookers = 3

// TestBrowserGallery opens every picture of every screen in both languages: the
// console stays silent, a checker of accessibility finds nothing serious, nothing
// is wider than the screen, and the kept pictures look as they did.
func TestBrowserGallery(t *testing.T) {
	if browsers() == nil {
		return
	}
	first := newWalk(t)
	axe := axeSource(t)
	kept := keptPictures()
	only := os.Getenv("LAPAK_GALLERY") // a screen's code, or code/state, while one works on it
	all := first.gallery(t)
	work := make(chan shown, 2*len(all)) // in two languages
	for _, one := range all {
		if only != "" && one.Code != only && one.String() != only {
			continue
		}
		for _, lang := range []string{"id", "en"} {
			one.Lang = lang
			_, one.Kept = kept[one.name()]
			if one.Kept {
				kept[one.name()] = false
			}
			work <- one
		}
	}
	close(work)
	for name, missing := range kept {
		if missing && (only == "" || strings.HasPrefix(name, only+"-")) {
			t.Errorf("the picture %s is kept, and the gallery has none of that name", name)
		}
	}
	t.Run("all", func(t *testing.T) {
		for i := range lookers {
			t.Run(fmt.Sprint("browser ", i+1), func(t *testing.T) {
				t.Parallel()
				w := first
				if i > 0 {
					w = newBrowser(t, first.base)
				}
				for one := range work {
					t.Run(one.String()+" "+one.Lang, func(t *testing.T) { w.looksAt(t, one, axe) })
				}
			})
		}
	})
}

func (w *walk) looksAt(t *testing.T, one shown, axe string) {
	w.open(t, fmt.Sprintf("/gallery?screen=%s&state=%s&lang=%s", one.Code, one.State, one.Lang), one.Width, one.Height)
	w.sees(t, one.String()+" in "+one.Lang, `document.documentElement.dataset.shown === 'yes'`)
	w.settles(t)
	// A console's words travel beside the picture; the page has been still for a while.
	w.quiet(t)
	w.fits(t, one)
	w.showsAll(t)
	if one.Code == "lobby" {
		w.readsFromAfar(t)
	}
	if one.Code == "officer" {
		w.beginsTheLine(t)
	}
	if one.Lang == "id" {
		w.accessible(t, axe, one)
	}
	w.picture("gallery-" + one.name())
	if one.Kept {
		w.looksAsBefore(t, one.name())
	}
	if one.String() == "now/twelve" {
		w.seesTheCrew(t, 1440, 900, 12)
		w.seesTheCrew(t, 1366, 768, 8)
	}
}

// seesTheCrew fails when a manager must scroll to see how so many officers are loaded, or
// when what one of them does is cut off.
func (w *walk) seesTheCrew(t *testing.T, width, height int64, want int) {
	t.Helper()
	if err := chromedp.Do(w.ctx, chromedp.EmulateViewport(width, height)); err != nil {
		t.Fatal(err)
	}
	w.settles(t)
	seen, err := chromedp.Run(w.ctx, chromedp.Evaluate[int](`(() => {
		const end = document.querySelector('.loads').getBoundingClientRect().bottom;
		return [...document.querySelectorAll('.loads li')].filter((row) => {
			const does = row.querySelector('.does');
			return row.getBoundingClientRect().bottom <= Math.min(end, innerHeight) + 1 && does.scrollWidth <= does.clientWidth;
		}).length;
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	if seen < want {
		t.Errorf("at %d by %d the load of %d officers is seen at a glance; want %d", width, height, seen, want)
	}
}

// axeSource reads the checker and holds it to the checksum that stands beside it.
func axeSource(t *testing.T) string {
	t.Helper()
	dir := filepath.Join("testdata", "axe-core")
	source, err := os.ReadFile(filepath.Join(dir, "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	notes, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha512.Sum384(source)
	if line := "sha384-" + base64.StdEncoding.EncodeToString(sum[:]); !strings.Contains(string(notes), line) {
		t.Fatalf("axe.min.js is %s, which its README does not say", line)
	}
	return string(source)
}

// settles waits until the picture has not changed for a while: what a screen
// draws after its first answers.
func (w *walk) settles(t *testing.T) {
	t.Helper()
	const still = `(async () => {
		const text = () => document.body.innerHTML;
		let before = text(), calm = 0;
		for (let i = 0; i < 60 && calm < 4; i++) {
			await new Promise((done) => setTimeout(done, 60));
			await document.fonts.ready;
			const now = text();
			calm = now === before ? calm + 1 : 0;
			before = now;
		}
		return true;
	})()`
	if _, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](still, chromedp.EvalAwaitPromise)); err != nil {
		t.Fatal(err)
	}
}

// fits fails when a page is wider than its screen: something would be cut off or
// have to be scrolled for sideways.
func (w *walk) fits(t *testing.T, one shown) {
	t.Helper()
	wide, err := chromedp.Run(w.ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`))
	if err != nil {
		t.Fatal(err)
	}
	if wide > one.Width {
		t.Errorf("the page is %d wide on a screen of %d", wide, one.Width)
	}
}

// cutOff finds words of which a part is hidden by a box that they leave, where nothing can
// be scrolled and no ellipsis says that there is more. A row that is hidden as a whole, of
// a list that shows as many as have room, is none.
const cutOff = `(() => {
	const hides = (style, axis) => ['hidden', 'clip'].includes(style['overflow' + axis]);
	const found = [];
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		if (!node.data.trim() || !node.parentElement.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
		const range = document.createRange();
		range.selectNodeContents(node);
		const text = range.getBoundingClientRect();
		if (text.width < 1 || text.height < 1) continue;
		const slack = Math.max(3, text.height * 0.25); // a line's height has air above and below its letters
		for (let box = node.parentElement; box && box !== document.body; box = box.parentElement) {
			const style = getComputedStyle(box), edge = box.getBoundingClientRect();
			if (box.matches('.visually-hidden, [hidden], noscript') || edge.width <= 1) break;
			if (style.textOverflow === 'ellipsis' && hides(style, 'X') || style.webkitLineClamp !== 'none') break;
			if (['auto', 'scroll'].includes(style.overflowX) || ['auto', 'scroll'].includes(style.overflowY)) break;
			if (text.left >= edge.right || text.right <= edge.left || text.top >= edge.bottom || text.bottom <= edge.top) break;
			if (hides(style, 'X') && (text.left < edge.left - 3 || text.right > edge.right + 3) ||
				hides(style, 'Y') && (text.top < edge.top - slack || text.bottom > edge.bottom + slack)) {
				found.push(node.data.trim().slice(0, 60) + ' leaves ' + box.tagName.toLowerCase() + '.' + box.className);
				break;
			}
		}
	}
	return found;
})()`

func (w *walk) showsAll(t *testing.T) {
	t.Helper()
	found, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](cutOff))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range found {
		t.Errorf("cut off: %s", one)
	}
}

// beginsTheLine fails where a card says how many more wait, shows none of them, and has
// room for several rows.
func (w *walk) beginsTheLine(t *testing.T) {
	t.Helper()
	empty, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](`[...document.querySelectorAll('ul.line')].some((line) => {
		const row = line.querySelector('.more');
		return row && line.children.length === 1 && line.closest('.card').getBoundingClientRect().bottom - row.getBoundingClientRect().bottom > 5 * row.offsetHeight;
	})`))
	if err != nil {
		t.Fatal(err)
	}
	if empty {
		t.Error("the line says that more wait, has room, and shows nobody")
	}
}

// readsFromAfar fails when a called number is too small for somebody at the other end of
// the lobby, or its tile's frame runs through its words.
func (w *walk) readsFromAfar(t *testing.T) {
	t.Helper()
	found, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]string](`(() => {
		const least = 1.6 * parseFloat(getComputedStyle(document.documentElement).fontSize);
		return [...document.querySelectorAll('.nums li, .tiles li')].flatMap((tile) => {
			const number = tile.querySelector('b'), last = tile.querySelector('span').getBoundingClientRect();
			const size = parseFloat(getComputedStyle(number).fontSize), frame = parseFloat(getComputedStyle(tile).borderBottomWidth);
			return [...(size < least ? [number.textContent + ' is ' + size + ' px, less than ' + least] : []),
				...(last.bottom > tile.getBoundingClientRect().bottom - frame + 1 ? [number.textContent + ' stands on its frame'] : [])];
		});
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range found {
		t.Errorf("hard to read: %s", one)
	}
}

// excused are findings that are wrong for a kind of element, each with its reason.
var excused = []struct{ rule, within, why string }{
	{"label-content-name-mismatch", "svg", "a seat's picture shows its state in pieces (2, A014, 3:05); its name says the same in a sentence, which holds the number"},
	{"target-size", ".people-line", "a person in the crowd is a dot; the same visit is a full row in the list of the longest waiting, and a card after a touch (WCAG 2.5.8: equivalent)"},
	{"target-size", "form", "the form scrolls under its own button that stays in sight"},
}

// finding is what the checker complains of.
type finding struct {
	ID, Impact, Help string
	Where            []string
}

// accessible runs axe-core and fails on what it calls serious or critical.
func (w *walk) accessible(t *testing.T, axe string, one shown) {
	t.Helper()
	type excuse struct{ Rule, Within string }
	var list []excuse
	for _, e := range excused {
		list = append(list, excuse{e.rule, e.within})
	}
	known, _ := json.Marshal(list)
	check := `axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})
		.then(({violations}) => violations.filter((v) => ['serious', 'critical'].includes(v.impact))
			.map((v) => ({...v, nodes: v.nodes.filter((n) => !` + string(known) + `.some((e) => e.Rule === v.id && document.querySelector(n.target[0])?.closest(e.Within)))}))
			.filter((v) => v.nodes.length > 0)
			.map((v) => ({ID: v.id, Impact: v.impact, Help: v.help, Where: v.nodes.slice(0, 4).map((n) => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? ''))})))`
	if _, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](axe+"\n;true")); err != nil {
		t.Fatalf("%s: axe-core does not load: %v", one, err)
	}
	found, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]finding](check, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: axe-core does not run: %v", one, err)
	}
	for _, f := range found {
		where, _ := json.Marshal(f.Where)
		t.Errorf("%s: %s (%s): %s: %s", one, f.ID, f.Impact, f.Help, where)
	}
}
