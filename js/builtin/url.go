package builtin

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"weir/js"
)

var (
	//go:embed url.js
	urlSource string
	//go:embed url.d.ts
	urlTypes string
)

// urlModule is the Web's URL and URLSearchParams (URL Standard), also as Node's url.
func urlModule() js.Module {
	return js.Module{
		Name:    "url",
		Globals: []string{"URL", "URLSearchParams"},
		Source:  urlSource,
		Natives: []js.Native{
			native("parse", func(_ js.Env, args []js.Value) (js.Value, error) {
				u := parseURL(text(args, 0), optionalText(args, 1))
				if u == nil {
					return nil, nil
				}
				return u.members(), nil
			}),
			native("set", func(_ js.Env, args []js.Value) (js.Value, error) {
				u := parseURL(text(args, 0), nil)
				if u == nil {
					return nil, nil
				}
				u.set(text(args, 1), text(args, 2))
				return u.members(), nil
			}),
			native("parseQuery", func(_ js.Env, args []js.Value) (js.Value, error) { return parseForm(text(args, 0)), nil }),
			native("serializeQuery", func(_ js.Env, args []js.Value) (js.Value, error) {
				list, _ := args[0].([]any)
				return serializeForm(list), nil
			}),
			native("scalar", func(_ js.Env, args []js.Value) (js.Value, error) { return text(args, 0), nil }),
		},
	}
}

// optionalText is the i-th argument, nil if it is none or undefined.
func optionalText(args []js.Value, i int) *string {
	if i >= len(args) || args[i] == nil {
		return nil
	}
	s := text(args, i)
	return &s
}

// webURL is a URL record (URL Standard, 4.1).
type webURL struct {
	scheme, username, password string
	host                       *string // nil is null: file:///x has an empty one, data:x none
	port                       int     // -1: null
	path                       []string
	opaque                     *string // the path, if it is no list
	query, fragment            *string
}

// specialPorts are the special schemes, with their default ports; -1: none.
var specialPorts = map[string]int{"ftp": 21, "file": -1, "http": 80, "https": 443, "ws": 80, "wss": 443}

func isSpecial(scheme string) bool { _, ok := specialPorts[scheme]; return ok }

func (u *webURL) special() bool { return isSpecial(u.scheme) }

func (u *webURL) hasCredentials() bool { return u.username != "" || u.password != "" }

// plain reports that the URL cannot have a username, a password or a port.
func (u *webURL) plain() bool { return u.host == nil || *u.host == "" || u.scheme == "file" }

func (u *webURL) clone() *webURL {
	c := *u
	c.path = slices.Clone(u.path)
	return &c
}

// shorten takes the path's last segment away, unless it is a drive.
func (u *webURL) shorten() {
	if u.scheme == "file" && len(u.path) == 1 && isNormalDrive(u.path[0]) {
		return
	}
	if len(u.path) > 0 {
		u.path = u.path[:len(u.path)-1]
	}
}

func (u *webURL) pathname() string {
	if u.opaque != nil {
		return *u.opaque
	}
	var b strings.Builder
	for _, s := range u.path {
		b.WriteString("/" + s)
	}
	return b.String()
}

func (u *webURL) hostPort() string {
	if u.host == nil {
		return ""
	}
	return *u.host + u.colonPort()
}

func (u *webURL) colonPort() string {
	if u.port < 0 {
		return ""
	}
	return ":" + strconv.Itoa(u.port)
}

// href is the URL's serialization (URL Standard, 4.5).
func (u *webURL) href() string {
	s := u.scheme + ":"
	switch {
	case u.host != nil:
		s += "//"
		if u.hasCredentials() {
			s += u.username
			if u.password != "" {
				s += ":" + u.password
			}
			s += "@"
		}
		s += u.hostPort()
	case u.opaque == nil && len(u.path) > 1 && u.path[0] == "":
		s += "/."
	}
	s += u.pathname()
	if u.query != nil {
		s += "?" + *u.query
	}
	if u.fragment != nil {
		s += "#" + *u.fragment
	}
	return s
}

// origin is the serialization of the URL's origin (URL Standard, 4.7).
func (u *webURL) origin() string {
	switch u.scheme {
	case "ftp", "http", "https", "ws", "wss":
		return u.scheme + "://" + u.hostPort()
	case "blob":
		if in := parseURL(u.pathname(), nil); in != nil && (in.scheme == "http" || in.scheme == "https") {
			return in.origin()
		}
	}
	return "null"
}

// members are the attributes of a URL object: href, origin, protocol, username,
// password, host, hostname, port, pathname, search, hash.
func (u *webURL) members() []any {
	hostname := ""
	if u.host != nil {
		hostname = *u.host
	}
	return []any{
		u.href(), u.origin(), u.scheme + ":", u.username, u.password, u.hostPort(), hostname,
		strings.TrimPrefix(u.colonPort(), ":"), u.pathname(), behind("?", u.query), behind("#", u.fragment),
	}
}

// behind is what stands behind a mark, with it; "" if that is nothing.
func behind(mark string, s *string) string {
	if s == nil || *s == "" {
		return ""
	}
	return mark + *s
}
