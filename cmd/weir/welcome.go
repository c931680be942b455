package main

import (
	"fmt"
	"io"
	"net"

	"weir"
)

// welcome prints where to publish and where to watch.
func welcome(w io.Writer, a weir.Addresses) {
	fmt.Fprintln(w, "weir is serving:")
	for _, at := range a.RTMP {
		fmt.Fprintf(w, "  publish and play   rtmp://%s/live/STREAM\n", reachable(at, ":1935"))
	}
	for _, at := range a.HTTP {
		fmt.Fprintf(w, "  play HTTP-FLV      http://%s/live/STREAM.flv\n", reachable(at, ":80"))
		fmt.Fprintf(w, "  play HLS           http://%s/live/STREAM.m3u8\n", reachable(at, ":80"))
	}
	for _, at := range a.API {
		fmt.Fprintf(w, "  API                http://%s/api/v1/versions\n", reachable(at, ":80"))
	}
}

// reachable is a listening address as this machine's user would write it,
// without the scheme's own port.
func reachable(addr, port string) string {
	host, p, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	if ":"+p == port {
		return host
	}
	return net.JoinHostPort(host, p)
}
