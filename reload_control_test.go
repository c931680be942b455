package weir_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"weir"
	"weir/weirtest"
)

// controlled is a server with a control socket.
type controlled struct {
	*weirtest.Server
	pid, socket string
}

func withControl(s *weir.Server) { s.Control = true }

func control(t *testing.T) controlled {
	t.Helper()
	d := disk{t, t.TempDir()}
	d.write("srs.conf", controlledBy(d, ""))
	return controlled{weirtest.Serve(t, d.path("srs.conf"), withControl), d.path("w.pid"), d.path("w.sock")}
}

// controlledBy is a file whose server has its socket in d.
func controlledBy(d disk, inVHost string) string {
	return weirtest.FreePorts("pid " + d.path("w.pid") + ";" + everything(inVHost))
}

func (c controlled) ask(t *testing.T, verb string) weir.Reply {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), weirtest.Patience)
	defer cancel()
	r, err := weir.Ask(ctx, c.socket, verb)
	if err != nil {
		t.Errorf("%s: %v", verb, err)
	}
	return r
}

// dial is a client whose manners are the test's.
func (c controlled) dial(t *testing.T, says string) net.Conn {
	t.Helper()
	conn, err := net.Dial("unix", c.socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if _, err := io.WriteString(conn, says); err != nil {
		t.Fatal(err)
	}
	return conn
}

// Reloads that are asked for at once happen one after another, each of them.
func TestReloadsAtOnce(t *testing.T) {
	t.Parallel()
	const clients = 8
	c := control(t)
	var all sync.WaitGroup
	var mu sync.Mutex
	seen := map[int]bool{}
	for range clients {
		all.Go(func() {
			if r := c.ask(t, weir.VerbReload); r.Reload != nil && r.Error == "" {
				mu.Lock()
				defer mu.Unlock()
				seen[r.Reload.Generation] = true
			}
		})
	}
	all.Wait()
	if len(seen) != clients {
		t.Errorf("the answers tell of generations %v, want %d of them", seen, clients)
	}
}

// Whoever asks for the end is told of it, also the second one.
func TestStopsAtOnce(t *testing.T) {
	t.Parallel()
	c := control(t)
	ctx, cancel := context.WithTimeout(t.Context(), weirtest.Patience)
	defer cancel()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { // one that comes too late finds nobody
			if r, err := weir.Ask(ctx, c.socket, weir.VerbStop); r.Error != "" || err != nil && !errors.Is(err, weir.ErrNotRunning) {
				t.Error(r.Error, err)
			}
		})
	}
	all.Wait()
	for _, name := range []string{c.pid, c.socket} {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s is left", name)
		}
	}
}

// A client that says nothing, or takes no answer, keeps neither the others nor the
// server's end waiting.
func TestControlClientsThatHang(t *testing.T) {
	t.Parallel()
	const soon = 4 * time.Second // a client has 5 s to ask
	var took time.Duration
	for range 3 { // a busy machine is given another chance
		if took = endOfHangingClients(t); took < soon {
			return
		}
	}
	t.Errorf("the end took %v", took)
}

// endOfHangingClients is how long a server's end takes that has such clients.
func endOfHangingClients(t *testing.T) time.Duration {
	t.Helper()
	c := control(t)
	c.dial(t, "")
	c.dial(t, `{"verb":`)
	large := strings.Repeat("x", 1<<20) // more than a socket holds
	d := disk{t, filepath.Dir(c.socket)}
	d.write("srs.conf", strings.Replace(controlledBy(d, ""), "http_server {", "http_server { dir "+large+";", 1))
	c.dial(t, `{"verb":"reload"}`+"\n")
	if r := c.ask(t, weir.VerbStatus); r.Status == nil {
		t.Errorf("status: %+v", r)
	}
	begun := time.Now()
	if err := c.Stop(); err != nil {
		t.Error(err)
	}
	return time.Since(begun)
}

func TestGarbageAtTheControlSocket(t *testing.T) {
	t.Parallel()
	c := control(t)
	for _, says := range []string{
		"\n", "\x00\xff\n", "GET / HTTP/1.1\r\n\r\n", "[]\n", `{"verb":5}` + "\n", `{"verb":"dance"}` + "\n", "null\n",
		strings.Repeat("[", 4<<10) + "\n", strings.Repeat("x", 64<<10),
	} {
		conn := c.dial(t, says)
		conn.SetDeadline(time.Now().Add(weirtest.Patience))
		answer, _ := io.ReadAll(conn) // or it is closed while there is more to say
		if len(answer) > 0 && !strings.HasPrefix(string(answer), `{"error":"`) {
			t.Errorf("%.20q is answered with %s", says, answer)
		}
	}
	if r := c.ask(t, weir.VerbStatus); r.Status == nil || r.Status.Generation != 1 {
		t.Errorf("status: %+v", r)
	}
}

func TestControlSocketIsPrivate(t *testing.T) {
	t.Parallel()
	c := control(t)
	info, err := os.Stat(c.socket)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode(); got != os.ModeSocket|0o600 {
		t.Errorf("mode %v, want %v", got, os.ModeSocket|0o600)
	}
	entries, err := os.ReadDir(filepath.Dir(c.socket))
	if err != nil || len(entries) != 3 {
		t.Errorf("beside the file are %v, %v; want the pid file and the socket", entries, err)
	}
}

// What a crash leaves behind does not keep the next server from starting.
func TestStartAfterACrash(t *testing.T) {
	t.Parallel()
	d := disk{t, t.TempDir()}
	l, err := net.ListenUnix("unix", &net.UnixAddr{Name: d.path("w.sock"), Net: "unix"})
	if err != nil {
		t.Fatal(err)
	}
	l.SetUnlinkOnClose(false)
	d.try(l.Close())
	d.write("w.pid", "1\n")
	d.write("srs.conf", controlledBy(d, ""))
	c := controlled{weirtest.Serve(t, d.path("srs.conf"), withControl), d.path("w.pid"), d.path("w.sock")}
	if r := c.ask(t, weir.VerbStatus); r.Status == nil {
		t.Errorf("status: %+v", r)
	}
	if pid, err := os.ReadFile(c.pid); err != nil || string(pid) != fmt.Sprintln(os.Getpid()) {
		t.Errorf("the pid file says %q, %v", pid, err)
	}
}

// Of servers that are started at once with one pid file, one runs, and is reached.
func TestStartsAtOnce(t *testing.T) {
	t.Parallel()
	d := disk{t, t.TempDir()}
	d.write("srs.conf", controlledBy(d, ""))
	for range 5 {
		var all sync.WaitGroup
		var mu sync.Mutex
		var running []*weirtest.Server
		for range 4 {
			all.Go(func() {
				s, err := weirtest.Start(d.path("srs.conf"), withControl)
				if err != nil {
					if !strings.Contains(err.Error(), "another server is running") {
						t.Error(err)
					}
					return
				}
				mu.Lock()
				defer mu.Unlock()
				running = append(running, s)
			})
		}
		all.Wait()
		if len(running) != 1 {
			t.Errorf("%d servers run, want 1", len(running))
		}
		c := controlled{socket: d.path("w.sock")}
		if r := c.ask(t, weir.VerbStatus); r.Status == nil {
			t.Errorf("status: %+v", r)
		}
		for _, s := range running {
			if err := s.Stop(); err != nil {
				t.Error(err)
			}
		}
	}
}
