package weirtest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"weir/media"
	"weir/media/flv"
	"weir/media/mediatest"
	"weir/media/rtmp"
)

// Protocols are those that players have. Transport streams are below /ts.
var Protocols = []string{"rtmp", "flv", "hls", "ws-flv", "ts"}

// Basic are the protocols that have little in common.
var Basic = Protocols[:3]

// Refused is a refusal of an HTTP request.
type Refused struct {
	Code   int
	Reason string
}

func (r *Refused) Error() string { return fmt.Sprintf("%d: %s", r.Code, r.Reason) }

// Player plays a stream and counts what it gets.
type Player struct {
	mu    sync.Mutex
	count mediatest.Count
	more  chan struct{} // closed at the next packet

	client *http.Client
	cancel context.CancelFunc
	done   chan struct{}
	err    error
}

// Play plays path ("live/a?token=x") in a protocol, which may have "+tls" behind it,
// but for RTMP. It returns once the player was admitted; a refusal is an error: a
// *Refused in HTTP, a *rtmp.StatusError in RTMP.
func (s *Server) Play(protocol, path string) (*Player, error) {
	ctx, cancel := context.WithCancel(context.Background())
	protocol, secure := strings.CutSuffix(protocol, "+tls")
	p := &Player{client: client(s.Roots), more: make(chan struct{}), cancel: cancel, done: make(chan struct{})}
	var err error
	switch protocol {
	case "rtmp":
		err = p.rtmp(ctx, fmt.Sprintf("rtmp://%s/%s", s.RTMP, path))
	case "flv":
		err = p.flv(ctx, s.url(path, ".flv", secure))
	case "ws-flv":
		err = p.websocket(ctx, s.url(path, ".flv", secure))
	case "ts":
		err = p.ts(ctx, s.url("ts/"+path, ".ts", secure))
	case "hls":
		err = p.hls(ctx, s.url(path, ".m3u8", secure))
	default:
		err = fmt.Errorf("no protocol %q", protocol)
	}
	if err != nil {
		cancel()
		return nil, err
	}
	return p, nil
}

// url puts a suffix behind the stream's name, ahead of the query.
func (s *Server) url(path, suffix string, secure bool) string {
	base := "http://" + s.HTTP
	if secure {
		base = "https://" + s.HTTPS
	}
	name, query, has := strings.Cut(path, "?")
	u := base + "/" + name + suffix
	if has {
		u += "?" + query
	}
	return u
}

func (p *Player) rtmp(ctx context.Context, url string) error {
	client, err := rtmp.Dial(ctx, url)
	if err != nil {
		return err
	}
	if err := client.Play(ctx); err != nil {
		client.Close() //nolint:errcheck // it was refused
		return err
	}
	context.AfterFunc(ctx, func() { client.Close() }) //nolint:errcheck // it is over
	go p.read(client.ReadPacket)
	return nil
}

func (p *Player) flv(ctx context.Context, url string) error {
	body, err := get(ctx, p.client, url)
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { body.Close() }) //nolint:errcheck // it is over
	go p.read(flv.NewReader(body).ReadPacket)
	return nil
}

// client keeps no connection: every player is one of its own.
func client(roots *x509.CertPool) *http.Client {
	return &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: roots}}}
}

func get(ctx context.Context, client *http.Client, url string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		defer resp.Body.Close() //nolint:errcheck // it was read
		reason, err := io.ReadAll(io.LimitReader(resp.Body, 4096))
		return nil, errors.Join(&Refused{resp.StatusCode, strings.TrimSpace(string(reason))}, err)
	}
	return resp.Body, nil
}

func (p *Player) read(next func() (*media.Packet, error)) {
	defer close(p.done)
	for {
		pkt, err := next()
		if errors.Is(err, media.ErrUnpublished) {
			continue // the next publisher may come
		}
		if err != nil {
			p.err = err
			return
		}
		p.add(pkt)
	}
}

func (p *Player) add(pkt *media.Packet) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.count.Add(pkt)
	close(p.more)
	p.more = make(chan struct{})
}

// Count is what came so far.
func (p *Player) Count() mediatest.Count {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.count
}

// Wait waits until what came satisfies cond.
func (p *Player) Wait(cond func(mediatest.Count) bool) error {
	late := time.After(Patience)
	for {
		p.mu.Lock()
		ok, more := cond(p.count), p.more
		p.mu.Unlock()
		if ok {
			return nil
		}
		select {
		case <-more:
		case <-p.done:
			if cond(p.Count()) {
				return nil
			}
			return fmt.Errorf("the player ended first: %w", p.err)
		case <-late:
			return fmt.Errorf("what should come did not: %d video and %d audio packets did", p.Count().Video, p.Count().Audio)
		}
	}
}

// WaitFrames waits for n video frames.
func (p *Player) WaitFrames(n int) error {
	return p.Wait(func(c mediatest.Count) bool { return c.Video >= n })
}

// Done is closed when the player has ended.
func (p *Player) Done() <-chan struct{} { return p.done }

// Stop leaves, and returns why the player ended before, if it did.
func (p *Player) Stop() error {
	select {
	case <-p.done:
		return p.err
	default:
	}
	p.cancel()
	<-p.done
	return nil
}
