package ui

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"path"
	"slices"
	"sync"
)

// packedKinds are the files that become much smaller when they are packed; pictures,
// sounds and the typeface are packed already.
var packedKinds = []string{".js", ".css", ".svg", ".json"}

// packing keeps what was packed: a file of a build never changes.
type packing struct {
	mu    sync.Mutex
	files map[string][]byte
}

// Packed returns a file as gzip, for browsers that take it (all do), and false where
// that would not help or there is no such file. It is packed when it is first asked
// for. The caller must not change the bytes.
func (s *Screens) Packed(name string) ([]byte, bool) {
	if !slices.Contains(packedKinds, path.Ext(name)) {
		return nil, false
	}
	s.packed.mu.Lock()
	defer s.packed.mu.Unlock()
	if b, done := s.packed.files[name]; done {
		return b, b != nil
	}
	plain, err := fs.ReadFile(s.files, name)
	if err != nil {
		return nil, false
	}
	b := pack(plain)
	if len(b) >= len(plain) {
		b = nil
	}
	if s.packed.files == nil {
		s.packed.files = make(map[string][]byte)
	}
	s.packed.files[name] = b
	return b, b != nil
}

func pack(plain []byte) []byte {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant of the package itself
	}
	_, _ = z.Write(plain) // a bytes.Buffer takes everything
	_ = z.Close()
	return out.Bytes()
}
