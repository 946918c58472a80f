package board

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestHelloThenTheWholeView(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBranch("room/3")
		b.commit("room/3", `{"called":["A001"]}`)
		s := newStreet(t, b)
		defer s.end()
		v := watch(s.mustDial("subject=room/3", ""))
		synctest.Wait()
		want := []string{
			`{"type":"hello","epoch":"e1","build":"b1","seq":1,"at":"2026-03-02T02:00:00Z"}`,
			`{"type":"view","subject":"room/3","epoch":"e1","seq":1,"at":"2026-03-02T02:00:01Z","view":{"called":["A001"]}}`,
		}
		got := v.all()
		if len(got) != len(want) {
			t.Fatalf("got %d frames, want %d", len(got), len(want))
		}
		for i := range want {
			if got[i].text != want[i] {
				t.Errorf("frame %d:\n got %s\nwant %s", i, got[i].text, want[i])
			}
		}
		time.Sleep(BeatEvery)
		synctest.Wait()
		beats := v.of("beat")
		if want := `{"type":"beat","seq":1,"at":"2026-03-02T02:00:00Z"}`; len(beats) != 1 || beats[0].text != want {
			t.Errorf("after %v: %v, want one %s", BeatEvery, beats, want)
		}
		time.Sleep(time.Second)
		later := watch(s.mustDial("subject=room/3", ""))
		synctest.Wait()
		if n := len(later.all()); n != len(want) {
			t.Errorf("a screen that came after a beat got %d frames at once, want hello and view only", n)
		}
	})
}

func TestStormOfChangesIsRenderedTenTimesASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBranch("lobby", "desk")
		s := newStreet(t, b)
		defer s.end()
		v := watch(s.mustDial("subject=lobby", ""))
		synctest.Wait()
		const seconds, perSecond = 3, 1000
		for i := range seconds * perSecond {
			b.commit("lobby", fmt.Sprintf(`{"n":%d}`, i+1))
			s.feed.Changed()
			if i%7 == 0 { // a poller shares the pace
				go func() { _, _, _ = s.feed.Current(t.Context(), "lobby") }()
			}
			time.Sleep(time.Second / perSecond)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		times := b.rendered["lobby"]
		for i := 1; i < len(times); i++ {
			if gap := times[i].Sub(times[i-1]); gap < renderEvery {
				t.Errorf("renderings %d and %d are %v apart, less than %v", i-1, i, gap, renderEvery)
			}
		}
		if n, least := len(times), seconds*MaxRendersPerSecond; n < least || n > least+2 {
			t.Errorf("%d renderings in a storm of %d s, want about %d", n, seconds, least)
		}
		if got, want := v.lastView(), fmt.Sprintf(`{"n":%d}`, seconds*perSecond); got != want {
			t.Errorf("the screen ends on %s, want %s", got, want)
		}
		if n := b.renders("desk"); n != 0 {
			t.Errorf("desk was rendered %d times for nobody", n)
		}
	})
}

func TestFirstChangeAfterQuietIsShownAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBranch("lobby")
		s := newStreet(t, b)
		defer s.end()
		v := watch(s.mustDial("subject=lobby", ""))
		time.Sleep(time.Second)
		b.commit("lobby", `{"n":1}`)
		s.feed.Changed()
		synctest.Wait() // without any time passing
		if got := v.lastView(); got != `{"n":1}` {
			t.Errorf("the screen shows %s", got)
		}
	})
}

func TestWhatSaysNothingNewIsNotSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBranch("lobby")
		s := newStreet(t, b)
		defer s.end()
		v := watch(s.mustDial("subject=lobby", ""))
		for range 5 {
			time.Sleep(time.Second)
			b.commit("elsewhere", "")
			s.feed.Changed()
		}
		time.Sleep(BeatEvery)
		synctest.Wait()
		if n := len(v.of("view")); n != 1 {
			t.Errorf("%d views were sent of one that never changed", n)
		}
		beats := v.of("beat")
		if len(beats) == 0 || beats[len(beats)-1].Seq != 5 {
			t.Errorf("the last beat does not say that the view is right at seq 5: %v", beats)
		}
		if st := s.feed.Stats(); st.Unchanged != 5 || st.Screens != 1 {
			t.Errorf("stats %+v, want 5 unchanged and 1 screen", st)
		}
	})
}

func TestResume(t *testing.T) {
	for _, c := range []struct {
		name, query string
		view        bool
	}{
		{"nothing known", "", true},
		{"older seq", "&epoch=e1&seq=3", true},
		{"the view's own seq, of which there may be another", "&epoch=e1&seq=4", true},
		{"a beat's seq, when nothing changed since", "&epoch=e1&seq=6", false},
		{"a seq from the future", "&epoch=e1&seq=7", true},
		{"another epoch", "&epoch=e0&seq=4", true},
		{"no epoch", "&seq=4", true},
		{"not a number", "&epoch=e1&seq=four", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBranch("lobby")
				for n := range 4 {
					b.commit("lobby", fmt.Sprintf(`{"n":%d}`, n+1))
				}
				s := newStreet(t, b)
				defer s.end()
				watch(s.mustDial("subject=lobby", "")) // keeps the subject rendered
				time.Sleep(time.Second)
				b.commit("elsewhere", "")
				b.commit("elsewhere", "")
				s.feed.Changed()
				synctest.Wait()
				v := watch(s.mustDial("subject=lobby"+c.query, ""))
				synctest.Wait()
				if n := len(v.of("hello")); n != 1 {
					t.Errorf("%d hellos, want 1", n)
				}
				if got := v.lastView() != ""; got != c.view {
					t.Errorf("view sent: %v, want %v", got, c.view)
				}
				time.Sleep(time.Second)
				b.commit("lobby", `{"n":"next"}`)
				s.feed.Changed()
				synctest.Wait()
				if got := v.lastView(); got != `{"n":"next"}` {
					t.Errorf("after the next change the screen shows %q", got)
				}
			})
		})
	}
}

func TestSubjectThatCannotBeRenderedGetsNoBeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBranch("lobby", "room/1")
		s := newStreet(t, b)
		defer s.end()
		lobby := watch(s.mustDial("subject=lobby", ""))
		room := watch(s.mustDial("subject=room/1", ""))
		synctest.Wait()
		b.breakSubject("room/1", errors.New("no such officer"))
		s.feed.Changed()
		synctest.Wait()
		before := len(room.of("beat"))
		time.Sleep(10 * BeatEvery) // with pings, for which it is rung too
		b.commit("room/1", `{"n":1}`)
		s.feed.Changed()
		time.Sleep(10 * BeatEvery)
		synctest.Wait()
		if n := len(room.of("beat")) - before; n != 0 {
			t.Errorf("the frozen room got %d beats", n)
		}
		if n := len(lobby.of("beat")); n < 19 {
			t.Errorf("the lobby got %d beats in 60 s", n)
		}
		b.breakSubject("room/1", nil)
		time.Sleep(2 * BeatEvery) // no change is announced: it is tried each second
		synctest.Wait()
		if got := room.lastView(); got != `{"n":1}` || len(room.of("beat")) == before {
			t.Errorf("the mended room shows %s and has %d beats", got, len(room.of("beat")))
		}
		if s.feed.Stats().Faults == 0 || len(s.faults) == 0 {
			t.Error("no fault was counted and told")
		}
	})
}

// restless is a Source whose seq moves on between any two renderings, as in a
// rush hour, while the views stay what they are.
type restless struct{ seq atomic.Int64 }

func (r *restless) Render(string) (Rendered, error) {
	return Rendered{Seq: r.seq.Add(1), At: noon, Body: []byte(`{}`)}, nil
}

func TestQuietScreensGetEveryBeatInARush(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStreet(t, &restless{})
		defer s.end()
		var viewers []*viewer
		for i := range 6 {
			viewers = append(viewers, watch(s.mustDial(fmt.Sprintf("subject=room/%d", i), "")))
		}
		time.Sleep(renderEvery / 2) // keeps changes and beats apart
		for range 10 * int(BeatEvery/renderEvery) {
			s.feed.Changed()
			time.Sleep(renderEvery)
		}
		synctest.Wait()
		for i, v := range viewers {
			if n := len(v.of("beat")); n != 10 {
				t.Errorf("room %d got %d beats, want 10", i, n)
			}
		}
	})
}

func TestFaultsOfTheSourceAreContained(t *testing.T) {
	for _, c := range []struct {
		name, says string
		harm       func(b *branch)
	}{
		{"panic", "panicked: the view stumbled", func(b *branch) { b.panics["room/1"] = true }},
		{"not JSON", "is not JSON", func(b *branch) { b.bodies["room/1"] = `{"n":` }},
		{"two documents", "is not JSON", func(b *branch) { b.bodies["room/1"] = `{},"type":{}` }},
		{"too long", "more than 262144", func(b *branch) { b.bodies["room/1"] = `"` + strings.Repeat("x", MaxViewBytes) + `"` }},
		{"seq goes back", "at seq -7 after 0", func(b *branch) { b.seq = -7 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBranch("room/1")
				s := newStreet(t, b)
				defer s.end()
				v := watch(s.mustDial("subject=room/1", ""))
				time.Sleep(time.Second)
				b.mu.Lock()
				c.harm(b)
				b.mu.Unlock()
				s.feed.Changed()
				synctest.Wait()
				if got := v.all(); len(got) != 2 || v.code() != 0 {
					t.Errorf("the screen got %d frames and code %d, want it left with hello and view", len(got), v.code())
				}
				if err := <-s.faults; !strings.Contains(err.Error(), c.says) {
					t.Errorf("the fault says %q, want %q", err, c.says)
				}
				if _, _, err := s.feed.Current(t.Context(), "room/1"); err == nil {
					t.Error("a poller got a view")
				}
			})
		})
	}
}

func TestCurrentSharesOneRendering(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBranch("lobby")
		s := newStreet(t, b)
		defer s.end()
		var wait sync.WaitGroup
		for range 500 {
			wait.Go(func() {
				r, etag, err := s.feed.Current(t.Context(), "lobby")
				if err != nil || etag != `"e1.0"` || string(r.Body) != `{"n":0}` {
					t.Errorf("got %s %s %v", r.Body, etag, err)
				}
			})
		}
		wait.Wait()
		if n := b.renders("lobby"); n != 1 {
			t.Errorf("500 polls cost %d renderings", n)
		}
		b.commit("lobby", `{"n":1}`)
		s.feed.Changed()
		if r, etag, err := s.feed.Current(t.Context(), "lobby"); err != nil || etag != `"e1.1"` || string(r.Body) != `{"n":1}` {
			t.Errorf("after a commit: %s %s %v", r.Body, etag, err)
		}
		b.commit("elsewhere", "")
		s.feed.Changed()
		if _, etag, _ := s.feed.Current(t.Context(), "lobby"); etag != `"e1.1"` {
			t.Errorf("the ETag of an unchanged view became %s", etag)
		}
		b.commit("lobby", `{"n":2}`)
		s.feed.Changed()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, _, err := s.feed.Current(ctx, "lobby"); !errors.Is(err, context.Canceled) {
			t.Errorf("who gave up got %v", err)
		}
		if _, _, err := s.feed.Current(t.Context(), "room/99"); !errors.Is(err, ErrUnknownSubject) {
			t.Errorf("an unknown subject: %v", err)
		}
		if n := s.feed.Stats().Subjects; n != 1 {
			t.Errorf("%d subjects are kept, want the lobby only", n)
		}
	})
}

func TestRenderingsForNobodyAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBranch()
		for i := range maxIdleSubjects + 50 {
			b.bodies[fmt.Sprintf("visit/%d", i)] = `{}`
		}
		s := newStreet(t, b)
		defer s.end()
		for subject := range b.bodies {
			if _, _, err := s.feed.Current(t.Context(), subject); err != nil {
				t.Fatal(err)
			}
		}
		if n := s.feed.Stats().Subjects; n != maxIdleSubjects {
			t.Errorf("%d subjects are kept for nobody, want %d", n, maxIdleSubjects)
		}
		time.Sleep(idleSubject + keepEvery)
		synctest.Wait()
		if n := s.feed.Stats().Subjects; n != 0 || s.feed.idle != 0 {
			t.Errorf("%d subjects (%d idle) are kept after %v", n, s.feed.idle, idleSubject)
		}
	})
}

func TestCloseTable(t *testing.T) {
	for code, again := range map[CloseCode]bool{
		CloseFault: true, CloseRestarting: true, CloseTooSlow: true, CloseFlooding: true, CloseReplacedBuild: true, CloseChanged: true,
		CloseSignedOut: false, CloseNotAllowed: false, CloseUnknownSubject: false, CloseReplacedScreen: false,
	} {
		if code.Again() != again {
			t.Errorf("code %d says come back: %v, want %v", code, code.Again(), again)
		}
		if n := len(code.Reason()); n == 0 || n > 123 {
			t.Errorf("code %d has a reason of %d bytes; a close frame has room for 1 to 123", code, n)
		}
	}
}
