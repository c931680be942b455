package sandbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"weir/js"
	"weir/js/builtin"
	"weir/js/shared"
)

// Config is what workers are made of.
type Config struct {
	Program *Program
	Server  builtin.Server // what scripts are told of the server
	Host    js.Host        // what executes that which scripts ask for; of a js.Lessor each worker has a lease
	Dicts   *shared.Dicts  // which workers map; nil: the host answers "dict"

	PerUnit    bool           // a worker for each unit, instead of one for all
	Memory     int64          // of a worker, in bytes; zero: DefaultMemory
	Budget     js.Budget      // of calls that bring none; zero fields: js's defaults
	MaxPending map[string]int // by unit; see js.Options
	NoBigInt   bool           // of Compile: as in js.Options
	Log        *slog.Logger   // nil: slog's default
	Counter    *Counter       // nil: one of their own
}

// DefaultMemory is what a worker's scripts may use, in bytes.
const DefaultMemory = 128 << 20

func (c Config) memory() int64 { return cmp.Or(c.Memory, DefaultMemory) }

// Workers run the units of a program in processes. They are a js.Caller, for any
// number of goroutines.
type Workers struct {
	Config
	forker *forker
	common *lane
	others sync.WaitGroup // goroutines

	mu      sync.Mutex
	closed  bool
	units   map[string]*unit
	lanes   []*lane
	running sync.WaitGroup // calls
}

var _ js.Caller = (*Workers)(nil)

// startTime is what a call gets beyond its time while its unit's VM is not known to
// run: the modules' top level, which may have to run first, has limits of its own.
const (
	startTime = time.Second
	startTick = 50 * time.Millisecond // how often that is looked at
)

// Start makes the workers of a program. It waits until the one for all units is
// ready; those of single units start with their first call.
func Start(ctx context.Context, c Config) (*Workers, error) {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Counter == nil {
		c.Counter = &Counter{}
	}
	s := &Workers{Config: c, forker: newForker(), units: map[string]*unit{}}
	s.common = s.newLane(nil)
	if c.PerUnit {
		return s, nil
	}
	if err := s.warm(ctx); err != nil {
		return nil, errors.Join(err, s.Close(ctx))
	}
	return s, nil
}

// warm starts the common worker.
func (s *Workers) warm(ctx context.Context) error {
	s.common.mu.Lock()
	w, err := s.common.next()
	s.common.mu.Unlock()
	if err != nil {
		return err
	}
	return w.waitReady(ctx)
}

// warn says what the kernel refused a worker: once for all that are counted together,
// since it refuses the next one the same.
func (s *Workers) warn(refused []string) {
	s.Counter.warned.Do(func() {
		s.Log.Warn("scripts: the kernel does not give all of a worker's isolation", "reason", strings.Join(refused, "; "))
	})
}

// Call implements js.Caller.
func (s *Workers) Call(ctx context.Context, c js.Call) (js.Result, error) {
	u, err := s.enter(c.Unit)
	if err != nil {
		return js.Result{}, err
	}
	defer s.running.Done()
	defer u.pending.Add(-1)
	if u.pending.Add(1) > u.maxPending {
		return js.Result{}, js.ErrOverload
	}
	c.Budget = s.budget(c.Budget)
	k, err := newCall(c, u)
	if err != nil {
		return js.Result{}, fmt.Errorf("encode call of %s: %w", c.Func, err)
	}
	l := u.lane.Load()
	begun := time.Now()
	l.post(k)
	l.attend(k)
	r, by, err := k.wait(ctx, c.Budget.Wall, func() bool { return l.isStarting(k) })
	l.haste.came(time.Since(begun))
	switch {
	case by == left:
		l.cancel(k)
	case by == told && (errors.Is(err, js.ErrCPU) || errors.Is(err, js.ErrMemory)):
		s.hoarded(u, l)
	}
	return r, err
}

// hoarded charges a unit for a call that l's worker had to interrupt: for so long
// the others have waited.
func (s *Workers) hoarded(u *unit, l *lane) {
	s.mu.Lock()
	moved := l == s.common && s.charge(u)
	s.mu.Unlock()
	if moved {
		s.Log.Warn("scripts that are interrupted again and again get a process of their own", "vhost", u.name)
	}
}

// charge counts what a unit did to others, and reports whether that was once too
// often: it has a lane of its own now. The lock is held.
func (s *Workers) charge(u *unit) bool {
	if !u.charge(time.Now()) || u.lane.Load() != s.common || s.closed {
		return false
	}
	u.lane.Store(s.newLane(u))
	return true
}

// budget fills what b leaves open.
func (s *Workers) budget(b js.Budget) js.Budget {
	return js.Budget{
		Wall: cmp.Or(b.Wall, s.Budget.Wall, js.DefaultWall),
		CPU:  cmp.Or(b.CPU, s.Budget.CPU, js.DefaultCPU),
	}
}

// enter counts a call in, unless all is over.
func (s *Workers) enter(name string) (*unit, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, js.ErrClosed
	}
	s.running.Add(1)
	u := s.units[name]
	if u == nil {
		u = &unit{name: name, maxPending: js.DefaultPending}
		if n, ok := s.MaxPending[name]; ok {
			u.maxPending = int64(n)
		}
		u.lane.Store(s.common)
		if s.PerUnit {
			u.lane.Store(s.newLane(u))
		}
		s.units[name] = u
	}
	return u, nil
}

func (s *Workers) newLane(own *unit) *lane {
	l := &lane{workers: s, own: own}
	s.lanes = append(s.lanes, l)
	return l
}

// start starts a worker for a unit, nil for all.
func (s *Workers) start(own *unit) (*worker, error) {
	o := order{memory: s.memory(), setup: setup{Server: s.Server, Budget: s.Budget}, program: s.Program.text, host: js.LeaseOf(s.Host), bound: bound{s, own}}
	if s.Dicts != nil {
		var units []string
		if own != nil {
			units = []string{own.name}
		}
		var err error
		if o.grant, err = s.Dicts.Grant(units...); err != nil {
			o.host.End()
			return nil, err
		}
	}
	w, err := startWorker(s.forker, o)
	if err != nil {
		o.host.End()
		return nil, err
	}
	w.warn = s.warn
	s.Counter.started()
	return w, nil
}

// release takes the dictionaries from a worker that has died.
func (s *Workers) release(w *worker) {
	s.Counter.ended()
	if s.Dicts != nil {
		s.Dicts.Break(w.grant)
	}
}

// died counts and logs a death, which is charged to the unit whose script ran: that
// whose worker it was alone, or else the one that it said. left are the calls without
// an answer.
func (s *Workers) died(w *worker, own *unit, left []*call, again int) {
	b := w.board()
	name := b.name()
	if own != nil {
		name = own.name
	}
	attrs := []any{"vhost", name, "reason", w.death.reason, "text", w.death.text, "resent", again}
	if i := slices.IndexFunc(left, func(c *call) bool { return c.id == b.running.Load() }); i >= 0 {
		o := left[i].origin
		attrs = append(attrs, "directive", o.Directive, "handler", o.Handler, "id", o.Session)
	}
	s.mu.Lock()
	if u := s.units[name]; u != nil && b.hasRun() && s.charge(u) {
		attrs = append(attrs, "apart", true)
	}
	s.mu.Unlock()
	s.Counter.died(w.death.reason, again)
	s.Log.Error("a process of scripts died", attrs...)
}

// Close implements js.Caller. Calls that are still running when ctx ends fail with
// js.ErrClosed; its error is ctx's then. Else the VMs call what their scripts have
// registered for their end, which may take seconds.
func (s *Workers) Close(ctx context.Context) error {
	s.mu.Lock()
	again := s.closed
	s.closed = true
	lanes := s.lanes
	s.mu.Unlock()
	done := make(chan struct{})
	go func() { s.running.Wait(); close(done) }()
	var err error
	select {
	case <-done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err == nil {
		exit(ctx, lanes)
	}
	for _, l := range lanes {
		l.close()
	}
	<-done
	s.others.Wait()
	if !again {
		s.forker.end()
	}
	return err
}
