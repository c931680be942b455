package weir_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"weir"
)

// js_hooks has the exports of modules looked at when the file is read: a text that
// brings its parser down is a finding, not the end of who reads it.
func TestModuleOfHooksMayBringDownItsParser(t *testing.T) {
	deep := "export const publish = " + strings.Repeat("(", 1e6) + "1" + strings.Repeat(")", 1e6)
	_, found := weir.Check(t.Context(), fstest.MapFS{
		"srs.conf": {Data: []byte("listen 1935; js_import hooks.js; js_hooks hooks; vhost a { }")},
		"hooks.js": {Data: []byte(deep)},
	}, "srs.conf")
	if !found.HasErrors() {
		t.Errorf("no error: %v", found)
	}
}

// What reads the file for where the server listens reads no module.
func TestReadLooksAtNoModule(t *testing.T) {
	c, found := weir.Read(fstest.MapFS{
		"srs.conf": {Data: []byte("listen 1935; js_import hooks.js; js_hooks hooks; vhost a { }")},
		"hooks.js": {Data: []byte("export default f();")},
	}, "srs.conf")
	if len(found) > 0 || c.VHosts[0].OnPublish.Func != "" {
		t.Errorf("%v", found)
	}
}
