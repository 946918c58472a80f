package seating

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// DefaultDistanceMM is the distance rule of a request that names none.
const DefaultDistanceMM = 1500

// maxDepth bounds how deep a document nests; a request has three levels.
const maxDepth = 16

// ParseRequest reads a request strictly: an unknown field, a field given twice, a wrong type or text behind the
// document is refused by the path of its field, for example seats[3].x_mm. What is missing, or null, takes its
// default: the distance is DefaultDistanceMM, positions are 0, and without parties everybody is a stranger. The
// error is a *FieldError; the lengths and lists are checked by Request.Validate, which it calls.
func ParseRequest(document []byte) (Request, error) {
	request := Request{DistanceMM: DefaultDistanceMM}
	r := reader{dec: json.NewDecoder(bytes.NewReader(document))}
	r.dec.UseNumber()
	hasSeats := false
	err := r.object("", func(name, path string) error {
		switch name {
		case "distance_mm":
			return r.whole(path, &request.DistanceMM)
		case "together_mm":
			return r.whole(path, &request.TogetherMM)
		case "limit":
			return r.whole(path, &request.Limit)
		case "seats":
			hasSeats = true
			return r.seats(path, &request.Seats)
		case "taken":
			return r.list(path, MaxSeats, func(path string) error {
				var id string
				err := r.text(path, &id)
				request.Taken = append(request.Taken, id)
				return err
			})
		case "parties":
			return r.parties(path, &request.Parties)
		}
		return unknownField(path)
	})
	if err != nil {
		return Request{}, err
	}
	if rest := document[r.dec.InputOffset():]; len(bytes.TrimSpace(rest)) > 0 {
		return Request{}, wrong("input", "more than one JSON document; give one object")
	}
	if !hasSeats {
		return Request{}, wrong("seats", "missing; list the seats of the room, each with id, x_mm and y_mm")
	}
	return request, request.Validate()
}

func unknownField(path string) error {
	return wrong(path, "is no field of this document; see docs/protocol.md for its fields")
}

func (r *reader) seats(path string, to *[]NamedSeat) error {
	*to = []NamedSeat{}
	return r.list(path, MaxSeats, func(path string) error {
		seat := NamedSeat{}
		err := r.object(path, func(name, path string) error {
			switch name {
			case "id":
				return r.text(path, &seat.ID)
			case "x_mm":
				return r.whole(path, &seat.XMM)
			case "y_mm":
				return r.whole(path, &seat.YMM)
			case "accessible":
				return r.flag(path, &seat.Accessible)
			case "closed":
				return r.flag(path, &seat.Closed)
			}
			return unknownField(path)
		})
		*to = append(*to, seat)
		return err
	})
}

func (r *reader) parties(path string, to *[]Party) error {
	list := []Party{}
	err := r.list(path, MaxParties, func(path string) error {
		party := Party{}
		err := r.object(path, func(name, path string) error {
			switch name {
			case "id":
				return r.text(path, &party.ID)
			case "persons":
				return r.whole(path, &party.Persons)
			case "accessible":
				return r.flag(path, &party.Accessible)
			}
			return unknownField(path)
		})
		list = append(list, party)
		return err
	})
	if !r.wasNull { // An empty list of parties is a list; null is none.
		*to = list
	}
	return err
}

// reader walks a JSON document token by token and knows the path of each value.
type reader struct {
	dec     *json.Decoder
	depth   int
	wasNull bool // The last list was null.
}

func (r *reader) token(path string) (json.Token, error) {
	token, err := r.dec.Token()
	if err != nil {
		path = orInput(path)
		if strings.HasSuffix(err.Error(), "EOF") {
			return nil, wrong(path, "the document ends too early; give one complete JSON object")
		}
		return nil, wrong(path, "is no JSON: %v", err)
	}
	return token, nil
}

// open reads the bracket that starts a value; it is false for null.
func (r *reader) open(path string, bracket json.Delim, what string) (bool, error) {
	token, err := r.token(path)
	if err != nil || token == nil {
		return false, err
	}
	if token != bracket {
		return false, wrong(orInput(path), "%s is not possible here; %s is wanted", describe(token), what)
	}
	if r.depth++; r.depth > maxDepth {
		return false, wrong(path, "the document nests deeper than %d levels", maxDepth)
	}
	return true, nil
}

func (r *reader) object(path string, field func(name, path string) error) error {
	open, err := r.open(path, '{', "an object")
	if err == nil && !open {
		return wrong(orInput(path), "null is not possible here; an object is wanted")
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
		at := name
		if path != "" {
			at = path + "." + name
		}
		if slices.Contains(seen, name) {
			return wrong(at, "is given twice; give it once")
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

// list reads a list, refusing one that is longer than most before the rest is read.
func (r *reader) list(path string, most int, item func(path string) error) error {
	open, err := r.open(path, '[', "a list")
	r.wasNull = err == nil && !open
	if err != nil || !open {
		return err
	}
	for i := 0; r.dec.More(); i++ {
		if i >= most {
			return wrong(path, "more than %d; at most %d are possible", most, most)
		}
		if err := item(path + "[" + strconv.Itoa(i) + "]"); err != nil {
			return err
		}
	}
	r.depth--
	_, err = r.token(path)
	r.wasNull = false
	return err
}

func (r *reader) whole(path string, to *int) error {
	token, err := r.token(path)
	if err != nil || token == nil {
		return err
	}
	number, ok := token.(json.Number)
	if !ok {
		return wrong(path, "%s is not possible here; a whole number is wanted", describe(token))
	}
	n, err := strconv.Atoi(number.String())
	if err != nil {
		return wrong(path, "%.40s is no whole number in range", number.String())
	}
	*to = n
	return nil
}

func (r *reader) text(path string, to *string) error {
	token, err := r.token(path)
	if err != nil || token == nil {
		return err
	}
	text, ok := token.(string)
	if !ok {
		return wrong(path, "%s is not possible here; a text in quotes is wanted", describe(token))
	}
	*to = text
	return nil
}

func (r *reader) flag(path string, to *bool) error {
	token, err := r.token(path)
	if err != nil || token == nil {
		return err
	}
	flag, ok := token.(bool)
	if !ok {
		return wrong(path, "%s is not possible here; true or false is wanted", describe(token))
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
