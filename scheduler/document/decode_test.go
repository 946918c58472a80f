package document

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// colour writes itself as a text.
type colour int

func (c *colour) UnmarshalText(b []byte) error {
	if string(b) != "red" {
		return fmt.Errorf("%q is none of red", b)
	}
	*c = 1
	return nil
}

// pair reads itself.
type pair struct{ sum int }

func (p *pair) ReadDocument(r *Reader, path string) error {
	two := struct {
		A int `json:"a"`
		B int `json:"b"`
	}{}
	err := r.Value(path, &two)
	p.sum = two.A + two.B
	return err
}

type inner struct {
	Name string `json:"name"`
	N    *int   `json:"n,omitempty"`
}

type paper struct {
	inner
	Seed   uint64          `json:"seed"`
	Small  int8            `json:"small"`
	Share  float64         `json:"share"`
	Open   bool            `json:"open"`
	Hue    colour          `json:"hue"`
	Pair   pair            `json:"pair"`
	Sub    *inner          `json:"sub"`
	List   []inner         `json:"list"`
	Wholes []int           `json:"wholes"`
	By     map[string]int  `json:"by"`
	Raw    json.RawMessage `json:"raw"`
	Hidden int             `json:"-"`
	Plain  int
}

func preset() paper {
	return paper{Seed: 5, List: []inner{{Name: "old"}}, Wholes: []int{1, 2}, By: map[string]int{"old": 1}, Sub: &inner{Name: "old"}}
}

func TestInto(t *testing.T) {
	seven := 7
	for text, want := range map[string]func(p *paper){
		`{}`: func(*paper) {},
		`{"name":"a","n":7,"seed":18446744073709551615,"small":-128,"share":1.5,"open":true,"hue":"red"}`: func(p *paper) {
			p.Name, p.N, p.Seed, p.Small, p.Share, p.Open, p.Hue = "a", &seven, 1<<64-1, -128, 1.5, true, 1
		},
		`{"pair":{"a":1,"b":2},"sub":{"n":7},"list":[{"name":"x"},{"n":7}],"wholes":[],"by":{"x":2},"Plain":3}`: func(p *paper) {
			p.Pair.sum, p.Sub, p.List, p.Wholes, p.By, p.Plain = 3, &inner{N: &seven}, []inner{{Name: "x"}, {N: &seven}}, []int{}, map[string]int{"x": 2}, 3
		},
		`{"seed":null,"name":null,"hue":null,"sub":null,"open":null,"share":null,"raw":null}`: func(*paper) {},
		`{"list":null,"wholes":null}`: func(p *paper) { p.List, p.Wholes = nil, nil },
		`{"raw":{"a":1,"a":[2]}}`:     func(p *paper) { p.Raw = json.RawMessage(`{"a":1,"a":[2]}`) },
	} {
		got, is := preset(), preset()
		want(&is)
		if err := Into([]byte(text), &got); err != nil || !reflect.DeepEqual(got, is) {
			t.Errorf("%s: %+v, %v; want %+v", text, got, err, is)
		}
	}
}

func TestIntoRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"": "input: the document is empty", " \n": "input: the document is empty", "[1]": "input: a list is not", `{"seed":1`: "input: the document ends",
		`{"Seed":1}`: "Seed: is no field", `{"SEED":1}`: "SEED: ", `{"seed":1,"seed":2}`: "seed: is given twice", `{"Hidden":1}`: "Hidden: ", `{"-":1}`: "-: ",
		`{"inner":{}}`: "inner: ", `{"plain":1}`: "plain: ", `{"seed":-1}`: "seed: -1 is outside 0 to 18446744073709551615",
		`{"small":128}`: "small: 128 is outside -128 to 127", `{"small":1e1}`: "small: 1e1 is no whole number", `{"n":1.5}`: "n: 1.5 is no whole number",
		`{"n":"1"}`: `n: the text "1" is not possible here; a whole number is wanted`, `{"share":1e999}`: "share: 1e999 is too large", `{"share":[]}`: "share: a list is not possible here; a number",
		`{"name":7}`: "name: the number 7", `{"open":1}`: "open: the number 1", `{"hue":"blue"}`: `hue: "blue" is none of red`, `{"hue":3}`: "hue: the number 3",
		`{"pair":{"c":1}}`: "pair.c: ", `{"pair":null}`: "pair: null", `{"sub":{"Name":""}}`: "sub.Name: ", `{"sub":{"n":1,"n":1}}`: "sub.n: is given twice",
		`{"list":[{},null]}`: "list[1]: null", `{"list":{}}`: "list: an object is not possible here; a list is wanted", `{"list":[{"name":"a"},{"nam":1}]}`: "list[1].nam: ",
		`{"wholes":[1,"2"]}`: "wholes[1]: the text", `{"wholes":[1,2.5]}`: "wholes[1]: 2.5 is no whole", `{"wholes":3}`: "wholes: the number 3", `{"wholes":[1,}`: "wholes: is no JSON",
		`{"by":{"x":1,"x":1}}`: "by.x: is given twice", `{"by":{"x":"1"}}`: "by.x: the text", `{"by":null}`: "by: null", `{"raw":}`: "raw: is no JSON",
		`{"a\u001b[31m":1}`: `"a\x1b[31m": is no field`, `{"` + strings.Repeat("x", 500) + `":1}`: `"` + strings.Repeat("x", maxName) + `"…: is no field`,
		`{"wholes":[` + strings.Repeat("0,", maxItems) + `0]}`: "wholes: more than 20000",
	} {
		p := preset()
		err := Into([]byte(text), &p)
		if field := (*FieldError)(nil); !errors.As(err, &field) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.80s: %v, want %s…", text, err, want)
		}
	}
	var many strings.Builder
	for i := range maxEntries + 1 {
		fmt.Fprintf(&many, `,"%d":1`, i)
	}
	p := preset()
	if err := Into([]byte(`{"by":{`+many.String()[1:]+`}}`), &p); err == nil || !strings.HasPrefix(err.Error(), "by.200: one name too many") {
		t.Errorf("too many names: %v", err)
	}
}

// FuzzInto: whatever is taken has no names but those of the struct, so that a strict reading by the standard
// library takes it too and finds the same; whatever is refused names a field.
func FuzzInto(f *testing.F) {
	for _, text := range []string{`{"n":7,"sub":{"name":"a"},"list":[{"n":1}],"wholes":[1,2],"hue":"red","share":0.5}`, `{"by":{"a":1},"raw":[{}],"list":null}`, `{"wholes":[1,null]}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var got, want paper
		if err := Into(text, &got); err != nil {
			if field := (*FieldError)(nil); !errors.As(err, &field) || field.Field == "" || field.Reason == "" {
				t.Fatalf("%q: %v names no field", text, err)
			}
			return
		}
		got.Pair = pair{}
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatalf("%q: the standard library refuses it: %v", text, err)
		}
		if string(want.Raw) == "null" { // it keeps the word, which is nothing here
			want.Raw = nil
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: %+v, the standard library reads %+v", text, got, want)
		}
	})
}

// BenchmarkWholes is a trace of two thousand times, beside the standard library's reading, which is not strict,
// and beside a walk token by token.
func BenchmarkWholes(b *testing.B) {
	text := []byte(`{"wholes":[` + strings.Repeat("12345,", 1999) + `1]}`)
	for name, read := range map[string]func() error{
		"strict":   func() error { return Into(text, &paper{}) },
		"standard": func() error { return json.Unmarshal(text, &paper{}) },
		"walked": func() error {
			return Read(text, func(r *Reader, _, path string) error {
				return r.List(path, maxItems, func(path string) error { n := 0; return r.Whole(path, &n) })
			})
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
