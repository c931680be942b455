package media

import (
	"errors"
	"strings"
	"testing"
)

func TestCheckName(t *testing.T) {
	good := [][2]string{
		{"live", "cam1"}, {"live/room/2", "cam1"}, {"live", "a b"}, {"live", "кам"}, {"live", "cam.1"},
		{"live", "a=b"}, {"live", "~x@y,z!(1)+_-"}, {"live", strings.Repeat("x", MaxStreamLen)},
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
