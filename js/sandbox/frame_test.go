package sandbox

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"weir/js"
)

func TestFramesComeAsTheyWent(t *testing.T) {
	large := bytes.Repeat([]byte("x"), 3*readSize)
	var b []byte
	b = appendFrame(b, frameCall, 1, []byte("a"), []byte("bc"))
	b = appendFrame(b, frameResult, 1<<31, large)
	b = appendFrame(b, frameReady, 0)
	for name, r := range map[string]io.Reader{
		"at once":          bytes.NewReader(b),
		"a byte at a time": iotest.OneByteReader(bytes.NewReader(b)),
		"in halves":        iotest.HalfReader(bytes.NewReader(b)),
	} {
		in := &reader{r: r}
		for _, want := range []frame{{frameCall, 1, []byte("abc")}, {frameResult, 1 << 31, large}, {frameReady, 0, []byte{}}} {
			got, err := in.next()
			if diff := cmp.Diff(got, want, cmp.AllowUnexported(frame{})); err != nil || diff != "" {
				t.Errorf("%s: %v (-got +want)\n%s", name, err, diff)
			}
		}
		if _, err := in.next(); !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v, want the end", name, err)
		}
	}
}

// What a frame announces costs nothing until it comes.
func TestFrameIsBoundedAheadOfItsBody(t *testing.T) {
	head := binary.LittleEndian.AppendUint32(nil, maxFrame)
	in := &reader{r: bytes.NewReader(append(head, byte(frameResult), 0, 0, 0, 0, 1, 2))}
	if _, err := in.next(); !errors.Is(err, io.EOF) {
		t.Errorf("%v, want the end", err)
	}
	if len(in.buf) > 2*readSize {
		t.Errorf("%d bytes were allocated for 11", len(in.buf))
	}
	head = binary.LittleEndian.AppendUint32(nil, maxFrame+1)
	in = &reader{r: bytes.NewReader(append(head, byte(frameResult), 0, 0, 0, 0))}
	if _, err := in.next(); !errors.Is(err, errFrame) {
		t.Errorf("%v, want that it is too large", err)
	}
}

// FuzzWorkerSays has a worker say anything: the server neither panics nor waits.
func FuzzWorkerSays(f *testing.F) {
	f.Add(appendFrame(nil, frameReady, 0, []byte("landlock: no")))
	f.Add(appendFrame(nil, frameResult, 1, []byte{isValue, 0, 0, 0}))
	f.Add(appendFrame(appendFrame(nil, frameAsk, 1, []byte{7, 1}), frameForget, 1))
	q, _ := question{op: "dict", args: nil}.append(nil)
	f.Add(appendFrame(nil, frameAsk, 1, q))
	m, _ := message{text: "x"}.append(nil)
	f.Add(appendFrame(nil, frameLog, 0, m))
	f.Add(appendFrame(nil, frameCompiled, 0, []byte{0, 0, 0, 0}))
	f.Fuzz(func(t *testing.T, said []byte) {
		ours, theirs := pair(t)
		defer ours.Close()
		defer theirs.Close()
		out, err := newSender(ours)
		if err != nil {
			t.Fatal(err)
		}
		w := &worker{process: &process{memory: make([]byte, boardSize+outboxSize)}, out: out, ready: make(chan struct{}), calls: map[uint32]*call{}}
		c := &call{unit: &unit{}, done: make(chan struct{}, 1)}
		w.calls[1] = c
		asks := newAsks(js.LeaseOf(&server{}), bound{}, out)
		err = w.read(&reader{r: bytes.NewReader(said)}, asks.take)
		asks.over()
		asks.running.Wait()
		if err == nil {
			t.Error("no end")
		}
		if c.settled.Load() {
			_, _ = decodeOutcome(c.answer) // anything but a panic
		}
	})
}
