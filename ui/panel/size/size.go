// Package size is the panel of the size quartiles: the wedge of their paths,
// their returns by window, and whether the spread between the smallest and the
// largest means anything.
package size

import (
	"slices"

	"gyre/model"
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/chart"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// Lines of a chart below which it is left out, and which it keeps before a
// further sentence gets its line.
const (
	leastChart = 5 // with the time axis
	goodChart  = 9
)

// Render draws the panel into exactly w by h cells.
func Render(in panel.Input, w, h int) draw.Block {
	th := in.Theme
	frame := draw.Frame{Title: "Size quartiles", Focused: in.Focused}
	if in.Snap == nil {
		return in.Box(frame, say.Waiting(th), w, h)
	}
	innerWidth, innerHeight := in.Inner(w, h)
	v := view{
		charts: in.Charts, chosen: nobody, marks: in.State.Changed, windows: in.State.Windows.With(say.Chosen(in.State.Window)),
		th: th, snap: in.Snap, size: &in.Snap.Size, w: innerWidth,
		window: say.Chosen(in.State.Window), stat: say.ChosenStat(in.State.Stat),
	}
	frame.Title = v.title(w)
	frame.Context = v.context(w - draw.Width(th.Say(frame.Title)) - 10)
	return in.Box(frame, v.body(innerHeight), w, h)
}

// view is one drawing of the panel.
type view struct {
	th      *theme.Theme
	snap    *model.Snapshot
	size    *model.Size
	window  session.Window
	stat    model.Statistic
	w       int // of the body
	charts  *chart.Memo
	chosen  int // the bucket that is marked
	marks   panel.Marks
	windows []session.Window // of the table
}

// nobody is chosen where there is no cursor.
const nobody = -1

func (v view) title(w int) string {
	const roomy = 52
	what := "Size quartiles"
	if len(v.size.Buckets) == 2 {
		what = "Size halves"
	}
	if w < roomy || v.size.Universe == "" {
		return what
	}
	return what + " · " + say.Universe(v.snap, v.size.Universe)
}

// context names the window, the statistic and the day of the ranks. A look
// ahead is said before anything else: it makes the figures unfit for use.
func (v view) context(room int) string {
	th := v.th
	short := v.window.String() + " · " + say.Stat(v.stat)
	if v.size.LookAhead {
		badge := th.Paint(theme.Attention, "LOOK-AHEAD")
		return say.Pick(room, badge+th.Paint(theme.Dim, th.Say(" · "+short)), badge)
	}
	variants := []string{th.Say(short), v.window.String()}
	if ranked := say.Day(v.size.RankedOn[v.window]); ranked != "" {
		variants = append([]string{th.Say(short + " · ranked " + ranked)}, variants...)
	}
	return say.Pick(room, variants...)
}

// body fills h lines by importance: the quartiles with their spread, the
// heads, the chart, then one sentence after the other.
func (v view) body(h int) draw.Block {
	th := v.th
	if len(v.size.Buckets) == 0 {
		return draw.Block{th.Paint(theme.Dim, "fewer than 20 names: no groups")}
	}
	rows := v.table(h > len(v.size.Buckets)+1)
	left := h - len(rows)
	keep := goodChart
	if left < leastChart {
		keep = 0
	}
	var below draw.Block
	for _, line := range v.sentences() {
		if line == "" {
			continue
		}
		if left-1 < keep {
			break
		}
		below, left = append(below, line), left-1
		keep += min(keep, 1) // each further sentence needs a larger chart to stand under
	}
	if need := v.statisticsHeight() + 1; left-need >= keep+6 {
		below, left = append(append(below, ""), v.statistics()...), left-need
	}
	if left >= leastChart {
		return draw.Stack(v.chart(left), rows, below)
	}
	return draw.Stack(rows, below)
}

func (v view) chart(h int) draw.Block {
	curve := v.size.Curves[v.window]
	if curve == nil {
		curve = &model.Curve{}
	}
	spec := chart.Spec{Times: curve.At, Session: v.snap.Clock.Session, Marks: say.Marks(v.th, v.snap)}
	for _, i := range drawOrder(len(curve.Lines), v.chosen) {
		line := chart.Line{Values: curve.Lines[i], Role: v.role(i)}
		if i < len(v.size.Buckets) {
			line.Label = v.size.Buckets[i].ID
		}
		if i == v.chosen {
			line.Label = "◀" + line.Label
		}
		spec.Lines = append(spec.Lines, line)
	}
	return v.charts.Draw(v.th, spec, v.w, h)
}

// drawOrder has the chosen line first, and then the two ends, because the
// spread is between them and earlier lines are drawn over later ones.
func drawOrder(n, chosen int) []int {
	order := make([]int, 0, n)
	for i := range n {
		order = append(order, i)
	}
	rank := func(i int) int {
		switch i {
		case chosen:
			return 0
		case 0, n - 1:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(a) - rank(b) })
	return order
}

// role is the colour of the i-th bucket: cold for the largest, warm for the
// smallest, whether there are two or four.
func (v view) role(i int) theme.Role {
	if n := len(v.size.Buckets); n == 2 && i == 1 {
		return theme.Series4
	}
	return v.th.Series(i)
}

func signed(th *theme.Theme, f num.Figure) draw.Cell {
	return draw.Cell{Text: draw.SignedText(th, f), Role: draw.SignRole(th, f)}
}

// differing is a signed figure with a mark where mean and median of what it
// measures have different signs.
func differing(th *theme.Theme, f num.Figure, differ bool) draw.Cell {
	cell := signed(th, f)
	if differ {
		cell.Text = th.Say("≠") + cell.Text
	}
	return cell
}
