package web_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/web"
)

// patience bounds waits that a working server ends at once.
const patience = 20 * time.Second

// lines is a framing of a line for each video frame, and "begin" ahead of them.
type lines struct{}

func (lines) Append(dst []byte, p *media.Packet, _ media.Clocks) []byte {
	if p.Kind != media.Video || p.Config {
		return dst
	}
	return fmt.Appendf(dst, "%d\n", p.DTS.Milliseconds())
}

func (lines) Begin(dst []byte, _ media.Headers, _ media.Clocks, _ time.Duration, _ bool) []byte {
	return append(dst, "begin\n"...)
}

var format = web.Format{
	Protocol: "txt", Ext: ".txt", ContentType: "text/lines",
	Framer: func(media.Tracks) media.Framer { return lines{} },
}

// serve serves what the router has, and live/a of three frames.
func serve(t *testing.T) (*mediatest.Router, string) {
	t.Helper()
	r := mediatest.NewRouter(t)
	srv := httptest.NewServer(&web.Live{Format: format, Router: r})
	t.Cleanup(srv.Close)
	pub, err := r.Publish(t.Context(), &media.Session{Kind: media.KindPublish, Asked: media.Key{VHost: "127.0.0.1", App: "live", Stream: "a"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range mediatest.GOP(3) {
		if err := pub.WritePacket(p); err != nil {
			t.Fatal(err)
		}
	}
	return r, srv.Listener.Addr().String()
}

// dial sends a request and reads the head of the answer.
func dial(t *testing.T, addr, request string) (net.Conn, *bufio.Reader, *http.Response) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(c, strings.ReplaceAll(request, "\n", "\r\n")+"\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(c)
	res, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c, in, res
}

func TestStreamIsTheBody(t *testing.T) {
	for version, chunked := range map[string]bool{"1.0": false, "1.1": true} {
		t.Run(version, func(t *testing.T) {
			_, addr := serve(t)
			_, _, res := dial(t, addr, "GET /live/a.txt HTTP/"+version+"\nHost: 127.0.0.1")
			if res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/lines" || !res.Close || (len(res.TransferEncoding) > 0) != chunked {
				t.Errorf("answer %+v", res)
			}
			const want = "begin\n0\n40\n80\n"
			got := make([]byte, len(want))
			if _, err := io.ReadFull(res.Body, got); err != nil || string(got) != want {
				t.Errorf("body %q, %v; want %q", got, err, want)
			}
		})
	}
}

func TestMethods(t *testing.T) {
	r, addr := serve(t)
	for method, want := range map[string]int{"HEAD": 200, "OPTIONS": 405, "POST": 405} {
		_, _, res := dial(t, addr, method+" /live/a.txt HTTP/1.1\nHost: a\nContent-Length: 0")
		if res.StatusCode != want {
			t.Errorf("%s: %s", method, res.Status)
		}
		if kind := res.Header.Get("Content-Type"); method == "HEAD" && kind != "text/lines" {
			t.Errorf("HEAD: Content-Type %q", kind)
		}
		if allow := res.Header.Get("Allow"); method != "HEAD" && allow != "GET, HEAD" {
			t.Errorf("%s: Allow %q", method, allow)
		}
	}
	if n := len(r.Sessions()); n != 1 { // for the publisher
		t.Errorf("the router was asked %d times", n)
	}
}

// handshake is the opening of RFC 6455, 1.2.
const handshake = "GET /live/a.txt HTTP/1.1\nHost: 127.0.0.1\nUpgrade: WebSocket\nConnection: keep-alive, Upgrade\n" +
	"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Version: 13"

func TestWebSocket(t *testing.T) {
	r, addr := serve(t)
	c, in, res := dial(t, addr, handshake+"\nSec-WebSocket-Protocol: flv, other\nSec-WebSocket-Extensions: permessage-deflate")
	h := res.Header
	if res.StatusCode != 101 || h.Get("Sec-WebSocket-Accept") != "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" ||
		h.Get("Sec-WebSocket-Protocol") != "flv" || h.Get("Sec-WebSocket-Extensions") != "" || !strings.EqualFold(h.Get("Upgrade"), "websocket") {
		t.Fatalf("answer %+v", res)
	}
	for _, want := range []string{"begin\n", "0\n", "40\n", "80\n"} {
		expect(t, in, "\x82"+string(rune(len(want)))+want)
	}
	if s := r.Sessions()[1]; s.Connection.Protocol != "ws-txt" || s.URL != "ws://127.0.0.1/live/a.txt" {
		t.Errorf("the session's protocol is %s, its URL %s", s.Connection.Protocol, s.URL)
	}
	c.Write(said(9, "hi"))
	expect(t, in, "\x8a\x02hi")
	c.Write(said(8, "\x0f\xa0bye")) // 4000
	expect(t, in, "\x88\x02\x0f\xa0")
	if rest, err := io.ReadAll(in); err != nil || len(rest) > 0 {
		t.Errorf("behind the close frame: %q, %v", rest, err)
	}
}

func expect(t *testing.T, in io.Reader, want string) {
	t.Helper()
	got := make([]byte, len(want))
	if _, err := io.ReadFull(in, got); err != nil || string(got) != want {
		t.Fatalf("got %q, %v; want %q", got, err, want)
	}
}

// said is a frame of a client's, whole and masked.
func said(opcode byte, payload string) []byte {
	mask := []byte{1, 2, 3, 4}
	b := append([]byte{0x80 | opcode, 0x80 | byte(len(payload))}, mask...)
	for i := range len(payload) {
		b = append(b, payload[i]^mask[i%4])
	}
	return b
}

func TestWebSocketRefusals(t *testing.T) {
	r, addr := serve(t)
	for name, tt := range map[string]struct {
		from, to string
		want     int
	}{
		"old version":   {"Version: 13", "Version: 8", 426},
		"no key":        {"Sec-WebSocket-Key: ", "X: ", 400},
		"short key":     {"dGhlIHNhbXBsZSBub25jZQ==", "dGhl", 400},
		"no connection": {"keep-alive, Upgrade", "keep-alive", 400},
		"HTTP/1.0":      {"HTTP/1.1", "HTTP/1.0", 400},
	} {
		_, _, res := dial(t, addr, strings.Replace(handshake, tt.from, tt.to, 1))
		if res.StatusCode != tt.want {
			t.Errorf("%s: %s, want %d", name, res.Status, tt.want)
		}
		if v := res.Header.Get("Sec-WebSocket-Version"); tt.want == 426 && v != "13" {
			t.Errorf("%s: Sec-WebSocket-Version %q", name, v)
		}
	}
	r.Admit = func(context.Context, *media.Session) (media.Key, error) {
		return media.Key{}, &media.Denied{Code: 451, Reason: "not here"}
	}
	_, _, res := dial(t, addr, handshake)
	if b, err := io.ReadAll(res.Body); res.StatusCode != 451 || string(b) != "not here\n" {
		t.Errorf("denied: %s %q %v", res.Status, b, err)
	}
}

func TestWebSocketIsToldWhyItEnds(t *testing.T) {
	for want, reason := range map[string]error{
		"\x88\x0e\x03\xf0kicked: spam":            &media.Kicked{Reason: "spam"},
		"\x88\x19\x03\xe9server is shutting down": media.ErrShutdown,
		"\x88\x02\x03\xf3":                        io.ErrNoProgress,
	} {
		r, addr := serve(t)
		_, in, _ := dial(t, addr, handshake)
		for _, text := range []string{"begin\n", "0\n", "40\n", "80\n"} {
			expect(t, in, "\x82"+string(rune(len(text)))+text)
		}
		r.End(reason)
		expect(t, in, want)
	}
}

// What a client has said wrong is told, and nothing more is sent.
func TestWebSocketViolations(t *testing.T) {
	for name, tt := range map[string]struct {
		said string
		code uint16
	}{
		"not masked":     {"\x81\x01x", 1002},
		"reserved bit":   {"\xc1\x80....", 1002},
		"reserved type":  {"\x83\x80....", 1002},
		"long ping":      {"\x89\xfe\x00\x7e....", 1002},
		"ping in pieces": {"\x09\x80....", 1002},
		"rest of none":   {"\x80\x80....", 1002},
		"two at once":    {"\x01\x80....\x81\x80....", 1002},
		"too big":        {"\x82\xff\x00\x00\x00\x00\x40\x00\x00\x00....", 1009},
	} {
		t.Run(name, func(t *testing.T) {
			_, addr := serve(t)
			c, in, _ := dial(t, addr, handshake)
			c.Write([]byte(tt.said))
			b, err := io.ReadAll(in)
			if i := bytes.IndexByte(b, 0x88); i < 0 || uint16(b[i+2])<<8|uint16(b[i+3]) != tt.code {
				t.Errorf("got %q, %v; want a close frame of %d", b, err, tt.code)
			}
		})
	}
}
