package host

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"weir/js"
)

// Fetcher executes the fetches of one vhost's scripts under its settings, and
// keeps their connections.
type Fetcher struct {
	settings *FetchSettings
	permit   *Permit
	dialer   *dialer
	verified func() *http.Transport
	insecure func() *http.Transport // of fetches that accept any certificate
}

func newFetcher(s *Settings, h *Host) *Fetcher {
	d := &dialer{permit: &s.Permit, resolver: h.Resolver}
	if s.Fetch.Proxy != nil {
		d.permit = nil // every connection is to the proxy, which the operator chose
	}
	f := &Fetcher{settings: &s.Fetch, permit: &s.Permit, dialer: d}
	f.verified = sync.OnceValue(func() *http.Transport { return s.Fetch.transport(d.dial, false) })
	f.insecure = sync.OnceValue(func() *http.Transport { return s.Fetch.transport(d.dial, true) })
	return f
}

// Close ends the connections that wait for another fetch, or are being made.
func (f *Fetcher) Close() {
	f.verified().CloseIdleConnections()
	f.insecure().CloseIdleConnections()
}

// Fetch answers "fetch", whose argument newRequest documents and whose result
// answer does. It ends with ctx. What is wrong is a TypeError, as the Web has it,
// with one of the codes EACCES, ETIMEDOUT, ENOTFOUND, ECONNREFUSED, ECONNRESET if one fits.
func (f *Fetcher) Fetch(ctx context.Context, args []js.Value, l *load) (js.Value, error) {
	r, err := newRequest(args, f.settings)
	if err != nil {
		return nil, err
	}
	if !l.fetches.take(1) {
		return nil, errOverload
	}
	defer l.fetches.give(1)
	held := int64(0)
	defer func() { l.bytes.give(held) }()
	take := func(n int64) bool {
		ok := l.bytes.take(n)
		if ok {
			held += n
		}
		return ok
	}
	if !take(int64(len(r.body))) {
		return nil, errOverload
	}
	ctx, p := newPatience(ctx, f.settings.timeout())
	defer p.end()
	v, err := f.follow(ctx, r, p, take)
	if err != nil {
		return nil, failure(ctx, r, err)
	}
	return v, nil
}

// follow sends r, and again where it is redirected to.
func (f *Fetcher) follow(ctx context.Context, r *request, p *patience, take func(int64) bool) (js.Value, error) {
	for n := range maxRedirects + 1 {
		resp, err := f.send(ctx, r)
		if err != nil {
			return nil, err
		}
		resp.Body = p.listen(resp.Body)
		again, err := r.follow(resp)
		if again || err != nil {
			_ = resp.Body.Close() // nobody wants it
			if err != nil {
				return nil, err
			}
			continue
		}
		body, err := readBody(resp, r.most, take)
		_ = resp.Body.Close() // it was read, or is of no use
		if err != nil {
			return nil, err
		}
		return answer(r, resp, body, n > 0), nil
	}
	return nil, errors.New("too many redirects")
}

// send sends r to where its URL says, if scripts may go there.
func (f *Fetcher) send(ctx context.Context, r *request) (*http.Response, error) {
	port, err := portOf(r.url.Scheme, r.url.Port())
	if err != nil {
		return nil, err
	}
	if err := f.permit.checkHost(r.url.Hostname(), port); err != nil {
		return nil, err
	}
	q, err := r.build(ctx)
	if err != nil {
		return nil, err
	}
	if f.settings.Proxy != nil && r.url.Scheme == "http" {
		q.Host = "" // it would be what the proxy is asked for
	}
	t := f.verified()
	if r.insecure {
		t = f.insecure()
	}
	resp, err := t.RoundTrip(q)
	if err == nil && resp.StatusCode == http.StatusSwitchingProtocols {
		_ = resp.Body.Close() // it is no response
		return nil, errors.New("unexpected switch of protocols")
	}
	return resp, err
}

// fetch answers "fetch" for a vhost.
func (h *Host) fetch(ctx context.Context, s *scope, settings *Settings, args []js.Value) (js.Value, error) {
	v, err := s.fetcherOf(settings, h).Fetch(ctx, args, s.load)
	s.fetches.count(ctx, err)
	return v, err
}

// fetcherOf is the fetcher of the present settings. The connections of former
// ones end when they are free.
func (s *scope) fetcherOf(settings *Settings, h *Host) *Fetcher {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fetcher == nil || s.settings != settings {
		if s.fetcher != nil {
			s.fetcher.Close()
		}
		s.fetcher, s.settings = newFetcher(settings, h), settings
	}
	return s.fetcher
}
