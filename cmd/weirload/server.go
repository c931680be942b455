//go:build linux

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// server is a server that can be started, an entry of a servers file.
type server struct {
	Name  string   `json:"name"`
	Cmd   []string `json:"cmd"`
	Cwd   string   `json:"cwd"`
	Env   []string `json:"env"`   // beside this process's
	Ready string   `json:"ready"` // host:port that answers when the server is up
	RTMP  string   `json:"rtmp"`  // addresses with {i}
	FLV   string   `json:"flv"`
	HLS   string   `json:"hls"`
	Self  bool     `json:"self"` // makes its own stream
}

const (
	readyTime = 10 * time.Second
	readyPoll = 50 * time.Millisecond
)

// readServers reads a servers file: a JSON array.
func readServers(name string) ([]server, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("servers: %w", err)
	}
	var all []server
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, fmt.Errorf("servers %s: %w", name, err)
	}
	for _, s := range all {
		if s.Name == "" || len(s.Cmd) == 0 || s.Ready == "" {
			return nil, fmt.Errorf("servers %s: %q lacks name, cmd or ready", name, s.Name)
		}
	}
	return all, nil
}

// url is the address of a kind of players; publishers and connections speak RTMP.
func (s server) url(mode string) (string, error) {
	u := map[string]string{"play": s.RTMP, "pub": s.RTMP, "connect": s.RTMP, "flv": s.FLV, "ws": s.FLV, "hls": s.HLS}[mode]
	if u == "" {
		return "", fmt.Errorf("server has no address for %s", mode)
	}
	return u, nil
}

func (s server) listens() bool {
	c, err := net.DialTimeout("tcp", s.Ready, readyTime)
	if err == nil {
		_ = c.Close() // it was a question only
	}
	return err == nil
}

// start starts the server on a processor and waits until it listens. Its log is
// NAME.log in dir.
func (s server) start(ctx context.Context, cpu int, dir string) (*child, error) {
	if s.listens() {
		return nil, fmt.Errorf("something listens already at %s", s.Ready)
	}
	f, err := logFile(filepath.Join(dir, s.Name+".log"))
	if err != nil {
		return nil, err
	}
	defer f.Close()                             //nolint:errcheck // the child has it
	cmd := exec.Command(s.Cmd[0], s.Cmd[1:]...) //nolint:gosec,noctx // what to start is the servers file's to say; end ends it
	cmd.Dir, cmd.Env = s.Cwd, append(os.Environ(), s.Env...)
	c, err := startChild(cmd, cpu, f, f)
	if err != nil {
		return nil, fmt.Errorf("start: %w", err)
	}
	deadline := time.Now().Add(readyTime)
	for !s.listens() {
		select {
		case <-c.done:
			return nil, errors.New("server ended at once")
		case <-ctx.Done():
			err = ctx.Err()
		case <-time.After(readyPoll):
		}
		if time.Now().After(deadline) {
			err = errors.New("server does not listen")
		}
		if err != nil {
			c.end()
			return nil, err
		}
	}
	return c, nil
}
