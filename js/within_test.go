package js_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"weir/js"
)

// anyFile has files of any name.
type anyFile struct{ fstest.MapFS }

// ReadFile implements fs.ReadFileFS.
func (f anyFile) ReadFile(name string) ([]byte, error) {
	if file := f.MapFS[name]; file != nil {
		return file.Data, nil
	}
	return nil, fs.ErrNotExist
}

// Modules come from the folders that the configuration names, from those of the
// modules that it imports, and from packages beside them; from nowhere else.
func TestImportsStayInTheirFolders(t *testing.T) {
	const hint = `; "js_path `
	is := func(spec string) string {
		return `module "` + spec + `" is in no folder of js_path, of the configuration file or of a js_import`
	}
	tests := []struct {
		name, importer, spec string
		dirs                 []string
		want                 string // "" is none
	}{
		{"beside", "conf/js/m.js", "./x.js", []string{"conf"}, ""},
		{"in the configuration's tree", "conf/js/m.js", "../x.js", []string{"conf"}, ""},
		{"in js_path", "conf/js/m.js", "../../lib/x.js", []string{"conf", "lib"}, ""},
		{"by name in js_path", "conf/js/m.js", "x.js", []string{"conf", "lib"}, ""},
		{"beside an import from elsewhere", "/opt/m.js", "./deep/x.js", []string{"conf"}, ""},
		{"a package", "conf/js/m.js", "pack", []string{"conf"}, ""},
		{"a package of a folder above", "conf/js/m.js", "upper", []string{"conf"}, ""},
		{"which has its own", "conf/js/m.js", "nested", []string{"conf"}, ""},
		{"in a working directory", "m.js", "./js/x.js", []string{"."}, ""},
		{"outside", "conf/js/m.js", "../../secret/x.json", []string{"conf"}, is("../../secret/x.json") + hint + `secret;" lets scripts import from there`},
		{"absolute", "conf/js/m.js", "/etc/x.json", []string{"conf"}, is("/etc/x.json") + hint + `/etc;" lets scripts import from there`},
		{"by way of js_path", "lib/m.js", "a/../../secret/x.json", []string{"lib"}, is("a/../../secret/x.json") + hint + `secret;" lets scripts import from there`},
		{"a folder of a like name", "conf/js/m.js", "../../conf2/x.js", []string{"conf"}, is("../../conf2/x.js") + hint + `conf2;" lets scripts import from there`},
		{"above the working directory", "m.js", "../x.js", []string{"."}, is("../x.js") + hint + `..;" lets scripts import from there`},
		{"packages of others", "conf/js/m.js", "/home/u/node_modules/x.json", []string{"conf"}, is("/home/u/node_modules/x.json") + hint + `/home/u/node_modules;" lets scripts import from there`},
		{"out of a package", "conf/js/m.js", "pack/./../../../secret/x.json", []string{"conf"}, is("pack/./../../../secret/x.json") + hint + `secret;" lets scripts import from there`},
	}
	for _, tt := range tests {
		fsys := anyFile{files("conf/js/x.js", "", "conf/x.js", "", "lib/x.js", "", "/opt/deep/x.js", "", "js/x.js", "", "../x.js", "", "conf2/x.js", "",
			"secret/x.json", "1", "/etc/x.json", "1", "/home/u/node_modules/x.json", "1",
			"conf/node_modules/pack/index.js", "export default 1", "node_modules/upper/index.js", "export default 1",
			"conf/node_modules/nested/index.js", "import 'in'; export default 1", "conf/node_modules/nested/node_modules/in/index.js", "export default 1",
			tt.importer, "import '"+tt.spec+"'; export const f = () => 1")}
		_, err := js.Compile(fsys, []js.Source{{Unit: "v", Imports: []js.Import{{Name: "m", File: strings.TrimPrefix(tt.importer, tt.dirs[0]+"/"), Dirs: tt.dirs}}}}, js.Options{})
		var list js.Errors
		got := ""
		if errors.As(err, &list) {
			got = list[0].Message + "; " + list[0].Hint
		}
		if got != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}
