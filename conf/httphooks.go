package conf

import "time"

// HTTPHooks asks and tells HTTP servers what happens, by POST with JSON bodies as
// SRS sends them.
type HTTPHooks struct {
	// Enabled says whether the URLs are called.
	Enabled bool `conf:"enabled,default=off,reload=live"`
	// OnConnect are asked before an RTMP connection is accepted; the URLs of each hook are called in order, and the first that refuses decides.
	OnConnect []string `conf:"on_connect,form=url,reload=live"`
	// OnClose are told that an RTMP connection has ended.
	OnClose []string `conf:"on_close,form=url,reload=live"`
	// OnPublish are asked before a publisher is admitted, after js_on_publish.
	OnPublish []string `conf:"on_publish,form=url,reload=live"`
	// OnUnpublish are told that a publish has ended.
	OnUnpublish []string `conf:"on_unpublish,form=url,reload=live"`
	// OnPlay are asked before a player is admitted, after js_on_play.
	OnPlay []string `conf:"on_play,form=url,reload=live"`
	// OnStop are told that a play has ended.
	OnStop []string `conf:"on_stop,form=url,reload=live"`
	// OnDVR are told that a recording's file is complete.
	OnDVR []string `conf:"on_dvr,form=url,reload=live"`
	// OnHLS are told of each segment of HLS.
	OnHLS []string `conf:"on_hls,form=url,reload=live"`
	// OnHLSNotify are fetched by GET for each segment of HLS, with [server_id], [service_id], [app], [stream], [ts_url] and [param] filled in. The answer is ignored.
	OnHLSNotify []string `conf:"on_hls_notify,form=url,reload=live"`
	// Timeout bounds a call: connecting, sending and reading the answer.
	Timeout time.Duration `conf:"timeout,default=30s,unit=s,min=10ms,max=5m,reload=live"`
	// Retry is how many more times what is told is sent when nobody accepts it. What is asked is asked once.
	Retry int `conf:"retry,default=3,min=0,max=100,reload=live"`
	// Secret signs the calls (HMAC-SHA256), for servers that want to know who calls.
	Secret string `conf:"secret,secret,reload=live"`
}
