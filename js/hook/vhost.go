package hook

import "weir/js"

// What is not of a session.
var (
	Start = Point{
		Directive: "js_on_start",
		Export:    "start",
		Kind:      Event,
		Args:      ofVHost(),
		Doc:       "Runs once when a version of the configuration begins to serve.",
	}
	Exit = Point{
		Directive: "js_on_exit",
		Export:    "exit",
		Kind:      Event,
		Args:      ofVHost(),
		Doc:       "Runs once when a version of the configuration has served, after its timers were cleared.",
	}
	Periodic = Point{
		Directive: "js_periodic",
		Kind:      Event,
		Args:      ofVHost(),
		Doc:       "Runs again and again; a run that would begin before the one ahead of it has ended is skipped.",
	}
	VHost = Point{
		Directive: "js_vhost",
		Export:    "vhost",
		Kind:      Value,
		Sync:      true,
		Args:      session("Session"),
		Returns:   "string | void",
		Doc:       "Names the vhost of a session, instead of what its URL says.",
	}
)

// What locations of http_server do.
var (
	Access = Point{
		Directive: "js_access",
		Kind:      Value,
		Args:      request(),
		Doc:       "Decides about a request ahead of what else its location does.",
	}
	Content = Point{
		Directive: "js_content",
		Kind:      Value,
		Args:      request(),
		Doc:       "Answers a request.",
	}
	HeaderFilter = Point{
		Directive: "js_header_filter",
		Kind:      Value,
		Sync:      true,
		Args:      request(),
		Doc:       "Edits the headers of an answer.",
	}
)

func ofVHost() []js.Member { return []js.Member{{Name: "v", Type: "VHost", Doc: "the vhost"}} }

func request() []js.Member { return []js.Member{{Name: "r", Type: "HTTPRequest", Doc: "the request"}} }

// OfVHost is the argument of the handlers that are not of a session: the vhost of
// that name, "" for the server's own.
func OfVHost(name string, generation int) *js.Object {
	return &js.Object{Class: "VHost", Fields: []js.Value{name, int64(generation)}}
}

var vhostFields = []js.Member{
	{Name: "name", Type: "string", Doc: "Its name; empty for handlers of the top level."},
	{Name: "generation", Type: "number", Doc: "Which version of the configuration serves: 1 is the first."},
}
