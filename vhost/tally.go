package vhost

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"weir/conf"
	"weir/js"
	"weir/vhost/latency"
)

// CallResult is what became of a call of a handler.
type CallResult string

// What becomes of calls.
const (
	CallOK       CallResult = "ok"
	CallDeny     CallResult = "deny"     // ok, and it denied
	CallError    CallResult = "error"    // an exception, a rejection, a verdict that makes no sense
	CallTimeout  CallResult = "timeout"  // js_timeout
	CallCPU      CallResult = "cpu"      // js_cpu_limit
	CallMemory   CallResult = "memory"   // js_memory
	CallCrash    CallResult = "crash"    // of the VM or its process
	CallOverload CallResult = "overload" // js_max_pending
	CallCanceled CallResult = "canceled" // its session or the server ended before it did
)

// CallResults are all results, in the order of their counters.
var CallResults = [...]CallResult{
	CallOK, CallDeny, CallError, CallTimeout, CallCPU, CallMemory, CallCrash, CallOverload, CallCanceled,
}

// engineResults are the results of what an engine says.
var engineResults = []struct {
	err    error
	result CallResult
}{
	{js.ErrTimeout, CallTimeout},
	{js.ErrCPU, CallCPU},
	{js.ErrMemory, CallMemory},
	{js.ErrCrash, CallCrash},
	{js.ErrOverload, CallOverload},
	{js.ErrClosed, CallCanceled},
	{context.Canceled, CallCanceled},
}

// resultOf is what a call that ended with err came to.
func resultOf(err error) CallResult {
	for _, e := range engineResults {
		if errors.Is(err, e.err) {
			return e.result
		}
	}
	return CallError
}

// HandlerCount counts the calls of one handler.
type HandlerCount struct {
	VHost     string // "" for the server's own
	Directive string // "js_on_publish"
	Handler   string // "hooks.publish", or "srs.conf:12" of an inline block
	Results   map[CallResult]uint64
	Pending   int64 // calls now, the waiting and the running
	Slow      uint64
	Took      latency.Distribution // waiting included
	Last      *ScriptFault         // the newest failure; nil without any
}

// handlerKey is a handler of one unit.
type handlerKey struct {
	unit, directive string
	ref             js.Func
}

// handlerTally counts what HandlerCount shows. A call costs it no allocation.
type handlerTally struct {
	key     handlerKey
	name    string // of the handler
	results [len(CallResults)]atomic.Uint64
	pending atomic.Int64
	took    latency.Histogram
	slow    slowness
	last    atomic.Pointer[ScriptFault]
}

func (t *handlerTally) count(r CallResult) {
	t.results[slices.Index(CallResults[:], r)].Add(1)
}

func (t *handlerTally) read() HandlerCount {
	n := HandlerCount{
		VHost: t.key.unit, Directive: t.key.directive, Handler: t.name, Results: map[CallResult]uint64{},
		Pending: t.pending.Load(), Slow: t.slow.total.Load(), Took: t.took.Read(), Last: t.last.Load(),
	}
	for i, r := range CallResults {
		n.Results[r] = t.results[i].Load()
	}
	return n
}

// tallies are those of all handlers that were called. Readers take no lock: a
// handler that is called for the first time makes a new map.
type tallies struct {
	mu  sync.Mutex // of who replaces the map
	all atomic.Pointer[map[handlerKey]*handlerTally]
}

// of is the tally of a unit's handler.
func (l *tallies) of(unit string, h conf.Handler) *handlerTally {
	k := handlerKey{unit, h.Directive, h.Ref()}
	if all := l.all.Load(); all != nil && (*all)[k] != nil {
		return (*all)[k]
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.copy()
	t := all[k]
	if t == nil {
		t = &handlerTally{key: k, name: k.ref.String()}
		all[k] = t
		l.all.Store(&all)
	}
	return t
}

// copy is a map of its own. The lock is held.
func (l *tallies) copy() map[handlerKey]*handlerTally {
	if all := l.all.Load(); all != nil {
		return maps.Clone(*all)
	}
	return map[handlerKey]*handlerTally{}
}

// prune forgets the handlers that none of the configurations binds, so that what
// is kept does not grow with reloads.
func (l *tallies) prune(configs ...*conf.Config) {
	type binding struct {
		unit string
		ref  js.Func
	}
	bound := map[binding]bool{}
	for _, c := range configs {
		for _, h := range c.Handlers() {
			bound[binding{"", h.Ref()}] = true
		}
		for _, v := range c.VHosts {
			for _, h := range v.Handlers() {
				bound[binding{v.Name, h.Ref()}] = true
			}
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.copy()
	maps.DeleteFunc(all, func(k handlerKey, _ *handlerTally) bool { return !bound[binding{k.unit, k.ref}] })
	l.all.Store(&all)
}

// HandlerCounts returns the counts of all handlers that were called, by vhost,
// directive and name. A handler is forgotten some time after a reload has taken it
// out of the configuration.
func (s *Server) HandlerCounts() []HandlerCount {
	all := s.counts.handlers.all.Load()
	if all == nil {
		return nil
	}
	list := make([]HandlerCount, 0, len(*all))
	for _, t := range *all {
		list = append(list, t.read())
	}
	slices.SortFunc(list, func(a, b HandlerCount) int {
		return strings.Compare(a.VHost+"\x00"+a.Directive+"\x00"+a.Handler, b.VHost+"\x00"+b.Directive+"\x00"+b.Handler)
	})
	return list
}

// slowness is what is known of a handler's slow calls.
type slowness struct {
	total atomic.Uint64

	mu   sync.Mutex
	told time.Time // of the last warning
	new  int       // since
}

// slowEvery is how often a slow handler is warned of.
const slowEvery = time.Minute

// add counts a slow call, and returns how many there were since the last warning
// if it is time for one, else 0.
func (w *slowness) add(now time.Time) int {
	w.total.Add(1)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.new++
	if now.Sub(w.told) < slowEvery {
		return 0
	}
	n := w.new
	w.told, w.new = now, 0
	return n
}
