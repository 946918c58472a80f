package scheduler

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// Setting is one setting of a policy as people speak of it: where it lies, its
// unit, its range and its value. The table of all of them is the source of
// docs/policy.md and of what the history of the policy names.
type Setting struct {
	Path  string // "group.max_form_wait_s"
	Unit  string // seconds, millimetres, percent, hundredths of a point, number, yes or no, code
	Low   int    // of numbers
	Top   int
	Value string // as JSON has it
}

// policyParts are the parts of a policy that are no single settings.
var policyParts = []string{"prefixes", "calendar", "procedures", "programmes"}

// Settings lists every single setting of the policy with its value, in the order
// of the fields.
func (p *Policy) Settings() []Setting {
	ranges := map[string]bound{}
	for _, b := range p.bounds() {
		ranges[b.field] = b
	}
	var list []Setting
	leaves(reflect.ValueOf(*p), "", func(path string, v reflect.Value) {
		if path == "version" || slices.Contains(policyParts, path) {
			return
		}
		s := Setting{Path: path, Unit: unitOf(path, v.Kind()), Value: jsonOf(v.Interface())}
		if b, there := ranges[path]; there {
			s.Low, s.Top = b.low, b.top
		}
		list = append(list, s)
	})
	return list
}

// leaves visits the single values of a policy; its parts are visited whole.
func leaves(v reflect.Value, path string, visit func(path string, v reflect.Value)) {
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		at := name
		if path != "" {
			at = path + "." + name
		}
		if f := v.Field(i); f.Kind() == reflect.Struct && !slices.Contains(policyParts, at) {
			leaves(f, at, visit)
		} else {
			visit(at, f)
		}
	}
}

func unitOf(path string, kind reflect.Kind) string {
	switch {
	case kind == reflect.Bool:
		return "yes or no"
	case kind != reflect.Int:
		return "code"
	case strings.HasSuffix(path, "_s"):
		return "seconds"
	case strings.HasSuffix(path, "_mm"):
		return "millimetres"
	case strings.HasSuffix(path, "_pct"):
		return "percent"
	case strings.HasPrefix(path, "survey.class"):
		return "hundredths of a point"
	}
	return "number"
}

func jsonOf(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // a policy is written into every snapshot
	}
	return string(b)
}
