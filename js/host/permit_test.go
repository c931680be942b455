package host_test

import (
	"strings"
	"testing"

	"weir/js/host"
)

func TestParsePermit(t *testing.T) {
	for _, tt := range []struct{ line, err string }{
		{"all", ""},
		{"fetch a.example.com", ""},
		{"fetch users.internal:8080 *.example.com * *:443 10.0.0.0/8 10.0.0.7:80 [::1]:80 ::1 2001:db8::/32 _dmarc.x 1.2.3.4", ""},
		{"fs read /srv/keys", ""},
		{"fs write a b", ""},
		{"env HOME PATH", ""},
		{"all fetch", `"fetch" is too much`},
		{"fetch", "nothing is named"},
		{"fs read", "nothing is named"},
		{"fs run /bin", `"fs run" is none of`},
		{"shell", `"shell" is none of fetch`},
		{"fs", `"fs" is none of fetch, fs read`},
		{"net x", `"net" is none of`},
		{"fetch a:0", `"0" is no port`},
		{"fetch a:65536", `"65536" is no port`},
		{"fetch a:http", `"http" is no port`},
		{"fetch http://a", "is no port"},
		{"fetch a/b", "is no host"},
		{"fetch a..b", "is no host"},
		{"fetch *example.com", "is no host"},
		{"fetch a.*.com", "is no host"},
		{"fetch 10.0.0.0/33", "is no host"},
		{"fetch fe80::1%eth0", "is no host"},
		{"fetch münchen.de", "is no host"},
	} {
		_, err := host.ParsePermit(strings.Fields(tt.line))
		if err == nil && tt.err == "" {
			continue
		}
		if err == nil || tt.err == "" || !strings.Contains(err.Error(), tt.err) {
			t.Errorf("js_permit %s: %v, want %q", tt.line, err, tt.err)
		}
	}
}

func TestEnvironmentByPermit(t *testing.T) {
	t.Setenv("WEIR_A", "1")
	t.Setenv("WEIR_B", "2")
	h := newHost(t, &host.Settings{Permit: permit(t, "env WEIR_A WEIR_UNSET")})
	got, err := h.Ask(t.Context(), origin, "env", nil)
	m, _ := got.(map[string]any)
	if err != nil || len(m) != 1 || m["WEIR_A"] != "1" {
		t.Errorf("env: %v, %v; want WEIR_A alone", got, err)
	}
}
