package history

import (
	"strings"

	"gyre/model"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/panel/zoom"
	"gyre/ui/theme"
)

// regimes is the map of the four regimes: into large to the left, into small to
// the right, into high debt above, into low debt below, and in each the weeks
// that went there. The running week's stands out.
func (v view) regimes(in panel.Input) zoom.Section {
	const title = "Regime by week"
	if len(v.snap.Regimes) == 0 {
		return zoom.Pending(in, title, model.DetailHistory)
	}
	const leastMap = 36
	if v.w < leastMap {
		return zoom.Section{} // the list says the same
	}
	th, now := v.th, v.snap.Regimes[len(v.snap.Regimes)-1]
	left := (v.w - 3) / 2
	right := v.w - 3 - left
	wall := " " + th.Paint(theme.Faint, th.Glyph.Vertical) + " "
	row := func(leverage int) draw.Block {
		large, small := v.quarter(-1, leverage, left), v.quarter(1, leverage, right)
		lines := make(draw.Block, len(large))
		for i := range lines {
			lines[i] = large[i] + wall + small[i]
		}
		return lines
	}
	line := strings.Repeat(th.Glyph.Horizontal, left+1) + th.Glyph.Cross + strings.Repeat(th.Glyph.Horizontal, right+1)
	lines := draw.Stack(row(1), draw.Block{th.Paint(theme.Faint, line)}, row(-1))
	note := now.Name()
	if note == "" {
		note = "no side"
	}
	return zoom.Fixed(title, th.Paint(theme.Text, "now "+note), lines)
}

// quarter is one regime: its name, what it is called, and its weeks.
func (v view) quarter(size, leverage, w int) draw.Block {
	th := v.th
	regime := model.Regime{Size: size, Leverage: leverage}
	name, role := regime.Name(), theme.Text
	if now := v.snap.Regimes[len(v.snap.Regimes)-1]; now.Size == size && now.Leverage == leverage {
		name, role = th.Glyph.Dot+" "+name, theme.AccentStrong
	}
	const weekLines = 2
	lines := draw.Block{
		draw.Fit(th, th.Paint(role, draw.Cut(th, name, w)), w),
		draw.Fit(th, th.Paint(theme.Dim, draw.Cut(th, meaning(size, leverage), w)), w),
	}
	var days []string
	for i, r := range v.snap.Regimes {
		if r.Size == size && r.Leverage == leverage {
			day := say.Day(r.Week)
			if i == len(v.snap.Regimes)-1 {
				day = "now"
			}
			days = append(days, day)
		}
	}
	for n := range weekLines {
		text := ""
		for len(days) > 0 && (text == "" || draw.Width(text)+2+len(days[0]) <= w) {
			text, days = strings.TrimPrefix(text+", "+days[0], ", "), days[1:]
		}
		if n == weekLines-1 && len(days) > 0 {
			text += ", " + strings.Join(days, ", ")
		}
		lines = append(lines, draw.Fit(th, th.Paint(theme.Dim, draw.Cut(th, text, w)), w))
	}
	return lines
}

// meaning is what a regime is commonly called; large and levered has no name
// of its own.
func meaning(size, leverage int) string {
	switch [2]int{size, leverage} {
	case [2]int{-1, 1}:
		return ""
	case [2]int{-1, -1}:
		return "quality"
	case [2]int{1, 1}:
		return "reflation"
	default:
		return "speculative growth"
	}
}

// weeks is the regimes in their order, the newest first.
func (v view) weeks() zoom.Section {
	const title = "Week by week"
	if len(v.snap.Regimes) == 0 {
		return zoom.Section{}
	}
	th := v.th
	t := draw.Table{Columns: []draw.Column{{Align: draw.Right}, {}, {Rank: 2}, {Rank: 1}}}
	for i := len(v.snap.Regimes) - 1; i >= 0; i-- {
		r := v.snap.Regimes[i]
		day := zoom.Dim(say.Day(r.Week))
		if i == len(v.snap.Regimes)-1 {
			day = draw.Cell{Text: "now", Role: theme.AccentStrong}
		}
		name := draw.Cell{Text: r.Name(), Role: theme.Text}
		if name.Text == "" {
			name = zoom.Dim("no side")
		}
		t.Rows = append(t.Rows, []draw.Cell{day, name, zoom.Dim(side(r.Size, "into small", "into large")), zoom.Dim(side(r.Leverage, "into high debt", "into low debt"))})
	}
	lines := t.Draw(th, v.w)
	const least = 4
	return zoom.Section{
		Title: title, Note: "signs of both spreads", Least: min(least, len(lines)), Most: len(lines),
		Draw: func(_, h int) draw.Block { return lines[:min(h, len(lines))] },
	}
}

// side is a sign in words.
func side(sign int, up, down string) string {
	switch {
	case sign > 0:
		return up
	case sign < 0:
		return down
	}
	return draw.Unknown
}
