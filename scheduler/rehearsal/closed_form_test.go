package rehearsal

import (
	"fmt"
	"testing"
)

// With one person at a time and enough hours, the rules are the textbook's
// queue of several servers: the same draws, served in order of arrival by the
// first free officer, give the same waits to the second.
func TestSingleModeIsTheQueueOfSeveralServers(t *testing.T) {
	for _, officers := range []int{1, 2, 3, 5} {
		rooms := `{"seats":1}`
		for range officers - 1 {
			rooms += `,{"seats":3}`
		}
		in := parse(t, fmt.Sprintf(`{"seed":4,"days":6,"hours":{"open_s":0,"last_ticket_s":57600,"close_s":86400},"officers":%d,"rooms":[%s],
			"arrivals":{"kind":"poisson","per_day":%d,"hour_weights":[2,1,1,3,1,1,1,1,1,1,1,1,1,1,1,1]},"policy":{"mode":"single","group_max":1},"seat_change_s":60,
			"procedure":[{"step":"own","who":"visitor","mean_s":120,"cv_pct":40},{"step":"with","who":"officer","mean_s":240,"cv_pct":90}]}`, officers, rooms, 110*officers))
		out, err := Simulate(in)
		if err != nil {
			t.Fatal(err)
		}
		want, err := SeatsOnly(in)
		if err != nil {
			t.Fatal(err)
		}
		if out.WaitS != want || out.Unserved != 0 {
			t.Errorf("%d officers: waits %+v, the queue says %+v; unserved %d", officers, out.WaitS, want, out.Unserved)
		}
	}
}

func parse(t *testing.T, question string) Input {
	t.Helper()
	in, err := ParseInput([]byte(question))
	if err != nil {
		t.Fatal(err)
	}
	return in
}
