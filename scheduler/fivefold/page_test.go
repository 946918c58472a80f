package fivefold

import (
	"os"
	"strings"
	"testing"

	"lapak/scheduler/simulation"
)

const page = "../../docs/five-fold.md"

// One section is asked again in every test run and compared letter for letter,
// so that neither the rules nor the page move without the other. The whole
// page is compared in .ci/run.
func TestThePageComesFromTheCommand(t *testing.T) {
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	text := string(b)
	for _, x := range Sections() {
		if !strings.Contains(text, "\n## "+x.Letter+". "+x.Title+"\n") {
			t.Errorf("section %s (%s) is not on the page", x.Letter, x.Title)
		}
		if x.Letter != "B" {
			continue
		}
		if err := x.Ask(); err != nil {
			t.Fatal(err)
		}
		for _, part := range append(x.Short, x.Text, x.Appendix()) {
			if !strings.Contains(text, part) {
				t.Errorf("section B says something else now; make the page again: %s\n%s", Command, part)
			}
		}
	}
	if !strings.HasPrefix(text, head) || !strings.Contains(text, explained) {
		t.Errorf("the page's own words have changed; make it again: %s", Command)
	}
}

func TestWordsThatNoLongerHoldAreRefused(t *testing.T) {
	x := Section{Letter: "X", Title: "a claim", write: func(s *study) { s.claim(false, "one is two") }}
	if err := x.Ask(); err == nil || !strings.Contains(err.Error(), "one is two") {
		t.Errorf("a claim against the figures gives %v", err)
	}
	y := Section{Letter: "Y", Title: "a question", write: func(s *study) { s.ask(`{"days":0}`) }}
	if err := y.Ask(); err == nil || !strings.Contains(err.Error(), "Y1") {
		t.Errorf("a wrong question gives %v", err)
	}
}

// The closed form agrees with the table of planning for 4 and 16 minutes.
func TestInterference(t *testing.T) {
	for n, want := range map[int]float64{1: 1, 4: 3.45, 6: 4.41, 8: 4.85, 100: 5} {
		if got := interference(n, 240, 960); got < want-0.02 || got > want+0.02 {
			t.Errorf("%d seats: %.3f, want %.2f", n, got, want)
		}
	}
}

func TestHowFiguresAreWritten(t *testing.T) {
	for s, want := range map[int64]string{0: "0", 30: "0.5", 599: "10.0", 600: "10", 1730: "29"} {
		if got := minutes(s); got != want {
			t.Errorf("%d s is %q, want %q", s, got, want)
		}
	}
	if share(0, 1000) != "under 1 %" || share(1, 3) != "33 %" {
		t.Error(share(0, 1000), share(1, 3))
	}
	if got := counter(simulation.Multiplier{Value: 5, Single: 2, Counter: 10}); got != "1.0" {
		t.Errorf("five times two over ten is %q", got)
	}
	for m, want := range map[simulation.Multiplier]string{{Low: 5, Value: 5.1, High: 5.2}: "yes", {Low: 4.9, Value: 4.95, High: 5}: "nearly", {High: 4.9}: "no"} {
		if got := reached(m); got != want {
			t.Errorf("%+v: %s, want %s", m, got, want)
		}
	}
}
