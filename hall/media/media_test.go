package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// picture is a field of one colour with another in its top left quarter.
func picture(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{20, 90, 110, 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{250, 170, 30, 255}
			}
			p.Set(x, y, c)
		}
	}
	return p
}

func asPNG(t *testing.T, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture(w, h)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// asJPEG is a photo taken with the camera held as turn says.
func asJPEG(t *testing.T, w, h int, turn uint16) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(w, h), nil); err != nil {
		t.Fatal(err)
	}
	exif := append([]byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01"), byte(turn>>8), byte(turn), 0, 0, 0, 0, 0, 0)
	exif = append(exif, "GPS secret place"...)
	head := append([]byte{0xff, 0xd8, 0xff, 0xe1}, byte((len(exif)+2)>>8), byte(len(exif)+2))
	return append(append(head, exif...), b.Bytes()[2:]...)
}

func asWAV(ms, rate int, extra string) []byte {
	samples := make([]byte, ms*rate/1000*2)
	for i := range samples {
		samples[i] = byte(i * 7)
	}
	var b bytes.Buffer
	put := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) }
	b.WriteString("RIFF")
	put(uint32(0))
	b.WriteString("WAVE")
	if extra != "" {
		b.WriteString("LIST")
		put(uint32(len(extra)))
		b.WriteString(extra)
	}
	b.WriteString("fmt ")
	put(uint32(16))
	for _, v := range []any{uint16(1), uint16(1), uint32(rate), uint32(rate * 2), uint16(2), uint16(16)} {
		put(v)
	}
	b.WriteString("data")
	put(uint32(len(samples)))
	b.Write(samples)
	return b.Bytes()
}

// asMP3 is silent frames of MPEG 2 layer III, 24 kHz, 32 kbit/s.
func asMP3(frames int) []byte {
	frame := make([]byte, 72*32000/24000)
	copy(frame, []byte{0xff, 0xf3, 0x44, 0xc4})
	return bytes.Repeat(frame, frames)
}

func open(t *testing.T, data string) *Store {
	t.Helper()
	s, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func add(t *testing.T, s *Store, n New) Item {
	t.Helper()
	it, err := s.Add(n)
	if err != nil {
		t.Fatal(err)
	}
	return it
}

func refused(t *testing.T, err error, field, code string) {
	t.Helper()
	var f *FieldError
	if !errors.As(err, &f) || f.Field != field || f.Code != code || f.Reason == "" {
		t.Errorf("%v, want a refusal of %s with %s", err, field, code)
	}
}

func TestWhatIsAddedIsThereAfterAStart(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	one := add(t, s, New{Kind: Slide, Title: " Buka Sabtu ", Data: asPNG(t, 200, 100), Now: 7})
	two := add(t, s, New{Kind: Slide, Data: asJPEG(t, 120, 90, 1)})
	clip := add(t, s, New{Kind: Clip, For: "id/satu", Data: asWAV(400, 22050, "")})
	if one.Title != "Buka Sabtu" || one.Type != "image/png" || one.Width != 200 || one.Height != 100 || one.Added != 7 {
		t.Errorf("kept as %+v", one)
	}
	if clip.LastMS != 400 || clip.Type != "audio/wav" {
		t.Errorf("the clip is %+v", clip)
	}
	again := open(t, dir)
	if got := again.List(); len(got.Items) != 3 || got.Items[0] != one || got.Items[1] != two || got.Items[2] != clip || got.Rev != 3 {
		t.Fatalf("after a start: %+v", got)
	}
	for _, it := range again.List().Items {
		data, kind, err := again.File(it.File)
		if err != nil || kind != it.Type || int64(len(data)) != it.Bytes {
			t.Errorf("%s: %d bytes of %s, %v", it.File, len(data), kind, err)
		}
	}
	if err := Complete(dir); err != nil {
		t.Error(err)
	}
}

func TestAClipTakesThePlaceOfTheFormer(t *testing.T) {
	s := open(t, t.TempDir())
	old := add(t, s, New{Kind: Clip, For: "id/satu", Data: asWAV(400, 22050, "")})
	other := add(t, s, New{Kind: Clip, For: "id/dua", Data: asWAV(400, 22050, "")})
	if old.File != other.File {
		t.Fatal("the same bytes have two names")
	}
	add(t, s, New{Kind: Clip, For: "id/satu", Data: asWAV(500, 22050, "")})
	if n := len(s.List().Items); n != 2 {
		t.Errorf("%d clips, want 2", n)
	}
	if _, _, err := s.File(other.File); err != nil {
		t.Errorf("the file of the other clip is gone: %v", err)
	}
	if err := s.Remove(other.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(s.dir, other.File)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that nothing names is kept: %v", err)
	}
}

func TestNothingTravelsWithAFile(t *testing.T) {
	s := open(t, t.TempDir())
	tagged := append([]byte("ID3\x03\x00\x00\x00\x00\x00\x0dsecret artist"), asMP3(40)...)
	tagged = append(tagged, append([]byte("TAG"), bytes.Repeat([]byte("secret"), 21)[:125]...)...)
	for name, n := range map[string]New{
		"place of a photo":       {Kind: Slide, Data: asJPEG(t, 100, 80, 1)},
		"list of a WAV":          {Kind: Audio, Data: asWAV(300, 16000, "INFOsecret")},
		"tags of an MP3":         {Kind: Audio, Data: tagged},
		"page behind a picture":  {Kind: Picture, Data: append(asPNG(t, 80, 80), "<script>secret</script>"...)},
		"page behind a photo":    {Kind: Picture, Data: append(asJPEG(t, 80, 80, 1), "<script>secret</script>"...)},
		"samples after the data": {Kind: Clip, For: "id/satu", Data: append(asWAV(300, 16000, ""), "note\x06\x00\x00\x00secret"...)},
	} {
		it := add(t, s, n)
		data, _, err := s.File(it.File)
		if err != nil || bytes.Contains(data, []byte("secret")) {
			t.Errorf("%s: kept %v, %v", name, bytes.Contains(data, []byte("secret")), err)
		}
	}
}

func TestPicturesAreUprightAndNoLargerThanNeeded(t *testing.T) {
	s := open(t, t.TempDir())
	// For each way to hold the camera: where the marked quarter is once upright.
	for turn, at := range map[uint16]image.Point{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}} {
		it := add(t, s, New{Kind: Slide, Data: asJPEG(t, 2400, 1000, turn)})
		w, h := 1920, 800
		if turn >= 5 {
			w, h = h, w
		}
		if it.Width != w || it.Height != h {
			t.Errorf("turn %d: %d by %d, want %d by %d", turn, it.Width, it.Height, w, h)
		}
		data, _, err := s.File(it.File)
		if err != nil {
			t.Fatal(err)
		}
		p, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		r, _, _, _ := p.At(w/4+at.X*w/2, h/4+at.Y*h/2).RGBA()
		if r>>8 < 200 {
			t.Errorf("turn %d: the marked quarter is not at %v", turn, at)
		}
	}
}

func TestWhatIsNotTaken(t *testing.T) {
	s := open(t, t.TempDir())
	stereo8 := asWAV(300, 16000, "")
	stereo8[34] = 8
	for name, one := range map[string]struct {
		n           New
		field, code string
	}{
		"a drawing with scripts":     {New{Kind: Slide, Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)}, "file", "unsupported_media_type"},
		"a page":                     {New{Kind: Slide, Data: []byte("<!doctype html>")}, "file", "unsupported_media_type"},
		"nothing":                    {New{Kind: Slide}, "file", "unsupported_media_type"},
		"a picture cut short":        {New{Kind: Slide, Data: asPNG(t, 300, 300)[:200]}, "file", "bad_field"},
		"a photo cut short":          {New{Kind: Slide, Data: asJPEG(t, 300, 300, 1)[:400]}, "file", "bad_field"},
		"a picture of a pixel":       {New{Kind: Slide, Data: asPNG(t, 1, 1)}, "file", "too_small"},
		"a picture that explodes":    {New{Kind: Slide, Data: huge(t)}, "file", "body_too_large"},
		"a picture of many MB":       {New{Kind: Slide, Data: append(asPNG(t, 100, 100), make([]byte, MaxImage)...)}, "file", "body_too_large"},
		"a sound as a slide":         {New{Kind: Slide, Data: asWAV(300, 16000, "")}, "file", "unsupported_media_type"},
		"a picture as a sound":       {New{Kind: Audio, Data: asPNG(t, 100, 100)}, "file", "unsupported_media_type"},
		"a WAV of 8 bits":            {New{Kind: Audio, Data: stereo8}, "file", "unsupported_media_type"},
		"a WAV cut short":            {New{Kind: Audio, Data: asWAV(300, 16000, "")[:500]}, "file", "bad_field"},
		"a WAV without samples":      {New{Kind: Audio, Data: asWAV(0, 16000, "")}, "file", "bad_field"},
		"a clip of eleven seconds":   {New{Kind: Clip, For: "id/satu", Data: asWAV(11_000, 16000, "")}, "file", "too_long"},
		"an MP3 with a page behind":  {New{Kind: Audio, Data: append(asMP3(10), bytes.Repeat([]byte("<p>"), 400)...)}, "file", "bad_field"},
		"an MP3 of a header only":    {New{Kind: Audio, Data: []byte{0xff, 0xf3, 0x44, 0xc4}}, "file", "bad_field"},
		"a kind that does not exist": {New{Kind: "film", Data: asPNG(t, 100, 100)}, "kind", "bad_field"},
		"a title of a book":          {New{Kind: Slide, Title: strings.Repeat("a", MaxTitle+1), Data: asPNG(t, 100, 100)}, "title", "too_long"},
		"a title of two lines":       {New{Kind: Slide, Title: "a\nb", Data: asPNG(t, 100, 100)}, "title", "bad_field"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.Add(one.n)
			refused(t, err, one.field, one.code)
		})
	}
	if l := s.List(); l.Rev != 0 {
		t.Errorf("what was refused left %+v", l)
	}
}

// huge is a small file that claims to be a picture of 400 million pixels.
func huge(t *testing.T) []byte {
	t.Helper()
	data := asPNG(t, 100, 100)
	binary.BigEndian.PutUint32(data[16:], 20_000)
	binary.BigEndian.PutUint32(data[20:], 20_000)
	binary.BigEndian.PutUint32(data[29:], crc(data[12:29]))
	return data
}

func TestLimitsOfTheWhole(t *testing.T) {
	s := open(t, t.TempDir())
	s.list.Items = make([]Item, MaxItems)
	_, err := s.Add(New{Kind: Slide, Data: asPNG(t, 100, 100)})
	refused(t, err, "file", "too_many_entries")
	s.list.Items = []Item{{ID: 1, File: "f", Bytes: MaxTotal - 10}}
	_, err = s.Add(New{Kind: Slide, Data: asPNG(t, 100, 100)})
	refused(t, err, "file", "media_full")
}

func TestAFullDiskChangesNothing(t *testing.T) {
	s := open(t, t.TempDir())
	kept := add(t, s, New{Kind: Slide, Data: asPNG(t, 100, 100)})
	s.free = func(string) (int64, error) { return Reserve + 10, nil }
	if _, err := s.Add(New{Kind: Slide, Data: asPNG(t, 300, 100)}); !errors.Is(err, ErrFull) {
		t.Errorf("at the reserve: %v", err)
	}
	if l := s.List(); len(l.Items) != 1 || l.Items[0] != kept || l.Rev != 1 {
		t.Errorf("left %+v", l)
	}
}

func TestOrderAndTitles(t *testing.T) {
	s := open(t, t.TempDir())
	var ids []int64
	for w := range 3 {
		ids = append(ids, add(t, s, New{Kind: Slide, Data: asPNG(t, 100+w, 100)}).ID)
		add(t, s, New{Kind: Clip, For: []string{"id/nol", "id/satu", "id/dua"}[w], Data: asWAV(300, 16000, "")})
	}
	place := func(n int) *int { return &n }
	order := func(want ...int64) {
		t.Helper()
		var got []int64
		for _, it := range s.List().Items {
			if it.Kind == Slide {
				got = append(got, it.ID)
			}
		}
		if len(got) != len(want) || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
			t.Errorf("the slides are %v, want %v", got, want)
		}
	}
	for _, step := range []struct {
		id    int64
		place int
		want  []int64
	}{
		{ids[2], 0, []int64{ids[2], ids[0], ids[1]}}, {ids[2], 1, []int64{ids[0], ids[2], ids[1]}},
		{ids[0], 99, []int64{ids[2], ids[1], ids[0]}}, {ids[1], -5, []int64{ids[1], ids[2], ids[0]}},
	} {
		if _, err := s.Change(step.id, Change{Place: place(step.place)}); err != nil {
			t.Fatal(err)
		}
		order(step.want...)
	}
	title := "Jam buka"
	if it, err := s.Change(ids[0], Change{Title: &title}); err != nil || it.Title != title {
		t.Errorf("%+v, %v", it, err)
	}
	if _, err := s.Change(999, Change{}); !errors.Is(err, ErrUnknown) {
		t.Errorf("an id that nothing has: %v", err)
	}
	if err := s.Remove(999); !errors.Is(err, ErrUnknown) {
		t.Errorf("an id that nothing has: %v", err)
	}
}

func TestABriefingOfTheBranch(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	voice := add(t, s, New{Kind: Audio, Data: asMP3(100)})
	shown := add(t, s, New{Kind: Picture, Data: asPNG(t, 100, 100)})
	slide := add(t, s, New{Kind: Slide, Data: asPNG(t, 100, 101)})
	both := map[string]string{"id": "Selamat datang.", "en": "Welcome."}
	whole := []Scene{{Caption: both, Audio: map[string]string{"id": voice.File}, Picture: shown.File}}
	if err := s.SetScenes(whole); err != nil {
		t.Fatal(err)
	}
	if got := open(t, dir).List().Scenes; len(got) != 1 || got[0].Picture != shown.File {
		t.Errorf("after a start: %+v", got)
	}
	refused(t, s.Remove(voice.ID), "id", "media_in_use")
	for _, one := range []struct {
		scene Scene
		code  string
	}{
		{Scene{Caption: map[string]string{"id": "Halo"}}, "missing"},
		{Scene{Caption: map[string]string{"id": "Halo", "en": "Hi", "xx": "?"}}, "bad_field"},
		{Scene{Caption: map[string]string{"id": strings.Repeat("a", MaxCaption+1), "en": "Hi"}}, "too_long"},
		{Scene{Caption: both, Picture: slide.File}, "media_unknown"},
		{Scene{Caption: both, Picture: "../access.db"}, "media_unknown"},
		{Scene{Caption: both, Audio: map[string]string{"en": shown.File}}, "media_unknown"},
	} {
		refused(t, s.SetScenes([]Scene{one.scene}), "scenes", one.code)
	}
	refused(t, s.SetScenes(make([]Scene, MaxScenes+1)), "scenes", "too_long")
	if err := s.SetScenes(nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(voice.ID); err != nil {
		t.Errorf("what the briefing no longer uses stays: %v", err)
	}
}

// TestAPictureOfTheBriefingStays although the same bytes are a slide as well.
func TestAPictureOfTheBriefingStays(t *testing.T) {
	s := open(t, t.TempDir())
	shown := add(t, s, New{Kind: Picture, Data: asPNG(t, 100, 100)})
	slide := add(t, s, New{Kind: Slide, Data: asPNG(t, 100, 100)})
	scenes := []Scene{{Caption: map[string]string{"id": "Halo", "en": "Hi"}, Picture: shown.File}}
	if err := s.SetScenes(scenes); err != nil || slide.File != shown.File {
		t.Fatal(err, slide.File, shown.File)
	}
	refused(t, s.Remove(shown.ID), "id", "media_in_use")
	if err := s.Remove(slide.ID); err != nil {
		t.Errorf("the slide stays: %v", err)
	}
	if err := s.SetScenes(scenes); err != nil {
		t.Errorf("the briefing cannot be kept as it is: %v", err)
	}
}

// inPasses is a JPEG of so many passes: twelve bytes each, and each through all of the
// picture.
func inPasses(passes int) []byte {
	var b bytes.Buffer
	segment := func(marker byte, body ...byte) {
		b.Write([]byte{0xff, marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)})
		b.Write(body)
	}
	b.Write([]byte{0xff, 0xd8})
	segment(0xdb, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...)...)
	segment(0xc2, 8, 0x01, 0x00, 0x01, 0x00, 1, 1, 0x11, 0)                               // 256 by 256, grey, progressive
	segment(0xc4, append(append([]byte{0x10, 0, 2}, make([]byte, 14)...), 0xe0, 0x00)...) // code 00: nothing in many blocks
	for range passes {
		segment(0xda, 1, 1, 0, 1, 63, 0)
		b.Write([]byte{0, 0, 0, 0})
	}
	b.Write([]byte{0xff, 0xd9})
	return b.Bytes()
}

func TestAPictureThatKeepsAProcessorBusyIsNotTaken(t *testing.T) {
	s := open(t, t.TempDir())
	add(t, s, New{Kind: Slide, Data: inPasses(maxScans)})
	_, err := s.Add(New{Kind: Slide, Data: inPasses(maxScans + 1)})
	refused(t, err, "file", "bad_field")
	trailer := append(inPasses(3), bytes.Repeat([]byte{0xff, 0xda, 0, 0}, 1000)...)
	add(t, s, New{Kind: Slide, Data: trailer}) // as telephones put a film behind a picture
}

func TestAStartRemovesWhatACrashLeft(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	kept := add(t, s, New{Kind: Slide, Data: asPNG(t, 100, 100)})
	left := filepath.Join(s.dir, strings.Repeat("a", nameHexDigits)+".jpg")
	half := filepath.Join(s.dir, tempPrefix+"123")
	foreign := filepath.Join(s.dir, "notes.txt")
	for _, path := range []string{left, half, foreign} {
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s = open(t, dir)
	for path, there := range map[string]bool{left: false, half: false, foreign: true, filepath.Join(s.dir, kept.File): true} {
		if _, err := os.Stat(path); (err == nil) != there {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
	if err := os.WriteFile(filepath.Join(s.dir, ListName), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), ListName) {
		t.Errorf("a damaged list: %v", err)
	}
	if err := os.WriteFile(filepath.Join(s.dir, ListName), []byte(`{"format":1,"items":[{"file":"../access.db"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err == nil {
		t.Error("a list that names a file elsewhere was read")
	}
}

func TestBackupAndRestore(t *testing.T) {
	s := open(t, t.TempDir())
	none := 0
	if err := s.Copy(func(string, []byte) error { none++; return nil }); err != nil || none != 0 {
		t.Errorf("a branch without media copies %d, %v", none, err)
	}
	it := add(t, s, New{Kind: Slide, Data: asPNG(t, 100, 100)})
	to := t.TempDir()
	if err := s.Copy(func(name string, data []byte) error { return Restore(to, name, data) }); err != nil {
		t.Fatal(err)
	}
	if err := Complete(to); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"../x", "a/b", ".new-1", "access.db", ""} {
		if err := Restore(to, name, nil); err == nil {
			t.Errorf("%q was restored", name)
		}
	}
	if err := os.WriteFile(filepath.Join(to, Folder, it.File), []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Complete(to); err == nil {
		t.Error("a file with other bytes was not found")
	}
}

func FuzzRemake(f *testing.F) {
	f.Add(asMP3(3))
	f.Add(asWAV(50, 8000, "LIST"))
	f.Add([]byte{0xff, 0xd8, 0xff, 0xe1, 0, 30, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1})
	f.Add([]byte("\x89PNG\r\n\x1a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, kind := range []Kind{Slide, Clip, Audio} {
			m, err := remake(kind, data)
			if err != nil {
				continue
			}
			again, err := remake(kind, m.data)
			if err != nil || again.mime != m.mime || again.lastMS != m.lastMS {
				t.Errorf("what is kept as %s is not what it was taken for: %v", kind, err)
			}
		}
		orientation(data)
	})
}

func crc(b []byte) uint32 { return crc32.ChecksumIEEE(b) }
