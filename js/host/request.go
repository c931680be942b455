package host

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"weir/js"
)

// Bounds of a request.
const (
	maxURL     = 16 << 10 // bytes
	maxHeaders = 64 << 10 // bytes of names and values; also of a response's
)

// request is a fetch as it stands between two redirects.
type request struct {
	method   string
	url      *url.URL
	host     string // of the Host header, if that is not the URL's
	headers  http.Header
	body     []byte
	redirect string
	most     int64 // bytes of the response's body
	insecure bool
}

// newRequest reads the argument of "fetch": an object with
//
//	url       string: http or https, without a fragment's influence
//	method    string
//	headers   array of [name, value], where each character of a value is a byte
//	body      bytes, or null
//	redirect  "follow", "error" or "manual"
//	maxBody   number of bytes of the response's body; absent: what the settings say
//	verify    false: any certificate will do
//
// It trusts none of it.
func newRequest(args []js.Value, settings *FetchSettings) (*request, error) {
	if len(args) != 1 {
		return nil, invalid("arguments")
	}
	o, ok := args[0].(map[string]any)
	if !ok {
		return nil, invalid("arguments")
	}
	r := &request{most: settings.maxResponse(), insecure: settings.SkipVerify || o["verify"] == false}
	r.method, _ = o["method"].(string)
	if !isToken(r.method) || slices.Contains(forbiddenMethods, strings.ToUpper(r.method)) {
		return nil, invalid("method")
	}
	text, _ := o["url"].(string)
	if err := r.setURL(text); err != nil {
		return nil, err
	}
	if r.redirect, _ = o["redirect"].(string); r.redirect == "" {
		r.redirect = "follow"
	}
	if n, ok := integer(o["maxBody"]); ok {
		r.most = min(max(n, 0), MaxBody)
	}
	if r.body, _ = o["body"].([]byte); len(r.body) > MaxBody {
		return nil, invalid("body")
	}
	return r, r.setHeaders(o["headers"])
}

func integer(v js.Value) (int64, bool) {
	switch n := v.(type) {
	case int64:
		return n, true
	case float64:
		return int64(min(max(n, 0), MaxBody)), true
	}
	return 0, false
}

// forbiddenMethods turn a connection into something else (Fetch, 2.2.1).
var forbiddenMethods = []string{"CONNECT", "TRACE", "TRACK"}

// invalid says which part of a request nobody can send.
func invalid(part string) error {
	return &js.Throw{Class: "TypeError", Message: "invalid " + part}
}

// setURL takes a URL that a connection can be made for, by what it says alone.
func (r *request) setURL(text string) error {
	u, err := url.Parse(sendable(text))
	if err != nil || len(text) > maxURL || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.Opaque != "" {
		return invalid("url")
	}
	host := u.Hostname()
	a, err := netip.ParseAddr(host)
	isAddress := err == nil && a.Zone() == ""
	if !isAddress && (!isHostPattern(canonical(host)) || strings.Contains(host, "*")) {
		return invalid("url")
	}
	if _, err := portOf(u.Scheme, u.Port()); err != nil {
		return invalid("url")
	}
	r.url = u
	return nil
}

// hopHeaders are between us and the next server (RFC 9110, 7.6.1), or follow
// from what is sent.
var hopHeaders = []string{
	"Connection", "Content-Length", "Http2-Settings", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "Te",
	"Trailer", "Transfer-Encoding", "Upgrade",
}

func (r *request) setHeaders(v js.Value) error {
	r.headers = http.Header{"User-Agent": {"weir"}}
	list, _ := v.([]any)
	size := 0
	agent := false
	for _, e := range list {
		pair, _ := e.([]any)
		if len(pair) != 2 {
			return invalid("header")
		}
		name, _ := pair[0].(string)
		text, _ := pair[1].(string)
		value, ok := latin1(text)
		if !isToken(name) || !ok || strings.ContainsAny(value, "\x00\r\n") {
			return invalid("header")
		}
		if size += len(name) + len(value); size > maxHeaders {
			return invalid("headers: too many")
		}
		name = http.CanonicalHeaderKey(name)
		switch {
		case slices.Contains(hopHeaders, name):
		case name == "Host":
			r.host = value
		case name == "User-Agent" && !agent:
			agent = true
			r.headers.Set(name, value)
		default:
			r.headers.Add(name, value)
		}
	}
	return nil
}

// isToken reports whether s is a token of HTTP (RFC 9110, 5.6.2).
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0) {
			return false
		}
	}
	return s != ""
}

// latin1 makes each character a byte; false if one is none.
func latin1(s string) (string, bool) {
	b := make([]byte, 0, len(s))
	for _, c := range s {
		if c > 0xff {
			return "", false
		}
		b = append(b, byte(c))
	}
	return string(b), true
}

// build makes the request that is sent.
func (r *request) build(ctx context.Context) (*http.Request, error) {
	q, err := http.NewRequestWithContext(ctx, r.method, r.url.String(), bytes.NewReader(r.body))
	if err != nil {
		return nil, fmt.Errorf("invalid request: %w", err)
	}
	if len(r.body) == 0 {
		q.Body, q.GetBody = http.NoBody, nil
	}
	q.Header = r.headers.Clone()
	if r.host != "" {
		q.Host = r.host
	}
	return q, nil
}
