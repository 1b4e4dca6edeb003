package member

import (
	"gyre/model/num"
	"gyre/model/session"
	"gyre/ui/draw"
	"gyre/ui/panel/say"
	"gyre/ui/theme"
)

// allRows is more rows than the table has.
const allRows = 99

// row is a line of the table: a figure or a word for each window.
type row struct {
	head string
	cell func(w session.Window) draw.Cell
}

// standing is the table of what is said of the company by window: its return,
// then its place among the others at the window's base, the first few rows of
// it under a line of heads.
func (v view) standing(rows int) draw.Block {
	th := v.th
	t := draw.Table{Columns: []draw.Column{{}}, Head: []draw.Cell{{}}}
	for _, w := range session.Windows() {
		t.Columns = append(t.Columns, draw.Column{Align: draw.Right, Min: 6, Rank: say.WindowRank(w, v.window)})
		t.Head = append(t.Head, say.WindowHead(w, v.window))
	}
	for i, r := range v.rows() {
		if i == rows {
			break
		}
		line := []draw.Cell{{Text: th.Say(r.head), Role: theme.Dim}}
		for _, w := range session.Windows() {
			line = append(line, r.cell(w))
		}
		t.Rows = append(t.Rows, line)
	}
	return t.Draw(th, v.w)
}

// rows are the rows of the table, those that are asked for most first.
func (v view) rows() []row {
	th, p := v.th, v.page
	figure := func(f num.Figure) draw.Cell { return draw.Cell{Text: draw.LevelText(th, f), Role: known(f.Known())} }
	all := []row{
		{"return %", func(w session.Window) draw.Cell {
			f := num.Figure{}
			if p.HasReturn[w] {
				f = num.Percent(p.Return[w])
			}
			return draw.Cell{Text: draw.SignedText(th, f), Role: draw.SignRole(th, f)}
		}},
		{"rank by cap", func(w session.Window) draw.Cell {
			f := num.Figure{}
			if p.Rank[w] > 0 {
				f = num.Count(int(p.Rank[w]))
			}
			return figure(f)
		}},
		{"size group", func(w session.Window) draw.Cell {
			if at := int(p.Quartile[w]); at >= 0 && at < len(v.snap.Size.Buckets) {
				return draw.Cell{Text: draw.Cut(th, th.Say(v.snap.Size.Buckets[at].ID), 6)}
			}
			return unknown()
		}},
		{"debt/EV", func(w session.Window) draw.Cell { return figure(p.DebtEV[w]) }},
		{"R2000 third", func(w session.Window) draw.Cell { return third(p.Third[w][0]) }},
	}
	if p.InMicro {
		all = append(all, row{"micro third", func(w session.Window) draw.Cell { return third(p.Third[w][1]) }})
	}
	return append(all, row{"cap $m", func(w session.Window) draw.Cell {
		if p.Cap[w] <= 0 {
			return unknown()
		}
		return draw.Cell{Text: say.Millions(th, p.Cap[w], 1)}
	}})
}

// third is a group by debt/EV.
func third(bucket int8) draw.Cell {
	names := [...]string{"low", "mid", "high"}
	if bucket < 0 || int(bucket) >= len(names) {
		return unknown()
	}
	return draw.Cell{Text: names[bucket]}
}

func unknown() draw.Cell { return draw.Cell{Text: draw.Unknown, Role: theme.Dim} }

func known(yes bool) theme.Role {
	if yes {
		return theme.Text
	}
	return theme.Dim
}
