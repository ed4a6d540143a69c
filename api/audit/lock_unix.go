//go:build unix

package audit

import (
	"fmt"
	"os"
	"syscall"
)

// lock keeps other processes from appending until unlock is called.
func lock(f *os.File) (unlock func(), err error) {
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return nil, fmt.Errorf("lock audit record: %w", err)
	}
	return func() { _ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }, nil
}
