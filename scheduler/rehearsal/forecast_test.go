package rehearsal

import (
	"testing"

	"lapak/scheduler"
	"lapak/scheduler/forecast"
	"lapak/scheduler/procedure"
)

// ordinary is the day on which forecasts are measured (planning.md, section 4):
// 150 visits with a morning peak, two officers, two rooms of six booths that
// work every programme.
func ordinary(seed uint64) Config {
	c := Surge(seed)
	c.Visits, c.Helpers, c.AtDoorPct = 150, 2, 30
	every := procedure.Programmes()
	c.Rooms = []RoomSpec{{ID: 1, Booths: 6, Programmes: every}, {ID: 2, Booths: 6, Programmes: every}}
	c.Officers = []OfficerSpec{{ID: 101, Room: 1}, {ID: 102, Room: 2}}
	c.Mischief = NoMischief
	return c
}

// outcome is one promise and what became of it, in seconds from when it was
// made: the median and the 10 % and 90 % quantiles, what the baselines said,
// and the truth.
type outcome struct {
	hour                int
	mid, low, high      int64
	byGap, byLast, wait int64
	told                forecast.Told
}

// forecastEveryS is how often the branch of a test makes a forecast.
const forecastEveryS = 60

// outcomes rehearses a day and makes a forecast whenever somebody joins the
// line.
func outcomes(c Config, times *procedure.Times, paths int) []outcome {
	r := newRun(c, Options{})
	made := map[scheduler.VisitID]outcome{}
	at := map[scheduler.VisitID]scheduler.Time{}
	last := scheduler.Time(0)
	r.seen = func(now scheduler.Time) {
		s := r.d.State
		if now < r.w.open || now < last+forecastEveryS {
			return
		}
		fresh := false
		for i := range s.Floor.Visits {
			v := &s.Floor.Visits[i]
			_, known := at[v.ID]
			fresh = fresh || v.State == scheduler.Waiting && !known && v.FirstCall == 0
		}
		if !fresh {
			return
		}
		last = now
		f := forecast.Of(forecast.Input{State: s, Now: now, Times: times, Paths: paths, Seed: c.Seed})
		for i := range f.Visits {
			v := s.Visit(f.Visits[i].ID)
			if _, known := at[v.ID]; known || v.State != scheduler.Waiting || v.FirstCall != 0 {
				continue
			}
			call := &f.Visits[i].Call
			at[v.ID] = now
			if call.Some() {
				made[v.ID] = outcome{told: f.Visits[i].Told, mid: call.P50 - now, low: call.P10 - now, high: call.P90 - now,
					byGap: byGap(s, v, now), byLast: lastWait(s, now), hour: int(now-r.w.open) / hourS}
			}
		}
	}
	r.all()
	var list []outcome
	for i := range r.d.Floor.Visits {
		v := &r.d.Floor.Visits[i]
		if o, ok := made[v.ID]; ok && v.FirstCall != 0 && v.FirstCall-at[v.ID] > minuteS {
			o.wait = v.FirstCall - at[v.ID]
			list = append(list, o)
		}
	}
	return list
}

// byGap is the first baseline: persons ahead times the gap between two calls of
// the last hour.
func byGap(s *scheduler.State, v *scheduler.Visit, now scheduler.Time) int64 {
	ahead, n, first := int64(1), int64(0), now
	for _, w := range s.Floor.Line(scheduler.Waiting) {
		if w.ID == v.ID {
			break
		}
		ahead += int64(w.Persons)
	}
	for i := range s.Floor.Visits {
		if w := &s.Floor.Visits[i]; w.FirstCall > now-hourS && w.FirstCall != 0 {
			n += int64(w.Persons)
			first = min(first, w.FirstCall)
		}
	}
	if n < 6 || now-first < 600 {
		return ahead * 1500 / 12 // the procedure's length over the seats
	}
	return ahead * (now - first) / n
}

// lastWait is the second baseline: as long as whoever was called last waited.
func lastWait(s *scheduler.State, now scheduler.Time) int64 {
	last, wait := scheduler.Time(0), int64(0)
	for i := range s.Floor.Visits {
		if v := &s.Floor.Visits[i]; v.FirstCall > last && v.FirstCall <= now {
			last, wait = v.FirstCall, v.FirstCall-s.WaitStart(v)
		}
	}
	return wait
}

// errors sums a list of outcomes up: mean absolute errors in seconds of the
// forecast and of the baselines, percent inside the 80 % range, mean width.
func scores(list []outcome) (mid, gap, last, inside, width, bias, told, tw float64) {
	n := float64(max(1, len(list)))
	abs := func(x int64) float64 { return float64(max(x, -x)) }
	for _, o := range list {
		mid += abs(o.mid-o.wait) / n
		bias += float64(o.wait-o.mid) / n
		gap += abs(o.byGap-o.wait) / n
		last += abs(o.byLast-o.wait) / n
		width += float64(o.high-o.low) / n
		if o.low <= o.wait && o.wait <= o.high {
			inside += 100 / n
		}
		if o.told.LowS <= o.wait && o.wait <= o.told.HighS {
			told += 100 / n
		}
		tw += float64(o.told.HighS-o.told.LowS) / n
	}
	return mid, gap, last, inside, width, bias, told, tw
}

func TestScoreDev(t *testing.T) {
	for _, visits := range []int{100, 120, 150} {
		var all []outcome
		for seed := uint64(1000); seed < 1010; seed++ {
			c := ordinary(seed)
			c.Visits = visits
			all = append(all, outcomes(c, nil, 50)...)
		}
		for h := -1; h < 8; h++ {
			var list []outcome
			w := int64(0)
			for _, o := range all {
				if o.hour == h || h < 0 {
					list = append(list, o)
					w += o.wait
				}
			}
			mid, gap, last, inside, width, bias, told, tw := scores(list)
			t.Logf("%d hour %d n=%d mid %.0f gap %.0f last %.0f inside %.1f width %.0f bias %.0f wait %d told %.1f tw %.0f", visits, h, len(list), mid, gap, last, inside, width, bias, w/int64(max(1, len(list))), told, tw)
		}
	}
}

func BenchmarkBatchHundred(b *testing.B) {
	r := newRun(Surge(3), Options{})
	r.end = r.w.Opens() + 2*hourS
	r.all()
	s := r.d.State
	b.ReportMetric(float64(len(s.Floor.Line(scheduler.Waiting))), "waiting")
	b.ReportAllocs()
	for b.Loop() {
		forecast.Of(forecast.Input{State: s, Now: s.At, Seed: 1})
	}
}
