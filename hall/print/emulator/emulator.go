package emulator

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
)

// Line is one line on the paper.
type Line struct {
	Text  string
	Size  int
	Bold  bool
	Align int // 0 left, 1 centre, 2 right
}

// Sheet is what came out between two cuts, or of one connection.
type Sheet struct {
	Lines []Line
	Codes []string // QR codes by the printer's own command
	Dots  [][2]int // pictures, width and height in dots
	Cut   bool
	Bytes []byte // as they came, without questions about the state
}

// Text joins the lines of a sheet.
func (s Sheet) Text() string {
	var b strings.Builder
	for _, l := range s.Lines {
		b.WriteString(l.Text + "\n")
	}
	return b.String()
}

// Printer is the emulated printer. Its fields may be changed through Set only.
type Printer struct {
	listener net.Listener
	mu       sync.Mutex
	state    State
	sheets   []Sheet
	faults   []error
	done     sync.WaitGroup
}

// State is how the printer is.
type State struct {
	PaperOut  bool
	CoverOpen bool
	Offline   bool // it says that it does not print, without saying why
	Mute      bool // it answers nothing at all
	Noise     bool // it answers what is no state
	EndsAfter int  // the paper runs out after so many lines of a sheet; 0: never
	NoQueue   bool // it does not know GS r, as some cheap ones
}

// Start switches a printer on at a free port of this machine.
func Start() (*Printer, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("emulator: %w", err)
	}
	p := &Printer{listener: l}
	p.done.Add(1)
	go p.serve()
	return p, nil
}

// Address is where it listens.
func (p *Printer) Address() string { return p.listener.Addr().String() }

// Close switches it off.
func (p *Printer) Close() {
	_ = p.listener.Close() // it may be off already
	p.done.Wait()
}

// Set changes its state.
func (p *Printer) Set(s State) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state = s
}

// Sheets are the papers so far, and what the printer did not understand.
func (p *Printer) Sheets() ([]Sheet, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.sheets), errors.Join(p.faults...)
}

func (p *Printer) serve() {
	defer p.done.Done()
	for {
		conn, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.done.Add(1)
		go func() {
			defer p.done.Done()
			defer conn.Close()
			p.talk(conn)
		}()
	}
}

// head is the printing head: how the next letters look.
type head struct {
	p     *Printer
	r     *bufio.Reader
	w     io.Writer
	sheet Sheet
	line  []byte
	look  Line
	page  byte
	code  string // stored, not yet printed
	any   bool
}

func (p *Printer) talk(conn net.Conn) {
	h := &head{p: p, r: bufio.NewReader(conn), w: conn, look: Line{Size: 1}}
	for {
		err := h.next()
		if err == nil {
			continue
		}
		if !errors.Is(err, io.EOF) && !errors.Is(err, net.ErrClosed) {
			p.complain(err)
		}
		break
	}
	h.finish()
}

func (p *Printer) complain(err error) {
	var lost *net.OpError
	if errors.As(err, &lost) {
		return // the other side went away
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, err)
}

// finish keeps the sheet if anything was said for it.
func (h *head) finish() {
	if !h.any {
		return
	}
	h.p.mu.Lock()
	h.p.sheets = append(h.p.sheets, h.sheet)
	h.p.mu.Unlock()
	h.sheet, h.any, h.look = Sheet{}, false, Line{Size: 1}
}

func (h *head) take(n int) ([]byte, error) {
	b := make([]byte, n)
	_, err := io.ReadFull(h.r, b)
	return b, err
}

// keep notes bytes that are for the paper.
func (h *head) keep(b ...byte) {
	h.sheet.Bytes = append(h.sheet.Bytes, b...)
	h.any = true
}

func (h *head) next() error {
	b, err := h.r.ReadByte()
	if err != nil {
		return err
	}
	switch {
	case b == 0x10:
		return h.status()
	case b == 0x1b:
		return h.escape()
	case b == 0x1d:
		return h.group()
	case b == '\n':
		h.keep(b)
		h.feed()
	case b >= ' ':
		h.keep(b)
		h.line = append(h.line, b)
	default:
		return fmt.Errorf("the byte %#02x says nothing", b)
	}
	return nil
}

// feed ends the line.
func (h *head) feed() {
	l := h.look
	l.Text, h.line = decode(h.line, h.page), h.line[:0]
	h.p.mu.Lock()
	defer h.p.mu.Unlock()
	if n := h.p.state.EndsAfter; n > 0 && len(h.sheet.Lines) >= n {
		h.p.state.PaperOut = true
		return
	}
	h.sheet.Lines = append(h.sheet.Lines, l)
}

func decode(line []byte, page byte) string {
	var b strings.Builder
	for _, c := range line {
		switch {
		case c < 0x7f:
			b.WriteByte(c)
		case page == 16 && c == 0x96:
			b.WriteRune('–')
		case page == 16 && c >= 0xa0:
			b.WriteRune(rune(c))
		default:
			fmt.Fprintf(&b, "<%02x>", c)
		}
	}
	return b.String()
}

func (h *head) escape() error {
	cmd, err := h.r.ReadByte()
	if err != nil {
		return err
	}
	h.keep(0x1b, cmd)
	if cmd == '@' {
		h.look, h.page = Line{Size: 1}, 0
		return nil
	}
	arg, err := h.r.ReadByte()
	if err != nil {
		return err
	}
	h.keep(arg)
	switch cmd {
	case 'a':
		h.look.Align = int(arg)
	case 'E':
		h.look.Bold = arg&1 == 1
	case 't':
		h.page = arg
	case 'R':
	case 'd':
		for range arg {
			h.feed()
		}
	default:
		return fmt.Errorf("ESC %#02x is not known", cmd)
	}
	return nil
}

func (h *head) group() error {
	cmd, err := h.r.ReadByte()
	if err != nil {
		return err
	}
	if cmd == 'r' {
		if _, err := h.r.ReadByte(); err != nil {
			return err
		}
		return h.reply(0, func(s State) bool { return !s.NoQueue && !s.PaperOut })
	}
	h.keep(0x1d, cmd)
	switch cmd {
	case '!':
		size, err := h.take(1)
		if err != nil {
			return err
		}
		h.keep(size...)
		if size[0]>>4 != size[0]&0xf || size[0]>>4 > 7 {
			return fmt.Errorf("the size %#02x is not square", size[0])
		}
		h.look.Size = int(size[0]>>4) + 1
	case 'V':
		cut, err := h.take(2)
		if err != nil {
			return err
		}
		h.keep(cut...)
		if cut[0] != 66 {
			return fmt.Errorf("the cut %v is no partial one", cut)
		}
		h.sheet.Cut = true
		h.finish()
	case 'v':
		return h.picture()
	case '(':
		return h.symbol()
	default:
		return fmt.Errorf("GS %#02x is not known", cmd)
	}
	return nil
}

// picture reads GS v 0.
func (h *head) picture() error {
	b, err := h.take(6)
	if err != nil {
		return err
	}
	across, down := int(b[2])|int(b[3])<<8, int(b[4])|int(b[5])<<8
	dots, err := h.take(across * down)
	if err != nil {
		return err
	}
	h.keep(append(b, dots...)...)
	h.sheet.Dots = append(h.sheet.Dots, [2]int{across * 8, down})
	return nil
}

// symbol reads GS ( k.
func (h *head) symbol() error {
	b, err := h.take(3)
	if err != nil {
		return err
	}
	data, err := h.take(int(b[1]) | int(b[2])<<8)
	if err != nil {
		return err
	}
	h.keep(append(b, data...)...)
	if b[0] != 'k' || len(data) < 3 || data[0] != '1' {
		return fmt.Errorf("GS ( %q %q is no QR code", b[0], data)
	}
	switch data[1] {
	case 'A', 'C', 'E':
	case 'P':
		h.code = string(data[3:])
	case 'Q':
		if h.code == "" {
			return errors.New("a code is printed that was not stored")
		}
		h.sheet.Codes = append(h.sheet.Codes, h.code)
	default:
		return fmt.Errorf("the QR code has no part %q", data[1])
	}
	return nil
}

// status answers DLE EOT n.
func (h *head) status() error {
	b, err := h.take(2)
	if err != nil {
		return err
	}
	if b[0] != 0x04 {
		return fmt.Errorf("DLE %#02x is not known", b[0])
	}
	h.p.mu.Lock()
	s := h.p.state
	h.p.mu.Unlock()
	out := byte(0x12)
	switch b[1] {
	case 1:
		if s.Offline || s.PaperOut || s.CoverOpen {
			out |= 0x08
		}
	case 2:
		if s.CoverOpen {
			out |= 0x04
		}
		if s.PaperOut {
			out |= 0x20
		}
	case 4:
		if s.PaperOut {
			out |= 0x6c
		}
	default:
		return fmt.Errorf("DLE EOT %d is not known", b[1])
	}
	return h.reply(out, func(State) bool { return true })
}

func (h *head) reply(b byte, answers func(s State) bool) error {
	h.p.mu.Lock()
	s := h.p.state
	h.p.mu.Unlock()
	if s.Mute || !answers(s) {
		return nil
	}
	if s.Noise {
		b = 0xff
	}
	_, err := h.w.Write([]byte{b})
	return err
}
