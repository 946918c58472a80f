package scheduler

import "sort"

// SeenFor is how long a command id is remembered, in seconds: seven days, so
// that a kiosk that was off over a long weekend may still retry safely.
const SeenFor = 7 * 24 * 3600

// Answered is what a command id got: enough to give the same answer again.
type Answered struct {
	ID     CommandID `json:"id"`
	At     Time      `json:"at"`
	Seq    int64     `json:"seq"`
	Print  Hash      `json:"print"` // keyed fingerprint of the body
	Result Result    `json:"result"`
}

// CommandID is chosen by whoever gives the command, one per intent, and is
// unique per actor.
type CommandID string

// Seen remembers answered command ids. It is a short list of generations, each
// an immutable map at least twice as large as the one behind it, so that a
// copy costs nothing and a look-up touches few maps.
type Seen struct {
	gens []map[CommandID]Answered
	last Time
}

// maxFresh bounds the newest generation, the only one that is copied.
const maxFresh = 64

func (s Seen) clone() Seen {
	return Seen{gens: append([]map[CommandID]Answered(nil), s.gens...), last: s.last}
}

// Find returns what the id got, if it is still remembered at the given time.
func (s Seen) Find(id CommandID, now Time) (Answered, bool) {
	for i := len(s.gens) - 1; i >= 0; i-- {
		if a, ok := s.gens[i][id]; ok {
			return a, now-a.At <= SeenFor
		}
	}
	return Answered{}, false
}

func (s *Seen) add(a Answered) {
	n := len(s.gens)
	if n == 0 || len(s.gens[n-1]) >= maxFresh {
		s.gens = append(s.gens, map[CommandID]Answered{a.ID: a})
	} else {
		fresh := make(map[CommandID]Answered, len(s.gens[n-1])+1)
		for k, v := range s.gens[n-1] {
			fresh[k] = v
		}
		fresh[a.ID] = a
		s.gens[n-1] = fresh
	}
	s.last = a.At
	s.merge()
}

// merge keeps the generations geometric and forgets what is too old.
func (s *Seen) merge() {
	for n := len(s.gens); n >= 2 && len(s.gens[n-1]) >= maxFresh && len(s.gens[n-2]) <= 2*len(s.gens[n-1]); n = len(s.gens) {
		both := make(map[CommandID]Answered, len(s.gens[n-1])+len(s.gens[n-2]))
		for _, g := range s.gens[n-2:] {
			for k, v := range g {
				if s.last-v.At <= SeenFor {
					both[k] = v
				}
			}
		}
		s.gens = append(s.gens[:n-2], both)
	}
}

// List returns what is remembered, in order of record and id.
func (s Seen) List() []Answered {
	list := []Answered{}
	for _, g := range s.gens {
		for _, a := range g {
			if s.last-a.At <= SeenFor {
				list = append(list, a)
			}
		}
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].Seq != list[j].Seq {
			return list[i].Seq < list[j].Seq
		}
		return list[i].ID < list[j].ID
	})
	return list
}

func seenOf(list []Answered) Seen {
	s := Seen{}
	if len(list) == 0 {
		return s
	}
	all := make(map[CommandID]Answered, len(list))
	for _, a := range list {
		all[a.ID] = a
		s.last = max(s.last, a.At)
	}
	s.gens = append(s.gens, all)
	return s
}
