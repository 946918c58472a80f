package print

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"time"
)

// Trouble is why no paper comes out.
type Trouble string

// The troubles that a printer can tell or show.
const (
	Fine      Trouble = ""
	PaperOut  Trouble = "paper_out"
	CoverOpen Trouble = "cover_open"
	Offline   Trouble = "offline" // it does not answer, or says that it does not print
	Unsure    Trouble = "unsure"  // the bytes were sent and nobody knows what became of them
)

// Error is a print that failed, with what a person can do about it.
type Error struct {
	Trouble Trouble
	Cause   error // may be nil
}

func (e *Error) Error() string {
	if e.Cause == nil {
		return "print: " + string(e.Trouble)
	}
	return fmt.Sprintf("print: %s: %v", e.Trouble, e.Cause)
}

func (e *Error) Unwrap() error { return e.Cause }

// TroubleOf is what an error of this package says, Fine for none.
func TroubleOf(err error) Trouble {
	var e *Error
	switch {
	case err == nil:
		return Fine
	case errors.As(err, &e):
		return e.Trouble
	}
	return Offline
}

// Times of a print. A visitor stands at the kiosk meanwhile.
const (
	dialTime   = 2 * time.Second // on a local network a printer answers in milliseconds
	statusTime = 700 * time.Millisecond
	writeTime  = 4 * time.Second
	doneTime   = 6 * time.Second // a ticket of 12 cm at 60 mm a second, and the knife
	lowestPort = 1024            // below lie the services of the system, and no printer
)

// ErrAddress says that an address is not one of a printer in this house.
var ErrAddress = errors.New("a printer's address is a private or loopback IP address and a port from 1024, such as 192.168.1.50:9100")

// CheckAddress reads a printer's address. Names are refused, because what they
// lead to can change after the check; public and link-local addresses are refused,
// because no printer of the branch has one and other machines' services do.
func CheckAddress(text string) (netip.AddrPort, error) {
	at, err := netip.ParseAddrPort(text)
	if err != nil {
		return netip.AddrPort{}, ErrAddress
	}
	ip := at.Addr().Unmap()
	if (!ip.IsPrivate() && !ip.IsLoopback()) || at.Port() < lowestPort || ip.Zone() != "" {
		return netip.AddrPort{}, ErrAddress
	}
	return netip.AddrPortFrom(ip, at.Port()), nil
}

// Pool prints on any number of printers, one document at a time on each.
type Pool struct {
	mu   sync.Mutex
	busy map[netip.AddrPort]chan struct{}
}

// maxPrinters bounds the printers remembered: a branch has a handful.
const maxPrinters = 64

// line takes a printer for oneself; the returned function gives it back.
func (p *Pool) line(ctx context.Context, at netip.AddrPort) (func(), error) {
	p.mu.Lock()
	if p.busy == nil || len(p.busy) > maxPrinters {
		p.busy = make(map[netip.AddrPort]chan struct{})
	}
	turn, known := p.busy[at]
	if !known {
		turn = make(chan struct{}, 1)
		p.busy[at] = turn
	}
	p.mu.Unlock()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, &Error{Trouble: Offline, Cause: ctx.Err()}
	}
}

// Look asks a printer how it is, without printing.
func (p *Pool) Look(ctx context.Context, address string) error {
	conn, done, err := p.open(ctx, address)
	if err != nil {
		return err
	}
	defer done()
	return look(conn)
}

// Print sends bytes made by Encode. It returns nil when the printer says that
// they are printed; with answers false the printer is one that never says
// anything, and sent is taken for printed.
func (p *Pool) Print(ctx context.Context, address string, answers bool, data []byte) error {
	conn, done, err := p.open(ctx, address)
	if err != nil {
		return err
	}
	defer done()
	if answers {
		if err := look(conn); err != nil {
			return err // nothing was sent: what is printed later would surprise the next person
		}
	}
	_ = conn.SetWriteDeadline(time.Now().Add(writeTime)) // a deadline that cannot be set fails the write
	if _, err := conn.Write(data); err != nil {
		return &Error{Trouble: Unsure, Cause: err}
	}
	if !answers {
		return nil
	}
	return printed(conn)
}

// open connects, for one document, and gives the way to let go.
func (p *Pool) open(ctx context.Context, address string) (net.Conn, func(), error) {
	at, err := CheckAddress(address)
	if err != nil {
		return nil, nil, &Error{Trouble: Offline, Cause: err}
	}
	release, err := p.line(ctx, at)
	if err != nil {
		return nil, nil, err
	}
	d := net.Dialer{Timeout: dialTime}
	conn, err := d.DialContext(ctx, "tcp", at.String())
	if err != nil {
		release()
		return nil, nil, &Error{Trouble: Offline, Cause: err}
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	return conn, func() { stop(); _ = conn.Close(); release() }, nil
}

// The bits of the answers to DLE EOT n, as ESC/POS has them.
const (
	fixedMask, fixedBits = 0x93, 0x12 // of every answer, which tell it from noise
	bitOffline           = 0x08       // n = 1
	bitCover, bitNoPaper = 0x04, 0x20 // n = 2
	bitsPaperEnd         = 0x60       // n = 4
)

// look asks for the printer's state: its cause first, because "offline" alone
// sends nobody for paper.
func look(conn net.Conn) error {
	paper, err := query(conn, 4)
	if err != nil {
		return err
	}
	cause, err := query(conn, 2)
	if err != nil {
		return err
	}
	state, err := query(conn, 1)
	if err != nil {
		return err
	}
	switch {
	case cause&bitCover != 0:
		return &Error{Trouble: CoverOpen}
	case paper&bitsPaperEnd != 0 || cause&bitNoPaper != 0:
		return &Error{Trouble: PaperOut}
	case state&bitOffline != 0:
		return &Error{Trouble: Offline}
	}
	return nil
}

func query(conn net.Conn, n byte) (byte, error) {
	_ = conn.SetDeadline(time.Now().Add(statusTime)) // a deadline that cannot be set fails the write
	if _, err := conn.Write([]byte{dle, eot, n}); err != nil {
		return 0, &Error{Trouble: Offline, Cause: err}
	}
	b, err := answer(conn)
	if err != nil {
		return 0, &Error{Trouble: Offline, Cause: err}
	}
	if b&fixedMask != fixedBits {
		return 0, &Error{Trouble: Offline, Cause: fmt.Errorf("it answers %#02x, which is no state of a printer", b)}
	}
	return b, nil
}

func answer(conn net.Conn) (byte, error) {
	var one [1]byte
	_, err := conn.Read(one[:])
	return one[0], err
}

// printed waits for the printer to have worked through what it got: GS r stands
// in its queue behind the ticket, so its answer comes when the ticket is out. A
// printer that never answers it is asked how it is, and believed.
func printed(conn net.Conn) error {
	_ = conn.SetDeadline(time.Now().Add(doneTime)) // a deadline that cannot be set fails the write
	if _, err := conn.Write([]byte{gs, 'r', 1}); err != nil {
		return &Error{Trouble: Unsure, Cause: err}
	}
	_, err := answer(conn)
	var late net.Error
	if err != nil && !(errors.As(err, &late) && late.Timeout()) {
		return &Error{Trouble: Unsure, Cause: err}
	}
	if after := look(conn); after != nil {
		if t := TroubleOf(after); t != Offline {
			return after // paper ran out in the middle: it says so itself
		}
		return &Error{Trouble: Unsure, Cause: after}
	}
	return nil
}
