package weir_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"weir/media/mediatest"
	"weir/weirtest"
)

// hostileScripts do what scripts must not, in js_on_publish.
var hostileScripts = []string{
	// They never end.
	`for (;;) {}`,
	`while (1) await null;`,
	`for (;;) { try { for (;;) {} } catch (e) {} finally { for (;;) {} } }`,
	`const f = () => Promise.resolve().then(f); f(); await new Promise(() => {});`,
	`await new Promise(() => {});`,
	`await new Promise((_, no) => setInterval(() => {}, 0));`,
	`[3, 2, 1].sort(() => { for (;;) {} });`,
	`return { then(f) { for (;;) {} } };`,
	`s.log({ toString() { for (;;) {} } }); for (;;) {}`,
	`new Proxy({}, { get() { for (;;) {} } }).x;`,
	`'a'.repeat(1000).replace(/a/g, () => { for (;;) {} });`,
	`/^(?=(a+))\1+b$/.test('a'.repeat(30000)); for (;;) {}`,

	// They have no measure.
	`const f = () => f(); f();`,
	`const o = { toString() { return '' + o; } }; return '' + o;`,
	`JSON.parse('['.repeat(1e6));`,
	`const l = []; for (;;) l.push(l);`,
	`new ArrayBuffer(2 ** 31);`,
	`'x'.repeat(2 ** 30);`,
	`for (let i = 0; i < 1e6; i++) setTimeout(() => {}, 1e6); await new Promise(() => {});`,
	`for (;;) s.log('again'.repeat(1000));`,
	`s.ctx.x = 'x'.repeat(1e6);`,
	`for (const o = s.ctx; ;) o.o = { o: o.o };`,
	`s.ctx.self = s.ctx;`,

	// They throw what is thrown seldom.
	`throw null;`,
	`throw undefined;`,
	`throw Symbol('x');`,
	`throw { get message() { throw 1; }, get stack() { throw 2; }, toString() { throw 3; } };`,
	`throw new Proxy({}, { get() { throw 1; }, ownKeys() { throw 2; }, getPrototypeOf() { throw 3; } });`,
	`return Promise.reject();`,
	`return Promise.reject(new Error('x'.repeat(1e6)));`,

	// They break what they stand on.
	`Promise.prototype.then = null; Object.prototype.then = () => {}; JSON.stringify = JSON.parse = null; Array.prototype.push = null; throw 1;`,
	`Object.defineProperty(Object.prototype, 'stream', { get() { throw 1; } }); for (const k of Object.getOwnPropertyNames(globalThis)) try { delete globalThis[k]; } catch {} throw 1;`,
	`s.constructor.constructor('return process')().exit();`,
	`(async () => {}).constructor('for (;;) {}')();`,
	`globalThis.process.exit(1);`,
	`require('child_process').exec('id');`,
	`s.deny = () => {}; s.__proto__.kick.call({}); throw 1;`,
	`s.kick.call(null); throw 1;`,
	`s.rename(s);`,
	`s.deny(NaN, Symbol());`,
	`s.deny({ valueOf() { throw 1; } }, s);`,

	// They have much to say.
	`s.log('x'.repeat(1e6)); throw 1;`,
	`console.log('x'.repeat(1e6)); throw 1;`,
	`s.deny({ reason: 'x'.repeat(1e6) });`,
	`s.redirect('x'.repeat(1e6));`,
	`s.redirect('http://' + 'x'.repeat(1e6) + '\\x00');`,
	`s.rename('x'.repeat(1e6), {});`,
}

// A script that fails in any way refuses the session that asked it, in good time;
// no other vhost, and no stream of its own, loses anything, and it is asked again.
func TestHostileScripts(t *testing.T) {
	t.Parallel()
	var conf strings.Builder
	conf.WriteString("js_timeout 2s; js_cpu_limit 100ms;" + everything(`js_on_publish { s.log('well'); }`))
	for i, body := range hostileScripts {
		fmt.Fprintf(&conf, "vhost v%d {\n js_on_publish { if (s.stream === 'good') return;\n%s\n}\n}\n", i, body)
	}
	s := weirtest.Up(t, conf.String())
	b := stand(t, s)
	t.Run("of", func(t *testing.T) {
		for i, body := range hostileScripts {
			t.Run(body, func(t *testing.T) {
				t.Parallel()
				at := fmt.Sprintf("?vhost=v%d", i)
				living := publish(t, s, "live/good"+at, mediatest.Stream{GOP: 25})
				for range 2 {
					begun := time.Now()
					p, err := s.Publish("live/bad"+at, mediatest.Stream{})
					if err == nil {
						p.Stop()
						t.Fatal("it admits")
					}
					if _, reason := refusal(err); reason != "refused: the script that decides has failed" {
						t.Errorf("the peer is told %q", reason)
					}
					if d := time.Since(begun); d > 10*time.Second {
						t.Errorf("it took %v", d)
					}
				}
				if err := living.Stop(); err != nil {
					t.Errorf("another session of the vhost: %v", err)
				}
				publish(t, s, "more/good"+at, mediatest.Stream{GOP: 25})
			})
		}
	})
	b.unharmed(t)
	log := s.Log.String() // it is long: some scripts have written it
	wellFormed(t, log)
	bounded(t, log)
	failed := map[string]int{}
	for _, m := range failedVHost.FindAllStringSubmatch(log, -1) {
		failed[m[1]]++
	}
	for i, body := range hostileScripts {
		if n := failed[fmt.Sprintf("v%d", i)]; n != 2 {
			t.Errorf("%s\n%d lines say that it failed, want 2", body, n)
		}
	}
}

var failedVHost = regexp.MustCompile(`msg="script failed" vhost=(\w+)`)

// bounded checks that what fails is told in brief, and that nothing a script says
// fills the disk with one line.
func bounded(t *testing.T, log string) {
	t.Helper()
	for line := range strings.Lines(log) {
		most := 80 << 10
		if strings.Contains(line, "level=ERROR") || strings.Contains(line, "reason=") {
			most = 16 << 10
		}
		if len(line) > most {
			t.Errorf("the log has a line of %d KB: %.200s", len(line)>>10, line)
		}
	}
}

// What a script gives for a reason reaches peers and the log in brief.
func TestLongReasons(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, "js_cpu_limit 5s;"+everything(`
		js_on_publish { if (s.args.kick) s.kick('x'.repeat(1e5)); else s.deny(403, 'x'.repeat(1e5)); }
		js_on_play { s.deny(403, '\u20ac'.repeat(1e5)); }
	`))
	if p, err := s.Publish("live/a?kick=1", mediatest.Stream{}); err == nil {
		<-p.Done()
		p.Stop()
	}
	waitLog(t, s, 1, "kicked", "xxx")
	_, err := s.Publish("live/a", mediatest.Stream{})
	if _, reason := refusal(err); len(reason) > 2000 {
		t.Errorf("a publisher is told %d bytes", len(reason))
	}
	for _, protocol := range weirtest.Basic {
		_, err := s.Play(protocol, "live/a")
		if _, reason := refusal(err); len(reason) > 2000 || !utf8.ValidString(reason) {
			t.Errorf("a player by %s is told %d bytes, ending in %q", protocol, len(reason), reason[max(0, len(reason)-10):])
		}
	}
	_, body := fetch(t, s.HTTP, "/live/a.flv")
	if len(body) > 2000 {
		t.Errorf("an answer has %d bytes", len(body))
	}
	bounded(t, s.Log.String())
}

// An event that fails keeps nothing from ending.
func TestHostileEvents(t *testing.T) {
	t.Parallel()
	s := weirtest.Up(t, "js_cpu_limit 100ms;"+everything(`
		js_on_unpublish { if (s.args.x) throw null; for (;;) {} }
		js_on_stop { return Promise.reject(); }
		js_on_close { s.kick(); s.connection.x.y; }
	`))
	for range 3 {
		pub := publish(t, s, "live/a", mediatest.Stream{GOP: 25})
		for _, protocol := range weirtest.Basic[:2] {
			p := play(t, s, protocol, "live/a")
			waitFrames(t, p, 1)
			p.Stop()
		}
		pub.Stop()
		waitLog(t, s, 1, "msg=unpublish")
	}
	for directive, n := range map[string]int{"js_on_unpublish": 3, "js_on_stop": 6, "js_on_close": 6} {
		waitLog(t, s, n, "script failed", "directive="+directive)
	}
}
