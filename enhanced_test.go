package weir_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"weir/media"
	"weir/media/flv"
	"weir/media/mediatest"
	"weir/media/rtmp"
	"weir/weirtest"
)

// enhanced is what an encoder of Enhanced RTMP sends.
type enhanced struct {
	packets      []*media.Packet
	video, audio media.Codec // of the first tracks
	hls          string      // what ffmpeg finds in the segments
}

func enhancedStreams() map[string]enhanced {
	clip := mediatest.Clip
	return map[string]enhanced{
		"avc1_mp4a":   {interleaved(clip(media.H264), clip(media.AAC)), media.H264, media.AAC, "h264 aac"},
		"hvc1_mp3":    {interleaved(clip(media.H265), clip(media.MP3)), media.H265, media.MP3, "hevc mp3"},
		"hevc12_ac-3": {interleaved(each(clip(media.H265), mediatest.Legacy), clip(media.AC3)), media.H265, media.AC3, "hevc ac3"},
		"hvc1_ec-3":   {interleaved(clip(media.H265), emptyHeader("\x90ec-3"), clip(media.EAC3)), media.H265, media.EAC3, "hevc eac3"},
		"av01_Opus":   {interleaved(clip(media.AV1), clip(media.Opus)), media.AV1, media.Opus, "opus"},
		"vp09_fLaC":   {interleaved(clip(media.VP9), clip(media.FLAC)), media.VP9, media.FLAC, ""},
		"hvc1_fLaC":   {interleaved(clip(media.H265), clip(media.FLAC)), media.H265, media.FLAC, "hevc"},
		"Opus":        {clip(media.Opus), media.NoCodec, media.Opus, "opus"},
		"ac-3":        {clip(media.AC3), media.NoCodec, media.AC3, "ac3"},
		"colours":     {slices.Concat(clip(media.H265)[:1], []*media.Packet{mediatest.Colours()}, clip(media.H265)[1:]), media.H265, media.NoCodec, "hevc"},
		"nanoseconds": {interleaved(each(clip(media.H264), mediatest.Timed), each(clip(media.Opus), mediatest.Timed)), media.H264, media.Opus, "h264 opus"},
		"changes":     {append(interleaved(clip(media.H264), clip(media.AAC)), shifted(interleaved(clip(media.H265), clip(media.MP3)))...), media.H265, media.MP3, ""},
		"multitrack":  {multitrack(media.H264), media.H264, media.AAC, "h264 aac"},
		"many_codecs": {multitrack(media.AV1), media.AV1, media.AAC, "aac"},
	}
}

// interleaved are clips as one stream, in the order of their times.
func interleaved(clips ...[]*media.Packet) []*media.Packet {
	all := slices.Concat(clips...)
	slices.SortStableFunc(all, func(a, b *media.Packet) int { return int(a.DTS - b.DTS) })
	return all
}

// emptyHeader is the sequence header that ffmpeg sends of codecs that have none.
func emptyHeader(body string) []*media.Packet {
	p, err := flv.Packet(media.Audio, 0, []byte(body))
	if err != nil {
		panic(err)
	}
	return []*media.Packet{p}
}

// shifted are packets that go on after two seconds.
func shifted(packets []*media.Packet) []*media.Packet {
	return each(packets, func(p *media.Packet) *media.Packet {
		q := *p
		q.DTS += 2 * time.Second
		return &q
	})
}

func each(packets []*media.Packet, f func(*media.Packet) *media.Packet) []*media.Packet {
	for i, p := range packets {
		packets[i] = f(p)
	}
	return packets
}

// multitrack is a stream of pictures of c and of H.265, as messages of their own and
// as one of many tracks, and of two tracks of sound.
func multitrack(c media.Codec) []*media.Packet {
	var out []*media.Packet
	second := mediatest.Clip(media.H265)
	for i, p := range mediatest.Clip(c) {
		if i%2 == 0 && p.Body[0] == second[i].Body[0] {
			out = append(out, mediatest.Tracks(p, second[i]))
		} else {
			out = append(out, p, mediatest.Track(1, second[i]))
		}
	}
	opus := func(p *media.Packet) *media.Packet { return mediatest.Track(2, p) }
	return interleaved(out, mediatest.Clip(media.AAC), each(mediatest.Clip(media.Opus), opus))
}

// split are the bodies of headers, in no order, and those of frames. Of a player that
// comes when the packets have been sent it is what that one gets.
func split(packets []*media.Packet, late bool) (headers, frames []string) {
	codec := map[media.Kind]media.Codec{} // the newest of first tracks
	for _, p := range packets {
		if p.Track == 0 {
			codec[p.Kind] = p.Codec
		}
	}
	for _, p := range packets {
		switch {
		case (p.Config || p.Info) && (!late || p.Track != 0 || p.Codec == codec[p.Kind]):
			headers = append(headers, string(p.Body))
		case p.Config || p.Info:
		case late && p.Key:
			frames = []string{string(p.Body)}
		default:
			frames = append(frames, string(p.Body))
		}
	}
	slices.Sort(headers)
	return headers, frames
}

// What encoders of Enhanced RTMP send comes to players byte for byte, whenever they
// come; the API and scripts know its codecs; HLS carries what MPEG-TS can.
func TestEnhancedRTMP(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(`js_on_play { s.log('plays', s.stream, s.live?.video?.codec ?? 'none', s.live?.audio?.codec ?? 'none'); }`))
	t.Run("of", func(t *testing.T) {
		for name, e := range enhancedStreams() {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				path := "live/" + name
				pub := dial(t, s, path)
				if err := pub.Publish(t.Context()); err != nil {
					t.Fatal(err)
				}
				early := []*tape{playRTMP(t, s, path), playFLV(t, s, path)}
				first := 1 + slices.IndexFunc(e.packets, func(p *media.Packet) bool { return !p.Config && !p.Info })
				write(t, pub, e.packets[:first])
				for _, tape := range early {
					tape.frames(t, 1) // it has joined
				}
				write(t, pub, e.packets[first:])
				for _, tape := range early {
					e.compare(t, tape, false)
				}
				e.known(t, s, name)
				if e.video != media.NoCodec {
					e.compare(t, playRTMP(t, s, path), true)
					e.compare(t, playFLV(t, s, path), true)
				}
				if err := pub.Close(); err != nil {
					t.Error(err)
				}
				e.decoded(t, s, path)
			})
		}
	})
	for name, told := range map[string]string{"av01_Opus": "av1", "hvc1_fLaC": "flac"} {
		waitLog(t, s, 1, "hls: packet left out", "stream="+name, told)
		if n := s.Log.Count("hls: packet left out", "stream="+name); n != 1 {
			t.Errorf("%s: %d lines in the log, want one", name, n)
		}
	}
}

func dial(t *testing.T, s *weirtest.Server, path string) *rtmp.Client {
	t.Helper()
	c, err := rtmp.Dial(t.Context(), "rtmp://"+s.RTMP+"/"+path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func write(t *testing.T, c *rtmp.Client, packets []*media.Packet) {
	t.Helper()
	for _, p := range packets {
		if err := c.WritePacket(p); err != nil {
			t.Fatal(err)
		}
	}
}

// tape is what a player got.
type tape struct {
	protocol string
	read     func() (*media.Packet, error)
	packets  []*media.Packet
	n        int // frames among them
}

// frames reads until there are n.
func (p *tape) frames(t *testing.T, n int) {
	t.Helper()
	for p.n < n {
		pkt, err := p.read()
		if err != nil {
			t.Fatalf("%s after %d of %d frames: %v", p.protocol, p.n, n, err)
		}
		if p.packets = append(p.packets, pkt); !pkt.Config && !pkt.Info {
			p.n++
		}
	}
}

func playRTMP(t *testing.T, s *weirtest.Server, path string) *tape {
	t.Helper()
	c := dial(t, s, path)
	if err := c.Play(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &tape{protocol: "RTMP", read: c.ReadPacket}
}

func playFLV(t *testing.T, s *weirtest.Server, path string) *tape {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), weirtest.Patience)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.HTTP+"/"+path+".flv", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", r.URL, resp.Status)
	}
	return &tape{protocol: "HTTP-FLV", read: flv.NewReader(resp.Body).ReadPacket}
}

// compare waits until a player has all frames, and looks whether they are those.
func (e enhanced) compare(t *testing.T, p *tape, late bool) {
	t.Helper()
	headers, frames := split(e.packets, late)
	p.frames(t, len(frames))
	gotHeaders, gotFrames := split(p.packets, false)
	if d := gocmp.Diff(headers, slices.Compact(gotHeaders)); d != "" {
		t.Errorf("%s, late %v, headers (-want +got):\n%s", p.protocol, late, d)
	}
	if !slices.Equal(frames, gotFrames) {
		t.Errorf("%s, late %v: the frames differ from what was published", p.protocol, late)
	}
}

// known asks the API, and a script, for the codecs.
func (e enhanced) known(t *testing.T, s *weirtest.Server, name string) {
	t.Helper()
	var list struct {
		Streams []struct {
			Name         string
			Video, Audio *struct{ Codec string }
		}
	}
	_, body := fetch(t, s.API, "/api/v1/streams")
	if err := json.Unmarshal([]byte(body), &list); err != nil {
		t.Fatal(err)
	}
	named := func(c *struct{ Codec string }) string {
		if c == nil {
			return ""
		}
		return c.Codec
	}
	for _, st := range list.Streams {
		if video, audio := named(st.Video), named(st.Audio); st.Name == name && (video != e.video.String() || audio != e.audio.String()) {
			t.Errorf("the API says %q and %q, want %q and %q", video, audio, e.video, e.audio)
		}
	}
	play(t, s, "flv", "live/"+name)
	waitLog(t, s, 1, fmt.Sprintf("plays %s %s %s", name, cmp.Or(e.video.String(), "none"), cmp.Or(e.audio.String(), "none")))
}

// decoded lets ffmpeg look into the segments and decode them.
func (e enhanced) decoded(t *testing.T, s *weirtest.Server, path string) {
	t.Helper()
	if e.hls == "" {
		return
	}
	var file string
	eventually(t, "two seconds of segments", func() bool {
		var seconds float64
		file, seconds = recorded(t, "http://"+s.HTTP+"/"+path+".m3u8")
		return seconds > 1.7
	})
	out, err := output(t, "ffprobe", "-v", "error", "-show_entries", "stream=codec_name", "-of", "default=nw=1:nk=1", file)
	if err != nil || !sameWords(strings.Fields(out), strings.Fields(e.hls)) {
		t.Errorf("ffprobe of the segments: %v: %q, want %s", err, out, e.hls)
	}
	out, err = output(t, "ffmpeg", "-v", "warning", "-i", file, "-map", "0", "-f", "null", "-")
	if err != nil || out != "" {
		t.Errorf("ffmpeg decodes the segments: %v: %s", err, out)
	}
}

// recorded fetches a playlist's segments into a file, and says how long they last.
func recorded(t *testing.T, address string) (file string, seconds float64) {
	t.Helper()
	var all []byte
	base, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(fetched(t, address)) {
		line = strings.TrimSpace(line)
		if d, ok := strings.CutPrefix(line, "#EXTINF:"); ok {
			var s float64
			fmt.Sscanf(d, "%f", &s)
			seconds += s
		}
		if line == "" || line[0] == '#' {
			continue
		}
		next, err := base.Parse(line)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(line, ".m3u8") {
			return recorded(t, next.String())
		}
		all = append(all, fetched(t, next.String())...)
	}
	file = filepath.Join(t.TempDir(), "segments.ts")
	if err := os.WriteFile(file, all, 0o600); err != nil {
		t.Fatal(err)
	}
	return file, seconds
}

// fetched is the body of an answer, "" when it is not 200.
func fetched(t *testing.T, address string) string {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK {
		return ""
	}
	return string(b)
}
