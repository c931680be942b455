package vhost

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/js/host"
)

// The files that scripts have left open are closed with the VM or the process
// that opened them, and with no other.
func TestLeftFilesAreClosed(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	permit, err := host.ParsePermit([]string{"fs", "read", dir})
	if err != nil {
		t.Fatal(err)
	}
	settings := &host.Settings{Permit: permit}
	r := newRig(t, "vhost v { } vhost w { }", silent{})
	r.Scripts = &host.Host{Settings: func(string) *host.Settings { return settings }}
	do := func(l js.Lease, vhost, op string, args ...js.Value) (js.Value, error) {
		return l.Ask(context.Background(), js.Origin{VHost: vhost}, op, args)
	}
	open := func(l js.Lease, vhost string) js.Value {
		t.Helper()
		fd, err := do(l, vhost, "fs.open", name, int64(0), int64(0))
		if err != nil {
			t.Fatal(err)
		}
		return fd
	}
	isOpen := func(l js.Lease, vhost string, fd js.Value) bool {
		_, err := do(l, vhost, "fs.fstat", fd)
		return err == nil
	}
	old, next := r.Lease(), r.Lease()
	v, w, other := open(old, "v"), open(old, "w"), open(next, "v")
	old.Broke("v", false)
	if !isOpen(old, "v", v) {
		t.Error("closed with one VM of several")
	}
	old.Broke("v", true)
	if isOpen(old, "v", v) || !isOpen(old, "w", w) || !isOpen(next, "v", other) {
		t.Error("not closed with the VM, or others were closed, too")
	}
	old.Broke("unheard", true)
	old.End()
	if isOpen(old, "w", w) || !isOpen(next, "v", other) {
		t.Error("not closed with the process, or others were closed, too")
	}
	next.End()
	want := map[string]VMCount{"v": {Breaks: 2, Leaks: 2}, "w": {Leaks: 1}}
	if diff := cmp.Diff(want, r.VMCounts()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if n := strings.Count(r.log.String(), "had not closed their files"); n != 3 {
		t.Errorf("%d lines about it, want 3:\n%s", n, r.log)
	}
	r.over()
}
