//go:build unix

package ndjson

import (
	"context"
	"os/exec"
	"syscall"
)

// supported tells whether child processes can be run as a group here.
func supported() error { return nil }

// shell is a command that runs in a process group of its own. When ctx ends the
// whole group is asked to end.
func shell(ctx context.Context, command string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", command)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
	return cmd
}

// endGroup ends what is left of a group by force. Mostly nothing is.
func endGroup(group int) { _ = syscall.Kill(-group, syscall.SIGKILL) }
