package weir_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/weirtest"
)

// logged waits for a line of a file that matches the pattern, and returns the file.
func logged(t *testing.T, file, pattern string) string {
	t.Helper()
	re := regexp.MustCompile("(?m)" + pattern)
	deadline := time.Now().Add(weirtest.Patience)
	for {
		text, _ := os.ReadFile(file)
		if re.Match(text) {
			return string(text)
		}
		if time.Now().After(deadline) {
			t.Fatalf("no line of %s matches %s:\n%s", file, pattern, text)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// A line for each request, and for each session that has ended, in the format that
// is named; a vhost has its own file, or none.
func TestAccessLogDirectives(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, "logs", name) }
	s := located(t, `
		log_format brief '$request_method $uri $status ${body_bytes_sent} "$http_x" ' '$tier $shout';
		log_format lines escape=json '{"stream":"$stream","key":"$arg_key","greet":"$greeting","n":$bytes_received}';
		js_var $tier none; js_set $shout { return (s.uri ?? '/' + s.app + '/' + s.stream).toUpperCase(); } js_set $greeting { return 'hello "' + s.stream + '" ' + s.args.key; }
		access_log `+file("requests")+` brief;
		js_on_publish { s.variables.tier = 'gold'; }
		vhost usual { access_log `+file("usual")+`; }
		vhost json { js_hide args.key; access_log `+file("json")+` lines; }
		vhost silent { access_log off; }`, `
		location /hello { js_content { r.variables.tier = 'silver'; r.return(201, 'hello'); } }
		location /gone { js_content { r.return(444); } }`)
	has(t, "hello", said(t, s, get("/hello?x", "X: a\"b\xff")), "201", "hello")
	logged(t, file("requests"), `^GET /hello 201 5 "a\\x22b\\xFF" silver /HELLO$`)
	said(t, s, get("/file.txt"))
	logged(t, file("requests"), `^GET /file.txt 200 6 "-" none /FILE.TXT$`)
	said(t, s, request("HEAD", "/none", ""))
	logged(t, file("requests"), `^HEAD /none 404 0 "-" none /NONE$`)

	for _, vhost := range []string{"usual", "json", "silent"} {
		publish(t, s, "live/a?key=k&vhost="+vhost, mediatest.Stream{}).Stop()
	}
	logged(t, file("usual"), `^127\.0\.0\.1 \[[^\]]+\] rtmp publish "usual/live/a" 200 \d+ 0 \d+\.\d{3} "-" "-" "[^"]+" [0-9a-f]{32}$`)
	text := logged(t, file("json"), `^\{`)
	var got struct {
		Stream, Key, Greet string
		N                  int
	}
	if err := json.Unmarshal([]byte(text), &got); err != nil || got.Stream != "a" || got.Key != "k" || got.Greet != `hello "a" ***` {
		t.Errorf("%+v, %v", got, err)
	}
	publish(t, s, "live/b", mediatest.Stream{GOP: 25})
	p := play(t, s, "flv", "live/b")
	waitFrames(t, p, 5)
	p.Stop()
	if text := logged(t, file("requests"), `^play /live/b 200 [1-9]\d+ "-" none /LIVE/B$`); strings.Contains(text, "GET /live/b") {
		t.Errorf("a player is there twice:\n%s", text)
	}
}

// Who is refused has a line, too: with the status that HTTP would have answered, and
// without the name of a publisher that his gate refused, which may be a stream's key.
func TestAccessLogOfTheRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "log")
	s := located(t, `
		log_format brief '$kind $app/$stream $status "$reason" $request_uri $who';
		js_set $who { return s.args.who; }
		access_log `+file+` brief;
		js_on_connect { if (s.app === 'closed') return s.deny(402, 'pay first'); }
		js_on_publish { if (s.args.no) return s.deny(+s.args.no, 'no'); if (s.args.name) s.rename(s.args.name); }
		js_on_play { if (s.args.no) return s.deny(); }
		vhost walled { js_on_connect off; security { enabled on; deny play all; } }
		vhost open { js_on_connect off; js_on_publish off; security { enabled on; deny publish all; } }`, "")
	refused := func(kind, path, line string) {
		t.Helper()
		var err error
		if kind == "publish" {
			_, err = s.Publish(path, mediatest.Stream{})
		} else {
			_, err = s.Play(kind, path)
		}
		if err == nil {
			t.Errorf("%s of %s is admitted", kind, path)
		}
		logged(t, file, line)
	}
	refused("publish", "live/key1?no=402&who=anna", `^publish live/- 402 "no" /live/\?no=402&who=anna anna$`)
	holder := publish(t, s, "live/a?name=b", mediatest.Stream{})
	refused("publish", "live/key2?name=b", `^publish live/b 409 "stream is being published by another session" /live/b\?name=b -$`)
	holder.Stop()
	refused("publish", "live/c?vhost=open", `^publish live/c 403 "[^"]+" /live/c\?vhost=open -$`)
	refused("rtmp", "live/d?no=1", `^play live/d 403 "denied \(403\)" /live/d\?no=1 -$`)
	refused("rtmp", "live/e?vhost=walled", `^play live/e 403 `)
	refused("flv", "live/f?no=1", `403`)
	refused("publish", "closed/g?who=anna", `^connect closed/- 402 "pay first" `)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "key") || strings.Contains(string(text), "play live/f") || strings.Count(string(text), "connect ") > 1 {
		t.Errorf("the log has what is not to be there:\n%s", text)
	}
}
