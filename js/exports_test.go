package js_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

func TestExports(t *testing.T) {
	fsys := fstest.MapFS{
		"other.js": {Data: []byte("export const stop = 1;")},
	}
	for name, tt := range map[string]struct {
		text  string
		names []string
		known bool
	}{
		"named":           {"export async function publish() {} export const play = () => {}; const hidden = 1;", []string{"play", "publish"}, true},
		"none":            {"const a = 1;", nil, true},
		"passed on":       {"export * from './other.js'; export { x as play } from 'pkg';", []string{"play", "stop"}, true},
		"TypeScript":      {"export const play: (s: any) => void = (s) => {}; export type T = string;", []string{"play"}, true},
		"default object":  {"import c from 'crypto'; import { a } from 'pkg';\nfunction play() { c; a; } export default { play, publish() {}, 'stop': play };", []string{"play", "publish", "stop"}, true},
		"default, by way": {"const play = async () => {}; const hooks = { play }; export default hooks;", []string{"play"}, true},
		"default, spread": {"const a = {}; export default { ...a };", nil, false},
		"default, made":   {"function f() { return {}; } export default f();", nil, false},
		"CommonJS":        {"exports.play = () => {};", nil, false},
		"faulty":          {"export const = 1;", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			fsys["hooks.ts"] = &fstest.MapFile{Data: []byte(tt.text)}
			got := js.Exports(fsys, []string{"hooks.ts"})[0]
			if diff := cmp.Diff(tt.names, got.Names); diff != "" || (got.Err == nil) != tt.known {
				t.Errorf("%v, -want +got\n%s", got.Err, diff)
			}
		})
	}
}
