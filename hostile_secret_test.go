package weir_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/media/rtmp"
	"weir/media/rtmp/amf0"
	"weir/weirtest"
)

// What peers carry in queries is theirs: however a session goes, it stands neither
// in the log nor in the API nor in the metrics.
func TestTokensAreNotShown(t *testing.T) {
	t.Parallel()
	const token = "t0k3n-of-somebody"
	s := weirtest.Up(t, everything(`
		js_on_connect { if (s.args.no) return s.deny(401, 'no'); }
		js_on_publish {
			if (s.args.throw) throw new Error('broken');
			if (s.args.spin) for (;;) {}
			if (s.args.wait) await new Promise(() => {});
			if (s.stream.startsWith('key-')) s.rename('renamed');
		}
		js_on_play { if (s.args.no) return s.deny(401, 'no'); }
		js_timeout 2s;
		js_cpu_limit 1s;
	`))
	query := "?token=" + token
	publish(t, s, "live/a"+query, mediatest.Stream{GOP: 25})
	publish(t, s, "live/key-"+token, mediatest.Stream{GOP: 25})
	for _, protocol := range weirtest.Basic {
		waitFrames(t, play(t, s, protocol, "live/a"+query), 1)
		waitFrames(t, play(t, s, protocol, "live/renamed"+query), 1)
	}
	for _, path := range []string{ // refused: denied, busy, failed, too slow, misnamed
		"live/a" + query, "live/b" + query + "&throw=1", "live/c" + query + "&spin=1", "live/d" + query + "&wait=1",
		"live/e;" + query, "live/" + token + "*",
	} {
		if _, err := s.Publish(path, mediatest.Stream{}); err == nil {
			t.Errorf("%s was admitted", path)
		}
		for _, protocol := range weirtest.Basic[:2] {
			if p, err := s.Play(protocol, path+"&no=1"); err == nil {
				p.Stop()
			}
		}
	}
	p := shake(t, s.RTMP) // who says it in every place that there is
	p.Write(command(0, "connect", 1, amf0.Object{
		{Name: "app", Value: "live" + query},
		{Name: "tcUrl", Value: "rtmp://user:" + token + "@127.0.0.1/live" + query},
		{Name: "pageUrl", Value: "http://site.example/watch" + query + "#" + token},
		{Name: "swfUrl", Value: "http://site.example/player.swf" + query},
	}))
	p.Write(createStream)
	p.Write(command(1, "publish", 3, nil, "f"+query, "live"))
	if got := p.code("onStatus"); got != "NetStream.Publish.Start" {
		t.Fatalf("publish: status %q", got)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.HTTP+"/live/a.flv"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Referer", "http://user:"+token+"@site.example/watch"+query+"#"+token)
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Cookie", "session="+token)
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()

	for _, path := range []string{"/api/v1/clients?count=100", "/api/v1/streams?count=100", "/api/v1/vhosts", "/api/v1/summaries", "/metrics"} {
		res, body := fetch(t, s.API, path)
		if res.StatusCode != 200 || strings.Contains(body, token) {
			t.Errorf("%s: %s %s", path, res.Status, body)
		}
		if path == "/metrics" && (strings.Contains(body, "renamed") || strings.Contains(body, "live/")) {
			t.Error("the metrics have a series for a stream")
		}
		if strings.HasPrefix(path, "/api/v1/clients") && !strings.Contains(body, "http://site.example/watch") {
			t.Errorf("the clients' pages are not shown: %s", body)
		}
	}
	if log := s.Log.String(); strings.Contains(log, token) {
		t.Error("the log has the token")
	}
}

// What peers say of themselves cannot write lines, colours or labels of its own.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`
		js_on_connect { s.log('connect', s.tcUrl, s.pageUrl, s.flashVer, s.userAgent, s.app); console.log(s); }
		js_on_publish { s.log(s.url, s.args.x, s.query); throw new Error(s.args.x); }
		js_on_play { s.log(s.userAgent, s.pageUrl, s.args.x); return s.deny(403, s.args.x); }
		js_cpu_limit 5s;
	`))
	evil := "x\r\ntime=2026 level=ERROR msg=forged\x1b[2J\x00\"} \u2028\u202e${x}%0a\x7f"
	p := shake(t, s.RTMP)
	p.Write(command(0, "connect", 1, amf0.Object{
		{Name: "app", Value: "live"},
		{Name: "tcUrl", Value: "rtmp://a/" + evil},
		{Name: "pageUrl", Value: evil},
		{Name: "flashVer", Value: evil},
		{Name: "swfUrl", Value: strings.Repeat(evil, 100)},
	}))
	p.Write(createStream)
	p.Write(command(1, "publish", 3, nil, "a?x="+evil, "live"))
	if got := p.code("onStatus"); got != "NetStream.Publish.BadName" {
		t.Errorf("publish: status %q", got)
	}
	for _, ext := range []string{".flv", ".m3u8"} {
		res, body := ask(t, s.HTTP, "GET /live/a"+ext+"?x=%0d%0aSet-Cookie:a=b%1b[2J", "Host: "+s.HTTP, "User-Agent: \x1b[2J\x7f\t'\"", "Referer: javascript:alert(1)")
		if res.Header.Get("Set-Cookie") != "" || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/plain") && res.StatusCode != 400 {
			t.Errorf("%s: %v %q", ext, res.Header, body)
		}
	}
	waitLog(t, s, 1, "forged")
	wellFormed(t, s.Log.String())
	_, metrics := fetch(t, s.API, "/metrics")
	if strings.Contains(metrics, "forged") {
		t.Error("the metrics have what a peer said")
	}
}

// A script that redirects by what a peer said writes one header.
func TestHostileRedirect(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`js_on_play { s.redirect('http://other.example/' + s.args.to); }`))
	res, _ := fetch(t, s.HTTP, "/live/a.flv?to=%0d%0aSet-Cookie:a=b%0d%0a%0d%0a<script>")
	if res.StatusCode >= 300 && res.StatusCode < 400 && (res.Header.Get("Set-Cookie") != "" || strings.ContainsAny(res.Header.Get("Location"), "\r\n")) {
		t.Errorf("answer %d %v", res.StatusCode, res.Header)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	c, err := rtmp.Dial(ctx, fmt.Sprintf("rtmp://%s/live/a?to=%s", s.RTMP, strings.Repeat("x", 4000)))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Play(ctx); err == nil {
		t.Error("a player that is sent elsewhere plays")
	}
}
