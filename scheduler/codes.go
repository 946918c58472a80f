package scheduler

// RefusalCodes lists every code that a Refusal of the rules may carry, in
// order of the alphabet. The screens' catalogue has words for each.
func RefusalCodes() []string {
	return []string{
		"after_last_ticket", "already_booked", "already_called", "already_has_number", "already_on_shift",
		"already_over", "already_seated", "already_settled", "bad_briefing", "bad_calendar", "bad_channel",
		"bad_dice", "bad_id", "bad_mark", "bad_mode", "bad_outcome", "bad_papers", "bad_prefixes", "bad_priority",
		"bad_procedure", "bad_reason", "bad_seats", "bad_slip", "bad_times", "branch_full", "cannot_call",
		"cannot_park", "cannot_resume", "cannot_send_to_desk", "cannot_step_out", "claims_of_person",
		"collective_off", "come_to_desk", "day_closed", "day_in_past", "day_not_open", "day_open", "does_not_fit",
		"draw_frozen", "draw_held", "draw_nobody", "draw_not_prepared", "draw_open", "draw_over", "draw_prepared",
		"draw_secret_lost", "draw_too_long", "holiday", "in_the_past", "inform_only", "last_call_made", "missing",
		"no_change", "no_checklist", "no_number", "no_rest", "no_session", "no_step", "nobody_ready",
		"nobody_to_call", "not_at_desk", "not_called", "not_cleaning", "not_in_crew", "not_on_break", "not_on_shift",
		"not_preparing", "not_ready", "not_returned", "not_seated", "not_served_here", "not_settled", "not_that_day", "not_today",
		"not_waiting", "not_with_officer", "not_yet", "not_you", "not_your_act", "not_your_session", "number_used",
		"officer_absent", "officer_busy", "officer_in_session", "officer_off_shift", "other_day", "other_visitor",
		"out_of_range", "outcome_due", "overtake_bound", "papers_missing", "quota_used", "recalled_enough",
		"room_cleaning", "room_in_use", "seat_empty", "seats_taken", "session_live", "stale_proposal",
		"stale_version", "survey_empty", "survey_enough", "survey_not_due", "too_large", "too_many_claims",
		"too_many_officers", "too_many_rooms", "twice", "undo_gone", "undo_open", "undo_touched", "unknown_booking",
		"unknown_claim", "unknown_doc", "unknown_officer", "unknown_programme", "unknown_reason", "unknown_room",
		"unknown_seat", "unknown_step", "unknown_visit", "with_nobody",
	}
}

// WhyCodes lists every reason of the rules, in order of the alphabet.
func WhyCodes() []WhyCode {
	return []WhyCode{
		"accessible_seat", "accessible_seat_kept", "accessible_seat_taken", "asked_for_help", "at_own_request",
		"booking_credit", "by_staff", "cannot_finish_before_close", "capacity_reached", "chosen_by_officer",
		"company_share_gives_way", "company_share_reached", "day_ended_first", "did_not_come", "drawn_before_opening", "earlier_than_booked",
		"files_of_one_sitting", "first_in_order", "group_full", "guaranteed_next_day", "keeps_old_place", "last_call_made",
		"last_moment_to_start", "late_beyond_grace", "late_within_grace", "leaves_most_seats", "next_in_order", "no_room_could_seat", "no_room_serves", "no_session",
		"nobody_waiting", "not_open_yet", "officer_absent", "officer_minutes_used", "officer_not_for_programme",
		"other_programme", "others_chosen", "overtaken",
		"papers_complete_later", "party_together", "persons_do_not_fit", "priority_jump", "requeued_after_no_show",
		"room_in_use", "seats_held", "seats_held_for_another", "session_aborted", "shortest_task", "taken_back",
		"too_few_yet", "waited_beyond_bound", "waited_to_form",
	}
}
