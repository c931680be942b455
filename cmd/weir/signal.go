package main

import (
	"errors"
	"fmt"
)

// signalCmd is what "weir -s" means. The control socket is to carry it; until
// there is one, it tells which signal does the same.
type signalCmd struct {
	Signal string `arg:"" enum:"reload,stop,quit,reopen" help:"reload, stop, quit or reopen."`
	Conf   string `short:"c" default:"conf/srs.conf" help:"Configuration file of the server."`
}

// Run fails, and says what to do instead.
func (k *signalCmd) Run() error {
	switch k.Signal {
	case "reload":
		return errors.New("-s reload: the running server cannot be reached yet; it reloads by itself when its file is saved, or on SIGHUP")
	case "reopen":
		return errors.New("-s reopen: there is nothing to reopen: the log goes to standard error")
	}
	return fmt.Errorf("-s %s: the running server cannot be reached yet; send it SIGTERM", k.Signal)
}
