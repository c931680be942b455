package rtmp

import (
	"errors"
	"math"
	"time"

	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// errPlayed is the end of a play that has had as much as it asked for.
var errPlayed = errors.New("player has had the duration that it asked for")

// playLength is how much of the stream play asks for; zero means all of it. The
// specification's seconds (7.2.2.1) are milliseconds on the wire, as Flash and
// librtmp write them and SRS reads them. Where to start is for recordings: a live
// stream is played live.
func playLength(play command) time.Duration {
	ms, _ := play.arg(3).(float64)
	if !(ms > 0) {
		return 0
	}
	return time.Duration(min(ms, math.MaxInt32) * float64(time.Millisecond))
}

// played is what a player is told that has had its length: what Adobe's server says
// at the end of a recording.
func (p *player) played() []chunk.Message {
	complete := status{level: "status", code: codePlayComplete, description: "Played the duration asked for."}
	return []chunk.Message{
		{Type: chunk.DataAMF0, ChunkStream: dataChunks, Stream: p.command.stream, Body: amf0.Append(nil, "onPlayStatus", complete.object())},
		event(eventStreamEOF, p.command.stream),
		p.command.onStatus(status{level: "status", code: codePlayStop, description: "Stopped playing stream."}),
	}
}
