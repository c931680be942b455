package weirtest

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"weir"
)

// Patience is how long a test waits for what must come.
const Patience = 20 * time.Second

// Server is a server that runs in this process.
type Server struct {
	RTMP, HTTP, API string         // host:port
	HTTPS, HTTPSAPI string         // host:port; "" if HTTPS is not served
	Roots           *x509.CertPool // whom players by HTTPS trust; set ahead of Play
	Conf            string         // path of the configuration file
	Log             *Log

	stop        context.CancelFunc
	done        chan error
	unpublished *sync.Map // streams that a Publisher has left
}

// Start serves a configuration file. It returns when the server listens. What is
// given changes the server ahead of that.
func Start(file string, with ...func(*weir.Server)) (*Server, error) {
	ctx, stop := context.WithCancel(context.Background())
	s := &Server{unpublished: &sync.Map{}, Conf: file, Log: &Log{}, stop: stop, done: make(chan error, 1)}
	listening := make(chan weir.Addresses, 1)
	w := &weir.Server{
		Conf:    file,
		Log:     slog.New(slog.NewTextHandler(s.Log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Started: func(a weir.Addresses) { listening <- a },
	}
	for _, change := range with {
		change(w)
	}
	go s.labelled(func() { s.done <- w.Run(ctx) })
	select {
	case a := <-listening:
		s.RTMP, s.HTTP, s.API = first(a.RTMP), first(a.HTTP), first(a.API)
		s.HTTPS, s.HTTPSAPI = first(a.HTTPS), first(a.HTTPSAPI)
		return s, nil
	case err := <-s.done:
		stop()
		var invalid *weir.InvalidError
		if errors.As(err, &invalid) {
			var b bytes.Buffer
			invalid.Findings.WriteText(&b, invalid.File)
			return nil, errors.New(b.String())
		}
		return nil, err
	}
}

func first(addrs []string) string {
	if len(addrs) == 0 {
		return ""
	}
	return addrs[0]
}

// Stop ends the server and returns what Run did, or that something is left of it:
// a goroutine, a descriptor.
func (s *Server) Stop() error {
	had := s.descriptors()
	s.stop()
	select {
	case err := <-s.done:
		s.done <- err
		return errors.Join(err, s.left(had))
	case <-time.After(Patience):
		return errors.New("the server did not stop")
	}
}

// Up serves a configuration for one test, at free ports. Scripts get processor time
// that a machine under load has, unless the configuration says how much.
func Up(t testing.TB, conf string) *Server {
	t.Helper()
	file := filepath.Join(t.TempDir(), "srs.conf")
	if !strings.Contains(conf, "js_cpu_limit") {
		conf += "\njs_cpu_limit 10s;\n"
	}
	Write(t, file, conf)
	return Serve(t, file)
}

// Serve serves a file for one test, as Start does.
func Serve(t testing.TB, file string, with ...func(*weir.Server)) *Server {
	t.Helper()
	s, err := Start(file, with...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
		if t.Failed() {
			t.Logf("the server's log:\n%s", s.Log)
		}
	})
	return s
}

// Write replaces a file as an editor does: at once.
func Write(t testing.TB, file, text string) {
	t.Helper()
	tmp := file + "~"
	if err := os.WriteFile(tmp, []byte(FreePorts(text)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(tmp, file); err != nil {
		t.Fatal(err)
	}
}

var listenLine = regexp.MustCompile(`(?m)(\blisten\s+)[^;{}]+;`)

// FreePorts makes every listen directive of a configuration take a free port of
// the loopback address.
func FreePorts(conf string) string { return listenLine.ReplaceAllString(conf, "${1}127.0.0.1:0;") }

// WaitLog waits until the log has a line with all of the words, n times.
func (s *Server) WaitLog(n int, words ...string) error {
	deadline := time.Now().Add(Patience)
	for {
		if s.Log.Count(words...) >= n {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("no %d lines with %q in the log:\n%s", n, words, s.Log)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// Log is what a server logged.
type Log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

var _ io.Writer = (*Log)(nil)

// Write implements io.Writer.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// String returns the log so far.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Count is how many lines have all of the words.
func (l *Log) Count(words ...string) int {
	n := 0
	for line := range strings.Lines(l.String()) {
		has := true
		for _, w := range words {
			has = has && strings.Contains(line, w)
		}
		if has {
			n++
		}
	}
	return n
}
