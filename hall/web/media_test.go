package web

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"lapak/hall/access"
	"lapak/hall/media"
)

func pngOf(t *testing.T, w, h int) file {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewRGBA(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wavOf(ms int) file {
	const rate = 16000
	samples := bytes.Repeat([]byte{1, 2}, ms*rate/1000)
	var b bytes.Buffer
	for _, v := range []any{[]byte("RIFF"), uint32(36 + len(samples)), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(rate), uint32(rate * 2),
		uint16(2), uint16(16), []byte("data"), uint32(len(samples)), samples} {
		_ = binary.Write(&b, binary.LittleEndian, v)
	}
	return b.Bytes()
}

func (h *house) upload(query string, body file) answered {
	h.Helper()
	return h.do(ask{as: "manager", method: post, path: api + "/media?" + query, body: body})
}

func TestTheBranchAddsPicturesAndSounds(t *testing.T) {
	h := newHouse(t)
	h.pairDevice(access.Display, "", "")
	slide := h.upload("kind=slide&title=Buka+Sabtu", pngOf(t, 200, 100)).good(h)
	sound := h.upload("kind=audio", wavOf(500)).good(h)
	one := fmt.Sprintf("/media/%d", id(slide["id"]))
	h.do(ask{as: "manager", method: patch, path: api + one, body: map[string]any{"title": "Sabtu", "place": 0}}).good(h)
	h.do(ask{as: "manager", method: put, path: api + "/briefing", body: map[string]any{"scenes": []any{map[string]any{
		"caption": map[string]any{"id": "Selamat datang.", "en": "Welcome."}, "audio": map[string]any{"id": sound["file"]}}}}}).good(h)
	list := h.get("display device", "/media")
	if items := list["items"].([]any); len(items) != 2 || items[1].(map[string]any)["title"] != "Sabtu" || len(list["scenes"].([]any)) != 1 {
		t.Errorf("a display sees %v", list)
	}
	if rev := h.get("display device", "/views/lobby")["media"]; rev != list["rev"] {
		t.Errorf("the board is told revision %v, the list has %v", rev, list["rev"])
	}
	path := api + "/media/files/" + slide["file"].(string)
	a := h.do(ask{as: "display device", method: get, path: path})
	for name, want := range map[string]string{"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": mediaPolicy,
		"Cache-Control": "private, max-age=31536000, immutable"} {
		if got := a.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if a.Code != 200 || int64(a.Body.Len()) != id(slide["bytes"]) {
		t.Errorf("%d, %d bytes", a.Code, a.Body.Len())
	}
	if a := h.do(ask{as: "display device", method: get, path: path, header: map[string]string{"If-None-Match": a.Header().Get("ETag")}}); a.Code != http.StatusNotModified {
		t.Errorf("asked for what it has, a screen gets %d", a.Code)
	}
	h.do(ask{as: "manager", method: remove, path: api + fmt.Sprintf("/media/%d", id(sound["id"]))}).refused(409, "media_in_use")
	h.do(ask{as: "manager", method: put, path: api + "/briefing", body: map[string]any{"scenes": []any{}}}).good(h)
	h.do(ask{as: "manager", method: remove, path: api + one}).good(h)
	h.do(ask{as: "display device", method: get, path: path}).refused(404, "not_found")
	h.do(ask{as: "manager", method: remove, path: api + one}).refused(404, "media_gone")
}

func TestUploadsAreRefusedWithAReason(t *testing.T) {
	h := newHouse(t)
	for _, one := range []struct {
		query  string
		body   file
		status int
		code   string
		field  string
	}{
		{"kind=slide", file("<svg/>"), 415, "unsupported_media_type", "file"},
		{"kind=slide", nil, 422, "missing", "file"},
		{"kind=film", pngOf(t, 100, 100), 422, "bad_field", "kind"},
		{"kind=slide&for=id/satu", pngOf(t, 100, 100), 422, "bad_field", "for"},
		{"kind=clip", wavOf(300), 422, "bad_field", "for"},
		{"kind=clip&for=../../access", wavOf(300), 422, "bad_field", "for"},
		{"kind=clip&for=id/nothing-of-ours", wavOf(300), 422, "bad_field", "for"},
		{"kind=slide&colour=red", pngOf(t, 100, 100), 400, "unknown_field", "colour"},
		{"kind=slide&title=" + strings.Repeat("a", media.MaxTitle+1), pngOf(t, 100, 100), 422, "too_long", "title"},
		{"kind=slide", make(file, media.MaxUpload+1), 413, "body_too_large", "file"},
	} {
		if p := h.upload(one.query, one.body).refused(one.status, one.code); p.Field != one.field {
			t.Errorf("%s: the field is %q, want %q", one.query, p.Field, one.field)
		}
	}
	h.do(ask{as: "manager", method: post, path: api + "/media?kind=slide", body: "{}"}).refused(415, "unsupported_media_type")
	for _, name := range []string{"list.json", "..%2Faccess.db", "%2e%2e", strings.Repeat("a", 32) + ".svg", strings.Repeat("a", 32) + ".png"} {
		h.do(ask{as: "manager", method: get, path: api + "/media/files/" + name}).refused(404, "not_found")
	}
	if rev := id(h.get("manager", "/media")["rev"]); rev != 0 {
		t.Errorf("what was refused made revision %d", rev)
	}
}

// fullMedia is a store on a disk without room.
type fullMedia struct{ Media }

func (fullMedia) Add(media.New) (media.Item, error) { return media.Item{}, media.ErrFull }

func TestAnUploadToAFullDiskIs507(t *testing.T) {
	h := newHouse(t)
	h.o.Media = fullMedia{h.o.Media}
	h.upload("kind=slide", pngOf(t, 100, 100)).refused(507, "disk_full")
}

func TestAnUploadSentTwiceIsOne(t *testing.T) {
	h := newHouse(t)
	twice := ask{as: "manager", method: post, path: api + "/media?kind=slide", body: pngOf(t, 100, 100), key: "once"}
	first := h.do(twice).good(h)
	again := h.do(twice)
	if again.Header().Get("Idempotent-Replayed") != "true" || id(again.json()["id"]) != id(first["id"]) {
		t.Errorf("the retry is told %s", again.Body)
	}
	if rev := id(h.get("manager", "/media")["rev"]); rev != 1 {
		t.Errorf("two uploads were made of one: revision %d", rev)
	}
}
