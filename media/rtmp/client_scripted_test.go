package rtmp

import (
	"context"
	"io"
	"net"
	"sync"
	"testing"
	"time"

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
