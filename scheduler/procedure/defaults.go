package procedure

import "lapak/scheduler/calendar"

// Default is the catalogue a branch starts with. JHT is the standard procedure with the briefing at the
// booth; the other programmes are shorter, one to one, and to be corrected by what the branch measures.
func Default() Catalog {
	return Catalog{Procedures: defaultProcedures(), Rules: defaultRules(), Checklists: defaultChecklists()}
}

func defaultProcedures() []Procedure {
	return []Procedure{
		{Programme: JHT, Group: true, PromiseDays: 5, PromiseDaysSmall: 1, Steps: []Step{
			{StepBriefing, Visitor, 180, 20},
			{StepCheck, Officer, 60, 50},
			{StepForm, Visitor, 720, 50},
			{StepVerify, Officer, 90, 60},
			{StepDocuments, Visitor, 360, 70},
			{StepClose, Officer, 90, 60},
		}},
		{Programme: JKK, PromiseDays: 7, Steps: []Step{
			{StepCheck, Officer, 60, 50},
			{StepDocuments, Visitor, 240, 70},
			{StepInterview, Officer, 180, 60},
			{StepClose, Officer, 60, 60},
		}},
		{Programme: JKM, PromiseDays: 3, Steps: []Step{
			{StepCheck, Officer, 90, 50},
			{StepForm, Visitor, 480, 50},
			{StepVerify, Officer, 180, 60},
			{StepClose, Officer, 90, 60},
		}},
		{Programme: JP, PromiseDays: 15, Steps: []Step{
			{StepCheck, Officer, 60, 50},
			{StepForm, Visitor, 420, 50},
			{StepVerify, Officer, 150, 60},
			{StepClose, Officer, 90, 60},
		}},
		{Programme: JKP, InformOnly: true, Steps: []Step{
			{StepInform, Officer, 180, 50},
		}},
	}
}

// monthsToWait after a resignation or a termination, and monthsToShare a part of the savings.
const (
	monthsToWait  = 1
	monthsToShare = 120
)

func defaultRules() []Rule {
	waits := map[Reason]int{ReasonResign: monthsToWait, ReasonPHK: monthsToWait}
	members := map[Reason]int{ReasonPart10: monthsToShare, ReasonPart30: monthsToShare}
	rules := make([]Rule, 0, len(Reasons()))
	for _, reason := range Reasons() {
		rules = append(rules, Rule{
			Reason: reason, Programme: programmeOf[reason],
			WaitMonths: waits[reason], MemberMonths: members[reason],
		})
	}
	return rules
}

var programmeOf = map[Reason]Programme{
	ReasonAge56: JHT, ReasonPKB: JHT, ReasonPKWT: JHT, ReasonBPU: JHT, ReasonResign: JHT, ReasonPHK: JHT,
	ReasonLeaveID: JHT, ReasonDisability: JHT, ReasonDeath: JHT, ReasonPart10: JHT, ReasonPart30: JHT,
	ReasonPMI: JHT, ReasonAccident: JKK, ReasonRecovered: JKK, ReasonJKMDeath: JKM, ReasonJPAge: JP,
	ReasonJPDisability: JP, ReasonJPSpouse: JP, ReasonJPChild: JP, ReasonJKP: JKP,
}

// The dates from which the default checklists hold.
var (
	practice2020 = calendar.MustParse("2020-01-01") // What branches asked for in 2020.
	rule2022     = calendar.MustParse("2022-04-28") // Permenaker 4/2022, as it became known that day.
)

func must(docs ...Doc) []Item {
	items := make([]Item, 0, len(docs))
	for _, doc := range docs {
		items = append(items, Item{Doc: doc, Required: true})
	}
	return items
}

func when(condition Condition, doc Doc) Item { return Item{Doc: doc, Required: true, When: condition} }

func join(parts ...[]Item) []Item {
	var all []Item
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}

// extrasJHT are the papers of a reason beyond those that every JHT claim needs.
func extrasJHT(reason Reason) []Item {
	switch reason {
	case ReasonPKB:
		return must(DocPensionRule)
	case ReasonPKWT:
		return must(DocContract)
	case ReasonBPU:
		return must(DocStopStatement)
	case ReasonResign:
		return must(DocResignation)
	case ReasonPHK:
		return must(DocTermination)
	case ReasonLeaveID:
		return must(DocPassport, DocLeaveStatement)
	case ReasonDisability:
		return must(DocDoctor)
	case ReasonPMI:
		return must(DocPassport)
	case ReasonPart10:
		return must(DocActiveWork)
	case ReasonPart30:
		return join(must(DocActiveWork), []Item{when(WhenOwnHouse, DocHousing)})
	case ReasonDeath:
		return join(must(DocDeathCertificate, DocHeirStatement, DocHeirIdentity), []Item{
			when(WhenMinorHeir, DocBirthCertificate), when(WhenGuardian, DocGuardianship),
			when(WhenWill, DocWill), when(WhenMentalIllness, DocMentalHealth),
		})
	}
	return nil
}

// stillEmployed tells for which reasons no certificate of past work can exist.
func stillEmployed(reason Reason) bool { return reason == ReasonPart10 || reason == ReasonPart30 }

func checklistsJHT() []Checklist {
	var lists []Checklist
	for _, reason := range Reasons() {
		if programmeOf[reason] != JHT {
			continue
		}
		taxed := []Item{when(WhenTaxed, DocNPWP)}
		work := must(DocWorkCertificate)
		if stillEmployed(reason) || reason == ReasonBPU {
			work = nil
		}
		lists = append(lists,
			Checklist{JHT, reason, practice2020, 1, join(must(DocCard, DocIdentity, DocFamilyCard), work,
				must(DocBankBook, DocPhoto, DocClaimForm), taxed, extrasJHT(reason))},
			Checklist{JHT, reason, rule2022, 2, join(must(DocCard, DocIdentity), taxed, extrasJHT(reason))})
	}
	return lists
}

func defaultChecklists() []Checklist {
	accident := must(DocCard, DocIdentity, DocChronology, DocAttendance, DocForm1)
	pension := must(DocForm7, DocCard, DocIdentity, DocFamilyCard)
	return append(checklistsJHT(),
		Checklist{JKK, ReasonAccident, practice2020, 1, accident},
		Checklist{JKK, ReasonRecovered, practice2020, 1, join(accident, must(DocForm2, DocForm3b), []Item{when(WhenNotPartner, DocReceipts)})},
		Checklist{JKM, ReasonJKMDeath, practice2020, 1, join(
			must(DocCard, DocIdentity, DocFamilyCard, DocHeirIdentity, DocHeirFamilyCard, DocDeathCertificate, DocHeirStatement),
			[]Item{when(WhenSpouse, DocMarriageBook)}, must(DocWorkCertificate, DocBankBook), []Item{when(WhenOver50M, DocNPWP)})},
		Checklist{JP, ReasonJPAge, practice2020, 1, pension},
		Checklist{JP, ReasonJPDisability, practice2020, 1, join(pension, must(DocDoctor, DocEmployerLetter))},
		Checklist{JP, ReasonJPSpouse, practice2020, 1, join(pension, must(DocDeathCertificate, DocMarriageBook))},
		Checklist{JP, ReasonJPChild, practice2020, 1, join(pension, must(DocDeathCertificate, DocBirthCertificate))},
		Checklist{JKP, ReasonJKP, practice2020, 1, must(DocPortalAccount, DocTermination, DocBankBook, DocJobSearch)},
	)
}
