package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// With this file every request and answer of every test is held against
// openapi.json: answers always, requests when they succeeded, and requests that
// the document itself would refuse must have been refused.
func init() {
	for _, file := range []string{"text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"} {
		openapi3filter.RegisterBodyDecoder(file, openapi3filter.FileBodyDecoder) // files are files, whatever separates their values
	}
	doc, err := openapi3.NewLoader().LoadFromData(openAPI)
	if err != nil {
		panic(err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		panic(err)
	}
	router, err := legacy.NewRouter(doc)
	if err != nil {
		panic(err)
	}
	// Files are bytes to the document; what is in them, or in lines of JSON, is tested elsewhere.
	for _, kind := range []string{"image/jpeg", "image/png", "audio/mpeg", "audio/wav", "application/x-ndjson", "image/svg+xml"} {
		openapi3filter.RegisterBodyDecoder(kind, openapi3filter.FileBodyDecoder)
	}
	checkSpec = func(t *testing.T, r *http.Request, body []byte, w *httptest.ResponseRecorder) {
		t.Helper()
		holdToSpec(t, router, r, body, w)
	}
}

func holdToSpec(t *testing.T, router routers.Router, r *http.Request, body []byte, w *httptest.ResponseRecorder) {
	t.Helper()
	described := strings.HasPrefix(r.URL.Path, api) || r.URL.Path == "/healthz" || r.URL.Path == "/readyz"
	if r.Method == http.MethodHead || !described || w.Code == http.StatusNotFound || w.Code == http.StatusMethodNotAllowed || w.Code == http.StatusMisdirectedRequest ||
		r.Method == http.MethodOptions {
		return // the document describes what is there
	}
	r = r.Clone(context.Background())
	r.Host, r.URL.Host, r.URL.Scheme = "", "", ""
	route, params, err := router.FindRoute(r)
	if err != nil {
		t.Errorf("%s %s is not described: %v", r.Method, r.URL.Path, err)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, MultiError: true}}
	if err := openapi3filter.ValidateRequest(context.Background(), in); err != nil && w.Code < 400 {
		t.Errorf("%s %s was taken although the document refuses it: %v", r.Method, r.URL.Path, err)
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: w.Code, Header: w.Header(),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true}}
	out.SetBodyBytes(w.Body.Bytes())
	if err := openapi3filter.ValidateResponse(context.Background(), out); err != nil {
		t.Errorf("%s %s: the answer is not as described: %v\n%s", r.Method, r.URL.Path, err, w.Body)
	}
}
