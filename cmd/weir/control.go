package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"weir"
	"weir/confparse"
)

// controlTimeout is how long a server may take to answer.
const controlTimeout = time.Minute

// served is the configuration file of a server that runs.
type served struct {
	Conf string `short:"c" default:"conf/srs.conf" env:"SRS_CONFIG_FILE" help:"Configuration file of the server."`
}

// ask asks the server that serves the file. Its refusal is an error; the reply is
// valid beside it.
func (s served) ask(verb string) (weir.Reply, error) {
	c, _ := weir.Read(confparse.Disk{}, s.Conf)
	if c == nil {
		return weir.Reply{}, fmt.Errorf("cannot read %s", s.Conf)
	}
	path := weir.ControlPath(c)
	if !filepath.IsAbs(path) {
		path = filepath.Join(c.WorkDir, path)
	}
	ctx, cancel := context.WithTimeout(context.Background(), controlTimeout)
	defer cancel()
	r, err := weir.Ask(ctx, path, verb)
	if err == nil && r.Error != "" {
		err = errors.New(r.Error)
	}
	return r, err
}
