package host

import (
	"net/http"
	"slices"

	"weir/js"
)

const maxRedirects = 20

// follow turns r to where a response sends it (Fetch, 4.4). False: it sends it
// nowhere.
func (r *request) follow(resp *http.Response) (bool, error) {
	if !isRedirect(resp.StatusCode) || r.redirect == "manual" || resp.Header.Get("Location") == "" {
		return false, nil
	}
	if r.redirect != "follow" {
		return false, &js.Throw{Class: "TypeError", Message: "unexpected redirect"}
	}
	from := r.url
	to, err := from.Parse(sendable(resp.Header.Get("Location")))
	if err != nil {
		return false, invalid("redirect")
	}
	if err := r.setURL(to.String()); err != nil {
		return false, &js.Throw{Class: "TypeError", Message: "redirect to an " + err.(*js.Throw).Message}
	}
	if rewritesMethod(resp.StatusCode, r.method) {
		r.method, r.body = http.MethodGet, nil
		for name := range r.headers {
			if slices.Contains(bodyHeaders, name) {
				r.headers.Del(name)
			}
		}
	}
	if from.Scheme != r.url.Scheme || from.Host != r.url.Host {
		r.host = ""
		r.headers.Del("Authorization")
		r.headers.Del("Cookie")
	}
	return true, nil
}

func isRedirect(status int) bool {
	return slices.Contains([]int{301, 302, 303, 307, 308}, status)
}

func rewritesMethod(status int, method string) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound:
		return method == http.MethodPost
	case http.StatusSeeOther:
		return method != http.MethodGet && method != http.MethodHead
	}
	return false
}

// bodyHeaders describe a body, and go with it.
var bodyHeaders = []string{"Content-Encoding", "Content-Language", "Content-Location", "Content-Type"}
