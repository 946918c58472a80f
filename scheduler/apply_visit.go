package scheduler

import (
	"slices"

	"lapak/scheduler/procedure"
)

func (e VisitOpened) apply(s *State) {
	f := &s.Floor
	v := e.Visit
	if int(v.NClaims) != len(e.Claims) || len(e.Claims) > MaxClaims {
		panic("the visit's claims are not those that it counts")
	}
	v.Touched = s.cap.seq
	f.Visits = append(f.Visits, v)
	s.reline(v.ID, Booked)
	for _, c := range e.Claims {
		c.Touched = s.cap.seq
		f.Claims = append(f.Claims, c)
		f.NextClaim = max(f.NextClaim, c.ID+1)
	}
	f.NextVisit = max(f.NextVisit, v.ID+1)
	if v.State != Booked {
		f.LastNo[v.Ticket.Series] = max(f.LastNo[v.Ticket.Series], v.Ticket.No)
	}
	s.Dossiers = append(s.Dossiers, &Dossier{Visit: v.ID, Link: e.Link})
	s.note(v.ID, KindRef(v.State.String()), e.Why)
}

func (e VisitArrived) apply(s *State) {
	v := s.visitW(e.ID)
	v.Ticket, v.Lot, v.Arrived = e.Ticket, e.Lot, s.cap.at
	v.State, v.Since = Arrived, s.cap.at
	s.Floor.LastNo[e.Ticket.Series] = max(s.Floor.LastNo[e.Ticket.Series], e.Ticket.No)
	if e.Link != "" {
		s.dossierW(e.ID).relink(e.Link)
	}
	s.note(e.ID, "arrived", nil)
}

func (e VisitMoved) apply(s *State) {
	v := s.visitW(e.ID)
	if e.Free {
		s.freeSeats(v, e.FreeAt)
	}
	if v.State == Waiting {
		s.endHold(v.ID)
	}
	v.State, v.Since = e.To, s.cap.at
	if e.Effective != 0 {
		v.Effective = e.Effective
	}
	if e.Lot != 0 {
		v.Lot = e.Lot
	}
	if e.To == Waiting || e.To == AtDesk {
		if v.Ready == 0 {
			v.Ready = s.cap.at
		}
		v.Recalls = 0
	}
	if e.Requeued {
		v.Requeues++
		v.Overtaken = 0 // it had its turn: no seats are held for it before it is passed again
	}
	v.Ended = 0
	if e.To.Final() {
		v.Ended = s.cap.at
	}
	s.note(v.ID, KindRef(e.To.String()), e.Why)
}

// freeSeats empties the visit's seats. They are used again from freeAt on;
// where somebody sat, the seat is cleaned in any case.
func (s *State) freeSeats(v *Visit, freeAt Time) {
	for _, seat := range s.SeatsOf(v) {
		w := s.seatW(seat.Room, seat.No)
		switch {
		case w.State != SeatExpected:
			w.State, w.FreeAt, w.LastVisit = SeatCleaning, freeAt, v.ID
		case freeAt > s.cap.at:
			w.State, w.FreeAt = SeatCleaning, freeAt // the act can still be undone
		default:
			w.State, w.FreeAt = SeatFree, 0
		}
		w.Since, w.Visit, w.Person, w.Claim, w.Help, w.DistanceMM, w.CalledSeq = s.cap.at, 0, 0, 0, false, 0, 0
	}
	v.Room, v.Session, v.CalledAt, v.Recalls, v.Sitting, v.SeatedAt = 0, 0, 0, 0, 0, 0
}

func (e VisitCorrected) apply(s *State) {
	v := s.visitW(e.ID)
	v.Persons, v.Priority, v.Accessible = e.Persons, e.Priority, e.Accessible
	if e.Effective != 0 {
		v.Effective = e.Effective
	}
	s.note(e.ID, "corrected", nil)
}

func (e ClaimAdded) apply(s *State) { s.addClaim(s.visitW(e.Claim.Visit), e.Claim) }

// addClaim links a new claim behind the visit's others.
func (s *State) addClaim(v *Visit, c Claim) {
	f := &s.Floor
	if v.NClaims == 0 {
		v.First = c.ID
	} else {
		last := s.Claim(v.First)
		for n := 0; last.Next != 0; n++ {
			if n > MaxClaims {
				panic("the visit's claims form a ring")
			}
			last = s.Claim(last.Next)
		}
		s.claimW(last.ID).Next = c.ID
	}
	v.NClaims++
	c.Touched = s.cap.seq
	if s.cap.keep {
		s.cap.images.Added = append(s.cap.images.Added, c.ID)
	}
	f.Claims = append(f.Claims, c)
	f.NextClaim = max(f.NextClaim, c.ID+1)
}

func (e ClaimChanged) apply(s *State) {
	c := s.claimW(e.ID)
	c.Programme, c.Reason, c.Small = e.Programme, e.Reason, e.Small
	if !e.Kept {
		c.Step, c.StepSince = 0, s.cap.at
	}
	d := s.dossierW(c.Visit)
	d.Papers = slices.DeleteFunc(slices.Clone(d.Papers), func(p Paper) bool { return p.Claim == e.ID })
	s.note(c.Visit, "transferred", nil)
}

func (e PaperMarked) apply(s *State) {
	c := s.claimW(e.Claim)
	d := s.dossierW(c.Visit)
	for i := range d.Papers {
		if d.Papers[i].Claim == e.Claim && d.Papers[i].Doc == e.Doc {
			d.Papers = slices.Clone(d.Papers)
			d.Papers[i].Mark = e.Mark
			return
		}
	}
	d.Papers = append(d.Papers, Paper(e))
}

func (e StepDone) apply(s *State) {
	c := s.claimW(e.Claim)
	c.Step, c.StepSince = e.Next, s.cap.at
}

func (e ClaimSettled) apply(s *State) {
	c := s.claimW(e.Claim)
	c.Outcome, c.Settled, c.Promise = e.Outcome, s.cap.at, e.Promise
	s.visitW(c.Visit).Sitting++
	d := s.dossierW(c.Visit)
	d.Receipts = append(d.Receipts, Receipt{No: e.Receipt, Claim: c.ID, Programme: c.Programme, Outcome: e.Outcome,
		Missing: append([]procedure.Doc(nil), e.Missing...), Reason: e.Reason, Promise: e.Promise,
		Checklist: e.Checklist, At: s.cap.at})
	s.note(c.Visit, KindRef(e.Outcome.String()), nil)
}
