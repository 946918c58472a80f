package scheduler

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"lapak/scheduler/procedure"
)

// everyCommand holds one of each; a test holds it to the source.
func everyCommand() []Command {
	return []Command{AbortSession{}, AddClaim{}, AdjustClock{}, AnswerSurvey{}, Arrive{}, AskHelp{}, Book{}, CallGroup{}, Cancel{}, CheckPapers{}, CleanSeat{},
		CloseDay{}, CloseSession{}, Correct{}, DropPlan{}, EndBreak{}, FinishStep{}, ForgetTimes{}, HandOver{}, LastCall{}, LearnTimes{}, Leave{}, MarkNoShow{}, MarkPaper{}, OpenDay{},
		OpenSession{}, Park{}, PutBack{}, RecallVisit{}, RemoveRoom{}, Resume{}, RoomReady{}, SeatCalled{}, SeatReadyNow{}, SeatVisit{}, SetCrew{}, SetOfficer{},
		EnterPaper{}, FreezeDraw{}, HoldDraw{}, NotePrint{}, PrepareDraw{}, VoidDraw{}, SetPolicy{}, SetRoom{}, SetSeat{}, Settle{}, SettleRest{}, SideDesk{}, SignOff{}, SignOn{}, SkipNumbers{}, StartBreak{}, StepOut{}, Take{},
		Tell{}, Tick{}, Transfer{}, UndoRecord{}, UnseatVisit{}}
}

// fill puts one extreme into every field.
func fill(v reflect.Value, n int64, text string, length int) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(n > 0)
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Int:
		if v.OverflowInt(n) {
			n = int64(1)<<(v.Type().Bits()-1) - 1
		}
		v.SetInt(n)
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(math.MaxUint8)
	case reflect.String:
		v.SetString(text)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), length, length))
		for i := range length {
			fill(v.Index(i), n, text, min(length, 2))
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), n, text, length)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n, text, length)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n, text, min(length, 2))
	}
}

// TestNonsenseIsRefused gives every command nothing, too little, too much and
// text where codes belong, to an empty branch and to a busy one. The answer is
// a refusal that helps, or something that can be written and read.
func TestNonsenseIsRefused(t *testing.T) {
	closed := New()
	for _, s := range []*State{closed, busyBranch(t)} {
		before := Sum(s)
		for _, zero := range everyCommand() {
			for _, x := range []struct {
				n      int64
				text   string
				length int
			}{{0, "", 0}, {-1, "x", 1}, {1, "", 1}, {math.MaxInt64, strings.Repeat("Budi, KTP 3201234567890001 ", 100), 1000}, {math.MinInt64, "\xff\x00", 3}, {2, "alarm", 5000}} {
				v := reflect.New(reflect.TypeOf(zero)).Elem()
				fill(v, x.n, x.text, x.length)
				for _, by := range []Actor{manager, officer(1), {Role: ByVisitor, ID: 1}} {
					holdAnswer(t, s, by, v.Interface().(Command))
				}
			}
		}
		if Sum(s) != before {
			t.Fatal("nonsense changed the published state")
		}
	}
}

func holdAnswer(t *testing.T, s *State, by Actor, c Command) {
	t.Helper()
	d := s.Draft()
	rec, err := d.Do(Stamp{At: max(s.At, at(7, 50, 0))}, Order{By: by, Command: c})
	var no *Refusal
	switch {
	case err == nil:
		b, err := Encode(rec)
		if err != nil {
			t.Fatalf("%T was accepted and cannot be written: %v", c, err)
		}
		if strings.Contains(string(b), "Budi") {
			t.Fatalf("%T brought a name into the journal: %s", c, b)
		}
		back, err := Decode(b)
		if err != nil {
			t.Fatalf("%T was accepted and cannot be read: %v", c, err)
		}
		if again, err := Replay(s, []Record{back}); err != nil || Sum(again) != Sum(d.State) {
			t.Fatalf("%T replays otherwise: %v", c, err)
		}
		if found := Check(d.State); len(found) > 0 {
			t.Fatalf("%T: %v", c, found)
		}
	case errors.As(err, &no):
		if no.Code == "" || len(no.Reason) < 10 || (no.Class == Invalid || no.Class == NotFound) && no.Field == "" {
			t.Fatalf("%T: a refusal that helps nobody: %+v", c, no)
		}
	case !errors.Is(err, ErrNothing):
		t.Fatalf("%T: %v", c, err)
	}
}

func TestEveryCommandIsInTheList(t *testing.T) {
	_, files := sources(t)
	listed := map[string]bool{}
	for _, c := range everyCommand() {
		listed[reflect.TypeOf(c).Name()] = true
	}
	n := 0
	for _, name := range receivers(files, "decide") {
		if n++; !listed[name] {
			t.Errorf("everyCommand lacks %s", name)
		}
	}
	if n != len(listed) {
		t.Errorf("the source has %d commands, the list %d", n, len(listed))
	}
}

func TestRefusalsNameTheField(t *testing.T) {
	s := busyBranch(t)
	now := s.At + 1
	jht := []NewClaim{{Programme: "JHT", Reason: "jht_phk"}}
	policy := func(change func(p *Policy)) SetPolicy {
		p := *DefaultPolicy()
		change(&p)
		return SetPolicy{Version: s.Floor.Policy.Version, Policy: &p}
	}
	for _, row := range []struct {
		command     Command
		code, field string
	}{
		{Arrive{Persons: 0, Claims: jht}, "out_of_range", "persons"},
		{Arrive{Persons: 1, Channel: 9, Claims: jht}, "bad_channel", "channel"},
		{Arrive{Persons: 1, Papers: 9, Claims: jht}, "bad_papers", "papers"},
		{Arrive{Persons: 1, Priority: 99, Claims: jht}, "bad_priority", "priority"},
		{Arrive{Persons: 1}, "out_of_range", "claims"},
		{Arrive{Persons: 1, Claims: make([]NewClaim, MaxClaims+1)}, "out_of_range", "claims"},
		{Arrive{Persons: 1, Claims: []NewClaim{{Programme: "XYZ"}}}, "unknown_programme", "claims.programme"},
		{Arrive{Persons: 1, Claims: []NewClaim{{Programme: "JHT", Person: 1}}}, "out_of_range", "claims.person"},
		{Arrive{Persons: 1, Person: "3201234567890001", Claims: jht}, "bad_id", "person"},
		{Arrive{Persons: 1, Link: "https://…", Claims: jht}, "bad_id", "link"},
		{Arrive{Persons: 1, Company: 3, Claims: jht}, "out_of_range", "company"},
		{Arrive{Booking: 77}, "unknown_booking", "booking"},
		{Book{Persons: 1, Claims: jht, Date: s.Floor.Day.Date, Due: now + 86400}, "not_that_day", "due"},
		{Book{Persons: 1, Claims: jht, Date: s.Floor.Day.Date + 200}, "out_of_range", "date"},
		{OpenDay{}, "day_open", ""},
		{SetRoom{Room: Room{ID: 0}}, "out_of_range", "id"},
		{SetRoom{Room: Room{ID: 3}, Version: 4, Seats: []SeatPlan{{}}}, "stale_version", ""},
		{SetRoom{Room: Room{ID: 3, Mode: 9}, Seats: []SeatPlan{{}}}, "bad_mode", "mode"},
		{SetRoom{Room: Room{ID: 3, WidthMM: -1}, Seats: []SeatPlan{{}}}, "out_of_range", "width_mm"},
		{SetRoom{Room: Room{ID: 3, Normal: -1}, Seats: []SeatPlan{{}}}, "out_of_range", "normal"},
		{SetRoom{Room: Room{ID: 3}}, "out_of_range", "seats"},
		{SetRoom{Room: Room{ID: 3}, Seats: []SeatPlan{{}, {}}}, "bad_seats", "seats"},
		{SetRoom{Room: Room{ID: 3, Programmes: []procedure.Programme{"JHT", "JHT"}}, Seats: []SeatPlan{{}}}, "twice", "programmes"},
		{SetRoom{Room: Room{ID: 3, WidthMM: 900}, Seats: []SeatPlan{{XMM: 901}}}, "bad_seats", "seats"},
		{SetRoom{Room: Room{ID: 3}, Seats: []SeatPlan{{XMM: 500, YMM: 500}}, Obstacles: []Rect{{WidthMM: 501, DepthMM: 501}}}, "bad_seats", "seats"},
		{SetRoom{Room: Room{ID: 3}, Seats: []SeatPlan{{XMM: 500, YMM: 500}}, KeepClear: []Rect{{WidthMM: 501, DepthMM: 501}}}, "bad_seats", "seats"},
		{SetRoom{Room: Room{ID: 3}, Seats: []SeatPlan{{}}, Obstacles: []Rect{{WidthMM: 1}}}, "out_of_range", "obstacles"},
		{SetRoom{Room: Room{ID: 3}, Seats: []SeatPlan{{}}, KeepClear: make([]Rect, MaxRects+1)}, "out_of_range", "keep_clear"},
		{DropPlan{Room: 9}, "unknown_room", "room"},
		{DropPlan{Room: 1}, "no_change", ""},
		{RemoveRoom{Room: 9}, "unknown_room", "room"},
		{RemoveRoom{Room: 1}, "room_in_use", ""},
		{SetSeat{Room: 1, No: 9}, "unknown_seat", "seat"},
		{SetOfficer{ID: 0}, "out_of_range", "id"},
		{SetOfficer{ID: 1, MaxGroup: 99}, "out_of_range", "max_group"},
		{SetOfficer{ID: 1, Programmes: []procedure.Programme{"XYZ"}}, "unknown_programme", "programmes"},
		{SignOn{Officer: 9}, "unknown_officer", "officer"},
		{PutBack{Officer: 2}, "with_nobody", ""},
		{FinishStep{Officer: 2}, "with_nobody", ""},
		{SetPolicy{}, "missing", "policy"},
		{SetPolicy{Policy: DefaultPolicy(), Version: 9}, "stale_version", ""},
		{policy(func(p *Policy) { p.Mode = ModeDefault }), "bad_mode", "mode"},
		{policy(func(p *Policy) { p.Prefixes = []string{"A", "B"} }), "bad_prefixes", "prefixes"},
		{policy(func(p *Policy) { p.Prefixes = []string{"A", "A", "B"} }), "bad_prefixes", "prefixes"},
		{policy(func(p *Policy) { p.Prefixes = []string{"A", "b", "C"} }), "bad_prefixes", "prefixes"},
		{policy(func(p *Policy) { p.Calendar.Weekly.Mon.CloseS = 1 }), "bad_calendar", "calendar"},
		{policy(func(p *Policy) { p.Procedures.Procedures = nil }), "bad_procedure", "procedures"},
		{policy(func(p *Policy) { p.Programmes = []procedure.Programme{"XYZ"} }), "unknown_programme", "programmes"},
		{policy(func(p *Policy) { p.Distance.Preset = "Pak Budi's own" }), "bad_reason", "distance.preset"},
		{policy(func(p *Policy) { p.Group.Target = 7 }), "out_of_range", "group.target"},
		{policy(func(p *Policy) { p.Distance.OccupancyPct = 0 }), "out_of_range", "distance.occupancy_pct"},
		{CheckPapers{Visit: 99}, "unknown_visit", "visit"},
		{CheckPapers{Visit: 1, Marks: make([]Paper, maxMarks+1)}, "not_at_desk", ""},
		{MarkPaper{Claim: 99}, "unknown_claim", "claim"},
		{MarkPaper{Claim: 1, Doc: "identity", Mark: 9}, "bad_mark", "marks.mark"},
		{Settle{Claim: 1, Outcome: 9}, "bad_outcome", "outcome"},
		{Settle{Claim: 1, Outcome: Returned, Missing: []procedure.Doc{"identity", "identity"}}, "twice", "missing"},
		{Transfer{Claim: 1, Programme: "XYZ", Because: "wrong_programme"}, "unknown_programme", "claims.programme"},
		{Correct{Visit: 1, Persons: 2, Reason: "entered_wrongly"}, "already_called", ""},
		{SeatReadyNow{Room: 1, No: 2, Visit: 1}, "other_visitor", ""},
		{CloseSession{Room: 1}, "seats_taken", ""},
		{LastCall{Room: 2}, "last_call_made", ""},
		{SideDesk{Visit: 99}, "unknown_visit", "visit"},
		{HandOver{Room: 1, From: 1, To: 99}, "unknown_officer", "crew"},
		{OpenSession{Room: 99, Crew: []OfficerID{1}}, "unknown_room", "room"},
		{SetCrew{Room: 1}, "missing", "crew"},
		{CallGroup{Room: 1, Visits: make([]VisitID, MaxCall+1), Reason: "urgent_need"}, "out_of_range", "visits"},
		{AddClaim{Visit: 1, Claim: NewClaim{Programme: "JKP"}}, "inform_only", "claims.programme"},
		{AbortSession{Room: 1, Reason: "Bu Sari fainted"}, "bad_reason", "reason"},
		{Transfer{Claim: 1, Programme: "JHT", Because: "1 mistake"}, "bad_reason", "because"},
	} {
		no := refusedWith(t, s, now, manager, row.command)
		if no.Code != row.code || no.Field != row.field {
			t.Errorf("%T %+v: refused %s at field %q, want %s at %q", row.command, row.command, no.Code, no.Field, row.code, row.field)
		}
	}
}

// TestLimitsAreRefused fills a branch up to its limits.
func TestLimitsAreRefused(t *testing.T) {
	d := busyBranch(t).Draft()
	now := d.At
	do := func(by Actor, c Command) error {
		_, err := d.Do(Stamp{At: now}, Order{By: by, Command: c})
		return err
	}
	until := func(code string, c func(i int) Command) {
		t.Helper()
		for i := range 5000 {
			var no *Refusal
			if err := do(manager, c(i)); errors.As(err, &no) {
				if no.Code != code || i == 0 {
					t.Fatalf("%T: the %dth: %v, want %s", c(i), i, no, code)
				}
				return
			}
		}
		t.Fatalf("no limit %s", code)
	}
	until("too_many_rooms", func(i int) Command { return SetRoom{Room: Room{ID: RoomID(i + 10)}, Seats: []SeatPlan{{}}} })
	until("too_many_officers", func(i int) Command { return SetOfficer{ID: OfficerID(i + 10)} })
	until("too_many_claims", func(i int) Command { return AddClaim{Visit: 9, Claim: NewClaim{Programme: "JHT"}} })
	until("recalled_enough", func(i int) Command { return RecallVisit{Visit: 3} })
	person := PersonID(strings.Repeat("a", 32))
	day := d.Floor.Day.Date
	for _, row := range []struct {
		command Command
		code    string
	}{
		{Book{Person: person, Persons: 2, Date: day, Claims: []NewClaim{{Programme: "JHT", Person: 1}}}, ""},
		{Book{Person: person, Persons: 1, Date: day, Claims: []NewClaim{{Programme: "JHT"}}}, "already_booked"},
		{Arrive{Person: person, Persons: 1, Claims: []NewClaim{{Programme: "JHT"}}}, "already_booked"},
		{Correct{Visit: 10, Persons: 1, Reason: "entered_wrongly"}, "claims_of_person"},
		{SideDesk{Visit: 10}, "cannot_send_to_desk"},
		{MarkPaper{Claim: d.Floor.NextClaim, Doc: "identity"}, "no_checklist"},
		{Book{Persons: 1, Date: day + 1, Claims: []NewClaim{{Programme: "JHT"}}}, ""},
		{Arrive{Booking: 11}, "other_day"},
		{OpenDay{Date: day + 1}, "day_open"},
		{CloseDay{Force: true}, ""},
		{OpenDay{Date: day + 1}, "not_today"},
		{OpenDay{Date: day - 1}, "day_in_past"},
		{UndoRecord{Seq: d.Seq}, "day_not_open"},
		{SetPolicy{Version: 1, Policy: policyOf(160)}, "too_large"},
	} {
		err := do(manager, row.command)
		var no *Refusal
		if errors.As(err, &no) && no.Code == row.code || err == nil && row.code == "" {
			continue
		}
		t.Errorf("%T %+v: %v, want %q", row.command, row.command, err, row.code)
	}
}

// policyOf is a policy with so many more versions of a checklist.
func policyOf(n int) *Policy {
	p := DefaultPolicy()
	var last procedure.Checklist
	for i := range p.Procedures.Checklists {
		if k := &p.Procedures.Checklists[i]; k.Reason == procedure.ReasonDeath && k.Version == 2 {
			last = *k
		}
	}
	for range n {
		last.From++
		last.Version++
		p.Procedures.Checklists = append(p.Procedures.Checklists, last)
	}
	return p
}
