//go:build linux

package main

import (
	_ "embed"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/template"
)

//go:embed weir.conf.tmpl
var weirConf string

//go:embed nginx.conf.tmpl
var nginxConf string

// setting is what a configuration's template is filled with.
type setting struct {
	Name       string
	RTMP, HTTP string // host:port
	API        string // host:port; of a soak
	VHost      string // directives of the vhost
	Module     string // of nginx
}

// hooked denies nobody, as a gate that looks at an argument does.
const hooked = "{ if (s.args.banned) { return s.deny(403, 'banned'); } }"

// weirVariants are the vhosts of weir by the servers' names: each with a hook for players.
var weirVariants = map[string]string{
	"weir":      "",
	"weir-350":  "play { mw_latency 350ms; }",
	"weir-50":   "play { mw_latency 50ms; }",
	"weir-now":  "min_latency on;",
	"weir-hook": "js_on_publish " + hooked,
}

// peerServers writes the configurations of weir and nginx-rtmp to dir and returns the
// servers by their names.
func peerServers(dir, weir, nginx, module string) (map[string]server, error) {
	weir, err := program(weir)
	if err != nil {
		return nil, err
	}
	if nginx, err = program(nginx); err != nil {
		return nil, fmt.Errorf("%w (Debian has it as nginx and libnginx-mod-rtmp)", err)
	}
	if err := readable(module, "nginx-rtmp"); err != nil {
		return nil, err
	}
	all := map[string]server{}
	for name, vhost := range weirVariants {
		if all[name], err = configured(dir, weirConf, setting{Name: name, VHost: vhost}); err != nil {
			return nil, err
		}
	}
	if all["nginx-rtmp"], err = configured(dir, nginxConf, setting{Name: "nginx-rtmp", Module: module}); err != nil {
		return nil, err
	}
	for name, s := range all {
		conf := filepath.Join(dir, name+".conf")
		s.Cmd = []string{weir, "run", "-c", conf}
		if name == "nginx-rtmp" {
			s.Cmd = []string{nginx, "-p", dir, "-c", conf, "-g", "daemon off;"}
			s.FLV = ""
		}
		all[name] = s
	}
	return all, nil
}

// configured writes a server's configuration, at free ports.
func configured(dir, text string, c setting) (server, error) {
	var err error
	if c.RTMP, err = freePort(); err != nil {
		return server{}, err
	}
	if c.HTTP, err = freePort(); err != nil {
		return server{}, err
	}
	t, err := template.New(c.Name).Parse(text)
	if err != nil {
		return server{}, fmt.Errorf("configuration: %w", err)
	}
	var b strings.Builder
	if err := t.Execute(&b, c); err != nil {
		return server{}, fmt.Errorf("configuration: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, c.Name+".conf"), []byte(b.String()), 0o600); err != nil {
		return server{}, fmt.Errorf("configuration: %w", err)
	}
	return server{
		Name: c.Name, Cwd: dir, Ready: c.RTMP,
		RTMP: "rtmp://" + c.RTMP + "/live/s{i}", FLV: "http://" + c.HTTP + "/live/s{i}.flv",
	}, nil
}

// freePort is an address of this machine that nobody listens at.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a port: %w", err)
	}
	defer l.Close() //nolint:errcheck // it was never used
	return l.Addr().String(), nil
}

// program finds a program and makes its path absolute.
func program(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err == nil {
		path, err = filepath.Abs(path)
	}
	if err != nil {
		return "", fmt.Errorf("find %s: %w", name, err)
	}
	return path, nil
}
