package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestBrowserRooms draws a room from nothing to published, by keyboard and by
// mouse, and looks at the branch as it is now.
func TestBrowserRooms(t *testing.T) {
	if browsers() == nil {
		return
	}
	w := newWalk(t)
	for _, step := range []func(*testing.T, *walk){branchNow, newSideDesk, drawsByKeyboard, drawsByMouse, fillsAndCompares, readsFiles, publishes, redrawsARoomInUse} {
		step(t, w)
		w.quiet(t)
	}
}

// newSideDesk: a new room that is said to be a side desk begins with one booth, not with
// those of a room for groups.
func newSideDesk(t *testing.T, w *walk) {
	t.Helper()
	w.open(t, "/manager?lang=id&desk=1#rooms/new", 1440, 900)
	w.sees(t, "a room for a group", `document.querySelectorAll('circle.reach').length > 1`)
	const tick = `(() => { const label = [...document.querySelectorAll('label')].find((l) => l.textContent.includes('Ini meja samping')); label.querySelector('input').click(); return true; })()`
	if _, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](tick)); err != nil {
		t.Fatal(err)
	}
	w.sees(t, "one booth", `document.querySelectorAll('circle.reach').length === 1 && document.querySelector('#room-normal').value === '2'`)
}

// at evaluates to the middle of the first element of a selector, in pixels.
func (w *walk) at(t *testing.T, selector string) (x, y float64) {
	t.Helper()
	// What a view has just moved is not where a mouse would aim.
	w.sees(t, selector+" at rest", fmt.Sprintf(`(() => { const e = document.querySelector(%q); if (!e) return false;
		e.scrollIntoView({block: 'nearest', inline: 'nearest'}); const r = e.getBoundingClientRect(); const at = [r.x, r.y, r.width, r.height].join();
		const rests = r.width > 0 && window.walkAt === at; window.walkAt = at; return rests; })()`, selector))
	middle, err := chromedp.Run(w.ctx, chromedp.Evaluate[[]float64](fmt.Sprintf(
		`(() => { const r = document.querySelector(%q).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`, selector)))
	if err != nil || len(middle) != 2 {
		t.Fatalf("where is %s: %v", selector, err)
	}
	return middle[0], middle[1]
}

// drag takes hold of the middle of an element and lets go elsewhere.
func (w *walk) drag(t *testing.T, selector string, dx, dy float64) {
	t.Helper()
	x, y := w.at(t, selector)
	if err := chromedp.Do(w.ctx, chromedp.DragAndDropXY(x, y, x+dx, y+dy, 6)); err != nil {
		t.Fatalf("drag %s: %v", selector, err)
	}
}

func (w *walk) click(t *testing.T, selector string) {
	t.Helper()
	x, y := w.at(t, selector)
	if err := chromedp.Do(w.ctx, chromedp.MouseClickXY(x, y)); err != nil {
		t.Fatalf("click %s: %v", selector, err)
	}
}

func (w *walk) focus(t *testing.T, selector string) {
	t.Helper()
	w.sees(t, selector, fmt.Sprintf(`(() => { const e = document.querySelector(%q); e?.focus(); return e && document.activeElement === e; })()`, selector))
}

// branchNow: lanes of people, rooms, officers and what it brings, on one screen.
func branchNow(t *testing.T, w *walk) {
	w.open(t, "/manager#now", 1440, 900)
	w.sees(t, "people in the lobby's lanes", `document.querySelectorAll('.people-line .dot-of').length > 10`)
	w.sees(t, "every room", `document.querySelectorAll('.rooms-plan .tile').length >= 4`)
	w.sees(t, "officers' load", `document.querySelectorAll('.loads .load').length > 0`)
	w.sees(t, "what it brings, with its basis, or that it is too early", `document.querySelector('.yield')?.innerText.length > 40`)
	w.sees(t, "all of it without scrolling", `document.documentElement.scrollHeight <= innerHeight`)
	w.inUse(t, 1)
	w.still(t)
	w.click(t, ".people-line .dot-of.head")
	w.sees(t, "the visit that was pressed, with its story", `/^#now\/visit\/\d+$/.test(location.hash) && document.querySelector('.detail .story')`)
	w.click(t, ".detail a.button")
	w.click(t, ".rooms-plan .tile h3 a")
	w.sees(t, "the room that was pressed, with its five limits", `document.querySelectorAll('.detail table tr').length >= 5`)
	w.picture("manager-now-room")
}

// inUse waits until people have been called into a room.
func (w *walk) inUse(t *testing.T, room int) {
	t.Helper()
	var v benchView
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		v = benchView{}
		w.view(t, fmt.Sprintf("/api/v1/views/room/%d", room), &v)
		if v.Session != nil && v.count("expected", "preparing", "ready") > 0 {
			return
		}
	}
	t.Fatalf("nobody was called into room %d: %+v", room, v)
}

// drawsByKeyboard: a new room's walls, booths, door and obstacle without a mouse.
func drawsByKeyboard(t *testing.T, w *walk) {
	w.open(t, "/manager#rooms/new", 1440, 900)
	w.focus(t, ".wall-thing")
	width := `document.querySelector('#room-width_mm').value`
	w.sees(t, "a new room of five metres", width+` === '5'`)
	w.press(t, kb.ArrowRight)
	w.sees(t, "a wider room", `parseFloat(`+width+`.replace(',', '.')) > 5`)
	w.focus(t, `.board [data-seat="1"]`)
	w.sees(t, "where the booth stands", `document.querySelector('#item-x_mm')?.value === '0,5'`)
	w.press(t, kb.ArrowRight)
	w.sees(t, "the booth moved by an arrow", `document.querySelector('#item-x_mm').value === '0,6'`)
	w.focus(t, `[data-tool="obstacle"]`)
	w.press(t, "\r")
	w.press(t, "\r")
	w.sees(t, "an obstacle in the middle", `document.querySelectorAll('.obstacle-thing').length === 1`)
	w.sees(t, "steps to take back", `!document.querySelector('[data-tool="undo"]').disabled`)
	w.sees(t, "taken back by the keyboard", `(() => { document.querySelector('.obstacle-thing')?.dispatchEvent(new KeyboardEvent('keydown', {key: 'z', ctrlKey: true, bubbles: true, cancelable: true}));
		return document.querySelectorAll('.obstacle-thing').length === 0; })()`)
}

// drawsByMouse: who is dragged too near is told so while dragging, and undo ends it.
func drawsByMouse(t *testing.T, w *walk) {
	w.open(t, "/manager#rooms/1", 1440, 900)
	w.sees(t, "a room without conflicts", `document.querySelector('.board [data-seat="2"]') && !document.querySelector('.board .too-near')`)
	w.drag(t, `.board [data-seat="2"] .box`, -45, 20)
	w.sees(t, "the distance that is too small", `document.querySelector('.board .too-near text')?.textContent.includes('m')`)
	w.sees(t, "fewer usable booths, proven by the server", `document.querySelectorAll('.board .seat.is-unusable').length > 0`)
	w.picture("manager-rooms-conflict")
	w.click(t, `[data-tool="undo"]`)
	w.sees(t, "the room as it was", `!document.querySelector('.board .too-near')`)
	w.click(t, `[data-tool="partition"]`)
	x, y := w.at(t, ".board svg.room")
	if err := chromedp.Do(w.ctx, chromedp.DragAndDropXY(x+12, y-30, x+16, y+60, 6)); err != nil {
		t.Fatalf("draw a wall: %v", err)
	}
	w.sees(t, "a wall along the way of the hand", `document.querySelector('.partition-thing.chosen') && Number(document.querySelector('rect.partition').getAttribute('height')) > Number(document.querySelector('rect.partition').getAttribute('width'))`)
	w.press(t, "r")
	w.sees(t, "the wall turned by a key", `Number(document.querySelector('rect.partition').getAttribute('width')) > Number(document.querySelector('rect.partition').getAttribute('height'))`)
	w.click(t, `[data-tool="undo"]`)
	w.click(t, `[data-tool="undo"]`)
	w.sees(t, "the room without the wall", `!document.querySelector('.partition-thing')`)
	w.drag(t, `.board .wall-thing .grip`, -0, 40)
	w.sees(t, "walls that were pulled", `!document.querySelector('[data-tool="undo"]').disabled`)
	w.click(t, `[data-tool="undo"]`)
}

// fillsAndCompares: filling gets better until it ends, and every rule of distance
// stands beside the others.
func fillsAndCompares(t *testing.T, w *walk) {
	w.open(t, "/manager#rooms/new", 1440, 900)
	w.click(t, "#tab-fill")
	w.click(t, ".fill-button")
	w.sees(t, "booths that were found", `document.querySelector('.use-fill:not([disabled])') && document.querySelectorAll('.board .ghost').length > 0`)
	w.click(t, ".use-fill")
	w.sees(t, "the found booths in the drawing", `document.querySelectorAll('.board [data-seat]').length > 0 && !document.querySelector('.board .too-near')`)
	w.click(t, "#tab-distance")
	w.sees(t, "five rules side by side", `document.querySelectorAll('.presets-table tbody tr').length === 5`)
	w.click(t, `.presets-table tbody tr:nth-child(3) button`)
	w.sees(t, "two metres on the plan", `document.querySelector('.board .too-near')`)
	w.click(t, `.presets-table tbody tr:nth-child(2) button`)
}

// readsFiles: what is saved is read as the same room, and a wrong file names its
// field and changes nothing.
func readsFiles(t *testing.T, w *walk) {
	w.click(t, "#tab-history")
	w.sees(t, "a file in place of a download", `(() => { window.saved ??= []; if (!window.watched) { window.watched = true;
		const make = URL.createObjectURL; URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push(text)); return make.call(URL, blob); }; }
		const button = document.querySelector('[data-export="room"]'); button?.click(); return button; })()`)
	w.sees(t, "the saved room", `window.saved.length > 0 && JSON.parse(window.saved[0]).seats.length > 0`)
	text, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`window.saved[0]`))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	give := func(name, content string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Do(w.ctx, chromedp.SetUploadFiles(".import input", []string{path})); err != nil {
			t.Fatal(err)
		}
	}
	give("wrong.json", strings.Replace(text, `"normal"`, `"usual"`, 1))
	w.sees(t, "the field that is wrong", `document.querySelector('.panel [role=alert]')?.innerText.includes('usual')`)
	seats := `document.querySelectorAll('.board [data-seat]').length`
	w.sees(t, "an emptied drawing", `(() => { const seat = document.querySelector('.board [data-seat="1"]'); seat?.dispatchEvent(new KeyboardEvent('keydown', {key: 'Delete', bubbles: true, cancelable: true})); return seat === null; })()`)
	give("room.json", text)
	w.sees(t, "the room as it was saved", fmt.Sprintf(`%s === JSON.parse(window.saved[0]).seats.length`, seats))
	w.sees(t, "saved again, the same", `(() => { document.querySelector('[data-export="room"]')?.click(); return window.saved.length > 1 && window.saved.at(-1) === window.saved[0]; })()`)
}

type roomList struct {
	Rooms []struct {
		ID      int   `json:"id"`
		Version int   `json:"version"`
		Seats   []any `json:"seats"`
		Planned any   `json:"planned"`
	} `json:"rooms"`
}

// publishes: the effect is shown first, and then the branch has the room.
func publishes(t *testing.T, w *walk) {
	var before, after roomList
	w.view(t, "/api/v1/rooms", &before)
	w.click(t, ".publish-button")
	w.sees(t, "the effect before the button", `document.querySelector('dialog.publish table') && document.querySelector('dialog.publish .primary[aria-disabled="false"]')`)
	w.picture("manager-rooms-publish")
	w.click(t, "dialog.publish .primary")
	w.sees(t, "the published room", `!document.querySelector('dialog.publish') && /^#rooms\/\d+$/.test(location.hash)`)
	w.view(t, "/api/v1/rooms", &after)
	if len(after.Rooms) != len(before.Rooms)+1 {
		t.Errorf("%d rooms became %d, want one more", len(before.Rooms), len(after.Rooms))
	}
}

// redrawsARoomInUse: who was called is named, and the drawing waits for them.
func redrawsARoomInUse(t *testing.T, w *walk) {
	w.open(t, "/manager#rooms/1", 1440, 900)
	w.focus(t, `.board [data-seat="1"]`)
	w.sees(t, "a changed drawing", `(() => { document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowUp', bubbles: true, cancelable: true})); return !document.querySelector('.publish-button').disabled; })()`)
	w.click(t, ".publish-button")
	w.sees(t, "those who were called, by their numbers", `/[ABC]\d{3}/.test(document.querySelector('dialog.publish table:last-of-type, dialog.publish')?.innerText ?? '')`)
	w.click(t, "dialog.publish .primary")
	w.sees(t, "a drawing that waits", `document.querySelector('.plan-head .is-closing')`)
	var list roomList
	w.view(t, "/api/v1/rooms", &list)
	if list.Rooms[0].Version != 1 || list.Rooms[0].Planned == nil {
		t.Errorf("room 1 in use: %+v, want version 1 and a drawing that waits", list.Rooms[0])
	}
	req, _ := http.NewRequest(http.MethodDelete, w.base+"/api/v1/rooms/1/plan", nil)
	req.Header.Set("Idempotency-Key", "walk-drop")
	if resp, err := http.DefaultClient.Do(req); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("taking it back: %v", err)
	} else {
		_ = resp.Body.Close()
	}
}
