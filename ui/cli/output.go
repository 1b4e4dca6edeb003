package cli

import (
	"fmt"
	"io"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
)

// painted is w for help and errors, which are coloured on a terminal. Anything
// else gets no escape sequences, whatever the environment asks for.
func painted(w io.Writer) io.Writer {
	if isTerminal(w) {
		return w
	}
	return &colorprofile.Writer{Forward: w, Profile: colorprofile.NoTTY}
}

// isTerminal tells whether somebody looks at w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(f.Fd())
}

// careful is standard output for what others write, as the help, who do not say
// that they could not: it remembers that.
type careful struct {
	io.Writer

	failed error // of the first write that failed
}

// Write writes, and remembers the first failure.
func (c *careful) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	if err != nil && c.failed == nil {
		c.failed = unwritable(err)
	}
	return n, err
}

// unwritable is that standard output takes no more.
func unwritable(err error) error {
	return fmt.Errorf("standard output cannot be written: %w", reason(err))
}
