package weir_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"weir"
	"weir/confparse"
	"weir/media/mediatest"
	"weir/weirtest"
)

// A dictionary of js_shared_dict_zone with state= is there again after a restart;
// a file that is no such is refused, and stays as it is.
func TestDictionaryOutlivesTheServer(t *testing.T) {
	t.Parallel()
	state := filepath.Join(t.TempDir(), "state.json")
	file := filepath.Join(t.TempDir(), "srs.conf")
	weirtest.Write(t, file, "js_shared_dict_zone zone=seen:64k type=number state="+state+";"+everything(`
		js_on_publish { return s.deny(String(ngx.shared.seen.incr(s.stream, 1))); }`))
	for _, want := range []string{"1", "2"} {
		s, err := weirtest.Start(file)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Publish("live/a", mediatest.Stream{})
		if _, reason := refusal(err); !strings.HasPrefix(reason, want) {
			t.Errorf("denied with %v, want %s", err, want)
		}
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	}
	if text, err := os.ReadFile(state); string(text) != "{\n\"a\":{\"value\":2}\n}\n" || err != nil {
		t.Errorf("the file: %q, %v", text, err)
	}

	writeFile(t, state, `{"a":{"value":"two"}}`)
	want := fmt.Sprintf(`dictionary "seen": state file %s: near byte 20: key "a": its value is not a number`, state)
	if _, err := weirtest.Start(file); err == nil || err.Error() != want {
		t.Errorf("start: %v, want %s", err, want)
	}
	_, found := weir.Check(t.Context(), confparse.Disk{}, file)
	if len(found) != 1 || found[0].Code != "E414" || found[0].Message != want || found[0].Span.Start.Line != 1 {
		t.Errorf("check: %+v, want %s", found, want)
	}
	if text, err := os.ReadFile(state); string(text) != `{"a":{"value":"two"}}` || err != nil {
		t.Errorf("the file was touched: %q, %v", text, err)
	}
}

// A dictionary of js_shared_dict_zone with vhosts= is not there for other vhosts.
func TestDictionaryOfSomeVHosts(t *testing.T) {
	t.Parallel()
	script := "js_on_publish { return s.deny(Object.keys(ngx.shared).join()); }"
	s := weirtest.Up(t, "js_shared_dict_zone zone=all:32k; js_shared_dict_zone zone=some:32k vhosts=b,c;"+everything(script)+"vhost b {"+script+"} vhost c { }")
	for path, want := range map[string]string{"live/a": "all", "live/a?vhost=b": "all,some"} {
		_, err := s.Publish(path, mediatest.Stream{})
		if _, reason := refusal(err); reason != want {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
}
