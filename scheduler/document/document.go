package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Reader walks a JSON document token by token and knows the path of each value. A value that is null leaves its
// default.
type Reader struct {
	dec      *json.Decoder
	depth    int
	wasNull  bool // the value read last
	optional bool // the object read next may be null
}

// Limits of a document.
const (
	// maxDepth bounds how deep a document nests; the questions that are read here have at most six levels.
	maxDepth = 16
	// maxItems bounds a list whose owner checks its length afterwards, far above what any of them allows.
	maxItems = 20_000
	// maxName bounds how much of a name is repeated in an error; the longest field has 18 letters.
	maxName = 60
)

// Read reads one object, calling field with the name and the path of each of its fields, and refuses text
// behind it.
func Read(text []byte, field func(r *Reader, name, path string) error) error {
	if len(bytes.TrimSpace(text)) == 0 {
		return Wrong("input", "the document is empty; give one JSON object")
	}
	r := &Reader{dec: json.NewDecoder(bytes.NewReader(text))}
	r.dec.UseNumber()
	if err := r.Object("", func(name, path string) error { return field(r, name, path) }); err != nil {
		return err
	}
	if rest := text[r.dec.InputOffset():]; len(bytes.TrimSpace(rest)) > 0 {
		return Wrong("input", "more than one JSON document; give one object")
	}
	return nil
}

// FieldError says which field is wrong and why. Field is the JSON path, for example seats[3].x_mm.
type FieldError struct {
	Field  string
	Reason string
}

// Error is the field and the reason.
func (e *FieldError) Error() string { return e.Field + ": " + e.Reason }

// Wrong is a *FieldError.
func Wrong(field, format string, args ...any) error {
	return &FieldError{Field: field, Reason: fmt.Sprintf(format, args...)}
}

// Unknown refuses a field that the document does not have.
func Unknown(path string) error {
	return Wrong(path, "is no field of this document; see docs/protocol.md for its fields")
}

// WasNull tells whether the value read last was null.
func (r *Reader) WasNull() bool { return r.wasNull }

func (r *Reader) token(path string) (json.Token, error) {
	token, err := r.dec.Token()
	r.wasNull = err == nil && token == nil
	if err != nil {
		return nil, notJSON(path, err)
	}
	return token, nil
}

// notJSON says where a document stops being JSON.
func notJSON(path string, err error) error {
	var syntax *json.SyntaxError
	switch {
	case strings.HasSuffix(err.Error(), "EOF"), strings.HasSuffix(err.Error(), "unexpected end of JSON input"):
		return Wrong(orInput(path), "the document ends too early; give one complete JSON object")
	case errors.As(err, &syntax) && syntax.Offset > 0:
		return Wrong(orInput(path), "is no JSON from byte %d: %v", syntax.Offset, err)
	}
	return Wrong(orInput(path), "is no JSON: %v", err)
}

// open reads the bracket that starts a value; it is false for null.
func (r *Reader) open(path string, bracket json.Delim, what string) (bool, error) {
	token, err := r.token(path)
	if err != nil || token == nil {
		return false, err
	}
	if token != bracket {
		return false, Wrong(orInput(path), "%s is not possible here; %s is wanted", describe(token), what)
	}
	if r.depth++; r.depth > maxDepth {
		return false, Wrong(path, "the document nests deeper than %d levels", maxDepth)
	}
	return true, nil
}

// Object reads an object, calling field with the name and the path of each field, which it reads. A field
// given twice is refused.
func (r *Reader) Object(path string, field func(name, path string) error) error {
	optional := r.optional
	r.optional = false
	open, err := r.open(path, '{', "an object")
	if err == nil && !open && optional {
		return nil
	}
	if err == nil && !open {
		return Wrong(orInput(path), "null is not possible here; an object is wanted")
	}
	if err != nil {
		return err
	}
	var seen []string
	for r.dec.More() {
		token, err := r.token(path)
		if err != nil {
			return err
		}
		name, _ := token.(string)
		at := said(name)
		if path != "" {
			at = path + "." + at
		}
		if slices.Contains(seen, name) {
			return Wrong(at, "is given twice; give it once")
		}
		seen = append(seen, name)
		if err := field(name, at); err != nil {
			return err
		}
	}
	r.depth--
	_, err = r.token(path)
	return err
}

// plainLetters are those of the names that documents have.
const plainLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

// said is a name as an error can show it: an empty one is a name too, and a strange one is quoted.
func said(name string) string {
	if len(name) > maxName {
		return strconv.Quote(name[:maxName]) + "…"
	}
	if name == "" || strings.Trim(name, plainLetters) != "" {
		return strconv.Quote(name)
	}
	return name
}

// List reads a list, calling item with the path of each value, which it reads. It refuses a list that is
// longer than most before the rest is read.
func (r *Reader) List(path string, most int, item func(path string) error) error {
	open, err := r.open(path, '[', "a list")
	if err != nil || !open {
		return err
	}
	for i := 0; r.dec.More(); i++ {
		if i >= most {
			return Wrong(path, "more than %d; at most %d are possible", most, most)
		}
		if err := item(path + "[" + strconv.Itoa(i) + "]"); err != nil {
			return err
		}
	}
	r.depth--
	_, err = r.token(path)
	return err
}

// Whole reads a whole number.
func (r *Reader) Whole(path string, to *int) error { return r.Value(path, to) }

// number reads a number as it is written; it is "" for null.
func (r *Reader) number(path, what string) (string, error) {
	token, err := r.token(path)
	if err != nil || token == nil {
		return "", err
	}
	number, ok := token.(json.Number)
	if !ok {
		return "", Wrong(path, "%s is not possible here; %s is wanted", describe(token), what)
	}
	return number.String(), nil
}

// Text reads a text.
func (r *Reader) Text(path string, to *string) error {
	text, err := r.text(path)
	if err == nil && !r.wasNull {
		*to = text
	}
	return err
}

// text reads a text; it is "" for null.
func (r *Reader) text(path string) (string, error) {
	token, err := r.token(path)
	if err != nil || token == nil {
		return "", err
	}
	text, ok := token.(string)
	if !ok {
		return "", Wrong(path, "%s is not possible here; a text in quotes is wanted", describe(token))
	}
	return text, nil
}

// Flag reads true or false.
func (r *Reader) Flag(path string, to *bool) error {
	token, err := r.token(path)
	if err != nil || token == nil {
		return err
	}
	flag, ok := token.(bool)
	if !ok {
		return Wrong(path, "%s is not possible here; true or false is wanted", describe(token))
	}
	*to = flag
	return nil
}

// orInput names the document itself when a path is empty.
func orInput(path string) string {
	if path == "" {
		return "input"
	}
	return path
}

func describe(token json.Token) string {
	switch token := token.(type) {
	case json.Delim:
		if token == '{' || token == '}' {
			return "an object"
		}
		return "a list"
	case string:
		return fmt.Sprintf("the text %.40q", token)
	case json.Number:
		return "the number " + fmt.Sprintf("%.40s", token.String())
	case bool:
		return strconv.FormatBool(token)
	}
	return "this value"
}
