package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"weir"
)

type statusCmd struct {
	served
	JSON bool `help:"Print it as JSON."`
}

// Run prints what the running server says of itself; the exit code is 1 if there
// is none.
func (k *statusCmd) Run(c console) error {
	r, err := k.ask(weir.VerbStatus)
	if err != nil {
		return err
	}
	s := r.Status
	if k.JSON {
		e := json.NewEncoder(c.out)
		e.SetIndent("", "  ")
		return e.Encode(s)
	}
	fmt.Fprintf(c.out, "weir %s, pid %d, up %s, serves %s\n", s.Version, s.PID, time.Since(s.Started).Round(time.Second), s.File)
	a := s.Addresses
	fmt.Fprintf(c.out, "rtmp %s, http %s, api %s\n", list(a.RTMP), list(a.HTTP), list(a.API))
	if len(a.HTTPS)+len(a.HTTPSAPI) > 0 {
		fmt.Fprintf(c.out, "https %s, api by https %s\n", list(a.HTTPS), list(a.HTTPSAPI))
	}
	fmt.Fprintf(c.out, "%d publishers, %d players\n", s.Publishers, s.Players)
	printScripts(c.out, s.Scripts)
	fmt.Fprintf(c.out, "configuration: generation %d", s.Generation)
	if l := s.LastReload; l != nil {
		fmt.Fprintf(c.out, ", last reload %s: %s", l.At.Format(time.DateTime), result(l))
	}
	fmt.Fprintln(c.out)
	printChanges(c.out, "waits for a restart", s.Pending)
	return nil
}

// printScripts prints a line about all scripts, and one about what failed last.
func printScripts(out io.Writer, s *weir.ScriptStatus) {
	if s == nil {
		return
	}
	fmt.Fprintf(out, "scripts: %d calls of %d handlers, %d denied, %d failed, %d slow, %d pending", s.Calls, s.Handlers, s.Denied, s.Failed, s.Slow, s.Pending)
	if s.Processes > 0 {
		fmt.Fprintf(out, "; %d processes, %d died", s.Processes, s.Died)
	}
	fmt.Fprintln(out)
	e := s.LastError
	if e == nil {
		return
	}
	fmt.Fprintf(out, "last error of a script: %s, %s:%d:%d: %s (%s %s", e.At.Format(time.DateTime), e.File, e.Line, e.Col, e.Message, e.Directive, e.Handler)
	if e.VHost != "" {
		fmt.Fprintf(out, ", vhost %s", e.VHost)
	}
	if e.Count > 1 {
		fmt.Fprintf(out, ", %d times", e.Count)
	}
	fmt.Fprintln(out, ")")
}

func list(addrs []string) string {
	if len(addrs) == 0 {
		return "off"
	}
	return strings.Join(addrs, " ")
}

func result(r *weir.Reload) string {
	if r.Error == "" {
		return "applied"
	}
	return "refused: " + r.Error
}
