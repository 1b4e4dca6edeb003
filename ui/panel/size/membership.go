package size

import (
	"math"

	"gyre/model"
	"gyre/model/num"
	"gyre/ui/draw"
	"gyre/ui/panel"
	"gyre/ui/panel/say"
	"gyre/ui/panel/zoom"
	"gyre/ui/theme"
)

// membership is what the members say beyond their groups' means: how their
// returns are spread, by sector, and who moves the two ends.
func (v view) membership(in panel.Input) []zoom.Section {
	if len(v.snap.Members) == 0 {
		return []zoom.Section{zoom.Pending(in, "Members", model.DetailMembers)}
	}
	return []zoom.Section{v.distribution(), v.sectors(), v.movers(len(v.size.Buckets) - 1), v.movers(0)}
}

// group is the i-th bucket as the model names it.
func (v view) group(i int) model.GroupRef {
	return model.GroupRef{Axis: model.AxisSize, Universe: v.size.Universe, Bucket: int8(i)} //nolint:gosec // four buckets at most
}

// distribution is the share of each bucket's names between two bounds, as a
// number with a column of its height.
func (v view) distribution() zoom.Section {
	th, edges := v.th, model.DistributionEdges()
	t := draw.Table{Columns: []draw.Column{{}}, Head: []draw.Cell{{}}}
	for bin := range len(edges) + 1 {
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 5, Rank: abs(2*bin - len(edges))})
		t.Head = append(t.Head, zoom.Dim(binName(th, edges, bin)))
	}
	all := make([]model.Distribution, len(v.size.Buckets))
	most := 0.0
	for i := range all {
		all[i] = model.DistributionOf(v.snap.Members, v.group(i), v.window)
		for _, share := range all[i].Share {
			most = math.Max(most, share.Float())
		}
	}
	for i, d := range all {
		row := []draw.Cell{{Text: draw.Cut(th, th.Say(v.size.Buckets[i].ID), max(v.w/5, 2)), Role: v.role(i)}}
		for _, share := range d.Share {
			cell := zoom.Dim(draw.PercentText(th, share))
			if share.Known() && most > 0 {
				height := share.Float() / most
				cell.Text = step(th.Glyph.Spark, height) + " " + cell.Text
				if height >= 0.5 {
					cell.Role = theme.Text
				}
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return zoom.Fixed("Returns of the members over "+v.window.String(), "% of each bucket", t.Draw(th, v.w))
}

// binName is the bound above a bin of returns, in percent.
func binName(th *theme.Theme, edges []int, bin int) string {
	if bin == len(edges) {
		return th.Say("≥") + draw.LevelText(th, num.Count(edges[bin-1]))
	}
	return "<" + draw.LevelText(th, num.Count(edges[bin]))
}

func abs(n int) int { return max(n, -n) }

// step is the glyph for a weight of 0 to 1.
func step(glyphs []string, weight float64) string {
	return glyphs[min(max(int(weight*float64(len(glyphs))), 0), len(glyphs)-1)]
}

// sectors is the mean return of every sector in every bucket, the heavier the
// shade the larger the number.
func (v view) sectors() zoom.Section {
	th := v.th
	rows := model.SectorsBySize(v.snap.Members, v.window)
	heaviest := 0.0
	for _, row := range rows {
		for _, mean := range row.Means {
			heaviest = math.Max(heaviest, math.Abs(mean.Float()))
		}
	}
	t := draw.Table{Columns: []draw.Column{{}, {Align: draw.Right, Rank: 9}}, Head: []draw.Cell{zoom.Dim("%"), zoom.Dim("n")}}
	buckets := min(len(v.size.Buckets), len(model.SectorRow{}.Means))
	for i := range buckets {
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 8})
		t.Head = append(t.Head, draw.Cell{Text: draw.Cut(th, th.Say(v.size.Buckets[i].ID), 8), Role: v.role(i)})
	}
	for _, sector := range rows {
		row := []draw.Cell{{Text: say.SectorIn(th, sector.Sector, max(v.w-4*11, 6)), Role: theme.Text}, zoom.Dim(draw.LevelText(th, num.Count(sector.N)))}
		for i := range buckets {
			cell := zoom.Signed(th, sector.Means[i])
			if sector.Means[i].Known() && heaviest > 0 {
				cell.Text += " " + step(th.Glyph.Shades, math.Abs(sector.Means[i].Float())/heaviest)
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	lines := t.Draw(th, v.w)
	const least = 6
	return zoom.Section{
		Title: "Sectors by size, " + v.window.String() + " mean", Least: min(len(lines), least), Most: len(lines), Whole: true,
		Draw: func(_, h int) draw.Block { return shortened(th, lines, h) },
	}
}

// shortened is a table in h lines; where it is longer, the last line says by
// how much.
func shortened(th *theme.Theme, lines draw.Block, h int) draw.Block {
	if h < 1 || len(lines) <= h {
		return lines
	}
	more := th.Paint(theme.Dim, th.Say("… and "+num.Count(len(lines)-h+1).String()+" more"))
	return append(lines[:h-1:h-1], more)
}

// movers are the names that moved the i-th bucket most, and its mean without
// them.
func (v view) movers(i int) zoom.Section {
	const names, least = 5, 3
	th := v.th
	c := model.ContributorsOf(v.snap.Members, v.group(i), v.window, names)
	t := draw.Table{
		Columns: []draw.Column{{}, {Rank: 3}, {Align: draw.Right}, {Align: draw.Right, Rank: 1}, {}, {Rank: 3}, {Align: draw.Right}, {Align: draw.Right, Rank: 1}},
		Head: []draw.Cell{
			zoom.Dim(th.Glyph.Up + " best"), {}, zoom.Dim("%"), zoom.Dim("pp"), zoom.Dim(th.Glyph.Down + " worst"), {}, zoom.Dim("%"), zoom.Dim("pp"),
		},
	}
	for n := range c.Best {
		t.Rows = append(t.Rows, append(v.mover(c.Best[n]), v.mover(c.Worst[n])...))
	}
	title := "Who moves " + v.size.Buckets[i].ID
	if len(t.Rows) == 0 {
		return zoom.Fixed(title, "", draw.Block{th.Paint(theme.Dim, "n/a: no member has a return")})
	}
	lines := t.Draw(th, v.w)
	without := say.Line(th, v.w,
		"without the best "+draw.SignedText(th, c.WithoutBest), "the worst "+draw.SignedText(th, c.WithoutWorst),
		"both "+draw.SignedText(th, c.WithoutEither))
	return zoom.Section{
		Title: title, Note: "mean " + draw.SignedText(th, c.Mean) + " %", Least: min(least, len(t.Rows)) + 2, Most: len(lines) + 1,
		Draw: func(_, h int) draw.Block {
			shown := min(max(h-1, 0), len(lines))
			return append(lines[:shown:shown], without)
		},
	}
}

// mover is a name's symbol, sector, return and part in the mean.
func (v view) mover(c model.Contributor) []draw.Cell {
	th := v.th
	ret := zoom.Signed(th, num.Percent(c.Member.Return[v.window]))
	return []draw.Cell{
		{Text: draw.Cut(th, th.Say(c.Member.Symbol), max(v.w/7, 5)), Role: theme.Text},
		zoom.Dim(draw.Cut(th, th.Say(c.Member.Sector), 4)), ret, zoom.Signed(th, c.Points),
	}
}
