package conf

import (
	"crypto/sha256"
	"os"
	"testing"
	"testing/fstest"
	"time"
)

const withHTTPS = `listen 1935;
http_server { enabled on; https { enabled on; key tls/server.key; cert tls/server.crt; } }
vhost a { }
`

// pairAt is a file system with the pair of testdata in dirs.
func pairAt(t *testing.T, conf string, dirs ...string) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{"etc/srs.conf": {Data: []byte(conf)}}
	for _, dir := range dirs {
		for _, name := range []string{"tls/server.key", "tls/server.crt"} {
			b, err := os.ReadFile("testdata/" + name)
			if err != nil {
				t.Fatal(err)
			}
			fsys[dir+name] = &fstest.MapFile{Data: b}
		}
	}
	return fsys
}

func TestPairIsLookedFor(t *testing.T) {
	for name, tt := range map[string]struct {
		conf string
		dirs []string
		want string // directory of the files that are read
	}{
		"beside the file":              {withHTTPS, []string{"etc/", ""}, "etc/"},
		"from the working directory":   {withHTTPS, []string{""}, ""},
		"from work_dir":                {"work_dir opt;" + withHTTPS, []string{"opt/"}, "opt/"},
		"once the server is there":     {"work_dir opt;" + withHTTPS, []string{""}, ""},
		"not from another's directory": {"work_dir /opt;" + withHTTPS, []string{""}, "nowhere"},
	} {
		fsys := pairAt(t, tt.conf, tt.dirs...)
		c, list := Load(fsys, "etc/srs.conf")
		if found := tt.want != "nowhere"; list.HasErrors() == found || (c.HTTPServer.HTTPS.Certificate != nil) != found {
			t.Errorf("%s: found %v, want %v: %v", name, !found, found, list)
		} else if found {
			for _, file := range []string{"tls/server.key", "tls/server.crt"} {
				check(t, name, c.PairFiles[tt.want+file], sha256.Sum256(fsys[tt.want+file].Data))
			}
		}
	}
}

// TestMissingPairIsWatched: what is put where it was looked for is noticed.
func TestMissingPairIsWatched(t *testing.T) {
	c, _ := Load(pairAt(t, withHTTPS), "etc/srs.conf")
	check(t, "files", c.Files(), []string{
		"etc/srs.conf", "etc/tls/server.crt", "etc/tls/server.key", "tls/server.crt", "tls/server.key",
	})
	check(t, "sum", c.PairFiles["etc/tls/server.key"], [sha256.Size]byte{})
}

func TestPairIsReadOnlyIfServed(t *testing.T) {
	for _, text := range []string{
		"listen 1935; vhost a { }",
		"listen 1935; http_server { enabled on; https { enabled off; key gone; cert gone; } } vhost a { }",
		"listen 1935; http_server { enabled on; listen 8080; } http_api { enabled on; listen 8080; https { enabled on; key gone; } } vhost a { }",
	} {
		c, list := Load(pairAt(t, text), "etc/srs.conf")
		if list.HasErrors() || c.PairFiles != nil {
			t.Errorf("%s: %v, %v", text, list, c.PairFiles)
		}
	}
}

func TestBarePortOfAPIByHTTPS(t *testing.T) {
	for auth, want := range map[string]Listen{
		"": {Addr: "127.0.0.1:1990", Bare: true},
		"auth { enabled on; username admin; password open-sesame; }": {Addr: ":1990", Bare: true},
	} {
		c := load(t, "listen 1935; http_api { enabled on; https { enabled on; } "+auth+"} vhost a { }")
		check(t, "listen with "+auth, c.HTTPAPI.HTTPS.Listen, []Listen{want})
	}
	c := load(t, "listen 1935; http_api { enabled on; } vhost a { }")
	check(t, "default", c.HTTPAPI.HTTPS.Listen, []Listen{{Addr: ":1990", Bare: true}})
}

func TestRenewedCertificateIsAChange(t *testing.T) {
	text := "listen 1935; http_api { enabled on; listen 127.0.0.1:1985; https { enabled on; listen 127.0.0.1:1990; key tls/server.key; cert tls/server.crt; } } vhost a { }"
	fsys := pairAt(t, text, "etc/")
	old, _ := Load(fsys, "etc/srs.conf")
	same, _ := Load(fsys, "etc/srs.conf")
	check(t, "changes of the same", Diff(old, same), []Change(nil))
	expired, err := os.ReadFile("testdata/tls/expired.crt")
	if err != nil {
		t.Fatal(err)
	}
	until := old.HTTPAPI.HTTPS.Certificate.Leaf.NotAfter.UTC().Format(time.DateTime)
	fsys["etc/tls/server.crt"].Data = expired
	renewed, _ := Load(fsys, "etc/srs.conf")
	check(t, "changes", Diff(old, renewed), []Change{
		{"http_api.https.cert", "tls/server.crt (until " + until + ")", "tls/server.crt (until 2020-02-01 00:00:00)", ReloadLive},
	})
}

func TestHTTPSVariables(t *testing.T) {
	env := Env{Vars: []string{"SRS_HTTP_SERVER_HTTPS_ENABLED=on", "SRS_HTTP_SERVER_HTTPS_KEY=gone.key", "SRS_HTTP_SERVER_HTTPS_CERT=tls/server.crt"}}
	_, list := LoadEnv(pairAt(t, "listen 1935; http_server { enabled on; } vhost a { }", "etc/"), "etc/srs.conf", env)
	var got []string
	for _, d := range list {
		if d.Code == "E409" {
			got = append(got, d.Span.Start.File+" "+d.Message)
		}
	}
	check(t, "findings", got, []string{"$SRS_HTTP_SERVER_HTTPS_KEY key gone.key: there is no such file"})
}
