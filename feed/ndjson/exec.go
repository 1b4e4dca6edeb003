package ndjson

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"time"
)

// child runs a command and reads what it prints. The command and everything it
// starts are one process group, which is started again when the command ends,
// and ended as a whole. What leaves the group, as with setsid, has left for good.
type child struct {
	command string
	dir     string
	env     []string
	log     *slog.Logger
	pauses  pauses
	grace   time.Duration // from the request to end to the end by force
}

// childPauses keep a command that fails at once from keeping the machine busy.
// One that has brought a record is there again within five seconds of what kept
// it from running.
func childPauses() pauses {
	return pauses{first: 250 * time.Millisecond, most: 30 * time.Second, healthy: time.Minute, probe: 2600 * time.Millisecond}
}

// childGrace is half of the second within which everything is gone.
const childGrace = 500 * time.Millisecond

func (c child) run(ctx context.Context, in *intake) error {
	if err := supported(); err != nil {
		return err
	}
	again := c.pauses
	again.worked = in.worked
	return again.againAndAgain(ctx, func() error { return c.once(ctx, in) }, in.fail)
}

// once runs the command until it ends, and says why it did.
func (c child) once(ctx context.Context, in *intake) error {
	cmd := shell(ctx, c.command)
	cmd.Dir, cmd.Env = c.dir, c.env
	cmd.WaitDelay = c.grace
	lines, said := in.stream(), &stderr{name: in.name, log: newLimited(c.log)}
	cmd.Stdout, cmd.Stderr = lines, said
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("cannot start the command: %w", err)
	}
	in.fail(nil)
	err := cmd.Wait()
	endGroup(cmd.Process.Pid) // whoever is left of it
	lines.end()
	said.end()
	return ended(err, sentence(string(said.last), saidMost))
}

// ended says how a command ended and what it said last.
func ended(err error, said string) error {
	text := "the command ended"
	if status := new(exec.ExitError); errors.As(err, &status) {
		text = "it ended with " + status.Error()
	} else if err != nil && !errors.Is(err, exec.ErrWaitDelay) {
		text = "the command failed: " + err.Error()
	}
	if said != "" {
		text += ": " + said
	}
	return errors.New(text)
}
