package web

import (
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
)

// maxNotice bounds the lobby's running text: what scrolls by in half a minute.
const maxNotice = 280

type openDayForm struct {
	Date calendar.Date `json:"date"` // today when left out
}

func openDay(_ *call, b openDayForm) (scheduler.Command, error) {
	return scheduler.OpenDay{Date: b.Date}, nil
}

type closeDayForm struct {
	Force bool `json:"force"`
}

func closeDay(_ *call, b closeDayForm) (scheduler.Command, error) {
	return scheduler.CloseDay{Force: b.Force}, nil
}

type adjustClockForm struct {
	ByS int64 `json:"by_s" need:"true"`
}

// adjustClock also says that the clock is right from now on, so that deadlines
// which waited for somebody to look fire again.
func adjustClock(c *call, b adjustClockForm) (reply, error) {
	a, err := c.submit(scheduler.AdjustClock{BySeconds: b.ByS})
	if err != nil {
		return reply{}, err
	}
	c.s.o.Branch.ConfirmClock()
	c.s.o.Feed.Changed() // the record was announced before the banner went
	return reply{body: c.answer(a), replayed: a.Replayed}, nil
}

func confirmClock(c *call) (reply, error) {
	c.s.o.Branch.ConfirmClock()
	c.s.o.Feed.Changed() // the banner goes
	return ok(empty{})
}

type policyView struct {
	Policy  *scheduler.Policy `json:"policy"`
	Version int               `json:"version"`
}

func getPolicy(c *call) (reply, error) {
	p := c.state().Floor.Policy
	return ok(policyView{Policy: p, Version: p.Version})
}

type policyForm struct {
	Version int               `json:"version" need:"true"`
	Policy  *scheduler.Policy `json:"policy" need:"true"`
}

func setPolicy(_ *call, b policyForm) (scheduler.Command, error) {
	return scheduler.SetPolicy{Policy: b.Policy, Version: b.Version}, nil
}

type noticeView struct {
	Text string `json:"text"`
}

func getNotice(c *call) (reply, error) { return ok(noticeView{Text: c.s.o.Source.Notice()}) }

type noticeForm struct {
	Text string `json:"text" need:"true"`
}

func setNotice(c *call, b noticeForm) (reply, error) {
	text := strings.Join(strings.Fields(b.Text), " ")
	if utf8.RuneCountInString(text) > maxNotice {
		return reply{}, badField(http.StatusUnprocessableEntity, "too_long", "text", "The notice has at most %d characters: people read it while it runs by.", maxNotice)
	}
	if strings.ContainsFunc(text, unicode.IsControl) {
		return reply{}, badField(http.StatusUnprocessableEntity, "bad_field", "text", "The notice may hold plain characters only.")
	}
	if err := c.s.o.Source.SetNotice(text); err != nil {
		return reply{}, err
	}
	c.s.o.Feed.Changed()
	return ok(noticeView{Text: text})
}
