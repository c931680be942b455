package weir_test

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
	"weir/weirtest"
)

// stage is how far a peer has come before it turns hostile.
type stage int

const (
	connected stage = iota // by TCP
	shaken
	admitted // to publish
	watching // what the bystander publishes
)

// attack is what a peer sends.
type attack struct {
	name   string
	stage  stage
	in     []byte
	reason string // for which it is sent away, as it is logged; "" when it is not
}

func attacks() []attack {
	announce := func(id byte, kind chunk.Type, length int) []byte { // with one byte of the body
		return []byte{id, 0, 0, 0, byte(length >> 16), byte(length >> 8), byte(length), byte(kind), 1, 0, 0, 0, 0}
	}
	connect := func(values string) []byte {
		return message(chunk.CommandAMF0, 0, append(amf0.Append(nil, "connect", 1), values...))
	}
	noise := func(n int) []byte {
		b := make([]byte, n)
		rand.NewChaCha8([32]byte{byte(n)}).Read(b)
		return b
	}
	var streams, partial []byte
	streams = message(chunk.SetChunkSize, 0, u32(1))
	for id := range 65 {
		streams = append(streams, append([]byte{0, byte(id)}, announce(0, 20, 2)[1:]...)...)
	}
	partial = message(chunk.SetChunkSize, 0, u32(59999))
	for id := byte(4); id < 64; id++ {
		partial = append(append(partial, announce(id, 20, 60000)...), make([]byte, 59998)...)
	}
	return []attack{
		{"HTTP", connected, []byte("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), "bad protocol version"},
		{"TLS", connected, []byte{0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc}, "bad protocol version"},
		{"version 6", connected, append([]byte{6}, make([]byte, 3072)...), "bad protocol version"},
		{"handshake of noise", connected, append([]byte{3}, noise(3072)...), ""},
		{"half a handshake", connected, append([]byte{3}, noise(700)...), ""},

		{"chunk size 0", shaken, message(chunk.SetChunkSize, 0, u32(0)), "bad chunk size"},
		{"chunk size with the high bit", shaken, message(chunk.SetChunkSize, 0, u32(1<<31)), "bad chunk size"},
		{"chunk size of 3 bytes", shaken, message(chunk.SetChunkSize, 0, []byte{0, 1, 0}), "bad chunk size"},
		{"chunk size of 2 GB", shaken, append(message(chunk.SetChunkSize, 0, u32(math.MaxInt32)), announce(4, 20, 60000)...), ""},
		{"message of 16 MB", shaken, announce(4, 20, 0xffffff), "message is too long"},
		{"65 chunk streams", shaken, streams, "too many chunk streams"},
		{"unfinished messages", shaken, partial, "too much in unfinished messages"},
		{"type 1 first", shaken, []byte{0x44, 0, 0, 0, 0, 0, 1, 20, 0}, "without a full header"},
		{"type 3 first", shaken, []byte{0xc4}, "without a full header"},
		{"length that changes midway", shaken, append(announce(4, 20, 300), append(make([]byte, 127), 0x44, 0, 0, 0, 0, 1, 0, 20)...), "changes before its end"},
		{"abort of nothing", shaken, message(chunk.Abort, 0, u32(77)), ""},
		{"abort of 2 bytes", shaken, message(chunk.Abort, 0, []byte{0, 0}), "bad abort"},
		{"chunks of one byte", shaken, append(message(chunk.SetChunkSize, 0, u32(1)), bytes.Repeat([]byte{0xc3}, 60000)...), ""},
		{"noise", shaken, noise(1 << 16), "?"},

		{"array of 4 billion", shaken, connect("\x0a\xff\xff\xff\xff"), "bad command"},
		{"objects in objects", shaken, connect(string(bytes.Repeat([]byte("\x03\x00\x01a"), 10000))), "bad command"},
		{"arrays in arrays", shaken, connect(string(bytes.Repeat([]byte("\x0a\x00\x00\x00\x01"), 10000))), "bad command"},
		{"string of 4 GB", shaken, connect("\x0c\xff\xff\xff\xff"), "bad command"},
		{"object without an end", shaken, connect("\x03\x00\x01a\x05"), "bad command"},
		{"reference to itself", shaken, connect("\x03\x00\x01a\x07\x00\x00\x00\x00\x09"), "bad command"},
		{"60,000 nulls", shaken, connect(string(bytes.Repeat([]byte{5}, 60000))), "bad command"},
		{"AMF 3", shaken, message(chunk.CommandAMF3, 0, []byte{0x11, 0x0a, 0x0b, 1}), "bad command"},
		{"publish ahead of connect", shaken, command(1, "publish", 3, nil, "a", "live"), "ahead of connect"},
		{"connect of NaN", shaken, command(0, "connect", math.NaN(), amf0.Object{{Name: "app", Value: "live"}}), ""},
		{"1,000 streams", shaken, append(connectTo("live"), bytes.Repeat(createStream, 1000)...), "too many messages"},
		{"unknown commands", shaken, append(connectTo("live"), bytes.Repeat(command(0, "x", 1), 1000)...), "too many messages"},
		{"publish on no stream", shaken, append(connectTo("live"), command(9, "publish", 3, nil, "a", "live")...), "no such message stream"},

		{"play on the stream that publishes", admitted, command(1, "play", 4, nil, "bystander"), ""},
		{"publish twice", admitted, command(1, "publish", 4, nil, "bystander", "live"), ""},
		{"deleteStream of another's", admitted, command(0, "deleteStream", 4, nil, 7), ""},
		{"audio of 5 MB", admitted, announce(4, chunk.Audio, 5<<20), "message is too long"},
		{"noise for media", admitted, noise(1 << 15), "?"},
		{"publish of another's beside its own", admitted, append(bytes.Clone(createStream), command(2, "publish", 5, nil, "bystander", "live")...), ""},
		{"plays beside its own without an end", admitted, append(bytes.Clone(createStream), bytes.Repeat(command(2, "play", 5, nil, "bystander"), 100)...), ""},
		{"media on streams that are not its own", admitted, bytes.Repeat(message(chunk.Video, 9, []byte{0x17, 1, 0, 0, 0, 1}), 100), ""},
		{"streams that come and go", watching, bytes.Repeat(append(bytes.Clone(createStream), command(0, "deleteStream", 0, nil, 2)...), 1000), ""},
		{"1,000 streams beside what is played", watching, bytes.Repeat(createStream, 1000), ""},
		{"pauses without an end", watching, bytes.Repeat(append(command(1, "pause", 5, nil, true, 0), command(1, "pause", 6, nil, false, 0)...), 1000), ""},
		{"wishes without an end", watching, bytes.Repeat(append(command(1, "receiveVideo", 0, nil, false), command(1, "receiveVideo", 0, nil, true)...), 1000), ""},
		{"plays without an end", watching, bytes.Repeat(command(1, "play", 5, nil, "bystander"), 100), ""},
		{"noise behind a wish", watching, append(command(1, "receiveAudio", 0, nil, false), noise(1<<14)...), "?"},
		{"command that is none", admitted, message(chunk.CommandAMF0, 1, []byte{0xff}), "bad command"},
	}
}

// run attacks once, and checks what the log says of it.
func (a attack) run(t *testing.T, s *weirtest.Server) {
	t.Helper()
	var p *peer
	switch a.stage {
	case connected:
		p = dialPeer(t, s.RTMP)
	case shaken:
		p = shake(t, s.RTMP)
	case admitted:
		p = publishing(t, s.RTMP, "live", "hostile")
	case watching:
		p = playing(t, s.RTMP, "bystander")
	}
	defer p.Close()
	p.Write(a.in) // it may be cut off
	remote := "remote=" + p.LocalAddr().String()
	if a.reason != "" {
		for p.command() != nil {
		}
	}
	p.Close()
	words := []string{"connection closed", remote}
	if a.reason != "" && a.reason != "?" {
		words = append(words, a.reason, "level=INFO")
	}
	if err := s.WaitLog(1, words...); err != nil {
		t.Fatalf("%s: the log does not say %q", a.name, words)
	}
	if n := s.Log.Count("connection closed", remote); n != 1 {
		t.Errorf("%s: %d lines say that it is over", a.name, n)
	}
	if a.stage == admitted {
		if err := s.WaitLog(s.Log.Count("msg=publish", "stream=hostile"), "msg=unpublish", "stream=hostile"); err != nil {
			t.Fatalf("%s: the stream is still held", a.name)
		}
	}
}

// Names that could lead elsewhere are refused in every protocol, ahead of scripts.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`
		js_on_publish { s.log('gate saw ' + s.stream); }
		js_on_play { s.log('gate saw ' + s.stream); }
	`))
	long := string(bytes.Repeat([]byte("x"), 10<<10))
	for _, name := range []string{
		"", ".", "..", "../x", "/../etc/x", "x/../y", "a\x00b", "a\nb", "a\rb", "\x1b[31m", `C:\x`, `\\host\x`, long, "a ", " a", "a.",
		"\u202egnp", "a\u200bb", "\xc0\xaf", "\xff", "[app]", "[stream]", "${x}", "$(id)", ";rm", "a|b", "-i", "a&b", "a'b", "a\"b", "a`b`", "%2e%2e%2f", "a%00",
	} {
		for _, verb := range []string{"publish", "play"} {
			p := shake(t, s.RTMP)
			p.Write(connectTo("live"))
			p.Write(createStream)
			p.Write(command(1, verb, 3, nil, name, "live"))
			if got := p.code("onStatus"); got != "NetStream.Publish.BadName" && got != "NetStream.Play.Failed" {
				t.Errorf("%s %.20q: status %q", verb, name, got)
			}
			p.Close()
		}
	}
	for _, app := range []string{"", "..", "../..", "live/../..", "/", "a\x00", "[app]", long} {
		p := shake(t, s.RTMP)
		p.Write(connectTo(app))
		p.Write(createStream)
		p.Write(command(1, "publish", 3, nil, "a", "live"))
		if got := p.code("onStatus"); got != "NetStream.Publish.BadName" && got != "" {
			t.Errorf("publish in app %.20q: status %q", app, got)
		}
		p.Close()
	}
	if s.Log.Count("gate saw") > 0 {
		t.Error("a script saw a bad name")
	}
	wellFormed(t, s.Log.String())
}

// A script cannot rename to what a peer could not have asked for.
func TestHostileRename(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"../x", "a\\x00b", "a/b", "", "x; rm"} {
		t.Run(fmt.Sprintf("%q", name), func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything(fmt.Sprintf(`js_on_publish { s.rename('%s'); } js_on_play { s.rename('%s'); }`, name, name)))
			p := shake(t, s.RTMP)
			p.Write(connectTo("live"))
			p.Write(createStream)
			p.Write(command(1, "publish", 3, nil, "a", "live"))
			if got := p.code("onStatus"); got != "NetStream.Publish.BadName" {
				t.Errorf("publish: status %q", got)
			}
			for _, protocol := range weirtest.Basic {
				if _, err := s.Play(protocol, "live/a"); err == nil {
					t.Errorf("a player by %s was renamed to %q", protocol, name)
				}
			}
			wellFormed(t, s.Log.String())
		})
	}
}
