package workshop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"weir/js"
	"weir/js/builtin"
)

const promptHelp = `Type JavaScript or TypeScript: its value is printed. import and await work.
.help  this text
.exit  the end, as is ^D; ^C ends what runs, too
`

// Prompt reads scripts line by line, and prints their values, until its input ends.
// Interactive has it ask for each line. It returns the exit code of the process.
func (r *Runner) Prompt(ctx context.Context, in io.Reader, interactive bool) int {
	t := r.terminal()
	defer t.Close()
	shell, err := js.NewShell(options(t, append(builtin.Modules(r.Server), shellModules()...)))
	if err != nil {
		return r.failed(err)
	}
	defer shell.Close()
	t.exit = shell.Exit
	shell.Load(r.Files, append([]string{"."}, r.Paths...))
	p := &prompter{Runner: r, shell: shell, interactive: interactive}
	err = p.serve(ctx, newLines(in, shell.Wake))
	return r.finish(ctx, shell, err)
}

type prompter struct {
	*Runner
	shell       *js.Shell
	interactive bool
	entered     string // of which the end is still to come
}

// serve runs what is typed, and timers meanwhile.
func (p *prompter) serve(ctx context.Context, lines *lines) error {
	for {
		p.ask()
		line, err := p.next(ctx, lines)
		switch {
		case errors.Is(err, io.EOF):
			return p.last(ctx)
		case err != nil:
			return err
		case p.entered == "" && strings.TrimSpace(line) == ".exit":
			return nil
		case p.entered == "" && strings.TrimSpace(line) == ".help":
			fmt.Fprint(p.Out, promptHelp)
			continue
		}
		p.entered += line + "\n"
		if err := p.enter(ctx, false); err != nil {
			return err
		}
	}
}

// ask prompts for a line.
func (p *prompter) ask() {
	switch {
	case !p.interactive:
	case p.entered == "":
		fmt.Fprint(p.Out, "> ")
	default:
		fmt.Fprint(p.Out, "... ")
	}
}

// next waits for a line. What timers throw meanwhile is told.
func (p *prompter) next(ctx context.Context, lines *lines) (string, error) {
	for {
		if line, ok := lines.take(); ok {
			return line, nil
		}
		if lines.isOver() {
			return "", io.EOF
		}
		if err := p.shell.Wait(ctx, lines.isReady); err != nil {
			if fatal := p.tell(err); fatal != nil {
				return "", fatal
			}
		}
		if !lines.isReady() { // nothing is left to run
			lines.wait()
		}
	}
}

// enter runs what was typed so far, unless it has a line to come.
func (p *prompter) enter(ctx context.Context, end bool) error {
	shown, more, err := p.shell.Enter(ctx, p.entered)
	if more && !end {
		return nil
	}
	p.entered = ""
	if err != nil {
		return p.tell(err)
	}
	if shown != "" {
		fmt.Fprintln(p.Out, shown)
	}
	return nil
}

// last is the end of the input: what is left of it is run, and what goes on may end.
func (p *prompter) last(ctx context.Context) error {
	if p.interactive {
		fmt.Fprintln(p.Out)
	}
	if p.entered != "" {
		if err := p.enter(ctx, true); err != nil {
			return err
		}
	}
	return p.shell.Wait(ctx, nil)
}

// tell prints what a script threw; what ends the prompt is returned.
func (p *prompter) tell(err error) error {
	var exit *js.ExitError
	if errors.As(err, &exit) || p.shell.IsBroken() {
		return err
	}
	var e *js.Error
	if !errors.As(err, &e) {
		fmt.Fprintln(p.Out, "Uncaught:", err)
		return nil
	}
	fmt.Fprintln(p.Out, "Uncaught", strings.TrimPrefix(strings.TrimPrefix(e.Message, "unhandled rejection: "), "uncaught "))
	for frame := range strings.Lines(e.Stack) {
		fmt.Fprint(p.Out, "    ", strings.TrimSuffix(frame, "\n"), "\n")
	}
	return nil
}
