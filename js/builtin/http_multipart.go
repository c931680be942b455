package builtin

import (
	"errors"
	"strings"

	"weir/js"
)

// Bounds of the headers of a part.
const (
	maxPartHeaders = 32
	maxPartLine    = 4096  // bytes
	maxPartHead    = 16384 // bytes
)

// multipart reads a body of parts (RFC 7578).
func (f *form) multipart(body, boundary string) error {
	delimiter := "--" + boundary
	rest, ok := strings.CutPrefix(body, delimiter)
	if !ok {
		i := strings.Index(body, "\r\n"+delimiter) // a preamble
		if i < 0 {
			return errors.New("malformed multipart body")
		}
		rest = body[i+2+len(delimiter):]
	}
	for {
		if strings.HasPrefix(rest, "--") {
			return nil
		}
		if rest, ok = strings.CutPrefix(rest, "\r\n"); !ok {
			return errors.New("malformed multipart boundary")
		}
		head, after, ok := strings.Cut(rest, "\r\n\r\n")
		if !ok {
			return errors.New("missing multipart header separator")
		}
		name, file, isFile, err := partName(head)
		if err != nil {
			return err
		}
		value, left, ok := strings.Cut(after, "\r\n"+delimiter)
		if !ok {
			if left, ok = strings.CutPrefix(after, delimiter); !ok { // an empty part's
				return errors.New("truncated multipart body")
			}
			value = ""
		}
		var v js.Value = value
		if isFile {
			v = map[string]any{"name": file}
		}
		if err := f.add(name, v); err != nil {
			return err
		}
		rest = left
	}
}

// partName reads the headers of a part.
func partName(head string) (name, file string, isFile bool, err error) {
	if len(head) > maxPartHead {
		return "", "", false, errors.New("multipart headers are too large")
	}
	lines := strings.Split(head, "\r\n")
	disposition, has := "", false
	for i, line := range lines {
		switch {
		case len(line) > maxPartLine:
			return "", "", false, errors.New("multipart header line is too long")
		case i >= maxPartHeaders:
			return "", "", false, errors.New("too many multipart headers")
		}
		key, value, ok := strings.Cut(line, ":")
		switch {
		case !ok:
			return "", "", false, errors.New("malformed multipart header")
		case !strings.EqualFold(key, "Content-Disposition"):
		case has:
			return "", "", false, errors.New("duplicate Content-Disposition header")
		default:
			disposition, has = strings.Trim(value, " \t"), true
		}
	}
	if !has {
		return "", "", false, errors.New("missing Content-Disposition header")
	}
	kind, params, err := formParams(disposition)
	switch {
	case errors.Is(err, errFormTrailing):
		return "", "", false, errors.New("malformed Content-Disposition header")
	case err != nil:
		return "", "", false, err
	case !strings.EqualFold(kind, "form-data"):
		return "", "", false, errors.New("unsupported disposition type")
	}
	name, ok := params["name"]
	if !ok {
		return "", "", false, errors.New("multipart field name is required")
	}
	file, isFile = params["filename"]
	return name, file, isFile, nil
}
