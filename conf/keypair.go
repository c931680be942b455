package conf

import (
	"crypto/sha256"
	"crypto/tls"
	"errors"
	"io/fs"
	"path"
	"strings"
	"time"

	"weir/confparse"
)

// loadPairs reads the pairs of the listeners that are served, and the certificates
// that scripts trust, from fsys; nil leaves them unread.
func (d *decoder) loadPairs(c *Config, fsys fs.FS) {
	if fsys == nil {
		return
	}
	l := &pairLoader{decoder: d, fsys: fsys, dirs: pairDirs(c), files: map[string]pemFile{}}
	if s := &c.HTTPServer; s.Enabled && s.HTTPS.Enabled {
		l.load(&s.HTTPS.KeyPair, &s.HTTPS.Enabled)
	}
	if a := &c.HTTPAPI; a.Enabled && a.HTTPS.Enabled {
		l.load(&a.HTTPS.KeyPair, &a.HTTPS.Enabled)
	}
	l.loadRoots(&c.Fetch, nil)
	for _, v := range c.VHosts {
		l.loadRoots(&v.Fetch, c.FetchRoots)
	}
	c.PairFiles = l.sums()
}

// loadRoots reads what js_fetch_trusted_certificate names, unless it is inherited.
func (l *pairLoader) loadRoots(f *Fetch, inherited []byte) {
	if l.places[&f.FetchCA] == nil {
		f.FetchRoots = inherited
		return
	}
	const directive = "js_fetch_trusted_certificate"
	at := l.places.of(l.whole, &f.FetchCA)
	text, ok := l.read(directive, f.FetchCA, at)
	if !ok {
		return
	}
	if err := checkCertificate(text); err != nil {
		l.errorf("E409", at, "%s %s: %v", directive, f.FetchCA, err)
		return
	}
	f.FetchRoots = text
}

// pairDirs are where relative names are looked for. Once the server runs, work_dir
// is the working directory.
func pairDirs(c *Config) []string {
	dirs := []string{path.Dir(c.File.Name), c.WorkDir}
	if !path.IsAbs(c.WorkDir) {
		dirs = append(dirs, ".")
	}
	return dirs
}

type pairLoader struct {
	*decoder
	fsys  fs.FS
	dirs  []string
	files map[string]pemFile // read once, though two listeners name them: they may change meanwhile
}

// sums are Config.PairFiles.
func (l *pairLoader) sums() map[string][sha256.Size]byte {
	var sums map[string][sha256.Size]byte
	for name, f := range l.files {
		if sums == nil {
			sums = map[string][sha256.Size]byte{}
		}
		sums[name] = [sha256.Size]byte{}
		if f.err == nil {
			sums[name] = sha256.Sum256(f.text)
		}
	}
	return sums
}

// load reads p. What the file does not set is reported where enabled is.
func (l *pairLoader) load(p *KeyPair, enabled *bool) {
	keyAt := l.places.of(l.whole, &p.Key, enabled)
	certAt := l.places.of(l.whole, &p.Cert, enabled)
	key, keyOK := l.read("key", p.Key, keyAt)
	cert, certOK := l.read("cert", p.Cert, certAt)
	if !keyOK || !certOK {
		return
	}
	if err := checkCertificate(cert); err != nil {
		l.errorf("E409", certAt, "cert %s: %v", p.Cert, err)
		return
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		l.errorf("E409", keyAt, "key %s does not fit cert %s: %s", p.Key, p.Cert, strings.TrimPrefix(err.Error(), "tls: "))
		return
	}
	l.checkDates(&pair, p.Cert, certAt)
	p.Certificate = &pair
}

// checkDates warns of a certificate that players will not accept now.
func (l *pairLoader) checkDates(pair *tls.Certificate, name string, at confparse.Span) {
	from, until := pair.Leaf.NotBefore, pair.Leaf.NotAfter
	switch now := time.Now(); {
	case now.After(until):
		l.warnf("W409", at, "cert %s has expired, on %s", name, until.UTC().Format(time.DateTime))
	case now.Before(from):
		l.warnf("W409", at, "cert %s is not valid before %s", name, from.UTC().Format(time.DateTime))
	}
}

// read returns the content of the file that a directive, key or cert, names.
func (l *pairLoader) read(directive, name string, at confparse.Span) ([]byte, bool) {
	all := candidates(l.dirs, name)
	for _, file := range all {
		f, ok := l.files[file]
		if !ok {
			f.text, f.err = readPEM(l.fsys, file)
			l.files[file] = f
		}
		switch {
		case f.err == nil:
			return f.text, true
		case !errors.Is(f.err, fs.ErrNotExist):
			l.errorf("E409", at, "%s %s: %v", directive, file, f.err)
			return nil, false
		}
	}
	l.errorf("E409", at, "%s %s: there is no such file", directive, name).Hint = "looked for " + oneOf(all)
	return nil, false
}
