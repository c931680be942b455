package workshop

import (
	"bufio"
	"io"
	"strings"
	"sync"
)

// lines are read by a goroutine of their own, which ends with the input.
type lines struct {
	wake func()

	mu   sync.Mutex
	cond *sync.Cond
	list []string
	over bool
}

func newLines(in io.Reader, wake func()) *lines {
	l := &lines{wake: wake}
	l.cond = sync.NewCond(&l.mu)
	go func() {
		r := bufio.NewReader(in)
		for {
			line, err := r.ReadString('\n')
			l.add(strings.TrimSuffix(line, "\n"), line != "", err != nil)
			if err != nil {
				return
			}
		}
	}()
	return l
}

func (l *lines) add(line string, some, over bool) {
	l.mu.Lock()
	if some {
		l.list = append(l.list, line)
	}
	l.over = l.over || over
	l.cond.Broadcast()
	l.mu.Unlock()
	l.wake()
}

func (l *lines) take() (string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.list) == 0 {
		return "", false
	}
	line := l.list[0]
	l.list = l.list[1:]
	return line, true
}

func (l *lines) isOver() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.over && len(l.list) == 0
}

// isReady reports whether take or isOver have something to say.
func (l *lines) isReady() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.over || len(l.list) > 0
}

// wait waits for that.
func (l *lines) wait() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for !l.over && len(l.list) == 0 {
		l.cond.Wait()
	}
}
