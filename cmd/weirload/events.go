//go:build linux

package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// eventLines takes the events out of what a child says.
type eventLines struct {
	rest  io.Writer
	names chan string
	line  []byte // begun
}

// Write takes whole lines.
func (e *eventLines) Write(b []byte) (int, error) {
	e.line = append(e.line, b...)
	for {
		end := bytes.IndexByte(e.line, '\n')
		if end < 0 {
			return len(b), nil
		}
		line := string(e.line[:end])
		e.line = e.line[end+1:]
		name, ok := strings.CutPrefix(line, eventPrefix)
		if !ok {
			fmt.Fprintln(e.rest, line)
			continue
		}
		select {
		case e.names <- name:
		default: // nobody has asked for so many
		}
	}
}
