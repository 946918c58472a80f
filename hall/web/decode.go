package web

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of a request's body.
const (
	// maxBody is many times the largest command: a visit with 200 claims.
	maxBody = 64 << 10
	// maxLargeBody is for a policy with a year's calendar and a room of 200 seats.
	maxLargeBody = 256 << 10
	// maxText bounds one text in a body. The longest that means anything, a note,
	// has 1,000 characters.
	maxText = 2000
	// maxItems bounds one list in a body: a policy's holidays are some tens.
	maxItems = 1000
	// maxFieldName bounds how much of an unknown field's name is said back.
	maxFieldName = 60
)

var (
	textType = reflect.TypeFor[encoding.TextUnmarshaler]()
	jsonType = reflect.TypeFor[json.Unmarshaler]()
	herePkg  = reflect.TypeFor[Problem]().PkgPath()
)

// readBody reads the body within the limit and checks what it says it is.
func readBody(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, refuse(http.StatusRequestEntityTooLarge, "body_too_large", "The body is larger than the %d bytes that this request may have.", limit)
	case err != nil:
		return nil, refuse(http.StatusBadRequest, "bad_request", "The body ended early or could not be read. Send the request again.")
	case len(body) == 0:
		return nil, nil
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := params["charset"]; err != nil || kind != "application/json" || (charset != "" && !strings.EqualFold(charset, "utf-8")) {
		return nil, refuse(http.StatusUnsupportedMediaType, "unsupported_media_type", "The body must be JSON in UTF-8, with Content-Type: application/json.")
	}
	return body, nil
}

// decode reads one JSON document into a B, strictly: unknown fields, fields given
// twice, wrong types and missing required ones are refused by their path, and
// nothing may follow the document. An absent body is an empty object. Fields of
// this package's forms are required when tagged need:"true"; documents of other
// packages (the policy) are whole, so there every field is required that is never
// left out when they are written.
func decode[B any](body []byte) (b B, err error) {
	if len(bytes.TrimSpace(body)) == 0 {
		body = []byte("{}")
	}
	if !utf8.Valid(body) {
		return b, refuse(http.StatusBadRequest, "bad_request", "The body is not valid UTF-8.")
	}
	if err := oneDocument(body); err != nil {
		return b, err
	}
	if err := check(body, reflect.TypeFor[B](), ""); err != nil {
		return b, err
	}
	if err := json.Unmarshal(body, &b); err != nil {
		// check has looked at every field; what is left is a shape it does not know.
		return b, refuse(http.StatusBadRequest, "bad_request", "The body does not have the form that this request needs.")
	}
	return b, nil
}

func oneDocument(body []byte) error {
	dec := json.NewDecoder(bytes.NewReader(body))
	var raw json.RawMessage
	if err := dec.Decode(&raw); err != nil {
		return refuse(http.StatusBadRequest, "bad_request", "The body is not valid JSON (near byte %d).", dec.InputOffset())
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return refuse(http.StatusBadRequest, "bad_request", "Something follows the JSON document. Send one document only.")
	}
	return nil
}

// check holds a value against the type it is meant for. It follows the type, not
// the text, so a deeply nested body costs nothing.
func check(raw json.RawMessage, t reflect.Type, path string) error {
	raw = bytes.TrimSpace(raw)
	null := bytes.Equal(raw, []byte("null"))
	if t.Kind() == reflect.Pointer {
		if null {
			return nil
		}
		t = t.Elem()
	}
	switch {
	case null && t.Kind() == reflect.Slice:
		return nil
	case null:
		return wrongType(path, "must not be null")
	case reflect.PointerTo(t).Implements(jsonType):
		if err := json.Unmarshal(raw, reflect.New(t).Interface()); err != nil {
			return wrongType(path, err.Error())
		}
		return nil
	case reflect.PointerTo(t).Implements(textType):
		return checkText(raw, t, path)
	}
	switch t.Kind() {
	case reflect.Struct:
		return checkObject(raw, t, path)
	case reflect.Slice, reflect.Array:
		return checkList(raw, t, path)
	case reflect.String:
		_, err := text(raw, path)
		return err
	case reflect.Bool:
		if json.Unmarshal(raw, new(bool)) != nil {
			return wrongType(path, "must be true or false")
		}
	default:
		if json.Unmarshal(raw, reflect.New(t).Interface()) != nil {
			return wrongType(path, "must be a whole number in the range of its field")
		}
	}
	return nil
}

func wrongType(path, says string) error {
	if path == "" {
		return refuse(http.StatusBadRequest, "bad_request", "The body must be a JSON object.")
	}
	return badField(http.StatusBadRequest, "bad_field", path, "The field %s %s.", path, strings.TrimSuffix(says, "."))
}

func text(raw json.RawMessage, path string) (string, error) {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return "", wrongType(path, "must be a text")
	}
	if utf8.RuneCountInString(s) > maxText {
		return "", badField(http.StatusBadRequest, "too_long", path, "The field %s has more than %d characters. Shorten it.", path, maxText)
	}
	return s, nil
}

func checkText(raw json.RawMessage, t reflect.Type, path string) error {
	s, err := text(raw, path)
	if err != nil {
		return err
	}
	if err := reflect.New(t).Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s)); err != nil {
		return wrongType(path, "cannot be taken: "+err.Error())
	}
	return nil
}

func checkList(raw json.RawMessage, t reflect.Type, path string) error {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return wrongType(path, "must be a list")
	}
	if len(list) > maxItems {
		return badField(http.StatusBadRequest, "too_long", path, "The list %s has more than %d entries.", path, maxItems)
	}
	for i, one := range list {
		if err := check(one, t.Elem(), fmt.Sprintf("%s[%d]", path, i)); err != nil {
			return err
		}
	}
	return nil
}

func checkObject(raw json.RawMessage, t reflect.Type, path string) error {
	if len(raw) == 0 || raw[0] != '{' {
		return wrongType(path, "must be an object")
	}
	fields := fieldsOf(t)
	given := make(map[string]bool)
	dec := json.NewDecoder(bytes.NewReader(raw))
	if _, err := dec.Token(); err != nil {
		return wrongType(path, "must be an object")
	}
	for dec.More() {
		token, err := dec.Token()
		name, ok := token.(string)
		var value json.RawMessage
		if err != nil || !ok || dec.Decode(&value) != nil {
			return wrongType(path, "must be an object")
		}
		at := join(path, cut(name, maxFieldName))
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
		switch {
		case i < 0:
			return badField(http.StatusBadRequest, "unknown_field", at, "The field %s is not known. Known here: %s.", at, names(fields))
		case given[name]:
			return badField(http.StatusBadRequest, "bad_field", at, "The field %s is given twice.", at)
		}
		given[name] = true
		if err := check(value, fields[i].t, at); err != nil {
			return err
		}
	}
	for _, f := range fields {
		if f.need && !given[f.name] {
			at := join(path, f.name)
			return badField(http.StatusBadRequest, "missing", at, "The field %s is required.", at)
		}
	}
	return nil
}

// field is one field of a form, by its name on the wire.
type field struct {
	name string
	t    reflect.Type
	need bool
}

func fieldsOf(t reflect.Type) (list []field) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			list = append(list, fieldsOf(f.Type)...)
		case f.IsExported() && name != "" && name != "-":
			need := f.Tag.Get("need") == "true"
			if t.PkgPath() != herePkg {
				need = !strings.Contains(options, "omit")
			}
			list = append(list, field{name: name, t: f.Type, need: need})
		}
	}
	return list
}

func names(fields []field) string {
	if len(fields) == 0 {
		return "none"
	}
	list := make([]string, len(fields))
	for i, f := range fields {
		list[i] = f.name
	}
	return strings.Join(list, ", ")
}

// cut shortens a text to at most n bytes, at a whole character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
