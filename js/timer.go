package js

import (
	"container/heap"
	"math/big"
	"time"

	"github.com/dop251/goja"
)

// timer is a callback that waits for its time.
type timer struct {
	vm       *vm
	id       int64 // in its VM
	due      time.Time
	interval time.Duration // of setInterval, else 0
	callback goja.Callable // nil: only to wake its VM's owner
	args     []goja.Value
	call     *call // on whose behalf it runs
	idle     bool  // nobody waits for it

	age   int64 // the order of equal times
	index int   // in the heap
}

// timers are those of all VMs that one goroutine drives: by the time when they are
// due, then by their age.
type timers struct {
	heap timerHeap
	made int64
}

type timerHeap []*timer

func (h timerHeap) Len() int { return len(h) }

func (h timerHeap) Less(i, j int) bool {
	if h[i].due.Equal(h[j].due) {
		return h[i].age < h[j].age
	}
	return h[i].due.Before(h[j].due)
}

func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

// Push and Pop are heap.Interface's.
func (h *timerHeap) Push(x any) {
	t := x.(*timer)
	t.index = len(*h)
	*h = append(*h, t)
}

func (h *timerHeap) Pop() any {
	old := *h
	t := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	t.index = -1
	return t
}

func (l *timers) next() (due time.Time, ok bool) {
	if len(l.heap) == 0 {
		return due, false
	}
	return l.heap[0].due, true
}

func (l *timers) add(t *timer) {
	l.made++
	t.age = l.made
	heap.Push(&l.heap, t)
}

func (l *timers) remove(t *timer) { heap.Remove(&l.heap, t.index) }

// fire runs the first timer that is due, and returns its VM; nil if there is none.
func (l *timers) fire(now time.Time) *vm {
	due, ok := l.next()
	if !ok || due.After(now) {
		return nil
	}
	t := l.heap[0]
	switch {
	case t.callback == nil:
		l.remove(t)
		return t.vm
	case t.interval > 0:
		t.due = now.Add(t.interval)
		heap.Fix(&l.heap, 0)
	default:
		t.vm.clearTimer(t.id)
	}
	t.vm.fire(t)
	return t.vm
}

func (m *vm) fire(t *timer) {
	err := m.run(t.call, m.cpu(t.call), func() error {
		_, err := t.callback(goja.Undefined(), t.args...)
		return err
	})
	if err != nil && m.broken == nil {
		m.report(t.call, "timer: ", err)
	}
}

func (m *vm) clearTimer(id int64) {
	if t, ok := m.pending[id]; ok {
		delete(m.pending, id)
		m.timers.remove(t)
		if t.idle {
			m.idle--
		} else {
			t.call.hold(-1)
		}
	}
}

// unref has nobody wait for a timer: without anything else to do the VM is idle.
func (m *vm) unref(id int64) {
	if t, ok := m.pending[id]; ok && !t.idle {
		t.idle = true
		m.idle++
		t.call.hold(-1)
	}
}

// clearTimers takes away all timers of a VM that is given up.
func (m *vm) clearTimers() {
	for id := range m.pending {
		m.clearTimer(id)
	}
}

// installTimers defines setTimeout and its kin.
func (m *vm) installTimers() {
	set := func(name string, delay func(goja.FunctionCall) (after, interval time.Duration), skip int) {
		m.define(name, func(f goja.FunctionCall) goja.Value {
			after, interval := delay(f)
			return m.rt.ToValue(m.addTimer(f, after, interval, skip))
		})
	}
	set("setTimeout", func(f goja.FunctionCall) (time.Duration, time.Duration) { return delay(f.Argument(1)), 0 }, 2)
	set("setInterval", func(f goja.FunctionCall) (time.Duration, time.Duration) {
		d := delay(f.Argument(1))
		return d, d
	}, 2)
	set("setImmediate", func(goja.FunctionCall) (time.Duration, time.Duration) { return 0, 0 }, 1)
	for _, name := range []string{"clearTimeout", "clearInterval", "clearImmediate"} {
		m.define(name, func(f goja.FunctionCall) goja.Value {
			m.clearTimer(timerID(f.Argument(0)))
			return goja.Undefined()
		})
	}
}

// timerID is the number that a script gives in place of one of ours, or its text; 0
// if it is neither.
func timerID(v goja.Value) int64 {
	switch v.(type) {
	case *goja.Object, *goja.Symbol:
		return 0
	}
	if _, is := v.Export().(*big.Int); is {
		return 0
	}
	return v.ToInteger()
}

// delay is a millisecond where it would be less, or more than 2^31 - 1, as in
// Node.js.
func delay(v goja.Value) time.Duration {
	ms := v.ToFloat()
	if !(ms >= 1 && ms <= 1<<31-1) { // also NaN
		ms = 1
	}
	return time.Duration(ms * float64(time.Millisecond))
}

func (m *vm) addTimer(f goja.FunctionCall, after, interval time.Duration, skip int) int64 {
	callback, ok := goja.AssertFunction(f.Argument(0))
	if !ok {
		panic(m.rt.NewTypeError("callback is not a function"))
	}
	if len(m.pending) >= maxTimers {
		panic(m.natives.newError("RangeError", "too many timers are pending"))
	}
	m.lastTimer++
	t := &timer{vm: m, id: m.lastTimer, due: time.Now().Add(after), interval: interval, callback: callback, call: m.current}
	if len(f.Arguments) > skip {
		t.args = append(t.args, f.Arguments[skip:]...)
	}
	m.pending[t.id] = t
	t.call.hold(1)
	m.timers.add(t)
	return t.id
}
