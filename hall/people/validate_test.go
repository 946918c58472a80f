package people

import (
	"errors"
	"strings"
	"testing"
)

func codes(err error, warnings []Warning) string {
	var all []string
	var wrong FieldErrors
	if errors.As(err, &wrong) {
		for _, one := range wrong {
			all = append(all, one.Field+"!"+one.Code)
		}
	}
	for _, one := range warnings {
		all = append(all, one.Field+"?"+one.Code)
	}
	return strings.Join(all, " ")
}

func TestValidateNumbers(t *testing.T) {
	tests := []struct {
		kind   IDType
		number string
		want   string
	}{
		{NIK, "3273010105900001", ""},
		{NIK, " 32.7301-010590 0001 ", ""},
		{NIK, "3273014105900001", ""}, // a woman born on the first
		{NIK, "3273017112900001", ""}, // on the thirty-first
		{NIK, "3273017212900001", "id_number!nik_date"},
		{NIK, "3273014005900001", "id_number!nik_date"}, // day 40 is day 0
		{NIK, "3273010005900001", "id_number!nik_date"},
		{NIK, "3273013204900001", "id_number!nik_date"},
		{NIK, "3273013104900001", "id_number!nik_date"}, // April has thirty days
		{NIK, "3273010113900001", "id_number!nik_date"},
		{NIK, "3273010100900001", "id_number!nik_date"},
		{NIK, "3273012902000001", ""}, // 2000 was a leap year
		{NIK, "3273012902280001", ""}, // 1928 was, and 2028 is to come
		{NIK, "3273012902010001", "id_number!nik_date"},
		{NIK, "3273010303260001", ""}, // born tomorrow in one zone, or in 1926
		{NIK, "9973010105900001", "id_number?nik_region"},
		{NIK, "3273010105900000", "id_number?nik_serial"},
		{NIK, "327301010590001", "id_number!nik_length"},
		{NIK, "32730101059000011", "id_number!nik_length"},
		{NIK, "327301010590000O", "id_number!nik_length"},
		{NIK, "", "id_number!nik_missing"},
		{Passport, "b 1234567", ""},
		{Permit, "2C21JE1234-A", ""},
		{Passport, "B12", "id_number!document_length"},
		{Passport, "B1234567é", "id_number!document_characters"},
		{Passport, "", "id_number!document_missing"},
		{"sim", "123456", "id_type!id_type_unknown"},
	}
	for _, test := range tests {
		_, warnings, err := Validate(Person{IDType: test.kind, IDNumber: NewSecret(test.number), Name: NewSecret("Siti")}, noon)
		if got := codes(err, warnings); got != test.want {
			t.Errorf("%s %q gives %q, want %q", test.kind, test.number, got, test.want)
		}
	}
}

func TestValidateOtherFields(t *testing.T) {
	tests := []struct {
		change func(*Person)
		want   string
		get    func(Person) string
		value  string
	}{
		{func(p *Person) { p.Name = NewSecret("  Siti   Aminah ") }, "", func(p Person) string { return p.Name.Plain() }, "Siti Aminah"},
		{func(p *Person) { p.Name = NewSecret("Suharto") }, "", func(p Person) string { return p.Name.Plain() }, "Suharto"},
		{func(p *Person) { p.Name = Secret{} }, "name?name_missing", nil, ""},
		{func(p *Person) { p.Name = NewSecret("Si\x00ti") }, "name!name_characters", nil, ""},
		{func(p *Person) { p.Name = NewSecret(strings.Repeat("é", MaxName)) }, "", nil, ""},
		{func(p *Person) { p.Name = NewSecret(strings.Repeat("é", MaxName+1)) }, "name!name_length", nil, ""},
		{func(p *Person) { p.Phone = NewSecret("0812 3456 7890") }, "", phoneOf, "+6281234567890"},
		{func(p *Person) { p.Phone = NewSecret("+62 (0)812-3456-7890") }, "", phoneOf, "+6281234567890"},
		{func(p *Person) { p.Phone = NewSecret("6281234567890") }, "", phoneOf, "+6281234567890"},
		{func(p *Person) { p.Phone = NewSecret("81234567890") }, "", phoneOf, "+6281234567890"},
		{func(p *Person) { p.Phone = NewSecret("021 555 1234") }, "", phoneOf, "+62215551234"},
		{func(p *Person) { p.Phone = NewSecret("+6591234567") }, "phone?phone_foreign", phoneOf, "+6591234567"},
		{func(p *Person) { p.Phone = NewSecret("0812") }, "phone?phone_odd", phoneOf, "+62812"},
		{func(p *Person) { p.Phone = NewSecret("12345") }, "phone?phone_odd", phoneOf, "12345"},
		{func(p *Person) { p.Phone = NewSecret("tetangga") }, "phone?phone_odd", phoneOf, "tetangga"},
		{func(p *Person) { p.Phone = NewSecret(strings.Repeat("8", MaxPhone+1)) }, "phone!phone_length", nil, ""},
		{func(p *Person) { p.Memberships = []Secret{NewSecret("01234567890"), NewSecret("012 3456 7890")} }, "", kpjOf, "01234567890"},
		{func(p *Person) { p.Memberships = []Secret{NewSecret("0123456789a")} }, "memberships[0]?kpj_letter", kpjOf, "0123456789A"},
		{func(p *Person) { p.Memberships = []Secret{NewSecret("01234567890"), NewSecret("1")} }, "memberships[1]!kpj_length", nil, ""},
		{func(p *Person) { p.Memberships = make([]Secret, MaxMemberships+1) }, "memberships!kpj_many", nil, ""},
	}
	for i, test := range tests {
		p := siti()
		test.change(&p)
		out, warnings, err := Validate(p, noon)
		if got := codes(err, warnings); got != test.want {
			t.Errorf("case %d gives %q, want %q", i, got, test.want)
		}
		if test.get != nil && test.get(out) != test.value {
			t.Errorf("case %d is normalised to %q, want %q", i, test.get(out), test.value)
		}
	}
}

func phoneOf(p Person) string { return p.Phone.Plain() }

func kpjOf(p Person) string {
	var all []string
	for _, m := range p.Memberships {
		all = append(all, m.Plain())
	}
	return strings.Join(all, " ")
}

func TestEveryWrongFieldIsNamedAtOnce(t *testing.T) {
	p := Person{IDType: NIK, IDNumber: NewSecret("1"), Name: NewSecret("\x01"), Memberships: []Secret{NewSecret("x")}}
	_, _, err := Validate(p, noon)
	if got := codes(err, nil); got != "id_number!nik_length name!name_characters memberships[0]!kpj_length" {
		t.Errorf("wrong fields: %s", got)
	}
	var first *FieldError
	if !errors.As(err, &first) || first.Field != "id_number" {
		t.Errorf("the first field is %v", first)
	}
}

// What was accepted is accepted again unchanged, and no message repeats what was
// typed.
func FuzzValidate(f *testing.F) {
	f.Add("nik", "3273014105900001", "Siti", "0812-3456-7890", "12345678901")
	f.Add("passport", "B1234567", "", "+62 0 0", "x")
	f.Add("nik", "\xff\xfe", "\xff", "\xff", "\xff")
	f.Fuzz(func(t *testing.T, kind, number, name, phone, kpj string) {
		p := Person{IDType: IDType(kind), IDNumber: NewSecret(number), Name: NewSecret(name), Phone: NewSecret(phone), Memberships: []Secret{NewSecret(kpj)}}
		out, warnings, err := Validate(p, noon)
		if err != nil {
			if len(number) > 5 && strings.Contains(err.Error(), number) {
				t.Errorf("the message repeats the number")
			}
			return
		}
		again, more, err := Validate(out, noon)
		if err != nil {
			t.Fatalf("what was accepted is refused the second time: %v", err)
		}
		same := again.IDNumber.Plain() == out.IDNumber.Plain() && again.Name.Plain() == out.Name.Plain() &&
			again.Phone.Plain() == out.Phone.Plain() && kpjOf(again) == kpjOf(out)
		if !same || len(more) > len(warnings) {
			t.Errorf("normalising twice differs from once")
		}
	})
}
