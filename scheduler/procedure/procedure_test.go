package procedure

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lapak/scheduler/calendar"
	"pgregory.net/rapid"
)

func TestDefaultIsValidAndSurvivesJSON(t *testing.T) {
	want := Default()
	if err := want.Validate(); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var back Catalog
	if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back, want) {
		t.Errorf("came back otherwise: %v", err)
	}
	if again := Default(); !reflect.DeepEqual(again, want) {
		t.Error("two defaults differ")
	}
}

func TestTheDefaultProcedureIsTheContracts(t *testing.T) {
	jht, ok := Default().Procedure(JHT)
	data, _ := json.Marshal(jht.Steps)
	const want = `[{"step":"briefing","who":"visitor","mean_s":180,"cv_pct":20},{"step":"check","who":"officer","mean_s":60,"cv_pct":50},` +
		`{"step":"form","who":"visitor","mean_s":720,"cv_pct":50},{"step":"verify","who":"officer","mean_s":90,"cv_pct":60},` +
		`{"step":"documents","who":"visitor","mean_s":360,"cv_pct":70},{"step":"close","who":"officer","mean_s":90,"cv_pct":60}]`
	if !ok || string(data) != want {
		t.Errorf("got %s", data)
	}
	if jht.OfficerS(1) != 240 || jht.TotalS() != 1500 {
		t.Errorf("officer %d of %d seconds, want 240 of 1500", jht.OfficerS(1), jht.TotalS())
	}
	for _, programme := range Programmes() {
		procedure, ok := Default().Procedure(programme)
		if !ok || procedure.Group != (programme == JHT) || procedure.InformOnly != (programme == JKP) {
			t.Errorf("%s: %+v", programme, procedure)
		}
	}
	if _, ok := Default().Procedure("XYZ"); ok {
		t.Error("an unknown programme has a procedure")
	}
}

func TestWithBriefingChangesOnlyTheBriefing(t *testing.T) {
	jht, _ := Default().Procedure(JHT)
	for way, want := range map[Briefing]Who{BriefingLive: Group, BriefingShared: Group, BriefingBooth: Visitor, "smoke": Visitor} {
		other := jht.WithBriefing(way)
		if other.Steps[0].Who != want || !reflect.DeepEqual(other.Steps[1:], jht.Steps[1:]) {
			t.Errorf("%s: %+v", way, other.Steps)
		}
	}
	if jht.Steps[0].Who != Visitor {
		t.Error("the original was changed")
	}
	live := jht.WithBriefing(BriefingLive)
	if live.OfficerS(1) != 420 || live.OfficerS(5) != 276 || live.OfficerS(0) != 420 || live.OfficerS(7) != 240+26 {
		t.Errorf("officer seconds %d, %d, %d, %d", live.OfficerS(1), live.OfficerS(5), live.OfficerS(0), live.OfficerS(7))
	}
	if live.WithBriefing(BriefingBooth).Steps[0].Who != Visitor {
		t.Error("live did not turn back to the booth")
	}
	jht.Group = false
	if alone := jht.WithBriefing(BriefingShared); alone.Steps[0].Who != Officer {
		t.Errorf("one to one the officer briefs, not %v", alone.Steps[0].Who)
	}
	jkm, _ := Default().Procedure(JKM)
	if !reflect.DeepEqual(jkm.WithBriefing(BriefingLive), jkm) {
		t.Error("a procedure without a briefing changed")
	}
}

func TestChecklistOnTakesTheVersionOfTheDay(t *testing.T) {
	c := Default()
	for _, row := range []struct {
		date    string
		version int
	}{{"2019-12-31", 0}, {"2020-01-01", 1}, {"2020-06-15", 1}, {"2022-04-27", 1}, {"2022-04-28", 2}, {"2026-03-02", 2}} {
		list, ok := c.ChecklistOn(JHT, ReasonResign, calendar.MustParse(row.date))
		if ok != (row.version > 0) || list.Version != row.version {
			t.Errorf("%s: version %d %v, want %d", row.date, list.Version, ok, row.version)
		}
	}
	slices.Reverse(c.Checklists)
	if list, _ := c.ChecklistOn(JHT, ReasonResign, calendar.MustParse("2026-03-02")); list.Version != 2 {
		t.Errorf("the order of the list decided: version %d", list.Version)
	}
	if _, ok := c.ChecklistOn(JKM, ReasonResign, calendar.MustParse("2026-03-02")); ok {
		t.Error("a reason of another programme has a checklist")
	}
	if list, ok := c.ChecklistVersion(ReasonResign, 1); !ok || list.From.String() != "2020-01-01" {
		t.Errorf("version 1: %+v %v", list, ok)
	}
	if _, ok := c.ChecklistVersion(ReasonResign, 3); ok {
		t.Error("version 3 exists")
	}
}

func docsOf(list Checklist) []Doc {
	docs := []Doc{}
	for _, item := range list.Docs {
		docs = append(docs, item.Doc)
	}
	return docs
}

func TestTheRuleOf2022IsLighterAndAsksWhatTheReasonNeeds(t *testing.T) {
	c := Default()
	now := calendar.MustParse("2026-03-02")
	want := map[Reason][]Doc{
		ReasonAge56:      {DocCard, DocIdentity, DocNPWP},
		ReasonResign:     {DocCard, DocIdentity, DocNPWP, DocResignation},
		ReasonPHK:        {DocCard, DocIdentity, DocNPWP, DocTermination},
		ReasonLeaveID:    {DocCard, DocIdentity, DocNPWP, DocPassport, DocLeaveStatement},
		ReasonDisability: {DocCard, DocIdentity, DocNPWP, DocDoctor},
	}
	for _, reason := range c.ReasonsOf(JHT) {
		older, okOld := c.ChecklistOn(JHT, reason, calendar.MustParse("2020-06-15"))
		newer, okNew := c.ChecklistOn(JHT, reason, now)
		if !okOld || !okNew || len(newer.Docs) >= len(older.Docs) {
			t.Errorf("%s: %d papers in 2020, %d now", reason, len(older.Docs), len(newer.Docs))
		}
		for _, doc := range docsOf(newer) {
			if !slices.Contains(docsOf(older), doc) {
				t.Errorf("%s: %s is new in the lighter rule", reason, doc)
			}
		}
		if docs, ok := want[reason]; ok && !slices.Equal(docsOf(newer), docs) {
			t.Errorf("%s: %v, want %v", reason, docsOf(newer), docs)
		}
		if npwp := newer.Docs[2]; npwp.Doc != DocNPWP || npwp.When != WhenTaxed {
			t.Errorf("%s: the tax number depends on balance and history, got %+v", reason, npwp)
		}
	}
}

func TestEveryReasonHasARuleAndAChecklist(t *testing.T) {
	c, now := Default(), calendar.MustParse("2026-03-02")
	count := 0
	for _, programme := range Programmes() {
		for _, reason := range c.ReasonsOf(programme) {
			count++
			if !strings.HasPrefix(string(reason), strings.ToLower(string(programme))+"_") {
				t.Errorf("%s is a reason of %s", reason, programme)
			}
			if list, ok := c.ChecklistOn(programme, reason, now); !ok || len(list.Docs) == 0 {
				t.Errorf("%s has no checklist", reason)
			}
		}
	}
	if count != len(Reasons()) {
		t.Errorf("%d reasons have a programme, %d exist", count, len(Reasons()))
	}
}

func TestCodeListsAreCompleteAndWithoutRepetition(t *testing.T) {
	c := Default()
	usedDocs, usedConditions := map[Doc]bool{}, map[Condition]bool{}
	for _, list := range c.Checklists {
		for _, item := range list.Docs {
			usedDocs[item.Doc], usedConditions[item.When] = true, true
		}
	}
	for _, doc := range Docs() {
		if !usedDocs[doc] {
			t.Errorf("paper %s is on no checklist", doc)
		}
	}
	for _, condition := range Conditions() {
		if !usedConditions[condition] {
			t.Errorf("condition %s is on no checklist", condition)
		}
	}
	for name, length := range map[string][2]int{
		"docs": {len(Docs()), len(usedDocs)}, "conditions": {len(Conditions()) + 1, len(usedConditions)},
		"steps": {len(StepCodes()), len(unique(StepCodes()))}, "reasons": {len(Reasons()), len(unique(Reasons()))},
		"briefings": {len(Briefings()), 3},
	} {
		if length[0] != length[1] {
			t.Errorf("%s: %d listed, %d different", name, length[0], length[1])
		}
	}
}

func unique[T comparable](list []T) map[T]bool {
	set := map[T]bool{}
	for _, one := range list {
		set[one] = true
	}
	return set
}

func TestEarliestWaitsACalendarMonth(t *testing.T) {
	c := Default()
	for _, row := range []struct {
		reason Reason
		event  string
		want   string
	}{
		{ReasonResign, "2026-03-02", "2026-04-02"}, {ReasonPHK, "2026-01-31", "2026-02-28"},
		{ReasonPHK, "2024-01-31", "2024-02-29"}, {ReasonAge56, "2026-03-02", "2026-03-02"},
	} {
		if got, ok := c.Earliest(row.reason, calendar.MustParse(row.event)); !ok || got.String() != row.want {
			t.Errorf("%s after %s: %v %v, want %s", row.reason, row.event, got, ok, row.want)
		}
	}
	if _, ok := c.Earliest("moved", calendar.MustParse("2026-03-02")); ok {
		t.Error("an unknown reason has a date")
	}
	if rule, ok := c.Rule(ReasonPart10); !ok || rule.MemberMonths != 120 {
		t.Errorf("a partial claim needs ten years, got %+v", rule)
	}
}

func TestPromiseDateCountsWorkingDays(t *testing.T) {
	c, cal := Default(), calendar.Default()
	cal.Holidays = []calendar.Date{calendar.MustParse("2026-03-04")}
	for _, row := range []struct {
		programme Programme
		small     bool
		settled   string
		want      string
	}{
		{JHT, true, "2026-03-02", "2026-03-03"}, {JHT, true, "2026-03-06", "2026-03-09"},
		{JHT, false, "2026-03-02", "2026-03-10"}, {JKM, false, "2026-03-09", "2026-03-12"},
		{JKM, true, "2026-03-09", "2026-03-12"}, {JKK, false, "2026-03-09", "2026-03-18"},
		{JP, false, "2026-03-09", "2026-03-30"},
	} {
		if got := c.PromiseDate(row.programme, row.small, calendar.MustParse(row.settled), &cal); got.String() != row.want {
			t.Errorf("%s small %v settled %s: %v, want %s", row.programme, row.small, row.settled, got, row.want)
		}
	}
	for _, programme := range []Programme{JKP, "XYZ"} {
		if got := c.PromiseDate(programme, false, calendar.MustParse("2026-03-02"), &cal); !got.IsZero() {
			t.Errorf("%s promises %v", programme, got)
		}
	}
}

func TestValidateNamesTheField(t *testing.T) {
	day := calendar.MustParse("2026-01-01")
	for want, spoil := range map[string]func(*Catalog){
		"procedures":                       func(c *Catalog) { c.Procedures = nil },
		"procedures[0].programme":          func(c *Catalog) { c.Procedures[0].Programme = "XYZ" },
		"procedures[1].programme":          func(c *Catalog) { c.Procedures[1].Programme = JHT },
		"procedures[0].steps":              func(c *Catalog) { c.Procedures[0].Steps = nil },
		"procedures[1].steps":              func(c *Catalog) { c.Procedures[1].Steps = make([]Step, MaxSteps+1) },
		"procedures[2].steps":              func(c *Catalog) { c.Procedures[2].Steps = []Step{{StepForm, Visitor, 60, 0}} },
		"procedures[0].steps[1].who":       func(c *Catalog) { c.Procedures[0].Steps[1].Who = 0 },
		"procedures[0].steps[2].mean_s":    func(c *Catalog) { c.Procedures[0].Steps[2].MeanS = 0 },
		"procedures[0].steps[3].mean_s":    func(c *Catalog) { c.Procedures[0].Steps[3].MeanS = MaxMeanS + 1 },
		"procedures[0].steps[4].cv_pct":    func(c *Catalog) { c.Procedures[0].Steps[4].CvPct = -1 },
		"procedures[0].steps[5].cv_pct":    func(c *Catalog) { c.Procedures[0].Steps[5].CvPct = MaxCvPct + 1 },
		"procedures[0].steps[0].step":      func(c *Catalog) { c.Procedures[0].Steps[0].Code = "dance" },
		"procedures[0].steps[5].step":      func(c *Catalog) { c.Procedures[0].Steps[5].Code = StepVerify },
		"procedures[1].steps[1].who":       func(c *Catalog) { c.Procedures[1].Steps[1].Who = Group },
		"procedures[0].promise_days":       func(c *Catalog) { c.Procedures[0].PromiseDays = MaxPromiseDays + 1 },
		"procedures[0].promise_days_small": func(c *Catalog) { c.Procedures[0].PromiseDaysSmall = 6 },
		"procedures[4].promise_days":       func(c *Catalog) { c.Procedures[4].PromiseDays = 3 },
		"procedures[4].group":              func(c *Catalog) { c.Procedures[4].Group = true },
		"rules[0].reason":                  func(c *Catalog) { c.Rules[0].Reason = "moved" },
		"rules[1].reason":                  func(c *Catalog) { c.Rules[1].Reason = c.Rules[0].Reason },
		"rules[0].programme":               func(c *Catalog) { c.Rules[0].Programme = JKM },
		"rules[0].wait_months":             func(c *Catalog) { c.Rules[0].WaitMonths = -1 },
		"rules[0].member_months":           func(c *Catalog) { c.Rules[0].MemberMonths = MaxMemberMonths + 1 },
		"checklists":                       func(c *Catalog) { c.Checklists = make([]Checklist, MaxChecklists+1) },
		"checklists[0].reason":             func(c *Catalog) { c.Checklists[0].Reason = "moved" },
		"checklists[0].programme":          func(c *Catalog) { c.Checklists[0].Programme = JP },
		"checklists[0].from":               func(c *Catalog) { c.Checklists[0].From = 0 },
		"checklists[0].version":            func(c *Catalog) { c.Checklists[0].Version = 0 },
		"checklists[1].version":            func(c *Catalog) { c.Checklists[1].Version = 1; c.Checklists[1].From = c.Checklists[0].From },
		"checklists[1].from":               func(c *Catalog) { c.Checklists[1].From = c.Checklists[0].From },
		"checklists[3].from":               func(c *Catalog) { c.Checklists[2].From = day; c.Checklists[3].From = day - 1 },
		"checklists[0].docs":               func(c *Catalog) { c.Checklists[0].Docs = make([]Item, MaxDocs+1) },
		"checklists[0].docs[0].doc":        func(c *Catalog) { c.Checklists[0].Docs[0].Doc = "gold" },
		"checklists[0].docs[1].doc":        func(c *Catalog) { c.Checklists[0].Docs[1].Doc = DocCard },
		"checklists[0].docs[2].when":       func(c *Catalog) { c.Checklists[0].Docs[2].When = "full_moon" },
	} {
		c := Default()
		spoil(&c)
		var field *FieldError
		if err := c.Validate(); !errors.As(err, &field) || field.Field != want {
			t.Errorf("got %v, want an error for %s", err, want)
		}
	}
}

func TestATrialProcedureMayInventItsSteps(t *testing.T) {
	steps := []Step{{"a", Visitor, 60, 0}, {"b", Officer, 60, 0}, {"b", Group, 60, 0}}
	if err := ValidateSteps("procedure", steps); err != nil {
		t.Error(err)
	}
	var field *FieldError
	if err := ValidateSteps("procedure", steps[:1]); !errors.As(err, &field) || field.Field != "procedure" {
		t.Errorf("got %v", err)
	}
}

func TestWhoText(t *testing.T) {
	for who, text := range map[Who]string{Visitor: `"visitor"`, Officer: `"officer"`, Group: `"group"`} {
		data, err := json.Marshal(who)
		var back Who
		if err != nil || string(data) != text || json.Unmarshal(data, &back) != nil || back != who {
			t.Errorf("%v is %s and %v", who, data, back)
		}
	}
	for _, text := range []string{`"guard"`, `""`, `1`} {
		var who Who
		if err := json.Unmarshal([]byte(text), &who); err == nil {
			t.Errorf("%s was read as %v", text, who)
		}
	}
	for _, who := range []Who{0, 4, 255} {
		if _, err := json.Marshal(who); err == nil || who.Valid() {
			t.Errorf("who %d was written", who)
		}
	}
}

func TestChecklistOnIsTheLatestThatStarted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		starts := rapid.SliceOfNDistinct(rapid.IntRange(1, 60), 1, 8, rapid.ID[int]).Draw(t, "starts")
		var c Catalog
		for i, start := range starts {
			c.Checklists = append(c.Checklists, Checklist{JHT, ReasonPHK, calendar.Date(start), i + 1, nil})
		}
		date := rapid.IntRange(0, 70).Draw(t, "date")
		list, ok := c.ChecklistOn(JHT, ReasonPHK, calendar.Date(date))
		latest := 0
		for _, start := range starts {
			if start <= date {
				latest = max(latest, start)
			}
		}
		if ok != (latest > 0) || int(list.From) != latest {
			t.Fatalf("on %d of %v: from %d %v, want %d", date, starts, list.From, ok, latest)
		}
	})
}
