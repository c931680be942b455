package weirtest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
	"time"
)

// label marks the goroutines of one server: those that it starts inherit it.
const label = "weir"

// labelled runs f so that its goroutines are the server's.
func (s *Server) labelled(f func()) {
	pprof.Do(context.Background(), pprof.Labels(label, s.name()), func(context.Context) { f() })
}

func (s *Server) name() string { return fmt.Sprintf("%p", s) }

// goroutines are the stacks of the server's goroutines.
func (s *Server) goroutines() []string {
	var b bytes.Buffer
	pprof.Lookup("goroutine").WriteTo(&b, 1) //nolint:errcheck // a buffer
	var list []string
	for stack := range strings.SplitSeq(b.String(), "\n\n") {
		own := strings.Contains(stack, fmt.Sprintf("%q:%q", label, s.name()))
		if own && !strings.Contains(stack, "os/signal.loop") { // the process has one, for ever
			list = append(list, stack)
		}
	}
	return list
}

// descriptors are the sockets at the server's ports, listeners included, by
// descriptor's target. There are none where there is no /proc.
func (s *Server) descriptors() map[string]bool {
	ports := map[string]bool{}
	for _, at := range []string{s.RTMP, s.HTTP, s.HTTPS, s.API, s.HTTPSAPI} {
		if _, port, err := net.SplitHostPort(at); err == nil {
			ports[port] = true
		}
	}
	own := map[string]bool{}
	for _, table := range []string{"/proc/self/net/tcp", "/proc/self/net/tcp6"} {
		text, _ := os.ReadFile(table) // none, then
		lines := bufio.NewScanner(bytes.NewReader(text))
		for lines.Scan() {
			f := strings.Fields(lines.Text()) // sl local rem st tx:rx tr:when retr uid timeout inode
			if len(f) > 9 && ports[localPort(f[1])] && f[9] != "0" {
				own["socket:["+f[9]+"]"] = true
			}
		}
	}
	return own
}

// localPort is the port of "0100007F:1F90".
func localPort(address string) string {
	n, _ := strconv.ParseUint(address[strings.LastIndexByte(address, ':')+1:], 16, 16)
	return strconv.FormatUint(n, 10)
}

// open are those of the descriptors that this process has.
func open(descriptors map[string]bool) []string {
	var list []string
	names, _ := filepath.Glob("/proc/self/fd/*") // none, then
	for _, name := range names {
		if target, err := os.Readlink(name); err == nil && descriptors[target] {
			list = append(list, target)
		}
	}
	return list
}

// left waits until nothing is left of a server that has stopped: no goroutine, and
// none of the descriptors that it had. The error says what is.
func (s *Server) left(descriptors map[string]bool) error {
	for deadline := time.Now().Add(Patience); ; time.Sleep(5 * time.Millisecond) {
		stacks, sockets := s.goroutines(), open(descriptors)
		if len(stacks)+len(sockets) == 0 {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%d descriptors and goroutines are left of the server:\n%s", len(sockets), strings.Join(stacks, "\n\n"))
		}
	}
}
