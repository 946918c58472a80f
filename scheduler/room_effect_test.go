package scheduler

import "testing"

func TestTheEffectOfADrawingNamesWhoStays(t *testing.T) {
	d, do, _, change := redraw(t)
	before := Sum(d.State)
	e := d.RoomEffect(change, chiefOfAll, d.At)
	if Sum(d.State) != before {
		t.Fatal("asking changed the branch")
	}
	if e.Refusal != nil || !e.Waits || e.Before == nil || e.Before.Seats != 3 || e.After.Seats != 2 || e.After.Persons != 2 {
		t.Errorf("effect: %+v, want three booths to become two after the session", e)
	}
	if len(e.Stays) != 1 || e.Stays[0].Number != "A001" || e.Stays[0].Seat != 1 || e.Stays[0].Fate != "same" {
		t.Errorf("stays: %+v, want A001 at booth 1, as it is", e.Stays)
	}
	for fate, seats := range map[string][]SeatPlan{
		"moved":  {{XMM: 600, YMM: 500}, {XMM: 2600, YMM: 500}},
		"closed": {{XMM: 500, YMM: 500, Closed: true}, {XMM: 2000, YMM: 500}},
	} {
		other := change
		other.Seats = seats
		if got := d.RoomEffect(other, chiefOfAll, d.At).Stays[0].Fate; got != fate {
			t.Errorf("the booth's fate is %q, want %q", got, fate)
		}
	}
	do(chiefOfAll, change) // the very drawing that was asked about is taken
}

func TestTheEffectComparesTheRulesOfDistance(t *testing.T) {
	d, _, _, change := redraw(t)
	change.Seats = []SeatPlan{{XMM: 500, YMM: 500}, {XMM: 1500, YMM: 500}, {XMM: 2500, YMM: 500}, {XMM: 500, YMM: 1999}}
	change.KeepClear, change.Room.Normal = nil, 12
	want := map[string][2]int{ // by the distance, and in all
		"kemenkes_2020": {4, 4}, // exactly 1 m is far enough; 50 % of 12 is 6
		"office_150":    {2, 2}, // 1 and 3; 1.499 m to the fourth is too near
		"satgas_200":    {2, 2},
		"red_zone":      {2, 2},
		"none":          {4, 4},
	}
	for _, p := range d.RoomEffect(change, chiefOfAll, d.At).Presets {
		if got := [2]int{p.Holding.Distance, p.Holding.Persons}; got != want[p.Code] || !p.Holding.Proven {
			t.Errorf("%s: %v, want %v: %+v", p.Code, got, want[p.Code], p.Holding)
		}
	}
}

func TestTheEffectSaysWhatIsRefused(t *testing.T) {
	d, _, _, change := redraw(t)
	change.Seats[1].XMM = 9000
	if e := d.RoomEffect(change, chiefOfAll, d.At); e.Refusal == nil || e.Refusal.Code != "bad_seats" || e.Refusal.Field != "seats" {
		t.Errorf("a seat outside the walls: %+v", e.Refusal)
	}
	change.Version = 9
	if e := d.RoomEffect(change, chiefOfAll, d.At); e.Refusal == nil || e.Refusal.Code != "stale_version" {
		t.Errorf("an old version: %+v", e.Refusal)
	}
}
