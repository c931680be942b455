package web

import "net/http"

// HeaderEditor is a ResponseWriter that edits the headers of answers. Who writes an
// answer past it asks it ahead of that.
type HeaderEditor interface {
	EditHeader(status int, h http.Header) (edited int)
}
