package rehearsal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

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
type FieldError struct {
	Field  string
	Reason string
}

// Error is the field and the reason.
func (e *FieldError) Error() string { return e.Field + ": " + e.Reason }

func wrong(field, format string, args ...any) error {
	return &FieldError{Field: field, Reason: fmt.Sprintf(format, args...)}
}

// weights reads hour weights, which may have decimals, as whole thousandths.
type weights []int

const (
	thousandths = 1000
	maxWeight   = 1000 // one hour a thousand times another's is no day of a branch
)

func (w *weights) UnmarshalJSON(b []byte) error {
	var list []float64
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	*w = make(weights, len(list))
	for i, x := range list {
		if !(x >= 0 && x <= maxWeight) {
			return wrong(fmt.Sprintf("arrivals.hour_weights[%d]", i), "%g is outside 0 to %d", x, maxWeight)
		}
		(*w)[i] = int(x*thousandths + 0.5)
	}
	return nil
}

// UnmarshalJSON reads the arrivals with their defaults, refusing unknown
// fields.
func (a *ArrivalsInput) UnmarshalJSON(b []byte) error {
	wire := struct {
		Kind        *string  `json:"kind"`
		PerDay      *int     `json:"per_day"`
		HourWeights *weights `json:"hour_weights"`
		AtDoorPct   *int     `json:"at_door_pct"`
		AtS         *[]int   `json:"at_s"`
	}{}
	if err := strictly(b, &wire); err != nil {
		return inField("arrivals", err)
	}
	if wire.Kind == nil {
		return wrong("arrivals.kind", "missing; say saturated, poisson or trace")
	}
	*a = ArrivalsInput{Kind: *wire.Kind}
	if a.Kind == "poisson" {
		a.PerDay, a.HourWeights, a.AtDoorPct = 300, []int{1500, 1800, 1400, 1000, 600, 800, 600, 300}, 6
	} else if wire.PerDay != nil || wire.HourWeights != nil || wire.AtDoorPct != nil {
		return wrong("arrivals", "per_day, hour_weights and at_door_pct belong to the kind poisson")
	}
	if a.Kind != "trace" && wire.AtS != nil {
		return wrong("arrivals.at_s", "belongs to the kind trace")
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

func strictly(b []byte, to any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(to); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON document")
	}
	return nil
}

// inField names the field of a decoding error.
func inField(prefix string, err error) error {
	var field *FieldError
	var typed *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	join := func(name string) string { return strings.Trim(prefix+"."+name, ".") }
	switch {
	case errors.As(err, &field):
		return err
	case errors.As(err, &typed):
		if typed.Field == "" && prefix == "" {
			return wrong("input", "a %s is no question; an object is wanted", typed.Value)
		}
		return wrong(join(typed.Field), "a %s is not possible here; a %s is wanted", typed.Value, typed.Type)
	case errors.As(err, &syntax):
		return wrong(join("input"), "no JSON at byte %d: %v", syntax.Offset, err)
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		if bare := strings.Trim(name, `"`); strings.Trim(bare, ". ") != "" {
			name = bare // an empty one stays in its quotes, or the message would name nothing
		}
		return wrong(join(name), "is no field of this document")
	}
	return wrong(join("input"), "%v", err)
}

// ParseInput reads a question strictly: unknown fields are refused by name and
// missing ones take their default. The error is a *FieldError.
func ParseInput(b []byte) (Input, error) {
	in := DefaultInput()
	// A list or map that is given replaces the default whole.
	given := map[string]json.RawMessage{}
	if err := json.Unmarshal(b, &given); err != nil {
		return Input{}, inField("", err)
	}
	if _, ok := given["parties"]; ok {
		in.Parties = nil
	}
	if _, ok := given["procedure"]; ok {
		in.Procedure = nil
	}
	if _, ok := given["rooms"]; ok {
		in.Rooms = nil
	}
	if err := strictly(b, &in); err != nil {
		return Input{}, inField("", err)
	}
	return in, in.Validate()
}
