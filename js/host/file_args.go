package host

import (
	"strings"
	"syscall"
	"unicode/utf8"

	"weir/js"
)

// arg is the i-th argument; nil if there is none.
func (c *fileCall) arg(i int) js.Value {
	if i >= len(c.args) {
		return nil
	}
	return c.args[i]
}

// path is the i-th argument. Scripts refuse bad ones themselves, with better words.
func (c *fileCall) path(i int) (string, error) {
	var s string
	switch v := c.arg(i).(type) {
	case string:
		s = v
	case []byte:
		s = string(v)
	default:
		return "", syscall.EINVAL
	}
	switch {
	case s == "":
		return "", syscall.ENOENT
	case strings.ContainsRune(s, 0):
		return "", syscall.EINVAL
	case len(s) > maxPath:
		return "", syscall.ENAMETOOLONG
	}
	return s, nil
}

// maxPath is Linux's PATH_MAX.
const maxPath = 4096

// integer is the i-th argument, or otherwise if it is no number.
func (c *fileCall) integer(i int, otherwise int64) int64 {
	switch v := c.arg(i).(type) {
	case int64:
		return v
	case float64:
		return int64(v)
	}
	return otherwise
}

// data is the i-th argument, bytes or the UTF-8 of a string.
func (c *fileCall) data(i int) []byte {
	switch v := c.arg(i).(type) {
	case []byte:
		return v
	case string:
		return []byte(v)
	}
	return nil
}

func (c *fileCall) is(i int) bool { return c.arg(i) == true }

// pathValue is a path as scripts get it.
func pathValue(s string) js.Value {
	if utf8.ValidString(s) {
		return s
	}
	return []byte(s)
}
