package js

import "time"

// loop serves the unit's calls and the VM's timers until the pool ends (nil), or
// the VM breaks or is abandoned (why). Calls begin in the order in which they
// came; a timer that is due waits for one call at most.
func (m *vm) loop() error {
	sleep := time.NewTimer(time.Hour)
	defer sleep.Stop()
	for !m.unit.pool.isStopped() {
		c, own := m.unit.take(m)
		if !own {
			return errStuck
		}
		if c != nil {
			m.begin(c)
		}
		fired := m.broken == nil && m.fireTimer(time.Now())
		if m.broken != nil {
			return m.broken
		}
		if c == nil && !fired {
			m.wait(sleep)
		}
	}
	return nil
}

// wait sleeps until there is something to do.
func (m *vm) wait(sleep *time.Timer) {
	d := time.Hour
	if due, ok := m.timers.next(); ok {
		d = time.Until(due)
	}
	sleep.Reset(d)
	select {
	case <-m.unit.wake:
	case <-sleep.C:
	case <-m.unit.pool.stop:
	}
}
