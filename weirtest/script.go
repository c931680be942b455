package weirtest

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"weir/media/mediatest"
)

// world is what runs in one test script.
type world struct {
	server     *Server
	publishers map[string]*Publisher
	players    map[string][]*Player
	backEnd    *httptest.Server
}

type worldKey struct{}

// Setup gives a test script its world; it is a testscript.Params.Setup.
func Setup(env *testscript.Env) error {
	w := &world{publishers: map[string]*Publisher{}, players: map[string][]*Player{}}
	env.Values[worldKey{}] = w
	env.Defer(func() { w.close() }) //nolint:errcheck // a script that cares calls weir-down
	return nil
}

func (w *world) close() error {
	for _, p := range w.publishers {
		p.Stop() //nolint:errcheck // it is over
	}
	for _, list := range w.players {
		for _, p := range list {
			p.Stop() //nolint:errcheck // it is over
		}
	}
	defer w.endBackEnd() // after the server, which keeps connections to it
	if w.server == nil {
		return nil
	}
	err := w.server.Stop()
	w.server = nil
	return err
}

// Commands are what test scripts may say beside testscript's own.
//
//	weir-up FILE              serve FILE at free ports; sets $RTMP, $HTTP and $API
//	weir-down                 end the server, in good order
//	save FILE FROM            replace FILE by FROM at once, as an editor does
//	[!] publish PATH          publish a synthetic stream until unpublish
//	unpublish PATH            end it
//	[!] play PROTOCOL PATH    play until 25 frames came
//	[!] watch PROTOCOL PATH N let N players watch until leave; with !, each is refused
//	leave PATH [N]            let N of them (all) leave
//	[!] log N WORD…           wait for N lines with all of the words; with !, there is none now
//	back-end HOST:PORT DIR    serve DIR, at another address that takes HOST:PORT's place in all files
//	back-end-down             end it
//	hmac-sha256 VAR KEY TEXT  set $VAR to the HMAC in hexadecimal
//	[!] fetch URL             GET it and print the body to stdout; with !, it is refused
//	log-text                  print the log to stdout
var Commands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"weir-up":     weirUp,
	"weir-down":   weirDown,
	"save":        save,
	"publish":     publish,
	"unpublish":   unpublish,
	"play":        play,
	"watch":       watch,
	"leave":       leave,
	"log":         logged,
	"fetch":       fetch,
	"log-text":    logText,
	"hmac-sha256": hmacSHA256,

	"back-end":      backEnd,
	"back-end-down": backEndDown,
}

func of(ts *testscript.TestScript) *world { return ts.Value(worldKey{}).(*world) }

func (w *world) up(ts *testscript.TestScript) *Server {
	if w.server == nil {
		ts.Fatalf("no server runs: weir-up first")
	}
	return w.server
}

// want ends the script unless err is an error just when neg says so; the text of
// the error goes to stderr.
func want(ts *testscript.TestScript, neg bool, err error) {
	if err != nil {
		fmt.Fprintln(ts.Stderr(), err)
	}
	if err != nil && !neg {
		ts.Fatalf("%v", err)
	}
	if err == nil && neg {
		ts.Fatalf("this should have failed")
	}
}

func arity(ts *testscript.TestScript, args []string, least, most int, usage string) {
	if len(args) < least || len(args) > most {
		ts.Fatalf("usage: %s", usage)
	}
}

func number(ts *testscript.TestScript, s string) int {
	n, err := strconv.Atoi(s)
	ts.Check(err)
	return n
}

func weirUp(ts *testscript.TestScript, neg bool, args []string) {
	arity(ts, args, 1, 1, "weir-up FILE")
	file := ts.MkAbs(args[0])
	ts.Check(os.WriteFile(file, []byte(FreePorts(ts.ReadFile(args[0]))), 0o600))
	s, err := Start(file)
	want(ts, neg, err)
	if err != nil {
		return
	}
	of(ts).server = s
	ts.Setenv("RTMP", s.RTMP)
	ts.Setenv("HTTP", s.HTTP)
	ts.Setenv("API", s.API)
}

func weirDown(ts *testscript.TestScript, neg bool, _ []string) {
	w := of(ts)
	log := w.up(ts).Log
	err := w.close()
	w.publishers, w.players = map[string]*Publisher{}, map[string][]*Player{}
	io.WriteString(ts.Stdout(), log.String()) //nolint:errcheck // a buffer
	want(ts, neg, err)
}

func save(ts *testscript.TestScript, _ bool, args []string) {
	arity(ts, args, 2, 2, "save FILE FROM")
	file := ts.MkAbs(args[0])
	ts.Check(os.WriteFile(file+"~", []byte(FreePorts(ts.ReadFile(args[1]))), 0o600))
	ts.Check(os.Rename(file+"~", file))
}

func publish(ts *testscript.TestScript, neg bool, args []string) {
	arity(ts, args, 1, 1, "publish PATH")
	w := of(ts)
	p, err := w.up(ts).Publish(args[0], mediatest.Stream{GOP: 25})
	want(ts, neg, err)
	if err == nil {
		w.publishers[args[0]] = p
	}
}

func unpublish(ts *testscript.TestScript, _ bool, args []string) {
	arity(ts, args, 1, 1, "unpublish PATH")
	p := of(ts).publishers[args[0]]
	if p == nil {
		ts.Fatalf("%s is not published", args[0])
	}
	delete(of(ts).publishers, args[0])
	ts.Check(p.Stop())
}

func play(ts *testscript.TestScript, neg bool, args []string) {
	arity(ts, args, 2, 2, "play PROTOCOL PATH")
	p, err := of(ts).up(ts).Play(args[0], args[1])
	if err == nil {
		err = p.WaitFrames(25)
		p.Stop() //nolint:errcheck // it has what it wants
	}
	want(ts, neg, err)
}

func watch(ts *testscript.TestScript, neg bool, args []string) {
	arity(ts, args, 3, 3, "watch PROTOCOL PATH N")
	w := of(ts)
	for range number(ts, args[2]) {
		p, err := w.up(ts).Play(args[0], args[1])
		want(ts, neg, err)
		if err == nil {
			w.players[args[1]] = append(w.players[args[1]], p)
		}
	}
}

func leave(ts *testscript.TestScript, _ bool, args []string) {
	arity(ts, args, 1, 2, "leave PATH [N]")
	w := of(ts)
	list := w.players[args[0]]
	n := len(list)
	if len(args) == 2 {
		n = min(n, number(ts, args[1]))
	}
	for _, p := range list[:n] {
		p.Stop() //nolint:errcheck // it leaves
	}
	w.players[args[0]] = list[n:]
}

func logged(ts *testscript.TestScript, neg bool, args []string) {
	arity(ts, args, 2, 10, "log N WORD...")
	s := of(ts).up(ts)
	if neg {
		if n := s.Log.Count(args[1:]...); n > 0 {
			ts.Fatalf("the log has %d lines with %s:\n%s", n, strings.Join(args[1:], " "), s.Log)
		}
		return
	}
	ts.Check(s.WaitLog(number(ts, args[0]), args[1:]...))
}

func fetch(ts *testscript.TestScript, neg bool, args []string) {
	arity(ts, args, 1, 1, "fetch URL")
	body, err := get(context.Background(), client(nil), args[0])
	if err == nil {
		_, err = io.Copy(ts.Stdout(), body)
		body.Close() //nolint:errcheck // it was read
	}
	want(ts, neg, err)
}

func logText(ts *testscript.TestScript, _ bool, _ []string) {
	io.WriteString(ts.Stdout(), of(ts).up(ts).Log.String()) //nolint:errcheck // a buffer
}

func hmacSHA256(ts *testscript.TestScript, _ bool, args []string) {
	arity(ts, args, 3, 3, "hmac-sha256 VAR KEY TEXT")
	h := hmac.New(sha256.New, []byte(args[1]))
	io.WriteString(h, args[2]) //nolint:errcheck // a hash
	ts.Setenv(args[0], hex.EncodeToString(h.Sum(nil)))
}
