//go:build linux

package main

import (
	"bufio"
	"context"
	_ "embed"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

//go:embed soak.conf.tmpl
var soakConf string

// soakState is what a server holds, its processes for scripts included.
type soakState struct {
	Goroutines  int     `json:"goroutines"`
	Descriptors int     `json:"descriptors"`
	Processes   int     `json:"processes"`
	RSS         float64 `json:"rss_mb"`
	CPU         float64 `json:"cpu_seconds"`
}

// soaked is a server under a soak.
type soaked struct {
	server
	pid     int
	log     string
	metrics string // URL
}

// soakServer writes the configuration of a server with scripts on every hook, soak.conf in
// dir; what the server says goes to soak.log there.
func soakServer(dir string) (*soaked, error) {
	api, err := freePort()
	if err != nil {
		return nil, err
	}
	s, err := configured(dir, soakConf, setting{Name: "soak", API: api})
	return &soaked{server: s, log: filepath.Join(dir, "soak.log"), metrics: "http://" + api + "/metrics"}, err
}

// state asks the kernel and the server.
func (up *soaked) state(ctx context.Context) (soakState, error) {
	u := measure(up.pid)
	s := soakState{RSS: megabytes(u.rss), CPU: rounded(u.cpu.Seconds()), Processes: len(descendants(up.pid))}
	open, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", up.pid))
	if err != nil {
		return s, fmt.Errorf("the server's descriptors: %w", err)
	}
	s.Descriptors = len(open)
	s.Goroutines, err = up.goroutines(ctx)
	return s, err
}

func (up *soaked) goroutines(ctx context.Context) (int, error) {
	ctx, stop := context.WithTimeout(ctx, readyTime)
	defer stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, up.metrics, nil)
	if err != nil {
		return 0, fmt.Errorf("metrics: %w", err)
	}
	req.Close = true // else the server holds this connection, too
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, fmt.Errorf("metrics: %w", err)
	}
	defer res.Body.Close() //nolint:errcheck // read only
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, fmt.Errorf("metrics: %w", err)
	}
	_, after, _ := strings.Cut(string(text), "\ngo_goroutines ")
	line, _, _ := strings.Cut(after, "\n")
	n, err := strconv.Atoi(line)
	if err != nil {
		return 0, fmt.Errorf("metrics: goroutines: %w", err)
	}
	return n, nil
}

// settled waits until the server holds no more than before, for a time at most. Without a
// state before it waits until less is not to be expected.
func (up *soaked) settled(ctx context.Context, most time.Duration, before *soakState) (soakState, error) {
	const step = time.Second
	newest := soakState{}
	for began, same := now(), 0; ; {
		if err := sleep(ctx, step); err != nil {
			return newest, err
		}
		s, err := up.state(ctx)
		if err != nil {
			return newest, err
		}
		if same++; s.Goroutines != newest.Goroutines || s.Descriptors != newest.Descriptors || s.RSS < newest.RSS {
			same = 0
		}
		newest = s
		enough := same >= 10
		if before != nil {
			enough = s.excess(*before) == ""
		}
		if enough || now()-began > most {
			return s, nil
		}
	}
}

// soakGrowth is how much memory may be more than before; collections and the kernel's
// accounts move it.
const soakGrowth = 1.2

// excess says what s has more than before; "" if nothing.
func (s soakState) excess(before soakState) string {
	var list []string
	if n := s.Goroutines - before.Goroutines; n > 0 {
		list = append(list, fmt.Sprintf("%d goroutines", n))
	}
	if n := s.Descriptors - before.Descriptors; n > 0 {
		list = append(list, fmt.Sprintf("%d descriptors", n))
	}
	if n := s.Processes - before.Processes; n > 0 {
		list = append(list, fmt.Sprintf("%d processes", n))
	}
	if s.RSS > soakGrowth*before.RSS {
		list = append(list, fmt.Sprintf("%.1f MB", s.RSS-before.RSS))
	}
	return strings.Join(list, ", ")
}

// complaints are the lines of the server's log that no soak should cause.
func (up *soaked) complaints() ([]string, error) {
	f, err := os.Open(up.log)
	if err != nil {
		return nil, fmt.Errorf("log: %w", err)
	}
	defer f.Close() //nolint:errcheck // read only
	var list []string
	lines := bufio.NewScanner(f)
	for lines.Scan() && len(list) < failuresKept {
		for _, word := range []string{"level=ERROR", "panic", "DATA RACE", "fatal error"} {
			if strings.Contains(lines.Text(), word) {
				list = append(list, lines.Text())
				break
			}
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("log: %w", err)
	}
	return list, nil
}

// verdict is an error that wraps errSoak if anything was lost, left or said.
func (f *soakFigures) verdict() error {
	if more := f.After.excess(f.Before); more != "" {
		return fmt.Errorf("%w: it holds %s more than before", errSoak, more)
	}
	if f.Lost > 0 || f.Count > 0 || len(f.Complaints) > 0 {
		return fmt.Errorf("%w: %d frames lost, %d failures, %d complaints in its log", errSoak, f.Lost, f.Count, len(f.Complaints))
	}
	if f.Frames == 0 {
		return fmt.Errorf("%w: no player saw a frame", errSoak)
	}
	return nil
}
