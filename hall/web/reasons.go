package web

import (
	"net/http"
	"slices"
	"strings"

	"lapak/scheduler"
)

// The reasons that staff choose from, per act. Reasons enter the journal, which
// never forgets; a list leaves no room for a name or a remark, which belong to the
// people.
var (
	abortReasons    = []string{"officer_ill", "link_down", "alarm", "room_problem", "mistake"}
	refusedReasons  = []string{"not_eligible", "identity_doubt", "duplicate", "withdrawn"}
	escalateReasons = []string{"needs_head_office", "data_mismatch", "legal_question"}
	returnedReasons = []string{"papers_missing", "copy_unreadable", "name_differs"}
	asideReasons    = []string{"papers", "complaint", "help_needed", "health"}
	callReasons     = []string{"fits_better", "urgent_need", "returns_from_desk"}
	correctReasons  = []string{"entered_wrongly", "visitor_says_otherwise", "wrong_programme"}
	seatReasons     = []string{"device_broken", "cleaning", "reserved"}
	cancelReasons   = []string{"own_request", "entered_twice", "withdrawn", "entered_wrongly"}
	breakReasons    = []string{"meal", "prayer", "rest", "meeting", "errand", "health"}
	crewReasons     = []string{"shift_end", "break", "officer_ill", "help_needed", "rebalance", "mistake"}
)

// settleReasons are those of each outcome; an approval needs none.
var settleReasons = map[scheduler.Outcome][]string{
	scheduler.Returned: returnedReasons, scheduler.Escalated: escalateReasons, scheduler.Refused: refusedReasons,
}

// reason takes a reason from its list; none is allowed where the rules allow none.
func reason(field, given string, list []string) (scheduler.ReasonCode, error) {
	if given == "" || slices.Contains(list, given) {
		return scheduler.ReasonCode(given), nil
	}
	return "", badField(http.StatusUnprocessableEntity, "unknown_reason", field, "The reason must be one of: %s.", strings.Join(list, ", "))
}
