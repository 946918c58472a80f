package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"lapak/hall"
	"lapak/hall/board"
	"lapak/scheduler"
)

// noticeDoc is the name under which the lobby's running text is kept.
const noticeDoc = "notice"

// bannerInsecure tells staff that this branch runs without encryption on purpose.
const bannerInsecure = "insecure_lan"

// Source renders the subjects of the feed from the newest state: lobby, room/N,
// seat/R/N, visit/ID, manager and desk. It adds what is not in the journal: the notice, the
// banners, and the speed of a demo's clock.
//
// A view shows the branch at the time of its last record, so that equal seq gives
// equal bytes; screens count on from there with the time that beats bring.
type Source struct {
	branch   Reader
	docs     Documents
	insecure bool
	began    int64 // stands for the time before the first record
	notice   atomic.Pointer[string]
	places   atomic.Pointer[lobbies]
	placing  sync.Mutex   // held through a change of places
	media    func() int64 // nil, or the revision of the branch's pictures and sounds
}

// NewSource makes the feed's source; it reads the notice that is kept.
func NewSource(branch Reader, docs Documents, insecureLAN bool) (*Source, error) {
	s := &Source{branch: branch, docs: docs, insecure: insecureLAN, began: branch.Now()}
	text, err := docs.Doc(noticeDoc)
	if err != nil {
		return nil, fmt.Errorf("web: read the notice: %w", err)
	}
	s.keep(string(text))
	places, err := readLobbies(docs)
	if err != nil {
		return nil, err
	}
	s.places.Store(places)
	return s, nil
}

// WithMedia lets the lobby's view tell the revision of what the branch added, so that
// a board knows when to ask for the list again. To be called before the feed begins.
func (s *Source) WithMedia(rev func() int64) { s.media = rev }

func (s *Source) mediaRev() int64 {
	if s.media == nil {
		return 0
	}
	return s.media()
}

// Notice is the lobby's running text.
func (s *Source) Notice() string { return *s.notice.Load() }

// SetNotice keeps another text, durably. The caller tells the feed.
func (s *Source) SetNotice(text string) error {
	if err := s.docs.PutDoc(noticeDoc, []byte(text)); err != nil {
		return fmt.Errorf("web: keep the notice: %w", err)
	}
	s.keep(text)
	return nil
}

func (s *Source) keep(text string) { s.notice.Store(&text) }

// banners are the codes that staff should see now.
func (s *Source) banners() []string {
	list := append([]string{}, s.branch.Status().Banners...)
	if s.insecure {
		list = append(list, bannerInsecure)
	}
	return list
}

// speed is the demo's, 0 where the clock runs as clocks do.
func (s *Source) speed() int {
	if n := s.branch.Status().Speed; n != 1 {
		return n
	}
	return 0
}

// suffix tells apart two views of one seq that differ in what is not in the
// journal; empty in the ordinary case.
func (s *Source) suffix() string {
	notice, speed, banners, rev, places := s.Notice(), s.speed(), s.banners(), s.mediaRev(), s.Lobbies().Version
	if notice == "" && speed == 0 && len(banners) == 0 && rev == 0 && places == 0 {
		return ""
	}
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%q %d %q %d %d", notice, speed, banners, rev, places) // a hash never fails to write
	return "." + strconv.FormatUint(h.Sum64(), 36)
}

// Render gives the view of one subject, or board.ErrUnknownSubject.
func (s *Source) Render(subject string) (board.Rendered, error) {
	state := s.branch.State()
	at := state.At
	if state.Seq == 0 {
		at = s.began
	}
	view, err := s.view(state, at, subject)
	if err != nil {
		return board.Rendered{}, err
	}
	body, err := json.Marshal(view)
	if err != nil {
		return board.Rendered{}, fmt.Errorf("web: render %s: %w", subject, err)
	}
	return board.Rendered{Seq: state.Seq, At: at, Body: body}, nil
}

func (s *Source) view(state *scheduler.State, at int64, subject string) (any, error) {
	audience, rest, _ := strings.Cut(subject, "/")
	switch {
	case subject == "lobby":
		v := board.Lobby(state, at)
		v.Notice, v.Speed, v.Media = s.Notice(), s.branch.Status().Speed, s.mediaRev()
		s.dress(&v)
		return v, nil
	case subject == "manager":
		v := board.Manager(state, at)
		v.Banners = append(v.Banners, s.banners()...)
		if slices.Contains(v.Banners, hall.CodeClockDiffers) {
			v.ClockOff = s.branch.Status().ClockOffS
		}
		return v, nil
	case subject == "desk":
		return board.Desk(state, at), nil
	case subject == "kiosk":
		return board.Kiosk(state, at), nil
	case audience == visitSubject:
		if id, err := strconv.ParseInt(rest, 10, 64); err == nil {
			if v := board.Newest(state, scheduler.VisitID(id)); v != nil {
				return board.Ticket(state, v, at), nil
			}
		}
	case audience == "room":
		if room, err := small(rest); err == nil && state.Room(scheduler.RoomID(room)) != nil {
			return board.Room(state, scheduler.RoomID(room), at), nil
		}
	case audience == "seat":
		of, no, _ := strings.Cut(rest, "/")
		room, err := small(of)
		seat, err2 := small(no)
		if errors.Join(err, err2) == nil && state.Seat(scheduler.RoomID(room), scheduler.SeatNo(seat)) != nil {
			return board.Seat(state, scheduler.RoomID(room), scheduler.SeatNo(seat), at), nil
		}
	}
	return nil, fmt.Errorf("%w: %s", board.ErrUnknownSubject, cut(subject, maxFieldName))
}

// visitSubject is a visit's own view, "visit/ID". No address names it: a visitor's
// link leads to it, and the link itself gets into no subject.
const visitSubject = "visit"

// small reads a number in its one way of writing, so that "1" and "01" are not
// two subjects of the feed.
func small(s string) (int16, error) {
	n, err := strconv.ParseInt(s, 10, 16)
	if err == nil && strconv.FormatInt(n, 10) != s {
		err = strconv.ErrSyntax
	}
	return int16(n), err
}
