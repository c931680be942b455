package flv

import "weir/media"

// Sound formats, the high four bits of an audio body (E.4.2.1).
const (
	soundMP3  = 2
	soundEx   = 9 // Enhanced RTMP v2
	soundAAC  = 10
	soundMP38 = 14 // MP3 at 8 kHz
)

// parseAudio reads the header of an audio body that is not an Enhanced one (E.4.2).
func parseAudio(b []byte) (header, error) {
	switch b[0] >> 4 {
	case soundAAC:
		if len(b) < 2 {
			return header{}, ErrShort
		}
		return header{codec: media.AAC, config: b[1] == 0, from: 2, to: len(b)}, nil
	case soundMP3, soundMP38:
		return header{codec: media.MP3, from: 1, to: len(b)}, nil
	}
	return header{codec: media.OtherAudio, from: 1, to: len(b)}, nil
}
