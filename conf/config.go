// Package conf gives configuration files their meaning. Its structs are the
// directive table: a field is a directive, its Go type the syntax, its tag the
// name, the default, the range and the reload class, its comment the manual.
// Decoding, checks, documentation and the plan of a reload come from this table.
package conf

import (
	"time"

	"weir/confparse"
)

// Config is a configuration file's meaning.
type Config struct {
	// Listen are the addresses of the RTMP server: port, ip:port or [ipv6]:port; port 0 takes a free one.
	Listen []Listen `conf:"listen,required,reload=listen"`
	// MaxConnections is how many connections the server carries at once; more are closed at once.
	MaxConnections int `conf:"max_connections,default=1000,min=1,max=1000000,reload=live"`
	// ChunkSize is the size of the RTMP chunks that are sent, in bytes.
	ChunkSize int `conf:"chunk_size,default=60000,min=128,max=65536,reload=stream"`
	// LogLevel is the least level that is logged. SRS's trace is the level of its ordinary log and means info here.
	LogLevel string `conf:"srs_log_level,alias=srs_log_level_v2,default=info,enum=verbose|trace|debug|info|warn|error,reload=live"`
	// HandshakeTimeout is how long a peer may take from its connection to the end of the RTMP handshake.
	HandshakeTimeout time.Duration `conf:"handshake_timeout,default=10s,unit=s,min=100ms,max=5m,reload=live"`

	Hooks
	Scripts
	// JSZones are the dictionaries that scripts share as ngx.shared.NAME.
	JSZones []Zone `conf:"js_shared_dict_zone,multi,package=js,reload=restart"`

	// HTTPServer is the listener of HTTP-FLV, HLS and static files.
	HTTPServer HTTPServer `conf:"http_server,alias=http_stream,package=media/http"`
	// HTTPAPI is the listener of the HTTP API and of the metrics.
	HTTPAPI HTTPAPI `conf:"http_api,package=vhost/httpapi"`

	// VHosts are the virtual hosts; __defaultVhost__ serves every name that is not listed.
	VHosts []*VHost `conf:"vhost,multi,package=vhost"`

	// File is the tree that the structs were decoded from.
	File *confparse.File `conf:"-"`
}

// HTTPServer is the listener of HTTP-FLV, HLS and static files.
type HTTPServer struct {
	// Enabled says whether HTTP is served.
	Enabled bool `conf:"enabled,default=off,reload=listen"`
	// Listen are the addresses of the HTTP server: port, ip:port or [ipv6]:port.
	Listen []Listen `conf:"listen,default=8080,reload=listen"`
	// Dir is the directory of static files, relative to the working directory. It may be absent.
	Dir string `conf:"dir,default=./objs/nginx/html,reload=live"`
	// CrossDomain lets pages of other origins play the streams (CORS).
	CrossDomain bool `conf:"crossdomain,default=on,reload=live"`
}

// HTTPAPI is the listener of the HTTP API and of the metrics.
type HTTPAPI struct {
	// Enabled says whether the API is served.
	Enabled bool `conf:"enabled,default=off,reload=listen"`
	// Listen are the addresses of the API: port, ip:port or [ipv6]:port. A bare port listens on 127.0.0.1 only, since the API asks for no password yet.
	Listen []Listen `conf:"listen,default=127.0.0.1:1985,loopback,reload=listen"`
}

// VHost is one virtual host.
type VHost struct {
	// Name is the host name in the streams' URLs.
	Name string `conf:",arg"`
	// Enabled says whether the vhost admits sessions.
	Enabled bool `conf:"enabled,default=on,reload=live"`
	// MinLatency sends each frame at once instead of gathering for mw_latency.
	MinLatency bool `conf:"min_latency,default=off,reload=stream"`
	// TCPNoDelay sends small packets without waiting (TCP_NODELAY).
	TCPNoDelay bool `conf:"tcp_nodelay,default=off,reload=stream"`
	// ChunkSize is the vhost's own chunk_size; 0 takes the top level's.
	ChunkSize int `conf:"chunk_size,default=0,min=128,max=65536,reload=stream"`

	Hooks
	Scripts

	// Publish is what holds for publishers.
	Publish Publish `conf:"publish,package=vhost"`
	// Play is what holds for players.
	Play Play `conf:"play,package=vhost"`
	// HLS is what is made for players of HLS.
	HLS HLS `conf:"hls,package=media/hls"`
	// HTTPRemux is HTTP-FLV.
	HTTPRemux HTTPRemux `conf:"http_remux,alias=http_stream,package=media/http"`

	// Span is the vhost's directive; from its name to the closing brace.
	Span confparse.Span `conf:"-"`
}

// Publish is what holds for publishers.
type Publish struct {
	// FirstPacketTimeout ends a publisher that sent no packet for so long after it was admitted.
	FirstPacketTimeout time.Duration `conf:"firstpkt_timeout,alias=../publish_1stpkt_timeout,default=20000ms,unit=ms,min=100ms,max=1h,reload=stream"`
	// NormalTimeout ends a publisher whose packets have stopped for so long.
	NormalTimeout time.Duration `conf:"normal_timeout,alias=../publish_normal_timeout,default=5000ms,unit=ms,min=100ms,max=1h,reload=stream"`
}

// Play is what holds for players.
type Play struct {
	// GOPCache lets a player start at once with the newest group of pictures.
	GOPCache bool `conf:"gop_cache,alias=../gop_cache,default=on,reload=stream"`
	// GOPCacheMaxFrames bounds the group that is kept, in packets.
	GOPCacheMaxFrames int `conf:"gop_cache_max_frames,alias=../gop_cache_max_frames,default=2500,min=1,max=100000,reload=stream"`
	// QueueLength is how far a player may lag, in stream time, before it skips to the newest keyframe.
	QueueLength time.Duration `conf:"queue_length,alias=../queue_length,default=30s,unit=s,min=1s,max=10m,reload=stream"`
	// MWLatency is how much stream time gathers before players are sent what is new: fewer, larger writes.
	MWLatency time.Duration `conf:"mw_latency,alias=../mw_latency,default=100ms,unit=ms,min=0,max=10s,reload=stream"`
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
	Ctx bool `conf:"hls_ctx,default=on,reload=stream"`
}

// HTTPRemux is HTTP-FLV.
type HTTPRemux struct {
	// Enabled says whether streams are served by HTTP-FLV.
	Enabled bool `conf:"enabled,default=off,reload=live"`
	// Mount is the URL of a stream: [vhost]/[app]/[stream].flv or, for any host name, /[app]/[stream].flv.
	Mount string `conf:"mount,default=[vhost]/[app]/[stream].flv,reload=live"`
}

// Hooks bind scripts to points of the lifecycle. They stand at the top level or
// in a vhost; a vhost's own wins, and "off" ends the inheritance.
type Hooks struct {
	// OnConnect runs before an RTMP connection is accepted.
	OnConnect Handler `conf:"js_on_connect,inherit,package=js,reload=live"`
	// OnPublish runs before a publisher is admitted: it may deny and rename.
	OnPublish Handler `conf:"js_on_publish,inherit,package=js,reload=live"`
	// OnPlay runs before a player is admitted: it may deny and rename.
	OnPlay Handler `conf:"js_on_play,inherit,package=js,reload=live"`
	// OnUnpublish runs after a publish has ended, once for each that js_on_publish did not deny.
	OnUnpublish Handler `conf:"js_on_unpublish,inherit,package=js,reload=live"`
	// OnStop runs after a play has ended, once for each that js_on_play did not deny.
	OnStop Handler `conf:"js_on_stop,inherit,package=js,reload=live"`
	// OnClose runs after an RTMP connection has ended, once for each that js_on_connect did not deny.
	OnClose Handler `conf:"js_on_close,inherit,package=js,reload=live"`
}

// Scripts says which modules there are and what bounds them.
type Scripts struct {
	// JSPath are directories where js_import looks, relative to the configuration file.
	JSPath []string `conf:"js_path,multi,inherit,package=js,reload=live"`
	// JSImport are the modules whose exports the js_on_* directives name.
	JSImport []Import `conf:"js_import,multi,inherit,package=js,reload=live"`
	// JSTimeout bounds a call, waiting included.
	JSTimeout time.Duration `conf:"js_timeout,default=3s,unit=s,min=1ms,max=10m,inherit,package=js,reload=live"`
	// JSCPULimit bounds the uninterrupted running of a script.
	JSCPULimit time.Duration `conf:"js_cpu_limit,default=100ms,unit=ms,min=1ms,max=1m,inherit,package=js,reload=live"`
	// JSMaxPending is how many calls may wait for a vhost's scripts; above it js_fail decides.
	JSMaxPending int `conf:"js_max_pending,default=1024,min=1,max=1000000,inherit,package=js,reload=live"`
	// JSFail is what the failure of a script means for connect, publish and play: closed denies, open allows.
	JSFail string `conf:"js_fail,default=closed,enum=closed|open,inherit,package=js,reload=live"`
}
