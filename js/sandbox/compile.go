package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"weir/js"
	"weir/js/shared"
)

// What a compilation may take. Its memory is a multiple of what scripts may use:
// the text of all of them is there, too.
const (
	compileTime   = 30 * time.Second
	sourceTime    = 10 * time.Millisecond // for each source or module more
	compileMemory = 4
)

// Compile compiles sources, and then inspects the program, in a worker that is made
// for it: a text can be such that its parser overflows the stack, or that its
// constants take a day to fold. Of c it uses Server, Memory, Budget, NoBigInt, and Dicts,
// which are for the top level of modules alone; files are read through fsys, as
// js.Compile does.
//
// The first error is what js.Compile says, or that there could be no worker, or that
// it died. The program is good for its Files and Warnings alone then. The second is what
// js.Inspect says.
func Compile(ctx context.Context, fsys fs.FS, srcs []js.Source, c Config) (*Program, error, error) {
	out, err := compile(ctx, fsys, srcs, c)
	if err != nil {
		return &Program{}, js.Errors{{Message: "scripts cannot be compiled: " + err.Error()}}, nil
	}
	return out.program, out.faults, out.found
}

func compile(ctx context.Context, fsys fs.FS, srcs []js.Source, c Config) (compiled, error) {
	s := setup{Server: c.Server, Budget: c.Budget, NoBigInt: c.NoBigInt, Sources: srcs}
	if !hasWorkers {
		o := options(s)
		o.Host = trial{c.Dicts}
		return compileHere(ctx, fsys, srcs, o)
	}
	w, err := study(ctx, fsys, s, c)
	if err != nil {
		return compiled{}, err
	}
	return w.compiled, nil
}

// timeOf is how long a study may take.
func timeOf(s setup) time.Duration {
	return compileTime + time.Duration(len(s.Sources)+len(s.Modules))*sourceTime
}

// study has a worker, made for it, do what s says. It has ended when study returns.
func study(ctx context.Context, fsys fs.FS, s setup, c Config) (*worker, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, timeOf(s), errors.New("it takes too long"))
	defer cancel()
	o := order{memory: compileMemory * c.memory(), setup: s, host: js.LeaseOf(files{fsys})}
	if c.Dicts != nil {
		var err error
		if o.grant, err = c.Dicts.Grant(); err != nil {
			return nil, err
		}
		defer c.Dicts.Break(o.grant.Worker)
	}
	f := newForker()
	defer f.end()
	w, err := startWorker(f, o)
	if err != nil {
		return nil, err
	}
	done := make(chan struct{})
	go func() { w.run(); w.finish(); close(done) }()
	defer func() { w.end(Ended); <-done }()
	return w, w.waitReady(ctx)
}

// compile is Compile, in a worker.
func (c *child) compile(srcs []js.Source, o js.Options) error {
	go c.answers()
	o.Host = trial{c.host.dicts}
	out, err := compileHere(context.Background(), serverFiles{c.host}, srcs, o)
	if err != nil {
		return err
	}
	return errors.Join(c.out.push(frameCompiled, 0, out.append(nil)), c.out.flush())
}

// trial is the server for the top level of modules that are inspected: it has
// dictionaries that nobody else sees.
type trial struct{ dicts *shared.Dicts }

// Log implements js.Host.
func (trial) Log(js.Origin, js.Level, string) {}

// Ask implements js.Host.
func (t trial) Ask(_ context.Context, o js.Origin, op string, args []js.Value) (js.Value, error) {
	if op == "dict" && t.dicts != nil {
		return t.dicts.Answer(o.VHost, args)
	}
	return nil, fmt.Errorf("%s: %w", op, js.ErrAbsent)
}

// compileHere compiles and inspects in this process.
func compileHere(ctx context.Context, fsys fs.FS, srcs []js.Source, o js.Options) (compiled, error) {
	p, faults := js.Compile(fsys, srcs, o)
	c := compiled{program: &Program{files: p.Files(), warnings: p.Warnings()}, faults: faults}
	if l := js.Inspect(ctx, p, o); len(l) > 0 {
		c.found = l
	}
	if faults != nil {
		return c, nil
	}
	var err error
	if c.program.text, err = js.AppendProgram(nil, p); err != nil {
		return c, fmt.Errorf("encode program: %w", err)
	}
	return c, nil
}

// answers passes on what the server answers. It ends with the process.
func (c *child) answers() {
	for {
		f, err := c.in.next()
		if err != nil {
			os.Exit(0) // nobody waits for what is done here
		}
		c.host.answer(f)
	}
}
