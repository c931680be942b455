package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"

	"go.uber.org/goleak"

	"weir/js"
)

func TestMain(m *testing.M) {
	mainWith(escapes())
	switch {
	case isWebhook():
		serveWebhook()
	case isOrphan():
		serveOrphan()
	}
	goleak.VerifyTestMain(m)
}

// escapes is a module of what a worker must not be able to do: each function says
// why it could not.
func escapes() js.Module {
	try := attempt
	m := js.Module{Name: "escapes", Source: "for (const n of ['read', 'write', 'tcp', 'udp', 'exec', 'kill', 'list', 'environment', 'descriptors', 'die', 'ask', 'askLater'"}
	ask := func(e js.Env, args []js.Value) (js.Value, error) {
		return e.Host.Ask(e.Context, e.Origin, args[0].(string), args[1:])
	}
	m.Natives = []js.Native{
		{Member: js.Member{Name: "ask"}, Call: ask},
		{Member: js.Member{Name: "askLater"}, Call: ask, Async: true},
		try("read", func() error { _, err := os.ReadFile("/etc/passwd"); return err }),
		try("write", func() error { return os.WriteFile("/tmp/weir-escaped", nil, 0o600) }),
		try("list", func() error { _, err := os.ReadDir("/"); return err }),
		try("tcp", func() error { _, err := net.Dial("tcp", "127.0.0.1:1"); return err }),
		try("udp", func() error { _, err := net.Dial("udp", "127.0.0.1:53"); return err }),
		try("exec", func() error { return exec.Command("/bin/true").Run() }),
		try("kill", func() error { return syscall.Kill(1, 0) }),
		try("environment", func() error { return errors.New(strings.Join(os.Environ(), " ") + ";") }),
		try("descriptors", func() error {
			var open []string
			for fd := range 64 {
				var st syscall.Stat_t
				if err := syscall.Fstat(fd, &st); err == nil {
					open = append(open, fmt.Sprintf("%d:%o", fd, st.Mode&syscall.S_IFMT))
				}
			}
			return errors.New(strings.Join(open, " "))
		}),
		try("die", func() error { os.Exit(7); return nil }),
	}
	for _, n := range intrusions() {
		m.Source += ", '" + n.Name + "'"
		m.Natives = append(m.Natives, n)
	}
	m.Source += "]) exports[n] = native[n];"
	return m
}

// attempt is a function for scripts that says why f failed.
func attempt(name string, f func() error) js.Native {
	return js.Native{Member: js.Member{Name: name}, Call: func(js.Env, []js.Value) (js.Value, error) {
		if err := f(); err != nil {
			return err.Error(), nil
		}
		return nil, nil
	}}
}

// server is a js.Host for tests.
type server struct {
	mu  sync.Mutex
	log []string
	ask func(ctx context.Context, o js.Origin, op string, args []js.Value) (js.Value, error)
}

func (s *server) Log(o js.Origin, _ js.Level, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = append(s.log, o.VHost+": "+text)
}

func (s *server) Ask(ctx context.Context, o js.Origin, op string, args []js.Value) (js.Value, error) {
	if s.ask == nil {
		return nil, fmt.Errorf("%s: nobody answers", op)
	}
	return s.ask(ctx, o, op, args)
}

// program compiles a module for units "a", "b" and "c".
func program(t testing.TB, source string) *Program {
	t.Helper()
	p, faults, found := Compile(t.Context(), fstest.MapFS{"m.js": {Data: []byte(source)}}, sources(), Config{})
	if err := errors.Join(faults, found); err != nil {
		t.Fatal(err)
	}
	return p
}

// sources are units that import the module m.
func sources() []js.Source {
	var list []js.Source
	for _, u := range []string{"a", "b", "c"} {
		list = append(list, js.Source{Unit: u, Imports: []js.Import{{Name: "m", File: "m.js"}}})
	}
	return list
}

// start starts workers for one test.
func start(t testing.TB, source string, change ...func(*Config)) *Workers {
	t.Helper()
	c := Config{Program: program(t, source), Host: &server{}, Log: slog.New(slog.NewTextHandler(logs{t}, nil))}
	for _, f := range change {
		f(&c)
	}
	s, err := Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return s
}

type logs struct{ t testing.TB }

func (l logs) Write(b []byte) (int, error) { l.t.Logf("%s", b); return len(b), nil }

var _ io.Writer = logs{}

// do calls an export of the module.
func do(t testing.TB, s *Workers, unit, name string, args ...js.Value) (js.Value, error) {
	t.Helper()
	r, err := s.Call(t.Context(), js.Call{Unit: unit, Func: js.Func{Module: "m", Name: name}, Args: args, Origin: js.Origin{VHost: unit, Handler: "m." + name}})
	return r.Value, err
}
