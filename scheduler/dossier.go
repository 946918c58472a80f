package scheduler

import (
	"slices"
	"sort"

	"lapak/scheduler/calendar"
	"lapak/scheduler/procedure"
)

// Dossier is the papers and the history of one visit: what the floor does not
// need for order and seats. A dossier is replaced, never changed in place, so
// that published states stay as they were.
type Dossier struct {
	Visit    VisitID   `json:"visit"`
	Link     Hash      `json:"link,omitempty"`   // of the visitor's own page
	Former   []Hash    `json:"former,omitempty"` // links before it, which lead here too
	Slip     Slip      `json:"slip,omitempty"`   // the number on paper that it was entered from
	Papers   []Paper   `json:"papers,omitempty"`
	Receipts []Receipt `json:"receipts,omitempty"`
	Story    []Note    `json:"story,omitempty"` // what happened and why, oldest first
}

const maxFormer = 4 // booked, arrived, carried over, and once more

// relink gives the visitor's page another link. Those before it lead here too.
func (d *Dossier) relink(link Hash) {
	if d.Link != "" {
		d.Former = append(d.Former[max(0, len(d.Former)+1-maxFormer):], d.Link)
	}
	d.Link = link
}

// Mark is what a check found about one document.
type Mark uint8

// The marks. Their order is part of the wire format.
const (
	NotSeen Mark = iota
	Present
	Missing
	marks
)

var markNames = [marks]string{"not_seen", "present", "missing"}

// String returns the mark's stable name.
func (m Mark) String() string { return name(markNames[:], int(m)) }

// MarshalText writes the stable name.
func (m Mark) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the stable name.
func (m *Mark) UnmarshalText(b []byte) error { return unname(markNames[:], b, (*uint8)(m)) }

// Paper is one document of one claim's checklist.
type Paper struct {
	Claim ClaimID       `json:"claim"`
	Doc   procedure.Doc `json:"doc"`
	Mark  Mark          `json:"mark"`
}

// Receipt is what the visitor takes home for one claim.
type Receipt struct {
	No        int64               `json:"no"` // unique in the journal: the record's seq times 256 plus a count
	Claim     ClaimID             `json:"claim"`
	Programme procedure.Programme `json:"programme"`
	Outcome   Outcome             `json:"outcome"`
	Missing   []procedure.Doc     `json:"missing,omitempty"`
	Reason    ReasonCode          `json:"reason,omitempty"`
	Promise   calendar.Date       `json:"promise,omitzero"`
	Checklist int                 `json:"checklist"` // version in force
	At        Time                `json:"at"`
}

// Note is one line of a visit's story: what was decided and the reasons.
type Note struct {
	Seq  int64   `json:"seq"`
	At   Time    `json:"at"`
	What KindRef `json:"what"`
	Why  []Why   `json:"why,omitempty"`
}

// KindRef names what happened in a Note by the event's kind or the visit's new
// state.
type KindRef string

// MaxStory bounds a visit's story: far more than the busiest visit produces.
const MaxStory = 60

// Dossier returns the visit's dossier, or nil.
func (s *State) Dossier(id VisitID) *Dossier {
	if i := s.dossierIndex(id); i >= 0 {
		return s.Dossiers[i]
	}
	return nil
}

func (s *State) dossierIndex(id VisitID) int {
	d := s.Dossiers
	i := sort.Search(len(d), func(i int) bool { return d[i].Visit >= id })
	if i < len(d) && d[i].Visit == id {
		return i
	}
	return -1
}

// note adds a line to the visit's story.
func (s *State) note(id VisitID, what KindRef, why []Why) {
	d := s.dossierW(id)
	if d == nil {
		return
	}
	if len(d.Story) >= MaxStory {
		d.Story = d.Story[1:]
	}
	d.Story = append(d.Story, Note{Seq: s.cap.seq, At: s.cap.at, What: what, Why: why})
}

// mark returns what is known of one document of one claim.
func (d *Dossier) mark(c ClaimID, doc procedure.Doc) Mark {
	for _, p := range d.Papers {
		if p.Claim == c && p.Doc == doc {
			return p.Mark
		}
	}
	return NotSeen
}

// clone copies the dossier for one record, which may append to its lists; to
// change what is in them it copies them first.
func (d *Dossier) clone() *Dossier {
	c := *d
	c.Papers, c.Receipts, c.Former = slices.Clip(d.Papers), slices.Clip(d.Receipts), slices.Clip(d.Former) // what is appended goes elsewhere
	c.Story = append(make([]Note, 0, len(d.Story)+1), d.Story...)                                          // a note nearly always follows
	return &c
}
