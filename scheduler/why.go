package scheduler

// WhyCode is one reason in a plan, translated by the screens.
type WhyCode string

// Why is a reason as data: a code and up to two whole numbers (seconds, a
// visit id, a count, millimetres; the code says which).
type Why struct {
	Code WhyCode `json:"code"`
	A    int64   `json:"a,omitempty"`
	B    int64   `json:"b,omitempty"`
}

// The reasons that plans, skips and moves carry.
const (
	WhyFirst        WhyCode = "first_in_order"       // a: seconds waited
	WhyNext         WhyCode = "next_in_order"        // a: place in the order, b: seconds waited
	WhyBooked       WhyCode = "booking_credit"       // a: seconds of credit
	WhyPriority     WhyCode = "priority_jump"        // a: seconds of jump
	WhyLot          WhyCode = "drawn_before_opening" // a: lot
	WhyHeldFor      WhyCode = "seats_held"           // a: the room where they are held, b: how many
	WhyChosen       WhyCode = "chosen_by_officer"    //
	WhyOthersChosen WhyCode = "others_chosen"        // proposed, and passed for the officer's reason
	WhyTogether     WhyCode = "party_together"       // a: persons
	WhyAccessible   WhyCode = "accessible_seat"
	WhyFuture       WhyCode = "leaves_most_seats"  // a: seats still usable afterwards
	WhyNoFit        WhyCode = "persons_do_not_fit" // a: persons, b: seats that could be used
	WhyOvertaken    WhyCode = "overtaken"          // a: times so far, b: allowed
	WhyProgramme    WhyCode = "other_programme"
	WhyUnserved     WhyCode = "no_room_serves" // no room of the branch works the programme
	WhySkill        WhyCode = "officer_not_for_programme"
	WhyCapacity     WhyCode = "capacity_reached" // a: persons allowed
	WhyCollective   WhyCode = "company_share_reached"
	WhyShareYields  WhyCode = "company_share_gives_way"    // a: the share, in percent
	WhyTooLate      WhyCode = "cannot_finish_before_close" // a: seconds needed, b: seconds left
	WhyMinutes      WhyCode = "officer_minutes_used"       // a: officer's seconds needed, b: officer's seconds left
	WhyLastStart    WhyCode = "last_moment_to_start"       // a: seconds left before the close or the shift's end
	WhyHolding      WhyCode = "seats_held_for_another"     // a: the visit, b: the seats that it waits for
	WhyNeverFits    WhyCode = "no_room_could_seat"         // a: persons
	WhyKeptSeat     WhyCode = "accessible_seat_kept"
	WhyGrace        WhyCode = "late_within_grace"      // a: seconds late
	WhyLate         WhyCode = "late_beyond_grace"      // a: seconds late
	WhyEarly        WhyCode = "earlier_than_booked"    // a: seconds counted from
	WhyReturned     WhyCode = "keeps_old_place"        //
	WhyRequeued     WhyCode = "requeued_after_no_show" // a: positions
	WhyNoShow       WhyCode = "did_not_come"           // a: seconds since the call
	WhyYielded      WhyCode = "files_of_one_sitting"   // a: files settled in this sitting
	WhyCarried      WhyCode = "day_ended_first"
	WhyGuaranteed   WhyCode = "guaranteed_next_day"
	WhyAborted      WhyCode = "session_aborted"
	WhyBound        WhyCode = "waited_beyond_bound" // a: seconds, b: bound
	WhyShort        WhyCode = "shortest_task"       // a: seconds expected
	WhyHelp         WhyCode = "asked_for_help"      // a: seconds ago
	WhyPapersLater  WhyCode = "papers_complete_later"
	WhyStaff        WhyCode = "by_staff"
	WhyAsked        WhyCode = "at_own_request"
	WhyUndone       WhyCode = "taken_back"
	WhyFormTimeout  WhyCode = "waited_to_form" // a: seconds
	WhyTargetMet    WhyCode = "group_full"     // a: persons
	WhyTooFew       WhyCode = "too_few_yet"    // a: persons, b: wanted
	WhyNobody       WhyCode = "nobody_waiting"
	WhyNoOfficer    WhyCode = "officer_absent"
	WhyNoSession    WhyCode = "no_session"
	WhyLastCallDone WhyCode = "last_call_made"
	WhyRoomInUse    WhyCode = "room_in_use"
	WhyNotOpen      WhyCode = "not_open_yet"          // a: seconds until the first call
	WhySeatKind     WhyCode = "accessible_seat_taken" // it needs one and every one has somebody
)
