package main

import (
	"weir/js/builtin"
	"weir/js/hook"
)

type typesCmd struct{}

// Run prints weir.d.ts.
func (*typesCmd) Run(c console) error { return hook.WriteTypes(c.out, builtin.Types()) }
