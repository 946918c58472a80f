package scheduler

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"lapak/scheduler/procedure"
)

// question is one thing that "then" can ask: a pattern whose last group is
// what the story expects, and what is so.
type question struct {
	pattern *regexp.Regexp
	answer  func(st *teller, w []string) string
}

func ask(pattern string, answer func(st *teller, w []string) string) question {
	pattern = strings.NewReplacer("VISIT", `(\w+)`, "ROOM", `room (\d+)`, "SEAT", `seat (\d+) of room (\d+)`).Replace(pattern)
	return question{regexp.MustCompile("^" + pattern + "$"), answer}
}

func (st *teller) then(text string) {
	for _, q := range questions {
		if w := q.pattern.FindStringSubmatch(text); w != nil {
			if got, want := q.answer(st, w[1:]), w[len(w)-1]; got != want {
				st.fail("it is %q", got)
			}
			return
		}
	}
	st.fail("no question reads so")
}

func codes(list []Why) string {
	var words []string
	for _, w := range list {
		words = append(words, string(w.Code))
	}
	return strings.Join(words, " ")
}

func (st *teller) plan(room string) Plan { return st.d.Propose(st.roomID(room), st.now) }

func (st *teller) seat(room, no string) *Seat {
	s := st.d.Seat(st.roomID(room), st.seatNo(no))
	if s == nil {
		st.fail("there is no such seat")
	}
	return s
}

func (st *teller) lineup(state VisitState) string {
	var words []string
	for _, v := range st.d.Floor.Line(state) {
		words = append(words, st.number(v.ID))
	}
	if len(words) == 0 {
		return "empty"
	}
	return strings.Join(words, " ")
}

var questions = append(visitQuestions, roomQuestions...)

var visitQuestions = []question{
	ask(`VISIT is told (.+)`, func(st *teller, w []string) string {
		r, _ := st.d.WaitOf(st.visit(w[0]), st.now)
		return fmt.Sprintf("%d to %d min", r.LowS/60, r.HighS/60)
	}),
	ask(`who joins (\w+) is told (.+)`, func(st *teller, w []string) string {
		var lane Channel
		if err := lane.UnmarshalText([]byte(w[0])); err != nil {
			st.fail("%v", err)
		}
		r := st.d.Waits(st.now)[lane]
		return fmt.Sprintf("%d to %d min", r.LowS/60, r.HighS/60)
	}),
	ask(`the (first|standing) promises are (.+)`, func(st *teller, w []string) string {
		score := st.d.Score()
		t := score.First
		if w[0] == "standing" {
			t = score.Stood
		}
		return fmt.Sprintf("%d, %d kept, %d early, %d late, off by %d s", t.N, t.Inside, t.Early, t.Late, t.MeanErrorS())
	}),
	ask(`the day's calls are (.+)`, func(st *teller, _ []string) string {
		if st.d.CallsOver(st.now) {
			return "over"
		}
		return "not over"
	}),
	ask(`the last call passed (.+)`, func(st *teller, _ []string) string {
		for _, e := range st.last.Events {
			if call, ok := e.(GroupCalled); ok {
				words := []string{}
				for _, k := range call.Skips {
					words = append(words, st.number(k.Visit)+" "+codes(k.Why))
				}
				return fmt.Sprintf("%s because %s", strings.Join(words, ", "), call.Reason)
			}
		}
		return "nobody"
	}),
	ask(`the line is (.+)`, func(st *teller, w []string) string { return st.lineup(Waiting) }),
	ask(`the desk's line is (.+)`, func(st *teller, w []string) string { return st.lineup(AtDesk) }),
	ask(`VISIT counts from (\S+)`, func(st *teller, w []string) string {
		s := st.d.Floor.secondOfDay(st.visit(w[0]).Effective)
		return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
	}),
	ask(`VISIT waits since (\S+)`, func(st *teller, w []string) string {
		s := st.d.Floor.secondOfDay(st.visit(w[0]).Since)
		return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
	}),
	ask(`VISIT was overtaken (\d+) times?`, func(st *teller, w []string) string { return fmt.Sprint(st.visit(w[0]).Overtaken) }),
	ask(`VISIT's last reasons are (.+)`, func(st *teller, w []string) string {
		story := st.d.Dossier(st.visit(w[0]).ID).Story
		return codes(story[len(story)-1].Why)
	}),
	ask(`VISIT's claims are (.+)`, func(st *teller, w []string) string {
		var words []string
		for _, c := range st.d.ClaimsOf(st.visit(w[0])) {
			words = append(words, c.Outcome.String())
		}
		return strings.Join(words, " ")
	}),
	ask(`VISIT's (\w+) is (present|missing|not_seen)`, func(st *teller, w []string) string {
		v := st.visit(w[0])
		return st.d.Dossier(v.ID).mark(v.First, procedure.Doc(w[1])).String()
	}),
	ask(`VISIT's answers are (.+)`, func(st *teller, w []string) string {
		if a := st.d.Survey(st.visit(w[0]).ID); a != nil {
			return strings.Trim(strings.ReplaceAll(fmt.Sprint(a.Answers), "0", "-"), "[]")
		}
		return "none"
	}),
	ask(`the survey's score is (\d+), class ([A-D])`, func(st *teller, w []string) string {
		var t SurveyTally
		for _, a := range st.d.Surveys {
			t.Add(a.Answers)
		}
		n, _ := t.Score()
		if got := fmt.Sprint(n); got != w[0] {
			st.fail("the score is %s", got)
		}
		return st.d.Floor.Policy.Survey.Class(n)
	}),
	ask(`VISIT will be paid by (.+)`, func(st *teller, w []string) string {
		receipts := st.d.Dossier(st.visit(w[0]).ID).Receipts
		if len(receipts) == 0 {
			return "no receipt"
		}
		return receipts[len(receipts)-1].Promise.String()
	}),
	ask(`VISIT is to bring (\w+)`, func(st *teller, w []string) string {
		receipts := st.d.Dossier(st.visit(w[0]).ID).Receipts
		return string(receipts[len(receipts)-1].Missing[0])
	}),
	ask(`booking (\w+) is (.+)`, func(st *teller, w []string) string {
		v := st.d.Visit(st.booked[w[0]])
		return fmt.Sprintf("%s for %s, %s", v.State, v.Date, v.Priority)
	}),
	ask(`the guaranteed are (.+)`, func(st *teller, w []string) string {
		var words []string
		for i := range st.d.Floor.Visits {
			if v := &st.d.Floor.Visits[i]; v.Priority == Guaranteed && v.State == Booked {
				key := fmt.Sprint("g", len(words)+1)
				st.booked[key] = v.ID
				words = append(words, fmt.Sprintf("%s for %s with %d claims", key, v.Date, v.NClaims))
			}
		}
		if len(words) == 0 {
			return "nobody"
		}
		return strings.Join(words, ", ")
	}),
	ask(`the day's totals are (.+)`, func(st *teller, w []string) string {
		t := st.d.DayTotals()
		return fmt.Sprintf("%d visits, %d settled, %d carried, %d left, %d no-shows", t.Visits, t.Settled, t.Carried, t.Left, t.NoShows)
	}),
}

var roomQuestions = []question{
	ask(`ROOM would call (.+)`, func(st *teller, w []string) string { return st.picks(st.plan(w[0]).Picks) }),
	ask(`ROOM waits because (.+)`, func(st *teller, w []string) string { return codes(st.plan(w[0]).Wait) }),
	ask(`ROOM is due`, func(st *teller, w []string) string {
		if st.plan(w[0]).Due {
			return w[0]
		}
		return "not due"
	}),
	ask(`ROOM would pick VISIT because (.+)`, func(st *teller, w []string) string {
		for _, p := range st.plan(w[0]).Picks {
			if st.number(p.Visit) == w[1] {
				return codes(p.Why)
			}
		}
		return "not picked"
	}),
	ask(`ROOM says that VISIT has waited (\d+) s`, func(st *teller, w []string) string {
		for _, p := range st.plan(w[0]).Picks {
			if st.number(p.Visit) == w[1] && p.Why[0].Code == WhyFirst {
				return fmt.Sprint(p.Why[0].A)
			} else if st.number(p.Visit) == w[1] {
				return fmt.Sprint(p.Why[0].B)
			}
		}
		return "not picked"
	}),
	ask(`ROOM waits for (\d+) seats`, func(st *teller, w []string) string {
		for _, why := range st.plan(w[0]).Wait {
			if why.Code == WhyHolding {
				return fmt.Sprint(why.B)
			}
		}
		return "none"
	}),
	ask(`ROOM passes over VISIT because (.+)`, func(st *teller, w []string) string {
		for _, k := range st.plan(w[0]).Skips {
			if st.number(k.Visit) == w[1] {
				return codes(k.Why)
			}
		}
		return "not passed over"
	}),
	ask(`ROOM holds seats for (\w+)`, func(st *teller, w []string) string {
		if id := st.plan(w[0]).Holding; id != 0 {
			return st.number(id)
		}
		return "nobody"
	}),
	ask(`ROOM may hold (.+)`, func(st *teller, w []string) string {
		c := st.d.CapacityOf(st.d.Room(st.roomID(w[0])), st.now)
		return fmt.Sprintf("%d by %s", c.Persons, c.Binds)
	}),
	ask(`in ROOM sit too near (.+)`, func(st *teller, w []string) string {
		var seats []SeatNo
		for i, near := range st.d.TooNear(st.d.Room(st.roomID(w[0]))) {
			if near {
				seats = append(seats, SeatNo(i+1))
			}
		}
		if len(seats) == 0 {
			return "nobody"
		}
		return seatWords(seats)
	}),
	ask(`ROOM is (\w+)`, func(st *teller, w []string) string {
		if ses := st.d.SessionIn(st.roomID(w[0])); ses != nil {
			return ses.State.String()
		}
		return "empty"
	}),
	ask(`SEAT expects the officer for (\d+) s`, func(st *teller, w []string) string {
		by := st.d.SessionIn(st.roomID(w[1])).Crew[0]
		return fmt.Sprint(st.d.stepSeconds(by, st.seat(w[1], w[0]).Claim))
	}),
	ask(`SEAT is expected (.+)`, func(st *teller, w []string) string {
		for _, f := range st.d.Finishes(st.roomID(w[1]), st.now) {
			if f.Seat == st.seatNo(w[0]) {
				return fmt.Sprintf("to see the officer at %s and to be done at %s", st.time(f.Officer), st.time(f.End))
			}
		}
		return "to be empty"
	}),
	ask(`(\w+) takes (.+)`, func(st *teller, w []string) string {
		p, _ := st.d.Floor.procedureBy(0, procedure.Programme(w[0]))
		return fmt.Sprintf("%d s, of them the officer %d s", p.TotalS(), p.OfficerS(1))
	}),
	ask(`SEAT is (\w+)`, func(st *teller, w []string) string { return st.seat(w[1], w[0]).State.String() }),
	ask(`the board calls (.+)`, func(st *teller, w []string) string { return st.board() }),
	ask(`(\w+) should take seat (.+)`, func(st *teller, w []string) string {
		turns := st.d.Attention(st.names[w[0]], st.now)
		var words []string
		for _, t := range turns {
			words = append(words, fmt.Sprintf("%d (%s)", t.Seat, codes(t.Why)))
		}
		return strings.Join(words, ", ")
	}),
	ask(`(\w+) is with (.+)`, func(st *teller, w []string) string {
		o := st.d.Officer(st.names[w[0]])
		switch {
		case o.WithRoom == 0:
			return "nobody"
		case o.WithSeat == 0:
			return "group " + seatWords(o.WithGroup)
		}
		return fmt.Sprintf("seat %d of room %d", o.WithSeat, o.WithRoom)
	}),
	ask(`VISIT is (\w+)`, func(st *teller, w []string) string { return st.visit(w[0]).State.String() }),
}

// time is a branch time as the story's clock shows it.
func (st *teller) time(at Time) string {
	if at == 0 {
		return "no time"
	}
	s := st.d.Floor.secondOfDay(at)
	return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
}

// board is the newest call as the lobby shows it.
func (st *teller) board() string {
	calls := st.d.Floor.Calls
	if len(calls) == 0 {
		return "nobody"
	}
	c := calls[len(calls)-1]
	if i := slices.IndexFunc(calls, func(k Call) bool { return k.Withdrawn == st.now }); i >= 0 {
		return "please wait again: " + st.places(calls[i].Places)
	}
	return fmt.Sprintf("%s to room %d (%s)", st.places(c.Places), c.Room, c.Kind)
}

func (st *teller) places(list []Place) string {
	var words []string
	for _, p := range list {
		words = append(words, st.d.Floor.Policy.Label(p.Ticket)+" "+seatWords(p.Seats))
	}
	return strings.Join(words, ", ")
}
