package media

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Copy hands over the list and every file that it names, while nothing of them can
// change: what a backup holds belongs together. The list comes first, so that a copy
// cut short is known by what it lacks.
func (s *Store) Copy(each func(name string, data []byte) error) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.list.Rev == 0 {
		return nil // nothing was ever kept
	}
	seen := map[string]bool{}
	for _, name := range append([]string{ListName}, s.list.files()...) {
		if seen[name] {
			continue
		}
		seen[name] = true
		data, err := os.ReadFile(filepath.Join(s.dir, name))
		if err != nil {
			return fmt.Errorf("media: %w", err)
		}
		if err := each(name, data); err != nil {
			return err
		}
	}
	return nil
}

func (l List) files() []string {
	names := make([]string, len(l.Items))
	for i, it := range l.Items {
		names[i] = it.File
	}
	return names
}

// Restore writes one member of a backup into a data directory that nobody has opened.
func Restore(data, name string, content []byte) error {
	if name != ListName && !ValidFile(name) {
		return fmt.Errorf("media: %q is no name of ours", name)
	}
	dir := filepath.Join(data, Folder)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("media: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("media: %w", err)
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}

// Complete tells whether a restored folder has every file that its list names, each
// with the bytes of its name.
func Complete(data string) error {
	s, err := Open(data)
	if err != nil {
		return err
	}
	for _, it := range s.list.Items {
		content, _, err := s.File(it.File)
		if err != nil {
			return err
		}
		if named := nameOf(content, filepath.Ext(it.File)); named != it.File {
			return fmt.Errorf("media: %s holds other bytes than those of its name", it.File)
		}
	}
	return nil
}
