package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"lapak/hall/access"
	"lapak/hall/board"
)

const (
	// lobbiesDoc is the name under which the lobbies are kept.
	lobbiesDoc = "lobbies"
	// maxLobbies is more than a house has floors with a queue.
	maxLobbies = 20
	// maxLobbyName and maxRoomName fit one line of a board.
	maxLobbyName, maxRoomName = 40, 60
)

// lobbies is where people wait, and which rooms call them there. A branch that has
// never said anything has one lobby with all rooms.
type lobbies struct {
	Version int                `json:"version"`
	Lobbies []board.LobbyPlace `json:"lobbies"`
	Names   []roomLabel        `json:"names"` // what else rooms are called, or where they are
}

type roomLabel struct {
	Room int    `json:"room"`
	Name string `json:"name"`
}

func noLobbies() *lobbies {
	return &lobbies{Lobbies: []board.LobbyPlace{{ID: 1, Rooms: []int{}}}, Names: []roomLabel{}}
}

func readLobbies(docs Documents) (*lobbies, error) {
	raw, err := docs.Doc(lobbiesDoc)
	if err != nil {
		return nil, fmt.Errorf("web: read the lobbies: %w", err)
	}
	l := noLobbies()
	if raw == nil {
		return l, nil
	}
	if err := json.Unmarshal(raw, l); err != nil {
		return nil, fmt.Errorf("web: read the lobbies: %w", err)
	}
	return l, nil
}

// Lobbies are the branch's lobbies. Nobody may change what is returned.
func (s *Source) Lobbies() *lobbies { return s.places.Load() }

// changeLobbies keeps what change makes of a copy, durably, one change at a time. Nil
// says that nothing is to be changed.
func (s *Source) changeLobbies(change func(l lobbies) (*lobbies, error)) (*lobbies, error) {
	s.placing.Lock()
	defer s.placing.Unlock()
	was := s.places.Load()
	l, err := change(lobbies{Version: was.Version, Lobbies: slices.Clone(was.Lobbies), Names: was.Names})
	if err != nil || l == nil {
		return was, err
	}
	l.Version = was.Version + 1
	raw, err := json.Marshal(l)
	if err == nil {
		err = s.docs.PutDoc(lobbiesDoc, raw)
	}
	if err != nil {
		return nil, fmt.Errorf("web: keep the lobbies: %w", err)
	}
	s.places.Store(l)
	return l, nil
}

// dress adds to the lobby's view what is not in the journal.
func (s *Source) dress(v *board.LobbyView) {
	l := s.Lobbies()
	v.Lobbies = l.Lobbies
	for _, label := range l.Names {
		for i := range v.Rooms {
			if v.Rooms[i].ID == label.Room {
				v.Rooms[i].Name = label.Name
			}
		}
	}
}

func getLobbies(c *call) (reply, error) { return ok(c.s.o.Source.Lobbies()) }

type lobbiesForm struct {
	Version int         `json:"version" need:"true"`
	Lobbies []lobbyForm `json:"lobbies" need:"true"`
	Names   []labelForm `json:"names"`
}

type lobbyForm struct {
	ID        int    `json:"id" need:"true"`
	Name      string `json:"name"`
	Rooms     []int  `json:"rooms"`
	Announcer int    `json:"announcer"`
	English   bool   `json:"english"`
	Contrast  bool   `json:"contrast"`
}

type labelForm struct {
	Room int    `json:"room" need:"true"`
	Name string `json:"name" need:"true"`
}

func setLobbies(c *call, b lobbiesForm) (reply, error) {
	_, err := c.s.o.Source.changeLobbies(func(l lobbies) (*lobbies, error) {
		if b.Version != l.Version {
			return nil, refuse(http.StatusConflict, "lobbies_changed", "Somebody else changed the lobbies meanwhile. Look at them again, then change them.")
		}
		return c.s.makeLobbies(b)
	})
	if err != nil {
		return reply{}, err
	}
	if err := c.s.settleAnnouncers(); err != nil {
		return reply{}, err
	}
	c.s.o.Feed.Changed()
	return getLobbies(c)
}

// makeLobbies holds a form against what a branch can have.
func (s *Server) makeLobbies(b lobbiesForm) (*lobbies, error) {
	out := &lobbies{Lobbies: []board.LobbyPlace{}, Names: []roomLabel{}}
	if len(b.Lobbies) == 0 || len(b.Lobbies) > maxLobbies {
		return nil, badField(http.StatusUnprocessableEntity, "lobby_count", "lobbies", "A branch has 1 to %d lobbies.", maxLobbies)
	}
	taken := map[int]bool{}
	ids := map[int]bool{}
	for i, form := range b.Lobbies {
		at := fmt.Sprintf("lobbies[%d]", i)
		name, err := boardLine(form.Name, at+".name", maxLobbyName)
		if err != nil {
			return nil, err
		}
		if form.ID < 1 || form.ID > access.MaxLobby || ids[form.ID] {
			return nil, badField(http.StatusUnprocessableEntity, "lobby_id", at+".id", "Each lobby has a number of its own from 1 to %d.", access.MaxLobby)
		}
		ids[form.ID] = true
		for _, room := range form.Rooms {
			if taken[room] {
				return nil, badField(http.StatusUnprocessableEntity, "room_taken", at+".rooms", "Room %d belongs to two lobbies. People would wait for it in two places.", room)
			}
			taken[room] = true
		}
		if form.Announcer != 0 && !slices.Contains(s.displaysOf(form.ID, b.Lobbies[0].ID), form.Announcer) {
			return nil, badField(http.StatusUnprocessableEntity, "not_its_display", at+".announcer", "Only a display of this very lobby can speak in it.")
		}
		out.Lobbies = append(out.Lobbies, board.LobbyPlace{ID: form.ID, Name: name, Rooms: append([]int{}, form.Rooms...), Announcer: form.Announcer,
			English: form.English, Contrast: form.Contrast})
	}
	for i, form := range b.Names {
		name, err := boardLine(form.Name, fmt.Sprintf("names[%d].name", i), maxRoomName)
		if err != nil {
			return nil, err
		}
		if name != "" {
			out.Names = append(out.Names, roomLabel{Room: form.Room, Name: name})
		}
	}
	return out, nil
}

func boardLine(text, at string, most int) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > most {
		return "", badField(http.StatusUnprocessableEntity, "too_long", at, "This name has at most %d characters: it fits one line of a board.", most)
	}
	if strings.ContainsFunc(text, unicode.IsControl) {
		return "", badField(http.StatusUnprocessableEntity, "bad_field", at, "A name may hold plain characters only.")
	}
	return text, nil
}

// displaysOf are the displays of a lobby, in the order in which they were paired; one
// that was paired for no lobby belongs to the first.
func (s *Server) displaysOf(lobby, first int) []int {
	var list []int
	for _, d := range s.o.Access.Devices() {
		if d.Kind == access.Display && (d.Lobby == lobby || (d.Lobby == 0 && lobby == first)) {
			list = append(list, d.ID)
		}
	}
	return list
}

// settleAnnouncers sees to it that exactly one display of each lobby speaks: the one
// that was chosen, else the one that was paired first; none where there is none.
func (s *Server) settleAnnouncers() error {
	_, err := s.o.Source.changeLobbies(func(l lobbies) (*lobbies, error) {
		changed := false
		for i := range l.Lobbies {
			one := &l.Lobbies[i]
			displays := s.displaysOf(one.ID, l.Lobbies[0].ID)
			want := 0
			if len(displays) > 0 {
				want = displays[0]
			}
			if slices.Contains(displays, one.Announcer) {
				want = one.Announcer
			}
			changed = changed || want != one.Announcer
			one.Announcer = want
		}
		if !changed {
			return nil, nil
		}
		return &l, nil
	})
	if err != nil {
		return err
	}
	s.o.Feed.Changed()
	return nil
}

// knownLobby refuses a lobby that the branch does not have; 0 is its first.
func (s *Server) knownLobby(id int) error {
	known := slices.ContainsFunc(s.o.Source.Lobbies().Lobbies, func(l board.LobbyPlace) bool { return l.ID == id })
	if id == 0 || known {
		return nil
	}
	return badField(http.StatusUnprocessableEntity, "device_lobby", "lobby", "There is no such lobby; choose one from the list.")
}
