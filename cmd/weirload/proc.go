//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// usage is what a process and its descendants have used, and how busy the processors were
// since the machine started.
type usage struct {
	at       time.Duration // by now
	cpu      time.Duration // exact (schedstat): with the kernel's work for the process
	user     time.Duration // in ticks of 10 ms
	rss      int64         // KB
	peak     int64         // KB, summed over the processes
	switches int64         // of context
	busy     map[int]share // by processor
}

// share is a part of a time, both in ticks.
type share struct{ part, whole int64 }

const tick = 10 * time.Millisecond // USER_HZ is 100

// measure reads /proc for the process and its descendants. What ended meanwhile is left out.
func measure(pid int) usage {
	u := usage{at: now(), busy: processors()}
	for _, p := range descendants(pid) {
		dir := fmt.Sprintf("/proc/%d", p)
		if _, f, ok := stat(dir + "/stat"); ok && len(f) > 11 {
			u.user += time.Duration(number(f[11])) * tick
		}
		for name, value := range colons(dir + "/status") {
			switch name {
			case "VmRSS":
				u.rss += number(value)
			case "VmHWM":
				u.peak += number(value)
			}
		}
		tasks, _ := filepath.Glob(dir + "/task/*") // the pattern is a good one
		for _, t := range tasks {
			b, _ := os.ReadFile(t + "/schedstat") // the thread may have ended
			if f := strings.Fields(string(b)); len(f) > 0 {
				u.cpu += time.Duration(number(f[0]))
			}
			for name, value := range colons(t + "/status") {
				if strings.HasSuffix(name, "ctxt_switches") {
					u.switches += number(value)
				}
			}
		}
	}
	return u
}

// descendants returns a process and all below it.
func descendants(pid int) []int {
	below := map[int][]int{}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat") // the pattern is a good one
	for _, name := range stats {
		if id, f, ok := stat(name); ok && len(f) > 1 {
			parent := int(number(f[1]))
			below[parent] = append(below[parent], id)
		}
	}
	all := []int{pid}
	for i := 0; i < len(all); i++ {
		all = append(all, below[all[i]]...)
	}
	return all
}

// stat reads a process's number and its fields from the state on (proc_pid_stat(5)), which
// follow a name that may hold anything.
func stat(name string) (pid int, fields []string, ok bool) {
	b, err := os.ReadFile(name)
	end := bytes.LastIndexByte(b, ')')
	if err != nil || end < 0 {
		return 0, nil, false
	}
	first, _, _ := strings.Cut(string(b), " ")
	return int(number(first)), strings.Fields(string(b[end+1:])), true
}

// colons reads a file of lines "name: value".
func colons(name string) map[string]string {
	b, _ := os.ReadFile(name) // the process may have ended
	m := map[string]string{}
	for line := range strings.Lines(string(b)) {
		if k, v, ok := strings.Cut(line, ":"); ok {
			m[k] = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(v), "kB"))
		}
	}
	return m
}

// processors reads how busy each processor was, interrupts included (proc_stat(5)).
func processors() map[int]share {
	b, _ := os.ReadFile("/proc/stat") // it is always there
	m := map[int]share{}
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) < 9 || !strings.HasPrefix(f[0], "cpu") || f[0] == "cpu" {
			continue
		}
		var s share
		for i, v := range f[1:9] {
			s.whole += number(v)
			if i != 3 && i != 4 { // idle, iowait
				s.part += number(v)
			}
		}
		m[int(number(f[0][len("cpu"):]))] = s
	}
	return m
}

// busySince is how busy a processor was between two usages, in percent.
func (u usage) busySince(before usage, cpu int) float64 {
	part, whole := u.busy[cpu].part-before.busy[cpu].part, u.busy[cpu].whole-before.busy[cpu].whole
	if whole <= 0 {
		return 0
	}
	return rounded(100 * float64(part) / float64(whole))
}

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64) // the kernel writes numbers
	return n
}
