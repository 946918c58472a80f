package web

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// notes is what becomes known of a request on its way, for its one log line.
type notes struct {
	id    string // of the request
	route string // the pattern, never the address
	actor string // kind and id
}

type notesKey struct{}

// note finds the notes of a request; a request that came in another way has some
// that nobody reads.
func note(r *http.Request) *notes {
	if n, ok := r.Context().Value(notesKey{}).(*notes); ok {
		return n
	}
	return &notes{}
}

// noRoute stands for every address that no route has, so that addresses never
// reach a log or a metric.
const noRoute = "none"

// observe is the outermost of all: it gives the request its id, catches panics,
// and writes the log line and the counters, whatever happened inside.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := &notes{id: newID(), route: noRoute, actor: "nobody"}
		r = r.WithContext(context.WithValue(r.Context(), notesKey{}, n))
		if r.Method == http.MethodHead {
			r.Method = http.MethodGet // r is our copy; the server still drops the body
		}
		out := &recorder{ResponseWriter: w}
		out.Header().Set("X-Request-Id", n.id)
		start := time.Now()
		defer s.observed(out, r, n, start)
		defer s.recovered(out, r)
		next.ServeHTTP(out, r)
	})
}

// recovered turns a panic of a handler into a fault of that one request.
func (s *Server) recovered(w *recorder, r *http.Request) {
	p := recover()
	if p == nil {
		return
	}
	if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(p)
	}
	s.fail(w, r, fmt.Errorf("web: a handler panicked: %v\n%s", p, debug.Stack()))
}

func (s *Server) observed(w *recorder, r *http.Request, n *notes, start time.Time) {
	took := time.Since(start)
	status := w.status
	if status == 0 {
		status = http.StatusOK
	}
	method := r.Method
	if !slices.Contains(methods, method) {
		method = "OTHER" // anybody can invent methods, and each would be a series
	}
	s.metrics.GetOrCreateCounter(fmt.Sprintf(`lapak_http_requests_total{method=%q,route=%q,status="%d"}`, method, n.route, status)).Inc()
	if !w.hijacked {
		s.metrics.GetOrCreateHistogram(fmt.Sprintf(`lapak_http_request_seconds{route=%q}`, n.route)).Update(took.Seconds())
	}
	level := slog.LevelInfo
	if r.Method == http.MethodGet && status < http.StatusBadRequest {
		level = slog.LevelDebug // screens poll; what people do, and what was refused, is what the log is for
	}
	s.log.LogAttrs(context.Background(), level, "request", slog.String("method", method), slog.String("route", n.route),
		slog.Int("status", status), slog.Int64("bytes", w.bytes), slog.Int64("us", took.Microseconds()),
		slog.String("actor", n.actor), slog.String("request", n.id))
}

var methods = []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

// fail renders an error. A fault is logged under an id, with its cause; the
// caller sees the id only.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p, known := problemOf(err)
	if !known {
		p.ErrorID = newID()
		n := note(r)
		s.log.Error("fault", "error_id", p.ErrorID, "route", n.route, "actor", n.actor, "request", n.id, "cause", err.Error())
		s.metrics.GetOrCreateCounter("lapak_http_faults_total").Inc()
	}
	if out, ok := unwrapped(w); ok && (out.status != 0 || out.hijacked) {
		return // the answer is under way already; nothing can be added
	}
	for _, name := range []string{"ETag", "Content-Length", "Set-Cookie"} {
		w.Header().Del(name)
	}
	w.Header().Set("Cache-Control", noStore)
	writeProblem(w, p)
}

// unwrapped finds the recorder under echo's writer.
func unwrapped(w http.ResponseWriter) (*recorder, bool) {
	for {
		switch v := w.(type) {
		case *recorder:
			return v, true
		case interface{ Unwrap() http.ResponseWriter }:
			w = v.Unwrap()
		default:
			return nil, false
		}
	}
}

func newID() string {
	raw := make([]byte, 8)
	rand.Read(raw) // never fails: it ends the program instead
	return hex.EncodeToString(raw)
}

// recorder remembers the status and counts the bytes of an answer.
type recorder struct {
	http.ResponseWriter
	status   int
	bytes    int64
	hijacked bool
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Hijack hands the connection to a feed.
func (w *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffers, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err == nil {
		w.hijacked, w.status = true, http.StatusSwitchingProtocols
	}
	return conn, buffers, err
}

// Unwrap lets http.ResponseController reach the connection's deadlines.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// gauges are read when somebody asks for the metrics.
func (s *Server) gauges() {
	feed := s.o.Feed
	read := map[string]func() float64{
		"lapak_feed_screens":           func() float64 { return float64(feed.Stats().Screens) },
		"lapak_feed_subjects":          func() float64 { return float64(feed.Stats().Subjects) },
		"lapak_feed_renders_total":     func() float64 { return float64(feed.Stats().Renders) },
		"lapak_feed_frames_sent_total": func() float64 { return float64(feed.Stats().Sent) },
		"lapak_feed_cut_off_total":     func() float64 { return float64(feed.Stats().CutOff) },
		"lapak_feed_faults_total":      func() float64 { return float64(feed.Stats().Faults) },
		"lapak_journal_seq":            func() float64 { return float64(s.o.Branch.State().Seq) },
		"lapak_visits":                 func() float64 { return float64(len(s.o.Branch.State().Floor.Visits)) },
		"lapak_sessions":               func() float64 { return float64(len(s.o.Branch.State().Floor.Sessions)) },
		"lapak_ready": func() float64 {
			if s.o.Branch.Status().Ready {
				return 1
			}
			return 0
		},
	}
	for name, f := range read {
		s.metrics.NewGauge(name, f)
	}
}

// writeMetrics writes what is counted, in Prometheus' text form. No label holds
// an id or a name: routes are patterns and statuses are numbers.
func (s *Server) writeMetrics(w io.Writer) {
	s.metrics.WritePrometheus(w)
	if s.o.Metrics != nil {
		s.o.Metrics(w)
	}
	metrics.WriteProcessMetrics(w)
}

// MetricsHandler serves the metrics on an address of their own.
func (s *Server) MetricsHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", metricsType)
		s.writeMetrics(w)
	})
	return mux
}

const metricsType = "text/plain; version=0.0.4; charset=utf-8"
