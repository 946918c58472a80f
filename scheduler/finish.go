package scheduler

import (
	"slices"

	"lapak/scheduler/procedure"
)

// Finish is what is expected of a seat: when an officer comes next, and when
// its visit is done and leaves. Times are branch time in whole seconds.
type Finish struct {
	Room    RoomID  `json:"room"`
	Seat    SeatNo  `json:"seat"`
	Visit   VisitID `json:"visit"`
	Officer Time    `json:"officer_at,omitempty"` // 0: need not come again, or nobody can say
	End     Time    `json:"ends_at,omitempty"`    // 0: nobody can say, because no officer is at work
}

// What is assumed where the state says nothing, in seconds.
const (
	expectWalkS = 45 // from a call to the seat
	expectHelpS = 60 // of an officer who looks in on a visitor's own step
	expectGiveS = 30 // of an outcome that is due after the last step
	// foreseeS is how far a run looks: longer than any sitting, and nobody
	// plans a desk's next half day by it.
	foreseeS = 4 * 3600
	// maxForeseen bounds the moments of one run: forty seats with all their
	// steps, and those of the next ones there.
	maxForeseen = 2000
)

// Finishes runs the crew of a room forward from now, every step taking what is
// expected of it: a fresh one its mean, one under way what is left at its age
// (procedure.Step.LeftS says by which formula). The officers take whom
// Attention would give them, and people who wait take the seats that get free
// where refills go by themselves. A crew that works in several rooms is run in
// all of them. The answer is in the order of the seats, without empty ones and
// without those whose person is still on the way.
//
// A run of means says a little less than the mean of many runs where several
// people wait for one officer. It is for the officer's own planning; what
// visitors are told comes from package forecast.
func (s *State) Finishes(room RoomID, now Time) []Finish {
	ses := s.SessionIn(room)
	if ses == nil || ses.State == Cleaning {
		return nil
	}
	f := foresight{s: s, room: room, at: now, until: now + foreseeS}
	f.gather(ses)
	f.run()
	var list []Finish
	for i := range f.seats {
		if p := &f.seats[i]; p.room == room && p.here {
			list = append(list, Finish{Room: room, Seat: p.no, Visit: p.visit, Officer: p.met, End: p.end})
		}
	}
	return list
}

// foresight is one run forward.
type foresight struct {
	s     *State
	room  RoomID // which the answer is about
	at    Time
	until Time
	crew  []foreseenOfficer
	seats []foreseen
	line  []*Visit // who takes the seats that get free, made when the first one does
	lined bool
	taken int // how many of the line have a seat
}

type foreseenOfficer struct {
	id   OfficerID
	free Time
	with []int // seats in work until then
}

// foreseen is a seat in the run. State is as on the floor; SeatBeside is done.
type foreseen struct {
	ses   *Session
	room  RoomID
	no    SeatNo
	here  bool // somebody sits here now: part of the answer
	first bool // that person, and not the next one, is still meant
	visit VisitID
	party int64 // who leave together: a visit, or somebody who will come, below zero
	state SeatState
	since Time
	until Time // of what ends by itself
	help  bool
	work  []piece
	met   Time
	end   Time
}

// piece is one step to come.
type piece struct {
	programme procedure.Programme
	step      int8
	ends      bool  // the claim's last
	leftS     int64 // of one under way; 0: its mean
}

// gather collects the sessions that share officers with this one, with their
// crews and seats.
func (f *foresight) gather(ses *Session) {
	s := f.s
	rooms := []*Session{ses}
	for k := 0; k < len(rooms); k++ {
		for _, id := range rooms[k].Crew {
			if !slices.ContainsFunc(f.crew, func(o foreseenOfficer) bool { return o.id == id }) {
				f.hire(id)
			}
		}
		for i := range s.Floor.Sessions {
			other := &s.Floor.Sessions[i]
			if other.State != Cleaning && !slices.Contains(rooms, other) && s.shareCrew(rooms[k], other) {
				rooms = append(rooms, other)
			}
		}
	}
	for _, ses := range rooms {
		for _, seat := range s.RoomSeats(s.Room(ses.Room)) {
			f.place(ses, &seat)
		}
	}
	for i := range f.crew {
		f.resume(&f.crew[i])
	}
}

// hire adds an officer who is at work, or says when the break ends.
func (f *foresight) hire(id OfficerID) {
	o := f.s.Officer(id)
	switch {
	case o == nil || o.Presence == OffShift:
	case o.Presence == OnShift:
		f.crew = append(f.crew, foreseenOfficer{id: id, free: f.at})
	case o.Until != 0:
		f.crew = append(f.crew, foreseenOfficer{id: id, free: max(f.at, o.Until)})
	}
}

// place puts a seat of the floor into the run.
func (f *foresight) place(ses *Session, seat *Seat) {
	p := foreseen{ses: ses, room: seat.Room, no: seat.No, visit: seat.Visit, party: int64(seat.Visit), state: seat.State, since: seat.Since, help: seat.Help}
	switch {
	case seat.State == SeatCleaning:
		p.until = max(f.at, seat.FreeAt)
	case seat.taken():
		p.here, p.first = seat.State != SeatExpected, true
		p.work = f.workAt(seat)
		if len(p.work) == 0 && p.here && seat.State != SeatBeside {
			p.work = []piece{{ends: true, leftS: expectGiveS}} // nothing is left to work on: the officer says so
		}
		p.until = f.at + expectWalkS
		if seat.State == SeatPreparing && len(p.work) > 0 {
			p.work[0].leftS = f.left(seat, 0)
			p.until = f.at + p.work[0].leftS
		}
	}
	f.seats = append(f.seats, p)
}

// left is what is left of the step under way at a seat.
func (f *foresight) left(seat *Seat, by OfficerID) int64 {
	c := f.s.Claim(seat.Claim)
	if c == nil {
		return expectGiveS
	}
	step, ok := f.s.Floor.stepBy(by, c)
	if !ok {
		return expectGiveS
	}
	return step.LeftS(f.at - c.StepSince)
}

// workAt lists the steps that the seat's person still has in this sitting: of
// the claim at hand, then of the person's others that are worked here.
func (f *foresight) workAt(seat *Seat) []piece {
	s := f.s
	v := s.Visit(seat.Visit)
	var list []piece
	c := s.Claim(seat.Claim)
	if c == nil && seat.State == SeatExpected {
		c = s.openClaim(v, seat.Person)
	}
	if c == nil {
		return nil
	}
	list = f.steps(list, c.Programme, c.Step)
	sitting := int(v.Sitting) + 1
	for _, other := range s.ClaimsOf(v) {
		if other.ID == c.ID || other.Outcome != NoOutcome || other.Person != seat.Person ||
			sitting >= s.Floor.Policy.Group.FilesPerSitting*max(1, int(v.Persons)) {
			continue
		}
		from := other.Step
		if step, ok := s.Floor.stepOf(other); ok && from == 0 && step.Code == procedure.StepBriefing {
			from = 1 // heard already
		}
		list, sitting = f.steps(list, other.Programme, from), sitting+1
	}
	return list
}

// steps appends a programme's steps from one on; none left is an outcome due.
func (f *foresight) steps(list []piece, programme procedure.Programme, from int8) []piece {
	p, _ := f.s.Floor.procedureBy(0, programme)
	if int(from) >= len(p.Steps) {
		return append(list, piece{programme: programme, step: from, ends: true, leftS: expectGiveS})
	}
	for k := int(from); k < len(p.Steps); k++ {
		list = append(list, piece{programme: programme, step: int8(k), ends: k == len(p.Steps)-1})
	}
	return list
}

// who does a piece, and how long it takes when the officer does it.
func (f *foresight) who(w *piece) procedure.Who {
	p, _ := f.s.Floor.procedureBy(0, w.programme)
	if int(w.step) >= len(p.Steps) {
		return procedure.Officer
	}
	return f.s.Floor.Policy.whoOf(&p, p.Steps[w.step])
}

func (f *foresight) seconds(w *piece, by OfficerID) int64 {
	if w.leftS > 0 {
		return w.leftS
	}
	p, _ := f.s.Floor.procedureBy(by, w.programme)
	return int64(p.Steps[w.step].MeanS)
}

// resume puts an officer who is with somebody back to the work under way.
func (f *foresight) resume(o *foreseenOfficer) {
	at := f.s.Officer(o.id)
	for i := range f.seats {
		p := &f.seats[i]
		group := at.WithSeat == 0 && slices.Contains(at.WithGroup, p.no)
		if at.WithRoom != p.room || p.state != SeatWithOfficer || len(p.work) == 0 || (at.WithSeat != p.no && !group) {
			continue
		}
		seat := f.s.Seat(p.room, p.no)
		left := f.left(seat, o.id)
		o.with = append(o.with, i)
		if f.who(&p.work[0]) == procedure.Visitor { // looked in: the step itself goes on
			p.work[0].leftS = left
			left = expectHelpS
		}
		o.free = max(o.free, f.at+left)
	}
}
