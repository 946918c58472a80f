package whatif

import "testing"

// BenchmarkUnit plays one day of one variant, the bounded piece of work after
// which a study can be stopped, and beside it one saturated day.
func BenchmarkUnit(b *testing.B) {
	for _, x := range []struct {
		name, question string
		saturated      bool
	}{
		{"100 visits", `{"days":200,"per_day":100,"changes":{}}`, false},
		{"300 visits", `{"days":200,"per_day":300,"changes":{}}`, false},
		{"saturated", `{"days":200,"per_day":100,"changes":{}}`, true},
	} {
		b.Run(x.name, func(b *testing.B) {
			s, err := New(parse(b, x.question), busy(b))
			if err != nil {
				b.Fatal(err)
			}
			for i := 0; b.Loop(); i++ {
				if r := (Unit{i % 2, i % 200, x.saturated, s}).Run(); r.err != nil {
					b.Fatal(r.err)
				}
			}
		})
	}
}

// BenchmarkAnswer works out the partial answer of a question with many days,
// as a screen asks for it while the work goes on.
func BenchmarkAnswer(b *testing.B) {
	s, err := New(parse(b, `{"days":20,"per_day":40,"changes":{"policy":{"pooled":true}}}`), busy(b))
	if err != nil {
		b.Fatal(err)
	}
	for more := true; more; {
		if more, err = s.Next(); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		s.Answer()
	}
}
