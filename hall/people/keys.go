package people

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"
)

const (
	keysName    = "keys.json"
	keysVersion = 1
	daySeconds  = 24 * 60 * 60

	// keysAhead makes day keys in advance, so that a copy of keys.json that the
	// branch put in its safe still opens backups of the coming month.
	keysAhead = 31
	// keysLow is when the next month of keys is made.
	keysLow = 7
	// maxKeysBytes bounds a keys file that somebody hands to a restore: ten
	// years of keys and erasures are below it.
	maxKeysBytes = 16 << 20
)

type keyID [keyIDBytes]byte

// dayKey seals what is written on one day (UTC). When nothing sealed with it is
// left, it is destroyed, and with it everything in old backups of that day.
type dayKey struct {
	id  keyID
	day int64 // days since 1970
	key []byte
}

// keysFile is keys.json. It also carries the erasures: names in a backup can be
// read only with this file, so the file that makes reading possible is the one
// that must know who asked to be forgotten.
type keysFile struct {
	Version int              `json:"version"`
	Index   string           `json:"index"`
	Days    []dayKeyLine     `json:"days"`
	Erased  map[string]int64 `json:"erased,omitempty"` // person id to Unix seconds
}

type dayKeyLine struct {
	ID  string `json:"id"`
	Day int64  `json:"day"`
	Key string `json:"key"`
}

// ring is keys.json in memory. Every change is on disk before it is used.
type ring struct {
	path string

	mu     sync.RWMutex
	index  []byte
	days   []dayKey
	erased map[string]int64
}

// openRing reads keys.json, or makes it. made says that it was not there.
func openRing(path string) (r *ring, made bool, err error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		r = &ring{path: path, index: randomKey(), erased: map[string]int64{}}
		return r, true, r.save()
	}
	if err != nil {
		return nil, false, fmt.Errorf("people: read %s: %w", keysName, err)
	}
	r, err = parseRing(raw)
	if err != nil {
		return nil, false, err
	}
	r.path = path
	return r, false, nil
}

func parseRing(raw []byte) (*ring, error) {
	wrong := func(what string) error {
		return fmt.Errorf("%w: %s: %s", ErrDamaged, keysName, what)
	}
	if len(raw) > maxKeysBytes {
		return nil, wrong("larger than any keys file")
	}
	var file keysFile
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	// The decoder's own words could quote a key, so they are not passed on.
	if decoder.Decode(&file) != nil {
		return nil, wrong("not a keys file")
	}
	if file.Version > keysVersion {
		return nil, ErrNewer
	}
	r := &ring{erased: file.Erased}
	if r.erased == nil {
		r.erased = map[string]int64{}
	}
	var err error
	if r.index, err = hex.DecodeString(file.Index); err != nil || len(r.index) != keyBytes {
		return nil, wrong("the index key has the wrong form")
	}
	for _, line := range file.Days {
		one := dayKey{day: line.Day}
		id, errID := hex.DecodeString(line.ID)
		key, errKey := hex.DecodeString(line.Key)
		if errID != nil || errKey != nil || len(id) != keyIDBytes || len(key) != keyBytes {
			return nil, wrong("a day key has the wrong form")
		}
		copy(one.id[:], id)
		one.key = key
		r.days = append(r.days, one)
	}
	return r, nil
}

// save writes keys.json. The caller holds the lock, or is the only one.
func (r *ring) save() error {
	file := keysFile{Version: keysVersion, Index: hex.EncodeToString(r.index), Erased: r.erased}
	for _, one := range r.days {
		file.Days = append(file.Days, dayKeyLine{
			ID: hex.EncodeToString(one.id[:]), Day: one.day, Key: hex.EncodeToString(one.key),
		})
	}
	raw, err := json.MarshalIndent(file, "", " ")
	if err != nil {
		return err
	}
	if err := writeWhole(r.path, raw); err != nil {
		return fmt.Errorf("people: write %s: %w", keysName, err)
	}
	return nil
}

// forDay gives the key that seals at now, making it and the next ones if needed.
func (r *ring) forDay(now int64) (dayKey, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	today := dayOf(now)
	_, have := r.onDay(today)
	_, ahead := r.onDay(today + keysLow)
	if !have || !ahead {
		before := slices.Clone(r.days)
		for day := today; day < today+keysAhead; day++ {
			if _, ok := r.onDay(day); !ok {
				r.days = append(r.days, newDayKey(day))
			}
		}
		slices.SortFunc(r.days, func(a, b dayKey) int { return cmp.Compare(a.day, b.day) })
		if err := r.save(); err != nil {
			r.days = before
			return dayKey{}, err
		}
	}
	key, _ := r.onDay(today)
	return key, nil
}

func (r *ring) onDay(day int64) (dayKey, bool) {
	for _, one := range r.days {
		if one.day == day {
			return one, true
		}
	}
	return dayKey{}, false
}

func (r *ring) find(id keyID) ([]byte, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, one := range r.days {
		if one.id == id {
			return one.key, true
		}
	}
	return nil, false
}

func (r *ring) indexKey() []byte {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.index
}

func (r *ring) count() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.days)
}

// destroy drops the keys of past days that nothing uses, and erasures that no
// backup can still contradict, and gives the number of keys dropped.
func (r *ring) destroy(used map[keyID]bool, now int64) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before, erasedBefore := r.days, r.erased
	r.days = slices.DeleteFunc(slices.Clone(r.days), func(one dayKey) bool {
		return one.day < dayOf(now) && !used[one.id]
	})
	r.erased = make(map[string]int64, len(erasedBefore))
	for id, at := range erasedBefore {
		if at+erasureKept > now {
			r.erased[id] = at
		}
	}
	dropped := len(before) - len(r.days)
	if dropped == 0 && len(r.erased) == len(erasedBefore) {
		return 0, nil
	}
	if err := r.save(); err != nil {
		r.days, r.erased = before, erasedBefore
		return 0, err
	}
	return dropped, nil
}

// remember adds an erasure.
func (r *ring) remember(id string, at int64) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.erased[id]; ok {
		return nil
	}
	r.erased[id] = at
	if err := r.save(); err != nil {
		delete(r.erased, id)
		return err
	}
	return nil
}

func newDayKey(day int64) dayKey {
	one := dayKey{day: day, key: randomKey()}
	rand.Read(one.id[:]) // never fails: it ends the program instead
	return one
}

func randomKey() []byte {
	key := make([]byte, keyBytes)
	rand.Read(key) // never fails: it ends the program instead
	return key
}

func dayOf(now int64) int64 {
	if now < 0 {
		return 0
	}
	return now / daySeconds
}
