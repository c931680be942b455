package main

import (
	"fmt"
	"net"
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"weir/js/sandbox"
	"weir/weirtest"
)

func TestMain(m *testing.M) {
	sandbox.Main()
	testscript.Main(m, map[string]func(){"weir": main})
}

// Scripts are what a user types.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"free-port": freePort,
			"wait-line": waitLine,
		},
		Setup: func(env *testscript.Env) error {
			srs, err := os.ReadFile("../../conf/srs.conf")
			if err != nil {
				return err
			}
			return os.WriteFile(env.WorkDir+"/shipped.conf", srs, 0o600)
		},
	})
}

// freePort sets a variable to a port of 127.0.0.1 that nobody listens at.
func freePort(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		ts.Check(err)
		ts.Setenv(name, fmt.Sprint(l.Addr().(*net.TCPAddr).Port))
		ts.Check(l.Close())
	}
}

// waitLine waits until a file has a line that matches.
func waitLine(ts *testscript.TestScript, _ bool, args []string) {
	want := regexp.MustCompile(args[1])
	for deadline := time.Now().Add(weirtest.Patience); ; {
		text, err := os.ReadFile(ts.MkAbs(args[0]))
		if err == nil && want.Match(text) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s has no line that matches %q:\n%s", args[0], args[1], text)
		}
		time.Sleep(20 * time.Millisecond)
	}
}
