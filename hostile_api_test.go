package weir_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/media/mediatest"
	"weir/weirtest"
)

// Pages of other sites can neither read the API nor make it do anything.
func TestAPIKeepsPagesOut(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(""))
	p := publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	id := clientID(t, s, "live/a")
	_, port, _ := net.SplitHostPort(s.API)
	for _, tt := range []struct {
		name, line, host string
		want             int
	}{
		{"address", "GET /api/v1/streams", s.API, 200},
		{"localhost", "GET /api/v1/streams", "localhost:" + port, 200},
		{"IPv6", "GET /api/v1/streams", "[::1]:" + port, 200},
		{"name that was rebound", "GET /api/v1/streams", "evil.example:" + port, 403},
		{"name that looks like an address", "GET /api/v1/streams", "127.0.0.1.evil.example", 403},
		{"name that looks like localhost", "GET /metrics", "localhost.evil.example", 403},
		{"no name", "GET /metrics", "", 403},
		{"kick by a rebound name", "DELETE /api/v1/clients/" + id, "evil.example", 403},
		{"kick by a form", "POST /api/v1/clients/" + id, s.API, 405},
		{"kick by a picture", "GET /api/v1/clients/" + id, s.API, 200}, // describes it; the publisher goes on
		{"kick by an overridden method", "POST /api/v1/clients/" + id + "?_method=DELETE", s.API, 405},
		{"preflight of a kick", "OPTIONS /api/v1/clients/" + id, s.API, 405},
		{"traversal", "GET /api/v1/../../metrics/%2e%2e/etc/passwd", s.API, 404},
		{"profiles", "GET /debug/pprof/", s.API, 404},
	} {
		res, body := ask(t, s.API, tt.line, "Host: "+tt.host, "Origin: https://evil.example", "X-HTTP-Method-Override: DELETE")
		if res.StatusCode != tt.want && tt.name != "traversal" || strings.HasPrefix(res.Header.Get("Location"), "//") {
			t.Errorf("%s: %s, want %d", tt.name, res.Status, tt.want)
		}
		for name := range res.Header {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("%s: %s is set", tt.name, name)
			}
		}
		if strings.Contains(body, "<script") {
			t.Errorf("%s: the answer has markup: %s", tt.name, body)
		}
	}
	for _, query := range []string{"callback=alert(1)", "jsonp=alert", "start=-1", "count=99999999999999999999", "start=1e9&count=-5", "count=%00"} {
		res, body := fetch(t, s.API, "/api/v1/clients?"+query)
		if res.Header.Get("Content-Type") != "application/json" || res.Header.Get("X-Content-Type-Options") != "nosniff" || !json.Valid([]byte(body)) {
			t.Errorf("?%s: %v %q", query, res.Header, body)
		}
	}
	waitFramesSent(t, p)
}

// waitFramesSent waits for a publisher to send more: it was not ended.
func waitFramesSent(t *testing.T, p *weirtest.Publisher) {
	t.Helper()
	n := p.Frames.Load()
	eventually(t, "the publisher goes on", func() bool { return p.Frames.Load() > n+5 })
}

// clientID is the id of the only client of a stream.
func clientID(t *testing.T, s *weirtest.Server, stream string) string {
	t.Helper()
	var answer struct {
		Clients []struct{ ID, Stream string }
	}
	_, body := fetch(t, s.API, "/api/v1/clients?count=1000")
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatal(err)
	}
	for _, c := range answer.Clients {
		if c.Stream == stream {
			return c.ID
		}
	}
	t.Fatalf("no client of %s in %s", stream, body)
	return ""
}

func kick(t *testing.T, s *weirtest.Server, id string) (code int) {
	t.Helper()
	_, body := ask(t, s.API, "DELETE /api/v1/clients/"+id, "Host: "+s.API)
	var answer struct{ Code int }
	if err := json.Unmarshal([]byte(body), &answer); err != nil {
		t.Fatalf("kick: %v in %q", err, body)
	}
	return answer.Code
}

// A kick ends the session that it names, whatever that is doing, once.
func TestKicks(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`
		js_on_publish {
			if (s.args.wait) { s.log('waiting as ' + s.id); await new Promise(go => setTimeout(go, 300)); }
			if (s.args.self) s.log('self: ' + s.kick('by itself'));
			if (s.args.live) s.live.kick();
		}
		js_on_play { if (s.args.self) s.kick('by itself'); }
		js_on_unpublish { s.log('unpublished ' + s.stream + ': ' + s.reason); }
	`)+"vhost other { js_on_publish { s.log('another vhost kicks: ' + s.live); } }")
	publish(t, s, "live/quiet", mediatest.Stream{GOP: 25})
	for _, id := range []string{"0", strings.Repeat("0", 32), "%2e%2e", "a%00b", strings.Repeat("x", 4000), "*"} {
		if code := kick(t, s, id); code == 0 {
			t.Errorf("the id %.20q was kicked", id)
		}
	}

	a := publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	id := clientID(t, s, "live/a")
	first, second := kick(t, s, id), 0
	<-a.Done()
	eventually(t, "the session is gone", func() bool { second = kick(t, s, id); return second != 0 })
	waitLog(t, s, 1, "unpublished a: kicked: by the API")
	if first != 0 || s.Log.Count("unpublished a") != 1 {
		t.Errorf("kick: code %d, %d ends", first, s.Log.Count("unpublished a"))
	}

	// While the script thinks about it.
	refused := make(chan error)
	go func() {
		_, err := s.Publish("live/b?wait=1", mediatest.Stream{})
		refused <- err
	}()
	waitLog(t, s, 1, "waiting as")
	id = regexp.MustCompile(`waiting as (\w+)`).FindStringSubmatch(s.Log.String())[1]
	if code := kick(t, s, id); code != 0 {
		t.Errorf("kick of one who waits: code %d", code)
	}
	if err := <-refused; err == nil || !strings.Contains(err.Error(), "kicked") {
		t.Errorf("one who was kicked while waiting: %v", err)
	}
	waitLog(t, s, 1, "unpublished b: kicked: by the API")

	// By itself, from its own gate.
	if p, err := s.Publish("live/c?self=1", mediatest.Stream{}); err == nil {
		<-p.Done()
		p.Stop()
	}
	waitLog(t, s, 1, "unpublished c: kicked: by itself")
	for _, protocol := range weirtest.Basic {
		if p, err := s.Play(protocol, "live/quiet?self=1"); err == nil {
			select {
			case <-p.Done():
			case <-t.Context().Done():
			}
			p.Stop()
		}
	}
	if n := s.Log.Count("msg=unpublish", "stream=quiet"); n != 0 {
		t.Error("the quiet stream was ended")
	}
}

// The file that is delivered listens for media on all interfaces, for the API on
// this machine only, and nowhere else.
func TestDeliveredFileListens(t *testing.T) {
	text, err := os.ReadFile("conf/srs.conf")
	if err != nil {
		t.Fatal(err)
	}
	free := regexp.MustCompile(`(?m)^(\s*listen\s+(?:\S+:)?)\d+;`).ReplaceAll(text, []byte("${1}0;"))
	file := filepath.Join(t.TempDir(), "srs.conf")
	if err := os.WriteFile(file, free, 0o600); err != nil {
		t.Fatal(err)
	}
	before := listening(t)
	s, err := weirtest.Start(file)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	got := map[string]bool{}
	for _, at := range listening(t) {
		if !slices.Contains(before, at) {
			got[at] = netip.MustParseAddrPort(at).Addr().Unmap().IsLoopback()
		}
	}
	want := map[string]bool{s.RTMP: false, s.HTTP: false, s.API: true}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("sockets, and whether they are this machine's only (-want +got):\n%s", d)
	}
}

// listening are the addresses at which this process listens by TCP.
func listening(t *testing.T) []string {
	t.Helper()
	own := map[string]bool{}
	fds, err := filepath.Glob("/proc/self/fd/*")
	if err != nil || len(fds) == 0 {
		t.Skip("there is no /proc")
	}
	for _, fd := range fds {
		if to, err := os.Readlink(fd); err == nil {
			own[to] = true
		}
	}
	var list []string
	for _, table := range []string{"tcp", "tcp6"} {
		f, err := os.Open("/proc/self/net/" + table)
		if err != nil {
			t.Skip(err)
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			fields := strings.Fields(lines.Text())
			const listen = "0A"
			if len(fields) > 9 && fields[3] == listen && own["socket:["+fields[9]+"]"] {
				list = append(list, address(t, fields[1]))
			}
		}
	}
	return list
}

// address reads "0100007F:0F90", whose words are in the machine's (little) order.
func address(t *testing.T, s string) string {
	t.Helper()
	words, port, _ := strings.Cut(s, ":")
	var ip []byte
	for ; len(words) >= 8; words = words[8:] {
		n, err := strconv.ParseUint(words[:8], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		ip = append(ip, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	}
	addr, ok := netip.AddrFromSlice(ip)
	n, err := strconv.ParseUint(port, 16, 16)
	if err != nil || !ok {
		t.Fatal(s, err)
	}
	return fmt.Sprint(netip.AddrPortFrom(addr, uint16(n)))
}
