package board

import (
	"bufio"
	"errors"
	"net"
	"net/http"
	"time"
)

// errFlood ends the reading of a connection that sends more than wire allows.
var errFlood = errors.New("board: more bytes from the screen than it may send")

// maxInboundBytes is what a screen may send in a second: MaxInboundPerSecond
// frames of MaxInbound, with their headers. Counting frames is not enough, since
// a message may come in any number of empty pieces that are never seen here.
const maxInboundBytes = MaxInboundPerSecond * (MaxInbound + 14)

// wire is the network connection under a screen. One goroutine reads it.
type wire struct {
	net.Conn
	since time.Time
	n     int
}

func (w *wire) Read(p []byte) (int, error) {
	n, err := w.Conn.Read(p)
	if now := time.Now(); now.Sub(w.since) >= time.Second {
		w.since, w.n = now, 0
	}
	if w.n += n; w.n > maxInboundBytes {
		return 0, errFlood
	}
	return n, err
}

// wiring hands the upgrader a wire in place of the server's connection.
type wiring struct{ http.ResponseWriter }

func (w wiring) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffers, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	if b, ok := conn.(interface{ SetWriteBuffer(int) error }); ok {
		// Not every system obeys; the deadlines hold without it.
		_ = b.SetWriteBuffer(sendBuffer)
	}
	return &wire{Conn: conn}, buffers, nil
}
