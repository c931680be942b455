package vhost

import (
	"fmt"
	"strings"

	"weir/conf"
	"weir/media"
)

// remuxed is the extension of the URLs that players of a protocol of http_remux
// use, as ".flv" of "flv" and "ws-flv"; "" of other protocols.
func remuxed(protocol string) string {
	switch p := strings.TrimPrefix(protocol, "ws-"); p {
	case "rtmp", "hls":
		return ""
	default:
		return "." + p
	}
}

// mounted is the vhost that a player of http_remux means. The host that it names
// decides, unless another vhost has the stream and is mounted under every host
// name; or unless no vhost serves the host, and one is so mounted.
func (s *Server) mounted(asked media.Key, ext string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	has := func(v *conf.VHost, anyHost bool) bool {
		app, ok := v.HTTPRemux.Find(ext, asked.App, anyHost)
		return ok && s.publishers[media.Key{VHost: v.Name, App: app, Stream: asked.Stream}] != nil
	}
	own := s.gen.vhost(asked.VHost)
	if own != nil && has(own, false) {
		return asked.VHost
	}
	for _, v := range s.gen.anyHost {
		if has(v, true) {
			return v.Name
		}
	}
	for _, v := range s.gen.anyHost {
		if _, ok := v.HTTPRemux.Find(ext, asked.App, true); ok && own == nil {
			return v.Name
		}
	}
	return asked.VHost
}

// isMounted says whether any of a vhost's mounts holds under every host name.
func isMounted(v *conf.VHost) bool {
	for _, m := range v.HTTPRemux.Mount {
		if m.AnyHost {
			return v.Enabled && v.HTTPRemux.Enabled
		}
	}
	return false
}

// playable says whether a player of http_remux can play a stream: it is live, and has
// what the format carries, as far as is known.
func (s *Server) playable(key media.Key, ext string) error {
	if !s.isPublished(key) {
		return media.ErrNotFound
	}
	want := map[string]media.Codec{".aac": media.AAC, ".mp3": media.MP3}[ext]
	st, _ := s.Hub.Stats(key)
	switch {
	case want == media.NoCodec, st.Audio == want:
		return nil
	case st.Audio != media.NoCodec:
		return fmt.Errorf("%w: the stream's audio is %s", media.ErrNotFound, st.Audio)
	case st.FPS > 0: // a second of it was measured
		return fmt.Errorf("%w: the stream has no audio", media.ErrNotFound)
	}
	return nil
}

// tracks are what http_remux says of them.
func tracks(h *conf.HTTPRemux) media.Tracks {
	return media.Tracks{NoAudio: !h.HasAudio, NoVideo: !h.HasVideo, Fixed: !h.GuessHasAV, Keep: !h.DropIfNotMatch}
}
