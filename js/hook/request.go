package hook

import (
	"crypto/tls"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"weir/js"
)

// Request is what the handlers of a location are told of an HTTP request: njs's r.
// Like a Session it is a snapshot.
type Request struct {
	ID      string
	Phase   Phase
	Method  string
	URI     string // decoded and normalized
	Query   string // raw, without "?"
	Target  string // as the peer wrote it, query included
	Version string // of HTTP: "1.1"
	Scheme  string // "http" or "https"
	Host    string // as the peer wrote it
	Remote  netip.AddrPort
	Local   netip.AddrPort
	Header  http.Header
	TLS     *tls.ConnectionState // nil without
	Begun   time.Time

	// Internal says that it is a subrequest, or was redirected internally.
	Internal bool
	// Body is the request's, if BodyRead and it is small enough to go along with the
	// call; else BodySize says how many bytes are to be asked for.
	Body     []byte
	BodyRead bool
	BodySize int

	Status int         // of the answer; 0 while there is none
	Out    http.Header // of the answer so far
	Sent   int64       // of the answer's body, in bytes
	Answer []byte      // of a subrequest: the body of its answer

	Variables Variables
	Hidden    Hidden
}

// Phase says what a Request is shown for.
type Phase string

// The phases of a request. What ends it is possible in the first two.
const (
	ForContent Phase = "content"
	ForAccess  Phase = "access"
	ForFilter  Phase = "filter" // of headers
	ForValue   Phase = "value"  // of a js_set
	ForReply   Phase = "reply"  // to the request that made this subrequest
)

// Object is the request as an argument of a handler.
func (r *Request) Object() *js.Object {
	class := "Answered"
	switch r.Phase {
	case ForContent, ForAccess:
		class = "Request"
	case ForReply:
		class = "Reply"
	}
	return r.Hidden.Object(&js.Object{Class: class, Fields: values(requestFields, r)})
}

var requestFields = []property[*Request]{
	{js.Member{Name: "id"}, func(r *Request) js.Value { return r.ID }},
	{js.Member{Name: "phase"}, func(r *Request) js.Value { return string(r.Phase) }},
	{js.Member{Name: "method"}, func(r *Request) js.Value { return r.Method }},
	{js.Member{Name: "uri"}, func(r *Request) js.Value { return r.URI }},
	{js.Member{Name: "query"}, func(r *Request) js.Value { return r.Query }},
	{js.Member{Name: "target"}, func(r *Request) js.Value { return r.Target }},
	{js.Member{Name: "httpVersion"}, func(r *Request) js.Value { return r.Version }},
	{js.Member{Name: "scheme"}, func(r *Request) js.Value { return r.Scheme }},
	{js.Member{Name: "host"}, func(r *Request) js.Value { return r.Host }},
	{js.Member{Name: "remoteAddress"}, func(r *Request) js.Value { return address(r.Remote) }},
	{js.Member{Name: "remotePort"}, func(r *Request) js.Value { return int64(r.Remote.Port()) }},
	{js.Member{Name: "localAddress"}, func(r *Request) js.Value { return address(r.Local) }},
	{js.Member{Name: "localPort"}, func(r *Request) js.Value { return int64(r.Local.Port()) }},
	{js.Member{Name: "headers"}, func(r *Request) js.Value { return pairs(r.Header) }},
	{js.Member{Name: "internal"}, func(r *Request) js.Value { return r.Internal }},
	{js.Member{Name: "body"}, func(r *Request) js.Value { return orNothing(r.Body) }},
	{js.Member{Name: "bodyRead"}, func(r *Request) js.Value { return r.BodyRead }},
	{js.Member{Name: "bodySize"}, func(r *Request) js.Value { return int64(r.BodySize) }},
	{js.Member{Name: "status"}, func(r *Request) js.Value { return int64(r.Status) }},
	{js.Member{Name: "out"}, func(r *Request) js.Value { return pairs(r.Out) }},
	{js.Member{Name: "sent"}, func(r *Request) js.Value { return r.Sent }},
	{js.Member{Name: "response"}, func(r *Request) js.Value { return orNothing(r.Answer) }},
	{js.Member{Name: "begun"}, func(r *Request) js.Value { return milliseconds(r.Begun) }},
	{js.Member{Name: "tls"}, func(r *Request) js.Value { return security(r.TLS) }},
	{js.Member{Name: "variables"}, func(r *Request) js.Value { return orNull(r.Variables.object("RequestVariables")) }},
}

// pairs are headers as names and values in turns; nil for none.
func pairs(h http.Header) js.Value {
	if len(h) == 0 {
		return nil
	}
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	list := make([]any, 0, 2*len(h))
	for _, name := range names {
		for _, v := range h[name] {
			list = append(list, name, v)
		}
	}
	return list
}

// security is the version of TLS as nginx writes it, the cipher suite, and the name
// that the peer asked for; nil without TLS.
func security(c *tls.ConnectionState) js.Value {
	if c == nil {
		return nil
	}
	version := strings.Replace(tls.VersionName(c.Version), "TLS ", "TLSv", 1)
	return []any{version, tls.CipherSuiteName(c.CipherSuite), c.ServerName}
}

func orNothing(b []byte) js.Value {
	if b == nil {
		return nil
	}
	return b
}

// requestEffects end a request, or change its answer; the wrapper calls them.
var requestEffects = []js.Member{{Name: "answer"}, {Name: "redirect"}, {Name: "decline"}, {Name: "header"}, {Name: "setStatus"}}

// requestMethods are natives of the wrapper.
var requestMethods = append([]js.Native{
	{Member: js.Member{Name: "args"}, Call: func(_ js.Env, args []js.Value) (js.Value, error) {
		query, _ := requestField(args)("query").(string)
		return argPairs(query), nil
	}},
	askRequest("readBody", true),
	askRequest("heldBody", false),
	askRequest("subrequest", true),
}, loggers...)

// askRequest is a native that asks the server's "http.NAME" for the request.
func askRequest(name string, async bool) js.Native {
	return js.Native{
		Member: js.Member{Name: name}, Async: async,
		Call: func(e js.Env, args []js.Value) (js.Value, error) {
			return e.Host.Ask(e.Context, e.Origin, "http."+name, append([]js.Value{requestField(args)("id")}, args[1:]...))
		},
	}
}

// requestField finds the fields of the request that a native is called for.
func requestField(args []js.Value) func(string) js.Value { return fieldOf(requestFields, args) }

// fieldOf finds the fields that a native got as its first argument.
func fieldOf[T any](table []property[T], args []js.Value) func(string) js.Value {
	fields, _ := args[0].([]js.Value)
	return func(name string) js.Value {
		if i := indexOf(table, name); i >= 0 && i < len(fields) {
			return fields[i]
		}
		return nil
	}
}

// requestClasses are what stands behind r.
func requestClasses() []js.Class {
	fields := members(requestFields)
	return []js.Class{
		{
			Name: "Request", Fields: fields, Effects: requestEffects, Methods: requestMethods, Wrapper: "weir:http",
			Ends: []string{"answer", "redirect", "decline"},
		},
		{Name: "Answered", Fields: fields, Effects: requestEffects, Methods: requestMethods, Wrapper: "weir:http"},
		{Name: "Reply", Fields: fields, Methods: requestMethods, Wrapper: "weir:http"},
		variables("RequestVariables", requestField),
		variables("SessionVariables", func(args []js.Value) func(string) js.Value { return fieldOf(sessionFields, args) }),
	}
}
