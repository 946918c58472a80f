package scheduler

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lapak/scheduler/calendar"
)

var update = flag.Bool("update", false, "write the golden lines that are missing; existing ones are never changed")

// sample fills a value with something in every field, so that a golden line
// shows every name.
func sample(v reflect.Value, depth int) {
	switch v.Interface().(type) {
	case calendar.Date:
		v.Set(reflect.ValueOf(calendar.MustParse("2026-03-02")))
		return
	case *Policy:
		v.Set(reflect.ValueOf(smallestPolicy()))
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Int:
		v.SetInt(int64(depth + 1))
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(1)
	case reflect.String:
		v.SetString(map[string]string{"ReasonCode": "alarm", "WhyCode": "first_in_order", "Programme": "JHT", "Reason": "jht_phk",
			"Doc": "identity"}[v.Type().Name()])
		if v.String() == "" {
			v.SetString(strings.Repeat("0a", 16))
		}
	case reflect.Array:
		for i := range v.Len() {
			sample(v.Index(i), i%4)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		sample(v.Index(0), depth+1)
	case reflect.Struct:
		for i := range v.NumField() {
			sample(v.Field(i), depth+1)
		}
	}
}

// smallestPolicy keeps the golden line of a policy short.
func smallestPolicy() *Policy {
	p := DefaultPolicy()
	p.Procedures.Procedures = p.Procedures.Procedures[:1]
	p.Procedures.Rules = p.Procedures.Rules[:1]
	p.Procedures.Checklists = p.Procedures.Checklists[:1]
	return p
}

// TestGoldenLines holds the journal's format: what was written by any release
// is read by this one. A changed event gets a new version and a new file; an
// old file is never changed and never removed.
func TestGoldenLines(t *testing.T) {
	known := map[string]bool{}
	for kind, k := range kinds {
		known[kind] = true
		file := filepath.Join("testdata", "events", fmt.Sprintf("%s.v%d.json", kind, k.version))
		v := reflect.New(k.event).Elem()
		sample(v, 0)
		line, err := Encode(Record{Seq: 1, At: 2, By: Actor{Role: ByOfficer, ID: 3}, ID: "c-1", Print: "0f", Events: []Event{v.Interface().(Event)}})
		if err != nil {
			t.Fatal(err)
		}
		golden, err := os.ReadFile(file)
		if os.IsNotExist(err) && *update {
			if err := os.WriteFile(file, append(line, '\n'), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%v: run the test with -update to write the missing line", err)
			continue
		}
		if string(golden) != string(line)+"\n" {
			t.Errorf("%s is written otherwise by now:\n%s\n%s\ngive the event a new version, and read the old one", kind, golden, line)
		}
	}
	files, err := filepath.Glob("testdata/events/*.json")
	if err != nil || len(files) < len(kinds) {
		t.Fatalf("%d golden lines for %d kinds: %v", len(files), len(kinds), err)
	}
	for _, file := range files {
		golden, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := Decode(bytes.TrimSpace(golden))
		if err != nil {
			t.Errorf("%s can no longer be read: %v", file, err)
		} else if kind, _, _ := strings.Cut(filepath.Base(file), ".v"); !known[kind] || rec.Events[0].Kind() != kind {
			t.Errorf("%s holds a %s", file, rec.Events[0].Kind())
		}
	}
}

func TestAnOlderProgramDoesNotGuess(t *testing.T) {
	for text, want := range map[string]string{
		`{"seq":1,"at":1,"by":{"role":"system"},"events":[{"k":"day.danced","v":1,"d":{}}]}`:                       "does not know",
		`{"seq":1,"at":1,"by":{"role":"system"},"events":[{"k":"undone","v":2,"d":{"seq":1}}]}`:                    "version 2",
		`{"seq":1,"at":1,"by":{"role":"system"},"events":[{"k":"undone","v":1,"d":{"seq":1,"mood":1}}]}`:           "mood",
		`{"seq":1,"at":1,"by":{"role":"system"},"mood":1,"events":[]}`:                                             "mood",
		`{"seq":1,"at":1,"by":{"role":"king"},"events":[]}`:                                                        "king",
		`{"seq":1,"at":1,"by":{"role":"system"},"events":[{"k":"undone","v":1}]}`:                                  "EOF",
		`{"seq":1,"at":1,"by":{"role":"system"},"events":[{"k":"visit.moved","v":1,"d":{"id":1,"to":"asleep"}}]}`:  "asleep",
		`{"seq":1,"at":1,"by":{"role":"system"},"events":[{"k":"undone","v":1,"d":{"seq":99999999999999999999}}]}`: "undone",
		`{"seq":1,"at":1,"by":{"role":"system"},"events":[{"k":"help.asked","v":1,"d":{"room":1,"no":70000}}]}`:    "help.asked",
		`{"seq":1,"at":1,"by":{"role":"system"},"events":[]} {}`:                                                   "more than one",
		``: "EOF", `[]`: "cannot unmarshal", `{`: "EOF",
	} {
		if _, err := Decode([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

// texts are the string types that an event may hold: codes, digests and ids.
// Plain strings are allowed where they are named here with the reason.
var texts = map[string]string{
	"scheduler.ReasonCode": "checked by checkReason", "scheduler.WhyCode": "the rules' own", "scheduler.PersonID": "checked by checkSecrets",
	"scheduler.Hash": "checked by checkSecrets", "scheduler.Slip": "two letters and four digits", "scheduler.Dice": "letters and digits",
	"calendar.Reason": "of a list", "procedure.Programme": "of the catalogue", "procedure.Reason": "of the catalogue",
	"procedure.Doc": "of the catalogue", "procedure.StepCode": "of the catalogue", "procedure.Condition": "of the catalogue",
	"Policy.Briefing": "one of three", "Policy.Prefixes": "one or two letters", "DistancePolicy.Preset": "shaped like a reason",
}

func TestNoEventHoldsFreeText(t *testing.T) {
	used := map[string]bool{}
	seen := map[reflect.Type]bool{}
	var walk func(owner string, at reflect.Type)
	walk = func(owner string, at reflect.Type) {
		switch at.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			walk(owner, at.Elem())
		case reflect.String:
			name := at.String()
			if name == "string" {
				name = owner
			}
			if used[name] = true; texts[name] == "" {
				t.Errorf("%s is text of type %s; the journal holds codes only", owner, at)
			}
		case reflect.Struct:
			if seen[at] {
				return
			}
			seen[at] = true
			for i := range at.NumField() {
				walk(at.Name()+"."+at.Field(i).Name, at.Field(i).Type)
			}
		case reflect.Interface, reflect.Func, reflect.Chan, reflect.Float32, reflect.Float64:
			t.Errorf("%s has a %s, which the journal cannot hold exactly", owner, at.Kind())
		}
	}
	for _, k := range kinds {
		walk(k.event.Name(), k.event)
	}
	for name := range texts {
		if !used[name] {
			t.Errorf("nothing holds a %s; take it off the list", name)
		}
	}
}

func TestTheLargestRecordsFit(t *testing.T) {
	d := New().Draft()
	now := at(7, 40, 0)
	do := func(c Command) Record {
		t.Helper()
		rec, err := d.Do(Stamp{At: now}, Order{By: manager, ID: CommandID(strings.Repeat("c", 80)), Print: Hash(strings.Repeat("0", 64)), Command: c})
		if err != nil {
			t.Fatalf("%T: %v", c, err)
		}
		b, err := Encode(rec)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > MaxRecordBytes/2 {
			t.Logf("%T: %d bytes", c, len(b))
		}
		return rec
	}
	do(SetPolicy{Version: 1, Policy: DefaultPolicy()})
	p := *DefaultPolicy()
	p.Group.Max, p.Distance.DistanceMM, p.Group.FilesPerSitting, p.Seat.AccessibleKeep = MaxGroup, 0, MaxFiles, 0
	do(SetPolicy{Version: 2, Policy: &p})
	do(OpenDay{})
	room := SetRoom{Room: Room{ID: 1}}
	for i := range MaxRoomSeats {
		room.Seats = append(room.Seats, SeatPlan{XMM: int32(99_000 - i*400), YMM: 99_999, Accessible: true})
	}
	do(room)
	var crew []OfficerID
	for id := OfficerID(1); id <= 20; id++ {
		do(SetOfficer{ID: id})
		do(SignOn{Officer: id})
		crew = append(crew, id)
	}
	do(OpenSession{Room: 1, Crew: crew})
	for range 300 {
		do(Arrive{Persons: 2, Priority: Elderly, Accessible: true, Claims: []NewClaim{{Programme: "JHT", Reason: "jht_disability"}}, Papers: PapersReady})
	}
	for range 2 {
		now += 3
		do(CallGroup{Room: 1})
		for k := range d.Floor.Visits {
			if v := &d.Floor.Visits[k]; v.State == Called {
				do(SeatVisit{Visit: v.ID})
			}
		}
	}
	big := Arrive{Persons: MaxPersons, Papers: PapersReady}
	for range MaxClaims {
		big.Claims = append(big.Claims, NewClaim{Programme: "JHT", Reason: "jht_disability", Small: true, Person: MaxPersons - 1})
	}
	do(big)
	do(AbortSession{Room: 1, Reason: "room_problem"})
	for len(d.Floor.Visits) < MaxVisits {
		do(Arrive{Persons: 1, Claims: []NewClaim{{Programme: "JHT"}}, Papers: PapersReady})
	}
	if _, err := d.Do(Stamp{At: now}, Order{By: manager, Command: big}); err == nil || !strings.Contains(err.Error(), "branch_full") {
		t.Fatalf("the branch is full, got %v", err)
	}
	if rec := do(CloseDay{Force: true}); len(rec.Events[0].(DayClosed).Carried) < 3900 {
		t.Fatalf("carried %d", len(rec.Events[0].(DayClosed).Carried))
	}
	if found := Check(d.State); len(found) > 0 {
		t.Fatal(found[:min(5, len(found))])
	}
}

func TestASnapshotThatIsNoStateIsRefused(t *testing.T) {
	s := busyBranch(t)
	good, err := EncodeState(s)
	if err != nil {
		t.Fatal(err)
	}
	back, err := DecodeState(good)
	if err != nil || Sum(back) != Sum(s) {
		t.Fatalf("the snapshot comes back otherwise: %v", err)
	}
	for from, to := range map[string]string{
		`"policy":{`:       `"policy":null,"x":{`,
		`"first":0,"n":4`:  `"first":1,"n":4`,
		`"first":4`:        `"first":3`,
		`"persons":1`:      `"persons":99`,
		`"claims":1`:       `"claims":-1`,
		`"dossiers":[{`:    `"dossiers":[null,{`,
		`"crew":[1]`:       `"crew":[77]`,
		`"next_visit":`:    `"next_visit":1,"next_claim":`,
		`"distance_mm":15`: `"distance_mm":-15`,
	} {
		bad := strings.Replace(string(good), from, to, 1)
		if bad == string(good) {
			t.Errorf("the snapshot has no %s", from)
		} else if _, err := DecodeState([]byte(bad)); err == nil {
			t.Errorf("accepted with %s instead of %s", to, from)
		}
	}
}

// busyBranch is a branch in the middle of its work.
func busyBranch(t testing.TB) *State {
	d := New().Draft()
	now := at(7, 40, 0)
	do := func(by Actor, c Command) {
		t.Helper()
		now++
		if _, err := d.Do(Stamp{At: now, Seed: 3}, Order{By: by, ID: CommandID(fmt.Sprint(now)), Command: c}); err != nil {
			t.Fatalf("%T: %v", c, err)
		}
	}
	do(manager, OpenDay{})
	for id := RoomID(1); id <= 2; id++ {
		c := SetRoom{Room: Room{ID: id}}
		for i := range 4 {
			c.Seats = append(c.Seats, SeatPlan{XMM: int32(i * 1500), Accessible: i == 3})
		}
		do(manager, c)
		do(manager, SetOfficer{ID: OfficerID(id)})
		do(officer(OfficerID(id)), SignOn{Officer: OfficerID(id)})
		do(officer(OfficerID(id)), OpenSession{Room: id, Crew: []OfficerID{OfficerID(id)}})
	}
	for range 9 {
		do(desk, Arrive{Persons: 1, Claims: []NewClaim{{Programme: "JHT", Reason: "jht_phk"}}, Papers: PapersReady})
	}
	do(officer(1), CallGroup{Room: 1})
	do(officer(1), SeatVisit{Visit: 1})
	do(officer(1), SeatVisit{Visit: 2})
	do(Actor{Role: ByBooth, ID: 1}, SeatReadyNow{Room: 1, No: 1})
	do(officer(1), Take{Officer: 1})
	do(officer(2), CallGroup{Room: 2})
	do(officer(2), AbortSession{Room: 2, Reason: "alarm"})
	return d.Publish()
}

func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/events/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		line, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(bytes.TrimSpace(line))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		rec, err := Decode(b)
		if err != nil {
			return
		}
		once, err := Encode(rec)
		if err != nil {
			if len(b) < MaxRecordBytes/8 {
				t.Fatalf("read and cannot be written: %v", err)
			}
			return
		}
		back, err := Decode(once)
		if err != nil {
			t.Fatalf("written and cannot be read: %v", err)
		}
		if twice, err := Encode(back); err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("%v\n%s\n%s", err, once, twice)
		}
		_ = New().Draft().Apply(rec) // it may not fit, but it must not bring the program down
	})
}

func FuzzDecodeState(f *testing.F) {
	for _, s := range []*State{New(), busyBranch(f)} {
		b, err := EncodeState(s)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := DecodeState(b)
		if err != nil {
			return
		}
		_ = Check(s)
		sum := Sum(s)
		for i := range s.Floor.Rooms {
			_ = s.Propose(s.Floor.Rooms[i].ID, s.At)
		}
		if when, ok := s.NextWake(s.At); ok && when < 0 {
			t.Skip("a time before 1970")
		}
		_, _ = Decide(s, Stamp{At: s.At + 600}, Order{By: System, Command: Tick{}})
		if Sum(s) != sum {
			t.Fatal("looking at the state changed it")
		}
	})
}

func TestEveryEnumIsAWordOnTheWire(t *testing.T) {
	for _, list := range [][]string{channelNames[:], priorityNames[:], modeNames[:], roleNames[:], outcomeNames[:], seatStateNames[:],
		presenceNames[:], visitStateNames[:], sessionStateNames[:], callKindNames[:], markNames[:], papersNames[:], limitNames[:]} {
		for i, name := range list {
			if name == "" || slices.Contains(list[:i], name) {
				t.Errorf("%v: value %d has no word of its own", list, i)
			}
		}
	}
	b, err := json.Marshal(map[string]any{"a": Online, "b": Guaranteed, "c": Rolling, "d": CarriedOver})
	if err != nil || string(b) != `{"a":"online","b":"guaranteed","c":"rolling","d":"carried_over"}` {
		t.Fatalf("%s %v", b, err)
	}
	var p Priority
	if err := json.Unmarshal([]byte(`"royal"`), &p); err == nil {
		t.Fatal("an unknown word was read")
	}
}
