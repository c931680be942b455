package weir_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"weir/media/mediatest"
	"weir/weirtest"
)

// A script that hangs, of this configuration or of one before, holds the server's
// end up for the time that it has, and no longer.
func TestStopIsBounded(t *testing.T) {
	t.Parallel()
	hangs := "js_on_unpublish { await new Promise(() => {}); }"
	file := filepath.Join(t.TempDir(), "srs.conf")
	weirtest.Write(t, file, everything(hangs)+"vhost gone { "+hangs+" }")
	s, err := weirtest.Start(file)
	if err != nil {
		t.Fatal(err)
	}
	publish(t, s, "live/a", mediatest.Stream{})
	publish(t, s, "live/b?vhost=gone", mediatest.Stream{})
	weirtest.Write(t, s.Conf, everything(hangs))
	if err := s.WaitLog(1, "msg=reloaded"); err != nil {
		t.Error(err)
	}
	begun := time.Now()
	err = s.Stop()
	if took := time.Since(begun); took > 18*time.Second { // an event alone has 30 s
		t.Errorf("the end took %v", took)
	}
	if err == nil || !strings.Contains(err.Error(), "was cut off") {
		t.Errorf("stop: %v, want what was cut off", err)
	}
}
