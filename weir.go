// Package weir is the composition root: it builds a live-streaming server from a
// configuration file and keeps it in step with the file.
package weir

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"weir/conf"
	"weir/confparse"
	"weir/js/host"
	"weir/js/sandbox"
	"weir/js/shared"
	"weir/media"
	"weir/media/hls"
	mediahttp "weir/media/http"
	"weir/media/hub"
	"weir/vhost"
	"weir/vhost/accesslog"
	"weir/vhost/httpapi"
	"weir/vhost/httphooks"
)

// stopGrace is how long the end of a server may take: events, outputs, goodbyes.
const stopGrace = 10 * time.Second

// Server is a live-streaming server.
type Server struct {
	FS    fs.FS  // where the configuration is read; confparse.Disk{} when nil
	Conf  string // name of the configuration file
	Log   *slog.Logger
	Level *slog.LevelVar // follows srs_log_level when not nil
	// Control opens the control socket beside the pid file, and writes that file.
	// Without it signals alone reach the server.
	Control bool
	// Reopen opens the log file anew, for who rotates it; nil: there is none.
	Reopen func() error
	// Started is called once the server listens, with its addresses.
	Started func(Addresses)

	hub       *hub.Hub
	router    *vhost.Server
	hooks     *httphooks.Client
	access    *accesslog.Files
	scripts   *host.Host
	settings  atomic.Pointer[scriptSettings]
	workers   sandbox.Counter // of all generations' scripts
	hls       *hls.Store
	viewers   *hls.Handler
	http      *mediahttp.Site
	listeners listeners
	control   control
	conns     atomic.Int64
	churn     churn
	seen      fingerprint   // of the files that were loaded last
	pollEvery time.Duration // zero means pollTime
	id        string        // server_id
	begun     time.Time
	started   *conf.Config // what it was started with
	last      *Reload      // the watcher's own, as seen
	warned    bool         // that scripts are not isolated

	countsMu sync.Mutex
	counts   httpapi.Reloads

	retirements sync.WaitGroup // of old generations' scripts
	over        chan struct{}  // closed when sessions have ended, or were given up
}

// InvalidError is a configuration that cannot be served.
type InvalidError struct {
	File     *confparse.File // the lines that the findings point into
	Findings confparse.Diagnostics
}

func (e *InvalidError) Error() string {
	for _, d := range e.Findings {
		if d.Severity == confparse.Error {
			return fmt.Sprintf("%s:%d:%d: %s", d.Span.Start.File, d.Span.Start.Line, d.Span.Start.Col, d.Message)
		}
	}
	return "configuration is not valid"
}

// Run serves until ctx ends, and then ends every session in good order. It
// returns an *InvalidError if the configuration cannot be served.
func (s *Server) Run(ctx context.Context) error {
	if s.FS == nil {
		s.FS = confparse.Disk{}
	}
	if s.Log == nil {
		s.Log = slog.Default()
	}
	l, found := load(ctx, s.FS, s.Conf)
	if found.HasErrors() || l.conf == nil {
		return &InvalidError{l.file, found}
	}
	s.logFindings(found)
	s.begun, s.started, s.over = time.Now(), l.conf, make(chan struct{})
	s.counts.At = s.begun
	s.access = accesslog.New(s.Log)
	if s.Control {
		if err := s.takeControl(l.conf); err != nil {
			return err
		}
		defer s.leaveControl()
	}
	life, end := context.WithCancel(context.Background())
	defer end()

	s.id = cmp.Or(l.conf.ServerID, "vid-"+media.NewID()[:8])
	dir, _ := os.Getwd() // "" says as much
	s.hub = hub.New(hub.Settings{})
	s.hooks = &httphooks.Client{ServerID: s.id, ServiceID: media.NewID()[:8], Dir: dir, Logger: s.Log}
	s.hls = &hls.Store{Log: s.Log, Finished: s.segment}
	dicts, err := shared.New(zones(l.conf))
	if err != nil {
		return err
	}
	defer dicts.Close() //nolint:errcheck // the memory ends with the process at the latest
	s.router = &vhost.Server{Logger: s.Log, Hub: s.hub, Hooks: s.hooks, Outputs: s.outputs, Dicts: dicts}
	s.router.Access = s.access
	s.serveScripts()
	s.permit(l.settings)
	gen, err := s.generation(ctx, 1, l)
	if err != nil {
		return err
	}
	s.router.Start(gen)
	s.site()
	s.apply(gen)
	s.listeners.serve = func(ln bound) { s.serve(life, ln) }
	if err := s.listeners.bind(l.conf); err != nil {
		return errors.Join(err, gen.Close(ctx))
	}
	s.router.Begin(gen)
	s.listeners.commit()
	s.seen = s.read(l)

	var workers sync.WaitGroup
	workers.Go(func() { s.hub.Run(life) })
	workers.Go(func() { s.churn.run(life) })
	workers.Go(func() { s.viewers.Run(life) })
	telling, hush := context.WithCancel(context.Background())
	defer hush()
	workers.Go(func() { s.hooks.Run(telling) })
	logging, endLog := context.WithCancel(context.Background())
	defer endLog()
	workers.Go(func() { s.access.Run(logging) })
	keeping, leave := context.WithCancel(context.Background())
	defer leave()
	workers.Go(func() { dicts.Run(keeping, s.zoneFault) })
	at := s.listeners.addresses()
	s.Log.Info("serving", "version", Version, "file", s.Conf, "rtmp", at.RTMP, "http", at.HTTP, "https", at.HTTPS, "api", at.API, "httpsapi", at.HTTPSAPI)
	if s.Started != nil {
		s.Started(at)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s.watch(ctx, stop)

	s.Log.Info("stopping")
	err = s.stop(end)
	close(s.over)
	hush()
	s.listeners.wait()
	s.retirements.Wait()
	s.scripts.Close()
	leave() // no script runs any more
	endLog()
	workers.Wait()
	return err
}

// stop ends the sessions: nobody comes in, events run, outputs finish; then end
// takes the protocols' connections away, and scripts hear of that too.
func (s *Server) stop(end func()) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopGrace)
	defer cancel()
	s.listeners.closeAll()
	err := s.router.End(ctx)
	end()
	err = errors.Join(err, s.router.Close(ctx), s.hooks.Drain(ctx), s.router.Generation().Close(ctx))
	if err != nil {
		return fmt.Errorf("stop: what had not ended after %v was cut off: %w", stopGrace, err)
	}
	return nil
}

// generation makes the next generation, with its scripts ready to run.
func (s *Server) generation(ctx context.Context, number int, l loaded) (*vhost.Generation, error) {
	caller, err := s.engine(ctx, l)
	if err != nil {
		return nil, err
	}
	return vhost.NewGeneration(number, l.conf, caller), nil
}

// segment tells the scripts and the back ends of a segment of HLS.
func (s *Server) segment(k media.Key, seg hls.Segment) {
	s.router.Segment(k, vhost.File{URL: seg.URL, Seq: seg.Seq, Duration: seg.Duration, Size: seg.Size})
	if v, publisher := s.router.Publishing(k); publisher != nil {
		s.hooks.TellHLS(v, publisher, httphooks.File{
			URL: seg.URL, PlaylistURL: seg.PlaylistURL, Seq: seg.Seq, Duration: seg.Duration, Size: seg.Size,
		})
	}
}

// outputs are what a stream of v gets beside its players.
func (s *Server) outputs(v *conf.VHost, _ media.Key) []vhost.Output {
	var outs []vhost.Output
	if v.HLS.Enabled {
		set := hls.Settings{Fragment: v.HLS.Fragment, Window: v.HLS.Window, Dispose: v.HLS.Dispose}
		outs = append(outs, vhost.Output{Output: s.hls.Output(set), Settings: set})
	}
	return outs
}
