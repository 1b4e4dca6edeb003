package zoom

import (
	"math"
	"time"

	"gyre/model"
	"gyre/model/num"
	"gyre/ui/chart"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// Past is a spread's earlier values with today's at their end, between a sigma
// below and a sigma above their median.
func Past(in panel.Input, title string, history *model.SpreadHistory, now num.Figure) Section {
	const least, most = 8, 14
	s := Section{Title: title, Least: least, Most: most}
	th := in.Theme
	switch {
	case in.Snap.History == nil:
		return Pending(in, title, model.DetailHistory)
	case len(history.Spread) < 2 || len(history.On) != len(history.Spread):
		return Fixed(title, "", draw.Block{th.Paint(theme.Dim, "n/a: no earlier values")})
	}
	spec := pastSpec(th, history, now, in.Snap.AsOf)
	count := draw.LevelText(th, num.Count(len(history.Spread))) + " before"
	if history.Sigma > 0 {
		median, sigma := num.FigureFromFloat(history.Median, 2), num.FigureFromFloat(history.Sigma, 2)
		s.Note = say.Pick(26, th.Say("median "+draw.SignedText(th, median)+", σ "+draw.LevelText(th, sigma)), count)
		spec.Band = &chart.Band{Low: history.Median - history.Sigma, High: history.Median + history.Sigma}
	} else {
		s.Note = count + ", too few"
	}
	s.Draw = func(w, h int) draw.Block { return in.Charts.Draw(th, spec, w, h) }
	return s
}

// pastSpec is the chart of the values, a point a session.
func pastSpec(th *theme.Theme, history *model.SpreadHistory, now num.Figure, asOf time.Time) chart.Spec {
	var spec chart.Spec
	values := append([]float64(nil), history.Spread...)
	for _, day := range history.On {
		spec.Times = append(spec.Times, day.At(16, 0))
	}
	if now.Known() {
		spec.Times, values = append(spec.Times, asOf), append(values, now.Float())
		today := make([]float64, len(values))
		for i := range today {
			today[i] = math.NaN()
		}
		today[len(today)-1] = now.Float()
		spec.Lines = append(spec.Lines, chart.Line{
			Values: today, Label: th.Glyph.Dot + draw.SignedText(th, now), Role: draw.SignRole(th, now),
		})
	}
	spec.Lines = append(spec.Lines, chart.Line{Values: values, Role: theme.Series2})
	if history.Sigma > 0 {
		median := make([]float64, len(values))
		for i := range median {
			median[i] = history.Median
		}
		spec.Lines = append(spec.Lines, chart.Line{Values: median, Label: "median", Role: theme.Faint})
	}
	return spec
}

// Pending is a section whose figures have been asked for, or are about to be.
func Pending(in panel.Input, title string, detail model.Detail) Section {
	if in.Snap.Query.Detail&detail == 0 {
		return Fixed(title, "", Asking(in.Theme))
	}
	return Fixed(title, "", draw.Block{in.Theme.Paint(theme.Dim, "n/a: not in this dataset")})
}

// Facts is a section of labels with what is to be said of each. Rows without a
// text are left out.
func Facts(th *theme.Theme, title, note string, w int, rows [][2]string) Section {
	const widest = 20
	label := 0
	for _, row := range rows {
		if row[1] != "" {
			label = max(label, draw.Width(th.Say(row[0])))
		}
	}
	label = min(label, widest, w/2)
	var lines draw.Block
	for _, row := range rows {
		if row[1] != "" {
			lines = append(lines, th.Paint(theme.Dim, draw.Fit(th, th.Say(row[0]), label))+"  "+draw.Cut(th, row[1], w-label-2))
		}
	}
	return Fixed(title, note, lines)
}

// Interval is the interval of a spread's mean difference and where it is from.
func Interval(th *theme.Theme, s *model.Spread) string {
	low, high := s.CI[0], s.CI[1]
	if !low.Known() || !high.Known() {
		return th.Paint(theme.Dim, draw.Unknown)
	}
	text := th.Paint(theme.Text, draw.SignedText(th, low)+" to "+draw.SignedText(th, high)+" pp")
	switch s.CIMethod {
	case model.CIBootstrap:
		return text + th.Paint(theme.Dim, ", bootstrap")
	case model.CIWelch:
		return text + th.Paint(theme.Dim, ", Welch")
	default:
		return text
	}
}

// Points is a figure in percentage points.
func Points(th *theme.Theme, f num.Figure) string {
	if !f.Known() {
		return th.Paint(theme.Dim, draw.Unknown)
	}
	return draw.Signed(th, f) + th.Paint(theme.Dim, " pp")
}
