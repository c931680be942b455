package shared

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// sealed keeps a file's size as it is for ever: who maps one that shrinks dies.
const sealed = unix.F_SEAL_SHRINK | unix.F_SEAL_GROW | unix.F_SEAL_SEAL

// newMemory makes memory of zeros that can be shared. It takes real memory as it
// is written to.
func newMemory(name string, size int64) (memory, error) {
	fd, err := unix.MemfdCreate("weir-"+name, unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return memory{}, fmt.Errorf("memfd_create: %w", err)
	}
	file := os.NewFile(uintptr(fd), "weir-"+name)
	if err := unix.Ftruncate(fd, size); err != nil {
		_ = file.Close() // nothing was written
		return memory{}, fmt.Errorf("ftruncate: %w", err)
	}
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_ADD_SEALS, sealed); err != nil {
		_ = file.Close() // as above
		return memory{}, fmt.Errorf("seal: %w", err)
	}
	m, err := mapped(file, size)
	m.file = file
	return m, err
}

// mapped is the memory of a file that another process made.
func mapped(file *os.File, size int64) (memory, error) {
	fd := int(file.Fd())
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return memory{}, fmt.Errorf("fstat: %w", err)
	}
	if st.Size < size {
		return memory{}, fmt.Errorf("a file of %d bytes is no zone of %d", st.Size, size)
	}
	b, err := unix.Mmap(fd, 0, int(size), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	if err != nil {
		return memory{}, fmt.Errorf("mmap: %w", err)
	}
	return viewed(b), nil
}

func (m *memory) unmap() error {
	b := m.bytes
	m.bytes, m.words, m.longs = nil, nil, nil
	return unix.Munmap(b)
}
