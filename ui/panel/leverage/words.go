package leverage

import (
	"math"
	"strconv"

	"gyre/model"
	"gyre/model/num"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// bars set low against high debt in every universe, to one scale.
func (v view) bars() draw.Block {
	const least, longest = 10, 44
	const names = len("R2000  high ")
	room := min(v.w-names-len(" -00.00"), longest)
	if room < least {
		return nil
	}
	scale := 0.0
	for i := range v.snap.Leverage {
		for _, bucket := range [...]int{0, 2} {
			if f := v.bucketReturn(&v.snap.Leverage[i], bucket); f.Known() {
				scale = math.Max(scale, math.Abs(f.Float()))
			}
		}
	}
	if scale == 0 {
		return nil
	}
	var lines draw.Block
	for i := range v.snap.Leverage {
		l := &v.snap.Leverage[i]
		name := draw.Fit(v.th, v.th.Say(say.Short(l.Universe)), 7)
		lines = append(lines,
			v.bar(name+"low  ", v.bucketReturn(l, 0), scale, room),
			v.bar(draw.Spaces(7)+"high ", v.bucketReturn(l, 2), scale, room))
	}
	return lines
}

// bar is one bar with its number after it, so that its sign is not in the
// colour alone.
func (v view) bar(name string, f num.Figure, scale float64, room int) string {
	th, role := v.th, draw.SignRole(v.th, f)
	bar := ""
	if f.Known() {
		bar = draw.Bar(th, role, f.Float(), scale, room)
	}
	if bar != "" {
		bar += " "
	}
	return th.Paint(theme.Dim, name) + bar + th.Paint(theme.Dim, draw.SignedText(th, f))
}

// excluded says which companies of the i-th universe are in no bucket, and why.
func (v view) excluded(i int) string {
	l := &v.snap.Leverage[i]
	out := &l.Excluded[v.window]
	start := "out: "
	if i > 0 {
		start = say.Short(l.Universe) + " out: "
	}
	var parts []string
	for _, reason := range reasons(out) {
		if reason.count > 0 {
			parts = append(parts, draw.LevelText(v.th, num.Count(reason.count))+" "+v.th.Say(reason.name))
		}
	}
	if len(parts) == 0 {
		return v.th.Paint(theme.Dim, draw.Cut(v.th, v.th.Say(start+"none"), v.w))
	}
	parts[0] = v.th.Say(start) + parts[0]
	return say.Line(v.th, v.w, parts...)
}

// reason is why companies are in no bucket, and how many.
type reason struct {
	name  string
	count int
}

func reasons(out *model.Excluded) []reason {
	return []reason{
		{"financials", out.Financials},
		{"EV ≤ 0", out.EVNotPositive},
		{"no debt data", out.NoDebtData},
		{"old filings", out.OldFiling},
		{"no cap", out.NoCap},
	}
}

// more is what a tall panel adds: the age of the filings, and who is out of the
// other universes.
func (v view) more() []string {
	first := &v.snap.Leverage[0]
	var lines []string
	if age := first.FilingAge[v.window]; age.Known() {
		text := "filings " + draw.LevelText(v.th, age) + " days old (median)"
		if flagged := first.Excluded[v.window].FlaggedOld; flagged > 0 {
			text += ", " + strconv.Itoa(flagged) + " over 200 days"
		}
		lines = append(lines, v.th.Paint(theme.Dim, draw.Cut(v.th, text, v.w)))
	}
	for i := 1; i < len(v.snap.Leverage); i++ {
		lines = append(lines, v.excluded(i))
	}
	return lines
}
