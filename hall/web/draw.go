package web

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"lapak/scheduler"
	"lapak/scheduler/draw"
)

// drawDoc keeps which command made each secret of a draw. The secret itself is a
// keyed digest of that command's id, so that it is neither in the journal nor in a
// backup, and a retry of the command makes the same one.
const drawDoc = "draw"

// maxDrawNotes bounds what is remembered: a draw a day, and some that were lost.
const maxDrawNotes = 8

var voidReasons = []string{"secret_lost", "published_early", "mistake"}

type drawNote struct {
	Commit string `json:"commit"`
	ID     string `json:"id"` // of the command that published it
}

func (s *Server) aboutTheDraw() []route {
	return []route{
		{method: get, path: api + "/draw", allow: anybody, kind: read, task: plain(getDraw)},
		{method: post, path: api + "/draw/prepare", allow: receiving, kind: act, task: plain(prepareDraw)},
		{method: post, path: api + "/draw/freeze", allow: receiving, kind: act, task: command(freezeDraw)},
		{method: post, path: api + "/draw/hold", allow: receiving, kind: act, task: with(holdDraw)},
		{method: post, path: api + "/draw/void", allow: receiving, kind: act, task: command(voidDraw)},
	}
}

// drawView is the newest draw as far as it is public, in the form that
// "lapak draw verify" reads once it was held.
type drawView struct {
	Phase string      `json:"phase"` // none, prepared, lost, frozen, held
	Proof *draw.Proof `json:"proof"`
}

func getDraw(c *call) (reply, error) {
	if _, err := c.query(); err != nil {
		return reply{}, err
	}
	state := c.state()
	out := drawView{Phase: state.Floor.Draw.Phase()}
	if p, there := state.Proof(); there {
		out.Proof = &p
	}
	return ok(out)
}

func (s *Server) drawSecret(id string) string {
	return hex.EncodeToString(mac(s.o.Key, []byte("draw"), []byte(id))[:draw.SecretBytes])
}

// drawNotes reads which command made which secret.
func (s *Server) drawNotes() ([]drawNote, error) {
	raw, err := s.printing.docs.Doc(drawDoc)
	if err != nil {
		return nil, fmt.Errorf("web: read the draw: %w", err)
	}
	var notes []drawNote
	if raw != nil && json.Unmarshal(raw, &notes) != nil {
		return nil, nil // what cannot be read is lost, and declared so
	}
	return notes, nil
}

// prepareDraw makes a secret and publishes its hash. How it was made is kept
// before the command, so that a crash in between loses nothing.
func prepareDraw(c *call) (reply, error) {
	secret := c.s.drawSecret(c.commandID)
	commit := draw.Commit(secret)
	c.s.drawing.Lock()
	defer c.s.drawing.Unlock()
	notes, err := c.s.drawNotes()
	if err != nil {
		return reply{}, err
	}
	if w := c.state().Floor.Draw; (w == nil || string(w.Commit) != commit) && !slices.ContainsFunc(notes, func(n drawNote) bool { return n.Commit == commit }) {
		notes = append(notes, drawNote{Commit: commit, ID: c.commandID})
		// A published hash's note is never pushed out by later tries.
		for len(notes) > maxDrawNotes {
			i := slices.IndexFunc(notes, func(n drawNote) bool { return w == nil || n.Commit != string(w.Commit) })
			notes = slices.Delete(notes, i, i+1)
		}
		raw, err := json.Marshal(notes)
		if err == nil {
			err = c.s.printing.docs.PutDoc(drawDoc, raw)
		}
		if err != nil {
			return reply{}, fmt.Errorf("web: keep the draw: %w", err)
		}
	}
	return c.done(scheduler.PrepareDraw{Commit: scheduler.Hash(commit)})
}

// done submits a command and gives its answer.
func (c *call) done(cmd scheduler.Command) (reply, error) {
	a, err := c.submit(cmd)
	if err != nil {
		return reply{}, err
	}
	return reply{body: c.answer(a), replayed: a.Replayed}, nil
}

func freezeDraw(*call, empty) (scheduler.Command, error) { return scheduler.FreezeDraw{}, nil }

type holdDrawForm struct {
	Entropy string `json:"entropy" need:"true"` // the dice, as they were read out
}

// holdDraw reveals the secret and draws.
func holdDraw(c *call, b holdDrawForm) (reply, error) {
	w := c.state().Floor.Draw
	cmd := scheduler.HoldDraw{Entropy: scheduler.Dice(cut(b.Entropy, 2*draw.MaxEntropy))}
	if w != nil {
		notes, err := c.s.drawNotes()
		if err != nil {
			return reply{}, err
		}
		for _, n := range notes {
			if n.Commit == string(w.Commit) {
				cmd.Secret = scheduler.Hash(c.s.drawSecret(n.ID))
			}
		}
	}
	return c.done(cmd)
}

type voidDrawForm struct {
	Reason string `json:"reason" need:"true"`
}

func voidDraw(_ *call, b voidDrawForm) (scheduler.Command, error) {
	r, err := reason("reason", b.Reason, voidReasons)
	if err == nil && r == "" {
		err = badField(http.StatusUnprocessableEntity, "unknown_reason", "reason", "Say why the secret cannot be used.")
	}
	return scheduler.VoidDraw{Reason: r}, err
}
