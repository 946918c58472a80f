package people

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestSecretNeverShowsItself(t *testing.T) {
	const marker = "Sukarminah"
	type nested struct {
		hidden Secret
		Shown  Secret
		List   []Secret
		ByName map[string]Person
	}
	one := NewSecret(marker)
	values := []any{
		one, &one, []Secret{one}, map[string]Secret{"k": one}, Person{Name: one, Phone: one, IDNumber: one},
		nested{hidden: one, Shown: one, List: []Secret{one}, ByName: map[string]Person{"k": {Name: one}}},
		Found{Person: Person{Name: one}}, Note{Text: one}, struct{ s *Secret }{&one}, fmt.Errorf("for %v", one),
	}
	for _, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%p", "%t", "%10.3s"} {
			checkHidden(t, verb, fmt.Sprintf(verb, v), marker)
		}
		if raw, err := json.Marshal(v); err == nil {
			checkHidden(t, "json", string(raw), marker)
		}
		var text, lines bytes.Buffer
		slog.New(slog.NewTextHandler(&text, nil)).Info("seen", "v", v)
		slog.New(slog.NewJSONHandler(&lines, nil)).Info("seen", "v", v, slog.Group("g", "w", v))
		checkHidden(t, "slog text", text.String(), marker)
		checkHidden(t, "slog json", lines.String(), marker)
	}
	if fmt.Sprint(one) != mark || one.Plain() != marker {
		t.Errorf("a secret prints %q and holds the wrong value", fmt.Sprint(one))
	}
}

func checkHidden(t *testing.T, how, out, marker string) {
	t.Helper()
	hex := fmt.Sprintf("%x", marker)
	for _, form := range []string{marker, hex, strings.ToUpper(hex)} {
		if strings.Contains(out, form) {
			t.Errorf("%s shows the value: %s", how, out)
		}
	}
}

func TestSecretIsReadFromABody(t *testing.T) {
	var p Person
	body := `{"id_type":"nik","id_number":"3273014105900001","name":"Siti","phone":"","memberships":["12345678901"]}`
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		t.Fatal(err)
	}
	if p.Name.Plain() != "Siti" || len(p.Memberships) != 1 || p.Memberships[0].Plain() != "12345678901" || !p.Phone.Empty() {
		t.Error("the body was not read into the person")
	}
}
