package journal

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// keeper is what every working journal does.
type keeper interface {
	Append([]Entry) error
	Last() (int64, Chain)
	Base() int64
	Epoch() string
	Scan(int64, func(Entry) error) error
	Cut(int64) error
	SaveSnapshot(Snapshot) error
	Snapshots() ([]Snapshot, error)
	Doc(string) ([]byte, error)
	PutDoc(string, []byte) error
	JobDone(string) (string, error)
	MarkJob(string, string) error
	Close() error
}

// everyKeeper runs a test over each implementation that keeps what it is given.
func everyKeeper(t *testing.T, test func(*testing.T, keeper)) {
	t.Run("file", func(t *testing.T) { test(t, open(t, t.TempDir(), small())) })
	t.Run("memory", func(t *testing.T) { test(t, NewMemory()) })
	t.Run("failing, not yet", func(t *testing.T) { test(t, NewFailing()) })
}

func TestAppendRefusesWhatDoesNotContinue(t *testing.T) {
	everyKeeper(t, func(t *testing.T, k keeper) {
		fill(t, k, 1, 3)
		before, chain := k.Last()
		for name, bad := range map[string]struct {
			entries []Entry
			want    error
		}{
			"again":         {entries(3, 1), ErrGap},
			"gap":           {entries(5, 1), ErrGap},
			"gap inside":    {[]Entry{{Seq: 4}, {Seq: 6}}, ErrGap},
			"zero":          {entries(0, 1), ErrGap},
			"too large":     {[]Entry{{Seq: 4, Data: make([]byte, MaxData+1)}}, ErrTooLarge},
			"too many":      {entries(4, MaxBatchEntries+1), ErrTooLarge},
			"too much":      {large(4, MaxBatchBytes/MaxData+1), ErrTooLarge},
			"bad after two": {append(entries(4, 2), Entry{Seq: 6, Data: make([]byte, MaxData+1)}), ErrTooLarge},
		} {
			if err := k.Append(bad.entries); !errors.Is(err, bad.want) {
				t.Errorf("%s: %v, want %v", name, err, bad.want)
			}
		}
		if err := k.Append(nil); err != nil {
			t.Errorf("no entries: %v", err)
		}
		if seq, at := k.Last(); seq != before || at != chain {
			t.Errorf("refused entries moved the end from %d to %d", before, seq)
		}
		fill(t, k, 4, 1)
		mustScan(t, k, 1, 4)
	})
}

func large(from int64, n int) []Entry {
	es := make([]Entry, n)
	for i := range es {
		es[i] = Entry{Seq: from + int64(i), Data: make([]byte, MaxData)}
	}
	return es
}

func TestLargestValuesFit(t *testing.T) {
	everyKeeper(t, func(t *testing.T, k keeper) {
		es := large(1, MaxBatchBytes/MaxData)
		es[7].Data[MaxData-1] = 7
		if err := k.Append(es); err != nil {
			t.Fatal(err)
		}
		got := 0
		err := k.Scan(1, func(e Entry) error {
			if !reflect.DeepEqual(e, es[got]) {
				return fmt.Errorf("record %d came back changed", e.Seq)
			}
			got++
			return nil
		})
		if err != nil || got != len(es) {
			t.Fatalf("%d of %d records came back: %v", got, len(es), err)
		}
	})
}

func TestTheChainIsTheDocumentedOne(t *testing.T) {
	// SHA-256 of sixteen zero bytes, the seq 1 as eight big-endian bytes, and "a"; its first sixteen bytes.
	const want = "d22e2bc447924c96c9c5d03aa4873d62"
	everyKeeper(t, func(t *testing.T, k keeper) {
		if seq, chain := k.Last(); seq != 0 || chain != (Chain{}) {
			t.Fatalf("an empty journal ends at %d %s", seq, chain)
		}
		if err := k.Append([]Entry{{Seq: 1, Data: []byte("a")}}); err != nil {
			t.Fatal(err)
		}
		if _, chain := k.Last(); chain.String() != want {
			t.Fatalf("the chain is %s, want %s", chain, want)
		}
	})
}

func TestScanStopsWithTheCallersError(t *testing.T) {
	everyKeeper(t, func(t *testing.T, k keeper) {
		fill(t, k, 1, 5)
		stop := errors.New("enough")
		seen := 0
		err := k.Scan(2, func(Entry) error { seen++; return stop })
		if !errors.Is(err, stop) || seen != 1 {
			t.Fatalf("after %d records the error is %v", seen, err)
		}
		is(t, k.Scan(0, nil), ErrGap)
		is(t, k.Scan(7, nil), ErrGap)
	})
}

func TestAScanMayAppend(t *testing.T) {
	everyKeeper(t, func(t *testing.T, k keeper) {
		fill(t, k, 1, 10)
		err := k.Scan(1, func(e Entry) error { return k.Append(entries(e.Seq+10, 1)) })
		if err != nil {
			t.Fatal(err)
		}
		mustScan(t, k, 1, 20)
	})
}

func TestSnapshotsKeepTwoAndAllowACut(t *testing.T) {
	everyKeeper(t, func(t *testing.T, k keeper) {
		fill(t, k, 1, 30)
		is(t, k.Cut(5), ErrGap) // no snapshot stands for them
		sizes := map[int64]int{10: 0, 20: 3*MaxData + 1, 25: MaxData}
		for _, seq := range []int64{10, 20, 25} {
			s := Snapshot{Seq: seq, Version: int(seq), Sum: fmt.Sprint("sum", seq), Data: make([]byte, sizes[seq])}
			if err := k.SaveSnapshot(s); err != nil {
				t.Fatal(err)
			}
		}
		replaced := Snapshot{Seq: 25, Version: 9, Sum: "another", Data: []byte("short")}
		if err := k.SaveSnapshot(replaced); err != nil {
			t.Fatal(err)
		}
		kept, err := k.Snapshots()
		want := []Snapshot{replaced, {Seq: 20, Version: 20, Sum: "sum20", Data: make([]byte, sizes[20])}}
		if err != nil || !reflect.DeepEqual(kept, want) {
			t.Fatalf("%d snapshots are kept (%v), want those at 25 and 20 unchanged", len(kept), err)
		}
		is(t, k.Cut(22), ErrGap) // record 21 is needed after the older snapshot
		if err := k.Cut(21); err != nil {
			t.Fatal(err)
		}
		if err := k.Cut(3); err != nil || k.Base() != 20 {
			t.Fatalf("after the cut the base is %d (%v), want 20", k.Base(), err)
		}
		is(t, k.Scan(20, nil), ErrCut)
		mustScan(t, k, 21, 30)
		is(t, k.SaveSnapshot(Snapshot{Seq: 19}), ErrGap)
		is(t, k.SaveSnapshot(Snapshot{Seq: 31}), ErrGap)
		is(t, k.SaveSnapshot(Snapshot{Seq: 30, Data: make([]byte, MaxSnapshot+1)}), ErrTooLarge)
		fill(t, k, 31, 5)
		mustScan(t, k, 21, 35)
	})
}

func TestDocumentsAndJobs(t *testing.T) {
	everyKeeper(t, func(t *testing.T, k keeper) {
		if b, err := k.Doc("labels"); b != nil || err != nil {
			t.Fatalf("a document never written is %q, %v", b, err)
		}
		for _, want := range []string{"Ruang 1", "", "Ruang 2"} {
			if err := k.PutDoc("labels", []byte(want)); err != nil {
				t.Fatal(err)
			}
			if b, err := k.Doc("labels"); b == nil || string(b) != want || err != nil {
				t.Fatalf("the document is %q, %v, want %q", b, err, want)
			}
		}
		is(t, k.PutDoc("labels", make([]byte, MaxData+1)), ErrTooLarge)
		if date, err := k.JobDone("purge"); date != "" || err != nil {
			t.Fatalf("a job never done was done on %q, %v", date, err)
		}
		for _, bad := range []string{"", "2026-2-3", "2026-02-30", "yesterday"} {
			if err := k.MarkJob("purge", bad); err == nil {
				t.Errorf("the date %q was accepted", bad)
			}
		}
		if err := k.MarkJob("purge", "2026-03-02"); err != nil {
			t.Fatal(err)
		}
		if date, err := k.JobDone("purge"); date != "2026-03-02" || err != nil {
			t.Fatalf("the job was done on %q, %v", date, err)
		}
		if err := k.PutDoc("", nil); err == nil {
			t.Error("a document without a name was accepted")
		}
		if _, err := k.JobDone(string(make([]byte, MaxName+1))); err == nil {
			t.Error("a job with an endless name was accepted")
		}
	})
}

func TestClosedAnswersClosed(t *testing.T) {
	everyKeeper(t, func(t *testing.T, k keeper) {
		fill(t, k, 1, 1)
		if err := errors.Join(k.Close(), k.Close()); err != nil {
			t.Fatal(err)
		}
		_, docErr := k.Doc("a")
		_, jobErr := k.JobDone("a")
		_, snapErr := k.Snapshots()
		for i, err := range []error{
			k.Append(entries(2, 1)), k.Scan(1, nil), k.Cut(2), k.SaveSnapshot(Snapshot{Seq: 1}), snapErr,
			k.PutDoc("a", nil), docErr, k.MarkJob("a", "2026-03-02"), jobErr,
		} {
			if !errors.Is(err, ErrClosed) {
				t.Errorf("call %d on a closed journal: %v", i, err)
			}
		}
	})
}

// TestFileAndMemoryAgree holds the file to the memory, answer for answer, over random histories with restarts.
func TestFileAndMemoryAgree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir := t.TempDir()
		file, err := Open(dir, small())
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { file.Close() }()
		memory := NewMemory()
		both := func(what string, do func(keeper) error) {
			a, b := do(file), do(memory)
			for _, kind := range []error{ErrGap, ErrTooLarge, ErrCut} {
				if (a == nil) != (b == nil) || errors.Is(a, kind) != errors.Is(b, kind) {
					rt.Fatalf("%s: the file says %v, the memory %v", what, a, b)
				}
			}
		}
		near := func(label string) int64 { // a seq around what is kept, wrong ones included
			last, _ := memory.Last()
			return rapid.Int64Range(max(0, memory.Base()-2), last+2).Draw(rt, label)
		}
		rt.Repeat(map[string]func(*rapid.T){
			"append": func(rt *rapid.T) {
				last, _ := memory.Last()
				es := entries(last+rapid.SampledFrom([]int64{1, 1, 1, 1, 0, 2}).Draw(rt, "step"), rapid.IntRange(0, 40).Draw(rt, "n"))
				both("append", func(k keeper) error { return k.Append(es) })
			},
			"snapshot": func(rt *rapid.T) {
				s := Snapshot{Seq: near("seq"), Version: 1, Data: make([]byte, rapid.SampledFrom([]int{0, 9, MaxData, MaxData + 9}).Draw(rt, "size"))}
				both("snapshot", func(k keeper) error { return k.SaveSnapshot(s) })
			},
			"cut": func(rt *rapid.T) {
				seq := near("before")
				both("cut", func(k keeper) error { return k.Cut(seq) })
			},
			"document": func(rt *rapid.T) {
				name, text := rapid.StringMatching(`[a-c]`).Draw(rt, "name"), rapid.String().Draw(rt, "text")
				both("document", func(k keeper) error { return k.PutDoc(name, []byte(text)) })
			},
			"restart": func(rt *rapid.T) {
				if err := file.Close(); err != nil {
					rt.Fatal(err)
				}
				if file, err = Open(dir, small()); err != nil {
					rt.Fatal(err)
				}
			},
			"": func(rt *rapid.T) { agree(rt, file, memory) },
		})
		r, err := file.Verify()
		if err != nil || len(r.Problems) > 0 {
			rt.Fatalf("the file is not whole: %v %v", err, r.Problems)
		}
	})
}

// agree compares everything that can be read.
func agree(rt *rapid.T, file *Journal, memory *Memory) {
	type content struct {
		last      int64
		chain     Chain
		base      int64
		records   []Entry
		snapshots []Snapshot
		documents [3]string
	}
	read := func(k keeper) (c content) {
		c.last, c.chain = k.Last()
		c.base = k.Base()
		err := k.Scan(c.base+1, func(e Entry) error { c.records = append(c.records, e); return nil })
		if err != nil {
			rt.Fatal(err)
		}
		if c.snapshots, err = k.Snapshots(); err != nil {
			rt.Fatal(err)
		}
		for i, name := range []string{"a", "b", "c"} {
			b, err := k.Doc(name)
			if err != nil {
				rt.Fatal(err)
			}
			c.documents[i] = string(b)
		}
		return c
	}
	if a, b := read(file), read(memory); !reflect.DeepEqual(a, b) {
		rt.Fatalf("the file holds %d records to %d and %d snapshots, the memory %d to %d and %d",
			len(a.records), a.last, len(a.snapshots), len(b.records), b.last, len(b.snapshots))
	}
}

func TestFailing(t *testing.T) {
	f := NewFailing()
	fill(t, f, 1, 2)
	f.Fail(FaultFull)
	is(t, f.Append(entries(3, 1)), ErrFull)
	is(t, f.PutDoc("a", nil), ErrFull)
	f.Fail(FaultNone)
	fill(t, f, 3, 1)
	mustScan(t, f, 1, 3)

	f.Fail(FaultCommitLost)
	is(t, f.Append(entries(4, 1)), ErrCommit)
	f.Fail(FaultNone)
	is(t, f.MarkJob("a", "2026-03-02"), ErrCommit) // it stays failed
	f = f.Restart()
	mustScan(t, f, 1, 3)

	f.Fail(FaultCommitKept)
	is(t, f.Append(entries(9, 1)), ErrGap)
	is(t, f.Append(entries(4, 1)), ErrCommit)
	is(t, f.Append(entries(5, 1)), ErrCommit)
	mustScan(t, f.Restart(), 1, 4)
}

func TestNothingKeepsOnlyItsPlace(t *testing.T) {
	var n Nothing
	fill(t, &n, 1, 3)
	is(t, n.Append(entries(5, 1)), ErrGap)
	if seq, _ := n.Last(); seq != 3 {
		t.Fatalf("its place is %d, want 3", seq)
	}
	is(t, n.Scan(1, nil), ErrCut)
	if err := n.Scan(4, nil); err != nil {
		t.Fatal(err)
	}
}
