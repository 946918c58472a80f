package scheduler

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// The stories of testdata/stories are the rules as a branch manager would tell
// them. Each line is a setting, a command with its time and its expected
// answer, or what must be so afterwards:
//
//	policy group.max = 4
//	room 1: 3 seats 1500 mm apart, last accessible, closed
//	officer Rina: JHT JKM, at most 2
//	07:00 manager opens the day
//	07:31 a visitor arrives (3 persons, elderly) → A001
//	07:40 Rina calls room 1 → A001 seats 1 2 3
//	07:40 Rina calls room 1 → refused cannot_call
//	then A001 is called
//	07:50 then A001 is waiting
//
// Between two times the timer ticks as in the hall. story_words_test.go has
// the commands, story_then_test.go what "then" can ask.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/stories/*.txt")
	if err != nil || len(files) < 20 {
		t.Fatalf("the stories are missing: %d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { tell(t, file) })
	}
}

// teller tells one story.
type teller struct {
	t      *testing.T
	d      *Draft
	date   calendar.Date
	now    Time
	seed   uint64
	names  map[string]OfficerID
	marked map[string]int64 // records that a line named: [call]
	booked map[string]VisitID
	last   Record
	log    []Record
	where  string
	people int
}

func tell(t *testing.T, file string) {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	st := &teller{t: t, d: New().Draft(), date: calendar.MustParse("2026-03-02"), seed: 1,
		names: map[string]OfficerID{}, marked: map[string]int64{}, booked: map[string]VisitID{}}
	st.now = st.clock("06:00")
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line, _, _ := strings.Cut(lines.Text(), "#")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		st.where = fmt.Sprintf("%s:%d: %s", filepath.Base(file), n, line)
		st.line(line)
		if found := Check(st.d.State); len(found) > 0 {
			st.fail("%v", found)
		}
	}
	if len(st.log) == 0 {
		t.Fatal("the story has no command")
	}
	again, err := Replay(New(), st.log)
	if err != nil {
		t.Fatal(err)
	}
	if Sum(again) != Sum(st.d.State) {
		t.Fatal("the story's records replay otherwise")
	}
}

func (st *teller) fail(format string, args ...any) {
	st.t.Helper()
	st.t.Fatalf("%s\n\t%s", st.where, fmt.Sprintf(format, args...))
}

var (
	timed   = regexp.MustCompile(`^(?:(\d{4}-\d\d-\d\d) )?(\d\d:\d\d(?::\d\d)?) (.+)$`)
	outcome = regexp.MustCompile(`^(.*?)(?: → (.*?))?(?: \[(\w+)\])?$`)
)

func (st *teller) line(line string) {
	if m := timed.FindStringSubmatch(line); m != nil {
		if m[1] != "" {
			st.date = calendar.MustParse(m[1])
		}
		st.wait(st.clock(m[2]))
		if rest, ok := strings.CutPrefix(m[3], "then "); ok {
			st.then(rest)
			return
		}
		parts := outcome.FindStringSubmatch(m[3])
		st.command(parts[1], parts[2], parts[3])
		return
	}
	if rest, ok := strings.CutPrefix(line, "then "); ok {
		st.then(rest)
		return
	}
	st.setting(line)
}

// clock is a branch time of the story's day.
func (st *teller) clock(text string) Time {
	var h, m, s int
	if _, err := fmt.Sscanf(text+":00", "%d:%d:%d", &h, &m, &s); err != nil {
		st.fail("no time of day: %v", err)
	}
	return calendar.WIB.At(st.date, h*3600+m*60+s) - st.d.Floor.Day.OffsetS
}

// wait lets the time come, with every tick that falls due on the way.
func (st *teller) wait(until Time) {
	if until < st.now {
		st.fail("time goes back")
	}
	for range 10_000 {
		when, ok := st.d.NextWake(st.now)
		if !ok || when > until {
			st.now = until
			return
		}
		st.now = max(st.now, when)
		if err := st.give(System, Tick{}); err != nil && !errors.Is(err, ErrNothing) {
			st.fail("the tick: %v", err)
		}
	}
	st.fail("the timer never comes to rest")
}

func (st *teller) give(by Actor, c Command) error {
	rec, err := st.d.Do(Stamp{At: st.now, Seed: st.seed}, Order{By: by, Command: c})
	if err == nil {
		st.last = rec
		st.log = append(st.log, rec)
	}
	return err
}

// command gives one line's command and compares the answer.
func (st *teller) command(text, want, mark string) {
	by, c := st.parse(text)
	err := st.give(by, c)
	var no *Refusal
	switch {
	case errors.As(err, &no):
		if got := "refused " + no.Code; got != want {
			st.fail("got %s (%s)", got, no.Reason)
		}
		return
	case errors.Is(err, ErrNothing) && want == "nothing":
		return
	case err != nil:
		st.fail("%v", err)
	case strings.HasPrefix(want, "refused"), want == "nothing":
		st.fail("it was done")
	}
	if want != "" && want != st.answer(c) {
		if book, ok := strings.CutPrefix(want, "booking "); ok {
			st.booked[book] = st.last.Result.Visit
		} else {
			st.fail("got %s", st.answer(c))
		}
	}
	if mark != "" {
		st.marked[mark] = st.last.Seq
	}
}

// answer says what a command became, in the story's words.
func (st *teller) answer(c Command) string {
	if t := st.last.Result.Ticket; t != nil {
		return st.d.Floor.Policy.Label(*t)
	}
	for _, e := range st.last.Events {
		if call, ok := e.(GroupCalled); ok {
			return st.picks(call.Picks)
		}
		if took, ok := e.(OfficerTook); ok {
			return seatWords(took.Seats)
		}
	}
	if s, ok := c.(SettleRest); ok && s.Like != 0 {
		return fmt.Sprintf("%d claims", len(st.last.Result.Settled))
	}
	return "done"
}

func (st *teller) picks(list []Pick) string {
	var words []string
	for _, p := range list {
		words = append(words, st.number(p.Visit)+" "+seatWords(p.Seats))
	}
	if len(words) == 0 {
		return "nobody"
	}
	return strings.Join(words, ", ")
}

func seatWords(seats []SeatNo) string {
	words := "seat"
	if len(seats) > 1 {
		words = "seats"
	}
	for _, no := range seats {
		words += fmt.Sprint(" ", no)
	}
	return words
}

func (st *teller) number(id VisitID) string { return st.d.Floor.Policy.Label(st.d.Visit(id).Ticket) }

// visit finds a number or a booking. A number unknown to the branch gives a
// visit that does not exist.
func (st *teller) visit(word string) *Visit {
	if id, ok := st.booked[word]; ok {
		return st.d.Visit(id)
	}
	for i := range st.d.Floor.Visits {
		if v := &st.d.Floor.Visits[i]; v.Ticket.No > 0 && st.d.Floor.Policy.Label(v.Ticket) == word {
			return v
		}
	}
	return &Visit{ID: 999_999}
}

// setting handles a line without a time.
func (st *teller) setting(line string) {
	switch {
	case strings.HasPrefix(line, "policy "):
		if err := st.give(manager, st.policy(strings.TrimPrefix(line, "policy "))); err != nil {
			st.fail("%v", err)
		}
	case strings.HasPrefix(line, "room "):
		st.room(line)
	case strings.HasPrefix(line, "officer "):
		st.officer(line)
	case strings.HasPrefix(line, "seed "):
		st.seed = uint64(st.int(strings.TrimPrefix(line, "seed ")))
	case strings.HasPrefix(line, "Story: "), strings.HasPrefix(line, "Rule: "):
	default:
		st.fail("this line says nothing that the story teller knows")
	}
}

// policy sets one field, named as in the API: distance.distance_mm = 2000.
func (st *teller) policy(text string) SetPolicy {
	field, value, ok := strings.Cut(text, " = ")
	if !ok {
		st.fail("a setting is FIELD = VALUE")
	}
	var tree map[string]any
	p := *st.d.Floor.Policy
	raw, _ := json.Marshal(p)
	if err := json.Unmarshal(raw, &tree); err != nil {
		st.fail("%v", err)
	}
	at := tree
	path := strings.Split(field, ".")
	for _, part := range path[:len(path)-1] {
		at, _ = at[part].(map[string]any)
	}
	last := path[len(path)-1]
	if at == nil || at[last] == nil {
		st.fail("the policy has no %s", field)
	}
	var v any = value
	if err := json.Unmarshal([]byte(value), &v); err != nil {
		v = value
	}
	at[last] = v
	raw, _ = json.Marshal(tree)
	var q Policy
	if err := strict(raw, &q); err != nil {
		st.fail("%v", err)
	}
	return SetPolicy{Version: st.d.Floor.Policy.Version, Policy: &q}
}

var roomLine = regexp.MustCompile(`^room (\d+): (\d+) seats? (\d+) mm apart(.*)$`)

func (st *teller) room(line string) {
	m := roomLine.FindStringSubmatch(line)
	if m == nil {
		st.fail("a room is: room N: K seats D mm apart, …")
	}
	c := SetRoom{Room: Room{ID: RoomID(st.int(m[1]))}}
	for i := range st.int(m[2]) {
		c.Seats = append(c.Seats, SeatPlan{XMM: int32(i * st.int(m[3]))})
	}
	for _, word := range strings.Split(m[4], ", ")[1:] {
		n, isNormal := strings.CutPrefix(word, "normally ")
		programmes, isFor := strings.CutPrefix(word, "for ")
		switch {
		case word == "last accessible":
			c.Seats[len(c.Seats)-1].Accessible = true
		case word == "first accessible":
			c.Seats[0].Accessible = true
		case word == "side desk":
			c.Room.Desk, c.Room.Mode = true, Single
		case isNormal:
			c.Room.Normal = int16(st.int(n))
		case isFor:
			for _, p := range strings.Fields(programmes) {
				c.Room.Programmes = append(c.Room.Programmes, procedure.Programme(p))
			}
		default:
			if err := c.Room.Mode.UnmarshalText([]byte(word)); err != nil {
				st.fail("%v", err)
			}
		}
	}
	if err := st.give(manager, c); err != nil {
		st.fail("%v", err)
	}
}

func (st *teller) officer(line string) {
	name, rest, _ := strings.Cut(strings.TrimPrefix(line, "officer "), ": ")
	st.names[name] = OfficerID(len(st.names) + 1)
	c := SetOfficer{ID: st.names[name]}
	for _, word := range strings.Fields(strings.NewReplacer("at most ", "", ",", "").Replace(rest)) {
		if n, err := strconv.Atoi(word); err == nil {
			c.MaxGroup = n
		} else {
			c.Programmes = append(c.Programmes, procedure.Programme(word))
		}
	}
	if err := st.give(manager, c); err != nil {
		st.fail("%v", err)
	}
}

func (st *teller) int(word string) int {
	n, err := strconv.Atoi(strings.TrimSpace(word))
	if err != nil {
		st.fail("%q is no number", word)
	}
	return n
}
