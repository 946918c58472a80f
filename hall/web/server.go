package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"
	"github.com/labstack/echo/v4"

	"lapak/hall/access"
	"lapak/hall/board"
	"lapak/ui"
)

// Times and sizes of a connection. All of them are unlimited by default.
const (
	// ReadHeaderTimeout ends who opens a connection and says nothing.
	ReadHeaderTimeout = 5 * time.Second
	// ReadTimeout covers the whole request: 256 KiB over the worst office network.
	ReadTimeout = 15 * time.Second
	// WriteTimeout covers the answer, sign-ins that queue for the hash included.
	// Feeds lift it for themselves and keep their own deadlines.
	WriteTimeout = 30 * time.Second
	// IdleTimeout keeps a connection for a screen that polls every minute.
	IdleTimeout = 120 * time.Second
	// MaxHeaderBytes is several times what a browser with our cookies sends.
	MaxHeaderBytes = 16 << 10
)

// Options of a server. Branch, Feed, Source, People, Access, UI, Studies,
// Outlook, Media, Reports, Audit and Key are required.
type Options struct {
	Branch Branch
	Feed   *board.Feed
	Source *Source // of that feed; it holds the notice
	People Vault
	Access *access.Store
	UI     *ui.Screens
	// Key is the server's secret, see LoadKey.
	Key []byte
	// PublicURL is the address that browsers use, such as https://antrean.example;
	// empty when they use this machine's own.
	PublicURL string
	// TrustedProxy lists the networks whose X-Forwarded-For and -Proto are believed.
	TrustedProxy []netip.Prefix
	// InsecureLAN says that plain HTTP is served beyond loopback on purpose.
	InsecureLAN bool
	// Certificate is that of the listeners which speak HTTPS themselves; nil when
	// none does.
	Certificate Certificate
	// Demo is nil in a real branch. With it, nobody needs to sign in.
	Demo DemoControl
	// Training starts and ends a practice branch; may be nil.
	Training Training
	// Studies works on the what-if questions.
	Studies Studies
	// Outlook tells what the branch has learned.
	Outlook Outlook
	// Media keeps the branch's own pictures and sounds.
	Media Media
	// Reports keeps what the branch's days were.
	Reports Reports
	// Audit reads who did what.
	Audit Audit
	// Logger is slog.Default() when nil.
	Logger *slog.Logger
	// Metrics writes further metrics in Prometheus' text form; may be nil.
	Metrics func(w io.Writer)
	// MetricsApart says that the metrics have an address of their own and are not
	// served among the rest.
	MetricsApart bool
}

// Server answers the branch's requests. Make one with New.
type Server struct {
	o       Options
	log     *slog.Logger
	public  *url.URL // nil without a PublicURL
	echo    *echo.Echo
	handler http.Handler
	ip      echo.IPExtractor
	metrics *metrics.Set
	replays *replays
	kiosks  *paces
	reads   *limits // of visitors' networks
	acts    *limits
	crowd   *crowd
	drafts  sync.Mutex                         // of the document of unfinished rooms
	arrange chan struct{}                      // holds one while seats are arranged
	said    func() (map[string]ui.Word, error) // every word of the screens, read once

	muted sync.Map // the displays, by id, that wait for a tap before they can speak; of paired ones only

	printing *printing
	drawing  sync.Mutex // one draw is prepared at a time
	listing  sync.Mutex // of the document of the companies' lists
	pages    *visitorPages
	visitors http.Handler // what is served to the public

	fallback *fallbacks
}

// New makes a server. An error names the option that cannot be used.
func New(o Options) (*Server, error) {
	switch {
	case o.Branch == nil, o.Feed == nil, o.Source == nil, o.People == nil, o.Access == nil, o.UI == nil,
		o.Studies == nil, o.Outlook == nil, o.Media == nil, o.Reports == nil, o.Audit == nil:
		return nil, errors.New("web: Branch, Feed, Source, People, Access, UI, Studies, Outlook, Media, Reports and Audit are required")
	case len(o.Key) < keyBytes:
		return nil, fmt.Errorf("web: Key needs %d random bytes, see LoadKey", keyBytes)
	}
	s := &Server{o: o, log: o.Logger, metrics: metrics.NewSet(), replays: newReplays(), kiosks: newPaces(), said: sync.OnceValues(o.UI.Words),
		reads: newLimits(visitorReads, visitorReadBurst), acts: newLimits(visitorActs, visitorActBurst), crowd: newCrowd(), arrange: make(chan struct{}, 1)}
	if s.log == nil {
		s.log = slog.Default()
	}
	if o.PublicURL != "" {
		u, err := url.Parse(o.PublicURL)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || (u.Path != "" && u.Path != "/") || u.RawQuery != "" {
			return nil, fmt.Errorf("web: the public URL %q must be http or https, a host, and nothing behind it", o.PublicURL)
		}
		s.public = u
	}
	s.printing = newPrinting(o.Source.docs)
	var err error
	if s.fallback, err = newFallbacks(o.UI); err != nil {
		return nil, err
	}
	if s.pages, err = newVisitorPages(o.UI); err != nil {
		return nil, err
	}
	s.ip = ipExtractor(o.TrustedProxy)
	s.gauges()
	s.echo = s.router(false)
	s.handler = s.observe(s.guard(s.echo))
	s.visitors = s.observe(s.guard(s.router(true)))
	return s, nil
}

// router registers the table, or of it what visitors may ask for.
func (s *Server) router(public bool) *echo.Echo {
	e := echo.New()
	e.IPExtractor = s.ip
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		if !s.lost(c.Response(), c.Request(), err, public) {
			s.fail(c.Response(), c.Request(), err)
		}
	}
	for _, rt := range s.routes() {
		if rt.demoOnly && s.o.Demo == nil {
			continue
		}
		if public && !rt.public() {
			continue
		}
		e.Add(rt.method, rt.path, s.entry(&rt, public))
	}
	return e
}

// ipExtractor finds the client's address: the connection's own, or what a trusted
// proxy says it was. echo's default believes anybody.
func ipExtractor(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, prefix := range trusted {
		bits := 32
		if prefix.Addr().Is6() {
			bits = 128
		}
		options = append(options, echo.TrustIPRange(&net.IPNet{IP: prefix.Addr().AsSlice(), Mask: net.CIDRMask(prefix.Bits(), bits)}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// clientIP is the address of who asks, for limits; it is never logged.
func (s *Server) clientIP(r *http.Request) string { return s.ip(r) }

func (s *Server) clientPrefix(r *http.Request) string { return access.Prefix(s.clientIP(r)) }

// PublicHandler serves visitors' pages and nothing of the staff's: whoever comes in
// there is nobody, also with a signed-in browser.
func (s *Server) PublicHandler() http.Handler { return s.visitors }

// Handler is the whole server as one handler.
func (s *Server) Handler() http.Handler { return s.handler }

// HTTPServer is an http.Server for an address, with every limit set.
func (s *Server) HTTPServer(addr string) *http.Server {
	return &http.Server{
		Addr: addr, Handler: s.handler,
		ReadHeaderTimeout: ReadHeaderTimeout, ReadTimeout: ReadTimeout, WriteTimeout: WriteTimeout, IdleTimeout: IdleTimeout,
		MaxHeaderBytes: MaxHeaderBytes,
		ErrorLog:       slog.NewLogLogger(quiet{s.log.Handler()}, slog.LevelDebug),
	}
}

// quiet drops the text of net/http's own complaints, because some of them quote
// what a client sent; that there was one is kept.
type quiet struct{ slog.Handler }

func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	return q.Handler.Handle(ctx, slog.NewRecord(r.Time, r.Level, "a connection failed", 0))
}

// Shutdown tells every screen that the branch restarts (close code 1012), lets the
// requests under way finish, and returns when all have or ctx ends.
func (s *Server) Shutdown(ctx context.Context, servers ...*http.Server) error {
	errs := []error{s.o.Feed.Shutdown(ctx)}
	for _, one := range servers {
		errs = append(errs, one.Shutdown(ctx))
	}
	return errors.Join(errs...)
}
