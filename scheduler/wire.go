package scheduler

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// MaxRecordBytes bounds one encoded record. A policy with a year's calendar is
// the largest; the journal's pages want values well under this.
const MaxRecordBytes = 64 << 10

// kinds lists every event kind with its present version and type. A kind is
// never reused; a retired one stays here with its upcaster. See
// testdata/events for one golden line of each kind and version.
var kinds = map[string]struct {
	version int
	event   reflect.Type
}{}

func init() {
	for _, e := range []Event{DayOpened{}, DayClosed{}, ClockAdjusted{}, PolicySet{}, RoomSet{}, RoomRemoved{}, SeatSet{},
		OfficerSet{}, OfficerMoved{}, VisitOpened{}, VisitArrived{}, VisitMoved{}, VisitCorrected{}, ClaimAdded{},
		ClaimChanged{}, PaperMarked{}, SessionOpened{}, SessionMoved{}, CrewChanged{}, GroupCalled{}, VisitRecalled{},
		VisitSeated{}, VisitUnseated{}, SeatMoved{}, HelpAsked{}, OfficerTook{}, OfficerFreed{}, StepDone{}, ClaimSettled{}, Undone{}, NumbersSkipped{}, SeatsHeld{},
		TimesLearned{}, TimesForgotten{}, PromisesTold{}, SurveyAnswered{}, RoomFitted{}, RoomPlanned{}, RoomPlanDropped{},
		TicketPrinted{}, SlipEntered{}, DrawPrepared{}, DrawFrozen{}, DrawHeld{}, DrawVoided{}} {
		kinds[e.Kind()] = struct {
			version int
			event   reflect.Type
		}{max(1, grown[e.Kind()]), reflect.TypeOf(e)}
	}
}

// grown are the kinds that have got fields since their first version. What was
// written without them reads as if they were empty, so no upcaster is needed.
var grown = map[string]int{
	"group.called":  2, // the officer's reason for others than the proposed
	"claim.changed": 2, // a reason that is known at last keeps the step
}

type wireEvent struct {
	Kind    string          `json:"k"`
	Version int             `json:"v"`
	Data    json.RawMessage `json:"d"`
}

type wireRecord struct {
	Record
	Events []wireEvent `json:"events"`
}

// Encode writes a record for the journal: one JSON document.
func Encode(r Record) ([]byte, error) {
	w := wireRecord{Record: r, Events: make([]wireEvent, len(r.Events))}
	for i, e := range r.Events {
		data, err := json.Marshal(e)
		if err != nil {
			return nil, fmt.Errorf("scheduler: encode %s of record %d: %w", e.Kind(), r.Seq, err)
		}
		w.Events[i] = wireEvent{Kind: e.Kind(), Version: kinds[e.Kind()].version, Data: data}
	}
	b, err := json.Marshal(w)
	if err != nil {
		return nil, fmt.Errorf("scheduler: encode record %d: %w", r.Seq, err)
	}
	if len(b) > MaxRecordBytes {
		return nil, fmt.Errorf("scheduler: record %d has %d bytes; the limit is %d", r.Seq, len(b), MaxRecordBytes)
	}
	return b, nil
}

// Decode reads a record. An unknown kind, a newer version or an unknown field
// is an error: an older program must not guess at a newer journal.
func Decode(b []byte) (Record, error) {
	var w wireRecord
	if err := strict(b, &w); err != nil {
		return Record{}, fmt.Errorf("scheduler: decode record: %w", err)
	}
	r := w.Record
	r.Events = make([]Event, len(w.Events))
	for i, e := range w.Events {
		k, ok := kinds[e.Kind]
		if !ok || e.Version < 1 || e.Version > k.version {
			return Record{}, fmt.Errorf("scheduler: record %d holds %s version %d, which this program does not know; use a newer one", r.Seq, e.Kind, e.Version)
		}
		v := reflect.New(k.event)
		if err := strict(e.Data, v.Interface()); err != nil {
			return Record{}, fmt.Errorf("scheduler: record %d, %s: %w", r.Seq, e.Kind, err)
		}
		r.Events[i] = v.Elem().Interface().(Event)
	}
	return r, nil
}

func strict(b []byte, to any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(to); err != nil {
		return err
	}
	if dec.More() {
		return fmt.Errorf("more than one document")
	}
	return nil
}

// StateVersion is the version of the encoded state. An older snapshot is
// discarded and rebuilt from the records.
const StateVersion = 1

// MarshalJSON writes the remembered command ids in a fixed order.
func (s Seen) MarshalJSON() ([]byte, error) { return json.Marshal(s.List()) }

// UnmarshalJSON reads them back.
func (s *Seen) UnmarshalJSON(b []byte) error {
	var list []Answered
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	*s = seenOf(list)
	return nil
}

// EncodeState writes the whole state for a snapshot.
func EncodeState(s *State) ([]byte, error) {
	b, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("scheduler: encode state %d: %w", s.Seq, err)
	}
	return b, nil
}

// DecodeState reads a snapshot.
func DecodeState(b []byte) (*State, error) {
	s := &State{}
	if err := strict(b, s); err != nil {
		return nil, fmt.Errorf("scheduler: decode state: %w", err)
	}
	for i, d := range s.Dossiers {
		if d == nil || (i > 0 && s.Dossiers[i-1].Visit >= d.Visit) {
			return nil, fmt.Errorf("scheduler: decode state: dossier %d is missing or out of order", i)
		}
	}
	if err := sound(s); err != nil {
		return nil, fmt.Errorf("scheduler: decode state: %w", err)
	}
	s.relayout()
	s.Floor.relearn()
	s.remakeLines()
	return s, nil
}

// Sum is a fingerprint of the whole state, in hexadecimal: equal states have
// equal sums, on every machine.
func Sum(s *State) string {
	b, err := EncodeState(s)
	if err != nil {
		panic(err) // a state holds nothing that JSON cannot write
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// EventKinds lists the kinds of events that this program knows, in order of name.
func EventKinds() []string {
	return slices.Sorted(maps.Keys(kinds))
}
