package seating

import (
	"strconv"

	"lapak/scheduler/document"
)

// FieldError says which field is wrong and why. Field is the JSON path, for example seats[3].x_mm.
type FieldError = document.FieldError

func wrong(field, format string, args ...any) error { return document.Wrong(field, format, args...) }

func at(field string, index int) string { return field + "[" + strconv.Itoa(index) + "]" }

const (
	// MaxCoordinateMM bounds a position, 1 km from the origin: no room is larger, and squares of such
	// lengths are far from overflow.
	MaxCoordinateMM = 1_000_000
	// MaxDistanceMM bounds the distance rule at 100 m; more is a mistyped unit.
	MaxDistanceMM = 100_000
	// MaxPersons bounds a party: more people than this come as several visits.
	MaxPersons = 20
)

// Validate checks the arguments of NewPlan and returns a *FieldError for the first that is wrong, or nil.
func Validate(seats []Seat, distanceMM, togetherMM int) error {
	if err := validateLengths(distanceMM, togetherMM); err != nil {
		return err
	}
	if len(seats) > MaxSeats {
		return wrong("seats", "%d seats; a room has at most %d, divide it", len(seats), MaxSeats)
	}
	for i, seat := range seats {
		if err := validatePosition(at("seats", i), int64(seat.XMM), int64(seat.YMM)); err != nil {
			return err
		}
	}
	return nil
}

func validateLengths(distanceMM, togetherMM int) error {
	if distanceMM < 0 || distanceMM > MaxDistanceMM {
		return wrong("distance_mm", "%d is outside 0 to %d millimetres", distanceMM, MaxDistanceMM)
	}
	if togetherMM < 0 || togetherMM > MaxDistanceMM {
		return wrong("together_mm", "%d is outside 0 to %d millimetres; 0 stands for distance_mm-1", togetherMM, MaxDistanceMM)
	}
	return nil
}

func validatePosition(field string, x, y int64) error {
	if x < -MaxCoordinateMM || x > MaxCoordinateMM {
		return wrong(field+".x_mm", "%d is outside -%d to %d millimetres", x, MaxCoordinateMM, MaxCoordinateMM)
	}
	if y < -MaxCoordinateMM || y > MaxCoordinateMM {
		return wrong(field+".y_mm", "%d is outside -%d to %d millimetres", y, MaxCoordinateMM, MaxCoordinateMM)
	}
	return nil
}
