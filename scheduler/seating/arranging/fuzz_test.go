package arranging

import (
	"errors"
	"testing"

	"lapak/scheduler/document"
)

func FuzzArrange(f *testing.F) {
	for _, text := range []string{
		`{}`, `{"width_mm":5000,"depth_mm":4000,"margin_mm":0,"distance_mm":1500}`,
		`{"width_mm":8000,"depth_mm":6000,"margin_mm":500,"distance_mm":1500,"obstacles":[{"x_mm":0,"y_mm":0,"width_mm":1000,"depth_mm":800}],"keep_clear":[],"seed":1}`,
		`{"keep_clear":[{"x_mm":-5,"y_mm":-5,"width_mm":9000,"depth_mm":9000}]}`, `{"width_mm":1000}`, `{"distance_mm":1}`, `{"seed":-1,"margin_mm":3000}`,
		`{"obstacles":[{"x_mm":1,"y_mm":2}]}`, `{"":1}`, `{"width_mm":1000000,"depth_mm":1,"margin_mm":0,"distance_mm":101}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		req, err := ParseRequest(text)
		var field *document.FieldError
		if err != nil {
			if !errors.As(err, &field) || field.Field == "" || field.Reason == "" {
				t.Fatalf("%v names no field", err)
			}
			return
		}
		asked := 0
		check(t, req, Arrange(req, nil, func() bool { asked++; return asked > 50 }))
	})
}

func TestRefusals(t *testing.T) {
	for text, want := range map[string]string{
		`{"width":1}`: "width", `{"width_mm":0}`: "width_mm", `{"depth_mm":1000001}`: "depth_mm", `{"margin_mm":-1}`: "margin_mm",
		`{"distance_mm":0}`: "distance_mm", `{"distance_mm":20}`: "distance_mm", `{"seed":"a"}`: "seed", `{"obstacles":[{}]}`: "obstacles[0].width_mm",
		`{"obstacles":[{"width_mm":1}]}`: "obstacles[0].depth_mm", `{"keep_clear":[{"width_mm":1,"depth_mm":1},{"x":1}]}`: "keep_clear[1].x",
		`{"keep_clear":[{"width_mm":-1,"depth_mm":1}]}`: "keep_clear[0].width_mm", `{"obstacles":[{"x_mm":9999999,"width_mm":1,"depth_mm":1}]}`: "obstacles[0].x_mm",
		`{"width_mm":1,"width_mm":2}`: "width_mm", `{}{}`: "input", ``: "input",
	} {
		_, err := ParseRequest([]byte(text))
		var field *document.FieldError
		if !errors.As(err, &field) || field.Field != want {
			t.Errorf("%s: %v, want the field %s", text, err, want)
		}
	}
}
