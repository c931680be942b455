package httphooks

import "weir/js/hook"

// action is the name of a hook, as the field action and the directive have it.
type action string

const (
	onConnect   action = "on_connect"
	onClose     action = "on_close"
	onPublish   action = "on_publish"
	onUnpublish action = "on_unpublish"
	onPlay      action = "on_play"
	onStop      action = "on_stop"
	onDVR       action = "on_dvr"
	onHLS       action = "on_hls"
	onHLSNotify action = "on_hls_notify"
)

// actionOf is the hook that stands beside a script's: "on_publish" beside js_on_publish.
func actionOf(p hook.Point) action { return action("on_" + p.Export) }

// srsFields are the fields that SRS sends, in its order.
var srsFields = map[action][]string{
	onConnect:   {"server_id", "service_id", "action", "client_id", "ip", "vhost", "app", "stream", "param", "tcUrl", "pageUrl"},
	onClose:     {"server_id", "service_id", "action", "client_id", "ip", "vhost", "app", "send_bytes", "recv_bytes"},
	onPublish:   {"server_id", "service_id", "action", "client_id", "ip", "vhost", "app", "tcUrl", "stream", "param", "stream_url", "stream_id"},
	onUnpublish: {"server_id", "service_id", "action", "client_id", "ip", "vhost", "app", "tcUrl", "stream", "param", "stream_url", "stream_id"},
	onPlay:      {"server_id", "service_id", "action", "client_id", "ip", "vhost", "app", "stream", "tcUrl", "param", "pageUrl", "stream_url", "stream_id"},
	onStop:      {"server_id", "service_id", "action", "client_id", "ip", "vhost", "app", "tcUrl", "stream", "param", "stream_url", "stream_id"},
	onDVR:       {"server_id", "service_id", "action", "client_id", "ip", "vhost", "app", "tcUrl", "stream", "param", "cwd", "file", "stream_url", "stream_id", "duration", "size"},
	onHLS:       {"server_id", "service_id", "action", "client_id", "ip", "vhost", "app", "tcUrl", "stream", "param", "duration", "cwd", "file", "url", "m3u8", "m3u8_url", "seq_no", "stream_url", "stream_id", "size"},
}

// allFields follow SRS's own in every hook, as far as they are not among them.
var allFields = []string{
	"stream", "param", "tcUrl", "pageUrl", "stream_url", "stream_id", "protocol", "connection_id",
	"user_agent", "duration", "reason", "send_bytes", "recv_bytes",
}
