package httpapi

import (
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

func (s *Server) versions(w http.ResponseWriter, _ *http.Request) {
	parts := append(strings.Split(s.Version, "."), "0", "0", "0")
	major, _ := strconv.Atoi(parts[0])
	minor, _ := strconv.Atoi(parts[1])
	revision, _ := strconv.Atoi(parts[2])
	s.answer(w, codeOK, "data", map[string]any{
		"name": "weir", "version": s.Version, "major": major, "minor": minor, "revision": revision,
	})
}

func (s *Server) summaries(w http.ResponseWriter, _ *http.Request) {
	clients := s.Vhosts.Clients()
	s.answer(w, codeOK, "data", map[string]any{
		"ok": true, "now_ms": time.Now().UnixMilli(),
		"self":   map[string]any{"version": s.Version, "pid": os.Getpid(), "ppid": os.Getppid()},
		"system": map[string]any{"conn_srs": len(clients)},
	})
}
