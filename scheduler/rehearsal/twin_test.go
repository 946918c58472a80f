package rehearsal

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/forecast"
	"lapak/scheduler/forecast/twin"
	"lapak/scheduler/procedure"
	"lapak/scheduler/rehearsal/dice"
)

// exactDay is a day on which nobody walks, hesitates, stays away or goes wrong:
// what is left is the rules and the lengths of the steps.
func exactDay(c Config, constant bool) Config {
	seed := c.Seed
	c.Mischief = NoMischief
	c.Luck = Luck{OtherPct: c.Luck.OtherPct, PriorityPct: c.Luck.PriorityPct, TwoClaimsPct: c.Luck.TwoClaimsPct}
	c.Policy.Order.PapersFirst = false
	c.prompt = func(who, n int64, step procedure.Step) int64 {
		if constant {
			return int64(step.MeanS)
		}
		d := dice.Roll(seed, dice.ForStep, who, n)
		return d.Seconds(step.MeanS, step.CvPct)
	}
	return c
}

// truth is what the forecast is given in place of its own dice: the lengths
// that the rehearsed people will need.
type truth struct {
	r     *run
	later []int // guests by place in the forecast's input
}

func (t *truth) Step(visit scheduler.VisitID, later, n, step int) int64 {
	who := int64(0)
	if visit != 0 {
		who = t.r.w.who(visit)
	} else {
		who = int64(t.later[later])
	}
	programme := procedure.Programme("")
	if visit != 0 {
		programme = t.r.d.ClaimsOf(t.r.d.Visit(visit))[n].Programme
	} else {
		programme = t.r.w.guests[who].Claims[n].Programme
	}
	steps := t.r.d.Steps(&scheduler.Claim{Programme: programme})
	return t.r.w.c.duration(who<<8|int64(n)&255, int64(step), steps[step])
}

func (t *truth) Group(officer scheduler.OfficerID, since scheduler.Time, p procedure.Programme, step int) int64 {
	steps := t.r.d.Steps(&scheduler.Claim{Programme: p})
	return t.r.w.c.duration(int64(officer)<<20, since, steps[step])
}

// known is everything about the rest of the day that decides it.
func (t *truth) known(now scheduler.Time) twin.Input {
	r, s := t.r, t.r.d.State
	exact := twin.Exact()
	in := twin.Input{State: s.Draft().Publish(), Now: now, Paths: 1, Manners: &exact, Lengths: t, Later: []twin.Later{}}
	for i := range r.w.guests {
		g := &r.w.guests[i]
		if g.At < now || g.Stays {
			continue
		}
		l := twin.Later{At: g.At, Channel: g.Channel, Persons: g.Persons, Access: g.Accessible, Lot: 1<<31 + 1<<30 + uint32(i)}
		if g.visit != 0 {
			l.Booking = g.visit
			l.Effective = s.EffectiveAt(*s.Visit(g.visit), g.At)
		} else {
			l.Effective = s.EffectiveAt(scheduler.Visit{Arrived: g.At, Priority: g.Priority, State: scheduler.Arrived}, g.At)
		}
		for _, c := range g.Claims {
			l.Claims = append(l.Claims, twin.LaterClaim{Programme: c.Programme, Person: c.Person})
		}
		in.Later = append(in.Later, l)
		t.later = append(t.later, i)
	}
	for i := range r.w.officers {
		m := &r.w.officers[i]
		if m.spec.BreakS > 0 && m.rested == 0 {
			in.Breaks = append(in.Breaks, twin.Break{Officer: m.spec.ID, At: r.w.at(m.spec.BreakS), ForS: int64(m.spec.BreakForS)})
		}
	}
	return in
}

// besideTwin compares the calls of the real rules after a moment of the day with
// those of the forecast's twin. It returns how many were compared and how many
// differ, and of the latter the first few.
func besideTwin(c Config, afterS int64) (compared, differ int, first []string) {
	r := newRun(c, Options{})
	now := r.w.Opens() + afterS
	r.end = now
	r.all()
	t := &truth{r: r}
	in := t.known(now)
	was := in.State
	f := forecast.Of(in)
	real := map[scheduler.VisitID]scheduler.Time{}
	r.called = func(e scheduler.GroupCalled) {
		for _, p := range e.Picks {
			if real[p.Visit] == 0 {
				real[p.Visit] = r.d.At
			}
		}
	}
	r.end = 0
	r.all()
	for i := range f.Visits {
		v := &f.Visits[i]
		if x := was.Visit(v.ID); x.State != scheduler.Waiting && x.State != scheduler.AtDesk {
			continue
		}
		compared++
		if v.Call.P50 != real[v.ID] {
			differ++
			first = append(first, fmt.Sprintf("visit %d: %d s for %d s", v.ID, v.Call.P50-now, real[v.ID]-now))
		}
	}
	return compared, differ, first
}

// twinDays are the settings under which twin and rules are compared.
func twinDays(seed uint64) map[string]Config {
	days := map[string]Config{}
	for _, name := range []string{"rolling", "pooled", "closed", "closed pooled", "single", "single by hand", "live", "shared pooled", "singles only"} {
		c := Small(seed * 5)
		c.Seed = seed
		switch name {
		case "pooled":
			c.Policy.Pooled = true
		case "closed":
			c.Policy.Mode = scheduler.Closed
		case "closed pooled":
			c.Policy.Mode, c.Policy.Pooled = scheduler.Closed, true
		case "single":
			c.Policy.Mode = scheduler.Single
		case "single by hand":
			c.Policy.Mode, c.Policy.AutoRefill = scheduler.Single, false
		case "live":
			c.Policy.Briefing = "live"
		case "shared pooled":
			c.Policy.Briefing, c.Policy.Pooled = "shared", true
		case "singles only":
			c.Parties = [4]int{100, 0, 0, 0}
		}
		days[name] = c
	}
	return days
}

// TestTheTwinMakesTheSameCalls holds the forecast's twin to the rules: from the
// same moment on, with the same lengths and the same people still to come, both
// call everybody who waits at the same second. LAPAK_TWIN_SEEDS tries more days.
func TestTheTwinMakesTheSameCalls(t *testing.T) {
	seeds := uint64(5)
	if n, err := strconv.ParseUint(os.Getenv("LAPAK_TWIN_SEEDS"), 10, 32); err == nil {
		seeds = n
	}
	type count struct{ compared, differ int }
	sums := map[string]count{}
	var names []string
	shown := 0
	for seed := range seeds {
		for name, c := range twinDays(seed + 1) {
			for _, constant := range []bool{false, true} {
				for _, after := range []int64{1800, 2*hourS + 7, 4 * hourS} {
					c := c
					policy := *c.Policy
					c.Policy = &policy
					key := fmt.Sprintf("%s constant=%v", name, constant)
					n, bad, first := besideTwin(exactDay(c, constant), after)
					x := sums[key]
					sums[key] = count{x.compared + n, x.differ + bad}
					if bad > 0 && shown < 12 {
						shown++
						t.Logf("seed %d %s after %d s: %d of %d differ: %v", seed+1, key, after, bad, n, first[:min(6, len(first))])
					}
				}
			}
		}
	}
	for name := range sums {
		names = append(names, name)
	}
	slices.Sort(names)
	all := count{}
	for _, name := range names {
		x := sums[name]
		t.Logf("%-30s %5d of %5d differ", name, x.differ, x.compared)
		all = count{all.compared + x.compared, all.differ + x.differ}
		// Where two officers of a pool begin in one room in the same second, one
		// with a group and one with a person, the rehearsal gives both the longer
		// time (finishGroup); the twin may see them begin in the other order.
		if allowed := x.compared / 50; x.differ > allowed || (x.differ > 0 && !strings.HasPrefix(name, "shared pooled")) {
			t.Errorf("%s: %d of %d calls of the twin are not those of the rules", name, x.differ, x.compared)
		}
	}
	if all.compared < 500*int(seeds) {
		t.Errorf("only %d calls were compared", all.compared)
	}
}
