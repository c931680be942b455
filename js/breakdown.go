package js

import "fmt"

// leave says that m's loop has ended. If err says that it broke, m is dropped, and
// its calls are answered. It reports false if m had been abandoned before.
func (l *lane) leave(m *vm, err error) bool {
	l.watch.remove(m.meter)
	l.mu.Lock()
	own := l.serving == m
	if own {
		l.serving = nil
	}
	if own && err != nil {
		l.forget(err)
	}
	if own && err == nil && l.key.call > 0 {
		l.vm, l.tasks = nil, nil
	}
	l.mu.Unlock()
	if own && err != nil {
		if m.started {
			l.broke(l.key)
		}
		m.fail(err)
		l.watch.memory.released()
	}
	return own
}

// forget drops the VM, for the next one to be started by whoever needs it: at once
// if it broke in its work, after a while if it failed to start. The lock is held.
func (l *lane) forget(err error) {
	l.vm, l.tasks, l.timers = nil, nil, &timers{}
	if l.launch.isOver() {
		l.launch = nil
	} else {
		l.launch.end(err)
	}
}

// errStuck says why the calls of an abandoned VM have no result.
var errStuck = fmt.Errorf("%w: it did not come back from native code", ErrCrash)

// abandon gives up a VM that does not react to its interrupt: another goroutine
// serves the lane from now on. The old one ends if it ever comes back. Called by
// the watchdog.
func (l *lane) abandon(m *vm) {
	l.mu.Lock()
	own := l.serving == m
	if own {
		l.serving = nil
		l.forget(errStuck)
	}
	l.mu.Unlock()
	if !own {
		return
	}
	l.watch.remove(m.meter)
	l.pool.abandoned.Add(1)
	l.broke(l.key)
	m.host().Log(Origin{VHost: l.name}, LevelError, "script is stuck in native code: its VM is abandoned")
	m.fail(errStuck)
	l.watch.memory.released()
	go l.run()
}

// interrupt ends what runs, for the pool's end.
func (l *lane) interrupt() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.vm != nil {
		l.vm.meter.expire()
	}
	l.notify()
}
