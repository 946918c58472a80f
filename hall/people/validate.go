package people

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// Limits on what a form may hold. They bound a row, not a habit: the longest
// name on a register is far below.
const (
	MaxName        = 120 // runes
	MaxMemberships = 20  // one per employer; beyond that a list is an attack
	MaxPhone       = 32  // characters, also of an odd number that is kept as typed
	kpjLength      = 11
	nikLength      = 16
	minDocument    = 5  // shortest passport or permit number accepted
	maxDocument    = 20 // longest
)

//go:embed regions.txt
var regionLines string

var regions = sync.OnceValue(func() map[string]bool {
	known := make(map[string]bool)
	for line := range strings.Lines(regionLines) {
		if len(line) > 2 && line[0] != '#' {
			known[line[:2]] = true
		}
	}
	return known
})

// findings gathers errors and warnings while a form is read.
type findings struct {
	errs     FieldErrors
	warnings []Warning
}

func (f *findings) refuse(field, code, reason string) {
	f.errs = append(f.errs, &FieldError{Field: field, Code: code, Reason: reason})
}

func (f *findings) warn(field, code, reason string) {
	f.warnings = append(f.warnings, Warning{Field: field, Code: code, Reason: reason})
}

// Validate normalises a person and says what is wrong: an impossible value is an
// error (FieldErrors, all of them at once), an odd one is a warning and is kept.
// now (Unix seconds) decides which of two centuries a birth year can be in.
func Validate(p Person, now int64) (Person, []Warning, error) {
	var f findings
	out := Person{IDType: p.IDType}
	out.IDNumber = NewSecret(f.identity(p.IDType, p.IDNumber.Plain(), now))
	out.Name = NewSecret(f.name(p.Name.Plain()))
	out.Phone = NewSecret(f.phone(p.Phone.Plain()))
	out.Memberships = f.memberships(p.Memberships)
	if len(f.errs) > 0 {
		return Person{}, f.warnings, f.errs
	}
	return out, f.warnings, nil
}

func (f *findings) identity(kind IDType, typed string, now int64) string {
	number := strings.ToUpper(squeeze(typed))
	switch kind {
	case NIK:
		f.nik(number, now)
	case Passport, Permit:
		f.document(number)
	default:
		f.refuse("id_type", "id_type_unknown", "must be nik, passport or permit; choose the document that the person holds")
	}
	return number
}

func (f *findings) nik(number string, now int64) {
	const field = "id_number"
	if number == "" {
		f.refuse(field, "nik_missing", "the NIK is missing; type the 16 digits from the KTP, or choose passport or permit")
		return
	}
	if len(number) != nikLength || !only(number, digit) {
		f.refuse(field, "nik_length", "a NIK has exactly 16 digits; compare it with the KTP")
		return
	}
	if !birthDatePossible(number[6:12], now) {
		f.refuse(field, "nik_date", "digits 7 to 12 of a NIK are a birth date (for women the day plus 40), and these are not; compare them with the KTP")
		return
	}
	if !regions()[number[:2]] {
		f.warn(field, "nik_region", "the first two digits name no known province; check the KTP, the number is accepted")
	}
	if number[12:] == "0000" {
		f.warn(field, "nik_serial", "the last four digits of a NIK start from 0001; check the KTP, the number is accepted")
	}
}

// birthDatePossible reads DDMMYY, with 40 added to the day of women. Only an
// impossible date is refused: a NIK may disagree with the true birth date and is
// not reissued for that.
func birthDatePossible(ddmmyy string, now int64) bool {
	day, month, year := two(ddmmyy[0:2]), two(ddmmyy[2:4]), two(ddmmyy[4:6])
	if day > 40 {
		day -= 40
	}
	// The offset of the branch's zone can make "now" a day older; a day's grace
	// keeps a child born today from being refused.
	latest := time.Unix(now, 0).UTC().AddDate(0, 0, 1)
	for _, century := range []int{1900, 2000} {
		date := time.Date(century+year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if date.Day() == day && int(date.Month()) == month && date.Before(latest) {
			return true
		}
	}
	return false
}

func (f *findings) document(number string) {
	const field = "id_number"
	switch {
	case number == "":
		f.refuse(field, "document_missing", "the number of the passport or permit is missing; type it as printed")
	case len(number) < minDocument || len(number) > maxDocument:
		f.refuse(field, "document_length", fmt.Sprintf("a passport or permit number has %d to %d letters and digits; compare it with the document", minDocument, maxDocument))
	case !only(number, func(c byte) bool { return digit(c) || letter(c) }):
		f.refuse(field, "document_characters", "a passport or permit number has only letters and digits; compare it with the document")
	}
}

// name never asks for a second word: names of one word are normal here. A
// missing name is odd but possible, as at a kiosk that asks only for the number.
func (f *findings) name(typed string) string {
	name := strings.Join(strings.Fields(typed), " ")
	switch {
	case name == "":
		f.warn("name", "name_missing", "no name was given; the officer will see only the number")
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		f.refuse("name", "name_characters", "the name holds characters that cannot be shown; type it again")
	case utf8.RuneCountInString(name) > MaxName:
		f.refuse("name", "name_length", fmt.Sprintf("the name is longer than %d characters; shorten it as on the KTP", MaxName))
	}
	return name
}

// phone gives +62…; what cannot be read as an Indonesian number is kept as typed,
// with a warning, because a wrong phone must not cost somebody their turn.
func (f *findings) phone(typed string) string {
	const field = "phone"
	number := squeeze(typed)
	if number == "" {
		return ""
	}
	if len(number) > MaxPhone || !utf8.ValidString(number) || strings.ContainsFunc(number, unicode.IsControl) {
		f.refuse(field, "phone_length", fmt.Sprintf("a phone number has at most %d characters; type it as 08… or +62…, or leave it empty", MaxPhone))
		return ""
	}
	digits, plus := strings.CutPrefix(number, "+")
	if !only(digits, digit) {
		f.warn(field, "phone_odd", "this does not look like a phone number; it is kept as typed, but no message may arrive")
		return number
	}
	switch {
	case strings.HasPrefix(digits, "62"):
		digits = digits[2:]
	case plus:
		f.warn(field, "phone_foreign", "this is a foreign phone number; no message may arrive")
		return number
	case strings.HasPrefix(digits, "0"):
		digits = digits[1:]
	case !strings.HasPrefix(digits, "8"):
		f.warn(field, "phone_odd", "this does not look like an Indonesian phone number; it is kept as typed, but no message may arrive")
		return number
	}
	digits = strings.TrimPrefix(digits, "0") // "+62 0812…" is a common slip
	if len(digits) < 7 || len(digits) > 13 {
		f.warn(field, "phone_odd", "this phone number is unusually short or long; no message may arrive")
	}
	return "+62" + digits
}

func (f *findings) memberships(typed []Secret) []Secret {
	if len(typed) > MaxMemberships {
		f.refuse("memberships", "kpj_many", fmt.Sprintf("at most %d membership numbers for one person; split the claims over two visits", MaxMemberships))
		return nil
	}
	var out []Secret
	seen := make(map[string]bool)
	for i, one := range typed {
		field := fmt.Sprintf("memberships[%d]", i)
		number := strings.ToUpper(squeeze(one.Plain()))
		if len(number) != kpjLength || !only(number, func(c byte) bool { return digit(c) || letter(c) }) {
			f.refuse(field, "kpj_length", "a membership number (KPJ) has exactly 11 digits or letters; compare it with the card")
			continue
		}
		if !only(number, digit) {
			f.warn(field, "kpj_letter", "a membership number (KPJ) seldom holds a letter; compare it with the card, it is accepted")
		}
		if !seen[number] {
			seen[number] = true
			out = append(out, NewSecret(number))
		}
	}
	return out
}

// squeeze drops what people type between groups of digits.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' || r == '.' || r == '(' || r == ')' || r == '/' {
			return -1
		}
		return r
	}, s)
}

func only(s string, ok func(byte) bool) bool {
	for i := range len(s) {
		if !ok(s[i]) {
			return false
		}
	}
	return true
}

func digit(c byte) bool  { return c >= '0' && c <= '9' }
func letter(c byte) bool { return c >= 'A' && c <= 'Z' }
func two(s string) int   { return int(s[0]-'0')*10 + int(s[1]-'0') }
