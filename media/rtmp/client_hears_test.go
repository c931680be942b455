package rtmp

import (
	"context"
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"weir/media"
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

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
