package hls

import (
	"errors"
	"net/http"

	"weir/media"
)

// errNoHeader is what frames are left out for that come without a sequence header.
var errNoHeader = errors.New("no sequence header")

// What a viewer is refused for, beside what the Router says.
var (
	errNoSession = &media.Denied{Code: http.StatusForbidden, Reason: "no session: begin at the playlist without hls_ctx"}
	errNoSegment = &media.Denied{Code: http.StatusServiceUnavailable, Reason: "stream has no segment yet"}
)
