package weir_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/weirtest"
)

// walk lists, a line for each object that it reaches, the object's way and the names
// of its own properties, of which no getter is called. Globals that wait for their
// first use are used ahead of that.
const walk = `
	const known = new Map(), list = [];
	const name = k => typeof k === 'symbol' ? '[' + k.description + ']' : k;
	function visit(todo) {
		for (const [way, o] of todo) {
			if (o === null || typeof o !== 'object' && typeof o !== 'function' || known.has(o)) continue;
			known.set(o, way);
			const keys = Reflect.ownKeys(o).filter(k => typeof k === 'symbol' || !/^\d+$/.test(k));
			if (keys.length) list.push(way + ': ' + keys.map(name).sort().join(' '));
			for (const k of keys) {
				const d = Object.getOwnPropertyDescriptor(o, k), at = way + '.' + name(k);
				if (d) todo.push([at, d.value], [at + ' get', d.get], [at + ' set', d.set]);
			}
			todo.push([way + ' proto', Object.getPrototypeOf(o)]);
		}
	}
	for (const k of Reflect.ownKeys(globalThis)) try { globalThis[k]; } catch {}
	void Buffer.prototype; // the name has its methods of numbers made
	export async function walk(more) {
		const todo = [['', globalThis]];
		for (const m of ['buffer', 'crypto', 'fs', 'jwt', 'querystring', 'xml', 'zlib']) todo.push([m, await modules[m]()]);
		for (const k of Object.keys(more)) todo.push([k, more[k]]);
		const made = { generator: (function* () {})(), asyncFunction: async () => {}, iterator: [][Symbol.iterator](), map: new Map().keys(),
			set: new Set().keys(), match: 'a'.matchAll(/a/g), text: ''[Symbol.iterator](), arguments: (function () { return arguments; })(),
			response: new Response('x'), request: new Request('http://a/'), headers: new Headers().entries(), url: new URL('http://a/'), buffer: Buffer.from('x') };
		for (const k of Object.keys(made)) todo.push([k, made[k]]);
		visit(todo);
		return list.join('\n');
	}
	const modules = {
		buffer: () => import('buffer'), crypto: () => import('crypto'), fs: () => import('fs'), jwt: () => import('jwt'),
		querystring: () => import('querystring'), xml: () => import('xml'), zlib: () => import('zlib'),
	};
`

const languageFile = "testdata/language.txt"

var reach = flag.Bool("reach", false, "write "+languageFile)

// Scripts reach what the types declare, and what the language has. After a change of
// the engine: go test . -run TestReach -reach, and look at what has come.
func TestReachIsWhatIsDeclared(t *testing.T) {
	text, err := os.ReadFile("js/types/weir.d.ts")
	if err != nil {
		t.Fatal(err)
	}
	names := namesOf(string(text))
	var reached []string
	for line := range strings.Lines(reachOf(t)) {
		if left := undeclared(strings.TrimSpace(line), names); left != "" {
			reached = append(reached, left)
		}
	}
	slices.Sort(reached)
	reached = slices.Compact(reached) // the main VM, and that of the vhost
	if *reach {
		if err := os.WriteFile(languageFile, []byte(strings.Join(reached, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	language, err := os.ReadFile(languageFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(strings.TrimSpace(string(language)), "\n"), reached); diff != "" {
		t.Errorf("reached, and neither declared nor the language's (-want +got):\n%s", diff)
	}
}

// reachOf is what the walks of a gate and of a location find.
func reachOf(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "walk.js"), walk)
	file := filepath.Join(dir, "srs.conf")
	weirtest.Write(t, file, `listen 1935; js_import walk from walk.js; js_cpu_limit 10s; js_timeout 20s; js_shared_dict_zone zone=walked:4m;
http_server { enabled on; listen 8080; location /walk { js_content {
	r.return(200, ngx.shared.walked.get('s') + '\n' + await walk.walk({ r, live, s: null }));
} } }
vhost __defaultVhost__ { http_remux { enabled on; } js_on_play {
	ngx.shared.walked.set('s', await walk.walk({ s, live, connection: s.connection }));
	return s.deny();
} }`)
	s := weirtest.Serve(t, file)
	if _, err := s.Play("flv", "live/a"); err == nil {
		t.Fatal("admitted, want denied")
	}
	_, body := fetch(t, s.HTTP, "/walk")
	if !strings.Contains(body, "\nr: ") && !strings.Contains(body, "\nr proto: ") {
		t.Fatalf("no walk: %.500s", body)
	}
	return body
}

// declared are names of globals, and of members of anything.
type declared struct{ globals, members map[string]bool }

var (
	globalName = regexp.MustCompile(`(?m)^declare (?:abstract )?(?:class|const|let|var|function|namespace) (\w+)`)
	memberName = regexp.MustCompile(`(?m)(?:^|[{;,(]|\bas )\s*(?:(?:export|static|readonly|abstract|get|set|const|function|class|let|async) )*([\w$]+)\??\s*[(:<;{=,}]`)
)

func namesOf(types string) declared {
	d := declared{map[string]bool{}, map[string]bool{}}
	for _, m := range globalName.FindAllStringSubmatch(types, -1) {
		d.globals[m[1]] = true
	}
	for _, m := range memberName.FindAllStringSubmatch(types, -1) {
		d.members[m[1]] = true
	}
	return d
}

// undeclared is a line of a walk without what is declared; "" if that is all.
func undeclared(line string, d declared) string {
	way, keys, _ := strings.Cut(line, ": ")
	names := d.members
	if way == "" {
		names = d.globals
	}
	left := slices.DeleteFunc(strings.Fields(keys), func(k string) bool { return names[k] })
	if strings.HasSuffix(way, ".headersIn") || strings.HasSuffix(way, ".args") {
		return "" // what the peer sent
	}
	if way != "" {
		left = slices.DeleteFunc(left, func(k string) bool {
			return k == "length" || k == "name" || k == "prototype" || k == "constructor" || k == "default"
		})
	}
	if len(left) == 0 {
		return ""
	}
	return way + ": " + strings.Join(left, " ")
}
