package journal

import (
	"testing"
)

func TestOpenAgainFindsWhatWasAppended(t *testing.T) {
	dir := t.TempDir()
	j, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Append([]Entry{{Seq: 1, Data: []byte("one")}, {Seq: 2, Data: []byte("two")}}); err != nil {
		t.Fatal(err)
	}
	seq, chain := j.Last()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	if j, err = Open(dir, Options{MustExist: true}); err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if gotSeq, gotChain := j.Last(); seq != 2 || gotSeq != seq || gotChain != chain {
		t.Fatalf("after opening again the end is %d %s, before it was %d %s", gotSeq, gotChain, seq, chain)
	}
}
