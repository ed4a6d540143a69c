//go:build unix

package layerfile

import (
	"os/exec"
	"syscall"
)

// canConfine says that another program can be bounded here.
const canConfine = true

// confine gives a program a process group of its own, all of which ends with it.
func confine(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
