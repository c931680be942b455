//go:build linux

package main

import (
	"encoding/binary"
	"fmt"
	"strings"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// Transactions of the commands that are answered by _result.
const (
	connectTransaction = 1
	streamTransaction  = 2
)

// Chunk streams as encoders choose them.
const (
	commandStream = 3
	audioStream   = 4
	videoStream   = 6
	streamStream  = 8 // commands of a stream
)

// connect adds the connect command to out (RTMP 1.0, 7.2.1.1).
func (c *client) connect(out []byte) []byte {
	return c.append(out, commandStream, 0, "connect", connectTransaction, amf0.Object{
		{Name: "app", Value: c.app},
		{Name: "type", Value: "nonprivate"},
		{Name: "flashVer", Value: "FMLE/3.0 (compatible; weirload)"},
		{Name: "tcUrl", Value: "rtmp://" + c.host + "/" + c.app},
		{Name: "fpad", Value: false},
		{Name: "capabilities", Value: 15},
		{Name: "audioCodecs", Value: 4071},
		{Name: "videoCodecs", Value: 252},
		{Name: "videoFunction", Value: 1},
	})
}

func (c *client) append(out []byte, chunks, stream uint32, words ...any) []byte {
	h := chunk.Header{ChunkStream: chunks, Type: chunk.CommandAMF0, Stream: stream}
	return chunk.Append(out, h, amf0.Append(nil, words...), c.chunkSize)
}

// command goes on after a server's command. What cannot be read is passed over.
func (c *client) command(b []byte) {
	words, err := amf0.Decode(b)
	if err != nil || len(words) < 2 {
		return
	}
	name, _ := words[0].(string)
	transaction, _ := words[1].(float64)
	switch {
	case name == "_error":
		c.conn.close(fmt.Errorf("refused: %s", statusCode(words)))
	case name == "_result" && transaction == connectTransaction:
		if c.role == connecting {
			c.reached()
			return
		}
		c.conn.send(c.append(nil, commandStream, 0, "createStream", streamTransaction, nil))
	case name == "_result" && transaction == streamTransaction:
		id, _ := words[len(words)-1].(float64)
		c.stream = uint32(id)
		c.begin()
	case name == "onStatus":
		c.status(statusCode(words))
	}
}

// begin asks for the stream, and as a player for a buffer of a second.
func (c *client) begin() {
	if c.role == publishing {
		c.conn.send(c.append(nil, streamStream, c.stream, "publish", 3, nil, c.name, "live"))
		return
	}
	out := c.append(nil, streamStream, c.stream, "play", 3, nil, c.name, -2000)
	buffer := binary.BigEndian.AppendUint32([]byte{0, 3}, c.stream)
	buffer = binary.BigEndian.AppendUint32(buffer, 1000)
	c.conn.send(chunk.Append(out, chunk.Header{ChunkStream: chunk.ControlStream, Type: chunk.UserControl}, buffer, c.chunkSize))
}

func (c *client) status(code string) {
	switch {
	case c.role == publishing && code == "NetStream.Publish.Start", c.role == playing && code == "NetStream.Play.Start":
		c.reached()
	case refusal(code):
		c.conn.close(fmt.Errorf("refused: %s", code))
	}
}

// refusal says whether a status ends the stream.
func refusal(code string) bool {
	for _, word := range []string{"Fail", "BadName", "Denied", "NotFound", "Rejected"} {
		if strings.Contains(code, word) {
			return true
		}
	}
	return false
}

// statusCode is the code in the object that ends a command's words.
func statusCode(words []any) string {
	switch o := words[len(words)-1].(type) {
	case amf0.Object:
		return o.String("code")
	case amf0.Array:
		return amf0.Object(o).String("code")
	}
	return ""
}
