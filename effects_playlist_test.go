package weir_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"weir/media/mediatest"
)

// A script edits the playlist that each viewer gets, and nothing of the others.
func TestPlaylistFilterDirective(t *testing.T) {
	t.Parallel()
	s := located(t, "js_playlist_filter { if (s.args.break) throw new Error('broken'); if (s.args.odd) return s.args.odd === 'number' ? 7 : 'no playlist'; s.ctx.n = (s.ctx.n ?? 0) + 1; return text + '#EXT-X-' + s.args.who + s.ctx.n + '\\n'; }", "")
	write := byHand(t, s, "live/a")
	headers, frames := video(mediatest.Stream{GOP: 25}, 11*time.Second)
	write(headers...)
	write(frames...)
	for query, want := range map[string]string{
		"who=a": "200 OK a2", "who=b": "200 OK b2", "break=1": "500 Internal Server Error", "odd=number": "500 Internal Server Error", "odd=text": "500 Internal Server Error",
	} {
		got := viewer(t, s.HTTP, "/live/a.m3u8?"+query)
		if got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	waitLog(t, s, 2, "script failed", "directive=js_playlist_filter", "Error: broken")
	waitLog(t, s, 2, "script failed", "must be a string")
	waitLog(t, s, 2, "script failed", "must begin with #EXTM3U")
}

var variant = regexp.MustCompile(`(?m)^[^#].*hls_ctx=.*$`)

// viewer asks for its playlist twice, and says what was added.
func viewer(t *testing.T, addr, path string) string {
	t.Helper()
	resp, master := fetch(t, addr, path)
	if resp.StatusCode != http.StatusOK || strings.Contains(master, "#EXT-X-a") {
		t.Fatalf("%s: %s\n%s", path, resp.Status, master)
	}
	own := "/live/" + variant.FindString(master)
	resp, _ = fetch(t, addr, own)
	said := resp.Status
	_, text := fetch(t, addr, own)
	if m := regexp.MustCompile(`#EXT-X-([ab]\d)\n$`).FindStringSubmatch(text); m != nil {
		said += " " + m[1]
	}
	return said
}

// Variables are those of one session, from its gate to its end.
func TestVariablesOfSessions(t *testing.T) {
	t.Parallel()
	s := located(t, `js_var $seen none; js_var $other; js_set $greeting { globalThis.n = (globalThis.n ?? 0) + 1; return 'hello ' + s.stream + ' ' + n; } js_set $fresh nocache { return String(Math.random()); }
		js_on_publish { const v = s.variables; s.log([v.greeting, v.greeting, v.seen, v.arg_key, v.app, v.remote_addr, v.fresh !== v.fresh, typeof v.nope, 'seen' in v].join('|')); v.seen = 'published'; try { v.app = 'x'; } catch (e) { s.log(e.message); } }
		js_on_unpublish { s.log('end ' + [s.variables.seen, s.variables.greeting, s.variables.other].join('|')); }`, "")
	publish(t, s, "live/a?key=k1", mediatest.Stream{}).Stop()
	waitLog(t, s, 1, "hello a 1|hello a 1|none|k1|live|127.0.0.1|true|undefined|true")
	waitLog(t, s, 1, `variable \"app\" is not writable`)
	waitLog(t, s, 1, "end published|hello a 1|")
	publish(t, s, "live/b", mediatest.Stream{}).Stop()
	waitLog(t, s, 1, "end published|hello b 2|")
}
