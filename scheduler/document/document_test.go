package document

import (
	"strings"
	"testing"
)

// question is a document with every kind of value.
type question struct {
	n     int
	name  string
	open  bool
	sizes []int
}

func read(text string) (q question, err error) {
	err = Read([]byte(text), func(r *Reader, name, path string) error {
		switch name {
		case "n":
			return r.Whole(path, &q.n)
		case "in":
			return r.Object(path, func(name, path string) error {
				switch name {
				case "name":
					return r.Text(path, &q.name)
				case "open":
					return r.Flag(path, &q.open)
				}
				return Unknown(path)
			})
		case "sizes":
			return r.List(path, 2, func(path string) error {
				n := 0
				err := r.Whole(path, &n)
				q.sizes = append(q.sizes, n)
				return err
			})
		}
		return Unknown(path)
	})
	return q, err
}

func TestRead(t *testing.T) {
	q, err := read(` {"n":-3,"in":{"name":"a","open":true},"sizes":[1,2]} `)
	if err != nil || q.n != -3 || q.name != "a" || !q.open || len(q.sizes) != 2 {
		t.Fatalf("%+v %v", q, err)
	}
	if q, err := read(`{"n":null,"sizes":null}`); err != nil || q.n != 0 || q.sizes != nil {
		t.Fatalf("null is no default: %+v %v", q, err)
	}
}

func TestRefusalsNameTheField(t *testing.T) {
	for text, want := range map[string]string{
		``: "input: ", `[]`: "input: ", `{"n":1}{}`: "input: ", `{"n":1`: "input: ", `nothing`: "input: ",
		`{"m":1}`: "m: ", `{"n":1,"n":2}`: "n: is given twice", `{"n":1.5}`: "n: ", `{"n":"1"}`: "n: ",
		`{"n":99999999999999999999}`: "n: ", `{"in":{"nam":1}}`: "in.nam: ", `{"in":{"name":1}}`: "in.name: ", `{"in":null}`: "in: ",
		`{"in":{"open":"yes"}}`: "in.open: ", `{"sizes":[1,"2"]}`: "sizes[1]: ", `{"sizes":[1,2,3]}`: "sizes: more than 2", `{"sizes":{}}`: "sizes: ",
		`{"":1}`: `"": `, `{"in":{"":1}}`: `in."": `,
		strings.Repeat(`{"in":`, 30): "in",
	} {
		if _, err := read(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s…", text, err, want)
		}
	}
}
