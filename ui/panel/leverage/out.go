package leverage

import (
	"strings"

	"gyre/model"
	"gyre/model/num"
	"gyre/ui/draw"
	"gyre/ui/panel/zoom"
	"gyre/ui/theme"
)

// leftOut says in words who is in no bucket and why, and how old the filings
// are that the others are ranked by.
func (v view) leftOut() zoom.Section {
	th, w := v.th, v.window
	t := v.byUniverse("companies")
	rows := [...]struct {
		words string
		count func(*model.Excluded) int
	}{
		{"financials and real estate", func(x *model.Excluded) int { return x.Financials }},
		{"no filing, or debt not given", func(x *model.Excluded) int { return x.NoDebtData }},
		{"newest filing over 400 days old", func(x *model.Excluded) int { return x.OldFiling }},
		{"cash above cap and debt: EV ≤ 0", func(x *model.Excluded) int { return x.EVNotPositive }},
		{"no price or share count", func(x *model.Excluded) int { return x.NoCap }},
		{"kept, filing over 200 days old", func(x *model.Excluded) int { return x.FlaggedOld }},
	}
	for _, r := range rows {
		row := []draw.Cell{zoom.Dim(draw.Cut(th, th.Say(r.words), max(v.w-22, 8)))}
		for i := range v.snap.Leverage {
			n := r.count(&v.snap.Leverage[i].Excluded[w])
			row = append(row, draw.Cell{Text: draw.LevelText(th, num.Count(n)), Role: theme.Text})
		}
		t.Rows = append(t.Rows, row)
	}
	ages := []draw.Cell{zoom.Dim(draw.Cut(th, "median age of filings, days", max(v.w-22, 8)))}
	for i := range v.snap.Leverage {
		ages = append(ages, zoom.Level(th, v.snap.Leverage[i].FilingAge[w], theme.Text))
	}
	t.Rows = append(t.Rows, ages)
	note := "financials left out"
	if v.snap.Query.Financials {
		note = "financials take part"
	}
	return zoom.Fixed("In no bucket, and why", note, t.Draw(th, v.w))
}

// meaning is what debt/EV is here.
func (v view) meaning() zoom.Section {
	text := "EV = market cap + debt + preferred + minority interest − cash and short-term investments. " +
		"Cap and filing as of each window's base. Low: no debt, or the lowest third of debt/EV above zero; high: the highest third. " +
		"Neutral: sector by sector, weighted by names."
	return zoom.Fixed("How it is measured", "", wrapped(v.th, text, v.w))
}

// wrapped breaks a text into lines of at most w cells.
func wrapped(th *theme.Theme, text string, w int) draw.Block {
	var lines draw.Block
	line := ""
	for word := range strings.FieldsSeq(th.Say(text)) {
		switch {
		case line == "":
			line = word
		case draw.Width(line)+1+draw.Width(word) <= w:
			line += " " + word
		default:
			lines, line = append(lines, th.Paint(theme.Dim, line)), word
		}
	}
	return append(lines, th.Paint(theme.Dim, line))
}
