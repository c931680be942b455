package weir_test

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp"
	"weir/media/rtmp/chunk"
	"weir/weirtest"
)

// byHand publishes what the test writes, as fast as it does.
func byHand(t *testing.T, s *weirtest.Server, path string) (write func(...*media.Packet)) {
	t.Helper()
	c, err := rtmp.Dial(t.Context(), "rtmp://"+s.RTMP+"/"+path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.Publish(t.Context()); err != nil {
		t.Fatal(err)
	}
	return func(packets ...*media.Packet) {
		t.Helper()
		for _, p := range packets {
			if err := c.WritePacket(p); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// video is the beginning of a stream without audio: its headers, then frames.
func video(st mediatest.Stream, d time.Duration) (headers, frames []*media.Packet) {
	st.NoAudio = true
	all := st.Until(d)
	return all[:2], all[2:]
}

// Whether a player begins with what came before it is the GOP cache's affair.
func TestGOPCacheDirectives(t *testing.T) {
	t.Parallel()
	for block, first := range map[string]int{
		"":                                      0,
		"play { gop_cache off; }":               25,
		"play { gop_cache_max_frames 10; }":     25,
		"gop_cache on; gop_cache_max_frames 20": 0,
		"play { gop_cache_max_bytes 64k; }":     25, // eight frames
		"play { gop_cache_max_bytes 1m; }":      0,
	} {
		t.Run(block, func(t *testing.T) {
			t.Parallel()
			s := weirtest.Up(t, everything("min_latency on; "+block+";"))
			witness := play(t, s, "rtmp", "live/a")
			write := byHand(t, s, "live/a")
			headers, frames := video(mediatest.Stream{GOP: 25, FrameSize: 8 << 10}, 2*time.Second)
			write(headers...)
			write(frames[0])
			waitFrames(t, witness, 1)
			write(frames[1:20]...)
			waitFrames(t, witness, 20)
			p := play(t, s, "rtmp", "live/a")
			write(frames[20:30]...)
			waitFrames(t, p, 5)
			c := p.Count()
			if got := c.First(media.Video); !bytes.Equal(got.Body, frames[first].Body) {
				t.Errorf("the player does not begin with frame %d", first)
			}
		})
	}
}

// With mw_latency players get nothing until that much of the stream's time has
// gathered, and with mw_msgs so many packets; with min_latency each frame at once.
func TestLatencyDirectives(t *testing.T) {
	t.Parallel()
	for block, gather := range map[string]int{ // frames
		"mw_latency 10s;": 10, "play { mw_latency 10s; mw_msgs 15; }": 15, "play { mw_latency 10s; mw_msgs 5; }": 10,
		"mw_latency 10s; min_latency on; play { mw_msgs 100; }": 0, "play { mw_latency 0; }": 0,
	} {
		t.Run(block, func(t *testing.T) {
			t.Parallel()
			begun := time.Now()
			s := weirtest.Up(t, everything(block))
			write := byHand(t, s, "live/a")
			headers, frames := video(mediatest.Stream{FPS: 1}, 17*time.Second) // a frame each second
			write(headers...)
			write(frames[0])
			p := play(t, s, "rtmp", "live/a")
			waitFrames(t, p, 1) // it has joined
			if gather == 0 {
				write(frames[1:10]...)
				waitFrames(t, p, 10)
			} else {
				write(frames[1:gather]...)
				waitReceived(t, s, append(headers, frames[:gather]...))
				if c := p.Count(); c.Video > 1 {
					t.Errorf("%d frames came before %d had gathered", c.Video, gather)
				}
				write(frames[gather])
				waitFrames(t, p, gather+1)
			}
			if spent := time.Since(begun); spent > 10*time.Second { // then a stall sends all the same
				t.Errorf("it took %v", spent)
			}
		})
	}
}

// waitReceived waits until the server has all packets of its one publisher.
func waitReceived(t *testing.T, s *weirtest.Server, packets []*media.Packet) {
	t.Helper()
	bytes := 0
	for _, p := range packets {
		bytes += len(p.Body)
	}
	eventually(t, "the server has it all", func() bool {
		_, body := fetch(t, s.API, "/api/v1/streams")
		return strings.Contains(body, `"recv_bytes":`+strconv.Itoa(bytes)+",")
	})
}

// A player that does not read skips to a keyframe once it lags by queue_length.
func TestQueueLengthDirective(t *testing.T) {
	t.Parallel()
	for block, skips := range map[string]bool{"queue_length 1;": true, "queue_length 10m;": false} {
		t.Run(block, func(t *testing.T) {
			t.Parallel()
			const size = 200 << 10 // no socket holds 24 MB
			s := weirtest.Up(t, everything("min_latency on; "+block))
			p := playing(t, s.RTMP, "a")
			witness := play(t, s, "rtmp", "live/a")
			write := byHand(t, s, "live/a")
			headers, frames := video(mediatest.Stream{FPS: 5, GOP: 5, FrameSize: size}, 24*time.Second)
			write(headers...)
			for i, f := range frames {
				write(f)
				waitFrames(t, witness, i+1)
			}
			skipped := false
			for before := uint32(0); before < uint32(frames[len(frames)-1].DTS.Milliseconds()); {
				m, err := p.in.Next()
				if err != nil {
					t.Fatalf("after %d ms: %v", before, err)
				}
				if m.Type == chunk.Video {
					skipped = skipped || m.Timestamp > before+200
					before = m.Timestamp
				}
			}
			if skipped != skips {
				t.Errorf("skipped: %v, want %v", skipped, skips)
			}
		})
	}
}

func TestChunkSizeDirectives(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]uint32{
		"": 60000, "chunk_size 4096;": 4096, "vhost: chunk_size 128;": 128, "chunk_size 4096; vhost: chunk_size 8192;": 8192,
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			top, inVHost, _ := strings.Cut(text, "vhost:")
			s := weirtest.Up(t, top+everything(inVHost))
			p := shake(t, s.RTMP)
			var wire bytes.Buffer
			p.in.Source = io.TeeReader(p, &wire)
			p.Write(connectTo("live"))
			p.Write(createStream)
			p.Write(command(1, "play", 3, nil, "a"))
			if got := p.code("onStatus"); got != "NetStream.Play.Reset" {
				t.Fatalf("play: status %q", got)
			}
			head := []byte{chunk.ControlStream, 0, 0, 0, 0, 0, 4, byte(chunk.SetChunkSize), 0, 0, 0, 0}
			if !bytes.Contains(wire.Bytes(), append(head, u32(want)...)) {
				t.Errorf("no chunk size of %d in %x", want, wire.Bytes())
			}
		})
	}
}
