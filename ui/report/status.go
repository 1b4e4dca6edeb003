package report

import (
	"strings"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// Status is one line for the bar of a terminal multiplexer or a shell, without
// a newline: what kind of data it is, the verdict, the indices' day, how many
// names are covered, and the time.
func Status(s *model.Snapshot, o Options) string {
	th := theme.New(theme.Options{Ground: theme.Mono, ASCII: o.ASCII})
	a := newAuthor(cleaned(s), o.checked(), th)
	parts := []string{strings.Join(a.badges(), " "), a.saying()}
	for i := range a.Indices {
		x := &a.Indices[i]
		parts = append(parts, say.Short(x.Symbol)+" "+a.level(x.Level)+" "+strings.Replace(a.percentSigned(x.Returns[session.Day]), " ", "", 1))
	}
	coverage := a.Verdicts[a.Window].Coverage
	parts = append(parts, "cov "+a.percent(coverage), a.shortMoment())
	return th.Say(strings.Join(parts, " · "))
}

// saying is the verdict of the window in a few words.
func (a author) saying() string {
	v := a.Verdicts[a.Window]
	words := []string{a.Window.String()}
	if v.Withheld {
		return strings.Join(append(words, "WITHHELD"), " ")
	}
	claims := 0
	for _, axis := range []struct {
		state model.AxisState
		words string
	}{{v.Size.State, sizeDirection(v)}, {v.Leverage.State, leverageDirection(v)}} {
		if axis.state > model.StateNone && axis.words != unknown {
			words = append(words, axis.words)
			claims++
		}
	}
	if claims == 0 {
		words = append(words, verdictState(v))
	}
	return strings.Join(append(words, "z0", a.signed(v.Size.Z0)), " ")
}

func (a author) shortMoment() string {
	if a.AsOf.IsZero() {
		return unknown
	}
	return a.AsOf.In(session.Zone()).Format("Mon 15:04 MST")
}
