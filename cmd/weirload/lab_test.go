//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"weir/weirtest"
)

// rigVariable makes this binary a load ("load") or a server ("serve FILE").
const rigVariable = "WEIRLOAD_TEST"

// rig is what this binary does in the place of tests, if it was asked to.
func rig() {
	what, file, _ := strings.Cut(os.Getenv(rigVariable), " ")
	switch what {
	case "load":
		main()
	case "serve":
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		defer stop()
		s, err := weirtest.Start(file)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		<-ctx.Done()
		if s.Stop() != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
}

// serversFile describes servers that this binary is.
func serversFile(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s, err := configured(dir, weirConf, setting{Name: "weir"})
	if err != nil {
		t.Fatal(err)
	}
	s.Cmd = []string{self}
	s.Env = []string{rigVariable + "=serve " + filepath.Join(dir, "weir.conf")}
	dead := s
	dead.Name, dead.Cmd = "dead", []string{"/bin/false"}
	b, err := json.Marshal([]server{s, dead})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "servers.json")
	writeFile(t, file, b)
	t.Setenv(rigVariable, "load")
	t.Setenv("TMPDIR", dir)
	return file
}

func TestBenchMeasuresServers(t *testing.T) {
	if len(allowedCPUs()) < 2 {
		t.Skip("server and load need a processor each")
	}
	servers := serversFile(t)
	bench := func(t *testing.T, want int, args ...string) (table string, o []outcome) {
		t.Helper()
		file := filepath.Join(t.TempDir(), "raw.jsonl")
		var out, errs bytes.Buffer
		args = append([]string{"bench", "-servers", servers, "-t", "1s", "-warm", "500ms", "-lead", "500ms", "-settle", "100ms", "-out", file}, args...)
		if code := run(t.Context(), args, console{&out, &errs}); code != want {
			t.Fatalf("exit code %d\n%s", code, &errs)
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for d := json.NewDecoder(bytes.NewReader(b)); ; {
			var one outcome
			if err := d.Decode(&one); err == io.EOF {
				return out.String(), o
			} else if err != nil {
				t.Fatal(err)
			}
			o = append(o, one)
		}
	}
	for _, mode := range []string{"play", "flv", "pub"} {
		t.Run(mode, func(t *testing.T) {
			table, all := bench(t, exitClean, "-use", "weir", "-mode", mode, "-n", "2")
			if len(all) != 1 {
				t.Fatalf("%d outcomes", len(all))
			}
			o := all[0]
			if o.Err != "" || o.CPU <= 0 || o.CPUPerGbit <= 0 || o.RSS <= 0 || o.RSSBefore <= 0 || o.Seconds < .5 {
				t.Errorf("got %+v", o)
			}
			if mode != "pub" && (o.Play.Playing != 2 || o.Play.Missed != 0) {
				t.Errorf("got %+v", *o.Play)
			}
			if !strings.Contains(table, "(1.00)") {
				t.Errorf("the table has no ratio:\n%s", table)
			}
		})
	}
	t.Run("connect", func(t *testing.T) {
		_, all := bench(t, exitClean, "-use", "weir", "-mode", "connect", "-n", "0", "-count", "30")
		if o := all[0]; o.Err != "" || o.Connect.Done != 30 || o.RSSAfter <= 0 {
			t.Errorf("got %+v", o)
		}
	})
	t.Run("a server that does not start", func(t *testing.T) {
		_, all := bench(t, exitFailed, "-use", "dead")
		if len(all) != 1 || !strings.Contains(all[0].Err, "ended at once") {
			t.Errorf("got %+v", all)
		}
	})
}

// Its children end with the context, not with their time.
func TestBenchEndsItsChildren(t *testing.T) {
	if len(allowedCPUs()) < 2 {
		t.Skip("server and load need a processor each")
	}
	servers := serversFile(t)
	begin := time.Now()
	var errs bytes.Buffer
	code := run(t.Context(), []string{"bench", "-servers", servers, "-use", "weir", "-t", "10m", "-budget", "3s"}, console{io.Discard, &errs})
	if code != exitFailed || !strings.Contains(errs.String(), "budget spent") {
		t.Errorf("exit code %d, %s", code, &errs)
	}
	if took := time.Since(begin); took > weirtest.Patience {
		t.Errorf("took %v", took)
	}
	all, err := readServers(servers)
	if err != nil {
		t.Fatal(err)
	}
	if all[0].listens() {
		t.Error("the server is still there")
	}
}
