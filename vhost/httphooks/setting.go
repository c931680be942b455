package httphooks

import (
	"time"

	"weir/conf"
)

// What conf.HTTPHooks leaves open.
const (
	defaultTimeout = 30 * time.Second // SRS's
	notifyTimeout  = 10 * time.Second // SRS_HLS_NOTIFY_TIMEOUT
	defaultBackoff = time.Second
	maxBackoff     = 30 * time.Second
)

// urls are the back ends of an action; none when the hooks are not enabled.
func urls(h *conf.HTTPHooks, a action) []string {
	if !h.Enabled {
		return nil
	}
	switch a {
	case onConnect:
		return h.OnConnect
	case onClose:
		return h.OnClose
	case onPublish:
		return h.OnPublish
	case onUnpublish:
		return h.OnUnpublish
	case onPlay:
		return h.OnPlay
	case onStop:
		return h.OnStop
	case onHLS:
		return h.OnHLS
	case onHLSNotify:
		return h.OnHLSNotify
	}
	return nil
}

// timeout bounds one call, from dialing to the end of the answer.
func timeout(h *conf.HTTPHooks, a action) time.Duration {
	switch {
	case a == onHLSNotify:
		return notifyTimeout
	case h.Timeout > 0:
		return h.Timeout
	}
	return defaultTimeout
}
