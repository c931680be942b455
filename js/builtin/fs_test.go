package builtin_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/js"
	"weir/js/builtin"
	jshost "weir/js/host"
)

// fileHost is a server that lets scripts read and write in a directory.
type fileHost struct {
	permit jshost.Permit
	files  jshost.Files

	mu     sync.Mutex
	logged []string
}

func (h *fileHost) Log(_ js.Origin, _ js.Level, message string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.logged = append(h.logged, message)
}

func (h *fileHost) Ask(ctx context.Context, _ js.Origin, op string, args []js.Value) (js.Value, error) {
	return h.files.Ask(ctx, &h.permit, op, args)
}

// fileCall runs the body of an async function, in which dir is a directory with the
// file "hello" that holds "héllo". The answer goes through JSON.
func fileCall(t *testing.T, h *fileHost, dir, body string) any {
	t.Helper()
	module := `import fs, { promises } from 'fs';
		import zlib from 'zlib';
		const dir = ` + quoted(dir) + `;
		const f = (name) => dir + '/' + name;
		const seen = (e) => [e.name, e.message, e.code, e.errno, e.syscall, e.path, e.dest].map((v) => v === undefined ? '-' : String(v).replaceAll(dir, '@')).join('|');
		const fails = (call) => { try { return call(); } catch (e) { return seen(e); } };
		const called = (name, ...args) => new Promise((resolve) => fs[name](...args, (...results) => resolve(results)));
		export async function run() { return JSON.stringify(await (async () => {` + body + `})() ?? null); }`
	fsys := fstest.MapFS{"m.js": &fstest.MapFile{Data: []byte(module)}}
	o := js.Options{Modules: builtin.Modules(builtin.Server{}), Host: h, Budget: js.Budget{Wall: time.Minute, CPU: time.Minute}}
	p, err := js.Compile(fsys, []js.Source{{Unit: "v", Imports: []js.Import{{Name: "m", File: "m.js", Dirs: []string{"."}}}}}, o)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := js.NewPool(p, o)
	if err != nil {
		t.Fatal(err)
	}
	r, err := pool.Call(t.Context(), js.Call{Unit: "v", Func: js.Func{Module: "m", Name: "run"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := pool.Close(t.Context()); err != nil {
		t.Error(err)
	}
	var got any
	if err := json.Unmarshal([]byte(r.Value.(string)), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func quoted(s string) string {
	b, _ := json.Marshal(s) // a string always has JSON
	return string(b)
}

func TestFS(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{
			"readFile", `return [fs.readFileSync(f('hello'), 'utf8'), fs.readFileSync(f('hello')).toString('hex'), fs.readFileSync(f('hello'), { encoding: 'base64' })]`,
			`["héllo", "68c3a96c6c6f", "aMOpbGxv"]`,
		},
		{"readFile by path of bytes", `return fs.readFileSync(Buffer.from(f('hello')), 'utf8')`, `"héllo"`},
		{"readFile is a Buffer", `return Buffer.isBuffer(fs.readFileSync(f('hello')))`, `true`},
		{"readFile promise", `return [await promises.readFile(f('hello'), 'utf8'), (await fs.promises.readFile(f('hello'))).length]`, `["héllo", 6]`},
		{
			"readFile callback", `return [await called('readFile', f('hello'), 'utf8'), await called('readFile', f('hello'), { encoding: 'latin1' })]`,
			`[[null, "héllo"], [null, "hÃ©llo"]]`,
		},
		{
			"no entry", `return [fails(() => fs.readFileSync(f('none'))), await promises.readFile(f('none')).catch(seen), seen((await called('readFile', f('none')))[0])]`,
			`["Error|ENOENT: no such file or directory, open '@/none'|ENOENT|-2|open|@/none|-", "Error|ENOENT: no such file or directory, open '@/none'|ENOENT|-2|open|@/none|-", "Error|ENOENT: no such file or directory, open '@/none'|ENOENT|-2|open|@/none|-"]`,
		},
		{"a directory", `return fails(() => fs.readFileSync(dir))`, `"Error|EISDIR: illegal operation on a directory, read|EISDIR|-21|read|-|-"`},
		{
			"not permitted", `return fails(() => fs.readFileSync('/etc/passwd'))`,
			`"Error|read of /etc/passwd is not permitted: add \"js_permit fs read /etc;\"|EACCES|-13|open|/etc/passwd|-"`,
		},
		{
			"bad arguments", `return [() => fs.readFileSync(), () => fs.readFileSync('a\0b'), () => fs.readFileSync('x', 'nope'), () => fs.readFileSync('x', 5),
			() => fs.openSync('x', 'q'), () => fs.openSync('x', 'r', 'rw'), () => fs.writeFileSync('x'), () => fs.writeFileSync('x', {}), () => fs.readFile('x'),
			() => fs.accessSync('x', 'y'), () => fs.closeSync('x')].map((f) => { try { f(); } catch (e) { return e.name + ' ' + e.code; } })`,
			`["TypeError ERR_INVALID_ARG_TYPE", "TypeError ERR_INVALID_ARG_VALUE", "TypeError ERR_UNKNOWN_ENCODING", "TypeError ERR_INVALID_ARG_TYPE",
			"TypeError ERR_INVALID_ARG_VALUE", "TypeError ERR_INVALID_ARG_VALUE", "TypeError ERR_INVALID_ARG_TYPE", "TypeError ERR_INVALID_ARG_TYPE", "TypeError ERR_INVALID_ARG_TYPE",
			"TypeError ERR_INVALID_ARG_VALUE", "TypeError ERR_INVALID_ARG_TYPE"]`,
		},
		{"promises reject bad arguments", `return promises.readFile().catch((e) => e.code)`, `"ERR_INVALID_ARG_TYPE"`},

		{"writeFile and appendFile", `fs.writeFileSync(f('w'), 'ab'); fs.appendFileSync(f('w'), Buffer.from('cd')); await promises.appendFile(f('w'), '6566', 'hex'); await called('appendFile', f('w'), new DataView(new Uint8Array([103]).buffer));
			return [fs.readFileSync(f('w'), 'utf8'), fs.statSync(f('w')).mode & 0o777]`, `["abcdefg", 420]`},
		{
			"writeFile with flags", `fs.writeFileSync(f('hello'), 'J', { flag: 'r+' }); fs.writeFileSync(f('n'), 5, { mode: 0o600 }); fs.writeFileSync(f('o'), { toString() { return 'own'; } });
			return [fs.readFileSync(f('hello'), 'utf8'), fs.statSync(f('n')).mode & 0o777, fs.readFileSync(f('o'), 'utf8'), fails(() => fs.writeFileSync(f('hello'), '', { flag: 'wx' }))]`,
			`["Jéllo", 384, "own", "Error|EEXIST: file already exists, open '@/hello'|EEXIST|-17|open|@/hello|-"]`,
		},
		{"writeFile callback", `return [await called('writeFile', f('w'), 'x'), fs.readFileSync(f('w'), 'utf8')]`, `[[null], "x"]`},

		{
			"descriptors", `const fd = fs.openSync(f('d'), 'w+'); const b = Buffer.alloc(5, '.');
			const r = [fs.writeSync(fd, 'hello'), fs.writeSync(fd, Buffer.from('xJx'), 1, 1, 0), fs.writeSync(fd, 'bG8=', 3, 'base64'), fs.readSync(fd, b, 1, 3, 0), b.toString(),
				fs.readSync(fd, b, { position: 4 }), b.toString(), fs.fstatSync(fd).size, fs.readSync(fd, b, 0, 5, 99)];
			fs.ftruncateSync(fd, 2); fs.closeSync(fd);
			return [...r, fs.readFileSync(f('d'), 'utf8'), fails(() => fs.closeSync(fd))]`,
			`[5, 1, 2, 3, ".Jel.", 1, "oJel.", 5, 0, "Je", "Error|EBADF: bad file descriptor, close|EBADF|-9|close|-|-"]`,
		},
		{
			"descriptors with callbacks", `const [, fd] = await called('open', f('hello'), 'r'); const b = Buffer.alloc(3);
			const [e, n, same] = await called('read', fd, b, 0, 3, 0); const whole = fs.readFileSync(fd, 'utf8'); return [e, n, same === b, b.toString(), whole, await called('close', fd)]`,
			`[null, 3, true, "hé", "héllo", [null]]`,
		},
		{
			"ranges", `const fd = fs.openSync(f('hello')); const b = Buffer.alloc(4);
			return [() => fs.readSync(fd, b, 5), () => fs.readSync(fd, b, 2, 3), () => fs.readSync(fd, 'b'), () => fs.readSync(fd, b, 0, 1, 'x'), () => fs.readSync(99, b)].map(fails)`,
			`["RangeError|The value of \"offset\" is out of range. It must be >= 0 && <= 4. Received 5|ERR_OUT_OF_RANGE|-|-|-|-",
			"RangeError|The value of \"length\" is out of range. It must be >= 0 && <= 2. Received 3|ERR_OUT_OF_RANGE|-|-|-|-",
			"TypeError|The \"buffer\" argument must be an instance of Buffer, TypedArray, or DataView. Received type string ('b')|ERR_INVALID_ARG_TYPE|-|-|-|-",
			"TypeError|The \"position\" argument must be one of type number or bigint. Received type string ('x')|ERR_INVALID_ARG_TYPE|-|-|-|-",
			"Error|EBADF: bad file descriptor, read|EBADF|-9|read|-|-"]`,
		},
		{
			"FileHandle", `const h = await promises.open(f('h'), 'w+'); const b = Buffer.alloc(4);
			const w = await h.write('hello'); const w2 = await h.write(Buffer.from('J'), 0, 1, 0); const r = await h.read(b, 0, 4, 1); const s = await h.stat(); await h.truncate(3);
			const r2 = await h.read({ buffer: b, position: 0 });
			const text = await promises.readFile(f('h'), 'utf8'); const fd = h.fd; await h.close(); await h.close();
			return [typeof fd, w, w2.bytesWritten, r.bytesRead, r.buffer === b, s.size, r2.bytesRead, text, h.fd, String(h), (await h.stat().catch((e) => e.code))]`,
			`["number", {"bytesWritten": 5, "buffer": "hello"}, 1, 4, true, 5, 3, "Jel", -1, "[object FileHandle]", "EBADF"]`,
		},
		{"FileHandle of whole files", `const h = await promises.open(f('h'), 'w+'); await h.writeFile('ab'); await h.appendFile('cd'); await h.close();
			const r = await promises.open(f('h')); const t = [await r.readFile('utf8'), await promises.readFile(r, 'utf8')]; await r.close(); return t`, `["abcd", ""]`},

		{
			"stat", `const s = fs.statSync(f('hello')); return [s.isFile(), s.isDirectory(), s.size, s.mtime instanceof Date, s.mtime.getTime() === Math.trunc(s.mtimeMs), String(s), s.nlink, fs.statSync(dir).isDirectory()]`,
			`[true, false, 6, true, true, "[object Stats]", 1, true]`,
		},
		{
			"stat of nothing", `return [fs.statSync(f('none'), { throwIfNoEntry: false }) === undefined, fails(() => fs.lstatSync(f('none'))), (await promises.stat(f('none')).catch((e) => e.syscall))]`,
			`[true, "Error|ENOENT: no such file or directory, lstat '@/none'|ENOENT|-2|lstat|@/none|-", "stat"]`,
		},
		{
			"access", `return [fs.accessSync(f('hello'), fs.constants.R_OK) === undefined, await promises.access(f('hello')) === undefined, fails(() => fs.accessSync(f('hello'), fs.constants.X_OK)), fails(() => fs.accessSync(f('none')))]`,
			`[true, true, "Error|EACCES: permission denied, access '@/hello'|EACCES|-13|access|@/hello|-", "Error|ENOENT: no such file or directory, access '@/none'|ENOENT|-2|access|@/none|-"]`,
		},
		{"exists", `return [fs.existsSync(f('hello')), fs.existsSync(f('none')), fs.existsSync(), fs.existsSync('/etc/passwd')]`, `[true, false, false, false]`},

		{
			"directories", `fs.mkdirSync(f('a/b'), { recursive: true }); fs.mkdirSync(f('a/c'), 0o700); await promises.mkdir(f('a/d')); fs.writeFileSync(f('a/x'), '');
			const l = fs.readdirSync(f('a')); const t = fs.readdirSync(f('a'), { withFileTypes: true }).map((d) => [d.name, d.isDirectory(), d.isFile(), String(d)]);
			const b = fs.readdirSync(f('a'), 'buffer').map((n) => Buffer.isBuffer(n)); fs.rmdirSync(f('a/b'));
			const e = fails(() => fs.rmdirSync(f('a'))); fs.rmdirSync(f('a'), { recursive: true }); return [l, t, b, e, fs.readdirSync(dir), fails(() => fs.mkdirSync(dir)), fails(() => fs.readdirSync(f('none')))]`,
			`[["b", "c", "d", "x"], [["b", true, false, "[object Dirent]"], ["c", true, false, "[object Dirent]"], ["d", true, false, "[object Dirent]"], ["x", false, true, "[object Dirent]"]],
			[true, true, true, true], "Error|ENOTEMPTY: directory not empty, rmdir '@/a'|ENOTEMPTY|-39|rmdir|@/a|-", ["hello"], "Error|EEXIST: file already exists, mkdir '@'|EEXIST|-17|mkdir|@|-",
			"Error|ENOENT: no such file or directory, scandir '@/none'|ENOENT|-2|scandir|@/none|-"]`,
		},
		{
			"links", `fs.symlinkSync('hello', f('l')); const r = [fs.readlinkSync(f('l')), fs.realpathSync(f('l')) === f('hello'), fs.lstatSync(f('l')).isSymbolicLink(), await promises.readlink(f('l')), fs.readlinkSync(f('l'), 'buffer').toString('hex')];
			fs.unlinkSync(f('l')); return [...r, fails(() => fs.unlinkSync(f('l'))), fails(() => fs.symlinkSync('x', f('hello')))]`,
			`["hello", true, true, "hello", "68656c6c6f", "Error|ENOENT: no such file or directory, unlink '@/l'|ENOENT|-2|unlink|@/l|-", "Error|EEXIST: file already exists, symlink 'x' -> '@/hello'|EEXIST|-17|symlink|x|@/hello"]`,
		},
		{
			"rename, copy and rm", `fs.renameSync(f('hello'), f('x')); fs.copyFileSync(f('x'), f('y')); await promises.copyFile(f('x'), f('z')); fs.rmSync(f('x')); await called('rm', f('y'));
			return [fs.readdirSync(dir), fails(() => fs.renameSync(f('none'), f('m'))), fails(() => fs.copyFileSync(f('z'), f('z'), fs.constants.COPYFILE_EXCL)), fs.rmSync(f('none'), { force: true }) === undefined]`,
			`[["z"], "Error|ENOENT: no such file or directory, rename '@/none' -> '@/m'|ENOENT|-2|rename|@/none|@/m", "Error|EEXIST: file already exists, copyfile '@/z' -> '@/z'|EEXIST|-17|copyfile|@/z|@/z", true]`,
		},
		{"names that are no UTF-8", `const name = Buffer.concat([Buffer.from(f('')), Buffer.from([0xff])]); fs.writeFileSync(name, 'x');
			const found = fs.readdirSync(dir, 'buffer').find((n) => n[0] === 0xff); return [found.length, fs.readFileSync(name, 'utf8'), fs.readdirSync(dir).length]`, `[1, "x", 2]`},
		{"names", `return [fs.readFileSync.name, fs.promises.open.name, fs.constants.O_RDWR, fs.F_OK, Object.isFrozen(fs.constants)]`, `["readFileSync", "open", 2, 0, true]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, err := filepath.EvalSymlinks(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "hello"), []byte("héllo"), 0o644); err != nil {
				t.Fatal(err)
			}
			h := &fileHost{permit: jshost.Permit{Read: []string{dir}, Write: []string{dir}}}
			defer h.files.Close()
			got := fileCall(t, h, dir, c.body)
			var want any
			if err := json.Unmarshal([]byte(strings.ReplaceAll(c.want, "\n", " ")), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if c.name == "exists" && (len(h.logged) != 1 || !strings.Contains(h.logged[0], `js_permit fs read /etc;`)) {
				t.Errorf("the log has %q", h.logged)
			}
		})
	}
}
