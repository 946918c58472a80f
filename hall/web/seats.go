package web

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"

	texts "lapak/scheduler/document"
	"lapak/scheduler/seating"
	"lapak/scheduler/seating/arranging"
)

// The questions of `lapak seats`, as the room editor asks them.
const (
	// chooseTime and arrangeTime are safety stops; the searches' budgets normally
	// end them long before.
	chooseTime  = 2 * time.Second
	arrangeTime = 5 * time.Second
	// arrangePauseS is when a search that is under way is over.
	arrangePauseS = 5
)

// chooseForm and arrangeForm are the documents of `lapak seats choose` and
// `lapak seats arrange`; their own packages read them.
type (
	chooseForm struct {
		DistanceMM int               `json:"distance_mm"`
		TogetherMM int               `json:"together_mm"`
		Seats      []chooseSeatForm  `json:"seats" need:"true"`
		Taken      []string          `json:"taken"`
		Parties    []choosePartyForm `json:"parties"`
		Limit      int               `json:"limit"`
	}
	chooseSeatForm struct {
		ID         string `json:"id" need:"true"`
		XMM        int    `json:"x_mm"`
		YMM        int    `json:"y_mm"`
		Accessible bool   `json:"accessible"`
		Closed     bool   `json:"closed"`
	}
	choosePartyForm struct {
		ID         string `json:"id" need:"true"`
		Persons    int    `json:"persons" need:"true"`
		Accessible bool   `json:"accessible"`
	}
	arrangeForm struct {
		WidthMM    int               `json:"width_mm"`
		DepthMM    int               `json:"depth_mm"`
		MarginMM   int               `json:"margin_mm"`
		DistanceMM int               `json:"distance_mm"`
		Obstacles  []arrangeRectForm `json:"obstacles"`
		KeepClear  []arrangeRectForm `json:"keep_clear"`
		Seed       int               `json:"seed"`
	}
	arrangeRectForm struct {
		XMM     int `json:"x_mm"`
		YMM     int `json:"y_mm"`
		WidthMM int `json:"width_mm" need:"true"`
		DepthMM int `json:"depth_mm" need:"true"`
	}
)

// badDocument tells the field of a document that a package of the rules refused.
func badDocument(err error) error {
	var field *texts.FieldError
	if errors.As(err, &field) {
		return badField(http.StatusUnprocessableEntity, "bad_field", field.Field, "%s: %s.", field.Field, field.Reason)
	}
	return refuse(http.StatusBadRequest, "bad_request", "The body does not have the form that this request needs.")
}

// chooseSeats says which seats of a drawing may be used together.
func chooseSeats(c *call) (reply, error) {
	request, err := seating.ParseRequest(c.body)
	if err != nil {
		return reply{}, badDocument(err)
	}
	end := time.Now().Add(chooseTime)
	choice, err := seating.ChooseUntil(request, func() bool { return c.context().Err() != nil || !time.Now().Before(end) })
	if err != nil {
		return reply{}, badDocument(err)
	}
	return ok(choice)
}

// arrangement is one line of an arrangement's answer: each better one as it is
// found, and the last one with done.
type arrangement struct {
	arranging.Answer
	Done bool `json:"done"`
}

// arrangeSeats furnishes a drawing: every better answer is a line of its own, as
// soon as it is found. Going away ends the search. One search at a time, because
// the branch's own work comes first.
func arrangeSeats(c *call) (reply, error) {
	request, err := arranging.ParseRequest(c.body)
	if err != nil {
		return reply{}, badDocument(err)
	}
	select {
	case c.s.arrange <- struct{}{}:
		defer func() { <-c.s.arrange }()
	default:
		return reply{}, later(http.StatusTooManyRequests, "arranging_busy", arrangePauseS, "Another room is being filled. Ask again in some seconds.")
	}
	c.w.Header().Set("Content-Type", "application/x-ndjson")
	c.w.WriteHeader(http.StatusOK)
	lines, control := json.NewEncoder(c.w), http.NewResponseController(c.w)
	gone := false
	say := func(a arranging.Answer, done bool) {
		if gone = gone || lines.Encode(arrangement{a, done}) != nil; !gone {
			_ = control.Flush() // who cannot be flushed to gets everything at the end
		}
	}
	end := time.Now().Add(arrangeTime)
	answer := arranging.Arrange(request, func(a arranging.Answer) { say(a, false) },
		func() bool { return gone || c.context().Err() != nil || !time.Now().Before(end) })
	say(answer, true)
	return reply{written: true}, nil
}
