package main

import (
	"fmt"

	"weir/conf"
)

type explainCmd struct {
	What string `arg:"" help:"A directive (hls_fragment, vhost.hls.hls_fragment) or the code of a finding (E201)."`
}

// Run prints the manual's entry.
func (k *explainCmd) Run(c console) error {
	text, ok := conf.Explain(k.What)
	if !ok {
		return fmt.Errorf("explain: %s", text)
	}
	_, err := fmt.Fprintln(c.out, text)
	return err
}
