package procedure

import (
	"fmt"
	"slices"
)

// Programme is the code of a social-security programme.
type Programme string

// The programmes.
const (
	JHT Programme = "JHT" // Old age.
	JKK Programme = "JKK" // Work accident.
	JKM Programme = "JKM" // Death.
	JP  Programme = "JP"  // Pension.
	JKP Programme = "JKP" // Job loss.
)

// Programmes lists every programme, in the order in which screens show them.
func Programmes() []Programme { return []Programme{JHT, JKK, JKM, JP, JKP} }

// Reason is the code of why somebody claims under a programme.
type Reason string

// The reasons.
const (
	ReasonAge56      Reason = "jht_age56"      // 56 years old.
	ReasonPKB        Reason = "jht_pkb"        // Pension age of the company's agreement.
	ReasonPKWT       Reason = "jht_pkwt"       // Fixed-term contract ended.
	ReasonBPU        Reason = "jht_bpu"        // Self-employed, stopped.
	ReasonResign     Reason = "jht_resign"     // Resigned.
	ReasonPHK        Reason = "jht_phk"        // Laid off.
	ReasonLeaveID    Reason = "jht_leave_id"   // Leaves Indonesia for good.
	ReasonDisability Reason = "jht_disability" // Total permanent disability.
	ReasonDeath      Reason = "jht_death"      // Died; the heirs claim.
	ReasonPart10     Reason = "jht_10"         // Partial claim of 10 %.
	ReasonPart30     Reason = "jht_30"         // Partial claim of 30 % for housing.
	ReasonPMI        Reason = "jht_pmi"        // Migrant worker.

	ReasonAccident  Reason = "jkk_report"    // First report of an accident (stage I).
	ReasonRecovered Reason = "jkk_recovered" // Recovery or final state (stage II).

	ReasonJKMDeath Reason = "jkm_death" // Death that was no work accident.

	ReasonJPAge        Reason = "jp_age"        // Pension age reached.
	ReasonJPDisability Reason = "jp_disability" // Total permanent disability.
	ReasonJPSpouse     Reason = "jp_spouse"     // Widow or widower.
	ReasonJPChild      Reason = "jp_child"      // Child.

	ReasonJKP Reason = "jkp_layoff" // Lost the job; claimed on the national job portal.
)

// Reasons lists every reason.
func Reasons() []Reason {
	return []Reason{
		ReasonAge56, ReasonPKB, ReasonPKWT, ReasonBPU, ReasonResign, ReasonPHK, ReasonLeaveID,
		ReasonDisability, ReasonDeath, ReasonPart10, ReasonPart30, ReasonPMI,
		ReasonAccident, ReasonRecovered, ReasonJKMDeath,
		ReasonJPAge, ReasonJPDisability, ReasonJPSpouse, ReasonJPChild, ReasonJKP,
	}
}

// Doc is the code of a paper on a checklist.
type Doc string

// The papers.
const (
	DocCard             Doc = "membership_card"
	DocIdentity         Doc = "identity" // KTP or another identity; passport or stay permit of a foreigner.
	DocNPWP             Doc = "npwp"
	DocFamilyCard       Doc = "family_card"
	DocWorkCertificate  Doc = "work_certificate" // Paklaring.
	DocBankBook         Doc = "bank_book"
	DocPhoto            Doc = "photo"
	DocClaimForm        Doc = "claim_form"
	DocPensionRule      Doc = "pension_rule" // The company's rule on pension age.
	DocContract         Doc = "contract"
	DocStopStatement    Doc = "stop_statement" // The self-employed states to have stopped.
	DocResignation      Doc = "resignation_statement"
	DocTermination      Doc = "termination_proof"
	DocPassport         Doc = "passport"
	DocLeaveStatement   Doc = "leave_statement" // States no longer to work in Indonesia.
	DocDoctor           Doc = "doctor_statement"
	DocDeathCertificate Doc = "death_certificate"
	DocHeirStatement    Doc = "heir_statement"
	DocHeirIdentity     Doc = "heir_identity"
	DocBirthCertificate Doc = "birth_certificate"
	DocGuardianship     Doc = "guardianship"
	DocWill             Doc = "will"
	DocMentalHealth     Doc = "mental_health_letter"
	DocActiveWork       Doc = "active_work_letter"
	DocHousing          Doc = "housing_file"
	DocChronology       Doc = "chronology"
	DocAttendance       Doc = "attendance_record"
	DocForm1            Doc = "accident_form_1"
	DocForm2            Doc = "accident_form_2"
	DocForm3b           Doc = "doctor_form_3b"
	DocReceipts         Doc = "treatment_receipts"
	DocHeirFamilyCard   Doc = "heir_family_card"
	DocMarriageBook     Doc = "marriage_book"
	DocForm7            Doc = "pension_form_7"
	DocEmployerLetter   Doc = "employer_letter"
	DocPortalAccount    Doc = "portal_account"
	DocJobSearch        Doc = "job_search_commitment"
)

// Docs lists every paper.
func Docs() []Doc {
	return []Doc{
		DocCard, DocIdentity, DocNPWP, DocFamilyCard, DocWorkCertificate, DocBankBook, DocPhoto, DocClaimForm,
		DocPensionRule, DocContract, DocStopStatement, DocResignation, DocTermination, DocPassport,
		DocLeaveStatement, DocDoctor, DocDeathCertificate, DocHeirStatement, DocHeirIdentity,
		DocBirthCertificate, DocGuardianship, DocWill, DocMentalHealth, DocActiveWork, DocHousing,
		DocChronology, DocAttendance, DocForm1, DocForm2, DocForm3b, DocReceipts, DocHeirFamilyCard,
		DocMarriageBook, DocForm7, DocEmployerLetter, DocPortalAccount, DocJobSearch,
	}
}

// Condition is the code of when an item of a checklist applies; the empty Condition is always. Whether it
// holds is asked of the visitor: this package never sees a balance or a family.
type Condition string

// The conditions.
const (
	Always            Condition = ""
	WhenTaxed         Condition = "over_50m_or_partial_before" // The balance exceeds Rp 50 million, or a partial claim was made before.
	WhenOver50M       Condition = "over_50m"
	WhenOwnHouse      Condition = "housing" // The money is for a house.
	WhenMinorHeir     Condition = "child_heir"
	WhenGuardian      Condition = "guardian"
	WhenWill          Condition = "by_will"
	WhenMentalIllness Condition = "mental_illness"
	WhenSpouse        Condition = "spouse_heir"
	WhenNotPartner    Condition = "clinic_not_partner" // Treated where the institution has no contract.
)

// Conditions lists every condition but Always, which has no words.
func Conditions() []Condition {
	return []Condition{
		WhenTaxed, WhenOver50M, WhenOwnHouse, WhenMinorHeir, WhenGuardian, WhenWill, WhenMentalIllness,
		WhenSpouse, WhenNotPartner,
	}
}

// StepCode is the code of a step of a procedure.
type StepCode string

// The steps.
const (
	StepBriefing  StepCode = "briefing"  // What will happen, what to have ready.
	StepCheck     StepCode = "check"     // The officer greets and checks who is there.
	StepForm      StepCode = "form"      // The visitor fills in the form.
	StepVerify    StepCode = "verify"    // The officer verifies the data.
	StepDocuments StepCode = "documents" // The visitor finds and lays out the originals.
	StepInterview StepCode = "interview" // The officer asks about what happened.
	StepClose     StepCode = "close"     // The officer settles and gives the receipt.
	StepInform    StepCode = "inform"    // The officer explains where and how to claim.
	StepSurvey    StepCode = "survey"    // The visitor answers the nine questions.
)

// StepCodes lists every step.
func StepCodes() []StepCode {
	return []StepCode{
		StepBriefing, StepCheck, StepForm, StepVerify, StepDocuments, StepInterview, StepClose, StepInform, StepSurvey,
	}
}

// Who does a step. JSON: "visitor", "officer", "group". The zero Who is nobody and never valid, so that a
// field left out is noticed.
type Who uint8

// Who can do a step.
const (
	Visitor Who = iota + 1 // The visitor alone; needs no officer.
	Officer                // The officer with this one person.
	Group                  // The officer with several persons at once.
)

var whoCodes = [...]string{Visitor: "visitor", Officer: "officer", Group: "group"}

// Valid tells whether w is one of the three.
func (w Who) Valid() bool { return w >= Visitor && w <= Group }

// String is the code.
func (w Who) String() string {
	if !w.Valid() {
		return fmt.Sprintf("who%d", uint8(w))
	}
	return whoCodes[w]
}

// MarshalText writes the code.
func (w Who) MarshalText() ([]byte, error) {
	if !w.Valid() {
		return nil, fmt.Errorf("who number %d is none of visitor, officer, group", uint8(w))
	}
	return []byte(whoCodes[w]), nil
}

// UnmarshalText reads the code.
func (w *Who) UnmarshalText(text []byte) error {
	at := slices.Index(whoCodes[:], string(text))
	if at < int(Visitor) {
		return fmt.Errorf("%q is none of visitor, officer, group", text)
	}
	*w = Who(at)
	return nil
}

// Briefing is the branch's choice of how the briefing is given.
type Briefing string

// The ways to brief. In both live forms the officer speaks and the briefing is a step of the group; they
// differ in whom the officer waits for, which the scheduler decides by the room's mode.
const (
	BriefingLive   Briefing = "live"   // The officer briefs those who start together, or each newcomer.
	BriefingShared Briefing = "shared" // The officer briefs everybody who waits for it, on demand.
	BriefingBooth  Briefing = "booth"  // The booth screen plays it; the default, and worth most.
)

// Briefings lists every way to brief.
func Briefings() []Briefing { return []Briefing{BriefingLive, BriefingShared, BriefingBooth} }
