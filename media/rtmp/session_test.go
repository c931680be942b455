package rtmp_test

import (
	"slices"
	"testing"

	"weir/media"
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// frameOn is a video frame on a message stream; k is a keyframe.
func frameOn(stream uint32, ms uint32, k bool) []byte {
	body := []byte{0x27, 1, 0, 0, 0, 'f'}
	if k {
		body[0] = 0x17
	}
	h := chunk.Header{ChunkStream: 3 + stream, Type: chunk.Video, Stream: stream, Timestamp: ms}
	return chunk.Append(nil, h, body, 128)
}

func soundOn(stream uint32, ms uint32) []byte {
	h := chunk.Header{ChunkStream: 20 + stream, Type: chunk.Audio, Stream: stream, Timestamp: ms}
	return chunk.Append(nil, h, []byte{0xaf, 1, 'a'}, 128)
}

// status reads up to the next onStatus and returns its stream and code.
func (p *peer) status() (stream uint32, code string) {
	p.Helper()
	for {
		m, err := p.in.Next()
		if err != nil {
			p.Fatalf("closed ahead of a status: %v", err)
		}
		if m.Type != chunk.CommandAMF0 {
			continue
		}
		v, err := amf0.Decode(m.Body)
		if err != nil {
			p.Fatal(err)
		}
		if o, ok := v[len(v)-1].(amf0.Object); ok && v[0] == "onStatus" {
			return m.Stream, o.String("code")
		}
	}
}

func (p *peer) expectStatus(stream uint32, codes ...string) {
	p.Helper()
	for _, want := range codes {
		if on, code := p.status(); on != stream || code != want {
			p.Fatalf("status %s on stream %d, want %s on %d", code, on, want, stream)
		}
	}
}

// media reads up to the next message of media.
func (p *peer) media() chunk.Message {
	p.Helper()
	for {
		m, err := p.in.Next()
		if err != nil {
			p.Fatalf("closed ahead of media: %v", err)
		}
		if m.Type == chunk.Audio || m.Type == chunk.Video {
			return *m
		}
	}
}

// expectMedia reads a message of media of that kind on a stream, at a time.
func (p *peer) expectMedia(kind chunk.Type, stream, ms uint32) {
	p.Helper()
	if m := p.media(); m.Type != kind || m.Stream != stream || m.Timestamp != ms {
		p.Fatalf("message of type %d on stream %d at %d ms, want %d on %d at %d ms", m.Type, m.Stream, m.Timestamp, kind, stream, ms)
	}
}

// twoStreams is a peer that is connected and has created streams 1 and 2.
func twoStreams(t *testing.T, addr string) *peer {
	t.Helper()
	p := shake(t, addr)
	p.send(connectCmd, createCmd, createCmd)
	for range 3 {
		p.expect("_result")
	}
	return p
}

var playing = []string{"NetStream.Play.Reset", "NetStream.Play.Start"}

func TestTwoPublishersOnOneConnection(t *testing.T) {
	r, addr := serveHub(t)
	p := twoStreams(t, addr)
	p.send(cmd(1, "publish", 3, nil, "one"), cmd(2, "publish", 4, nil, "two"))
	p.expectStatus(1, "NetStream.Publish.Start")
	p.expectStatus(2, "NetStream.Publish.Start")
	p.send(frameOn(1, 0, true), frameOn(2, 7, true))
	for _, name := range []string{"one", "two"} {
		q := shake(t, addr)
		q.send(connectCmd, createCmd, cmd(1, "play", 3, nil, name))
		q.expectStatus(1, playing...)
		q.expectMedia(chunk.Video, 1, 0)
	}
	p.send(cmd(1, "publish", 5, nil, "three"))
	p.expectStatus(1, "NetStream.Publish.BadName") // and the connection goes on
	r.end("one", &media.Kicked{Reason: "by hand"})
	p.expectStatus(1, "NetStream.Publish.Denied")
	p.send(frameOn(2, 47, true), cmd(2, "closeStream", 0, nil))
	p.expectStatus(2, "NetStream.Unpublish.Success")
	p.send(cmd(2, "publish", 6, nil, "one"))
	p.expectStatus(2, "NetStream.Publish.Start")
}

func TestPublisherPlaysOnItsConnection(t *testing.T) {
	_, addr := serveHub(t)
	p := twoStreams(t, addr)
	p.send(cmd(1, "publish", 3, nil, "mine"))
	p.expectStatus(1, "NetStream.Publish.Start")
	p.send(frameOn(1, 1000, true), cmd(2, "play", 4, nil, "mine"))
	p.expectStatus(2, playing...)
	p.expectMedia(chunk.Video, 2, 0)
	p.send(frameOn(1, 1040, false), frameOn(1, 1080, false))
	p.expectMedia(chunk.Video, 2, 40)
	p.send(cmd(0, "deleteStream", 0, nil, 2), frameOn(1, 1120, true), cmd(0, "createStream", 9, nil))
	p.expect("_result")
	p.send(cmd(2, "play", 4, nil, "mine"))
	p.expectStatus(2, playing...)
	p.expectMedia(chunk.Video, 2, 0)
}

// A player that was a sender shard's creates another stream: what it plays goes on
// where it was, beside the other.
func TestPlayerPlaysAnother(t *testing.T) {
	_, addr := serveHub(t)
	one, two := publishingAs(t, addr, "one"), publishingAs(t, addr, "two")
	one.send(frameOn(1, 5000, true))
	two.send(frameOn(1, 0, true))
	p := shake(t, addr)
	p.send(connectCmd, createCmd, cmd(1, "play", 3, nil, "one"))
	p.expectStatus(1, playing...)
	p.expectMedia(chunk.Video, 1, 0)
	p.send(createCmd)
	p.expect("_result")
	one.send(frameOn(1, 5040, false), frameOn(1, 5400, false))
	p.expectMedia(chunk.Video, 1, 40)
	p.send(cmd(2, "play", 4, nil, "two"))
	for _, code := range playing {
		for on := uint32(0); on != 2; { // what is played meanwhile is between
			var got string
			if on, got = p.status(); got != code {
				t.Fatalf("status %s, want %s", got, code)
			}
		}
	}
	two.send(frameOn(1, 40, false), frameOn(1, 400, false))
	var streams []uint32
	for !slices.Contains(streams, 2) {
		streams = append(streams, p.media().Stream)
	}
	p.send(cmd(1, "closeStream", 0, nil))
	p.expectStatus(1, "NetStream.Play.Stop")
}

func TestPlayerPauses(t *testing.T) {
	_, addr := serveHub(t)
	cam := publishingAs(t, addr, "cam")
	cam.send(frameOn(1, 0, true), soundOn(1, 0))
	p := shake(t, addr)
	p.send(connectCmd, createCmd, playCmd)
	p.expectStatus(1, playing...)
	p.expectMedia(chunk.Video, 1, 0)
	p.send(cmd(1, "pause", 5, nil, true, 0))
	p.expectStatus(1, "NetStream.Pause.Notify")
	cam.send(frameOn(1, 400, false), soundOn(1, 400), frameOn(1, 800, false))
	cam.sync()
	p.send(cmd(1, "pause", 6, nil, false, 0))
	p.expectStatus(1, "NetStream.Unpause.Notify")
	cam.send(frameOn(1, 1200, false), frameOn(1, 1600, true), frameOn(1, 2000, false))
	for m := p.media(); ; m = p.media() {
		if m.Type == chunk.Video {
			if m.Timestamp < 1600 || m.Body[0] != 0x17 {
				t.Errorf("goes on at %d ms with %x", m.Timestamp, m.Body[0])
			}
			break
		}
	}
}

// A player whose connection goes back loses nothing and gets nothing twice, though
// tracks do not come in the order of their times.
func TestPlayerGoesOnWhereItWas(t *testing.T) {
	_, addr := serveHub(t)
	cam := publishingAs(t, addr, "cam")
	cam.send(frameOn(1, 0, true), soundOn(1, 0), frameOn(1, 40, false), soundOn(1, 100))
	p := shake(t, addr)
	p.send(connectCmd, createCmd, playCmd)
	p.expectStatus(1, playing...)
	p.expectMedia(chunk.Video, 1, 0)
	p.expectMedia(chunk.Audio, 1, 0)
	p.expectMedia(chunk.Video, 1, 40)
	p.expectMedia(chunk.Audio, 1, 100)
	p.send(createCmd)
	p.expect("_result")
	cam.send(frameOn(1, 80, false), soundOn(1, 120))
	p.expectMedia(chunk.Video, 1, 80)
	p.expectMedia(chunk.Audio, 1, 120)
}

func TestPlayerChooses(t *testing.T) {
	_, addr := serveHub(t)
	cam := publishingAs(t, addr, "cam")
	cam.send(frameOn(1, 0, true), soundOn(1, 0))
	p := shake(t, addr)
	p.send(connectCmd, createCmd, playCmd)
	p.expectStatus(1, playing...)
	p.expectMedia(chunk.Video, 1, 0)
	p.send(cmd(1, "receiveVideo", 0, nil, false))
	p.sync()
	cam.send(frameOn(1, 400, true), soundOn(1, 410), frameOn(1, 800, true), soundOn(1, 810))
	for ms := uint32(0); ms < 800; {
		m := p.media()
		if m.Type == chunk.Video && m.Timestamp >= 400 {
			t.Fatalf("video at %d ms", m.Timestamp)
		}
		ms = m.Timestamp
	}
	p.send(cmd(1, "receiveVideo", 0, nil, true), cmd(1, "receiveAudio", 0, nil, false))
	p.sync()
	cam.send(frameOn(1, 1200, false), soundOn(1, 1210), frameOn(1, 1600, true), soundOn(1, 1610), frameOn(1, 2000, false))
	p.expectMedia(chunk.Video, 1, 1600)
	p.expectMedia(chunk.Video, 1, 2000)
}

// A player that stops may play, or publish, again.
func TestPlayerStops(t *testing.T) {
	_, addr := serveHub(t)
	cam := publishingAs(t, addr, "cam")
	cam.send(frameOn(1, 0, true))
	p := shake(t, addr)
	p.send(connectCmd, createCmd)
	for range 3 {
		p.send(playCmd)
		p.expectStatus(1, playing...)
		p.expectMedia(chunk.Video, 1, 0)
		p.send(cmd(1, "closeStream", 0, nil))
		p.expectStatus(1, "NetStream.Play.Stop")
	}
	p.send(playCmd, cmd(1, "play", 4, nil, "other"))
	p.expectStatus(1, slices.Concat(playing, playing)...)
	p.send(cmd(0, "deleteStream", 0, nil, 1), createCmd, cmd(1, "publish", 5, nil, "again"))
	p.expectStatus(1, "NetStream.Publish.Start")
}

// A player that asks for a duration is told when it has had it, and may play on.
func TestPlayOfADuration(t *testing.T) {
	_, addr := serveHub(t)
	cam := publishingAs(t, addr, "cam")
	p := shake(t, addr)
	p.send(connectCmd, createCmd)
	for _, begin := range []uint32{0, 2000} { // 80 ms, wherever it is to start
		cam.send(frameOn(1, begin, true), soundOn(1, begin), frameOn(1, begin+40, false), soundOn(1, begin+79))
		cam.sync()
		p.send(cmd(1, "play", 3, nil, "cam", 5000, 80))
		p.expectStatus(1, playing...)
		p.expectMedia(chunk.Video, 1, 0)
		p.expectMedia(chunk.Audio, 1, 0)
		p.expectMedia(chunk.Video, 1, 40)
		p.expectMedia(chunk.Audio, 1, 79)
		cam.send(frameOn(1, begin+80, false))
		p.expectComplete()
		p.expectStatus(1, "NetStream.Play.Stop")
	}
	for _, all := range []any{-1, 0, nil, "80"} {
		p.send(cmd(1, "play", 3, nil, "cam", -2, all))
		p.expectStatus(1, playing...)
		p.expectMedia(chunk.Video, 1, 0)
		p.expectMedia(chunk.Audio, 1, 0)
		p.expectMedia(chunk.Video, 1, 40)
		p.expectMedia(chunk.Audio, 1, 79)
		p.expectMedia(chunk.Video, 1, 80)
		p.send(cmd(1, "closeStream", 0, nil))
		p.expectStatus(1, "NetStream.Play.Stop")
	}
}

// expectComplete reads a message that must say that the play is complete.
func (p *peer) expectComplete() {
	p.Helper()
	m, err := p.in.Next()
	if err != nil {
		p.Fatalf("closed ahead of onPlayStatus: %v", err)
	}
	v, err := amf0.Decode(m.Body)
	if m.Type != chunk.DataAMF0 || err != nil || len(v) != 2 || v[0] != "onPlayStatus" || v[1].(amf0.Object).String("code") != "NetStream.Play.Complete" {
		p.Fatalf("message of type %d: %v, %v; want that the play is complete", m.Type, v, err)
	}
}

// sync waits until the server has heard all that was sent.
func (p *peer) sync() {
	p.Helper()
	p.send(cmd(0, "getStreamLength", 77, nil, "x"))
	p.expect("_result")
}

// publishingAs is a peer that was admitted to publish live/name.
func publishingAs(t *testing.T, addr, name string) *peer {
	t.Helper()
	p := shake(t, addr)
	p.send(connectCmd, createCmd, cmd(1, "publish", 3, nil, name))
	p.expectStatus(1, "NetStream.Publish.Start")
	return p
}
