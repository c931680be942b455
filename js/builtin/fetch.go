package builtin

import (
	"context"
	_ "embed"
	"strings"
	"sync"

	"weir/js"
)

var (
	//go:embed interface.js
	interfaceSource string
	//go:embed abort.js
	abortSource string
	//go:embed headers.js
	headersSource string
	//go:embed body.js
	bodySource string
	//go:embed request.js
	requestSource string
	//go:embed response.js
	responseSource string
	//go:embed fetch.js
	fetchSource string
	//go:embed fetch.d.ts
	fetchTypes string
)

// fetchModules have the Web's fetch, its Headers, Request and Response, AbortController
// and AbortSignal, and ngx.fetch as ngxFetch. The server's operation "fetch" does the
// work.
func fetchModules() []js.Module {
	f := &fetches{}
	fetch := native("fetch", f.fetch)
	fetch.Async = true
	decode := native("text", func(_ js.Env, args []js.Value) (js.Value, error) {
		return strings.TrimPrefix(validUTF8(bytes(args, 0)), "\ufeff"), nil
	})
	encode := native("bytes", func(_ js.Env, args []js.Value) (js.Value, error) { return bytes(args, 0), nil })
	decode.Borrow, encode.Borrow = true, true
	unref := native("unref", func(e js.Env, args []js.Value) (js.Value, error) {
		e.Unref(int64(number(args, 0)))
		return nil, nil
	})
	return []js.Module{
		{Name: "weir:interface", Source: interfaceSource},
		{Name: "weir:abort", Globals: []string{"AbortController", "AbortSignal"}, Source: abortSource, Natives: []js.Native{unref}},
		{Name: "weir:headers", Globals: []string{"Headers"}, Source: headersSource},
		{Name: "weir:body", Source: bodySource, Natives: []js.Native{decode, encode}},
		{Name: "weir:request", Globals: []string{"Request"}, Source: requestSource},
		{Name: "weir:response", Globals: []string{"Response"}, Source: responseSource},
		{
			Name: "weir:fetch", Globals: []string{"fetch"}, Source: fetchSource,
			Natives: []js.Native{native("open", f.open), native("abort", f.abort), fetch},
		},
	}
}

// fetches are those under way that can be aborted, of all VMs: by a number, how to
// end them, nil until they have begun.
type fetches struct {
	mu   sync.Mutex
	last int64
	ends map[int64]context.CancelFunc
}

// open is native.open(): the number of a fetch that is to follow.
func (f *fetches) open(js.Env, []js.Value) (js.Value, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ends == nil {
		f.ends = map[int64]context.CancelFunc{}
	}
	f.last++
	f.ends[f.last] = nil
	return f.last, nil
}

// abort is native.abort(number): the fetch ends, begun or not.
func (f *fetches) abort(_ js.Env, args []js.Value) (js.Value, error) {
	f.take(int64(number(args, 0)))
	return nil, nil
}

// take forgets a fetch, and ends it.
func (f *fetches) take(id int64) {
	f.mu.Lock()
	end := f.ends[id]
	delete(f.ends, id)
	f.mu.Unlock()
	if end != nil {
		end()
	}
}

// begin keeps how to end a fetch; false if it has been aborted.
func (f *fetches) begin(id int64, end context.CancelFunc) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.ends[id]; !ok {
		return false
	}
	f.ends[id] = end
	return true
}

// fetch is native.fetch(number, request): what the server answers to "fetch". The
// number is that of open, or 0 of a fetch that nobody can abort.
func (f *fetches) fetch(e js.Env, args []js.Value) (js.Value, error) {
	ctx, cancel := context.WithCancel(e.Context)
	defer cancel()
	if id := int64(number(args, 0)); id != 0 {
		if !f.begin(id, cancel) {
			return nil, context.Canceled
		}
		defer f.take(id)
	}
	return e.Host.Ask(ctx, e.Origin, "fetch", args[1:])
}
