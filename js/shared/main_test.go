package shared

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"weir/js"
)

// workerEnv makes the test binary a worker process.
const workerEnv = "WEIR_SHARED_TEST_WORKER"

func TestMain(m *testing.M) {
	if os.Getenv(workerEnv) != "" {
		if err := work(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// worker is a process that hammers the zones of a grant.
type worker struct {
	cmd    *exec.Cmd
	number uint32
	stdin  io.WriteCloser
	stdout *bufio.Reader
}

// startWorker starts one, and waits until it is at work.
func startWorker(t testing.TB, d *Dicts, vhosts ...string) *worker {
	t.Helper()
	g, err := d.Grant(vhosts...)
	if err != nil {
		t.Fatal(err)
	}
	w := &worker{cmd: exec.Command(os.Args[0]), number: g.Worker}
	w.cmd.Env = []string{workerEnv + "=" + string(g.Text), fmt.Sprintf("FILES=%d", len(g.Files))}
	w.cmd.ExtraFiles = g.Files
	w.cmd.Stderr = os.Stderr
	stdout, err := w.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if w.stdin, err = w.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	w.stdout = bufio.NewReader(stdout)
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := w.stdout.ReadString('\n'); line != "ready\n" || err != nil {
		t.Fatalf("worker: %q, %v", line, err)
	}
	return w
}

// kill kills the worker, and breaks what it held.
func (w *worker) kill(t testing.TB, d *Dicts) {
	t.Helper()
	if err := w.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = w.cmd.Wait() // it was killed
	d.Break(w.number)
}

// work is a worker's life: operations until its standard input ends.
func work() error {
	var files []*os.File
	n := 0
	if _, err := fmt.Sscan(os.Getenv("FILES"), &n); err != nil {
		return err
	}
	for i := range n {
		files = append(files, os.NewFile(uintptr(3+i), "zone"))
	}
	d, err := Open([]byte(os.Getenv(workerEnv)), files)
	if err != nil {
		return err
	}
	end := make(chan error, 1)
	go func() {
		_, err := io.Copy(io.Discard, os.Stdin)
		end <- err
	}()
	var blows []blow
	r := rand.New(rand.NewPCG(rand.Uint64(), 0))
	for range 200 {
		for _, z := range d.zones {
			blows = append(blows, newBlow(z.Zone, r))
		}
	}
	fmt.Println("ready")
	for n := 0; ; n++ {
		select {
		case err := <-end:
			fmt.Println(n)
			return err
		default:
		}
		if err := blows[n%len(blows)].on(d); err != nil {
			return err
		}
	}
}

// blow is an operation whose outcome can be told from what is half done.
type blow struct {
	zone Zone
	op   string
	args []js.Value
}

func newBlow(z Zone, r *rand.Rand) blow {
	key := fmt.Sprintf("%d%s", r.IntN(200), strings.Repeat("-", r.IntN(3)*50))
	switch op := r.IntN(10); {
	case op < 2:
		return blow{z, "delete", []js.Value{key}}
	case op < 3:
		return blow{z, "items", []js.Value{int64(10)}}
	case op < 4 && z.Type == numberType:
		return blow{z, "incr", []js.Value{key, 1.0}}
	case z.Type == numberType:
		return blow{z, "set", []js.Value{key, float64(len(key))}}
	}
	return blow{z, "set", []js.Value{key, textFor(key, r.IntN(300))}}
}

func (b blow) on(d *Dicts) error {
	_, err := d.Do("v", b.zone.Name, b.op, b.args)
	return err
}

func hammer(d *Dicts, z Zone, r *rand.Rand) error { return newBlow(z, r).on(d) }

// textFor is a text that belongs to a key.
func textFor(key string, times int) string { return strings.Repeat("<"+key+">", times) }
