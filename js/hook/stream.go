package hook

import (
	"math"
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
	Video     Video
	Audio     Audio
	Bitrate   float64   // received, in bits a second
	Keyframe  time.Time // when the newest one came
	Context   js.Value  // s.ctx of the publisher
}

// Video is what is known of a stream's video; the size is as its publisher says.
type Video struct {
	Codec         media.Codec
	Width, Height int
	FPS           float64
}

// Audio is what is known of a stream's audio, as its publisher says.
type Audio struct {
	Codec      media.Codec
	SampleRate int // in Hz
	Channels   int
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
		js.Member{Name: "app", Type: "string", Doc: "Name of the app."},
		func(s *Stream) js.Value { return s.Key.App },
	},
	{
		js.Member{Name: "vhost", Type: "string", Doc: "Name of the vhost that serves it."},
		func(s *Stream) js.Value { return s.Key.VHost },
	},
	{
		js.Member{Name: "players", Type: "number", Doc: "How many play it now."},
		func(s *Stream) js.Value { return int64(s.Players) },
	},
	{
		js.Member{Name: "publisher", Type: "Publisher | null", Doc: "Who publishes it."},
		func(s *Stream) js.Value { return orNull(s.Publisher.object()) },
	},
	{
		js.Member{Name: "startedAt", Type: "number | null", Doc: "When the publisher was admitted, as Date.now() counts."},
		func(s *Stream) js.Value { return milliseconds(s.StartedAt) },
	},
	{
		js.Member{Name: "kbpsIn", Type: "number", Doc: "What comes from the publisher, in kbit/s, over the newest second or two."},
		func(s *Stream) js.Value { return math.Round(s.Bitrate/100) / 10 },
	},
	{
		js.Member{Name: "msSinceKeyframe", Type: "number | null", Doc: "Age of the newest keyframe, in ms."},
		func(s *Stream) js.Value { return age(s.Keyframe) },
	},
	{
		js.Member{Name: "video", Type: "{ codec: string, width: number, height: number, fps: number } | null", Doc: "The size is as the publisher says, 0 if it does not."},
		func(s *Stream) js.Value { return s.Video.value() },
	},
	{
		js.Member{Name: "audio", Type: "{ codec: string, sampleRate: number, channels: number } | null", Doc: "As the publisher says; 0 if it does not."},
		func(s *Stream) js.Value { return s.Audio.value() },
	},
	{
		js.Member{Name: "ctx", Type: "any", Doc: "The ctx of its publisher's session, as the last hook left it."},
		func(s *Stream) js.Value { return s.Context },
	},
}

func (v Video) value() js.Value {
	if v.Codec == media.NoCodec {
		return nil
	}
	return map[string]any{"codec": v.Codec.String(), "width": int64(v.Width), "height": int64(v.Height), "fps": math.Round(v.FPS*100) / 100}
}

func (a Audio) value() js.Value {
	if a.Codec == media.NoCodec {
		return nil
	}
	return map[string]any{"codec": a.Codec.String(), "sampleRate": int64(a.SampleRate), "channels": int64(a.Channels)}
}

// age is how long ago something was, in ms; null if never.
func age(t time.Time) js.Value {
	if t.IsZero() {
		return nil
	}
	return max(0, time.Since(t).Milliseconds())
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
		js.Member{Name: "protocol", Type: "string", Doc: "How it came: 'rtmp', 'hls', 'flv', 'ts', 'aac' or 'mp3'; over WebSocket 'ws-flv' and so on."},
		func(p *Publisher) js.Value { return p.Protocol },
	},
	{
		js.Member{Name: "remoteAddress", Type: "string", Doc: "IP address of the peer."},
		func(p *Publisher) js.Value { return address(p.Remote) },
	},
	{
		js.Member{Name: "startedAt", Type: "number | null", Doc: "When it was admitted, as Date.now() counts."},
		func(p *Publisher) js.Value { return milliseconds(p.StartedAt) },
	},
}

// Client is a session as live.clients() shows it. It has no URL and no arguments,
// as a Publisher has none.
type Client struct {
	ID        string
	Kind      string // media.KindPublish or KindPlay
	Key       media.Key
	Protocol  string
	Remote    netip.AddrPort
	StartedAt time.Time
	BytesIn   uint64
	BytesOut  uint64
}

// Object is the client as scripts see it.
func (c *Client) Object() *js.Object {
	return &js.Object{Class: "Client", Fields: values(clientFields, c)}
}

var clientFields = []property[*Client]{
	{
		js.Member{Name: "id", Type: "string", Doc: "The id of its session."},
		func(c *Client) js.Value { return c.ID },
	},
	{
		js.Member{Name: "kind", Type: "'publish' | 'play'", Doc: "What it does."},
		func(c *Client) js.Value { return c.Kind },
	},
	{
		js.Member{Name: "protocol", Type: "string", Doc: "How it came: 'rtmp', 'hls', 'flv', 'ts', 'aac' or 'mp3'; over WebSocket 'ws-flv' and so on."},
		func(c *Client) js.Value { return c.Protocol },
	},
	{
		js.Member{Name: "app", Type: "string", Doc: "Name of the app."},
		func(c *Client) js.Value { return c.Key.App },
	},
	{
		js.Member{Name: "stream", Type: "string", Doc: "Name of the stream."},
		func(c *Client) js.Value { return c.Key.Stream },
	},
	{
		js.Member{Name: "remoteAddress", Type: "string", Doc: "IP address of the peer."},
		func(c *Client) js.Value { return address(c.Remote) },
	},
	{
		js.Member{Name: "startedAt", Type: "number", Doc: "When it was admitted, as Date.now() counts."},
		func(c *Client) js.Value { return milliseconds(c.StartedAt) },
	},
	{
		js.Member{Name: "bytesIn", Type: "number", Doc: "Media received from a publisher, in bytes."},
		func(c *Client) js.Value { return int64(c.BytesIn) },
	},
	{
		js.Member{Name: "bytesOut", Type: "number", Doc: "Media sent to a player, in bytes."},
		func(c *Client) js.Value { return int64(c.BytesOut) },
	},
}
