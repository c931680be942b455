package workshop

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"time"

	"weir/js"
	"weir/js/builtin"
	"weir/js/host"
)

// Tester runs files of tests, each in a VM of its own.
type Tester struct {
	Files   fs.FS
	Filter  *regexp.Regexp // of the tests' names; nil: all
	Timeout time.Duration  // of a test
	Server  builtin.Server
	Out     io.Writer

	passed, failed, skipped int
	seen                    []js.File
}

// Test runs the files, prints what came of each test, and reports whether all that
// ran passed.
func (t *Tester) Test(ctx context.Context, files []string) bool {
	start := time.Now()
	t.passed, t.failed, t.skipped, t.seen = 0, 0, 0, nil
	for _, f := range files {
		fmt.Fprintln(t.Out, f)
		if err := t.file(ctx, f); err != nil {
			t.failed++
			t.explain(err, nil)
		}
	}
	summary := fmt.Sprintf("%d passed", t.passed)
	if t.failed > 0 {
		summary += fmt.Sprintf(", %d failed", t.failed)
	}
	if t.skipped > 0 {
		summary += fmt.Sprintf(", %d skipped", t.skipped)
	}
	fmt.Fprintf(t.Out, "\n%s (%v)\n", summary, time.Since(start).Round(time.Millisecond))
	return t.failed == 0
}

// file runs the tests of a file. The error is what kept some from running.
func (t *Tester) file(ctx context.Context, file string) error {
	settings := &host.Settings{Permit: host.Permit{All: true}}
	s := &stage{terminal: &terminal{out: t.Out, err: t.Out, host: &host.Host{Settings: func(string) *host.Settings { return settings }}}}
	defer s.Close()
	paths, err := s.furnish(t.Files, path.Dir(file))
	if err != nil {
		return err
	}
	o := options(s, s.modules(builtin.Modules(t.Server)))
	script, err := js.CompileScript(t.Files, file, paths, o)
	t.seen = append(t.seen, script.Files()...)
	if err != nil {
		return err
	}
	shell, err := js.NewShell(o)
	if err != nil {
		return err
	}
	defer shell.Close()
	within, cancel := context.WithTimeoutCause(ctx, t.Timeout, js.ErrTimeout)
	defer cancel()
	if err := shell.Run(within, script); err != nil {
		return err
	}
	list, err := shell.Call(within, "weir:test/cases", "list")
	if err != nil {
		return err
	}
	t.run(ctx, shell, list.([]any))
	return nil
}

// run runs tests one after another. One that does not end ends them all.
func (t *Tester) run(ctx context.Context, shell *js.Shell, list []any) {
	for i, c := range list {
		m, _ := c.(map[string]any)
		name, _ := m["name"].(string)
		switch {
		case t.Filter != nil && !t.Filter.MatchString(name):
			continue
		case m["skip"] == true:
			t.skipped++
			fmt.Fprintf(t.Out, "  skip  %s\n", name)
			continue
		}
		err := t.one(ctx, shell, i)
		if err == nil {
			t.passed++
			fmt.Fprintf(t.Out, "  ok    %s\n", name)
			continue
		}
		t.failed++
		fmt.Fprintf(t.Out, "  FAIL  %s\n", name)
		if rest := len(list) - i - 1; shell.IsBroken() {
			t.explain(err, nil)
			t.skipped += rest
			fmt.Fprintf(t.Out, "  skip  what follows it: %d\n", rest)
			return
		}
		differs, _ := shell.Call(ctx, "weir:test/cases", "differs") //nolint:errcheck // then it is not known
		t.explain(err, differs)
	}
}

func (t *Tester) one(ctx context.Context, shell *js.Shell, i int) error {
	ctx, cancel := context.WithTimeoutCause(ctx, t.Timeout, js.ErrTimeout)
	defer cancel()
	_, err := shell.Call(ctx, "weir:test/cases", "run", int64(i))
	return err
}

// explain prints why a test failed.
func (t *Tester) explain(err error, differs js.Value) {
	var b bytes.Buffer
	report(&b, t.Files, err)
	if m, ok := differs.(map[string]any); ok {
		expected, _ := m["expected"].(string)
		actual, _ := m["actual"].(string)
		writeDifference(&b, expected, actual)
	}
	for line := range strings.Lines(b.String()) {
		fmt.Fprint(t.Out, "        ", line)
	}
}
