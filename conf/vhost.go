package conf

import (
	"time"

	"weir/confparse"
)

// VHost is one virtual host.
type VHost struct {
	// Name is the host name in the streams' URLs.
	Name string `conf:",arg"`
	// Enabled says whether the vhost admits sessions.
	Enabled bool `conf:"enabled,default=on,reload=live"`
	// MinLatency sends each frame at once, whatever mw_latency and mw_msgs say, with tcp_nodelay and without mr.
	MinLatency bool `conf:"min_latency,default=off,reload=live"`
	// TCPNoDelay sends small packets without waiting (TCP_NODELAY).
	TCPNoDelay bool `conf:"tcp_nodelay,default=off,reload=live"`
	// ChunkSize is the vhost's own chunk_size, instead of the top level's.
	ChunkSize int `conf:"chunk_size,example=60000,default=0,min=128,max=65536,reload=stream"`

	// InAckSize is after how many bytes from an RTMP peer it is told that they have come, unless it asks itself. Zero waits for that.
	InAckSize int `conf:"in_ack_size,default=0,min=0,max=2147483647,reload=stream"`
	// OutAckSize is after how many bytes an RTMP peer is asked to tell that they have come. Zero does not ask.
	OutAckSize int `conf:"out_ack_size,default=2500000,min=0,max=2147483647,reload=stream"`

	Logs
	Hooks
	Scripts

	// Publish is what holds for publishers.
	Publish Publish `conf:"publish,package=vhost"`
	// Play is what holds for players.
	Play Play `conf:"play,package=vhost"`
	// Security admits and refuses by address.
	Security Security `conf:"security,package=vhost"`
	// Refer admits by the page that the player stands in.
	Refer Refer `conf:"refer,package=vhost"`
	// HTTPHooks asks and tells HTTP servers, as SRS does.
	HTTPHooks HTTPHooks `conf:"http_hooks,package=vhost/httphooks"`
	// HLS is what is made for players of HLS.
	HLS HLS `conf:"hls,package=media/hls"`
	// HTTPRemux is live streams over HTTP: FLV, MPEG-TS, AAC and MP3.
	HTTPRemux HTTPRemux `conf:"http_remux,alias=http_stream,package=media/http"`

	// Span is the vhost's directive; from its name to the closing brace.
	Span confparse.Span `conf:"-"`
}

// HLS is what is made for players of HLS.
type HLS struct {
	// Enabled says whether streams are served by HLS.
	Enabled bool `conf:"enabled,default=off,reload=stream"`
	// Fragment is the target length of a segment; segments end at keyframes.
	Fragment time.Duration `conf:"hls_fragment,default=10s,unit=s,min=200ms,max=60s,reload=stream"`
	// Window is how much of the stream a playlist lists.
	Window time.Duration `conf:"hls_window,default=60s,unit=s,min=1s,max=1h,reload=stream"`
	// Dispose ends the playlist of a stream that has had no publisher for so long.
	Dispose time.Duration `conf:"hls_dispose,default=120s,unit=s,min=1s,max=24h,reload=stream"`
	// Ctx gives each viewer a session: its id stands in the playlist's URLs, js_on_play and js_on_stop run for it, and only admitted sessions get segments. When off, URLs can be cached and no script runs for viewers.
	Ctx bool `conf:"hls_ctx,default=on,reload=live"`
}

// HTTPRemux is live streams over HTTP and WebSocket: FLV, MPEG-TS, AAC and MP3.
type HTTPRemux struct {
	// Enabled says whether streams are served by HTTP.
	Enabled bool `conf:"enabled,default=off,reload=live"`
	// Mount is where a stream is, and in which format: [vhost]/[app]/[stream].flv, or .ts, .aac, .mp3; or, under every host name, /[app]/[stream].flv. A stream of the vhost that the name leads to comes first. There may be several. The same URL with ws:// has the stream as messages of a WebSocket.
	Mount []Mount `conf:"mount,default=[vhost]/[app]/[stream].flv,reload=live"`
	// GuessHasAV announces the tracks that a stream has when a player begins; without it has_audio and has_video say which there are.
	GuessHasAV bool `conf:"guess_has_av,default=on,reload=stream"`
	// HasAudio says that streams have audio, where that is not guessed.
	HasAudio bool `conf:"has_audio,default=on,reload=stream"`
	// HasVideo says that streams have video, where that is not guessed.
	HasVideo bool `conf:"has_video,default=on,reload=stream"`
	// DropIfNotMatch leaves out the packets of a track that has_audio or has_video says there is not, where that is not guessed.
	DropIfNotMatch bool `conf:"drop_if_not_match,default=on,reload=stream"`
}
