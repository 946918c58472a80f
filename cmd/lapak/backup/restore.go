package backup

import (
	"archive/tar"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lapak/hall"
	"lapak/hall/journal"
	"lapak/hall/media"
	"lapak/hall/people"
	"lapak/scheduler"
)

// Restored is what a restore brought back: the report of its journal, in the new
// epoch.
type Restored struct {
	Report
	Was    string `json:"was_epoch"`
	People int    `json:"people"` // how many came back
	Names  bool   `json:"names"`  // readable: the keys were given
}

// Restore puts the backup in the file from into dir, which must be empty or new.
// keys names the branch's keys.json; without it ("") no name can be read. The
// directory is built under a temporary name and renamed, so that a failed restore
// leaves nothing that looks like a branch. Numbers skip ahead when the day of the
// backup is still open.
func Restore(ctx context.Context, from, dir, keys string) (r Restored, err error) {
	if list, err := os.ReadDir(dir); err == nil && len(list) > 0 {
		return r, failed(ErrInput, "--data: %s is not empty; restore into a new directory", dir)
	}
	var keyBytes []byte
	if keys != "" {
		if keyBytes, err = os.ReadFile(keys); err != nil {
			return r, failed(ErrInput, "--keys: %v", err)
		}
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return r, failed(ErrUnavailable, "%v", err)
	}
	work, err := os.MkdirTemp(parent, ".lapak-restore-")
	if err != nil {
		return r, failed(ErrUnavailable, "%v", err)
	}
	defer os.RemoveAll(work)
	m, err := unpack(from, work)
	if err != nil {
		return r, err
	}
	fresh := filepath.Join(work, "data")
	if err := os.Mkdir(fresh, 0o700); err != nil {
		return r, failed(ErrUnavailable, "%v", err)
	}
	back, err := restorePeople(filepath.Join(work, memberPeople), fresh, keyBytes)
	if err != nil {
		return r, err
	}
	if err := journal.RestoreFrom(filepath.Join(work, memberJournal), fresh, journal.Options{}); err != nil {
		return r, err
	}
	if err := restoreMedia(work, fresh, m.Media); err != nil {
		return r, err
	}
	if r.Report, err = beginEpoch(ctx, fresh, m); err != nil {
		return r, err
	}
	r.Was, r.People, r.Names = m.Epoch, back.People, keyBytes != nil
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return r, failed(ErrUnavailable, "%v", err)
	}
	return r, os.Rename(fresh, dir)
}

// restoreMedia moves the branch's own pictures and sounds over and checks them. A
// backup of a branch that never had any holds none.
func restoreMedia(work, fresh string, some bool) error {
	err := os.Rename(filepath.Join(work, media.Folder), filepath.Join(fresh, media.Folder))
	switch {
	case errors.Is(err, os.ErrNotExist) && !some:
		return nil
	case errors.Is(err, os.ErrNotExist):
		return failed(ErrInput, "--from: the backup is cut short: its media are missing")
	case err != nil:
		return failed(ErrUnavailable, "%v", err)
	}
	if err := media.Complete(fresh); err != nil {
		return failed(ErrInput, "--from: %v", err)
	}
	return nil
}

// unpackMedia writes one member of the media. A name that is none of theirs is
// refused, so that no member lands anywhere else.
func unpackMedia(work, name string, r io.Reader, size int64) error {
	if size > media.MaxTotal {
		return failed(ErrInput, "--from: a media file of %d bytes is no branch's", size)
	}
	data, err := io.ReadAll(io.LimitReader(r, size))
	if err != nil || int64(len(data)) != size {
		return failed(ErrInput, "--from: cut short after %d of %d bytes", len(data), size)
	}
	if err := media.Restore(work, name, data); err != nil {
		return failed(ErrInput, "--from: %v", err)
	}
	return nil
}

func restorePeople(file, dir string, keys []byte) (people.Restored, error) {
	f, err := os.Open(file)
	if err != nil {
		return people.Restored{}, failed(ErrInput, "--from: the backup holds no people")
	}
	defer f.Close()
	return people.Restore(dir, f, keys, time.Now().Unix())
}

// beginEpoch verifies the restored journal against the backup's own figures
// and skips numbers when its day is still open.
func beginEpoch(ctx context.Context, dir string, m Manifest) (Report, error) {
	j, err := journal.Open(dir, journal.Options{MustExist: true})
	if err != nil {
		return Report{}, err
	}
	defer j.Close()
	rep := Verify(j)
	if !rep.OK {
		return rep, failed(ErrUnsound, "the backup does not verify: %s", rep.Problems[0])
	}
	if rep.Seq != m.Seq || rep.Sum != m.Sum {
		return rep, failed(ErrInput, "--from: the journal in the backup is not the one of its manifest (seq %d, want %d)", rep.Seq, m.Seq)
	}
	h, err := hall.Open(hall.Options{Journal: journal.Plain{Store: j}, Time: hall.NewTime(), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return rep, err
	}
	defer h.Close()
	if !h.State().Floor.Day.Open {
		return rep, nil
	}
	if _, err := h.Do(ctx, hall.Request{Actor: scheduler.System, Command: scheduler.SkipNumbers{By: scheduler.RestoredJump}}); err != nil {
		return rep, err
	}
	h.Close()
	return Verify(j), nil
}

// maxMember bounds one member of a backup: the journal's own greatest size.
const maxMember = 8 << 30

// unpack writes the backup's members into a directory and returns its manifest.
func unpack(from, work string) (m Manifest, err error) {
	f, err := os.Open(from)
	if err != nil {
		return m, failed(ErrInput, "--from: %v", err)
	}
	defer f.Close()
	r := tar.NewReader(f)
	for {
		head, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return m, failed(ErrInput, "--from: %s is no lapak backup, or is cut short: %v", from, err)
		}
		switch head.Name {
		case memberManifest:
			if err := json.NewDecoder(io.LimitReader(r, maxManifest)).Decode(&m); err != nil {
				return m, failed(ErrInput, "--from: the backup's manifest cannot be read: %v", err)
			}
		case memberJournal, memberPeople:
			if err := writeMember(filepath.Join(work, head.Name), r, head.Size); err != nil {
				return m, err
			}
		default:
			if name, ours := strings.CutPrefix(head.Name, memberMedia); ours {
				if err := unpackMedia(work, name, r, head.Size); err != nil {
					return m, err
				}
				continue
			}
			return m, failed(ErrInput, "--from: the backup holds %q, which this program does not know", head.Name)
		}
	}
	if m.Format != backupFormat {
		return m, failed(ErrInput, "--from: %s is no lapak backup of format %d", from, backupFormat)
	}
	return m, nil
}

func writeMember(path string, r io.Reader, size int64) error {
	if size > maxMember {
		return failed(ErrInput, "--from: a member of %d bytes is no branch's", size)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return failed(ErrUnavailable, "%v", err)
	}
	n, err := io.Copy(f, io.LimitReader(r, size))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return failed(ErrInput, "--from: cut short after %d of %d bytes: %v", n, size, err)
	}
	if n != size {
		return failed(ErrInput, "--from: cut short after %d of %d bytes", n, size)
	}
	return nil
}
