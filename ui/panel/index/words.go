package index

import (
	"strings"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// words are the first index' rank among the days of its month, and the two
// indices against each other.
func (v view) words() string {
	th, pair := v.th, &v.snap.Pair
	rank, ratio := dayOfMonth(v.snap, &v.snap.Indices[0]), ""
	if pair.Known && pair.Ratio.Known() {
		ratio = say.Short(pair.A) + "/" + say.Short(pair.B) + " " + draw.LevelText(th, pair.Ratio)
		if relative := pair.Relative[v.window]; relative.Known() {
			ratio += ", " + v.window.String() + " " + draw.SignedText(th, relative) + " %"
		}
	}
	return say.Line(th, v.w, rank, ratio)
}

// dayOfMonth is "third worst day of March" or "best day of March so far"; ""
// for a day in the middle of its month.
func dayOfMonth(snap *model.Snapshot, index *model.Index) string {
	const remarkable = 3
	rank, days := index.MonthRank, index.MonthDays
	if rank < 1 || days < 2 || rank > days {
		return ""
	}
	_, month, _ := snap.Clock.Session.Date.Civil()
	var words string
	switch today := index.Returns[session.Day].Sign(); {
	case today < 0 && rank <= remarkable:
		words = say.Ordinal(rank) + "worst day of " + month.String()
	case today > 0 && days-rank < remarkable:
		words = say.Ordinal(days-rank+1) + "best day of " + month.String()
	default:
		return ""
	}
	if snap.Clock.Phase == session.Open {
		words += " so far"
	}
	return words
}

// details are the first index' own day and its place among its averages.
func (v view) details() string {
	th, index := v.th, &v.snap.Indices[0]
	var parts []string
	if index.Low.Known() && index.High.Known() {
		parts = append(parts, "day "+draw.LevelText(th, index.Low)+" to "+draw.LevelText(th, index.High))
	}
	if index.VsSMA50.Known() {
		parts = append(parts, "to its 50-day mean "+draw.SignedText(th, index.VsSMA50)+" %")
	}
	if index.VsSMA20.Known() {
		parts = append(parts, "20-day "+draw.SignedText(th, index.VsSMA20)+" %")
	}
	return say.Line(th, v.w, parts...)
}

// forecastLabel is the long name of the range, where there is room for it.
const forecastLabel = "forecast "

// rangeLine is the forecast range of the first index that has one, with the
// level's place in it: "forecast 2,025 ●├────┤ 2,110  below by 1.73 (−0.09 %)".
func (v view) rangeLine() string {
	index := v.ranged()
	if index == nil {
		return ""
	}
	th, r := v.th, index.Range
	low, high := draw.LevelText(th, r.Low), draw.LevelText(th, r.High)
	const shortest, longest = 8, 34
	label := "range "
	fixed := len(label) + draw.Width(low) + 1 + 1 + draw.Width(high) + 2
	words := say.Pick(v.w-fixed-shortest, v.verdicts(r)...)
	if more := len(forecastLabel) - len(label); v.w-fixed-more-shortest >= draw.Width(words) {
		label, fixed = forecastLabel, fixed+more
	}
	bar := min(v.w-fixed-draw.Width(words), longest)
	role := theme.Text
	switch r.State {
	case model.RangeBelow:
		role = theme.Down
	case model.RangeAbove:
		role = theme.Up
	default:
	}
	if bar < shortest {
		line := th.Paint(theme.Dim, "range ") + th.Paint(theme.Text, low+" to "+high) + " "
		return draw.Cut(th, line+th.Paint(role, say.Pick(v.w-draw.Width(line), v.verdicts(r)...)), v.w)
	}
	return th.Paint(theme.Dim, label) + th.Paint(theme.Text, low) + " " + place(th, r, role, bar) + " " +
		th.Paint(theme.Text, high) + "  " + th.Paint(role, words)
}

func (v view) ranged() *model.Index {
	for i := range v.snap.Indices {
		if r := v.snap.Indices[i].Range; r != nil && r.Low.Known() && r.High.Known() {
			return &v.snap.Indices[i]
		}
	}
	return nil
}

// verdicts say where the level is, the longest first.
func (v view) verdicts(r *model.RangePlace) []string {
	th := v.th
	word, bound := "inside", ""
	switch r.State {
	case model.RangeBelow:
		word = "below"
	case model.RangeAbove:
		word = "above"
	default:
		bound = " from the high"
		if r.Place.Float() < 0.5 {
			bound = " from the low"
		}
	}
	all := []string{word}
	if r.Distance.Known() {
		distance := strings.TrimPrefix(draw.LevelText(th, r.Distance), th.Glyph.Minus)
		if bound == "" {
			word += " by " + distance
		} else {
			word += ", " + distance + bound
		}
		all = append([]string{word}, all...)
	}
	if r.DistPct.Known() && bound == "" {
		word += " (" + draw.SignedText(th, r.DistPct) + " %)"
		all = append([]string{word}, all...)
	}
	if r.HalfSigmas.Known() {
		word += th.Say(" · ±" + draw.LevelText(th, r.HalfSigmas) + "σ")
		all = append([]string{word}, all...)
	}
	return all
}

// place is the range as a scale of w cells with a dot for the level: inside
// the scale, or outside of the bound that it has left.
func place(th *theme.Theme, r *model.RangePlace, role theme.Role, w int) string {
	g := &th.Glyph
	dot := th.Paint(role, g.Dot)
	line := func(n int) string { return strings.Repeat(g.Horizontal, max(n, 0)) }
	switch {
	case r.State == model.RangeBelow:
		return dot + th.Paint(theme.Faint, g.TeeLeft+line(w-3)+g.TeeRight)
	case r.State == model.RangeAbove:
		return th.Paint(theme.Faint, g.TeeLeft+line(w-3)+g.TeeRight) + dot
	case !r.Place.Known():
		return th.Paint(theme.Faint, g.TeeLeft+line(w-2)+g.TeeRight)
	}
	before := min(max(int(r.Place.Float()*float64(w-3)+0.5), 0), w-3)
	return th.Paint(theme.Faint, g.TeeLeft+line(before)) + dot + th.Paint(theme.Faint, line(w-3-before)+g.TeeRight)
}
