package size

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/chart"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// table has a row for each bucket and one for the spread.
func (v view) table(heads bool) draw.Block {
	t := draw.Table{Columns: make([]draw.Column, 1, v.columns()), Rows: make([][]draw.Cell, 0, len(v.size.Buckets)+1)}
	head := make([]draw.Cell, 1, v.columns())
	for _, w := range v.windows {
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 6, Rank: v.rank(w)})
		head = append(head, say.WindowHead(w, v.window))
	}
	for _, breadth := range [...]struct {
		name string
		rank int
	}{{"up", 3}, {"$vol", 4}, {">50d", 6}, {"n", 7}} {
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 4, Rank: breadth.rank})
		head = append(head, draw.Cell{Text: breadth.name, Role: theme.Dim})
	}
	if heads {
		t.Head = head
	}
	for i := range v.size.Buckets {
		t.Rows = append(t.Rows, v.bucket(i))
	}
	t.Rows = append(t.Rows, v.spreadRow())
	lines := t.Draw(v.th, v.w)
	last := len(lines) - 1
	lines[last] = v.withInterval(lines[last])
	return v.marked(lines, last-len(v.size.Buckets))
}

// marked makes one bar of the chosen bucket's row, as lists do. The buckets'
// rows begin at first.
func (v view) marked(lines draw.Block, first int) draw.Block {
	if at := first + v.chosen; v.chosen != nobody {
		lines[at] = v.th.Paint(theme.Selected, draw.Fit(v.th, ansi.Strip(lines[at]), v.w))
	}
	return lines
}

// rank orders the windows for the room they get. Breadth comes before the
// windows that say much the same as others.
func (v view) rank(w session.Window) int {
	if w == v.window {
		return 1
	}
	return [session.WindowCount]int{
		session.Day: 2, session.Week: 2, session.Quarter: 3, session.Month: 4, session.YearToDate: 5, session.MonthToDate: 8,
	}[w]
}

// columns is how many columns the table has: the bucket, the windows and four of
// breadth.
func (v view) columns() int { return 1 + len(v.windows) + 4 }

func (v view) bucket(i int) []draw.Cell {
	th, bucket := v.th, &v.size.Buckets[i]
	row := append(make([]draw.Cell, 0, v.columns()), draw.Cell{Text: v.name(i), Role: v.role(i)})
	for _, w := range v.windows {
		group := &bucket.Groups[w]
		row = append(row, differing(th, group.Return[v.stat], group.Differ))
	}
	group := &bucket.Groups[v.window]
	return append(row,
		draw.Cell{Text: draw.PercentText(th, group.Advancing), Role: theme.Dim},
		draw.Cell{Text: draw.PercentText(th, group.Turnover), Role: theme.Dim},
		draw.Cell{Text: draw.PercentText(th, group.Above50), Role: theme.Dim},
		draw.Cell{Text: draw.LevelText(th, num.Count(group.N)), Role: theme.Dim})
}

// name is "■ Q1 large": the key to the chart, the bucket, and at the two ends
// which end it is. The chosen one has the mark of a chosen row.
func (v view) name(i int) string {
	key := chart.Key(v.th, v.role(i))
	if i == v.chosen {
		key = v.th.Glyph.Play
	}
	name := key + " " + draw.Cut(v.th, v.th.Say(v.size.Buckets[i].ID), max(v.w/4, 4))
	switch i {
	case 0:
		name += " large"
	case len(v.size.Buckets) - 1:
		name += " small"
	}
	return name
}

func (v view) spreadRow() []draw.Cell {
	last := len(v.size.Buckets) - 1
	name := draw.Cut(v.th, v.th.Say(v.size.Buckets[last].ID+" − "+v.size.Buckets[0].ID+" pp"), max(v.w/4, 10))
	row := append(make([]draw.Cell, 0, v.columns()), draw.Cell{Text: name, Role: theme.Strong})
	for _, w := range v.windows {
		spread := &v.size.Spread[w]
		cell := differing(v.th, spread.Return[v.stat], spread.Differ)
		if w == v.window && v.marks.Spread() {
			cell.Role = theme.Changed
		}
		row = append(row, cell)
	}
	return row
}

// withInterval puts the interval of the mean difference where the spread's row
// has room at its right.
func (v view) withInterval(line string) string {
	th, spread := v.th, &v.size.Spread[v.window]
	low, high := spread.CI[0], spread.CI[1]
	if !low.Known() || !high.Known() {
		return line
	}
	line = strings.TrimRight(line, " ")
	room := v.w - draw.Width(line) - 2
	from, to := draw.LevelText(th, low), draw.LevelText(th, high)
	text := say.Pick(room, "95 % "+from+" to "+to, "CI "+from+" to "+to, "")
	if text == "" {
		short := func(f num.Figure) string { return draw.LevelText(th, num.NewFigure(f.Decimal(), 1)) }
		from, to = short(low), short(high)
		text = say.Pick(room, "CI "+from+" to "+to, "CI "+from+" "+to, "")
	}
	return draw.Spread(th, line, th.Paint(theme.Dim, text), v.w)
}

// sentences are what else there is to say, the most important first.
func (v view) sentences() []string {
	return []string{v.unusual(), v.reconcile(), v.outliers()}
}

// unusual compares the spread with its own history.
func (v view) unusual() string {
	th, spread := v.th, &v.size.Spread[v.window]
	axis := &v.snap.Verdicts[v.window].Size
	z0 := "z0 " + draw.LevelText(th, spread.Z0)
	if spread.Z0.Known() {
		z0 = th.Paint(theme.Dim, "z0 ") + draw.Signed(th, spread.Z0) + " " + th.Paint(theme.Text, say.State(axis.State))
	}
	trend, t, differ := "", "", ""
	if spread.Z.Known() {
		trend = "z " + draw.SignedText(th, spread.Z) + " " + say.Trend(spread.Trend)
	}
	if spread.T.Known() {
		t = "t " + draw.SignedText(th, spread.T)
	}
	if spread.Differ {
		differ = th.Paint(theme.Attention, th.Say("mean ≠ median"))
	}
	history := draw.LevelText(th, num.Count(spread.History)) + " spreads before"
	return say.Line(th, v.w, th.Paint(theme.Dim, v.window.String())+" "+z0, differ, trend, t, history)
}

// reconcile says whether the members add up to the printed index.
func (v view) reconcile() string {
	th, r := v.th, &v.size.Recon[v.window]
	role := theme.Dim
	var verdict string
	switch r.State {
	case model.ReconcileOK:
		verdict = "members reconcile with the index"
	case model.ReconcileAmber:
		role, verdict = theme.Attention, "members differ from the index"
	case model.ReconcileRed:
		role, verdict = theme.Attention, "members do not add up to the index"
	default:
		return ""
	}
	return say.Line(th, v.w,
		th.Paint(role, verdict+": "+draw.SignedText(th, r.Gap)+" pp"),
		"implied "+draw.SignedText(th, r.Implied), "printed "+draw.SignedText(th, r.Printed))
}

// outliers says what is left of the spread without its extreme names.
func (v view) outliers() string {
	th, spread := v.th, &v.size.Spread[v.window]
	if !spread.NoOutlier.Known() {
		return ""
	}
	return th.Paint(theme.Dim, draw.Cut(th, "without the top and bottom 1 % of names "+draw.SignedText(th, spread.NoOutlier)+" pp", v.w))
}

// statisticsHeight is how many lines statistics has.
func (v view) statisticsHeight() int { return 1 + len(v.size.Buckets) }

// statistics is a second table for a tall panel: every statistic of the
// chosen window, and who is in each group.
func (v view) statistics() draw.Block {
	th := v.th
	t := draw.Table{Columns: []draw.Column{{}}}
	head := []draw.Cell{{Text: v.window.String() + " by statistic", Role: theme.Dim}}
	for stat := range model.Statistic(model.StatCount) {
		role := theme.Dim
		if stat == v.stat {
			role = theme.AccentStrong
		}
		head = append(head, draw.Cell{Text: [...]string{"mean", "median", "trim", "cap"}[stat], Role: role})
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 6, Rank: 1 + int(stat)})
	}
	for _, name := range [...]string{"n", "out", "stale"} {
		head = append(head, draw.Cell{Text: name, Role: theme.Dim})
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 4, Rank: 6})
	}
	t.Head = head
	for i := range v.size.Buckets {
		group := &v.size.Buckets[i].Groups[v.window]
		row := []draw.Cell{{Text: v.name(i), Role: v.role(i)}}
		for stat := range model.Statistic(model.StatCount) {
			row = append(row, signed(th, group.Return[stat]))
		}
		for _, n := range [...]int{group.N, group.Invalid, group.Stale} {
			row = append(row, draw.Cell{Text: draw.LevelText(th, num.Count(n)), Role: theme.Dim})
		}
		t.Rows = append(t.Rows, row)
	}
	return t.Draw(th, v.w)
}
