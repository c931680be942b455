package hook

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"weir/js"
)

// field finds a field of a Session or of a Request by its name; nil if it has none.
type field = func(name string) js.Value

// Variable is a variable of nginx's kind, by its name without "$"; false if there
// is none. get finds the fields of a Session or a Request.
func Variable(get field, name string) (string, bool) {
	if f, ok := builtin[name]; ok {
		return f(get), true
	}
	for prefix, f := range builtinPrefixes {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return f(get, rest)
		}
	}
	return "", false
}

// IsVariable says whether there is a variable of that name that no configuration
// declares.
func IsVariable(name string) bool {
	_, ok := builtin[name]
	for prefix := range builtinPrefixes {
		ok = ok || len(name) > len(prefix) && strings.HasPrefix(name, prefix)
	}
	return ok
}

// VariableNames are the names of all variables, those with an end of the writer's
// choice as "arg_NAME", in order.
func VariableNames() []string {
	names := slices.Collect(maps.Keys(builtin))
	for prefix := range builtinPrefixes {
		names = append(names, prefix+"NAME")
	}
	slices.Sort(names)
	return names
}

// Get finds the fields of a session.
func (s *Session) Get(name string) js.Value { return getFrom(sessionFields, s, s.Hidden, name) }

// Get finds the fields of a request.
func (r *Request) Get(name string) js.Value { return getFrom(requestFields, r, r.Hidden, name) }

func getFrom[T any](table []property[T], v T, hidden Hidden, name string) js.Value {
	if i := indexOf(table, name); i >= 0 {
		return hidden.field(name, table[i].of(v))
	}
	return nil
}

// builtin are the variables, by name. What a session has and a request has not, or
// the other way round, is empty there.
var builtin = map[string]func(field) string{
	"app":                   of("app"),
	"args":                  of("query"),
	"body_bytes_sent":       either("sent", "bytesOut"),
	"bytes_received":        either("bodySize", "bytesIn"),
	"bytes_sent":            either("sent", "bytesOut"),
	"command":               of("kind"),
	"connection":            connectionID,
	"content_length":        header("content-length"),
	"content_type":          header("content-type"),
	"document_uri":          uri,
	"flashver":              of("flashVer"),
	"host":                  host,
	"https":                 func(get field) string { return map[bool]string{true: "on"}[get("scheme") == "https"] },
	"is_args":               func(get field) string { return map[bool]string{true: "?"}[str(get, "query") != ""] },
	"kind":                  of("kind"),
	"msec":                  func(field) string { return fmt.Sprintf("%.3f", float64(time.Now().UnixMilli())/1000) },
	"name":                  of("stream"),
	"pageurl":               of("pageUrl"),
	"protocol":              func(get field) string { return first(str(get, "protocol"), str(get, "scheme")) },
	"query_string":          of("query"),
	"reason":                of("reason"),
	"remote_addr":           of("remoteAddress"),
	"remote_user":           remoteUser,
	"remote_port":           of("remotePort"),
	"request":               requestLine,
	"request_body":          of("body"),
	"request_id":            of("id"),
	"request_method":        either("method", "kind"),
	"request_time":          requestTime,
	"request_uri":           requestURI,
	"scheme":                func(get field) string { return first(str(get, "scheme"), str(get, "protocol")) },
	"server_addr":           of("localAddress"),
	"server_name":           func(get field) string { return first(str(get, "vhost"), host(get)) },
	"server_port":           of("localPort"),
	"server_protocol":       serverProtocol,
	"session_id":            of("id"),
	"session_readable_time": func(get field) string { return seconds(get).Truncate(time.Second).String() },
	"session_time":          func(get field) string { return fmt.Sprintf("%.3f", seconds(get).Seconds()) },
	"status":                status,
	"stream":                of("stream"),
	"swfurl":                of("swfUrl"),
	"tcurl":                 of("tcUrl"),
	"time_iso8601":          func(field) string { return time.Now().Format("2006-01-02T15:04:05-07:00") },
	"time_local":            func(field) string { return time.Now().Format("02/Jan/2006:15:04:05 -0700") },
	"uri":                   uri,
	"vhost":                 of("vhost"),
}

// builtinPrefixes are the variables whose names end as the writer likes.
var builtinPrefixes = map[string]func(get field, rest string) (string, bool){
	"arg_":       func(get field, name string) (string, bool) { return argument(str(get, "query"), name) },
	"cookie_":    func(get field, name string) (string, bool) { return cookie(headerOf(get, "cookie"), name) },
	"http_":      func(get field, name string) (string, bool) { return present(headerIn(get, dashed(name))) },
	"sent_http_": func(get field, name string) (string, bool) { return present(inPairs(get("out"), dashed(name))) },
}

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
