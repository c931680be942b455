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
	anyHost []*conf.VHost // who have mounts of http_remux under every host name

	server *Server // since Begin

	mu      sync.Mutex
	refs    int
	held    map[string]int // refs by unit; 0 of one that was held before
	lives   map[string]*life
	retired bool
	closing bool
	exits   sync.WaitGroup
	over    chan struct{} // closed when retired
	ended   chan struct{} // closed when retired and free
}

// NewGeneration makes a generation that nobody holds yet.
func NewGeneration(number int, c *conf.Config, caller js.Caller) *Generation {
	g := &Generation{
		Number: number, Conf: c, Caller: caller, vhosts: map[string]*conf.VHost{}, held: map[string]int{}, lives: map[string]*life{},
		over: make(chan struct{}), ended: make(chan struct{}),
	}
	for _, v := range c.VHosts {
		g.vhosts[v.Name] = v
		if isMounted(v) {
			g.anyHost = append(g.anyHost, v)
		}
	}
	return g
}

// hold keeps the scripts of a unit alive, and with them the generation; false when
// it has ended already.
func (g *Generation) hold(unit string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.retired && g.refs == 0 {
		return false
	}
	g.refs++
	g.held[unit]++
	return true
}

// Ended is closed when the generation was replaced and nobody holds it any more:
// its scripts may end.
func (g *Generation) Ended() <-chan struct{} { return g.ended }

func (g *Generation) release(unit string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.refs--
	g.held[unit]--
	if !g.retired {
		return
	}
	if g.held[unit] == 0 {
		g.exit(unit)
	}
	if g.refs == 0 {
		close(g.ended)
	}
}

// retire lets the generation end once nobody holds it. The scripts of each unit end
// when nobody holds that.
func (g *Generation) retire() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.retired {
		return
	}
	g.retired = true
	close(g.over)
	for unit := range g.lives {
		if g.held[unit] == 0 {
			g.exit(unit)
		}
	}
	for unit, n := range g.held {
		if n == 0 {
			g.exit(unit)
		}
	}
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
	g.mu.Lock()
	for unit := range g.lives { // those that are held yet
		g.exit(unit)
	}
	g.closing = true
	g.mu.Unlock()
	_ = wait(ctx, &g.exits) // what is not over is cut off
	err := g.Caller.Close(ctx)
	g.exits.Wait()
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
