package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"weir/js"
	"weir/js/builtin"
	"weir/js/hook"
	"weir/js/shared"
	"weir/media"
)

// gates are what the benchmarks call.
const gates = `
	export function nothing(s) {}
	export function token(s) {
		if (s.app !== 'live') return s.deny(404, 'no such app');
		const q = s.query, i = q.indexOf('token=');
		if (i < 0 || q.slice(i + 6, i + 46).length < 32 || s.remoteAddress.startsWith('10.9.')) return s.deny(401, 'bad token');
	}
	export function dictionary(s) {
		const d = ngx.shared.counts, key = s.app + '/' + s.stream;
		if (d.incr(key, 1, 0) < 0 || d.get(key) === undefined) return false;
		d.incr(key, -1);
	}
`

// publisher is a session as a gate gets it.
func publisher() *js.Object {
	return hook.OfSession(&media.Session{
		ID: "c7f3a1b2", Kind: media.KindPublish, Query: "token=0123456789abcdef0123456789abcdef01234567&expires=1800000000",
		Connection: &media.Connection{ID: "c1", Remote: netip.MustParseAddrPort("192.0.2.1:50123")},
	}, media.Key{VHost: "a", App: "live", Stream: "camera-0042"}).Object()
}

// BenchmarkGate is a gate's way through a worker, in this process, and beside
// them a webhook: alone, and 64 in flight. CPU is that of both ends together.
func BenchmarkGate(b *testing.B) {
	s := publisher()
	gate := func(name string) js.Call {
		return js.Call{Unit: "a", Func: js.Func{Module: "m", Name: name}, Args: []js.Value{s}}
	}
	for _, name := range []string{"nothing", "token", "dictionary"} {
		b.Run("way=worker/handler="+name, func(b *testing.B) {
			w := start(b, gates, func(c *Config) { c.Dicts = counts(b) })
			quantities(b, func() error { _, err := w.Call(b.Context(), gate(name)); return err }, func() time.Duration {
				used, _ := cpuTimeOf(w.common.current.Load().pid())
				return used
			})
		})
		b.Run("way=process/handler="+name, func(b *testing.B) {
			p, err := program(b, gates).Decode()
			if err != nil {
				b.Fatal(err)
			}
			pool, err := js.NewPool(p, js.Options{Classes: hook.Classes(), Modules: builtin.Modules(builtin.Server{}), Host: &inProcess{dicts: counts(b)}})
			if err != nil {
				b.Fatal(err)
			}
			defer pool.Close(b.Context()) //nolint:errcheck // it is over
			quantities(b, func() error { _, err := pool.Call(b.Context(), gate(name)); return err }, func() time.Duration { return 0 })
		})
	}
	b.Run("way=webhook/handler=token", func(b *testing.B) {
		address, pid := webhook(b)
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}}
		defer client.CloseIdleConnections()
		quantities(b, func() error {
			body, err := json.Marshal(map[string]string{
				"action": "on_publish", "client_id": "c7f3a1b2", "ip": "192.0.2.1", "vhost": "a", "app": "live", "stream": "camera-0042",
				"param": "?token=0123456789abcdef0123456789abcdef01234567&expires=1800000000", "tcUrl": "rtmp://a/live",
			})
			if err != nil {
				return err
			}
			resp, err := client.Post(address, "application/json", bytes.NewReader(body))
			if err != nil {
				return err
			}
			defer resp.Body.Close()
			text, err := io.ReadAll(resp.Body)
			if err == nil && string(text) != "0" {
				err = fmt.Errorf("answer %q", text)
			}
			return err
		}, func() time.Duration { used, _ := cpuTimeOf(pid); return used })
	})
}

// counts is a dictionary.
func counts(b *testing.B) *shared.Dicts {
	b.Helper()
	d, err := shared.New([]shared.Zone{{Name: "counts", Size: 1 << 20, Type: "number"}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() }) //nolint:errcheck // it is over
	return d
}

// inProcess is the host of scripts in this process.
type inProcess struct {
	server
	dicts *shared.Dicts
}

func (i *inProcess) Ask(_ context.Context, o js.Origin, _ string, args []js.Value) (js.Value, error) {
	return i.dicts.Answer(o.VHost, args)
}

// BenchmarkStart is from the sources of ten modules of fifty lines to workers that
// are ready, in its two parts.
func BenchmarkStart(b *testing.B) {
	files, imports := fstest.MapFS{}, []js.Import{}
	for i := range 10 {
		name := fmt.Sprintf("m%d", i)
		files[name+".js"] = &fstest.MapFile{Data: []byte(fiftyLines)}
		imports = append(imports, js.Import{Name: name, File: name + ".js"})
	}
	srcs := []js.Source{{Unit: "a", Imports: imports}}
	b.Run("part=compile", func(b *testing.B) {
		for b.Loop() {
			if _, faults, found := Compile(b.Context(), files, srcs, Config{}); faults != nil || found != nil {
				b.Fatal(faults, found)
			}
		}
	})
	p, _, _ := Compile(b.Context(), files, srcs, Config{})
	for _, called := range []bool{false, true} {
		b.Run(fmt.Sprintf("part=start/called=%t", called), func(b *testing.B) {
			for b.Loop() {
				s, err := Start(b.Context(), Config{Program: p, Host: &server{}})
				if err != nil {
					b.Fatal(err)
				}
				if called {
					if _, err := s.Call(b.Context(), js.Call{Unit: "a", Func: js.Func{Module: "m9", Name: "f0"}, Args: []js.Value{"aab", "a"}}); err != nil {
						b.Fatal(err)
					}
				}
				b.StopTimer()
				if err := s.Close(b.Context()); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}

// fiftyLines is a module: functions, and a table that its top level makes.
var fiftyLines = func() string {
	var b strings.Builder
	for i := range 6 {
		fmt.Fprintf(&b, `export function f%d(a, b) {
	const m = new Map();
	for (let k = 0; k < a.length; k++) {
		if (a[k] === b) m.set(k, a.slice(k));
		else m.set('x' + k, { i: k, v: a[k] });
	}
	return JSON.stringify([...m]);
}
`, i)
	}
	b.WriteString("const table = []; for (let i = 0; i < 2000; i++) table.push({ id: i, name: 'stream-' + i, tags: ['a', 'b'] });\n")
	return b.String()
}()

// quantities measures call alone and 64 in flight. other is the CPU time of the
// other process.
func quantities(b *testing.B, call func() error, other func() time.Duration) {
	for range 2000 {
		if err := call(); err != nil {
			b.Fatal(err)
		}
	}
	for _, flight := range []int{1, 64} {
		b.Run(fmt.Sprintf("flight=%d", flight), func(b *testing.B) {
			b.ReportAllocs()
			took := make([][]time.Duration, flight)
			used := cpuTime() + other()
			begun := time.Now()
			var running sync.WaitGroup
			for f := range flight {
				running.Go(func() {
					for range (b.N + flight - 1) / flight {
						t := time.Now()
						if err := call(); err != nil {
							b.Error(err)
							return
						}
						took[f] = append(took[f], time.Since(t))
					}
				})
			}
			running.Wait()
			all, elapsed := slices.Concat(took...), time.Since(begun)
			used = cpuTime() + other() - used
			slices.Sort(all)
			n := len(all)
			b.ReportMetric(float64(all[n/2])/1e3, "p50-µs")
			b.ReportMetric(float64(all[n*99/100])/1e3, "p99-µs")
			b.ReportMetric(float64(used)/1e3/float64(n), "cpu-µs/call")
			b.ReportMetric(float64(n)/elapsed.Seconds(), "calls/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// cpuTime is what this process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// webhookMark has TestMain be the back end of a webhook.
const webhookMark = "__webhook__"

// webhook is a back end in another process.
func webhook(b *testing.B) (address string, pid int) {
	b.Helper()
	cmd := exec.Command("/proc/self/exe", webhookMark)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() }) //nolint:errcheck // it is over
	text := make([]byte, 100)
	n, err := out.Read(text)
	if err != nil {
		b.Fatal(err)
	}
	return "http://" + strings.TrimSpace(string(text[:n])) + "/publish", cmd.Process.Pid
}

func serveWebhook() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println(l.Addr())
	panic(http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var m map[string]string
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil || m["app"] != "live" || !strings.Contains(m["param"], "token=") {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		fmt.Fprint(w, "0")
	})))
}

func isWebhook() bool { return len(os.Args) == 2 && os.Args[1] == webhookMark }
