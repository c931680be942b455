//go:build linux

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// grace is how long a child may take from SIGTERM to its end.
const grace = 12 * time.Second

// child is a process of our own, on one processor, in a process group of its own.
type child struct {
	cmd    *exec.Cmd
	events eventLines
	done   chan struct{} // it has ended and was waited for
}

// startChild starts a command on processor cpu; out takes its output, and err what it says
// beside events.
func startChild(cmd *exec.Cmd, cpu int, out, err io.Writer) (*child, error) {
	c := &child{cmd: cmd, done: make(chan struct{}), events: eventLines{rest: err, names: make(chan string, 16)}}
	cmd.Stdout, cmd.Stderr = out, &c.events
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := startOn(cmd, cpu); err != nil {
		return nil, err
	}
	go func() {
		_ = cmd.Wait() // how it ended shows in its output
		close(c.done)
	}()
	return c, nil
}

// await waits for an event.
func (c *child) await(ctx context.Context, event string, within time.Duration) error {
	t := time.NewTimer(within)
	defer t.Stop()
	for {
		select {
		case name := <-c.events.names:
			if name == event {
				return nil
			}
		case <-c.done:
			if len(c.events.names) == 0 {
				return fmt.Errorf("load ended before %s", event)
			}
		case <-t.C:
			return fmt.Errorf("no %s within %v", event, within)
		case <-ctx.Done():
			return ctx.Err() //nolint:wrapcheck // the caller's own
		}
	}
}

// finish waits until the child has ended by itself.
func (c *child) finish(ctx context.Context, within time.Duration) error {
	select {
	case <-c.done:
		return nil
	case <-time.After(within):
		return fmt.Errorf("load did not end within %v", within)
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the caller's own
	}
}

// end ends the child and its group, and waits for it.
func (c *child) end() {
	for _, s := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		select {
		case <-c.done:
			return
		default:
			_ = syscall.Kill(-c.cmd.Process.Pid, s) // it may have ended meanwhile
		}
		select {
		case <-c.done:
			return
		case <-time.After(grace):
		}
	}
	<-c.done
}

// logFile opens a child's log anew.
func logFile(name string) (*os.File, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("log: %w", err)
	}
	return f, nil
}
