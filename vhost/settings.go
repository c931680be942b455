package vhost

import (
	"weir/conf"
	"weir/media"
	"weir/media/hub"
)

// times are the values of time_jitter.
var times = map[string]hub.Times{"full": hub.SmoothTimes, "zero": hub.ZeroTimes, "off": hub.SourceTimes}

// streamSettings are what the hub needs to know of a vhost.
func streamSettings(v *conf.VHost) hub.StreamSettings {
	p := &v.Play
	set := hub.StreamSettings{
		GOPCache: p.GOPCache, GOPMaxFrames: p.GOPCacheMaxFrames, GOPMaxBytes: int(p.GOPCacheMaxBytes), QueueLength: p.QueueLength,
		Times: times[p.TimeJitter], AutoATC: p.ATCAuto, Mix: p.MixCorrect, ReduceHeaders: p.ReduceSequenceHeader,
		MWLatency: p.MWLatency, MWMessages: p.MWMsgs, SendInterval: p.SendMinInterval,
		MinLatency: v.MinLatency, NoDelay: v.TCPNoDelay,
	}
	if p.ATC {
		set.Times = hub.SourceTimes
	}
	return set
}

// apply gives living streams the settings of g.
func (s *Server) apply(g *Generation) {
	s.Hub.Apply(func(k media.Key) (hub.StreamSettings, bool) {
		v := g.vhosts[k.VHost]
		if v == nil {
			return hub.StreamSettings{}, false
		}
		return streamSettings(v), true
	})
}

// catchUp gives the stream that se publishes, and that was made under v, the settings
// of reloads that came meanwhile: their apply found no such stream. It returns what se
// lives under.
func (se *session) catchUp(key media.Key, v *conf.VHost) *conf.VHost {
	for {
		_, now := se.now()
		if now == v {
			return v
		}
		v = now
		se.server.Hub.Apply(func(k media.Key) (hub.StreamSettings, bool) { return streamSettings(v), k == key })
	}
}
