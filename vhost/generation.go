package vhost

import (
	"context"
	"sync"

	"weir/conf"
	"weir/js"
	"weir/js/hook"
)

// Generation is one version of the configuration with its scripts. Calls and
// sessions hold it; when it is retired and the last of them lets go, its scripts
// end.
type Generation struct {
	Number int
	Conf   *conf.Config
	Caller js.Caller // nil when no script is bound

	vhosts  map[string]*conf.VHost
	anyHost []*conf.VHost // whose HTTP-FLV is mounted under every host name

	server *Server        // since Begin
	tasks  sync.WaitGroup // js_on_start and js_periodic

	mu      sync.Mutex
	refs    int
	retired bool
	over    chan struct{} // closed when retired
	ended   chan struct{} // closed when retired and free
}

// NewGeneration makes a generation that nobody holds yet.
func NewGeneration(number int, c *conf.Config, caller js.Caller) *Generation {
	g := &Generation{Number: number, Conf: c, Caller: caller, vhosts: map[string]*conf.VHost{}, over: make(chan struct{}), ended: make(chan struct{})}
	for _, v := range c.VHosts {
		g.vhosts[v.Name] = v
		if v.Enabled && v.HTTPRemux.Enabled && v.HTTPRemux.AnyHost() {
			g.anyHost = append(g.anyHost, v)
		}
	}
	return g
}

// hold keeps the generation alive; false when it has ended already.
func (g *Generation) hold() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.retired && g.refs == 0 {
		return false
	}
	g.refs++
	return true
}

// Ended is closed when the generation was replaced and nobody holds it any more:
// its scripts may end.
func (g *Generation) Ended() <-chan struct{} { return g.ended }

func (g *Generation) release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.refs--
	if g.retired && g.refs == 0 {
		close(g.ended)
	}
}

// retire lets the generation end once nobody holds it.
func (g *Generation) retire() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.retired {
		return
	}
	g.retired = true
	close(g.over)
	if g.refs == 0 {
		close(g.ended)
	}
}

// Close ends the scripts, once no call of theirs runs and their js_on_exit is
// over, or ctx has ended.
func (g *Generation) Close(ctx context.Context) error {
	if g.Caller == nil {
		return nil
	}
	g.retire()
	if g.server != nil {
		g.server.exit(ctx, g)
	}
	err := g.Caller.Close(ctx)
	g.tasks.Wait() // their calls have failed, if nothing else
	return err
}

// vhost finds the vhost that serves a name: the one of that name, or the default.
func (g *Generation) vhost(name string) *conf.VHost {
	if v := g.vhosts[name]; v != nil {
		return v
	}
	return g.vhosts[conf.DefaultVHost]
}

// handler is what v binds to a hook point.
func handler(v *conf.VHost, p hook.Point) conf.Handler { return v.Handler(p.Directive) }
