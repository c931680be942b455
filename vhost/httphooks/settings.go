package httphooks

import "time"

// Settings are a vhost's http_hooks. The zero value calls nobody.
type Settings struct {
	// URLs of the back ends of each hook, http or https. A gate (OnConnect,
	// OnPublish, OnPlay) asks them in order and ends at the first that refuses;
	// an event goes to each of them, whatever the others answer.
	OnConnect, OnClose     []string
	OnPublish, OnUnpublish []string
	OnPlay, OnStop         []string
	OnDVR, OnHLS           []string
	// OnHLSNotify are URL templates: a segment is announced with a GET of one of
	// them, taken at random. See TellHLS.
	OnHLSNotify []string

	// Timeout bounds one call, from dialing to the end of the answer; zero means 30 s, SRS's.
	Timeout time.Duration
	// Retries is how often an event is sent again that met a back end which was out
	// of reach, too slow or in trouble (a status of 5xx, 408 or 429). Zero means
	// never, as in SRS. Gates are not repeated: their peers wait.
	Retries int
	// Backoff is the wait before the first retry; it doubles up to 30 s and is spread
	// by half to either side. Zero means 1 s.
	Backoff time.Duration
	// Secret is the key of the signatures; empty means none.
	Secret string
}

const (
	defaultTimeout = 30 * time.Second
	notifyTimeout  = 10 * time.Second // SRS_HLS_NOTIFY_TIMEOUT
	defaultBackoff = time.Second
	maxBackoff     = 30 * time.Second
)

func (s *Settings) timeout() time.Duration {
	if s.Timeout > 0 {
		return s.Timeout
	}
	return defaultTimeout
}

func (s *Settings) backoff() time.Duration {
	if s.Backoff > 0 {
		return s.Backoff
	}
	return defaultBackoff
}

// urls are the back ends of an action.
func (s *Settings) urls(a action) []string {
	switch a {
	case onConnect:
		return s.OnConnect
	case onClose:
		return s.OnClose
	case onPublish:
		return s.OnPublish
	case onUnpublish:
		return s.OnUnpublish
	case onPlay:
		return s.OnPlay
	case onStop:
		return s.OnStop
	case onDVR:
		return s.OnDVR
	case onHLS:
		return s.OnHLS
	}
	return nil
}
