package journal

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// later are the migrations of a release that does not exist.
func later() []step {
	return []step{
		{name: "notices get a bucket", apply: func(tx *bolt.Tx) error {
			_, err := tx.CreateBucket([]byte("notices"))
			return err
		}},
		{name: "labels are renamed", apply: func(tx *bolt.Tx) error {
			old, err := getSealed(tx, bucketDocuments, []byte("labels"))
			if err != nil || old == nil {
				return err
			}
			return putSealed(tx, bucketDocuments, []byte("rooms"), old)
		}},
	}
}

// written makes a closed journal of this release.
func written(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	j := open(t, dir, small())
	fill(t, j, 1, 50)
	if err := errors.Join(j.PutDoc("labels", []byte("Ruang 1")), j.Close()); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestMigrationCopiesTheFileAndTakesEveryStep(t *testing.T) {
	dir := copied(t, written(t))
	o := small()
	o.steps = later()
	j := open(t, dir, o)
	mustScan(t, j, 1, 50)
	if b, err := j.Doc("rooms"); string(b) != "Ruang 1" || err != nil {
		t.Fatalf("the second step left %q, %v", b, err)
	}
	r, err := j.Verify()
	if err != nil || r.Schema != 3 || len(r.Problems) > 0 {
		t.Fatalf("after two steps: %+v %v", r, err)
	}
	before := whole(t, filepath.Join(dir, beforePrefix+"3"), small())
	if before.Schema != 1 || before.Seq != 50 || before.Epoch != j.Epoch() {
		t.Fatalf("the copy made before: %+v", before)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = Open(dir, small()) // the older release again
	is(t, err, ErrNewerSchema)
	if !strings.Contains(err.Error(), "schema 3, this release knows up to 1") {
		t.Errorf("the operator reads: %v", err)
	}
	_, err = VerifyFile(filepath.Join(dir, FileName))
	is(t, err, ErrNewerSchema)
	is(t, RestoreFrom(filepath.Join(dir, FileName), t.TempDir(), small()), ErrNewerSchema)

	back := t.TempDir() // the way back is the copy
	if err := RestoreFrom(filepath.Join(dir, beforePrefix+"3"), back, small()); err != nil {
		t.Fatal(err)
	}
	mustScan(t, open(t, back, small()), 1, 50)
}

func TestAFailingStepChangesNothing(t *testing.T) {
	dir := copied(t, written(t))
	cause := errors.New("a step that cannot be taken")
	o := small()
	o.steps = append(later(), step{name: "impossible", apply: func(*bolt.Tx) error { return cause }})
	_, err := Open(dir, o)
	is(t, err, cause)
	if !strings.Contains(err.Error(), "impossible") {
		t.Errorf("the step is not named: %v", err)
	}
	j := open(t, dir, small()) // as it was: this release still opens it
	mustScan(t, j, 1, 50)
	if b, err := j.Doc("rooms"); b != nil || err != nil {
		t.Errorf("half of the steps stayed: %q %v", b, err)
	}
}

func TestAnEmptyJournalBeginsAtTheNewestSchema(t *testing.T) {
	o := small()
	o.steps = later()
	dir := t.TempDir()
	j := open(t, dir, o)
	if r, err := j.Verify(); err != nil || r.Schema != 3 || len(r.Problems) > 0 {
		t.Fatalf("%+v %v", r, err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, beforePrefix+"*")); err != nil || len(left) > 0 {
		t.Errorf("an empty journal was copied: %v %v", left, err)
	}
}

// copied is a second directory with the journal of the first, so that the first one's closing check stands.
func copied(t *testing.T, from string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(from, FileName))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put(t, dir, b)
	return dir
}

const (
	goldenRecords = 1200
	goldenChain   = "1cd436863c2c8553a40822c6cad378ea"
	goldenEpoch   = "0123456789abcdef0123456789abcdef"
)

// writeGolden makes the file that every later release must open: records, a cut, two snapshots, a document, a
// job. It never changes once a release has been made; a new schema gets a new one.
func writeGolden(t *testing.T, path string) {
	t.Helper()
	dir := t.TempDir()
	j := open(t, dir, small())
	fill(t, j, 1, goldenRecords)
	for _, seq := range []int64{700, 1100} {
		if err := j.SaveSnapshot(Snapshot{Seq: seq, Version: 1, Sum: "sum", Data: data(seq)}); err != nil {
			t.Fatal(err)
		}
	}
	err := errors.Join(j.Cut(501), j.PutDoc("labels", []byte("Ruang 1")), j.MarkJob("purge", "2026-03-02"))
	if err != nil {
		t.Fatal(err)
	}
	if err := j.db.Update(func(tx *bolt.Tx) error { return putSealed(tx, bucketMeta, keyEpoch, []byte(goldenEpoch)) }); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := j.WriteTo(z); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestTheFileOfEveryReleaseOpens(t *testing.T) {
	golden := filepath.Join("testdata", "v1.db.gz")
	if *update {
		writeGolden(t, golden)
	}
	f, err := os.Open(golden)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put(t, dir, b)
	j := open(t, dir, small())
	seq, chain := j.Last()
	if seq != goldenRecords || chain.String() != goldenChain || j.Base() != 500 || j.Epoch() != goldenEpoch || j.Branch() != "test" {
		t.Errorf("it ends with %d %s after %d, epoch %s", seq, chain, j.Base(), j.Epoch())
	}
	mustScan(t, j, 501, goldenRecords)
	snaps, err := j.Snapshots()
	if err != nil || len(snaps) != 2 || snaps[0].Seq != 1100 || string(snaps[1].Data) != string(data(700)) {
		t.Errorf("it has %d snapshots (%v)", len(snaps), err)
	}
	doc, docErr := j.Doc("labels")
	date, jobErr := j.JobDone("purge")
	if string(doc) != "Ruang 1" || date != "2026-03-02" || docErr != nil || jobErr != nil {
		t.Errorf("it has %q %q", doc, date)
	}
	fill(t, j, goldenRecords+1, 10)
}
