package history

import (
	"strconv"

	"gyre/model"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/panel/zoom"
	"gyre/ui/theme"
)

// term is one of the axes of an intensity, in the order in which they are
// printed, by its place in the model.
type term struct {
	at   int
	name string
}

func terms() [model.IntensityTerms]term {
	return [...]term{{0, "size"}, {2, "lev micro"}, {1, "lev R2000"}, {3, "index"}}
}

// intensity is how strong the rotation is as a whole, with what it is made of:
// "53 = size 35 + lev micro 13 + lev R2000 5 + index 0".
func (v view) intensity() zoom.Section {
	th, in := v.th, &v.snap.Intensity[v.window]
	title := "Intensity over " + v.window.String()
	if !in.Known {
		return zoom.Fixed(title, "", draw.Block{th.Paint(theme.Dim, "n/a: no axis has enough history")})
	}
	total := strconv.Itoa(in.Total)
	const label = 4 // of the number and a blank
	bar := draw.Bar(th, theme.Accent, float64(in.Total), 100, max(v.w-label-len(" of 100"), 1))
	lines := draw.Block{
		th.Paint(theme.Strong, draw.FitRight(th, total, label-1)) + " " + bar + th.Paint(theme.Dim, " of 100"),
	}
	long, short := "= ", "= "
	for i, t := range terms() {
		if i > 0 {
			long, short = long+" + ", short+"+"
		}
		long += t.name + " " + pointsText(in.Terms[t.at])
		short += pointsText(in.Terms[t.at])
	}
	return zoom.Fixed(title, "weights 5 : 2 : 2 : 1", append(lines, th.Paint(theme.Dim, say.Pick(v.w, total+" "+long, total+" "+short))))
}

func pointsText(t model.IntensityTerm) string {
	if !t.Known {
		return draw.Unknown
	}
	return strconv.Itoa(t.Points)
}

// byWindow is the intensity of every window with its terms.
func (v view) byWindow() zoom.Section {
	th := v.th
	t := draw.Table{Columns: []draw.Column{{}, {Align: draw.Right, Min: 3}}, Head: []draw.Cell{{}, zoom.Dim("all")}}
	for i, term := range terms() {
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 4, Rank: 1 + i})
		t.Head = append(t.Head, zoom.Dim(term.name))
	}
	for _, w := range session.Windows() {
		in := &v.snap.Intensity[w]
		total := zoom.Dim(draw.Unknown)
		if in.Known {
			total = draw.Cell{Text: strconv.Itoa(in.Total), Role: theme.Strong}
		}
		row := []draw.Cell{say.WindowHead(w, v.window), total}
		for _, term := range terms() {
			row = append(row, zoom.Dim(pointsText(in.Terms[term.at])))
		}
		t.Rows = append(t.Rows, row)
	}
	return zoom.Fixed("Intensity by window", "of 100", t.Draw(th, v.w))
}
