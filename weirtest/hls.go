package weirtest

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/asticode/go-astits"

	"weir/media"
)

// pollHLS is how often a player asks for a playlist.
const pollHLS = 100 * time.Millisecond

var errEndList = errors.New("the playlist has ended")

// hls plays a playlist: every segment once, each frame of it counted.
func (p *Player) hls(ctx context.Context, address string) error {
	body, err := get(ctx, p.client, address)
	if err != nil {
		return err
	}
	list, err := readPlaylist(address, body)
	if err != nil {
		return err
	}
	if len(list.variants) > 0 {
		address = list.variants[0]
	}
	go func() {
		defer close(p.done)
		p.err = p.poll(ctx, address)
	}()
	return nil
}

func (p *Player) poll(ctx context.Context, address string) error {
	seen := map[string]bool{}
	for {
		body, err := get(ctx, p.client, address)
		if err != nil {
			return err
		}
		list, err := readPlaylist(address, body)
		if err != nil {
			return err
		}
		for _, segment := range list.segments {
			if seen[segment] {
				continue
			}
			seen[segment] = true
			if err := p.segment(ctx, segment); err != nil {
				return err
			}
		}
		if list.ended {
			return errEndList
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pollHLS):
		}
	}
}

// playlist is what a player needs of a playlist's text.
type playlist struct {
	variants, segments []string // absolute URLs
	ended              bool
}

func readPlaylist(address string, body io.ReadCloser) (playlist, error) {
	defer body.Close() //nolint:errcheck // it was read
	base, err := url.Parse(address)
	if err != nil {
		return playlist{}, err
	}
	var list playlist
	lines := bufio.NewScanner(body)
	master := false
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		switch {
		case strings.HasPrefix(line, "#EXT-X-STREAM-INF"):
			master = true
		case line == "#EXT-X-ENDLIST":
			list.ended = true
		case line == "" || line[0] == '#':
		default:
			ref, err := base.Parse(line)
			if err != nil {
				return playlist{}, err
			}
			if master {
				list.variants = append(list.variants, ref.String())
			} else {
				list.segments = append(list.segments, ref.String())
			}
		}
	}
	return list, lines.Err()
}

// segment counts the frames of one MPEG-TS segment.
func (p *Player) segment(ctx context.Context, address string) error {
	body, err := get(ctx, p.client, address)
	if err != nil {
		return err
	}
	defer body.Close() //nolint:errcheck // it was read
	if err := p.demux(ctx, body); !errors.Is(err, astits.ErrNoMorePackets) {
		return err
	}
	return nil
}

// demux counts the frames of a transport stream until its end.
func (p *Player) demux(ctx context.Context, in io.Reader) error {
	d := astits.NewDemuxer(ctx, in)
	for {
		data, err := d.NextData()
		if err != nil {
			return err
		}
		if data.PES != nil {
			p.add(pesPacket(data))
		}
	}
}

// ts plays a transport stream.
func (p *Player) ts(ctx context.Context, address string) error {
	body, err := get(ctx, p.client, address)
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { body.Close() }) //nolint:errcheck // it is over
	go func() {
		defer close(p.done)
		p.err = p.demux(ctx, body)
	}()
	return nil
}

// pesPacket is a PES packet as a packet of the stream, without its body.
func pesPacket(d *astits.DemuxerData) *media.Packet {
	pkt := &media.Packet{Kind: media.Audio, Codec: media.AAC, Body: d.PES.Data}
	if d.PES.Header.IsVideoStream() {
		pkt.Kind, pkt.Codec = media.Video, media.H264
		a := d.FirstPacket.AdaptationField
		pkt.Key = a != nil && a.RandomAccessIndicator
	}
	if h := d.PES.Header.OptionalHeader; h != nil {
		if h.PTS != nil {
			pkt.DTS = h.PTS.Duration()
		}
		if h.DTS != nil {
			pkt.DTS = h.DTS.Duration()
		}
	}
	return pkt
}
