//go:build !unix

package cli

import "os/exec"

// apart starts a command that is ended by itself: there are no groups of
// processes here.
func apart(cmd *exec.Cmd) {
	cmd.Cancel = func() error { return cmd.Process.Kill() }
}
