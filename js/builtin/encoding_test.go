package builtin

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

// What is expected is what Node's TextDecoder makes of the bytes.
func TestValidUTF8(t *testing.T) {
	const r = "\uFFFD"
	for in, want := range map[string]string{
		"":                              "",
		"aé€😀":                          "aé€😀",
		"\xe2\x82A":                     r + "A",
		"\xf0\x9f\x98A":                 r + "A",
		"\xf0\x9f\x98":                  r,
		"\xc0\xaf":                      r + r,
		"\xed\xa0\x80":                  r + r + r,
		"\xf4\x90\x80\x80":              r + r + r + r,
		"\xff\xfe":                      r + r,
		"\xe0\x80\x80":                  r + r + r,
		"\xf1\x80\x80\xe1\x80\xc2b\x80": r + r + r + "b" + r,
		"\xef\xbf\xbd":                  r,
	} {
		if diff := cmp.Diff(want, validUTF8([]byte(in))); diff != "" {
			t.Errorf("%x (-want +got):\n%s", in, diff)
		}
	}
}

func TestLooseBase64(t *testing.T) {
	for in, want := range map[string]string{
		"YWJj": "abc", "YWJjZA==": "abcd", "YWJjZA": "abcd", "YW\nJj": "abc", "-_-_": "\xfb\xff\xbf",
		"+/+/": "\xfb\xff\xbf", "YQ==YQ==": "a", "YWJjZ": "abc", "": "", "=": "",
	} {
		if diff := cmp.Diff(want, string(looseBase64(in))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", in, diff)
		}
	}
}

func TestVersionNumber(t *testing.T) {
	for in, want := range map[string]int64{"1.2.3": 1002003, "v0.9": 9000, "1.0.0-rc.1": 1000000, "(devel)": 0} {
		if got := versionNumber(in); got != want {
			t.Errorf("versionNumber(%q) = %d, want %d", in, got, want)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("a\xff\xe2\x82", "YQ==")
	f.Fuzz(func(t *testing.T, s, encoded string) {
		if v := validUTF8([]byte(s)); !utf8.ValidString(v) {
			t.Errorf("validUTF8(%x) = %x", s, v)
		}
		looseBase64(encoded)
		if _, err := atob(js.Env{}, []js.Value{encoded}); err != nil {
			t.Error(err)
		}
	})
}
