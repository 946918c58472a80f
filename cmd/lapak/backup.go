package main

import (
	"archive/tar"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

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

type manifest struct {
	Format  int       `json:"format"`
	Epoch   string    `json:"epoch"`
	Seq     int64     `json:"seq"`
	Sum     string    `json:"sum"`
	Made    time.Time `json:"made"`
	Program string    `json:"program"`
	Media   bool      `json:"media,omitempty"` // it holds pictures and sounds of the branch
}

func backupCommand(s streams) *cobra.Command {
	var dir, to string
	c := &cobra.Command{
		Use:   "backup --to FILE",
		Short: "Copy the journal, the sealed people and the media to one file, while the branch runs",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if to == "" {
				return &failure{exitUsage, errors.New("say where to with --to FILE")}
			}
			m, err := backup(c.Context(), dir, to)
			if err != nil {
				return err
			}
			return json.NewEncoder(s.out).Encode(m)
		},
	}
	dataFlag(c, &dir)
	c.Flags().StringVar(&to, "to", "", "file to write; must not exist")
	return c
}

type backupOrder struct {
	To string `json:"to"`
}

func backup(ctx context.Context, dir, to string) (manifest, error) {
	if err := needData(dir); err != nil {
		return manifest{}, err
	}
	to, err := filepath.Abs(to)
	if err != nil {
		return manifest{}, err
	}
	var m manifest
	if running, err := callControl(ctx, dir, http.MethodPost, "/backup", backupOrder{To: to}, &m); running {
		return m, err
	}
	j, err := journal.Open(dir, journal.Options{MustExist: true})
	if err != nil {
		return manifest{}, err
	}
	defer j.Close()
	p, err := people.Open(dir)
	if err != nil {
		return manifest{}, err
	}
	defer p.Close()
	own, err := media.Open(dir)
	if err != nil {
		return manifest{}, err
	}
	return writeBackup(j, p, own, to)
}

// writeBackup writes and verifies a backup. The file appears under its name
// only when it was checked. The journal is copied first: then every person
// whom it names is among the people.
func writeBackup(j *journal.Journal, p *people.Store, own *media.Store, to string) (m manifest, err error) {
	if _, err := os.Stat(to); err == nil {
		return m, badInput("--to: %s exists already; name another file", to)
	}
	work, err := os.MkdirTemp(filepath.Dir(to), ".lapak-backup-")
	if err != nil {
		return m, unavailable("%v", err)
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
	m = manifest{Format: backupFormat, Epoch: j.Epoch(), Seq: rep.Seq, Sum: rep.Sum, Made: time.Now().UTC().Truncate(time.Second), Program: version, Media: own.Rev() > 0}
	temp := filepath.Join(work, "backup.tar")
	if err := writeTar(temp, m, own, copied, sealed); err != nil {
		return m, err
	}
	return m, os.Rename(temp, to)
}

// verifyCopy applies every record of a copied journal, in a directory of its
// own so that nothing of the branch's is touched.
func verifyCopy(file, work string) (report, error) {
	dir := filepath.Join(work, "verify")
	if err := journal.Restore(file, dir, journal.Options{}); err != nil {
		return report{}, err
	}
	j, err := journal.Open(dir, journal.Options{MustExist: true})
	if err != nil {
		return report{}, err
	}
	defer os.RemoveAll(dir)
	defer j.Close()
	rep := verifyJournal(j)
	if !rep.OK {
		return rep, &failure{exitNo, fmt.Errorf("the copy does not verify: %s", rep.Problems[0])}
	}
	return rep, nil
}

func writePeople(p *people.Store, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return unavailable("%v", err)
	}
	err = p.Backup(f)
	return errors.Join(err, f.Sync(), f.Close())
}

func writeTar(path string, m manifest, own *media.Store, files ...string) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return unavailable("%v", err)
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
