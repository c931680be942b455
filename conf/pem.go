package conf

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// maxPEM bounds a file of a key or a certificate, in bytes.
const maxPEM = 8 << 20

// pemFile is what a file held, or why it could not be read.
type pemFile struct {
	text []byte
	err  error
}

// readPEM reads a file of a key or a certificate. A missing one is fs.ErrNotExist.
func readPEM(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, cause(err)
	}
	if !info.Mode().IsRegular() { // reading a pipe would wait
		return nil, errors.New("it is not a file")
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, cause(err)
	}
	defer f.Close() //nolint:errcheck // read only
	b, err := io.ReadAll(io.LimitReader(f, maxPEM+1))
	if err == nil && len(b) > maxPEM {
		err = fmt.Errorf("it is larger than %d MiB", maxPEM>>20)
	}
	return b, cause(err)
}

// checkCertificate checks the first certificate of a file, the server's own.
func checkCertificate(text []byte) error {
	for {
		var b *pem.Block
		b, text = pem.Decode(text)
		if b == nil {
			return errors.New("it has no -----BEGIN CERTIFICATE-----")
		}
		if b.Type == "CERTIFICATE" {
			_, err := x509.ParseCertificate(b.Bytes)
			return err //nolint:wrapcheck // by load
		}
	}
}

// cause is err without the operation and the name, which the finding says.
func cause(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
