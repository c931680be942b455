package vhost

import (
	"errors"
	"testing"

	"weir/media"
)

func TestAskedVHost(t *testing.T) {
	tests := []struct{ query, host, want string }{
		{"", "h", "h"},
		{"vhost=v", "h", "v"},
		{"domain=d", "h", "d"},
		{"domain=d&vhost=v", "h", "v"},
		{"vhost=&domain=d", "h", "d"},
		{"a=%zz&vhost=v", "h", "v"},
		{"vhost=a%2Fb", "h", "a/b"},
	}
	for _, tt := range tests {
		if got := askedVHost(tt.query, tt.host); got != tt.want {
			t.Errorf("%q at %q asks for %q, want %q", tt.query, tt.host, got, tt.want)
		}
	}
}

func TestResolve(t *testing.T) {
	g := NewGeneration(1, configured(t, "vhost a { } vhost off { enabled off; } vhost __defaultVhost__ { }"), nil)
	bare := NewGeneration(1, configured(t, "vhost a { }"), nil)
	for name, want := range map[string]string{"a": "a", "b": "__defaultVhost__", "": "__defaultVhost__", "a/../off": "__defaultVhost__"} {
		v, err := g.resolve(name)
		if err != nil || v.Name != want {
			t.Errorf("%q is served by %v, %v, want %s", name, v, err, want)
		}
	}
	if _, err := g.resolve("off"); !errors.Is(err, errDisabled) {
		t.Errorf("a vhost that is off: %v", err)
	}
	if _, err := bare.resolve("b"); !errors.Is(err, media.ErrNotFound) {
		t.Errorf("no vhost: %v", err)
	}
}
