//go:build !linux

package rtmp

import (
	"io"
	"net"
)

// quietly returns what reads from c.
func quietly(c net.Conn) io.Reader { return c }
