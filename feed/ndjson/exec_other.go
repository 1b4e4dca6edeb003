//go:build !unix

package ndjson

import (
	"context"
	"errors"
	"os/exec"
)

// supported tells whether child processes can be run as a group here.
func supported() error {
	return errors.New("exec: feeds are not supported on this system, which has no process groups; pipe the feed's output into gyre --feed ndjson:-")
}

func shell(ctx context.Context, command string) *exec.Cmd {
	return exec.CommandContext(ctx, command)
}

func endGroup(int) {}
