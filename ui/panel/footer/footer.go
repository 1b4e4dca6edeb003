// Package footer is the last line: the keys, or what the program has to say,
// or the time that is being typed.
package footer

import (
	"strings"

	"charm.land/bubbles/v2/key"

	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/theme"
)

// Keys are the keys to show.
type Keys interface {
	ShortHelp() []key.Binding
	PromptHelp() []key.Binding
}

// Render draws the line on the first row; further rows are blank.
func Render(in panel.Input, keys Keys, w, h int) draw.Block {
	if h <= 0 {
		return nil
	}
	th, inset := in.Theme, min(1, w/20)
	room := w - 2*inset
	var line string
	switch {
	case in.State.Prompt.Open:
		line = prompt(in, keys, room)
	case in.State.Notice != "":
		line = th.Paint(theme.Accent, th.Say(in.State.Notice))
	default:
		line = shown(in, keys.ShortHelp(), room)
	}
	return draw.Pad(th, draw.Block{draw.Spaces(inset) + draw.Cut(th, line, room)}, w, h)
}

// prompt is the line being typed, and behind it what is wrong with it or what
// to press.
func prompt(in panel.Input, keys Keys, w int) string {
	th, p := in.Theme, in.State.Prompt
	at := min(max(p.Cursor, 0), len(p.Text))
	under, after := " ", ""
	if at < len(p.Text) {
		under, after = p.Text[at:at+1], p.Text[at+1:]
	}
	line := th.Paint(theme.AccentStrong, "go to ") + th.Paint(theme.Text, p.Text[:at]) +
		th.Paint(theme.Selected, under) + th.Paint(theme.Text, after)
	const gap = "   "
	room := w - draw.Width(line) - len(gap)
	if in.State.Notice != "" {
		return line + gap + draw.Cut(th, th.Paint(theme.Attention, th.Say(in.State.Notice)), room)
	}
	hint := "28 Mar 10:30, 10:30, start, end"
	if help := shown(in, keys.PromptHelp(), room); help != "" {
		line += gap + help
		room -= draw.Width(help) + len(gap)
	}
	if room >= draw.Width(hint) {
		line += gap + th.Paint(theme.Dim, hint)
	}
	return line
}

// shown is as many of the keys as fit whole into w cells; the last one, the
// way to all of them, comes before the others.
func shown(in panel.Input, bindings []key.Binding, w int) string {
	if len(bindings) == 0 {
		return ""
	}
	gap := "   "
	if w < 80 {
		gap = "  "
	}
	last := entry(in.Theme, bindings[len(bindings)-1])
	var b strings.Builder
	used := draw.Width(last)
	for _, binding := range bindings[:len(bindings)-1] {
		text := entry(in.Theme, binding)
		used += draw.Width(text) + len(gap)
		if used > w {
			break
		}
		b.WriteString(text + gap)
	}
	return b.String() + last
}

// entry is one key and what it does.
func entry(th *theme.Theme, b key.Binding) string {
	help := b.Help()
	return th.Paint(theme.Text, th.Say(help.Key)) + " " + th.Paint(theme.Dim, th.Say(help.Desc))
}
