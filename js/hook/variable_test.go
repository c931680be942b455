package hook

import (
	"crypto/tls"
	"net/http"
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The variables of a request are nginx's.
func TestVariablesOfARequest(t *testing.T) {
	r := &Request{
		ID: "7", Phase: ForValue, Method: "GET", URI: "/a b", Query: "a=%20&B=2&a=3&c", Target: "/a%20b?a=%20&B=2&a=3&c", Version: "1.1", Scheme: "https", Host: "A.Example:8443",
		Remote: netip.MustParseAddrPort("[2001:db8::1]:4711"), Local: netip.MustParseAddrPort("127.0.0.1:8443"), Begun: time.Now(),
		Header: http.Header{
			"Authorization": {"Basic YW5uYTpzZWNyZXQ="}, "Content-Type": {"text/plain"}, "Content-Length": {"4"}, "X-Y": {"1", "2"}, "Cookie": {"k=v", "Other=w"},
		},
		Body: []byte("body"), BodyRead: true, BodySize: 4, Status: 201, Out: http.Header{"X-Out": {"3", "4"}}, Sent: 5,
		TLS: &tls.ConnectionState{Version: tls.VersionTLS13, CipherSuite: tls.TLS_AES_128_GCM_SHA256, ServerName: "a.example"},
	}
	want := map[string]string{
		"app": "", "args": "a=%20&B=2&a=3&c", "arg_A": "%20", "arg_b": "2", "arg_c": "",
		"binary_remote_addr": "\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01",
		"body_bytes_sent":    "5", "bytes_received": "4", "content_length": "4", "content_type": "text/plain", "cookie_K": "v", "cookie_other": "w",
		"document_uri": "/a b", "host": "a.example", "http_x_y": "1, 2", "https": "on", "is_args": "?", "query_string": "a=%20&B=2&a=3&c",
		"remote_addr": "2001:db8::1", "remote_port": "4711", "remote_user": "anna", "request": "GET /a%20b?a=%20&B=2&a=3&c HTTP/1.1", "request_body": "body",
		"request_id": "7", "request_method": "GET", "request_uri": "/a%20b?a=%20&B=2&a=3&c", "scheme": "https", "sent_http_x_out": "3, 4", "server_addr": "127.0.0.1",
		"server_name": "a.example", "server_port": "8443", "server_protocol": "HTTP/1.1", "ssl_cipher": "TLS_AES_128_GCM_SHA256", "ssl_protocol": "TLSv1.3",
		"ssl_server_name": "a.example", "status": "201", "uri": "/a b",
	}
	got := map[string]string{}
	for name := range want {
		if v, ok := Variable(r.Get, name); ok {
			got[name] = v
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, name := range []string{"arg_d", "cookie_none", "http_none", "sent_http_none", "nothing", "arg_", "toString"} {
		if v, ok := Variable(r.Get, name); ok {
			t.Errorf("%s is %q, want none", name, v)
		}
	}
	if v, _ := Variable((&Request{}).Get, "ssl_protocol"); v != "" {
		t.Errorf("without TLS the protocol is %q", v)
	}
	r.Hidden = Hidden{"remoteAddress", "headersIn.authorization"}
	for _, name := range []string{"binary_remote_addr", "remote_user"} {
		if v, _ := Variable(r.Get, name); v != "" {
			t.Errorf("%s shows %q of what is hidden", name, v)
		}
	}
}
