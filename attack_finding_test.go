package weir_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"weir/weirtest"
)

// finding is what came of an attack.
type finding struct {
	name      string
	verdicts  map[string]int // what the attacked gate said, by how often
	worst     time.Duration  // until it said so
	deaths    int            // of worker processes
	peak      int64          // bytes resident in one worker process
	server    int64          // and in the server's, which is the test's
	again     time.Duration  // until the attacked vhost was served again
	servedErr error          // it was not
	others    []time.Duration
	wrong     []string // what other gates said, and should not have
}

// attackers is how many ask the attacked gate at once; where time is not judged, one
// asks once.
const attackers = 2

// attack asks for a url for a time.
func (f *finding) attack(s *siege, url string, lasts time.Duration) {
	var mu sync.Mutex
	var all sync.WaitGroup
	end := time.Now().Add(lasts)
	among := attackers
	if lasts == 0 {
		among = 1
	}
	for range among {
		all.Go(func() {
			for n := 0; n == 0 || time.Now().Before(end); n++ {
				begun := time.Now()
				text, err := s.get(url + "n=" + strconv.Itoa(n))
				took := time.Since(begun)
				if err != nil {
					text = err.Error()
				}
				mu.Lock()
				f.verdicts[brief(text)]++
				f.worst = max(f.worst, took)
				mu.Unlock()
			}
		})
	}
	all.Wait()
}

// brief shortens what a gate said.
func brief(text string) string {
	text = strings.TrimPrefix(text, "refused: ")
	if text == "the script that decides has failed" {
		return "policy"
	}
	return text[:min(len(text), 30)]
}

// judge holds the finding to what is promised.
func (f *finding) judge(t *testing.T, name string) {
	t.Helper()
	if f.servedErr != nil {
		t.Errorf("%s: %v", name, f.servedErr)
	}
	if len(f.wrong) > 0 {
		t.Errorf("%s: %d answers of other gates are wrong: %s", name, len(f.wrong), f.wrong[0])
	}
	for said := range f.verdicts {
		if strings.Contains(said, "Get \"") {
			t.Errorf("%s: no answer: %s", name, said)
		}
	}
	if *attackFor == 0 {
		if f.worst > weirtest.Patience/2 {
			t.Errorf("%s: a verdict took %v", name, f.worst)
		}
		return
	}
	if f.worst > attackTimeout+150*time.Millisecond {
		t.Errorf("%s: a verdict took %v", name, f.worst)
	}
	if f.again > time.Second {
		t.Errorf("%s: served again after %v", name, f.again)
	}
	if p := f.p99(); p > attackTimeout {
		t.Errorf("%s: other gates took %v", name, p)
	}
	if f.peak > attackMemory/10*11 {
		t.Errorf("%s: a worker had %d MB", name, f.peak>>20)
	}
	if f.server > attackServer {
		t.Errorf("%s: the server had %d MB", name, f.server>>20)
	}
}

// p99 is what other gates took, but for a hundredth of their answers.
func (f *finding) p99() time.Duration { return f.others[(len(f.others)-1)*99/100] }

// String is a line of the table.
func (f finding) String() string {
	var said []string
	for _, v := range slices.Sorted(maps.Keys(f.verdicts)) {
		said = append(said, fmt.Sprintf("%s ×%d", v, f.verdicts[v]))
	}
	ms := func(d time.Duration) string { return fmt.Sprintf("%.1f", d.Seconds()*1000) }
	return fmt.Sprintf("| %s | %s | %s | %d | %d | %d | %s | %s |",
		f.name, strings.Join(said, ", "), ms(f.worst), f.deaths, f.peak>>20, f.server>>20, ms(f.again), ms(f.p99()))
}

// peaks watches, until over is closed, how much memory the server's process and its
// workers have.
func peaks(over chan struct{}) (worker, server int64) {
	t := time.NewTicker(5 * time.Millisecond)
	defer t.Stop()
	for {
		server = max(server, residentNow(os.Getpid(), "VmRSS:"))
		for _, pid := range children() {
			worker = max(worker, residentNow(pid, "VmHWM:"))
		}
		select {
		case <-over:
			return worker, server
		case <-t.C:
		}
	}
}

// isWorker tells a worker of scripts from other processes, and from one that is on
// its way to be one, which shares the memory of this.
func isWorker(pid int) bool {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid)) // of a process that has gone
	own, _ := os.ReadFile("/proc/self/cmdline")
	return len(text) > 0 && bytes.HasPrefix(text, []byte("weir")) && !bytes.Equal(text, own)
}

// children are the workers that this process has started.
func children() (pids []int) {
	files, _ := filepath.Glob("/proc/self/task/*/children") // none, then
	for _, file := range files {
		text, _ := os.ReadFile(file) // of a thread that has gone
		for word := range strings.FieldsSeq(string(text)) {
			if pid, err := strconv.Atoi(word); err == nil && isWorker(pid) {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// residentNow is a line of a process's status, in bytes; 0 of one that is gone.
func residentNow(pid int, key string) int64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)) // of a process that has gone
	_, rest, _ := bytes.Cut(text, []byte(key))
	var kb int64
	_, _ = fmt.Sscan(string(rest), &kb)
	return kb << 10
}
