package weir_test

import (
	"bytes"
	"context"
	"math"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
	"weir/weirtest"
)

// part is a message of media, as a peer sends it.
type part struct {
	kind chunk.Type
	ms   uint32
	body string
}

// hostileMedia are messages that decoders, muxers and clocks trip over. A good
// stream from 1 h on follows each.
func hostileMedia() map[string][]part {
	avcC := func(rest string) string { return "\x17\x00\x00\x00\x00\x01\x64\x00\x28\xff" + rest }
	const good = "\xe1\x00\x0a\x67\x64\x00\x28\xac\xd9\x40\x78\x02\x27\x01\x00\x04\x68\xee\x3c\x80"
	frame := func(nalus string) string { return "\x17\x01\x00\x00\x00" + nalus }
	many := func(n int, p func(i int) part) (list []part) {
		for i := range n {
			list = append(list, p(i))
		}
		return list
	}
	data := func(values ...any) part {
		return part{chunk.DataAMF0, 0, string(amf0.Append(nil, values...))}
	}
	return map[string][]part{
		"SPS longer than the body":  {{9, 0, avcC("\xe1\xff\xff\x67")}, {9, 40, frame("\x00\x00\x00\x02\x65\x88")}},
		"no SPS":                    {{9, 0, avcC("\xe0\x00")}, {9, 40, frame("\x00\x00\x00\x02\x65\x88")}},
		"31 SPS":                    {{9, 0, avcC("\xff" + strings.Repeat("\x00\x01\x67", 31))}},
		"SPS of nothing":            {{9, 0, avcC("\xe1\x00\x00\x01\x00\x00")}, {9, 40, frame("\x00\x00\x00\x02\x65\x88")}},
		"SPS of ones":               {{9, 0, avcC("\xe1\x00\x40\x67" + strings.Repeat("\xff", 63) + "\x01\x00\x01\x68")}, {9, 40, frame("\x00\x00\x00\x02\x65\x88")}},
		"configuration of nothing":  {{9, 0, "\x17\x00\x00\x00\x00"}, {9, 0, "\x17\x00"}, {9, 0, "\x17"}},
		"NALU longer than the rest": {{9, 0, avcC(good)}, {9, 40, frame("\xff\xff\xff\xff\x65")}, {9, 80, frame("\x00\x00\x00\x09\x65")}},
		"empty NALUs":               {{9, 0, avcC(good)}, {9, 40, frame(strings.Repeat("\x00", 4000))}, {9, 80, frame("\x00\x00\x00")}},
		"200,000 empty NALUs":       {{9, 0, avcC(good)}, {9, 40, frame(strings.Repeat("\x00", 800000))}},
		"frame ahead of everything": {{9, 0, frame("\x00\x00\x00\x02\x65\x88")}, {8, 0, "\xaf\x01\x21"}},
		"unknown FourCC":            {{9, 0, "\x90evil"}, {9, 0, "\x91evil\x00\x00\x00"}, {9, 0, "\x90"}, {9, 0, "\x9f"}, {8, 0, "\x90evil"}, {8, 0, "\x9f\xff\xff\xff\xff"}},
		"tracks of lies": {
			{9, 0, "\x96\x10hvc1\x00\xff\xff\xffc"},
			{9, 0, "\x96\x21av01\x00\x00\x00"},
			{9, 0, "\x96\x06\x00hvc1\x00"},
			{9, 0, "\x96\xf1hvc1\x00"},
			{9, 0, "\x96"},
			{8, 0, "\x95\x10Opus" + strings.Repeat("\x00\x00\x00\x00", 300)},
			{8, 0, "\x95\x11mp4a\x00\x00\x00\x09x"},
		},
		"modifiers without end": {{9, 0, "\x97" + strings.Repeat("\x00a\x07", 300000)}, {8, 0, "\x97" + strings.Repeat("\x00a\x07", 300000)}, {9, 0, "\x97\xff\xff\xff"}},
		"headers of 256 tracks": many(1024, func(i int) part {
			return part{chunk.Type(8 + i%2), 0, []string{"\x95\x00Opus", "\x96\x00hvc1", "\x95\x04Opus", "\x96\x04hvc1"}[i%4] + string([]byte{byte(i / 4)}) + strings.Repeat("x", 60000)}
		}),
		"tracks without the first": many(300, func(i int) part { return part{9, uint32(i * 40), "\x96\x01hvc1\x01\x00\x00\x00n"} }),
		"AC-3 and Opus of nothing": {{8, 0, "\x90ac-3"}, {8, 0, "\x91ac-3"}, {8, 20, "\x91ec-3\x0b\x77"}, {8, 40, "\x90Opus"}, {8, 60, "\x91Opus"}, {8, 80, "\x90OpusOpusHead" + strings.Repeat("\xff", 11)}},
		"HEVC without parameters":  {{9, 0, "\x90hvc1"}, {9, 0, "\x90hvc1" + strings.Repeat("\xff", 40)}, {9, 40, "\x91hvc1\x00\x00\x00\x00\x00\x00\x02\x26\x01"}},
		"AV1 of ones":              {{9, 0, "\x90av01\xff\xff\xff\xff"}, {9, 40, "\x93av01" + strings.Repeat("\xff", 50)}},
		"AAC of nothing":           {{8, 0, "\xaf\x00"}, {8, 0, "\xaf\x00\xff"}, {8, 0, "\xaf\x00\xff\xff\xff\xff"}, {8, 20, "\xaf\x01"}, {8, 40, "\xaf\x01\x21"}},
		"AAC of 1 MB":              {{8, 0, "\xaf\x00\x12\x10"}, {8, 20, "\xaf\x01" + strings.Repeat("x", 1<<20)}},
		"codecs that are none":     {{8, 0, "\xef\x01x"}, {9, 0, "\x11\x01x"}, {9, 0, "\xff"}, {8, 0, "\x00"}},
		"codec that changes": many(400, func(i int) part {
			return part{9, uint32(i * 40), []string{avcC(good), "\x90hvc1\x01", frame("\x00\x00\x00\x02\x65\x88"), "\x91hvc1\x00\x00\x00\x00\x00\x00\x02\x26\x01"}[i%4]}
		}),
		"10,000 frames of no time":   append([]part{{9, 0, avcC(good)}}, many(10000, func(int) part { return part{9, 0, frame("\x00\x00\x00\x02\x65\x88")} })...),
		"frames without a keyframe":  append([]part{{9, 0, avcC(good)}}, many(3000, func(i int) part { return part{9, uint32(i * 40), "\x27\x01\x00\x00\x00\x00\x00\x00\x02\x41\x9a"} })...),
		"time that runs back":        append([]part{{9, 7200e3, avcC(good)}}, many(200, func(i int) part { return part{9, uint32(7200e3 - i*30e3), frame("\x00\x00\x00\x02\x65\x88")} })...),
		"time that leaps":            append([]part{{9, 0, avcC(good)}}, many(200, func(i int) part { return part{9, uint32(i) * 86400e3, frame("\x00\x00\x00\x02\x65\x88")} })...),
		"time that wraps":            {{9, math.MaxUint32 - 40, avcC(good)}, {9, math.MaxUint32 - 1, frame("\x00\x00\x00\x02\x65\x88")}, {9, 38, frame("\x00\x00\x00\x02\x65\x88")}},
		"presentation times":         {{9, 0, avcC(good)}, {9, 40, "\x17\x01\x7f\xff\xff\x00\x00\x00\x02\x65\x88"}, {9, 80, "\x17\x01\x80\x00\x00\x00\x00\x00\x02\x65\x88"}},
		"metadata of 1 MB":           {data("@setDataFrame", "onMetaData", amf0.Object{{Name: "x", Value: strings.Repeat("x", 1<<20)}})},
		"metadata that is no object": {data("@setDataFrame", "onMetaData", 7), data("@setDataFrame"), data("onMetaData"), data(), {chunk.DataAMF0, 0, "\x02\xff\xff"}, {chunk.DataAMF3, 0, ""}},
		"metadata of no numbers":     {data("@setDataFrame", "onMetaData", amf0.Object{{Name: "width", Value: math.NaN()}, {Name: "duration", Value: math.Inf(1)}, {Name: "width", Value: "\x00"}})},
		"metadata 10,000 times":      many(10000, func(int) part { return data("@setDataFrame", "onMetaData", amf0.Object{{Name: "width", Value: 1}}) }),
		"aggregate of lies":          {{chunk.Aggregate, 0, "\x09\xff\xff\xff\x00\x00\x00\x00\x00\x00\x00"}, {chunk.Aggregate, 0, strings.Repeat("\x16\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x0b", 1000)}},
	}
}

// Whatever a publisher sends as media, the server carries on, and so does the
// publisher: the good stream that follows plays in every protocol.
func TestHostileMedia(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything(""))
	b := stand(t, s)
	t.Run("of", func(t *testing.T) {
		for name, parts := range hostileMedia() {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				stream := strings.NewReplacer(" ", "_", ",", "").Replace(name)
				p := publishing(t, s.RTMP, "live", stream)
				p.Write(sizeUp)
				var all bytes.Buffer
				for _, part := range parts {
					all.Write(tagMessage(part.kind, part.ms, []byte(part.body)))
				}
				p.Write(all.Bytes())
				early := []*weirtest.Player{play(t, s, "rtmp", "live/"+stream), play(t, s, "flv", "live/"+stream)}
				good := (mediatest.Stream{GOP: 25, Start: time.Hour}).Until(time.Minute)
				good = writeUntil(t, p, good, time.Hour+4*time.Second)
				ctx, stop := context.WithCancel(t.Context())
				var goesOn sync.WaitGroup
				goesOn.Go(func() { // who lags, such as HLS on a machine under load, begins again with what is new
					for at := time.Hour + 5*time.Second; ctx.Err() == nil && len(good) > 0; at += time.Second {
						good = writeUntil(t, p, good, at)
						select {
						case <-ctx.Done():
						case <-time.After(300 * time.Millisecond):
						}
					}
				})
				defer goesOn.Wait()
				defer stop()
				for _, player := range early {
					waitGood(t, player)
				}
				for _, protocol := range weirtest.Basic {
					waitGood(t, play(t, s, protocol, "live/"+stream))
				}
			})
		}
	})
	b.unharmed(t)
	wellFormed(t, s.Log.String())
}

// writeUntil writes the packets up to a time and returns the rest.
func writeUntil(t *testing.T, p *peer, packets []*media.Packet, until time.Duration) []*media.Packet {
	t.Helper()
	var all bytes.Buffer
	n := 0
	for ; n < len(packets) && packets[n].DTS < until; n++ {
		all.Write(tagMessage(chunk.Type(packets[n].Kind), uint32(packets[n].DTS.Milliseconds()), packets[n].Body))
	}
	if _, err := p.Write(all.Bytes()); err != nil {
		t.Errorf("the publisher was sent away: %v", err)
	}
	return packets[n:]
}

// waitGood waits for frames with the sound of the good stream.
func waitGood(t *testing.T, p *weirtest.Player) {
	t.Helper()
	if err := p.Wait(func(c mediatest.Count) bool { return c.Video >= 25 && c.Audio >= 25 && c.First(media.Video) != nil }); err != nil {
		t.Error(err)
	}
}

// A publisher that dies without a word, or falls silent, is ended with one event,
// and its name is free.
func TestPublishersThatDie(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, everything("")+`
		vhost impatient {
			publish { normal_timeout 500; firstpkt_timeout 700; }
			js_on_unpublish { s.log('over ' + s.stream + ' because ' + s.reason); }
		}
	`)
	b := stand(t, s)
	keyframe := mediatest.GOP(1)[1].Body
	deaths := map[string]func(*testing.T, *peer){
		"killed":         func(_ *testing.T, p *peer) { p.Conn.(*net.TCPConn).SetLinger(0); p.Close() },
		"half_a_message": func(_ *testing.T, p *peer) { p.Write(tagMessage(9, 40, make([]byte, 100))[:50]); p.Close() },
		"silent":         func(_ *testing.T, p *peer) { p.Write(tagMessage(9, 0, keyframe)) },
		"never_begins":   func(*testing.T, *peer) {},
		"only_pings":     func(t *testing.T, p *peer) { keepSaying(t, p, message(chunk.UserControl, 0, []byte{0, 6, 0, 0, 0, 1})) },
		"only_half_bytes": func(t *testing.T, p *peer) {
			p.Write(sizeUp)
			p.Write(tagMessage(9, 0, make([]byte, 5000))[:12])
			keepSaying(t, p, []byte{0})
		},
		"reads_nothing": func(_ *testing.T, p *peer) {
			p.Write(bytes.Repeat(message(chunk.UserControl, 0, []byte{0, 6, 0, 0, 0, 1}), 100))
		},
	}
	t.Run("by", func(t *testing.T) {
		for name, die := range deaths {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				p := publishing(t, s.RTMP, "live", name+"?vhost=impatient")
				die(t, p)
				waitLog(t, s, 1, "over "+name+" because")
				publishing(t, s.RTMP, "live", name+"?vhost=impatient").Close()
				waitLog(t, s, 2, "over "+name+" because")
				if n := s.Log.Count("msg=unpublish", "stream="+name+" "); n != 2 {
					t.Errorf("%d ends of two publishes", n)
				}
			})
		}
	})
	b.unharmed(t)
}

// keepSaying sends b ever again until the server has enough of it.
func keepSaying(t *testing.T, p *peer, b []byte) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for begun := time.Now(); time.Since(begun) < weirtest.Patience; <-tick.C {
		if _, err := p.Write(b); err != nil {
			return
		}
	}
	t.Error("the server never has enough")
}

// Of those who want a name at the same moment one has it.
func TestContendersForAName(t *testing.T) {
	t.Parallel()
	const rounds, each = 10, 50
	s := weirtest.Up(t, everything(`js_on_publish { await null; } js_on_unpublish { s.log('over'); }`))
	for range rounds {
		peers := make([]*peer, each)
		for i := range peers {
			peers[i] = shake(t, s.RTMP)
			peers[i].Write(connectTo("live"))
			peers[i].Write(createStream)
			for v := peers[i].command(); v != nil && (v[0] != "_result" || v[1] != 2.0); v = peers[i].command() {
			}
		}
		codes := make(chan string, each)
		for _, p := range peers {
			go func() {
				p.Write(command(1, "publish", 3, nil, "a", "live"))
				codes <- p.code("onStatus")
			}()
		}
		count := map[string]int{}
		for range peers {
			count[<-codes]++
		}
		if count["NetStream.Publish.Start"] != 1 || count["NetStream.Publish.BadName"] != each-1 {
			t.Fatalf("answers: %v, want one to start", count)
		}
		n := s.Log.Count("msg=unpublish")
		for _, p := range peers {
			p.Close()
		}
		waitLog(t, s, n+1, "msg=unpublish")
	}
	waitLog(t, s, rounds*each, "msg=over")
	if n := s.Log.Count("msg=over"); n != rounds*each {
		t.Errorf("%d events, want one for each gate: %d", n, rounds*each)
	}
}
