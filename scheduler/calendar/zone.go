package calendar

import (
	"fmt"
	"strings"
)

// Zone is one of the three Indonesian time zones. None has daylight saving, so an offset is enough and
// a branch PC without a zone database computes the same days as every other machine. JSON: the zone's
// id, for example "Asia/Jakarta". The zero Zone is WIB.
type Zone uint8

// The zones, from west to east.
const (
	WIB  Zone = iota // Asia/Jakarta, UTC+7
	WITA             // Asia/Makassar, UTC+8
	WIT              // Asia/Jayapura, UTC+9
)

const (
	secondsPerHour = 3600
	// SecondsPerDay is the length of every local day: there is no daylight saving to make it other.
	SecondsPerDay = 24 * secondsPerHour
)

var zones = [...]struct {
	id, short string
	offsetS   int
}{
	WIB:  {"Asia/Jakarta", "WIB", 7 * secondsPerHour},
	WITA: {"Asia/Makassar", "WITA", 8 * secondsPerHour},
	WIT:  {"Asia/Jayapura", "WIT", 9 * secondsPerHour},
}

// Zones lists every zone.
func Zones() []Zone { return []Zone{WIB, WITA, WIT} }

// ParseZone reads a zone's id.
func ParseZone(id string) (Zone, error) {
	var known []string
	for zone, row := range zones {
		if row.id == id {
			return Zone(zone), nil
		}
		known = append(known, row.id)
	}
	return 0, fmt.Errorf("zone %q is not known; choose one of %s", clip(id), strings.Join(known, ", "))
}

func (z Zone) valid() bool { return int(z) < len(zones) }

// ID is the zone's id, for example Asia/Jakarta.
func (z Zone) ID() string {
	if !z.valid() {
		return fmt.Sprintf("zone%d", uint8(z))
	}
	return zones[z].id
}

// String is the short name people write: WIB, WITA or WIT.
func (z Zone) String() string {
	if !z.valid() {
		return fmt.Sprintf("zone%d", uint8(z))
	}
	return zones[z].short
}

// OffsetS is the seconds this zone is ahead of UTC; an invalid zone counts as WIB, so that arithmetic
// never fails where Validate was forgotten.
func (z Zone) OffsetS() int {
	if !z.valid() {
		return zones[WIB].offsetS
	}
	return zones[z].offsetS
}

// MarshalText makes a zone its id in JSON.
func (z Zone) MarshalText() ([]byte, error) {
	if !z.valid() {
		return nil, fmt.Errorf("zone number %d is not known", uint8(z))
	}
	return []byte(zones[z].id), nil
}

// UnmarshalText reads a zone's id.
func (z *Zone) UnmarshalText(text []byte) error {
	zone, err := ParseZone(string(text))
	if err != nil {
		return err
	}
	*z = zone
	return nil
}

// split divides a moment (Unix seconds) into local days since 1970 and the second of that day.
func (z Zone) split(at int64) (days, second int64) {
	local := at + int64(z.OffsetS())
	if local < at { // Overflow at the far end of time.
		local = at
	}
	days, second = local/SecondsPerDay, local%SecondsPerDay
	if second < 0 {
		days--
		second += SecondsPerDay
	}
	return days, second
}

// DateOf returns the local date of a moment in Unix seconds, held within MinDate and MaxDate.
func (z Zone) DateOf(at int64) Date {
	days, _ := z.split(at)
	return clamp(days)
}

// SecondOfDay returns the seconds since local midnight, 0 to 86399, of a moment in Unix seconds.
func (z Zone) SecondOfDay(at int64) int {
	_, second := z.split(at)
	return int(second)
}

// At returns the Unix seconds of a local date and second of the day. A second of 86400 or more lies in
// the following days, a negative one in the days before.
func (z Zone) At(date Date, secondOfDay int) int64 {
	return int64(date)*SecondsPerDay + int64(secondOfDay) - int64(z.OffsetS())
}
