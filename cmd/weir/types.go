package main

import (
	"weir/js/hook"
	"weir/js/workshop"
)

type typesCmd struct{}

// Run prints weir.d.ts.
func (*typesCmd) Run(c console) error { return hook.WriteTypes(c.out, workshop.Types()) }
