package media

import (
	"errors"
	"net/url"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

func TestCheckName(t *testing.T) {
	good := [][2]string{
		{"live", "cam1"},
		{"live/room/2", "cam1"},
		{"live", "a b"},
		{"live", "кам"},
		{"live", "cam.1"},
		{"live", "a=b"},
		{"live", "~x@y,z!(1)+_-"},
		{"live", strings.Repeat("x", MaxStreamLen)},
	}
	for _, n := range good {
		if err := CheckName(n[0], n[1]); err != nil {
			t.Errorf("CheckName(%q, %q) = %v, want nil", n[0], n[1], err)
		}
	}
	bad := []string{
		"", ".", "..", "../x", "/etc/x", "a/b", "%2e%2e%2f", "a\x00b", "a\nb", "C:\\x", strings.Repeat("x", MaxStreamLen+1),
		"trailing ", " leading", "a\u202eb", "a\u200bb", "\xc0\xae", "[app]", "${x}", ";rm", "-i", "a.", "`x`", "a\u2028b", "a\x7fb", "a?b", "a#b",
	}
	for _, s := range bad {
		if err := CheckName("live", s); !errors.Is(err, ErrBadName) {
			t.Errorf("CheckName(live, %q) = %v, want ErrBadName", s, err)
		}
	}
	for _, app := range []string{"", "/live", "live/", "live//x", "live/../x", "a\nb", strings.Repeat("x", MaxAppLen+1)} {
		if err := CheckName(app, "cam1"); !errors.Is(err, ErrBadName) {
			t.Errorf("CheckName(%q, cam1) = %v, want ErrBadName", app, err)
		}
	}
}

// FuzzCheckName: a name that passes is one place below wherever it is put, one line
// of text, and one word to a shell that knows of spaces.
func FuzzCheckName(f *testing.F) {
	for _, n := range [][2]string{{"live", "cam1"}, {"live/../x", "a"}, {"a//b", "."}, {"live", "a\x00"}, {"\u202e", "~"}, {"...", "a."}, {"-", "x y"}, {"live", "\xc0\xaf"}} {
		f.Add(n[0], n[1])
	}
	f.Fuzz(func(t *testing.T, app, stream string) {
		if CheckName(app, stream) != nil {
			return
		}
		name := app + "/" + stream
		if !filepath.IsLocal(name) || path.Clean(name) != name || strings.Contains(stream, "/") {
			t.Errorf("%q leads elsewhere", name)
		}
		if u, err := url.Parse((&url.URL{Path: "/" + name}).EscapedPath()); err != nil || u.Path != "/"+name || u.Host != "" || u.RawQuery != "" || u.Fragment != "" {
			t.Errorf("%q is another URL: %v, %v", name, u, err)
		}
		if strings.ContainsFunc(name, unicode.IsControl) || strings.ContainsAny(name, "\\\"'`$;&|<>*?[]{}%:") {
			t.Errorf("%q is more than a word", name)
		}
	})
}
