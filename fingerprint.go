package weir

import (
	"crypto/sha256"
	"io"
	"io/fs"
	"maps"
	"strings"

	"weir/confparse"
)

// fingerprint is the content of every file that a configuration was made from,
// by name; a file that cannot be read has the zero sum. What an include looked for
// is there too, under "?" and its pattern: the names that were found.
type fingerprint map[string][sha256.Size]byte

const (
	lookup  = "?"
	maxFile = 8 << 20 // bytes; a larger file is not loaded, and its content does not matter
)

// read is the fingerprint of the bytes that l was made from.
func (s *Server) read(l loaded) fingerprint {
	f := fingerprint{}
	for _, src := range l.file.Sources {
		f[src.Name] = sha256.Sum256([]byte(src.Text))
	}
	for _, k := range l.file.Lookups {
		f[lookup+k.Pattern] = sumOf(k.Names)
		for _, name := range k.Names {
			if _, read := f[name]; !read {
				f[name] = [sha256.Size]byte{}
			}
		}
	}
	if l.program != nil {
		for _, file := range l.program.Files() {
			f[file.Name] = file.Sum
		}
	}
	if l.conf == nil {
		f[s.Conf] = [sha256.Size]byte{}
		return f
	}
	maps.Copy(f, l.conf.PairFiles)
	for _, name := range l.conf.Files() { // modules that no script is bound to
		if _, ok := f[name]; !ok {
			f[name] = s.sum(name)
		}
	}
	return f
}

// onDisk is the fingerprint of the same files as they are now.
func (s *Server) onDisk(of fingerprint) fingerprint {
	f := fingerprint{}
	for name, sum := range of {
		f[name] = sum
		if info, err := fs.Stat(s.FS, name); err != nil || info.Mode().IsRegular() || info.IsDir() { // a pipe is read once
			f[name] = s.sum(name)
		}
	}
	return f
}

func (s *Server) sum(name string) [sha256.Size]byte {
	if pattern, ok := strings.CutPrefix(name, lookup); ok {
		names, _ := confparse.Match(s.FS, pattern) // none, then
		return sumOf(names)
	}
	f, err := s.FS.Open(name)
	if err != nil {
		return [sha256.Size]byte{}
	}
	defer f.Close() //nolint:errcheck // it was read
	h := sha256.New()
	if n, err := io.Copy(h, io.LimitReader(f, maxFile+1)); err != nil || n > maxFile { // a directory's, too
		return [sha256.Size]byte{}
	}
	return [sha256.Size]byte(h.Sum(nil))
}

func sumOf(names []string) [sha256.Size]byte {
	return sha256.Sum256([]byte(strings.Join(names, "\x00")))
}
