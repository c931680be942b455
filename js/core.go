package js

import (
	"context"
	"sync"
)

// core is what the VMs of a Pool or a Loop have in common.
type core struct {
	*engine
	program *Program

	watch  *watchdog
	stop   chan struct{}   // closed when script is to run no more
	life   context.Context // until then
	die    context.CancelFunc
	asyncs sync.WaitGroup // calls of Async natives
}

func newCore(e *engine, p *Program) *core {
	c := &core{engine: e, program: p, watch: newWatchdog(e.options.Memory), stop: make(chan struct{})}
	c.life, c.die = context.WithCancel(context.Background())
	c.watch.start()
	return c
}

func (c *core) isStopped() bool {
	select {
	case <-c.stop:
		return true
	default:
		return false
	}
}

// broke says that the VM of a lane is given up.
func (c *core) broke(key laneKey) {
	if c.options.Broke == nil {
		return
	}
	u := c.program.units[key.unit]
	c.options.Broke(key.unit, u != nil && u.model == PerUnit && u.workers <= 1)
}

// end waits for what goes on beside the VMs. stop is closed.
func (c *core) end() {
	c.die()
	c.asyncs.Wait()
	c.watch.end()
}
