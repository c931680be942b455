package httphooks

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"weir/conf"
	"weir/js/hook"
)

// call is one hook on its way to one back end.
type call struct {
	action action
	vhost  string
	url    string
	body   []byte // nil for a notice

	timeout time.Duration
	secret  string
	about   []any // who it is about, for the log
}

// newCall makes the call of a hook to one of its back ends.
func newCall(h *conf.HTTPHooks, a action, s *hook.Session, url string, body []byte) *call {
	return &call{
		action: a, vhost: s.Key.VHost, url: url, body: body, timeout: timeout(h, a), secret: h.Secret,
		about: []any{
			"hook", string(a), "backend", origin(url), "vhost", s.Key.VHost, "app", s.Key.App, "stream", s.Key.Stream,
			"id", s.ID, "remote", s.Connection.Remote.String(),
		},
	}
}

// isNotice says that the call is a GET whose answer does not count.
func (k *call) isNotice() bool { return k.body == nil }

// origin is what of a URL may be logged, and what names a back end: scheme and host.
func origin(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// do makes the call: nil if the back end admits, and else what judge says or what
// kept it from an answer.
func (k *call) do(ctx context.Context, t *http.Transport) error {
	ctx, cancel := context.WithTimeout(ctx, k.timeout)
	defer cancel()
	status, answer, err := k.exchange(ctx, t)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("no answer within %v", k.timeout)
	case err != nil:
		return err
	case k.isNotice():
		return nil // whatever the answer
	}
	return judge(status, answer)
}

func (k *call) exchange(ctx context.Context, t *http.Transport) (status int, answer []byte, err error) {
	req, err := k.request(ctx)
	if err != nil {
		return 0, nil, lasting{errURL}
	}
	client := http.Client{Transport: t, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	resp, err := client.Do(req)
	if err != nil {
		return 0, nil, bare(err)
	}
	defer resp.Body.Close() //nolint:errcheck // it was read
	if k.isNotice() {
		_, _ = io.CopyN(io.Discard, resp.Body, maxAnswer) // so that the other side fetched something
		return resp.StatusCode, nil, nil
	}
	answer, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case err != nil:
		return 0, nil, fmt.Errorf("read answer: %w", err)
	case len(answer) > maxAnswer:
		return 0, nil, lasting{fmt.Errorf("the answer is longer than %d bytes", maxAnswer)}
	}
	return resp.StatusCode, answer, nil
}

func (k *call) request(ctx context.Context) (*http.Request, error) {
	method := http.MethodPost
	if k.isNotice() {
		method = http.MethodGet
	}
	req, err := http.NewRequestWithContext(ctx, method, k.url, bytes.NewReader(k.body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", "weir")
	if k.isNotice() {
		return req, nil
	}
	req.Header.Set("Content-Type", "application/json")
	// A connection that the back end closes while it is taken from the pool has
	// answered nothing: net/http then takes another for what it holds for
	// idempotent, which an entry without a value says and does not send.
	req.Header["Idempotency-Key"] = nil
	if k.secret != "" {
		sign(req.Header, k.secret, time.Now(), k.body)
	}
	return req, nil
}

// errURL keeps what is wrong with a URL to itself: it quotes it.
var errURL = errors.New("the back end's URL is none")

// bare is the cause of a *url.Error without its URL, whose query may be secret.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
