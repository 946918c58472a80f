package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"lapak/hall"
	"lapak/scheduler"
)

// TestTwoOfficersCallOneRoomAtOnce has two browsers call the same room at the
// same moment, thirty times, each with the proposal that it shows. One calls the
// group, the other is told that it is too late, and nobody is called twice.
func TestTwoOfficersCallOneRoomAtOnce(t *testing.T) {
	h := furnish(t, hall.NewTime(), func(b *branch) {
		give(t, b, scheduler.OpenSession{Room: 1, Crew: []scheduler.OfficerID{rinaID, budiID}})
	}).serve()
	calledBy := map[int64]int{} // the round in which a visit was called
	for round := range 30 {
		for range 2 {
			h.number("wati")
		}
		var room struct {
			Proposal struct {
				Picks []struct {
					Visit int64 `json:"visit"`
				} `json:"picks"`
			} `json:"proposal"`
		}
		h.get("rina", api+"/views/room/1", &room)
		var expect []int64
		for _, p := range room.Proposal.Picks {
			expect = append(expect, p.Visit)
		}
		if len(expect) == 0 {
			t.Fatalf("round %d: nobody is proposed", round)
		}
		body, err := json.Marshal(map[string]any{"expect": expect})
		if err != nil {
			t.Fatal(err)
		}
		called := h.raceToCall(round, string(body))
		for _, id := range called {
			if before, twice := calledBy[id]; twice {
				t.Errorf("visit %d was called in rounds %d and %d", id, before, round)
			}
			calledBy[id] = round
			h.post("wati", fmt.Sprint(api, "/visits/", id, "/cancel"), `{"reason":"own_request"}`) // the seat is free again
		}
		if slices.Sort(called); !slices.Equal(called, slices.Sorted(slices.Values(expect))) {
			t.Errorf("round %d: %v were proposed and %v called", round, expect, called)
		}
	}
	if len(calledBy) < 30 {
		t.Errorf("%d visits were called in 30 rounds", len(calledBy))
	}
	h.nothingLost()
}

// raceToCall lets both officers call, and gives whom the one who won called.
func (h *served) raceToCall(round int, body string) (called []int64) {
	h.t.Helper()
	officers := []string{"rina", "budi"}
	answers := make([]answered, len(officers))
	var both sync.WaitGroup
	for i, name := range officers {
		both.Go(func() {
			var err error
			if answers[i], err = h.send(name, http.MethodPost, api+"/rooms/1/call", fmt.Sprint("round-", round), body); err != nil {
				h.t.Error(err)
			}
		})
	}
	both.Wait()
	won := 0
	for _, a := range answers {
		if a.code == http.StatusOK {
			var got struct {
				Called []int64 `json:"called"`
			}
			a.into(&got)
			won, called = won+1, append(called, got.Called...)
			continue
		}
		var p refusal
		a.into(&p)
		if a.code != http.StatusConflict || (p.Code != "stale_proposal" && p.Code != "nobody_to_call") {
			h.t.Errorf("round %d: the one who came too late is told %d %s (%s)", round, a.code, p.Code, p.Detail)
		}
	}
	if won != 1 {
		h.t.Errorf("round %d: %d of two officers called", round, won)
	}
	return called
}

// TestTwoDesksGiveOnePersonOneNumber has two desks enter the same person at the
// same moment, again and again.
func TestTwoDesksGiveOnePersonOneNumber(t *testing.T) {
	h := furnish(t, hall.NewTime(), nil).serve()
	for n := range 10 {
		desks := []string{"wati", "tono"}
		errs := make([]error, len(desks))
		var both sync.WaitGroup
		for i, desk := range desks {
			both.Go(func() { _, errs[i] = h.arrive(desk, fmt.Sprint("person-", n), visitOf(n+1)) })
		}
		both.Wait()
		late := slices.IndexFunc(errs, func(err error) bool { return err != nil })
		if late < 0 || errs[1-late] != nil {
			t.Errorf("person %d: the desks were told %v", n, errs)
		} else if !strings.Contains(errs[late].Error(), "already_has_number") || !strings.Contains(errs[late].Error(), "status 409") {
			t.Errorf("person %d: the second desk was told %v", n, errs[late])
		}
	}
	if len(h.told) != 10 {
		t.Errorf("10 people got %d numbers", len(h.told))
	}
	h.nothingLost()
}

// TestNumbersAreWholeAndReadBack has sixteen clients take numbers at once: the
// numbers are 1 to n without a gap or a repeat, each client's rise, and each sees
// its own visit, the lists and the views with it, in whatever it reads next.
func TestNumbersAreWholeAndReadBack(t *testing.T) {
	const clients, each = 16, 8
	h := furnish(t, hall.NewTime(), nil).serve()
	numbers := make([][]int, clients)
	var all sync.WaitGroup
	for c := range clients {
		all.Go(func() {
			for n := range each {
				got, err := h.arrive([]string{"wati", "tono"}[c%2], fmt.Sprintf("c-%d-%d", c, n), arrivalBody)
				if err == nil {
					err = h.readsBack(got)
				}
				if err != nil {
					t.Error(err)
					return
				}
				no, err := strconv.Atoi(strings.TrimLeft(got.Number, "ABC"))
				if err != nil {
					t.Error(err)
				}
				numbers[c] = append(numbers[c], no)
			}
		})
	}
	all.Wait()
	var whole []int
	for c, list := range numbers {
		if !slices.IsSorted(list) {
			t.Errorf("client %d got %v: a later number is lower", c, list)
		}
		whole = append(whole, list...)
	}
	slices.Sort(whole)
	for i, no := range whole {
		if no != i+1 {
			t.Fatalf("the numbers are %v: number %d is at place %d", whole, no, i+1)
		}
	}
	if len(whole) != clients*each {
		t.Errorf("%d numbers, want %d", len(whole), clients*each)
	}
	h.nothingLost()
}

// readsBack looks for what was just acknowledged in the visit itself, in the
// list, and in the lobby's view.
func (h *served) readsBack(got ticket) error {
	var visit struct {
		Number, State string
	}
	var list struct{ Visits []struct{ ID int64 } }
	var view struct{ Waiting int }
	for path, v := range map[string]any{fmt.Sprint("/visits/", got.ID): &visit, "/visits?state=waiting": &list, "/views/lobby": &view} {
		a, err := h.send("wati", http.MethodGet, api+path, noKey, "")
		if err == nil && a.code != http.StatusOK {
			err = fmt.Errorf("status %d: %s", a.code, a.body)
		}
		if err == nil {
			err = json.Unmarshal(a.body, v)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	listed := slices.ContainsFunc(list.Visits, func(v struct{ ID int64 }) bool { return v.ID == got.ID })
	if visit.Number != got.Number || visit.State != "waiting" || !listed || int64(view.Waiting) < got.ID {
		return fmt.Errorf("after number %s of visit %d: the visit is %+v, listed %v, the lobby shows %d waiting", got.Number, got.ID, visit, listed, view.Waiting)
	}
	return nil
}

// TestTheBranchTellsWaitsByItself: who waits is told a range without anybody's
// command, and told nothing when the branch was started so.
func TestTheBranchTellsWaitsByItself(t *testing.T) {
	h := furnish(t, hall.NewTime(), func(b *branch) {
		give(t, b, scheduler.OpenSession{Room: 1, Crew: []scheduler.OfficerID{rinaID, budiID}})
	}).serve()
	for range 9 {
		h.number("wati")
	}
	quiet := h.verify().Seq
	h.kill()
	t.Setenv("LAPAK_NO_PROMISES", "false")
	h.serve()
	eventually(t, "a record of what was told", func() bool { return h.verify().Seq > quiet })
	h.nothingLost()
}
