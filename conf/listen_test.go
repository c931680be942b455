package conf

import "testing"

func TestListenOverlaps(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"1935", "1935", true},
		{"1935", "1936", false},
		{"1935", "127.0.0.1:1935", true},
		{"1935", "[::1]:1935", true},
		{"1935", "0.0.0.0:1935", true},
		{"0.0.0.0:1935", "127.0.0.1:1935", true},
		{"0.0.0.0:1935", "[::1]:1935", false},
		{"0.0.0.0:1935", "[::]:1935", true},
		{"[::]:1935", "127.0.0.1:1935", true},
		{"127.0.0.1:1935", "127.0.0.2:1935", false},
		{"127.0.0.1:1935", "[::ffff:127.0.0.1]:1935", true},
		{"0", "0", false},
	} {
		a, b := listen(t, tt.a), listen(t, tt.b)
		if got := a.overlaps(b); got != tt.want {
			t.Errorf("%s overlaps %s: %v, want %v", tt.a, tt.b, got, tt.want)
		}
		if a.overlaps(b) != b.overlaps(a) {
			t.Errorf("%s and %s: not symmetric", tt.a, tt.b)
		}
	}
}

func TestListenRefuses(t *testing.T) {
	for _, s := range []string{"", "x", "65536", "-1", "01935", "localhost:1935", "1.2.3:80", "[::1]", "::1:80", "1.2.3.4:", "1.2.3.4:http"} {
		var l Listen
		if err := l.Set(words("listen", s)); err == nil {
			t.Errorf("listen %q is taken for %q", s, l.Addr)
		}
	}
}

func listen(t *testing.T, s string) Listen {
	t.Helper()
	var l Listen
	if err := l.Set(words("listen", s)); err != nil {
		t.Fatal(err)
	}
	return l
}
