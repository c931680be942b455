package rtmp

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"weir/media"
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// scripted is a server that says what a test wants, to one client.
type scripted struct {
	*testing.T
	net.Conn
	in chunk.Reader
}

// script serves clients until the test ends.
func script(t *testing.T, serve func(s *scripted)) (url string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				_ = c.SetDeadline(time.Now().Add(20 * time.Second))
				s := &scripted{T: t, Conn: c}
				s.in.Source = c
				serve(s)
				_ = c.(*net.TCPConn).CloseWrite()
				_, _ = io.Copy(io.Discard, c) // else the client may lose what it has not read
				_ = c.Close()
			})
		}
	})
	t.Cleanup(func() { _ = l.Close(); all.Wait() })
	return "rtmp://" + l.Addr().String() + "/live/cam"
}

func (s *scripted) say(ms ...chunk.Message) {
	_, _ = s.Write(appendMessages(nil, chunk.DefaultSize, ms...)) // the client may have left
}

// shake does the simple handshake.
func (s *scripted) shake() {
	b := make([]byte, 1+handshakeSize)
	if _, err := io.ReadFull(s, b); err != nil {
		return
	}
	_, _ = s.Write(append(b, b[1:]...))
	_, _ = io.ReadFull(s, b[1:])
}

// heard is the next message that is no Set Chunk Size; nil when the client has left.
func (s *scripted) heard() *chunk.Message {
	m, err := s.in.Next()
	if err != nil {
		return nil
	}
	return m
}

// await reads up to a command, and answers those ahead of it.
func (s *scripted) await(name string) command {
	for {
		m := s.heard()
		if m == nil {
			return command{}
		}
		if m.Type != chunk.CommandAMF0 {
			continue
		}
		cmd, err := parseCommand(m)
		if err != nil {
			s.Error(err)
			return command{}
		}
		if cmd.name == name {
			return cmd
		}
		s.answer(cmd)
	}
}

// answer says yes to a command.
func (s *scripted) answer(cmd command) {
	switch cmd.name {
	case "connect":
		s.say(cmd.result(nil, status{level: "status", code: "NetConnection.Connect.Success"}.object()))
	case "createStream":
		s.say(cmd.result(nil, 1))
	case "releaseStream", "FCPublish": // which some servers do not know
		s.say(cmd.failed(status{level: "error", code: codeCallFailed}))
	}
}

// plays goes as far as Play.Start.
func (s *scripted) plays() command {
	s.shake()
	play := s.await("play")
	s.say(play.onStatus(status{level: "status", code: codePlayReset}), play.onStatus(status{level: "status", code: codePlayStart}))
	return play
}

func patient(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// dialed is a client that has connected; it is closed with the test.
func dialed(t *testing.T, d Dialer, url string) *Client {
	t.Helper()
	c, err := d.Dial(patient(t), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// playing is a client that plays.
func playing(t *testing.T, d Dialer, url string) *Client {
	t.Helper()
	c := dialed(t, d, url)
	if err := c.Play(patient(t)); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestClientSaysWhatEncodersSay(t *testing.T) {
	var got []string
	var connect amf0.Object
	over := make(chan struct{})
	url := script(t, func(s *scripted) {
		defer close(over)
		s.shake()
		for m := s.heard(); m != nil; m = s.heard() {
			if m.Type != chunk.CommandAMF0 {
				continue
			}
			cmd, err := parseCommand(m)
			if err != nil {
				t.Error(err)
				return
			}
			got = append(got, cmd.name+" "+cmd.text(1))
			switch cmd.name {
			case "connect":
				connect = cmd.object()
			case "publish":
				s.say(cmd.onStatus(status{level: "status", code: codePublishStart}))
			}
			s.answer(cmd)
		}
	})
	d := Dialer{PageURL: "http://p", SWFURL: "http://s", FlashVer: "LNX 9,0,124,2", FourCCs: []string{"hvc1", "av01"}}
	c := dialed(t, d, url+"?k=v")
	if err := c.Publish(patient(t)); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	<-over
	want := []string{"connect ", "releaseStream cam?k=v", "FCPublish cam?k=v", "createStream ", "publish cam?k=v", "FCUnpublish cam?k=v", "deleteStream "}
	if !slices.Equal(got, want) {
		t.Errorf("says %q, want %q", got, want)
	}
	for name, want := range map[string]string{"app": "live", "tcUrl": url[:len(url)-len("/cam")], "pageUrl": "http://p", "swfUrl": "http://s", "flashVer": "LNX 9,0,124,2"} {
		if got := connect.String(name); got != want {
			t.Errorf("connect says %s %q, want %q", name, got, want)
		}
	}
	if list, _ := connect.Get("fourCcList").([]any); len(list) != 2 || list[0] != "hvc1" {
		t.Errorf("connect says fourCcList %v", list)
	}
}

// A server that hangs up at a handshake without a digest is shown one.
func TestClientSignsWhenItMust(t *testing.T) {
	for _, signs := range []bool{true, false} {
		url := script(t, func(s *scripted) {
			b := make([]byte, 1+handshakeSize)
			if _, err := io.ReadFull(s, b); err != nil {
				return
			}
			at, digest, ok := signature(b[1:])
			if !ok {
				return
			}
			answer := welcome(b[1:], time.Now())
			if !signs {
				clear(answer[1+4 : 1+handshakeSize])
			}
			s1 := answer[1 : 1+handshakeSize]
			_, _ = s.Write(answer)
			c2 := make([]byte, handshakeSize)
			if _, err := io.ReadFull(s, c2); err != nil {
				return
			}
			from, to := at.digest(s1)
			full := append(append([]byte(nil), playerKey...), keyTail...)
			if good := string(sign(sign(full, s1[from:to]), c2[:handshakeSize-digestSize])) == string(c2[handshakeSize-digestSize:]); good != signs {
				t.Errorf("C2 is signed: %v, want %v (digest %x)", good, signs, digest)
			}
			s.answer(s.await("connect"))
			s.heard()
		})
		dialed(t, Dialer{}, url)
		dialed(t, Dialer{Digest: true}, url)
	}
}

// Of the three windows that a server may set, the client obeys what it must.
func TestClientAnswers(t *testing.T) {
	var got []chunk.Message
	over := make(chan struct{})
	url := script(t, func(s *scripted) {
		defer close(over)
		play := s.plays()
		s.say(number(chunk.WindowAckSize, 4000), control(chunk.SetPeerBandwidth, []byte{0, 0, 10, 0, 2}), control(chunk.SetPeerBandwidth, []byte{0, 0, 11, 0, 2}),
			event(eventPing, 77), number(chunk.Acknowledgement, 9), control(chunk.UserControl, nil), control(chunk.Abort, []byte{0, 0, 0, 9}))
		s.say(chunk.Message{Type: chunk.Video, Stream: play.stream, ChunkStream: 6, Body: append([]byte{0x17, 1, 0, 0, 0}, make([]byte, 4000)...)})
		for m := s.heard(); m != nil; m = s.heard() {
			if m.Type != chunk.CommandAMF0 {
				got = append(got, *m)
			}
		}
	})
	c := playing(t, Dialer{}, url)
	if _, err := c.ReadPacket(); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	<-over
	var acks, windows, pongs int
	for _, m := range got {
		switch m.Type {
		case chunk.Acknowledgement:
			acks++
		case chunk.WindowAckSize:
			windows++
		case chunk.UserControl:
			if string(m.Body) == string(event(eventPong, 77).Body) {
				pongs++
			}
		}
	}
	if acks == 0 || windows != 1 || pongs != 1 {
		t.Errorf("%d acknowledgements, %d windows, %d pongs in %v", acks, windows, pongs, got)
	}
}

// What servers send is packets, the end of a publisher, or the end.
func TestClientHears(t *testing.T) {
	video := []byte{0x17, 1, 0, 0, 0, 'f'}
	body := func(values ...any) []byte { return amf0.Append(nil, values...) }
	message := func(kind chunk.Type, b []byte) chunk.Message {
		return chunk.Message{Type: kind, Stream: 1, ChunkStream: 6, Timestamp: 40, Body: b}
	}
	said := func(level, code string) chunk.Message {
		return message(chunk.CommandAMF0, body("onStatus", 0, nil, amf0.Object{{Name: "level", Value: level}, {Name: "code", Value: code}}))
	}
	tag := append(append([]byte{9, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0}, video...), 0, 0, 0, 17)
	for _, tt := range []struct {
		name string
		says []chunk.Message
		want string
	}{
		{"video", []chunk.Message{message(chunk.Video, video)}, "video, EOF"},
		{"aggregate", []chunk.Message{message(chunk.Aggregate, append(tag, tag...))}, "video, video, EOF"},
		{"AMF 3 data", []chunk.Message{message(chunk.DataAMF3, append([]byte{0}, body("onMetaData", amf0.Array{})...))}, "data, EOF"},
		{"what is no media", []chunk.Message{message(chunk.Audio, nil), message(chunk.DataAMF0, []byte{0xff}), message(chunk.DataAMF0, sampleAccess), message(16, video)}, "EOF"},
		{"the publisher leaves and comes", []chunk.Message{message(chunk.Video, video), event(eventStreamEOF, 1), said("status", codePlayUnpublished), message(chunk.Video, video)}, "video, unpublished, video, EOF"},
		{"no publisher yet", []chunk.Message{event(eventStreamEOF, 1), message(chunk.Video, video)}, "video, EOF"},
		{"a status ends it", []chunk.Message{said("status", codePlayStop)}, "EOF"},
		{"an error ends it", []chunk.Message{said("error", "NetStream.Failed")}, "NetStream.Failed"},
		{"an error by another level", []chunk.Message{said("status", "NetStream.Play.StreamNotFound")}, "NetStream.Play.StreamNotFound"},
		{"AMF 3 command", []chunk.Message{message(chunk.CommandAMF3, append([]byte{0}, body("onStatus", 0, nil, amf0.Object{{Name: "level", Value: "error"}, {Name: "code", Value: "x"}})...))}, "x"},
		{"close", []chunk.Message{message(chunk.CommandAMF0, body("close", 0, nil))}, "EOF"},
		{"a command that is none", []chunk.Message{message(chunk.CommandAMF0, []byte{3})}, "bad"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := playing(t, Dialer{}, script(t, func(s *scripted) { s.plays(); s.say(tt.says...) }))
			if got := heard(c); got != tt.want {
				t.Errorf("the client hears %s, want %s", got, tt.want)
			}
		})
	}
}

// heard is what a client hears, in words.
func heard(c *Client) string {
	out := ""
	for {
		p, err := c.ReadPacket()
		var refused *StatusError
		switch {
		case err == nil:
			out += p.Kind.String() + ", "
			continue
		case errors.Is(err, media.ErrUnpublished):
			out += "unpublished, "
			continue
		case errors.As(err, &refused):
			return out + refused.Code
		case errors.Is(err, errCommand):
			return out + "bad"
		case errors.Is(err, io.EOF):
			return out + "EOF"
		}
		return out + err.Error()
	}
}

// Media ahead of Play.Start is not lost.
func TestClientKeepsWhatComesEarly(t *testing.T) {
	c := playing(t, Dialer{}, script(t, func(s *scripted) {
		s.shake()
		s.await("play")
		s.say(chunk.Message{Type: chunk.Video, Stream: 1, ChunkStream: 6, Body: []byte{0x17, 0, 0, 0, 0, 'c'}})
	}))
	if got := heard(c); got != "video, EOF" {
		t.Errorf("the client hears %s", got)
	}
}

// Nothing waits for ever: neither for a server that is mute, nor for one that is deaf.
func TestClientDoesNotWaitForEver(t *testing.T) {
	const short = 50 * time.Millisecond
	mute := func(s *scripted) { _, _ = io.Copy(io.Discard, s) }
	timeout := func(what string, err error) {
		t.Helper()
		var late net.Error
		if !errors.As(err, &late) || !late.Timeout() {
			t.Errorf("%s: %v, want a timeout", what, err)
		}
	}
	_, err := Dialer{Timeout: short}.Dial(patient(t), script(t, mute))
	timeout("handshake", err)
	_, err = Dialer{Timeout: short}.Dial(patient(t), script(t, func(s *scripted) { s.shake(); mute(s) }))
	timeout("connect", err)
	mutePlay := script(t, func(s *scripted) { s.shake(); s.await("createStream"); mute(s) })
	timeout("play", dialed(t, Dialer{Timeout: short}, mutePlay).Play(patient(t)))
	_, err = playing(t, Dialer{ReadTimeout: short}, script(t, func(s *scripted) { s.plays(); mute(s) })).ReadPacket()
	timeout("read", err)

	ctx, cancel := context.WithCancel(patient(t))
	time.AfterFunc(short, cancel)
	if _, err := (Dialer{}).Dial(ctx, script(t, mute)); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	deaf := make(chan struct{})
	c := dialed(t, Dialer{WriteTimeout: short}, script(t, func(s *scripted) {
		s.shake()
		cmd := s.await("publish")
		s.say(cmd.onStatus(status{level: "status", code: codePublishStart}))
		<-deaf
	}))
	defer close(deaf)
	if err := c.Publish(patient(t)); err != nil {
		t.Fatal(err)
	}
	p := frameOf(1 << 20)
	for err = nil; err == nil; {
		err = c.WritePacket(p)
	}
	timeout("write", err)
}

// A server that chats ahead of its answer is not listened to for ever.
func TestClientLeavesChatter(t *testing.T) {
	url := script(t, func(s *scripted) {
		s.shake()
		for range 2 * maxMessages {
			s.say(clientCommand(0, "onBWDone", 0, nil))
		}
	})
	if _, err := Dial(patient(t), url); !errors.Is(err, errChatter) {
		t.Errorf("error = %v, want %v", err, errChatter)
	}
}

// A publisher that waits answers pings, and learns why it ends; its own Close ends
// the wait, too.
func TestPublisherWaits(t *testing.T) {
	for name, tt := range map[string]struct {
		says chunk.Message
		want *StatusError
	}{
		"refused": {clientCommand(1, "onStatus", 0, nil, status{level: "error", code: codePublishDenied, description: "kicked"}.object()), &StatusError{Stage: stageSession, Level: "error", Code: codePublishDenied, Description: "kicked"}},
		"closed":  {event(eventPing, 8), nil},
	} {
		t.Run(name, func(t *testing.T) {
			ponged := make(chan struct{})
			c := dialed(t, Dialer{ReadTimeout: time.Millisecond}, script(t, func(s *scripted) {
				s.shake()
				s.say(s.await("publish").onStatus(status{level: "status", code: codePublishStart}), event(eventPing, 7))
				for m := s.heard(); m != nil && m.Type != chunk.UserControl; m = s.heard() {
				}
				s.say(tt.says)
				close(ponged)
				_, _ = io.Copy(io.Discard, s)
			}))
			if err := c.Publish(patient(t)); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- c.Wait() }()
			<-ponged
			if tt.want == nil {
				_ = c.Close()
			}
			err := <-ended
			var refused *StatusError
			if errors.As(err, &refused); (tt.want != nil) != (refused != nil) || refused != nil && *refused != *tt.want || err == nil {
				t.Errorf("waits for %v, want %v", err, tt.want)
			}
		})
	}
}
