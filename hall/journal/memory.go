package journal

import (
	"fmt"
	"slices"
	"sync"
)

// Memory is a journal without a disk, for tests and for the throw-away branch of a demonstration. It answers
// as Journal does, error for error, and forgets everything with the process. Use NewMemory.
type Memory struct {
	mu        sync.Mutex
	epoch     string
	last      mark
	base      mark
	records   []Entry // those after base
	snapshots []Snapshot
	documents map[string][]byte
	jobs      map[string]string
	closed    bool
}

// NewMemory returns an empty journal with an epoch of its own.
func NewMemory() *Memory {
	return &Memory{epoch: newEpoch(), documents: map[string][]byte{}, jobs: map[string]string{}}
}

// Append is Journal.Append; only ErrGap, ErrTooLarge and ErrClosed can happen.
func (m *Memory) Append(entries []Entry) error {
	if len(entries) == 0 {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, err := checkEntries(entries, m.last.seq); err != nil {
		return err
	}
	if m.closed {
		return ErrClosed
	}
	for _, e := range entries {
		m.last = mark{seq: e.Seq, chain: m.last.chain.next(e.Seq, e.Data)}
		m.records = append(m.records, Entry{Seq: e.Seq, Data: slices.Clone(e.Data)})
	}
	return nil
}

// Last is Journal.Last.
func (m *Memory) Last() (seq int64, at Chain) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.last.seq, m.last.chain
}

// Base is Journal.Base.
func (m *Memory) Base() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.base.seq
}

// Epoch is Journal.Epoch.
func (m *Memory) Epoch() string { return m.epoch }

// Scan is Journal.Scan.
func (m *Memory) Scan(from int64, fn func(Entry) error) error {
	m.mu.Lock()
	last, base, closed := m.last.seq, m.base.seq, m.closed
	records := m.records // appends and cuts never change what this slice shows
	m.mu.Unlock()
	if err := checkScan(from, base, last); err != nil {
		return err
	}
	if closed {
		return ErrClosed
	}
	for _, e := range records[from-base-1 : last-base] {
		if err := fn(Entry{Seq: e.Seq, Data: append([]byte{}, e.Data...)}); err != nil {
			return err
		}
	}
	return nil
}

// Cut is Journal.Cut.
func (m *Memory) Cut(before int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if before-1 <= m.base.seq {
		return nil
	}
	if m.closed {
		return ErrClosed
	}
	if err := checkCut(before, m.snapshots); err != nil {
		return err
	}
	for m.base.seq < before-1 {
		e := m.records[0]
		m.base = mark{seq: e.Seq, chain: m.base.chain.next(e.Seq, e.Data)}
		m.records = m.records[1:]
	}
	return nil
}

// SaveSnapshot is Journal.SaveSnapshot.
func (m *Memory) SaveSnapshot(s Snapshot) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := checkSnapshot(s, m.last.seq, m.base.seq); err != nil {
		return err
	}
	if m.closed {
		return ErrClosed
	}
	s.Data = slices.Clone(s.Data)
	kept := slices.DeleteFunc(slices.Clone(m.snapshots), func(old Snapshot) bool { return old.Seq == s.Seq })
	kept = append(kept, s)
	slices.SortFunc(kept, func(a, b Snapshot) int { return int(b.Seq - a.Seq) })
	m.snapshots = kept[:min(keptSnapshots, len(kept))]
	return nil
}

// Snapshots is Journal.Snapshots.
func (m *Memory) Snapshots() ([]Snapshot, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, ErrClosed
	}
	kept := slices.Clone(m.snapshots)
	for i := range kept {
		kept[i].Data = append([]byte{}, kept[i].Data...)
	}
	return kept, nil
}

// Doc is Journal.Doc.
func (m *Memory) Doc(name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.usable(name); err != nil {
		return nil, err
	}
	return slices.Clone(m.documents[name]), nil
}

// PutDoc is Journal.PutDoc.
func (m *Memory) PutDoc(name string, data []byte) error {
	if err := checkDoc(name, data); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.usable(name); err != nil {
		return err
	}
	m.documents[name] = append([]byte{}, data...)
	return nil
}

// JobDone is Journal.JobDone.
func (m *Memory) JobDone(name string) (date string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.usable(name); err != nil {
		return "", err
	}
	return m.jobs[name], nil
}

// MarkJob is Journal.MarkJob.
func (m *Memory) MarkJob(name, date string) error {
	if err := checkDate(date); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.usable(name); err != nil {
		return err
	}
	m.jobs[name] = date
	return nil
}

func (m *Memory) usable(name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	if m.closed {
		return ErrClosed
	}
	return nil
}

// Close makes every further call an ErrClosed.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	return nil
}

// Nothing is a journal that accepts everything in order and keeps nothing but its place: for measuring the
// rules without the cost of keeping. The zero value is empty and ready.
type Nothing struct {
	mu   sync.Mutex
	last int64
}

// Append checks the entries and forgets them.
func (n *Nothing) Append(entries []Entry) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, err := checkEntries(entries, n.last); err != nil {
		return err
	}
	n.last += int64(len(entries))
	return nil
}

// Last is the seq of the last entry accepted; there is no chain.
func (n *Nothing) Last() (seq int64, at Chain) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.last, Chain{}
}

// Epoch is always the same one.
func (n *Nothing) Epoch() string { return Chain{}.String() }

// Scan hands out nothing, and returns ErrCut when there was something.
func (n *Nothing) Scan(from int64, _ func(Entry) error) error {
	if last, _ := n.Last(); from <= last {
		return fmt.Errorf("%w (this journal keeps nothing)", ErrCut)
	}
	return nil
}

// SaveSnapshot forgets the snapshot.
func (n *Nothing) SaveSnapshot(Snapshot) error { return nil }

// Snapshots returns none.
func (n *Nothing) Snapshots() ([]Snapshot, error) { return nil, nil }

// Cut does nothing.
func (n *Nothing) Cut(int64) error { return nil }

// Doc returns nothing.
func (n *Nothing) Doc(string) ([]byte, error) { return nil, nil }

// PutDoc forgets the document.
func (n *Nothing) PutDoc(string, []byte) error { return nil }

// JobDone returns no date.
func (n *Nothing) JobDone(string) (date string, err error) { return "", nil }

// MarkJob forgets the date.
func (n *Nothing) MarkJob(string, string) error { return nil }

// Close does nothing.
func (n *Nothing) Close() error { return nil }
