package hls

import (
	"net/http"

	"weir/media"
)

// What a viewer is refused for, beside what the Router says.
var (
	errNoSession = &media.Denied{Code: http.StatusForbidden, Reason: "no session: begin at the playlist without hls_ctx"}
	errNoSegment = &media.Denied{Code: http.StatusServiceUnavailable, Reason: "stream has no segment yet"}
)
