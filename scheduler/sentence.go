package scheduler

// whySentences are the English sentences of the reasons that appear inside a
// refusal. The screens translate reasons themselves, from their codes.
var whySentences = map[WhyCode]string{
	WhyNoSession:    "no session is open",
	WhyLastCallDone: "the last call was made",
	WhyRoomInUse:    "the group is complete; a closed room is not refilled",
	WhyNoOfficer:    "no officer of the crew is present",
	WhyNotOpen:      "the doors are not open yet",
	WhyTooFew:       "the group is still too small; wait until it may start, or choose the visits and give a reason",
	WhyNobody:       "nobody waits",
	WhyHolding:      "seats are held for a party that has been overtaken as often as allowed",
	WhyCapacity:     "the room's capacity is reached",
}

func whySentence(c WhyCode) string {
	if s, ok := whySentences[c]; ok {
		return s
	}
	return string(c)
}

func waitSentence(list []Why) string {
	if len(list) == 0 {
		return "nobody who waits may come to this room now"
	}
	return whySentence(list[0].Code)
}
