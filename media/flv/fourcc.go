package flv

import "weir/media"

// VideoFourCCs and AudioFourCCs are the codecs of Enhanced bodies (Enhanced RTMP
// v2, VideoFourCc and AudioFourCc). Bodies of others travel as they are.
var (
	VideoFourCCs = map[string]media.Codec{
		"avc1": media.H264, "hvc1": media.H265, "vvc1": media.H266, "av01": media.AV1, "vp08": media.VP8, "vp09": media.VP9,
	}
	AudioFourCCs = map[string]media.Codec{
		"mp4a": media.AAC, ".mp3": media.MP3, "Opus": media.Opus, "fLaC": media.FLAC, "ac-3": media.AC3, "ec-3": media.EAC3,
	}
)

// fourCC reads a codec.
func (e *exBody) fourCC() (media.Codec, error) {
	b, err := e.take(4, len(e.b))
	if err != nil {
		return media.NoCodec, err
	}
	codecs, other := AudioFourCCs, media.OtherAudio
	if e.kind == media.Video {
		codecs, other = VideoFourCCs, media.OtherVideo
	}
	if c, ok := codecs[string(b)]; ok {
		return c, nil
	}
	return other, nil
}
