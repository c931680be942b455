package hub

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"weir/media"
)

var testKey = media.Key{VHost: "v", App: "live", Stream: "s"}

// rig is a running hub with one stream.
type rig struct {
	*Stream
	t   *testing.T
	hub *Hub
	pub *Publication
}

var onMetaData = []byte("\x02\x00\x0aonMetaData") // an AMF0 string

var cached = StreamSettings{GOPCache: true, MinLatency: true}

func newRig(t *testing.T, s StreamSettings) *rig {
	t.Helper()
	return runRig(t, New(Settings{Shards: 2}), s)
}

// runRig is a rig of a hub that does not run yet.
func runRig(t *testing.T, h *Hub, s StreamSettings) *rig {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	return &rig{Stream: h.Stream(testKey, s), t: t, hub: h}
}

func (r *rig) publish() *rig {
	r.t.Helper()
	var err error
	if r.pub, err = r.Publish(); err != nil {
		r.t.Fatal(err)
	}
	return r
}

// write writes packets given as words, as "k0 v33 a40": a kind and a time in
// milliseconds; V and A are sequence headers, m metadata, d other data, b sound of
// a codec without headers; of a further track of video w and W, and what is told of
// the first i.
func (r *rig) write(words string) {
	r.t.Helper()
	for w := range strings.FieldsSeq(words) {
		if err := r.pub.WritePacket(packet(w)); err != nil {
			r.t.Fatalf("write %s: %v", w, err)
		}
	}
}

// packet makes a packet whose body is the word itself; a word may end in "*N" to
// be N bytes long.
func packet(w string) *media.Packet {
	var n int
	body, size, _ := strings.Cut(w, "*")
	if _, err := fmt.Sscan(body[1:], &n); err != nil {
		panic(err)
	}
	p := &media.Packet{DTS: time.Duration(n) * time.Millisecond, Body: []byte(w)}
	if size != "" {
		if _, err := fmt.Sscan(size, &n); err != nil {
			panic(err)
		}
		p.Body = append(p.Body, make([]byte, n)...)
	}
	switch w[0] {
	case 'k':
		p.Kind, p.Codec, p.Key = media.Video, media.H264, true
	case 'v':
		p.Kind, p.Codec = media.Video, media.H264
	case 'V':
		p.Kind, p.Codec, p.Config, p.Key = media.Video, media.H264, true, true
	case 'a':
		p.Kind, p.Codec = media.Audio, media.AAC
	case 'A':
		p.Kind, p.Codec, p.Config = media.Audio, media.AAC, true
	case 'b':
		p.Kind, p.Codec = media.Audio, media.MP3
	case 'w':
		p.Kind, p.Codec, p.Track = media.Video, media.AV1, 1
	case 'W':
		p.Kind, p.Codec, p.Config, p.Track = media.Video, media.AV1, true, 1
	case 'i':
		p.Kind, p.Codec, p.Info = media.Video, media.H264, true
	case 'm':
		p.Kind, p.Body = media.Data, append(append([]byte{}, onMetaData...), w...)
	case 'd':
		p.Kind = media.Data
	default:
		panic(w)
	}
	return p
}

// player is the far end of a player's connection.
type testPlayer struct {
	reader
	t      *testing.T
	conn   net.Conn
	sub    *Subscription
	closed chan error
	count  *atomic.Uint64
}

// links make the two ends of a connection.
var links = map[string]func(t *testing.T) (server, client net.Conn){
	"tcp":  tcpLink,
	"pipe": func(*testing.T) (net.Conn, net.Conn) { return net.Pipe() },
}

func tcpLink(t *testing.T) (net.Conn, net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	client, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	server, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	return server, client
}

// eachLink runs a test over all kinds of connections.
func eachLink(t *testing.T, test func(t *testing.T, link string)) {
	for name := range links {
		t.Run(name, func(t *testing.T) { test(t, name) })
	}
}

func (r *rig) play(link string, o SubscribeOptions, with func(*media.Conn)) *testPlayer {
	r.t.Helper()
	return r.framed(link, o, testFramer{}, with)
}

// framed is play in another framing.
func (r *rig) framed(link string, o SubscribeOptions, f media.Framer, with func(*media.Conn)) *testPlayer {
	r.t.Helper()
	server, client := links[link](r.t)
	p := &testPlayer{t: r.t, conn: client, closed: make(chan error, 1), count: new(atomic.Uint64)}
	p.r = client
	o.Count = p.count
	p.sub = r.Subscribe(o)
	c := media.Conn{Net: server, Closed: func(reason error) { p.closed <- reason }}
	if with != nil {
		with(&c)
	}
	if err := p.sub.Attach(c, f); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { client.Close() })
	return p
}

// await waits for a condition.
func await(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within 20 s", what)
		}
	}
}

// expect reads records until it has those named by words, in order and with no
// other between them: the first letters of the bodies and the player's times, as in
// "F:V0A0 k0 v33 a40".
func (p *testPlayer) expect(words string) {
	p.t.Helper()
	for w := range strings.FieldsSeq(words) {
		p.deadline()
		g, err := p.next()
		if err != nil {
			p.t.Fatalf("waiting for %s: %v", w, err)
		}
		if s := g.String(); s != w {
			p.t.Fatalf("got %s, want %s", s, w)
		}
	}
}

func (p *testPlayer) deadline() {
	err := p.conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	if err != nil && !errors.Is(err, io.ErrClosedPipe) { // it is still to be read
		p.t.Fatal(err)
	}
}

// String writes a record as expect names it: the packet's word, "@" and the
// player's time; headers follow "F:" or "B:" without the metadata's prefix.
func (g got) String() string {
	body, _, _ := strings.Cut(strings.ReplaceAll(g.Body, string(onMetaData), ""), "*")
	switch g.Kind {
	case recordFirst, recordBegin, recordReply, recordBye:
		return string(g.Kind) + ":" + body
	default:
		return fmt.Sprintf("%s@%d", body, g.At.Milliseconds())
	}
}

// ends waits for the player's end and returns what came before it, and its reason.
func (p *testPlayer) ends() (rest []string, reason error) {
	p.t.Helper()
	p.deadline()
	for {
		g, err := p.next()
		if err != nil {
			if !errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				p.t.Errorf("the connection ended with %v", err)
			}
			break
		}
		rest = append(rest, g.String())
	}
	return rest, p.reason()
}

func (p *testPlayer) reason() error {
	p.t.Helper()
	select {
	case err := <-p.closed:
		return err
	case <-time.After(20 * time.Second):
		p.t.Fatal("Closed was not called within 20 s")
		return nil
	}
}
