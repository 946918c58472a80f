package rehearsal

import (
	"reflect"
	"regexp"
	"testing"

	"lapak/scheduler"
)

// numbers are counted from the records, of which a survey adds some.
var numbers = regexp.MustCompile(`"(receipt|seq)":\d+`)

// survey counts the answers of a day, and returns its other events by time.
func survey(t *testing.T, d Day) (tally scheduler.SurveyTally, rest []string, atBooth int) {
	t.Helper()
	for _, rec := range d.Records {
		for _, e := range rec.Events {
			if _, answered := e.(scheduler.SurveyAnswered); answered {
				if rec.By.Role == scheduler.ByBooth {
					atBooth++
				}
				continue
			}
			data, err := scheduler.Encode(scheduler.Record{Seq: 1, At: rec.At, By: rec.By, Events: []scheduler.Event{e}})
			if err != nil {
				t.Fatal(err)
			}
			rest = append(rest, numbers.ReplaceAllString(string(data), ""))
		}
	}
	for i := range d.State.Surveys {
		tally.Add(d.State.Surveys[i].Answers)
	}
	return tally, rest, atBooth
}

// TestTheSurveyChangesNothingElse: a third of those who were served answer, with
// scores as a branch has them, and the day is otherwise the same to the event.
func TestTheSurveyChangesNothingElse(t *testing.T) {
	for seed := range uint64(3) {
		c := Surge(seed + 1)
		c.Visits = 160
		without := Run(c, Options{Keep: true})
		c.Luck.SurveyPct = 33
		with := Run(c, Options{Keep: true})
		none, plain, _ := survey(t, without)
		tally, rest, atBooth := survey(t, with)
		if none.Visits != 0 || tally.Visits == 0 {
			t.Fatalf("seed %d: %d answers without a survey, %d with one", seed, none.Visits, tally.Visits)
		}
		if len(plain) != len(rest) {
			t.Fatalf("seed %d: %d events without a survey, %d with one", seed, len(plain), len(rest))
		}
		for i := range plain {
			if plain[i] != rest[i] {
				t.Fatalf("seed %d: event %d is %s without a survey, and %s with one", seed, i, plain[i], rest[i])
			}
		}
		settled := with.Totals.Settled
		if pct := 100 * tally.Visits / settled; pct < 22 || pct > 44 {
			t.Errorf("seed %d: %d of %d answered", seed, tally.Visits, settled)
		}
		if atBooth == 0 || atBooth == tally.Visits {
			t.Errorf("seed %d: %d of %d at the booth; some are on the phone", seed, atBooth, tally.Visits)
		}
		score, ok := tally.Score()
		if !ok || score < 8000 || score > 9400 {
			t.Errorf("seed %d: score %d", seed, score)
		}
		timing, _ := tally.Item(2)
		if fee, _ := tally.Item(3); fee <= timing {
			t.Errorf("seed %d: the free service has %d, the time %d", seed, fee, timing)
		}
		t.Logf("seed %d: %d of %d, score %d, time %d", seed, tally.Visits, settled, score, timing)
		again := Run(c, Options{Keep: true})
		if !reflect.DeepEqual(with.State.Surveys, again.State.Surveys) {
			t.Errorf("seed %d: the same seed gives other answers", seed)
		}
	}
}
