package board

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rsc.io/qr"

	"lapak/scheduler"
)

var run = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1H(\d+)z`)

// TestSquaresAreTheCode draws the path again and compares every module.
func TestSquaresAreTheCode(t *testing.T) {
	code, err := qr.Encode(strings.Repeat("Nomor antrean A014 ", 12), qr.L)
	if err != nil {
		t.Fatal(err)
	}
	path := squares(code)
	dark := map[[2]int]bool{}
	for _, m := range run.FindAllStringSubmatch(path, -1) {
		var n [4]int
		for i := range n {
			if n[i], err = strconv.Atoi(m[i+1]); err != nil {
				t.Fatal(err)
			}
		}
		if n[3] != n[0] {
			t.Fatalf("%s does not close where it began", m[0])
		}
		for x := n[0]; x < n[0]+n[2]; x++ {
			dark[[2]int{x, n[1]}] = true
		}
	}
	if rest := run.ReplaceAllString(path, ""); rest != "" {
		t.Errorf("the path holds %q besides", rest)
	}
	for y := range code.Size {
		for x := range code.Size {
			if dark[[2]int{x, y}] != code.Black(x, y) {
				t.Fatalf("module %d, %d is drawn %v", x, y, dark[[2]int{x, y}])
			}
		}
	}
}

// TestASeatShowsTheEndOfItsOwnVisit looks at every seat of a busy branch: a seat that
// is being cleaned has the outcome, the code of the receipts and the survey of whoever
// left, and no seat's code names another number.
func TestASeatShowsTheEndOfItsOwnVisit(t *testing.T) {
	s, _, now := busy(t)
	ended := 0
	for i := range s.Floor.Seats {
		seat := &s.Floor.Seats[i]
		v := Seat(s, seat.Room, seat.No, now)
		if seat.Visit != 0 && len(v.Claims) == 0 {
			t.Errorf("seat %d of room %d has somebody with no claim", seat.No, seat.Room)
		}
		if (v.QR != nil) != (len(v.Done) > 0) {
			t.Errorf("seat %d of room %d: %d outcomes, a code: %v", seat.No, seat.Room, len(v.Done), v.QR != nil)
		}
		if seat.State != scheduler.SeatCleaning || len(v.Done) == 0 {
			continue
		}
		ended++
		if v.LastNumber == "" || v.Number != "" || v.Survey == nil || !v.Survey.Due || v.Survey.Answered || v.Survey.Visit != int64(seat.LastVisit) {
			t.Errorf("seat %d of room %d is cleaned after %+v", seat.No, seat.Room, v)
		}
	}
	if ended == 0 {
		t.Error("nobody has left a seat within the hour: the test shows nothing")
	}
}
