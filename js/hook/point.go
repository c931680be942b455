package hook

import "weir/js"

// Kind is what a hook point is for.
type Kind string

// The kinds of hook points.
const (
	Gate  Kind = "gate"  // before: the peer waits for the verdict
	Event Kind = "event" // after: nobody waits, there is no verdict
)

// Point is a place in a session's life where a directive may bind a handler.
type Point struct {
	Directive string      // "js_on_publish"
	Export    string      // "publish": the export that js_hooks binds to it
	Kind      Kind        //
	Sync      bool        // the handler must not be async: its answer cannot wait
	Args      []js.Member // what the handler is called with
	Effects   []string    // the methods of the session that may decide here
	Doc       string      // one sentence: when it runs
}

// Params are the names of the handler's parameters, which an inline block has
// in scope.
func (p Point) Params() []string {
	names := make([]string, len(p.Args))
	for i, a := range p.Args {
		names[i] = a.Name
	}
	return names
}

// The hook points.
var (
	Connect = Point{
		Directive: "js_on_connect",
		Export:    "connect",
		Kind:      Gate,
		Args:      session("ConnectSession"),
		Effects:   []string{"allow", "deny", "decline", "redirect"},
		Doc:       "Runs before an RTMP connection is accepted.",
	}
	Publish = Point{
		Directive: "js_on_publish",
		Export:    "publish",
		Kind:      Gate,
		Args:      session("PublishSession"),
		Effects:   []string{"allow", "deny", "decline", "redirect", "rename", "takeover"},
		Doc:       "Runs before a publisher is admitted.",
	}
	Play = Point{
		Directive: "js_on_play",
		Export:    "play",
		Kind:      Gate,
		Args:      session("PlaySession"),
		Effects:   []string{"allow", "deny", "decline", "redirect", "rename"},
		Doc:       "Runs before a player is admitted; for HLS once a viewer.",
	}
	Unpublish = Point{
		Directive: "js_on_unpublish",
		Export:    "unpublish",
		Kind:      Event,
		Args:      session("Session"),
		Doc:       "Runs after a publish has ended, once for each that js_on_publish did not deny.",
	}
	Stop = Point{
		Directive: "js_on_stop",
		Export:    "stop",
		Kind:      Event,
		Args:      session("Session"),
		Doc:       "Runs after a play has ended, once for each that js_on_play did not deny.",
	}
	Close = Point{
		Directive: "js_on_close",
		Export:    "close",
		Kind:      Event,
		Args:      session("Session"),
		Doc:       "Runs after an RTMP connection has ended, once for each that js_on_connect did not deny.",
	}
)

// Points are all hook points, in the order of a session's life.
var Points = []Point{Connect, Publish, Play, Unpublish, Stop, Close}

// Lookup finds the point of a directive.
func Lookup(directive string) (Point, bool) {
	for _, p := range Points {
		if p.Directive == directive {
			return p, true
		}
	}
	return Point{}, false
}

func session(class string) []js.Member {
	return []js.Member{{Name: "s", Type: class, Doc: "the session"}}
}
