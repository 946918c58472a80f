package board

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

func TestNewestWins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBranch("lobby")
		s := newStreet(t, b)
		defer s.end()
		slow := s.mustDial("subject=lobby", "")
		for range 2 {
			if _, err := readFrame(slow); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(time.Second)
		for n := 1; n <= 10; n++ { // the pipe holds nothing: the first of these waits in a write
			b.commit("lobby", fmt.Sprintf(`{"n":%d}`, n))
			s.feed.Changed()
			time.Sleep(renderEvery)
		}
		synctest.Wait()
		var got []int64
		for range 2 {
			f, err := readFrame(slow)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, f.Seq)
		}
		if got[0] != 1 || got[1] != 10 {
			t.Errorf("the slow screen got seq %v, want the one on its way and then the newest: [1 10]", got)
		}
	})
}

func TestStalledScreenDelaysNobodyAndIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBranch("lobby")
		s := newStreet(t, b)
		defer s.end()
		stalled := s.mustDial("subject=lobby", "")
		v := watch(s.mustDial("subject=lobby", ""))
		synctest.Wait()
		for n := 1; n <= 60; n++ {
			time.Sleep(renderEvery)
			b.commit("lobby", fmt.Sprintf(`{"n":%d}`, n))
			s.feed.Changed()
			synctest.Wait()
			if got, want := v.lastView(), fmt.Sprintf(`{"n":%d}`, n); got != want {
				t.Fatalf("the screen that reads shows %s at once, want %s", got, want)
			}
		}
		if st := s.feed.Stats(); st.Screens != 1 || st.CutOff != 1 {
			t.Errorf("6 s later: %+v, want 1 screen and 1 cut off", st)
		}
		if _, _, err := stalled.ReadMessage(); err == nil {
			t.Error("the stalled screen is still connected")
		}
	})
}

func TestPongsKeepAScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStreet(t, newBranch("lobby"))
		defer s.end()
		var pings atomic.Int64
		alive := s.mustDial("subject=lobby", "")
		answer := alive.PingHandler()
		alive.SetPingHandler(func(data string) error { pings.Add(1); return answer(data) })
		v := watch(alive)
		dead := s.mustDial("subject=lobby", "")
		dead.SetPingHandler(func(string) error { return nil })
		d := watch(dead)
		time.Sleep(PongDeadline - time.Second)
		synctest.Wait()
		if code := d.code(); code != 0 {
			t.Errorf("the silent screen was closed early, with %d", code)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if code := d.code(); code != CloseTooSlow {
			t.Errorf("the silent screen was closed with %d, want %d", code, CloseTooSlow)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if n := pings.Load(); v.code() != 0 || n < 140 || n > 150 {
			t.Errorf("after an hour: code %d, %d pings; want it open with one ping every %v", v.code(), n, PingEvery)
		}
		if st := s.feed.Stats(); st.CutOff != 1 {
			t.Errorf("%d screens were cut off, want 1", st.CutOff)
		}
	})
}

func TestScreenThatTalksTooMuch(t *testing.T) {
	talk := func(kind, n, bytes int) func(c *websocket.Conn) {
		return func(c *websocket.Conn) {
			for range n {
				var err error
				if kind == websocket.TextMessage {
					err = c.WriteMessage(kind, []byte(strings.Repeat("x", bytes)))
				} else {
					err = c.WriteControl(kind, nil, time.Time{})
				}
				if err != nil {
					return
				}
			}
		}
	}
	for _, c := range []struct {
		name string
		talk func(c *websocket.Conn)
		code CloseCode
	}{
		{"frames within the limit", talk(websocket.TextMessage, MaxInboundPerSecond, 10), 0},
		{"too many frames", talk(websocket.TextMessage, MaxInboundPerSecond+1, 10), CloseFlooding},
		{"too many pings", talk(websocket.PingMessage, MaxInboundPerSecond+1, 0), CloseFlooding},
		{"too many pongs", talk(websocket.PongMessage, MaxInboundPerSecond+1, 0), CloseFlooding},
		{"empty pieces without end", pieces, CloseFlooding},
		{"the longest message", talk(websocket.TextMessage, 1, MaxInbound), 0},
		{"too long a message", talk(websocket.TextMessage, 1, MaxInbound+1), websocket.CloseMessageTooBig},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStreet(t, newBranch("lobby"))
				defer s.end()
				conn := s.mustDial("subject=lobby", "")
				v := watch(conn)
				c.talk(conn)
				time.Sleep(2 * time.Second)
				synctest.Wait()
				if got := v.code(); got != c.code {
					t.Errorf("closed with %d, want %d", got, c.code)
				}
			})
		})
	}
}

// pieces sends the beginning of a message and then empty continuations: frames
// that the websocket library never hands out.
func pieces(c *websocket.Conn) {
	raw := c.NetConn()
	piece := []byte{0x01, 0x80, 0, 0, 0, 0} // a text frame, masked, empty, not the last
	for range maxInboundBytes/len(piece) + 100 {
		if _, err := raw.Write(piece); err != nil {
			return
		}
		piece[0] = 0x00
	}
}

func TestRevocationClosesWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBranch("lobby")
		s := newStreet(t, b)
		defer s.end()
		mine := watch(s.mustDial("subject=lobby", "thief"))
		s.mustDial("subject=lobby", "thief") // never reads
		other := watch(s.mustDial("subject=lobby", "officer"))
		synctest.Wait()
		s.feed.CloseCredential("thief", CloseSignedOut)
		synctest.Wait()
		if code := mine.code(); code != CloseSignedOut {
			t.Errorf("the revoked screen was closed with %d, want %d at once", code, CloseSignedOut)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if n := s.feed.Stats().Screens; n != 1 || other.code() != 0 {
			t.Errorf("a second later %d screens are left (want 1); the other was closed with %d", n, other.code())
		}
		s.feed.CloseCredential("nobody", CloseSignedOut)
	})
}

func TestCredentialThatNoLongerHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStreet(t, newBranch("lobby"))
		defer s.end()
		var revoked atomic.Bool
		s.options = func(*http.Request) ScreenOptions {
			return ScreenOptions{TokenClient: true, Valid: func() bool { return !revoked.Load() }}
		}
		early := watch(s.mustDial("subject=lobby", ""))
		synctest.Wait()
		revoked.Store(true)
		late := watch(s.mustDial("subject=lobby", ""))
		synctest.Wait()
		if code := late.code(); code != CloseSignedOut || len(late.all()) != 0 {
			t.Errorf("revoked during the handshake: code %d and %d frames, want %d and none", code, len(late.all()), CloseSignedOut)
		}
		time.Sleep(PingEvery + time.Second)
		synctest.Wait()
		if code := early.code(); code != CloseSignedOut {
			t.Errorf("expired meanwhile: code %d after a ping, want %d", code, CloseSignedOut)
		}
	})
}

func TestOldestScreenOfACredentialGivesWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStreet(t, newBranch("lobby"))
		defer s.end()
		var viewers []*viewer
		for range MaxScreensPerCredential + 2 {
			viewers = append(viewers, watch(s.mustDial("subject=lobby", "officer")))
		}
		time.Sleep(time.Second)
		synctest.Wait()
		for i, v := range viewers {
			want := CloseCode(0)
			if i < 2 {
				want = CloseReplacedScreen
			}
			if got := v.code(); got != want {
				t.Errorf("screen %d: code %d, want %d", i, got, want)
			}
		}
		if n := s.feed.Stats().Screens; n != MaxScreensPerCredential {
			t.Errorf("%d screens are left, want %d", n, MaxScreensPerCredential)
		}
	})
}

func TestSubjectsThatAreNotThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBranch("lobby", "visit/8")
		s := newStreet(t, b)
		defer s.end()
		never := watch(s.mustDial("subject=visit/7", ""))
		purged := watch(s.mustDial("subject=visit/8", ""))
		lobby := watch(s.mustDial("subject=lobby", ""))
		synctest.Wait()
		if code := never.code(); code != CloseUnknownSubject {
			t.Errorf("a visit that never was: code %d, want %d", code, CloseUnknownSubject)
		}
		time.Sleep(time.Second)
		b.mu.Lock()
		delete(b.bodies, "visit/8")
		b.mu.Unlock()
		b.commit("lobby", `{"n":1}`)
		s.feed.Changed()
		synctest.Wait()
		if code := purged.code(); code != CloseUnknownSubject {
			t.Errorf("a visit that is gone: code %d, want %d", code, CloseUnknownSubject)
		}
		if lobby.lastView() != `{"n":1}` || lobby.code() != 0 {
			t.Errorf("the lobby shows %s, code %d", lobby.lastView(), lobby.code())
		}
		if n := s.feed.Stats().Subjects; n != 1 {
			t.Errorf("%d subjects are kept, want the lobby only", n)
		}
	})
}

func TestFirstViewThatCannotBeMade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBranch("lobby")
		b.panics["lobby"] = true
		s := newStreet(t, b)
		defer s.end()
		v := watch(s.mustDial("subject=lobby", ""))
		synctest.Wait()
		if code := v.code(); code != CloseFault {
			t.Errorf("code %d, want %d", code, CloseFault)
		}
	})
}

func TestPageOfAnotherBuild(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStreet(t, newBranch("lobby"))
		defer s.end()
		old := watch(s.mustDial("subject=lobby&build=b0", ""))
		same := watch(s.mustDial("subject=lobby&build=b1", ""))
		synctest.Wait()
		if old.code() != CloseReplacedBuild || same.code() != 0 {
			t.Errorf("codes %d and %d, want %d and 0", old.code(), same.code(), CloseReplacedBuild)
		}
	})
}

// feedGoroutines are the stacks of all goroutines that run the feed or a screen.
// The world stops for it, so that it is exact where runtime.NumGoroutine, which
// counts those that are just ending, is not.
func feedGoroutines() []string {
	buffer := make([]byte, 4<<20)
	var some []string
	for stack := range strings.SplitSeq(string(buffer[:runtime.Stack(buffer, true)]), "\n\n") {
		if strings.Contains(stack, "board.(*Feed)") || strings.Contains(stack, "board.(*screen)") {
			some = append(some, stack)
		}
	}
	return some
}

func TestShutdownLeavesNothingBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBranch("lobby")
		s := newStreet(t, b)
		var viewers []*viewer
		for range 50 {
			viewers = append(viewers, watch(s.mustDial("subject=lobby", "")))
		}
		stalled := s.mustDial("subject=lobby", "")
		synctest.Wait()
		if n := len(feedGoroutines()); n < 2*51+1 {
			t.Fatalf("%d goroutines of the feed were found while 51 screens look: the test does not test", n)
		}
		started := time.Now()
		s.end()
		if took := time.Since(started); took > time.Second {
			t.Errorf("shutting down took %v with one screen that never reads", took)
		}
		synctest.Wait()
		for i, v := range viewers {
			if code := v.code(); code != CloseRestarting {
				t.Errorf("screen %d was closed with %d, want %d", i, code, CloseRestarting)
			}
		}
		_ = stalled.Close()
		time.Sleep(time.Minute)
		synctest.Wait()
		if left := feedGoroutines(); len(left) > 0 {
			t.Errorf("%d goroutines are left, the first:\n%s", len(left), left[0])
		}
		s.feed.Changed() // harmless
		if _, _, err := s.feed.Current(t.Context(), "lobby"); err == nil {
			t.Error("a poller got a view after the shutdown")
		}
		if err := s.feed.Shutdown(t.Context()); err != nil {
			t.Errorf("the second shutdown: %v", err)
		}
	})
}

func TestShutdownGivesUpWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStreet(t, newBranch("lobby"))
		s.mustDial("subject=lobby", "") // never reads
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), closeGrace/2)
		defer cancel()
		if err := s.feed.Shutdown(ctx); err == nil {
			t.Error("the shutdown did not say that a screen was left")
		}
		s.end()
	})
}
