package outlook

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"lapak/scheduler"
	"lapak/scheduler/learning"
)

// learnedDoc is the name under which the journal keeps what was learned. It
// holds durations and counts, nothing about a visitor.
const learnedDoc = "learned"

// maxLearned bounds the unpacked document: several times what the largest
// branch's figures take, so that damaged bytes cannot fill the memory.
const maxLearned = 16 << 20

// begin finds where learning goes on: after the last record that was learned
// from, with the state as it was then.
func (l *Outlook) begin() error {
	l.learnedFor = -1
	kept, err := l.kept()
	if err != nil {
		l.o.Logger.Warn("what was learned cannot be read; learning begins again from the records", "error", err)
	}
	learner, err := l.resume(kept)
	if err != nil {
		l.o.Logger.Warn("learning begins anew with the next record", "error", err)
		learner = learning.New(l.o.Branch.State())
	}
	l.mu.Lock()
	l.learner = learner
	l.mu.Unlock()
	l.savedAt = l.o.Branch.Now()
	return l.follow()
}

// kept reads the document, or nil when there is none.
func (l *Outlook) kept() ([]byte, error) {
	packed, err := l.o.Records.Doc(learnedDoc)
	if err != nil || packed == nil {
		return nil, err
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(io.LimitReader(r, maxLearned))
	if err != nil {
		return nil, err
	}
	return b, r.Close()
}

// resume makes the Learner that was kept, or one that has seen nothing and
// begins with the oldest record.
func (l *Outlook) resume(kept []byte) (*learning.Learner, error) {
	if kept != nil {
		var at struct {
			Seq int64 `json:"seq"`
		}
		if err := json.Unmarshal(kept, &at); err != nil {
			return nil, err
		}
		s, err := l.stateAt(at.Seq)
		if err != nil {
			return nil, err
		}
		return learning.Restore(kept, s)
	}
	s, err := l.oldest()
	if err != nil {
		return nil, err
	}
	return learning.New(s), nil
}

var errReached = errors.New("outlook: reached")

// stateAt rebuilds the state after a record: from the newest snapshot that is
// not later, or from the first record.
func (l *Outlook) stateAt(seq int64) (*scheduler.State, error) {
	from := scheduler.New()
	err := l.o.Records.Snapshots(func(at int64, version int, _ string, data []byte) bool {
		if at > seq || version != scheduler.StateVersion {
			return false
		}
		s, err := scheduler.DecodeState(data)
		if err != nil || s.Seq != at {
			return false
		}
		from = s
		return true
	})
	if err != nil {
		return nil, err
	}
	if from.Seq == seq {
		return from, nil
	}
	d := from.Draft()
	err = l.o.Records.Scan(from.Seq+1, func(at int64, data []byte) error {
		rec, err := scheduler.Decode(data)
		if err != nil {
			return err
		}
		if err := d.Apply(rec); err != nil {
			return err
		}
		if at >= seq || l.ctx.Err() != nil {
			return errReached
		}
		return nil
	})
	if err != nil && !errors.Is(err, errReached) {
		return nil, err
	}
	if d.Seq != seq {
		return nil, fmt.Errorf("outlook: the journal reaches record %d, and %d were learned from", d.Seq, seq)
	}
	return d.Publish(), nil
}

// oldest is the state before the oldest record that the journal still holds.
func (l *Outlook) oldest() (*scheduler.State, error) {
	begun := l.o.Records.Scan(1, func(int64, []byte) error { return errReached })
	if begun == nil || errors.Is(begun, errReached) {
		return scheduler.New(), nil
	}
	var s *scheduler.State // the oldest snapshot: what lies before it was cut
	err := l.o.Records.Snapshots(func(at int64, version int, _ string, data []byte) bool {
		if version == scheduler.StateVersion {
			if older, err := scheduler.DecodeState(data); err == nil && older.Seq == at {
				s = older
			}
		}
		return false
	})
	if s == nil {
		return nil, errors.Join(err, begun)
	}
	return s, nil
}

// follow learns from the records that came since, gives the day its learned
// times once it is open, and keeps what was learned now and then.
func (l *Outlook) follow() error {
	if err := l.feed(); err != nil {
		return err
	}
	s, now := l.o.Branch.State(), l.o.Branch.Now()
	if l.learner == nil {
		return nil
	}
	if s.Floor.Day.Open && s.Floor.Day.Number != l.learnedFor {
		l.mu.Lock()
		times := l.learner.Daily()
		l.mu.Unlock()
		if err := l.give(scheduler.LearnTimes{Times: times}); err != nil {
			return err
		}
		l.learnedFor = s.Floor.Day.Number
	}
	if now < l.savedAt+saveEveryS {
		return nil
	}
	return l.save()
}

// feedAtOnce bounds the records learned from at once: about a tenth of a second,
// between which a report can be read.
const feedAtOnce = 2000

// feed shows the Learner every record that it has not seen. After a record that
// does not follow, it goes on from the branch's state.
func (l *Outlook) feed() error {
	for l.ctx.Err() == nil {
		more, err := l.feedSome()
		if err != nil || !more {
			return err
		}
	}
	return nil
}

func (l *Outlook) feedSome() (more bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.learner == nil || l.learner.Seq() >= l.o.Branch.State().Seq {
		return false, nil
	}
	n := 0
	err = l.o.Records.Scan(l.learner.Seq()+1, func(_ int64, data []byte) error {
		if n == feedAtOnce {
			return errReached
		}
		n++
		rec, err := scheduler.Decode(data)
		if err != nil {
			return err
		}
		return l.learner.Feed(rec)
	})
	switch {
	case errors.Is(err, errReached):
		return true, nil
	case err != nil:
		l.learner.Resync(l.o.Branch.State())
	}
	return false, err
}

// save keeps what was learned.
func (l *Outlook) save() error {
	l.mu.Lock()
	if l.learner == nil {
		l.mu.Unlock()
		return nil
	}
	b, err := l.learner.Encode()
	l.mu.Unlock()
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(b); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := l.o.Records.PutDoc(learnedDoc, packed.Bytes()); err != nil {
		return err
	}
	l.savedAt = l.o.Branch.Now()
	return nil
}
