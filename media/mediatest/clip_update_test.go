package mediatest

import (
	"encoding/hex"
	"encoding/json"
	"flag"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"weir/media"
	"weir/media/flv"
)

var update = flag.Bool("update", false, "encode the clips anew, with ffmpeg")

// recipe is how a clip is made.
type recipe struct {
	codec  media.Codec
	fourCC string
	encode string // options of ffmpeg
	// config makes the sequence header of ffmpeg's; nil leaves it out.
	config func(extradata []byte) []byte
}

var recipes = []recipe{
	{media.H264, "avc1", "-c:v libx264 -preset veryfast -bf 0 -g 10 -b:v 60k -x264-params scenecut=0", asItIs},
	{media.H265, "hvc1", "-c:v libx265 -preset veryfast -tag:v hvc1 -b:v 60k -x265-params keyint=10:min-keyint=10:scenecut=0:open-gop=0:bframes=2:b-adapt=0:info=0:log-level=error", asItIs},
	{media.AV1, "av01", "-c:v libaom-av1 -usage realtime -cpu-used 8 -g 10 -b:v 60k", asItIs},
	{media.VP9, "vp09", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -auto-alt-ref 0 -g 10 -b:v 60k", vpcC},
	{media.AAC, "mp4a", "-c:a aac -ac 1 -ar 44100 -b:a 32k", asItIs},
	{media.MP3, ".mp3", "-c:a libmp3lame -ac 1 -ar 44100 -b:a 40k", nil},
	{media.Opus, "Opus", "-c:a libopus -ac 1 -b:a 24k", asItIs},
	{media.FLAC, "fLaC", "-c:a flac -ac 1 -ar 8000 -sample_fmt s16", flacHeader},
	{media.AC3, "ac-3", "-c:a ac3 -ac 1 -ar 48000 -b:a 64k", nil},
	{media.EAC3, "ec-3", "-c:a eac3 -ac 1 -ar 48000 -b:a 64k", nil},
}

func asItIs(b []byte) []byte { return b }

// vpcC is the VPCodecConfigurationRecord (VP Codec ISO Media File Format Binding) of
// profile 0 with 8 bits, which ffmpeg does not keep.
func vpcC([]byte) []byte { return []byte{1, 0, 0, 0, 0, 10, 0x82, 2, 2, 2, 0, 0} }

// flacHeader puts STREAMINFO behind the marker and its block header.
func flacHeader(b []byte) []byte { return append([]byte("fLaC\x80\x00\x00\x22"), b...) }

func TestUpdateClips(t *testing.T) {
	if !*update {
		t.Skip("-update")
	}
	for _, r := range recipes {
		b := flv.AppendHeader(nil, r.codec <= media.VP9, r.codec > media.VP9)
		for _, p := range r.make(t) {
			b = flv.AppendTag(b, p)
		}
		if err := os.WriteFile("testdata/"+r.codec.String()+".flv", b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func (r recipe) make(t *testing.T) []*media.Packet {
	t.Helper()
	file := filepath.Join(t.TempDir(), "clip.mp4")
	args := "-v error -f lavfi -i testsrc=size=160x90:rate=10 -f lavfi -i sine -map " + map[bool]string{true: "0", false: "1"}[r.codec <= media.VP9] +
		" -t 2 -pix_fmt yuv420p -strict -2 " + r.encode + " " + file
	if out, err := exec.CommandContext(t.Context(), "ffmpeg", strings.Fields(args)...).CombinedOutput(); err != nil {
		t.Fatalf("ffmpeg %s: %v\n%s", args, err, out)
	}
	out, err := exec.CommandContext(t.Context(), "ffprobe", "-v", "error", "-show_streams", "-show_packets", "-show_data", "-of", "json", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	var clip struct {
		Packets []struct {
			PTS   string `json:"pts_time"`
			DTS   string `json:"dts_time"`
			Flags string
			Data  string
		}
		Streams []struct{ Extradata string }
	}
	if err := json.Unmarshal(out, &clip); err != nil {
		t.Fatal(err)
	}
	var packets []*media.Packet
	if r.config != nil {
		packets = append(packets, r.packet(0, 0, 0, true, r.config(dump(t, clip.Streams[0].Extradata))))
	}
	zero := millis(t, clip.Packets[0].DTS)
	for _, p := range clip.Packets {
		dts := millis(t, p.DTS)
		packets = append(packets, r.packet(1, dts-zero, millis(t, p.PTS)-dts, strings.HasPrefix(p.Flags, "K"), dump(t, p.Data)))
	}
	return packets
}

func (r recipe) packet(typ byte, dts, cts time.Duration, key bool, payload []byte) *media.Packet {
	if r.codec > media.VP9 {
		return packet(media.Audio, dts, slices.Concat([]byte{9<<4 | typ}, []byte(r.fourCC), payload))
	}
	frame := byte(2)
	if key {
		frame = 1
	}
	var offset []byte
	if composed := r.codec == media.H264 || r.codec == media.H265; composed && typ == 1 && cts == 0 {
		typ = 3
	} else if composed && typ == 1 {
		ms := cts.Milliseconds()
		offset = []byte{byte(ms >> 16), byte(ms >> 8), byte(ms)}
	}
	return packet(media.Video, dts, slices.Concat([]byte{0x80 | frame<<4 | typ}, []byte(r.fourCC), offset, payload))
}

func millis(t *testing.T, s string) time.Duration {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return time.Duration(math.Round(f*1000)) * time.Millisecond
}

// dump reads ffprobe's, lines of "offset: hex digits  text".
func dump(t *testing.T, s string) (b []byte) {
	for line := range strings.Lines(strings.TrimSpace(s)) {
		_, digits, _ := strings.Cut(line, ": ")
		digits, _, _ = strings.Cut(digits, "  ")
		part, err := hex.DecodeString(strings.ReplaceAll(digits, " ", ""))
		if err != nil {
			t.Fatal(err)
		}
		b = append(b, part...)
	}
	return b
}
