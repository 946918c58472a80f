package scheduler

import (
	"errors"
	"fmt"
	"slices"
)

// Record is one durable decision: what the journal keeps, in order.
type Record struct {
	Seq    int64     `json:"seq"`
	At     Time      `json:"at"`
	By     Actor     `json:"by"`
	ID     CommandID `json:"id,omitempty"`    // the command's, when it had one
	Print  Hash      `json:"print,omitempty"` // keyed fingerprint of the command's body
	Result Result    `json:"result,omitzero"`
	Events []Event   `json:"-"`
}

// Result is what the caller is told besides the seq: enough to give the same
// answer to a retry.
type Result struct {
	Visit   VisitID   `json:"visit,omitempty"`
	Ticket  *Ticket   `json:"ticket,omitempty"`
	Claim   ClaimID   `json:"claim,omitempty"`
	Session SessionID `json:"session,omitempty"`
	Room    RoomID    `json:"room,omitempty"`
	Seat    SeatNo    `json:"seat,omitempty"`
	Called  []VisitID `json:"called,omitempty"`
	Settled []ClaimID `json:"settled,omitempty"`
}

// Draft is a copy of a state that commands and records change. The hall makes
// one per batch; a rehearsal makes one per day and keeps it.
type Draft struct {
	*State
	now    Time // of the command under way
	seed   uint64
	by     Actor
	events []Event // of the command under way; reused
	result Result
	under  capture // what State.cap points to while a record is under way; reused
	blocks blocks
}

// Draft returns a copy of s that may be changed.
func (s *State) Draft() *Draft { return &Draft{State: s.clone()} }

// Order is one command with who gave it and, optionally, its id and the keyed
// fingerprint of its body.
type Order struct {
	By      Actor
	ID      CommandID
	Print   Hash
	Command Command
}

// ErrNothing is the answer to a Tick that has nothing to do. It is no refusal:
// there is just no record.
var ErrNothing = errors.New("scheduler: nothing is due")

// Do decides the order and applies what it became to the draft. The error is a
// *Refusal, ErrNothing, or a fault; in each case the draft is as before. The
// time never goes back: a stamp earlier than the last record counts as that.
func (d *Draft) Do(st Stamp, o Order) (Record, error) {
	d.now, d.seed, d.by = max(st.At, d.At), st.Seed, o.By
	d.events, d.result = d.events[:0], Result{}
	d.begin(d.Seq+1, d.now, o.By)
	err := checkReason(reasonGiven(o.Command))
	if err == nil {
		err = o.Command.decide(d)
	}
	if err == nil && len(d.events) == 0 {
		err = ErrNothing
	}
	if err != nil {
		if len(d.events) > 0 {
			panic(fmt.Sprintf("scheduler: %T refused after it had changed the draft: %v", o.Command, err))
		}
		d.cap = nil
		return Record{}, err
	}
	rec := Record{Seq: d.Seq + 1, At: d.now, By: o.By, ID: o.ID, Print: o.Print, Result: d.result, Events: slices.Clone(d.events)}
	clear(d.events)
	d.finish(&rec)
	return rec, nil
}

// Apply applies a record from the journal. The record must be the next one.
func (d *Draft) Apply(rec Record) error {
	if rec.Seq != d.Seq+1 {
		return fmt.Errorf("scheduler: record %d follows %d; the journal has a gap", rec.Seq, d.Seq)
	}
	if rec.At < d.At {
		return fmt.Errorf("scheduler: record %d is dated before record %d", rec.Seq, d.Seq)
	}
	return d.apply(&rec)
}

// apply makes the record's events so. A record that does not fit the state,
// which only a damaged or forged journal holds, is an error; the draft is then
// of no further use.
func (d *Draft) apply(rec *Record) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("scheduler: record %d does not fit the state before it: %v", rec.Seq, p)
		}
	}()
	d.begin(rec.Seq, rec.At, rec.By)
	for _, e := range rec.Events {
		e.apply(d.State)
	}
	d.finish(rec)
	return nil
}

func (d *Draft) begin(seq int64, at Time, by Actor) {
	d.under = capture{seq: seq, at: at, keep: by.Staff(), lined: d.under.lined[:0]}
	if d.under.keep {
		d.blocks.lend(&d.under.images)
	}
	d.cap = &d.under
}

// emit is how a command changes the draft: by a fact that is applied at once.
func (d *Draft) emit(e Event) {
	e.apply(d.State)
	d.events = append(d.events, e)
}

// finish closes a record: what can be taken back, what was answered, the seq.
func (d *Draft) finish(rec *Record) {
	s := d.State
	s.settleLines()
	d.forgetUndo(rec.At - int64(s.Floor.Policy.UndoS))
	if undoable(rec.By, rec.Events) {
		if len(s.Undo) >= MaxUndo {
			s.Undo = slices.Delete(s.Undo, 0, 1)
		}
		d.blocks.keep(&s.cap.images)
		s.Undo = append(s.Undo, Undoable{Seq: rec.Seq, At: rec.At, By: rec.By, Kind: headline(rec.Events), Images: s.cap.images})
	}
	if rec.ID != "" {
		s.Seen.add(Answered{ID: rec.ID, At: rec.At, Seq: rec.Seq, Print: rec.Print, Result: rec.Result})
	}
	s.Seq, s.At, s.cap = rec.Seq, rec.At, nil
}

// forgetUndo drops the acts from before the time, the oldest of which come
// first. The draft has the list for itself.
func (d *Draft) forgetUndo(before Time) {
	old := 0
	for old < len(d.Undo) && d.Undo[old].At < before {
		old++
	}
	d.Undo = slices.Delete(d.Undo, 0, old)
}

// State returns the draft's state to publish. The draft must not be used
// afterwards.
func (d *Draft) Publish() *State { return d.State }

// Decide is the pure form of Do: the events that the order would become, with
// s unchanged.
func Decide(s *State, st Stamp, o Order) ([]Event, error) {
	rec, err := s.Draft().Do(st, o)
	return rec.Events, err
}

// Replay applies records to s, one after the other, and returns the new state.
func Replay(s *State, records []Record) (*State, error) {
	d := s.Draft()
	for _, r := range records {
		if err := d.Apply(r); err != nil {
			return nil, err
		}
	}
	return d.Publish(), nil
}
