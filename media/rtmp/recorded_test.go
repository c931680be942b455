package rtmp_test

import (
	"bytes"
	"flag"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"weir/media"
	"weir/media/mediatest"
	"weir/media/rtmp"
	"weir/media/rtmp/chunk"
)

var update = flag.Bool("update", false, "record what other programs say anew")

// recorded are what other programs said to this server: testdata/NAME.bin is all
// that they sent.
var recorded = []struct {
	name    string
	program string
	args    string // IN and OUT are files, URL is the stream's
	status  string // that it comes to
	packets int    // that it publishes at least
}{
	{"ffmpeg-publish", "ffmpeg", "-v error -i IN -c copy -f flv URL", "NetStream.Publish.Start", 100},
	{"ffmpeg-play", "ffmpeg", "-v error -analyzeduration 1000000 -i URL -t 1 -f null -", "NetStream.Play.Start", 0},
	{"rtmpdump-play", "rtmpdump", "-q --live -B 1 -r URL -o OUT", "NetStream.Play.Start", 0},
	{"gstreamer-publish", "gst-launch-1.0", "-q filesrc location=IN ! flvdemux name=in in.video ! queue ! out.video in.audio ! queue ! out.audio flvmux name=out streamable=true ! rtmp2sink location=URL", "NetStream.Publish.Start", 60},
	{"gstreamer-play", "gst-launch-1.0", "-q rtmp2src num-buffers=80 location=URL ! filesink location=OUT", "NetStream.Play.Start", 0},
}

// TestRecordedPeersAreUnderstood replays each, at once and piece by piece, without
// waiting for any answer.
func TestRecordedPeersAreUnderstood(t *testing.T) {
	for _, rec := range recorded {
		t.Run(rec.name, func(t *testing.T) {
			file := filepath.Join("testdata", rec.name+".bin")
			if *update {
				record(t, file, rec.program, rec.args)
			}
			said, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, piece := range []int{len(said), 1000} {
				r := mediatest.NewRouter(t)
				p := replay(t, serve(t, r, rtmp.Settings{}), said, piece)
				for code := ""; code != rec.status; {
					_, code = p.status()
				}
				_ = p.Conn.(*net.TCPConn).CloseWrite()
				if !r.Wait(soon(t), func() bool { return r.Open() == 0 && len(r.Disconnected()) == 1 }) {
					t.Fatal("the session goes on")
				}
				var n mediatest.Count
				for _, q := range r.Packets(media.Key{VHost: "127.0.0.1", App: "live", Stream: "cam"}) {
					if q != nil {
						n.Add(q)
					}
				}
				if n.Video+n.Audio < rec.packets || n.Gaps+n.Backwards != 0 {
					t.Errorf("%d video, %d audio, %d gaps, %d backwards; want %d packets", n.Video, n.Audio, n.Gaps, n.Backwards, rec.packets)
				}
			}
		})
	}
}

// replay says it all, and reads the handshake.
func replay(t *testing.T, addr string, said []byte, piece int) *peer {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	_ = c.SetDeadline(time.Now().Add(patience))
	p := &peer{TB: t, Conn: c}
	p.in.Source = c
	for ; len(said) > 0; said = said[min(piece, len(said)):] {
		if _, err := c.Write(said[:min(piece, len(said))]); err != nil {
			break // it was sent away, which the status tells
		}
	}
	if _, err := io.ReadFull(c, make([]byte, 3073)); err != nil {
		t.Fatal(err)
	}
	return p
}

// record runs a program against a server and writes what it says.
func record(t *testing.T, file, program, args string) {
	t.Helper()
	_, addr := serveHub(t)
	tap, heard := listenIn(t, addr)
	if strings.Contains(args, "OUT") || strings.Contains(args, "-i URL") {
		stream(t, "rtmp://"+addr+"/live/cam", mediatest.Stream{})
	}
	words := strings.NewReplacer("URL", "rtmp://"+tap+"/live/cam", "IN", flvFile(t, 2*time.Second), "OUT", filepath.Join(t.TempDir(), "out")).Replace(args)
	if out, err := run(t, program, strings.Fields(words)...); err != nil {
		t.Logf("%s: %v\n%s", program, err, out)
	}
	if err := os.WriteFile(file, heard(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// listenIn stands between a client and addr. heard waits for the client's end and
// returns what it said.
func listenIn(t *testing.T, addr string) (tap string, heard func() []byte) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	var ended sync.WaitGroup
	ended.Go(func() {
		defer l.Close() //nolint:errcheck // of a test
		client, err := l.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", addr)
		if err != nil {
			t.Error(err)
			return
		}
		ended.Go(func() { _, _ = io.Copy(client, server); _ = client.Close() })
		_, _ = io.Copy(server, io.TeeReader(client, &said))
		_ = server.Close()
	})
	return l.Addr().String(), func() []byte { ended.Wait(); return said.Bytes() }
}

// Encoders that speak as Flash Media Live Encoder did wait for these words, in
// this order.
func TestFlashEncodersAreAnswered(t *testing.T) {
	r := mediatest.NewRouter(t)
	p := shake(t, serve(t, r, rtmp.Settings{}))
	p.send(connectCmd, cmd(0, "releaseStream", 2, nil, "cam"), cmd(0, "FCPublish", 3, nil, "cam"), cmd(0, "createStream", 4, nil))
	for id := 1.0; id <= 4; id++ {
		if v := p.next(); v == nil || v[0] != "_result" || v[1] != id {
			t.Fatalf("answer %v, want that of %v", v, id)
		}
	}
	p.send(cmd(1, "publish", 5, nil, "cam", "live"))
	for _, name := range []string{"onFCPublish", "onStatus"} {
		if code := p.expect(name); code != "NetStream.Publish.Start" {
			t.Errorf("%s: %s", name, code)
		}
	}
	p.send(frame(0), cmd(0, "FCUnpublish", 6, nil, "cam"))
	if code := p.expect("onFCUnpublish"); code != "NetStream.Unpublish.Success" {
		t.Errorf("onFCUnpublish: %s", code)
	}
	p.expect("_result")
	if code := p.expect("onStatus"); code != "NetStream.Unpublish.Success" {
		t.Errorf("onStatus: %s", code)
	}
	p.send(cmd(0, "deleteStream", 7, nil, 1), controlMessage(chunk.UserControl, append([]byte{0, 6}, u32(1)...)))
	if m, err := p.in.Next(); err != nil || m.Type != chunk.UserControl {
		t.Errorf("deleteStream is answered by %v, %v", m, err)
	}
}
