package serve

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
)

// Commands are what a client may ask for in place of the dashboard, as it has
// to write them. They are run inside; there is no shell.
func Commands() []string { return []string{"status", "snapshot --format json"} }

// exec is the command that a client asks for; nil where it is none of Commands.
func (s *session) exec(payload []byte) task {
	var asked struct{ Command string }
	if ssh.Unmarshal(payload, &asked) != nil {
		return nil
	}
	command := strings.Join(strings.Fields(asked.Command), " ")
	if s.conn.server.Command == nil || !slices.Contains(Commands(), command) {
		s.conn.server.metrics.refusals.WithLabelValues("command").Inc()
		if s.conn.server.chatter.Allow() {
			s.conn.log.Warn("refused", "reason", "command", "command", cleaned(asked.Command))
		}
		return nil
	}
	return func() (uint32, string) { return s.run(command) }
}

// run runs a command.
func (s *session) run(command string) (status uint32, says string) {
	s.work.Go(func() { s.pump(io.Discard) })
	ctx, stop := context.WithTimeout(s.ctx, s.limits.Command)
	defer stop()
	var out bytes.Buffer
	s.conn.log.Info("command", "command", command)
	if err := s.conn.server.Command(ctx, s.conn.who, command, &out); err != nil {
		s.conn.log.Error("command", "command", command, "error", cleaned(err.Error()))
		return 1, "the command failed; the server's log tells why"
	}
	text := out.Bytes()
	if s.window.isOpen {
		text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	}
	_, _ = s.out.Write(text)
	return 0, ""
}
