package weir_test

import (
	"bufio"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/weirtest"
)

func TestSwitchesOfListeners(t *testing.T) {
	t.Parallel()
	on := everything("")
	for name, text := range map[string]string{"http_server": on, "http_api": on} {
		s := weirtest.Up(t, strings.Replace(text, name+" { enabled on;", name+" { enabled off;", 1))
		if (s.HTTP == "") != (name == "http_server") || (s.API == "") != (name == "http_api") {
			t.Errorf("without %s: http %q, api %q", name, s.HTTP, s.API)
		}
	}
}

func TestFileDirectives(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "hello.txt"), "hello")
	for block, origin := range map[string]string{"": "*", "crossdomain off;": ""} {
		s := weirtest.Up(t, strings.Replace(everything(""), "http_server {", "http_server { dir "+dir+"; "+block, 1))
		res, body := fetch(t, s.HTTP, "/hello.txt")
		if body != "hello" {
			t.Errorf("the file: %s %q", res.Status, body)
		}
		if got := res.Header.Get("Access-Control-Allow-Origin"); got != origin {
			t.Errorf("with %q any page may read it: %q, want %q", block, got, origin)
		}
	}
}

func TestAuthDirectives(t *testing.T) {
	t.Parallel()
	auth := "http_api { auth { enabled on; username admin; password 'open sesame'; }"
	s := weirtest.Up(t, strings.Replace(everything(""), "http_api {", auth, 1))
	const basic = "Authorization: Basic "
	for header, want := range map[string]int{
		"X: none":                          401,
		basic + "YWRtaW46b3BlbiBzZXNhbWU=": 200, // admin:open sesame
		basic + "YWRtaW46eA==":             401, // admin:x
		basic + "eDpvcGVuIHNlc2FtZQ==":     401, // x:open sesame
	} {
		for _, path := range []string{"/api/v1/versions", "/metrics"} {
			if res, _ := ask(t, s.API, "GET "+path, "Host: "+s.API, header); res.StatusCode != want {
				t.Errorf("%s with %q: %s, want %d", path, header, res.Status, want)
			}
		}
	}
	off := weirtest.Up(t, strings.Replace(everything(""), "http_api {", strings.Replace(auth, "on;", "off;", 1), 1))
	if res, _ := fetch(t, off.API, "/api/v1/versions"); res.StatusCode != 200 {
		t.Errorf("without auth: %s", res.Status)
	}
}

// HTTP-FLV is at its mount: under the vhost's name, or under any.
func TestHTTPRemuxDirectives(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything("")+`
		vhost own.example { http_remux { enabled on; mount [vhost]/[app]/[stream].flv; } }
		vhost off.example { http_remux { enabled off; mount /[app]/[stream].flv; } }
		vhost any.example { http_remux { enabled on; mount /[app]/[stream].flv; } }`)
	for _, vhost := range []string{"own", "off", "any"} {
		publish(t, s, "live/"+vhost+"?vhost="+vhost+".example", mediatest.Stream{})
	}
	publish(t, s, "live/default", mediatest.Stream{})
	for _, tt := range []struct {
		host, stream string
		want         bool
	}{
		{"own.example", "own", true},
		{"any.example", "any", true},
		{"off.example", "off", false},
		{"elsewhere.example", "own", false},
		{"elsewhere.example", "any", true},
		{"elsewhere.example", "default", true},
		{"own.example", "any", true}, // any name, that of another vhost included
		{"own.example", "default", false},
	} {
		if got := playsAt(t, s.HTTP, tt.host, "/live/"+tt.stream+".flv"); got != tt.want {
			t.Errorf("stream %s at %s plays: %v, want %v", tt.stream, tt.host, got, tt.want)
		}
	}
}

// The header of an FLV stream announces the tracks that it has, or those that the
// configuration says there are; the others are left out.
func TestHTTPRemuxTracksDirectives(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		block        string
		flags        byte
		video, audio bool
	}{
		{"", 5, true, true},
		{"has_audio off;", 5, true, true}, // the stream has it
		{"guess_has_av off; has_audio off;", 1, true, false},
		{"guess_has_av off; has_video off;", 4, false, true},
		{"guess_has_av off; has_audio off; drop_if_not_match off;", 1, true, true},
	} {
		t.Run(tt.block, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, strings.Replace(everything(""), "http_remux {", "http_remux { "+tt.block, 1))
			publish(t, s, "live/a", mediatest.Stream{GOP: 25})
			res, err := http.Get("http://" + s.HTTP + "/live/a.flv")
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			in := bufio.NewReader(res.Body)
			head, err := in.Peek(5)
			if err != nil || head[4] != tt.flags {
				t.Errorf("the header %x, %v; want flags %d", head, err, tt.flags)
			}
			c, err := mediatest.ReadFLV(in, func(c *mediatest.Count) bool { return c.Video+c.Audio >= 50 })
			if err != nil || (c.Video > 0) != tt.video || (c.Audio > 0) != tt.audio {
				t.Errorf("%d video and %d audio packets, %v", c.Video, c.Audio, err)
			}
		})
	}
}

// Who plays over HTTP can tell a stream that is whole from one that broke off.
func TestStreamOverHTTPEndsWhole(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything("js_on_publish { if (s.stream.startsWith('kick')) live.kick({ stream: 'b', kind: 'play' }, 'enough'); }"))
	pub := publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	whole := make(chan error)
	for _, path := range []string{"/live/a.flv", "/ts/live/a.ts"} {
		res, err := http.Get("http://" + s.HTTP + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		go func() {
			_, err := io.Copy(io.Discard, res.Body)
			whole <- err
		}()
	}
	socket := play(t, s, "ws-flv", "live/a")
	waitFrames(t, socket, 5)
	if err := pub.Stop(); err != nil {
		t.Error(err)
	}
	for range 2 {
		if err := <-whole; err != nil {
			t.Errorf("the stream ends with %v", err)
		}
	}
	<-socket.Done()
	if code, reason := refusal(socket.Stop()); code != "1000" || reason != "publisher has left" {
		t.Errorf("the WebSocket is closed with %s %q", code, reason)
	}
	publish(t, s, "live/b", mediatest.Stream{GOP: 25})
	for protocol, want := range map[string]string{"flv": "unexpected EOF", "ws-flv": "1008: kicked: enough"} {
		p := play(t, s, protocol, "live/b")
		waitFrames(t, p, 5)
		publish(t, s, "live/kick-"+protocol, mediatest.Stream{})
		<-p.Done()
		if err := p.Stop(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("a player by %s that was kicked got %v, want %s", protocol, err, want)
		}
	}
}

// playsAt says whether a URL is answered by a stream.
func playsAt(t *testing.T, addr, host, path string) bool {
	t.Helper()
	p := dialPeer(t, addr)
	defer p.Close()
	p.Write([]byte("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
	head := make([]byte, len("HTTP/1.1 200"))
	if _, err := io.ReadFull(p, head); err != nil {
		t.Errorf("%s: %v", path, err)
	}
	return string(head) == "HTTP/1.1 200"
}

// A playlist has segments of hls_fragment, as many as hls_window lists.
func TestHLSDirectives(t *testing.T) {
	t.Parallel()
	durations := regexp.MustCompile(`#EXTINF:([\d.]+)`)
	for block, want := range map[string][]string{
		"hls_fragment 2; hls_window 6;":  {"2.00000", "2.00000", "2.00000"},
		"hls_fragment 2; hls_window 8;":  {"2.00000", "2.00000", "2.00000", "2.00000"},
		"hls_fragment 4s; hls_window 8;": {"4.00000", "4.00000", "4.00000"}, // three at least
	} {
		t.Run(block, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, "listen 1935; http_server { enabled on; listen 8080; } vhost a { } vhost __defaultVhost__ { hls { enabled on; hls_ctx off; "+block+" } }")
			write := byHand(t, s, "live/a")
			headers, frames := video(mediatest.Stream{GOP: 25}, 20*time.Second+1)
			write(headers...)
			write(frames...)
			var list string
			eventually(t, "the playlist has the last segment", func() bool {
				_, list = fetch(t, s.HTTP, "/live/a.m3u8")
				return strings.Contains(list, map[bool]string{true: "a-9.ts", false: "a-4.ts"}[want[0] == "2.00000"])
			})
			var got []string
			for _, m := range durations.FindAllStringSubmatch(list, -1) {
				got = append(got, m[1])
			}
			if strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("segments %v, want %v in\n%s", got, want, list)
			}
			if res, _ := ask(t, s.HTTP, "GET /live/a.m3u8", "Host: a"); res.StatusCode != 404 {
				t.Errorf("without hls.enabled: %s, want 404", res.Status)
			}
		})
	}
}

func TestHLSDisposeDirective(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, strings.Replace(everything(""), "hls_window", "hls_dispose 1; hls_window", 1))
	pub := publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	p := play(t, s, "hls", "live/a")
	waitFrames(t, p, 25)
	if err := pub.Stop(); err != nil {
		t.Fatal(err)
	}
	<-p.Done() // by default it would go on for two minutes
	if err := p.Stop(); err == nil || !strings.Contains(err.Error(), "ended") {
		t.Errorf("the player ended with %v, want the end of the playlist", err)
	}
}

func TestHLSCtxDirective(t *testing.T) {
	t.Parallel()
	for block, want := range map[string]bool{"": true, "hls_ctx on;": true, "hls_ctx off;": false} {
		s := weirtest.Up(t, strings.Replace(everything("js_on_play { s.log('asked'); }"), "hls_window", block+"hls_window", 1))
		publish(t, s, "live/a", mediatest.Stream{GOP: 25})
		_, list := fetch(t, s.HTTP, "/live/a.m3u8")
		if got := strings.Contains(list, "hls_ctx="); got != want || !strings.Contains(list, "#EXTM3U") {
			t.Errorf("with %q: the viewer has a session: %v, want %v, in\n%s", block, got, want, list)
		}
		if got := s.Log.Count("asked") > 0; got != want {
			t.Errorf("with %q: the script was asked: %v, want %v", block, got, want)
		}
	}
}

func TestServerIDDirective(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, "server_id vid-eu1;"+everything(""))
	if _, body := fetch(t, s.API, "/api/v1/versions"); !strings.Contains(body, `"server":"vid-eu1"`) {
		t.Errorf("the API says %s, want the server vid-eu1", body)
	}
}
