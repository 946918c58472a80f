package web

import (
	"bytes"
	_ "embed"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"lapak/ui"
)

// openAPI describes every operation. It is kept by hand; the tests hold it
// against the table of routes and against every request and answer of theirs.
//
//go:embed openapi.json
var openAPI []byte

func getOpenAPI(c *call) (reply, error) {
	c.w.Header().Set("Content-Type", "application/json")
	c.w.WriteHeader(http.StatusOK)
	_, _ = c.w.Write(openAPI) // whoever does not read the answer has left
	return reply{written: true}, nil
}

type health struct {
	OK bool `json:"ok"`
}

// healthz answers while the process lives.
func healthz(*call) (reply, error) { return ok(health{OK: true}) }

type readiness struct {
	Ready   bool     `json:"ready"`
	Reasons []string `json:"reasons"`
}

// readyz answers 200 while commands are taken, else 503 with the reasons.
func readyz(c *call) (reply, error) {
	st := c.s.o.Branch.Status()
	out := readiness{Ready: st.Ready, Reasons: append([]string{}, st.Reasons...)}
	if !st.Ready {
		return reply{status: http.StatusServiceUnavailable, body: out}, nil
	}
	return ok(out)
}

func getMetrics(c *call) (reply, error) {
	c.w.Header().Set("Content-Type", metricsType)
	c.w.WriteHeader(http.StatusOK)
	c.s.writeMetrics(c.w)
	return reply{written: true}, nil
}

// trainingMark marks a page so that tokens.css frames it: nobody may take a
// training branch's lobby, kiosk or console for the real one.
const trainingMark = `<html data-training="yes" `

// marked is a page as it is sent: in a training branch it says so.
func (s *Server) marked(page []byte) []byte {
	if s.o.Demo == nil || !s.o.Demo.Look().Training {
		return page
	}
	return bytes.Replace(page, []byte("<html "), []byte(trainingMark), 1)
}

// showScreen sends a screen's page, or the first page where the screen is not
// there. Pages hold no data and are never kept.
func showScreen(name string) func(*call) (reply, error) {
	return func(c *call) (reply, error) {
		body, found := c.s.o.UI.Page(name)
		if !found {
			if body, found = c.s.o.UI.Page("index"); !found {
				return reply{}, errNotFound
			}
		}
		body = c.s.marked(body)
		h := c.w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Length", strconv.Itoa(len(body)))
		c.w.WriteHeader(http.StatusOK)
		_, _ = c.w.Write(body) // whoever does not read the answer has left
		return reply{written: true}, nil
	}
}

// framed lets the gallery show its own pictures in frames. It exists in demos only,
// where there is nobody to be tricked into a click.
var framed = strings.NewReplacer("frame-ancestors 'none'", "frame-ancestors 'self'; frame-src 'self'")

// showGallery sends the page of made-up pictures.
func showGallery(c *call) (reply, error) {
	h := c.w.Header()
	h.Set("Content-Security-Policy", framed.Replace(ui.ContentSecurityPolicy))
	h.Set("X-Frame-Options", "SAMEORIGIN")
	return showScreen("gallery")(c)
}

// publicFolders hold what a visitor's page loads.
var publicFolders = []string{"visitor/", "lib/", "vendor/"}

// getAsset sends one file of this build. Its address changes with any change, so
// browsers keep it for ever; files of another build are not here.
func getAsset(c *call) (reply, error) {
	name := c.param("*")
	kind, known := ui.ContentType(name)
	if c.public && !slices.ContainsFunc(publicFolders, func(folder string) bool { return strings.HasPrefix(name, folder) }) {
		return reply{}, errNotFound
	}
	if c.param("build") != c.s.o.UI.Build() || !known || kind == "text/html; charset=utf-8" || !fs.ValidPath(name) {
		return reply{}, errNotFound
	}
	body, err := fs.ReadFile(c.s.o.UI.FS(), name)
	if err != nil {
		return reply{}, errNotFound
	}
	h := c.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", immutable)
	h.Set("Vary", "Accept-Encoding")
	if packed, ok := c.s.o.UI.Packed(name); ok && c.r.Header.Get("Range") == "" && takesGzip(c.r.Header.Get("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", strconv.Itoa(len(packed)))
		c.w.WriteHeader(http.StatusOK)
		_, _ = c.w.Write(packed) // whoever does not read the answer has left
		return reply{written: true}, nil
	}
	http.ServeContent(c.w, c.r, name, time.Time{}, bytes.NewReader(body))
	return reply{written: true}, nil
}

// takesGzip reads Accept-Encoding (RFC 9110, 12.5.3): gzip or *, and not with weight 0.
func takesGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		coding, weight, _ := strings.Cut(part, ";")
		if coding = strings.ToLower(strings.TrimSpace(coding)); coding != "gzip" && coding != "*" {
			continue
		}
		q, found := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(weight), " ", ""), "q=")
		if !found {
			return true
		}
		n, err := strconv.ParseFloat(q, 64)
		return err == nil && n > 0
	}
	return false
}
