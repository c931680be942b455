package web

import (
	"cmp"
	"net/http"
)

// NotAllowed answers a method that is not served (RFC 9110, 15.5.6). Those that are
// stand in Allow: with OPTIONS where that is answered, for pages of other origins.
func NotAllowed(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Allow", cmp.Or(h.Get("Access-Control-Allow-Methods"), "GET, HEAD"))
	http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
}
