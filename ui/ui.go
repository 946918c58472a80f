package ui

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"
)

// The patterns name kinds of files, not folders, so that tests and notes stay out
// of the program and a new screen needs no change here. Licences travel with the
// program, as they demand.
//
//go:embed */*.html */*.js */*/*.js */*.css */*/*.css vendor/*/*.js vendor/*/*/*.js vendor/*/*.woff2 vendor/*/LICENSE clips/*.mp3 clips/*/*.mp3
var embedded embed.FS

// Marker is the text in a page that is replaced by Screens.Prefix. It reads like
// the address it becomes, so a page remains plain HTML to editors and linters.
const Marker = "/ui/BUILD/"

// buildHexDigits is the length of a build's name: 64 bits, far more than needed to
// tell two builds of one branch apart, and short enough to read over the phone.
const buildHexDigits = 16

// pageFile is the one HTML file of each screen.
const pageFile = "index.html"

// ContentSecurityPolicy is the policy the screens are written for; the web layer
// sends it with every page. Nothing is loaded from another host, no text becomes
// script or style, and only lit-html may make markup (through its own policy).
const ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; " +
	"img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; " +
	"require-trusted-types-for 'script'; trusted-types lit-html"

// contentTypes is the media type per file ending. It is kept in code because on
// Windows the standard library asks the registry, where a program may have changed
// the type of .js, and a module that arrives as plain text does not run.
var contentTypes = map[string]string{
	".html":  "text/html; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".css":   "text/css; charset=utf-8",
	".svg":   "image/svg+xml",
	".png":   "image/png",
	".webp":  "image/webp",
	".mp3":   "audio/mpeg",
	".ogg":   "audio/ogg",
	".wav":   "audio/wav",
	".woff2": "font/woff2",
	".json":  "application/json",
}

// ContentType returns the media type for a file name, and false for a kind of file
// that the screens do not use and the web layer must not serve.
func ContentType(name string) (string, bool) {
	kind, ok := contentTypes[strings.ToLower(path.Ext(name))]
	return kind, ok
}

// Screens is one build of all screens. Nobody sees it change, and it is safe for use
// by many goroutines.
type Screens struct {
	files  fs.FS
	build  string
	pages  map[string][]byte
	packed packing
}

// Embedded returns the screens that are part of this program.
var Embedded = sync.OnceValue(func() *Screens {
	screens, err := Load(embedded)
	if err != nil {
		// The files are fixed when the program is compiled and a test loads them:
		// this can only be a program that was never tested.
		panic(err)
	}
	return screens
})

// Build returns the name of the embedded build: 16 hexadecimal digits that change
// with any change of any file. The hello frame of the feed carries it, and a screen
// of another build reloads itself.
func Build() string { return Embedded().Build() }

// FS returns the embedded files, rooted at this folder ("lib/feed.js").
func FS() fs.FS { return Embedded().FS() }

// Load reads screens from a file system laid out as this folder is. It reports an
// error that names the file when one cannot be read or a page lacks the Marker.
func Load(files fs.FS) (*Screens, error) {
	names, err := fileNames(files)
	if err != nil {
		return nil, fmt.Errorf("ui: list the screens: %w", err)
	}
	s := &Screens{files: files, pages: make(map[string][]byte)}
	sum := sha256.New()
	for _, name := range names {
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("ui: read the screens: %w", err)
		}
		// Lengths come first, so that no two different trees write the same bytes.
		var lengths [16]byte
		binary.BigEndian.PutUint64(lengths[:8], uint64(len(name)))
		binary.BigEndian.PutUint64(lengths[8:], uint64(len(content)))
		sum.Write(lengths[:])
		sum.Write([]byte(name))
		sum.Write(content)
		if path.Base(name) == pageFile {
			s.pages[path.Dir(name)] = content
		}
	}
	s.build = hex.EncodeToString(sum.Sum(nil))[:buildHexDigits]
	for screen, content := range s.pages {
		if !bytes.Contains(content, []byte(Marker)) {
			return nil, fmt.Errorf("ui: %s/%s loads nothing from %s: its addresses would never change with the build", screen, pageFile, Marker)
		}
		s.pages[screen] = bytes.ReplaceAll(content, []byte(Marker), []byte(s.Prefix()))
	}
	return s, nil
}

// Build returns the name of this build: 16 hexadecimal digits.
func (s *Screens) Build() string { return s.build }

// Prefix returns the address under which FS is served, "/ui/<build>/", to be sent
// with "Cache-Control: public, max-age=31536000, immutable".
func (s *Screens) Prefix() string { return "/ui/" + s.build + "/" }

// FS returns the files under Prefix. It holds the pages as well, with the marker in
// them; the web layer serves pages only through Page.
func (s *Screens) FS() fs.FS { return s.files }

// Page returns the page of a screen ("lobby"), ready to be sent with
// "Cache-Control: no-store", and false if there is no such screen. The caller must
// not change the bytes.
func (s *Screens) Page(screen string) ([]byte, bool) {
	page, ok := s.pages[screen]
	return page, ok
}

// Names returns the names of the screens that have a page, sorted.
func (s *Screens) Names() []string {
	names := make([]string, 0, len(s.pages))
	for name := range s.pages {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// fileNames lists every regular file, sorted by path.
func fileNames(files fs.FS) ([]string, error) {
	var names []string
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.Type().IsRegular() {
			names = append(names, name)
		}
		return nil
	})
	sort.Strings(names)
	return names, err
}
