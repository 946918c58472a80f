package simulation

import (
	"lapak/scheduler/document"
	"lapak/scheduler/procedure"
	"lapak/scheduler/seating"
)

// Input is the question of `lapak simulate`. Times are whole seconds from the
// start of the day, shares whole percent; what is missing takes its default.
type Input struct {
	Seed            uint64           `json:"seed"`
	Days            int              `json:"days"`
	WarmupS         int              `json:"warmup_s"`
	Hours           HoursInput       `json:"hours"`
	Arrivals        ArrivalsInput    `json:"arrivals"`
	Parties         map[string]int   `json:"parties"` // percent of visits by persons
	BookedPct       int              `json:"booked_pct"`
	NoShowPct       int              `json:"no_show_pct"`
	Officers        int              `json:"officers"`
	Rooms           []RoomInput      `json:"rooms"`
	Policy          PolicyInput      `json:"policy"`
	Procedure       []procedure.Step `json:"procedure"`
	Distribution    string           `json:"distribution"`
	SeatChangeS     int              `json:"seat_change_s"`
	RoomTurnaroundS int              `json:"room_turnaround_s"`
}

// HoursInput is when the branch opens, gives its last number and closes.
type HoursInput struct {
	OpenS       int `json:"open_s"`
	LastTicketS int `json:"last_ticket_s"`
	CloseS      int `json:"close_s"`
}

// ArrivalsInput is who comes when. Of the fields, only those of its kind may
// be given.
type ArrivalsInput struct {
	Kind        string `json:"kind"` // saturated, poisson or trace
	PerDay      int    `json:"per_day,omitempty"`
	HourWeights []int  `json:"-"` // in thousandths
	AtDoorPct   int    `json:"at_door_pct,omitempty"`
	AtS         []int  `json:"at_s,omitempty"`
}

// RoomInput is a room: a number of seats at least the distance apart, or a
// furnished plan.
type RoomInput struct {
	Seats int       `json:"seats,omitempty"`
	Plan  *RoomPlan `json:"plan,omitempty"`
}

// RoomPlan is a furnished room, as in `lapak seats choose`.
// Strangers hold the taken seats all day; the limit, when above 0, caps the
// persons. Its parties are read and not used: who comes is the question's.
type RoomPlan struct {
	DistanceMM int                 `json:"distance_mm"`
	TogetherMM int                 `json:"together_mm"`
	Seats      []seating.NamedSeat `json:"seats"`
	Taken      []string            `json:"taken,omitempty"`
	Parties    []seating.Party     `json:"parties,omitempty"`
	Limit      int                 `json:"limit,omitempty"`
}

// PolicyInput is the part of the policy that a simulation varies.
type PolicyInput struct {
	Mode           string `json:"mode"` // rolling, closed or single
	Pooled         bool   `json:"pooled"`
	GroupMax       int    `json:"group_max"`
	MaxFormWaitS   int    `json:"max_form_wait_s"`
	OvertakeMax    int    `json:"overtake_max"`
	BookingCreditS int    `json:"booking_credit_s"`
}

// DefaultInput is what an empty document asks.
func DefaultInput() Input {
	return Input{
		Seed: 1, Days: 20, Hours: HoursInput{OpenS: 0, LastTicketS: 25200, CloseS: 28800},
		Arrivals: ArrivalsInput{Kind: "saturated"}, Parties: map[string]int{"1": 100}, Officers: 2,
		Rooms:  []RoomInput{{Seats: 6}, {Seats: 6}},
		Policy: PolicyInput{Mode: "rolling", GroupMax: 6, MaxFormWaitS: 600, OvertakeMax: 2, BookingCreditS: 1200},
		Procedure: []procedure.Step{
			{Code: "briefing", Who: procedure.Visitor, MeanS: 180, CvPct: 20},
			{Code: "check", Who: procedure.Officer, MeanS: 60, CvPct: 50},
			{Code: "form", Who: procedure.Visitor, MeanS: 720, CvPct: 50},
			{Code: "verify", Who: procedure.Officer, MeanS: 90, CvPct: 60},
			{Code: "documents", Who: procedure.Visitor, MeanS: 360, CvPct: 70},
			{Code: "close", Who: procedure.Officer, MeanS: 90, CvPct: 60},
		},
		Distribution: "lognormal", SeatChangeS: 120, RoomTurnaroundS: 300,
	}
}

// FieldError says which field is wrong and why.
type FieldError = document.FieldError

func wrong(field, format string, args ...any) error { return document.Wrong(field, format, args...) }

// weights reads hour weights, which may have decimals, as whole thousandths.
type weights []int

const (
	thousandths = 1000
	maxWeight   = 1000 // one hour a thousand times another's is no day of a branch
	maxWeights  = 24   // hours of a day
)

// ReadDocument reads the list; null leaves it out.
func (w *weights) ReadDocument(r *document.Reader, path string) error {
	list := weights{}
	err := r.List(path, maxWeights, func(path string) error {
		x := 0.0
		if err := r.Value(path, &x); err != nil {
			return err
		}
		if !(x >= 0 && x <= maxWeight) {
			return wrong(path, "%g is outside 0 to %d", x, maxWeight)
		}
		list = append(list, int(x*thousandths+0.5))
		return nil
	})
	if !r.WasNull() {
		*w = list
	}
	return err
}

// ReadDocument reads the arrivals with the defaults of their kind.
func (a *ArrivalsInput) ReadDocument(r *document.Reader, path string) error {
	wire := struct {
		Kind        *string  `json:"kind"`
		PerDay      *int     `json:"per_day"`
		HourWeights *weights `json:"hour_weights"`
		AtDoorPct   *int     `json:"at_door_pct"`
		AtS         *[]int   `json:"at_s"`
	}{}
	if err := r.Value(path, &wire); err != nil {
		return err
	}
	if wire.Kind == nil {
		return wrong(path+".kind", "missing; say saturated, poisson or trace")
	}
	*a = ArrivalsInput{Kind: *wire.Kind}
	if a.Kind == "poisson" {
		a.PerDay, a.HourWeights, a.AtDoorPct = 300, []int{1500, 1800, 1400, 1000, 600, 800, 600, 300}, 6
	} else if wire.PerDay != nil || wire.HourWeights != nil || wire.AtDoorPct != nil {
		return wrong(path, "per_day, hour_weights and at_door_pct belong to the kind poisson")
	}
	if a.Kind != "trace" && wire.AtS != nil {
		return wrong(path+".at_s", "belongs to the kind trace")
	}
	if wire.PerDay != nil {
		a.PerDay = *wire.PerDay
	}
	if wire.HourWeights != nil {
		a.HourWeights = *wire.HourWeights
	}
	if wire.AtDoorPct != nil {
		a.AtDoorPct = *wire.AtDoorPct
	}
	if wire.AtS != nil {
		a.AtS = *wire.AtS
	}
	return nil
}

// ParseInput reads a question strictly: an unknown field, a field given twice,
// a wrong type or text behind the document is refused by the path of its
// field; what is missing takes its default, and a list or a map that is given
// replaces the default whole. The error is a *FieldError.
func ParseInput(b []byte) (Input, error) {
	in := DefaultInput()
	if err := document.Into(b, &in); err != nil {
		return Input{}, err
	}
	return in, in.Validate()
}
