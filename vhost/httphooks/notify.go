package httphooks

import (
	"math/rand/v2"
	"net/url"
	"strings"

	"weir/conf"
	"weir/js/hook"
)

// notify announces a segment to whoever fetches it then, as a CDN: a GET of one of
// the templates. It is tried once, for at most 10 s.
func (c *Client) notify(h *conf.HTTPHooks, s *hook.Session, f *File) {
	templates := urls(h, onHLSNotify)
	if len(templates) == 0 {
		return
	}
	url := c.notice(templates[rand.IntN(len(templates))], s, f)
	c.post(newCall(h, onHLSNotify, s, url, nil), ofNotices, f.URL, 0)
}

// notice fills in a template. [server_id], [service_id], [app], [stream] and
// [ts_url] are escaped as parts of a path, [param] as a query. An absolute URL of
// the segment stands for the whole.
func (c *Client) notice(template string, s *hook.Session, f *File) string {
	if strings.HasPrefix(f.URL, "http://") || strings.HasPrefix(f.URL, "https://") {
		return f.URL
	}
	return strings.NewReplacer(
		"[server_id]", inPath(c.ServerID), "[service_id]", inPath(c.ServiceID),
		"[app]", inPath(s.Key.App), "[stream]", inPath(s.Key.Stream), "[ts_url]", inPath(f.URL),
		"[param]", inQuery(param(s)),
	).Replace(template)
}

// inPath escapes what would end a path's element, but for the slashes.
func inPath(s string) string {
	elements := strings.Split(s, "/")
	for i, el := range elements {
		elements[i] = url.PathEscape(el)
	}
	return strings.Join(elements, "/")
}

// inQuery escapes what may not stand in a query, and leaves what is escaped.
func inQuery(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`"#<>\^`+"`{|}", c) >= 0 {
			b.WriteString(url.QueryEscape(s[i : i+1]))
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
