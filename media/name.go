package media

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of names, in bytes.
const (
	MaxAppLen    = 256
	MaxStreamLen = 256
)

// CheckName validates app and stream as path elements that are safe in files,
// URLs, logs and shells, before anything else looks at them. It wraps ErrBadName.
//
// App is one or more elements joined by "/"; stream is one element. An element is
// not empty, not "." or "..", does not begin with "-" or end with a space or a
// dot, and holds neither control characters, format characters (as text direction
// marks), spaces at its ends, nor any of \ : * ? " < > | % # & ; $ ` ' [ ] { }.
func CheckName(app, stream string) error {
	if err := CheckApp(app); err != nil {
		return err
	}
	if len(stream) > MaxStreamLen {
		return fmt.Errorf("%w: stream is longer than %d bytes", ErrBadName, MaxStreamLen)
	}
	return checkElement("stream", stream)
}

// CheckApp validates an app alone, as CheckName does.
func CheckApp(app string) error {
	if len(app) > MaxAppLen {
		return fmt.Errorf("%w: app is longer than %d bytes", ErrBadName, MaxAppLen)
	}
	for el := range strings.SplitSeq(app, "/") {
		if err := checkElement("app", el); err != nil {
			return err
		}
	}
	return nil
}

const badChars = "/\\:*?\"<>|%#&;$`'[]{}"

func checkElement(what, s string) error {
	switch {
	case s == "":
		return fmt.Errorf("%w: %s is empty or has an empty element", ErrBadName, what)
	case strings.Trim(s, ".") == "":
		return fmt.Errorf("%w: %s has an element of dots", ErrBadName, what)
	case s[0] == '-':
		return fmt.Errorf("%w: %s begins with -", ErrBadName, what)
	case strings.HasSuffix(s, "."):
		return fmt.Errorf("%w: %s ends with a dot", ErrBadName, what)
	case !utf8.ValidString(s):
		return fmt.Errorf("%w: %s is not UTF-8", ErrBadName, what)
	case strings.TrimSpace(s) != s:
		return fmt.Errorf("%w: %s has space at its ends", ErrBadName, what)
	}
	for _, r := range s {
		if strings.ContainsRune(badChars, r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
			return fmt.Errorf("%w: %s has the character %q", ErrBadName, what, r)
		}
	}
	return nil
}
