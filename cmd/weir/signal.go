package main

import "weir"

// signalCmd is what "weir -s" means.
type signalCmd struct {
	Signal string `arg:"" enum:"reload,stop,quit,reopen" help:"reload, stop, quit or reopen."`
	served
}

// Run says it to the running server. Stop and quit are one: every end is graceful.
func (k *signalCmd) Run(c console) error {
	switch k.Signal {
	case "reload":
		return (&reloadCmd{k.served}).Run(c)
	case "reopen":
		_, err := k.ask(weir.VerbReopen)
		return err
	}
	return (&stopCmd{k.served}).Run()
}
