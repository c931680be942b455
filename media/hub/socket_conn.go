package hub

import (
	"net"
	"time"
)

// maxTake is how much a connSocket takes at once: small enough that the shard sees
// it move.
const maxTake = 64 << 10

// connSocket is any connection: TLS, or a pipe. It costs a goroutine that writes
// and one that reads.
type connSocket struct {
	player *player
	conn   net.Conn
	out    chan [2][]byte // what the writer is to send; has room for one, and for the last
	read   chan struct{}  // closed when the reader has ended
	busy   bool           // the writer has something; of the shard's goroutine
	kept   bool           // not to be closed at the end
}

func newConnSocket(p *player) *connSocket {
	return &connSocket{player: p, conn: p.conn.Net, out: make(chan [2][]byte, 2), read: make(chan struct{})}
}

func (s *connSocket) abandon() {}

func (s *connSocket) open() error {
	conns := &s.player.shard.hub.conns
	conns.Go(s.reading)
	conns.Go(s.writing)
	return nil
}

func (s *connSocket) send(pre, log []byte) (int, error) {
	if s.busy {
		return 0, errAgain
	}
	pre = pre[:min(len(pre), maxTake)]
	log = log[:min(len(log), maxTake-len(pre))]
	s.busy = true
	s.out <- [2][]byte{pre, log}
	return len(pre) + len(log), nil
}

// await has nothing to do: the writer posts writable whenever it has sent.
func (s *connSocket) await() {}

func (s *connSocket) ready() { s.busy = false }

func (s *connSocket) noDelay(on bool) {
	if c, ok := s.conn.(interface{ SetNoDelay(bool) error }); ok {
		_ = c.SetNoDelay(on) // a connection that is gone is noticed elsewhere
	}
}

func (s *connSocket) close(last []byte, linger time.Duration) bool {
	if len(last) > 0 {
		s.out <- [2][]byte{last}
	}
	_ = s.conn.SetWriteDeadline(time.Now().Add(linger)) // the writer ends by it
	close(s.out)
	return false
}

// release lets the writer end. The reader has, as it was Receive that asked.
func (s *connSocket) release() bool {
	s.kept = true
	_ = s.conn.SetWriteDeadline(time.Now().Add(s.player.conn.WriteDeadline))
	close(s.out)
	return false
}

func (s *connSocket) post(what happening, reply []byte, reason error) {
	s.player.shard.post(event{player: s.player, what: what, reply: reply, reason: reason})
}

func (s *connSocket) writing() {
	broken := false
	for b := range s.out {
		if !broken {
			broken = s.write(b) != nil
		}
	}
	if !s.kept {
		_ = s.conn.Close() // the player's end has its reason already
	}
	<-s.read
	s.post(closed, nil, nil)
}

func (s *connSocket) write(b [2][]byte) error {
	for _, part := range b {
		if len(part) == 0 {
			continue
		}
		if _, err := s.conn.Write(part); err != nil {
			s.post(gone, nil, nil)
			return err
		}
	}
	s.post(writable, nil, nil)
	return nil
}

func (s *connSocket) reading() {
	defer close(s.read)
	b := make([]byte, 4<<10)
	for {
		n, err := s.conn.Read(b)
		if n > 0 {
			reply, rerr := s.player.receive(b[:n])
			if len(reply) > 0 {
				s.post(replied, reply, nil)
			}
			if rerr != nil {
				s.post(gone, nil, rerr)
				return
			}
		}
		if err != nil {
			s.post(gone, nil, nil)
			return
		}
	}
}

// receive gives the player's Receive what it sent.
func (p *player) receive(b []byte) ([]byte, error) {
	p.heard.Store(true)
	if p.conn.Receive == nil {
		return nil, nil
	}
	return p.conn.Receive(b) //nolint:wrapcheck // the protocol's own
}
