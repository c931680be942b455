package weir_test

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"weir/weirtest"
)

// attackFor is how long each attack goes on in the long mode (make attack): one
// server for each, on a machine that does little else, and numbers judge.
var attackFor = flag.Duration("attack", 0, "how long each attack of a script goes on; 0: briefly, and time is not judged")

// What an attack is held to.
const (
	attackTimeout = time.Second // js_timeout
	attackMemory  = 128 << 20   // js_memory
	attackServer  = 512 << 20   // what the server's process may have, the peers of the test included
)

// scriptAttack is what a script does to its server.
type scriptAttack struct {
	name string
	body string // of js_on_play, or of js_content
	conf string // more directives of its vhost
	at   string // "content": in a location, which runs in the main VM
}

// survived is what the gate of an attack that comes to its end says.
const survived = "return s.deny(403, 'survived');"

// directives are the attack's own vhost.
func (a scriptAttack) vhost(name string) string {
	gate := ""
	if a.at == "" {
		gate = fmt.Sprintf("js_on_play { if (s.args.good) return s.deny(403, 'served');\n%s\n%s }", a.body, survived)
	}
	return fmt.Sprintf("vhost %s { http_remux { enabled on; }\n%s\n%s\n}\n", name, a.conf, gate)
}

// location is where the attack's content is.
func (a scriptAttack) location(name string) string {
	if a.at != "content" {
		return ""
	}
	return fmt.Sprintf("location /%s { js_content { if (r.args.good) return r.return(403, 'served');\n%s\nr.return(403, 'survived'); } }\n", name, a.body)
}

// url is the path at which the attack is asked for.
func (a scriptAttack) url(name string) string {
	if a.at == "content" {
		return "/" + name + "?"
	}
	return "/live/a.flv?vhost=" + name + "&"
}

// Nothing that a script does to its server harms another vhost, or its own for
// long.
func TestAttacks(t *testing.T) {
	if testing.Short() {
		t.Skip("every attack takes some time")
	}
	for _, group := range []struct {
		name  string
		list  []scriptAttack
		apart bool // they go on beside one another
	}{
		{"loops", attackLoops, false},
		{"natives", attackNatives, false},
		{"memory", attackMemories, false},
		{"depth", attackDepths, false},
		{"verdicts", attackVerdicts, false},
		{"floods", attackFloods, false},
		{"modules", attackModules, false},
		{"hooks", attackHooks, true},
		{"tampering", attackTampering, false},
	} {
		t.Run(group.name, func(t *testing.T) {
			if *attackFor > 0 || group.apart {
				for _, a := range group.list {
					t.Run(a.name, func(t *testing.T) {
						if *attackFor == 0 {
							t.Parallel()
						}
						besiege(t, []scriptAttack{a}, cmp.Or(*attackFor, 300*time.Millisecond))
					})
				}
				return
			}
			t.Parallel()
			besiege(t, group.list, 0)
		})
	}
}

// besiege runs attacks against one server, one after the other, so long each; of no
// time, once.
func besiege(t *testing.T, list []scriptAttack, lasts time.Duration) {
	s := newSiege(t, list)
	for i, a := range list {
		name := fmt.Sprintf("v%d", i)
		f := s.attack(a, name, lasts)
		t.Log(f)
		f.judge(t, a.name)
		s.spectators.unharmed(t)
		record(t, f)
	}
}

// record adds a line to the table of the long mode, which WEIR_ATTACK_TABLE names.
func record(t *testing.T, f finding) {
	file := os.Getenv("WEIR_ATTACK_TABLE")
	if file == "" {
		return
	}
	w, err := os.OpenFile(filepath.Clean(file), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close() //nolint:errcheck // written below
	if _, err := fmt.Fprintln(w, f); err != nil {
		t.Error(err)
	}
}

// besieged is the configuration: an audience's vhost, two whose gates are asked all
// the time, and one for each attack.
func besieged(list []scriptAttack, replace *strings.Replacer) string {
	var b strings.Builder
	fmt.Fprintf(&b, `
listen 1935; max_connections 2000;
js_timeout %v; js_cpu_limit 100ms; js_memory %dm; js_preload_object preloaded from DIR/preloaded.json;
js_shared_dict_zone zone=dict:1m; js_shared_dict_zone zone=evicting:1m evict; js_shared_dict_zone zone=gates:1m type=number;
vhost __defaultVhost__ { http_remux { enabled on; } }
`, attackTimeout, attackMemory>>20)
	patience := attackTimeout
	if *attackFor == 0 {
		patience = weirtest.Patience // many sieges share the machine: what counts is the answer
	}
	for _, name := range otherGates {
		fmt.Fprintf(&b, "vhost %s { js_timeout %v; http_remux { enabled on; } js_on_play { ngx.shared.gates.incr('%s', 1, 0); return s.deny(403, 'asked ' + s.stream); } }\n", name, patience, name)
	}
	b.WriteString("http_server { enabled on; listen 8080; dir DIR;\n")
	for i, a := range list {
		b.WriteString(a.location(fmt.Sprintf("v%d", i)))
	}
	b.WriteString("}\n")
	for i, a := range list {
		b.WriteString(a.vhost(fmt.Sprintf("v%d", i)))
	}
	return replace.Replace(b.String())
}

var otherGates = []string{"first.gate", "second.gate"}
