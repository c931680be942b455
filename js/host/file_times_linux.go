package host

import (
	"syscall"
	"time"
)

// times are those of the last access, and of the last change of the attributes.
func times(s *syscall.Stat_t) (accessed, changed time.Time) {
	return time.Unix(s.Atim.Unix()), time.Unix(s.Ctim.Unix())
}
