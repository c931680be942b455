package httpapi

import (
	"strconv"

	"weir/js/hook"
	"weir/media"
	"weir/media/flv"
)

// videoShape has what the publisher says of its video: the profile and the level
// of its sequence header, the size of its metadata; "" and 0 are not known.
type videoShape struct {
	Codec   string `json:"codec"`
	Profile string `json:"profile"` // of H.264 and H.265, as SRS names them
	Level   string `json:"level"`   // "3.1"
	Width   int    `json:"width"`
	Height  int    `json:"height"`
}

type audioShape struct {
	Codec      string `json:"codec"`
	SampleRate int    `json:"sample_rate"` // Hz
	Channel    int    `json:"channel"`     // how many
	Profile    string `json:"profile"`     // of AAC
}

// videoOf is nil of a stream without video; header may be nil.
func videoOf(v hook.Video, header *media.Packet) *videoShape {
	if v.Codec == media.NoCodec {
		return nil
	}
	shape := &videoShape{Codec: v.Codec.String(), Width: v.Width, Height: v.Height}
	record := payload(header, v.Codec)
	switch {
	case v.Codec == media.H264 && len(record) >= 4: // AVCDecoderConfigurationRecord (ISO/IEC 14496-15, 5.3.3.1)
		shape.Profile, shape.Level = named(avcProfiles, record[1]), level(int(record[3]), 10)
	case v.Codec == media.H265 && len(record) >= 13: // HEVCDecoderConfigurationRecord (8.3.3.1)
		shape.Profile, shape.Level = named(hevcProfiles, record[1]&31), level(int(record[12]), 30)
	}
	return shape
}

// audioOf is nil of a stream without audio; header may be nil.
func audioOf(a hook.Audio, header *media.Packet) *audioShape {
	if a.Codec == media.NoCodec {
		return nil
	}
	shape := &audioShape{Codec: a.Codec.String(), SampleRate: a.SampleRate, Channel: a.Channels}
	if config := payload(header, a.Codec); a.Codec == media.AAC && len(config) > 0 {
		shape.Profile = named(aacProfiles, config[0]>>3)
	}
	return shape
}

// payload is the sequence header if it is of the codec.
func payload(header *media.Packet, c media.Codec) []byte {
	if header == nil || header.Codec != c {
		return nil
	}
	return flv.Payload(header)
}

// level is written as unit steps to the whole: 31 of ten is 3.1, 30 is 3.
func level(n, unit int) string { return strconv.FormatFloat(float64(n*10/unit)/10, 'f', -1, 64) }

func named(names map[byte]string, n byte) string {
	if name, ok := names[n]; ok {
		return name
	}
	return "Other"
}

// The profiles by SRS's names: profile_idc of H.264 (ITU-T H.264, annex A) and of
// H.265 (ITU-T H.265, annex A), and the audio object type (ISO/IEC 14496-3, table 1.17).
var (
	avcProfiles = map[byte]string{
		66: "Baseline", 77: "Main", 88: "Extended", 100: "High", 110: "High(10)", 122: "High(422)", 144: "High(444)", 244: "High(444+Predictive)",
	}
	hevcProfiles = map[byte]string{1: "Main", 2: "Main10", 3: "MainStillPicture", 4: "Rext"}
	aacProfiles  = map[byte]string{1: "Main", 2: "LC", 3: "SSR", 5: "HE", 29: "HEv2"}
)
