package terminal

import (
	"cmp"
	"fmt"
	"os"
	"strconv"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/term"

	"gyre/ui"
)

// tty is a terminal as its driver knows it. Where input and output are no
// terminal there is no driver, and nothing is done.
type tty struct {
	console uv.Console // nil: there is none
	environ []string
}

func newTTY(t Terminal) *tty {
	in, keys := t.In.(*os.File)
	out, screen := t.Out.(*os.File)
	if !keys || !screen || !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
		return &tty{environ: t.Env}
	}
	return &tty{uv.NewConsole(in, out, t.Env), t.Env}
}

// raw lets every key through as it is pressed.
func (t *tty) raw() error {
	if t.console == nil {
		return nil
	}
	if _, err := t.console.MakeRaw(); err != nil {
		return fmt.Errorf("keys cannot be read one by one: %w", err)
	}
	return nil
}

// cooked is the terminal as it was before raw.
func (t *tty) cooked() {
	if t.console != nil {
		_ = t.console.Restore() // a terminal that is gone needs nothing
	}
}

// The size of a terminal that does not tell it.
const (
	usualColumns = 80
	usualRows    = 24
)

// size is how large the screen is.
func (t *tty) size() ui.Size {
	var s ui.Size
	if t.console != nil {
		s.W, s.H, _ = t.console.GetSize()
	}
	return ui.Size{
		W: cmp.Or(max(s.W, 0), t.number("COLUMNS"), usualColumns),
		H: cmp.Or(max(s.H, 0), t.number("LINES"), usualRows),
	}
}

// env is a variable of the environment; "" where it is not set.
func (t *tty) env(name string) string {
	for _, entry := range t.environ {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}

// number is a variable that is a number above zero; 0 where it is none.
func (t *tty) number(name string) int {
	n, err := strconv.Atoi(t.env(name))
	if err != nil {
		return 0
	}
	return max(n, 0)
}
