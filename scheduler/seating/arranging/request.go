package arranging

import (
	"fmt"
	"math"

	"lapak/scheduler/document"
)

// Request is a room to furnish. The origin is a corner of the room; lengths are whole millimetres.
type Request struct {
	WidthMM    int    `json:"width_mm"` // Along x.
	DepthMM    int    `json:"depth_mm"` // Along y.
	MarginMM   int    `json:"margin_mm"`
	DistanceMM int    `json:"distance_mm"`
	Obstacles  []Rect `json:"obstacles"`  // Pillars, desks: kept clear by the margin on each side.
	KeepClear  []Rect `json:"keep_clear"` // Doors, lanes: kept clear as they are.
	Seed       int    `json:"seed"`
}

// Rect is a rectangle; x and y are its corner nearest the origin.
type Rect struct {
	XMM     int `json:"x_mm"`
	YMM     int `json:"y_mm"`
	WidthMM int `json:"width_mm"`
	DepthMM int `json:"depth_mm"`
}

// Seat is a place for one seat's centre.
type Seat struct {
	ID  string `json:"id"` // S1, S2, …: from the origin along x, row by row.
	XMM int    `json:"x_mm"`
	YMM int    `json:"y_mm"`
}

// Answer is a furnished room.
type Answer struct {
	Count      int    `json:"count"`
	UpperBound int    `json:"upper_bound"` // No arrangement has more.
	Seats      []Seat `json:"seats"`
	Stopped    string `json:"stopped,omitempty"` // "time" when the caller's stop ended the search.
}

// DefaultRequest is what an empty document asks (docs/protocol.md).
func DefaultRequest() Request {
	return Request{WidthMM: 8000, DepthMM: 6000, MarginMM: 500, DistanceMM: 1500, Seed: 1}
}

// ParseRequest reads a request strictly: an unknown field, a field given twice, a wrong type or text behind the
// document is refused by the path of its field. What is missing, or null, takes its default; a rectangle's
// corner is at the origin by default, but its size must be given. The error is a *document.FieldError.
func ParseRequest(text []byte) (Request, error) {
	request := DefaultRequest()
	err := document.Read(text, func(r *document.Reader, name, path string) error {
		switch name {
		case "width_mm":
			return r.Whole(path, &request.WidthMM)
		case "depth_mm":
			return r.Whole(path, &request.DepthMM)
		case "margin_mm":
			return r.Whole(path, &request.MarginMM)
		case "distance_mm":
			return r.Whole(path, &request.DistanceMM)
		case "obstacles":
			return readRects(r, path, &request.Obstacles)
		case "keep_clear":
			return readRects(r, path, &request.KeepClear)
		case "seed":
			return r.Whole(path, &request.Seed)
		}
		return document.Unknown(path)
	})
	if err != nil {
		return Request{}, err
	}
	return request, request.Validate()
}

func readRects(r *document.Reader, path string, to *[]Rect) error {
	return r.List(path, MaxRects, func(path string) error {
		rect := Rect{WidthMM: missing, DepthMM: missing}
		err := r.Object(path, func(name, path string) error {
			switch name {
			case "x_mm":
				return r.Whole(path, &rect.XMM)
			case "y_mm":
				return r.Whole(path, &rect.YMM)
			case "width_mm":
				return r.Whole(path, &rect.WidthMM)
			case "depth_mm":
				return r.Whole(path, &rect.DepthMM)
			}
			return document.Unknown(path)
		})
		*to = append(*to, rect)
		switch {
		case err != nil:
			return err
		case rect.WidthMM == missing:
			return document.Wrong(path+".width_mm", "missing; say how wide it is along x")
		case rect.DepthMM == missing:
			return document.Wrong(path+".depth_mm", "missing; say how deep it is along y")
		}
		return nil
	})
}

// missing is no size of a rectangle.
const missing = math.MinInt

const (
	// MaxLengthMM bounds the sides and the margin at 1 km: no room is larger, and squares of such lengths
	// are far from overflow.
	MaxLengthMM = 1_000_000
	// MaxDistanceMM bounds the distance at 100 m, as in seating; more is a mistyped unit.
	MaxDistanceMM = 100_000
	// MaxSeats bounds how many seats could fit: more than this is a mistyped unit or a hall to divide.
	MaxSeats = 10_000
	// MaxRects bounds each list of rectangles; the free floor falls into up to the square of them.
	MaxRects = 100
)

// Validate returns a *document.FieldError for the first field that is wrong, or nil.
func (r *Request) Validate() error {
	for _, c := range []struct {
		field           string
		value, low, top int
	}{
		{"width_mm", r.WidthMM, 1, MaxLengthMM}, {"depth_mm", r.DepthMM, 1, MaxLengthMM},
		{"margin_mm", r.MarginMM, 0, MaxLengthMM}, {"distance_mm", r.DistanceMM, 1, MaxDistanceMM},
	} {
		if c.value < c.low || c.value > c.top {
			return document.Wrong(c.field, "%d is outside %d to %d millimetres", c.value, c.low, c.top)
		}
	}
	for _, list := range []struct {
		field string
		rects []Rect
	}{{"obstacles", r.Obstacles}, {"keep_clear", r.KeepClear}} {
		if len(list.rects) > MaxRects {
			return document.Wrong(list.field, "%d rectangles; at most %d are possible, join those that touch", len(list.rects), MaxRects)
		}
		for i, rect := range list.rects {
			if err := rect.validate(fmt.Sprintf("%s[%d]", list.field, i)); err != nil {
				return err
			}
		}
	}
	box := r.box()
	if !box.empty() && olerEstimate(box.x1-box.x0, box.y1-box.y0, r.DistanceMM) > MaxSeats {
		return document.Wrong("distance_mm", "at %d mm more than %d seats might fit; give a longer distance, or divide the room", r.DistanceMM, MaxSeats)
	}
	return nil
}

func (r *Rect) validate(field string) error {
	for _, c := range []struct {
		field      string
		value, low int
	}{{".x_mm", r.XMM, -MaxLengthMM}, {".y_mm", r.YMM, -MaxLengthMM}, {".width_mm", r.WidthMM, 0}, {".depth_mm", r.DepthMM, 0}} {
		if c.value < c.low || c.value > MaxLengthMM {
			return document.Wrong(field+c.field, "%d is outside %d to %d millimetres", c.value, c.low, MaxLengthMM)
		}
	}
	return nil
}

// box is where a seat's centre may be as far as the walls go.
func (r *Request) box() block {
	return block{r.MarginMM, r.MarginMM, r.WidthMM - r.MarginMM, r.DepthMM - r.MarginMM}
}
