package main

import (
	"fmt"
	"io"

	"weir"
)

type reloadCmd struct{ served }

// Run has the server read its file again, waits, and prints what came of it: what
// was applied and what waits for a restart, or why nothing has changed.
func (k *reloadCmd) Run(c console) error {
	r, err := k.ask(weir.VerbReload)
	if r.Reload != nil {
		fmt.Fprint(c.err, r.Reload.Findings)
	}
	if err != nil {
		return fmt.Errorf("reload refused: %w", err)
	}
	fmt.Fprintf(c.out, "reloaded: generation %d\n", r.Reload.Generation)
	printChanges(c.out, "applied", r.Reload.Applied)
	printChanges(c.out, "waits for a restart", r.Reload.Pending)
	return nil
}

// printChanges prints a line for each change.
func printChanges(w io.Writer, what string, list []weir.Change) {
	for _, c := range list {
		when := ""
		switch c.Applies {
		case "stream":
			when = " (from the next publish on)"
		case "listen":
			when = " (for new connections)"
		}
		fmt.Fprintf(w, "%s: %s: %s -> %s%s\n", what, c.Path, orNone(c.From), orNone(c.To), when)
	}
}

func orNone(s string) string {
	if s == "" {
		return "(none)"
	}
	return s
}
