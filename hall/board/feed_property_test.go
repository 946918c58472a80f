package board

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

// wanderer is a screen of uneven speed that leaves and comes back with what it
// has seen, and holds the feed to its promises with every frame.
type wanderer struct {
	t       *testing.T
	name    string
	street  *street
	branch  *branch
	subject string
	random  *rand.Rand
	quiet   chan struct{} // closed when it shall hurry
	done    chan struct{}

	shows string // the view it holds
	seq   int64  // the newest position it was told, over all connections
	views int
}

// hurried reports whether the commotion is over.
func (w *wanderer) hurried() bool {
	select {
	case <-w.quiet:
		return true
	default:
		return false
	}
}

func (w *wanderer) run() {
	defer close(w.done)
	for {
		last := w.hurried()
		query := "subject=" + w.subject
		if w.shows != "" {
			query += fmt.Sprintf("&epoch=e1&seq=%d", w.seq)
		}
		conn, _, err := w.street.dial(query, nil)
		if err != nil {
			w.t.Errorf("%s: %v", w.name, err)
			return
		}
		w.visit(conn)
		_ = conn.Close()
		if last {
			return
		}
		time.Sleep(time.Duration(w.random.IntN(3000)) * time.Millisecond)
	}
}

// visit reads until it has had enough, was cut off, or the end is sure: two
// beats after the commotion.
func (w *wanderer) visit(conn *websocket.Conn) {
	at, beats := int64(-1), 0
	for range 5 + w.random.IntN(60) {
		if !w.hurried() && w.random.IntN(4) == 0 {
			time.Sleep(time.Duration(w.random.IntN(900)) * time.Millisecond)
		}
		hurried := w.hurried() // before reading: the frame is from after the end
		f, err := readFrame(conn)
		if err != nil {
			return
		}
		if f.Seq < at {
			w.t.Errorf("%s: seq went from %d back to %d", w.name, at, f.Seq)
		}
		at = f.Seq
		switch f.Type {
		case "hello":
			continue
		case "view":
			w.shows = string(f.View)
			w.views++
		case "beat":
			if hurried {
				beats++
			}
		}
		w.seq = f.Seq
		if want := w.branch.shownAt(w.subject, f.Seq); w.shows != want {
			w.t.Errorf("%s: after a %s of seq %d it shows %s, but the branch showed %s", w.name, f.Type, f.Seq, w.shows, want)
		}
		if beats == 2 {
			return
		}
	}
}

// Never does a screen end on an old view, never does seq go down on one
// connection, never does a beat vouch for a view that has changed: whatever the
// speed of the screens, and however often they leave and return.
func TestScreensConverge(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				random := rand.New(rand.NewPCG(seed, 7))
				subjects := []string{"lobby", "room/1", "visit/9"}
				b := newBranch(subjects...)
				s := newStreet(t, b)
				quiet := make(chan struct{})
				var wanderers []*wanderer
				for i := range 12 {
					w := &wanderer{
						t: t, name: fmt.Sprintf("screen %d", i), street: s, branch: b, subject: subjects[i%3],
						random: rand.New(rand.NewPCG(seed, uint64(100+i))), quiet: quiet, done: make(chan struct{}),
					}
					wanderers = append(wanderers, w)
					go w.run()
				}
				for n := range 600 {
					subject := subjects[random.IntN(3)]
					// A small set of bodies, so that a view also returns to what it was.
					b.commit(subject, fmt.Sprintf(`{"n":%d}`, random.IntN(1+n%9)))
					s.feed.Changed()
					time.Sleep(time.Duration(random.IntN(120)) * time.Millisecond)
				}
				close(quiet)
				views := 0
				for _, w := range wanderers {
					<-w.done
					views += w.views
					if want := b.shownAt(w.subject, b.seq); w.shows != want {
						t.Errorf("%s ends on %s, want %s", w.name, w.shows, want)
					}
				}
				if views < 100 {
					t.Errorf("only %d views were shown: the test does not test", views)
				}
				s.end()
			})
		})
	}
}
