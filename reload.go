package weir

import (
	"context"
	"errors"
	"fmt"

	"weir/conf"
	"weir/confparse"
	mediahttp "weir/media/http"
)

// reload makes the file's present content the configuration, or changes nothing:
// read, check, start the scripts, bind, and one swap. The old scripts end when
// their calls are done.
func (s *Server) reload(ctx context.Context) error {
	l, found := load(ctx, s.FS, s.Conf)
	s.seen = s.read(l)
	s.logFindings(found)
	if found.HasErrors() || l.conf == nil {
		return &InvalidError{l.file, found}
	}
	gen, err := s.generation(l)
	if err != nil {
		return fmt.Errorf("start scripts: %w", err)
	}
	if err := s.listeners.bind(l.conf); err != nil {
		return errors.Join(err, gen.Close(ctx))
	}
	old := s.router.Swap(gen)
	s.listeners.commit()
	s.apply(l.conf)
	s.retirements.Go(func() {
		<-old.Ended()
		if err := old.Close(context.Background()); err != nil {
			s.Log.Error("old scripts did not end", "generation", old.Number, "reason", err)
		}
	})
	for _, c := range conf.Diff(old.Conf, l.conf) {
		s.Log.Info("changed", "directive", c.Path, "from", c.Old, "to", c.New, "applies", c.Reload.String())
	}
	s.Log.Info("reloaded", "generation", gen.Number, "file", s.Conf)
	return nil
}

// apply hands on the settings that are live.
func (s *Server) apply(c *conf.Config) {
	s.http.Set(mediahttp.Settings{Dir: c.HTTPServer.Dir, CrossDomain: c.HTTPServer.CrossDomain})
	if s.Level != nil {
		s.Level.Set(c.Level())
	}
}

// tryReload reloads and says how it went.
func (s *Server) tryReload(ctx context.Context) {
	if err := s.reload(ctx); err != nil {
		s.Log.Error("reload refused, the configuration before it stays", "file", s.Conf, "reason", err)
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
