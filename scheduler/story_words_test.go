package scheduler

import (
	"fmt"
	"regexp"
	"strings"

	"lapak/scheduler/procedure"
)

// phrase is one way to give a command: a pattern and what it means.
type phrase struct {
	pattern *regexp.Regexp
	command func(st *teller, by Actor, w []string) Command
}

func say(pattern string, command func(st *teller, by Actor, w []string) Command) phrase {
	pattern = strings.NewReplacer("VISITS", `((?:\w+ ?)+?)`, "VISIT", `(\w+)`, "ROOM", `room (\d+)`, "SEAT", `seat (\d+) of room (\d+)`,
		"BECAUSE", `(?: because (\w+))?`, "NAMES", `([\w ]+)`, "TIME", `(\d\d:\d\d)`).Replace(pattern)
	return phrase{regexp.MustCompile("^" + pattern + "$"), command}
}

// parse turns "Rina calls room 1" into who and what.
func (st *teller) parse(text string) (Actor, Command) {
	text = strings.TrimSpace(strings.TrimPrefix(text, "officer "))
	who, rest, _ := strings.Cut(text, " ")
	by, ok := map[string]Actor{"manager": manager, "desk": desk, "timer": System, "a": desk, "booking": desk,
		"seat": {Role: ByBooth, ID: 7}, "phone": {Role: ByVisitor, ID: 8}, "kiosk": {Role: ByKiosk, ID: 9}}[who]
	if id, named := st.names[who]; named {
		by = officer(id)
	} else if !ok {
		st.fail("nobody is called %s", who)
	}
	if who == "a" || who == "seat" || who == "booking" {
		rest = text
	}
	for _, p := range phrases {
		if w := p.pattern.FindStringSubmatch(rest); w != nil {
			return by, p.command(st, by, w[1:])
		}
	}
	st.fail("no command reads so")
	return Actor{}, nil
}

// me is the officer who acts.
func me(by Actor) OfficerID { return OfficerID(by.ID) }

func (st *teller) visits(words string) []VisitID {
	var ids []VisitID
	for _, w := range strings.Fields(words) {
		ids = append(ids, st.visit(w).ID)
	}
	return ids
}

func (st *teller) officers(words string) []OfficerID {
	var ids []OfficerID
	for _, w := range strings.Fields(strings.ReplaceAll(words, " and ", " ")) {
		id, ok := st.names[w]
		if !ok {
			st.fail("nobody is called %s", w)
		}
		ids = append(ids, id)
	}
	return ids
}

// claim is the visit's claim that is worked at a seat, else its first open
// one, else its last.
func (st *teller) claim(number string) ClaimID {
	v := st.visit(number)
	list := st.d.ClaimsOf(v)
	if len(list) == 0 {
		return 999_999
	}
	for _, seat := range st.d.SeatsOf(v) {
		if seat.State == SeatWithOfficer {
			return seat.Claim
		}
	}
	if c := st.d.openClaim(v, -1); c != nil {
		return c.ID
	}
	return list[len(list)-1].ID
}

func (st *teller) roomID(w string) RoomID { return RoomID(st.int(w)) }
func (st *teller) seatNo(w string) SeatNo { return SeatNo(st.int(w)) }

var phrases = append(append(doorPhrases, sessionPhrases...), append(seatPhrases, framePhrases...)...)

var framePhrases = []phrase{
	say(`opens the day`, func(st *teller, _ Actor, w []string) Command { return OpenDay{} }),
	say(`closes the day( by force)?`, func(st *teller, _ Actor, w []string) Command { return CloseDay{Force: w[0] != ""} }),
	say(`adjusts the clock by ([+-]?\d+) s`, func(st *teller, _ Actor, w []string) Command { return AdjustClock{BySeconds: int64(st.int(w[0]))} }),
	say(`sets policy (.+)`, func(st *teller, _ Actor, w []string) Command { return st.policy(w[0]) }),
	say(`(closes|reopens) SEAT`, func(st *teller, _ Actor, w []string) Command {
		return SetSeat{Room: st.roomID(w[2]), No: st.seatNo(w[1]), Closed: w[0] == "closes", Reason: "device_broken"}
	}),
	say(`signs on(?: until TIME)?`, func(st *teller, by Actor, w []string) Command {
		c := SignOn{Officer: me(by)}
		if w[0] != "" {
			c.ShiftEnd = st.clock(w[0])
		}
		return c
	}),
	say(`tells (.+)`, func(st *teller, _ Actor, w []string) Command { return st.tellWaits(w[0]) }),
	say(`learns (.+)`, func(st *teller, _ Actor, w []string) Command { return st.learnTimes(w[0]) }),
	say(`forgets the times(?: of (\w+)(?: (\w+))?)?`, func(st *teller, _ Actor, w []string) Command {
		return ForgetTimes{Programme: procedure.Programme(w[0]), Step: procedure.StepCode(w[1])}
	}),
	say(`signs off`, func(st *teller, by Actor, w []string) Command { return SignOff{Officer: me(by)} }),
	say(`takes a break`, func(st *teller, by Actor, w []string) Command { return StartBreak{Officer: me(by)} }),
	say(`steps away`, func(st *teller, by Actor, w []string) Command { return StartBreak{Officer: me(by), Out: true} }),
	say(`is back`, func(st *teller, by Actor, w []string) Command { return EndBreak{Officer: me(by)} }),
	say(`takes back the last act`, func(st *teller, by Actor, w []string) Command { return UndoRecord{Seq: st.last.Seq} }),
	say(`takes back the (\w+)`, func(st *teller, by Actor, w []string) Command { return UndoRecord{Seq: st.marked[w[0]]} }),
}

// tellWaits reads "A001 5 to 15 min, A002 20 to 30 min, walk_in 25 to 40 min".
func (st *teller) tellWaits(text string) Tell {
	var c Tell
	for _, part := range strings.Split(text, ", ") {
		words := strings.Fields(part)
		if len(words) != 5 {
			st.fail("a wait is NUMBER or LANE, N to N min")
		}
		low, high := int32(60*st.int(words[1])), int32(60*st.int(words[3]))
		var lane Channel
		if lane.UnmarshalText([]byte(words[0])) == nil {
			c.Lanes = append(c.Lanes, LaneTelling{Lane: lane, LowS: low, HighS: high})
			continue
		}
		c.Visits = append(c.Visits, Telling{Visit: st.visit(words[0]).ID, LowS: low, MidS: (low + high) / 2, HighS: high})
	}
	return c
}

// learnTimes reads "JHT verify 70 s, JHT verify by Rina 45 s".
func (st *teller) learnTimes(text string) LearnTimes {
	var c LearnTimes
	for _, part := range strings.Split(text, ", ") {
		words := strings.Fields(part)
		if len(words) < 4 {
			st.fail("a learned time is PROGRAMME STEP [by NAME] N s")
		}
		t := procedure.StepTime{Programme: procedure.Programme(words[0]), Step: procedure.StepCode(words[1]), CvPct: 50, N: 40}
		if words[2] == "by" {
			t.Officer = int64(st.names[words[3]])
		}
		t.MeanS = st.int(words[len(words)-2])
		c.Times.Steps = append(c.Times.Steps, t)
	}
	c.Times.Sort()
	return c
}

var sessionPhrases = []phrase{
	say(`opens ROOM`, func(st *teller, by Actor, w []string) Command {
		return OpenSession{Room: st.roomID(w[0]), Crew: []OfficerID{me(by)}}
	}),
	say(`opens ROOM with NAMES`, func(st *teller, by Actor, w []string) Command {
		return OpenSession{Room: st.roomID(w[0]), Crew: st.officers(w[1])}
	}),
	say(`calls ROOM`, func(st *teller, _ Actor, w []string) Command { return CallGroup{Room: st.roomID(w[0])} }),
	say(`calls ROOM expecting VISITS`, func(st *teller, _ Actor, w []string) Command {
		return CallGroup{Room: st.roomID(w[0]), Expect: st.visits(w[1])}
	}),
	say(`calls VISITS to ROOMBECAUSE`, func(st *teller, _ Actor, w []string) Command {
		return CallGroup{Room: st.roomID(w[1]), Visits: st.visits(w[0]), Reason: ReasonCode(w[2])}
	}),
	say(`recalls VISIT`, func(st *teller, _ Actor, w []string) Command { return RecallVisit{Visit: st.visit(w[0]).ID} }),
	say(`seats VISIT`, func(st *teller, _ Actor, w []string) Command { return SeatVisit{Visit: st.visit(w[0]).ID} }),
	say(`seats all of VISITS in ROOM`, func(st *teller, _ Actor, w []string) Command {
		return SeatCalled{Room: st.roomID(w[1]), Visits: st.visits(w[0])}
	}),
	say(`finds another at the seat of VISIT`, func(st *teller, _ Actor, w []string) Command { return UnseatVisit{Visit: st.visit(w[0]).ID} }),
	say(`SEAT says it is (not )?VISIT`, func(st *teller, _ Actor, w []string) Command {
		here := SeatVisit{Visit: st.visit(w[3]).ID, Room: st.roomID(w[1]), No: st.seatNo(w[0])}
		if w[2] != "" {
			return UnseatVisit(here)
		}
		return here
	}),
	say(`misses VISIT`, func(st *teller, _ Actor, w []string) Command { return MarkNoShow{Visit: st.visit(w[0]).ID} }),
	say(`makes the last call in ROOM`, func(st *teller, _ Actor, w []string) Command { return LastCall{Room: st.roomID(w[0])} }),
	say(`closes ROOM`, func(st *teller, _ Actor, w []string) Command { return CloseSession{Room: st.roomID(w[0])} }),
	say(`aborts ROOMBECAUSE`, func(st *teller, _ Actor, w []string) Command {
		return AbortSession{Room: st.roomID(w[0]), Reason: ReasonCode(w[1])}
	}),
	say(`hands ROOM from (\w+) to (\w+)`, func(st *teller, _ Actor, w []string) Command {
		return HandOver{Room: st.roomID(w[0]), From: st.names[w[1]], To: st.names[w[2]]}
	}),
	say(`sets the crew of ROOM to NAMES`, func(st *teller, _ Actor, w []string) Command {
		return SetCrew{Room: st.roomID(w[0]), Crew: st.officers(w[1])}
	}),
	say(`cleans SEAT`, func(st *teller, _ Actor, w []string) Command {
		return CleanSeat{Room: st.roomID(w[1]), No: st.seatNo(w[0])}
	}),
	say(`cleans ROOM`, func(st *teller, _ Actor, w []string) Command { return RoomReady{Room: st.roomID(w[0])} }),
}

var seatPhrases = []phrase{
	say(`takes the next`, func(st *teller, by Actor, w []string) Command { return Take{Officer: me(by)} }),
	say(`takes SEAT`, func(st *teller, by Actor, w []string) Command {
		return Take{Officer: me(by), Room: st.roomID(w[1]), No: st.seatNo(w[0])}
	}),
	say(`puts back`, func(st *teller, by Actor, w []string) Command { return PutBack{Officer: me(by)} }),
	say(`finishes the step`, func(st *teller, by Actor, w []string) Command { return FinishStep{Officer: me(by)} }),
	say(`finishes the step of VISIT`, func(st *teller, by Actor, w []string) Command {
		return FinishStep{Officer: me(by), Claim: st.claim(w[0])}
	}),
	say(`SEAT says I am ready`, func(st *teller, _ Actor, w []string) Command {
		return SeatReadyNow{Room: st.roomID(w[1]), No: st.seatNo(w[0])}
	}),
	say(`SEAT answers for VISIT: ([0-9 -]+)`, func(st *teller, _ Actor, w []string) Command {
		return AnswerSurvey{Visit: st.visit(w[2]).ID, Answers: st.answers(w[3]), Room: st.roomID(w[1]), No: st.seatNo(w[0])}
	}),
	say(`SEAT asks for help for VISIT`, func(st *teller, _ Actor, w []string) Command {
		return AskHelp{Room: st.roomID(w[1]), No: st.seatNo(w[0]), Visit: st.visit(w[2]).ID}
	}),
	say(`SEAT asks for help`, func(st *teller, _ Actor, w []string) Command {
		return AskHelp{Room: st.roomID(w[1]), No: st.seatNo(w[0])}
	}),
	say(`settles VISIT as (\w+)(?: missing (\w+))?BECAUSE`, func(st *teller, _ Actor, w []string) Command {
		c := Settle{Claim: st.claim(w[0]), Reason: ReasonCode(w[3])}
		if err := c.Outcome.UnmarshalText([]byte(w[1])); err != nil {
			st.fail("%v", err)
		}
		if w[2] != "" {
			c.Missing = []procedure.Doc{procedure.Doc(w[2])}
		}
		return c
	}),
	say(`settles the rest like VISIT`, func(st *teller, _ Actor, w []string) Command {
		for _, k := range st.d.ClaimsOf(st.visit(w[0])) {
			if k.Outcome != NoOutcome {
				return SettleRest{Like: k.ID}
			}
		}
		return SettleRest{Like: st.visit(w[0]).First}
	}),
	say(`marks (\w+) of VISIT as (\w+)`, func(st *teller, _ Actor, w []string) Command {
		c := MarkPaper{Claim: st.claim(w[1]), Doc: procedure.Doc(w[0])}
		if err := c.Mark.UnmarshalText([]byte(w[2])); err != nil {
			st.fail("%v", err)
		}
		return c
	}),
	say(`moves VISIT to (\w+) (\w+)BECAUSE`, func(st *teller, _ Actor, w []string) Command {
		return Transfer{Claim: st.claim(w[0]), Programme: procedure.Programme(w[1]), Reason: procedure.Reason(w[2]), Because: ReasonCode(w[3])}
	}),
}

var doorPhrases = []phrase{
	say(`a (visitor|company) arrives(?: \((.*)\))?`, func(st *teller, _ Actor, w []string) Command {
		c := Arrive{Persons: 1, Papers: PapersReady, Person: st.person()}
		if w[0] == "company" {
			c.Channel, c.Company = Collective, 1
		}
		st.describe(w[1], &c)
		return c
	}),
	say(`a visitor books TIME on (\S+)(?: \((.*)\))?`, func(st *teller, _ Actor, w []string) Command {
		var c Arrive
		c.Persons, c.Person = 1, st.person()
		st.describe(w[2], &c)
		b := Book{Person: c.Person, Due: st.clock(w[0]), Persons: c.Persons, Priority: c.Priority, Accessible: c.Accessible, Claims: c.Claims}
		if err := b.Date.UnmarshalText([]byte(w[1])); err != nil {
			st.fail("%v", err)
		}
		b.Due += int64(b.Date-st.date) * 86400
		return b
	}),
	say(`booking (\w+) arrives`, func(st *teller, _ Actor, w []string) Command {
		return Arrive{Booking: st.booked[w[0]], Papers: PapersReady}
	}),
	say(`checks VISIT: (.+)`, func(st *teller, _ Actor, w []string) Command { return st.check(w[0], w[1]) }),
	say(`parks VISITBECAUSE`, func(st *teller, _ Actor, w []string) Command {
		return Park{Visit: st.visit(w[0]).ID, Reason: ReasonCode(w[1])}
	}),
	say(`lets VISIT step out`, func(st *teller, _ Actor, w []string) Command { return StepOut{Visit: st.visit(w[0]).ID} }),
	say(`answers for VISIT: ([0-9 -]+)`, func(st *teller, _ Actor, w []string) Command {
		return AnswerSurvey{Visit: st.visit(w[0]).ID, Answers: st.answers(w[1])}
	}),
	say(`resumes VISIT`, func(st *teller, _ Actor, w []string) Command { return Resume{Visit: st.visit(w[0]).ID} }),
	say(`cancels VISIT`, func(st *teller, _ Actor, w []string) Command { return Cancel{Visit: st.visit(w[0]).ID} }),
	say(`lets VISIT leave`, func(st *teller, _ Actor, w []string) Command { return Leave{Visit: st.visit(w[0]).ID} }),
	say(`sends VISIT to the side deskBECAUSE`, func(st *teller, _ Actor, w []string) Command {
		return SideDesk{Visit: st.visit(w[0]).ID, Reason: ReasonCode(w[1])}
	}),
	say(`corrects VISIT to \((.*)\)BECAUSE`, func(st *teller, _ Actor, w []string) Command {
		a := Arrive{Persons: 1}
		st.describe(w[1], &a)
		return Correct{Visit: st.visit(w[0]).ID, Persons: a.Persons, Priority: a.Priority, Accessible: a.Accessible, Reason: ReasonCode(w[2])}
	}),
	say(`adds a (\w+) claim for (\w+) to VISIT`, func(st *teller, _ Actor, w []string) Command {
		return AddClaim{Visit: st.visit(w[2]).ID, Claim: NewClaim{Programme: procedure.Programme(w[0]), Reason: procedure.Reason(w[1])}}
	}),
}

// answers reads "4 3 4 - 4 4 3 2 4": U1 to U9, a dash where one was skipped.
func (st *teller) answers(text string) (a Answers) {
	words := strings.Fields(text)
	if len(words) != SurveyItems {
		st.fail("a survey has %d answers", SurveyItems)
	}
	for i, w := range words {
		if w != "-" {
			a[i] = int8(st.int(w))
		}
	}
	return a
}

// person is a new person's id: in the stories everybody is somebody else.
func (st *teller) person() PersonID {
	st.people++
	return PersonID(fmt.Sprintf("%032d", st.people))
}

// check reads what the desk found: "ready", "missing identity",
// "present identity, ready".
func (st *teller) check(number, found string) Command {
	v := st.visit(number)
	c := CheckPapers{Visit: v.ID}
	for _, part := range strings.Split(found, ", ") {
		word, doc, _ := strings.Cut(part, " ")
		switch word {
		case "ready":
			c.Ready = true
		case "missing":
			c.Marks = append(c.Marks, Paper{Claim: v.First, Doc: procedure.Doc(doc), Mark: Missing})
		case "present":
			c.Marks = append(c.Marks, Paper{Claim: v.First, Doc: procedure.Doc(doc), Mark: Present})
		default:
			st.fail("papers are ready, missing DOC or present DOC")
		}
	}
	return c
}

// describe reads "3 persons, elderly, 2 claims, JKM jkm_death, unchecked".
func (st *teller) describe(text string, a *Arrive) {
	claims, claim := 1, NewClaim{Programme: "JHT", Reason: "jht_phk"}
	each := false
	for _, word := range strings.Split(text, ", ") {
		first, second, _ := strings.Cut(word, " ")
		switch {
		case word == "":
		case second == "persons" || second == "person":
			a.Persons = st.int(first)
		case second == "claims":
			claims = st.int(first)
		case word == "a claim each":
			each = true
		case word == "accessible":
			a.Accessible = true
		case word == "small":
			claim.Small = true
		case word == "the same person":
			st.people -= 2
			a.Person = st.person()
		case strings.ToUpper(first) == first && first != "":
			claim.Programme, claim.Reason = procedure.Programme(first), procedure.Reason(second)
		default:
			st.describeWord(word, a)
		}
	}
	for i := range claims {
		claim.Person = 0
		if each {
			claim.Person = i
		}
		a.Claims = append(a.Claims, claim)
	}
}

func (st *teller) describeWord(word string, a *Arrive) {
	if a.Papers.UnmarshalText([]byte(word)) == nil {
		return
	}
	if err := a.Priority.UnmarshalText([]byte(word)); err != nil {
		st.fail("%v", err)
	}
}
