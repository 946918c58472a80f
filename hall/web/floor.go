package web

import (
	"net/http"

	"lapak/scheduler"
	"lapak/scheduler/procedure"
)

// maxMarks bounds the marks of one check: 200 claims never have their papers
// looked through in one go.
const maxMarks = 500

type paperForm struct {
	Claim scheduler.ClaimID `json:"claim" need:"true"`
	Doc   procedure.Doc     `json:"doc" need:"true"`
	Mark  scheduler.Mark    `json:"mark" need:"true"`
}

type papersForm struct {
	Marks []paperForm `json:"marks"`
	Ready bool        `json:"ready" need:"true"`
}

func checkPapers(c *call, b papersForm) (scheduler.Command, error) {
	id, err := c.visitID()
	if err != nil {
		return nil, err
	}
	if len(b.Marks) > maxMarks {
		return nil, badField(http.StatusUnprocessableEntity, "out_of_range", "marks", "At most %d marks at once.", maxMarks)
	}
	cmd := scheduler.CheckPapers{Visit: id, Ready: b.Ready}
	for _, m := range b.Marks {
		cmd.Marks = append(cmd.Marks, scheduler.Paper(m))
	}
	return cmd, nil
}

type reasonForm struct {
	Reason string `json:"reason"`
}

func park(c *call, b reasonForm) (scheduler.Command, error) {
	id, err := c.visitID()
	if err != nil {
		return nil, err
	}
	why, err := reason("reason", b.Reason, asideReasons)
	return scheduler.Park{Visit: id, Reason: why}, err
}

func sideDesk(c *call, b reasonForm) (scheduler.Command, error) {
	id, err := c.visitID()
	if err != nil {
		return nil, err
	}
	why, err := reason("reason", b.Reason, asideReasons)
	return scheduler.SideDesk{Visit: id, Reason: why}, err
}

func cancel(c *call, b reasonForm) (scheduler.Command, error) {
	id, err := c.visitID()
	if err != nil {
		return nil, err
	}
	why, err := reason("reason", b.Reason, cancelReasons)
	return scheduler.Cancel{Visit: id, Reason: why}, err
}

func stepOut(c *call, _ empty) (scheduler.Command, error) {
	id, err := c.visitID()
	return scheduler.StepOut{Visit: id}, err
}

func resume(c *call, _ empty) (scheduler.Command, error) {
	id, err := c.visitID()
	return scheduler.Resume{Visit: id}, err
}

func leave(c *call, _ empty) (scheduler.Command, error) {
	id, err := c.visitID()
	return scheduler.Leave{Visit: id}, err
}

func recall(c *call, _ empty) (scheduler.Command, error) {
	id, err := c.visitID()
	return scheduler.RecallVisit{Visit: id}, err
}

func seatVisit(c *call, _ empty) (scheduler.Command, error) {
	id, err := c.visitID()
	return scheduler.SeatVisit{Visit: id}, err
}

// unseat is the officer who sees that somebody else sits there.
func unseat(c *call, _ empty) (scheduler.Command, error) {
	id, err := c.visitID()
	return scheduler.UnseatVisit{Visit: id}, err
}

func noShow(c *call, _ empty) (scheduler.Command, error) {
	id, err := c.visitID()
	return scheduler.MarkNoShow{Visit: id}, err
}

type correctForm struct {
	Persons    int                `json:"persons" need:"true"`
	Priority   scheduler.Priority `json:"priority" need:"true"`
	Accessible bool               `json:"accessible" need:"true"`
	Reason     string             `json:"reason" need:"true"`
}

func correct(c *call, b correctForm) (scheduler.Command, error) {
	v, err := c.visit()
	if err != nil {
		return nil, err
	}
	if b.Priority != v.Priority { // a guarantee may stay, but nobody enters one
		if err := checkPriority(b.Priority); err != nil {
			return nil, err
		}
	}
	why, err := reason("reason", b.Reason, correctReasons)
	return scheduler.Correct{Visit: v.ID, Persons: b.Persons, Priority: b.Priority, Accessible: b.Accessible, Reason: why}, err
}

type addClaimForm struct {
	Programme procedure.Programme `json:"programme" need:"true"`
	Reason    procedure.Reason    `json:"reason"`
	Small     bool                `json:"small"`
	Person    int                 `json:"person"`
	Because   string              `json:"because"`
}

func addClaim(c *call, b addClaimForm) (scheduler.Command, error) {
	id, err := c.visitID()
	if err != nil {
		return nil, err
	}
	why, err := reason("because", b.Because, correctReasons)
	return scheduler.AddClaim{Visit: id, Reason: why,
		Claim: scheduler.NewClaim{Programme: b.Programme, Reason: b.Reason, Small: b.Small, Person: b.Person}}, err
}

type markForm struct {
	Doc  procedure.Doc  `json:"doc" need:"true"`
	Mark scheduler.Mark `json:"mark" need:"true"`
}

func markPaper(c *call, b markForm) (scheduler.Command, error) {
	id, err := c.claimID()
	return scheduler.MarkPaper{Claim: id, Doc: b.Doc, Mark: b.Mark}, err
}

type settleForm struct {
	Outcome scheduler.Outcome `json:"outcome" need:"true"`
	Missing []procedure.Doc   `json:"missing"`
	Reason  string            `json:"reason"`
}

func settle(c *call, b settleForm) (scheduler.Command, error) {
	id, err := c.claimID()
	if err != nil {
		return nil, err
	}
	why, err := reason("reason", b.Reason, settleReasons[b.Outcome])
	return scheduler.Settle{Claim: id, Outcome: b.Outcome, Missing: b.Missing, Reason: why}, err
}

func settleRest(c *call, _ empty) (scheduler.Command, error) {
	id, err := c.claimID()
	return scheduler.SettleRest{Like: id}, err
}

type transferForm struct {
	Programme procedure.Programme `json:"programme" need:"true"`
	Reason    procedure.Reason    `json:"reason"`
	Small     bool                `json:"small"`
	Because   string              `json:"because" need:"true"`
}

func transfer(c *call, b transferForm) (scheduler.Command, error) {
	id, err := c.claimID()
	if err != nil {
		return nil, err
	}
	why, err := reason("because", b.Because, correctReasons)
	return scheduler.Transfer{Claim: id, Programme: b.Programme, Reason: b.Reason, Small: b.Small, Because: why}, err
}

type undoForm struct {
	Seq int64 `json:"seq" need:"true"`
}

func undo(_ *call, b undoForm) (scheduler.Command, error) {
	return scheduler.UndoRecord{Seq: b.Seq}, nil
}
