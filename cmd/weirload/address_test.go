//go:build linux

package main

import (
	"errors"
	"testing"
)

func TestLoadStaysOnThisMachine(t *testing.T) {
	for url, want := range map[string]error{
		"rtmp://127.0.0.1/live/a":        nil,
		"rtmp://127.1.2.3:1936/live/a":   nil,
		"rtmp://[::1]/live/a":            nil,
		"http://127.0.0.1:8080/a.flv":    nil,
		"rtmp://192.0.2.1/live/a":        errRemote,
		"http://[2001:db8::1]:80/a.m3u8": errRemote,
		"rtmp://0.0.0.0/live/a":          errRemote,
	} {
		if _, err := parseAddress(url, reach{}); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", url, err, want)
		}
		if _, err := parseAddress(url, reach{remote: true}); err != nil {
			t.Errorf("%s with -remote: %v", url, err)
		}
	}
	for _, url := range []string{"ftp://127.0.0.1/a", "rtmp://127.0.0.1/a", "rtmp://127.0.0.1/live/", "rtmp://127.0.0.1:port/live/a", "%"} {
		if _, err := parseAddress(url, reach{remote: true}); err == nil {
			t.Errorf("%s is no address", url)
		}
	}
	if err := (reach{}).control("tcp", "192.0.2.1:80", nil); !errors.Is(err, errRemote) {
		t.Errorf("an HTTP client may leave: %v", err)
	}
}

func TestAddressNamesTheStream(t *testing.T) {
	a, err := parseAddress(indexed("rtmp://127.0.0.1/live/sub/s{i}?key=1", 7), reach{})
	if err != nil {
		t.Fatal(err)
	}
	if a.app != "live/sub" || a.name != "s7?key=1" || a.addr.Port() != 1935 {
		t.Errorf("got %+v", a)
	}
}
