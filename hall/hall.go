package hall

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	"lapak/scheduler"
)

// Limits of the writer. Each is a named bound with its reason.
const (
	// MaxBatch bounds the commands of one append: enough to share one flush
	// among a whole branch, small enough that the last waits milliseconds.
	MaxBatch = 256
	// MaxPublic bounds the public commands of one batch, so that a flood of
	// visitors' phones never pushes the staff's commands back.
	MaxPublic = 16
	// InboxSize bounds the commands that wait for the writer. A caller beyond
	// it is refused at once; a queue without a bound only hides the trouble.
	InboxSize = 1024
	// fullRetryS is how long deadlines wait on a full disk before they are tried
	// again: soon enough for a board, seldom enough for a log.
	fullRetryS = 10
	// maxCommandID bounds the id that a caller chooses for a command.
	maxCommandID = 200
)

// Errors of Do beside *scheduler.Refusal.
var (
	// ErrFull: the disk has no room; nothing was changed. Answer 507.
	ErrFull = errors.New("hall: the disk is full; nothing was changed")
	// ErrBusy: too many commands wait; nothing was changed. Answer 503.
	ErrBusy = errors.New("hall: too many commands at once; try again in a second")
	// ErrStopping: the process ends, and the command may or may not have been
	// recorded. The same command id tells after the restart.
	ErrStopping = errors.New("hall: the branch is stopping; send the same command again in a moment")
	// ErrReused: the command id was used for another body.
	ErrReused = errors.New("hall: this command id was used for something else")
	// ErrFault: the rules failed on this command; it changed nothing and was
	// logged with its cause.
	ErrFault = errors.New("hall: an inner fault; the command changed nothing")
)

// Journal is what the hall needs of the journal: records as bytes.
type Journal interface {
	// Append makes the entries durable, all or none. An error for which Full
	// reports true left nothing behind; any other leaves the outcome unknown.
	Append(first int64, data [][]byte) error
	// Full reports whether an Append error means that nothing was written.
	Full(err error) bool
	// Last is the seq of the last record, 0 when there is none.
	Last() int64
	// Epoch names this life of the journal; a restore begins a new one.
	Epoch() string
	// Scan hands out the records from a seq on, in order.
	Scan(from int64, fn func(seq int64, data []byte) error) error
	// SaveSnapshot keeps an encoded state; the last two are kept.
	SaveSnapshot(seq int64, version int, sum string, data []byte) error
	// Snapshots hands out the kept snapshots, newest first, until fn returns
	// true.
	Snapshots(fn func(seq int64, version int, sum string, data []byte) bool) error
	// JobDone and MarkJob remember the business date for which a daily job ran.
	JobDone(name string) (string, error)
	MarkJob(name, date string) error
}

// Options configure a hall. Journal and Time are required.
type Options struct {
	Journal Journal
	Time    *Time
	Logger  *slog.Logger // nil: slog.Default()
	// Changed is called after each commit, from the writer; it must not wait.
	Changed func()
	// Fatal is called once when the writer cannot go on, from the writer: the
	// process must stop with exit code 70.
	Fatal func(error)
}

// Request is one command with who gives it.
type Request struct {
	Actor   scheduler.Actor
	ID      string // chosen by the caller, one per intent; "" for none
	Print   string // keyed fingerprint of the body; goes with ID
	Command scheduler.Command
	Public  bool // from a visitor: drained after the staff's, and capped
}

// Answer says what became of a command.
type Answer struct {
	Seq      int64
	At       int64
	Result   scheduler.Result
	Replayed bool // the id had been answered before; this is that answer
}

// Hall is the branch that runs. Its methods may be called from any goroutine.
type Hall struct {
	o       Options
	log     *slog.Logger
	state   atomic.Pointer[scheduler.State]
	staff   chan *item
	public  chan *item
	kick    chan struct{}
	stop    chan struct{}
	done    chan struct{}
	stopped sync.Once

	full   atomic.Bool // the last append found the disk full
	held   atomic.Bool // far ahead of the last record: no deadline fires
	failed atomic.Pointer[error]
}

type item struct {
	req    Request
	ctx    context.Context
	answer chan reply
	stamp  scheduler.Stamp
	bad    bool // the rules panicked on it
}

type reply struct {
	Answer
	err error
}

// Open replays the journal and starts the writer. An error names the record
// that cannot be applied.
func Open(o Options) (*Hall, error) {
	h := &Hall{o: o, log: o.Logger, staff: make(chan *item, InboxSize), public: make(chan *item, InboxSize),
		kick: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{})}
	if h.log == nil {
		h.log = slog.Default()
	}
	state, err := Load(o.Journal)
	if err != nil {
		return nil, err
	}
	h.state.Store(state)
	h.held.Store(o.Time.start(state))
	o.Time.OnChange(h.wake)
	go h.run()
	return h, nil
}

// State is the newest published state. It is never changed; read it freely.
func (h *Hall) State() *scheduler.State { return h.state.Load() }

// Now is branch time in unix seconds: never before the last record.
func (h *Hall) Now() int64 { return max(h.o.Time.Now(), h.State().At) }

// Epoch names this life of the journal.
func (h *Hall) Epoch() string { return h.o.Journal.Epoch() }

// Do hands the command to the writer and waits for its answer, which is given
// only when the command is durable. The error is a *scheduler.Refusal or one
// of this package's. When ctx ends first the command may still be recorded;
// the same ID tells.
func (h *Hall) Do(ctx context.Context, req Request) (Answer, error) {
	if len(req.ID) > maxCommandID {
		return Answer{}, &scheduler.Refusal{Code: "id_too_long", Field: "Idempotency-Key", Class: scheduler.Invalid,
			Reason: fmt.Sprintf("A command id has at most %d characters.", maxCommandID)}
	}
	it := &item{req: req, ctx: ctx, answer: make(chan reply, 1)}
	inbox := h.staff
	if req.Public {
		inbox = h.public
	}
	select {
	case <-h.stop:
		return Answer{}, ErrStopping
	default:
	}
	select {
	case inbox <- it:
	default:
		return Answer{}, ErrBusy
	}
	select {
	case r := <-it.answer:
		return r.Answer, r.err
	case <-ctx.Done():
		return Answer{}, ctx.Err()
	case <-h.done:
		select {
		case r := <-it.answer:
			return r.Answer, r.err
		default:
			return Answer{}, ErrStopping
		}
	}
}

// Close stops the writer after the batch under way.
func (h *Hall) Close() {
	h.stopped.Do(func() { close(h.stop) })
	<-h.done
}

// Done is closed when the writer has stopped.
func (h *Hall) Done() <-chan struct{} { return h.done }

func (h *Hall) wake() {
	select {
	case h.kick <- struct{}{}:
	default:
	}
}

// run is the one writer.
func (h *Hall) run() {
	defer close(h.done)
	timer := h.o.Time.newTimer()
	defer timer.stop()
	for {
		h.arm(timer)
		var batch []*item
		select {
		case <-h.stop:
			return
		case it := <-h.staff:
			batch = append(batch, it)
		case it := <-h.public:
			batch = append(batch, it)
		case <-timer.c:
			batch = append(batch, h.tick())
		case <-h.kick:
			continue
		}
		if !h.commit(h.drain(batch)) {
			return
		}
	}
}

func (h *Hall) tick() *item {
	return &item{req: Request{Actor: scheduler.System, Command: scheduler.Tick{}}, ctx: context.Background(), answer: make(chan reply, 1)}
}

// arm sets the one timer to the next deadline.
func (h *Hall) arm(t *timer) {
	if h.held.Load() {
		t.never()
		return
	}
	at, ok := h.State().NextWake(h.Now())
	if h.full.Load() {
		at, ok = h.Now()+fullRetryS, true // there may be room by then; a branch at night must notice by itself
	}
	if !ok {
		t.never()
		return
	}
	t.at(at)
}

// drain adds what waits: the staff's commands first, then some of the public's.
func (h *Hall) drain(batch []*item) []*item {
	for len(batch) < MaxBatch {
		select {
		case it := <-h.staff:
			batch = append(batch, it)
			continue
		default:
		}
		break
	}
	for range MaxPublic {
		select {
		case it := <-h.public:
			batch = append(batch, it)
			continue
		default:
		}
		break
	}
	return batch
}

// commit decides a batch on one draft, makes it durable and publishes it. It
// reports whether the writer may go on.
func (h *Hall) commit(batch []*item) bool {
	now := h.Now()
	for _, it := range batch {
		it.stamp = scheduler.Stamp{At: now, Seed: seed()}
	}
	draft, data, replies, ok := h.decide(batch)
	for !ok { // the rules failed on one command: once more without it
		draft, data, replies, ok = h.decide(batch)
	}
	if len(data) > 0 {
		if err := h.o.Journal.Append(draft.Seq-int64(len(data))+1, data); err != nil {
			return h.appendFailed(err, batch, replies)
		}
		h.full.Store(false)
		h.state.Store(draft.Publish())
		if h.o.Changed != nil {
			h.o.Changed()
		}
	}
	for i, it := range batch {
		it.answer <- replies[i]
	}
	return true
}

// decide runs every command of the batch on a fresh draft. It reports false
// after a panic of the rules, having marked the command; the draft is lost.
func (h *Hall) decide(batch []*item) (d *scheduler.Draft, data [][]byte, replies []reply, ok bool) {
	d = h.State().Draft()
	replies = make([]reply, len(batch))
	for i, it := range batch {
		switch {
		case it.bad:
			replies[i].err = ErrFault
			continue
		case it.ctx.Err() != nil:
			replies[i].err = it.ctx.Err()
			continue
		}
		if old, seen := h.seen(d, it); seen {
			replies[i] = old
			continue
		}
		rec, err, panicked := h.doOne(d, it)
		if panicked {
			return nil, nil, nil, false
		}
		if err != nil {
			replies[i].err = err
			continue
		}
		b, err := scheduler.Encode(rec)
		if err != nil {
			h.log.Error("a record cannot be written", "command", fmt.Sprintf("%T", it.req.Command), "error", err)
			it.bad = true
			return nil, nil, nil, false
		}
		data = append(data, b)
		replies[i].Answer = Answer{Seq: rec.Seq, At: rec.At, Result: rec.Result}
	}
	return d, data, replies, true
}

// seen answers a command id that was answered before.
func (h *Hall) seen(d *scheduler.Draft, it *item) (reply, bool) {
	if it.req.ID == "" {
		return reply{}, false
	}
	old, ok := d.Seen.Find(commandID(it.req), it.stamp.At)
	if !ok {
		return reply{}, false
	}
	if old.Print != scheduler.Hash(it.req.Print) {
		return reply{err: ErrReused}, true
	}
	return reply{Answer: Answer{Seq: old.Seq, At: old.At, Result: old.Result, Replayed: true}}, true
}

func (h *Hall) doOne(d *scheduler.Draft, it *item) (rec scheduler.Record, err error, panicked bool) {
	defer func() {
		if p := recover(); p != nil {
			h.log.Error("the rules failed on a command", "command", fmt.Sprintf("%T", it.req.Command), "fault", fmt.Sprint(p))
			it.bad, panicked = true, true
		}
	}()
	o := scheduler.Order{By: it.req.Actor, Command: it.req.Command}
	if it.req.ID != "" {
		o.ID, o.Print = commandID(it.req), scheduler.Hash(it.req.Print)
	}
	rec, err = d.Do(it.stamp, o)
	return rec, err, false
}

// appendFailed answers a batch whose append failed. A full disk refused it and
// nothing was changed; after anything else the outcome is unknown, and going
// on would risk what is already durable (reliability.md, finding 3).
//
// What the batch decided before its first record stands. Everything after it
// rests on records that are not there: a success, the replay of one, and also a
// refusal, which may have been decided against one.
func (h *Hall) appendFailed(err error, batch []*item, replies []reply) bool {
	full := h.o.Journal.Full(err)
	h.noteFailure(err, full) // first: who is refused and asks for the status must be told why
	durable, lost := h.State().Seq, false
	for i, it := range batch {
		r := replies[i]
		lost = lost || (r.err == nil && r.Seq > durable)
		earlier := r.err == nil && r.Seq <= durable // the replay of an older answer
		switch {
		case !lost || earlier || it.bad || it.ctx.Err() != nil:
		case full:
			r = reply{err: ErrFull}
		default:
			r = reply{err: ErrStopping}
		}
		it.answer <- r
	}
	if !full && h.o.Fatal != nil {
		h.o.Fatal(err)
	}
	return full
}

// noteFailure puts a failed append into the status and the log. Only a full
// disk may pass.
func (h *Hall) noteFailure(err error, full bool) {
	if !full {
		h.failed.Store(&err)
		h.log.Error("a commit failed; the process must stop", "error", err)
		h.stopped.Do(func() { close(h.stop) })
		return
	}
	if h.full.Swap(true) {
		return // said already
	}
	h.log.Warn("the disk is full; commands are refused until there is room", "error", err)
	if h.o.Changed != nil {
		h.o.Changed()
	}
}

// commandID makes the caller's id unique per actor.
func commandID(r Request) scheduler.CommandID {
	return scheduler.CommandID(fmt.Sprintf("%s:%d:%s", r.Actor.Role, r.Actor.ID, r.ID))
}

func seed() uint64 {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		panic(err) // crypto/rand never fails on a system that can run this
	}
	return binary.LittleEndian.Uint64(b[:])
}
