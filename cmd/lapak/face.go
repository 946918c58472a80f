package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"sync/atomic"
	"time"

	"lapak/cmd/lapak/certificate"
	"lapak/hall"
	"lapak/hall/audit"
	"lapak/hall/board"
	"lapak/hall/journal"
	kept "lapak/hall/ledger"
	"lapak/hall/outlook"
	"lapak/hall/study"
	"lapak/hall/web"
	"lapak/scheduler"
	"lapak/ui"
)

// shutdownTime is how long requests under way may take when the server ends:
// the last answers of a batch take milliseconds.
const shutdownTime = 10 * time.Second

// face is the branch's HTTP face with its feed.
type face struct {
	feed    *board.Feed
	web     *web.Server
	studies *study.Queue
	reports *kept.Ledger
	audit   *audit.Reader
	outlook *outlook.Outlook
}

// faceOf is the face that the writer tells about changes, once there is one.
type faceOf struct{ at atomic.Pointer[face] }

// changed tells the screens' feed that there is something new to show. The
// writer calls it; it never waits.
func (f *faceOf) changed() {
	if now := f.at.Load(); now != nil {
		now.feed.Changed()
	}
}

type faceConfig struct {
	publicURL    string
	proxies      []netip.Prefix
	insecure     bool
	cert         *certificate.Certificate // nil: plain HTTP
	metricsApart bool
	silent       bool // no forecast is told
	demo         web.DemoControl
	training     web.Training
}

func newFace(b *branch, log *slog.Logger, c faceConfig) (*face, error) {
	key, err := web.LoadKey(filepath.Join(b.dir, "web.key"))
	if err != nil {
		return nil, err
	}
	source, err := web.NewSource(b.hall, b.journal, c.insecure)
	if err != nil {
		return nil, err
	}
	source.WithMedia(b.media.Rev)
	var speed func() int
	if c.demo != nil {
		speed = b.time.Speed
	}
	feed := board.NewFeed(board.Options{Source: source, Speed: speed, Epoch: b.hall.Epoch(), Build: ui.Build(), Clock: b.hall.Now,
		Fault: func(subject string, err error) {
			log.Error("a view cannot be rendered", "subject", subject, "error", err)
		}})
	screens, err := ui.Load(ui.FS())
	if err != nil {
		return nil, err
	}
	studies := study.New(study.Options{Branch: b.hall, Records: journal.Plain{Store: b.journal}, Logger: log, Roster: b.roster})
	ahead := outlook.New(outlook.Options{Branch: b.hall, Records: journal.Plain{Store: b.journal}, Logger: log, Silent: c.silent,
		Give: func(ctx context.Context, c scheduler.Command) error {
			_, err := b.hall.Do(ctx, hall.Request{Actor: scheduler.System, Command: c})
			return err
		}})
	reports := kept.New(kept.Options{Branch: b.hall, Records: journal.Plain{Store: b.journal}, Logger: log})
	acts := audit.New(b.hall, journal.Plain{Store: b.journal})
	o := web.Options{Branch: b.hall, Feed: feed, Source: source, People: b.people, Access: b.access,
		UI: screens, Key: key, PublicURL: c.publicURL, TrustedProxy: c.proxies, InsecureLAN: c.insecure, Demo: c.demo, Training: c.training,
		Logger: log, MetricsApart: c.metricsApart, Studies: studies, Outlook: ahead, Media: b.media, Reports: reports, Audit: acts}
	if c.cert != nil { // a nil pointer is no nil interface
		o.Certificate = c.cert
	}
	server, err := web.New(o)
	if err != nil {
		ahead.Close()
		studies.Close()
		reports.Close()
		acts.Close()
		return nil, err
	}
	return &face{feed: feed, web: server, studies: studies, outlook: ahead, reports: reports, audit: acts}, nil
}

// rest ends what works beside the branch, before the branch itself is closed. It
// may be called again.
func (f *face) rest() {
	f.studies.Close()
	f.outlook.Close()
	f.reports.Close()
	f.audit.Close()
}

// listener is one address and what is served there.
type listener struct {
	net.Listener
	handler http.Handler             // nil: everything
	cert    *certificate.Certificate // nil: plain HTTP
}

// base is the address as a browser writes it.
func (l listener) base() string {
	if l.cert != nil {
		return "https://" + l.Addr().String()
	}
	return "http://" + l.Addr().String()
}

// answer serves until the server is shut down. Over TLS it speaks HTTP/1.1 only:
// the limits of a connection are set for it, websockets need it, and on a branch's
// network HTTP/2 gains nothing.
func (l listener) answer(s *http.Server) error {
	if l.cert == nil {
		return s.Serve(l.Listener)
	}
	s.TLSConfig = l.cert.Config()
	s.Protocols = new(http.Protocols)
	s.Protocols.SetHTTP1(true)
	return s.ServeTLS(l.Listener, "", "")
}

// serve answers on the listeners until ctx ends or the writer stops, and then
// ends in order: screens are told, requests finish, the address is given back.
func (f *face) serve(ctx context.Context, b *branch, listeners ...listener) error {
	var servers []*http.Server
	failed := make(chan error, len(listeners))
	for _, l := range listeners {
		s := f.web.HTTPServer(l.Addr().String())
		if l.handler != nil {
			s.Handler = l.handler
		}
		servers = append(servers, s)
		go func() { failed <- l.answer(s) }()
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-b.fatal:
		err = &failure{exitCommit, err}
	case err = <-failed:
		err = unavailable("%v", err)
	}
	end, cancel := context.WithTimeout(context.Background(), shutdownTime)
	defer cancel()
	f.rest()
	if stop := f.web.Shutdown(end, servers...); stop != nil && err == nil && !errors.Is(stop, context.DeadlineExceeded) {
		err = stop
	}
	return err
}
