package weir_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"weir"
	"weir/confparse"
	"weir/media/mediatest"
	"weir/weirtest"
)

// otherFS is a file system of which no event tells.
type otherFS struct{ fs.FS }

func TestFilesOfAnotherFileSystemArePolled(t *testing.T) {
	t.Parallel()
	d := disk{t, t.TempDir()}
	plain(d, texts("word.js", "first"))
	s := weirtest.Serve(t, d.path("srs.conf"), (*weir.Server).PollingFast, func(s *weir.Server) { s.FS = otherFS{confparse.Disk{}} })
	denies(t, s, "first")
	d.write("word.js", texts("word.js", "second")["word.js"])
	denies(t, s, "second")
}

// limits are of the system for those who watch; the log says that one was met.
var limits = map[string]string{
	"max_inotify_instances": "files are polled, since they cannot be watched",
	"max_inotify_watches":   "files are polled, since their directory cannot be watched",
}

// Where the system lets nobody watch, the files are polled, and the log says so.
func TestPollingWhereNothingCanBeWatched(t *testing.T) {
	for limit, says := range limits {
		t.Run(limit, func(t *testing.T) {
			if os.Getenv("WEIR_TEST_LIMIT") == "" {
				limited(t, limit)
				return
			}
			if err := os.WriteFile(filepath.Join("/proc/sys/user", limit), []byte("0"), 0); err != nil {
				t.Skip(err)
			}
			d := disk{t, t.TempDir()}
			plain(d, texts("word.js", "first"))
			s := weirtest.Serve(t, d.path("srs.conf"), (*weir.Server).PollingFast)
			denies(t, s, "first")
			d.write("word.js", texts("word.js", "second")["word.js"])
			denies(t, s, "second")
			if n := s.Log.Count(says); n != 1 {
				t.Errorf("%d lines say that files are polled, want 1:\n%s", n, s.Log)
			}
		})
	}
}

// limited runs the test again, in a process with limits of its own.
func limited(t *testing.T, limit string) {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	c.Env = append(os.Environ(), "WEIR_TEST_LIMIT="+limit)
	c.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	out, err := c.CombinedOutput()
	var failed *exec.ExitError
	switch {
	case errors.As(err, &failed):
		t.Errorf("%v:\n%s", err, out)
	case err != nil: // there are no user namespaces
		t.Skip(err)
	case bytes.Contains(out, []byte("--- SKIP")):
		t.Skipf("%s", out)
	}
}

// A configuration that comes through a pipe is served, and nobody waits for more
// of it.
func TestConfigurationFromAPipe(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe.conf")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	written := make(chan error, 1)
	go func() { written <- os.WriteFile(pipe, []byte(weirtest.FreePorts(everything(""))), 0) }()
	s, err := weirtest.Start(pipe, (*weir.Server).PollingFast)
	if err != nil {
		t.Fatal(err)
	}
	if err := <-written; err != nil {
		t.Error(err)
	}
	publish(t, s, "live/a", mediatest.Stream{}).Stop()
	if err := s.Stop(); err != nil {
		t.Error(err)
	}
}
