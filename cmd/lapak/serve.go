package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/spf13/cobra"

	"lapak/cmd/lapak/backup"
	"lapak/cmd/lapak/certificate"
	"lapak/hall"
	"lapak/hall/access"
	"lapak/hall/journal"
	"lapak/hall/study"
	"lapak/scheduler/whatif"
)

func serveCommand(s streams) *cobra.Command {
	var cfg serveConfig
	c := &cobra.Command{
		Use:   "serve",
		Short: "Run the branch",
		Args:  cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := cfg.settle(c); err != nil {
				return err
			}
			return serve(c.Context(), s, cfg)
		},
	}
	cfg.flags(c)
	return c
}

// newLog writes text to a terminal and JSON elsewhere.
func newLog(w io.Writer) *slog.Logger {
	if f, ok := w.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return slog.New(slog.NewTextHandler(w, nil))
		}
	}
	return slog.New(slog.NewJSONHandler(w, nil))
}

func serve(ctx context.Context, s streams, cfg serveConfig) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	log := newLog(s.err)
	proxies, err := cfg.proxies()
	if err != nil {
		return err
	}
	cert, err := cfg.certificate(log)
	if err != nil {
		return err
	}
	var screens faceOf
	b, err := openBranch(cfg.Data, hall.NewTime(), log, accessOptions(log), screens.changed)
	if err != nil {
		return err
	}
	defer b.close()
	if err := b.enterOfficers(ctx); err != nil {
		return err
	}
	host, _, err := splitAddress(cfg.Listen)
	if err != nil {
		return err
	}
	practice := &training{host: host, insecure: cfg.plainLAN(), cert: cert, log: log}
	defer practice.End()
	f, err := newFace(b, log, faceConfig{training: practice, publicURL: cfg.PublicURL, proxies: proxies, insecure: cfg.plainLAN(), cert: cert, silent: cfg.NoPromises,
		metricsApart: cfg.MetricsListen != ""})
	if err != nil {
		return err
	}
	defer f.rest() // also when nothing is ever served
	screens.at.Store(f)
	listeners, err := cfg.open(f, cert)
	if err != nil {
		return err
	}
	ctl, err := startControl(cfg.Data, b.control(f.studies))
	if err != nil {
		return err
	}
	defer ctl.close()
	base := listeners[0].base()
	if err := offerSetup(b.access, base, cfg.PublicURL, s.err); err != nil {
		return err
	}
	go b.expire(ctx, log)
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	go announce(ctx, look.C, b.hall.Status, screens.changed)
	renew := time.NewTicker(sheetEvery)
	defer renew.Stop()
	if cert != nil {
		again := time.NewTicker(certificate.Every)
		defer again.Stop()
		go cert.Watch(ctx, again.C)
	}
	go keepSheet(ctx, renew.C, cfg.Data, f.web.Sheet, log)
	daily := make(chan error, 1)
	go func() { daily <- b.hall.Daily(ctx, b.jobs(log)) }()
	fmt.Fprintf(s.out, "listening on %s\n", base)
	err = f.serve(ctx, b, listeners...)
	cancel()
	return errors.Join(err, <-daily)
}

func accessOptions(log *slog.Logger) access.Options {
	return access.Options{Now: func() int64 { return time.Now().Unix() }, OnEvent: func(e access.Event) {
		log.Info("access", "event", e.Kind, "account", e.Account, "device", e.Device, "reason", e.Reason)
	}}
}

// certificate reads what the flags name, and warns of what browsers will not like;
// nil when none is named.
func (c *serveConfig) certificate(log *slog.Logger) (*certificate.Certificate, error) {
	if !c.encrypted() {
		return nil, nil
	}
	cert, err := certificate.Load(c.TLSCert, c.TLSKey, log)
	if err != nil {
		return nil, &failure{exitBadInput, err}
	}
	if u, err := url.Parse(c.PublicURL); err == nil && u.Scheme == "https" && !cert.Covers(u.Hostname()) {
		log.Warn("the certificate is not for the host of --public-url: browsers will warn", "host", u.Hostname(), "file", c.TLSCert)
	}
	return cert, nil
}

// open listens on the configured addresses, the staff's first.
func (c *serveConfig) open(f *face, cert *certificate.Certificate) ([]listener, error) {
	var list []listener
	add := func(addr string, h http.Handler, cert *certificate.Certificate) error {
		l, err := net.Listen("tcp", addr)
		if err != nil {
			for _, open := range list {
				open.Close()
			}
			return unavailable("%v", err)
		}
		list = append(list, listener{Listener: l, handler: h, cert: cert})
		return nil
	}
	if err := add(c.Listen, nil, cert); err != nil {
		return nil, err
	}
	if c.PublicListen != "" {
		own := cert
		if c.PublicPlain {
			own = nil
		}
		if err := add(c.PublicListen, f.web.PublicHandler(), own); err != nil {
			return nil, err
		}
	}
	if c.MetricsListen != "" {
		if err := add(c.MetricsListen, f.web.MetricsHandler(), nil); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// offerSetup prints the one-time link while the branch has no manager.
func offerSetup(a *access.Store, base, public string, w io.Writer) error {
	if a.HaveManager() {
		return nil
	}
	secret, _, err := a.NewSetup()
	if err != nil {
		return err
	}
	if public != "" {
		base = public
	}
	fmt.Fprintf(w, "This branch has no manager yet. Open this link once, within %d minutes:\n  %s/setup#%s\n",
		access.SetupLife/60, base, secret)
	return nil
}

// control is what this program's other commands may ask of the running server.
func (b *branch) control(studies *study.Queue) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /verify", answerJSON(func(context.Context, struct{}) (any, error) {
		return backup.Verify(b.journal), nil
	}))
	mux.Handle("POST /replay", answerJSON(func(ctx context.Context, in replayOrder) (any, error) {
		return replayFrom(journal.Plain{Store: b.journal}, in, paced(ctx))
	}))
	mux.Handle("POST /what-if", answerJSON(func(ctx context.Context, in whatif.Question) (any, error) {
		return askQueue(ctx, studies, in)
	}))
	mux.Handle("POST /backup", answerJSON(func(_ context.Context, in backupOrder) (any, error) {
		return backup.Write(b.journal, b.people, b.media, in.To, version)
	}))
	mux.Handle("POST /user/add", answerJSON(func(ctx context.Context, in userAdd) (any, error) {
		made, err := addUser(ctx, b.access, in)
		if err != nil {
			return nil, err
		}
		return made, b.enterOfficers(ctx)
	}))
	mux.Handle("POST /user/password", answerJSON(func(ctx context.Context, in userPassword) (any, error) {
		return setUserPassword(ctx, b.access, in)
	}))
	mux.Handle("POST /user/token", answerJSON(func(_ context.Context, in userToken) (any, error) {
		return issueToken(b.access, in)
	}))
	return mux
}
