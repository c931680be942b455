package weir

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"weir/conf"
	"weir/confparse"
	mediahttp "weir/media/http"
	"weir/vhost"
	"weir/vhost/httpapi"
)

// reload makes the file's present content the configuration, or changes nothing,
// and says in the log how it went. The watcher's goroutine alone calls it.
func (s *Server) reload(ctx context.Context) Reload {
	old := s.router.Generation()
	r := Reload{At: time.Now(), Generation: old.Number}
	l, found := load(ctx, s.FS, s.Conf)
	s.seen = s.read(l)
	s.logFindings(found)
	var text strings.Builder
	if err := found.WriteText(&text, l.file); err != nil {
		s.Log.Error("findings cannot be shown", "reason", err)
	}
	r.Findings = text.String()
	gen, err := s.swap(ctx, l, found)
	if err != nil {
		r.Error = err.Error()
		s.Log.Error("reload refused, the configuration before it stays", "file", s.Conf, "reason", err)
	} else {
		r.Generation = gen.Number
		r.Applied, r.Pending = changes(s.started, old.Conf, l.conf)
		s.logChanges(r)
	}
	s.last = &r
	s.count(r)
	return r
}

// count counts a reload, for the metrics.
func (s *Server) count(r Reload) {
	s.countsMu.Lock()
	defer s.countsMu.Unlock()
	if r.Error != "" {
		s.counts.Refused++
		return
	}
	s.counts.Applied++
	s.counts.At = r.At
}

// reloads is what count counted.
func (s *Server) reloads() httpapi.Reloads {
	s.countsMu.Lock()
	defer s.countsMu.Unlock()
	return s.counts
}

// swap serves l from now on, or changes nothing: the scripts are started and the
// listeners bound before anything is replaced. The old scripts end when their
// calls are done.
func (s *Server) swap(ctx context.Context, l loaded, found confparse.Diagnostics) (*vhost.Generation, error) {
	if found.HasErrors() || l.conf == nil {
		return nil, &InvalidError{l.file, found}
	}
	gen, err := s.generation(ctx, s.router.Generation().Number+1, l)
	if err != nil {
		return nil, fmt.Errorf("start scripts: %w", err)
	}
	if err := s.listeners.bind(l.conf); err != nil {
		return nil, errors.Join(err, gen.Close(ctx))
	}
	s.warnOfVanished(l.conf)
	s.router.Begin(gen)
	s.permit(l.settings)
	s.apply(gen) // ahead of the swap: the old scripts may end with it
	old := s.router.Swap(gen)
	s.listeners.commit()
	s.retirements.Go(func() { s.retire(old) })
	return gen, nil
}

// retire ends a generation's scripts once nobody holds it any more, or when the
// server's end has come.
func (s *Server) retire(old *vhost.Generation) {
	ctx, cut := context.WithCancel(context.Background())
	defer cut()
	select {
	case <-old.Ended():
	case <-s.over:
		cut()
	}
	if err := old.Close(ctx); err != nil {
		s.Log.Error("old scripts did not end", "generation", old.Number, "reason", err)
	}
}

// warnOfVanished says loudly which vhosts with live streams are not in c: their
// sessions go on, and nobody comes after them.
func (s *Server) warnOfVanished(c *conf.Config) {
	streams := map[string]int{}
	for _, st := range s.router.Streams() {
		streams[st.Key.VHost]++
	}
	for _, v := range c.VHosts {
		delete(streams, v.Name)
	}
	for name, n := range streams {
		s.Log.Warn("a vhost with live streams is not in the file any more: its sessions go on, newcomers are not admitted to it", "vhost", name, "streams", n)
	}
}

func (s *Server) logChanges(r Reload) {
	for _, c := range r.Applied {
		s.Log.Info("changed", "directive", c.Path, "from", c.From, "to", c.To, "applies", c.Applies)
	}
	for _, c := range r.Pending {
		s.Log.Warn("a change that only a restart applies", "directive", c.Path, "from", c.From, "to", c.To)
	}
	s.Log.Info("reloaded", "generation", r.Generation, "file", s.Conf)
}

// apply hands on the settings that are live.
func (s *Server) apply(gen *vhost.Generation) {
	c := gen.Conf
	set := mediahttp.Settings{Dir: c.HTTPServer.Dir, CrossDomain: c.HTTPServer.CrossDomain}
	scripts := s.router.Locations(gen)
	if c.AccessLog.IsSet() {
		set.Access = scripts
	}
	if l := mediahttp.NewLocations(c.HTTPServer.Locations); l != nil {
		l.Scripts, l.MaxBody, l.Open = scripts, c.HTTPServer.MaxBody, c.JSFail == "open"
		set.Locations = l
	}
	s.http.Set(set)
	if s.Level != nil {
		s.Level.Set(c.Level())
	}
}

// logFindings logs a file's findings, one a line.
func (s *Server) logFindings(found confparse.Diagnostics) {
	for _, d := range found {
		at := d.Span.Start
		s.Log.Log(context.Background(), severities[d.Severity], d.Message,
			"at", fmt.Sprintf("%s:%d:%d", at.File, at.Line, at.Col), "code", d.Code, "hint", d.Hint)
	}
}
