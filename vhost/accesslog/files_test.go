package accesslog

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"weir/conf"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// running are files that are written until stop.
func running(t *testing.T) (f *Files, log *bytes.Buffer, stop func()) {
	t.Helper()
	log = &bytes.Buffer{}
	f = New(slog.New(slog.NewTextHandler(log, nil)))
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { f.Run(ctx) })
	stop = sync.OnceFunc(func() { cancel(); done.Wait() })
	t.Cleanup(stop)
	return f, log, stop
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestLinesKeepTheirOrderInEachFile(t *testing.T) {
	dir := t.TempDir()
	f, _, stop := running(t)
	var want [3]string
	for i := range 1000 {
		n := i * i % 3
		text := fmt.Sprintf("line %d\n", i)
		want[n] += text
		f.Write(filepath.Join(dir, "deep", fmt.Sprint(n)), []byte(text))
	}
	stop()
	for n := range want {
		if want[n] == "" {
			continue
		}
		if diff := cmp.Diff(want[n], read(t, filepath.Join(dir, "deep", fmt.Sprint(n)))); diff != "" {
			t.Errorf("file %d (-want +got):\n%s", n, diff)
		}
	}
}

func TestReopenFollowsARotation(t *testing.T) {
	name := filepath.Join(t.TempDir(), "log")
	f, _, stop := running(t)
	f.Write(name, []byte("one\n"))
	if err := f.Reopen(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(name, name+".1"); err != nil {
		t.Fatal(err)
	}
	f.Write(name, []byte("two\n"))
	stop()
	if got := read(t, name+".1") + read(t, name); got != "one\ntwo\n" {
		t.Errorf("%q", got)
	}
	if err := f.Reopen(); err != nil { // it is over
		t.Error(err)
	}
}

func TestFileThatCannotBeWrittenIsLoggedOnce(t *testing.T) {
	dir := t.TempDir() // which is no file
	f, log, stop := running(t)
	for range 3 {
		f.Write(dir, []byte("x\n"))
		if err := f.Reopen(); err != nil {
			t.Fatal(err)
		}
	}
	f.Write(dir, []byte("x\n"))
	f.Write(dir, []byte("x\n"))
	stop()
	if n := strings.Count(log.String(), "cannot be written"); n == 0 || n > 4 || f.Lost() != 5 {
		t.Errorf("%d messages, %d lines lost:\n%s", n, f.Lost(), log)
	}
}

func TestNobodyWaits(t *testing.T) {
	f := New(slog.New(slog.DiscardHandler)) // nobody writes
	for range maxWaiting + 3 {
		f.Write("x", []byte("x"))
	}
	if f.Lost() != 3 {
		t.Errorf("%d lines are lost, want 3", f.Lost())
	}
}

func TestLine(t *testing.T) {
	values := map[string]string{"a": "x\"y\\z\n\xff", "empty": ""}
	get := func(name string) (string, bool) { v, ok := values[name]; return v, ok }
	for _, tt := range []struct{ escape, text, want string }{
		{"", "<$a> $empty $none ${a}b", `<x\x22y\x5Cz\x0A\xFF> - - x\x22y\x5Cz\x0A\xFFb` + "\n"},
		{"json", `{"a":"$a","b":"$none"}`, `{"a":"x\"y\\z\n` + "\uFFFD" + `","b":""}` + "\n"},
		{"none", "$a|$none", "x\"y\\z\n\xff|-\n"},
		{"", "no variables", "no variables\n"},
	} {
		if got := string(Line(&conf.LogFormat{Text: tt.text, Escape: tt.escape}, get)); got != tt.want {
			t.Errorf("%s %s: %q, want %q", tt.escape, tt.text, got, tt.want)
		}
	}
}
