package ui_test

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"testing"

	"lapak/ui"
)

// Ratios of WCAG 2.2 level AA: text against its ground, and the edge of a control or
// of a state against what is around it.
const (
	textRatio = 4.5
	edgeRatio = 3.0
)

var (
	block = regexp.MustCompile(`(?s)(:root|\[data-theme="dark"\]) \{(.*?)\n\}`)
	token = regexp.MustCompile(`--([a-z-]+):\s*#([0-9a-f]{6});`)
)

// pairs are the colours that the style sheets lay upon one another.
var pairs = []struct {
	ink, ground string
	ratio       float64
}{
	{"ink", "paper", textRatio}, {"ink", "surface", textRatio}, {"ink", "sunken", textRatio},
	{"ink-soft", "paper", textRatio}, {"ink-soft", "surface", textRatio}, {"ink-soft", "sunken", textRatio},
	{"brand", "paper", textRatio}, {"brand", "surface", textRatio},
	{"on-brand", "brand", textRatio}, {"on-brand-soft", "brand-soft", textRatio},
	{"on-deep", "brand-deep", textRatio}, {"on-deep-soft", "brand-deep", textRatio},
	{"on-coming-soft", "coming-soft", textRatio},
	{"on-call", "call", textRatio}, {"on-call-soft", "call-soft", textRatio}, {"call-ink", "surface", textRatio},
	{"on-good-soft", "good-soft", textRatio},
	{"bad", "surface", textRatio}, {"on-bad", "bad", textRatio}, {"on-bad-soft", "bad-soft", textRatio},
	{"on-stale-soft", "stale-soft", textRatio},
	{"line-strong", "surface", edgeRatio}, {"line-strong", "paper", edgeRatio},
	{"coming", "surface", edgeRatio}, {"good", "surface", edgeRatio}, {"stale", "surface", edgeRatio},
	{"focus", "surface", edgeRatio}, {"focus", "paper", edgeRatio}, {"call", "brand-deep", edgeRatio},
}

func TestColoursCanBeRead(t *testing.T) {
	sheet, err := fs.ReadFile(ui.FS(), "lib/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	themes := make(map[string]map[string]string)
	for _, m := range block.FindAllSubmatch(sheet, -1) {
		theme := make(map[string]string)
		for name, colour := range themes[":root"] {
			theme[name] = colour // dark overrides light
		}
		for _, c := range token.FindAllSubmatch(m[2], -1) {
			theme[string(c[1])] = string(c[2])
		}
		if _, ok := themes[string(m[1])]; !ok {
			themes[string(m[1])] = theme
		}
	}
	if len(themes) != 2 {
		t.Fatalf("found %d themes in tokens.css, want light and dark", len(themes))
	}
	for name, theme := range themes {
		for _, pair := range pairs {
			ink, ground := theme[pair.ink], theme[pair.ground]
			if ink == "" || ground == "" {
				t.Errorf("%s: tokens.css lacks --%s or --%s", name, pair.ink, pair.ground)
				continue
			}
			if got := contrast(t, ink, ground); got < pair.ratio {
				t.Errorf("%s: --%s on --%s has contrast %.2f, want %.1f", name, pair.ink, pair.ground, got, pair.ratio)
			}
		}
	}
}

// contrast is the ratio that WCAG defines, from 1 to 21.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	value, err := strconv.ParseUint(colour, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	linear := func(shift uint) float64 {
		c := float64(value>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(16) + 0.7152*linear(8) + 0.0722*linear(0)
}
