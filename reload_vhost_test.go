package weir_test

import (
	"fmt"
	"strings"
	"testing"

	"weir/media/mediatest"
	"weir/weirtest"
)

// host is the vhost that peers ask for who name none.
const host = "127.0.0.1"

// vhosts is a configuration with vhosts of these names, each with its own text.
func vhosts(inside map[string]string) string {
	conf := "listen 1935; http_server { enabled on; listen 8080; }\n"
	for name, text := range inside {
		conf += fmt.Sprintf("vhost %s { http_remux { enabled on; } hls { enabled on; hls_fragment 1; hls_window 6; } %s }\n", name, text)
	}
	return conf
}

// logs has every event say which generation of the script it met.
func logs(word string) string {
	return strings.ReplaceAll(`
		js_on_publish { s.log('publish by WORD'); } js_on_unpublish { s.log('unpublish by WORD: ' + s.reason); }
		js_on_play { s.log('play by WORD'); } js_on_stop { s.log('stop by WORD: ' + s.reason); }`, "WORD", word)
}

// newcomers checks how publishers and players are told no; "" is not at all.
func newcomers(t *testing.T, s *weirtest.Server, want string) {
	t.Helper()
	check := func(what string, err error) {
		t.Helper()
		reason := ""
		if err != nil {
			_, reason = refusal(err)
		}
		if reason == "404 page not found" && want != "" { // FLV that no vhost has may be a file
			reason = want
		}
		if reason != want {
			t.Errorf("%s is told %q, want %q", what, reason, want)
		}
	}
	p, err := s.Publish("live/new", mediatest.Stream{})
	check("a publisher", err)
	if err == nil {
		p.Stop()
	}
	for _, protocol := range weirtest.Basic {
		p, err := s.Play(protocol, "live/a")
		check("a player by "+protocol, err)
		if err == nil {
			p.Stop()
		}
	}
}

// A vhost that is removed under a publisher and players lets nobody in any more,
// and all who are there stay, with the scripts that let them in. It may come back.
func TestVHostRemoved(t *testing.T) {
	t.Parallel()
	const noVHost = "no such stream: no vhost serves this host name"
	s := weirtest.Up(t, vhosts(map[string]string{host: logs("first"), "other": ""}))
	pub := publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	b := &bystanders{pub: pub}
	for _, protocol := range weirtest.Basic {
		b.missed = append(b.missed, pub.Frames.Load())
		b.players = append(b.players, play(t, s, protocol, "live/a"))
	}
	b.unharmed(t)
	for i, other := range []string{"", "min_latency on;"} { // a further reload changes nothing of it
		weirtest.Write(t, s.Conf, vhosts(map[string]string{"other": other}))
		waitLog(t, s, i+1, "msg=reloaded")
		waitLog(t, s, i+1, "level=WARN", "is not in the file any more", "vhost="+host, "streams=1")
		newcomers(t, s, noVHost)
		b.unharmed(t)
	}
	b.players[0].Stop()
	b.players, b.missed = b.players[1:], b.missed[1:]
	waitLog(t, s, 1, "stop by first")
	weirtest.Write(t, s.Conf, vhosts(map[string]string{host: logs("second"), "other": ""}))
	waitLog(t, s, 3, "msg=reloaded")
	newcomers(t, s, "")
	b.unharmed(t)
	weirtest.Write(t, s.Conf, vhosts(map[string]string{"other": ""}))
	waitLog(t, s, 4, "msg=reloaded")
	pub.Stop()
	waitLog(t, s, 2, "unpublish by second") // this one, and that of a newcomer
	newcomers(t, s, noVHost)
}

// A vhost that is switched off ends its sessions, who hear why, as their scripts
// do; it lets nobody in until it is switched on.
func TestVHostSwitchedOff(t *testing.T) {
	t.Parallel()
	const reason = "vhost is disabled"
	s := weirtest.Up(t, vhosts(map[string]string{host: logs("first"), "other": ""}))
	pub := publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	players := map[string]*weirtest.Player{}
	for _, protocol := range weirtest.Basic {
		players[protocol] = play(t, s, protocol, "live/a")
		waitFrames(t, players[protocol], 1)
	}
	weirtest.Write(t, s.Conf, vhosts(map[string]string{host: "enabled off;" + logs("second"), "other": ""}))
	waitLog(t, s, 1, "msg=reloaded")
	for protocol, p := range players {
		<-p.Done()
		err := p.Stop()
		if _, told := refusal(err); protocol != "flv" && told != reason { // a stream of FLV just ends
			t.Errorf("the player by %s is told %q, want %q", protocol, told, reason)
		}
	}
	<-pub.Done()
	waitLog(t, s, 1, "unpublish by second: "+reason)
	waitLog(t, s, 3, "stop by second: "+reason)
	waitLog(t, s, 1, "msg=unpublish", "vhost="+host, reason)
	newcomers(t, s, reason)

	weirtest.Write(t, s.Conf, vhosts(map[string]string{host: logs("third"), "other": ""}))
	waitLog(t, s, 2, "msg=reloaded")
	publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	newcomers(t, s, "")
}

// A new vhost takes those who name it; who came under the default's roof stays there.
func TestVHostAdded(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, vhosts(map[string]string{"__defaultVhost__": logs("default")}))
	old := publish(t, s, "live/a", mediatest.Stream{GOP: 25})
	player := play(t, s, "rtmp", "live/a")
	waitFrames(t, player, 1)
	weirtest.Write(t, s.Conf, vhosts(map[string]string{"__defaultVhost__": logs("default"), host: logs("new")}))
	waitLog(t, s, 1, "msg=reloaded")
	publish(t, s, "live/a", mediatest.Stream{GOP: 25}) // no contender of the first
	newcomers(t, s, "")
	waitLog(t, s, 3, "play by new")
	waitFrames(t, player, player.Count().Video+25)
	old.Stop()
	waitLog(t, s, 1, "unpublish by default")
}
