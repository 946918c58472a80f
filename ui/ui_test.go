package ui_test

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"lapak/ui"
)

func page(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func TestBuildChangesWithAnyFile(t *testing.T) {
	tree := func() fstest.MapFS {
		return fstest.MapFS{
			"a/index.html": page(`<script src="/ui/BUILD/a/app.js">`),
			"a/app.js":     page("one"),
			"ab/x.js":      page("two"),
		}
	}
	load := func(files fstest.MapFS) string {
		t.Helper()
		screens, err := ui.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		return screens.Build()
	}
	before := load(tree())
	if again := load(tree()); again != before {
		t.Errorf("the same files have builds %s and %s", before, again)
	}
	changes := map[string]func(fstest.MapFS){
		"content":      func(f fstest.MapFS) { f["a/app.js"] = page("oNe") },
		"new file":     func(f fstest.MapFS) { f["a/more.js"] = page("") },
		"file removed": func(f fstest.MapFS) { delete(f, "ab/x.js") },
		"renamed":      func(f fstest.MapFS) { f["ab/y.js"] = f["ab/x.js"]; delete(f, "ab/x.js") },
		"page":         func(f fstest.MapFS) { f["a/index.html"] = page(`<script src="/ui/BUILD/b.js">`) },
		"bytes moved from one file to the next": func(f fstest.MapFS) {
			f["a/app.js"], f["ab/x.js"] = page("onet"), page("wo")
		},
	}
	for name, change := range changes {
		files := tree()
		change(files)
		if load(files) == before {
			t.Errorf("%s: the build stayed %s, so browsers would keep the old files", name, before)
		}
	}
}

func TestPageCarriesThePrefix(t *testing.T) {
	screens, err := ui.Load(fstest.MapFS{"lobby/index.html": page(`<link href="/ui/BUILD/a.css"><script src="/ui/BUILD/b.js">`)})
	if err != nil {
		t.Fatal(err)
	}
	got, ok := screens.Page("lobby")
	want := `<link href="` + screens.Prefix() + `a.css"><script src="` + screens.Prefix() + `b.js">`
	if !ok || string(got) != want {
		t.Errorf("page = %q, %v; want %q", got, ok, want)
	}
	if _, ok := screens.Page("nowhere"); ok {
		t.Error("a screen that does not exist has a page")
	}
	if want := "/ui/" + screens.Build() + "/"; screens.Prefix() != want {
		t.Errorf("prefix = %q, want %q", screens.Prefix(), want)
	}
}

func TestPageWithoutMarkerIsRefused(t *testing.T) {
	_, err := ui.Load(fstest.MapFS{"lobby/index.html": page(`<script src="/lobby/app.js">`)})
	if err == nil || !strings.Contains(err.Error(), "lobby/index.html") {
		t.Errorf("err = %v, want one that names lobby/index.html", err)
	}
}

func TestEmbedded(t *testing.T) {
	if !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(ui.Build()) {
		t.Errorf("build = %q, want 16 hexadecimal digits (lib/feed.js reads them from its own address)", ui.Build())
	}
	names := ui.Embedded().Names()
	if len(names) == 0 {
		t.Fatal("no screen is embedded")
	}
	for _, name := range names {
		got, ok := ui.Embedded().Page(name)
		if !ok || bytes.Contains(got, []byte(ui.Marker)) {
			t.Errorf("%s: page present %v, or its marker is left in it", name, ok)
		}
	}
	walk(t, func(name string, _ []byte) {
		if strings.Contains(name, ".test.") || strings.HasSuffix(name, ".go") || strings.HasSuffix(name, ".md") {
			t.Errorf("%s is part of the program and should not be", name)
		}
		if _, ok := ui.ContentType(name); !ok && path.Base(name) != "LICENSE" {
			t.Errorf("%s: no media type is known for it, so it could not be served", name)
		}
	})
}

func TestContentType(t *testing.T) {
	for name, want := range map[string]string{
		"lib/feed.js": "text/javascript; charset=utf-8", "A.CSS": "text/css; charset=utf-8", "index.html": "text/html; charset=utf-8",
	} {
		if got, ok := ui.ContentType(name); !ok || got != want {
			t.Errorf("%s: %q, %v; want %q", name, got, ok, want)
		}
	}
	if got, ok := ui.ContentType("lib/feed.test.mjs"); ok {
		t.Errorf("a test file has the media type %q; want none", got)
	}
}

// walk visits every embedded file.
func walk(t *testing.T, visit func(name string, content []byte)) {
	t.Helper()
	err := fs.WalkDir(ui.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(ui.FS(), name)
		if err == nil {
			visit(name, content)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
