package rtmp

import (
	"bytes"
	"errors"
	"fmt"

	"weir/media"
	"weir/media/flv"
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

var errNotPublishing = errors.New("client does not publish")

// setDataFrame stands ahead of metadata, which the server is to keep for players.
var (
	setDataFrame = amf0.Append(nil, "@setDataFrame")
	onMetaData   = amf0.Append(nil, "onMetaData")
)

// WritePacket sends one packet of a stream that is published.
func (c *Client) WritePacket(p *media.Packet) error { return c.WritePackets(p) }

// WritePackets sends packets of a stream that is published, in one write. It waits
// for the server as long as the Dialer's WriteTimeout says; after an error the
// client is of no use.
func (c *Client) WritePackets(packets ...*media.Packet) error {
	if err := c.conn.packets(packets); err != nil {
		return fmt.Errorf("rtmp write: %w", err)
	}
	return nil
}

func (c *clientConn) packets(packets []*media.Packet) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.publishing {
		return errNotPublishing
	}
	for _, p := range packets {
		if len(c.out) >= maxOut {
			if err := c.flush(); err != nil {
				return err
			}
		}
		if len(p.Body)+len(setDataFrame) <= flv.MaxBody {
			c.append(p)
		}
	}
	return c.flush()
}

// append adds a packet to what is written next.
func (c *clientConn) append(p *media.Packet) {
	h := chunk.Header{Type: chunk.Type(p.Kind), Stream: c.stream, Timestamp: millis(p.DTS), ChunkStream: videoChunks}
	body := p.Body
	switch p.Kind {
	case media.Audio:
		h.ChunkStream = audioChunks
	case media.Data:
		h.ChunkStream = dataChunks
		if bytes.HasPrefix(body, onMetaData) {
			body = append(bytes.Clone(setDataFrame), body...)
		}
	}
	c.out = chunk.Append(c.out, h, body, c.size)
}
