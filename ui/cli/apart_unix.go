//go:build unix

package cli

import (
	"os/exec"
	"syscall"
)

// apart starts a command in a session of its own: it cannot write to the
// terminal that the dashboard is drawn on, and is ended with all that it has
// started.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
