package seating

import (
	"errors"
	"testing"
)

func FuzzParseRequest(f *testing.F) {
	f.Add([]byte(`{"distance_mm":1500,"together_mm":750,"seats":[{"id":"S1","x_mm":0,"y_mm":0,"accessible":true},{"id":"S2","x_mm":700}],"taken":["S1"],"parties":[{"id":"P1","persons":2}],"limit":1}`))
	f.Add([]byte(`{"seats":[{"id":"S1","closed":true}],"parties":null}`))
	f.Add([]byte(`{"seats":[{"id":"S1"},{"id":"S2"}],"seats":[]}`))
	f.Add([]byte(`[[[[[[[[[[[[[[[[[[[[`))
	f.Fuzz(func(t *testing.T, document []byte) {
		request, err := ParseRequest(document)
		if err != nil {
			var field *FieldError
			if !errors.As(err, &field) || field.Field == "" {
				t.Fatalf("%q: %v names no field", document, err)
			}
			return
		}
		if len(request.Seats) > 40 || len(request.Parties) > 20 {
			return // Other tests have large rooms; here there are to be many.
		}
		choice, err := Choose(request)
		if err != nil {
			t.Fatal(err)
		}
		check(t, request, choice)
	})
}
