package web

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// document is as much of openapi.json as these tests look at.
type document struct {
	Paths map[string]map[string]struct {
		OperationID string `json:"operationId"`
		Summary     string `json:"summary"`
		Parameters  []struct {
			Ref string `json:"$ref"`
		} `json:"parameters"`
		RequestBody *struct {
			Content map[string]struct {
				Schema struct {
					Ref string `json:"$ref"`
				} `json:"schema"`
			} `json:"content"`
		} `json:"requestBody"`
		Responses map[string]json.RawMessage `json:"responses"`
	} `json:"paths"`
	Components struct {
		Schemas map[string]struct {
			Required             []string                   `json:"required"`
			AdditionalProperties any                        `json:"additionalProperties"`
			Properties           map[string]json.RawMessage `json:"properties"`
		} `json:"schemas"`
	} `json:"components"`
}

func theDocument(t *testing.T) (d document) {
	t.Helper()
	if err := json.Unmarshal(openAPI, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

var param = regexp.MustCompile(`:(\w+)`)

// TestTheDocumentKnowsEveryRoute, and no other.
func TestTheDocumentKnowsEveryRoute(t *testing.T) {
	d := theDocument(t)
	known := map[string]bool{}
	for _, rt := range new(Server).routes() {
		if !strings.HasPrefix(rt.path, api) {
			continue
		}
		path := param.ReplaceAllString(rt.path, "{$1}")
		known[strings.ToLower(rt.method)+" "+path] = true
		op, there := d.Paths[path][strings.ToLower(rt.method)]
		if !there || op.OperationID == "" || op.Summary == "" {
			t.Errorf("%s %s is not described", rt.method, rt.path)
			continue
		}
		if _, refusals := op.Responses["default"]; !refusals {
			t.Errorf("%s %s: no word on refusals", rt.method, rt.path)
		}
		key := false
		for _, p := range op.Parameters {
			key = key || p.Ref == "#/components/parameters/key"
		}
		if key != rt.changes() {
			t.Errorf("%s %s: the document asks for a key: %v, the server: %v", rt.method, rt.path, key, rt.changes())
		}
		holdForm(t, rt, op.RequestBody != nil)
		if op.RequestBody != nil && rt.task.form != nil {
			ref := op.RequestBody.Content["application/json"].Schema.Ref
			holdFields(t, d, strings.TrimPrefix(ref, "#/components/schemas/"), reflect.TypeOf(rt.task.form()))
		}
	}
	for path, ops := range d.Paths {
		for method := range ops {
			if strings.HasPrefix(path, api) && !known[method+" "+path] {
				t.Errorf("%s %s is described and does not exist", method, path)
			}
		}
	}
}

func holdForm(t *testing.T, rt route, described bool) {
	t.Helper()
	if taken := rt.task.form != nil || rt.task.raw; described != taken {
		t.Errorf("%s %s: a body is described: %v, taken: %v", rt.method, rt.path, described, taken)
	}
}

// holdFields compares a form with its schema: the same fields, the same required
// ones, and no others allowed.
func holdFields(t *testing.T, d document, name string, form reflect.Type) {
	t.Helper()
	schema, there := d.Components.Schemas[name]
	if !there {
		t.Errorf("%s is not described", name)
		return
	}
	if schema.AdditionalProperties != false {
		t.Errorf("%s allows unknown fields", name)
	}
	var need []string
	fields := fieldsOf(form)
	for _, f := range fields {
		if f.need {
			need = append(need, f.name)
		}
		if _, there := schema.Properties[f.name]; !there {
			t.Errorf("%s lacks the field %s", name, f.name)
		}
		inner := f.t
		for inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		var ref struct {
			Ref   string `json:"$ref"`
			Items struct {
				Ref string `json:"$ref"`
			} `json:"items"`
		}
		if err := json.Unmarshal(schema.Properties[f.name], &ref); err == nil && inner.Kind() == reflect.Struct && ref.Ref+ref.Items.Ref != "" && inner != reflect.TypeFor[moment]() {
			holdFields(t, d, strings.TrimPrefix(ref.Ref+ref.Items.Ref, "#/components/schemas/"), inner)
		}
	}
	if len(fields) != len(schema.Properties) {
		t.Errorf("%s has %d fields, the form %d", name, len(schema.Properties), len(fields))
	}
	slices.Sort(need)
	want := slices.Sorted(slices.Values(schema.Required))
	if !slices.Equal(need, want) {
		t.Errorf("%s requires %v, the form %v", name, want, need)
	}
}

// TestTheDocumentListsTheReasons holds the lists of reasons to those of the code.
func TestTheDocumentListsTheReasons(t *testing.T) {
	d := theDocument(t)
	settle := slices.Concat(returnedReasons, escalateReasons, refusedReasons)
	for form, list := range map[string][]string{"AbortForm": abortReasons, "CallForm": callReasons, "SeatClosedForm": seatReasons, "BreakForm": breakReasons,
		"CrewForm": crewReasons, "HandOverForm": crewReasons, "SettleForm": settle, "CorrectForm": correctReasons} {
		var property struct {
			Enum []string `json:"enum"`
		}
		if err := json.Unmarshal(d.Components.Schemas[form].Properties["reason"], &property); err != nil {
			t.Fatal(err)
		}
		have := slices.DeleteFunc(property.Enum, func(s string) bool { return s == "" })
		if want := slices.Sorted(slices.Values(list)); !slices.Equal(slices.Sorted(slices.Values(have)), want) {
			t.Errorf("%s lists %v, the code %v", form, have, want)
		}
	}
}
