package hook

import (
	"encoding/base64"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"weir/js"
)

func present(v string) (string, bool) { return v, v != "" }

func dashed(name string) string { return strings.ReplaceAll(name, "_", "-") }

// str is a field as text, "" for none.
func str(get field, name string) string {
	switch v := get(name).(type) {
	case string:
		return v
	case int64:
		return strconv.FormatInt(v, 10)
	case []byte:
		return string(v)
	}
	return ""
}

func of(name string) func(field) string { return func(get field) string { return str(get, name) } }

// either is a field of a request, or else of a session.
func either(request, session string) func(field) string {
	return func(get field) string {
		if get(request) != nil {
			return str(get, request)
		}
		return str(get, session)
	}
}

func first(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

func header(name string) func(field) string {
	return func(get field) string { return headerOf(get, name) }
}

// headerIn is a header of a request, or what a session has in its place.
func headerIn(get field, name string) string {
	v := headerOf(get, name)
	switch name {
	case "user-agent":
		return first(v, str(get, "userAgent"))
	case "referer":
		return first(v, str(get, "pageUrl"))
	case "host":
		return first(v, str(get, "host"))
	}
	return v
}

// headerOf is a header by its name in lower case.
func headerOf(get field, name string) string {
	if m, ok := get("headersIn").(map[string]any); ok {
		v, _ := m[name].(string)
		return v
	}
	return inPairs(get("headers"), name)
}

// inPairs joins the values of a name.
func inPairs(list js.Value, name string) string {
	l, _ := list.([]any)
	var values []string
	for i := 0; i+1 < len(l); i += 2 {
		if n, _ := l[i].(string); strings.EqualFold(n, name) {
			v, _ := l[i+1].(string)
			values = append(values, v)
		}
	}
	if name == "cookie" {
		return strings.Join(values, "; ")
	}
	return strings.Join(values, ", ")
}

// argument is the first of a name in a query, as it is written there.
func argument(query, name string) (string, bool) {
	for arg := range strings.SplitSeq(query, "&") {
		if n, v, _ := strings.Cut(arg, "="); strings.EqualFold(n, name) {
			return v, true
		}
	}
	return "", false
}

func cookie(header, name string) (string, bool) {
	for c := range strings.SplitSeq(header, ";") {
		if n, v, ok := strings.Cut(strings.TrimSpace(c), "="); ok && strings.EqualFold(n, name) {
			return v, true
		}
	}
	return "", false
}

// remoteUser is the name of HTTP's Basic authentication (RFC 7617).
func remoteUser(get field) string {
	scheme, token, _ := strings.Cut(headerOf(get, "authorization"), " ")
	text, err := base64.StdEncoding.DecodeString(token)
	if !strings.EqualFold(scheme, "basic") || err != nil {
		return ""
	}
	name, _, _ := strings.Cut(string(text), ":")
	return name
}

// binaryAddress is the peer's address as its bytes: 4, or 16.
func binaryAddress(get field) string {
	a, err := netip.ParseAddr(str(get, "remoteAddress"))
	if err != nil {
		return "" // it is hidden
	}
	return string(a.AsSlice())
}

// hostname is that of the machine, "" if it cannot be had.
func hostname(field) string {
	name, _ := os.Hostname()
	return strings.ToLower(name)
}

// secured is one of what a Request says of TLS.
func secured(i int) func(field) string {
	return func(get field) string {
		if l, _ := get("tls").([]any); i < len(l) {
			s, _ := l[i].(string)
			return s
		}
		return ""
	}
}

// host is the name that the peer asked for, in lower case and without a port.
func host(get field) string {
	h := str(get, "host")
	if h == "" {
		if u, err := url.Parse(first(str(get, "url"), str(get, "tcUrl"))); err == nil {
			h = u.Host
		}
	}
	if i := strings.LastIndexByte(h, ':'); i > strings.LastIndexByte(h, ']') {
		h = h[:i]
	}
	return strings.ToLower(h)
}

func uri(get field) string {
	if u := str(get, "uri"); u != "" || get("app") == nil {
		return u
	}
	return "/" + str(get, "app") + "/" + str(get, "stream")
}

// requestURI is the path with its query, as the peer wrote it.
func requestURI(get field) string {
	if t := str(get, "target"); t != "" {
		return t
	}
	_, rest, _ := strings.Cut(str(get, "url"), "://")
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return rest[i:]
	}
	return ""
}

func requestLine(get field) string {
	if get("method") == nil {
		return str(get, "kind") + " " + requestURI(get)
	}
	return str(get, "method") + " " + str(get, "target") + " " + serverProtocol(get)
}

func serverProtocol(get field) string {
	if v := str(get, "httpVersion"); v != "" {
		return "HTTP/" + v
	}
	return strings.ToUpper(str(get, "protocol"))
}

func status(get field) string {
	n, ok := get("status").(int64)
	if !ok {
		return "200"
	}
	return fmt.Sprintf("%03d", n)
}

func connectionID(get field) string {
	if o, ok := get("connection").(*js.Object); ok && len(o.Fields) > 0 {
		id, _ := o.Fields[0].(string)
		return id
	}
	return str(get, "id")
}

func requestTime(get field) string {
	if begun, ok := get("begun").(int64); ok {
		return fmt.Sprintf("%.3f", max(0, float64(time.Now().UnixMilli()-begun)/1000))
	}
	return fmt.Sprintf("%.3f", seconds(get).Seconds())
}

func seconds(get field) time.Duration {
	s, _ := get("duration").(float64)
	return time.Duration(s * float64(time.Second))
}
