package weir_test

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"testing"

	"weir"
	"weir/media/mediatest"
	"weir/weirtest"
)

// freePort is a port that nobody listens at; it is none of those that the system
// gives away.
func freePort(t *testing.T) string {
	t.Helper()
	for {
		port := fmt.Sprint(10_000 + rand.IntN(20_000))
		if l, err := net.Listen("tcp", ":"+port); err == nil {
			l.Close()
			return port
		}
	}
}

// ports are where a configuration listens, beside a word that publishers with
// ?no=1 are denied with.
type ports struct{ rtmp, http, api, word string }

func (p ports) conf() string {
	block := func(name, listen string) string {
		if listen == "" {
			return ""
		}
		return fmt.Sprintf("%s { enabled on; listen %s; }\n", name, listen)
	}
	return fmt.Sprintf(`listen %s;
%s%svhost __defaultVhost__ {
    http_remux { enabled on; }
    hls { enabled on; hls_fragment 1; }
    js_on_publish { if (s.args.no) return s.deny('%s'); }
}
`, p.rtmp, block("http_server", p.http), block("http_api", p.api), p.word)
}

// loopback is where ports of the loopback address or of all are reached.
func loopback(listen string) string {
	_, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "127.0.0.1:" + listen
	}
	return "127.0.0.1:" + port
}

// reached is the server at other ports.
func reached(s *weirtest.Server, p ports) *weirtest.Server {
	at := *s
	at.RTMP, at.HTTP, at.API = loopback(p.rtmp), loopback(p.http), loopback(p.api)
	return &at
}

// serves checks that everything is served where p says, by the script of p.
func serves(t *testing.T, s *weirtest.Server, p ports) {
	t.Helper()
	at := reached(s, p)
	for listen := range strings.FieldsSeq(p.rtmp) {
		at.RTMP = loopback(listen)
		_, err := at.Publish("live/new?no=1", mediatest.Stream{})
		if _, reason := refusal(err); reason != p.word {
			t.Errorf("at %s publishers are told %q, want %q", listen, reason, p.word)
		}
	}
	if p.http != "" {
		waitFrames(t, play(t, at, "flv", "live/a"), 1)
	}
	if p.api != "" {
		if res, _ := fetch(t, at.API, "/api/v1/versions"); res.StatusCode != http.StatusOK {
			t.Errorf("the API at %s answers %s", p.api, res.Status)
		}
	}
}

// refuses checks that nobody listens at an address.
func refuses(t *testing.T, listen string) {
	t.Helper()
	if c, err := net.Dial("tcp", loopback(listen)); err == nil {
		c.Close()
		t.Errorf("somebody listens at %s", listen)
	}
}

// audience are players that go on whatever becomes of the listeners: those whose
// connection is theirs.
func audience(t *testing.T, s *weirtest.Server) *bystanders {
	t.Helper()
	b := &bystanders{pub: publish(t, s, "live/a", mediatest.Stream{GOP: 25})}
	for _, protocol := range []string{"rtmp", "flv"} {
		b.missed = append(b.missed, b.pub.Frames.Load())
		b.players = append(b.players, play(t, s, protocol, "live/a"))
	}
	return b
}

// Listeners change places while a publisher and players go on: the old places are
// left, the new ones are served at once, and there is a way back.
func TestListenersMove(t *testing.T) {
	t.Parallel()
	for name, ways := range map[string]func(a, b, c, d string) (from, to ports){
		"to other ports": func(a, b, c, d string) (from, to ports) {
			return ports{rtmp: a, http: b, api: c}, ports{rtmp: d, http: freePort(t), api: freePort(t)}
		},
		"to the loopback": func(a, b, c, _ string) (from, to ports) {
			return ports{rtmp: "0.0.0.0:" + a, http: b, api: "0.0.0.0:" + c},
				ports{rtmp: "127.0.0.1:" + a, http: "127.0.0.1:" + b, api: "127.0.0.1:" + c}
		},
		"among themselves": func(a, b, c, _ string) (from, to ports) {
			return ports{rtmp: a, http: b, api: c}, ports{rtmp: b, http: c, api: a}
		},
		"away": func(a, b, c, _ string) (from, to ports) {
			return ports{rtmp: a, http: b, api: c}, ports{rtmp: a}
		},
		"to one more": func(a, b, c, d string) (from, to ports) {
			return ports{rtmp: a, http: b, api: c}, ports{rtmp: a + " " + d, http: b, api: c}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, to := ways(freePort(t), freePort(t), freePort(t), freePort(t))
			from.word, to.word = "from", "to"
			d := disk{t, t.TempDir()}
			d.write("srs.conf", from.conf())
			s := weirtest.Serve(t, d.path("srs.conf"))
			all := audience(t, reached(s, from))
			for i, next := range []ports{to, from, to} {
				d.write("srs.conf", next.conf())
				waitLog(t, s, i+1, "msg=reloaded")
				serves(t, s, next)
				all.unharmed(t)
			}
			for _, old := range []string{from.rtmp, from.http, from.api} {
				if !strings.Contains(to.conf(), old[strings.LastIndexByte(old, ':')+1:]) {
					refuses(t, old)
				}
			}
		})
	}
}

// When one place cannot be had, nothing of the reload happens, and what listened
// before still does, also where it had to make room.
func TestPlaceTaken(t *testing.T) {
	t.Parallel()
	for name, way := range map[string]func(taken, a, b, c string) (from, to ports){
		"rtmp": func(taken, a, b, c string) (from, to ports) {
			return ports{rtmp: a, http: b, api: c}, ports{rtmp: taken, http: freePort(t), api: freePort(t)}
		},
		"http": func(taken, a, b, c string) (from, to ports) {
			return ports{rtmp: a, http: b, api: c}, ports{rtmp: freePort(t), http: taken, api: c}
		},
		"api": func(taken, a, b, c string) (from, to ports) {
			return ports{rtmp: "0.0.0.0:" + a, http: "0.0.0.0:" + b, api: c}, ports{rtmp: "127.0.0.1:" + a, http: "127.0.0.1:" + b, api: taken}
		},
		"no such address": func(_, a, b, c string) (from, to ports) {
			return ports{rtmp: a, http: b, api: c}, ports{rtmp: "192.0.2.1:" + a, http: freePort(t), api: c}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			taker, err := net.Listen("tcp", ":0")
			if err != nil {
				t.Fatal(err)
			}
			defer taker.Close()
			from, to := way(fmt.Sprint(taker.Addr().(*net.TCPAddr).Port), freePort(t), freePort(t), freePort(t))
			from.word, to.word = "from", "to"
			d := disk{t, t.TempDir()}
			d.write("srs.conf", from.conf())
			s := weirtest.Serve(t, d.path("srs.conf"))
			all := audience(t, reached(s, from))
			for i := range 2 {
				d.write("srs.conf", to.conf()+strings.Repeat("#", i))
				waitLog(t, s, i+1, "reload refused", "bind")
				serves(t, s, from)
			}
			for _, place := range []string{to.rtmp, to.http, to.api} {
				if loopback(place) != loopback(fmt.Sprint(taker.Addr().(*net.TCPAddr).Port)) && !strings.Contains(from.conf(), place[strings.LastIndexByte(place, ':')+1:]) {
					refuses(t, place)
				}
			}
			taker.Close()
			if name != "no such address" {
				d.write("srs.conf", to.conf())
				waitLog(t, s, 1, "msg=reloaded")
				serves(t, s, to)
			}
			all.unharmed(t)
		})
	}
}

// Free ports that are asked for twice are two.
func TestFreePorts(t *testing.T) {
	t.Parallel()
	d := disk{t, t.TempDir()}
	conf := ports{rtmp: "127.0.0.1:0 127.0.0.1:0", word: "no"}.conf()
	d.write("srs.conf", conf)
	var at weir.Addresses
	s := weirtest.Serve(t, d.path("srs.conf"), func(s *weir.Server) {
		started := s.Started
		s.Started = func(a weir.Addresses) { at = a; started(a) }
	})
	if len(at.RTMP) != 2 || at.RTMP[0] == at.RTMP[1] {
		t.Fatalf("RTMP is served at %v, want two ports", at.RTMP)
	}
	d.write("srs.conf", conf+"# they stay")
	waitLog(t, s, 1, "msg=reloaded")
	for _, place := range at.RTMP {
		serves(t, s, ports{rtmp: place, word: "no"})
	}
}
