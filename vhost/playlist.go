package vhost

import (
	"context"
	"fmt"
	"strings"

	"weir/js"
	"weir/js/hook"
	"weir/media"
)

// maxPlaylist bounds what js_playlist_filter makes of a playlist, in bytes.
const maxPlaylist = 1 << 20

// Playlist implements hls.Filter: js_playlist_filter edits what the viewer gets who
// has the subscription. An error has been logged.
func (s *Server) Playlist(ctx context.Context, sub media.Subscription, text []byte) ([]byte, error) {
	p, ok := sub.(*subscription)
	if !ok {
		return text, nil
	}
	se := p.session
	gen, v := se.hold()
	defer gen.release(v.Name)
	if !v.PlaylistFilter.IsSet() {
		return text, nil
	}
	beside, over, ok := se.beside()
	if !ok {
		return nil, media.ErrNotFound
	}
	defer over()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(beside, cancel)()
	var edited string
	_, err := se.ask(ctx, gen, v, hook.PlaylistFilter, v.JSTimeout, func(value js.Value) (err error) {
		edited, err = playlist(value)
		return err
	}, string(text))
	if err != nil && ctx.Err() == nil {
		s.failed(v.Name, v.PlaylistFilter, se.id, err)
	}
	if err != nil {
		return nil, fmt.Errorf("js_playlist_filter: %w", err)
	}
	return []byte(edited), nil
}

// playlist is what a filter returned.
func playlist(v js.Value) (string, error) {
	text, ok := v.(string)
	switch {
	case !ok:
		return "", fmt.Errorf("the playlist must be a string, not %T", v)
	case len(text) > maxPlaylist:
		return "", fmt.Errorf("the playlist has %d bytes, more than %d", len(text), maxPlaylist)
	case !strings.HasPrefix(text, "#EXTM3U"):
		return "", fmt.Errorf("the playlist must begin with #EXTM3U")
	}
	return text, nil
}
