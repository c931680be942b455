package js

import "time"

// linger is how long a loop waits for the next call before its goroutine ends: a
// busy lane keeps it, and the stack that it has grown.
const linger = time.Second

// drive starts the VM if that has not been done, and serves the lane's calls and
// the VM's timers until there have been none for a while or the pool ends (nil), or
// the VM breaks or is abandoned (why). Calls begin in the order in which they came;
// a timer that is due, and the outcome of an Async native, wait for one call at
// most.
func (l *lane) drive(m *vm) error {
	if !m.started {
		if err := m.start(); err != nil {
			return err
		}
		m.started = true
		l.started(m)
	}
	sleep := time.NewTimer(linger)
	defer sleep.Stop()
	for !l.isStopped() {
		c, t, own := l.take(m)
		if !own {
			return errStuck
		}
		if c != nil {
			m.begin(c)
		}
		if t != nil {
			t.perform()
		}
		fired := m.broken == nil && m.timers.fire(time.Now()) != nil
		if m.broken != nil {
			return m.broken
		}
		if c == nil && t == nil && !fired && !l.wait(m, sleep) {
			if l.key.call > 0 {
				m.end()
			}
			return nil
		}
	}
	return nil
}

// wait sleeps until a call comes or a timer is due. It reports false if it has
// waited in vain: there is no timer, and nobody called.
func (l *lane) wait(m *vm, sleep *time.Timer) bool {
	due, ok := m.timers.next()
	if !ok {
		due = time.Now().Add(linger)
	}
	if l.key.call > 0 && !l.until.IsZero() { // its only call has begun
		if m.isIdle() || !time.Now().Before(l.until) {
			return false
		}
		if !ok || l.until.Before(due) {
			due, ok = l.until, true
		}
	}
	sleep.Reset(time.Until(due))
	select {
	case <-l.wake:
		return true
	case <-sleep.C:
		return ok
	case <-l.stop:
		return true
	}
}
