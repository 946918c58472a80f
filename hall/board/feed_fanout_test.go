package board

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// counted is a Source of one subject whose view is some 4 KB long.
type counted struct{ seq atomic.Int64 }

var padding = strings.Repeat("antrean ", 500)

func (c *counted) Render(string) (Rendered, error) {
	n := c.seq.Load()
	return Rendered{Seq: n, At: noon, Body: fmt.Appendf(nil, `{"n":%012d,"pad":%q}`, n+1e11, padding)}, nil
}

// serveFeed puts the feed behind a real server on loopback.
func serveFeed(tb testing.TB, f *Feed) (address string, closeAll func()) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answerHandshake(w, f.Serve(w, r, "lobby", ScreenOptions{TokenClient: true}))
	}))
	return strings.TrimPrefix(server.URL, "http://"), func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := f.Shutdown(ctx); err != nil {
			tb.Error(err)
		}
		server.Close()
	}
}

// Over real connections: 200 screens of which one never reads. The other 199
// show every change although nobody slows down for the one, and it is cut off.
func TestTwoHundredScreensOfWhichOneNeverReads(t *testing.T) {
	const screens, changes = 200, 60
	source := &counted{}
	f := newFeed(Options{Source: source, Epoch: "e1", Build: "b1"}, 0, 2*time.Second) // a busy machine may let an honest reader wait a while
	address, closeAll := serveFeed(t, f)
	defer closeAll()

	narrow := websocket.Dialer{NetDial: func(network, to string) (net.Conn, error) {
		c, err := net.Dial(network, to)
		if err == nil {
			err = c.(*net.TCPConn).SetReadBuffer(4 << 10) // so that it is full soon
		}
		return c, err
	}}
	stalled, _, err := narrow.Dial("ws://"+address+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer stalled.Close()
	reached := make(chan int64, screens*changes*20)
	for range screens - 1 {
		c, _, err := websocket.DefaultDialer.Dial("ws://"+address+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		go func() {
			for {
				frame, err := readFrame(c)
				if err != nil {
					return
				}
				if frame.Type == "view" {
					reached <- frame.Seq
				}
			}
		}()
	}
	shows := func(seq int64) { // waits until all but the stalled show seq
		t.Helper()
		late := time.After(20 * time.Second)
		for n := 0; n < screens-1; {
			select {
			case at := <-reached:
				if at == seq {
					n++
				}
			case <-late:
				t.Fatalf("only %d of %d screens show seq %d", n, screens-1, seq)
			}
		}
	}
	shows(0)
	last := int64(0)
	for last < changes || f.Stats().CutOff == 0 {
		last = source.seq.Add(1)
		f.Changed()
		shows(last)
		if last > 200*changes {
			t.Fatalf("after %d views of 4 KB the screen that never reads is still connected", last)
		}
	}
	for range 50 { // and in a burst all end on the newest
		last = source.seq.Add(1)
		f.Changed()
	}
	shows(last)
	if st := f.Stats(); st.CutOff != 1 || st.Screens != screens-1 {
		t.Errorf("%+v, want 1 cut off and %d screens", st, screens-1)
	}
}
