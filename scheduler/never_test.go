package scheduler

import (
	"testing"

	"pgregory.net/rapid"

	"lapak/scheduler/procedure"
)

// maxSteps is how many commands one random branch gets.
const maxSteps = 60

// TestNever gives random commands to small branches. After each one nothing
// may be that must never be: two calls for one visit, one seat for two
// parties, a distance broken, a number twice, a refusal that changed
// something, a record that replays otherwise, an act whose taking back leaves
// a trace, a timer that never comes to rest (see world.do and settleDown).
func TestNever(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld(t)
		for range rapid.IntRange(1, maxSteps).Draw(t, "steps") {
			by, c := w.command()
			if err := w.do(by, c); err == nil && rapid.IntRange(0, 3).Draw(t, "tick") > 0 {
				w.settleDown()
			}
			if rapid.IntRange(0, 2).Draw(t, "time") == 0 {
				w.wait(rapid.SampledFrom([]int64{1, 4, 11, 31, 61, 601}).Draw(t, "seconds"))
			}
		}
	})
}

func (w *world) visitID() VisitID {
	f := &w.s.Floor
	if len(f.Visits) == 0 || rapid.IntRange(0, 15).Draw(w.t, "unknown") == 0 {
		return VisitID(rapid.Int64Range(-1, 30).Draw(w.t, "visit"))
	}
	return f.Visits[rapid.IntRange(0, len(f.Visits)-1).Draw(w.t, "visit")].ID
}

func (w *world) visitIn(states ...VisitState) VisitID {
	var ids []VisitID
	for i := range w.s.Floor.Visits {
		for _, s := range states {
			if w.s.Floor.Visits[i].State == s {
				ids = append(ids, w.s.Floor.Visits[i].ID)
			}
		}
	}
	if len(ids) == 0 || rapid.IntRange(0, 9).Draw(w.t, "any") == 0 {
		return w.visitID()
	}
	return rapid.SampledFrom(ids).Draw(w.t, "visit")
}

func (w *world) claimID() ClaimID {
	f := &w.s.Floor
	var with []ClaimID
	for i := range f.Seats {
		if f.Seats[i].Claim != 0 {
			with = append(with, f.Seats[i].Claim)
		}
	}
	if len(with) > 0 && rapid.IntRange(0, 3).Draw(w.t, "seated claim") > 0 {
		return rapid.SampledFrom(with).Draw(w.t, "claim")
	}
	return ClaimID(rapid.Int64Range(-1, int64(f.NextClaim)).Draw(w.t, "claim"))
}

func (w *world) room() RoomID      { return RoomID(rapid.IntRange(0, 4).Draw(w.t, "room")) }
func (w *world) seat() SeatNo      { return SeatNo(rapid.IntRange(-1, 6).Draw(w.t, "seat")) }
func (w *world) member() OfficerID { return OfficerID(rapid.IntRange(1, 3).Draw(w.t, "officer")) }

func (w *world) seatIn(states ...SeatState) (RoomID, SeatNo) {
	var list []*Seat
	for i := range w.s.Floor.Seats {
		for _, s := range states {
			if w.s.Floor.Seats[i].State == s {
				list = append(list, &w.s.Floor.Seats[i])
			}
		}
	}
	if len(list) == 0 || rapid.IntRange(0, 9).Draw(w.t, "any") == 0 {
		return w.room(), w.seat()
	}
	s := rapid.SampledFrom(list).Draw(w.t, "seat")
	return s.Room, s.No
}

// actor is mostly somebody who may do it.
func (w *world) actor(room RoomID) Actor {
	if ses := w.s.SessionIn(room); ses != nil && rapid.IntRange(0, 4).Draw(w.t, "crew") > 0 {
		return officer(ses.Crew[0])
	}
	return rapid.SampledFrom([]Actor{manager, desk, officer(1), officer(2), officer(3), System, {Role: ByVisitor, ID: 5}, {Role: ByBooth, ID: 6}}).Draw(w.t, "actor")
}

func (w *world) claims(persons int) []NewClaim {
	var list []NewClaim
	for range rapid.IntRange(1, 4).Draw(w.t, "claims") {
		c := NewClaim{Programme: "JHT", Reason: "jht_phk", Person: rapid.IntRange(0, max(0, persons-1)).Draw(w.t, "person")}
		if rapid.IntRange(0, 5).Draw(w.t, "other programme") == 0 {
			c.Programme, c.Reason = "JKM", "jkm_death"
		}
		list = append(list, c)
	}
	return list
}

func (w *world) arrive() Command {
	persons := rapid.SampledFrom([]int{1, 1, 1, 2, 3, 4, 13}).Draw(w.t, "persons")
	c := Arrive{Channel: rapid.SampledFrom([]Channel{WalkIn, WalkIn, Online, Collective, 9}).Draw(w.t, "channel"), Persons: persons,
		Person: rapid.SampledFrom(people).Draw(w.t, "who"), Priority: rapid.SampledFrom([]Priority{0, 0, 0, Elderly, Guaranteed}).Draw(w.t, "priority"),
		Accessible: rapid.IntRange(0, 5).Draw(w.t, "accessible") == 0, Claims: w.claims(persons),
		Papers: rapid.SampledFrom([]Papers{PapersReady, PapersReady, PapersReady, PapersUnchecked, PapersIncomplete, 7}).Draw(w.t, "papers")}
	if rapid.IntRange(0, 7).Draw(w.t, "booked") == 0 {
		c.Booking = w.visitIn(Booked)
	}
	return c
}

// command draws a command and who gives it.
func (w *world) command() (Actor, Command) {
	switch rapid.IntRange(0, 9).Draw(w.t, "kind") {
	case 0, 1:
		return rapid.SampledFrom([]Actor{desk, manager, {Role: ByKiosk, ID: 4}}).Draw(w.t, "door"), w.arrive()
	case 2:
		return w.beforeCall()
	case 3:
		return w.frame()
	case 4:
		return w.aside()
	case 5, 6:
		return w.session()
	default:
		return w.atSeats()
	}
}

func (w *world) beforeCall() (Actor, Command) {
	v := w.visitIn(Arrived, Incomplete)
	switch rapid.IntRange(0, 4).Draw(w.t, "before") {
	case 0:
		persons := rapid.IntRange(0, 3).Draw(w.t, "persons")
		return Actor{Role: ByVisitor, ID: 5}, Book{Person: rapid.SampledFrom(people).Draw(w.t, "who"),
			Date: w.s.Floor.Day.Date.AddDays(rapid.IntRange(-1, 2).Draw(w.t, "date")), Persons: persons, Claims: w.claims(persons)}
	case 1:
		return desk, Correct{Visit: w.visitID(), Persons: rapid.IntRange(0, 3).Draw(w.t, "persons"), Priority: rapid.SampledFrom([]Priority{0, Elderly, Guaranteed}).Draw(w.t, "priority"),
			Accessible: rapid.Bool().Draw(w.t, "accessible"), Reason: rapid.SampledFrom([]ReasonCode{"entered_wrongly", "", "Budi told me"}).Draw(w.t, "reason")}
	case 2:
		return desk, AddClaim{Visit: w.visitID(), Claim: w.claims(2)[0]}
	default:
		c := CheckPapers{Visit: v, Ready: rapid.Bool().Draw(w.t, "ready")}
		if visit := w.s.Visit(v); visit != nil && rapid.Bool().Draw(w.t, "marks") {
			c.Marks = append(c.Marks, Paper{Claim: visit.First, Doc: rapid.SampledFrom(procedure.Docs()[:4]).Draw(w.t, "doc"), Mark: Mark(rapid.IntRange(0, 3).Draw(w.t, "mark"))})
		}
		return desk, c
	}
}

// frame draws what frames the day: officers, rooms, policy, clock.
func (w *world) frame() (Actor, Command) {
	o := w.member()
	by := rapid.SampledFrom([]Actor{officer(o), manager}).Draw(w.t, "by")
	switch rapid.IntRange(0, 15).Draw(w.t, "frame") {
	case 0:
		return by, SignOn{Officer: o, ShiftEnd: rapid.SampledFrom([]Time{0, 1, w.now + 600}).Draw(w.t, "shift end")}
	case 1:
		return by, SignOff{Officer: o}
	case 2:
		return by, StartBreak{Officer: o, Out: rapid.Bool().Draw(w.t, "out"), Until: rapid.SampledFrom([]Time{0, 1, w.now + 60}).Draw(w.t, "until")}
	case 3, 4:
		return by, EndBreak{Officer: o}
	case 5:
		return manager, AdjustClock{BySeconds: rapid.SampledFrom([]int64{0, -40, 55, 86400}).Draw(w.t, "step")}
	case 6:
		return manager, SetPolicy{Version: w.s.Floor.Policy.Version, Policy: smallPolicy(w.t)}
	case 7:
		return manager, SetSeat{Room: w.room(), No: w.seat(), Closed: rapid.Bool().Draw(w.t, "closed")}
	case 8:
		id := w.room()
		c := SetRoom{After: rapid.Bool().Draw(w.t, "after"), Room: Room{ID: id, Desk: id == 3}, Seats: []SeatPlan{{}, {XMM: 1000}, {XMM: 2000, Accessible: true}}}
		if r := w.s.Room(id); r != nil {
			c.Version = r.Version
		}
		return manager, c
	case 9:
		if rapid.Bool().Draw(w.t, "plan") {
			return manager, DropPlan{Room: w.room()}
		}
		return manager, RemoveRoom{Room: w.room()}
	case 10:
		return manager, SetOfficer{ID: o, MaxGroup: rapid.IntRange(-1, 3).Draw(w.t, "max group"), Programmes: rapid.SampledFrom([][]procedure.Programme{nil, {}, {"JHT"}, {"JKM"}}).Draw(w.t, "programmes")}
	case 11:
		return manager, CloseDay{Force: rapid.Bool().Draw(w.t, "force")}
	case 12:
		if !w.s.Floor.Day.Open && rapid.Bool().Draw(w.t, "next day") {
			w.now = max(w.now, w.now/86400*86400+86400)
		}
		return manager, OpenDay{}
	}
	switch rapid.IntRange(0, 5).Draw(w.t, "times") {
	case 0, 1:
		return w.learning()
	case 2, 3:
		return w.telling()
	}
	return manager, SkipNumbers{By: rapid.IntRange(0, 3).Draw(w.t, "skip")}
}

// telling draws what those who wait are told, at times nonsense.
func (w *world) telling() (Actor, Command) {
	c := Tell{}
	for i := range w.s.Floor.Visits {
		if rapid.Bool().Draw(w.t, "told") {
			low := rapid.SampledFrom([]int32{0, 0, 0, 60, 300, -1}).Draw(w.t, "low")
			c.Visits = append(c.Visits, Telling{Visit: w.s.Floor.Visits[i].ID, LowS: low, MidS: low + 30, HighS: low + 300})
		}
	}
	c.Lanes = []LaneTelling{{Lane: Channel(rapid.IntRange(0, 3).Draw(w.t, "lane")), LowS: 0, HighS: 300}}
	return System, c
}

// learning draws learned times, some of them wild, and their forgetting.
func (w *world) learning() (Actor, Command) {
	if rapid.Bool().Draw(w.t, "forget") {
		return manager, ForgetTimes{Programme: rapid.SampledFrom([]procedure.Programme{"", "JHT", "XYZ"}).Draw(w.t, "programme"),
			Step: rapid.SampledFrom([]procedure.StepCode{"", procedure.StepVerify, "dance"}).Draw(w.t, "step")}
	}
	mean := rapid.SampledFrom([]int{23, 60, 90, 360, 9000}).Draw(w.t, "mean")
	c := LearnTimes{}
	for _, step := range []procedure.StepCode{procedure.StepClose, procedure.StepVerify} {
		for _, by := range rapid.SampledFrom([][]int64{{0}, {0, 2}, {1, 2, 3}}).Draw(w.t, "of") {
			c.Times.Steps = append(c.Times.Steps, procedure.StepTime{Programme: "JHT", Step: step, Officer: by, MeanS: mean + int(by), CvPct: 50, N: 9})
		}
	}
	return System, c
}

// aside draws what sets visits aside or ends them.
func (w *world) aside() (Actor, Command) {
	v := w.visitIn(Waiting, Called, Seated, AtDesk, Parked, SteppedOut)
	by := manager
	if visit := w.s.Visit(v); visit != nil {
		by = w.actor(visit.Room)
	}
	switch rapid.IntRange(0, 7).Draw(w.t, "aside") {
	case 0:
		return by, Park{Visit: v, Reason: "papers"}
	case 1:
		return by, StepOut{Visit: v}
	case 2:
		return desk, Resume{Visit: w.visitIn(Parked, SteppedOut, NoShow, AtDesk)}
	case 3:
		return by, Cancel{Visit: v}
	case 4:
		return by, Leave{Visit: v}
	case 5:
		return by, SideDesk{Visit: v, Reason: "help_needed"}
	case 6:
		c := Transfer{Claim: w.claimID(), Programme: "JKM", Reason: "jkm_death", Because: "wrong_programme"}
		if rapid.Bool().Draw(w.t, "back") {
			c.Programme, c.Reason = "JHT", "jht_resign"
		}
		return by, c
	}
	var seq int64
	if n := len(w.s.Undo); n > 0 {
		u := w.s.Undo[rapid.IntRange(0, n-1).Draw(w.t, "act")]
		seq, by = u.Seq, u.By
		if rapid.IntRange(0, 9).Draw(w.t, "other") == 0 {
			by = desk
		}
	}
	return by, UndoRecord{Seq: seq}
}

func (w *world) session() (Actor, Command) {
	room := w.room()
	by := w.actor(room)
	called := w.visitIn(Called)
	if v := w.s.Visit(called); v != nil && v.Room != 0 {
		by = w.actor(v.Room)
	}
	crew := []OfficerID{w.member()}
	if rapid.IntRange(0, 3).Draw(w.t, "two") == 0 {
		crew = append(crew, w.member())
	}
	switch rapid.IntRange(0, 15).Draw(w.t, "session") {
	case 0, 1:
		return manager, OpenSession{Room: room, Crew: crew}
	case 2, 3, 4:
		return w.actor(room), CallGroup{Room: room}
	case 5:
		return w.actor(room), CallGroup{Room: room, Visits: []VisitID{w.visitIn(Waiting), w.visitIn(Waiting, AtDesk)}[:rapid.IntRange(1, 2).Draw(w.t, "n")], Reason: "urgent_need"}
	case 6:
		return by, RecallVisit{Visit: called}
	case 7, 8:
		return by, SeatVisit{Visit: called}
	case 9:
		return by, SeatCalled{Room: room, Visits: []VisitID{called, w.visitIn(Called), w.visitIn(Seated)}}
	case 10:
		return by, []Command{MarkNoShow{Visit: called}, UnseatVisit{Visit: w.visitIn(Seated)}}[rapid.IntRange(0, 1).Draw(w.t, "not here")]
	case 11:
		return w.actor(room), LastCall{Room: room}
	case 12:
		return w.actor(room), CloseSession{Room: room}
	case 13:
		return w.actor(room), AbortSession{Room: room, Reason: "alarm"}
	case 14:
		return manager, HandOver{Room: room, From: w.member(), To: w.member()}
	}
	if rapid.Bool().Draw(w.t, "ready") {
		return manager, RoomReady{Room: room}
	}
	return manager, SetCrew{Room: room, Crew: crew}
}

func (w *world) atSeats() (Actor, Command) {
	room, no := w.seatIn(SeatPreparing, SeatReady, SeatGathering, SeatWithOfficer)
	o := w.member()
	if ses := w.s.SessionIn(room); ses != nil {
		o = ses.Crew[len(ses.Crew)-1]
	}
	for _, x := range w.s.Floor.Officers {
		if x.WithRoom != 0 && rapid.Bool().Draw(w.t, "busy one") {
			o = x.ID
		}
	}
	by := officer(o)
	switch rapid.IntRange(0, 14).Draw(w.t, "at seats") {
	case 0, 1:
		return by, Take{Officer: o}
	case 2:
		return by, Take{Officer: o, Room: room, No: no}
	case 3:
		return by, PutBack{Officer: o}
	case 4, 5, 6:
		return by, FinishStep{Officer: o}
	case 7, 8:
		r, n := w.seatIn(SeatPreparing)
		return Actor{Role: ByBooth, ID: 6}, SeatReadyNow{Room: r, No: n}
	case 9:
		return Actor{Role: ByBooth, ID: 6}, AskHelp{Room: room, No: no, Over: rapid.Bool().Draw(w.t, "over")}
	case 10:
		return by, MarkPaper{Claim: w.claimID(), Doc: procedure.DocCard, Mark: Mark(rapid.IntRange(0, 3).Draw(w.t, "mark"))}
	case 11:
		return by, SettleRest{Like: ClaimID(rapid.Int64Range(0, int64(w.s.Floor.NextClaim)).Draw(w.t, "like"))}
	case 12:
		r, n := w.seatIn(SeatCleaning)
		return manager, CleanSeat{Room: r, No: n}
	}
	c := Settle{Claim: w.claimID(), Outcome: Outcome(rapid.IntRange(0, 5).Draw(w.t, "outcome")), Reason: "not_eligible"}
	if x := w.s.Officer(o); x.WithSeat != 0 {
		c.Claim = w.s.Seat(x.WithRoom, x.WithSeat).Claim
	}
	return by, c
}
