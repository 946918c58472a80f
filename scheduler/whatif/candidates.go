package whatif

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"lapak/scheduler"
)

// The catalogue of changes that advice looks through, and what each costs. A
// switch of the policy is free; moving or adding a seat costs work once; longer
// hours cost every officer's time every day; an officer costs a salary. So any
// number of switches is cheaper than one seat, twenty seats are cheaper than
// half an hour, and four hours are cheaper than an officer.
//
// Distance, occupancy and cleaning are never proposed: they protect people's
// health and are not the branch's to trade. The bounds of fairness (overtakes,
// credit, priority) are not either.
const (
	costSwitch   = 1 // orders free proposals: fewer switches first
	costSeat     = 100
	costHalfHour = 2_000
	costOfficer  = 20_000
)

// Kinds of cost, from the cheapest.
var costKinds = []string{"free", "seats", "hours", "officer"}

// single is one change of the catalogue. Two singles of one lever exclude each
// other.
type single struct {
	lever  string
	kind   int // of costKinds
	points int
	set    Changes
	step   int // its place in the catalogue: of one lever, smaller changes come first
}

const (
	halfHourS = 1800
	// seatsMore is by how many seats a room grows at a time: a pair keeps a
	// grid whole.
	seatsMore = 2
	// groupMost is the largest group that advice gives to one officer: beyond
	// eight the wait inside grows faster than the throughput (planning.md 1).
	groupMost = 8
	// lateCallS is a last call shortly before the close; the rules still call
	// nobody who cannot be finished.
	lateCallS = 300
)

// singles are the single changes that would change anything, in order of cost.
func (b *Base) singles() []single {
	p := b.Policy
	var list []single
	free := func(lever string, policy string) {
		list = append(list, single{lever: lever, points: costSwitch, set: Changes{Policy: json.RawMessage(policy)}})
	}
	if p.Mode != scheduler.Rolling {
		free("mode", `{"mode":"rolling"}`)
	}
	if p.Briefing != "booth" {
		free("briefing", `{"briefing":"booth"}`)
	}
	if !p.AutoRefill {
		free("refill", `{"auto_refill":true}`)
	}
	if n := b.serving(); !p.Pooled && n > 1 {
		free("pooled", `{"pooled":true}`)
	}
	for n := p.Group.Max + 2; n <= groupMost; n += 2 {
		free("group", fmt.Sprintf(`{"group":{"max":%d}}`, n))
	}
	if p.Mode == scheduler.Closed && p.Group.MaxFormWaitS > 0 {
		free("forming", `{"group":{"max_form_wait_s":0}}`)
	}
	if c := b.config(1); c.LastCall() > lateCallS {
		at := lateCallS
		list = append(list, single{lever: "last_call", points: costSwitch, set: Changes{LastCallS: &at}})
	}
	list = append(list, b.moreSeats()...)
	list = append(list, b.moreHours()...)
	for n := 1; n <= 2; n++ {
		want := b.serving() + n
		list = append(list, single{lever: "officers", kind: 3, points: n * costOfficer, set: Changes{Officers: &want}})
	}
	for i := range list {
		list[i].step = i
	}
	return list
}

// moreSeats furnishes rooms with more seats where there is place for them: each
// room alone, and all of them.
func (b *Base) moreSeats() []single {
	var list []single
	all := single{lever: "seats", kind: 1}
	for _, r := range b.Rooms {
		if r.Desk || r.Drawn == nil {
			continue
		}
		most := Fits(int(r.Drawn.Room.WidthMM), int(r.Drawn.Room.DepthMM), b.Policy.Distance.DistanceMM)
		more := min(seatsMore, most-r.Booths)
		if more < 1 {
			continue
		}
		want := r.Booths + more
		change := RoomChange{Room: r.ID, Seats: &want}
		list = append(list, single{lever: "seats", kind: 1, points: more * costSeat, set: Changes{Rooms: []RoomChange{change}}})
		all.points += more * costSeat
		all.set.Rooms = append(all.set.Rooms, change)
	}
	if len(all.set.Rooms) > 1 {
		list = append(list, all)
	}
	return list
}

// moreHours opens earlier, or closes later with the same last number, by half
// an hour and an hour.
func (b *Base) moreHours() []single {
	h := b.Hours
	var list []single
	for n := 1; n <= 2; n++ {
		if open := h.OpenS - n*halfHourS; open >= 0 {
			list = append(list, single{lever: "open", kind: 2, points: n * costHalfHour, set: Changes{Hours: &HoursChange{OpenS: &open}}})
		}
		if shut := h.CloseS + n*halfHourS; shut <= 24*3600 {
			list = append(list, single{lever: "close", kind: 2, points: n * costHalfHour, set: Changes{Hours: &HoursChange{CloseS: &shut}}})
		}
	}
	return list
}

// maxCandidates bounds the race: with two days each the first round takes
// about ten seconds of one processor on a surge day.
const maxCandidates = 80

// candidates are the singles, all free switches at once, those with one of the
// others, with all seats too, everything at once, and pairs of singles; the
// cheapest first.
func (b *Base) candidates() []*variant {
	list := b.singles()
	var plain, pairs [][]single
	free, seated := largest(list, 0), largest(list, 1)
	for _, x := range list {
		plain = append(plain, []single{x})
		if x.kind > 0 && len(free) > 0 {
			plain = append(plain, append(slices.Clone(free), x))
		}
		if x.kind > 1 {
			plain = append(plain, append(slices.Clone(seated), x))
		}
	}
	if len(free) > 1 {
		plain = append(plain, free)
	}
	for kind := 1; kind < len(costKinds); kind++ { // all of it, up to each kind of cost
		plain = append(plain, largest(list, kind))
	}
	for i, x := range list {
		for _, y := range list[i+1:] {
			if x.lever != y.lever {
				pairs = append(pairs, []single{x, y})
			}
		}
	}
	out := thin(append(b.combined(plain), b.combined(pairs)...))
	slices.SortStableFunc(out, func(x, y *variant) int { return cmp.Compare(x.cost.Points, y.cost.Points) })
	return out
}

// combined are the candidates of the combinations that fit together, the
// cheapest first.
func (b *Base) combined(combos [][]single) []*variant {
	var out []*variant
	for _, combo := range combos {
		if v, ok := b.combine(combo); ok {
			out = append(out, v)
		}
	}
	slices.SortStableFunc(out, func(x, y *variant) int { return cmp.Compare(x.cost.Points, y.cost.Points) })
	return out
}

// largest is the dearest single of each lever up to a kind of cost; of
// officers, one.
func largest(list []single, kind int) []single {
	var out []single
	for _, x := range list {
		if x.kind > kind || (x.lever == "officers" && x.points > costOfficer) {
			continue
		}
		if i := slices.IndexFunc(out, func(y single) bool { return y.lever == x.lever }); i >= 0 {
			out[i] = x
			continue
		}
		out = append(out, x)
	}
	return out
}

// thin keeps the first of every kind of cost, at most maxCandidates in all and
// each set of changes once, so that a branch which needs an officer hears so.
func thin(list []*variant) []*variant {
	count := map[string]int{}
	var kept []*variant
	for _, v := range list {
		if slices.ContainsFunc(kept, func(k *variant) bool { return within(k.changes, v.changes) && within(v.changes, k.changes) }) {
			continue
		}
		if count[v.cost.Kind]++; count[v.cost.Kind] <= maxCandidates/len(costKinds) {
			kept = append(kept, v)
		}
	}
	return kept
}

// combine makes one candidate of several singles; false when they do not fit
// together or change nothing.
func (b *Base) combine(list []single) (*variant, bool) {
	set, cost, kind := Changes{}, 0, 0
	merged := map[string]any{}
	for _, x := range list {
		cost += x.points
		kind = max(kind, x.kind)
		set.join(x.set)
		if len(x.set.Policy) > 0 {
			patch, err := document(x.set.Policy)
			if err != nil {
				return nil, false
			}
			merge(merged, patch, 0)
		}
	}
	if len(merged) > 0 {
		policy, err := json.Marshal(merged)
		if err != nil {
			return nil, false
		}
		set.Policy = policy
	}
	base, changes, err := b.apply(&set)
	if err != nil || len(changes) == 0 {
		return nil, false
	}
	if slices.Contains(base.notes, NoteIdleOfficer) && !slices.Contains(b.notes, NoteIdleOfficer) {
		return nil, false // an officer without a room helps nobody
	}
	return &variant{base: base, changes: changes, parts: slices.Clone(list), set: set, cost: Cost{Kind: costKinds[kind], Points: cost}}, true
}

// join adds another single's changes, the policy aside.
func (c *Changes) join(x Changes) {
	if x.Hours != nil {
		h := HoursChange{}
		if c.Hours != nil {
			h = *c.Hours
		}
		h.OpenS, h.LastTicketS, h.CloseS = cmp.Or(x.Hours.OpenS, h.OpenS), cmp.Or(x.Hours.LastTicketS, h.LastTicketS), cmp.Or(x.Hours.CloseS, h.CloseS)
		c.Hours = &h
	}
	c.Rooms = append(slices.Clone(c.Rooms), x.Rooms...)
	c.Officers, c.LastCallS, c.VisitsPct = cmp.Or(x.Officers, c.Officers), cmp.Or(x.LastCallS, c.LastCallS), cmp.Or(x.VisitsPct, c.VisitsPct)
}
