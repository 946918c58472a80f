package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
)

// TestDrawVerify: the proof in testdata was computed by another program (Python),
// from the recipe in docs/protocol.md alone.
func TestDrawVerify(t *testing.T) {
	for _, c := range []struct {
		args  []string
		input string
		code  int
		says  string
	}{
		{[]string{"-f", "testdata/draw.json"}, "", exitOK, ""},
		{[]string{"-f", "testdata/draw-swapped.json"}, "", exitNo, "order[0]"},
		{nil, "{}", exitBadInput, "version"},
		{nil, `{"version":1,"order":[]}`, exitBadInput, "order"},
		{nil, `{"version":1,"orders":[]}`, exitBadInput, "orders"},
		{nil, `{"phase":"frozen","proof":{"version":1}}`, exitBadInput, "order"},
		{nil, "nothing", exitBadInput, ""},
		{[]string{"-f", "testdata/none.json"}, "", exitBadInput, "none.json"},
		{[]string{"more"}, "", exitUsage, ""},
	} {
		var out, errs bytes.Buffer
		code := run(context.Background(), append([]string{"draw", "verify"}, c.args...), strings.NewReader(c.input), &out, &errs)
		if code != c.code || !strings.Contains(errs.String(), c.says) {
			t.Errorf("%v %q: exit %d, %q; want %d, %q", c.args, c.input, code, errs.String(), c.code, c.says)
		}
		var said drawn
		if code == exitOK || code == exitNo {
			if err := json.Unmarshal(out.Bytes(), &said); err != nil || said.OK != (code == exitOK) || said.Numbers != 12 || said.Date != "2026-03-02" {
				t.Errorf("%v: %s %v", c.args, out.String(), err)
			}
		}
	}
}
