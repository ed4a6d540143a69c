//go:build unix

package auth

import (
	"fmt"
	"os"
	"syscall"
)

// lock keeps other processes from changing the accounts until unlock is called.
func lock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock accounts: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("lock accounts: %w", err)
	}
	return func() { _ = f.Close() }, nil
}
