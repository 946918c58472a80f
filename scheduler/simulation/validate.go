package simulation

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
	"lapak/scheduler/seating"
)

// Limits of a simulation. They keep one run within minutes and inside the
// limits of the rules themselves.
const (
	MaxDays        = 10_000
	MaxPerDay      = 2_000 // several times the worst known day
	MaxSimOfficers = scheduler.MaxOfficers
	maxStepName    = 40
	MaxSimSteps    = 8 // turns of visitor and officer: the rules know so many steps beside the briefing
)

// Validate returns a *FieldError for the first field that is wrong, or nil.
func (in *Input) Validate() error {
	for _, b := range []struct {
		field      string
		value      int
		least, top int
	}{
		{"days", in.Days, 1, MaxDays},
		{"officers", in.Officers, 1, MaxSimOfficers},
		{"booked_pct", in.BookedPct, 0, 100},
		{"no_show_pct", in.NoShowPct, 0, 100},
		{"hours.open_s", in.Hours.OpenS, 0, 86_400 - 2},
		{"hours.last_ticket_s", in.Hours.LastTicketS, in.Hours.OpenS + 1, 86_400 - 1},
		{"hours.close_s", in.Hours.CloseS, in.Hours.LastTicketS, 86_400},
		{"policy.group_max", in.Policy.GroupMax, 1, scheduler.MaxGroup},
		{"policy.max_form_wait_s", in.Policy.MaxFormWaitS, 0, scheduler.MaxWaitS},
		{"policy.overtake_max", in.Policy.OvertakeMax, 0, scheduler.MaxOvertake},
		{"policy.booking_credit_s", in.Policy.BookingCreditS, 0, scheduler.MaxCreditS},
		{"seat_change_s", in.SeatChangeS, 0, scheduler.MaxWaitS},
		{"room_turnaround_s", in.RoomTurnaroundS, 0, scheduler.MaxWaitS},
		{"warmup_s", in.WarmupS, 0, in.Hours.LastTicketS - in.Hours.OpenS - 1},
	} {
		if b.value < b.least || b.value > b.top {
			return wrong(b.field, "%d is outside %d to %d", b.value, b.least, b.top)
		}
	}
	if !slices.Contains([]string{"rolling", "closed", "single"}, in.Policy.Mode) {
		return wrong("policy.mode", "%.40q is none of rolling, closed, single", in.Policy.Mode)
	}
	if !slices.Contains([]string{"lognormal", "exponential", "constant"}, in.Distribution) {
		return wrong("distribution", "%.40q is none of lognormal, exponential, constant", in.Distribution)
	}
	for _, check := range []func() error{in.validateArrivals, in.validateParties, in.validateRooms, in.validateProcedure} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (in *Input) validateArrivals() error {
	a := &in.Arrivals
	switch a.Kind {
	case "saturated":
	case "poisson":
		if a.PerDay < 0 || a.PerDay > MaxPerDay {
			return wrong("arrivals.per_day", "%d is outside 0 to %d", a.PerDay, MaxPerDay)
		}
		if a.AtDoorPct < 0 || a.AtDoorPct > 100 {
			return wrong("arrivals.at_door_pct", "%d is outside 0 to 100", a.AtDoorPct)
		}
		sum := 0
		for _, w := range a.HourWeights {
			sum += w
		}
		if len(a.HourWeights) > maxWeights || sum == 0 {
			return wrong("arrivals.hour_weights", "give 1 to %d weights that are not all 0", maxWeights)
		}
	case "trace":
		if a.AtS == nil || len(a.AtS) > MaxPerDay {
			return wrong("arrivals.at_s", "%d times; a trace needs its list, of up to %d", len(a.AtS), MaxPerDay)
		}
		for i, at := range a.AtS {
			if at < 0 || at > in.Hours.LastTicketS {
				return wrong(fmt.Sprintf("arrivals.at_s[%d]", i), "%d is outside 0 to last_ticket_s %d", at, in.Hours.LastTicketS)
			}
		}
	default:
		return wrong("arrivals.kind", "%.40q is none of saturated, poisson, trace", a.Kind)
	}
	return nil
}

func (in *Input) validateParties() error {
	sum := 0
	for _, key := range slices.Sorted(maps.Keys(in.Parties)) {
		n, err := strconv.Atoi(key)
		if err != nil || n < 1 || n > scheduler.MaxPersons || strconv.Itoa(n) != key {
			return wrong("parties", "%.40q is no number of persons from 1 to %d", key, scheduler.MaxPersons)
		}
		if in.Parties[key] < 0 {
			return wrong("parties."+key, "%d is negative", in.Parties[key])
		}
		sum += in.Parties[key]
	}
	if sum != 100 {
		return wrong("parties", "the shares add up to %d; they must add up to 100", sum)
	}
	return nil
}

func (in *Input) validateRooms() error {
	if len(in.Rooms) < 1 || len(in.Rooms) > scheduler.MaxRooms {
		return wrong("rooms", "%d rooms; 1 to %d are possible", len(in.Rooms), scheduler.MaxRooms)
	}
	for i, r := range in.Rooms {
		field := fmt.Sprintf("rooms[%d]", i)
		if (r.Plan == nil) == (r.Seats == 0) {
			return wrong(field, "give either seats or a plan")
		}
		if r.Plan == nil {
			if r.Seats < 1 || r.Seats > scheduler.MaxRoomSeats {
				return wrong(field+".seats", "%d is outside 1 to %d", r.Seats, scheduler.MaxRoomSeats)
			}
			continue
		}
		if err := r.Plan.validate(field + ".plan"); err != nil {
			return err
		}
		if first := in.Rooms[in.firstPlan()].Plan; first.DistanceMM != r.Plan.DistanceMM || first.TogetherMM != r.Plan.TogetherMM {
			return wrong(field+".plan.distance_mm", "one branch has one distance rule; this plan has another than the first")
		}
	}
	return nil
}

// validate checks the plan as `seats choose` does, and what the rules ask of a
// room's seats beyond that.
func (r *RoomPlan) validate(field string) error {
	q := seating.Request{DistanceMM: r.DistanceMM, TogetherMM: r.TogetherMM, Seats: r.Seats, Taken: r.Taken, Parties: r.Parties, Limit: r.Limit}
	if err := q.Validate(); err != nil {
		var at *seating.FieldError
		if errors.As(err, &at) {
			return wrong(field+"."+at.Field, "%s", at.Reason)
		}
		return wrong(field, "%v", err)
	}
	if r.DistanceMM > scheduler.MaxDistanceMM || r.TogetherMM > scheduler.MaxDistanceMM {
		return wrong(field+".distance_mm", "a branch's distances reach to %d mm", scheduler.MaxDistanceMM)
	}
	if len(r.Seats) == 0 {
		return wrong(field+".seats", "no seats; a room has 1 to %d", scheduler.MaxRoomSeats)
	}
	spots := map[[2]int]int{}
	for i, s := range r.Seats {
		if first, again := spots[[2]int{s.XMM, s.YMM}]; again {
			return wrong(fmt.Sprintf("%s.seats[%d]", field, i), "stands on the same spot as seats[%d]", first)
		}
		spots[[2]int{s.XMM, s.YMM}] = i
	}
	return nil
}

// firstPlan is the index of the first room with a plan, or -1.
func (in *Input) firstPlan() int {
	return slices.IndexFunc(in.Rooms, func(r RoomInput) bool { return r.Plan != nil })
}

func (in *Input) validateProcedure() error {
	for i, s := range in.Procedure {
		if len(s.Code) < 1 || len(s.Code) > maxStepName {
			return wrong(fmt.Sprintf("procedure[%d].step", i), "a step has a name of 1 to %d bytes", maxStepName)
		}
	}
	if err := procedure.ValidateSteps("procedure", in.Procedure); err != nil {
		var field *procedure.FieldError
		if errors.As(err, &field) {
			return wrong(field.Field, "%s", field.Reason)
		}
		return err
	}
	if n := len(stretchesOf(in, false)); n > MaxSimSteps {
		return wrong("procedure", "it goes to and fro between visitor and officer in %d turns; at most %d are possible, join some", n, MaxSimSteps)
	}
	return nil
}
