package journal

import "errors"

// Store is what the file, the memory and the failing journal have in common.
type Store interface {
	Append(entries []Entry) error
	Last() (seq int64, at Chain)
	Epoch() string
	Scan(from int64, fn func(Entry) error) error
	SaveSnapshot(s Snapshot) error
	Snapshots() ([]Snapshot, error)
	JobDone(name string) (date string, err error)
	MarkJob(name, date string) error
	Doc(name string) ([]byte, error)
	PutDoc(name string, data []byte) error
}

// Plain offers a store in plain types, so that whoever uses it need not know
// this package: the hall sees the journal through an interface of its own.
type Plain struct{ Store }

// Append makes the data durable as consecutive records, all or none.
func (p Plain) Append(first int64, data [][]byte) error {
	entries := make([]Entry, len(data))
	for i, d := range data {
		entries[i] = Entry{Seq: first + int64(i), Data: d}
	}
	return p.Store.Append(entries)
}

// Full reports whether an Append error means that nothing was written.
func (p Plain) Full(err error) bool { return errors.Is(err, ErrFull) }

// Last is the seq of the last record, 0 when there is none.
func (p Plain) Last() int64 {
	seq, _ := p.Store.Last()
	return seq
}

// Scan hands out the records from a seq on, in order.
func (p Plain) Scan(from int64, fn func(seq int64, data []byte) error) error {
	return p.Store.Scan(from, func(e Entry) error { return fn(e.Seq, e.Data) })
}

// SaveSnapshot keeps an encoded state; the last two are kept.
func (p Plain) SaveSnapshot(seq int64, version int, sum string, data []byte) error {
	return p.Store.SaveSnapshot(Snapshot{Seq: seq, Version: version, Sum: sum, Data: data})
}

// Snapshots hands out the kept snapshots, newest first, until fn returns true.
func (p Plain) Snapshots(fn func(seq int64, version int, sum string, data []byte) bool) error {
	list, err := p.Store.Snapshots()
	if err != nil {
		return err
	}
	for _, s := range list {
		if fn(s.Seq, s.Version, s.Sum, s.Data) {
			break
		}
	}
	return nil
}
