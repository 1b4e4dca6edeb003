package doctor

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// The sizes of a terminal: the one that the dashboard is made for, and the
// smallest one that shows anything.
const (
	goodWidth, goodHeight   = 120, 40
	leastWidth, leastHeight = 60, 20
)

// Screen is the terminal that gyre runs in.
type Screen struct {
	Env           []string // of the process, as NAME=value
	Terminal      bool     // standard output is one
	Width, Height int      // in cells, 0 where not known
}

// Terminal looks at the terminal. Nothing is written to it: some never answer.
func Terminal(s Screen) []Check {
	check := func(name string, look func() Finding) Check {
		return Check{Name: name, Run: func(context.Context) Finding { return look() }}
	}
	return []Check{check("terminal", s.kind), check("colours", s.colours), check("size", s.size), check("locale", s.locale)}
}

// value is a variable of the environment, "" where it is not set. The last one
// of a name counts.
func (s *Screen) value(name string) string {
	for _, entry := range slices.Backward(s.Env) {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}

// kind is what TERM says.
func (s *Screen) kind() Finding {
	kind := s.value("TERM")
	switch {
	case !s.Terminal:
		return Finding{State: Warn, What: "standard output is none, so gyre writes one frame as text", Do: "run it in a terminal to watch"}
	case kind == "" || kind == "dumb":
		return Finding{State: Fail, What: fmt.Sprintf("TERM is %q, which cannot draw", kind), Do: "set TERM to what the terminal is, like xterm-256color"}
	default:
		return Finding{What: "TERM is " + kind}
	}
}

// colours are how many colours there are, and why.
func (s *Screen) colours() Finding {
	if s.value("NO_COLOR") != "" {
		return Finding{What: "none, as NO_COLOR is set; signs and words tell everything"}
	}
	why := fmt.Sprintf("COLORTERM is %q", s.value("COLORTERM"))
	switch profile := colorprofile.Env(s.Env); profile {
	case colorprofile.TrueColor:
		return Finding{What: "all of them; " + why}
	case colorprofile.ANSI256:
		return Finding{What: "256; " + why, Do: "where the terminal has more, set COLORTERM=truecolor"}
	case colorprofile.ANSI:
		return Finding{State: Warn, What: "16; " + why, Do: "set TERM=xterm-256color where the terminal has 256"}
	default:
		return Finding{State: Warn, What: "none; " + why, Do: "set TERM to what the terminal is, like xterm-256color"}
	}
}

// size is how much fits.
func (s *Screen) size() Finding {
	what := fmt.Sprintf("%d columns and %d rows", s.Width, s.Height)
	switch {
	case s.Width <= 0 || s.Height <= 0:
		return Finding{State: Warn, What: "it is not known", Do: "run gyre in a terminal to watch"}
	case s.Width < leastWidth || s.Height < leastHeight:
		return Finding{State: Fail, What: what, Do: fmt.Sprintf("make the window larger: at least %dx%d, better %dx%d", leastWidth, leastHeight, goodWidth, goodHeight)}
	case s.Width < goodWidth || s.Height < goodHeight:
		return Finding{What: what + ", with fewer panels", Do: fmt.Sprintf("at %dx%d the whole dashboard is shown", goodWidth, goodHeight)}
	default:
		return Finding{What: what}
	}
}

// locale is whether text is UTF-8. The first variable that is set counts
// (POSIX.1-2017, 8.2).
func (s *Screen) locale() Finding {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value := s.value(name)
		if value == "" {
			continue
		}
		folded := strings.ReplaceAll(strings.ToUpper(value), "-", "")
		if strings.Contains(folded, "UTF8") {
			return Finding{What: fmt.Sprintf("%s is %s, UTF-8", name, value)}
		}
		return Finding{State: Warn, What: fmt.Sprintf("%s is %s, which is not UTF-8", name, value), Do: "set it to C.UTF-8, or run gyre --ascii"}
	}
	return Finding{State: Warn, What: "neither LC_ALL nor LC_CTYPE nor LANG is set", Do: "set LANG to C.UTF-8, or run gyre --ascii"}
}
