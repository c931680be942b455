package sandbox

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"sync/atomic"
	"time"
)

// Arguments of a worker: what it is called in ps, what tells Main that it is one,
// and the limit of its memory in bytes.
const (
	workerName = "weir-scripts"
	workerMark = "__weir_scripts_worker__"
)

// Descriptors of a worker beside the standard ones.
const (
	socketFD = 3
	memoryFD = 4
	zonesFD  = 5 // and those that follow: the dictionaries
)

var (
	errNoMain = errors.New("this program does not call sandbox.Main: it has no workers")
	// mainCalled keeps a program that does not call Main, as a test might, from
	// starting itself for ever.
	mainCalled atomic.Bool
)

// process is a worker as the operating system sees it.
type process struct {
	limit  int64 // of its memory, in bytes
	cmd    *exec.Cmd
	conn   *net.UnixConn
	memory []byte
	stderr *stderr
}

// startProcess starts a worker, which waits for its frameInit. zones are the files of
// dictionaries.
func startProcess(f *forker, memory int64, zones []*os.File) (*process, error) {
	if !mainCalled.Load() {
		return nil, errNoMain
	}
	conn, theirs, err := socketPair()
	if err != nil {
		return nil, err
	}
	defer theirs.Close()
	file, shared, err := sharedMemory(boardSize + outboxSize)
	if err != nil {
		conn.Close()
		return nil, err
	}
	defer file.Close()
	p := &process{limit: memory, conn: conn, memory: shared, stderr: &stderr{}}
	p.cmd = &exec.Cmd{
		Path:        self,
		Args:        []string{workerName, workerMark, strconv.FormatInt(memory, 10)},
		Env:         []string{}, // nil would be ours
		Dir:         "/",
		ExtraFiles:  append([]*os.File{theirs, file}, zones...),
		Stderr:      p.stderr,
		SysProcAttr: withParent(),
		WaitDelay:   time.Second, // for what holds stderr, though the worker is gone
	}
	start := func() error {
		keepDescriptors() // those that this program was given by whoever started it
		return p.cmd.Start()
	}
	if err := f.do(start); err != nil {
		return nil, errors.Join(fmt.Errorf("start worker: %w", err), p.release())
	}
	return p, nil
}

func (p *process) pid() int { return p.cmd.Process.Pid }

func (p *process) board() *board { return boardOf(p.memory) }

// kill ends the process at once.
func (p *process) kill() { _ = p.cmd.Process.Kill() } // it may be gone

// wait returns how the process, which was killed, ended. What it may have started,
// where the kernel could not keep it from that, ends with it.
func (p *process) wait() *os.ProcessState {
	killSession(p.pid())
	_ = p.cmd.Wait() // the state says it
	return p.cmd.ProcessState
}

// release gives back what the process had of ours.
func (p *process) release() error { return errors.Join(p.conn.Close(), unmapMemory(p.memory)) }
