package rtmp_test

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp"
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

var camKey = media.Key{VHost: "a.com", App: "live", Stream: "cam"}

// What publishers send that go-rtmp dies of, or that means nothing: the session
// goes on, and the frame that follows arrives.
func TestPublisherSurvives(t *testing.T) {
	body := bytes.Repeat([]byte("x"), 300)
	body[0], body[1] = 0x17, 1
	extended := func(repeat string) []byte {
		b := []byte{6, 0xff, 0xff, 0xff, 0, 1, 44, 9, 1, 0, 0, 0, 1, 0, 0, 0}
		b = append(append(append(b, body[:128]...), 0xc6), repeat...)
		b = append(append(append(b, body[128:256]...), 0xc6), repeat...)
		return append(b, body[256:]...)
	}
	tests := []struct {
		name    string
		in      []byte
		packets int // that it makes itself
	}{
		{"empty audio", message(chunk.Audio, 1, nil), 0},
		{"empty video", message(chunk.Video, 1, nil), 0},
		{"audio of one byte", message(chunk.Audio, 1, []byte{0xaf}), 0},
		{"shared object", message(19, 1, []byte{0, 0, 0}), 0},
		{"unknown type", message(7, 1, []byte{0, 0, 0}), 0},
		{"unknown user control event", controlMessage(chunk.UserControl, []byte{0, 31, 0, 0, 0, 1}), 0},
		{"SWF verification", controlMessage(chunk.UserControl, []byte{0, 26, 1}), 0},
		{"empty user control", controlMessage(chunk.UserControl, nil), 0},
		{"abort", controlMessage(chunk.Abort, u32(9)), 0},
		{"AMF 3 metadata", message(chunk.DataAMF3, 1, append([]byte{0}, amf0.Append(nil, "@setDataFrame", "onMetaData", amf0.Array{})...)), 1},
		{"metadata whose object is AMF 3", message(chunk.DataAMF3, 1, append([]byte{0}, append(amf0.Append(nil, "@setDataFrame", "onMetaData"), "\x11\x0a\x0b\x01\x0bwidth\x04\x8a\x00\x01"...)...)), 1},
		{"AMF 3 data that is none", message(chunk.DataAMF3, 1, []byte{0, 0x11, 0x0d}), 0},
		{"metadata without @setDataFrame", message(chunk.DataAMF0, 1, amf0.Append(nil, "onMetaData", amf0.Object{})), 1},
		{"@setDataFrame alone", message(chunk.DataAMF0, 1, amf0.Append(nil, "@setDataFrame")), 0},
		{"data that is no AMF", message(chunk.DataAMF0, 1, []byte{0xff, 1}), 0},
		{"metadata of 100 KB", message(chunk.DataAMF0, 1, amf0.Append(nil, "onMetaData", string(make([]byte, 100000)))), 0},
		{"aggregate", message(chunk.Aggregate, 1, mediatest.FLV(mediatest.GOP(1))[13:]), len(mediatest.GOP(1))},
		{"aggregate that is cut off", message(chunk.Aggregate, 1, []byte{8, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 1}), 0},
		{"aggregate within aggregate", message(chunk.Aggregate, 1, []byte{22, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11}), 0},
		{"unknown command", cmd(1, "dance", 9, nil), 0},
		{"FCPublish without arguments", cmd(0, "FCPublish", 4), 0},
		{"extended timestamps", extended("\x01\x00\x00\x00"), 1},
		{"extended timestamps not repeated", extended(""), 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := mediatest.NewRouter(t)
			p := publishing(t, serve(t, r, rtmp.Settings{}))
			p.send(tt.in, frame(40))
			if !r.Wait(soon(t), func() bool { return len(r.Packets(camKey)) == tt.packets+1 }) {
				t.Errorf("%d packets, want %d", len(r.Packets(camKey)), tt.packets+1)
			}
		})
	}
}

// What a peer says ahead of publish or play, in one write and in pieces, and the
// status of the session that it comes to.
func TestPeersAreUnderstood(t *testing.T) {
	connect := func(more ...amf0.Property) []byte {
		return cmd(0, "connect", 1, append(amf0.Object{{Name: "app", Value: "live"}}, more...))
	}
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	csid320 := append([]byte{1, 0, 1}, connectCmd[1:]...)
	csid320 = bytes.ReplaceAll(csid320, []byte{0xc3}, []byte{0xc1, 0, 1})
	tests := []struct {
		name string
		in   []byte
		want string
	}{
		{"publish", join(connectCmd, createCmd, publishCmd), "NetStream.Publish.Start"},
		{"play", join(connectCmd, createCmd, playCmd), "NetStream.Play.Reset"},
		{"play with a null start", join(connectCmd, createCmd, cmd(1, "play", 3, nil, "cam", nil)), "NetStream.Play.Reset"},
		{"chunks of one byte", join(
			controlMessage(chunk.SetChunkSize, u32(1)),
			chunk.Append(nil, chunk.Header{ChunkStream: 3, Type: chunk.CommandAMF0}, amf0.Append(nil, "connect", 1, amf0.Object{{Name: "app", Value: "live"}}), 1),
			chunk.Append(nil, chunk.Header{ChunkStream: 2, Type: chunk.SetChunkSize}, u32(128), 1),
			createCmd, publishCmd,
		), "NetStream.Publish.Start"},
		{"connect with undefined", join(connect(amf0.Property{Name: "u", Value: amf0.Undefined{}}), createCmd, publishCmd), "NetStream.Publish.Start"},
		{"connect with fourCcList", join(connect(amf0.Property{Name: "fourCcList", Value: []any{"hvc1", "av01"}}), createCmd, publishCmd), "NetStream.Publish.Start"},
		{"connect with capabilities as string", join(connect(amf0.Property{Name: "capabilities", Value: "abc"}), createCmd, publishCmd), "NetStream.Publish.Start"},
		{"connect with objectEncoding 3", join(connect(amf0.Property{Name: "objectEncoding", Value: 3}), createCmd, publishCmd), "NetStream.Publish.Start"},
		{"connect without an object", join(cmd(0, "connect", 1), createCmd, publishCmd), "NetStream.Publish.BadName"},
		{"connect as AMF 3", join(message(chunk.CommandAMF3, 0, append([]byte{0}, amf0.Append(nil, "connect", 1, amf0.Object{{Name: "app", Value: "live"}})...)), createCmd, publishCmd), "NetStream.Publish.Start"},
		{"connect with an object of AMF 3", join(message(chunk.CommandAMF3, 0, append([]byte{0}, append(amf0.Append(nil, "connect", 1), "\x11\x0a\x0b\x01\x07app\x06\x09live\x01"...)...)), createCmd, publishCmd), "NetStream.Publish.Start"},
		{"connect on chunk stream 320", join(csid320, createCmd, publishCmd), "NetStream.Publish.Start"},
		{"FCPublish without arguments", join(connectCmd, cmd(0, "FCPublish", 2), createCmd, publishCmd), "NetStream.Publish.Start"},
		{"releaseStream, FCPublish, _checkbw", join(connectCmd, cmd(0, "releaseStream", 2, nil, "cam"), cmd(0, "FCPublish", 3, nil, "cam"), createCmd, cmd(0, "_checkbw", 5, nil), publishCmd), "NetStream.Publish.Start"},
		{"publish without a type", join(connectCmd, createCmd, cmd(1, "publish", 3, nil, "cam")), "NetStream.Publish.Start"},
		{"publish of a number", join(connectCmd, createCmd, cmd(1, "publish", 3, nil, 7)), "NetStream.Publish.BadName"},
		{"publish on no stream", join(connectCmd, publishCmd), "NetStream.Publish.BadName"},
		{"play on no stream", join(connectCmd, cmd(9, "play", 3, nil, "cam")), "NetStream.Play.Failed"},
		{"publish on the second stream", join(connectCmd, createCmd, createCmd, cmd(2, "publish", 3, nil, "cam")), "NetStream.Publish.Start"},
		{"transactions that are no numbers", join(connectCmd, cmd(0, "createStream", "x", nil), publishCmd), "NetStream.Publish.Start"},
		{"deleteStream of GStreamer", join(connectCmd, createCmd, createCmd, cmd(2, "deleteStream", 0), publishCmd), "NetStream.Publish.Start"},
		{"librtmp's buffer length", join(connectCmd, createCmd, []byte{0x42, 0, 0, 0, 0, 0, 10, 4, 0, 3, 0, 0, 0, 1, 0, 0, 11, 184}, playCmd), "NetStream.Play.Reset"},
		{"traversal", join(connectCmd, createCmd, cmd(1, "publish", 3, nil, "../../etc/x")), "NetStream.Publish.BadName"},
		{"control characters", join(connectCmd, createCmd, cmd(1, "play", 3, nil, "a\nb\x00")), "NetStream.Play.Failed"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := mediatest.NewRouter(t)
			addr := serve(t, r, rtmp.Settings{})
			for _, piece := range []int{len(tt.in), 50} {
				p := shake(t, addr)
				for b := tt.in; len(b) > 0; b = b[min(piece, len(b)):] {
					p.send(b[:min(piece, len(b))])
				}
				if got := p.expect("onStatus"); got != tt.want {
					t.Errorf("status = %s, want %s", got, tt.want)
				}
				_ = p.Close()
				if !r.Wait(soon(t), func() bool { return r.Open() == 0 }) {
					t.Fatal("session goes on")
				}
			}
		})
	}
}

func TestCommandsAreAnswered(t *testing.T) {
	r := mediatest.NewRouter(t)
	p := shake(t, serve(t, r, rtmp.Settings{}))
	p.send(connectCmd)
	p.expect("_result")
	tests := []struct {
		in   []byte
		want []any
	}{
		{cmd(0, "createStream", 7.5, nil), []any{"_result", 7.5, nil, 1.0}},
		{cmd(0, "getStreamLength", 4, nil, "x"), []any{"_result", 4.0, nil, 0.0}},
		{cmd(0, "_checkbw", 5, nil), []any{"_result", 5.0, nil, nil}},
		{cmd(0, "releaseStream", 6, nil, "x"), []any{"_result", 6.0, nil, nil}},
		{cmd(0, "dance", 8, nil), []any{"_error", 8.0, nil, amf0.Object{
			{Name: "level", Value: "error"}, {Name: "code", Value: "NetConnection.Call.Failed"}, {Name: "description", Value: "unknown command"},
		}}},
	}
	for _, tt := range tests {
		p.send(tt.in)
		if d := cmp.Diff(tt.want, p.next()); d != "" {
			t.Errorf("answer (-want +got):\n%s", d)
		}
	}
	p.send(controlMessage(chunk.UserControl, append([]byte{0, 6}, u32(77)...)))
	m, err := p.in.Next()
	if err != nil || !bytes.Equal(m.Body, append([]byte{0, 7}, u32(77)...)) {
		t.Errorf("ping is answered by %v, %v", m, err)
	}
	for range rtmp.MaxStreams - 1 {
		p.send(createCmd)
		p.expect("_result")
	}
	p.send(createCmd)
	if v := p.next(); v == nil || v[0] != "_error" {
		t.Errorf("one stream too many is answered by %v", v)
	}
}

func TestPlayerIsHeard(t *testing.T) {
	r := mediatest.NewRouter(t)
	p := shake(t, serve(t, r, rtmp.Settings{}))
	ping := controlMessage(chunk.UserControl, append([]byte{0, 6}, u32(77)...))
	p.send(connectCmd, createCmd, append(bytes.Clone(playCmd), ping[:5]...), ping[5:])
	for {
		m, err := p.in.Next()
		if err != nil {
			t.Fatal(err)
		}
		if m.Type == chunk.UserControl && bytes.Equal(m.Body, append([]byte{0, 7}, u32(77)...)) {
			break
		}
	}
	p.send(cmd(1, "pause", 5, nil, true, 0), cmd(0, "deleteStream", 0, nil, 1))
	p.closed()
	if !r.Wait(soon(t), func() bool { return r.Open() == 0 && len(r.Disconnected()) == 1 }) {
		t.Error("player goes on")
	}
}

func TestConnectionPublishesAgain(t *testing.T) {
	for name, end := range map[string][]byte{
		"deleteStream": append(cmd(0, "deleteStream", 4, nil, 1), createCmd...),
		"closeStream":  cmd(1, "closeStream", 0, nil),
		"FCUnpublish":  append(cmd(0, "FCUnpublish", 4, nil, "cam"), append(cmd(0, "deleteStream", 0, nil, 1), createCmd...)...),
	} {
		t.Run(name, func(t *testing.T) {
			r := mediatest.NewRouter(t)
			p := publishing(t, serve(t, r, rtmp.Settings{}))
			for range 40 {
				p.send(frame(0), end, frame(40), publishCmd)
				for code := ""; code != "NetStream.Publish.Start"; {
					code = p.expect("onStatus")
				}
			}
			if n := len(r.Sessions()); n != 41 || r.Open() != 1 {
				t.Errorf("%d sessions, %d of them open", n, r.Open())
			}
		})
	}
}

func TestHostilePeersAreSentAway(t *testing.T) {
	long := func(t chunk.Type, n int) []byte {
		return []byte{4, 0, 0, 0, byte(n >> 16), byte(n >> 8), byte(n), byte(t), 1, 0, 0, 0}
	}
	nested := append(amf0.Append(nil, "connect", 1), bytes.Repeat([]byte("\x03\x00\x01a"), 10000)...)
	bomb := append(amf0.Append(nil, "connect", 1), "\x03\x00\x01x\x0a\x7f\xff\xff\xff"...)
	tests := []struct {
		name       string
		publishing bool
		in         []byte
	}{
		{"chunk size 0", false, controlMessage(chunk.SetChunkSize, u32(0))},
		{"short chunk size", true, controlMessage(chunk.SetChunkSize, []byte{0})},
		{"strict array of 2 billion", false, message(chunk.CommandAMF0, 0, bomb)},
		{"deep objects", false, message(chunk.CommandAMF0, 0, nested)},
		{"connect of 16 MB", false, long(chunk.CommandAMF0, 0xffffff)},
		{"video of 16 MB ahead of publish", false, long(chunk.Video, 0xffffff)},
		{"audio of 5 MB", true, long(chunk.Audio, 5<<20)},
		{"type 3 first", false, []byte{0xc7}},
		{"command ahead of connect", false, publishCmd},
		{"connect twice, the second unknown", false, append(bytes.Clone(connectCmd), message(chunk.CommandAMF0, 0, []byte{0xff})...)},
		{"command without a name", true, message(chunk.CommandAMF0, 0, nil)},
		{"thousands of messages", false, bytes.Repeat(message(7, 0, nil), 1001)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := mediatest.NewRouter(t)
			addr := serve(t, r, rtmp.Settings{})
			var p *peer
			if tt.publishing {
				p = publishing(t, addr)
			} else {
				p = shake(t, addr)
			}
			p.send(tt.in)
			p.closed()
			if !r.Wait(soon(t), func() bool { return r.Open() == 0 }) {
				t.Error("session goes on")
			}
		})
	}
}

func TestHTTPIsSentAwayAtOnce(t *testing.T) {
	addr := serve(t, mediatest.NewRouter(t), rtmp.Settings{HandshakeTimeout: time.Hour})
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // of a test
	if _, err := c.Write([]byte("G")); err != nil {
		t.Fatal(err)
	}
	_ = c.SetReadDeadline(time.Now().Add(patience))
	if n, err := c.Read(make([]byte, 1)); err == nil || os.IsTimeout(err) {
		t.Errorf("Read = %d, %v", n, err)
	}
}

// The deadline is of the whole handshake: a peer that sends a little now and then
// does not move it.
func TestSlowHandshakeEnds(t *testing.T) {
	addr := serve(t, mediatest.NewRouter(t), rtmp.Settings{HandshakeTimeout: 100 * time.Millisecond})
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close() //nolint:errcheck // of a test
	_ = c.SetReadDeadline(time.Now().Add(patience))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = c.Read(make([]byte, 1))
	}()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for begun := time.Now(); time.Since(begun) < patience; {
		select {
		case <-ended:
			return
		case <-tick.C:
			_, _ = c.Write([]byte{3})
		}
	}
	t.Error("handshake goes on")
}

func TestSilentPeersAreSentAway(t *testing.T) {
	r := mediatest.NewRouter(t)
	addr := serve(t, r, rtmp.Settings{CommandTimeout: 50 * time.Millisecond})
	shake(t, addr).closed()
	p := shake(t, addr)
	p.send(connectCmd)
	p.expect("_result")
	p.closed()
}

// impatient gives its publishers little time.
type impatient struct{ *mediatest.Router }

type impatientPublication struct{ media.Publication }

func (impatientPublication) Timeouts() (first, normal time.Duration) {
	return patience, 50 * time.Millisecond
}

func (r impatient) Publish(ctx context.Context, s *media.Session) (media.Publication, error) {
	pub, err := r.Router.Publish(ctx, s)
	return impatientPublication{pub}, err
}

func TestPublisherThatStopsIsEnded(t *testing.T) {
	r := impatient{mediatest.NewRouter(t)}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- (&rtmp.Server{Listener: l, Log: slog.New(slog.DiscardHandler)}).Serve(ctx, r)
	}()
	p := publishing(t, l.Addr().String())
	p.send(frame(0))
	if code := p.expect("onStatus"); code != "NetStream.Publish.Denied" {
		t.Errorf("code = %s", code)
	}
	p.closed()
	_ = p.Close()
	cancel()
	<-served
	if r.Open() != 0 {
		t.Error("the stream is still held")
	}
}

func TestDescriptorsComeBack(t *testing.T) {
	descriptors := func() int {
		d, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip(err)
		}
		return len(d)
	}
	r := mediatest.NewRouter(t)
	before := descriptors()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		served <- (&rtmp.Server{Listener: l, Log: slog.New(slog.DiscardHandler)}).Serve(ctx, r)
	}()
	for range 10 {
		_ = publishing(t, l.Addr().String()).Close()
		if !r.Wait(soon(t), func() bool { return r.Open() == 0 }) {
			t.Fatal("publisher goes on")
		}
		p := shake(t, l.Addr().String())
		p.send(connectCmd, createCmd, playCmd)
		p.expect("onStatus")
		_ = p.Close()
		_ = shake(t, l.Addr().String()).Close()
	}
	cancel()
	<-served
	if after := descriptors(); after > before {
		t.Errorf("%d descriptors, %d before", after, before)
	}
}
