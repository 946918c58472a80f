package scheduler

import (
	"slices"

	"lapak/scheduler/calendar"
	"lapak/scheduler/draw"
)

// The recorded draw of those who come before the doors open (design.md, Draw).
// Without one, each early comer's lot comes from the stamp's seed: in the
// journal, but nobody outside could prove it.
type (
	// PrepareDraw publishes the hash of a secret that the hall keeps.
	PrepareDraw struct{ Commit Hash }
	// FreezeDraw closes the list of those present; who comes later stands behind.
	FreezeDraw struct{}
	// HoldDraw reveals the secret and takes the dice thrown on the floor.
	HoldDraw struct {
		Secret  Hash
		Entropy Dice
	}
	// VoidDraw declares that the secret is lost, so that a new one is published
	// for the same list. Said aloud, because a branch that could do it silently
	// could draw until it likes the order.
	VoidDraw struct{ Reason ReasonCode }
)

// Draw is the draw of one day. It is replaced, never changed in place.
type Draw struct {
	Date     calendar.Date `json:"date"`
	Round    int           `json:"round"`
	Commit   Hash          `json:"commit,omitempty"`
	Present  int           `json:"present"` // who stood there when the hash was published
	CommitAt Time          `json:"commit_at,omitempty"`
	List     []DrawEntry   `json:"list,omitempty"`
	ListHash Hash          `json:"list_hash,omitempty"`
	FrozenAt Time          `json:"frozen_at,omitempty"`
	// Prefixes are those of the frozen list where the policy has got others since: its
	// hash is over the numbers as they stood on paper.
	Prefixes []string  `json:"prefixes,omitempty"`
	Entropy  Dice      `json:"entropy,omitempty"`
	Secret   Hash      `json:"secret,omitempty"`
	Order    []VisitID `json:"order,omitempty"`
	HeldAt   Time      `json:"held_at,omitempty"`
	Voided   Time      `json:"voided,omitempty"` // when the last secret was declared lost
}

// Dice are what was thrown on the floor: letters and digits.
type Dice string

// DrawEntry is one visit on the frozen list.
type DrawEntry struct {
	Visit   VisitID `json:"visit"`
	Ticket  Ticket  `json:"ticket"`
	Company int32   `json:"company,omitempty"`
	Arrived Time    `json:"arrived"`
}

// The events of a draw.
type (
	// DrawPrepared publishes the hash of a day's secret.
	DrawPrepared struct {
		Date    calendar.Date `json:"date"`
		Commit  Hash          `json:"commit"`
		Present int           `json:"present,omitempty"`
	}
	// DrawFrozen is the list of those present and its hash.
	DrawFrozen struct {
		List []DrawEntry `json:"list"`
		Hash Hash        `json:"hash"`
	}
	// DrawHeld is the order, with what it follows from.
	DrawHeld struct {
		Secret  Hash      `json:"secret"`
		Entropy Dice      `json:"entropy"`
		Order   []VisitID `json:"order"`
	}
	// DrawVoided says that a secret is lost.
	DrawVoided struct {
		Reason ReasonCode `json:"reason"`
	}
)

// Kind names.

func (DrawPrepared) Kind() string { return "draw.prepared" }
func (DrawFrozen) Kind() string   { return "draw.frozen" }
func (DrawHeld) Kind() string     { return "draw.held" }
func (DrawVoided) Kind() string   { return "draw.lost" }

// today is the date by the branch's wall clock.
func (d *Draft) today() calendar.Date {
	return d.Floor.Policy.Calendar.Zone.DateOf(d.Floor.Wall(d.now))
}

// drawDate is the day that a draw is for: the open one before its doors open,
// today before the day was opened, else the next.
func (d *Draft) drawDate() (calendar.Date, error) {
	f := &d.Floor
	if f.Day.Open {
		if f.Day.Extended || d.now >= f.atSecond(f.Day.Hours.OpenS) {
			return 0, conflict("draw_over", "The doors are open: whoever comes now stands in the order of coming, and nothing is drawn.")
		}
		return f.Day.Date, nil
	}
	date := d.today()
	if _, open, _ := f.Policy.Calendar.HoursOn(date); open && date > f.Day.Date {
		return date, nil
	}
	next, found := f.Policy.Calendar.NextOpenDay(max(date, f.Day.Date))
	if !found {
		return 0, conflict("draw_over", "The calendar has no open day ahead that could be drawn for.")
	}
	return next, nil
}

func (c PrepareDraw) decide(d *Draft) error {
	if len(c.Commit) != 64 || !hexadecimal(string(c.Commit)) {
		return invalid("commit", "bad_id", "What is published is the SHA-256 of the secret: 64 hexadecimal characters.")
	}
	date, err := d.drawDate()
	if err != nil {
		return err
	}
	if old := d.Floor.Draw; old != nil && old.Date == date && old.Commit != "" {
		return conflict("draw_prepared", "The hash for %s is published already. Only a secret that is lost is replaced, and that is declared.", date)
	}
	d.emit(DrawPrepared{Date: date, Commit: c.Commit, Present: len(d.present(date))})
	return nil
}

// present lists who came before the doors opened and is still here.
func (s *State) present(date calendar.Date) []DrawEntry {
	f := &s.Floor
	var list []DrawEntry
	if !f.Day.Open || f.Day.Date != date {
		return nil
	}
	open := f.atSecond(f.Day.Hours.OpenS)
	for i := range f.Visits {
		v := &f.Visits[i]
		if v.Date == date && v.Arrived != 0 && v.Arrived < open && v.State != Booked && !v.State.Final() {
			list = append(list, DrawEntry{Visit: v.ID, Ticket: v.Ticket, Company: v.Company, Arrived: v.Arrived})
		}
	}
	return list
}

// theDraw is today's draw, with its hash published.
func (d *Draft) theDraw() (*Draw, error) {
	f := &d.Floor
	if err := d.needOpenDay(); err != nil {
		return nil, err
	}
	w := f.Draw
	if w == nil || w.Date != f.Day.Date || w.Commit == "" {
		return nil, conflict("draw_not_prepared", "No secret's hash is published for today. Publish it first, so that nobody can have chosen the order.")
	}
	return w, nil
}

func (c FreezeDraw) decide(d *Draft) error {
	w, err := d.theDraw()
	if err != nil {
		return err
	}
	if w.FrozenAt != 0 {
		return conflict("draw_frozen", "The list is frozen already; whoever came later stands behind it.")
	}
	list := d.present(w.Date)
	if len(list) == 0 {
		return conflict("draw_nobody", "Nobody is on the list yet: it holds those who came before the doors open.")
	}
	if len(list) > draw.MaxEntries {
		return conflict("draw_too_long", "A draw holds at most %d numbers; here are %d.", draw.MaxEntries, len(list))
	}
	d.emit(DrawFrozen{List: list, Hash: Hash(draw.ListHash(entries(list, d.Floor.Policy.Prefixes)))})
	return nil
}

// entries writes the draw's list as a proof does, with the numbers as it was frozen.
func (w *Draw) entries(p *Policy) []draw.Entry {
	if len(w.Prefixes) == 0 {
		return entries(w.List, p.Prefixes)
	}
	return entries(w.List, w.Prefixes)
}

func entries(list []DrawEntry, prefixes []string) []draw.Entry {
	out := make([]draw.Entry, len(list))
	for i, e := range list {
		out[i] = draw.Entry{Number: label(prefixes, e.Ticket), Company: int(e.Company), Arrived: e.Arrived}
	}
	return out
}

func (c HoldDraw) decide(d *Draft) error {
	w, err := d.theDraw()
	switch {
	case err != nil:
		return err
	case w.FrozenAt == 0:
		return conflict("draw_open", "The list is not frozen yet. Freeze it and show its hash, then throw the dice.")
	case w.HeldAt != 0:
		return conflict("draw_held", "The draw is held already; its order stands.")
	case draw.Commit(string(c.Secret)) != string(w.Commit):
		return conflict("draw_secret_lost", "This is not the secret whose hash was published. Declare it lost, and draw anew in the open.")
	}
	entropy, usable := draw.Entropy(string(c.Entropy))
	if !usable {
		return invalid("entropy", "bad_dice", "The dice are %d to %d letters and digits as they were read out, such as 3 5 2 6 1.", draw.MinEntropy, draw.MaxEntropy)
	}
	for _, e := range w.List {
		if v := d.Visit(e.Visit); v != nil && v.FirstCall != 0 {
			return conflict("draw_over", "Number %s was called already; the order in force stays.", d.label(v))
		}
	}
	places, err := draw.Order(string(c.Secret), w.entries(d.Floor.Policy), entropy)
	if err != nil {
		return invalid("secret", "bad_id", "The secret: %v.", err)
	}
	e := DrawHeld{Secret: c.Secret, Entropy: Dice(entropy), Order: make([]VisitID, len(places))}
	for k, i := range places {
		e.Order[k] = w.List[i].Visit
	}
	d.emit(e)
	return nil
}

func (c VoidDraw) decide(d *Draft) error {
	w := d.Floor.Draw
	if w == nil || w.Commit == "" {
		return conflict("draw_not_prepared", "No secret's hash is published, so none can be lost.")
	}
	if w.HeldAt != 0 {
		return conflict("draw_held", "The draw is held already; its order stands.")
	}
	d.emit(DrawVoided(c))
	return nil
}

func (e DrawPrepared) apply(s *State) {
	w := Draw{Date: e.Date, Round: 1}
	if old := s.Floor.Draw; old != nil && old.Date == e.Date {
		w = *old
	}
	w.Commit, w.Present, w.CommitAt = e.Commit, e.Present, s.cap.at
	s.Floor.Draw = &w
}

func (e DrawFrozen) apply(s *State) {
	w := *s.Floor.Draw
	w.List, w.ListHash, w.FrozenAt = e.List, e.Hash, s.cap.at
	s.Floor.Draw = &w
}

// keepNumbers keeps the letters of a frozen list when the policy is about to get others.
func (f *Floor) keepNumbers(next *Policy) {
	if w := f.Draw; w != nil && w.FrozenAt != 0 && len(w.Prefixes) == 0 && !slices.Equal(f.Policy.Prefixes, next.Prefixes) {
		kept := *w
		kept.Prefixes = f.Policy.Prefixes
		f.Draw = &kept
	}
}

// Those of the list stand in the drawn order; their lots are smaller than any of
// those who came after it was frozen.
func (e DrawHeld) apply(s *State) {
	w := *s.Floor.Draw
	w.Secret, w.Entropy, w.Order, w.HeldAt = e.Secret, e.Entropy, e.Order, s.cap.at
	s.Floor.Draw = &w
	for place, id := range e.Order {
		if s.Visit(id) != nil { // whoever left meanwhile is on the list and not in the line
			v := s.visitW(id)
			v.Lot = uint32(place + 1)
			s.note(id, "drawn", []Why{{Code: WhyLot, A: int64(v.Lot)}})
		}
	}
}

func (DrawVoided) apply(s *State) {
	w := *s.Floor.Draw
	w.Commit, w.CommitAt, w.Present, w.Voided = "", 0, 0, s.cap.at
	w.Round++
	s.Floor.Draw = &w
}

// Proof is the day's draw as it is published: what is known of it so far.
func (s *State) Proof() (draw.Proof, bool) {
	w := s.Floor.Draw
	if w == nil {
		return draw.Proof{}, false
	}
	p := draw.Proof{Version: 1, Date: w.Date.String(), Round: w.Round, Present: w.Present, Commit: string(w.Commit), List: w.entries(s.Floor.Policy),
		ListHash: string(w.ListHash), Entropy: string(w.Entropy), Secret: string(w.Secret), Order: []string{}}
	numbers := map[VisitID]string{}
	for i, e := range w.List {
		numbers[e.Visit] = p.List[i].Number
	}
	for _, id := range w.Order {
		p.Order = append(p.Order, numbers[id])
	}
	return p, true
}

// Phase is how far the draw is: none, prepared, frozen, held, or lost when its
// secret was declared so and no other is published yet.
func (w *Draw) Phase() string {
	switch {
	case w == nil:
		return "none"
	case w.HeldAt != 0:
		return "held"
	case w.Commit == "":
		return "lost"
	case w.FrozenAt != 0:
		return "frozen"
	}
	return "prepared"
}
