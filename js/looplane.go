package js

import "time"

// loopLane is the place of one VM of a Loop, and of those that replace it.
type loopLane struct {
	seat
	loop   *Loop
	key    laneKey
	launch *launch // the last start of a VM; nil: there was none, or it broke in its work
	vm     *vm     // nil: none, or it broke
	ending *timer  // of a lane for one call: its last one
}

// lane is the one that a call takes.
func (l *Loop) lane(c *call) *loopLane {
	key := c.program.laneKey(c.Unit, &c.Call)
	lane, ok := l.lanes[key]
	if !ok {
		lane = &loopLane{loop: l, key: key}
		lane.seat = seat{core: l.core, name: key.unit, modules: c.program.modules, timers: &l.timers, meter: l.meter, post: l.post, hooks: l.hooks}
		l.lanes[key] = lane
	}
	if c.program.model == PerCall {
		first := lane
		lane = &loopLane{seat: first.seat, loop: l, key: key, launch: first.launch}
		lane.key.call = 1
	}
	return lane
}

// start makes sure that there is a VM whose top level has run, on behalf of c.
func (l *loopLane) start(c *call) error {
	if l.vm != nil {
		return nil
	}
	if l.launch == nil {
		l.launch = newLaunch(backOff)
	}
	l.launch = l.launch.following()
	if l.launch.isOver() {
		if l.launch.err != nil {
			return l.launch.err
		}
		l.launch = newLaunch(backOff)
	}
	m := l.newVM()
	m.lane = l
	m.starting = c
	err := m.start()
	m.starting = nil
	l.launch.end(err)
	if l.key.call > 0 {
		l.loop.learn(l)
	}
	l.vm = m
	if err != nil {
		l.drop(err)
	}
	return err
}

// learn remembers how the start of a VM for one call went, for those to come.
func (l *Loop) learn(lane *loopLane) {
	key := lane.key
	key.call = 0
	l.lanes[key].launch = lane.launch
}

// look is what follows each run of the VM: one that broke is dropped, and one that
// was for one call when it has nothing left to do, or that call's time is up.
func (l *loopLane) look(m *vm, deadline time.Time) {
	switch {
	case l.vm != m: // it was dropped
	case m.broken != nil:
		l.launch = nil
		l.broke(l.key)
		l.drop(m.broken)
	case l.key.call == 0:
	case m.isIdle() || l.ending != nil && l.ending.index < 0:
		m.end()
		l.drop(ErrTimeout)
	case l.ending == nil:
		l.ending = &timer{vm: m, due: deadline}
		l.loop.timers.add(l.ending)
	}
}

// drop gives the VM up, and answers its calls.
func (l *loopLane) drop(err error) {
	m := l.vm
	l.vm = nil
	if m.broken == nil {
		m.broken = err
	}
	m.clearTimers()
	if l.ending != nil && l.ending.index >= 0 {
		m.timers.remove(l.ending)
	}
	m.fail(err)
	if l.watch.memory.released() && l.watch.memory.isCrowded() {
		l.loop.dropIdle()
	}
}

// dropIdle gives up all VMs on which no call runs: one of them may have what fills
// the heap, in the variables of its modules.
func (l *Loop) dropIdle() {
	for _, lane := range l.lanes {
		if m := lane.vm; m != nil && len(m.running) == 0 {
			m.broken = ErrMemory
			lane.vm, lane.launch = nil, nil
			m.clearTimers()
			l.broke(lane.key)
		}
	}
}
