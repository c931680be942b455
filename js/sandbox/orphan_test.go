package sandbox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"weir/js"
)

// orphanMark has TestMain be a server that is killed.
const orphanMark = "__orphan__"

func isOrphan() bool { return len(os.Args) == 2 && os.Args[1] == orphanMark }

// serveOrphan starts a worker, says its number, and keeps it busy.
func serveOrphan() {
	ctx := context.Background()
	text := []byte("export const loop = () => { for (;;); }")
	p, faults, found := Compile(ctx, fstest.MapFS{"m.js": {Data: text}}, sources(), Config{})
	s, err := Start(ctx, Config{Program: p, Host: &server{}})
	if err := errors.Join(faults, found, err); err != nil {
		panic(err)
	}
	fmt.Println(s.common.current.Load().pid())
	for {
		_, _ = s.Call(ctx, js.Call{Unit: "a", Func: js.Func{Module: "m", Name: "loop"}}) // until the kill
	}
}

// A worker ends with its server, also when it is killed, and whatever it does.
func TestWorkerEndsWithServer(t *testing.T) {
	cmd := exec.Command("/proc/self/exe", orphanMark)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed
	for deadline := time.Now().Add(10 * time.Second); !isGone(pid); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the worker still runs")
		}
	}
}

// isGone reports whether a process runs no more: it is not there, or a zombie that
// nobody has waited for.
func isGone(pid int) bool {
	if syscall.Kill(pid, 0) != nil {
		return true
	}
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(text), ") Z ")
}

// What Workers had is gone when they are closed: processes, descriptors, threads.
func TestNothingIsLeft(t *testing.T) {
	before := open(t)
	s := start(t, bombs)
	var pids []int
	for _, f := range []string{"ok", "die", "ok", "loop"} {
		_, _ = do(t, s, "a", f) // as it may
		if w := s.common.current.Load(); w != nil {
			pids = append(pids, w.pid())
		}
	}
	if err := s.Close(t.Context()); err != nil {
		t.Error(err)
	}
	for _, pid := range pids {
		if !isGone(pid) {
			t.Errorf("process %d still runs", pid)
		}
	}
	if n := open(t); n > before {
		t.Errorf("%d descriptors, %d before", n, before)
	}
}

func open(t *testing.T) int {
	t.Helper()
	l, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip(err)
	}
	return len(l)
}
