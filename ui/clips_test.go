package ui_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"regexp"
	"sort"
	"strings"
	"testing"

	"lapak/ui"
)

// maxClips keeps the recorded voice a small part of the program: a display fetches a
// language's clips once, over the slowest network of a branch, in some seconds.
const maxClips = 1_800_000

// TestClipsAreThoseOfTheList compares every recording with sums.txt, and what is
// embedded with what lies here.
func TestClipsAreThoseOfTheList(t *testing.T) {
	list, err := os.ReadFile("clips/sums.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	var order []string
	for line := range strings.Lines(string(list)) {
		sum, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok {
			t.Fatalf("sums.txt: %q is not of the form \"SUM  PATH\"", line)
		}
		want[name] = sum
		order = append(order, name)
	}
	if !sort.StringsAreSorted(order) {
		t.Error("sums.txt is not sorted by path")
	}
	total := 0
	walk(t, func(name string, content []byte) {
		clip, ours := strings.CutPrefix(name, "clips/")
		if !ours {
			return
		}
		total += len(content)
		sum := sha256.Sum256(content)
		if got := hex.EncodeToString(sum[:]); got != want[clip] {
			t.Errorf("%s is %s, sums.txt says %q: run ui/clips/make", name, got, want[clip])
		}
		delete(want, clip)
	})
	for name := range want {
		t.Errorf("sums.txt lists %s, which is not part of the program", name)
	}
	if total == 0 || total > maxClips {
		t.Errorf("the recordings have %d bytes together, of %d", total, maxClips)
	}
}

var (
	wordOfClips = regexp.MustCompile(`^(id|en)/[a-z0-9-]+\t\S.*$`)
	sceneWords  = regexp.MustCompile(`(?m)^\s*"booth\.scene_\w+": \["([^"]*)", "([^"]*)"\]`)
	sceneTimes  = regexp.MustCompile(`\{lasts: (\d+), begins: \[([^\]]*)\]\}`)
	sentenceEnd = regexp.MustCompile(`[.?!]( |$)`)
)

// TestEveryClipHasItsWords holds the list of words to the recordings.
func TestEveryClipHasItsWords(t *testing.T) {
	words, err := os.ReadFile("clips/words.tsv")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{"chime": true}
	for line := range strings.Lines(string(words)) {
		line = strings.TrimRight(line, "\n")
		if !wordOfClips.MatchString(line) {
			t.Errorf("words.tsv: %q is not of the form \"LANGUAGE/NAME<tab>TEXT\"", line)
		}
		name, _, _ := strings.Cut(line, "\t")
		named[name] = true
		if _, err := fs.Stat(ui.FS(), "clips/"+name+".mp3"); err != nil {
			t.Errorf("%s has words and no recording", name)
		}
	}
	walk(t, func(name string, _ []byte) {
		clip, ours := strings.CutPrefix(name, "clips/")
		if ours && !strings.HasPrefix(clip, "briefing-") && !strings.HasPrefix(clip, "kiosk-") && !named[strings.TrimSuffix(clip, ".mp3")] {
			t.Errorf("%s has no words", name)
		}
	})
}

// TestTheKioskSaysWhatItShows holds the recordings of the kiosk's guidance to the words of
// its screen: a sentence that was changed must be recorded again.
func TestTheKioskSaysWhatItShows(t *testing.T) {
	list, err := os.ReadFile("clips/guide.tsv")
	if err != nil {
		t.Fatal(err)
	}
	words := catalogue(t)
	recorded := map[string]bool{}
	for line := range strings.Lines(string(list)) {
		parts := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(parts) != 3 {
			t.Fatalf("guide.tsv: %q is not of the form \"FILE<tab>KEY<tab>TEXT\"", line)
		}
		says := words[parts[1]].Indonesian
		if strings.HasPrefix(parts[0], "kiosk-en/") {
			says = words[parts[1]].English
		}
		if says == "" || says != parts[2] {
			t.Errorf("%s says %q, the screen %q: run ui/clips/make", parts[0], parts[2], says)
		}
		recorded[parts[0]] = true
	}
	walk(t, func(name string, _ []byte) {
		clip, ours := strings.CutPrefix(name, "clips/")
		if ours && strings.HasPrefix(clip, "kiosk-") && !recorded[strings.TrimSuffix(clip, ".mp3")] {
			t.Errorf("%s is not in guide.tsv", name)
		}
	})
}

// TestCaptionsAreTimed holds the captions of the briefing to the times that were
// measured when they were recorded: a caption that gained or lost a sentence, or a
// scene without a recording, was not recorded again.
func TestCaptionsAreTimed(t *testing.T) {
	words, err := fs.ReadFile(ui.FS(), "booth/words.js")
	if err != nil {
		t.Fatal(err)
	}
	timed, err := fs.ReadFile(ui.FS(), "booth/timed.js")
	if err != nil {
		t.Fatal(err)
	}
	scenes := sceneWords.FindAllSubmatch(words, -1)
	id, en, ok := strings.Cut(string(timed), "\n  en: [")
	if !ok || len(scenes) == 0 {
		t.Fatal("the captions or their times cannot be found")
	}
	for lang, part := range []string{id, en} {
		times := sceneTimes.FindAllStringSubmatch(part, -1)
		if len(times) != len(scenes) {
			t.Fatalf("language %d: %d scenes are timed, %d have captions", lang, len(times), len(scenes))
		}
		for i, scene := range scenes {
			caption := string(scene[lang+1])
			if got, want := len(strings.Split(times[i][2], ",")), len(sentenceEnd.FindAllString(caption, -1)); got != want {
				t.Errorf("scene %d in language %d has %d sentences, %d are timed", i+1, lang, want, got)
			}
		}
	}
}
