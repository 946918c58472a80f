package simulation

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// tolerance is how far a measured throughput or mean may lie from the closed
// form; the days of each case are enough that chance alone stays within it.
const tolerance = 0.02

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if off := got/want - 1; math.Abs(off) > tolerance {
		t.Errorf("%s: %.3f, the closed form says %.3f (%+.1f %%)", what, got, want, 100*off)
	}
}

// machineInterference is the closed form of one officer with n seats: the
// share of time in which the officer works.
func machineInterference(n int, s, z float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1; k <= n; k++ {
		term *= float64(n-k+1) * s / z
		sum += term
	}
	return 1 - 1/sum
}

// One officer, n seats always refilled, exponential times: the finite-source
// queue, whose throughput is known exactly. The order of the steps does not
// matter to it; a visitor's step at the end needs no officer to leave.
func TestAgreesWithTheFiniteSourceQueue(t *testing.T) {
	const own, with = `{"step":"own","who":"visitor","mean_s":%d}`, `{"step":"with","who":"officer","mean_s":%d}`
	for _, x := range []struct {
		n, s, z, days int
		last          bool // the visitor's step comes last
	}{{1, 300, 600, 120, false}, {2, 240, 960, 90, false}, {4, 240, 960, 50, true}, {6, 240, 960, 40, false}, {8, 180, 900, 25, true}, {12, 120, 1200, 20, false}} {
		steps := fmt.Sprintf(own+","+with, x.z, x.s)
		if x.last {
			steps = fmt.Sprintf(with+","+own, x.s, x.z)
		}
		out := ask(t, fmt.Sprintf(`{"seed":2,"days":%d,"warmup_s":7200,"hours":{"last_ticket_s":86000,"close_s":86400},"officers":1,"rooms":[{"seats":%d}],
			"policy":{"group_max":%d},"distribution":"exponential","seat_change_s":0,"procedure":[%s]}`, x.days, x.n, x.n, steps))
		busy := machineInterference(x.n, float64(x.s), float64(x.z))
		name := fmt.Sprintf("%d seats, %d s and %d s", x.n, x.s, x.z)
		near(t, name+", claims an hour", out.ClaimsPerOfficerHour, busy*3600/float64(x.s))
		if math.Abs(float64(out.OfficerBusyPct)-100*busy) > 2 {
			t.Errorf("%s: the officer is busy %d %%, the closed form says %.1f", name, out.OfficerBusyPct, 100*busy)
		}
		if out.SeatBusyPct != 100 || math.Abs(out.GroupSizeMean-float64(x.n)) > 0.05 {
			t.Errorf("%s: seats are busy %d %% with %g persons, though each is filled at once", name, out.SeatBusyPct, out.GroupSizeMean)
		}
	}
}

// With one person at a time and enough hours, the rules are the textbook's
// queue of several servers: the same draws, served in order of arrival by the
// first free officer, give the same waits to the second.
func TestSingleModeIsTheQueueOfSeveralServers(t *testing.T) {
	for _, officers := range []int{1, 2, 3, 5} {
		rooms := `{"seats":1}`
		for range officers - 1 {
			rooms += `,{"seats":3}`
		}
		in := parse(t, fmt.Sprintf(`{"seed":4,"days":3,"hours":{"open_s":0,"last_ticket_s":57600,"close_s":86400},"officers":%d,"rooms":[%s],
			"arrivals":{"kind":"poisson","per_day":%d,"hour_weights":[2,1,1,3,1,1,1,1,1,1,1,1,1,1,1,1]},"policy":{"mode":"single","group_max":1},"seat_change_s":60,
			"procedure":[{"step":"own","who":"visitor","mean_s":120,"cv_pct":40},{"step":"with","who":"officer","mean_s":240,"cv_pct":90}]}`, officers, rooms, 110*officers))
		out, err := Run(in)
		if err != nil {
			t.Fatal(err)
		}
		want, err := SeatsOnly(in)
		if err != nil {
			t.Fatal(err)
		}
		if out.WaitS != want || out.Unserved != 0 {
			t.Errorf("%d officers: waits %+v, the queue says %+v; unserved %d", officers, out.WaitS, want, out.Unserved)
		}
	}
}

func parse(t *testing.T, question string) Input {
	t.Helper()
	in, err := ParseInput([]byte(question))
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// erlangC is the closed form of several officers with exponential steps and
// Poisson arrivals: the mean wait in seconds.
func erlangC(officers int, load, stepS float64) float64 {
	term, sum := 1.0, 0.0
	for k := range officers {
		sum += term
		term *= load / float64(k+1)
	}
	busy := term * float64(officers) / (float64(officers) - load)
	return busy / (sum + busy) * stepS / (float64(officers) - load)
}

// The waits of the queue of several servers, to which the test above holds the
// rules to the second, are Erlang's. Days begin empty; with short steps and 22
// hours that is not felt.
func TestWaitsAreErlangs(t *testing.T) {
	for _, x := range []struct {
		officers, stepS, perDay, rooms int
	}{{1, 40, 1000, 1}, {2, 80, 1000, 2}, {3, 130, 1200, 3}, {5, 120, 1950, 5}} {
		in := parse(t, fmt.Sprintf(`{"seed":11,"days":350,"hours":{"last_ticket_s":79200,"close_s":86400},"officers":%d,"rooms":[%s{"seats":2}],"distribution":"exponential",
			"arrivals":{"kind":"poisson","per_day":%d,"at_door_pct":0,"hour_weights":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]},"policy":{"mode":"single","group_max":1},
			"seat_change_s":0,"procedure":[{"step":"with","who":"officer","mean_s":%d}]}`, x.officers, strings.Repeat(`{"seats":1},`, x.rooms-1), x.perDay, x.stepS))
		queue := newTrial(&in, "single", false, false)
		n, sum := 0, 0.0
		for day := range in.Days {
			waits := queue.seatsOnly(queue.seed(day), nil)
			for _, w := range waits {
				sum += float64(w)
			}
			n += len(waits)
		}
		load := float64(x.perDay) * float64(x.stepS) / 79200
		near(t, fmt.Sprintf("%d officers, load %.2f, mean wait", x.officers, load), sum/float64(n), erlangC(x.officers, load, float64(x.stepS)))
	}
}

// One person at a time is a renewal process: the sum of the steps and the
// change of the seat. With a warm-up the empty start is not felt.
func TestOneAtATimeIsARenewal(t *testing.T) {
	out := ask(t, `{"seed":5,"days":60,"warmup_s":7200,"hours":{"last_ticket_s":86000,"close_s":86400},"policy":{"mode":"single"}}`)
	near(t, "single", out.ClaimsPerOfficerHour, 3600/1620.0)
	near(t, "single, by its baseline", out.Multiplier.Single, 3600/1620.0)
	near(t, "counter", out.Multiplier.Counter, 3600/360.0)
	if m := out.Multiplier; m.Value != 1 || m.Low != 1 || m.High != 1 {
		t.Errorf("one at a time over itself: %+v", m)
	}
}

// Waits at a hundred visits a day stay within two and a half times the least
// that the seats allow, pooled or not.
func TestWaitsStayNearTheBoundOfTheSeats(t *testing.T) {
	for _, pooled := range []bool{false, true} {
		in := parse(t, fmt.Sprintf(`{"seed":21,"days":40,"arrivals":{"kind":"poisson","per_day":100},"policy":{"pooled":%v}}`, pooled))
		out, err := Run(in)
		if err != nil {
			t.Fatal(err)
		}
		bound, err := SeatsOnly(in)
		if err != nil {
			t.Fatal(err)
		}
		if ratio := float64(out.WaitS.P95) / float64(bound.P95); ratio > 2.5 || out.WaitS.Mean < bound.Mean {
			t.Errorf("pooled %v: %+v, the seats allow %+v: %.2f times", pooled, out.WaitS, bound, ratio)
		}
	}
	if _, err := SeatsOnly(DefaultInput()); err == nil {
		t.Error("a saturated day has no waits of its own")
	}
}
