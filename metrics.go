package weir

import (
	"weir/vhost/httpapi"
)

// hookCounts is what the back ends of http_hooks said so far, for the metrics.
func (s *Server) hookCounts() (counts []httpapi.HookCount, pending int) {
	for _, n := range s.hooks.Counts() {
		counts = append(counts, httpapi.HookCount{
			VHost: n.VHost, Hook: n.Hook, OK: n.Calls - n.Refused - n.Failed, Refused: n.Refused, Failed: n.Failed,
			Retried: n.Retried, Dropped: n.Dropped, Took: n.Took,
		})
	}
	return counts, s.hooks.Pending()
}

// scriptCounts is what scripts did beside their handlers.
func (s *Server) scriptCounts() httpapi.Scripts {
	return httpapi.Scripts{Workers: s.workers.Counts, Fetches: s.scripts.FetchCounts}
}
