package ledger

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	"lapak/scheduler/report"
)

// The documents: one that says which days there are, and one for each day.
const (
	indexDoc  = "reports"
	dayPrefix = "report/"
	// maxDoc bounds an unpacked document: ten times what the largest branch's day
	// takes, so that damaged bytes cannot fill the memory.
	maxDoc = 4 << 20
)

// index says which days are kept.
type index struct {
	Format int             `json:"format"`
	Seq    int64           `json:"seq"`  // of the record that closed the newest
	Days   []calendar.Date `json:"days"` // ascending
	Number int             `json:"-"`    // of the branch's day that the fold has reached
}

// begin reads which days are kept and finds where folding goes on.
func (l *Ledger) begin() error {
	kept, err := l.readIndex()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.index = kept
	start, broken := l.start()
	if broken != nil {
		start = l.o.Branch.State()
	}
	l.fold = report.NewFold(start)
	if late := l.fold.Late(); late != nil { // it may have come between the last look and the restart
		l.ended = append(l.ended, late)
	}
	return errors.Join(err, broken, l.beginVersions())
}

func (l *Ledger) readIndex() (index, error) {
	fresh := index{Format: report.Format}
	b, err := l.o.Records.Doc(indexDoc)
	if err != nil || b == nil {
		return fresh, err
	}
	var kept index
	if err := unpack(b, &kept); err != nil {
		return fresh, err
	}
	if kept.Format != report.Format {
		return fresh, nil // an older form: folded anew, as far as the journal goes back
	}
	return kept, nil
}

// start is the state from which no day is missed: the branch's own, when nothing
// is open and its last day is kept; else the newest snapshot for which that holds;
// else the oldest that there is.
func (l *Ledger) start() (*scheduler.State, error) {
	last := calendar.Date(0)
	if n := len(l.index.Days); n > 0 {
		last = l.index.Days[n-1]
	}
	fits := func(s *scheduler.State) bool {
		return s.Seq <= l.index.Seq || (!s.Floor.Day.Open && s.Floor.Day.Date <= last)
	}
	if s := l.o.Branch.State(); fits(s) {
		return s, nil
	}
	var newest, oldest *scheduler.State
	err := l.o.Records.Snapshots(func(seq int64, version int, sum string, data []byte) bool {
		s, err := scheduler.DecodeState(data)
		if version != scheduler.StateVersion || err != nil || s.Seq != seq || scheduler.Sum(s) != sum {
			return false
		}
		oldest = s
		if newest == nil && fits(s) {
			newest = s
		}
		return newest != nil
	})
	if err != nil || newest != nil {
		return newest, err
	}
	begun := l.o.Records.Scan(1, func(int64, []byte) error { return errEnough })
	if begun == nil || errors.Is(begun, errEnough) {
		return scheduler.New(), nil
	}
	if oldest == nil {
		return nil, begun
	}
	return oldest, nil
}

// keepEnded writes down the days that have closed and the policies that were made;
// what a full disk refuses is tried again later. The caller holds mu.
func (l *Ledger) keepEnded() error {
	for len(l.made) > 0 {
		if err := l.keepVersion(l.made[0].version, l.made[0].policy); err != nil {
			return err
		}
		l.made = l.made[1:]
	}
	for len(l.ended) > 0 {
		if err := l.keep(l.ended[0]); err != nil {
			return err
		}
		l.ended = l.ended[1:]
	}
	return nil
}

// keep writes a closed day down, once. The caller holds mu.
func (l *Ledger) keep(day *report.Day) error {
	if day.Late {
		return l.keepLate(day)
	}
	if day.Closed <= l.index.Seq {
		return nil // it was kept before the restart
	}
	if slices.Contains(l.index.Days, day.Date) { // closed, opened again and closed again
		before, err := l.dayHeld(day.Date)
		if err != nil {
			return err
		}
		day = report.Join(before, day)
	}
	if err := l.put(day); err != nil {
		return err
	}
	l.index.Seq = max(l.index.Seq, day.Closed)
	return l.putIndex()
}

// keepLate puts the answers that came after the closing to the kept day.
func (l *Ledger) keepLate(late *report.Day) error {
	if !slices.Contains(l.index.Days, late.Date) {
		return nil
	}
	day, err := l.dayHeld(late.Date)
	if err != nil || day.Survey == late.Survey {
		return err
	}
	changed := *day // reports under way have the other
	changed.Survey, changed.Classes = late.Survey, late.Classes
	return l.put(&changed)
}

// put writes the day's document and notes its date.
func (l *Ledger) put(day *report.Day) error {
	b, err := pack(day)
	if err != nil {
		return err
	}
	if err := l.o.Records.PutDoc(dayPrefix+day.Date.String(), b); err != nil {
		return err
	}
	if at, there := slices.BinarySearch(l.index.Days, day.Date); !there {
		l.index.Days = slices.Insert(l.index.Days, at, day.Date)
	}
	l.hold(day)
	return nil
}

func (l *Ledger) putIndex() error {
	for len(l.index.Days) > MaxDays {
		if err := l.o.Records.PutDoc(dayPrefix+l.index.Days[0].String(), nil); err != nil {
			return err
		}
		l.index.Days = slices.Clone(l.index.Days[1:])
	}
	b, err := pack(l.index)
	if err != nil {
		return err
	}
	return l.o.Records.PutDoc(indexDoc, b)
}

// Adopt keeps days that the journal does not hold, such as a demo's rehearsed past.
// A day that is kept already stays as it is.
func (l *Ledger) Adopt(days ...*report.Day) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, day := range days {
		if slices.Contains(l.index.Days, day.Date) {
			continue
		}
		if err := l.put(day); err != nil {
			return err
		}
	}
	return l.putIndex()
}

func (l *Ledger) dates(from, to calendar.Date) []calendar.Date {
	l.mu.Lock()
	defer l.mu.Unlock()
	low, _ := slices.BinarySearch(l.index.Days, from)
	high, _ := slices.BinarySearch(l.index.Days, to+1)
	return slices.Clone(l.index.Days[low:high])
}

// day reads one kept day.
func (l *Ledger) day(date calendar.Date) (*report.Day, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dayHeld(date)
}

func (l *Ledger) dayHeld(date calendar.Date) (*report.Day, error) {
	if day := l.cache[date]; day != nil {
		return day, nil
	}
	b, err := l.o.Records.Doc(dayPrefix + date.String())
	if err != nil {
		return nil, err
	}
	day := &report.Day{}
	if err := unpack(b, day); err != nil {
		return nil, err
	}
	if day.Format != report.Format || day.Date != date {
		return nil, fmt.Errorf("the document of %s holds version %d of %s", date, day.Format, day.Date)
	}
	l.hold(day)
	return day, nil
}

func (l *Ledger) hold(day *report.Day) {
	if len(l.cache) >= maxCached {
		clear(l.cache) // seldom: only when somebody looks at more than two years
	}
	l.cache[day.Date] = day
}

func pack(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

func unpack(b []byte, to any) error {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return err
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxDoc))
	if err != nil {
		return err
	}
	return errors.Join(json.Unmarshal(plain, to), r.Close())
}
