package media

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Kind is what a file is for.
type Kind string

// The kinds. Slides and pictures are images, clips and audio are sounds.
const (
	Slide   Kind = "slide"   // the lobby's slideshow
	Clip    Kind = "clip"    // replaces the bundled clip that For names
	Picture Kind = "picture" // of the briefing
	Audio   Kind = "audio"   // of the briefing
)

// Limits of the whole folder.
const (
	// MaxItems is far more than a slideshow of a morning and every clip in two languages.
	MaxItems = 300
	// MaxTotal bounds all files together: seven daily backups hold them too, and the
	// smallest disk that a branch runs on has some gigabytes left.
	MaxTotal = 64 << 20
	// MaxTitle is a line under a picture.
	MaxTitle = 120
	// Reserve is left free on the disk for the branch's own records, as the journal
	// leaves it.
	Reserve = 64 << 20
)

const (
	// Folder is the name of the folder in the data directory.
	Folder = "media"
	// ListName is the document beside the files.
	ListName   = "list.json"
	listFormat = 1
	tempPrefix = ".new-"
	// nameHexDigits of a file's digest are its name: 128 bits tell any two files apart.
	nameHexDigits = 32
	maxList       = 1 << 20 // of the document: MaxItems lines and the longest briefing
)

var (
	// ErrFull is a disk without room: nothing was changed.
	ErrFull = errors.New("media: the disk is full")
	// ErrUnknown is an id or a file that is not kept.
	ErrUnknown = errors.New("media: not kept")
	fileName   = regexp.MustCompile(`^[0-9a-f]{32}\.(jpg|png|mp3|wav)$`)
)

// ValidFile tells whether a name is one that this package gives to files; nothing
// else is ever opened or restored.
func ValidFile(name string) bool { return fileName.MatchString(name) }

// FieldError is an upload or a briefing that cannot be taken: which field, a code,
// and a sentence with the way out.
type FieldError struct{ Field, Code, Reason string }

func (e *FieldError) Error() string { return e.Field + ": " + e.Reason }

func wrong(field, code, format string, args ...any) error {
	return &FieldError{field, code, fmt.Sprintf(format, args...)}
}

// Item is one kept file and what it is for.
type Item struct {
	ID     int64  `json:"id"`
	Kind   Kind   `json:"kind"`
	For    string `json:"for,omitempty"` // clip: the bundled clip it replaces
	Title  string `json:"title"`
	File   string `json:"file"`
	Type   string `json:"type"`
	Bytes  int64  `json:"bytes"`
	Width  int    `json:"width,omitempty"` // images, in pixels
	Height int    `json:"height,omitempty"`
	LastMS int64  `json:"last_ms,omitempty"` // sounds: how long it plays
	Added  int64  `json:"added"`
}

// Scene is one step of a briefing of the branch's own. Audio names files of kind
// audio by language, Picture one of kind picture; a caption stands in both languages.
type Scene struct {
	Caption map[string]string `json:"caption"`
	Audio   map[string]string `json:"audio,omitempty"`
	Picture string            `json:"picture,omitempty"`
}

// List is the document: everything kept, in the order in which it is shown.
type List struct {
	Format int     `json:"format"`
	Rev    int64   `json:"rev"` // grows with every change
	NextID int64   `json:"next_id"`
	Items  []Item  `json:"items"`
	Scenes []Scene `json:"scenes"` // empty: the bundled briefing
}

func (l List) clone() List {
	l.Items, l.Scenes = slices.Clone(l.Items), slices.Clone(l.Scenes)
	return l
}

// Store keeps the folder. Its methods may be called from any goroutine.
type Store struct {
	dir  string
	free func(dir string) (int64, error)
	mu   sync.RWMutex // the list, and that its files stay while it is read
	list List
	one  sync.Mutex // one picture is worked on at a time: see maxPixels
}

// Open reads the folder inside a data directory, making it when it is new, and
// removes what a crash left behind.
func Open(data string) (*Store, error) {
	s := &Store{dir: filepath.Join(data, Folder), free: freeSpace}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return nil, fmt.Errorf("media: %w", err)
	}
	s.list = List{Format: listFormat, NextID: 1}
	raw, err := os.ReadFile(filepath.Join(s.dir, ListName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("media: %w", err)
	default:
		if s.list, err = readList(raw); err != nil {
			return nil, err
		}
	}
	return s, s.sweep()
}

func readList(raw []byte) (l List, err error) {
	if err := json.Unmarshal(raw, &l); err != nil {
		return l, fmt.Errorf("media: %s cannot be read (%w); restore it from a backup, or move the folder away to begin anew", ListName, err)
	}
	if l.Format != listFormat {
		return l, fmt.Errorf("media: %s has format %d, this program knows %d; it was written by a newer one", ListName, l.Format, listFormat)
	}
	for _, it := range l.Items {
		if !ValidFile(it.File) {
			return l, fmt.Errorf("media: %s names the file %q, which is none of ours", ListName, it.File)
		}
	}
	return l, nil
}

// sweep removes files that the list does not name.
func (s *Store) sweep() error {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return fmt.Errorf("media: %w", err)
	}
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, tempPrefix) || (ValidFile(name) && !s.list.names(name)) {
			if err := os.Remove(filepath.Join(s.dir, name)); err != nil {
				return fmt.Errorf("media: %w", err)
			}
		}
	}
	return nil
}

func (l List) names(file string) bool {
	return slices.ContainsFunc(l.Items, func(it Item) bool { return it.File == file })
}

// List is everything that is kept. The caller must not change it.
func (s *Store) List() List {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.list.clone()
}

// Rev changes with every change of the list.
func (s *Store) Rev() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.list.Rev
}

// New is a file to be added.
type New struct {
	Kind  Kind
	For   string
	Title string
	Data  []byte
	Now   int64
}

// Add checks a file, writes it anew and lists it last. A clip takes the place of the
// one that had the same For, and the same file again that of its older entry.
func (s *Store) Add(n New) (Item, error) {
	if err := checkTitle(n.Title); err != nil {
		return Item{}, err
	}
	s.one.Lock()
	defer s.one.Unlock()
	made, err := remake(n.Kind, n.Data)
	if err != nil {
		return Item{}, err
	}
	it := Item{Kind: n.Kind, For: n.For, Title: strings.TrimSpace(n.Title), File: nameOf(made.data, made.ending),
		Type: made.mime, Bytes: int64(len(made.data)), Width: made.width, Height: made.height, LastMS: made.lastMS, Added: n.Now}
	s.mu.Lock()
	defer s.mu.Unlock()
	next := s.list.clone()
	next.Items = slices.DeleteFunc(next.Items, func(old Item) bool {
		return old.Kind == it.Kind && ((it.Kind == Clip && old.For == it.For) || (it.Kind != Clip && old.File == it.File))
	})
	if len(next.Items) >= MaxItems {
		return Item{}, wrong("file", "too_many_entries", "%d files are kept, which is the limit. Remove one that is no longer shown.", MaxItems)
	}
	if next.total()+it.Bytes > MaxTotal {
		return Item{}, wrong("file", "media_full", "With this file all would have more than %d MB together. Remove some that are no longer shown.", MaxTotal>>20)
	}
	it.ID = next.NextID
	next.NextID++
	next.Items = append(next.Items, it)
	if err := s.room(it.Bytes); err != nil {
		return Item{}, err
	}
	if err := s.write(it.File, made.data); err != nil {
		return Item{}, err
	}
	return it, s.commit(next)
}

// nameOf is the name of a file: what is in it, and how it ends.
func nameOf(data []byte, ending string) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])[:nameHexDigits] + ending
}

func (l List) total() (n int64) {
	seen := map[string]bool{}
	for _, it := range l.Items {
		if !seen[it.File] {
			seen[it.File] = true
			n += it.Bytes
		}
	}
	return n
}

// Change is what may change of an item; nil leaves as it is.
type Change struct {
	Title *string
	Place *int // among those of its kind, from 0
}

// Change gives an item another title or place.
func (s *Store) Change(id int64, c Change) (Item, error) {
	if c.Title != nil {
		if err := checkTitle(*c.Title); err != nil {
			return Item{}, err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	next := s.list.clone()
	i := slices.IndexFunc(next.Items, func(it Item) bool { return it.ID == id })
	if i < 0 {
		return Item{}, ErrUnknown
	}
	if c.Title != nil {
		next.Items[i].Title = strings.TrimSpace(*c.Title)
	}
	it := next.Items[i]
	if c.Place != nil {
		next.Items = move(next.Items, i, *c.Place)
	}
	return it, s.commit(next)
}

// move puts the item at i to a place among those of its kind.
func move(items []Item, i, place int) []Item {
	it := items[i]
	items = slices.Delete(items, i, i+1)
	at, seen := len(items), 0
	for k, other := range items {
		if other.Kind != it.Kind {
			continue
		}
		if seen == max(place, 0) {
			at = k
			break
		}
		seen++
	}
	return slices.Insert(items, at, it)
}

// Remove forgets an item and its file. One that the briefing uses stays.
func (s *Store) Remove(id int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := s.list.clone()
	i := slices.IndexFunc(next.Items, func(it Item) bool { return it.ID == id })
	if i < 0 {
		return ErrUnknown
	}
	gone := next.Items[i]
	next.Items = slices.Delete(next.Items, i, i+1)
	// The same bytes may be a slide as well; the briefing needs what was uploaded for it.
	if n := next.sceneWith(gone.File); n > 0 && (gone.Kind == Picture || gone.Kind == Audio) {
		return wrong("id", "media_in_use", "Step %d of the briefing uses this file. Take it out there first.", n)
	}
	return s.commit(next)
}

// commit makes a list the one that counts: on disk first, then in memory; at last
// the files go that it does not name. The caller holds mu.
func (s *Store) commit(next List) error {
	next.Rev++
	raw, err := json.MarshalIndent(next, "", " ")
	if err != nil {
		return fmt.Errorf("media: %w", err)
	}
	if err := s.write(ListName, append(raw, '\n')); err != nil {
		return err
	}
	old := s.list
	s.list = next
	for _, it := range old.Items {
		if !next.names(it.File) {
			// What stays behind is removed by the next start.
			_ = os.Remove(filepath.Join(s.dir, it.File))
		}
	}
	return nil
}

// File is the content of a kept file and its media type.
func (s *Store) File(name string) (data []byte, mime string, err error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	i := slices.IndexFunc(s.list.Items, func(it Item) bool { return it.File == name })
	if i < 0 {
		return nil, "", ErrUnknown
	}
	data, err = os.ReadFile(filepath.Join(s.dir, s.list.Items[i].File))
	if err != nil {
		return nil, "", fmt.Errorf("media: %w", err)
	}
	return data, s.list.Items[i].Type, nil
}

// room refuses what would eat into the reserve.
func (s *Store) room(bytes int64) error {
	free, err := s.free(s.dir)
	if err == nil && free < Reserve+bytes {
		return ErrFull
	}
	return nil // a disk that cannot be asked is found full by the write itself
}

// write makes a file that is there in full, and stays, or not at all.
func (s *Store) write(name string, data []byte) (err error) {
	f, err := os.CreateTemp(s.dir, tempPrefix+"*") // mode 0600
	if err != nil {
		return full(err)
	}
	_, err = bytes.NewReader(data).WriteTo(f)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(s.dir, name))
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the next start removes it
		return full(err)
	}
	return syncDir(s.dir)
}

// full tells a disk without room apart from other faults.
func full(err error) error {
	for _, one := range diskFullErrors {
		if errors.Is(err, one) {
			return ErrFull
		}
	}
	return fmt.Errorf("media: %w", err)
}

func checkTitle(title string) error {
	if n := len([]rune(title)); n > MaxTitle {
		return wrong("title", "too_long", "The title has %d characters; %d fit under a picture.", n, MaxTitle)
	}
	if strings.ContainsFunc(title, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return wrong("title", "bad_field", "The title may be one line of text only.")
	}
	return nil
}
