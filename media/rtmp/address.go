package rtmp

import (
	"net"
	"net/url"
	"strings"

	"weir/media"
)

// address is what connect says about where the peer wants to go.
type address struct {
	app   string // without its query
	host  string // of tcUrl, without port
	query string // of the app, else of tcUrl
	root  string // tcUrl's scheme and host with port
}

// parseAddress reads app and tcUrl as SRS does: "app?k=v" (FMLE) and
// "app...vhost...name" have a query, "/_definst_" is nothing, slashes at the ends
// are nothing.
func parseAddress(app, tcURL string) address {
	root, path := splitURL(tcURL)
	if app == "" {
		app = path
	}
	app, query := splitQuery(app)
	if query == "" {
		_, query = splitQuery(path)
	}
	app = strings.ReplaceAll("/"+app, "/_definst_", "")
	_, authority, _ := strings.Cut(root, "://")
	return address{app: strings.Trim(app, "/"), host: hostname(authority), query: query, root: root}
}

// stream is what publish and play name: "name?query", where a name with slashes
// goes on the app's path.
func (a address) stream(name string) (asked media.Key, query, address string) {
	name, query = splitQuery(name)
	path := strings.TrimPrefix(a.app+"/"+strings.TrimPrefix(name, "/"), "/")
	asked.VHost = a.vhost(query)
	asked.App, asked.Stream = "", path
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		asked.App, asked.Stream = path[:i], path[i+1:]
	}
	address = a.root + "/" + path
	if q := query; q != "" {
		address += "?" + q
	} else if a.query != "" {
		address += "?" + a.query
	}
	return asked, query, address
}

// vhost is the argument vhost=, else domain=, of the stream or the app, else the host.
func (a address) vhost(query string) string {
	for _, name := range []string{"vhost", "domain"} {
		for _, q := range []string{query, a.query} {
			if v := argument(q, name); v != "" {
				return v
			}
		}
	}
	return a.host
}

// argument returns the first value of a name in a raw query, decoded if it decodes.
func argument(query, name string) string {
	for pair := range strings.SplitSeq(query, "&") {
		k, v, _ := strings.Cut(pair, "=")
		if k != name {
			continue
		}
		if decoded, err := url.QueryUnescape(v); err == nil {
			return decoded
		}
		return v
	}
	return ""
}

func splitQuery(s string) (path, query string) {
	s = strings.Replace(s, "...vhost...", "?vhost=", 1)
	path, query, _ = strings.Cut(s, "?")
	return path, query
}

// splitURL parts "rtmp://host:1935" from what follows.
func splitURL(s string) (root, path string) {
	_, rest, ok := strings.Cut(s, "://")
	if !ok {
		return "", ""
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[i:]
		return s[:len(s)-len(rest)], strings.TrimPrefix(rest, "/")
	}
	return s, ""
}

// hostname is the host of "user@host:port", without the brackets of IPv6.
func hostname(s string) string {
	s = s[strings.LastIndexByte(s, '@')+1:]
	if host, _, err := net.SplitHostPort(s); err == nil {
		return host
	}
	return strings.Trim(s, "[]")
}
