package journal

import (
	"testing"
	"testing/synctest"
	"time"

	bolt "go.etcd.io/bbolt"
)

func TestAForgottenReadIsCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := small()
		o.PanicOnSlowRead = false
		j, err := Open(t.TempDir(), o)
		if err != nil {
			t.Fatal(err)
		}
		defer j.Close()
		err = j.view(func(*bolt.Tx) error {
			time.Sleep(slowRead - time.Second)
			if s := j.Stats(); s.OpenReads != 1 || s.OldestRead != slowRead-time.Second || s.SlowReads != 0 {
				t.Errorf("a second before the limit: %+v", s)
			}
			time.Sleep(2 * time.Second)
			synctest.Wait()
			if s := j.Stats(); s.SlowReads != 1 { // while it is still open, not when it ends
				t.Errorf("a second after the limit: %+v", s)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if s := j.Stats(); s.OpenReads != 0 || s.OldestRead != 0 || s.SlowReads != 1 {
			t.Errorf("afterwards: %+v", s)
		}
	})
}

func TestAForgottenReadPanicsWhereItIsAskedTo(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	newWatch(true).count()
}

func TestAScanHoldsNoReadWhileItsCallerThinks(t *testing.T) {
	j := open(t, t.TempDir(), small())
	fill(t, j, 1, 2500)
	err := j.Scan(1, func(Entry) error {
		if s := j.Stats(); s.OpenReads != 0 {
			t.Errorf("%d read transactions are open", s.OpenReads)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
