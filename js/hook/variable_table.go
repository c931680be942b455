package hook

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

// builtin are the variables, by name. What a session has and a request has not, or
// the other way round, is empty there.
var builtin = map[string]func(field) string{
	"app":                   of("app"),
	"args":                  of("query"),
	"binary_remote_addr":    binaryAddress,
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
	"hostname":              hostname,
	"https":                 func(get field) string { return map[bool]string{true: "on"}[get("scheme") == "https"] },
	"is_args":               func(get field) string { return map[bool]string{true: "?"}[str(get, "query") != ""] },
	"kind":                  of("kind"),
	"msec":                  func(field) string { return fmt.Sprintf("%.3f", float64(time.Now().UnixMilli())/1000) },
	"name":                  of("stream"),
	"pageurl":               of("pageUrl"),
	"pid":                   func(field) string { return strconv.Itoa(os.Getpid()) },
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
	"ssl_cipher":            secured(1),
	"ssl_protocol":          secured(0),
	"ssl_server_name":       secured(2),
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
