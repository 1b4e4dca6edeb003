package rotation

import (
	"strconv"
	"strings"

	"gyre/model"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/panel/zoom"
	"gyre/ui/theme"
)

// groups are the trails to show, the most important first: all that the dataset
// has, or the indices, the micro caps and the two ends of the size quartiles.
func (v view) groups(all bool) []*model.Trail {
	var shown []*model.Trail
	for i := range v.chart.Trails {
		t := &v.chart.Trails[i]
		switch t.Group {
		case "RMICRO":
			if len(v.snap.Universes) < 2 {
				continue // this dataset has none
			}
		case "Q2", "Q3", "low", "high":
			if !all {
				continue
			}
		}
		shown = append(shown, t)
	}
	return shown
}

// role is the colour of a group, everywhere the same.
func role(group string) theme.Role {
	switch group {
	case "Q1":
		return theme.Series1
	case "Q2":
		return theme.Series2
	case "Q3":
		return theme.Series3
	case "Q4":
		return theme.Series4
	case "RUT":
		return theme.Series5
	case "RMICRO":
		return theme.Series7
	case "low":
		return theme.Series8
	case "high":
		return theme.Series9
	default:
		return theme.Series6
	}
}

// name is a group's full name, or the short one where there is little room.
func (v view) name(group string) string {
	const roomy = 40
	if v.w < roomy {
		return say.Short(group)
	}
	switch group {
	case "Q1":
		return "Q1 large"
	case "Q4":
		return "Q4 small"
	case "low", "high":
		return group + " debt/EV"
	}
	return say.Universe(v.snap, group)
}

// table has a row for each group: where it stands, and since when.
func (v view) table(groups []*model.Trail, w int) draw.Block {
	th := v.th
	t := draw.Table{
		Columns: []draw.Column{
			{}, {Align: draw.Right, Min: 6, Rank: 3}, {Align: draw.Right, Min: 6, Rank: 3}, {}, {Rank: 1},
		},
		Head: []draw.Cell{
			zoom.Dim(draw.Cut(th, th.Say("against "+say.Short(v.chart.Benchmark)), max(w/3, 5))),
			zoom.Dim("trend"), zoom.Dim("moment."), zoom.Dim("quadrant"), zoom.Dim("since"),
		},
	}
	for _, trail := range groups {
		row := []draw.Cell{{Text: v.key(w) + draw.Cut(th, th.Say(v.name(trail.Group)), max(w/3, 6)), Role: role(trail.Group)}}
		if len(trail.Points) == 0 {
			t.Rows = append(t.Rows, append(row, zoom.Dim(draw.Unknown), zoom.Dim(draw.Unknown), zoom.Dim(draw.Unknown), zoom.Dim("too short")))
			continue
		}
		now := trail.Points[len(trail.Points)-1]
		t.Rows = append(t.Rows, append(row,
			zoom.Level(th, now.Trend, theme.Text), zoom.Level(th, now.Momentum, theme.Text),
			draw.Cell{Text: strings.ToLower(now.Quadrant.String()), Role: theme.Strong}, zoom.Dim(since(trail))))
	}
	return t.Draw(th, w)
}

// key is what stands before a name to show its colour; a dot where there are
// no colours, and nothing where there is no room.
func (v view) key(w int) string {
	const least = 20
	switch {
	case w < least:
		return ""
	case v.th.Ground == theme.Mono || v.th.ASCII:
		return v.th.Glyph.Dot + " "
	}
	return v.th.Glyph.Swatch + " "
}

// since is from when on a group has been in its quadrant: "26 Mar",
// or how many sessions at least where it was never elsewhere.
func since(trail *model.Trail) string {
	last := len(trail.Points) - 1
	first := last
	for first > 0 && trail.Points[first-1].Quadrant == trail.Points[last].Quadrant {
		first--
	}
	if first == 0 {
		return strconv.Itoa(last+1) + "+ days"
	}
	return say.Day(trail.Points[first].Date)
}

// legend is what the quadrants mean.
func (v view) legend(w int) draw.Block {
	rows := [...][2]string{
		{"leading", "strength above its mean, gaining"},
		{"weakening", "above its mean, losing"},
		{"lagging", "below its mean, losing"},
		{"improving", "below its mean, gaining"},
	}
	var lines draw.Block
	for _, row := range rows {
		lines = append(lines, v.th.Paint(theme.Text, draw.Fit(v.th, row[0], 11))+v.th.Paint(theme.Dim, draw.Cut(v.th, row[1], w-11)))
	}
	return lines
}

// notes are what a reader should know of the groups and of trails of tail
// sessions.
func (v view) notes(w, tail int) draw.Block {
	trails := "each trail is the last " + strconv.Itoa(tail) + " sessions"
	if tail > shortTail {
		trails = "in colour the last " + strconv.Itoa(shortTail) + " sessions, grey those before"
	}
	texts := [...]string{
		"each trail ends at its dot, which is now",
		trails,
		"groups are formed anew at each month's end",
		"points of earlier sessions never move",
	}
	var lines draw.Block
	for _, text := range texts {
		lines = append(lines, v.th.Paint(theme.Dim, draw.Cut(v.th, v.th.Say(text), w)))
	}
	return lines
}
