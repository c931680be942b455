package vhost

import (
	"cmp"
	"slices"

	"weir/conf"
	"weir/js/hook"
	"weir/media"
)

// stream describes a stream that has a publisher; nil if it has none.
func (s *Server) stream(key media.Key) *hook.Stream {
	s.mu.Lock()
	holder := s.publishers[key]
	s.mu.Unlock()
	if holder == nil {
		return nil
	}
	return s.describe(key, holder)
}

// Streams describes the streams that have a publisher, by name.
func (s *Server) Streams() []*hook.Stream {
	s.mu.Lock()
	holders := make(map[media.Key]*session, len(s.publishers))
	for key, holder := range s.publishers {
		holders[key] = holder
	}
	s.mu.Unlock()
	list := make([]*hook.Stream, 0, len(holders))
	for key, holder := range holders {
		list = append(list, s.describe(key, holder))
	}
	slices.SortFunc(list, func(a, b *hook.Stream) int { return cmp.Compare(a.Key.String(), b.Key.String()) })
	return list
}

func (s *Server) describe(key media.Key, holder *session) *hook.Stream {
	st := &hook.Stream{
		Key: key, StartedAt: holder.begun, Players: s.players(key),
		Publisher: &hook.Publisher{
			ID: holder.id, Protocol: holder.conn.Protocol, Remote: holder.conn.Remote, StartedAt: holder.begun,
		},
		Context: holder.conn.data(key.VHost),
	}
	if stats, ok := s.Hub.Stats(key); ok {
		said := holder.formats(stats.Metadata)
		st.Video = hook.Video{Codec: stats.Video, Width: said.width, Height: said.height, FPS: stats.FPS}
		st.Audio = hook.Audio{Codec: stats.Audio, SampleRate: said.sampleRate, Channels: said.channels}
		st.Bitrate, st.Keyframe = stats.Bitrate, stats.Keyframe
	}
	return st
}

// Publishing describes the session that publishes a stream, and the vhost that it
// is under; nil if nobody does.
func (s *Server) Publishing(key media.Key) (*conf.VHost, *hook.Session) {
	s.mu.Lock()
	holder := s.publishers[key]
	s.mu.Unlock()
	if holder == nil {
		return nil, nil
	}
	_, v := holder.now()
	return v, holder.view(v, hook.Unpublish)
}

// players is how many sessions play a stream, whatever their protocol.
func (s *Server) players(key media.Key) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.audience[key]
}

// Client is a session as the API shows it.
type Client struct {
	ID      string
	Kind    string
	Key     media.Key
	Session *media.Session
}

// Clients are the publishes and plays that were admitted, by ID.
func (s *Server) Clients() []Client {
	s.mu.Lock()
	living := make([]*session, 0, len(s.sessions))
	for _, se := range s.sessions {
		if se.media != nil {
			living = append(living, se)
		}
	}
	s.mu.Unlock()
	list := make([]Client, 0, len(living))
	for _, se := range living {
		se.mu.Lock()
		if se.cut != nil {
			list = append(list, Client{ID: se.id, Kind: se.kind, Key: se.key, Session: se.media})
		}
		se.mu.Unlock()
	}
	slices.SortFunc(list, func(a, b Client) int { return cmp.Compare(a.ID, b.ID) })
	return list
}
