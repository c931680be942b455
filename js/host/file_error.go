package host

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"weir/js"
)

// fileErrors are the names of the system's errors, and their texts in Node.
var fileErrors = map[syscall.Errno]struct{ code, text string }{
	syscall.EACCES:       {"EACCES", "permission denied"},
	syscall.EAGAIN:       {"EAGAIN", "resource temporarily unavailable"},
	syscall.EBADF:        {"EBADF", "bad file descriptor"},
	syscall.EBUSY:        {"EBUSY", "resource busy or locked"},
	syscall.EDQUOT:       {"EDQUOT", "disk quota exceeded"},
	syscall.EEXIST:       {"EEXIST", "file already exists"},
	syscall.EFBIG:        {"EFBIG", "file too large"},
	syscall.EINVAL:       {"EINVAL", "invalid argument"},
	syscall.EIO:          {"EIO", "i/o error"},
	syscall.EISDIR:       {"EISDIR", "illegal operation on a directory"},
	syscall.ELOOP:        {"ELOOP", "too many symbolic links encountered"},
	syscall.EMFILE:       {"EMFILE", "too many open files"},
	syscall.EMLINK:       {"EMLINK", "too many links"},
	syscall.ENAMETOOLONG: {"ENAMETOOLONG", "name too long"},
	syscall.ENFILE:       {"ENFILE", "file table overflow"},
	syscall.ENODEV:       {"ENODEV", "no such device"},
	syscall.ENOENT:       {"ENOENT", "no such file or directory"},
	syscall.ENOMEM:       {"ENOMEM", "not enough memory"},
	syscall.ENOSPC:       {"ENOSPC", "no space left on device"},
	syscall.ENOTDIR:      {"ENOTDIR", "not a directory"},
	syscall.ENOTEMPTY:    {"ENOTEMPTY", "directory not empty"},
	syscall.ENOTSUP:      {"ENOTSUP", "operation not supported"},
	syscall.ENXIO:        {"ENXIO", "no such device or address"},
	syscall.EPERM:        {"EPERM", "operation not permitted"},
	syscall.EROFS:        {"EROFS", "read-only file system"},
	syscall.ESPIPE:       {"ESPIPE", "invalid seek"},
	syscall.ETXTBSY:      {"ETXTBSY", "text file is busy"},
	syscall.EXDEV:        {"EXDEV", "cross-device link not permitted"},
}

// fileThrow is what a script sees of an error. It names no path: the script knows
// what it asked for, and where that leads is not its business.
func fileThrow(err error) error {
	var t *js.Throw
	if errors.As(err, &t) {
		return t
	}
	var errno syscall.Errno
	if errors.As(err, &errno) {
		if e, ok := fileErrors[errno]; ok {
			return &js.Throw{Class: "Error", Message: e.code + ": " + e.text, Code: e.code}
		}
		return &js.Throw{Class: "Error", Message: errno.Error(), Code: "UNKNOWN"}
	}
	if errors.Is(err, fs.ErrClosed) {
		return fileThrow(syscall.EBADF)
	}
	return &js.Throw{Class: "Error", Message: "EIO: i/o error", Code: "EIO"}
}

// tooLarge says that a file, or what is asked of it, is beyond MaxFile.
func tooLarge(size int64) error {
	return &js.Throw{
		Class: "RangeError", Code: "ERR_FS_FILE_TOO_LARGE",
		Message: fmt.Sprintf("File size (%d) is greater than %d MiB", size, MaxFile>>20),
	}
}
