package draw

import (
	"fmt"
	"strings"
	"testing"
)

var secret = strings.Repeat("5a", SecretBytes)

func present(n int) []Entry {
	list := make([]Entry, n)
	for i := range list {
		list[i] = Entry{Number: fmt.Sprintf("A%03d", i+1), Arrived: 1_772_409_600 + int64(i)*30}
	}
	return list
}

func proof(list []Entry, dice string) Proof {
	p := Proof{Version: 1, Date: "2026-03-02", Round: 1, Commit: Commit(secret), List: list, ListHash: ListHash(list), Entropy: dice, Secret: secret}
	entropy, _ := Entropy(dice)
	order, _ := Order(secret, list, entropy)
	for _, i := range order {
		p.Order = append(p.Order, list[i].Number)
	}
	return p
}

// TestADrawIsComputedAgain holds the recipe to values worked out apart from this
// program (with Python's hmac), so that proofs of today can be checked in ten years.
func TestADrawIsComputedAgain(t *testing.T) {
	if c := Commit(secret); c != "60bf07c488aad18fda339df07e4fbc47b4f00be71711936f18d04d352ad01890" {
		t.Errorf("commit %s", c)
	}
	p := proof(present(4), "3 5 2 6 1")
	if p.ListHash != "c0c4cc8df36f7127f70589301cce10b73e9a88d660ca64cace888020c032fd7e" {
		t.Errorf("list hash %s", p.ListHash)
	}
	if order := strings.Join(p.Order, " "); order != "A003 A004 A001 A002" {
		t.Errorf("order %s", order)
	}
	if problems := Verify(p); len(problems) != 0 {
		t.Errorf("%q", problems)
	}
	if spaced := proof(present(4), "35,2-61"); strings.Join(spaced.Order, " ") != strings.Join(p.Order, " ") {
		t.Error("how somebody typed the spaces changes the order")
	}
}

// TestWhatIsChangedIsFound: every part of a proof is held.
func TestWhatIsChangedIsFound(t *testing.T) {
	for name, change := range map[string]func(p *Proof){
		"secret":    func(p *Proof) { p.Secret = strings.Repeat("5b", SecretBytes) },
		"no secret": func(p *Proof) { p.Secret = "5a" },
		"commit":    func(p *Proof) { p.Commit = "00" },
		"dice":      func(p *Proof) { p.Entropy = "3 5 2 6 2" },
		"no dice":   func(p *Proof) { p.Entropy = "3" },
		"number":    func(p *Proof) { p.List[2].Number = "A009" },
		"arrival":   func(p *Proof) { p.List[2].Arrived++ },
		"company":   func(p *Proof) { p.List[2].Company = 1 },
		"twice":     func(p *Proof) { p.List[2].Number = p.List[1].Number },
		"order":     func(p *Proof) { p.Order[0], p.Order[3] = p.Order[3], p.Order[0] },
		"shorter":   func(p *Proof) { p.Order = p.Order[1:] },
	} {
		p := proof(present(9), "12345")
		change(&p)
		if len(Verify(p)) == 0 {
			t.Errorf("a changed %s is not found", name)
		}
	}
}

// TestACompanyStandsTogether and draws once, however long its list is.
func TestACompanyStandsTogether(t *testing.T) {
	list := present(40)
	for _, i := range []int{3, 9, 17, 31} {
		list[i].Company = 7
	}
	for throw := range 20 {
		order, err := Order(secret, list, fmt.Sprint("dice", throw))
		if err != nil {
			t.Fatal(err)
		}
		var at []int
		for place, i := range order {
			if list[i].Company == 7 {
				at = append(at, place)
			}
		}
		if at[3]-at[0] != 3 || list[order[at[0]]].Number != "A004" || list[order[at[3]]].Number != "A032" {
			t.Errorf("throw %d: the company stands at %v", throw, at)
		}
	}
}

// TestEverybodyHasTheSameChance of being first, within what chance allows.
func TestEverybodyHasTheSameChance(t *testing.T) {
	const people, throws = 10, 5000
	var first [people]int
	list := present(people)
	for throw := range throws {
		order, err := Order(secret, list, fmt.Sprint(1000+throw))
		if err != nil {
			t.Fatal(err)
		}
		first[order[0]]++
	}
	for i, n := range first {
		if n < throws/people*8/10 || n > throws/people*12/10 { // five standard deviations
			t.Errorf("%s was first %d times of %d", list[i].Number, n, throws)
		}
	}
}

func TestDiceAreReadInOneWay(t *testing.T) {
	for text, want := range map[string]string{"3 5 2": "352", "a-b,c.1": "ABC1"} {
		if got, usable := Entropy(text); got != want || !usable {
			t.Errorf("%q: %q, %v", text, got, usable)
		}
	}
	for _, bad := range []string{"", "12", "3 5 é", strings.Repeat("1", MaxEntropy+1), "1;2;3"} {
		if _, usable := Entropy(bad); usable {
			t.Errorf("%q is taken for dice", bad)
		}
	}
}
