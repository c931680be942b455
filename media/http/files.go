package http

import (
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"time"

	"weir/media/web"
)

// contentTypes are of extensions that the system's table lacks or takes for
// something else.
var contentTypes = map[string]string{
	".flv":  "video/x-flv",
	".m3u8": "application/vnd.apple.mpegurl",
	".m4s":  "video/iso.segment",
	".mp4":  "video/mp4",
	".ts":   "video/mp2t",
}

// slowest is the rate, in bytes a second, at which a file must be taken.
const slowest = 32 << 10

// serveFile answers with a file of the directory, a directory's index.html, or the
// landing page at "/". It lists no directory, and shows no name that begins with a
// dot. Symbolic links lead to files within the directory only (os.Root).
func (s *Site) serveFile(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		web.NotAllowed(w)
		return
	}
	name, ok := fileName(r.URL.Path)
	if !ok {
		http.NotFound(w, r)
		return
	}
	f, info, err := open(s.current().Dir, name)
	switch {
	case errors.Is(err, errNoSlash):
		w.Header().Set("Location", withSlash(r.URL))
		w.WriteHeader(http.StatusMovedPermanently)
	case err != nil && r.URL.Path == "/":
		serveLanding(w, r)
	case err != nil:
		http.NotFound(w, r) // why is the operator's affair
	default:
		defer f.Close() //nolint:errcheck // read only
		serveContent(w, r, f, info)
	}
}

// fileName turns a URL's path into a name within the directory; it ends with "/"
// for a directory.
func fileName(p string) (name string, ok bool) {
	name = strings.TrimPrefix(p, "/")
	if name == "" {
		return "./", true
	}
	for el := range strings.SplitSeq(strings.TrimSuffix(name, "/"), "/") {
		if el == "" || el[0] == '.' && el != ".well-known" {
			return "", false
		}
	}
	return name, true
}

var errNoSlash = errors.New("a directory's URL ends with a slash")

// open opens a file of dir, or the index.html of a directory. The directory is
// opened anew each time: it may come, go and be exchanged.
func open(dir, name string) (*os.File, fs.FileInfo, error) {
	if dir == "" {
		return nil, nil, fs.ErrNotExist
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, err //nolint:wrapcheck // not shown
	}
	defer root.Close() //nolint:errcheck // read only
	if strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	info, err := root.Stat(name)
	switch {
	case err != nil:
		return nil, nil, err //nolint:wrapcheck // not shown
	case info.IsDir():
		return nil, nil, errNoSlash
	case !info.Mode().IsRegular(): // opening a pipe would wait
		return nil, nil, fs.ErrNotExist
	}
	f, err := root.Open(name)
	return f, info, err //nolint:wrapcheck // not shown
}

// withSlash is the URL with a slash at its end, relative to itself, so that no
// path can name another host.
func withSlash(u *url.URL) string {
	to := url.URL{Path: "./" + path.Base(u.Path) + "/", RawQuery: u.RawQuery}
	return to.String()
}

func serveContent(w http.ResponseWriter, r *http.Request, f *os.File, info fs.FileInfo) {
	if t := contentTypes[path.Ext(info.Name())]; t != "" {
		w.Header().Set("Content-Type", t)
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	limit := requestTimeout + time.Duration(info.Size()/slowest)*time.Second
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(limit)) // a recorder has none
	http.ServeContent(w, r, info.Name(), info.ModTime(), f)
}
