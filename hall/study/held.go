package study

import (
	"bytes"
	"errors"
	"fmt"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// openedKind is how the record of an opening names it; a record without these
// bytes need not be decoded.
var openedKind = []byte(`"` + scheduler.DayOpened{}.Kind() + `"`)

// errLook ends a look at the records.
var errLook = errors.New("study: seen")

// Held reports whether the records up to last hold a day of that date, from its
// opening on, so that it can be read. It looks for the openings only, half of
// the remaining records at a time: days are opened in the order of their dates.
// A year of busy days takes some twenty looks of a day's records each.
func Held(r Records, last int64, date calendar.Date) (bool, error) {
	low, err := readable(r, last)
	if err != nil {
		return false, err
	}
	for high := last + 1; low < high; {
		middle := low + (high-low)/2
		seq, opened, err := nextOpening(r, middle, high)
		switch {
		case err != nil:
			return false, err
		case seq == 0 || opened > date:
			high = middle
		case opened == date:
			return true, nil
		default:
			low = seq + 1
		}
	}
	return false, nil
}

// readable is the first record from which days can be read: the very first, or
// where older ones were cut the one after the oldest snapshot.
func readable(r Records, last int64) (int64, error) {
	if last == 0 {
		return 1, nil
	}
	err := r.Scan(1, func(int64, []byte) error { return errLook })
	if err == nil || errors.Is(err, errLook) {
		return 1, nil
	}
	oldest, broken := before(r, false, func(*scheduler.State) bool { return true })
	if broken != nil {
		return 0, broken
	}
	if oldest.Seq == 0 {
		return 0, fmt.Errorf("study: look at the first record: %w", err)
	}
	return oldest.Seq + 1, nil
}

// nextOpening is the first opening of a day from one record to before another;
// 0 when there is none.
func nextOpening(r Records, from, to int64) (at int64, date calendar.Date, err error) {
	err = r.Scan(from, func(seq int64, data []byte) error {
		if seq >= to {
			return errLook
		}
		if !bytes.Contains(data, openedKind) {
			return nil
		}
		rec, err := scheduler.Decode(data)
		if err != nil {
			return err
		}
		for _, e := range rec.Events {
			if opened, ok := e.(scheduler.DayOpened); ok {
				at, date = seq, opened.Date
				return errLook
			}
		}
		return nil
	})
	if errors.Is(err, errLook) {
		err = nil
	}
	return at, date, err
}
