package weir_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"weir"
	"weir/media/mediatest"
	"weir/weirtest"
)

// siege is a server under attack, and those who must not notice.
type siege struct {
	t          *testing.T
	server     *weirtest.Server
	log        *lineCount
	client     *http.Client
	spectators *spectators
}

func newSiege(t *testing.T, list []scriptAttack) *siege {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "preloaded.json"), `{"a": {"b": [1, 2, 3]}}`)
	back := httptest.NewServer(http.HandlerFunc(backEndOfAttacks))
	t.Cleanup(back.Close)
	file := filepath.Join(dir, "srs.conf")
	weirtest.Write(t, file, besieged(list, strings.NewReplacer("DIR", dir, "BACKEND", back.Listener.Addr().String())))
	s := &siege{t: t, log: &lineCount{}}
	s.client = &http.Client{
		Transport:     &http.Transport{MaxIdleConnsPerHost: 16},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	t.Cleanup(s.client.CloseIdleConnections)
	var err error
	s.server, err = weirtest.Start(file, func(w *weir.Server) { w.Log = slog.New(slog.NewTextHandler(s.log, nil)) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// events that never settle have the time that a stop gives them
		if err := s.server.Stop(); err != nil && !strings.Contains(err.Error(), "was cut off") {
			t.Errorf("stop: %v", err)
		}
		if t.Failed() {
			t.Logf("the end of the log:\n%s", s.log)
		}
	})
	s.spectators = gather(t, s.server)
	return s
}

// backEndOfAttacks never answers, never ends, or sends its caller round in a
// circle.
func backEndOfAttacks(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/slow":
		<-r.Context().Done()
	case "/endless":
		for chunk := make([]byte, 64<<10); r.Context().Err() == nil; {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	case "/circle":
		http.Redirect(w, r, "/circle", http.StatusFound)
	case "/headers":
		for i := range 1000 {
			w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("x", 500))
		}
	}
}

// attack runs a for a time, and says what came of it.
func (s *siege) attack(a scriptAttack, name string, lasts time.Duration) finding {
	s.t.Helper()
	own, err := s.server.Publish("live/a?vhost="+name, mediatest.Stream{FPS: 5, NoAudio: true})
	if err != nil {
		s.t.Fatalf("%s: the vhost's stream: %v", a.name, err)
	}
	f := finding{name: a.name, verdicts: map[string]int{}}
	dead := s.log.deaths.Load()
	over := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() { f.peak, f.server = peaks(over) })
	others := make([]gateSaid, len(otherGates))
	for i, gate := range otherGates {
		watch.Go(func() { others[i] = s.ask("/live/b.flv?vhost="+gate, "asked b", over) })
	}
	f.attack(s, a.url(name), lasts)
	f.again, f.servedErr = s.served(a.url(name) + "good=1")
	close(over)
	watch.Wait()
	for _, o := range others {
		f.others = append(f.others, o.took...)
		f.wrong = append(f.wrong, o.wrong...)
	}
	slices.Sort(f.others)
	f.deaths = int(s.log.deaths.Load() - dead)
	if err := own.Stop(); err != nil {
		f.servedErr = errors.Join(f.servedErr, fmt.Errorf("the vhost's own stream: %w", err))
	}
	return f
}

// get returns the status and the body of an answer; of media, the status alone.
func (s *siege) get(path string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), weirtest.Patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.server.HTTP+path, nil)
	if err != nil {
		return "", err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusOK {
		return "200", nil // what follows is left alone
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	text := strings.TrimSpace(string(body))
	if resp.StatusCode != http.StatusForbidden {
		text = resp.Status
	}
	return text, err
}

// served waits until the attacked vhost is served again, and says how long that
// took.
func (s *siege) served(url string) (time.Duration, error) {
	begun := time.Now()
	for {
		text, err := s.get(url)
		took := time.Since(begun)
		if err == nil && text == "served" {
			return took, nil
		}
		if took > weirtest.Patience {
			return took, fmt.Errorf("the vhost is not served again: %q, %w", text, err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// gateSaid is what a gate said all the time.
type gateSaid struct {
	took  []time.Duration
	wrong []string
}

// ask asks a gate until over is closed.
func (s *siege) ask(url, want string, over chan struct{}) (a gateSaid) {
	t := time.NewTicker(10 * time.Millisecond)
	defer t.Stop()
	for {
		begun := time.Now()
		text, err := s.get(url)
		a.took = append(a.took, time.Since(begun))
		if err != nil || text != want {
			a.wrong = append(a.wrong, fmt.Sprintf("%q %v", text, err))
		}
		select {
		case <-over:
			return a
		case <-t.C:
		}
	}
}

// spectators is a live stream and those who watch it.
type spectators struct {
	pub     *weirtest.Publisher
	players []*weirtest.Player
	missed  []int64 // frames sent before each came
}

func gather(t *testing.T, s *weirtest.Server) *spectators {
	t.Helper()
	a := &spectators{pub: publish(t, s, "live/bystander", mediatest.Stream{GOP: 25})}
	for i := range 20 {
		a.missed = append(a.missed, a.pub.Frames.Load())
		a.players = append(a.players, play(t, s, []string{"rtmp", "flv"}[i%2], "live/bystander"))
	}
	return a
}

// unharmed waits until every player has every frame sent so far.
func (a *spectators) unharmed(t *testing.T) {
	t.Helper()
	sent := a.pub.Frames.Load()
	for i, p := range a.players {
		waitFrames(t, p, int(sent-a.missed[i]))
		if c := p.Count(); c.Gaps > 0 || c.Backwards > 0 {
			t.Errorf("player %d has %d gaps and %d steps backwards", i, c.Gaps, c.Backwards)
		}
	}
}

// lineCount is a log that only keeps its end, and counts what it has to.
type lineCount struct {
	deaths, lines, bytes atomic.Int64

	mu  sync.Mutex
	end []byte
}

// Write implements io.Writer.
func (l *lineCount) Write(p []byte) (int, error) {
	l.lines.Add(1)
	l.bytes.Add(int64(len(p)))
	if strings.Contains(string(p), "a process of scripts died") {
		l.deaths.Add(1)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.end = append(l.end, p[:min(len(p), 1000)]...)
	if len(l.end) > 64<<10 {
		l.end = append(l.end[:0], l.end[len(l.end)-32<<10:]...)
	}
	return len(p), nil
}

// String returns the end of the log.
func (l *lineCount) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.end)
}
