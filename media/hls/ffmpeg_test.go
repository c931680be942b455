package hls

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/media"
	"weir/media/flv"
)

// ffmpeg runs ffmpeg, which may say nothing but its output.
func ffmpeg(t *testing.T, args ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("runs ffmpeg")
	}
	path, err := exec.LookPath("ffmpeg")
	if err != nil {
		t.Skip(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, append([]string{"-v", "warning"}, args...)...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err = cmd.Run()
	faults := slices.DeleteFunc(strings.Split(said.String(), "\n"), harmless)
	if err != nil || len(faults) > 0 {
		t.Errorf("ffmpeg %s: %v\n%s", strings.Join(args, " "), err, strings.Join(faults, "\n"))
	}
	return out.String()
}

// harmless are times that go back at a discontinuity, whose tag ffmpeg does not heed.
func harmless(line string) bool { return line == "" || strings.HasSuffix(line, " out of order") }

// encode makes a clip of four seconds and returns its file and packets.
func encode(t *testing.T, args ...string) (string, []*media.Packet) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "clip.flv")
	sources := []string{"-f", "lavfi", "-i", "testsrc=size=320x180:rate=25", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100"}
	ffmpeg(t, slices.Concat(sources, []string{"-t", "4", "-pix_fmt", "yuv420p"}, args, []string{name})...)
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var packets []*media.Packet
	for r := flv.NewReader(bytes.NewReader(b)); ; {
		p, err := r.ReadPacket()
		if errors.Is(err, io.EOF) {
			return name, packets
		}
		if err != nil {
			t.Fatal(err)
		}
		packets = append(packets, p)
	}
}

// decoded returns the digests of the pictures or of the whole sound of an input.
func decoded(t *testing.T, input, track string) string {
	t.Helper()
	if track == "a" {
		return ffmpeg(t, "-i", input, "-map", "0:a", "-f", "md5", "-")
	}
	var sums []string
	for line := range strings.Lines(ffmpeg(t, "-i", input, "-map", "0:v", "-f", "framemd5", "-")) {
		if fields := strings.Fields(line); line[0] != '#' {
			sums = append(sums, fields[len(fields)-1])
		}
	}
	return strings.Join(sums, "\n")
}

// serve returns the URL of a stream that ended after packets.
func serve(t *testing.T, publishers ...[]*media.Packet) string {
	t.Helper()
	r := newRig(t, true)
	ctx, end := context.WithCancel(t.Context())
	if err := r.store.Output(Settings{Fragment: time.Second}).Run(ctx, key, &tape{publishers: publishers, end: end}); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(r.handler)
	t.Cleanup(srv.Close)
	return srv.URL + "/live/cam1.m3u8?vhost=" + key.VHost
}

func TestFFmpegPlays(t *testing.T) {
	x264 := []string{"-map", "0", "-map", "1", "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-b_strategy", "0", "-g", "25"}
	tests := []struct {
		name, tracks string
		args         []string
	}{
		{"H.264 with B-frames, AAC", "va", append(x264, "-c:a", "aac")},
		{"H.264, MP3", "va", append(x264, "-c:a", "libmp3lame")},
		{"H.264, MP3 of 22.05 kHz", "va", append(x264, "-c:a", "libmp3lame", "-ar", "22050")},
		{"MP3 of 22.05 kHz alone", "a", []string{"-map", "1", "-c:a", "libmp3lame", "-ar", "22050"}},
		{"AAC alone", "a", []string{"-map", "1", "-c:a", "aac"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file, packets := encode(t, tt.args...)
			url := serve(t, packets)
			for track := range strings.SplitSeq(tt.tracks, "") {
				if diff := cmp.Diff(decoded(t, file, track), decoded(t, url, track)); diff != "" {
					t.Errorf("track %s (-file +stream):\n%s", track, diff)
				}
			}
		})
	}
}

func TestFFmpegPlaysOnAfterRepublish(t *testing.T) {
	file, packets := encode(t, "-map", "0", "-c:v", "libx264", "-preset", "ultrafast", "-g", "25")
	want := decoded(t, file, "v")
	if diff := cmp.Diff(want+"\n"+want, decoded(t, serve(t, packets, packets), "v")); diff != "" {
		t.Errorf("pictures (-file twice +stream):\n%s", diff)
	}
}

func TestFFmpegDecodesEachSegmentAlone(t *testing.T) {
	_, packets := encode(t, "-map", "0", "-map", "1", "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-b_strategy", "0", "-g", "25", "-c:a", "aac")
	segments := cutAll(t, time.Second, packets)
	for i, s := range segments {
		name := filepath.Join(t.TempDir(), "segment.ts")
		if err := os.WriteFile(name, s.data, 0o600); err != nil {
			t.Fatal(err)
		}
		if n := len(strings.Fields(decoded(t, name, "v"))); n != 25 {
			t.Errorf("segment %d has %d pictures, want 25", i, n)
		}
		if i < len(segments)-1 && s.duration != time.Second {
			t.Errorf("segment %d lasts %v, want 1s", i, s.duration)
		}
	}
}

func TestFFmpegPlaysHEVC(t *testing.T) {
	name := filepath.Join(t.TempDir(), "clip.hevc")
	ffmpeg(t, "-f", "lavfi", "-i", "testsrc=size=320x180:rate=25", "-t", "4", "-pix_fmt", "yuv420p", "-c:v", "libx265",
		"-preset", "ultrafast", "-x265-params", "log-level=error:aud=1:bframes=0:keyint=25:min-keyint=25:scenecut=0", name)
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(decoded(t, name, "v"), decoded(t, serve(t, hevcPackets(b)), "v")); diff != "" {
		t.Errorf("pictures (-file +stream):\n%s", diff)
	}
}

// hevcPackets returns the packets, in Enhanced RTMP's form, of a byte stream whose
// pictures stand behind delimiters.
func hevcPackets(stream []byte) []*media.Packet {
	const delimiter, idr = 35, 20
	record := append(make([]byte, 21), 3, 3)
	record[0] = 1
	var packets []*media.Packet
	var sets int
	for nalu := range bytes.SplitSeq(stream, []byte{0, 0, 1}) {
		nalu = bytes.TrimRight(nalu, "\x00")
		if len(nalu) == 0 {
			continue
		}
		typ := nalu[0] >> 1 & 63
		if 32 <= typ && typ <= 34 && sets < 3 {
			sets++
			record = append(append(record, typ, 0, 1, 0, byte(len(nalu))), nalu...)
		}
		if typ == delimiter {
			at := time.Duration(len(packets)) * 40 * time.Millisecond
			packets = append(packets, &media.Packet{Kind: media.Video, Codec: media.H265, DTS: at, Body: []byte("\xa3hvc1")})
		}
		p := packets[len(packets)-1]
		p.Key = p.Key || typ == idr || typ == idr-1
		p.Body = append(binary.BigEndian.AppendUint32(p.Body, uint32(len(nalu))), nalu...)
	}
	header := &media.Packet{Kind: media.Video, Codec: media.H265, Config: true, Body: append([]byte("\x90hvc1"), record...)}
	return append([]*media.Packet{header}, packets...)
}
