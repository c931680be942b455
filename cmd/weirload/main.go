//go:build linux

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

// Exit codes.
const (
	exitClean  = 0
	exitFailed = 1 // something could not be measured
	exitUsage  = 2
)

// console is where a mode reports: its JSON or its table to out, what happens
// meanwhile to err.
type console struct{ out, err io.Writer }

// event tells who started this process where it is.
func (c console) event(name string) { fmt.Fprintln(c.err, eventPrefix+name) }

// eventPrefix begins the lines of events.
const eventPrefix = "EV "

// Events.
const (
	eventReady = "ready"        // every publisher publishes
	eventOpen  = "window_start" // measuring begins
	eventShut  = "window_end"
)

// mode is a way to load a server.
type mode struct {
	name, about string
	run         func(ctx context.Context, args []string, c console) error
}

var modes = []mode{
	{"pub", "publishers by RTMP", runPub},
	{"play", "players by RTMP", runPlay},
	{"flv", "players by HTTP-FLV", runFLV},
	{"ws", "players by WebSocket-FLV", runWS},
	{"hls", "players by HLS", runHLS},
	{"connect", "connections that come and go", runConnect},
	{"soak", "a weir under publishers and players that come and go: what it loses, what it keeps", runSoak},
	{"bench", "measure servers under these loads", runBench},
	{"peer", "measure weir beside nginx-rtmp, against weir's goals", runPeer},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], console{os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// run carries out a command line and returns the exit code.
func run(ctx context.Context, args []string, c console) int {
	if len(args) == 0 {
		printUsage(c.err)
		return exitUsage
	}
	for _, m := range modes {
		if m.name != args[0] {
			continue
		}
		err := m.run(ctx, args[1:], c)
		var u *usageError
		switch {
		case err == nil, errors.Is(err, flag.ErrHelp):
			return exitClean
		case errors.As(err, &u):
			fmt.Fprintf(c.err, "weirload %s: %v\n", m.name, err)
			return exitUsage
		}
		fmt.Fprintf(c.err, "weirload %s: %v\n", m.name, err)
		return exitFailed
	}
	printUsage(c.err)
	return exitUsage
}

func printUsage(w io.Writer) {
	var b strings.Builder
	b.WriteString("usage: weirload MODE [flags]; weirload MODE -h lists the flags\n")
	for _, m := range modes {
		fmt.Fprintf(&b, "  %-8s %s\n", m.name, m.about)
	}
	fmt.Fprint(w, b.String())
}
