package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir"
)

func TestWelcome(t *testing.T) {
	var b strings.Builder
	welcome(&b, weir.Addresses{
		RTMP: []string{"[::]:1935"}, HTTP: []string{"0.0.0.0:80"}, HTTPS: []string{"192.0.2.1:443", "[::]:8088"},
		API: []string{"127.0.0.1:1985"}, HTTPSAPI: []string{"[2001:db8::1]:1990"},
	})
	want := `weir is serving:
  publish and play   rtmp://127.0.0.1/live/STREAM
  play HTTP-FLV      http://127.0.0.1/live/STREAM.flv
  play HLS           http://127.0.0.1/live/STREAM.m3u8
  play HTTP-FLV      https://192.0.2.1/live/STREAM.flv
  play HLS           https://192.0.2.1/live/STREAM.m3u8
  play HTTP-FLV      https://127.0.0.1:8088/live/STREAM.flv
  play HLS           https://127.0.0.1:8088/live/STREAM.m3u8
  API                http://127.0.0.1:1985/api/v1/versions
  API                https://[2001:db8::1]:1990/api/v1/versions
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
