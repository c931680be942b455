package hub

import "sync"

const (
	leastMirrored = 16 << 10 // bytes; to copy fewer takes a socket no longer
	leastMirrors  = 64       // players; for 20 a mirror costs what it saves
	fullMirror    = 128 << 10
)

// mirror has the newest bytes of a log once more, in memory that sockets take pages of
// instead of copies. What they took they still read, hence the memory is only added
// to; when it is full another takes its place, and the kernel keeps of the old one what
// is on its way. The publisher writes it, under the source's lock, and shards send it.
type mirror struct {
	mu     sync.RWMutex // shards hold it while they send
	memory *memory      // nil until there is something
	size   int          // its bytes
	from   int64        // the first of the log's bytes that stand at its end
	to     int64        // behind the last
}

// write adds b, the log's bytes from at on. Without memory to have they are not
// mirrored.
func (m *mirror) write(b []byte, at int64) {
	if m.memory == nil || m.size >= fullMirror {
		m.replace(newMemory())
	}
	if m.memory == nil {
		return
	}
	if !m.memory.append(b) {
		m.close()
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if at != m.to {
		m.from = at
	}
	m.to = at + int64(len(b))
	m.size += len(b)
}

// replace makes an empty mirror of next.
func (m *mirror) replace(next *memory) {
	m.mu.Lock()
	last := m.memory
	m.memory, m.size, m.from, m.to = next, 0, 0, 0
	m.mu.Unlock()
	if last != nil {
		last.close()
	}
}

// close lets the memory go. The mirror can be written again.
func (m *mirror) close() { m.replace(nil) }

// send gives a socket n of the log's bytes from at on, and returns how many it took:
// none if the mirror does not have them all, and whatever else was wrong.
func (m *mirror) send(fd int, at int64, n int) int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if at < m.from || at+int64(n) > m.to {
		return 0
	}
	return m.memory.send(fd, m.size-int(m.to-at), n)
}

// mirrorTail mirrors what the tail got since the newest flush, if players are sent
// so much.
func (l *log) mirrorTail() {
	from := max(0, l.flushed-l.tail.start)
	b := l.tail.buf[min(from, l.tail.n.Load()):l.tail.n.Load()]
	if l.players >= leastMirrors && len(b) >= leastMirrored {
		l.mirror.write(b, l.tail.start+from)
	}
}
