package scheduler

import (
	"slices"
	"strings"
	"testing"

	"lapak/scheduler/draw"
)

var theSecret = strings.Repeat("5a", draw.SecretBytes)

// TestTheDrawOrdersTheLine: the hash before the gate, the frozen list, the dice;
// the line stands in the drawn order, who came later behind it, a company
// together, and the proof holds.
func TestTheDrawOrdersTheLine(t *testing.T) {
	h := newDesked(t, func(p *Policy) {})
	h.refused(desk, FreezeDraw{}, "draw_not_prepared")
	h.refused(desk, PrepareDraw{Commit: "1234"}, "bad_id")
	h.do(desk, PrepareDraw{Commit: Hash(draw.Commit(theSecret))})
	h.refused(desk, PrepareDraw{Commit: Hash(draw.Commit(theSecret))}, "draw_prepared")
	h.refused(desk, FreezeDraw{}, "draw_nobody")
	for i := range 9 {
		c := walkIn(WalkIn)
		if i%4 == 1 {
			c = walkIn(Collective)
			c.Company = 3
		}
		h.do(desk, c)
	}
	h.refused(desk, HoldDraw{Secret: Hash(theSecret), Entropy: "123"}, "draw_open")
	h.do(desk, FreezeDraw{})
	h.refused(desk, FreezeDraw{}, "draw_frozen")
	h.do(desk, walkIn(WalkIn)) // A008 comes after the list was frozen
	h.refused(desk, HoldDraw{Secret: Hash(strings.Repeat("5b", 32)), Entropy: "3 5 2"}, "draw_secret_lost")
	h.refused(desk, HoldDraw{Secret: Hash(theSecret), Entropy: "3"}, "bad_dice")
	h.do(desk, HoldDraw{Secret: Hash(theSecret), Entropy: "3 5 2 6 1"})
	h.refused(desk, HoldDraw{Secret: Hash(theSecret), Entropy: "3 5 2 6 1"}, "draw_held")
	h.refused(desk, VoidDraw{Reason: "lost"}, "draw_held")
	proof, there := h.d.Proof()
	if !there || len(draw.Verify(proof)) != 0 || proof.Round != 1 || proof.Present != 0 || len(proof.Order) != 9 {
		t.Fatalf("the proof: %+v: %q", proof, draw.Verify(proof))
	}
	if line := h.line(); !slices.Equal(line, append(proof.Order, "A008")) {
		t.Errorf("the line is %v, drawn was %v", line, proof.Order)
	}
	if at := slices.Index(proof.Order, "C001"); proof.Order[at+1] != "C002" {
		t.Errorf("the company does not stand together: %v", proof.Order)
	}
	same, err := DecodeState(must(EncodeState(h.d.State)))
	if err != nil || Sum(same) != Sum(h.d.State) {
		t.Errorf("the state with a draw does not survive its writing: %v", err)
	}
	h.clock(7, 31, 0)
	h.refused(desk, PrepareDraw{Commit: Hash(draw.Commit(theSecret))}, "draw_over")
}

// TestADrawKeepsTheNumbersOfItsPaper: other letters before the numbers, from the
// freezing of the list on, change neither the order nor the proof.
func TestADrawKeepsTheNumbersOfItsPaper(t *testing.T) {
	h := newDesked(t, func(p *Policy) {})
	h.do(desk, PrepareDraw{Commit: Hash(draw.Commit(theSecret))})
	for range 9 {
		h.do(desk, walkIn(WalkIn))
	}
	h.do(desk, FreezeDraw{})
	shown := h.d.Floor.Draw.ListHash
	other := *h.d.Floor.Policy
	other.Prefixes = []string{"K", "L", "M"}
	h.do(manager, SetPolicy{Version: other.Version, Policy: &other})
	h.do(desk, HoldDraw{Secret: Hash(theSecret), Entropy: "3 5 2 6 1"})
	proof, _ := h.d.Proof()
	if problems := draw.Verify(proof); len(problems) != 0 || proof.ListHash != string(shown) || proof.List[0].Number != "A001" {
		t.Errorf("the proof: %q, the first number %s", problems, proof.List[0].Number)
	}
}

func must(b []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return b
}

func (h *desked) line() []string {
	var list []string
	for _, v := range h.d.Floor.Line(Waiting) {
		list = append(list, h.d.Floor.Policy.Label(v.Ticket))
	}
	return list
}

// TestALostSecretIsDeclared: the list stays, another hash is published, and the
// proof says that it is the second round and that people stood there.
func TestALostSecretIsDeclared(t *testing.T) {
	h := newDesked(t, func(p *Policy) {})
	h.refused(desk, VoidDraw{Reason: "lost"}, "draw_not_prepared")
	h.do(desk, PrepareDraw{Commit: Hash(draw.Commit(theSecret))})
	h.do(desk, walkIn(WalkIn))
	h.do(desk, walkIn(WalkIn))
	h.do(desk, FreezeDraw{})
	h.do(desk, VoidDraw{Reason: "secret_lost"})
	other := strings.Repeat("07", draw.SecretBytes)
	h.do(desk, PrepareDraw{Commit: Hash(draw.Commit(other))})
	h.do(desk, HoldDraw{Secret: Hash(other), Entropy: "666"})
	proof, _ := h.d.Proof()
	if proof.Round != 2 || proof.Present != 2 || len(draw.Verify(proof)) != 0 {
		t.Errorf("the proof of the second round: %+v", proof)
	}
}

// TestADrawIsOfItsDay: prepared on the evening before, gone with the next day,
// and none on a day that was opened late by hand.
func TestADrawIsOfItsDay(t *testing.T) {
	h := newDesked(t, func(p *Policy) {})
	h.do(manager, CloseDay{})
	h.do(desk, PrepareDraw{Commit: Hash(draw.Commit(theSecret))})
	if proof, _ := h.d.Proof(); proof.Date != h.d.Floor.Day.Date.AddDays(1).String() {
		t.Errorf("a draw in the evening is for %s", proof.Date)
	}
	h.now += 24 * 3600
	h.do(manager, OpenDay{})
	if _, there := h.d.Proof(); !there {
		t.Error("the draw is gone on its own day")
	}
	h.do(manager, CloseDay{})
	h.now += 24 * 3600
	h.do(manager, OpenDay{})
	if _, there := h.d.Proof(); there {
		t.Error("yesterday's draw is still there")
	}
}

// TestAListOnPaper: the times on the paper give the places, a slip is entered
// once, numbers of the branch's own series keep their names.
func TestAListOnPaper(t *testing.T) {
	h := newDesked(t, func(p *Policy) {})
	h.clock(8, 0, 0)
	h.do(desk, walkIn(WalkIn)) // A001
	h.clock(10, 0, 0)
	h.do(desk, walkIn(WalkIn)) // A002, after the power came back
	enter := func(slip Slip, arrived Time) EnterPaper {
		return EnterPaper{Slip: slip, Arrived: arrived, Persons: 1, Claims: []NewClaim{{Programme: "JHT"}}, Papers: PapersReady}
	}
	h.do(desk, enter("K01", at(8, 30, 0))) // A003
	h.do(desk, enter("A010", at(9, 0, 0))) // keeps its name
	h.do(desk, enter("K02", at(8, 45, 0))) // A011
	if line := strings.Join(h.line(), " "); line != "A001 A003 A011 A010 A002" {
		t.Errorf("the line is %s", line)
	}
	h.refused(desk, enter("K01", at(8, 30, 0)), "already_has_number")
	h.refused(desk, enter("A010", at(9, 0, 0)), "already_has_number")
	h.refused(desk, enter("A001", at(8, 0, 0)), "already_has_number")
	h.refused(desk, enter("A005", at(8, 0, 0)), "number_used")
	h.refused(desk, enter("k1", at(8, 0, 0)), "bad_slip")
	h.refused(desk, enter("K03", at(12, 0, 0)), "not_yet")
	h.refused(desk, enter("K03", at(12, 0, 0)-24*3600), "not_that_day")
	h.refused(Actor{Role: ByVisitor, ID: 4}, enter("K03", at(9, 0, 0)), "not_your_act")
}

// TestPaperIsNoNumber: printing again is an event of the visit and nothing else.
func TestPaperIsNoNumber(t *testing.T) {
	h := newDesked(t, func(p *Policy) {})
	v := h.do(desk, walkIn(WalkIn)).Result.Visit
	h.do(desk, NotePrint{Visit: v, Printer: 1})
	h.do(desk, NotePrint{Visit: v, Printer: 1, Again: true})
	h.do(desk, NotePrint{Visit: v, Receipt: true})
	var told []string
	for _, n := range h.d.Dossier(v).Story {
		told = append(told, string(n.What))
	}
	if got := strings.Join(told, " "); !strings.HasSuffix(got, "printed printed_again receipt_printed") {
		t.Errorf("the story: %s", got)
	}
	// draw_too_long needs more people than a test should make.
	h.refused(desk, NotePrint{Visit: v, Printer: MaxPrinters + 1}, "out_of_range")
	h.refused(desk, NotePrint{Visit: 99}, "unknown_visit")
	b := h.do(desk, Book{Date: h.d.Floor.Day.Date, Persons: 1, Claims: []NewClaim{{Programme: "JHT"}}}).Result.Visit
	h.refused(desk, NotePrint{Visit: b}, "no_number")
	if len(h.line()) != 1 {
		t.Errorf("the line is %v", h.line())
	}
}
