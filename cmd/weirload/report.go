//go:build linux

package main

import (
	"encoding/json"
	"fmt"
)

// report prints a mode's figures.
func (c console) report(v any) error {
	e := json.NewEncoder(c.out)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}
