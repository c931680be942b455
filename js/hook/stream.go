package hook

import (
	"net/netip"
	"time"

	"weir/js"
	"weir/media"
)

// Stream is what scripts are told of a stream that is live.
type Stream struct {
	Key       media.Key
	Players   int
	Publisher *Publisher
	StartedAt time.Time // of the present publish
	Video     media.Codec
	Audio     media.Codec
}

// Object is the stream as scripts see it; nil for no stream.
func (s *Stream) Object() *js.Object {
	if s == nil {
		return nil
	}
	return &js.Object{Class: "Stream", Fields: values(streamFields, s)}
}

var streamFields = []property[*Stream]{
	{
		js.Member{Name: "name", Type: "string", Doc: "The stream's name, without its app."},
		func(s *Stream) js.Value { return s.Key.Stream },
	},
	{
		js.Member{Name: "app", Type: "string"},
		func(s *Stream) js.Value { return s.Key.App },
	},
	{
		js.Member{Name: "vhost", Type: "string"},
		func(s *Stream) js.Value { return s.Key.VHost },
	},
	{
		js.Member{Name: "players", Type: "number"},
		func(s *Stream) js.Value { return int64(s.Players) },
	},
	{
		js.Member{Name: "publisher", Type: "Publisher | null"},
		func(s *Stream) js.Value { return orNull(s.Publisher.object()) },
	},
	{
		js.Member{Name: "startedAt", Type: "number | null", Doc: "When the publisher was admitted, as Date.now() counts."},
		func(s *Stream) js.Value { return milliseconds(s.StartedAt) },
	},
	{
		js.Member{Name: "video", Type: "{ codec: string } | null"},
		func(s *Stream) js.Value { return track(s.Video) },
	},
	{
		js.Member{Name: "audio", Type: "{ codec: string } | null"},
		func(s *Stream) js.Value { return track(s.Audio) },
	},
}

func track(c media.Codec) js.Value {
	if c == media.NoCodec {
		return nil
	}
	return map[string]any{"codec": c.String()}
}

// Publisher is what scripts are told of the session that holds a stream. It has
// no URL and no arguments: a stream's key is shown to nobody but its own hooks.
type Publisher struct {
	ID        string
	Protocol  string
	Remote    netip.AddrPort
	StartedAt time.Time
}

func (p *Publisher) object() *js.Object {
	if p == nil {
		return nil
	}
	return &js.Object{Class: "Publisher", Fields: values(publisherFields, p)}
}

var publisherFields = []property[*Publisher]{
	{
		js.Member{Name: "id", Type: "string", Doc: "The id of its session."},
		func(p *Publisher) js.Value { return p.ID },
	},
	{
		js.Member{Name: "protocol", Type: "string"},
		func(p *Publisher) js.Value { return p.Protocol },
	},
	{
		js.Member{Name: "remoteAddress", Type: "string"},
		func(p *Publisher) js.Value { return address(p.Remote) },
	},
	{
		js.Member{Name: "startedAt", Type: "number | null", Doc: "When it was admitted, as Date.now() counts."},
		func(p *Publisher) js.Value { return milliseconds(p.StartedAt) },
	},
}
