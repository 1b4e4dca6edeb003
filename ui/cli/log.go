package cli

import (
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"gyre/feed/dataset"
	"gyre/ui/terminal"
)

// openLog opens the file of --log, which only its owner may read. Without one,
// nothing is logged.
func (s *shell) openLog(cmd *cobra.Command, _ []string) error {
	if s.flags.log == "" {
		return nil
	}
	f, err := orEnd(cmd.Context(), func() (*os.File, error) {
		return os.OpenFile(s.flags.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	})
	if err != nil {
		return fmt.Errorf("the log file %s cannot be opened: %w; give --log another path", s.flags.log, reason(err))
	}
	s.logFile = f
	s.log = slog.New(slog.NewTextHandler(f, nil))
	s.log.Info("started", "command", cmd.CommandPath(), "version", s.program.version(), "feed", s.flags.feed, "data", s.flags.data)
	return nil
}

// closeLog notes how the program ended.
func (s *shell) closeLog(err error) {
	if s.logFile == nil {
		return
	}
	if err != nil {
		s.log.Error("failed", "error", sentence(err))
		var broke *terminal.BreakdownError
		if errors.As(err, &broke) {
			s.log.Error("breakdown", "stack", string(broke.Stack))
		}
	} else {
		s.log.Info("ended")
	}
	_ = s.logFile.Close()
}

// complain tells what was wrong with the dataset: all that is known goes into
// the log, the first few go to stderr.
func (s *shell) complain(data *dataset.Dataset) {
	const shown = 5
	for i, p := range data.Problems {
		s.log.Warn("dataset", "file", p.File, "line", p.Line, "column", p.Column, "problem", p.Message)
		if i < shown {
			_, _ = fmt.Fprintln(s.err, "gyre: "+sentence(errors.New(p.String())))
		}
	}
	if more := data.ProblemCount - shown; more > 0 {
		_, _ = fmt.Fprintf(s.err, "gyre: the dataset has %d more problems; --log FILE keeps the first %d\n", more, dataset.MaxProblems)
	}
}
