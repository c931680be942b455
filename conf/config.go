// Package conf gives configuration files their meaning. Its structs are the
// directive table: a field is a directive, its Go type the syntax, its tag the
// name, the default, the range and the reload class, its comment the manual.
// Decoding, checks, documentation and the plan of a reload come from this table.
package conf

import (
	"crypto/sha256"
	"time"

	"weir/confparse"
)

// Config is a configuration file's meaning.
type Config struct {
	// Listen takes the addresses of the RTMP server: port, ip:port or [ipv6]:port; port 0 takes a free one.
	Listen []Listen `conf:"listen,required,example=1935,reload=listen"`
	// MaxConnections is how many connections the server carries at once; more are closed at once. Of one address (of IPv6: of one /64) 512 at most may be on their way through the handshake to the answer of RTMP's connect.
	MaxConnections int `conf:"max_connections,default=1000,min=1,max=1000000,reload=live"`
	// ChunkSize is the size of the RTMP chunks that are sent, in bytes; a vhost may have its own.
	ChunkSize int `conf:"chunk_size,default=60000,min=128,max=65536,reload=stream"`
	// LogLevel is the least level that is logged. SRS's trace is the level of its ordinary log and means info here.
	LogLevel string `conf:"srs_log_level,alias=srs_log_level_v2,default=info,enum=verbose|trace|debug|info|warn|error,reload=live"`
	// LogTank is where the log goes: console is standard error, file is srs_log_file. SRS's default is file.
	LogTank string `conf:"srs_log_tank,default=console,enum=console|file,reload=restart"`
	// LogFile is the log's file, relative to work_dir.
	LogFile string `conf:"srs_log_file,default=./objs/srs.log,form=path,reload=restart"`
	// PID is the file that holds the server's process id, relative to work_dir; the control socket is beside it.
	PID string `conf:"pid,default=./objs/srs.pid,form=path,reload=restart"`
	// WorkDir is the directory that relative paths of this file start from, modules and includes apart.
	WorkDir string `conf:"work_dir,default=./,form=path,reload=restart"`
	// ServerID is what the API and http_hooks call this server; without it the server makes a name at each start.
	ServerID string `conf:"server_id,example=vid-eu1,reload=restart"`
	// HandshakeTimeout is how long a peer may take from its connection to the end of the RTMP handshake.
	HandshakeTimeout time.Duration `conf:"handshake_timeout,default=10s,unit=s,min=100ms,max=5m,reload=live"`

	Logs
	// LogFormats names a form of the lines that access_log writes: text in which $NAME, or ${NAME}, stands for a variable. What variables hold is escaped: by default as \xXX, with escape=json as JSON wants, with escape=none not at all.
	LogFormats []LogFormat `conf:"log_format,multi,example=brief '$remote_addr $status $bytes_sent',reload=live"`

	Hooks
	Scripts
	// JSVHost names the vhost of a connection or a session, by a function that runs ahead of the look-up; what it returns stands for the host name of the URL. For HLS without sessions (hls_ctx off) it runs at each request. What fails is refused unless js_fail is open.
	JSVHost Handler `conf:"js_vhost,example=hooks.vhost,package=js,reload=live"`
	// JSMemory is how much memory a process of scripts may take.
	JSMemory int64 `conf:"js_memory,default=128m,min=64m,max=64g,package=js,reload=live"`
	// JSIsolation is where scripts run: in one process of their own, in one for each vhost, or (none) in the server's own process, which they can then exhaust.
	JSIsolation string `conf:"js_isolation,default=process,enum=process|vhost|none,package=js,reload=live"`
	// JSZones makes a dictionary that scripts share as ngx.shared.NAME: zone=NAME:SIZE, for numbers or strings. An entry is forgotten after timeout; evict makes room by forgetting the oldest. The state file keeps the entries while the server does not run. With vhosts=A,B the scripts of those vhosts alone have it.
	JSZones []Zone `conf:"js_shared_dict_zone,multi,example=zone=tokens:1m timeout=1h,package=js,reload=restart"`

	// HTTPServer is the listener of HTTP-FLV, HLS and static files.
	HTTPServer HTTPServer `conf:"http_server,alias=http_stream,package=media/http"`
	// HTTPAPI is the listener of the HTTP API and of the metrics.
	HTTPAPI HTTPAPI `conf:"http_api,package=vhost/httpapi"`

	// VHosts makes a virtual host of a name in streams' URLs; __defaultVhost__ serves every name that has none of its own.
	VHosts []*VHost `conf:"vhost,multi,package=vhost"`

	// File is the tree that the structs were decoded from.
	File *confparse.File `conf:"-"`
	// PairFiles are the files of TLS keys and certificates that Load read, by name, each with the sum of what it read. A name that it looked for in vain, or could not read, has the zero sum.
	PairFiles map[string][sha256.Size]byte `conf:"-"`
}

// HTTPServer is the listener of HTTP-FLV, HLS and static files.
type HTTPServer struct {
	// Enabled says whether HTTP is served.
	Enabled bool `conf:"enabled,default=off,reload=listen"`
	// Listen takes the addresses of the HTTP server: port, ip:port or [ipv6]:port.
	Listen []Listen `conf:"listen,default=8080,reload=listen"`
	// Dir is the directory of static files, relative to the working directory. It may be absent.
	Dir string `conf:"dir,default=./objs/nginx/html,form=path,reload=live"`
	// CrossDomain lets pages of other origins play the streams (CORS).
	CrossDomain bool `conf:"crossdomain,default=on,reload=live"`
	// MaxBody is how large the body of a request may be that a script reads; what is larger is refused (413).
	MaxBody int64 `conf:"client_max_body_size,default=1m,min=1,max=32m,reload=live"`
	// HTTPS serves the same over TLS.
	HTTPS HTTPS `conf:"https"`
	// Locations has scripts answer and guard the requests for some paths, which are chosen as by nginx: the exact one, else the longest beginning unless an expression matches.
	Locations []*Location `conf:"location,multi,example=/hello"`
}

// HTTPAPI is the listener of the HTTP API and of the metrics.
type HTTPAPI struct {
	// Enabled says whether the API is served.
	Enabled bool `conf:"enabled,default=off,reload=listen"`
	// Listen takes the addresses of the API: port, ip:port or [ipv6]:port. A bare port listens on 127.0.0.1 only, since there is no TLS here nor, without auth, a password.
	Listen []Listen `conf:"listen,default=127.0.0.1:1985,loopback,reload=listen"`
	// Auth asks for a name and a password.
	Auth HTTPAuth `conf:"auth"`
	// HTTPS serves the same over TLS.
	HTTPS APIHTTPS `conf:"https"`
}

// HTTPAuth is HTTP's Basic authentication (RFC 7617).
type HTTPAuth struct {
	// Enabled says whether the API asks for the name and the password.
	Enabled bool `conf:"enabled,default=off,reload=live"`
	// Username is the name, without a colon.
	Username string `conf:"username,example=admin,reload=live"`
	// Password is the password. Without HTTPS it crosses the network in the clear.
	Password string `conf:"password,secret,example=open-sesame,reload=live"`
}
