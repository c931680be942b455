package weirtest

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"weir/media/flv"
)

// websocket plays FLV over a WebSocket.
func (p *Player) websocket(ctx context.Context, address string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	for name, value := range map[string]string{
		"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
	} {
		req.Header.Set(name, value)
	}
	resp, err := p.client.Do(req)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusSwitchingProtocols {
		defer resp.Body.Close() //nolint:errcheck // it was read
		reason, err := io.ReadAll(io.LimitReader(resp.Body, 4096))
		return errors.Join(&Refused{resp.StatusCode, strings.TrimSpace(string(reason))}, err)
	}
	context.AfterFunc(ctx, func() { resp.Body.Close() }) //nolint:errcheck // it is over
	go p.read(flv.NewReader(&messages{in: resp.Body}).ReadPacket)
	return nil
}

// messages reads what the messages of a WebSocket hold. A close frame is a *Refused.
type messages struct {
	in   io.Reader
	left uint64 // of the frame under way
}

func (m *messages) Read(b []byte) (int, error) {
	for m.left == 0 {
		if err := m.next(); err != nil {
			return 0, err
		}
	}
	n, err := m.in.Read(b[:min(uint64(len(b)), m.left)])
	m.left -= uint64(n)
	return n, err
}

// next reads the header of a frame (RFC 6455, 5.2), and all of a close frame.
func (m *messages) next() error {
	var head [2]byte
	if _, err := io.ReadFull(m.in, head[:]); err != nil {
		return err
	}
	m.left = uint64(head[1])
	if more := map[uint64]int{126: 2, 127: 8}[m.left]; more > 0 {
		var long [8]byte
		if _, err := io.ReadFull(m.in, long[8-more:]); err != nil {
			return err
		}
		m.left = binary.BigEndian.Uint64(long[:])
	}
	switch head[0] {
	case 0x82: // a message
		return nil
	case 0x88:
		said := make([]byte, m.left)
		if _, err := io.ReadFull(m.in, said); err != nil || len(said) < 2 {
			return errors.Join(errors.New("websocket: bad close frame"), err)
		}
		return &Refused{int(binary.BigEndian.Uint16(said)), string(said[2:])}
	}
	return fmt.Errorf("websocket: frame begins with %x", head)
}
