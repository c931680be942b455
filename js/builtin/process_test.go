package builtin_test

import (
	"fmt"
	"os"
	"testing"
)

func TestProcess(t *testing.T) {
	evaluate(t, &host{env: map[string]any{"HOME": "/root"}}, "import p from 'node:process';", []check{
		{"module", `p === process`, true},
		{"argv", `process.argv.join()`, "weir"},
		{"env", `process.env.HOME + process.env.PATH`, "/rootundefined"},
		{"env is the script's own", `(() => { process.env.X = '1'; return process.env.X + ('HOME' in process.env); })()`, "1true"},
		{"pid", `[process.pid, process.ppid].join()`, fmt.Sprintf("%d,%d", os.Getpid(), os.Getppid())},
		{"kill", `process.kill(1)`, "Error: process.kill: a script cannot end or signal processes"},
		{"exit", `process.exit()`, "Error: process.exit: a script cannot end or signal processes"},
		{"tag", `String(process)`, "[object process]"},
	})
	evaluate(t, &host{}, "", []check{{"no env", `Object.keys(process.env).length`, int64(0)}})
}

func TestProcessNextTick(t *testing.T) {
	got := called(t, `process.nextTick((a) => console.log(a), 'tick'); console.log('now');`)
	if len(got) != 2 || got[0] != "7 now" || got[1] != "7 tick" {
		t.Errorf("logged %q", got)
	}
}
