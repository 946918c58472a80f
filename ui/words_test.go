package ui_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"lapak/scheduler/audit"
	"lapak/scheduler/procedure"
	"lapak/ui"
)

// codeFamilies are families of keys whose second part is a code of the rules. They
// are held complete by TestEveryCodeHasWords rather than by being mentioned; words is
// the glossary, which every screen may use.
var codeFamilies = []string{
	"officer.say",
	"briefing", "call", "channel", "document", "feed.stopped", "language", "limit", "mode", "outcome", "paper",
	"presence", "priority", "programme", "promise", "reason", "refusal", "role", "seat", "session", "step", "visit", "wait", "when",
	"who", "why", "words", "gallery_screen", "slip", "kiosk_programme", "elsewhere", "kiosk_way", "kiosk_print", "kiosk_priority", "kiosk_shut", "kiosk_shut_why", "desk_page", "printer_at", "printer_kind", "printer_qr", "desk_draw", "desk_void", "desk_paper_fault", "company_fault", "company_file", "company_lack",
	// The questions of the survey, its items and its answers.
	"survey_ask", "survey_item", "survey_answer", "month", "visitor_refused",
	// What happened to a visit, as its story has it.
	"story",
	// The history: what was done, by its kind, what came of it, and the columns of its file.
	"act", "audit_col", "audit_kind", "audit_to",
	// The room editor's tools, panels, edits and files.
	"room_tool", "room_tab", "room_edit", "room_file", "room_file_name", "file_fault", "stay_fate",
	// The officer's reasons.
	"because",
	// The manager's, the desk's and the start page's: codes of the view and of the policy.
	"banner", "desk_act", "desk_channel", "desk_none", "desk_papers", "desk_priority", "desk_reason", "desk_tab", "device", "device_why", "first", "first_why", "fitting", "fitting_why", "flow", "hours_fault", "hours_list", "hours_range", "hours_rule", "id_type", "month", "limit_short", "policy_group", "policy_part",
	"preset", "preset_why", "room_fault", "seat_reason", "setting", "setting_why", "special_fault", "special_reason", "staff_role_why", "unit", "weekday",
	// The what-if's: codes of its questions and answers.
	"whatif_change", "whatif_cost", "whatif_demand", "whatif_staff", "whatif_demand_from", "whatif_figure", "whatif_figure_why", "whatif_group", "whatif_keeps", "whatif_keeps_why", "whatif_note", "whatif_of", "whatif_state", "whatif_times", "whatif_verdict", "whatif_wait",
	// Reports: divisions, columns, bases and classes, and what only the files say.
	"report_basis", "report_by", "report_class", "report_col", "report_file", "report_of", "report_short", "report_span", "report_why",
	// The clips of the voice, by their names.
	"clip",
	// Promises and learned times.
	"promise_day", "promise_habit", "promise_how", "promise_limit", "promise_pace", "promise_span", "promise_who",
}

var (
	keyUsed    = regexp.MustCompile(`\bt\(\s*'([^']+)'`)
	keyDynamic = regexp.MustCompile(`[^.\w]t\(\s*[^'\s)]`)
	familyUsed = regexp.MustCompile(`\b(?:label|stateTag)\(\s*'([^']+)'`)
	place      = regexp.MustCompile(`\{(\w+)`)
	quoted     = regexp.MustCompile(`"([a-z_]+)"`)
)

// stateLists are the rules' lists of names, and the family that has their words.
var stateLists = map[string]string{
	"seatStateNames": "seat", "visitStateNames": "visit", "sessionStateNames": "session", "presenceNames": "presence",
	"callKindNames": "call", "channelNames": "channel", "priorityNames": "priority", "modeNames": "mode",
	"roleNames": "role", "outcomeNames": "outcome", "markNames": "paper", "limitNames": "limit",
}

func catalogue(t *testing.T) map[string]ui.Word {
	t.Helper()
	words, err := ui.Embedded().Words()
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func family(key string) string { return key[:strings.LastIndex(key, ".")] }

func TestEveryKeyIsDefinedAndUsed(t *testing.T) {
	words := catalogue(t)
	used := make(map[string]bool)
	walk(t, func(name string, content []byte) {
		if !strings.HasSuffix(name, ".js") || strings.HasPrefix(name, "vendor/") || ui.IsWordsFile(name) {
			return
		}
		code := comment.ReplaceAll(content, nil)
		for _, m := range keyUsed.FindAllSubmatch(code, -1) {
			used[string(m[1])] = true
			if _, ok := words[string(m[1])]; !ok {
				t.Errorf("%s: t('%s'): no file of words defines it", name, m[1])
			}
		}
		if m := keyDynamic.Find(code); m != nil && name != "lib/catalogue.js" {
			t.Errorf("%s: %q: keys are literal, so that this test can follow them; codes go through label('family', code)", name, m)
		}
	})
	for _, m := range saidByTheServer(t) {
		used[m] = true
		if _, ok := words[m]; !ok {
			t.Errorf("the server says %q, but no file of words defines it", m)
		}
	}
	for key := range words {
		if !used[key] && !slices.Contains(codeFamilies, family(key)) {
			t.Errorf("%q is defined but no screen says it", key)
		}
	}
}

// serverSays finds a key in a page that the server writes, or in its code.
var serverSays = regexp.MustCompile(`(?:\bt |\.t\()"([a-z_]+\.[a-z0-9_]+)"|"(visitor\.[a-z0-9_]+)"`)

// saidByTheServer lists the keys of the pages that the server writes itself.
func saidByTheServer(t *testing.T) (keys []string) {
	t.Helper()
	for _, name := range []string{"visitor.tmpl", "visitor.go", "lost.go", "demo.go", "say.go", "sheet.tmpl", "sheet.go"} {
		content, err := os.ReadFile(filepath.Join("../hall/web", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range serverSays.FindAllSubmatch(content, -1) {
			keys = append(keys, string(m[1])+string(m[2]))
		}
	}
	if len(keys) < 50 {
		t.Fatalf("the server says %d keys only: the test looks for the wrong thing", len(keys))
	}
	return keys
}

// TestEveryScreenLoadsTheWordsItSays catches a key that exists, but in a file that
// this very screen does not load.
func TestEveryScreenLoadsTheWordsItSays(t *testing.T) {
	for _, screen := range ui.Embedded().Names() {
		start := closure(t, screen)
		saysWhatItLoads(t, screen, start)
		for _, page := range pagesAfter(t, start) { // each as if it were the only one that was opened
			saysWhatItLoads(t, screen+" with "+page, reached(t, screen, screen+"/index.html", page))
		}
	}
}

func saysWhatItLoads(t *testing.T, screen string, files map[string][]byte) {
	t.Helper()
	subset := make(fstest.MapFS)
	for name, content := range files {
		subset[name] = &fstest.MapFile{Data: content}
	}
	loaded, err := ui.Load(subset)
	if err != nil {
		t.Fatal(err)
	}
	words, err := loaded.Words()
	if err != nil {
		t.Fatal(err)
	}
	families := make(map[string]bool)
	for key := range words {
		families[family(key)] = true
	}
	for name, content := range files {
		if strings.HasPrefix(name, "vendor/") {
			continue
		}
		code := comment.ReplaceAll(content, nil)
		for _, m := range keyUsed.FindAllSubmatch(code, -1) {
			if _, ok := words[string(m[1])]; !ok {
				t.Errorf("screen %s: %s says t('%s'), but no file that the screen loads defines it", screen, name, m[1])
			}
		}
		for _, m := range familyUsed.FindAllSubmatch(code, -1) {
			if !families[string(m[1])] {
				t.Errorf("screen %s: %s shows codes of %q, but no file that the screen loads has any", screen, name, m[1])
			}
		}
	}
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	places := func(text string) []string {
		var names []string
		for _, m := range place.FindAllStringSubmatch(text, -1) {
			names = append(names, m[1])
		}
		slices.Sort(names)
		return slices.Compact(names)
	}
	// English needs to know how many; Indonesian does not.
	onlyCounts := []string{"count"}
	for key, word := range catalogue(t) {
		english := slices.DeleteFunc(places(word.English), func(name string) bool { return slices.Contains(onlyCounts, name) })
		if indonesian := places(word.Indonesian); word.English != "" && !slices.Equal(indonesian, english) {
			t.Errorf("%q: Indonesian fills %v, English %v", key, indonesian, english)
		}
		// The dictionary forms; the others are everywhere, and still wrong.
		for _, wrong := range []string{"antrian", "silahkan", "ijin", "resiko", "aktifitas"} {
			if strings.Contains(strings.ToLower(word.Indonesian), wrong) {
				t.Errorf("%q: says %q; use the dictionary's spelling", key, wrong)
			}
		}
		// Only text becomes text: a sign of markup in a word is a misunderstanding.
		if strings.ContainsAny(word.Indonesian+word.English, "<>") || strings.Contains(word.Indonesian+word.English, "&") {
			t.Errorf("%q: has a sign of markup", key)
		}
	}
}

func TestEveryCodeHasWords(t *testing.T) {
	words := catalogue(t)
	check := func(kind, code string) {
		t.Helper()
		key := kind + "." + strings.ToLower(code)
		if _, ok := words[key]; !ok {
			t.Errorf("the rules have %s %q, but no file of words defines %q", kind, code, key)
		}
	}
	for _, code := range procedure.Programmes() {
		check("programme", string(code))
	}
	for _, code := range procedure.Reasons() {
		check("reason", string(code))
	}
	for _, code := range procedure.Docs() {
		check("document", string(code))
	}
	for _, code := range procedure.Conditions() {
		check("when", string(code))
	}
	for _, code := range procedure.StepCodes() {
		check("step", string(code))
	}
	for _, code := range procedure.Briefings() {
		check("briefing", string(code))
	}
	for _, who := range []procedure.Who{procedure.Visitor, procedure.Officer, procedure.Group} {
		check("who", who.String())
	}
	for _, code := range sourceCodes(t, `WhyCode\s*=\s*"([a-z_]+)"`) {
		check("why", code)
	}
	for _, code := range sourceCodes(t, `\b(?:conflict|forbidden)\("([a-z_]+)"`) {
		check("refusal", code)
	}
	for _, code := range sourceCodes(t, `\binvalid\([^,()]+, "([a-z_]+)"`) {
		check("refusal", code)
	}
	for _, what := range sourceCodes(t, `\bunknown\("[^"]*", "([a-z_]+)"`) {
		check("refusal", "unknown_"+what)
	}
	for _, kind := range audit.Kinds() {
		check("act", strings.ReplaceAll(kind, ".", "_"))
	}
	for list, kind := range stateLists {
		for _, names := range sourceCodes(t, `(?s)var `+list+` = \[[a-zA-Z]+\]string\{([^}]*)\}`) {
			for _, code := range quoted.FindAllStringSubmatch(names, -1) {
				check(kind, code[1])
			}
		}
	}
}

// whatIfCodes are the fields of the what-if's answers that hold codes, as the API's
// document lists them, and the family that has their words.
var whatIfCodes = []struct{ schema, field, family string }{
	{"WhatIf", "state", "whatif_state"},
	{"WhatIfRow", "verdict", "whatif_verdict"},
	{"WhatIfRow", "of", "whatif_of"},
	{"WhatIfDemand", "from", "whatif_demand"},
	{"WhatIfStaff", "from", "whatif_staff"},
	{"WhatIfTimes", "from", "whatif_times"},
	{"WhatIfProposal", "verdict", "whatif_keeps"},
	{"WhatIfProposal", "verdict", "whatif_keeps_why"},
	{"WhatIfCost", "kind", "whatif_cost"},
}

// whatIfSilent are codes that the screen shows without words: everybody is the row
// itself, and a past day is named by its date.
var whatIfSilent = []string{"whatif_of.all"}

func TestEveryCodeOfAWhatIfHasWords(t *testing.T) {
	content, err := os.ReadFile("../hall/web/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct {
					Enum        []string
					Description string
				}
			}
		}
	}
	if err := json.Unmarshal(content, &document); err != nil {
		t.Fatal(err)
	}
	words := catalogue(t)
	check := func(family string, codes []string) {
		t.Helper()
		if len(codes) == 0 {
			t.Errorf("the API lists no codes for %q: the test looks for the wrong thing", family)
		}
		for _, code := range codes {
			key := family + "." + code
			if _, ok := words[key]; !ok && code != "" && !slices.Contains(whatIfSilent, key) {
				t.Errorf("the API has %q, but no file of words defines it", key)
			}
		}
	}
	schemas := document.Components.Schemas
	for _, c := range whatIfCodes {
		check(c.family, schemas[c.schema].Properties[c.field].Enum)
	}
	notes, err := os.ReadFile("../scheduler/whatif/base.go")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, m := range noteCode.FindAllSubmatch(notes, -1) {
		codes = append(codes, string(m[1]))
	}
	check("whatif_note", codes)
	check("whatif_figure", figureCode.FindAllString(schemas["WhatIfRow"].Properties["figure"].Description, -1))
}

// noteCode is a note of an answer in the source of the rules.
var noteCode = regexp.MustCompile(`(?m)^\s*Note[A-Za-z]+\s*=\s*"([a-z_]+)"`)

// figureCode is a figure as the API's document lists them.
var figureCode = regexp.MustCompile(`[a-z0-9]+(?:_[a-z0-9]+)+|multiplier|ceiling`)

// sourceCodes finds codes in the source of the rules, for kinds of which the rules
// keep no list at run time.
func sourceCodes(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob("../scheduler/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("the rules' source is not at ../scheduler: %v", err)
	}
	var codes []string
	find := regexp.MustCompile(pattern)
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range find.FindAllSubmatch(content, -1) {
			codes = append(codes, string(m[1]))
		}
	}
	if len(codes) == 0 {
		t.Fatalf("no code in the rules' source matches %s: the test looks for the wrong thing", pattern)
	}
	return codes
}

func TestFilesOfWordsInAnotherFormAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		`const words = {};`:                                       "export const words",
		`export const words = {"a.b": ["x", "y"]}`:                `want ";"`,
		`export const words = ["x"];`:                             "JSON object",
		`export const words = {"a.b": ["x"]};`:                    "both with text",
		`export const words = {"a.b": ["x", " "]};`:               "both with text",
		`export const words = {"a.b": "x"};`:                      "[Indonesian, English]",
		`export const words = {"a.b":["x","y"],"a.b":["x","y"]};`: "twice",
	} {
		screens, err := ui.Load(fstest.MapFS{"a/words.js": page(text)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := screens.Words(); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "a/words.js") {
			t.Errorf("%s: err = %v, want one that names a/words.js and says %q", text, err, want)
		}
	}
	one := page(`export const words = {"a.b": ["x", "y"]};`)
	screens, err := ui.Load(fstest.MapFS{"a/words.js": one, "b/words-more.js": one})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := screens.Words(); err == nil || !strings.Contains(err.Error(), "a/words.js already") {
		t.Errorf("one key in two files: err = %v, want one that names the first file", err)
	}
}

// TestOvertakenAndPassedOverAreTwoThings holds one word to one thing: overtaken is who was
// first, could have gone and did not fit, which is counted and bounded; passed over is
// whoever a call left out, for any reason.
func TestOvertakenAndPassedOverAreTwoThings(t *testing.T) {
	overtaken, passed := 0, 0
	for key, word := range catalogue(t) {
		says := strings.ToLower(word.Indonesian + " " + word.English)
		isPassed := strings.Contains(says, "passed over")
		isOvertaken := strings.Contains(says, "didahului ") || strings.Contains(says, "overtaken")
		if isPassed && isOvertaken || strings.Contains(key, "overtak") && (isPassed || strings.Contains(says, "dilewati")) {
			t.Errorf("%s mixes the two: %q, %q", key, word.Indonesian, word.English)
		}
		if isPassed {
			passed++
		}
		if isOvertaken {
			overtaken++
		}
	}
	if overtaken < 10 || passed < 3 {
		t.Errorf("%d texts speak of overtaken and %d of passed over: the test looks for the wrong words", overtaken, passed)
	}
}
