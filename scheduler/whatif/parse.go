package whatif

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"lapak/scheduler"
)

// FieldError says which field of a question is wrong and why.
type FieldError struct {
	Field  string
	Reason string
}

// Error is the field and the reason.
func (e *FieldError) Error() string { return e.Field + ": " + e.Reason }

func wrong(field, format string, args ...any) error {
	return &FieldError{Field: field, Reason: fmt.Sprintf(format, args...)}
}

// Parse reads a question strictly: unknown fields are refused by name. The
// error is a *FieldError. Whether the question fits a branch says Validate.
func Parse(b []byte) (Question, error) {
	var q Question
	if err := strictly(b, &q); err != nil {
		return Question{}, inField("", err)
	}
	return q, nil
}

func strictly(b []byte, to any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(to); err != nil {
		return err
	}
	if rest := b[dec.InputOffset():]; len(bytes.TrimSpace(rest)) > 0 {
		return errors.New("something follows the document; give one only")
	}
	return nil
}

// inField names the field of a decoding error.
func inField(prefix string, err error) error {
	var typed *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	join := func(name string) string { return strings.Trim(prefix+"."+name, ".") }
	switch {
	case errors.As(err, &typed) && typed.Field == "" && prefix == "":
		return wrong("input", "a %s is no question; an object is wanted", typed.Value)
	case errors.As(err, &typed):
		return wrong(join(typed.Field), "a %s is not possible here; a %s is wanted", typed.Value, typed.Type)
	case errors.As(err, &syntax):
		return wrong(join("input"), "no JSON at byte %d: %v", syntax.Offset, err)
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return wrong(join(strings.Trim(name, `"`)), "is no field of this document")
	}
	return wrong(join("input"), "%v", err)
}

// MergePolicy is the policy with the fields of a part of a policy document in
// their place. Lists are replaced whole, the version is ignored, and a whole
// answer of GET /api/v1/policy is taken too. The error is a *FieldError.
func MergePolicy(p *scheduler.Policy, part []byte) (*scheduler.Policy, error) {
	patch, err := document(part)
	if err != nil {
		return nil, wrong("policy", "%v", err)
	}
	if inner, whole := patch["policy"].(map[string]any); whole {
		patch = inner
	}
	delete(patch, "version")
	b, err := json.Marshal(p)
	if err != nil {
		return nil, wrong("policy", "%v", err)
	}
	whole, err := document(b)
	if err != nil {
		return nil, wrong("policy", "%v", err)
	}
	merge(whole, patch, 0)
	if b, err = json.Marshal(whole); err != nil {
		return nil, wrong("policy", "%v", err)
	}
	out := &scheduler.Policy{}
	if err := strictly(b, out); err != nil {
		return nil, inField("policy", err)
	}
	if err := out.Validate(); err != nil {
		var r *scheduler.Refusal
		if errors.As(err, &r) {
			return nil, wrong("policy."+r.Field, "%s", strings.TrimSuffix(r.Reason, "."))
		}
		return nil, wrong("policy", "%v", err)
	}
	return out, nil
}

// document reads a JSON object with its numbers as they are written.
func document(b []byte) (map[string]any, error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var m map[string]any
	if err := dec.Decode(&m); err != nil {
		return nil, errors.New("a JSON object with fields of a policy is wanted")
	}
	if m == nil || len(bytes.TrimSpace(b[dec.InputOffset():])) > 0 {
		return nil, errors.New("one JSON object with fields of a policy is wanted")
	}
	return m, nil
}

// maxDepth bounds how deep a part of a policy is merged: a policy's own
// objects lie at most four deep.
const maxDepth = 8

// merge puts the patch's fields into the document, object by object. Which
// field comes first does not matter.
func merge(into, patch map[string]any, depth int) {
	for key, value := range patch { // each key is set once: the order cannot show
		inner, isObject := value.(map[string]any)
		old, was := into[key].(map[string]any)
		if isObject && was && depth < maxDepth {
			merge(old, inner, depth+1)
			continue
		}
		into[key] = value
	}
}
