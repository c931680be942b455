package hls

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"weir/media"
	"weir/media/web"
)

// ctxArg is the argument that carries a viewer's session, as in SRS.
const ctxArg = "hls_ctx"

// request is what a viewer asks for.
type request struct {
	session *media.Session // what it would be; its Asked is the stream
	seq     int            // of the segment; -1 for the playlist
	args    url.Values
}

// parse reads /app/stream.m3u8 and /app/stream-N.ts. The error wraps
// media.ErrNotFound or media.ErrBadName.
func parse(r *http.Request) (request, error) {
	ext := path.Ext(r.URL.Path)
	if ext != ".m3u8" && ext != ".ts" {
		return request{}, fmt.Errorf("%w: neither playlist nor segment", media.ErrNotFound)
	}
	s, err := web.PlaySession(r, "hls", ext)
	if err != nil {
		return request{}, err
	}
	q := request{session: s, seq: -1, args: r.URL.Query()}
	if ext == ".ts" {
		s.Asked.Stream, q.seq, err = splitSegment(s.Asked)
	}
	return q, err
}

// splitSegment takes the number off a segment's name.
func splitSegment(k media.Key) (stream string, seq int, err error) {
	i := strings.LastIndexByte(k.Stream, '-')
	if i < 0 {
		return "", 0, fmt.Errorf("%w: segment without a number", media.ErrNotFound)
	}
	stream, digits := k.Stream[:i], k.Stream[i+1:]
	seq, err = strconv.Atoi(digits)
	if err != nil || strconv.Itoa(seq) != digits {
		return "", 0, fmt.Errorf("%w: segment without a number", media.ErrNotFound)
	}
	return stream, seq, media.CheckName(k.App, stream)
}

// variant is the URL of the viewer's own playlist, beside the one it asked for:
// with its session and with all that it said itself.
func (q request) variant() string {
	args := url.Values{}
	for k, v := range q.args {
		args[k] = v
	}
	args.Set(ctxArg, q.session.ID)
	return q.name() + ".m3u8?" + args.Encode()
}

// name is the stream's name as it stands in a URL beside the playlist.
func (q request) name() string { return url.PathEscape(q.session.Asked.Stream) }

// query is what the segments' URLs carry: the session, and what names the vhost.
func (q request) query() string {
	args := url.Values{}
	for _, k := range []string{ctxArg, "vhost", "domain"} {
		if v := q.args.Get(k); v != "" {
			args.Set(k, v)
		}
	}
	if len(args) == 0 {
		return ""
	}
	return "?" + args.Encode()
}
