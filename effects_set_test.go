package weir_test

import (
	"regexp"
	"testing"

	"weir/weirtest"
)

// A js_set that throws while another handler runs is counted and logged as its own
// failure, once a call, and what asked goes on.
func TestSetThatThrowsIsCounted(t *testing.T) {
	t.Parallel()
	for _, more := range []string{"", "js_isolation none;"} {
		s := weirtest.Up(t, `listen 1935; http_api { enabled on; listen 1985; } `+more+`
			js_set $bad nocache { throw new RangeError('too far'); }
			http_server { enabled on; listen 8080; location / { js_content { r.return(200, '<' + r.variables.bad + r.variables.bad + '>'); } } }
			vhost __defaultVhost__ { }`)
		has(t, "js_content", said(t, s, get("/")), "200", "<>")
		waitLog(t, s, 1, "script failed", "directive=js_set", "RangeError: too far", "srs.conf:2:")
		_, text := fetch(t, s.API, "/metrics")
		for directive, result := range map[string]string{"js_set": "error", "js_content": "ok"} {
			line := regexp.MustCompile(`(?m)^weir_js_calls_total\{directive="` + directive + `",handler="[^"]*",result="` + result + `",vhost=""\} 1$`)
			if !line.MatchString(text) {
				t.Errorf("with %q, no line matches %v:\n%.3000s", more, line, regexp.MustCompile(`(?m)^weir_js_calls.*$`).FindAllString(text, -1))
			}
		}
	}
}
