//go:build unix

package board

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// The benchmarks send views of 4 KB over loopback TCP to readers that live in a
// process of their own, so that cpu-ns/msg is the processor time of sending
// alone, and last-µs the time until the last reader has the whole message. The
// raw ones write the same number of bytes, in a loop, to as many plain
// connections: the least that any server could do.
//
//	go test -run '^$' -bench 'FanOut|RawTCP' -benchtime 300x ./hall/board

func BenchmarkFanOut200(b *testing.B)   { benchmarkFeed(b, 200, 0) }
func BenchmarkRawTCP200(b *testing.B)   { benchmarkRaw(b, 200) }
func BenchmarkFanOut1000(b *testing.B)  { benchmarkFeed(b, 1000, 0) }
func BenchmarkRawTCP1000(b *testing.B)  { benchmarkRaw(b, 1000) }
func BenchmarkStalled1000(b *testing.B) { benchmarkFeed(b, 1000, 10) }

// BenchmarkFanOutOverRaw1000 takes turns between the feed and raw writes, so that
// both meet the same weather, and reports the feed's figures as multiples.
func BenchmarkFanOutOverRaw1000(b *testing.B) { benchmarkRatio(b, 1000, 0) }

// BenchmarkStalledOverPlain1000 compares a feed of which 1 % of the screens never
// read with one where all do.
func BenchmarkStalledOverPlain1000(b *testing.B) {
	stalled, plain := startFeed(b, 1000, 10), startFeed(b, 1000, 0)
	defer stalled.close()
	defer plain.close()
	s, p := takeTurns(b, stalled, plain)
	b.ReportMetric(float64(s.last)/float64(p.last), "last/plain")
	b.ReportMetric(s.perMessage()/p.perMessage(), "cpu/plain")
}

func benchmarkRatio(b *testing.B, n, stalled int) {
	feed, raw := startFeed(b, n, stalled), startRaw(b, n)
	defer feed.close()
	defer raw.close()
	f, r := takeTurns(b, feed, raw)
	b.ReportMetric(f.perMessage()/r.perMessage(), "cpu/raw")
	b.ReportMetric(float64(f.last)/float64(r.last), "last/raw")
	b.ReportMetric(f.perMessage(), "cpu-ns/msg")
}

func benchmarkFeed(b *testing.B, n, stalled int) {
	s := startFeed(b, n, stalled)
	defer s.close()
	s.report(b)
}

func benchmarkRaw(b *testing.B, n int) {
	s := startRaw(b, n)
	defer s.close()
	s.report(b)
}

// sender sends one message to all readers of a process; once waits for them.
type sender struct {
	b       *testing.B
	readers int // those that read
	send    func()
	acks    io.Reader
	close   func()
}

// cost is what rounds took so far.
type cost struct {
	cpu, last time.Duration
	messages  int
}

func (c cost) perMessage() float64 { return float64(c.cpu) / float64(c.messages) }

func (s *sender) once(c *cost) {
	cpu, start := processorTime(), time.Now()
	s.send()
	s.wait()
	c.last += time.Since(start)
	c.cpu += processorTime() - cpu
	c.messages += s.readers
}

// wait returns when every reader has the message.
func (s *sender) wait() {
	var ack [1]byte
	if _, err := io.ReadFull(s.acks, ack[:]); err != nil {
		s.b.Fatalf("the readers have gone: %v", err)
	}
}

func (s *sender) report(b *testing.B) {
	var c cost
	for b.Loop() {
		s.once(&c)
	}
	b.ReportMetric(c.perMessage(), "cpu-ns/msg")
	b.ReportMetric(float64(c.last.Microseconds())/float64(b.N), "last-µs")
}

func takeTurns(b *testing.B, one, other *sender) (c, d cost) {
	for i := 0; b.Loop(); i++ {
		if i%2 == 0 { // neither is always the one after
			one.once(&c)
			other.once(&d)
		} else {
			other.once(&d)
			one.once(&c)
		}
	}
	return c, d
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func startFeed(b *testing.B, n, stalled int) *sender {
	source := &counted{}
	// No write deadline within the benchmark: who stalls stays and stays in the way.
	f := newFeed(Options{Source: source, Epoch: "e1", Build: "b1"}, 0, time.Hour)
	address, closeFeed := serveFeed(b, f)
	acks, stop := startReaders(b, "feed", address, n, stalled)
	s := &sender{b: b, readers: n - stalled, acks: acks}
	s.send = func() {
		source.seq.Add(1)
		f.Changed()
	}
	s.close = func() { stop(); closeFeed() }
	s.wait() // the first view
	for range stalledFill * min(stalled, 1) {
		s.send()
		s.wait()
	}
	return s
}

// stalledFill is how many views fill the buffers of a screen that never reads.
const stalledFill = 1200

func startRaw(b *testing.B, n int) *sender {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	acks, stop := startReaders(b, "raw", listener.Addr().String(), n, 0)
	message := rawMessage()
	conns := make([]net.Conn, n)
	for i := range conns {
		if conns[i], err = listener.Accept(); err != nil {
			b.Fatal(err)
		}
	}
	s := &sender{b: b, readers: n, acks: acks}
	s.send = func() {
		for _, c := range conns {
			if _, err := c.Write(message); err != nil {
				b.Fatal(err)
			}
		}
	}
	s.close = func() {
		stop()
		for _, c := range conns {
			_ = c.Close()
		}
		_ = listener.Close()
	}
	return s
}

// rawMessage is as long as a view's websocket frame, and has its header, so that
// both kinds of readers do the same work.
func rawMessage() []byte {
	source := &counted{}
	source.seq.Store(1)
	r, _ := source.Render("")
	text := (&Feed{epoch: "e1", build: "b1"}).viewFrame("lobby", r)
	message := append([]byte{0x81, 126}, binary.BigEndian.AppendUint16(nil, uint16(len(text)))...)
	return append(message, text...)
}

const readersEnv = "BOARD_BENCH_READERS" // kind address n stalled

// startReaders runs this test binary again as the readers. What it returns gives
// one byte for every message that all of them have.
func startReaders(b *testing.B, kind, address string, n, stalled int) (io.Reader, func()) {
	acks, theirs, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestReadersOfTheBenchmarks$")
	child.Env = append(os.Environ(), fmt.Sprintf("%s=%s %s %d %d", readersEnv, kind, address, n, stalled))
	child.ExtraFiles = []*os.File{theirs}
	child.Stderr = os.Stderr
	life, err := child.StdinPipe() // the readers end with it
	if err != nil {
		b.Fatal(err)
	}
	if err := child.Start(); err != nil {
		b.Fatal(err)
	}
	_ = theirs.Close()
	return acks, func() {
		_ = life.Close()
		_ = child.Wait()
		_ = acks.Close()
	}
}

// TestReadersOfTheBenchmarks is the other process of the benchmarks; by itself it
// does nothing.
func TestReadersOfTheBenchmarks(t *testing.T) {
	task := strings.Fields(os.Getenv(readersEnv))
	if len(task) != 4 {
		t.Skip("the benchmarks start this")
	}
	kind, address := task[0], task[1]
	n, _ := strconv.Atoi(task[2])
	stalled, _ := strconv.Atoi(task[3])
	acks := os.NewFile(3, "acks")
	var got atomic.Int64
	for i := range n {
		c, in := dialReader(t, kind, address)
		if i < stalled {
			continue
		}
		go func() {
			for skipFrame(c, in) == nil {
				if got.Add(1)%int64(n-stalled) == 0 {
					_, _ = acks.Write([]byte{1})
				}
			}
		}()
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// handshake asks for a screen by hand: a client library would keep the first
// frames in a buffer of its own.
const handshake = "GET / HTTP/1.1\r\nHost: branch.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
	"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OTAxMjM0NQ==\r\n\r\n"

func dialReader(t *testing.T, kind, address string) (net.Conn, *bufio.Reader) {
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReaderSize(c, 8<<10)
	if kind == "raw" {
		return c, in
	}
	if _, err := io.WriteString(c, handshake); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(in, nil)
	if err != nil || answer.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("the handshake was answered with %v, %v", answer, err)
	}
	return c, in
}

// pong is an empty pong, masked as a client must.
var pong = []byte{0x8a, 0x80, 0, 0, 0, 0}

// skipFrame reads on until it is past a long frame, which is a view. Short ones
// are hellos, beats and pings, which it answers.
func skipFrame(c net.Conn, in *bufio.Reader) error {
	for {
		var head [2]byte
		if _, err := io.ReadFull(in, head[:]); err != nil {
			return err
		}
		if head[1] < 126 {
			if _, err := in.Discard(int(head[1])); err != nil {
				return err
			}
			if head[0]&0xf == 9 {
				if _, err := c.Write(pong); err != nil {
					return err
				}
			}
			continue
		}
		var long [2]byte
		if _, err := io.ReadFull(in, long[:]); err != nil {
			return err
		}
		_, err := in.Discard(int(binary.BigEndian.Uint16(long[:])))
		return err
	}
}
