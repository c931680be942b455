package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"weir/js"
)

// What a compilation may take. Its memory is a multiple of what scripts may use:
// the text of all of them is there, too.
const (
	compileTime   = 30 * time.Second
	compileMemory = 4
)

// Compile compiles sources, and then inspects the program, in a worker that is made
// for it: a text can be such that its parser overflows the stack, or that its
// constants take a day to fold. Of c it uses Server, Memory and Budget; files are
// read through fsys, as js.Compile does.
//
// The first error is what js.Compile says, or that there could be no worker, or that
// it died. The program is good for its Files alone then. The second is what
// js.Inspect says.
func Compile(ctx context.Context, fsys fs.FS, srcs []js.Source, c Config) (*Program, error, error) {
	out, err := compile(ctx, fsys, srcs, c)
	if err != nil {
		return &Program{}, js.Errors{{Message: "scripts cannot be compiled: " + err.Error()}}, nil
	}
	return out.program, out.faults, out.found
}

func compile(ctx context.Context, fsys fs.FS, srcs []js.Source, c Config) (compiled, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, compileTime, errors.New("it takes too long"))
	defer cancel()
	init, err := setup{Server: c.Server, Budget: c.Budget, Sources: srcs}.append(nil, nil)
	if err != nil {
		return compiled{}, err
	}
	f := newForker()
	defer f.end()
	w, err := startWorker(f, compileMemory*c.memory(), init, files{fsys})
	if err != nil {
		return compiled{}, err
	}
	done := make(chan struct{})
	go func() { w.run(); w.finish(); close(done) }()
	defer func() { w.end(Ended); <-done }()
	w.out.flush()
	if err := w.waitReady(ctx); err != nil {
		return compiled{}, err
	}
	return w.compiled, nil
}

// compile is Compile, in a worker.
func (c *child) compile(srcs []js.Source, o js.Options) error {
	go c.answers()
	p, faults := js.Compile(serverFiles{c.host}, srcs, o)
	var found error
	if l := js.Inspect(context.Background(), p, o); len(l) > 0 {
		found = l
	}
	b, err := compiled{faults: faults, found: found}.append(nil, p)
	if err != nil {
		return fmt.Errorf("encode program: %w", err)
	}
	return errors.Join(c.out.push(frameCompiled, 0, b), c.out.flush())
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
