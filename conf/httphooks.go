package conf

import "time"

// HTTPHooks asks and tells HTTP servers what happens, by POST with JSON bodies as
// SRS sends them.
type HTTPHooks struct {
	// Enabled says whether the URLs are called.
	Enabled bool `conf:"enabled,default=off,reload=live"`
	// OnConnect is asked before an RTMP connection is accepted; of several URLs, called in order, the first that refuses decides.
	OnConnect []string `conf:"on_connect,example=http://127.0.0.1:8085/hooks,form=url,reload=live"`
	// OnClose is told that an RTMP connection has ended.
	OnClose []string `conf:"on_close,example=http://127.0.0.1:8085/hooks,form=url,reload=live"`
	// OnPublish is asked before a publisher is admitted, after js_on_publish.
	OnPublish []string `conf:"on_publish,example=http://127.0.0.1:8085/hooks,form=url,reload=live"`
	// OnUnpublish is told that a publish has ended.
	OnUnpublish []string `conf:"on_unpublish,example=http://127.0.0.1:8085/hooks,form=url,reload=live"`
	// OnPlay is asked before a player is admitted, after js_on_play.
	OnPlay []string `conf:"on_play,example=http://127.0.0.1:8085/hooks,form=url,reload=live"`
	// OnStop is told that a play has ended.
	OnStop []string `conf:"on_stop,example=http://127.0.0.1:8085/hooks,form=url,reload=live"`
	// OnHLS is told of each segment of HLS.
	OnHLS []string `conf:"on_hls,example=http://127.0.0.1:8085/hooks,form=url,reload=live"`
	// OnHLSNotify is fetched by GET for each segment of HLS, with [server_id], [service_id], [app], [stream], [ts_url] and [param] filled in. The answer is ignored.
	OnHLSNotify []string `conf:"on_hls_notify,example=http://127.0.0.1:8085/hls/[app]/[stream]/[ts_url][param],form=url,reload=live"`
	// Timeout bounds a call: connecting, sending and reading the answer.
	Timeout time.Duration `conf:"timeout,default=30s,unit=s,min=10ms,max=5m,reload=live"`
	// Retry is how many more times what is told is sent when nobody accepts it. What is asked is asked once.
	Retry int `conf:"retry,default=3,min=0,max=100,reload=live"`
	// Secret signs the calls (HMAC-SHA256), for servers that want to know who calls.
	Secret string `conf:"secret,secret,example=open-sesame,reload=live"`
}
