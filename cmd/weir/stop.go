package main

import "weir"

type stopCmd struct{ served }

// Run ends the server in good order and waits until it has ended.
func (k *stopCmd) Run() error {
	_, err := k.ask(weir.VerbStop)
	return err
}
