package js_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"weir/js"
)

// fiftyLines is a module as people write them.
func fiftyLines(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "import { readFile } from 'fs';\nconst limits = new Map();\nexport const kind = %d;\n", n)
	for i := range 9 {
		fmt.Fprintf(&b, "function part%d(s: any) {\n  const key = `${s.app}/${s.stream}`;\n  if (limits.has(key)) return limits.get(key);\n  return limits.set(key, { n: %d, at: Date.now() });\n}\n", i, i)
	}
	b.WriteString("export async function publish(s: any) { return part0(s) && part1(s) && (readFile as any) }\n")
	return b.String()
}

// BenchmarkCheck is what check does with modules of 50 lines: all in one unit, or
// each in a vhost of its own.
func BenchmarkCheck(b *testing.B) {
	for _, v := range []struct{ modules, units int }{{10, 1}, {1000, 1000}} {
		b.Run(fmt.Sprintf("modules=%d/units=%d", v.modules, v.units), func(b *testing.B) {
			fsys := fstest.MapFS{}
			srcs := make([]js.Source, v.units)
			for i := range v.modules {
				name := fmt.Sprintf("m%d", i)
				fsys[name+".ts"] = &fstest.MapFile{Data: []byte(fiftyLines(i))}
				s := &srcs[i%v.units]
				s.Unit = fmt.Sprint(i % v.units)
				s.Imports = append(s.Imports, js.Import{Name: name, File: name + ".ts"})
				s.Uses = append(s.Uses, js.Use{Func: js.Func{Module: name, Name: "publish"}, At: place("srs.conf", i+1, 1)})
			}
			o := js.Options{Modules: []js.Module{{Name: "fs", Source: "exports.readFile = () => 1"}}}
			b.ReportAllocs()
			for b.Loop() {
				p, err := js.Compile(fsys, srcs, o)
				if err != nil {
					b.Fatal(err)
				}
				if errs := js.Inspect(b.Context(), p, o); errs != nil {
					b.Fatal(errs)
				}
			}
		})
	}
}
