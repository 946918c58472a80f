package backup

import (
	"archive/tar"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"lapak/hall/journal"
	"lapak/hall/media"
	"lapak/hall/people"
)

// A backup is a tar file of these members, in this order. It never holds keys:
// the sealed people in it are unreadable without the branch's keys.json.
const (
	memberManifest = "manifest.json"
	memberJournal  = "journal.db"
	memberPeople   = "people.sealed"
	memberMedia    = media.Folder + "/" // and a file's name; branches without media have none
	backupFormat   = 1
)

// maxManifest bounds the manifest in bytes; it has a dozen short lines.
const maxManifest = 1 << 20

// Manifest is the first member of a backup: what the others are.
type Manifest struct {
	Format  int       `json:"format"`
	Epoch   string    `json:"epoch"`           // of the journal
	Seq     int64     `json:"seq"`             // its last record
	Sum     string    `json:"sum"`             // of the state that it leads to
	Made    time.Time `json:"made"`            // whole seconds, UTC
	Program string    `json:"program"`         // the version that made it
	Media   bool      `json:"media,omitempty"` // it holds pictures and sounds of the branch
}

// Write writes and verifies a backup of a branch that may be running. The file
// appears under its name only when it was checked; one that exists is refused
// (ErrInput). The journal is copied first: then every person whom it names is
// among the people. Program is the version that the manifest names.
func Write(j *journal.Journal, p *people.Store, own *media.Store, to, program string) (m Manifest, err error) {
	if _, err := os.Stat(to); err == nil {
		return m, failed(ErrInput, "--to: %s exists already; name another file", to)
	}
	work, err := os.MkdirTemp(filepath.Dir(to), ".lapak-backup-")
	if err != nil {
		return m, failed(ErrUnavailable, "%v", err)
	}
	defer os.RemoveAll(work)
	copied := filepath.Join(work, memberJournal)
	if err := j.Backup(copied); err != nil {
		return m, err
	}
	rep, err := verifyCopy(copied, work)
	if err != nil {
		return m, err
	}
	sealed := filepath.Join(work, memberPeople)
	if err := writePeople(p, sealed); err != nil {
		return m, err
	}
	m = Manifest{Format: backupFormat, Epoch: j.Epoch(), Seq: rep.Seq, Sum: rep.Sum, Made: time.Now().UTC().Truncate(time.Second), Program: program, Media: own.Rev() > 0}
	temp := filepath.Join(work, "backup.tar")
	if err := writeTar(temp, m, own, copied, sealed); err != nil {
		return m, err
	}
	return m, os.Rename(temp, to)
}

// verifyCopy applies every record of a copied journal, in a directory of its
// own so that nothing of the branch's is touched.
func verifyCopy(file, work string) (Report, error) {
	dir := filepath.Join(work, "verify")
	if err := journal.Restore(file, dir, journal.Options{}); err != nil {
		return Report{}, err
	}
	j, err := journal.Open(dir, journal.Options{MustExist: true})
	if err != nil {
		return Report{}, err
	}
	defer os.RemoveAll(dir)
	defer j.Close()
	rep := Verify(j)
	if !rep.OK {
		return rep, failed(ErrUnsound, "the copy does not verify: %s", rep.Problems[0])
	}
	return rep, nil
}

func writePeople(p *people.Store, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return failed(ErrUnavailable, "%v", err)
	}
	err = p.Backup(f)
	return errors.Join(err, f.Sync(), f.Close())
}

func writeTar(path string, m Manifest, own *media.Store, files ...string) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return failed(ErrUnavailable, "%v", err)
	}
	defer func() { err = errors.Join(err, f.Sync(), f.Close()) }()
	w := tar.NewWriter(f)
	head, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := w.WriteHeader(&tar.Header{Name: memberManifest, Mode: 0o600, Size: int64(len(head)), ModTime: m.Made}); err != nil {
		return err
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	for _, file := range files {
		if err := addFile(w, file, m.Made); err != nil {
			return err
		}
	}
	err = own.Copy(func(name string, data []byte) error {
		if err := w.WriteHeader(&tar.Header{Name: memberMedia + name, Mode: 0o600, Size: int64(len(data)), ModTime: m.Made}); err != nil {
			return err
		}
		_, err := w.Write(data)
		return err
	})
	if err != nil {
		return err
	}
	return w.Close()
}

func addFile(w *tar.Writer, path string, made time.Time) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if err := w.WriteHeader(&tar.Header{Name: filepath.Base(path), Mode: 0o600, Size: info.Size(), ModTime: made}); err != nil {
		return err
	}
	_, err = io.Copy(w, f)
	return err
}
