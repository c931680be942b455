package httphooks

import (
	"bytes"
	"encoding/json"
	"math"
	"net/netip"
	"slices"
	"strings"
	"time"

	"weir/conf"
	"weir/js/hook"
	"weir/media"
)

// File is a segment or a recording that is complete.
type File struct {
	Path string // on disk, relative to Client.Dir or absolute; empty if it is in memory only
	URL  string // segments: below the server's root, as "live/cam1-7.ts", or absolute

	Playlist    string // segments: the m3u8 on disk
	PlaylistURL string // segments: "live/cam1.m3u8"
	Seq         uint64 // segments: the media sequence number

	Duration time.Duration
	Size     int64 // bytes
}

// body is the JSON of a hook; f is nil but for on_hls and on_dvr.
func (c *Client) body(a action, s *hook.Session, f *File) []byte {
	values := c.values(a, s, f)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // "&" of a URL stays as SRS writes it
	names := slices.Clone(srsFields[a])
	for _, name := range allFields {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for i, name := range names {
		b.WriteByte("{,"[min(i, 1)])
		b.WriteString(`"` + name + `":`)
		enc.Encode(values[name]) //nolint:errcheck // strings and finite numbers always encode
		b.Truncate(b.Len() - 1)  // its line feed
	}
	b.WriteByte('}')
	return b.Bytes()
}

// values are the fields of a hook by name.
func (c *Client) values(a action, s *hook.Session, f *File) map[string]any {
	conn := s.Connection
	m := map[string]any{
		"server_id": c.ServerID, "service_id": c.ServiceID, "action": string(a), "client_id": s.ID,
		"ip": address(conn.Remote), "vhost": s.Key.VHost, "app": s.Key.App, "stream": s.Key.Stream,
		"param": param(s), "tcUrl": tcURL(s), "pageUrl": conn.PageURL,
		"stream_url": "", "stream_id": "",
		"protocol": conn.Protocol, "connection_id": conn.ID, "user_agent": conn.UserAgent(),
		"duration": seconds(s.Duration), "reason": s.Reason, "send_bytes": s.BytesOut, "recv_bytes": s.BytesIn,
	}
	if s.Key.Stream != "" {
		m["stream_url"], m["stream_id"] = streamURL(s.Key), s.Key.ID()
	}
	if f != nil {
		m["cwd"], m["file"], m["url"] = c.Dir, f.Path, f.URL
		m["m3u8"], m["m3u8_url"], m["seq_no"] = f.Playlist, f.PlaylistURL, f.Seq
		m["duration"], m["size"] = seconds(f.Duration), f.Size
	}
	return m
}

func address(a netip.AddrPort) string {
	if !a.IsValid() {
		return ""
	}
	return a.Addr().Unmap().String()
}

// param is the queries of the stream and of its RTMP connection: the stream's
// first, which most back ends take where a name is there twice.
func param(s *hook.Session) string {
	var queries []string
	for _, q := range []string{s.Query, s.Connection.Query} {
		if q != "" && !slices.Contains(queries, q) {
			queries = append(queries, q)
		}
	}
	if len(queries) == 0 {
		return ""
	}
	return "?" + strings.Join(queries, "&")
}

// tcURL is what RTMP's connect says; for other protocols the same of their URL:
// scheme, host and app.
func tcURL(s *hook.Session) string {
	c := s.Connection
	if c.TCURL != "" || c.Protocol == "rtmp" {
		return c.TCURL
	}
	scheme, rest, ok := strings.Cut(s.URL, "://")
	if !ok {
		scheme, rest = "http", c.Host
	}
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host + "/" + s.Key.App
}

// streamURL is SRS's: vhost/app/stream, where the default vhost has no name.
func streamURL(k media.Key) string {
	if k.VHost == conf.DefaultVHost {
		return "/" + k.Path()
	}
	return k.String()
}

// seconds counts d in seconds, to the millisecond.
func seconds(d time.Duration) float64 {
	return math.Round(d.Seconds()*1000) / 1000
}
