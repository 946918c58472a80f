package rehearsal

import (
	"fmt"
	"os"
	"regexp"
	"testing"

	"lapak/scheduler"
)

// everyMode is a small day in one way of working, with many parties, companies
// and a claim of another programme now and then.
func everyMode(seed uint64, mode scheduler.Mode, pooled bool, overtakes int) Config {
	c := Small(seed)
	c.Channels, c.Companies, c.Parties = [3]int{50, 25, 25}, 2, [4]int{50, 22, 16, 12}
	c.Policy.Mode, c.Policy.Pooled, c.Policy.Briefing = mode, pooled, "booth"
	c.Policy.Order.OvertakeMax = overtakes
	return c
}

// modesOfRooms are the ways of working that every test of this file goes through.
var modesOfRooms = []scheduler.Mode{scheduler.Rolling, scheduler.Closed, scheduler.Single}

// seedsOfModes is how many days each way of working has; LAPAK_LONG tries ten
// times as many.
func seedsOfModes() uint64 {
	if os.Getenv("LAPAK_LONG") != "" {
		return 60
	}
	return 6
}

// reasonWords are the codes of reasons for which the screens have words, in both
// languages.
func reasonWords(t *testing.T) map[scheduler.WhyCode]bool {
	t.Helper()
	b, err := os.ReadFile("../../ui/lib/words-why.js")
	if err != nil {
		t.Fatal(err)
	}
	words := map[scheduler.WhyCode]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\s*"why\.(\w+)": \["[^"]+", "[^"]+"\]`).FindAllStringSubmatch(string(b), -1) {
		words[scheduler.WhyCode(m[1])] = true
	}
	if len(words) < len(scheduler.WhyCodes()) {
		t.Fatalf("words for %d reasons were found; the rules have %d", len(words), len(scheduler.WhyCodes()))
	}
	return words
}

// TestEveryPlacementAndEverySkipSaysWhy goes through the calls of rough days: no
// visit is placed or passed over without a reason that the screens can say.
func TestEveryPlacementAndEverySkipSaysWhy(t *testing.T) {
	words, seen := reasonWords(t), map[scheduler.WhyCode]int{}
	check := func(name string, visit scheduler.VisitID, why []scheduler.Why) {
		if len(why) == 0 {
			t.Errorf("%s: visit %d has no reason", name, visit)
		}
		for _, w := range why {
			if seen[w.Code]++; !words[w.Code] {
				t.Errorf("%s: visit %d has the reason %q, for which there are no words", name, visit, w.Code)
			}
		}
	}
	picks, skips := 0, 0
	for _, mode := range modesOfRooms {
		for _, pooled := range []bool{false, true} {
			for seed := range seedsOfModes() {
				c := everyMode(seed, mode, pooled, 2)
				if seed%2 == 1 {
					c.Channels, c.Rooms[0].Booths, c.Policy.Group.Max = [3]int{20, 10, 70}, 12, 12
				}
				name := fmt.Sprintf("%s, pooled %v, seed %d", mode, pooled, seed)
				r := newRun(c, Options{})
				r.called = func(e scheduler.GroupCalled) {
					for _, p := range e.Picks {
						check(name+", placed", p.Visit, p.Why)
					}
					for _, k := range e.Skips {
						check(name+", passed over", k.Visit, k.Why)
					}
					picks, skips = picks+len(e.Picks), skips+len(e.Skips)
				}
				r.all()
				for _, p := range r.day.Problems {
					t.Errorf("%s: %s", name, p)
				}
			}
		}
	}
	if picks < 1000 || skips < 1000 {
		t.Errorf("%d placements and %d skips are too few to say anything", picks, skips)
	}
	for _, code := range []scheduler.WhyCode{scheduler.WhyFirst, scheduler.WhyNext, scheduler.WhyTogether, scheduler.WhyNoFit, scheduler.WhyOvertaken,
		scheduler.WhyProgramme, scheduler.WhyCollective, scheduler.WhyShareYields, scheduler.WhyTooLate} {
		if seen[code] == 0 {
			t.Errorf("these days never give the reason %q", code)
		}
	}
}

// TestTheBoundHoldsInEveryMode counts overtakes on its own in every way of
// working and with every bound, on days full of families.
func TestTheBoundHoldsInEveryMode(t *testing.T) {
	for _, mode := range modesOfRooms {
		for _, pooled := range []bool{false, true} {
			passed := 0
			for _, most := range []int{0, 1, 2, 4} {
				for seed := range seedsOfModes() {
					c := everyMode(seed, mode, pooled, most)
					c.Mischief = NoMischief
					if seed%2 == 0 {
						c.Luck.PriorityPct = 0 // nobody needs an accessible seat, so the count looks at every call
					}
					r := newRun(c, Options{Strict: true})
					r.all()
					for _, p := range r.day.Problems {
						t.Errorf("%s, pooled %v, at most %d, seed %d: %s", mode, pooled, most, seed, p)
					}
					if most > 0 {
						passed += r.passed.Times()
					}
				}
			}
			if passed == 0 {
				t.Errorf("%s, pooled %v: nobody was ever passed: the count sees nothing", mode, pooled)
			}
		}
	}
}
