package hook

import "weir/js"

// Kind is what a hook point is for.
type Kind string

// The kinds of hook points.
const (
	Gate  Kind = "gate"  // before: the peer waits for the verdict
	Event Kind = "event" // after: nobody waits
	Value Kind = "value" // in between: the server wants an answer
)

// Point is a place where a directive may bind a handler: in a session's life, or
// in the vhost's.
type Point struct {
	Directive string      // "js_on_publish"
	Export    string      // "publish": the export that js_hooks binds to it; "" for none
	Kind      Kind        //
	Sync      bool        // the handler must not be async: its answer cannot wait
	Args      []js.Member // what the handler is called with
	Returns   string      // TypeScript; "" for nothing that matters
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

// Points are all hook points: first those that are not of a session, then a
// session's in the order of its life.
var Points = []Point{
	Start, Exit, Periodic, VHost, Set, Connect, Publish, Play, Metadata, Update, Unpublish, Stop, Close,
	HLS, DVR, Forward, HLSKey, PlaylistFilter, Access, Content, HeaderFilter,
}

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
