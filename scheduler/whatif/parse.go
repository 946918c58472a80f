package whatif

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"lapak/scheduler"
	"lapak/scheduler/calendar"
	strict "lapak/scheduler/document"
)

// FieldError says which field of a question is wrong and why.
type FieldError = strict.FieldError

func wrong(field, format string, args ...any) error { return strict.Wrong(field, format, args...) }

// ofBranch stands for a field where not the question but the branch is why
// there is no answer.
const ofBranch = "base"

// Unready is why a branch cannot be asked about at all, in a sentence, and
// whether that is what the error says.
func Unready(err error) (string, bool) {
	var field *FieldError
	if errors.As(err, &field) && field.Field == ofBranch {
		return field.Reason, true
	}
	return "", false
}

// Parse reads a question strictly: an unknown field, a field given twice or a
// wrong type is refused by the path of its field. The error is a *FieldError.
// Whether the question fits a branch says Validate.
func Parse(b []byte) (Question, error) {
	var q Question
	if err := strict.Into(b, &q); err != nil {
		return Question{}, err
	}
	return q, nil
}

// MergePolicy is the policy with the fields of a part of a policy document in
// their place. Lists are replaced whole, the version is ignored, and a whole
// answer of GET /api/v1/policy is taken too. The error is a *FieldError with
// the path inside the part, or about "policy" when the part is no object.
func MergePolicy(p *scheduler.Policy, part []byte) (*scheduler.Policy, error) {
	if b := bytes.TrimSpace(part); len(b) > 0 && b[0] != '{' {
		return nil, wrong("policy", "is no object; give one with fields of a policy, for example {\"mode\":\"rolling\"}")
	}
	out := *p // lists are replaced whole, so that none of the original is written to
	inner, bare := "", ""
	fill := func(r *strict.Reader, name, path string) error {
		if name == "version" {
			var ignored json.RawMessage
			return r.Raw(path, &ignored)
		}
		return r.Member(&out, name, path)
	}
	err := strict.Read(part, func(r *strict.Reader, name, path string) error {
		if name == "policy" {
			inner = "policy."
			return r.Object(path, func(name, path string) error { return fill(r, name, path) })
		}
		if name != "version" {
			bare = path
		}
		return fill(r, name, path)
	})
	switch {
	case err != nil:
		return nil, err
	case inner != "" && bare != "":
		return nil, wrong(bare, "stands beside policy; put it inside, or leave the policy around it out")
	}
	if err := out.Validate(); err != nil {
		return nil, policyError(inner, &out, err)
	}
	return &out, nil
}

// policyError names the field of a policy that was refused, down to the one
// inside the calendar or the procedures.
func policyError(prefix string, p *scheduler.Policy, err error) error {
	var r *scheduler.Refusal
	if !errors.As(err, &r) || r.Field == "" {
		return wrong("policy", "%v", err)
	}
	field, reason := r.Field, strings.TrimPrefix(strings.TrimSuffix(r.Reason, "."), r.Field+" ")
	deeper := map[string]func() error{"calendar": p.Calendar.Validate, "procedures": p.Procedures.Validate}[field]
	if inside := (*calendar.FieldError)(nil); deeper != nil && errors.As(deeper(), &inside) {
		field, reason = field+"."+inside.Field, inside.Reason
	}
	return wrong(prefix+field, "%s", reason)
}

// document reads the fields of a JSON object, with its numbers as they are
// written.
func document(b []byte) (map[string]any, error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var m map[string]any
	err := dec.Decode(&m)
	return m, err
}

// maxDepth bounds how deep two parts of a policy are merged: a policy's own
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
