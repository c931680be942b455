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
	for _, url := range urls(a.HTTP, a.HTTPS) {
		fmt.Fprintf(w, "  play HTTP-FLV      %s/live/STREAM.flv\n", url)
		fmt.Fprintf(w, "  play HLS           %s/live/STREAM.m3u8\n", url)
	}
	for _, url := range urls(a.API, a.HTTPSAPI) {
		fmt.Fprintf(w, "  API                %s/api/v1/versions\n", url)
	}
}

// urls are the addresses of HTTP and of HTTPS as URLs without a path.
func urls(http, https []string) []string {
	var list []string
	for _, at := range http {
		list = append(list, "http://"+reachable(at, ":80"))
	}
	for _, at := range https {
		list = append(list, "https://"+reachable(at, ":443"))
	}
	return list
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
