//go:build !linux

package sandbox

import (
	"errors"
	"net"
	"os"
	"syscall"
	"time"
)

const (
	hasWorkers = false
	self       = ""
)

var errSystem = errors.New("scripts' worker processes need Linux: set js_isolation none")

func socketPair() (*net.UnixConn, *os.File, error) { return nil, nil, errSystem }

func unixConn(*os.File) (*net.UnixConn, error) { return nil, errSystem }

func sharedMemory(int) (*os.File, []byte, error) { return nil, nil, errSystem }

func mapMemory(*os.File, int) ([]byte, error) { return nil, errSystem }

func unmapMemory([]byte) error { return nil }

func withParent() *syscall.SysProcAttr { return nil }

func killSession(int) {}

func keepDescriptors() {}

func clock() int64 { return 0 }

func cpuTimeOf(int) (time.Duration, error) { return 0, errSystem }

func residentOf(int) (int64, error) { return 0, errSystem }

func confine(int64) ([]string, error) { return nil, errSystem }

func readNow(uintptr, []byte) (int, error) { return 0, errSystem }

func writeNow(uintptr, []byte) (int, error) { return 0, errSystem }
