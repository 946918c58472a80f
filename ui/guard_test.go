package ui_test

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"

	"lapak/ui"
)

// forbidden are the things that the content security policy blocks or that would
// open a way around it. Each would fail only in a browser, and only on the screen
// that does it, so it is looked for here.
var forbidden = []struct {
	pattern *regexp.Regexp
	why     string
}{
	{regexp.MustCompile(`\b(inner|outer)HTML\b`), "text would become markup; use a lit-html template"},
	{regexp.MustCompile(`\binsertAdjacentHTML\b|\bsetHTMLUnsafe\b|\bcreateContextualFragment\b`), "text would become markup; use a lit-html template"},
	{regexp.MustCompile(`\bunsafe(HTML|SVG|Static)\b`), "text would become markup; use a lit-html template"},
	{regexp.MustCompile(`\bdocument\.write`), "text would become markup; use a lit-html template"},
	{regexp.MustCompile(`\beval\(|\bnew Function\b|\bset(Timeout|Interval)\(\s*['"` + "`" + `]`), "text would become script"},
	{regexp.MustCompile(`\bstyle\s*=\s*["'$]|\bsetAttribute\(\s*['"]style|\bcssText\b`), "the policy blocks style attributes; use vars() of lib/css.js"},
	{regexp.MustCompile(`<style\b`), "the policy blocks inline style; put it into a style sheet"},
	{regexp.MustCompile(`<[a-zA-Z][^<>]*\son[a-z]+\s*=`), "the policy blocks inline handlers; use @event in a template"},
	{regexp.MustCompile(`javascript:`), "the policy blocks script addresses"},
	{regexp.MustCompile(`["'(](https?:)?//[a-z]`), "a branch has no internet: nothing may be loaded from another host"},
	{regexp.MustCompile(`@import\b`), "each page names its style sheets itself, so that none waits for another"},
}

func TestNothingThePolicyForbids(t *testing.T) {
	walk(t, func(name string, content []byte) {
		if strings.HasPrefix(name, "vendor/") || strings.HasSuffix(name, ".mp3") {
			return
		}
		for _, rule := range forbidden {
			if found := rule.pattern.Find(content); found != nil {
				t.Errorf("%s: has %q: %s", name, found, rule.why)
			}
		}
	})
}

var (
	scriptTag    = regexp.MustCompile(`(?s)<script\b([^>]*)>(.*?)</script>`)
	pageAddress  = regexp.MustCompile(`(?:src|href)="([^"]*)"`)
	importFrom   = regexp.MustCompile(`(?m)^\s*(?:import|export)\b[^'";]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]`)
	importCalled = regexp.MustCompile(`\bimport\(\s*([^)]*)\)`)
	// Type comments name modules in the same words; they are not loaded.
	comment = regexp.MustCompile(`(?s:/\*.*?\*/)|(?m:^\s*//.*$)`)
)

// imports is the one script that loads what a page names, whatever it is.
const imports = "gallery/show.js"

// loads returns the files that a script or a page loads, as embedded paths.
func loads(name string, content []byte) ([]string, error) {
	var files []string
	if strings.HasSuffix(name, ".html") {
		for _, m := range pageAddress.FindAllSubmatch(content, -1) {
			if file, ok := strings.CutPrefix(string(m[1]), ui.Marker); ok {
				files = append(files, file)
			} else if string(m[1]) != "data:," {
				return nil, fmt.Errorf("%q does not begin with %s, so a browser would keep an old one", m[1], ui.Marker)
			}
		}
		return files, nil
	}
	if !strings.HasSuffix(name, ".js") {
		return nil, nil
	}
	code := content
	if !strings.HasPrefix(name, "vendor/") {
		code = comment.ReplaceAll(content, nil)
	} else {
		code = []byte(strings.ReplaceAll(string(content), ";import", ";\nimport"))
	}
	for _, m := range importFrom.FindAllSubmatch(code, -1) {
		address := string(m[1]) + string(m[2])
		if !strings.HasPrefix(address, "./") && !strings.HasPrefix(address, "../") {
			return nil, fmt.Errorf("imports %q: only relative addresses work without an import map", address)
		}
		files = append(files, path.Join(path.Dir(name), address))
	}
	if m := importCalled.FindSubmatch(code); m != nil && !later[name] && name != imports {
		return nil, fmt.Errorf("has import(%s): a screen loads everything at once, so that it works when the network goes", m[1])
	}
	return files, nil
}

// later names the scripts that may fetch pages after the start: a manager's screen is
// many pages, of which a visit opens one or two. It fetches the rest once it is quiet.
// So does the gallery, of which a visit looks at some pictures.
// The lobby fetches its voice on the one display that speaks, and an officer's console
// its questions right after the first view.
var later = map[string]bool{"manager/app.js": true, "gallery/app.js": true, "lobby/app.js": true, "officer/app.js": true, "desk/app.js": true}

// pagesOf returns the pages that a script fetches later, as embedded paths.
func pagesOf(name string, content []byte) ([]string, error) {
	if !later[name] {
		return nil, nil
	}
	var files []string
	for _, m := range importCalled.FindAllSubmatch(comment.ReplaceAll(content, nil), -1) {
		address := strings.Trim(string(m[1]), `'"`)
		if !strings.HasPrefix(address, "./") || !strings.HasSuffix(address, ".js") {
			return nil, fmt.Errorf("has import(%s): a page's address must be a literal beside it, so that this test can follow it", m[1])
		}
		files = append(files, path.Join(path.Dir(name), address))
	}
	return files, nil
}

func TestEveryAddressResolves(t *testing.T) {
	walk(t, func(name string, content []byte) {
		files, err := loads(name, content)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		pages, err := pagesOf(name, content)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, file := range append(files, pages...) {
			if _, err := fs.Stat(ui.FS(), file); err != nil {
				t.Errorf("%s loads %s, which is not there", name, file)
			}
		}
	})
}

func TestPagesHaveNoInlineScript(t *testing.T) {
	walk(t, func(name string, content []byte) {
		if !strings.HasSuffix(name, ".html") {
			return
		}
		tags := scriptTag.FindAllSubmatch(content, -1)
		if len(tags) == 0 {
			t.Errorf("%s: loads no script", name)
		}
		for _, tag := range tags {
			if !strings.Contains(string(tag[1]), `type="module"`) || !strings.Contains(string(tag[1]), "src=") {
				t.Errorf("%s: <script%s> must be type=\"module\" with src", name, tag[1])
			}
			if strings.TrimSpace(string(tag[2])) != "" {
				t.Errorf("%s: has an inline script, which the policy blocks", name)
			}
		}
		for _, want := range []string{"<!doctype html>", `<html lang="id"`, `<meta charset="utf-8">`, "<noscript>"} {
			if !strings.Contains(string(content), want) {
				t.Errorf("%s: has no %s", name, want)
			}
		}
	})
}

// closure returns every file that a page causes to be loaded, itself included.
func closure(t *testing.T, screen string) map[string][]byte {
	return reached(t, screen, screen+"/index.html")
}

// reached returns every file that the given ones cause to be loaded, themselves
// included.
func reached(t *testing.T, screen string, waiting ...string) map[string][]byte {
	t.Helper()
	found := make(map[string][]byte)
	for len(waiting) > 0 {
		name := waiting[0]
		waiting = waiting[1:]
		if _, ok := found[name]; ok {
			continue
		}
		content, err := fs.ReadFile(ui.FS(), name)
		if err != nil {
			t.Errorf("%s: %v", screen, err)
			continue
		}
		found[name] = content
		more, err := loads(name, content)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		waiting = append(waiting, more...)
	}
	return found
}

// budgets are the sizes in bytes that a screen may have, uncompressed and without
// the vendored files and the comments: own is its folder, all is everything it loads.
// A cheap display parses every byte of them at each reload, and a screen that outgrows
// its budget has most likely begun to do another screen's work. Comments are skipped by
// a parser, and nobody should have to choose between explaining and fitting.
// later is for what is fetched later, where all is not meant to hold it too.
var budgets = map[string]struct{ own, all, later int }{
	// The voice is fetched by one display of a lobby, not by the others.
	"lobby": {own: 41_000, all: 60_000, later: 14_000},
	// With the nine questions and the times of the recorded briefing.
	"booth": {own: 70_000, all: 155_000},
	"kiosk": {own: 76_000, all: 155_000}, // it stands in the same house and is loaded once a day; it speaks
	// With a list on paper or a company's, which are fetched when they are opened.
	// The code of a number that nothing prints stands on it, and what is claimed elsewhere or
	// called from a side desk only.
	"desk": {own: 102_000, all: 175_000, later: 22_000},
	// What asks for a reason, a colleague or another group, and finds a number among all who
	// wait, comes after the first view.
	"officer": {own: 142_000, all: 200_000, later: 30_000},
	// With the largest of the pages that are fetched when they are opened.
	"manager": {own: 300_000, all: 400_000},
	"index":   {own: 45_000, all: 150_000},
	"setup":   {own: 15_000, all: 90_000},
	"pair":    {own: 15_000, all: 90_000},
	// The gallery holds the made-up data of every screen; no branch loads it.
	"gallery": {own: 60_000, all: 900_000},
}

// weigh adds up what a screen's files weigh: its own folder's, and all of them.
func weigh(screen string, files map[string][]byte) (own, all int) {
	for name, content := range files {
		if strings.HasPrefix(name, "vendor/") {
			continue
		}
		size := len(comment.ReplaceAll(content, nil))
		all += size
		if strings.HasPrefix(name, screen+"/") {
			own += size
		}
	}
	return own, all
}

// pagesAfter lists the pages that these files fetch later.
func pagesAfter(t *testing.T, files map[string][]byte) []string {
	t.Helper()
	var list []string
	for name, content := range files {
		pages, err := pagesOf(name, content)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		list = append(list, pages...)
	}
	return list
}

func TestScreensKeepTheirByteBudget(t *testing.T) {
	for _, screen := range ui.Embedded().Names() {
		budget, ok := budgets[screen]
		if !ok {
			t.Errorf("%s: has no byte budget; give it one", screen)
			continue
		}
		own, all := weigh(screen, closure(t, screen))
		first := all
		largest := ""
		for _, page := range pagesAfter(t, closure(t, screen)) {
			if o, a := weigh(screen, reached(t, screen, screen+"/index.html", page)); a > all {
				own, all, largest = o, a, " with "+page
			}
		}
		t.Logf("%-8s own %6d of %6d, all %6d of %6d%s", screen, own, budget.own, all, budget.all, largest)
		if own > budget.own || all > budget.all+budget.later || (budget.later > 0 && first > budget.all) {
			t.Errorf("%s: own files %d bytes of %d, everything %d of %d, at first %d", screen, own, budget.own, all, budget.all, first)
		}
	}
}
