package fivefold

import (
	"encoding/json"
	"fmt"
	"math"

	"lapak/scheduler/procedure"
	"lapak/scheduler/simulation"
)

// reached says in a word whether the five-fold is reached: for certain, within
// the doubt of the measurement, or not.
func reached(m simulation.Multiplier) string {
	switch {
	case m.Low >= fold:
		return "yes"
	case m.High >= fold:
		return "nearly"
	}
	return "no"
}

const fold = 5

func seats(s *study) {
	s.say("Two officers, a room each, the standard JHT procedure (25 minutes in all, 4 of them the officer's), the briefing played at the seat, a freed seat called at once.")
	var rows [][]string
	of, pooled, ceiling := map[int]simulation.Multiplier{}, 0.0, 0.0
	for _, n := range []int{4, 5, 6, 7, 8, 10, 12} {
		a, _, own := s.ask(`{"days":%d,"rooms":%s,"policy":{"group_max":%d}}`, days, rooms(2, n), n)
		b, _, pool := s.ask(`{"days":%d,"rooms":%s,"policy":{"group_max":%d,"pooled":true}}`, days, rooms(2, n), n)
		of[n], ceiling = own.Multiplier, max(ceiling, own.Ceiling.Value)
		if n == 6 {
			pooled = pool.Multiplier.Value
		}
		rows = append(rows, []string{fmt.Sprint(n), times(own.Multiplier), times(pool.Multiplier), reached(own.Multiplier), fmt.Sprintf("%.1f", own.Ceiling.Value),
			own.Ceiling.Binds, fmt.Sprintf("%d %%", own.OfficerBusyPct), counter(own.Multiplier), a + ", " + b})
	}
	s.table("seats for each officer|multiplier|officers pooled|five-fold|ceiling|what binds|officer busy|over the prepared counter|question", rows)
	five, six, eight, twelve := of[5], of[6], of[8], of[12]
	s.claim(five.High < fold && six.Low >= fold && eight.Value > 1.12*six.Value && twelve.Value < 1.1*eight.Value && pooled > 1.02*six.Value && pooled < 1.09*six.Value,
		"So: with the standard procedure six seats are enough, five are not. Eight bring a good tenth or two more. Beyond that little is left to win: the officer's minutes are used up.\nPooling (each officer serves both rooms) is worth about a twentieth.")
	s.short("With the standard JHT procedure, six seats for an officer and the briefing played at the seat, one officer does the work of %.1f. With eight seats it is %.1f. More than %.1f is not possible, whatever the room.", six.Value, eight.Value, ceiling)
	s.short("That is over a counter where the officer waits while people fill in forms. Over a counter where everybody comes prepared it is %s times with six seats and %s with eight, no more.", counter(six), counter(eight))
}

// step is a step of a question.
func step(name, who string, mean, cv int) string {
	return fmt.Sprintf(`{"step":%q,"who":%q,"mean_s":%d,"cv_pct":%d}`, name, who, mean, cv)
}

// briefed is the standard procedure with the briefing given by the one named.
func briefed(who string) string {
	steps := "[" + step("briefing", who, 180, 20)
	for _, x := range simulation.DefaultInput().Procedure[1:] {
		steps += "," + step(string(x.Code), x.Who.String(), x.MeanS, x.CvPct)
	}
	return steps + "]"
}

func ways(s *study) {
	s.say("Two officers, two rooms of six seats, the standard procedure. Only the way of working differs.")
	var rows [][]string
	var got []float64
	for _, x := range []struct{ name, who, policy string }{
		{"a freed seat called at once, briefing played at the seat", "visitor", `{}`},
		{"the same, officers pooled", "visitor", `{"pooled":true}`},
		{"a freed seat called at once, one briefing for all who wait for it", "group", `{}`},
		{"a freed seat called at once, the officer briefs each newcomer", "officer", `{}`},
		{"closed groups, briefing played at the seat", "visitor", `{"mode":"closed"}`},
		{"closed groups, one live briefing for the group", "group", `{"mode":"closed"}`},
		{"one at a time", "visitor", `{"mode":"single"}`},
	} {
		q, _, out := s.ask(`{"days":%d,"policy":%s,"procedure":%s}`, days, x.policy, briefed(x.who))
		got = append(got, out.Multiplier.Value)
		rows = append(rows, []string{x.name, times(out.Multiplier), reached(out.Multiplier), fmt.Sprintf("%.1f", out.Ceiling.Value), out.Ceiling.Binds,
			fmt.Sprintf("%d %%", out.OfficerBusyPct), counter(out.Multiplier), q})
	}
	s.table("way of working|multiplier|five-fold|ceiling|what binds|officer busy|over the prepared counter|question", rows)
	s.claim(got[0] >= fold && max(got[2], got[3], got[4], got[5]) < fold && min(got[4], got[5]) >= 3 && max(got[4], got[5]) <= 4,
		"So: two things carry the five-fold. A seat is filled when it frees, not when the group is over. And the officer does not give the briefing.\nWithout either of them there is no five-fold with six seats.\nA closed group stays right where the room must be cleaned between groups; count on three to four.")
	s.short("Two things carry it: a seat is filled as soon as it frees, and the officer does not give the briefing. With closed groups it is %.1f, with a briefing by the officer %.1f.", got[4], got[3])
}

func programmes(s *study) {
	s.say("Each programme's procedure as the branch starts with it. They are to be corrected by what the branch measures. One officer, one room, a freed seat called at once.")
	var rows [][]string
	others := 0.0
	for _, p := range procedure.Default().Procedures {
		if p.InformOnly {
			continue
		}
		steps, err := json.Marshal(p.Steps)
		if err != nil {
			s.fail(s.section.Letter, err)
			return
		}
		officer := p.OfficerS(1)
		row := []string{string(p.Programme), minutes(int64(officer)), minutes(int64(p.TotalS() - officer))}
		best, questions, ceiling, left := "no", "", 0.0, ""
		for _, n := range []int{4, 6, 8} {
			q, _, out := s.ask(`{"days":%d,"officers":1,"rooms":%s,"policy":{"group_max":%d},"procedure":%s}`, days, rooms(1, n), n, steps)
			row = append(row, times(out.Multiplier))
			if best == "no" && reached(out.Multiplier) == "yes" {
				best = fmt.Sprintf("from %d seats", n)
			}
			if p.Programme != procedure.JHT {
				others = max(others, out.Multiplier.Value)
			}
			ceiling, left, questions = max(ceiling, out.Ceiling.Value), counter(out.Multiplier), questions+", "+q
		}
		rows = append(rows, append(row, fmt.Sprintf("%.1f", ceiling), best, left, questions[2:]))
	}
	s.table("programme|officer, min|own, min|4 seats|6 seats|8 seats|ceiling|five-fold|8 seats over the prepared counter|questions", rows)
	s.claim(others < 3, "So: the five-fold belongs to JHT, where people have much to do on their own. The other programmes need the officer for most of the time.\nNo room and no screen changes that. Serve them one to one at a side desk, or move a part of the officer's questions to the booth screen.")
	s.short("Programmes in which the officer is needed most of the time cannot reach it: JKK, JKM and JP stay below %.0f, with any number of seats.", math.Ceil(others))
}

// interference is the closed form of one officer with n seats always filled,
// exponential times: how many times the one-to-one throughput it reaches
// (finite-source queue; Palm 1947, machine interference).
func interference(n, officerS, ownS int) float64 {
	sum, term := 1.0, 1.0
	for k := 1; k <= n; k++ {
		term *= float64(n-k+1) * float64(officerS) / float64(ownS)
		sum += term
	}
	return (1 - 1/sum) * float64(officerS+ownS) / float64(officerS)
}

func minutesOf(s *study) {
	s.say("What matters is the officer's minutes against the visitor's own. One officer, seats filled at once, no change of seats, times with the widest usual spread (exponential).\nEach cell: measured on the rules, and in brackets what the formula of the finite-source queue says.\nThe multiplier is here the measured `claims_per_officer_hour` over the exact one-to-one figure, 60 over the minutes of a claim; a question's own `single` only estimates it.")
	var rows [][]string
	worst := 0.0
	for _, x := range [][2]int{{3, 15}, {4, 16}, {4, 20}, {5, 20}, {6, 15}, {8, 15}, {3, 9}, {2, 16}} {
		row := []string{fmt.Sprintf("%d + %d", x[0], x[1]), fmt.Sprintf("%.1f", float64(x[0]+x[1])/float64(x[0]))}
		questions := ""
		for _, n := range []int{4, 6, 8} {
			q, _, out := s.ask(`{"days":10,"warmup_s":7200,"hours":{"last_ticket_s":86000,"close_s":86400},"officers":1,"rooms":%s,"policy":{"group_max":%d},"procedure":[%s,%s],"distribution":"exponential","seat_change_s":0}`,
				rooms(1, n), n, step("own", "visitor", x[1]*60, 0), step("with", "officer", x[0]*60, 0))
			alone := 60 / float64(x[0]+x[1])
			measured, formula := out.ClaimsPerOfficerHour/alone, interference(n, x[0]*60, x[1]*60)
			row, questions = append(row, fmt.Sprintf("%.1f (%.1f)", measured, formula)), questions+", "+q
			worst = max(worst, measured/formula-1, 1-measured/formula)
		}
		rows = append(rows, append(row, questions[2:]))
	}
	s.table("officer + own, min|ceiling|4 seats|6 seats|8 seats|questions", rows)
	s.say("The greatest distance between a measured value and the formula is %.0f %% here, which is chance. Over more days it stays within 2 %%: `go test ./scheduler/simulation -run FiniteSource` holds that.", 100*worst)
	s.claim(worst <= 0.035 && interference(1000, 360, 900) < fold && interference(6, 120, 960) > fold, "So: with six officer-minutes in twenty-one no number of seats gives five. With two in eighteen six seats give more.\nEach minute that moves from the officer to the booth screen is worth more than a seat.")
}

func waits(s *study) {
	s.say("Two officers, two rooms of six seats, people come through the day with a morning peak. Minutes from arrival to the call: mean, and what 95 of 100 people stay below.\nThe bound is a branch with the same seats whose officers have time without end: first come, first seated, each seat kept for the person's steps one after the other and its change.\nNobody who seats people can do better on average.")
	var rows [][]string
	ratio, p95, least := map[int]float64{}, int64(0), int64(0)
	for _, perDay := range []int{60, 100, 140} {
		for _, x := range []struct{ name, policy string }{
			{"a freed seat called at once", `{}`}, {"the same, officers pooled", `{"pooled":true}`}, {"closed groups", `{"mode":"closed"}`}, {"one at a time", `{"mode":"single"}`},
		} {
			q, in, out := s.ask(`{"days":%d,"arrivals":{"kind":"poisson","per_day":%d},"policy":%s}`, days, perDay, x.policy)
			in.Policy.Mode = "rolling" // the bound is of the seats, whatever the way of working
			bound, err := simulation.SeatsOnly(in)
			if err != nil {
				s.fail(s.section.Letter, err)
				return
			}
			times := "as good as none"
			if bound.P95 > 0 {
				times = fmt.Sprintf("%.1f times", float64(out.WaitS.P95)/float64(bound.P95))
			}
			if x.policy == `{}` {
				ratio[perDay] = float64(out.WaitS.P95) / float64(max(1, bound.P95))
				if perDay == 100 {
					p95, least = out.WaitS.P95, bound.P95
				}
			}
			unserved := "none"
			if out.Unserved > 0 {
				unserved = share(out.Unserved, out.Arrived)
			}
			rows = append(rows, []string{fmt.Sprint(perDay), x.name, minutes(out.WaitS.Mean) + " / " + minutes(out.WaitS.P95),
				minutes(bound.Mean) + " / " + minutes(bound.P95), times, minutes(out.DoorToDoorS.P50), unserved, q})
		}
	}
	s.table("visits a day|way of working|wait: mean / 95 %|bound: mean / 95 %|95 % over the bound|door to door, half of them|sent home unserved|question", rows)
	s.claim(ratio[100] <= 2.5 && ratio[140] <= 2.5, "So: up to a hundred visits a day two officers with six seats each hardly let anybody wait. The waits stay within two and a half times the least that twelve seats allow.\nClosed groups let people wait many times longer on the same day. One at a time, half of them or more go home unserved on a busy day.")
	s.short("At a hundred visits a day, two officers and twelve seats, 95 of 100 people wait less than %s minutes. The least that the seats allow is %s.", minutes(p95), minutes(least))
}

func families(s *study) {
	s.say("Three of ten visits are two to four people. About 140 people a day, two officers, two rooms of six seats. The rule says how often a family may be passed by others because it does not fit the free seats. Minutes.")
	var rows [][]string
	var large, single []int64
	for _, x := range []struct {
		name string
		most int
	}{{"never: the family stops the line", 0}, {"at most twice (the default)", 2}, {"at most four times", 4}, {"at most ten times", 10}} {
		q, _, out := s.ask(`{"days":%d,"arrivals":{"kind":"poisson","per_day":93},"parties":{"1":70,"2":15,"3":10,"4":5},"policy":{"overtake_max":%d}}`, 2*days, x.most)
		one, many := partiesOf(&out, 1, 1), partiesOf(&out, 3, 4)
		single, large = append(single, -one.Mean), append(large, many.Mean)
		rows = append(rows, []string{x.name, minutes(out.WaitS.Mean), minutes(many.Mean) + " / " + minutes(many.Max), minutes(one.Mean) + " / " + minutes(one.Max), q})
	}
	s.table("a family may be passed|mean wait|three and more: mean / worst|singles: mean / worst|question", rows)
	s.claim(large[1] < large[0] && -single[1] < -single[0] && large[3] <= large[1]*105/100,
		"So: a line that stops for a family is worse for everybody, the families too. Two passes are the default: seats are held for a family before it has been passed more often, so a higher number hardly changes anything.\nPassing without any bound is not offered: it lets families starve.")
}

// partiesOf joins the waits of visits of so many persons.
func partiesOf(out *simulation.Output, from, to int) simulation.Spread {
	var sum simulation.Spread
	n := int64(0)
	for _, p := range out.Parties {
		if p.Persons >= from && p.Persons <= to {
			sum.Mean, sum.Max, n = sum.Mean+p.WaitS.Mean*int64(p.Count), max(sum.Max, p.WaitS.Max), n+int64(p.Count)
		}
	}
	sum.Mean /= max(1, n)
	return sum
}

// share writes a part of a whole in percent.
func share(part, whole int) string {
	if 200*part < whole {
		return "under 1 %"
	}
	return fmt.Sprintf("%d %%", (100*part+whole/2)/whole)
}
