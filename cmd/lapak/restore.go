package main

import (
	"archive/tar"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"lapak/hall"
	"lapak/hall/journal"
	"lapak/hall/media"
	"lapak/hall/people"
	"lapak/scheduler"
)

func restoreCommand(s streams) *cobra.Command {
	var dir, from, keys string
	c := &cobra.Command{
		Use:   "restore --from FILE",
		Short: "Put a backup back into an empty directory; a new epoch begins",
		Long: "Put a backup back into an empty directory. Without --keys numbers, order and calls return and names say\n" +
			"\"not available\". Numbers given after the backup are still on paper, so each series skips ahead.",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if from == "" {
				return &failure{exitUsage, errors.New("say what to restore with --from FILE")}
			}
			rep, err := restore(c.Context(), from, dir, keys)
			if err != nil {
				return err
			}
			return json.NewEncoder(s.out).Encode(rep)
		},
	}
	dataFlag(c, &dir)
	c.Flags().StringVar(&from, "from", "", "backup file")
	c.Flags().StringVar(&keys, "keys", "", "the branch's keys.json, kept apart from its backups")
	return c
}

type restored struct {
	report
	Was    string `json:"was_epoch"`
	People int    `json:"people"`
	Names  bool   `json:"names"` // readable: the keys were given
}

// restore builds the directory under a temporary name and renames it, so that
// a failed restore leaves nothing that looks like a branch.
func restore(ctx context.Context, from, dir, keys string) (r restored, err error) {
	if list, err := os.ReadDir(dir); err == nil && len(list) > 0 {
		return r, badInput("--data: %s is not empty; restore into a new directory", dir)
	}
	var keyBytes []byte
	if keys != "" {
		if keyBytes, err = os.ReadFile(keys); err != nil {
			return r, badInput("--keys: %v", err)
		}
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return r, unavailable("%v", err)
	}
	work, err := os.MkdirTemp(parent, ".lapak-restore-")
	if err != nil {
		return r, unavailable("%v", err)
	}
	defer os.RemoveAll(work)
	m, err := unpack(from, work)
	if err != nil {
		return r, err
	}
	fresh := filepath.Join(work, "data")
	if err := os.Mkdir(fresh, 0o700); err != nil {
		return r, unavailable("%v", err)
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
	if r.report, err = beginEpoch(ctx, fresh, m); err != nil {
		return r, err
	}
	r.Was, r.People, r.Names = m.Epoch, back.People, keyBytes != nil
	if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return r, unavailable("%v", err)
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
		return badInput("--from: the backup is cut short: its media are missing")
	case err != nil:
		return unavailable("%v", err)
	}
	if err := media.Complete(fresh); err != nil {
		return badInput("--from: %v", err)
	}
	return nil
}

// unpackMedia writes one member of the media. A name that is none of theirs is
// refused, so that no member lands anywhere else.
func unpackMedia(work, name string, r io.Reader, size int64) error {
	if size > media.MaxTotal {
		return badInput("--from: a media file of %d bytes is no branch's", size)
	}
	data, err := io.ReadAll(io.LimitReader(r, size))
	if err != nil || int64(len(data)) != size {
		return badInput("--from: cut short after %d of %d bytes", len(data), size)
	}
	if err := media.Restore(work, name, data); err != nil {
		return badInput("--from: %v", err)
	}
	return nil
}

func restorePeople(file, dir string, keys []byte) (people.Restored, error) {
	f, err := os.Open(file)
	if err != nil {
		return people.Restored{}, badInput("--from: the backup holds no people")
	}
	defer f.Close()
	return people.Restore(dir, f, keys, time.Now().Unix())
}

// beginEpoch verifies the restored journal against the backup's own figures
// and skips numbers when its day is still open.
func beginEpoch(ctx context.Context, dir string, m manifest) (report, error) {
	j, err := journal.Open(dir, journal.Options{MustExist: true})
	if err != nil {
		return report{}, err
	}
	defer j.Close()
	rep := verifyJournal(j)
	if !rep.OK {
		return rep, &failure{exitNo, fmt.Errorf("the backup does not verify: %s", rep.Problems[0])}
	}
	if rep.Seq != m.Seq || rep.Sum != m.Sum {
		return rep, badInput("--from: the journal in the backup is not the one of its manifest (seq %d, want %d)", rep.Seq, m.Seq)
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
	return verifyJournal(j), nil
}

// maxMember bounds one member of a backup: the journal's own greatest size.
const maxMember = 8 << 30

// unpack writes the backup's members into a directory and returns its manifest.
func unpack(from, work string) (m manifest, err error) {
	f, err := os.Open(from)
	if err != nil {
		return m, badInput("--from: %v", err)
	}
	defer f.Close()
	r := tar.NewReader(f)
	for {
		head, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return m, badInput("--from: %s is no lapak backup, or is cut short: %v", from, err)
		}
		switch head.Name {
		case memberManifest:
			if err := json.NewDecoder(io.LimitReader(r, controlBody)).Decode(&m); err != nil {
				return m, badInput("--from: the backup's manifest cannot be read: %v", err)
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
			return m, badInput("--from: the backup holds %q, which this program does not know", head.Name)
		}
	}
	if m.Format != backupFormat {
		return m, badInput("--from: %s is no lapak backup of format %d", from, backupFormat)
	}
	return m, nil
}

func writeMember(path string, r io.Reader, size int64) error {
	if size > maxMember {
		return badInput("--from: a member of %d bytes is no branch's", size)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return unavailable("%v", err)
	}
	n, err := io.Copy(f, io.LimitReader(r, size))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return badInput("--from: cut short after %d of %d bytes: %v", n, size, err)
	}
	if n != size {
		return badInput("--from: cut short after %d of %d bytes", n, size)
	}
	return nil
}
