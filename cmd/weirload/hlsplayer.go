//go:build linux

package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"time"
)

const (
	hlsTimeout  = 15 * time.Second
	hlsRetry    = 500 * time.Millisecond
	hlsPatience = 20 // playlists that fail, before a player gives up
	hlsEdge     = 3  // segments from the live edge that a player starts at
	hlsBodyMax  = 64 << 20
)

// hlsPlayer plays an HLS stream.
type hlsPlayer struct {
	*hlsAudience
	player *player
	url    string
	reach  reach

	http *http.Client
	last int64 // sequence number of the newest segment taken; -1 before
	init string
}

// run plays until ctx ends or the stream does.
func (p *hlsPlayer) run(ctx context.Context) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		panic(err) // without options there is no error
	}
	dialer := net.Dialer{Control: p.reach.control}
	transport := &http.Transport{
		DialContext: dialer.DialContext, MaxConnsPerHost: 1, DisableCompression: true,
		WriteBufferSize: 1 << 10, ReadBufferSize: 16 << 10,
	}
	defer transport.CloseIdleConnections()
	p.http = &http.Client{Jar: jar, Transport: transport, Timeout: hlsTimeout}
	p.locked(func() { p.player.begin = now() })
	p.last = -1
	for fails := 0; ; {
		pause, err := p.turn(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			pause = hlsRetry
			if fails++; fails > hlsPatience {
				p.fail(err)
				return
			}
		}
		if pause < 0 || sleep(ctx, pause) != nil {
			return
		}
	}
}

// turn takes the playlist and its new segments. It returns how long to wait for the next;
// below zero after the end of the stream.
func (p *hlsPlayer) turn(ctx context.Context) (time.Duration, error) {
	b, from, err := p.get(ctx, p.url)
	if err != nil {
		return 0, err
	}
	list := parsePlaylist(string(b))
	if list.variant != "" {
		u, err := from.Parse(list.variant)
		if err != nil {
			return 0, fmt.Errorf("playlist: %w", err)
		}
		p.url = u.String()
		return 0, nil
	}
	if list.init != "" && list.init != p.init {
		p.init = list.init
		p.take(ctx, from, list.init)
	}
	if p.last < 0 {
		p.last = max(list.sequence-1, list.sequence+int64(len(list.segments))-hlsEdge-1)
	}
	for i, s := range list.segments {
		if n := list.sequence + int64(i); n > p.last {
			p.last = n
			p.take(ctx, from, s)
		}
	}
	if list.ended {
		return -1, nil
	}
	return list.target / 2, nil
}

// take takes a segment.
func (p *hlsPlayer) take(ctx context.Context, from *url.URL, ref string) {
	u, err := from.Parse(ref)
	if err != nil {
		p.fail(fmt.Errorf("playlist: %w", err))
		return
	}
	b, _, err := p.get(ctx, u.String())
	if err != nil {
		p.fail(err)
		return
	}
	p.locked(func() { p.segment(b, now()) })
}

// segment books a segment that was complete at a time.
func (p *hlsPlayer) segment(b []byte, at time.Duration) {
	p.player.bytes += int64(len(b))
	p.Segments++
	for first := true; ; first = false {
		s, rest, ok := findStamp(b)
		if !ok {
			return
		}
		p.player.frame(at, s)
		if first {
			p.latency(at - s.sent)
		}
		b = rest
	}
}

func (p *hlsPlayer) get(ctx context.Context, addr string) ([]byte, *url.URL, error) {
	rq, err := http.NewRequestWithContext(ctx, http.MethodGet, addr, nil)
	if err != nil {
		return nil, nil, fmt.Errorf("get: %w", err)
	}
	rs, err := p.http.Do(rq)
	if err != nil {
		return nil, nil, fmt.Errorf("get: %w", err)
	}
	defer rs.Body.Close() //nolint:errcheck // what counts was read
	b, err := io.ReadAll(io.LimitReader(rs.Body, hlsBodyMax))
	if err != nil {
		return nil, nil, fmt.Errorf("get %s: %w", addr, err)
	}
	p.locked(func() {
		p.read(len(b))
		p.Requests++
	})
	if rs.StatusCode != http.StatusOK {
		return nil, nil, fmt.Errorf("%w: %s of %s", errAnswer, rs.Status, addr)
	}
	return b, rs.Request.URL, nil
}

// fail books an error, unless it is the end of the load.
func (p *hlsPlayer) fail(err error) {
	p.locked(func() {
		if p.open || p.Seconds == 0 {
			p.add(err)
		}
	})
}
