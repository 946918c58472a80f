package rehearsal

import (
	"os"
	"strconv"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// mixedGroups is a day of closed groups in two rooms that work four programmes,
// of which JHT is the others' rest of the hundred.
func mixedGroups(seed uint64, visits, others int, same bool) Config {
	c := Small(seed)
	c.Visits, c.Channels, c.Parties, c.Mischief = visits, [3]int{70, 30, 0}, [4]int{90, 6, 3, 1}, NoMischief
	c.Luck = Luck{OtherPct: others, NoShowPct: 3}
	c.Policy.Mode, c.Policy.Pooled, c.Policy.Briefing = scheduler.Closed, false, "booth"
	c.Policy.Group.SameProgramme = same
	c.Policy.Programmes = []procedure.Programme{procedure.JHT, procedure.JKK, procedure.JKM, procedure.JP}
	c.Rooms = []RoomSpec{{ID: 1, Booths: 6}, {ID: 2, Booths: 6}, {ID: 3, Booths: 2, Columns: 2, Desk: true, Mode: scheduler.Single}}
	return c
}

// waited is the sum of the day's waits in seconds, and how many waited.
func waited(day *Day) (sum, n int64) {
	for i := range day.State.Floor.Visits {
		if v := &day.State.Floor.Visits[i]; v.FirstCall != 0 {
			sum, n = sum+v.FirstCall-max(v.Arrived, day.State.OpensAt()), n+1
		}
	}
	return sum, n
}

// TestGroupsOfOneProgrammeWaitLonger holds the figures of docs/decisions/0010 in
// their direction: to fill a closed group with claims of one programme makes
// people wait longer than to take whoever is next. LAPAK_ALIKE_SEEDS measures on
// more days.
func TestGroupsOfOneProgrammeWaitLonger(t *testing.T) {
	seeds := uint64(8)
	if n, err := strconv.ParseUint(os.Getenv("LAPAK_ALIKE_SEEDS"), 10, 32); err == nil {
		seeds = n
	}
	for _, visits := range []int{60, 110} {
		for _, others := range []int{30, 60, 80} {
			var mean [2]float64
			var settled [2]int
			for k, same := range []bool{false, true} {
				sum, n := int64(0), int64(0)
				for seed := range seeds {
					day := Run(mixedGroups(seed, visits, others, same), Options{})
					s, m := waited(&day)
					sum, n, settled[k] = sum+s, n+m, settled[k]+day.Totals.Settled
				}
				mean[k] = float64(sum) / float64(max(1, n)) / 60
			}
			t.Logf("%d visits, %d %% not JHT: whoever is next %.1f min, %d settled; one programme %.1f min, %d settled", visits, others, mean[0], settled[0], mean[1], settled[1])
			if visits == 60 && mean[1] < mean[0] {
				t.Errorf("%d visits, %d %% not JHT: groups of one programme wait %.1f min, others %.1f", visits, others, mean[1], mean[0])
			}
		}
	}
}
