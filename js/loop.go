package js

import "time"

// serve starts the VM if that has not been done, and runs its loop: see loop.
func (m *vm) serve() error {
	if !m.started {
		if err := m.start(); err != nil {
			return err
		}
		m.started = true
		m.unit.started(m)
	}
	return m.loop()
}

// linger is how long a loop waits for the next call before its goroutine ends: a
// busy unit keeps it, and the stack that it has grown.
const linger = time.Second

// loop serves the unit's calls and the VM's timers until there have been none for
// a while or the pool ends (nil), or the VM breaks or is abandoned (why). Calls
// begin in the order in which they came; a timer that is due, and the
// outcome of an Async native, wait for one call at most.
func (m *vm) loop() error {
	sleep := time.NewTimer(linger)
	defer sleep.Stop()
	for !m.unit.pool.isStopped() {
		c, own := m.unit.take(m)
		if !own {
			return errStuck
		}
		if c != nil {
			m.begin(c)
		}
		ran := m.broken == nil && m.runTask()
		fired := m.broken == nil && m.fireTimer(time.Now())
		if m.broken != nil {
			return m.broken
		}
		if c == nil && !ran && !fired && !m.wait(sleep) {
			return nil
		}
	}
	return nil
}

// wait sleeps until a call comes or a timer is due. It reports false if it has
// waited in vain: there is no timer, and nobody called.
func (m *vm) wait(sleep *time.Timer) bool {
	due, ok := m.timers.next()
	if ok {
		sleep.Reset(time.Until(due))
	} else {
		sleep.Reset(linger)
	}
	select {
	case <-m.unit.wake:
		return true
	case <-sleep.C:
		return ok
	case <-m.unit.pool.stop:
		return true
	}
}
