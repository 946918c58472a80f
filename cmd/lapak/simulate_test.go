package main

import (
	"bytes"
	"encoding/json"
	"runtime"
	"sync/atomic"
	"testing"

	"lapak/scheduler/simulation"
)

// TestSimulateSaysTheSameOnAllCores holds what several cores work at once to
// what one works day by day, byte for byte.
func TestSimulateSaysTheSameOnAllCores(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4)) // also where there are fewer
	for _, question := range []string{
		`{"days":9}`,
		`{"seed":7,"days":70,"officers":1,"rooms":[{"seats":4}],"arrivals":{"kind":"poisson","per_day":30,"hour_weights":[1,2,1,1,1,1,1]}}`,
		`{"seed":3,"days":5,"policy":{"mode":"closed","pooled":true,"group_max":4},"parties":{"1":70,"3":30},"no_show_pct":5,
		  "arrivals":{"kind":"poisson","per_day":90,"hour_weights":[1,2,1,1,1,1,1],"at_door_pct":20}}`,
	} {
		in, err := simulation.ParseInput([]byte(question))
		if err != nil {
			t.Fatal(err)
		}
		out, err := simulation.Run(in)
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		if err := json.NewEncoder(&want).Encode(out); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			code, got, _ := lapak(question, "simulate")
			if code != 0 || got != want.String() {
				t.Fatalf("%s\nexit code %d\n got %s\nwant %s", question, code, got, want.String())
			}
		}
	}
}

func TestOnAllCoresDoesEverythingOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 1000} {
		done := make([]atomic.Int32, n)
		onAllCores(n, func(i int) { done[i].Add(1) })
		for i := range done {
			if done[i].Load() != 1 {
				t.Fatalf("%d of %d was done %d times", i, n, done[i].Load())
			}
		}
	}
}
