//go:build linux

package main

import (
	"os"
	"path/filepath"
	"testing"

	"weir/weirtest"
)

// Every variant of weir that goals are measured on serves.
func TestWeirServesEveryVariant(t *testing.T) {
	dir := t.TempDir()
	module := filepath.Join(dir, "module.so")
	writeFile(t, module, nil)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	all, err := peerServers(dir, self, self, module)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != len(weirVariants)+1 {
		t.Errorf("%d servers", len(all))
	}
	for name := range weirVariants {
		t.Run(name, func(t *testing.T) {
			s := weirtest.Serve(t, filepath.Join(dir, name+".conf"))
			if s.RTMP != all[name].Ready {
				t.Errorf("listens at %s, want %s", s.RTMP, all[name].Ready)
			}
			var f connectFigures
			load(t, &f, "connect", "-url", all[name].RTMP, "-r", "0", "-max", "1", "-count", "1", "-warm", "0s")
			if f.Done != 1 {
				t.Errorf("got %+v", f)
			}
		})
	}
	if _, err := peerServers(dir, filepath.Join(dir, "no-weir"), self, module); err == nil {
		t.Error("a weir that is not there was found")
	}
	if _, err := peerServers(dir, self, self, filepath.Join(dir, "no.so")); err == nil {
		t.Error("an nginx-rtmp that is not there was found")
	}
}
