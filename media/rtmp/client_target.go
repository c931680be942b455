package rtmp

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

// target is where a client goes.
type target struct {
	scheme string // "rtmp" or "rtmps"
	host   string // with its port, if one was named
	app    string // with its query, if the stream's stands elsewhere
	name   string // of the stream, with its query
}

// parseTarget parts a URL as SRS does: the stream is what follows the last slash,
// its query included. A query that stands ahead of the stream,
// "/app?vhost=name/stream", is the app's.
func parseTarget(address string) (target, error) {
	u, err := url.Parse(address)
	if err != nil {
		return target{}, err //nolint:wrapcheck // says it is parsing a URL
	}
	if u.Scheme != "rtmp" && u.Scheme != "rtmps" {
		return target{}, fmt.Errorf("scheme %q is not rtmp or rtmps", u.Scheme)
	}
	if u.Hostname() == "" {
		return target{}, fmt.Errorf("%s names no host", u.Redacted())
	}
	t := target{scheme: u.Scheme, host: strings.ToLower(u.Host), app: strings.Trim(u.Path, "/")}
	query := u.RawQuery
	var ok bool
	if t.app, t.name, ok = cutLast(t.app); !ok {
		own, rest, more := strings.Cut(query, "?")
		var appQuery string
		if appQuery, t.name, ok = cutLast(own); !ok || t.name == "" || t.app == "" {
			return target{}, fmt.Errorf("%s names no app and stream", u.Redacted())
		}
		t.app += "?" + appQuery
		query = ""
		if more {
			query = rest
		}
	}
	if query != "" {
		t.name += "?" + query
	}
	return t, nil
}

// cutLast cuts around the last slash; without one all is before.
func cutLast(s string) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

func (t target) tcURL() string { return t.scheme + "://" + t.host + "/" + t.app }

func (t target) String() string { return t.tcURL() + "/" + t.name }

// dialed is host and port, which is 1935, or 443 for rtmps, if none is named.
func (t target) dialed() string {
	if _, _, err := net.SplitHostPort(t.host); err == nil {
		return t.host
	}
	port := "1935"
	if t.scheme == "rtmps" {
		port = "443"
	}
	return net.JoinHostPort(strings.Trim(t.host, "[]"), port)
}

// to is where a redirect leads. It names a stream, or an app alone, as a tcUrl
// does, and then the stream remains; its query, which may hold a token, remains
// at the same host only.
func (t target) to(redirect string) (target, error) {
	u, err := url.Parse(redirect)
	if err != nil {
		return target{}, err //nolint:wrapcheck // says it is parsing a URL
	}
	app, _, _ := strings.Cut(t.app, "?")
	if path := strings.Trim(u.Path, "/"); path != "" && (path == app || !strings.Contains(path, "/")) && !strings.Contains(u.RawQuery, "/") {
		name, query, has := strings.Cut(t.name, "?")
		if has && strings.EqualFold(u.Host, t.host) {
			name += "?" + query
		}
		next, err := parseTarget(u.Scheme + "://" + u.Host + "/app/stream")
		if next.app, next.name = path, name; u.RawQuery != "" {
			next.app += "?" + u.RawQuery
		}
		return next, err
	}
	return parseTarget(redirect)
}
