package rtmp

import (
	"io"
	"slices"
	"testing"
	"time"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

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
